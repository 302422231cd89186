import type { Citation } from '../../shared/citation.ts';
import { msOf } from '../../shared/instant.ts';
import { consequenceText, revocationStatement, shownParams, type RevocationWords } from '../text/revocation-text.ts';
import { isMessageKey } from '../../text/text.ts';
import { formatInstant, formatSpan } from '../../text/time.ts';
import { EXPOSURE_STATEMENTS } from '../impact/exposure.ts';
import { matchesOf, type Match } from '../impact/impact.ts';
import type { PlacedFinding } from '../lint-text.ts';
import type { Preview } from '../impact/preview.ts';
import type { Consequence, Guard, RecoveryStep } from '../model/view.ts';
import { findingLines } from '../../cli/findings.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { tableLines } from '../../cli/table.ts';

type Reader = Pick<Invocation, 'language' | 'translate'>;

/** Of longer lists the beginning is enough for people; programs get all of it. */
const MOST_LISTED = 20;

export function momentText({ language }: Reader, ms: number): string {
  return formatInstant(ms, language, 'local');
}

function wordsOf(reader: Reader): RevocationWords {
  return { translate: reader.translate, moment: (ms) => momentText(reader, ms) };
}

function citationText({ translate }: Reader, { certainty, work, place }: Citation): string {
  const [where, what] = [work, place ?? ''].map((text) => (isMessageKey(text) ? translate(text) : text));
  const source =
    what === '' ? (where ?? '') : translate('cli.revocation.source', { work: where ?? '', place: what ?? '' });
  return `[${translate(`certainty.${certainty}`)}] ${source}`;
}

/** A finding, its remedy and what it rests on. */
export function placedLines(reader: Reader, finding: PlacedFinding): string[] {
  const shown = { ...finding, params: shownParams(wordsOf(reader), finding.params) };
  return [
    ...findingLines(shown, reader.translate),
    ...finding.citations.map((citation) => `    ${citationText(reader, citation)}`),
  ];
}

/** What one object would do. */
export function previewText(reader: Reader, name: string, preview: Preview): string[] {
  const { translate } = reader;
  const { impact, positions, future } = preview;
  const lines = [name === '' ? translate('revocation.nameless') : name];
  for (const [at, { indexed, count }] of impact.entries.entries()) {
    const { entry } = indexed;
    const { matches, possible, exempt } = matchesOf(indexed);
    const coming = future.filter(({ entries }) => entries.includes(at)).length;
    lines.push(
      `  ${translate('revocation.entry', {
        number: (positions[at] ?? at) + 1,
        kind: entry.kind,
        value: entry.value,
        cutoff: entry.notBefore === undefined ? 'none' : 'some',
        notBefore: entry.notBefore === undefined ? '' : momentText(reader, msOf(entry.notBefore)),
      })}`,
      `    ${translate('cli.revocation.counts', {
        count,
        possible: possible.length,
        exempt: exempt.length,
        future: coming,
      })}`,
      ...matchLines(reader, matches),
    );
  }
  const { clusters } = impact;
  if (clusters.length > 0) lines.push(...clusterLines(reader, preview).map((line) => `  ${line}`));
  return lines;
}

function matchLines({ translate }: Reader, matches: readonly Match[]): string[] {
  const shown = matches.slice(0, MOST_LISTED).map(({ certificate: { name, role, cluster }, why }) => {
    const key = `role.${role}`;
    const title = isMessageKey(key) ? translate(key) : role;
    return `      ${translate('cli.revocation.match', { title, name, cluster, why })}`;
  });
  const rest = matches.length - shown.length;
  return rest > 0 ? [...shown, `      ${translate('revocation.more', { rest })}`] : shown;
}

function clusterLines({ translate }: Reader, { impact }: Preview): string[] {
  const heads = ['total', 'controlPlane', 'workers', 'admins', 'inUse'] as const;
  const columns = [
    { head: translate('column.cluster'), align: 'left' as const },
    ...heads.map((head) => ({ head: translate(`revocation.share.${head}`), align: 'right' as const })),
  ];
  const rows = impact.clusters.map(({ cluster, shares }) => [
    cluster,
    ...heads.map((head) => `${shares[head].matched}/${shares[head].known}`),
  ]);
  return tableLines(columns, rows);
}

export function exposureLines(
  reader: Reader,
  { untilMs, nowMs }: { untilMs: number | undefined; nowMs: number },
): string[] {
  const { translate, language } = reader;
  return [
    untilMs === undefined
      ? translate('revocation.exposure.none')
      : translate('revocation.exposure', {
          until: momentText(reader, untilMs),
          span: formatSpan(untilMs - nowMs, language),
        }),
    ...EXPOSURE_STATEMENTS.flatMap((statement) => [
      revocationStatement(wordsOf(reader), statement),
      ...statement.citations.map((citation) => `    ${citationText(reader, citation)}`),
    ]),
  ];
}

export function guardLines(reader: Reader, { consequences, phrase }: Guard): string[] {
  const { translate } = reader;
  if (phrase === undefined) return [translate('revocation.summary.guard.none')];
  return [
    translate('cli.revocation.guarded'),
    ...consequences.map((consequence) => `  ${guardedText(reader, consequence)}`),
    translate('cli.revocation.phrase', { phrase }),
  ];
}

function guardedText({ translate }: Reader, consequence: Consequence): string {
  const text = consequenceText(translate, consequence);
  const { clusters } = consequence;
  return clusters.length === 0 ? text : translate('revocation.consequence.in', { text, clusters: clusters.join(', ') });
}

export function planLines(reader: Reader, steps: readonly RecoveryStep[]): string[] {
  return steps.flatMap(({ command, statement }, at) => [
    `  ${at + 1}. ${revocationStatement(wordsOf(reader), statement)}`,
    ...(command === undefined ? [] : [`       ${command}`]),
    `       ${statement.citations.map((citation) => citationText(reader, citation)).join('; ')}`,
  ]);
}
