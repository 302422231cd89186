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
  const clusters = new Map<ConsequenceId, string[]>(consequences.map((id) => [id, []]));
  for (const all of byCluster(certificates, nowMs).values())
    for (const id of seenIn(all, matched)) {
      const names = clusters.get(id) ?? [];
      clusters.set(id, names);
      names.push(all[0]?.cluster ?? '');
    }
  const knowsApiServers = certificates.some(({ role }) => role === 'apiserver');
  if (!knowsApiServers && namesApiServers(entries, nowMs)) clusters.set('all-api-servers', []);
  const phrase = phraseFor(clusters.keys());
  return {
    consequences: CONSEQUENCE_IDS.flatMap((id) => {
      const names = clusters.get(id);
      return names === undefined
        ? []
        : [{ id, phrase: CONSEQUENCE_PHRASES[id], clusters: names, citations: citationsFor(names) }];
    }),
    phrase,
  };
}

function citationsFor(names: readonly string[]): Consequence['citations'] {
  return names.length > 0 ? [OVERVIEW_REVOCATION] : [OVERVIEW_REVOCATION, KUBEADM];
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
  const ofRole = (role: RoleId): KnownCertificate[] => all.filter((one) => one.role === role);
  const ofGroup = (group: string): KnownCertificate[] => all.filter((certificate) => getGroup(certificate) === group);
  const masters = all.filter(({ groups }) => groups.includes('system:masters'));
  const found: [ConsequenceId, readonly KnownCertificate[]][] = [
    ['all-api-servers', ofRole('apiserver')],
    // Without its API server, too little is known about a control plane to say that all of it is affected.
    ['control-plane', ofRole('apiserver').length > 0 ? ofGroup('controlPlane') : []],
    ['all-kubelets', ofRole('kubelet-client')],
    ['system-masters', masters.length > 1 ? masters : []],
    ['last-admin', ofGroup('admins')],
  ];
  return found.flatMap(([id, some]) => (isWhole(some) ? [id] : []));
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
