import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import { KUBEADM, OVERVIEW_REVOCATION } from '../../knowledge/model/sources/sources.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { RevocationEntry } from '../../shared/renew-revocation/entry.ts';
import {
  CONSEQUENCE_IDS,
  CONSEQUENCE_PHRASES,
  phraseFor,
  type ConsequenceId,
} from '../../shared/renew-revocation/draft.ts';
import type { Consequence, Guard } from '../model/view.ts';
import type { KnownCertificate } from '../model/inventory-index.ts';
import { buildPostings } from '../model/postings.ts';
import { machinesOf } from '../choose/nodes.ts';
import { isManagementName } from '../../plan/model/cluster-name.ts';
import { getGroup } from './impact-counts.ts';
import type { Impact } from './impact.ts';

/** Entries with the findings about each one alone. */
export interface GuardedEntries {
  entries: readonly RevocationEntry[];
  consequences: readonly ConsequenceId[];
  /** Milliseconds since 1970. */
  nowMs: number;
}

/** Consequences of an object, as far as known, and otherwise by what kubeadm does. */
export function getConfirmation(
  { entries, consequences, nowMs }: GuardedEntries,
  impact: Impact,
  certificates: readonly KnownCertificate[],
): Guard {
  const matched = new Set(impact.matched);
  const found = new Map<ConsequenceId, Named>(consequences.map((id) => [id, { management: [], others: [] }]));
  const management = findManagement(certificates);
  const tell = (id: ConsequenceId, name: string, isManagement: boolean): void => {
    const named = found.get(id) ?? { management: [], others: [] };
    found.set(id, named);
    if (isManagement) named.management.push(name);
    else named.others.push(name);
  };
  const current = byCluster(certificates, nowMs);
  const isByHabit = namesApiServers(entries, nowMs);
  const byHabit = isByHabit ? listUnknown(current, certificates) : [];
  for (const [clusterId, all] of current) {
    const name = all[0]?.cluster ?? '';
    const isManagement = management.has(clusterId) || isManagementName(name);
    for (const id of seenIn(all, matched)) tell(id, name, isManagement);
    if (byHabit.includes(clusterId)) tell('all-api-servers', name, isManagement);
  }
  const isAnyKnown = current.size > 0 || certificates.some(({ role }) => role === 'apiserver');
  if (!isAnyKnown && isByHabit) found.set('all-api-servers', { management: [], others: [] });
  return {
    consequences: CONSEQUENCE_IDS.flatMap((id) => {
      const named = found.get(id);
      if (named === undefined) return [];
      const clusters = [...named.management, ...named.others];
      const isInferred = clusters.length === 0 || id === 'etcd' || (id === 'all-api-servers' && byHabit.length > 0);
      const citations: Consequence['citations'] = isInferred ? [OVERVIEW_REVOCATION, KUBEADM] : [OVERVIEW_REVOCATION];
      const isManagement = named.management.length > 0;
      return [{ id, phrase: CONSEQUENCE_PHRASES[id], clusters, ...(isManagement && { isManagement }), citations }];
    }),
    phrase: phraseFor(found.keys()),
  };
}

/** Clusters of one consequence; management comes first, since everything else depends on it. */
interface Named {
  management: string[];
  others: string[];
}

/** Roles that only a management cluster has, whatever it is called. */
const OF_MANAGEMENT: ReadonlySet<RoleId> = new Set(['management-kubeconfig', 'caph']);

function findManagement(certificates: readonly KnownCertificate[]): Set<ClusterId> {
  const found = new Set<ClusterId>();
  for (const { role, clusterId } of certificates) if (OF_MANAGEMENT.has(role)) found.add(clusterId);
  return found;
}

/** Clusters of which something is known, but no API server. */
function listUnknown(
  current: ReadonlyMap<ClusterId, readonly KnownCertificate[]>,
  certificates: readonly KnownCertificate[],
): ClusterId[] {
  const known = new Set(certificates.flatMap(({ role, clusterId }) => (role === 'apiserver' ? [clusterId] : [])));
  return [...current.keys()].filter((id) => !known.has(id));
}

/** Current, unexpired certificates that can be revoked, by cluster. */
function byCluster(certificates: readonly KnownCertificate[], nowMs: number): Map<ClusterId, KnownCertificate[]> {
  const clusters = new Map<ClusterId, KnownCertificate[]>();
  for (const certificate of certificates) {
    const { clusterId, exempt, replaced, notAfterMs } = certificate;
    if (exempt !== undefined || replaced === true || notAfterMs < nowMs) continue;
    const all = clusters.get(clusterId);
    if (all === undefined) clusters.set(clusterId, [certificate]);
    else all.push(certificate);
  }
  return clusters;
}

