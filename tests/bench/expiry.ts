/**
 * Judges a hundred thousand credentials of a thousand clusters in every state, and determines how long each cluster may
 * stay off. Exits with 1 when judging takes longer than allowed, or when a state that should occur does not.
 */
import { assess } from '../../core/expiry/model/assess.ts';
import { judgeRows } from '../../core/expiry/model/board-states.ts';
import type { BoardRow } from '../../core/expiry/model/board-row.ts';
import { ROLE_IDS } from '../../core/knowledge/model/credentials/credentials.ts';
import { LIFETIME_CLASSES } from '../../core/knowledge/model/credentials/lifetimes.ts';
import { ROLES } from '../../core/knowledge/model/credentials/roles.ts';
import type { ClusterId, CredentialId } from '../../core/shared/ids.ts';
import type { ClusterPlace } from '../../core/plan/model/deployment.ts';
import { DAY_MS, instant, toMilliseconds, SECOND_MS } from '../../core/shared/instant.ts';
import { EXPIRY_STATES } from '../../core/expiry/model/lifetime.ts';
import { powerOffClocks } from '../../core/power-off/model/power-off.ts';

const NOW_MS = toMilliseconds(instant('2026-11-24T12:00:00Z'));
const CLUSTERS = 1_000;
const PER_CLUSTER = 100;
const RUNS = 15;
/** Source: the console's own promise that a board of 100,000 credentials is judged within 50 ms. */
const JUDGE_LIMIT_MS = 50;
/** Also the console's own promise: clocks move by the minute, and one second of that may be spent on computing them. */
const CLOCKS_LIMIT_MS = 1_000;

const places = Array.from({ length: CLUSTERS }, (_, number): ClusterPlace => {
  const kind = number % 50 === 0 ? 'moc' : 'kubernetes';
  return { id: `c-${number}` as ClusterId, name: `cluster-${number}`, kind };
});

/**
 * Spread over its usual life and slightly beyond: every state occurs, both for credentials that were read again and for
 * those that were not.
 */
function aRow(place: ClusterPlace, number: number, index: number): BoardRow {
  const role = ROLE_IDS[(number + index) % ROLE_IDS.length] ?? 'apiserver';
  const { layer, lifetimeClass } = ROLES[role];
  const lifeMs = LIFETIME_CLASSES[lifetimeClass].usualMs;
  const share = (((number * 31 + index * 17) % 131) - 5) / 100;
  const notBeforeMs = NOW_MS - Math.round(share * lifeMs);
  const ends = { notBeforeMs, notAfterMs: notBeforeMs + lifeMs - SECOND_MS };
  return {
    id: `${number}-${index}`.padEnd(64, '0') as CredentialId,
    clusterId: place.id,
    cluster: place.name,
    kind: role.endsWith('token') ? 'token' : 'certificate',
    layer: layer ?? 'kubernetes',
    role,
    name: `${role}-cluster-${(number + index) % CLUSTERS}`,
    issuer: 'kubernetes',
    ...(index % 40 === 0 ? {} : ends),
    assumed: false,
    ...(index % 3 === 0 ? {} : { confirmedMs: NOW_MS - (index % 5) * DAY_MS }),
    lifetimeClass,
    search: '',
    numbers: '',
  };
}

const rows = places.flatMap((place, number) =>
  Array.from({ length: PER_CLUSTER }, (_, index) => aRow(place, number, index)),
);

/** Median of several runs, after a warm-up run. */
function medianOf(work: () => void): number {
  work();
  const times = Array.from({ length: RUNS }, () => {
    const from = performance.now();
    work();
    return performance.now() - from;
  }).sort((a, b) => a - b);
  return times[Math.floor(RUNS / 2)] ?? Infinity;
}

let isGood = true;
function limit(text: string, isMet: boolean): void {
  console.log(`limit: ${text}: ${isMet ? 'pass' : 'FAIL'}`);
  isGood &&= isMet;
}

function timed(name: string, limitMs: number, work: () => void): void {
  const ms = medianOf(work);
  console.log(`${name}: ${ms.toFixed(1)} ms, median of ${RUNS}`);
  limit(`${name} within ${limitMs} ms`, ms <= limitMs);
}

const { counts } = judgeRows(rows, NOW_MS);
console.log(EXPIRY_STATES.map((state) => `${state} ${counts[state]}`).join(', '));
limit(
  'every state occurs',
  EXPIRY_STATES.every((state) => counts[state] > 0),
);

const count = rows.length.toLocaleString('en-US');
timed(`judging ${count} credentials (states)`, JUDGE_LIMIT_MS, () => judgeRows(rows, NOW_MS));
timed(`assessing ${count} credentials (states, moments, obstacles)`, JUDGE_LIMIT_MS, () =>
  assess(rows, { nowMs: NOW_MS, classes: LIFETIME_CLASSES }),
);
timed(`power-off clocks of ${CLUSTERS.toLocaleString('en-US')} clusters`, CLOCKS_LIMIT_MS, () =>
  powerOffClocks(places, rows, { nowMs: NOW_MS, classes: LIFETIME_CLASSES, facts: {} }),
);
process.exitCode = isGood ? 0 : 1;
