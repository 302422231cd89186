/**
 * Judges 1,000 to 100,000 credentials in every state, in clusters of a hundred, and computes how long each cluster can
 * stay off. Exits with 1 if a limit is exceeded. Option: `--sizes 1000,10000,100000`; limits apply to 100,000.
 */
import { assess } from '../../core/expiry/model/assess.ts';
import { judgeRows } from '../support/judge-rows.ts';
import type { BoardRow } from '../../core/inventory/model/board-row.ts';
import { ROLE_IDS } from '../../core/knowledge/model/credentials/credentials.ts';
import { LIFETIME_CLASSES } from '../../core/knowledge/model/credentials/lifetimes.ts';
import { ROLES } from '../../core/knowledge/model/credentials/roles.ts';
import type { ClusterId, CredentialId } from '../../core/shared/ids.ts';
import type { ClusterPlace } from '../../core/plan/model/deployment.ts';
import { DAY_MS, instant, epochMs, SECOND_MS } from '../../core/shared/instant.ts';
import { EXPIRY_STATES } from '../../core/knowledge/model/credentials/expiry-state.ts';
import { powerOffClocks } from '../../core/availability/model/power-off.ts';
import { recordAtLeast, growth } from './support/figures.ts';
import { sizes, timesInTurn } from './support/measure.ts';

const NOW_MS = epochMs(instant('2026-11-24T12:00:00Z'));
const PER_CLUSTER = 100;
const RUNS = 7;
/** Source: the console promises to judge a board of 100,000 credentials within 50 ms. */
const JUDGE_LIMIT_MS = 50;
/** Source: the console updates the clocks every minute and may spend one second per minute on computing them. */
const CLOCKS_LIMIT_MS = 1_000;

function aPlace(number: number): ClusterPlace {
  const kind = number % 50 === 0 ? 'moc' : 'kubernetes';
  return { id: `c-${number}` as ClusterId, name: `cluster-${number}`, kind };
}

/**
 * Creates a row. Ages are spread over the usual lifetime and slightly beyond, so that every state occurs, for reread
 * credentials and for others.
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
    name: `${role}-cluster-${(number + index) % 1_000}`,
    issuer: 'kubernetes',
    ...(index % 40 === 0 ? {} : ends),
    assumed: false,
    endsWithIssuer: false,
    ...(index % 3 === 0 ? {} : { confirmedMs: NOW_MS - (index % 5) * DAY_MS }),
    lifetimeClass,
    search: '',
    numbers: '',
  };
}

interface Fleet {
  places: ClusterPlace[];
  rows: BoardRow[];
}

function aFleet(clusters: number): Fleet {
  const places = Array.from({ length: clusters }, (_, number) => aPlace(number));
  const rows = places.flatMap((place, number) =>
    Array.from({ length: PER_CLUSTER }, (_each, index) => aRow(place, number, index)),
  );
  return { places, rows };
}

/**
 * Splits the fleet into parts of `size` credentials. All parts are processed at every size, since a small fleet would
 * stay in the processor's caches.
 */
function fleetParts({ places, rows }: Fleet, size: number): Fleet[] {
  return Array.from({ length: rows.length / size }, (_, part) => ({
    places: places.slice((part * size) / PER_CLUSTER, ((part + 1) * size) / PER_CLUSTER),
    rows: rows.slice(part * size, (part + 1) * size),
  }));
}

let ticks = 0;
/** Returns a different moment each time, because results are cached by moment. */
const aMoment = (): number => NOW_MS + ticks++;

const WORKS: readonly { name: string; limitMs: number; work: (fleet: Fleet) => unknown }[] = [
  { name: 'judging (states)', limitMs: JUDGE_LIMIT_MS, work: ({ rows }) => judgeRows(rows, aMoment()) },
  {
    name: 'assessing (states, moments, obstacles)',
    limitMs: JUDGE_LIMIT_MS,
    work: ({ rows }) => assess(rows, { nowMs: aMoment(), classes: LIFETIME_CLASSES }),
  },
  {
    name: 'power-off clocks',
    limitMs: CLOCKS_LIMIT_MS,
    work: ({ places, rows }) =>
      powerOffClocks(places, rows, { nowMs: aMoment(), classes: LIFETIME_CLASSES, facts: {} }),
  },
];

async function main(): Promise<void> {
  const fleet = aFleet(Math.max(...sizes()) / PER_CLUSTER);
  const { counts } = judgeRows(fleet.rows, NOW_MS);
  recordAtLeast(
    EXPIRY_STATES.length,
    'states that occur',
    EXPIRY_STATES.filter((state) => counts[state] > 0).length,
    '',
  );
  for (const { name, limitMs, work } of WORKS) {
    const fleets = sizes().map((size) => ({ size, parts: fleetParts(fleet, size) }));
    const times = await timesInTurn(
      RUNS,
      fleets.map(
        ({ parts }) =>
          () =>
            parts.forEach(work),
      ),
    );
    const series = fleets.map(({ size, parts }, at) => ({
      size,
      ms: Math.min(...(times[at] ?? []).map(({ processor }) => processor)) / parts.length,
    }));
    growth(name, series, limitMs);
  }
}

void main();
