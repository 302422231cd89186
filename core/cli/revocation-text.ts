import type { Citation, Statement } from '../domain/citation.ts';
import { MINUTE_MS, msOf, parseInstant } from '../domain/instant.ts';
import { isMessageKey } from '../language/text.ts';
import { formatInstant, formatSpan } from '../language/time.ts';
import { EXPOSURE_STATEMENTS } from '../revocation/exposure.ts';
import { matchesOf } from '../revocation/impact.ts';
import type { Match } from '../revocation/impact.ts';
import type { PlacedFinding } from '../revocation/lint-text.ts';
import type { Preview } from '../revocation/preview.ts';
import type { Consequence, Guard, RecoveryStep } from '../domain/revocation-view.ts';
import { findingLines } from './findings.ts';
import type { Invocation } from './invocation.ts';
import { tableLines } from './table.ts';

type Reader = Pick<Invocation, 'language' | 'translate'>;

/** Of longer lists the beginning is enough for people; programs get all of it. */
const MOST_LISTED = 20;

export function momentText({ language }: Reader, ms: number): string {
  return formatInstant(ms, language, 'local');
}

type Params = Record<string, string | number>;

/** Values with the moment to wait for as people read it: they see minutes, so it is the next full one. */
function shownParams(reader: Reader, params: Params = {}): Params {
  const { readyAt } = params;
  const moment = typeof readyAt === 'string' ? parseInstant(readyAt) : undefined;
  if (moment === undefined) return params;
  const minute = Math.ceil(msOf(moment) / MINUTE_MS) * MINUTE_MS;
  return { ...params, readyAt: momentText(reader, minute) };
}

function statementText(reader: Reader, { text, params }: Statement): string {
  return isMessageKey(text) ? reader.translate(text, shownParams(reader, params)) : text;
}

function citationText({ translate }: Reader, { certainty, work, place }: Citation): string {
  const [where, what] = [work, place ?? ''].map((text) =>
    isMessageKey(text) ? translate(text) : text,
  );
  const source =
    what === ''
      ? (where ?? '')
      : translate('cli.revocation.source', { work: where ?? '', place: what ?? '' });
  return `[${translate(`certainty.${certainty}`)}] ${source}`;
}

/** A finding, its remedy and what it rests on. */
export function placedLines(reader: Reader, finding: PlacedFinding): string[] {
  const shown = { ...finding, params: shownParams(reader, finding.params) };
  return [
    ...findingLines(shown, reader.translate),
    ...finding.citations.map((citation) => `    ${citationText(reader, citation)}`),
  ];
}

/** What one object would do. */
export function previewText(reader: Reader, name: string, preview: Preview): string[] {
  const { translate } = reader;
  const { impact, positions, future } = preview;
  const lines = [name === '' ? translate('cli.revocation.nameless') : name];
  for (const [at, { indexed, count }] of impact.entries.entries()) {
    const { entry } = indexed;
    const { matches, possible, exempt } = matchesOf(indexed);
    const coming = future.filter(({ entries }) => entries.includes(at)).length;
    lines.push(
      `  ${translate('cli.revocation.entry', {
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
  const shown = matches
    .slice(0, MOST_LISTED)
    .map(({ certificate: { name, role, cluster }, why }) => {
      const key = `role.${role}`;
      const title = isMessageKey(key) ? translate(key) : role;
      return `      ${translate('cli.revocation.match', { title, name, cluster, why })}`;
    });
  const rest = matches.length - shown.length;
  return rest > 0 ? [...shown, `      ${translate('cli.revocation.more', { rest })}`] : shown;
}

function clusterLines({ translate }: Reader, { impact }: Preview): string[] {
  const heads = ['total', 'controlPlane', 'workers', 'admins', 'inUse'] as const;
  const columns = [
    { head: translate('column.cluster'), align: 'left' as const },
    ...heads.map((head) => ({
      head: translate(`cli.revocation.share.${head}`),
      align: 'right' as const,
    })),
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
      statementText(reader, statement),
      ...statement.citations.map((citation) => `    ${citationText(reader, citation)}`),
    ]),
  ];
}

export function guardLines(reader: Reader, { consequences, phrase }: Guard): string[] {
  const { translate } = reader;
  if (phrase === undefined) return [translate('cli.revocation.unguarded')];
  return [
    translate('cli.revocation.guarded'),
    ...consequences.map((consequence) => `  ${consequenceText(reader, consequence)}`),
    translate('cli.revocation.phrase', { phrase }),
  ];
}

function consequenceText({ translate }: Reader, { id, clusters, citations }: Consequence): string {
  const text = translate(`revocation.consequence.${id}`);
  if (clusters.length > 0)
    return translate('revocation.consequence.in', { text, clusters: clusters.join(', ') });
  const isInferred = citations.some(({ certainty }) => certainty === 'inferred');
  const isSeen = id === 'all-api-servers' && isInferred;
  return isSeen ? translate('revocation.consequence.inferred', { text }) : text;
}

export function planLines(reader: Reader, steps: readonly RecoveryStep[]): string[] {
  return steps.flatMap(({ command, statement }, at) => [
    `  ${at + 1}. ${statementText(reader, statement)}`,
    ...(command === undefined ? [] : [`       ${command}`]),
    `       ${statement.citations.map((citation) => citationText(reader, citation)).join('; ')}`,
  ]);
}
