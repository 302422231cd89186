import { adopt, type Adoption, type KnownCluster } from '../pki/simulation/adopt/adopt.ts';
import type { FailedAction } from '../pki/simulation/actions/actions.ts';
import { Future } from '../pki/simulation/future.ts';
import type { DeploymentSettings } from '../pki/simulation/state.ts';
import type { BoardRow } from '../expiry/model/board-row.ts';
import type { LifetimeClasses, LifetimeClassId } from '../knowledge/model/credentials/lifetimes.ts';
import { ROLE_IDS, type RenewerId } from '../knowledge/model/credentials/credentials.ts';
import { ROLES } from '../knowledge/model/credentials/roles.ts';
import { NODE_POOL_ENDS, SUPPORT_ENDS } from '../knowledge/model/support-end.ts';
import type { FactsByCluster } from '../plan/model/cluster-facts.ts';
import type { ClusterId } from '../shared/ids.ts';
import type { Cluster, Credential } from '../inventory/model/credential.ts';
import { listDeployments } from '../plan/model/deployment.ts';
import {
  answerForecast,
  isBreak,
  LIFE_NUMBERS,
  UPDATE_DUE_MS,
  UPDATE_OVERDUE_MS,
  type ClusterForecast,
  type Forecast,
  type ForecastAssumption,
  type ForecastEvent,
  type ForecastScenario,
  type Lives,
  type RenewalSum,
} from './model/forecast.ts';
import { instantFromMs, toMilliseconds, SECOND_MS } from '../shared/instant.ts';
import { expiryState } from '../expiry/model/lifetime.ts';
import { RenewalObstacles, type RenewalObstacle } from '../expiry/model/renewal-obstacle.ts';
import { refusalsAt } from '../revocation/model/renewal-refusal.ts';
import { listScenarioActions, type ScenarioAction } from './actions.ts';
import { Ledger, type Life } from './forecast-events.ts';

export interface ForecastRequest {
  clusters: readonly Cluster[];
  rowsOf: (cluster: Cluster) => readonly BoardRow[];
  facts: FactsByCluster;
  classes: LifetimeClasses;
  nowMs: number;
  /** At least a day. */
  horizonMs: number;
  scenario: ForecastScenario;
  /** Called after about ten milliseconds of work each, so that others get a turn. */
  pause: () => Promise<void>;
  /** Overrides of the forecast's assumptions about builds and habits. */
  settings?: Partial<DeploymentSettings>;
}

/** Shorter-lived credentials renew themselves so often that they are summed up. */
const SHORT_LIFE = 'kubernetes-leaf';
const SHORT_LIVES: readonly LifetimeClassId[] = [SHORT_LIFE, 'kubelet'];

/**
 * Predicts what happens to the credentials of an inventory up to a horizon in a scenario, by the engine's simulation,
 * which starts from what was read. Deterministic. Clusters are in inventory order.
 */
export async function computeForecast(request: ForecastRequest): Promise<Forecast> {
  const { clusters, nowMs, horizonMs, scenario, facts } = request;
  const untilMs = nowMs + horizonMs;
  const stalled = stalledIn(request);
  await request.pause();
  const byId = new Map<string, Cluster>(clusters.map((cluster) => [cluster.id, cluster]));
  const known = (id: ClusterId): KnownCluster[] => {
    const cluster = byId.get(id);
    const offSince = facts[id]?.offSince;
    return cluster === undefined ? [] : [{ cluster, offSince }];
  };
  const forecasts = new Map<ClusterId, ClusterForecast>();
  const lives: Life[] = [];
  for (const deployment of listDeployments(clusters, facts)) {
    const cloudAgent = deployment.cloudAgent === undefined ? [] : known(deployment.cloudAgent.id);
    const hosted = deployment.clusters.flatMap(({ id }) => known(id));
    const first = cloudAgent[0] ?? hosted[0];
    for (const part of cloudAgent.length > 0 ? [hosted] : partsOf(hosted, request.rowsOf)) {
      const adoption = adopt({
        now: instantFromMs(nowMs),
        cloudAgent: cloudAgent[0],
        clusters: part,
        isStalled: (credential) => stalled.has(credential.id),
        settings: request.settings,
      });
      await request.pause();
      const ofDeployment = new DeploymentForecast(request, adoption, {
        clusters: [...cloudAgent, ...part].map(({ cluster }) => cluster),
        updated: first?.cluster,
        inferred: deployment.inferred,
      });
      await request.pause();
      await ofDeployment.run();
      for (const forecast of ofDeployment.forecasts()) forecasts.set(forecast.clusterId, forecast);
      for (const life of ofDeployment.lives) lives.push(life);
      await request.pause();
    }
  }
  const ordered = clusters.flatMap(({ id }) => forecasts.get(id) ?? []);
  return {
    nowMs,
    untilMs,
    scenario,
    answer: answerForecast(
      breaksIn(ordered.map(({ already }) => already)),
      breaksIn(ordered.map(({ events }) => events)),
      scenario,
    ),
    clusters: ordered,
    lives: packed(lives),
  };
}

