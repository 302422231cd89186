import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeCrl } from '../../../../core/formats/x509/crl.ts';
import type { CrlFacts } from '../../../../core/shared/certificates/crl.ts';
import {
  bits,
  boolean,
  commonName,
  ECDSA_SHA256,
  element,
  extension,
  encodeGeneralizedTime,
  integer,
  octets,
  oid,
  sequence,
  text,
  utcTime,
} from '../../../support/certificates.ts';
import { openssl } from '../../../support/openssl.ts';
import { measureCost } from '../../../support/cost.ts';

interface Parts {
  version?: Buffer;
  issuer?: Buffer;
  thisUpdate?: Buffer;
  nextUpdate?: Buffer;
  entries?: Buffer[];
  extensions?: Buffer[];
  algorithm?: Buffer;
  outerAlgorithm?: Buffer;
}

const NONE = Buffer.alloc(0);

/** Makes a CRL from these parts with a made-up signature, independently of the engine's writer. */
function makeCrl(parts: Parts = {}): Buffer {
  const algorithm = parts.algorithm ?? ECDSA_SHA256;
  const signed = sequence(
    parts.version ?? integer('01'),
    algorithm,
    parts.issuer ?? commonName('issuer'),
    parts.thisUpdate ?? utcTime('261124120000Z'),
    parts.nextUpdate ?? utcTime('261201120000Z'),
    parts.entries === undefined ? NONE : sequence(...parts.entries),
    parts.extensions === undefined ? NONE : element(0xa0, sequence(...parts.extensions)),
  );
  return sequence(signed, parts.outerAlgorithm ?? algorithm, bits(Buffer.alloc(70, 9)));
}

function anEntry(serial: string, ...extensions: Buffer[]): Buffer {
  const list = extensions.length === 0 ? NONE : sequence(...extensions);
  return sequence(integer(serial), utcTime('261120000000Z'), list);
}

function read(der: Uint8Array): CrlFacts {
  const result = decodeCrl(der);
  if (!result.ok) throw new Error(JSON.stringify(result.finding));
  return result.crl;
}

const REASON = '2.5.29.21';
const INVALIDITY = '2.5.29.24';
const CRL_NUMBER = '2.5.29.20';
const reason = (value: number): Buffer => element(0x0a, Buffer.from([value]));

describe('a CRL from openssl', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'arcwarden-'));
    const config = join(folder, 'ca.cnf');
    const database = join(folder, 'index.txt');
    const file = (name: string) => join(folder, name);
    writeFileSync(
      config,
      `[ca]\ndefault_ca=d\n[d]\ndatabase=${database}\ndefault_md=sha384\ncrl_extensions=e\ncrlnumber=${file('number')}\n` +
        '[e]\nauthorityKeyIdentifier=keyid:always\n[req]\ndistinguished_name=n\n[n]\n[v3]\nsubjectKeyIdentifier=hash\nbasicConstraints=critical,CA:true\n',
    );
    writeFileSync(file('number'), '80\n');
    writeFileSync(
      database,
      [
        'R\t300101000000Z\t260102030405Z\t00F1\tunknown\t/CN=a',
        'R\t300101000000Z\t260102030405Z,keyCompromise\t7F\tunknown\t/CN=b',
        'R\t300101000000Z\t260102030405Z,keyTime,20251231000000Z\t77FDF4B1033B387AAACE6CE1C18710C2\tunknown\t/CN=c',
        '',
      ].join('\n'),
    );
    const pair = ['-keyout', file('ca.key'), '-out', file('ca.pem')];
    openssl(
      ...['req', '-x509', '-config', config, '-extensions', 'v3', '-newkey', 'ec', '-nodes'],
      ...['-pkeyopt', 'ec_paramgen_curve:P-384', '-subj', '/O=Example, Inc./CN=ca', ...pair],
    );
    openssl(
      ...['ca', '-gencrl', '-config', config, '-keyfile', file('ca.key'), '-cert', file('ca.pem')],
      ...['-crl_lastupdate', '20261124120000Z', '-crl_nextupdate', '20500101000000Z'],
      ...['-out', file('crl.pem')],
    );
    openssl('crl', '-in', file('crl.pem'), '-outform', 'DER', '-out', file('crl.der'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('has the contents that openssl was told to write', () => {
    const der = readFileSync(join(folder, 'crl.der'));
    const keyId = execFileSync(
      'openssl',
      ['x509', '-in', join(folder, 'ca.pem'), '-noout', '-ext', 'subjectKeyIdentifier'],
      { encoding: 'utf8' },
    );
    const crl = read(der);
    expect(crl).toMatchObject({
      version: 2,
      signatureAlgorithm: { name: 'ecdsa-with-SHA384' },
      issuer: { text: 'CN=ca,O=Example\\, Inc.' },
      thisUpdate: '2026-11-24T12:00:00Z',
      nextUpdate: '2050-01-01T00:00:00Z',
      numberHex: '80',
      authorityKeyId: { keyId: /[0-9A-F:]{59}/u.exec(keyId)?.[0].replaceAll(':', '').toLowerCase() },
      length: der.length,
      notUnderstood: [],
      findings: [],
    });
    const revokedAt = '2026-01-02T03:04:05Z';
    expect(crl.entries).toEqual([
      { serialHex: '7f', revokedAt, reason: 'keyCompromise' },
      { serialHex: 'f1', revokedAt },
      {
        serialHex: '77fdf4b1033b387aaace6ce1c18710c2',
        revokedAt,
        reason: 'keyCompromise',
        invalidityDate: '2025-12-31T00:00:00Z',
      },
    ]);
    expect(der[crl.tbs.offset]).toBe(0x30);
    expect(crl.signature.offset + crl.signature.length).toBe(der.length);
  });
});

