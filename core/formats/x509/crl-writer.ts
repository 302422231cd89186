import { CRL_REASONS, type CrlEntry } from '../../shared/certificates/crl.ts';
import type { Instant } from '../../shared/instant.ts';
import { joinBytes } from '../../shared/lists.ts';
import { ENUMERATED, INVALIDITY_DATE, REASON_CODE } from './crl-entries.ts';
import { AUTHORITY_KEY_ID, CRL_NUMBER } from './crl-extensions.ts';
import { GENERALIZED_TIME } from '../der/der.ts';
import { element, explicit, implicit, integer, sequence, smallInteger, time } from '../der/der-writer.ts';
import { extension, type CertificateParts } from './writer.ts';

const VERSION_2 = 1;

interface CrlParts extends Pick<CertificateParts, 'algorithm' | 'issuerName'> {
  thisUpdate: Instant;
  nextUpdate: Instant;
  entries: readonly CrlEntry[];
  /** Hex of even length, at most 20 bytes. Increases with every CRL of an issuer. */
  numberHex: string;
  authorityKeyId: Uint8Array;
}

/**
 * Encodes TBSCertList, version 2, complete for its issuer, with CRL number and authority key identifier. Omits the
 * reason `unspecified` (RFC 5280 section 5.3.1). Throws on `removeFromCRL`, a bug, since only delta CRLs have that
 * reason. Source: RFC 5280 section 5.1.
 */
export function encodeTbsCrl(parts: CrlParts): Uint8Array {
  return sequence(
    smallInteger(VERSION_2),
    parts.algorithm,
    parts.issuerName,
    time(parts.thisUpdate),
    time(parts.nextUpdate),
    // An empty list must be absent. A long list may exceed the number of arguments allowed in one call.
    ...(parts.entries.length === 0 ? [] : [sequence(joinBytes(parts.entries.map(entryElement)))]),
    explicit(
      0,
      sequence(
        extension(AUTHORITY_KEY_ID, false, sequence(implicit(0, parts.authorityKeyId))),
        extension(CRL_NUMBER, false, integer(parts.numberHex)),
      ),
    ),
  );
}

function entryElement({ serialHex, revokedAt, reason, invalidityDate }: CrlEntry): Uint8Array {
  if (reason === 'removeFromCRL') throw new Error('a complete CRL takes no certificate back');
  const extensions = [
    ...(reason === undefined || reason === 'unspecified'
      ? []
      : [extension(REASON_CODE, false, element(ENUMERATED, Uint8Array.of(CRL_REASONS.indexOf(reason))))]),
    ...(invalidityDate === undefined ? [] : [extension(INVALIDITY_DATE, false, encodeGeneralizedTime(invalidityDate))]),
  ];
  return sequence(integer(serialHex), time(revokedAt), ...(extensions.length === 0 ? [] : [sequence(...extensions)]));
}

/** Source: RFC 5280 section 5.3.2. */
function encodeGeneralizedTime(moment: Instant): Uint8Array {
  return element(GENERALIZED_TIME, new TextEncoder().encode(moment.replace(/[-:T]/gu, '')));
}
