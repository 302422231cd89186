import type { Citation } from '../../shared/citation.ts';
import type { Severity } from '../../shared/finding.ts';
import type { Source } from '../../shared/source.ts';
import type { ClusterCertificate, KnownCertificates } from './known-certificates.ts';

/** Describes how a certificate breaks a rule. */
export interface Breach {
  severity: Severity;
  /** Values for the messages, besides `name`, which every rule has. */
  params?: Record<string, string | number>;
  /** The place to look at; by default the first source of the certificate. */
  source?: Source;
}

/** A rule that judges one certificate in the context of all known ones. */
export interface CertificateRule {
  /** The messages are `finding.<id>` and `finding.<id>.remedy`. */
  id: string;
  citation: Citation;
  /** Returns `undefined` if the certificate complies. Only current certificates are checked. */
  check(this: void, certificate: ClusterCertificate, known: KnownCertificates): Breach | undefined;
}
