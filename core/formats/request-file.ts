import { derShape } from './der-shape.ts';
import { readPem } from './pem.ts';
import { decodeText } from './text-encoding.ts';

/** The first PKCS #10 request in the content of a file, as DER; `undefined` when there is none, in DER or PEM. */
export function requestIn(bytes: Uint8Array): Uint8Array | undefined {
  if (derShape(bytes).kind === 'request') return bytes;
  const decoded = decodeText(bytes);
  if (decoded === undefined) return undefined;
  return readPem(decoded.text, { format: 'pem' }).requests[0]?.der;
}
