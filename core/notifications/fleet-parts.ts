import type { Cluster } from '../inventory/model/credential.ts';
import { addTo, append, isSameList } from '../shared/lists.ts';
import type { Stepwise } from '../shared/stepwise/steps.ts';
import type { Assessment } from '../expiry/model/assess.ts';
import type { BoardRow } from '../expiry/model/board-row.ts';
import type { ClusterFleet } from '../expiry/model/judged-fleet.ts';
import { isApprover, listApprovals, type Approval } from '../expiry/model/renewal-obstacle.ts';
import { ClusterMembers } from '../availability/model/power-off.ts';
import type { ClusterId } from '../shared/ids.ts';
import { assessOwn, type JudgedInput, type Lent } from './judged-cluster.ts';
import { numberOf, SeenNumbers } from '../shared/text-numbers.ts';

/** What is known of a cluster whatever the time, and takes little room. */
interface Traits {
  hasKubernetes: boolean;
  approvers: readonly BoardRow[];
  /** Numbers of its credentials. */
  ids: Float64Array;
}

/** A cloud agent with what lies with it and counts for clusters. */
interface Lender {
  cluster: Cluster;
  lent: ReadonlyMap<ClusterId, readonly string[]>;
}

type Lenders = (id: ClusterId) => { lent: ReadonlyMap<ClusterId, readonly Assessment[]>; ends: readonly number[] };

const traitsOf = new WeakMap<Cluster, Traits>();
const NOTHING_LENT: Lent = { assessments: [], ends: [] };
const NONE: readonly never[] = [];

/** How the clusters of a fleet depend on each other. The same as long as none of them changes. */
export class FleetParts {
  readonly #fleet: ClusterFleet;
  readonly #members: ClusterMembers;
  readonly #approvals: ReadonlyMap<ClusterId, readonly Approval[]>;
  readonly #lenders: ReadonlyMap<ClusterId, Lender>;
  readonly #shared: ReadonlySet<number>;
  /** How many files there are. */
  readonly sources: number;

  constructor(
    fleet: ClusterFleet,
    parts: {
      members: ClusterMembers;
      approvals: ReadonlyMap<ClusterId, readonly Approval[]>;
      lenders: ReadonlyMap<ClusterId, Lender>;
      shared: ReadonlySet<number>;
      sources: number;
    },
  ) {
    this.#fleet = fleet;
    this.#members = parts.members;
    this.#approvals = parts.approvals;
    this.#lenders = parts.lenders;
    this.#shared = parts.shared;
    this.sources = parts.sources;
  }

  /** Whether the fleet has the same clusters, each unchanged. */
  isOf({ clusters, others }: ClusterFleet): boolean {
    return this.#fleet.others === others && isSameList(this.#fleet.clusters, clusters);
  }

  /** Whether a credential may be in several clusters. */
  isShared(id: string): boolean {
    return this.#shared.size > 0 && this.#shared.has(numberOf(id));
  }

  /** Everything of other clusters that a cluster is judged by. */
  keyOf({ id }: Cluster): readonly unknown[] {
    const approvals = this.#approvals.get(id);
    const lender = this.#lenderOf(id);
    const lent = lender?.lent.get(id);
    if (approvals === undefined && lent === undefined) return NONE;
    return [...(approvals ?? NONE).map(({ row }) => row), ...(lent === undefined ? NONE : [lender?.cluster, ...lent])];
  }

