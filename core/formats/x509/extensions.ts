import type { ExtensionContents, MocExtensions, SubjectAltNames } from '../../shared/certificates/certificate.ts';
import {
  EXTENSION_NAMES,
  KEY_PURPOSE_NAMES,
  KEY_USAGE_NAMES,
  MOC_ACCESS_IDENTITY,
  MOC_ORIGINAL_CERTIFICATE,
  MOC_RENEW_COUNT,
} from '../der/oids.ts';
import {
  BIT_STRING,
  checkInteger,
  contextTag,
  integerHex,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  readFlag,
  readNamedBits,
  readOid,
  readOidAt,
  readSmallIntegerAt,
  SEQUENCE,
  type DerReader,
} from '../der/der.ts';
import { encodeHex } from '../der/hex.ts';
import { noAltNames, readGeneralNames, URI_NAME } from './names.ts';
import { printableUtf8, readIa5, readDirectoryText } from './text.ts';

/** Adds the value from `at` to `end` to `facts`. Returns false on failure, with the reason in the reader. */
type ExtensionReader = (reader: DerReader, at: number, end: number, facts: ExtensionContents) => boolean;

export function noContents(): ExtensionContents {
  return {
    sans: noAltNames(),
    keyUsage: [],
    extendedKeyUsage: [],
    isCa: false,
    policies: [],
    crlUrls: [],
    ocspUrls: [],
    caIssuerUrls: [],
    extensions: [],
  };
}

/** Above this number, a set finds duplicates faster than a list. */
const FEW_EXTENSIONS = 24;

/**
 * Reads the content of the Extensions SEQUENCE into `facts`. An unreadable extension becomes a finding, and all other
 * data remain available; of several duplicates, the first counts. Source: RFC 5280 section 4.2.
 */
export function readExtensions(reader: DerReader, start: number, end: number, facts: ExtensionContents): void {
  if (start === end) reader.note('der.empty-list', start, { field: 'Extensions' });
  let seen: Set<string> | undefined;
  let at = start;
  while (at < end) {
    if (!reader.expect(SEQUENCE, at, end)) {
      reader.forgive();
      reader.note('der.extension-list', at);
      break;
    }
    const next = reader.end;
    if (seen === undefined && facts.extensions.length > FEW_EXTENSIONS) {
      seen = new Set(facts.extensions.map((extension) => extension.oid));
    }
    readExtension(reader, at, next, facts, seen);
    at = next;
  }
  trimLists(facts, LISTS);
  if (NAME_LISTS.some((form) => facts.sans[form].length > 0)) trimLists(facts.sans, NAME_LISTS);
  else facts.sans = NO_NAMES;
}

const MALFORMED = 'der.malformed-extension';
const URL_LISTS = ['crlUrls', 'ocspUrls', 'caIssuerUrls'] as const;
const LISTS = ['extensions', 'keyUsage', 'extendedKeyUsage', 'policies', ...URL_LISTS] as const;
const NO_NAMES = noAltNames();
const NAME_LISTS = Object.keys(NO_NAMES) as (keyof SubjectAltNames)[];
const NOTHING = Object.freeze([]) as unknown as never[];
trimLists(NO_NAMES, NAME_LISTS);
Object.freeze(NO_NAMES);

/**
 * Trims lists, since a hundred thousand certificates may stay in memory: a growing list reserves room for seventeen
 * entries, and most lists are empty.
 */
function trimLists<Key extends string>(facts: Record<Key, unknown[]>, keys: readonly Key[]): void {
  for (const key of keys) facts[key] = facts[key].length === 0 ? NOTHING : facts[key].slice();
}

function readExtension(
  reader: DerReader,
  at: number,
  end: number,
  facts: ExtensionContents,
  seen: Set<string> | undefined,
): void {
  const oid = readOidAt(reader, reader.start, end);
  const critical = oid === undefined ? undefined : readFlag(reader, reader.end, end, 'critical');
  if (oid === undefined || critical === undefined || !reader.expectLast(OCTET_STRING, reader.end, end)) {
    // Two findings: one names the malformed extension, the other the reason.
    return reader.forgive(MALFORMED, at, { extension: oid ?? '?' });
  }
  const { start: valueAt, end: valueEnd } = reader;
  const name = EXTENSION_NAMES.get(oid);
  const repeated = seen?.has(oid) ?? facts.extensions.some((earlier) => earlier.oid === oid);
  seen?.add(oid);
  const length = valueEnd - valueAt;
  facts.extensions.push(
    name === undefined ? { oid, critical, offset: valueAt, length } : { oid, name, critical, offset: valueAt, length },
  );
  if (repeated) return reader.note('der.duplicate-extension', at, { extension: name ?? oid });
  if (name === undefined && critical) reader.note('der.unknown-critical', at, { oid });
  const readValue = EXTENSION_READERS.get(oid);
  if (readValue !== undefined && !readValue(reader, valueAt, valueEnd, facts)) {
    reader.forgive(MALFORMED, valueAt, { extension: name ?? oid });
  }
}