test.each<[string, Parts, string]>([
  ['a version above 2', { version: integer('02') }, 'crl.version'],
  ['a missing nextUpdate', { nextUpdate: NONE }, 'crl.no-next-update'],
  ['a nextUpdate before thisUpdate', { nextUpdate: utcTime('261101000000Z') }, 'crl.dates-reversed'],
  [
    'extensions in version 1',
    { version: NONE, extensions: [extension(CRL_NUMBER, integer('01'))] },
    'crl.extensions-version',
  ],
  [
    'a different algorithm outside',
    { outerAlgorithm: sequence(oid('1.3.101.112')) },
    'der.signature-algorithm-mismatch',
  ],
  ['an empty list', { entries: [] }, 'der.empty-list'],
  ['an issuer without a name', { issuer: sequence() }, 'der.empty-issuer'],
  [
    'a reason that does not exist',
    { entries: [anEntry('01', extension(REASON, reason(7)))] },
    'der.malformed-extension',
  ],
  [
    'a date of another type',
    { entries: [anEntry('01', extension(INVALIDITY, utcTime('261120000000Z')))] },
    'der.malformed-extension',
  ],
  ['a negative number', { extensions: [extension(CRL_NUMBER, integer('ff'))] }, 'der.malformed-extension'],
])('%s is reported, and the rest of the CRL is read', (_, parts, rule) => {
  const crl = read(makeCrl(parts));
  expect(crl.findings.map((finding) => finding.rule)).toContain(rule);
  expect(crl.issuer).toBeDefined();
  if (parts.entries !== undefined) expect(crl.entries).toHaveLength(parts.entries.length);
});

test.each<[string, Parts, string[]]>([
  ['an unknown critical extension', { extensions: [extension('1.2.3', octets(), true)] }, ['1.2.3']],
  ['an unknown extension', { extensions: [extension('1.2.3', octets())] }, []],
  // Next, a delta CRL and a CRL for only some certificates, whose extensions must be critical.
  ['a delta CRL’s mark', { extensions: [extension('2.5.29.27', integer('01'), true)] }, ['2.5.29.27']],
  ['a narrower scope', { extensions: [extension('2.5.29.28', sequence(), true)] }, ['2.5.29.28']],
  ['a critical CRL number', { extensions: [extension(CRL_NUMBER, integer('01'), true)] }, []],
  ['an invalid CRL number', { extensions: [extension(CRL_NUMBER, sequence())] }, [CRL_NUMBER]],
  [
    'the same extension twice',
    { extensions: [extension(CRL_NUMBER, integer('01')), extension(CRL_NUMBER, integer('02'))] },
    [CRL_NUMBER],
  ],
  // An indirect CRL, whose entry belongs to another issuer.
  [
    'a critical extension of an entry',
    { entries: [anEntry('01', extension('2.5.29.29', sequence(), true)), anEntry('02')] },
    ['2.5.29.29'],
  ],
  ['a critical reason', { entries: [anEntry('01', extension(REASON, reason(1), true))] }, []],
])('the decoder lists what it does not understand in a CRL with %s', (_, parts, notUnderstood) => {
  expect(read(makeCrl(parts)).notUnderstood).toEqual(notUnderstood);
});