/** Those that an answer is about, in time. */
function breaksIn(lists: readonly (readonly ForecastEvent[])[]): ForecastEvent[] {
  return lists.flatMap((events) => events.filter(isBreak)).sort(byTime);
}

/** So many clusters are taken in at once: it takes a few milliseconds. */
const PART = 32;

/**
 * Clusters of which nobody knows what they run on depend on each other only by what is known of that in one of them. In
 * parts they take less time, and others get a turn in between.
 */
function partsOf(clusters: readonly KnownCluster[], rowsOf: ForecastRequest['rowsOf']): (readonly KnownCluster[])[] {
  const isOfHosts = ({ layer, role }: BoardRow): boolean => layer === 'moc' || role === 'management-kubeconfig';
  if (clusters.some(({ cluster }) => rowsOf(cluster).some(isOfHosts))) return [clusters];
  const count = Math.max(1, Math.ceil(clusters.length / PART));
  return Array.from({ length: count }, (_, part) => clusters.slice(part * PART, (part + 1) * PART));
}

/** Late when read: taken to stay so. */
const UNRENEWED: readonly RenewalObstacle['rule'][] = [
  ...(['late-moc', 'late-kubernetes', 'unchanged-moc', 'unchanged-kubernetes'] as const),
];

/** Credentials whose renewal was seen failing, by the same rules as on the board. */
function stalledIn({ clusters, rowsOf, classes, nowMs }: ForecastRequest): ReadonlySet<Credential['id']> {
  const rows = clusters.flatMap((cluster) => [...rowsOf(cluster)]);
  const obstacles = new RenewalObstacles(rows, classes, nowMs);
  const stalled = new Set<Credential['id']>();
  for (const row of rows) {
    const { notBeforeMs, notAfterMs, lifetimeClass } = row;
    // Until its end; the simulation does not know objects in files.
    if (notAfterMs !== undefined && refusalsAt(row.refusals, notAfterMs).length > 0) stalled.add(row.id);
    const state = expiryState({ notBeforeMs, notAfterMs }, classes[lifetimeClass], nowMs);
    if (state !== 'renewal-overdue' && state !== 'urgent') continue;
    const rule = obstacles.of(row)?.rule;
    // The other obstacles follow from the simulation itself.
    if (rule !== undefined && UNRENEWED.includes(rule)) stalled.add(row.id);
  }
  return stalled;
}

/** Simultaneous events are in catalogue order: the API server before its clients. */
function byTime(one: ForecastEvent, other: ForecastEvent): number {
  return one.atMs - other.atMs || getPlace(one) - getPlace(other);
}

function getPlace({ role }: ForecastEvent): number {
  return role === undefined ? ROLE_IDS.length : ROLE_IDS.indexOf(role);
}

function packed(lives: readonly Life[]): Lives {
  const moments = new Float64Array(lives.length * LIFE_NUMBERS).fill(NaN);
  lives.forEach(({ renewedMs, endFromMs, endMs, recoversMs }, at) => {
    [renewedMs, endFromMs, endMs, recoversMs].forEach((ms, number) => {
      if (ms !== undefined) moments[at * LIFE_NUMBERS + number] = ms;
    });
  });
  return { ids: lives.map(({ credential }) => credential.id), moments };
}