const readSubjectAltName: ExtensionReader = (reader, at, end, facts) => {
  if (!reader.expectLast(SEQUENCE, at, end)) return false;
  return readGeneralNames(reader, reader.start, reader.end, facts.sans);
};

const readKeyUsage: ExtensionReader = (reader, at, end, facts) => {
  if (!reader.expectLast(BIT_STRING, at, end)) return false;
  const bits = readNamedBits(reader, reader.start, reader.end);
  if (bits === undefined) return false;
  facts.keyUsage.push(...KEY_USAGE_NAMES.filter((_, bit) => (bits & (1 << bit)) !== 0));
  return true;
};

const readExtendedKeyUsage: ExtensionReader = (reader, at, end, facts) => {
  return readList(reader, at, end, { field: 'extKeyUsage', tag: OBJECT_IDENTIFIER }, (start, next) => {
    const oid = readOid(reader, start, next);
    if (oid === undefined) return false;
    facts.extendedKeyUsage.push(KEY_PURPOSE_NAMES.get(oid) ?? oid);
    return true;
  });
};

/**
 * Reads a list of at least one element, all with the same tag. `readItem` receives the start and end of each content.
 */
function readList(
  reader: DerReader,
  at: number,
  end: number,
  { field, tag }: { field: string; tag: number },
  readItem: (start: number, end: number) => boolean,
): boolean {
  if (!reader.expectLast(SEQUENCE, at, end)) return false;
  const listEnd = reader.end;
  let next = reader.start;
  if (next === listEnd) reader.note('der.empty-list', at, { field });
  while (next < listEnd) {
    if (!reader.expect(tag, next, listEnd)) return false;
    next = reader.end;
    if (!readItem(reader.start, next)) return false;
  }
  return true;
}

const readBasicConstraints: ExtensionReader = (reader, at, end, facts) => {
  if (!reader.expectLast(SEQUENCE, at, end)) return false;
  const { start, end: listEnd } = reader;
  const isCa = readFlag(reader, start, listEnd, 'cA');
  if (isCa === undefined) return false;
  const next = reader.end;
  if (next < listEnd) {
    const pathLength = readSmallIntegerAt(reader, next, listEnd);
    if (pathLength === undefined) return false;
    if (!isCa) reader.note('der.path-length-without-ca', next, { pathLength });
    facts.pathLength = pathLength;
    reader.finish(reader.end, listEnd);
  }
  facts.isCa = isCa;
  return true;
};

const readSubjectKeyId: ExtensionReader = (reader, at, end, facts) => {
  if (!reader.expectLast(OCTET_STRING, at, end)) return false;
  facts.subjectKeyId = encodeHex(reader.bytes, reader.start, reader.end);
  return true;
};

const KEY_ID = 0x80;
const AUTHORITY_ISSUER = contextTag(1);
const AUTHORITY_SERIAL = 0x82;

const readAuthorityKeyId: ExtensionReader = (reader, at, end, facts) => {
  if (!reader.expectLast(SEQUENCE, at, end)) return false;
  const listEnd = reader.end;
  let next = reader.start;
  facts.authorityKeyId = {};
  if (reader.hasTag(KEY_ID, next, listEnd)) {
    if (!reader.read(next, listEnd)) return false;
    next = reader.end;
    facts.authorityKeyId.keyId = encodeHex(reader.bytes, reader.start, next);
  }
  if (reader.hasTag(AUTHORITY_ISSUER, next, listEnd)) {
    if (!reader.read(next, listEnd)) return false;
    next = reader.end;
    const names = noAltNames();
    if (!readGeneralNames(reader, reader.start, next, names)) return false;
    const [issuer] = names.directory;
    if (issuer !== undefined) facts.authorityKeyId.issuer = issuer;
  }
  if (reader.hasTag(AUTHORITY_SERIAL, next, listEnd)) {
    if (!reader.read(next, listEnd)) return false;
    next = reader.end;
    if (!checkInteger(reader, reader.start, next)) return false;
    facts.authorityKeyId.serialHex = integerHex(reader.bytes, reader.start, next);
  }
  reader.finish(next, listEnd);
  return true;
};