  /** Judges cloud agents once for all that runs on them. */
  lendersAt(moment: { fleet: ClusterFleet; nowMs: number }): Lenders {
    const made = new Map<ClusterId, ReturnType<Lenders>>();
    return (id) => {
      const known = made.get(id);
      if (known !== undefined) return known;
      const cluster = this.#lenders.get(id)?.cluster;
      const lent = new Map<ClusterId, Assessment[]>();
      const judged = cluster && assessOwn(this.inputOf(cluster), moment);
      for (const one of judged?.assessments ?? []) addTo(lent, this.#members.ownerOf(one.row), one);
      const lender = { lent, ends: judged?.ends ?? [] };
      made.set(id, lender);
      return lender;
    };
  }

  inputOf(cluster: Cluster, lenders?: Lenders): JudgedInput {
    const { id } = cluster;
    return {
      place: cluster,
      rows: () => this.#fleet.rowsOf(cluster),
      approvals: this.#approvals.get(id) ?? NONE,
      isOwn: (row) => this.#members.ownerOf(row) === id,
      lent: () => {
        const lender = this.#lenderOf(id);
        if (lender === undefined || lenders === undefined || !lender.lent.has(id)) return NOTHING_LENT;
        const { lent, ends } = lenders(lender.cluster.id);
        return { assessments: lent.get(id) ?? [], ends };
      },
    };
  }

  inputOfOthers(): JudgedInput {
    const { others } = this.#fleet;
    const [first] = others;
    const approvals = (first && this.#approvals.get(first.clusterId)) ?? NONE;
    return { rows: () => others, approvals, isOwn: () => false, lent: () => NOTHING_LENT };
  }

  /** Of all clusters in their order, then of what is part of none. */
  inputs(): JudgedInput[] {
    return [...this.#fleet.clusters.map((cluster) => this.inputOf(cluster)), this.inputOfOthers()];
  }

  #lenderOf(id: ClusterId): Lender | undefined {
    const agent = this.#members.agentOf(id);
    return agent === undefined ? undefined : this.#lenders.get(agent);
  }
}

export function* partsOf(fleet: ClusterFleet): Stepwise<FleetParts> {
  const { clusters, others } = fleet;
  const names = new Map<ClusterId, string>();
  const approvers: BoardRow[] = [];
  const traits: Traits[] = [];
  const files: Float64Array[] = [];
  for (const cluster of clusters) {
    const own = getTraits(cluster, fleet);
    traits.push(own);
    files.push(fleet.filesOf(cluster));
    if (own.hasKubernetes) names.set(cluster.id, cluster.name);
    append(approvers, own.approvers);
    yield;
  }
  for (const row of others) if (row.layer === 'kubernetes') names.set(row.clusterId, row.cluster);
  append(approvers, others.filter(isApprover));
  const approvals = new Map<ClusterId, Approval[]>();
  for (const approval of listApprovals(approvers, () => names)) addTo(approvals, approval.owner, approval);
  yield;
  const members = new ClusterMembers(clusters, fleet.facts);
  yield;
  const lenders = yield* listLenders(fleet, members);
  const ids = [...traits.map((each) => each.ids), Float64Array.from(others, ({ id }) => numberOf(id))];
  const shared = new Set<number>();
  yield* count(ids, (number) => void shared.add(number));
  const sources = yield* count(files);
  return new FleetParts(fleet, { members, approvals, lenders, shared, sources });
}

function getTraits(cluster: Cluster, { rowsOf }: ClusterFleet): Traits {
  const known = traitsOf.get(cluster);
  if (known !== undefined) return known;
  const rows = rowsOf(cluster);
  const traits: Traits = {
    hasKubernetes: rows.some(({ layer }) => layer === 'kubernetes'),
    approvers: rows.filter(isApprover),
    ids: Float64Array.from(rows, ({ id }) => numberOf(id)),
  };
  traitsOf.set(cluster, traits);
  return traits;
}

function* listLenders(
  { clusters, rowsOf }: ClusterFleet,
  members: ClusterMembers,
): Stepwise<ReadonlyMap<ClusterId, Lender>> {
  const lenders = new Map<ClusterId, Lender>();
  for (const cluster of clusters) {
    if (cluster.kind !== 'moc') continue;
    const lent = new Map<ClusterId, string[]>();
    for (const row of rowsOf(cluster)) {
      const owner = members.ownerOf(row);
      if (owner !== cluster.id) addTo(lent, owner, row.id);
    }
    if (lent.size > 0) lenders.set(cluster.id, { cluster, lent });
    yield;
  }
  return lenders;
}

/** How many different numbers there are. */
function* count(lists: readonly Float64Array[], again: (number: number) => void = () => undefined): Stepwise<number> {
  const seen = new SeenNumbers(lists.reduce((sum, { length }) => sum + length, 0));
  for (const list of lists) {
    for (const number of list) if (!seen.add(number)) again(number);
    yield;
  }
  return seen.size;
}
