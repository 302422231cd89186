import type { Cluster } from '../inventory/model/credential.ts';
import { isSameList } from '../shared/lists.ts';
import type { Stepwise } from '../shared/stepwise/steps.ts';
import type { Assessment } from '../expiry/model/assess.ts';
import type { ClusterFleet } from '../expiry/model/judged-fleet.ts';
import { EXPIRY_STATES, type ExpiryState } from '../expiry/model/lifetime.ts';
import { compareNeed } from '../availability/model/power-off-need.ts';
import { byImpact, countNeeds } from '../repair/model/needs.ts';
import type { CredentialId } from '../shared/ids.ts';
import { instantFromMs, toMilliseconds } from '../shared/instant.ts';
import { ownText } from '../formats/text/own-text.ts';
import { Queue } from '../store/document.ts';
import type { AssessedCredential, ReportedAlarms } from './changes.ts';
import { partsOf, type FleetParts } from './fleet-parts.ts';
import { assessCluster, judgeCluster, safeUntil, type JudgedState } from './judged-cluster.ts';
import type { FleetSummary } from './model/notice.ts';

/** What there is to tell of, without the clusters of sample fleets. */
export interface FleetSnapshot {
  summary: Omit<FleetSummary, 'sources' | 'sourcesDown'>;
  /** How many files the credentials were read from. */
  sources: number;
  /** What may differ from what was told. */
  since(told: ReportedAlarms): Promise<SinceTold>;
}

export interface SinceTold {
  /** In their order, without those that are still as they were told. */
  assessments: readonly AssessedCredential[];
  /** The ids of those told of that are in no alarm, and may be gone. */
  past: Iterable<string>;
  /** For a credential that is gone, the one that replaced it. */
  renewals: ReadonlyMap<CredentialId, CredentialId>;
}

export interface FleetWatchOptions {
  fleet: () => ClusterFleet;
  /** Does something else between the steps. */
  work: <T>(steps: Stepwise<T>) => Promise<T>;
}

interface Looked {
  fleet: ClusterFleet;
  parts: FleetParts;
  fromMs: number;
  /** When anything in it changes next. */
  untilMs: number;
  snapshot: FleetSnapshot;
}

/**
 * Looks at a whole fleet again and again, cluster by cluster. Of each it keeps what there is to tell and when that changes
 * next, and nothing of most credentials. The last snapshot is the answer as long as neither the fleet has changed nor the
 * state of anything in it.
 */
export class FleetWatch {
  readonly #options: FleetWatchOptions;
  readonly #queue = new Queue();
  #judged = new WeakMap<Cluster, { key: readonly unknown[]; state: JudgedState }>();
  #last: Looked | undefined;

  constructor(options: FleetWatchOptions) {
    this.#options = options;
  }

  look(): Promise<FleetSnapshot> {
    return this.#queue.run(async () => {
      const all = this.#options.fleet();
      const fleet = { ...all, clusters: all.clusters.filter(({ sample }) => sample !== true) };
      const nowMs = toMilliseconds(fleet.now);
      const last = this.#last;
      if (last === undefined || !hasSameSettings(last.fleet, fleet)) this.#judged = new WeakMap();
      else if (last.parts.isOf(fleet) && last.fromMs <= nowMs && nowMs < last.untilMs) return last.snapshot;
      return this.#options.work(this.#look(fleet, nowMs));
    });
  }

  *#look(fleet: ClusterFleet, nowMs: number): Stepwise<FleetSnapshot> {
    const last = this.#last;
    const isSame = last !== undefined && hasSameSettings(last.fleet, fleet) && last.parts.isOf(fleet);
    const parts = isSame ? last.parts : yield* partsOf(fleet);
    const moment = { fleet, nowMs };
    const states: JudgedState[] = [];
    const lenders = parts.lendersAt(moment);
    for (const cluster of fleet.clusters) {
      states.push(this.#judge(cluster, { parts, lenders, moment }));
      yield;
    }
    states.push(judgeCluster(parts.inputOfOthers(), moment));
    const untilMs = states.reduce((earliest, state) => Math.min(earliest, state.untilMs), Infinity);
    let told: { by: ReportedAlarms; answer: SinceTold } | undefined;
    const snapshot: FleetSnapshot = {
      summary: summarize(fleet.clusters.length, states, nowMs),
      sources: parts.sources,
      since: async (by) => {
        if (told?.by === by) return told.answer;
        const answer = await this.#options.work(sinceTold(by, { parts, states, moment }));
        // What differs is told now, and is not what was told the next time. What is held back is, and mostly little.
        told = answer.assessments.length <= AT_ONCE ? { by, answer } : undefined;
        return answer;
      },
    };
    this.#last = { fleet, parts, fromMs: nowMs, untilMs, snapshot };
    return snapshot;
  }

  #judge(
    cluster: Cluster,
    { parts, lenders, moment }: { parts: FleetParts; lenders: ReturnType<FleetParts['lendersAt']>; moment: Moment },
  ): JudgedState {
    const key = parts.keyOf(cluster);
    const known = this.#judged.get(cluster);
    if (known !== undefined && isSameList(known.key, key)) {
      const { fromMs, untilMs } = known.state;
      if (fromMs <= moment.nowMs && moment.nowMs < untilMs) return known.state;
    }
    const state = judgeCluster(parts.inputOf(cluster, lenders), moment);
    this.#judged.set(cluster, { key, state });
    return state;
  }
}

