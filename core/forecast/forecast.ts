import { adopt, type Adoption, type KnownCluster } from '../simulation/adopt/adopt.ts';
import type { FailedAction } from '../simulation/actions/actions.ts';
import { Future } from '../simulation/future.ts';
import type { DeploymentSettings } from '../simulation/state.ts';
import type { BoardRow } from '../inventory/model/board-row.ts';
import type { LifetimeClasses, LifetimeClassId } from '../knowledge/model/credentials/lifetimes.ts';
import type { RenewerId } from '../knowledge/model/credentials/role-row.ts';
import { ROLES } from '../knowledge/model/credentials/roles.ts';
import { NODE_POOL_ENDS, SUPPORT_ENDS } from '../knowledge/model/support-end.ts';
import type { FactsByCluster } from '../plan/model/cluster-facts.ts';
import type { ClusterId } from '../shared/ids.ts';
import type { Cluster, Credential } from '../inventory/model/credential.ts';
import { listDeployments } from '../plan/model/deployment.ts';
import {
  answerForecast,
  compareEvents,
  isBreak,
  UPDATE_DUE_MS,
  UPDATE_OVERDUE_MS,
  type ClusterForecast,
  type Forecast,
  type ForecastAssumption,
  type ForecastEvent,
  type ForecastScenario,
  type RenewalSum,
} from './model/forecast.ts';
import { instantFromMs, epochMs, SECOND_MS } from '../shared/instant.ts';
import { expiryState, type ExpiryState } from '../knowledge/model/credentials/expiry-state.ts';
import {
  isApprover,
  approvalsByOwner,
  RenewalObstacles,
  renewsByItself,
  type Approval,
  type RenewalObstacle,
} from '../expiry/model/renewal-obstacle.ts';
import { addTo, append, greatest, least } from '../shared/lists.ts';
import { refusalsAt } from '../inventory/model/renewal-refusal.ts';
import { listScenarioActions, type ScenarioAction } from './actions.ts';
import { eventSubject, Ledger, type Life } from './forecast-events.ts';

interface ForecastRequest {
  clusters: readonly Cluster[];
  listRows: (cluster: Cluster) => readonly BoardRow[];
  facts: FactsByCluster;
  classes: LifetimeClasses;
  nowMs: number;
  /** At least one day. */
  horizonMs: number;
  scenario: ForecastScenario;
  /** Called about every ten milliseconds to give other work a turn. */
  pause: () => Promise<void>;
  settings?: Partial<DeploymentSettings>;
}

/** Kinds of credentials that are renewed so often that their renewals are only counted. */
const SHORT_LIFE = 'kubernetes-leaf';
const SHORT_LIVES: readonly LifetimeClassId[] = [SHORT_LIFE, 'kubelet'];

/** Forecasts an inventory by simulating its deployments. The result is deterministic and in inventory order. */
export async function computeForecast(request: ForecastRequest): Promise<Forecast & { lives: readonly Life[] }> {
  const { clusters, nowMs, horizonMs, scenario } = request;
  const forecasts = new Map<ClusterId, ClusterForecast>();
  const lives: Life[] = [];
  for await (const part of forecastInParts(request)) {
    for (const forecast of part.clusters) forecasts.set(forecast.clusterId, forecast);
    append(lives, part.lives);
  }
  const ordered = clusters.flatMap(({ id }) => forecasts.get(id) ?? []);
  return {
    nowMs,
    untilMs: nowMs + horizonMs,
    scenario,
    answer: answerForecast(
      breaksIn(ordered.map(({ already }) => already)),
      breaksIn(ordered.map(({ events }) => events)),
      scenario,
    ),
    clusters: ordered,
    lives,
  };
}

function breaksIn(lists: readonly (readonly ForecastEvent[])[]): ForecastEvent[] {
  return lists.flatMap((events) => events.filter(isBreak)).sort(compareEvents);
}

interface ForetoldPart {
  clusters: ClusterForecast[];
  lives: readonly Life[];
}

/**
 * Forecasts some clusters at a time, only when they are requested. With `urgentFirst`, clusters that are likely to need
 * attention soonest come first; otherwise one deployment follows another.
 */
export async function* forecastInParts(
  request: ForecastRequest,
  { urgentFirst = false }: { urgentFirst?: boolean } = {},
): AsyncGenerator<ForetoldPart, void, undefined> {
  const survey = await surveyFleet(request);
  for (const part of await listParts(request, survey, urgentFirst)) yield await foretell(request, survey, part);
}