test.each<[string, Buffer, string]>([
  ['nothing', NONE, 'der.empty'],
  ['a text', Buffer.from('-----BEGIN X509 CRL-----'), 'der.unexpected-tag'],
  ['an empty list', sequence(), 'der.missing-element'],
  ['an impossible date', makeCrl({ thisUpdate: utcTime('261324120000Z') }), 'der.time-invalid'],
  ['an entry without a date', makeCrl({ entries: [sequence(integer('01'))] }), 'der.missing-element'],
  ['an entry without a serial number', makeCrl({ entries: [sequence(boolean(0))] }), 'der.unexpected-tag'],
  ['an entry of another type', makeCrl({ entries: [integer('01')] }), 'der.unexpected-tag'],
  ['an excessive serial number', makeCrl({ entries: [anEntry('01'.repeat(2_000))] }), 'der.serial-too-long'],
  ['an extension of another type', makeCrl({ extensions: [integer('01')] }), 'der.unexpected-tag'],
  [
    'too many extensions',
    makeCrl({ extensions: Array.from({ length: 65 }, (_, index) => extension(`1.2.${index}`, octets())) }),
    'der.extension-list',
  ],
])('%s is not accepted as a CRL', (_, der, rule) => {
  expect(decodeCrl(der)).toMatchObject({ ok: false, finding: { rule } });
});

test('dates after 2049 are read, and data after the CRL is not part of it', () => {
  const der = makeCrl({ nextUpdate: encodeGeneralizedTime('20510101000000Z') });
  const crl = read(Buffer.concat([der, text(0x0c, 'more')]));
  expect(crl).toMatchObject({ nextUpdate: '2051-01-01T00:00:00Z', length: der.length });
  expect(crl.findings.map(({ rule }) => rule)).toEqual(['der.trailing-data']);
});

const FULL = makeCrl({
  entries: [
    anEntry('01', extension(REASON, reason(1)), extension(INVALIDITY, encodeGeneralizedTime('20261101000000Z'))),
    anEntry('00ff'),
  ],
  extensions: [
    extension(CRL_NUMBER, integer('05')),
    extension('2.5.29.35', sequence(element(0x80, Buffer.alloc(20, 3)))),
  ],
});

test('a CRL is refused wherever it is truncated', () => {
  expect(read(FULL).findings).toEqual([]);
  for (let length = 0; length < FULL.length; length += 1) expect(decodeCrl(FULL.subarray(0, length)).ok).toBe(false);
});

test('a CRL with changed bytes is refused or read within its bounds', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(FULL.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 }), (changes) => {
      const der = Buffer.from(FULL);
      for (const [at, value] of changes) der[at] = value;
      const result = decodeCrl(der);
      if (!result.ok) return;
      const { tbs, signature, extensions } = result.crl;
      for (const { offset, length } of [tbs, signature, ...extensions])
        expect(offset + length).toBeLessThanOrEqual(der.length);
    }),
    { numRuns: 500 },
  );
});

test('arbitrary bytes never make the reader throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(decodeCrl(bytes).ok).toBe(false);
      void decodeCrl(sequence(sequence(bytes), ECDSA_SHA256, bits(bytes)));
    }),
    { numRuns: 500 },
  );
});

test('a CRL with sixty thousand faulty entries is read quickly', () => {
  const broken = anEntry('01', extension(REASON, reason(99), true), extension('1.2.3', octets(), true));
  const count = 60_000;
  const der = makeCrl({ entries: new Array<Buffer>(count).fill(broken) });
  const cost = measureCost(() => {
    const crl = read(der);
    expect(crl.entries).toHaveLength(count);
    expect(crl.notUnderstood).toEqual([REASON, '1.2.3']);
    expect(crl.findings.length).toBeLessThan(110);
  });
  // Quadratic growth would take many seconds.
  expect(cost).toBeLessThan(3_000);
});
