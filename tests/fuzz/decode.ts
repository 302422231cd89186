/**
 * Mutates certificates and checks that the decoder neither throws nor hangs and that its results are consistent.
 * Options: `--mutants N` (default 200000), `--seed N` (default from the clock). Exits with 1 on a failure.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CertificateFacts } from '../../core/shared/certificates/certificate.ts';
import { parseInstant } from '../../core/shared/instant.ts';
import { formatSerial } from '../../core/shared/certificates/serial.ts';
import { decodeCertificate } from '../../core/formats/x509/certificate.ts';
import { DECODE_RULES } from '../../core/formats/x509/rules.ts';
import { issueWithOpenssl, leafCorpus, systemRoots } from '../support/certificates.ts';

/** Longer than decoding any certificate takes, and longer than a pause on a busy machine. */
const SLOW_MS = 500;
const MAX_REPORTED = 10;
const RULES: ReadonlySet<string> = new Set(DECODE_RULES);

interface Options {
  mutants: number;
  seed: number;
}

function numberAfter(flag: string, fallback: number): number {
  const at = process.argv.indexOf(flag);
  const value = at < 0 ? fallback : Number(process.argv[at + 1]);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${flag} needs a whole number`);
  return value;
}

function readOptions(): Options {
  return { mutants: numberAfter('--mutants', 200_000), seed: numberAfter('--seed', Date.now()) };
}

/** Returns a generator of whole numbers below a limit; the seed determines the sequence (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * below);
  };
}

type Random = (below: number) => number;
type Mutation = (der: Buffer, random: Random, corpus: readonly Buffer[]) => Buffer;

const LENGTH_OCTETS = ['00', '01', '7f', '80', '8101', '8180', '820001', '82ffff', '84ffffffff', 'ff'];
const TAGS = [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x13, 0x14, 0x17, 0x18, 0x1c, 0x1e, 0x1f, 0x30];
const CONTEXT_TAGS = [0x31, 0x80, 0x81, 0x82, 0x87, 0x88, 0xa0, 0xa1, 0xa3, 0xa4, 0xa5, 0xbf];

function pick<T>(list: readonly T[], random: Random): T {
  const chosen = list[random(list.length)];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
}

function setByte(der: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(der);
  copy[at] = value;
  return copy;
}

const spliceBytes = (der: Buffer, at: number, removed: number, inserted: Uint8Array): Buffer =>
  Buffer.concat([der.subarray(0, at), inserted, der.subarray(at + removed)]);

/**
 * Returns the offsets of element headers, including those inside constructed elements and inside octet strings that
 * look like constructed elements.
 */
function headers(der: Buffer): number[] {
  const found: number[] = [];
  for (let at = 0; at < der.length && found.length < 400;) {
    found.push(at);
    const first = der[at + 1] ?? 0;
    const header = first < 0x80 ? 2 : 2 + (first & 0x7f);
    const tag = der[at] ?? 0;
    const enter = (tag & 0x20) !== 0 || (tag === 0x04 && der[at + 2] === 0x30);
    at += enter || first >= 0x80 ? header : header + first;
  }
  return found;
}

const MUTATIONS: Record<string, Mutation> = {
  'bit flip': (der, random) => {
    const at = random(der.length);
    return setByte(der, at, (der[at] ?? 0) ^ (1 << random(8)));
  },
  'byte set': (der, random) => setByte(der, random(der.length), random(256)),
  'tag change': (der, random) => setByte(der, pick(headers(der), random), pick([...TAGS, ...CONTEXT_TAGS], random)),
  'length change': (der, random) => setByte(der, pick(headers(der), random) + 1, random(256)),
  'length replaced': (der, random) =>
    spliceBytes(der, pick(headers(der), random) + 1, 1, Buffer.from(pick(LENGTH_OCTETS, random), 'hex')),
  'content emptied': (der, random) => setByte(der, pick(headers(der), random) + 1, 0),
  truncation: (der, random) => der.subarray(0, random(der.length)),
  insertion: (der, random) => {
    const inserted = Buffer.from(Array.from({ length: 1 + random(8) }, () => random(256)));
    return spliceBytes(der, random(der.length), 0, inserted);
  },
  removal: (der, random) => spliceBytes(der, random(der.length), 1 + random(8), Buffer.alloc(0)),
  splice: (der, random, corpus) => {
    const other = pick(corpus, random);
    return Buffer.concat([der.subarray(0, random(der.length)), other.subarray(random(other.length))]);
  },
  'content of another': (der, random, corpus) => {
    const other = pick(corpus, random);
    const from = pick(headers(other), random);
    const length = Math.min(1 + random(64), other.length - from);
    const at = pick(headers(der), random);
    const copy = Buffer.from(der);
    other.copy(copy, at, from, from + Math.min(length, der.length - at));
    return copy;
  },
};

/** Returns a description of the first inconsistency in an accepted certificate, if any. */
function contradiction(facts: CertificateFacts, size: number): string | undefined {
  const length = facts.length ?? -1;
  if (length < 0 || length > size) return `length ${length} of ${size}`;
  const places = [facts.tbs, facts.spki, facts.signature ?? facts.tbs, ...facts.extensions];
  const outside = places.find((place) => place.offset < 0 || place.offset + place.length > length);
  if (outside !== undefined) return `range ${outside.offset}+${outside.length} outside ${length}`;
  for (const moment of [facts.notBefore, facts.notAfter]) {
    if (parseInstant(moment) !== moment) return `instant ${moment}`;
  }
  if (!/^-?([0-9a-f]{2})+$/.test(facts.serialHex)) return `serial ${facts.serialHex}`;
  if (formatSerial(facts.serialHex).hex !== facts.serialHex) return 'serial notation';
  const unknown = facts.findings.find(({ rule }) => !RULES.has(rule));
  if (unknown !== undefined) return `rule ${unknown.rule}`;
  const misplaced = facts.findings.find(({ offset }) => offset < 0 || offset > size);
  if (misplaced !== undefined) return `finding at ${misplaced.offset} of ${size}`;
  return JSON.stringify(facts).length > 200 * size + 10_000 ? 'facts out of proportion' : undefined;
}

function judge(der: Buffer, accepted: { count: number }): string | undefined {
  const before = Buffer.from(der);
  const begun = process.cpuUsage();
  try {
    const result = decodeCertificate(der);
    // Processor time excludes the time of other programs.
    const { user, system } = process.cpuUsage(begun);
    const took = (user + system) / 1_000;
    if (!der.equals(before)) return 'the input was changed';
    if (took > SLOW_MS) return `took ${took.toFixed(0)} ms`;
    if (!result.ok) {
      const { rule, offset } = result.finding;
      return RULES.has(rule) && offset >= 0 && offset <= der.length ? undefined : `${rule} at ${offset}`;
    }
    accepted.count += 1;
    return contradiction(result.certificate, der.length);
  } catch (error) {
    return `threw ${String(error)}`;
  }
}

function collectCorpus(directory: string): Buffer[] {
  const issued = issueWithOpenssl(directory).map(({ der }) => der);
  return [...issued.filter((der) => der.length < 8_000), ...systemRoots(), ...leafCorpus(16)];
}

function run({ mutants, seed }: Options): number {
  const directory = mkdtempSync(join(tmpdir(), 'decode-fuzz-'));
  const corpus = collectCorpus(directory);
  rmSync(directory, { recursive: true, force: true });
  const random = randomFrom(seed);
  const kinds = Object.entries(MUTATIONS);
  const accepted = { count: 0 };
  const failures: string[] = [];
  const start = performance.now();
  for (let i = 0; i < mutants; i += 1) {
    let der = pick(corpus, random);
    let names = '';
    for (let changes = 1 + random(3); changes > 0 && der.length > 0; changes -= 1) {
      const [name, mutate] = pick(kinds, random);
      der = mutate(der, random, corpus);
      names += ` ${name};`;
    }
    const wrong = judge(der, accepted);
    if (wrong !== undefined) failures.push(`${wrong} [${names} ] ${der.toString('hex')}`);
  }
  const seconds = (performance.now() - start) / 1_000;
  console.log(`decode fuzz: ${mutants} mutants of ${corpus.length} certificates, seed ${seed}`);
  console.log(`  accepted ${accepted.count}, refused ${mutants - accepted.count - failures.length}`);
  console.log(`  failures ${failures.length}, ${seconds.toFixed(1)} s`);
  for (const failure of failures.slice(0, MAX_REPORTED)) console.log(`  ${failure}`);
  return failures.length === 0 ? 0 : 1;
}

process.exitCode = run(readOptions());
