import type { Citation } from '../../shared/citation.ts';
import type { Severity } from '../../shared/finding.ts';
import type { Source } from '../../shared/source.ts';
import type { ClusterCertificate, KnownCertificates } from './known-certificates.ts';

interface Breach {
  /** Parameters of the messages in addition to `name`. */
  params?: Record<string, string | number>;
  /** Default: the first source of the certificate. */
  source?: Source;
}

export interface CertificateRule {
  /** Message keys: `finding.<id>` and `finding.<id>.remedy`. */
  id: string;
  severity: Severity;
  citation: Citation;
  /** Returns `undefined` if the certificate complies. Only current certificates are checked. */
  check(this: void, certificate: ClusterCertificate, known: KnownCertificates): Breach | undefined;
}
