import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { KnownCertificate } from '../model/inventory-index.ts';
import type { ClusterImpact, ImpactGroup, Share } from '../model/view.ts';

const CONTROL_PLANE: ReadonlySet<RoleId> = new Set([
  'apiserver',
  'apiserver-kubelet-client',
  'apiserver-etcd-client',
  'etcd-server',
  'etcd-peer',
  'etcd-healthcheck-client',
  'front-proxy-client',
  'controller-manager',
  'scheduler',
]);
const ADMINS: ReadonlySet<RoleId> = new Set([
  'admin-conf',
  'super-admin-conf',
  'management-kubeconfig',
  'admin-kubeconfig',
  'kubeconfig-client',
]);

/** Only a machine's name distinguishes a control-plane node from a worker; nothing else in its certificate does. */
const CONTROL_PLANE_NODE = /-control-plane-/u;

export function getGroup({ role, name }: Pick<KnownCertificate, 'role' | 'name'>): ImpactGroup {
  if (CONTROL_PLANE.has(role)) return 'controlPlane';
  if (ADMINS.has(role)) return 'admins';
  if (role === 'kubelet-client') return CONTROL_PLANE_NODE.test(name) ? 'controlPlane' : 'workers';
  return 'others';
}

const GROUPS = ['controlPlane', 'workers', 'admins', 'others'] as const satisfies ImpactGroup[];

interface OnRoll {
  clusterId: ClusterId;
  cluster: string;
  number: number;
  /** Its roles, in inventory order. */
  roles: RoleId[];
  /** Counter of each role. */
  cells: number[];
}

/**
 * Clusters, groups and roles of the certificates that can be revoked, as numbers, so that matches are counted without
 * looking at the rest. Built once for each state of an inventory.
 */
class Roll {
  readonly #certificates: readonly KnownCertificate[];
  readonly #clusters: OnRoll[] = [];
  /** Cluster by position; -1 for what cannot be revoked. */
  readonly #clusterAt: Int32Array;
  /** Role within the cluster, by position. */
  readonly #cellAt: Int32Array;
  /** Index in `GROUPS`, by position. */
  readonly #groupAt: Uint8Array;
  /** Totals. */
  readonly #ofCell: number[] = [];
  readonly #ofGroup: number[] = [];

  constructor(certificates: readonly KnownCertificate[]) {
    this.#certificates = certificates;
    this.#clusterAt = new Int32Array(certificates.length).fill(-1);
    this.#cellAt = new Int32Array(certificates.length);
    this.#groupAt = new Uint8Array(certificates.length);
    const byId = new Map<ClusterId, OnRoll>();
    // Certificates of one cluster are mostly adjacent.
    let onRoll: OnRoll | undefined;
    for (let position = 0; position < certificates.length; position += 1) {
      const certificate = certificates[position];
      if (certificate === undefined || certificate.exempt !== undefined) continue;
      const { clusterId, cluster, role } = certificate;
      if (onRoll?.clusterId !== clusterId) onRoll = byId.get(clusterId);
      if (onRoll === undefined) {
        onRoll = { clusterId, cluster, number: this.#clusters.length, roles: [], cells: [] };
        byId.set(clusterId, onRoll);
        this.#clusters.push(onRoll);
      }
      const { number, roles, cells } = onRoll;
      const cell = cells[roles.indexOf(role)] ?? this.#ofCell.length;
      if (cell === this.#ofCell.length) {
        roles.push(role);
        cells.push(cell);
      }
      const group = GROUPS.indexOf(getGroup(certificate));
      this.#clusterAt[position] = number;
      this.#cellAt[position] = cell;
      this.#groupAt[position] = group;
      increase(this.#ofCell, cell);
      increase(this.#ofGroup, number * GROUPS.length + group);
    }
  }

  /** `isMatched` holds 1 at the position of each match. */
  clusters(isMatched: Uint8Array, isInUse: (certificate: KnownCertificate) => boolean): ClusterImpact[] {
    const inCell = new Int32Array(this.#ofCell.length);
    const inGroup = new Int32Array(this.#ofGroup.length);
    const own = this.#inUse(isMatched, isInUse);
    for (let at = isMatched.indexOf(1); at >= 0; at = isMatched.indexOf(1, at + 1)) {
      const number = this.#clusterAt[at] ?? -1;
      if (number < 0) continue;
      increase(inCell, this.#cellAt[at] ?? 0);
      increase(inGroup, number * GROUPS.length + (this.#groupAt[at] ?? 0));
    }
    return this.#clusters.map(({ clusterId, cluster, number, roles, cells }): ClusterImpact => {
      const first = number * GROUPS.length;
      const share = (group: number): Share => ({
        matched: inGroup[first + group] ?? 0,
        known: this.#ofGroup[first + group] ?? 0,
      });
      const total: Share = { matched: 0, known: 0 };
      for (let group = first; group < first + GROUPS.length; group += 1) {
        total.matched += inGroup[group] ?? 0;
        total.known += this.#ofGroup[group] ?? 0;
      }
      return {
        clusterId,
        cluster,
        shares: {
          total,
          controlPlane: share(0),
          workers: share(1),
          admins: share(2),
          others: share(3),
          inUse: own.get(number) ?? { matched: 0, known: 0 },
        },
        byRole: roles.map((role, at) => {
          const cell = cells[at] ?? 0;
          return { role, matched: inCell[cell] ?? 0, known: this.#ofCell[cell] ?? 0 };
        }),
      };
    });
  }

  #inUse(isMatched: Uint8Array, isInUse: (certificate: KnownCertificate) => boolean): Map<number, Share> {
    const own = new Map<number, Share>();
    let position = -1;
    for (const certificate of this.#certificates) {
      position += 1;
      if (!isInUse(certificate)) continue;
      const number = this.#clusterAt[position] ?? -1;
      const share = own.get(number) ?? { matched: 0, known: 0 };
      own.set(number, share);
      share.known += 1;
      share.matched += isMatched[position] ?? 0;
    }
    return own;
  }
}

function increase(counts: number[] | Int32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}

const kept = new WeakMap<readonly KnownCertificate[], Roll>();

export function countImpact(certificates: readonly KnownCertificate[]): Roll {
  let roll = kept.get(certificates);
  if (roll === undefined) kept.set(certificates, (roll = new Roll(certificates)));
  return roll;
}
