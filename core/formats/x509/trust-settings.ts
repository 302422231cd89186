import { contextTag, DerReader, readOidAt, SEQUENCE, UTF8_STRING } from '../der/der.ts';
import { KEY_PURPOSE_NAMES } from '../der/oids.ts';

/** Purposes are names or dotted OIDs. */
interface TrustSettings {
  trusted: string[];
  rejected: string[];
  alias?: string;
}

const REJECTED = contextTag(0);
const MOST_PURPOSES = 100;

/**
 * Reads the settings that openssl stores after the certificate in a TRUSTED CERTIFICATE; `undefined` if the encoding
 * differs from that of openssl. Source: openssl, crypto/x509/x_x509a.c, X509_CERT_AUX.
 */
export function readTrustSettings(bytes: Uint8Array): TrustSettings | undefined {
  const reader = new DerReader(bytes);
  if (!reader.expect(SEQUENCE, 0, bytes.length) || reader.end !== bytes.length) return undefined;
  const settings: TrustSettings = { trusted: [], rejected: [] };
  const { end } = reader;
  let at = reader.start;
  for (const [tag, list] of [
    [SEQUENCE, settings.trusted],
    [REJECTED, settings.rejected],
  ] as const) {
    if (!reader.hasTag(tag, at, end)) continue;
    if (!reader.read(at, end) || !addPurposes(reader, list)) return undefined;
    at = reader.end;
  }
  if (reader.hasTag(UTF8_STRING, at, end)) {
    if (!reader.read(at, end)) return undefined;
    settings.alias = new TextDecoder().decode(bytes.subarray(reader.start, reader.end));
  }
  return settings;
}

/** Adds the purposes in the list that the reader has entered. Leaves `reader.end` after the list. */
function addPurposes(reader: DerReader, list: string[]): boolean {
  const { end } = reader;
  let at = reader.start;
  while (at < end) {
    const oid = list.length < MOST_PURPOSES ? readOidAt(reader, at, end) : undefined;
    if (oid === undefined) return false;
    at = reader.end;
    list.push(KEY_PURPOSE_NAMES.get(oid) ?? oid);
  }
  reader.end = end;
  return true;
}
