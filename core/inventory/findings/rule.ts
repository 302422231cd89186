import type { Citation } from '../../shared/citation.ts';
import type { Severity } from '../../shared/finding.ts';
import type { Source } from '../../shared/source.ts';
import type { ClusterCertificate, KnownCertificates } from './known-certificates.ts';

/** How a certificate breaks a rule. */
export interface Breach {
  severity: Severity;
  /** Values for the texts, beside `name`, which every rule has. */
  params?: Record<string, string | number>;
  /** Where to look; by default where the certificate was seen first. */
  source?: Source;
}

/** A rule about a certificate as one among all that are known. */
export interface CertificateRule {
  /** Its texts are `finding.<id>` and `finding.<id>.remedy`. */
  id: string;
  citation: Citation;
  /** `undefined` when the certificate keeps the rule. Asked only about certificates that nothing has replaced. */
  check(this: void, certificate: ClusterCertificate, known: KnownCertificates): Breach | undefined;
}
