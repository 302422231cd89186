import { assess, type Assessment } from '../../expiry/model/assess.ts';
import { countStates } from '../../expiry/model/board-states.ts';
import { listRealPlaces } from '../../plan/model/deployment.ts';
import { DAY_MS, instantFromMs } from '../../shared/instant.ts';
import { EXPIRY_STATES, type ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import { DEFAULT_PLANNING } from '../../maintenance/model/rules.ts';
import { maintenanceTasks, type MaintenanceInput, type MaintenanceTask } from '../../maintenance/model/tasks.ts';
import { powerOffClocks, type PowerOffClock } from '../../availability/model/power-off.ts';
import { sortByNeed } from '../../availability/model/power-off-need.ts';
import { fleetNeeds, isBroken, type ClusterNeed } from '../../repair/model/needs.ts';

/** The report omits tasks that are due later. */
const AHEAD_MS = 365 * DAY_MS;

export interface FleetInput extends MaintenanceInput {
  /** The needs of the whole fleet, if the report covers only part of it. */
  needs?: readonly ClusterNeed[];
}

export interface ReportedCluster {
  clock: PowerOffClock;
  need?: ClusterNeed;
  /** Relevant credentials, the earliest end first and unknown ends last. */
  lives: Assessment[];
  counts: Record<ExpiryState, number>;
  worst: ExpiryState;
  /** Due within a year, the earliest deadline first. */
  tasks: MaintenanceTask[];
}

export interface ReportedFleet {
  nowMs: number;
  clusters: ReportedCluster[];
  /** Includes watched credentials outside the platform, as on the board. */
  counts: Record<ExpiryState, number>;
  tasks: MaintenanceTask[];
}

/**
 * Prepares the facts of the report. Omits credentials that expire in every healthy cluster without breaking anything.
 */
export function prepareFleet(input: FleetInput): ReportedFleet {
  const { nowMs, classes } = input;
  const places = listRealPlaces(input.clusters);
  const ids = new Set(places.map(({ id }) => id));
  const rows = input.rows.filter(({ clusterId }) => ids.has(clusterId));
  const assessed = new Map(assess(rows, { nowMs, classes }).map((one) => [one.row, one]));
  const { tasks } = maintenanceTasks({ ...input, clusters: places, rows }, DEFAULT_PLANNING);
  const sorted = tasks
    .filter(({ deadlineMs }) => deadlineMs <= nowMs + AHEAD_MS)
    .sort((a, b) => a.deadlineMs - b.deadlineMs);
  const found = input.needs ?? fleetNeeds({ ...input, now: instantFromMs(nowMs), clusters: places, rows });
  const needs = new Map(found.map((need) => [need.clusterId, need]));
  const clusters = sortByNeed(powerOffClocks(places, rows, input)).map((clock) => {
    const counted = [...clock.alreadyExpired, ...clock.valid].map(({ row }) => row);
    const lives = [...counted, ...clock.unknown].flatMap((row) => assessed.get(row) ?? []);
    const counts = countStates(lives);
    return {
      clock,
      need: needs.get(clock.clusterId),
      lives,
      counts,
      worst: getWorst(counts, needs.get(clock.clusterId)),
      tasks: sorted.filter(({ target }) => target.clusterId === clock.clusterId),
    };
  });
  const outside = assess(
    input.rows.filter(({ foreign }) => foreign !== undefined),
    { nowMs, classes },
  );
  return {
    nowMs,
    clusters,
    counts: countStates([...clusters.flatMap(({ lives }) => lives), ...outside]),
    tasks: sorted,
  };
}

/** Returns `expired` for a broken cluster even if no credential has expired, since a long shutdown may break it. */
function getWorst(counts: Record<ExpiryState, number>, need: ClusterNeed | undefined): ExpiryState {
  const worst = EXPIRY_STATES.find((state) => counts[state] > 0) ?? 'unknown';
  return need !== undefined && isBroken(need) && counts['not-yet-valid'] === 0 ? 'expired' : worst;
}