const readPolicies: ExtensionReader = (reader, at, end, facts) => {
  return readList(reader, at, end, { field: 'certificatePolicies', tag: SEQUENCE }, (start, next) => {
    const oid = readOidAt(reader, start, next);
    if (oid === undefined) return false;
    facts.policies.push(oid);
    return true;
  });
};

/**
 * Keeps only addresses, which occur in `fullName`; a name relative to the issuer is not an address. Source: RFC 5280
 * section 4.2.1.13.
 */
const readCrlDistributionPoints: ExtensionReader = (reader, at, end, facts) => {
  const list = { field: 'cRLDistributionPoints', tag: SEQUENCE };
  return readList(reader, at, end, list, (start, next) => readDistributionPoint(reader, start, next, facts.crlUrls));
};

function readDistributionPoint(reader: DerReader, start: number, end: number, urls: string[]): boolean {
  if (!reader.hasTag(contextTag(0), start, end)) return true;
  if (!reader.read(start, end)) return false;
  const { start: nameAt, end: nameEnd } = reader;
  if (!reader.read(nameAt, nameEnd)) return false;
  if (reader.tag === contextTag(1)) return true;
  if (reader.tag !== contextTag(0)) return reader.failTag('[0]', nameAt);
  return readUrls(reader, reader.start, reader.end, urls);
}

/** Collects the URLs among general names. Skips other types of names, which are not addresses. */
function readUrls(reader: DerReader, start: number, end: number, urls: string[]): boolean {
  let at = start;
  while (at < end) {
    if (!reader.read(at, end)) return false;
    at = reader.end;
    if (reader.tag === URI_NAME) urls.push(readIa5(reader, reader.start, at));
  }
  return true;
}

const OCSP = '1.3.6.1.5.5.7.48.1';
const CA_ISSUERS = '1.3.6.1.5.5.7.48.2';

const readAuthorityInfoAccess: ExtensionReader = (reader, at, end, facts) => {
  return readList(reader, at, end, { field: 'authorityInfoAccess', tag: SEQUENCE }, (start, next) => {
    const method = readOidAt(reader, start, next);
    const locationAt = reader.end;
    if (method === undefined || !reader.read(locationAt, next)) return false;
    reader.finish(reader.end, next);
    const urls = method === OCSP ? facts.ocspUrls : method === CA_ISSUERS ? facts.caIssuerUrls : [];
    return readUrls(reader, locationAt, reader.end, urls);
  });
};

function pickMocExtensions(facts: ExtensionContents): MocExtensions {
  return (facts.moc ??= {});
}

/**
 * The cloud agent writes the bare name. The reader also accepts the name in a string type, recognised by its
 * unprintable tag.
 */
const readMocAccessIdentity: ExtensionReader = (reader, at, end, facts) => {
  pickMocExtensions(facts).accessIdentity = textOrHex(reader, at, end);
  return true;
};

function textOrHex(reader: DerReader, at: number, end: number): string {
  const bare = printableUtf8(reader.bytes, at, end);
  if (bare !== undefined) return bare;
  if (reader.read(at, end) && reader.end === end) {
    const decoded = readDirectoryText(reader, reader.tag, reader.start, end);
    if (decoded !== undefined) return decoded.text;
  }
  reader.failure = undefined;
  return encodeHex(reader.bytes, at, end);
}

const readMocOriginalCertificate: ExtensionReader = (reader, at, end, facts) => {
  const text = printableUtf8(reader.bytes, at, end);
  pickMocExtensions(facts).originalCertificate = text ?? encodeHex(reader.bytes, at, end);
  return true;
};

const readMocRenewCount: ExtensionReader = (reader, at, end, facts) => {
  const count = readSmallIntegerAt(reader, at, end);
  if (count === undefined) return false;
  reader.finish(reader.end, end);
  pickMocExtensions(facts).renewCount = count;
  return true;
};

const EXTENSION_READERS: ReadonlyMap<string, ExtensionReader> = new Map([
  ['2.5.29.14', readSubjectKeyId],
  ['2.5.29.15', readKeyUsage],
  ['2.5.29.17', readSubjectAltName],
  ['2.5.29.19', readBasicConstraints],
  ['2.5.29.31', readCrlDistributionPoints],
  ['2.5.29.32', readPolicies],
  ['2.5.29.35', readAuthorityKeyId],
  ['2.5.29.37', readExtendedKeyUsage],
  ['1.3.6.1.5.5.7.1.1', readAuthorityInfoAccess],
  [MOC_ACCESS_IDENTITY, readMocAccessIdentity],
  [MOC_ORIGINAL_CERTIFICATE, readMocOriginalCertificate],
  [MOC_RENEW_COUNT, readMocRenewCount],
]);
