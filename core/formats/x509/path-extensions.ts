import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import { contextTag, DerReader, readOidAt, readSmallInteger, readSmallIntegerAt, SEQUENCE } from '../der/der.ts';
import { readComparableName, readComparableNames, readDirectoryName, type GeneralName } from './general-name.ts';
import { readSubjectName, SUBJECT_ALT_NAME } from './writer.ts';

/**
 * Extensions used only in path validation. Few certificates have them, so they are read on demand and not kept in the
 * inventory. `undefined` if the certificate lacks the extension, 'malformed' if it is unreadable or occurs twice.
 */

/** Names below `base`. `isPlain` is false if the subtree limits its levels, which RFC 5280 forbids. */
export interface Subtree {
  base: GeneralName;
  isPlain: boolean;
}

export interface NameConstraints {
  permitted: readonly Subtree[];
  excluded: readonly Subtree[];
}

/** Number of certificates that may still follow before each constraint takes effect. */
export interface PolicyConstraints {
  requireExplicitPolicy?: number;
  inhibitPolicyMapping?: number;
}

export interface PolicyMapping {
  issuerDomain: string;
  subjectDomain: string;
}

interface Encoded {
  der: Uint8Array;
  facts: CertificateFacts;
}

type Read<T> = T | undefined | 'malformed';

export const NAME_CONSTRAINTS = '2.5.29.30';
const POLICY_MAPPINGS = '2.5.29.33';
const POLICY_CONSTRAINTS = '2.5.29.36';
const INHIBIT_ANY_POLICY = '2.5.29.54';

/** Lists the subject, unless it is empty, then the alternative names. */
export function readNames({ der, facts }: Encoded): GeneralName[] | 'malformed' {
  const subject = readSubjectName(der);
  const name = readDirectoryName(new DerReader(subject), 0, subject.length);
  const alternatives = readExtension({ der, facts }, SUBJECT_ALT_NAME, readGeneralNameList);
  if (name === undefined || alternatives === 'malformed') return 'malformed';
  return [...(name.path.length > 0 ? [name] : []), ...(alternatives ?? [])];
}

export function readNameConstraints(certificate: Encoded): Read<NameConstraints> {
  return readExtension(certificate, NAME_CONSTRAINTS, (reader, start, end) => {
    if (!reader.expect(SEQUENCE, start, end)) return undefined;
    const { start: from, end: to } = reader;
    const [permitted, next] = readOptional(reader, { at: from, limit: to, number: 0 }, readSubtrees) ?? [];
    if (next === undefined) return undefined;
    const [excluded, rest] = readOptional(reader, { at: next, limit: to, number: 1 }, readSubtrees) ?? [];
    return rest === to ? { permitted: permitted ?? [], excluded: excluded ?? [] } : undefined;
  });
}

export function readPolicyConstraints(certificate: Encoded): Read<PolicyConstraints> {
  return readExtension(certificate, POLICY_CONSTRAINTS, (reader, start, end) => {
    if (!reader.expect(SEQUENCE, start, end)) return undefined;
    const { start: from, end: to } = reader;
    // An empty value is malformed. Source: RFC 5280 section 4.2.1.11.
    if (from === to) return undefined;
    const found: PolicyConstraints = {};
    let at = from;
    for (const [tag, field] of [
      [0x80, 'requireExplicitPolicy'],
      [0x81, 'inhibitPolicyMapping'],
    ] as const) {
      if (!reader.hasTag(tag, at, to)) continue;
      if (!reader.read(at, to)) return undefined;
      at = reader.end;
      const value = readSmallInteger(reader, reader.start, at);
      if (value === undefined || value < 0) return undefined;
      found[field] = value;
    }
    return at === to ? found : undefined;
  });
}

export function readInhibitAnyPolicy(certificate: Encoded): Read<number> {
  return readExtension(certificate, INHIBIT_ANY_POLICY, (reader, start, end) => {
    const value = readSmallIntegerAt(reader, start, end);
    return value !== undefined && value >= 0 && reader.end === end ? value : undefined;
  });
}

export function readPolicyMappings(certificate: Encoded): Read<PolicyMapping[]> {
  return readExtension(certificate, POLICY_MAPPINGS, (reader, start, end) => {
    if (!reader.expect(SEQUENCE, start, end)) return undefined;
    const to = reader.end;
    const mappings: PolicyMapping[] = [];
    let at = reader.start;
    while (at < to) {
      if (!reader.expect(SEQUENCE, at, to)) return undefined;
      at = reader.end;
      const issuerDomain = readOidAt(reader, reader.start, at);
      const subjectDomain = readOidAt(reader, reader.end, at);
      if (issuerDomain === undefined || subjectDomain === undefined || reader.end !== at) return undefined;
      mappings.push({ issuerDomain, subjectDomain });
    }
    // At least one mapping is required. Source: RFC 5280 section 4.2.1.5.
    return mappings.length > 0 && to === end ? mappings : undefined;
  });
}

/** `read` receives the value and returns `undefined` if it is malformed. */
function readExtension<T>(
  { der, facts }: Encoded,
  oid: string,
  read: (reader: DerReader, start: number, end: number) => T | undefined,
): Read<T> {
  const [found, repeated] = facts.extensions.filter((extension) => extension.oid === oid);
  if (found === undefined) return undefined;
  if (repeated !== undefined) return 'malformed';
  return read(new DerReader(der), found.offset, found.offset + found.length) ?? 'malformed';
}

function readGeneralNameList(reader: DerReader, start: number, end: number): GeneralName[] | undefined {
  return reader.expect(SEQUENCE, start, end) && reader.end === end
    ? readComparableNames(reader, reader.start, end)
    : undefined;
}

function readOptional<T>(
  reader: DerReader,
  { at, limit, number }: { at: number; limit: number; number: number },
  read: (reader: DerReader, start: number, end: number) => T | undefined,
): [T | undefined, number] | undefined {
  if (!reader.hasTag(contextTag(number), at, limit)) return [undefined, at];
  if (!reader.read(at, limit)) return undefined;
  const { start, end } = reader;
  const value = read(reader, start, end);
  return value === undefined ? undefined : [value, end];
}

const MINIMUM = 0x80;

function readSubtrees(reader: DerReader, start: number, end: number): Subtree[] | undefined {
  const subtrees: Subtree[] = [];
  let at = start;
  while (at < end) {
    if (!reader.expect(SEQUENCE, at, end)) return undefined;
    at = reader.end;
    const base = readComparableName(reader, reader.start, at);
    if (base === undefined) return undefined;
    const isPlain = base.end === at || isMinimumZero(reader, base.end, at);
    subtrees.push({ base: base.name, isPlain });
  }
  return subtrees.length > 0 ? subtrees : undefined;
}

/** Whether the default value is encoded explicitly, which DER forbids. */
function isMinimumZero(reader: DerReader, at: number, end: number): boolean {
  return (
    reader.hasTag(MINIMUM, at, end) &&
    reader.read(at, end) &&
    reader.end === end &&
    readSmallInteger(reader, reader.start, end) === 0
  );
}
