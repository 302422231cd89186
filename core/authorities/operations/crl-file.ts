import { encodePem } from '../../formats/der/pem.ts';

/** A revocation list in the form in which it is written to a file. */
export function crlFile(der: Uint8Array, format: 'pem' | 'der'): Uint8Array {
  return format === 'der' ? der : new TextEncoder().encode(encodePem('X509 CRL', der));
}
