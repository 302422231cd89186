import type { DecodeFinding } from '../../shared/certificates/certificate.ts';
import type { CrlFacts, CrlResult } from '../../shared/certificates/crl.ts';
import { readCrlEntries } from './crl-entries.ts';
import { readCrlExtensions } from './crl-extensions.ts';
import type { CrlRule } from './crl-rules.ts';
import {
  contextTag,
  GENERALIZED_TIME,
  INTEGER,
  readSmallIntegerAt,
  SEQUENCE,
  UTC_TIME,
  type DerReader,
} from '../der/der.ts';
import { readName } from './names.ts';
import { readRepeatedSignature, readSignedObject, readSigner, type SignedPart } from './signed-object.ts';
import { readTime } from './time.ts';

const VERSION_2 = 2;
const EXTENSIONS = contextTag(0);

/**
 * Decodes one DER CRL. Never throws; takes time linear in its length. `ok: false` if issuer, dates, entries or
 * signature cannot be read; other violations are in `findings`. Verifies nothing. Source: RFC 5280 section 5, X.690.
 */
export function decodeCrl(der: Uint8Array): CrlResult {
  const reading = readSignedObject(der, { readContent: readSignedPart, readSignature: readRepeatedSignature });
  if (!reading.ok) return reading;
  const { facts, own } = reading.signed;
  return { ok: true, crl: { ...facts, findings: [...own, ...facts.findings] } };
}

interface SignedCrl extends SignedPart<CrlFacts> {
  own: DecodeFinding[];
}

function readSignedPart(reader: DerReader, tbsAt: number): SignedCrl | undefined {
  const tbsEnd = reader.end;
  const own: DecodeFinding[] = [];
  const note = (rule: CrlRule, offset: number, params?: DecodeFinding['params']): void => {
    own.push({ rule, offset, params });
  };
  const version = readVersion(reader, reader.start, tbsEnd);
  if (version === undefined) return undefined;
  if (version.value > VERSION_2) note('crl.version', reader.start, { version: version.value });
  const signer = readSigner(reader, version.end, tbsEnd, readName);
  if (signer === undefined) return undefined;
  const { signatureAlgorithm, issuer } = signer;
  const dates = readDates(reader, reader.end, tbsEnd);
  if (dates === undefined) return undefined;
  const { thisUpdate, nextUpdate } = dates;
  if (nextUpdate === undefined) note('crl.no-next-update', dates.end);
  else if (nextUpdate < thisUpdate) note('crl.dates-reversed', dates.end, { thisUpdate, nextUpdate });
  const facts: CrlFacts = {
    version: version.value,
    signatureAlgorithm,
    issuer,
    thisUpdate,
    nextUpdate,
    entries: [],
    extensions: [],
    notUnderstood: [],
    tbs: reader.makeRange(tbsAt, tbsEnd),
    signature: { offset: 0, length: 0 },
    length: 0,
    findings: [],
  };
  if (!readListAndExtensions(reader, dates.end, tbsEnd, facts)) return undefined;
  const hasExtensions = facts.extensions.length > 0;
  if (hasExtensions && facts.version < VERSION_2) note('crl.extensions-version', tbsAt);
  return { ...signer, facts, own };
}

/** Returns the version counted from 1; 1 if absent. Source: RFC 5280 section 5.1.2.1. */
function readVersion(reader: DerReader, at: number, limit: number): { value: number; end: number } | undefined {
  if (!reader.hasTag(INTEGER, at, limit)) return { value: 1, end: at };
  const encoded = readSmallIntegerAt(reader, at, limit);
  return encoded === undefined ? undefined : { value: encoded + 1, end: reader.end };
}

type Dates = Pick<CrlFacts, 'thisUpdate' | 'nextUpdate'> & { end: number };

function readDates(reader: DerReader, at: number, limit: number): Dates | undefined {
  const thisUpdate = readTime(reader, at, limit);
  if (thisUpdate === undefined) return undefined;
  const next = reader.end;
  const isTime = reader.hasTag(UTC_TIME, next, limit) || reader.hasTag(GENERALIZED_TIME, next, limit);
  if (!isTime) return { thisUpdate, end: next };
  const nextUpdate = readTime(reader, next, limit);
  return nextUpdate === undefined ? undefined : { thisUpdate, nextUpdate, end: reader.end };
}

/** Refuses an incomplete list, since certificates in its missing entries would count as not revoked. */
function readListAndExtensions(reader: DerReader, at: number, limit: number, facts: CrlFacts): boolean {
  let next = at;
  if (reader.hasTag(SEQUENCE, next, limit)) {
    if (!reader.read(next, limit)) return false;
    next = reader.end;
    if (!readCrlEntries(reader, reader.start, next, facts)) return false;
  }
  if (reader.hasTag(EXTENSIONS, next, limit)) {
    if (!reader.read(next, limit)) return false;
    next = reader.end;
    if (!reader.expectLast(SEQUENCE, reader.start, next)) return false;
    if (!readCrlExtensions(reader, reader.start, reader.end, facts)) return false;
  }
  reader.finish(next, limit);
  return true;
}
