import type { Instant } from './instant.ts';

/**
 * What goes into the subject of a certificate that the engine makes. Organizations first, then the common name, as Go
 * encodes a `pkix.Name` and so kubeadm, kubelet and MOC do.
 */
export interface SubjectTemplate {
  commonName: string;
  /** Kubernetes reads each as a group; empty when there is none. */
  organizations: readonly string[];
}

/** Subject alternative names to put in. IP addresses in text form, IPv4 or IPv6. */
export interface SansTemplate {
  dns: readonly string[];
  ip: readonly string[];
}

/** The private extensions of MOC. Source: microsoft/moc, pkg/certs/certificateAuthority.go. */
export interface MocTemplate {
  /** 1.3.6.1.5.5.7.10.2, raw bytes of the name. */
  accessIdentity: string;
  /** 1.3.6.1.4.1.311.104.1.2: DER of the certificate that was issued first; only in renewed ones. */
  originalCertificate?: Uint8Array;
  /** 1.3.6.1.4.1.311.104.1.3; only in renewed ones, at least 1. */
  renewCount?: number;
}

/** Everything that a certificate says but for its keys: what it is issued from. */
export interface CertificateTemplate {
  /** Lower-case hex of a positive INTEGER, even length, without superfluous leading zero bytes; at most 20 bytes. */
  serialHex: string;
  subject: SubjectTemplate;
  sans: SansTemplate;
  notBefore: Instant;
  /** Last second of validity. */
  notAfter: Instant;
  /** Names as in `KEY_USAGE_NAMES`; the extension is left out when empty. */
  keyUsage: readonly string[];
  /** `serverAuth`, `clientAuth`; the extension is left out when empty. */
  extendedKeyUsage: readonly string[];
  isCa: boolean;
  /** Only with `isCa`. */
  pathLength?: number;
  moc?: MocTemplate;
}