interface Part {
  cloudAgent: KnownCluster | undefined;
  clusters: readonly KnownCluster[];
  /** The clusters to forecast; the other clusters of the part are only simulated. */
  told: readonly Cluster[];
  updated: Cluster | undefined;
  inferred: boolean;
}

/** Adopting this many clusters takes a few milliseconds. */
const PART = 32;
/** A part has at most this many clusters for each shared cluster, since every part simulates the shared clusters. */
const TIMES_SHARED = 4;

/**
 * Divides the clusters into parts. Clusters depend on each other only through their hosts, which every part simulates
 * again. If the hosts are unknown, several parts take less time in total, and the first results come early.
 */
async function listParts(request: ForecastRequest, survey: Survey, urgentFirst: boolean): Promise<Part[]> {
  const { clusters, facts, pause } = request;
  const { ofHosts, urgency } = survey;
  const clusterUrgency = ({ id }: Pick<Cluster, 'id'>) => urgency.get(id) ?? Infinity;
  // The difference of two infinite numbers is NaN, so the names decide.
  const compareUrgency = (one: Cluster, other: Cluster) =>
    clusterUrgency(one) - clusterUrgency(other) || (one.name < other.name ? -1 : 1);
  const byId = new Map<string, Cluster>(clusters.map((cluster) => [cluster.id, cluster]));
  const describeCluster = (cluster: Cluster): KnownCluster => ({ cluster, offSince: facts[cluster.id]?.offSince });
  const parts: Part[] = [];
  for (const { cloudAgent, clusters: places, inferred } of listDeployments(clusters, facts)) {
    await pause();
    const agent = cloudAgent && byId.get(cloudAgent.id);
    const hosted = places.flatMap(({ id }) => byId.get(id) ?? []);
    const rest = { cloudAgent: agent && describeCluster(agent), updated: agent ?? hosted[0], inferred };
    const isKnown = agent !== undefined || hosted.some(({ id }) => ofHosts.has(id));
    const shared =
      isKnown && urgentFirst ? await listShared(request, survey, { agent, hosted }) : new Set(agent && [agent]);
    const others = hosted.filter((cluster) => !shared.has(cluster));
    const ordered = urgentFirst ? others.toSorted(compareUrgency) : others;
    const size = isKnown && !urgentFirst ? Infinity : Math.max(PART, TIMES_SHARED * shared.size);
    let first: readonly Cluster[] = [...shared];
    for (let start = 0; start === 0 || start < ordered.length; start += size) {
      const own = ordered.slice(start, start + size);
      const clusters = [...shared, ...own].filter((cluster) => cluster !== agent);
      parts.push({ ...rest, clusters: clusters.map(describeCluster), told: [...first, ...own] });
      first = [];
    }
  }
  if (!urgentFirst) return parts;
  const urgencies = new Map(parts.map((part) => [part, least(part.told.map((cluster) => clusterUrgency(cluster)))]));
  return parts.sort((one, other) => urgencies.get(one)! - urgencies.get(other)! || 0);
}

/**
 * Lists the clusters on which the others of a deployment depend: the cloud agent, clusters with credentials of the
 * hosts, and clusters named in those credentials.
 */
async function listShared(
  { listRows, pause }: ForecastRequest,
  { ofHosts }: Survey,
  { agent, hosted }: { agent: Cluster | undefined; hosted: readonly Cluster[] },
): Promise<Set<Cluster>> {
  const shared = new Set([agent ?? [], hosted.filter(({ id }) => ofHosts.has(id))].flat());
  const names: string[] = [];
  for (const cluster of shared) {
    for (const { layer, name } of listRows(cluster)) if (layer === 'moc') names.push(name);
    await pause();
  }
  const all = names.join('\n');
  for (const cluster of hosted) {
    if (all.includes(cluster.name)) shared.add(cluster);
    await pause();
  }
  return shared;
}

