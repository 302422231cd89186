import { getExemptReason, type ExemptReason } from '../../inventory/model/exempt-reason.ts';
import { parseKubeconfigEntry } from '../../inventory/model/kubeconfig-entry.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { ClusterId, CredentialId, Layer } from '../../shared/ids.ts';
import type { CertificateCredential, Cluster } from '../../inventory/model/credential.ts';
import { epochMs, SECOND_MS } from '../../shared/instant.ts';

export interface CertificateName {
  clusterId: ClusterId;
  id: CredentialId;
  cluster: string;
  name: string;
  role: RoleId;
}

/** Facts about a certificate that revocation needs. Independent of the time. */
export interface KnownCertificate extends CertificateName {
  layer: Layer;
  cn?: string;
  /** In the form of `CertificateFacts`. */
  serialHex: string;
  groups: readonly string[];
  dns: readonly string[];
  ip: readonly string[];
  notBeforeMs: number;
  notAfterMs: number;
  exempt?: ExemptReason;
  /** Replaced by a newer certificate, but possibly still accepted somewhere. */
  replaced?: true;
  paths: readonly string[];
  /** Paths of kubeconfigs on this computer. */
  kubeconfigs?: readonly string[];
  /** The computer that read the certificate, in a shared store. */
  computer?: string;
}

/** Returns whether a certificate may still be accepted; its last second of validity is included. */
export function isStillValid({ notAfterMs }: Pick<KnownCertificate, 'notAfterMs'>, nowMs: number): boolean {
  return notAfterMs + SECOND_MS > nowMs;
}

export function listKnownCertificates(clusters: readonly Cluster[]): KnownCertificate[] {
  return clusters.flatMap((cluster) => [
    ...cluster.credentials.flatMap((credential) =>
      credential.kind === 'certificate' ? buildKnownCertificate(cluster, credential) : [],
    ),
    ...cluster.history.flatMap(({ credential }) =>
      credential.kind === 'certificate'
        ? { ...buildKnownCertificate(cluster, credential), replaced: true as const }
        : [],
    ),
  ]);
}

function buildKnownCertificate(
  { id: clusterId, name: cluster }: Cluster,
  { id, role, layer, name, facts, sources }: CertificateCredential,
): KnownCertificate {
  const { subject, sans } = facts;
  return {
    id,
    clusterId,
    cluster,
    role,
    layer,
    name,
    serialHex: facts.serialHex,
    cn: subject.cn,
    groups: subject.o,
    dns: sans.dns,
    ip: sans.ip,
    notBeforeMs: epochMs(facts.notBefore),
    notAfterMs: epochMs(facts.notAfter),
    exempt: getExemptReason(facts, role),
    paths: sources.map(({ path }) => path),
    kubeconfigs: sources.flatMap((source) =>
      source.computer === undefined && parseKubeconfigEntry(source)?.list === 'users' ? source.path : [],
    ),
    computer: sources[0]?.computer,
  };
}