/** What an update reissues. Source: the article, "Certificate types". */
const BY_UPDATE: readonly RenewerId[] = ['host-update', 'cluster-update'];

interface LastUpdate {
  atMs: number;
  /** Stated by the admin. */
  isStated: boolean;
}

interface OwnClusters {
  /** The cloud agent's first, if there is one. */
  clusters: readonly Cluster[];
  /** Whose last update the scenario counts from. */
  updated: Cluster | undefined;
  /** Whether it is a guess that all of them run on it. */
  inferred: boolean;
}

/** Runs one deployment through one scenario; used once. */
class DeploymentForecast {
  readonly lives: readonly Life[];
  readonly #request: ForecastRequest;
  readonly #adoption: Adoption;
  readonly #own: OwnClusters;
  readonly #ledger: Ledger;
  readonly #future: Future;
  readonly #untilMs: number;
  /** Instants of updates, the last one before the forecast first; if that is unknown, only those of the scenario. */
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
    this.#lastUpdates = this.#lastUpdatesOf(own);
  }

  async run(): Promise<void> {
    const { nowMs, pause, scenario } = this.#request;
    this.#ledger.open(this.#untilMs);
    const { updated } = this.#own;
    const acts = listScenarioActions({
      scenario,
      state: this.#adoption.state,
      off: this.#offOf(scenario.off),
      lastUpdateMs: updated && this.#lastUpdateOf(updated),
      nowMs,
      untilMs: this.#untilMs,
    });
    let told = 0;
    const write = (): void => {
      for (; told < this.#future.events.length; told += 1) {
        const event = this.#future.events[told];
        if (event !== undefined) this.#ledger.write(event);
      }
    };
    for (const act of acts) {
      await this.#future.until(instantFromMs(act.atMs), pause);
      write();
      this.#ledger.act(act.kind, toMilliseconds(instantFromMs(act.atMs)), act.clusterId);
      const failures = this.#future.perform(act.actions);
      this.#note(act, failures);
      write();
    }
    await this.#future.until(instantFromMs(this.#untilMs), pause);
    write();
    await pause();
  }

  /** Where it is not one of these, what the admin stated is all that tells. */
  #lastUpdateOf({ id }: Cluster): number | undefined {
    const stated = this.#request.facts[id]?.lastUpdatedAt;
    return this.#lastUpdates.get(id)?.atMs ?? (stated === undefined ? undefined : toMilliseconds(stated));
  }

  /** Every cluster of the deployment that is in the inventory. */
  forecasts(): ClusterForecast[] {
    const byCluster = new Map<ClusterId, ForecastEvent[]>(this.#own.clusters.map(({ id }) => [id, []]));
    const all = [...this.#ledger.events, ...this.#more, ...this.#renewalEvents()];
    for (const event of all) byCluster.get(event.clusterId)?.push(event);
    const sums = this.#renewalSums();
    return this.#own.clusters.map((cluster) => {
      const events = [
        ...(byCluster.get(cluster.id) ?? []),
        ...this.#deadlines(cluster.id),
        ...this.#horizons(cluster),
        ...this.#supportEnds(cluster),
        ...this.#nodePoolEnds(cluster),
      ].sort(byTime);
      const { nowMs } = this.#request;
      const already = events.filter(({ atMs }) => atMs <= nowMs && atMs < this.#untilMs);
      const coming = events.filter(({ atMs }) => atMs > nowMs && atMs <= this.#untilMs);
      return {
        clusterId: cluster.id,
        cluster: cluster.name,
        kind: cluster.kind,
        ...(cluster.sample && { sample: true }),
        confirmedMs: confirmedMs(cluster),
        answer: answerForecast(already, coming, this.#request.scenario),
        already,
        events: coming,
        renewals: sums.get(cluster.id) ?? [],
        assumptions: this.#assumptions(cluster),
      };
    });
  }

  // ---- What people do --------------------------------------------------------------------------------------------------

  /** The hosts when no cluster is named, or when it is the cloud agent. */
  #offOf(off: ForecastScenario['off']): 'hosts' | ClusterId | undefined {
    if (off === undefined) return undefined;
    if (off.clusterId === undefined) return 'hosts';
    const named = this.#own.clusters.find(({ id }) => id === off.clusterId);
    return named?.kind === 'moc' ? 'hosts' : named?.id;
  }

  #note(act: ScenarioAction, failures: readonly (FailedAction | undefined)[]): void {
    switch (act.kind) {
      case 'update':
        return this.#noteUpdate(act, failures);
      case 'power-off':
      case 'power-on': {
        const { kind, atMs, clusterId } = act;
        const about = clusterId === undefined ? this.#own.clusters.map(({ id }) => id) : [clusterId];
        const rest = { kind, atMs, needsSomebody: false, certainty: 'documented' } as const;
        this.#more.push(...about.map((id) => ({ ...rest, clusterId: id })));
        return;
      }
      case 'leave':
      case 'return':
        return;
    }
  }

  /** `Update-AksHci` covers the hosts and the management cluster. */
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
          ...(failure !== undefined && { reason: failure.code }),
          ...(failure?.text !== undefined && { text: failure.text }),
          certainty: failure === undefined ? 'documented' : 'inferred',
        });
        if (failure === undefined) this.#updates.set(clusterId, [...(this.#updates.get(clusterId) ?? []), atMs]);
      }
    });
  }

  // ---- Deadlines -------------------------------------------------------------------------------------------------------

  /**
   * When a cluster was last updated: as stated by the admin, else at the latest when the oldest of the tokens was
   * issued that every update reissues.
   */
  #lastUpdatesOf({ clusters }: OwnClusters): Map<ClusterId, LastUpdate> {
    const { state, tokens } = this.#adoption;
    const management = state.clusters[0]?.name;
    const runsOn = new Map(state.identities.map(({ name, cluster }) => [name, cluster]));
    const oldest = new Map<string | undefined, number>();
    for (const [identity, { credential }] of tokens) {
      const { notBefore, assumed, role } = credential;
      if (notBefore === undefined || assumed || !BY_UPDATE.includes(ROLES[role].renewedBy)) continue;
      const cluster = runsOn.get(identity) ?? management;
      oldest.set(cluster, Math.min(oldest.get(cluster) ?? Infinity, toMilliseconds(notBefore)));
    }
    return new Map(
      clusters.flatMap(({ id, kind }): [ClusterId, LastUpdate][] => {
        const stated = this.#request.facts[id]?.lastUpdatedAt;
        if (stated !== undefined) return [[id, { atMs: toMilliseconds(stated), isStated: true }]];
        const atMs = oldest.get(kind === 'moc' ? management : id);
        return atMs === undefined ? [] : [[id, { atMs, isStated: false }]];
      }),
    );
  }

  /** 60 and 90 days after each update that is not followed by another in time. */
  #deadlines(clusterId: ClusterId): ForecastEvent[] {
    const last = this.#lastUpdates.get(clusterId);
    const updates = [...(last === undefined ? [] : [last.atMs]), ...(this.#updates.get(clusterId) ?? [])];
    return updates.flatMap((atMs, at) => {
      const nextMs = updates[at + 1] ?? Infinity;
      const isRead = at > 0 || last?.isStated === true || last === undefined;
      return (
        [
          ['update-due', UPDATE_DUE_MS],
          ['update-overdue', UPDATE_OVERDUE_MS],
        ] as const
      ).flatMap(([kind, afterMs]): ForecastEvent[] =>
        atMs + afterMs >= nextMs
          ? []
          : [
              {
                kind,
                atMs: atMs + afterMs,
                clusterId,
                needsSomebody: true,
                ...(nextMs !== Infinity && { recoversMs: nextMs }),
                certainty: isRead ? 'documented' : 'inferred',
              },
            ],
      );
    });
  }

  /** Only for the newest CA: while there are two, the older one is being retired. */
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
        atMs: toMilliseconds(credential.facts.notAfter) + SECOND_MS - identityValidityMs,
        clusterId: id,
        credential: credential.id,
        credentialKind: 'certificate',
        role: credential.role,
        name: credential.name,
        needsSomebody: true,
        certainty: 'inferred',
      },
    ];
  }

  /**
   * All possibilities, for a deployment whose hosts' operating system nobody has stated. Of what was withdrawn only
   * what is still to come: a withdrawn date that has passed brought nothing.
   */
  #supportEnds({ id, kind }: Cluster): ForecastEvent[] {
    if (kind !== 'moc') return [];
    const runs = this.#request.facts[id]?.windowsServer;
    return SUPPORT_ENDS.filter(({ windowsServer }) => runs === undefined || windowsServer === runs)
      .filter(({ at, superseded }) => (runs !== undefined && !superseded) || toMilliseconds(at) > this.#request.nowMs)
      .map(({ windowsServer, at, superseded, citations }) => ({
        kind: 'support-end',
        atMs: toMilliseconds(at),
        clusterId: id,
        needsSomebody: !superseded,
        windowsServer,
        ...(runs === undefined && { isPossible: true }),
        certainty: citations[0].certainty,
      }));
  }

  /** What is still to come, told once for each deployment: no file says what its node pools run. */
  #nodePoolEnds({ id, kind }: Cluster): ForecastEvent[] {
    if (kind !== 'moc') return [];
    return NODE_POOL_ENDS.filter(({ at }) => toMilliseconds(at) > this.#request.nowMs).map(
      ({ windowsServer, at, citations }) => ({
        kind: 'node-pool-end',
        atMs: toMilliseconds(at),
        clusterId: id,
        needsSomebody: true,
        windowsServer,
        isPossible: true,
        certainty: citations[0].certainty,
      }),
    );
  }

  // ---- Renewals --------------------------------------------------------------------------------------------------------

  #renewalEvents(): ForecastEvent[] {
    const issued = this.#future.issued();
    return this.lives.flatMap(({ credential, clusterId, renewedMs, slot }): ForecastEvent[] => {
      if (renewedMs === undefined || slot === undefined) return [];
      if (SHORT_LIVES.includes(ROLES[credential.role].lifetimeClass)) return [];
      return [
        {
          kind: 'renewal',
          atMs: renewedMs,
          clusterId,
          credential: credential.id,
          credentialKind: credential.kind,
          role: credential.role,
          name: credential.name,
          needsSomebody: false,
          count: Math.max(1, issued.get(slot) ?? 1),
          certainty: ROLES[credential.role].renewal.citations[0]?.certainty ?? 'inferred',
        },
      ];
    });
  }

  #renewalSums(): Map<ClusterId, RenewalSum[]> {
    const issued = this.#future.issued();
    const sums = new Map<ClusterId, Map<string, RenewalSum>>();
    for (const { credential, clusterId, renewedMs, slot } of this.lives) {
      if (slot === undefined || renewedMs === undefined) continue;
      const own = ROLES[credential.role].lifetimeClass;
      // Renewed by different programs, but told in one sum.
      const lifetimeClass = SHORT_LIVES.includes(own) ? SHORT_LIFE : own;
      const ofCluster = sums.get(clusterId) ?? new Map<string, RenewalSum>();
      sums.set(clusterId, ofCluster);
      const sum = ofCluster.get(lifetimeClass) ?? { lifetimeClass, credentials: 0, renewals: 0 };
      ofCluster.set(lifetimeClass, sum);
      sum.credentials += 1;
      sum.renewals += issued.get(slot) ?? 0;
      sum.nextMs = Math.min(sum.nextMs ?? Infinity, renewedMs);
    }
    return new Map([...sums].map(([id, ofCluster]) => [id, [...ofCluster.values()]]));
  }

  #assumptions(cluster: Cluster): ForecastAssumption[] {
    const { id, credentials } = cluster;
    const has = (fits: (credential: Credential) => boolean): boolean => credentials.some(fits);
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

function confirmedMs({ credentials }: Cluster): number {
  let latest = -Infinity;
  for (const { sources } of credentials)
    for (const { readAt } of sources) latest = Math.max(latest, toMilliseconds(readAt));
  return latest;
}
