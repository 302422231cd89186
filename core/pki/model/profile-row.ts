import type { Citation, Sourced } from '../../shared/citation.ts';
import { citeValue } from '../../knowledge/model/sources/sources.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { KeyAlgorithm } from '../../shared/certificates/key-algorithm.ts';

/**
 * Who renews a certificate, when, and how often. `client-itself` is the identity's own program, such as mocctl or the
 * node agent.
 */
export interface RenewalRule {
  by: 'nobody' | 'renewal-controller' | 'kubelet' | 'client-itself' | 'cloud-agent';
  /** Renewal is due when this share of the validity period (0 to 1) is left. Absent for `nobody`. */
  atShareLeft?: number;
  /** Time between two attempts, as a share of the validity period. Absent for `nobody`. */
  retryShare?: number;
}

/**
 * One kind of certificate. Texts may contain `<cluster>`, `<node>`, `<host>`, `<identity>`, `<cloud-agent-fqdn>`; SANs
 * also `<node-ip>`, `<host-ip>`, `<service-ip>`, `<endpoint>` (addresses or names of the cluster's API server) and
 * `<service-domain>` (usually `cluster.local`). A SAN whose placeholder has no value is omitted.
 */
export interface ProfileRow<Id extends string = string> {
  /** The role in the inventory, if its name differs from that of the profile. */
  role?: RoleId;
  layer: 'kubernetes' | 'moc';
  /** The issuer's profile; `self` for roots. */
  issuer: Sourced<Id | 'self'>;
  /** Signs instead if the caller asks for it, where sources disagree about the issuer. */
  otherIssuer?: Sourced<Id>;
  subject: Sourced<{ commonName: string; organizations: readonly string[] }>;
  sans: Sourced<{ dns: readonly string[]; ip: readonly string[] }>;
  keyUsage: Sourced<readonly string[]>;
  /** In the order of the certificate; empty for roots. */
  extendedKeyUsage: Sourced<readonly ('serverAuth' | 'clientAuth')[]>;
  /** The first is the default; the others are allowed. */
  keyAlgorithms: Sourced<readonly [KeyAlgorithm, ...KeyAlgorithm[]]>;
  validityMs: Sourced<number>;
  /** Time between `notBefore` and issuance; 0 or more. */
  backdatingMs: Sourced<number>;
  serialBits: Sourced<128 | 63>;
  renewal: Sourced<RenewalRule>;
  revokedBy: Sourced<'RenewRevocation' | 'identity' | 'nothing'>;
  /**
   * Location: below `/etc/kubernetes/pki`, without extension (`etcd/server`), or in a kubeconfig below
   * `/etc/kubernetes` as its client certificate (`admin.conf`). Absent if no file is known.
   */
  file?: Sourced<{ pki: string } | { kubeconfig: string }>;
  /** Full path of the access file (`cloudconfig`) that contains the certificate and its key. Absent if unknown. */
  accessFile?: Sourced<string>;
}

export function citeName(commonName: string, ...citations: [Citation, ...Citation[]]): ProfileRow['subject'] {
  return citeValue({ commonName, organizations: [] }, ...citations);
}