async function foretell(request: ForecastRequest, survey: Survey, part: Part): Promise<ForetoldPart> {
  const { nowMs, pause, settings } = request;
  const members = [part.cloudAgent, ...part.clusters].flatMap((known) => known?.cluster ?? []);
  const stalled = new Set<Credential['id']>();
  for (const cluster of members) {
    noteStalled(request, survey, cluster, stalled);
    // Reads the credentials if they are still in a file.
    void cluster.credentials;
    await pause();
  }
  const adoption = adopt({
    now: instantFromMs(nowMs),
    cloudAgent: part.cloudAgent,
    clusters: part.clusters,
    isStalled: (credential) => stalled.has(credential.id),
    settings,
  });
  await pause();
  const ofPart = new DeploymentForecast(request, adoption, { ...part, clusters: members });
  await pause();
  await ofPart.run();
  const told = new Set(part.told.map(({ id }) => id));
  const clusters = ofPart.forecasts().filter(({ clusterId }) => told.has(clusterId));
  await pause();
  return { clusters, lives: ofPart.lives.filter(({ clusterId }) => told.has(clusterId)) };
}

interface Survey {
  ofHosts: ReadonlySet<ClusterId>;
  /** Lower for clusters that are likely to need attention sooner. */
  urgency: ReadonlyMap<ClusterId, number>;
  approvals: ReadonlyMap<ClusterId, readonly Approval[]>;
}

/** Surveying this many clusters takes a few milliseconds. */
const SURVEYED_AT_ONCE = 32;

async function surveyFleet(request: ForecastRequest): Promise<Survey> {
  const { clusters, listRows, pause } = request;
  const ofHosts = new Set<ClusterId>();
  const urgency = new Map<ClusterId, number>();
  const approvers: BoardRow[] = [];
  const names = new Map<ClusterId, string>();
  for (const [place, cluster] of clusters.entries()) {
    const rows = listRows(cluster);
    if (rows.some(({ layer, role }) => layer === 'moc' || role === 'management-kubeconfig')) ofHosts.add(cluster.id);
    if (rows.some(({ layer }) => layer === 'kubernetes')) names.set(cluster.id, cluster.name);
    for (const row of rows) if (isApprover(row)) approvers.push(row);
    urgency.set(cluster.id, clusterUrgency(rows, request));
    if (place % SURVEYED_AT_ONCE === SURVEYED_AT_ONCE - 1) await pause();
  }
  return { ofHosts, urgency, approvals: approvalsByOwner(approvers, names) };
}

/** Ranks a cluster as on the timeline: most expired credentials first, then the earliest likely expiry. */
function clusterUrgency(rows: readonly BoardRow[], { classes, nowMs }: ForecastRequest): number {
  let expired = 0;
  let firstMs = Infinity;
  for (const row of rows) {
    const { notBeforeMs, notAfterMs, lifetimeClass, role } = row;
    if (notAfterMs === undefined) continue;
    if (notAfterMs < nowMs) expired += 1;
    else if (notAfterMs < firstMs) {
      const isLate = LATE.includes(expiryState({ notBeforeMs, notAfterMs }, classes[lifetimeClass], nowMs));
      if (isLate || !renewsByItself(role)) firstMs = notAfterMs;
    }
  }
  return expired > 0 ? -expired : firstMs;
}

const LATE: readonly ExpiryState[] = ['renewal-overdue', 'urgent'];

/** Obstacles of credentials that were overdue when last read and are assumed to stay overdue. */
const UNRENEWED: readonly RenewalObstacle['rule'][] = [
  'late-moc',
  'late-kubernetes',
  'unchanged-moc',
  'unchanged-kubernetes',
];

function noteStalled(
  { listRows, classes, nowMs }: ForecastRequest,
  { approvals }: Survey,
  cluster: Cluster,
  stalled: Set<Credential['id']>,
): void {
  const rows = listRows(cluster);
  const obstacles = new RenewalObstacles(rows, classes, nowMs, { approvals: approvals.get(cluster.id) ?? [] });
  for (const row of rows) {
    const { notBeforeMs, notAfterMs, lifetimeClass } = row;
    // The simulation ignores revocation objects in files, so a credential whose renewals they refuse until it expires
    // is marked as stalled here.
    if (notAfterMs !== undefined && refusalsAt(row.refusals, notAfterMs).length > 0) stalled.add(row.id);
    if (!LATE.includes(expiryState({ notBeforeMs, notAfterMs }, classes[lifetimeClass], nowMs))) continue;
    const rule = obstacles.find(row)?.rule;
    // The simulation itself produces the other obstacles.
    if (rule !== undefined && UNRENEWED.includes(rule)) stalled.add(row.id);
  }
}

