import { cite } from '../../knowledge/model/sources/sources.ts';
import { addTo } from '../../shared/lists.ts';
import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import { isGenericName } from '../../plan/model/cluster-name.ts';
import { findTrust } from '../model/kubeconfig-entry.ts';
import {
  areApart,
  baseName,
  cacheResult,
  findMeantName,
  type ClusterCertificate,
  type KnownCertificates,
} from './known-certificates.ts';
import { haveSameKey } from '../assign/signatures.ts';
import type { CertificateRule } from './rule.ts';

/** Shared by many clusters: loopback, and the service `kubernetes` in the default range of kubeadm and this product. */
const SHARED_HOST = /^(?:127\.|::1$|localhost$|kubernetes(?:\.|$)|10\.96\.0\.1$)/u;

export const kubeconfigCa: CertificateRule = {
  id: 'kubeconfig.other-ca',
  severity: 'error',
  citation: cite('documented', 'Kubernetes documentation, kubeconfig (v1)', 'certificate-authority-data'),
  check(certificate, known) {
    const server = findOtherApiServer(certificate, known);
    if (server === undefined) return undefined;
    return {
      params: { cluster: findMeantName(certificate), path: server.sources[0]?.path ?? '' },
      source: findTrust(certificate),
    };
  },
};

const apiServers = cacheResult((known) => {
  const servers = known.all.filter((one) => one.role === 'apiserver' && one.isCurrent);
  const meant = { byHost: new Map<string, number[]>(), byCluster: new Map<string, number[]>() };
  for (const [at, server] of servers.entries()) {
    for (const host of listServerNames(server.facts)) addTo(meant.byHost, host, at);
    addTo(meant.byCluster, baseName(server.cluster), at);
  }
  return { ...meant, servers, clusters: new Set(servers.map(({ cluster }) => cluster.id)) };
});

export function listServerNames({ sans: { dns, ip } }: Pick<CertificateFacts, 'sans'>): string[] {
  return [...dns, ...ip].map((host) => host.toLowerCase());
}

export function distinctiveHosts({ addresses }: { addresses: readonly string[] }): string[] {
  return addresses.map(extractHost).filter((host) => !SHARED_HOST.test(host));
}

/**
 * Returns the certificate of the API server that a kubeconfig with this CA points to, if another CA signed it.
 * `undefined` if the server is unknown or the CA is right.
 */
export function findOtherApiServer(
  certificate: ClusterCertificate,
  known: KnownCertificates,
): ClusterCertificate | undefined {
  const { servers, clusters, byHost, byCluster } = apiServers(known);
  if (servers.length === 0 || clusters.has(certificate.cluster.id)) return undefined;
  if (findTrust(certificate) === undefined) return undefined;
  const name = findMeantName(certificate);
  const meant = new Set([
    ...distinctiveHosts(certificate.cluster).flatMap((host) => byHost.get(host) ?? []),
    ...(isGenericName(name) ? [] : (byCluster.get(name) ?? [])),
  ]);
  return [...meant]
    .sort((one, other) => one - other)
    .flatMap((at) => servers[at] ?? [])
    .find((server) => {
      if (!areApart(certificate, server)) return false;
      // An unknown signer proves nothing.
      const signers = known.findSigners(server);
      return signers.length > 0 && !signers.some((signer) => haveSameKey(signer, certificate));
    });
}

/** Returns the host in lower case, and an IPv6 address without brackets. */
function extractHost(address: string): string {
  const authority = address
    .toLowerCase()
    .replace(/^[a-z]+:\/\//u, '')
    .replace(/\/.*$/su, '');
  return /^\[(?<ip>[^\]]*)\]/u.exec(authority)?.groups?.['ip'] ?? authority.replace(/:\d+$/u, '');
}
