import { derShape } from '../der/der-shape.ts';
import { readPem } from '../der/pem.ts';
import { decodeText } from '../text/text-encoding.ts';

export function requestsIn(bytes: Uint8Array): Uint8Array[] {
  if (derShape(bytes).kind === 'request') return [bytes];
  const decoded = decodeText(bytes);
  if (decoded === undefined) return [];
  return readPem(decoded.text, { format: 'pem' }).requests.map(({ der }) => der);
}