/** Renewers that act during an update. Source: the article, "Certificate types". */
const BY_UPDATE: readonly RenewerId[] = ['host-update', 'cluster-update'];

interface LastUpdate {
  atMs: number;
  isStated: boolean;
}

interface OwnClusters extends Pick<Part, 'updated'> {
  /** The cloud agent, if there is one, comes first. */
  clusters: readonly Cluster[];
  /** Whether it is only assumed that the clusters run on this cloud agent. */
  inferred: boolean;
}

class DeploymentForecast {
  readonly lives: readonly Life[];
  readonly #request: ForecastRequest;
  readonly #adoption: Adoption;
  readonly #own: OwnClusters;
  readonly #ledger: Ledger;
  readonly #future: Future;
  readonly #untilMs: number;
  /** Each list begins with the last update before the forecast, if it is known. */
  readonly #updates = new Map<ClusterId, number[]>();
  readonly #lastUpdates: ReadonlyMap<ClusterId, LastUpdate>;
  readonly #more: ForecastEvent[] = [];

  constructor(request: ForecastRequest, adoption: Adoption, own: OwnClusters) {
    this.#request = request;
    this.#adoption = adoption;
    this.#own = own;
    this.#ledger = new Ledger(adoption, request.nowMs);
    this.#future = new Future(adoption.state);
    this.#untilMs = request.nowMs + request.horizonMs;
    this.lives = this.#ledger.lives;
    this.#lastUpdates = this.#findLastUpdates(own);
  }

