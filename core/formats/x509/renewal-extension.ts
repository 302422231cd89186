import { decodeBase64 } from '../der/base64.ts';
import { encodePem } from '../der/pem.ts';

/**
 * The extension of a renewal request. It contains bare PEM, not wrapped in DER: a certificate for the new key signed by
 * the old key, the certificate to renew, then its chain up to the root. Source: microsoft/moc, pkg/certs/certs.go and
 * certificateAuthority.go.
 */
export const RENEWAL_EXTENSION = '1.3.6.1.4.1.311.104.1.1';

const CERTIFICATE_BLOCK = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/gu;
/** In bytes. A chain of three certificates with 4096-bit keys has about 6 KiB. */
const MAX_LENGTH = 64 * 1024;

export function writeRenewalExtension(certificates: readonly Uint8Array[]): Uint8Array {
  return new TextEncoder().encode(certificates.map((der) => encodePem('CERTIFICATE', der)).join(''));
}

/** Returns the DER of each certificate, undecoded; `undefined` for invalid Base64, and from 64 KiB on. */
export function readRenewalExtension(content: Uint8Array): Uint8Array[] | undefined {
  if (content.length >= MAX_LENGTH) return undefined;
  const text = new TextDecoder('latin1').decode(content);
  const found: Uint8Array[] = [];
  for (const [, base64 = ''] of text.matchAll(CERTIFICATE_BLOCK)) {
    const der = decodeBase64(base64);
    if (der === undefined) return undefined;
    found.push(der);
  }
  return found;
}
