import type { Citation } from './citation.ts';

export type Severity = 'error' | 'warning' | 'notice';

/** A file, an entry in it (`users[2].client-certificate-data`), a byte offset. */
export interface Place {
  path?: string;
  entry?: string;
  /** 1-based. */
  line?: number;
  column?: number;
  /** In bytes from the start of the entry. */
  offset?: number;
}

/**
 * A fact judged by a rule. Texts: `finding.<rule>` and `finding.<rule>.remedy`, with the values `params`. Never
 * contains key material, tokens or file content.
 */
export interface Finding {
  rule: string;
  severity: Severity;
  place: Place;
  params?: Record<string, string | number>;
  citation?: Citation;
}

const MORE_FINDINGS = 'file.more-findings';
const SEVERITIES: readonly Severity[] = ['notice', 'warning', 'error'];

/** Sorts the more severe finding first. */
export function compareSeverity(a: Pick<Finding, 'severity'>, b: Pick<Finding, 'severity'>): number {
  return SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity);
}

/**
 * Keeps the first `most` findings of a file, in line order. One more finding counts the rest, including an earlier
 * count, and is as severe as the worst of them.
 */
export function limitFindings(findings: Finding[], most: number): Finding[] {
  const told = findings.filter(({ rule }) => rule !== MORE_FINDINGS);
  const counted = findings.filter(({ rule }) => rule === MORE_FINDINGS);
  if (told.length <= most && counted.length < 2) return findings;
  if (told.length > most) told.sort((left, right) => (left.place.line ?? 0) - (right.place.line ?? 0));
  let [count, worst] = [0, 0];
  for (const { rule, severity, params } of [...told.slice(most), ...counted]) {
    count += rule === MORE_FINDINGS ? Number(params?.['count']) : 1;
    worst = Math.max(worst, SEVERITIES.indexOf(severity));
  }
  return [...told.slice(0, most), moreFindings(count, SEVERITIES[worst])];
}

export function moreFindings(count: number, severity: Severity = 'notice'): Finding {
  return { rule: MORE_FINDINGS, severity, place: {}, params: { count } };
}

/** Adds the file to the places of findings in its content. */
export function findingsIn(path: string | undefined, findings: readonly Finding[]): Finding[] {
  return findings.map((each) => ({ ...each, place: { ...each.place, path } }));
}

export function countsFindings({ rule }: Finding): boolean {
  return rule === MORE_FINDINGS;
}

export function unreadPaths(findings: readonly Finding[]): Set<string> {
  const unread = findings.filter((finding) => finding.rule.startsWith('file.') && !countsFindings(finding));
  return new Set(unread.flatMap(({ place }) => place.path ?? []));
}