interface Moment {
  fleet: ClusterFleet;
  nowMs: number;
}

function hasSameSettings(one: ClusterFleet, other: ClusterFleet): boolean {
  return one.classes === other.classes && one.facts === other.facts;
}

function summarize(clusters: number, states: readonly JudgedState[], nowMs: number): FleetSnapshot['summary'] {
  const totals = EXPIRY_STATES.map(() => 0);
  let credentials = 0;
  let next: JudgedState['next'];
  for (const state of states) {
    credentials += state.credentials;
    for (const [at, count] of state.counts.entries()) totals[at]! += count;
    if ((state.next?.notAfterMs ?? Infinity) < (next?.notAfterMs ?? Infinity)) ({ next } = state);
  }
  const needs = states
    .flatMap(({ need }) => (need === undefined ? [] : { ...need, safeUntilMs: safeUntil(need, nowMs) }))
    .sort(compareNeed)
    .sort(byImpact);
  return {
    clusters,
    credentials,
    counts: Object.fromEntries(EXPIRY_STATES.map((state, at) => [state, totals[at]])) as Record<ExpiryState, number>,
    needs: countNeeds(needs),
    ...(next !== undefined && {
      nextExpiry: { cluster: next.cluster, name: next.name, role: next.role, notAfter: instantFromMs(next.notAfterMs) },
    }),
  };
}

// ---- What has changed --------------------------------------------------------------------------------------------------

interface Judged {
  parts: FleetParts;
  /** Of each cluster, and last of what is part of none. */
  states: readonly JudgedState[];
  moment: Moment;
}

function* sinceTold(told: ReportedAlarms, judged: Judged): Stepwise<SinceTold> {
  const { parts, states } = judged;
  const past = new Set<string>();
  for (const id in told) {
    past.add(id);
    if (past.size % AT_ONCE === 0) yield;
  }
  const changed = new Set<string>();
  let isEverywhere = false;
  for (const { alarms } of states) {
    for (const { id, state } of alarms) {
      past.delete(id);
      // In another cluster it may be in another state, and the last one counts.
      const isShared = parts.isShared(id);
      if (isShared) isEverywhere = true;
      if (isShared || told[id]?.state !== state) changed.add(id);
    }
    yield;
  }
  const wanted = new Set([...changed, ...past]);
  const assessments = yield* assessWanted(wanted, judged, isEverywhere || past.size > 0 ? undefined : changed);
  const found = new Set<string>(assessments.map(({ row }) => row.id));
  const gone = [...past].filter((id) => !found.has(id));
  if (gone.length === 0) return { assessments, past, renewals: new Map() };
  const renewals = yield* listRenewals(judged.moment.fleet.clusters);
  const successors = new Set<string>(followed(gone, renewals));
  if (successors.size === 0) return { assessments, past, renewals };
  return { assessments: yield* assessWanted(new Set([...wanted, ...successors]), judged), past, renewals };
}

/** So many take less than a millisecond. */
const AT_ONCE = 1_000;

/** Those with these ids, in their order; with `alarms` only in clusters in which one of those is in alarm. */
function* assessWanted(
  wanted: ReadonlySet<string>,
  { parts, states, moment }: Judged,
  alarms?: ReadonlySet<string>,
): Stepwise<AssessedCredential[]> {
  const found: AssessedCredential[] = [];
  if (wanted.size === 0) return found;
  for (const [at, input] of parts.inputs().entries()) {
    if (alarms !== undefined && states[at]?.alarms.some(({ id }) => alarms.has(id)) !== true) continue;
    for (const one of assessCluster(input, moment)) if (wanted.has(one.row.id)) found.push(withOwnRow(one));
    yield;
  }
  return found;
}

/** Apart from the rows of its cluster: of a large fleet, those of all clusters take more memory than what is told. */
function withOwnRow({ row, state, obstacle }: Assessment): AssessedCredential {
  const { clusterId, cluster, commandName, nameEvidence, layer, role, kind, notBeforeMs, notAfterMs, assumed } = row;
  const own = { clusterId, cluster, commandName, nameEvidence, layer, role, kind, notBeforeMs, notAfterMs, assumed };
  return { row: { ...own, id: ownText(row.id), name: ownText(row.name) }, state, obstacle };
}

function* listRenewals(clusters: readonly Cluster[]): Stepwise<Map<CredentialId, CredentialId>> {
  const renewals = new Map<CredentialId, CredentialId>();
  for (const { history } of clusters) {
    for (const { credential, replacedBy } of history) renewals.set(credential.id, replacedBy);
    yield;
  }
  return renewals;
}

function followed(ids: readonly string[], renewals: ReadonlyMap<string, CredentialId>): Set<CredentialId> {
  const all = new Set<CredentialId>();
  for (const id of ids)
    for (let next = renewals.get(id); next !== undefined && !all.has(next); next = renewals.get(next)) all.add(next);
  return all;
}
