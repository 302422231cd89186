import type { Instant } from '../instant.ts';

/**
 * Subject of a certificate to be issued. Organizations come first, then the common name, as Go encodes a `pkix.Name`
 * and therefore kubeadm, kubelet and MOC do.
 */
export interface SubjectTemplate {
  commonName: string;
  /** Kubernetes reads each as a group; may be empty. */
  organizations: readonly string[];
}

/** Subject alternative names. IP addresses in text form, IPv4 or IPv6. */
export interface SansTemplate {
  dns: readonly string[];
  ip: readonly string[];
}

/** MOC's private extensions. Source: microsoft/moc, pkg/certs/certificateAuthority.go. */
export interface MocTemplate {
  /** 1.3.6.1.5.5.7.10.2, the raw bytes of the name. */
  accessIdentity: string;
  /** 1.3.6.1.4.1.311.104.1.2: DER of the original certificate; only in renewed ones. */
  originalCertificate?: Uint8Array;
  /** 1.3.6.1.4.1.311.104.1.3; only in renewed ones, at least 1. */
  renewCount?: number;
}

/** Everything a certificate is issued from, except keys. */
export interface CertificateTemplate {
  /** Lower-case hex of a positive INTEGER, even length, without superfluous leading zero bytes; at most 20 bytes. */
  serialHex: string;
  subject: SubjectTemplate;
  sans: SansTemplate;
  notBefore: Instant;
  /** Last second of validity. */
  notAfter: Instant;
  /** Names as in `KEY_USAGE_NAMES`; the extension is omitted when empty. */
  keyUsage: readonly string[];
  /** `serverAuth`, `clientAuth`; the extension is omitted when empty. */
  extendedKeyUsage: readonly string[];
  isCa: boolean;
  /** Only with `isCa`. */
  pathLength?: number;
  moc?: MocTemplate;
}
