import type { Citation, Statement } from '../domain/citation.ts';
import type { FutureMatch } from '../revocation/future.ts';
import { matchesOf } from '../revocation/impact.ts';
import type { Match } from '../revocation/impact.ts';
import type { PlacedFinding } from '../revocation/lint-text.ts';
import type { Preview } from '../revocation/preview.ts';
import { IMPACT_GROUPS } from '../domain/revocation-view.ts';
import type { ClusterImpact, Guard, RecoveryStep } from '../domain/revocation-view.ts';
import { instantFromMs } from '../domain/instant.ts';
import type { Instant } from '../domain/instant.ts';
import { isMessageKey, translator } from '../language/text.ts';

/*
 * What the verbs print with `--json`; described in docs/cli.md. Sentences in it are English, whatever the language: they are
 * for programs and logs.
 */

const english = translator('en');

function textOf(text: string): string {
  return isMessageKey(text) ? english(text) : text;
}

export interface FindingRecord {
  rule: string;
  severity: string;
  line: number | null;
  column: number | null;
  message: string;
  citation: { certainty: string; work: string; place: string | null };
}

export function findingRecord({
  rule,
  severity,
  place,
  params,
  citations: [citation],
}: PlacedFinding): FindingRecord {
  const key = `finding.${rule}`;
  return {
    rule,
    severity,
    line: place.line ?? null,
    column: place.column ?? null,
    message: isMessageKey(key) ? english(key, params) : rule,
    citation: citationRecord(citation),
  };
}

function citationRecord({ certainty, work, place }: Citation): FindingRecord['citation'] {
  return { certainty, work: textOf(work), place: place === undefined ? null : textOf(place) };
}

export interface MatchRecord {
  id: string;
  why: string;
  name: string;
  role: string;
  cluster: string;
  notBefore: Instant;
  notAfter: Instant;
  replaced: boolean;
}

function matchRecord({ certificate, why }: Match): MatchRecord {
  const { id, name, role, cluster, notBeforeMs, notAfterMs, replaced = false } = certificate;
  const [notBefore, notAfter] = [instantFromMs(notBeforeMs), instantFromMs(notAfterMs)];
  return { id, why, name, role, cluster, notBefore, notAfter, replaced };
}

export interface EntryRecord {
  object: string;
  /** Position in the object, from 0. */
  index: number;
  kind: string;
  value: string;
  notBefore: Instant | null;
  matches: MatchRecord[];
  possible: MatchRecord[];
  exempt: MatchRecord[];
  /** Certificates yet to be issued: which they would replace, and when. */
  future: { id: string; at: Instant }[];
}

/** The entries of an object that can be read, in their order. */
export function entryRecords(
  object: string,
  { impact, positions, future }: Pick<Preview, 'impact' | 'positions' | 'future'>,
): EntryRecord[] {
  return impact.entries.map(({ indexed }, at) => {
    const { kind, value, notBefore = null } = indexed.entry;
    const { matches, possible, exempt } = matchesOf(indexed);
    return {
      ...{ object, index: positions[at] ?? at, kind, value, notBefore },
      matches: matches.map(matchRecord),
      possible: possible.map(matchRecord),
      exempt: exempt.map(matchRecord),
      future: future.filter(({ entries }) => entries.includes(at)).map(futureRecord),
    };
  });
}

function futureRecord({ id, at }: FutureMatch): { id: string; at: Instant } {
  return { id, at };
}

export function clusterRecord({ clusterId, cluster, shares, byRole }: ClusterImpact): object {
  return {
    clusterId,
    cluster,
    total: shares.total,
    ...Object.fromEntries(IMPACT_GROUPS.map((group) => [group, shares[group]])),
    inUse: shares.inUse,
    roles: Object.fromEntries(byRole.map(({ role, ...share }) => [role, share])),
  };
}

export function guardRecord({ consequences, phrase }: Guard): object {
  return {
    needed: phrase !== undefined,
    phrase: phrase ?? null,
    consequences: consequences.map(({ id, clusters, citations }) => ({
      id,
      message: english(`revocation.consequence.${id}`),
      clusters,
      citations: citations.map(citationRecord),
    })),
  };
}

export function stepRecord({ id, command, statement }: RecoveryStep): object {
  return { step: id, command: command ?? null, ...statementRecord(statement) };
}

export function statementRecord({ text, params, citations }: Statement): {
  message: string;
  citations: FindingRecord['citation'][];
} {
  return {
    message: isMessageKey(text) ? english(text, params) : text,
    citations: citations.map(citationRecord),
  };
}