  async run(): Promise<void> {
    const { facts, nowMs, pause, scenario } = this.#request;
    this.#ledger.open(this.#untilMs);
    const { updated } = this.#own;
    const stated = updated && facts[updated.id]?.lastUpdatedAt;
    const acts = listScenarioActions({
      scenario,
      state: this.#adoption.state,
      off: this.#findSwitchedOff(scenario.off),
      lastUpdateMs: stated ? epochMs(stated) : updated && this.#lastUpdates.get(updated.id)?.atMs,
      nowMs,
      untilMs: this.#untilMs,
    });
    let told = 0;
    const write = () => {
      for (; told < this.#future.events.length; told += 1) this.#ledger.write(this.#future.events[told]!);
    };
    for (const act of acts) {
      await this.#future.advanceTo(instantFromMs(act.atMs), pause);
      write();
      this.#ledger.act(act.kind, epochMs(instantFromMs(act.atMs)), act.clusterId);
      const failures = this.#future.perform(act.actions);
      this.#note(act, failures);
      write();
    }
    await this.#future.advanceTo(instantFromMs(this.#untilMs), pause);
    write();
    await pause();
  }

  forecasts(): ClusterForecast[] {
    const byCluster = new Map<ClusterId, ForecastEvent[]>();
    for (const event of [...this.#ledger.events, ...this.#more, ...this.#renewalEvents()])
      addTo(byCluster, event.clusterId, event);
    const sums = this.#renewalSums();
    return this.#own.clusters.map((cluster) => {
      const events = [
        ...(byCluster.get(cluster.id) ?? []),
        ...this.#deadlines(cluster.id),
        ...this.#horizons(cluster),
        ...this.#supportEnds(cluster),
        ...this.#nodePoolEnds(cluster),
      ].sort(compareEvents);
      const { nowMs } = this.#request;
      const already = events.filter(({ atMs }) => atMs <= nowMs && atMs < this.#untilMs);
      const coming = events.filter(({ atMs }) => atMs > nowMs && atMs <= this.#untilMs);
      return {
        clusterId: cluster.id,
        cluster: cluster.name,
        kind: cluster.kind,
        sample: cluster.sample,
        confirmedMs: greatest(
          cluster.credentials.flatMap(({ sources }) => sources.map(({ readAt }) => epochMs(readAt))),
        ),
        answer: answerForecast(already, coming, this.#request.scenario),
        already,
        events: coming,
        renewals: sums.get(cluster.id) ?? [],
        assumptions: this.#assumptions(cluster),
      };
    });
  }

  /** Returns `hosts` if the scenario switches off the cloud agent or names no cluster. */
  #findSwitchedOff(off: ForecastScenario['off']): 'hosts' | ClusterId | undefined {
    if (off === undefined) return undefined;
    if (off.clusterId === undefined) return 'hosts';
    const named = this.#own.clusters.find(({ id }) => id === off.clusterId);
    return named?.kind === 'moc' ? 'hosts' : named?.id;
  }

  #note(act: ScenarioAction, failures: readonly (FailedAction | undefined)[]): void {
    const { kind, atMs, clusterId } = act;
    if (kind === 'update') this.#noteUpdate(act, failures);
    if (kind !== 'power-off' && kind !== 'power-on') return;
    for (const id of clusterId === undefined ? this.#own.clusters.map((each) => each.id) : [clusterId])
      this.#more.push({ kind, atMs, clusterId: id, needsSomebody: false, certainty: 'documented' });
  }

  /** Records an update. `Update-AksHci` covers the hosts and the management cluster. */
  #noteUpdate({ atMs, actions }: ScenarioAction, failures: readonly (FailedAction | undefined)[]): void {
    const ids = new Set(this.#own.clusters.map(({ id }) => id));
    const management = this.#adoption.state.clusters[0]?.name as ClusterId;
    const agents = this.#own.clusters.filter(({ kind }) => kind === 'moc').map(({ id }) => id);
    actions.forEach((action, at) => {
      const failure = failures[at];
      const about = action.kind === 'Update-AksHciCluster' ? [action.name as ClusterId] : [...agents, management];
      for (const clusterId of about) {
        if (!ids.has(clusterId)) continue;
        this.#more.push({
          kind: failure === undefined ? 'update' : 'update-failed',
          atMs,
          clusterId,
          needsSomebody: failure !== undefined,
          reason: failure?.code,
          text: failure?.text,
          certainty: failure === undefined ? 'documented' : 'inferred',
        });
        if (failure === undefined) addTo(this.#updates, clusterId, atMs);
      }
    });
  }

  /**
   * Returns the last update of each cluster: the date that the admin stated, or else the issue date of the oldest token
   * that every update renews. The update cannot be later than that date.
   */
  #findLastUpdates({ clusters }: OwnClusters): Map<ClusterId, LastUpdate> {
    const { state, tokens } = this.#adoption;
    const management = state.clusters[0]?.name;
    const runsOn = new Map(state.identities.map(({ name, cluster }) => [name, cluster]));
    const oldest = new Map<string | undefined, number>();
    for (const [identity, { credential }] of tokens) {
      const { notBefore, assumed, role } = credential;
      if (notBefore === undefined || assumed || !BY_UPDATE.includes(ROLES[role].renewedBy)) continue;
      const cluster = runsOn.get(identity) ?? management;
      oldest.set(cluster, Math.min(oldest.get(cluster) ?? Infinity, epochMs(notBefore)));
    }
    return new Map(
      clusters.flatMap(({ id, kind }) => {
        const stated = this.#request.facts[id]?.lastUpdatedAt;
        const atMs = stated === undefined ? oldest.get(kind === 'moc' ? management : id) : epochMs(stated);
        return atMs === undefined ? [] : [[id, { atMs, isStated: stated !== undefined }] as const];
      }),
    );
  }

  #deadlines(clusterId: ClusterId): ForecastEvent[] {
    const last = this.#lastUpdates.get(clusterId);
    const updates = [last?.atMs ?? [], this.#updates.get(clusterId) ?? []].flat();
    return updates.flatMap((atMs, at) => {
      const recoversMs = updates[at + 1];
      const isRead = at > 0 || last?.isStated !== false;
      const rest = {
        clusterId,
        needsSomebody: true,
        recoversMs,
        certainty: isRead ? 'documented' : 'inferred',
      } as const;
      const events: ForecastEvent[] = [
        { kind: 'update-due', atMs: atMs + UPDATE_DUE_MS, ...rest },
        { kind: 'update-overdue', atMs: atMs + UPDATE_OVERDUE_MS, ...rest },
      ];
      return events.filter((event) => event.atMs < (recoversMs ?? Infinity));
    });
  }

  /** Returns the horizon of the newest CA only: if there are two, the older one is being retired. */
  #horizons({ id }: Cluster): ForecastEvent[] {
    const newest = this.#adoption.state.cloudAgent.trusted.at(-1);
    const slot = Number(newest?.slice(0, newest.indexOf('.')));
    const real = this.#adoption.certificates.get(slot);
    if (real === undefined || real.clusterId !== id) return [];
    const { credential } = real;
    const { identityValidityMs } = this.#adoption.state.settings;
    return [
      {
        kind: 'ca-horizon',
        atMs: epochMs(credential.facts.notAfter) + SECOND_MS - identityValidityMs,
        clusterId: id,
        ...eventSubject(credential),
        needsSomebody: true,
        certainty: 'inferred',
      },
    ];
  }

