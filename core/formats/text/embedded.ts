import type { Found } from '../parsed-file.ts';
import type { Origin } from '../../shared/origin.ts';
import { decodeBase64 } from '../der/base64.ts';
import type { Fields } from '../yaml/fields.ts';
import { outerLength } from '../der/der.ts';
import { readPem } from '../der/pem.ts';

/** PEM in Base64, as in kubeconfigs and the files of MOC. */
interface EmbeddedField {
  fields: Fields;
  name: string;
  origin: Origin;
  pair?: string;
}

export function addCertificates(found: Found, { fields, name, origin, pair }: EmbeddedField): void {
  const field = fields.text(name);
  if (field === undefined) return;
  const place = fields.findPlace(name);
  const { entry, line } = place;
  const fault = { severity: 'error', place, params: { name: fields.spellName(name) } } as const;
  const bytes = decodeField(field.text);
  if (bytes === undefined) {
    found.findings.push({ rule: 'base64.damaged', ...fault });
    return;
  }
  if (outerLength(bytes) === bytes.length) {
    found.certificates.push({ entry, der: bytes, origin, line, pair });
    return;
  }
  const pem = readPem(new TextDecoder().decode(bytes), origin, entry);
  for (const certificate of pem.certificates) {
    found.certificates.push({ ...certificate, line, pair });
  }
  // Line numbers in the decoded PEM do not apply to the file.
  for (const finding of pem.findings) found.findings.push({ ...finding, place });
  if (!pem.recognised) found.findings.push({ rule: 'field.not-pem', ...fault });
}

export function addKey(found: Found, { fields, name, pair }: { fields: Fields; name: string; pair: string }): void {
  const field = fields.text(name);
  if (field === undefined) return;
  const { entry, line } = fields.findPlace(name);
  const bytes = decodeField(field.text);
  const pem = bytes === undefined ? undefined : readPem(new TextDecoder().decode(bytes), { format: 'pem' });
  const key = pem?.keys[0];
  // A field without a key counts as an unreadable key.
  found.keys.push({ entry, keyPem: key?.keyPem ?? '', line, pair });
}

/** Decodes Base64, or plain PEM, which some tools write. */
function decodeField(text: string): Uint8Array | undefined {
  if (text.includes('-----BEGIN ')) return new TextEncoder().encode(text);
  return decodeBase64(text);
}
