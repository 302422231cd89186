import type { DecodeFinding } from '../../shared/certificates/certificate.ts';
import type { CertificateTemplate, SansTemplate } from '../../shared/certificates/certificate-template.ts';
import type { Problem } from '../../shared/problem.ts';

/** The wishes of a certificate request. */
export interface ExaminedRequest {
  /** RFC 4514. */
  subject: string;
  sans: SansTemplate;
  /** Algorithm with size or curve. */
  key: string;
  usages: readonly string[];
  leftOut: {
    /** E-mail addresses, URIs and other names. */
    names: readonly string[];
    /** Names, or OIDs if unknown. */
    extensions: readonly string[];
  };
  findings: readonly DecodeFinding[];
  /** Why the request will not be signed. */
  refusal?: Problem | undefined;
}

/** A certificate request and the certificate that it would get. */
export interface RequestReview extends ExaminedRequest {
  certificate: Omit<CertificateTemplate, 'serialHex'>;
  /** The subject of the CA. */
  issuer: string;
  /** `usages`: requested usages that the certificate lacks. */
  leftOut: ExaminedRequest['leftOut'] & { usages: readonly string[] };
}
