import type { Statement } from '../../shared/citation.ts';
import { epochMs, type Instant } from '../../shared/instant.ts';
import {
  formatNumberedEntry,
  formatConsequence,
  revocationStatement,
  formatParams,
  type RevocationWords,
} from '../text/revocation-text.ts';
import { formatSpan } from '../../shared/text/time.ts';
import type { Match } from '../impact/impact.ts';
import { findingRecord } from '../export/records.ts';
import type { PreviewedEntry, PreviewedObject } from '../impact/preview.ts';
import { stepLines, stepSources, type PlanWording } from '../../plan/text/plan-text.ts';
import { citationText } from '../../shared/text/statement.ts';
import type { Plan } from '../../plan/model/plan.ts';
import type { ClusterImpact, Guard, JudgedFinding, RevocationImpact } from '../model/view.ts';
import { findingLines } from '../../shared/verb/findings.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { tableLines } from '../../shared/verb/table.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';

const MOST_LISTED = 20;

export function createWords(reader: Invocation): RevocationWords {
  return { translate: reader.translate, moment: (ms) => localTime(reader, ms) };
}

export function formatFinding(reader: Invocation, finding: JudgedFinding): string[] {
  const shown = { ...finding, params: formatParams(createWords(reader), finding.params) };
  return [...findingLines(shown, reader.translate), ...sourceLines(reader, finding)];
}

function sourceLines(reader: Invocation, { citations }: Pick<Statement, 'citations'>): string[] {
  return citations.map((citation) => `    ${citationText(citation, reader)}`);
}

export function tellUnsound(invocation: Invocation, findings: readonly JudgedFinding[]): ExitCode {
  const { line, world } = invocation;
  if (line.json) world.json({ findings: findings.map(findingRecord) });
  else tellPlaced(invocation, findings);
  return EXIT.attention;
}

export function tellPlaced(invocation: Invocation, findings: readonly JudgedFinding[]): void {
  for (const finding of findings) for (const text of formatFinding(invocation, finding)) invocation.world.notice(text);
}

export function objectLines(
  reader: Invocation,
  { name, clusters }: PreviewedObject,
  entries: readonly PreviewedEntry[],
): string[] {
  const { translate } = reader;
  const lines = [name === '' ? translate('revocation.nameless') : name];
  for (const { entryIndex, entry, counts, listed } of entries) {
    const { matches: count, ...others } = counts;
    lines.push(
      `  ${formatNumberedEntry(createWords(reader), entryIndex + 1, entry)}`,
      `    ${translate('cli.revocation.counts', { count, ...others })}`,
      ...matchLines(reader, listed.matches),
    );
  }
  if (clusters.length > 0) lines.push(...clusterLines(reader, clusters).map((line) => `  ${line}`));
  return lines;
}

function matchLines({ translate }: Invocation, matches: readonly Match[]): string[] {
  const texts = matches
    .slice(0, MOST_LISTED)
    .map(({ certificate: { name, role, cluster }, why }) =>
      translate('cli.revocation.match', { title: translate(`role.${role}`), name, cluster, why }),
    );
  const rest = matches.length - texts.length;
  if (rest > 0) texts.push(translate('revocation.more', { rest }));
  return texts.map((text) => `      ${text}`);
}

function clusterLines({ translate }: Invocation, clusters: readonly ClusterImpact[]): string[] {
  const heads = ['total', 'controlPlane', 'workers', 'admins', 'inUse'] as const;
  const columns = [
    translate('column.cluster'),
    ...heads.map((head) => ({ head: translate(`revocation.share.${head}`), align: 'right' as const })),
  ];
  const rows = clusters.map(({ cluster, shares }) => [
    cluster,
    ...heads.map((head) => `${shares[head].matched}/${shares[head].known}`),
  ]);
  return tableLines(columns, rows);
}

export function exposureLines(
  reader: Invocation,
  { exposureUntil, exposure }: Pick<RevocationImpact, 'exposureUntil' | 'exposure'>,
  now: Instant,
): string[] {
  const { translate, language } = reader;
  return [
    exposureUntil === undefined
      ? translate('revocation.exposure.none')
      : translate('revocation.exposure', {
          until: localTime(reader, exposureUntil),
          span: formatSpan(epochMs(exposureUntil) - epochMs(now), language),
        }),
    ...exposure.flatMap((statement) => [
      revocationStatement(createWords(reader), statement),
      ...sourceLines(reader, statement),
    ]),
  ];
}

export function guardLines(reader: Invocation, { consequences, phrase }: Guard): string[] {
  const { translate } = reader;
  if (phrase === undefined) return [translate('revocation.summary.guard.none')];
  return [
    translate('cli.revocation.guarded'),
    ...consequences.map((each) => `  ${formatConsequence(translate, each, each.clusters.join(', '))}`),
    translate('cli.revocation.phrase', { phrase }),
  ];
}

export function planLines(reader: Invocation, { steps }: Plan): string[] {
  const wording: PlanWording = { ...reader, zone: 'local' };
  return steps.flatMap((step, at) => [
    ...stepLines(step, at, wording),
    `      ${reader.translate('steps.column.sources')}: ${stepSources(step, wording).join('; ')}`,
  ]);
}
