import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import { KUBEADM, OVERVIEW_REVOCATION } from '../../knowledge/model/sources/sources.ts';
import type { ClusterId } from '../../shared/ids.ts';
import { epochMs } from '../../shared/instant.ts';
import { addTo } from '../../shared/lists.ts';
import type { RevocationEntry } from '../../shared/renew-revocation/entry.ts';
import { CertificateIndex, comparableEntry } from '../../shared/renew-revocation/match.ts';
import {
  CONSEQUENCE_IDS,
  CONSEQUENCE_PHRASES,
  phraseFor,
  type ConsequenceId,
} from '../../shared/renew-revocation/draft.ts';
import type { Guard } from '../model/view.ts';
import type { KnownCertificate } from '../model/inventory-index.ts';
import { machineLookup } from '../choose/nodes.ts';
import { isManagementName } from '../../plan/model/cluster-name.ts';
import { getGroup } from './impact-counts.ts';
import type { Impact } from './impact.ts';

export interface GuardedEntries {
  entries: readonly RevocationEntry[];
  consequences: readonly ConsequenceId[];
  nowMs: number;
}

/**
 * Derives the consequences of an object from known certificates; if a cluster has none, from the conventions of
 * kubeadm.
 */
export function getConfirmation(
  { entries, consequences, nowMs }: GuardedEntries,
  impact: Pick<Impact, 'matched'>,
  certificates: readonly KnownCertificate[],
): Guard {
  const matched = new Set(impact.matched);
  const found = new Map<ConsequenceId, ClusterCertificates[]>(consequences.map((id) => [id, []]));
  const clusters = groupByCluster(certificates, nowMs);
  const isByHabit = namesApiServers(entries, nowMs);
  const byHabit = clusters.filter(({ current, hasApiServer }) => isByHabit && current.length > 0 && !hasApiServer);
  for (const cluster of clusters) {
    const ids = findConsequences(cluster.current, matched);
    if (byHabit.includes(cluster)) ids.push('all-api-servers');
    for (const id of ids) addTo(found, id, cluster);
  }
  const isAnyKnown = clusters.some(({ current, hasApiServer }) => current.length > 0 || hasApiServer);
  if (!isAnyKnown && isByHabit) found.set('all-api-servers', []);
  return {
    consequences: CONSEQUENCE_IDS.flatMap((id) => {
      const affected = found.get(id);
      if (affected === undefined) return [];
      const isInferred = affected.length === 0 || id === 'etcd' || (id === 'all-api-servers' && byHabit.length > 0);
      return {
        id,
        phrase: CONSEQUENCE_PHRASES[id],
        clusters: affected.map(({ cluster }) => cluster),
        ...(affected[0]?.isManagement === true && { isManagement: true }),
        citations: isInferred ? [OVERVIEW_REVOCATION, KUBEADM] : [OVERVIEW_REVOCATION],
      };
    }),
    phrase: phraseFor(found.keys()),
  };
}

interface ClusterCertificates {
  cluster: string;
  isManagement: boolean;
  hasApiServer: boolean;
  /** Revocable, unexpired and not replaced. */
  current: KnownCertificate[];
}

/** Groups certificates by cluster. The management cluster comes first, because all other clusters depend on it. */
function groupByCluster(certificates: readonly KnownCertificate[], nowMs: number): ClusterCertificates[] {
  const clusters = new Map<ClusterId, ClusterCertificates>();
  for (const certificate of certificates) {
    const { clusterId, cluster, role, exempt, replaced, notAfterMs } = certificate;
    let own = clusters.get(clusterId);
    if (own === undefined) {
      own = { cluster, isManagement: isManagementName(cluster), hasApiServer: false, current: [] };
      clusters.set(clusterId, own);
    }
    if (ROLES[role].marksManagement) own.isManagement = true;
    if (role === 'apiserver') own.hasApiServer = true;
    if (exempt === undefined && replaced !== true && notAfterMs >= nowMs) own.current.push(certificate);
  }
  return [...clusters.values()].sort((one, other) => Number(other.isManagement) - Number(one.isManagement));
}

