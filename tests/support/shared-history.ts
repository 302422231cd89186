import { createHash } from 'node:crypto';

/*
 * Judges what consoles did with a shared store and what is in its database afterwards. Written apart from the store: it
 * imports nothing of it, and computes hashes and orders itself.
 */

/** A change of a counter, which each cluster of the test has. Times are in milliseconds. */
export interface Attempt {
  request: string;
  cluster: string;
  /** The new value of the counter: one more than the console has read. */
  count: number;
  begunMs: number;
  /** Absent if the console was killed before it got an answer. */
  endedMs?: number;
  /** The revision of an acknowledged change; `not-done` if the store said so; `unknown` if it could not tell. */
  outcome: number | 'not-done' | 'unknown';
}

export interface DatabaseContent {
  head: { revision: number; lines: number; hash: string };
  changes: readonly { revision: number; request: string }[];
  /** The counters at the end. */
  counts: ReadonlyMap<string, number>;
  lines: readonly { line: number; revision: number; hash: string; text: string }[];
}

export interface Verdict {
  acknowledged: number;
  notDone: number;
  unknown: number;
  /** Unknown changes that are in the database. */
  foundLater: number;
  /** Descriptions; there must be none. */
  faults: string[];
}

export function judgeHistory(attempts: readonly Attempt[], database: DatabaseContent): Verdict {
  const faults: string[] = [];
  const committed = new Map(database.changes.map(({ request, revision }) => [request, revision]));
  const verdict: Verdict = { acknowledged: 0, notDone: 0, unknown: 0, foundLater: 0, faults };
  for (const { request, outcome } of attempts) {
    const revision = committed.get(request);
    if (outcome === 'unknown') {
      verdict.unknown += 1;
      if (revision !== undefined) verdict.foundLater += 1;
    } else if (outcome === 'not-done') {
      verdict.notDone += 1;
      if (revision !== undefined) faults.push(`${request} was called not done and is change ${revision}`);
    } else {
      verdict.acknowledged += 1;
      if (revision !== outcome) faults.push(`${request} was acknowledged as ${outcome} and is ${revision ?? 'lost'}`);
    }
  }
  faults.push(...judgeOrder(attempts), ...judgeCounters(attempts, committed, database), ...judgeTrail(database));
  return verdict;
}

/** A change that began after another was acknowledged has the later revision. */
function judgeOrder(attempts: readonly Attempt[]): string[] {
  const acknowledged = attempts.flatMap(({ outcome, begunMs, endedMs, request }) =>
    typeof outcome === 'number' && endedMs !== undefined ? [{ revision: outcome, begunMs, endedMs, request }] : [],
  );
  const byEnd = acknowledged.toSorted((one, other) => one.endedMs - other.endedMs);
  let at = 0;
  let latest = 0;
  const faults: string[] = [];
  for (const { begunMs, revision, request } of acknowledged.toSorted((one, other) => one.begunMs - other.begunMs)) {
    for (; (byEnd[at]?.endedMs ?? Infinity) < begunMs; at += 1) latest = Math.max(latest, byEnd[at]?.revision ?? 0);
    if (revision <= latest)
      faults.push(`${request} is change ${revision}, although change ${latest} was over before it`);
  }
  return faults;
}

/** Every change of a counter is based on the one before, so none is lost under another. */
function judgeCounters(
  attempts: readonly Attempt[],
  committed: ReadonlyMap<string, number>,
  { changes, counts, head }: DatabaseContent,
): string[] {
  const faults: string[] = [];
  const known = new Map(attempts.map((attempt) => [attempt.request, attempt]));
  const reached = new Map<string, number>();
  let next = 1;
  for (const { request, revision } of changes.toSorted((one, other) => one.revision - other.revision)) {
    if (revision !== next) faults.push(`change ${next} is missing before ${revision}`);
    next = revision + 1;
    const attempt = known.get(request);
    if (attempt === undefined) {
      faults.push(`nobody made change ${revision}`);
      continue;
    }
    const before = reached.get(attempt.cluster) ?? 0;
    if (attempt.count !== before + 1)
      faults.push(`change ${revision} sets ${attempt.cluster} to ${attempt.count} after ${before}: an update is lost`);
    reached.set(attempt.cluster, attempt.count);
  }
  if (head.revision !== next - 1) faults.push(`the head is ${head.revision} after change ${next - 1}`);
  if (committed.size !== changes.length) faults.push('a request was done twice');
  for (const cluster of new Set([...reached.keys(), ...counts.keys()]))
    if (reached.get(cluster) !== counts.get(cluster))
      faults.push(`${cluster} is ${counts.get(cluster) ?? 'absent'} instead of ${reached.get(cluster) ?? 'absent'}`);
  return faults;
}

/** The lines are one chain, in the order of the changes, and every change has a line. */
function judgeTrail({ lines, changes, head }: DatabaseContent): string[] {
  const faults: string[] = [];
  let hash = '0'.repeat(64);
  let number = 0;
  let revision = 0;
  for (const each of lines.toSorted((one, other) => one.line - other.line)) {
    number += 1;
    const { line, previous } = JSON.parse(each.text) as { line: number; previous: string };
    if (each.line !== number || line !== number) faults.push(`line ${each.line} is not line ${number}`);
    if (previous !== hash) faults.push(`line ${each.line} does not follow the line before: the trail forks`);
    hash = createHash('sha256').update(each.text).digest('hex');
    if (each.hash !== hash) faults.push(`line ${each.line} has another hash than its text`);
    if (each.revision < revision) faults.push(`line ${each.line} is out of order`);
    revision = each.revision;
  }
  if (head.hash !== hash || head.lines !== number) faults.push('the head is not the end of the trail');
  const recorded = new Set(lines.map((line) => line.revision));
  for (const change of changes)
    if (!recorded.has(change.revision)) faults.push(`change ${change.revision} has no line`);
  return faults;
}
