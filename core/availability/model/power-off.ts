import { addTo, least } from '../../shared/lists.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import { ROLE_IDS, type RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { CLUSTER_ROOTS, ROLES, ROOTS } from '../../knowledge/model/credentials/roles.ts';
import type { LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import type { FactsByCluster } from '../../plan/model/cluster-facts.ts';
import { LAYERS, type ClusterId, type Layer } from '../../shared/ids.ts';
import { listDeployments, type ClusterPlace } from '../../plan/model/deployment.ts';
import { findCommandName, namesOfCluster, type InCluster } from '../../plan/model/command-name.ts';
import { nameFinder, type FindByName } from '../../plan/model/name-index.ts';
import { DAY_MS, epochMs, SECOND_MS } from '../../shared/instant.ts';
import type { Statement } from '../../shared/citation.ts';
import { OFF_LIMITS } from '../../knowledge/model/obstacles.ts';
import { thresholdAtMs } from '../../knowledge/model/credentials/expiry-state.ts';
import { mocIdentities, type MocIdentity } from '../../inventory/model/moc-identity.ts';
import { RenewalObstacles, renewsByItself } from '../../expiry/model/renewal-obstacle.ts';
import { isSameRevocation, refusalsAt, type RenewalRefusal } from '../../inventory/model/renewal-refusal.ts';
import { repairOrder, type OrderedRepair } from './repair-order.ts';
import { updateAge, type UpdateAge } from './update-age.ts';
import { isManagementName } from '../../plan/model/cluster-name.ts';

/*
 * A cluster that is off renews no credentials. The documented limits are 4 days for Kubernetes and 30 for MOC; in
 * practice, the first credential to expire is the limit, often after about a day.
 */

/** From `atMs` on, the credential is refused. */
export interface Break {
  row: BoardRow;
  atMs: number;
  /** The next automatic renewal; absent if there is none or it is known to fail. */
  renewsAtMs?: number;
}

/** In the order in which the layers usually break. */
export const LAYERS_BY_BREAK = ['kubernetes', 'moc', 'workstation'] as const satisfies readonly Layer[];

export interface LayerClock {
  count: number;
  /** From this time on, the layer needs repair; absent if no end is known. */
  atMs?: number;
  /** Breaks at `atMs`; absent if the limit comes earlier. */
  first?: Break;
  /** The documented limit; absent if an end in the layer is known, other than that of a root. */
  limit?: OffLimit;
  expired: Break[];
}

/** Counts from now, or from the time when the cluster was switched off. */
export interface OffLimit {
  layer: keyof typeof OFF_LIMITS;
  atMs: number;
  days: number;
  statement: Statement;
}

export interface PowerOffClock extends InCluster {
  clusterId: ClusterId;
  sample?: true;
  /** `host` is a cloud agent deployment without its clusters. */
  kind: 'host' | 'management' | 'workload';
  /** Stated by the admin; absent while the cluster runs. */
  offSinceMs?: number;
  /**
   * The last instant at which every currently valid credential is still valid and no limit is reached; absent if no end
   * is known, or if the cluster runs and something `failsAtStart`.
   */
  safeUntilMs?: number;
  firstToBreak?: Break;
  layers: Record<Layer, LayerClock>;
  /** Sorted by end. */
  valid: Break[];
  /** Credentials whose renewal is overdue; they will break whether or not the cluster is off. */
  overdue: Break[];
  alreadyExpired: Break[];
  /** An expired token whose certificate is still valid: its client works until the next start, and then cannot log in. */
  failsAtStart?: Break;
  identities: MocIdentity[];
  /** Known RenewRevocations that match the next certificate of a holder, one entry per object. */
  refusals: RenewalRefusal[];
  refused: BoardRow[];
  repairOrder: OrderedRepair[];
  unknown: BoardRow[];
  /** Absent if no date is stated and no token implies one. */
  update?: UpdateAge;
  confirmedMs?: number;
}

interface PowerOffOptions {
  nowMs: number;
  classes: LifetimeClasses;
  facts: FactsByCluster;
  workloads?: ReadonlySet<ClusterId>;
}

/** Returns a clock for each cluster and cloud agent with credentials, in the order of `clusters`. */
export function powerOffClocks(
  clusters: readonly ClusterPlace[],
  rows: readonly BoardRow[],
  { nowMs, ...options }: PowerOffOptions,
): PowerOffClock[] {
  const computeClock = clockFinder(clusters, rows, options)(nowMs);
  return clusters.flatMap((cluster) => computeClock(cluster) ?? []);
}

export type FindClock = (cluster: ClusterPlace) => PowerOffClock | undefined;

/** Prepares everything that does not depend on time, so that clocks can be computed for several times. */
export function clockFinder(
  clusters: readonly ClusterPlace[],
  rows: readonly BoardRow[],
  options: Omit<PowerOffOptions, 'nowMs'>,
): (nowMs: number) => FindClock {
  const { facts, classes, workloads } = options;
  const members = clusterMembers(clusters, facts);
  const rowsByCluster = new Map<ClusterId, BoardRow[]>();
  for (const row of rows) addTo(rowsByCluster, findOwner(members, row), row);
  const renewals = new RenewalObstacles(rows, classes, -Infinity);
  const breaksByCluster = new Map<ClusterId, readonly Break[]>();
  return (nowMs) => {
    const obstacles = renewals.obstaclesAt(nowMs);
    const hosts = new Map<ClusterId, HostEnds>();
    return (cluster) => {
      const { id } = cluster;
      const own = rowsByCluster.get(id) ?? [];
      if (own.length === 0) return undefined;
      const isWanted = workloads === undefined || workloads.has(id);
      if (!isWanted && clockKind(cluster, own) === 'workload') return undefined;
      const breaks = listBreaks(own, breaksByCluster.get(id), { nowMs, classes, obstacles });
      breaksByCluster.set(id, breaks);
      const clock = computeClock(cluster, { own, breaks }, { ...options, nowMs });
      const agent = members.agents.get(id);
      const host =
        agent === undefined ? NO_HOST : (hosts.get(agent) ?? hostEnds(rowsByCluster.get(agent) ?? [], nowMs));
      if (agent !== undefined) hosts.set(agent, host);
      return { repairOrder: orderRepair(cluster, clock, host, nowMs), ...clock };
    };
  };
}

export interface ClusterMembers {
  /** For each cloud agent, a function that finds the cluster in the name of a credential. */
  names: Map<ClusterId, FindByName>;
  agents: Map<ClusterId, ClusterId>;
}

export function clusterMembers(clusters: readonly ClusterPlace[], facts: FactsByCluster): ClusterMembers {
  const members: ClusterMembers = { names: new Map(), agents: new Map() };
  for (const { cloudAgent, clusters: hosted } of listDeployments(clusters, facts)) {
    if (cloudAgent === undefined) continue;
    members.names.set(cloudAgent.id, nameFinder(hosted));
    for (const { id } of hosted) members.agents.set(id, cloudAgent.id);
  }
  return members;
}

/**
 * Returns the cluster whose name a cloud agent's credential contains, or else the cluster that the row's file belongs
 * to.
 */
export function findOwner({ names }: ClusterMembers, { clusterId, name }: BoardRow): ClusterId {
  return names.get(clusterId)?.(name) ?? clusterId;
}

const NO_HOST: HostEnds = { expired: [], identities: [] };

function hostEnds(rows: readonly BoardRow[], nowMs: number): HostEnds {
  return {
    expired: rows.filter(({ notAfterMs = Infinity }) => notAfterMs + SECOND_MS <= nowMs),
    identities: mocIdentities(rows, nowMs),
  };
}

interface HostEnds {
  expired: readonly BoardRow[];
  identities: readonly MocIdentity[];
}

type ClusterClock = Omit<PowerOffClock, 'repairOrder'>;

export function clusterClock(
  place: ClusterPlace,
  { own, obstacles }: { own: readonly BoardRow[]; obstacles: RenewalObstacles },
  options: PowerOffOptions,
): ClusterClock {
  return computeClock(place, { own, breaks: listBreaks(own, undefined, { ...options, obstacles }) }, options);
}

function computeClock(
  place: ClusterPlace,
  { own: rows, breaks }: { own: readonly BoardRow[]; breaks: readonly Break[] },
  { nowMs, classes, facts }: PowerOffOptions,
): ClusterClock {
  const { id, sample } = place;
  const { name, ...naming } = namesOfCluster(place);
  const counted = rows.filter(({ role }) => !ROLES[role].endsUnnoticed);
  const refused = counted.filter((row) => refusalsAt(row.refusals, nowMs).length > 0);
  const refusals = refused.flatMap((row) => refusalsAt(row.refusals, nowMs));
  const identities = mocIdentities(counted, nowMs).filter(({ state }) => state !== 'both-valid');
  const firstValid = breaks.findIndex(({ atMs }) => atMs > nowMs);
  const alreadyExpired = breaks.slice(0, firstValid < 0 ? breaks.length : firstValid);
  const valid = breaks.slice(alreadyExpired.length);
  const [first] = valid;
  const statedMs = facts[id]?.offSince;
  const since = statedMs && epochMs(statedMs);
  const kind = clockKind(place, rows);
  const clockLayer = (layer: Layer): LayerClock => {
    const own = breaks.filter(({ row }) => row.layer === layer);
    const isKnown = own.some(({ row }) => !ROOTS.has(row.role));
    const isLimited = !isKnown && layer !== 'workstation' && (kind !== 'host' || layer !== 'kubernetes');
    const limit = isLimited
      ? { layer, ...OFF_LIMITS[layer], atMs: (since ?? nowMs) + OFF_LIMITS[layer].days * DAY_MS }
      : undefined;
    const next = own.find(({ atMs }) => atMs > nowMs);
    // Until something else of the layer is read, the end of a root says less than the documented limit.
    const nextKnown = limit !== undefined && next !== undefined && limit.atMs < next.atMs ? undefined : next;
    return {
      count: counted.filter((row) => row.layer === layer).length,
      atMs: nextKnown?.atMs ?? limit?.atMs,
      first: nextKnown,
      limit,
      expired: own.filter(({ atMs }) => atMs <= nowMs),
    };
  };
  const layers = Object.fromEntries(LAYERS.map((layer) => [layer, clockLayer(layer)])) as Record<Layer, LayerClock>;
  const deadTokens = new Set(identities.flatMap(({ state, tokens }) => (state === 'until-login' ? tokens : [])));
  const failsAtStart = alreadyExpired.find(({ row }) => deadTokens.has(row));
  const isSafe = failsAtStart === undefined || since !== undefined;
  // A limit alone is not enough: other credentials may expire sooner.
  const limits = listLimits({ layers }).map(({ atMs }) => atMs);
  const ends = first === undefined ? [] : [first.atMs, ...limits].filter((atMs) => atMs > nowMs);
  const updatedAt = facts[id]?.lastUpdatedAt;
  const update = updateAge(rows, { statedMs: updatedAt && epochMs(updatedAt), nowMs });
  const confirmedMs = rows.reduce((latest, row) => Math.max(latest, row.confirmedMs ?? -Infinity), -Infinity);
  return {
    clusterId: id,
    cluster: name,
    ...naming,
    sample,
    kind,
    offSinceMs: since,
    failsAtStart,
    safeUntilMs: isSafe && ends.length > 0 ? least(ends) - SECOND_MS : undefined,
    firstToBreak: first,
    layers,
    valid,
    // Uses the same condition as the board.
    overdue: valid.filter(({ row: { notBeforeMs, lifetimeClass }, atMs }) => {
      const { renewalOverdue, usualMs } = classes[lifetimeClass];
      return nowMs >= thresholdAtMs(renewalOverdue, { notBeforeMs, notAfterMs: atMs - SECOND_MS }, usualMs);
    }),
    alreadyExpired,
    identities,
    refused,
    refusals: refusals.filter((one, at) => refusals.findIndex((other) => isSameRevocation(one, other)) === at),
    unknown: counted.filter(({ notAfterMs }) => notAfterMs === undefined),
    update,
    ...(confirmedMs > -Infinity && { confirmedMs }),
  };
}

/** In the order in which the layers usually break. */
export function listLimits({ layers }: Pick<PowerOffClock, 'layers'>): OffLimit[] {
  return LAYERS_BY_BREAK.flatMap((layer) => layers[layer].limit ?? []);
}

function clockKind({ name, kind }: ClusterPlace, rows: readonly BoardRow[]): PowerOffClock['kind'] {
  if (kind === 'moc') return 'host';
  const isManagement = isManagementName(name) || rows.some(({ role }) => ROLES[role].marksManagement);
  return isManagement ? 'management' : 'workload';
}

function orderRepair(place: ClusterPlace, clock: ClusterClock, host: HostEnds, nowMs: number): OrderedRepair[] {
  const { kind, alreadyExpired, valid, refused, identities } = clock;
  const again = [...identities, ...host.identities].filter(({ state }) => state === 'log-in-again');
  return repairOrder(
    alreadyExpired.map(({ row }) => row),
    {
      name: findCommandName(place),
      kind: kind === 'workload' ? 'workload' : 'host',
      host: host.expired,
      refusals: refused.flatMap((row) => refusalsAt(row.refusals, nowMs).map((refusal) => ({ id: row.id, refusal }))),
      loggingIn: new Set(again.flatMap(({ certificates }) => certificates.map(({ id }) => id))),
      valid: new Set(valid.map(({ row }) => row.role)),
    },
  );
}

interface BreakOptions extends Pick<PowerOffOptions, 'nowMs' | 'classes'> {
  obstacles: RenewalObstacles;
}

/** Lists breaks in order of time. `former`: the breaks of the same rows, computed for another time. */
function listBreaks(
  rows: readonly BoardRow[],
  former: readonly Break[] | undefined,
  { nowMs, classes, obstacles }: BreakOptions,
): readonly Break[] {
  const lastRoots = new Map<RoleId, number>();
  for (const { role, notAfterMs = 0 } of former === undefined ? rows : [])
    if (CLUSTER_ROOTS.includes(role)) lastRoots.set(role, Math.max(notAfterMs, lastRoots.get(role) ?? 0));
  const breaks =
    former ??
    rows
      .flatMap((row) => {
        if (ROLES[row.role].endsUnnoticed || row.notAfterMs === undefined) return [];
        // A replaced root breaks nothing by itself: the certificates that it signed end with it.
        return row.notAfterMs < (lastRoots.get(row.role) ?? 0) ? [] : { row, atMs: row.notAfterMs + SECOND_MS };
      })
      // Credentials with the same end are in catalogue order: the API server comes before its clients.
      .sort((a, b) => a.atMs - b.atMs || getRank(a.row.role) - getRank(b.row.role) || (a.row.id < b.row.id ? -1 : 1));
  return breaks.map((one: Break): Break => {
    const { row, atMs } = one;
    const { notBeforeMs, notAfterMs = atMs - SECOND_MS, lifetimeClass } = row;
    const isRenewed = atMs > nowMs && renewsByItself(row.role) && obstacles.find(row) === undefined;
    const { renewalDue, usualMs } = classes[lifetimeClass];
    const renewsAtMs = isRenewed
      ? Math.max(thresholdAtMs(renewalDue, { notBeforeMs, notAfterMs }, usualMs), nowMs)
      : undefined;
    if (renewsAtMs === one.renewsAtMs) return one;
    return renewsAtMs === undefined ? { row, atMs } : { row, atMs, renewsAtMs };
  });
}

const RANKS = new Map(ROLE_IDS.map((role, rank) => [role, rank]));

function getRank(role: RoleId): number {
  return RANKS.get(role) ?? ROLE_IDS.length;
}