function seenIn(all: readonly KnownCertificate[], matched: ReadonlySet<KnownCertificate>): ConsequenceId[] {
  const isWhole = (some: readonly KnownCertificate[]): boolean =>
    some.length > 0 && some.every((certificate) => matched.has(certificate));
  if (!all.some((certificate) => matched.has(certificate))) return [];
  const ofRole = (role: RoleId): KnownCertificate[] => all.filter((one) => one.role === role);
  const ofGroup = (group: string): KnownCertificate[] => all.filter((certificate) => getGroup(certificate) === group);
  const masters = all.filter(({ groups }) => groups.includes('system:masters'));
  const found: [ConsequenceId, boolean][] = [
    ['all-api-servers', isWithoutApiServer(all, matched)],
    ['etcd', isWithoutMajority(all, matched)],
    // Without its API server, too little is known about a control plane to say that all of it is affected.
    ['control-plane', ofRole('apiserver').length > 0 && isWhole(ofGroup('controlPlane'))],
    ['all-kubelets', isWhole(ofRole('kubelet-client'))],
    ['system-masters', masters.length > 1 && isWhole(masters)],
    ['last-admin', isWhole(ofGroup('admins'))],
  ];
  return found.flatMap(([id, isSeen]) => (isSeen ? [id] : []));
}

type Revoked = ReadonlySet<KnownCertificate>;

/**
 * Whether no API server of a cluster is left: each needs its own certificate, and the one by which it reaches etcd. A
 * revoked one of the latter whose machine is unknown may be any server's.
 */
function isWithoutApiServer(all: readonly KnownCertificate[], matched: Revoked): boolean {
  const servers = all.filter(({ role }) => role === 'apiserver');
  const clients = all.filter(({ role }) => role === 'apiserver-etcd-client');
  const revoked = clients.filter((client) => matched.has(client));
  if (servers.length === 0) return clients.length > 0 && revoked.length === clients.length;
  const left = servers.filter((server) => !matched.has(server));
  if (left.length === 0 || revoked.length === 0) return left.length === 0;
  const machineOf = machinesOf(all.filter(isOfControlPlane));
  const out = new Set(revoked.flatMap((client) => machineOf(client) ?? []));
  const isOut = (server: KnownCertificate): boolean => out.has(machineOf(server) ?? '');
  const anywhere = revoked.filter((client) => machineOf(client) === undefined).length;
  return left.filter((server) => !isOut(server)).length <= anywhere;
}

/**
 * Whether etcd is left without a majority of its known members. Each needs a certificate for the API servers, and one for
 * the other members.
 */
function isWithoutMajority(all: readonly KnownCertificate[], matched: Revoked): boolean {
  const own = all.filter(({ role }) => role === 'etcd-server' || role === 'etcd-peer');
  if (!own.some((one) => matched.has(one))) return false;
  if (own.every((one) => matched.has(one))) return true;
  const machineOf = machinesOf(own);
  const nameOf = (one: KnownCertificate): string => machineOf(one) ?? one.id;
  const members = new Set(own.map(nameOf));
  const lost = new Set(own.filter((one) => matched.has(one)).map(nameOf));
  return (members.size - lost.size) * 2 <= members.size;
}

function isOfControlPlane(certificate: KnownCertificate): boolean {
  return certificate.role === 'kubelet-client' || getGroup(certificate) === 'controlPlane';
}

/** A four-day certificate issued before this has expired. */
const LIFE_MS = PROFILES.apiserver.validityMs.value;

/**
 * Whether an entry names what kubeadm puts into every API server's certificate, and affects one that is still valid.
 */
function namesApiServers(entries: readonly RevocationEntry[], nowMs: number): boolean {
  const { dns, ip } = PROFILES.apiserver.sans.value;
  const stand: KnownCertificate = {
    id: '' as KnownCertificate['id'],
    clusterId: '' as ClusterId,
    cluster: '',
    role: 'apiserver',
    layer: 'kubernetes',
    name: '',
    serialHex: '-01',
    groups: [],
    paths: [],
    dns: dns.map((name) => name.replace('<service-domain>', 'cluster.local')).filter(isPlain),
    ip: ip.filter(isPlain),
    notBeforeMs: nowMs - LIFE_MS,
    notAfterMs: nowMs,
  };
  return buildPostings(entries, [stand]).some(({ posting, cutoffMs }) => posting.countBefore(cutoffMs) > 0);
}

function isPlain(name: string): boolean {
  return !name.includes('<');
}
