import type { Instant } from '../instant.ts';

/** Kinds of entries, spelled as published. */
export type RevocationKind = 'serialnumber' | 'Group' | 'DNS' | 'IP';

/**
 * One entry of `spec.revocations` of a RenewRevocation object, spelled as published (`serialnumber`, `Group`, `DNS`,
 * `IP`). Source: Microsoft Learn, Overview of certificate management, "Certificate revocation".
 */
export interface RevocationEntry {
  kind: RevocationKind;
  /** Value of the field that belongs to the kind: `serialNumber`, `group`, `dns` or `ip`. */
  value: string;
  description?: string;
  /** Only certificates issued before this are revoked; absent: every matching one, present and future. */
  notBefore?: Instant;
}

export interface RenewRevocation {
  name: string;
  /** `kube-system` as published; `default` when a manifest names none. Source: Kubernetes, ObjectMeta. */
  namespace: string;
  description?: string;
  entries: readonly RevocationEntry[];
}

/** The part of a certificate that the rules use; real certificates and records of the simulation both provide it. */
export interface RevocableCertificate {
  serialHex: string;
  /** Organizations of the subject. */
  groups: readonly string[];
  dns: readonly string[];
  ip: readonly string[];
  notBefore: Instant;
  /** Kubelet server certificates cannot be revoked. Source: the article. */
  exempt: boolean;
}