function findConsequences(all: readonly KnownCertificate[], matched: ReadonlySet<KnownCertificate>): ConsequenceId[] {
  const isWhole = (some: readonly KnownCertificate[]): boolean =>
    some.length > 0 && some.every((certificate) => matched.has(certificate));
  if (!all.some((certificate) => matched.has(certificate))) return [];
  const listByRole = (role: RoleId): KnownCertificate[] => all.filter((one) => one.role === role);
  const listByGroup = (group: string): KnownCertificate[] =>
    all.filter((certificate) => getGroup(certificate) === group);
  const masters = all.filter(({ groups }) => groups.includes('system:masters'));
  const found: [ConsequenceId, boolean][] = [
    ['all-api-servers', isWithoutApiServer(all, matched)],
    ['etcd', isWithoutMajority(all, matched)],
    // Without a known API server, too little of the control plane is known to conclude that all of it is affected.
    ['control-plane', listByRole('apiserver').length > 0 && isWhole(listByGroup('controlPlane'))],
    ['all-kubelets', isWhole(listByRole('kubelet-client'))],
    ['system-masters', masters.length > 1 && isWhole(masters)],
    ['last-admin', isWhole(listByGroup('admins'))],
  ];
  return found.flatMap(([id, isSeen]) => (isSeen ? [id] : []));
}

type Revoked = ReadonlySet<KnownCertificate>;

/**
 * Returns whether a cluster is left without an API server. Each API server needs a certificate of its own and a client
 * certificate for etcd. A revoked client certificate of an unknown machine may belong to any of them.
 */
function isWithoutApiServer(all: readonly KnownCertificate[], matched: Revoked): boolean {
  const servers = all.filter(({ role }) => role === 'apiserver');
  const clients = all.filter(({ role }) => role === 'apiserver-etcd-client');
  const revoked = clients.filter((client) => matched.has(client));
  if (servers.length === 0) return clients.length > 0 && revoked.length === clients.length;
  const left = servers.filter((server) => !matched.has(server));
  if (left.length === 0 || revoked.length === 0) return left.length === 0;
  const findMachine = machineLookup(
    all.filter((one) => one.role === 'kubelet-client' || getGroup(one) === 'controlPlane'),
  );
  const out = new Set(revoked.flatMap((client) => findMachine(client) ?? []));
  const isOut = (server: KnownCertificate): boolean => out.has(findMachine(server) ?? '');
  const anywhere = revoked.filter((client) => findMachine(client) === undefined).length;
  return left.filter((server) => !isOut(server)).length <= anywhere;
}

/**
 * Returns whether etcd loses the majority of its known members. Each member needs a certificate for API servers and one
 * for other members.
 */
function isWithoutMajority(all: readonly KnownCertificate[], matched: Revoked): boolean {
  const own = all.filter(({ role }) => role === 'etcd-server' || role === 'etcd-peer');
  if (!own.some((one) => matched.has(one))) return false;
  if (own.every((one) => matched.has(one))) return true;
  const findMachine = machineLookup(own);
  const memberName = (one: KnownCertificate): string => findMachine(one) ?? one.id;
  const members = new Set(own.map(memberName));
  const lost = new Set(own.filter((one) => matched.has(one)).map(memberName));
  return (members.size - lost.size) * 2 <= members.size;
}

/** A certificate issued longer ago than this has expired. */
const LIFE_MS = PROFILES.apiserver.validityMs.value;
/** Names and addresses that kubeadm includes in the certificate of every API server. */
const API_SERVERS = new CertificateIndex([
  {
    serialHex: '',
    groups: [],
    dns: PROFILES.apiserver.sans.value.dns
      .map((name) => name.replace('<service-domain>', 'cluster.local'))
      .filter((name) => !name.includes('<')),
    ip: PROFILES.apiserver.sans.value.ip.filter((address) => !address.includes('<')),
  },
]);

/** Returns whether an entry names every API server and its cutoff is late enough to affect valid certificates. */
function namesApiServers(entries: readonly RevocationEntry[], nowMs: number): boolean {
  return entries.some((entry) => {
    const value = comparableEntry(entry);
    const isPast = entry.notBefore !== undefined && epochMs(entry.notBefore) <= nowMs - LIFE_MS;
    return value !== undefined && !isPast && API_SERVERS.find(entry.kind, value).length > 0;
  });
}
