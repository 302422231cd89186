import type { Found } from '../parsed-file.ts';
import type { Origin } from '../../shared/origin.ts';
import { decodeBase64 } from '../der/base64.ts';
import type { Fields } from '../yaml/fields.ts';
import { outerLength, readPem } from '../der/pem.ts';

/** One field that holds Base64 of PEM, as kubeconfigs and the files of MOC have it. */
export interface EmbeddedField {
  fields: Fields;
  name: string;
  origin: Origin;
  /** Binds a certificate to the key that stands beside it. */
  pair?: string;
}

/** Adds the certificates of a field, which may hold several, to `found`. An empty field holds none. */
export function addCertificates(found: Found, { fields, name, origin, pair }: EmbeddedField): void {
  const field = fields.text(name);
  if (field === undefined) return;
  const place = fields.placeOf(name);
  const bytes = bytesOf(field.text);
  if (bytes === undefined) {
    found.findings.push({ rule: 'base64.damaged', severity: 'error', place, params: { name: fields.writtenAs(name) } });
    return;
  }
  const entry = fields.entryOf(name);
  const line = field.line;
  const bound = pair === undefined ? {} : { pair };
  if (outerLength(bytes) === bytes.length) {
    found.certificates.push({ entry, der: bytes, origin, line, ...bound });
    return;
  }
  const pem = readPem(asciiOf(bytes), origin, entry);
  for (const certificate of pem.certificates) {
    found.certificates.push({ ...certificate, line, ...bound });
  }
  // Lines inside the decoded PEM would point nowhere in the file.
  for (const finding of pem.findings) found.findings.push({ ...finding, place });
  if (!pem.recognised) {
    found.findings.push({ rule: 'field.not-pem', severity: 'error', place, params: { name: fields.writtenAs(name) } });
  }
}

/** Adds the private key of a field to `found`, bound by `pair`. */
export function addKey(found: Found, { fields, name, pair }: { fields: Fields; name: string; pair: string }): void {
  const field = fields.text(name);
  if (field === undefined) return;
  const entry = fields.entryOf(name);
  const bytes = bytesOf(field.text);
  const pem = bytes === undefined ? undefined : readPem(asciiOf(bytes), { format: 'pem' });
  const key = pem?.keys[0];
  // A key that cannot be found in its field is still a key that cannot be read.
  found.keys.push({ entry, keyPem: key?.keyPem ?? '', line: field.line, pair });
}

/** The bytes behind a field: of its Base64, or of the PEM that some tools write there as it is. */
function bytesOf(text: string): Uint8Array | undefined {
  if (text.includes('-----BEGIN ')) return new TextEncoder().encode(text);
  return decodeBase64(text);
}

function asciiOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}
