import type { SansTemplate, SubjectTemplate } from '../../shared/certificates/certificate-template.ts';
import { EXTENSION_REQUEST } from './csr.ts';
import { explicit, identify, sequence, encodeSet, smallInteger } from '../der/der-writer.ts';
import { extension, nameElement, sansExtension, usageExtensions } from './writer.ts';

export interface RequestTemplate {
  subject: SubjectTemplate;
  sans: SansTemplate;
  /** Names as in `KEY_USAGE_NAMES`. If empty, the extension is omitted. */
  keyUsage: readonly string[];
  /** `serverAuth`, `clientAuth` or a dotted OID. If empty, the extension is omitted. */
  extendedKeyUsage: readonly string[];
  /** Values in DER, for instance the certificates that a MOC client sends for renewal. */
  otherExtensions?: readonly { oid: string; critical: boolean; value: Uint8Array }[];
}

/**
 * Encodes CertificationRequestInfo, the signed part. Without extensions, the attributes are empty, as in the kubelet's
 * request for its client certificate. Source: RFC 2986 section 4.1, RFC 2985 section 5.4.2.
 */
export function requestInfo(template: RequestTemplate, spki: Uint8Array): Uint8Array {
  const { subject, sans, keyUsage, extendedKeyUsage, otherExtensions = [] } = template;
  const isNameless = subject.commonName === '' && subject.organizations.length === 0;
  const extensions = [
    ...usageExtensions(keyUsage, extendedKeyUsage),
    ...sansExtension(sans, isNameless),
    ...otherExtensions.map(({ oid, critical, value }) => extension(oid, critical, value)),
  ];
  const attribute = identify(EXTENSION_REQUEST, encodeSet(sequence(...extensions)));
  return sequence(
    smallInteger(0),
    nameElement(subject),
    spki,
    // [0] is IMPLICIT here, so its tag replaces that of the set.
    explicit(0, ...(extensions.length === 0 ? [] : [attribute])),
  );
}
