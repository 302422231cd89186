import type { Instant } from '../instant.ts';

/** Spelled as published. */
export type RevocationKind = 'serialnumber' | 'Group' | 'DNS' | 'IP';

/** Source: Microsoft Learn, Overview of certificate management, "Certificate revocation". */
export interface RevocationEntry {
  kind: RevocationKind;
  /** Value of the kind's own field: `serialNumber`, `group`, `dns` or `ip`. */
  value: string;
  description?: string;
  /**
   * Only certificates issued before this instant are revoked; if absent, every matching certificate, present and
   * future.
   */
  notBefore?: Instant;
}

export interface RenewRevocation {
  name: string;
  /** `kube-system` as published; `default` if a manifest names none. */
  namespace: string;
  description?: string;
  entries: readonly RevocationEntry[];
}

/** The part of a certificate that the rules use; certificates of the simulation have it too. */
export interface RevocableCertificate {
  serialHex: string;
  groups: readonly string[];
  dns: readonly string[];
  ip: readonly string[];
  notBefore: Instant;
  /** Kubelet server certificates cannot be revoked. Source: the article. */
  exempt: boolean;
}
