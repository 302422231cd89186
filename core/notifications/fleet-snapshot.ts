import { type Assessment, assessRow } from '../expiry/model/assess.ts';
import type { ClusterFleet } from '../expiry/model/judged-fleet.ts';
import { RenewalObstacles, isApprover, approvalsByOwner, type Approval } from '../expiry/model/renewal-obstacle.ts';
import { clusterClock, clusterMembers, findOwner, type ClusterMembers } from '../availability/model/power-off.ts';
import { getSeverity, type NeedOrder, compareNeed } from '../availability/model/power-off-need.ts';
import { listImpacts, type NeedImpact } from '../repair/model/impact.ts';
import { isHarmless, compareLane, countLanes } from '../repair/model/needs.ts';
import type { ClusterPlace } from '../plan/model/deployment.ts';
import type { Cluster } from '../inventory/model/credential.ts';
import { addTo } from '../shared/lists.ts';
import type { BoardRow } from '../inventory/model/board-row.ts';
import { countStates } from '../expiry/model/board-states.ts';
import type { ClusterId, CredentialId } from '../shared/ids.ts';
import { instantFromMs, SECOND_MS, epochMs } from '../shared/instant.ts';
import { SeenNumbers } from '../shared/text-numbers.ts';
import { copyTexts } from '../formats/text/own-text.ts';
import {
  describeCredential,
  reportFilter,
  type AssessedCredential,
  type Differences,
  type ReportedAlarms,
  type ReportRules,
} from './changes.ts';
import { isAlarm, type AlarmState, type FleetSummary } from './model/notice.ts';

export interface FleetSnapshot {
  summary: Omit<FleetSummary, 'sources' | 'sourcesDown'>;
  sources: number;
  compare(reported: ReportedAlarms, rules: ReportRules): Promise<Differences>;
}

/** Yields to other work when a pause is due. */
type Pause = () => Promise<void>;

/** The rows are rebuilt for each use, because those of a large fleet do not fit in memory. */
interface FleetPart {
  cluster?: Cluster;
  rows: () => readonly BoardRow[];
}

type Assess = (rows: readonly BoardRow[]) => Assessment[];

interface Judging {
  fleet: ClusterFleet;
  parts: readonly FleetPart[];
  assess: Assess;
  pause: Pause;
}

export async function takeSnapshot(all: ClusterFleet, pause: Pause): Promise<FleetSnapshot> {
  const fleet = { ...all, clusters: all.clusters.filter(({ sample }) => sample !== true) };
  const { clusters, classes, listRows, others } = fleet;
  const parts: FleetPart[] = [
    ...clusters.map((cluster) => ({ cluster, rows: () => listRows(cluster) })),
    { rows: () => others },
  ];
  const nowMs = epochMs(fleet.now);
  const approvals = await findApprovals(parts, pause);
  const assess: Assess = (rows) => {
    const own = rows[0] && approvals.get(rows[0].clusterId);
    const obstacles = new RenewalObstacles(rows, classes, nowMs, { approvals: own ?? [] });
    return rows.map((row) => assessRow(row, { nowMs, classes }, obstacles));
  };
  const judging = { fleet, parts, assess, pause };
  const { alarms, ...counted } = await countFleet(judging);
  return { ...counted, compare: (reported, rules) => compare(judging, alarms, { reported, rules }) };
}

async function countFleet(
  judging: Judging,
): Promise<Omit<FleetSnapshot, 'compare'> & { alarms: ReadonlyMap<CredentialId, AlarmState> }> {
  const { fleet, parts, assess, pause } = judging;
  const { clusters, classes, facts, pathNumbers } = fleet;
  const nowMs = epochMs(fleet.now);
  const members = clusterMembers(clusters, facts);
  const hosted = await findHosted(judging, members);
  const counts = countStates([]);
  const alarms = new Map<CredentialId, AlarmState>();
  const needs: OrderedNeed[] = [];
  const files: Float64Array[] = [];
  let credentials = 0;
  let next: BoardRow | undefined;
  let nextMs = Infinity;
  for (const { cluster, rows } of parts) {
    const assessments = assess(rows());
    credentials += assessments.length;
    for (const { row, state } of assessments) {
      counts[state] += 1;
      if (isAlarm(state)) alarms.set(copyTexts(row.id), state);
      else alarms.delete(row.id);
      const { notAfterMs = Infinity } = row;
      if (notAfterMs + SECOND_MS > nowMs && notAfterMs < nextMs) [next, nextMs] = [row, notAfterMs];
    }
    if (cluster !== undefined) {
      files.push(pathNumbers(cluster));
      const own = assessments.filter(({ row }) => findOwner(members, row) === cluster.id);
      const need = findNeed(cluster, [...own, ...(hosted.get(cluster.id) ?? [])], { nowMs, classes, facts });
      if (need !== undefined) needs.push(need);
    }
    await pause();
  }
  const nextExpiry = next && {
    cluster: next.cluster,
    name: copyTexts(next.name),
    role: next.role,
    notAfter: instantFromMs(nextMs),
  };
  return {
    summary: {
      clusters: clusters.length,
      credentials,
      counts,
      needs: countLanes(needs.sort(compareNeed).sort(compareLane)),
      nextExpiry,
    },
    sources: countDifferent(files),
    alarms,
  };
}

