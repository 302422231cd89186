import type { RoleId } from '../domain/catalogue/credentials.ts';
import type { ClusterId } from '../domain/credential.ts';
import type { RevocationEntry } from '../domain/revocation.ts';
import type { KnownCertificate } from '../domain/revocation-known.ts';
import { postingsOf } from '../domain/revocation-postings.ts';
import type { IndexedEntry, Posting } from '../domain/revocation-postings.ts';
import type { ClusterImpact, ImpactGroup, Share } from '../domain/revocation-view.ts';

export interface EntryImpact {
  indexed: IndexedEntry;
  /** Certificates that it revokes, counted. */
  count: number;
}

export interface Impact {
  /** In the order of the entries. */
  entries: readonly EntryImpact[];
  /** What some entry revokes, each once, in the order of the inventory. */
  matched: readonly KnownCertificate[];
  /** Clusters that anything is known of, in the order of the inventory. */
  clusters: readonly ClusterImpact[];
}

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

/** A machine’s own name tells a control-plane node from a worker; nothing else in its certificate does. */
const CONTROL_PLANE_NODE = /-control-plane-/u;

export function groupOf({ role, name }: Pick<KnownCertificate, 'role' | 'name'>): ImpactGroup {
  if (CONTROL_PLANE.has(role)) return 'controlPlane';
  if (ADMINS.has(role)) return 'admins';
  if (role === 'kubelet-client') return CONTROL_PLANE_NODE.test(name) ? 'controlPlane' : 'workers';
  return 'others';
}

/**
 * What entries do to known certificates: counted exactly, at a cost that grows with the number of entries and with the number
 * of certificates, not with their product. `isInUse` tells the credential that the admin works with.
 */
export function impactOf(
  entries: readonly RevocationEntry[],
  certificates: readonly KnownCertificate[],
  isInUse: (certificate: KnownCertificate) => boolean = () => false,
): Impact {
  return impactOfIndexed(postingsOf(entries, certificates), certificates, isInUse);
}

/** The same for entries that were looked up among the same certificates already. */
export function impactOfIndexed(
  indexed: readonly IndexedEntry[],
  certificates: readonly KnownCertificate[],
  isInUse: (certificate: KnownCertificate) => boolean,
): Impact {
  const isMatched = marksOf(indexed, certificates.length);
  return {
    entries: indexed.map((one) => ({
      indexed: one,
      count: one.posting.countBefore(one.cutoffMs),
    })),
    matched: certificates.filter((_certificate, at) => isMatched[at] === 1),
    clusters: clustersOf(certificates, isMatched, isInUse),
  };
}

/** 1 for each certificate that is matched. Of entries that ask for the same, the one that reaches furthest decides. */
function marksOf(indexed: readonly IndexedEntry[], size: number): Uint8Array {
  const reach = new Map<Posting, number>();
  for (const { posting, cutoffMs = Infinity } of indexed)
    if (posting.reachable.length > 0 && cutoffMs > (reach.get(posting) ?? -Infinity))
      reach.set(posting, cutoffMs);
  const marks = new Uint8Array(size);
  for (const [{ reachable, positions }, cutoffMs] of reach) {
    let at = 0;
    for (const { notBeforeMs } of reachable) {
      if (notBeforeMs < cutoffMs) marks[positions[at] ?? 0] = 1;
      at += 1;
    }
  }
  return marks;
}

class Counting {
  readonly clusterId: ClusterId;
  readonly cluster: string;
  readonly shares: ClusterImpact['shares'] = {
    total: { matched: 0, known: 0 },
    controlPlane: { matched: 0, known: 0 },
    workers: { matched: 0, known: 0 },
    admins: { matched: 0, known: 0 },
    others: { matched: 0, known: 0 },
    inUse: { matched: 0, known: 0 },
  };
  readonly #byRole = new Map<RoleId, Share>();

  constructor({ clusterId, cluster }: KnownCertificate) {
    this.clusterId = clusterId;
    this.cluster = cluster;
  }

  count(certificate: KnownCertificate, isMatched: boolean, isInUse: boolean): void {
    const { role } = certificate;
    let ofRole = this.#byRole.get(role);
    if (ofRole === undefined) this.#byRole.set(role, (ofRole = { matched: 0, known: 0 }));
    const { shares } = this;
    count(shares.total, isMatched);
    count(shares[groupOf(certificate)], isMatched);
    count(ofRole, isMatched);
    if (isInUse) count(shares.inUse, isMatched);
  }

  impact(): ClusterImpact {
    const { clusterId, cluster, shares } = this;
    const byRole = [...this.#byRole].map(([role, share]) => ({ role, ...share }));
    return { clusterId, cluster, shares, byRole };
  }
}

function count(share: Share, isMatched: boolean): void {
  share.known += 1;
  if (isMatched) share.matched += 1;
}

function clustersOf(
  certificates: readonly KnownCertificate[],
  isMatched: Uint8Array,
  isInUse: (certificate: KnownCertificate) => boolean,
): ClusterImpact[] {
  const byId = new Map<ClusterId, Counting>();
  // Those of one cluster mostly stand together.
  let counting: Counting | undefined;
  let at = -1;
  for (const certificate of certificates) {
    at += 1;
    if (certificate.exempt !== undefined) continue;
    if (counting?.clusterId !== certificate.clusterId) {
      counting = byId.get(certificate.clusterId) ?? new Counting(certificate);
      byId.set(certificate.clusterId, counting);
    }
    counting.count(certificate, isMatched[at] === 1, isInUse(certificate));
  }
  return [...byId.values()].map((one) => one.impact());
}

// ---- Lists -------------------------------------------------------------------------------------------------------------

export interface Match {
  certificate: KnownCertificate;
  /** What of the certificate the entry names: `group system:nodes`. For programs and people alike, never translated. */
  why: string;
}

export interface EntryMatches {
  matches: Match[];
  /** Which a cluster may take for matches, or not: the common name alone, or the very second of the cutoff. */
  possible: Match[];
  /** Which an entry names and cannot revoke. */
  exempt: Match[];
}

/** The certificates of one entry by name. */
export function matchesOf({ entry, posting, cutoffMs = Infinity }: IndexedEntry): EntryMatches {
  const { reachable, exempt, commonName } = posting;
  const match = (certificate: KnownCertificate): Match => ({
    certificate,
    why: whyOf(entry, certificate),
  });
  const isBefore = ({ notBeforeMs }: KnownCertificate): boolean => notBeforeMs < cutoffMs;
  return {
    matches: reachable.filter(isBefore).map(match),
    possible: [
      ...reachable
        .filter(({ notBeforeMs }) => notBeforeMs === cutoffMs)
        .map((certificate) => ({
          certificate,
          why: `same second as notBefore, ${whyOf(entry, certificate)}`,
        })),
      ...commonName
        .filter(({ notBeforeMs }) => notBeforeMs <= cutoffMs)
        .map((certificate) => ({
          certificate,
          why: `common name ${certificate.cn ?? ''}, in no SAN`,
        })),
    ],
    exempt: exempt.map((certificate) => ({
      certificate,
      why: `${certificate.exempt ?? ''}, ${whyOf(entry, certificate)}`,
    })),
  };
}

function whyOf({ kind, value }: RevocationEntry, certificate: KnownCertificate): string {
  switch (kind) {
    case 'serialnumber':
      return `serial number ${certificate.serialHex}`;
    case 'Group':
      return `group ${value}`;
    case 'DNS':
      return `${value.startsWith('.') ? 'DNS suffix' : 'DNS name'} ${value}`;
    case 'IP':
      return `IP address ${value}`;
  }
}