  /** Lists every possible date if the hosts' operating system is unknown, and withdrawn dates only if in the future. */
  #supportEnds({ id, kind }: Cluster): ForecastEvent[] {
    if (kind !== 'moc') return [];
    const runs = this.#request.facts[id]?.windowsServer;
    return SUPPORT_ENDS.filter(({ windowsServer }) => runs === undefined || windowsServer === runs)
      .filter(({ at, superseded }) => (runs !== undefined && !superseded) || epochMs(at) > this.#request.nowMs)
      .map(({ windowsServer, at, superseded, citations }) => ({
        kind: 'support-end',
        atMs: epochMs(at),
        clusterId: id,
        needsSomebody: !superseded,
        windowsServer,
        isPossible: runs === undefined ? true : undefined,
        certainty: citations[0].certainty,
      }));
  }

  /** Lists future support end dates of node pools, once per deployment: no file states which system node pools run. */
  #nodePoolEnds({ id, kind }: Cluster): ForecastEvent[] {
    if (kind !== 'moc') return [];
    return NODE_POOL_ENDS.filter(({ at }) => epochMs(at) > this.#request.nowMs).map(
      ({ windowsServer, at, citations }) => ({
        kind: 'node-pool-end',
        atMs: epochMs(at),
        clusterId: id,
        needsSomebody: true,
        windowsServer,
        isPossible: true,
        certainty: citations[0].certainty,
      }),
    );
  }

  #renewalEvents(): ForecastEvent[] {
    const issued = this.#future.countIssued();
    return this.lives.flatMap(({ credential, clusterId, renewedMs, slot }): ForecastEvent[] => {
      if (renewedMs === undefined || slot === undefined) return [];
      if (SHORT_LIVES.includes(ROLES[credential.role].lifetimeClass)) return [];
      return [
        {
          kind: 'renewal',
          atMs: renewedMs,
          clusterId,
          ...eventSubject(credential),
          needsSomebody: false,
          count: Math.max(1, issued.get(slot) ?? 1),
          certainty: ROLES[credential.role].renewal.citations[0]?.certainty ?? 'inferred',
        },
      ];
    });
  }

  #renewalSums(): Map<ClusterId, RenewalSum[]> {
    const issued = this.#future.countIssued();
    const sums = new Map<ClusterId, RenewalSum[]>();
    for (const { credential, clusterId, renewedMs, slot } of this.lives) {
      if (slot === undefined || renewedMs === undefined) continue;
      const own = ROLES[credential.role].lifetimeClass;
      // Short-lived credentials with different renewers are summed up together.
      const lifetimeClass = SHORT_LIVES.includes(own) ? SHORT_LIFE : own;
      let sum = sums.get(clusterId)?.find((each) => each.lifetimeClass === lifetimeClass);
      if (sum === undefined) addTo(sums, clusterId, (sum = { lifetimeClass, credentials: 0, renewals: 0 }));
      sum.credentials += 1;
      sum.renewals += issued.get(slot) ?? 0;
      sum.nextMs = Math.min(sum.nextMs ?? Infinity, renewedMs);
    }
    return sums;
  }

  #assumptions(cluster: Cluster): ForecastAssumption[] {
    const { id, credentials } = cluster;
    const has = (fits: (credential: Credential) => boolean) => credentials.some(fits);
    const found: ForecastAssumption[] = this.#adoption.assumed
      .filter(({ part, clusterId }) =>
        part === 'control-plane' ? clusterId === id : cluster.kind === 'kubernetes' || part !== 'cloud-agent',
      )
      .map(({ part }) => part);
    if (has(({ kind, layer }) => kind === 'token' && layer === 'moc')) found.push('tokens-need-update');
    if (has(({ role }) => role === 'mocctl' || role === 'kvactl')) found.push('tools-in-use');
    if (this.#lastUpdates.get(id)?.isStated === false) found.push('last-update');
    if (this.#own.inferred && cluster.kind === 'kubernetes') found.push('deployment');
    return found;
  }
}