/** Finds possible differences from the last reports: alarms that have begun, changed or ended. */
async function compare(
  judging: Judging,
  alarms: ReadonlyMap<string, AlarmState>,
  { reported, rules }: { reported: ReportedAlarms; rules: ReportRules },
): Promise<Differences> {
  const isReported = reportFilter(reported, rules);
  const entered = [...alarms].flatMap(([id, state]) => (isReported(id, state) ? id : []));
  const ended = rules.quiet ? [] : Object.keys(reported).filter((id) => !alarms.has(id));
  const credentials = await describeAll(new Set([...entered, ...ended]), judging);
  const present = new Set<string>(credentials.map(({ credential }) => credential.credentialId));
  const gone = ended.filter((id) => !present.has(id));
  if (gone.length === 0) return { credentials, gone, renewals: new Map() };
  const renewals = await listRenewals(judging);
  const successors = [...followRenewals(gone, renewals)].filter((id) => !present.has(id));
  return { credentials: credentials.concat(await describeAll(new Set(successors), judging)), gone, renewals };
}

async function findApprovals(parts: readonly FleetPart[], pause: Pause): Promise<Map<ClusterId, Approval[]>> {
  const names = new Map<ClusterId, string>();
  const approvers: BoardRow[] = [];
  for (const { rows } of parts) {
    for (const row of rows()) {
      if (row.layer === 'kubernetes') names.set(row.clusterId, row.cluster);
      if (isApprover(row)) approvers.push(row);
    }
    await pause();
  }
  return approvalsByOwner(approvers, names);
}

/** Finds credentials stored with a cloud agent that count for a cluster on it. */
async function findHosted(
  { parts, assess, pause }: Judging,
  members: ClusterMembers,
): Promise<Map<ClusterId, Assessment[]>> {
  const hosted = new Map<ClusterId, Assessment[]>();
  for (const { cluster, rows } of parts) {
    if (cluster?.kind !== 'moc') continue;
    for (const one of assess(rows())) {
      const owner = findOwner(members, one.row);
      if (owner !== cluster.id) addTo(hosted, owner, one);
    }
    await pause();
  }
  return hosted;
}

function countDifferent(lists: readonly Float64Array[]): number {
  const seen = new SeenNumbers(lists.reduce((sum, { length }) => sum + length, 0));
  for (const list of lists) for (const number of list) seen.add(number);
  return seen.size;
}

async function describeAll(ids: ReadonlySet<string>, { parts, assess, pause }: Judging): Promise<AssessedCredential[]> {
  const found: AssessedCredential[] = [];
  if (ids.size === 0) return found;
  for (const { rows } of parts) {
    for (const one of assess(rows())) if (ids.has(one.row.id)) found.push(describeCredential(one));
    await pause();
  }
  return found;
}

async function listRenewals({ fleet, pause }: Judging): Promise<Map<CredentialId, CredentialId>> {
  const renewals = new Map<CredentialId, CredentialId>();
  for (const { history } of fleet.clusters) {
    for (const { credential, replacedBy } of history) renewals.set(credential.id, replacedBy);
    await pause();
  }
  return renewals;
}

function followRenewals(ids: readonly string[], renewals: ReadonlyMap<string, CredentialId>): Set<CredentialId> {
  const successors = new Set<CredentialId>();
  for (const id of ids)
    for (let next = renewals.get(id); next !== undefined && !successors.has(next); next = renewals.get(next))
      successors.add(next);
  return successors;
}

interface OrderedNeed extends NeedOrder {
  cluster: string;
  impacts: readonly NeedImpact[];
}

/** Returns `undefined` if nothing needs to be done for the cluster. */
function findNeed(
  place: ClusterPlace,
  assessments: readonly Assessment[],
  { nowMs, classes, facts }: Pick<ClusterFleet, 'classes' | 'facts'> & { nowMs: number },
): OrderedNeed | undefined {
  const open = assessments.filter(({ state }) => !isHarmless(state));
  // A cluster that has been off for too long needs attention even if all its credentials are valid.
  const isOff = facts[place.id]?.offSince !== undefined;
  if (assessments.length === 0 || (open.length === 0 && !isOff)) return undefined;
  // Rows are left out, since no report depends on renewal times.
  const obstacles = new RenewalObstacles([], classes, nowMs);
  const own = assessments.map(({ row }) => row);
  const clock = clusterClock(place, { own, obstacles }, { nowMs, classes, facts });
  const byRow = new Map(open.map((one) => [one.row, one]));
  const impacts = listImpacts(clock, { assessRow: (row) => byRow.get(row), nowMs, classes });
  if (impacts.length === 0) return undefined;
  return { cluster: clock.cluster, impacts, severity: getSeverity(clock), safeUntilMs: clock.safeUntilMs };
}
