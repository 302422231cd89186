import type { Instant } from '../instant.ts';

/** Organizations come before the common name, as Go encodes a `pkix.Name` for kubeadm, kubelet and MOC. */
export interface SubjectTemplate {
  commonName: string;
  /** Read as groups by Kubernetes; may be empty. */
  organizations: readonly string[];
}

/** IP addresses are IPv4 or IPv6 as text. */
export interface SansTemplate {
  dns: readonly string[];
  ip: readonly string[];
}

/** Source: microsoft/moc, pkg/certs/certificateAuthority.go. */
export interface MocTemplate {
  /** 1.3.6.1.5.5.7.10.2: the raw bytes of the name. */
  accessIdentity: string;
  /** 1.3.6.1.4.1.311.104.1.2: DER of the original certificate; only in renewed certificates. */
  originalCertificate?: Uint8Array;
  /** 1.3.6.1.4.1.311.104.1.3: only in renewed certificates, at least 1. */
  renewCount?: number;
}

export interface CertificateTemplate {
  /** Lower-case hex of a positive INTEGER: even length, no superfluous leading zero bytes, at most 20 bytes. */
  serialHex: string;
  subject: SubjectTemplate;
  sans: SansTemplate;
  notBefore: Instant;
  /** Last second of validity. */
  notAfter: Instant;
  /** Names as in `KEY_USAGE_NAMES`; if empty, the extension is omitted. */
  keyUsage: readonly string[];
  /** `serverAuth`, `clientAuth`; if empty, the extension is omitted. */
  extendedKeyUsage: readonly string[];
  isCa: boolean;
  /** Present only with `isCa`. */
  pathLength?: number;
  moc?: MocTemplate;
}
