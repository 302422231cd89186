import type { MessageKey } from '../../../core/shared/text/text.ts';

/** Codes of TLS and of the system that have words. */
const EXPLAINED = [
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_SIGNATURE_FAILURE',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
] as const;

export function faultKey(fault: string): MessageKey {
  const code = EXPLAINED.find((each) => each === fault);
  return code === undefined ? 'lab.fault.other' : `lab.fault.${code}`;
}
