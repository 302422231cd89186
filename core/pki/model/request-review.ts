import type { DecodeFinding } from '../../shared/certificates/certificate.ts';
import type { CertificateTemplate, SansTemplate } from '../../shared/certificates/certificate-template.ts';
import type { Problem } from '../../shared/problem.ts';

/** A certificate request and the certificate that it would get. */
export interface RequestReview {
  /** RFC 4514. */
  subject: string;
  sans: SansTemplate;
  /** Algorithm with size or curve. */
  key: string;
  usages: readonly string[];
  certificate: Omit<CertificateTemplate, 'serialHex'>;
  /** The subject of the CA. */
  issuer: string;
  leftOut: {
    /** E-mail addresses, URIs and other names. */
    names: readonly string[];
    /** Requested usages that the certificate lacks. */
    usages: readonly string[];
    /** Names, or OIDs if unknown. */
    extensions: readonly string[];
  };
  findings: readonly DecodeFinding[];
  /** Why the request will not be signed. */
  refusal?: Problem | undefined;
}
