import { describe, expect, test } from 'vitest';
import type { CertificateFacts, DecodeFinding } from '../../../../core/shared/certificates/certificate.ts';
import { decodeCertificate } from '../../../../core/formats/x509/certificate.ts';
import { DECODE_RULES } from '../../../../core/formats/x509/rules.ts';
import {
  buildCertificate,
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
  P256_KEY,
  relativeName,
  sequence,
  text,
  utcTime,
  VERSION_3,
  type CertificateParts,
} from '../../../support/certificates.ts';
import { measureCost } from '../../../support/cost.ts';

function decodeParts(parts: CertificateParts): CertificateFacts {
  const result = decodeCertificate(buildCertificate(parts));
  if (!result.ok) throw new Error(JSON.stringify(result.finding));
  return result.certificate;
}

const decodeExtensions = (...extensions: Buffer[]): CertificateFacts => decodeParts({ extensions });
const listRules = (facts: CertificateFacts): string[] => facts.findings.map(({ rule }) => rule);

/** Builds a subject whose common name is the given element. */
const subject = (value: Buffer): CertificateParts => ({ subject: sequence(relativeName('2.5.4.3', value)) });
const period = (notBefore: Buffer, notAfter: Buffer): CertificateParts => ({ validity: sequence(notBefore, notAfter) });
const FROM = utcTime('260101000000Z');
const UNTIL = utcTime('260105000000Z');

const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';
const ALT_NAMES = '2.5.29.17';
const PLAIN = buildCertificate();

test('an ordinary certificate is read without findings', () => {
  expect(decodeParts({})).toEqual({
    version: 3,
    serialHex: '1234',
    signatureAlgorithm: { oid: '1.2.840.10045.4.3.2', name: 'ecdsa-with-SHA256' },
    issuer: {
      cn: 'issuer',
      o: [],
      ou: [],
      text: 'CN=issuer',
      attributes: [{ oid: '2.5.4.3', name: 'CN', value: 'issuer' }],
    },
    subject: {
      cn: 'subject',
      o: [],
      ou: [],
      text: 'CN=subject',
      attributes: [{ oid: '2.5.4.3', name: 'CN', value: 'subject' }],
    },
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2026-01-05T00:00:00Z',
    key: { algorithm: 'EC', oid: '1.2.840.10045.2.1', bits: 256, curve: 'P-256' },
    sans: { dns: [], ip: [], email: [], uri: [], directory: [], registeredId: [], other: [] },
    keyUsage: [],
    extendedKeyUsage: [],
    isCa: false,
    policies: [],
    crlUrls: [],
    ocspUrls: [],
    caIssuerUrls: [],
    extensions: [],
    tbs: { offset: 4, length: PLAIN.length - 4 - ECDSA_SHA256.length - 73 },
    spki: { offset: PLAIN.indexOf(P256_KEY), length: P256_KEY.length },
    signature: { offset: PLAIN.length - 70, length: 70 },
    length: PLAIN.length,
    findings: [],
  });
});

test('the decoder leaves its input unchanged', () => {
  const extensions = [extension('1.2.3.4.5', octets())];
  const der = buildCertificate({ serial: integer('d4c6'), extensions });
  const before = Buffer.from(der);
  const first = decodeCertificate(der);
  expect(der.equals(before)).toBe(true);
  expect(first).toMatchObject({ ok: true, certificate: { serialHex: '-2b3a' } });
  der.fill(0);
  expect(decodeCertificate(before)).toEqual(first);
});

/** For each rule, an input that breaks it. */
const OFFENCES: Record<(typeof DECODE_RULES)[number], Uint8Array> = {
  'der.empty': Buffer.alloc(0),
  'der.truncated': PLAIN.subarray(0, -1),
  'der.overrun': Buffer.from('3003300502', 'hex'),
  'der.missing-element': sequence(sequence(VERSION_3)),
  'der.unexpected-tag': Buffer.from('-----BEGIN CERTIFICATE-----'),
  'der.high-tag-number': Buffer.from('bf812000', 'hex'),
  'der.indefinite-length': Buffer.from('30800000', 'hex'),
  'der.length-too-large': Buffer.from('3085ffffffffff', 'hex'),
  'der.non-minimal-length': buildCertificate({ serial: Buffer.from('02810111', 'hex') }),
  'der.trailing-bytes': buildCertificate({ validity: sequence(FROM, UNTIL, integer('01')) }),
  'der.trailing-data': Buffer.concat([PLAIN, Buffer.from('\n')]),
  'der.boolean-value': buildCertificate({ extensions: [extension(BASIC_CONSTRAINTS, sequence(boolean(1)))] }),
  'der.empty-integer': buildCertificate({ serial: integer('') }),
  'der.non-minimal-integer': buildCertificate({ serial: integer('0001') }),
  'der.integer-range': buildCertificate({ version: element(0xa0, integer('ff')) }),
  'der.bad-oid': buildCertificate({ algorithm: sequence(Buffer.from('0600', 'hex')) }),
  'der.bit-string': buildCertificate({ signature: element(0x03) }),
  'der.default-encoded': buildCertificate({ version: element(0xa0, integer('00')) }),
  'der.empty-list': buildCertificate({ extensions: [] }),
  'der.string-invalid': buildCertificate(subject(text(0x0c, '\xff', 'latin1'))),
  'der.string-characters': buildCertificate(subject(text(0x13, 'a@b'))),
  'der.embedded-nul': buildCertificate(subject(text(0x0c, 'good.test\0.evil.test'))),
  'der.control-character': buildCertificate(subject(text(0x0c, 'a\nb'))),
  'der.version': buildCertificate({ version: element(0xa0, integer('03')) }),
  'der.serial-not-positive': buildCertificate({ serial: integer('80') }),
  'der.serial-too-long': buildCertificate({ serial: integer('11'.repeat(21)) }),
  'der.signature-algorithm-mismatch': buildCertificate({ outerAlgorithm: sequence(oid('1.2.840.10045.4.3.3')) }),
  'der.empty-issuer': buildCertificate({ issuer: sequence() }),
  'der.name-value-type': buildCertificate(subject(integer('01'))),
  'der.time-invalid': buildCertificate(period(FROM, utcTime('260230000000Z'))),
  'der.time-form': buildCertificate(period(FROM, utcTime('2601050000Z'))),
  'der.time-type': buildCertificate(period(FROM, encodeGeneralizedTime('20491231235959Z'))),
  'der.validity-reversed': buildCertificate(period(UNTIL, FROM)),
  'der.public-key': buildCertificate({
    key: sequence(sequence(oid('1.2.840.113549.1.1.1')), bits(sequence(integer('11')))),
  }),
  'der.explicit-curve': buildCertificate({
    key: sequence(
      sequence(oid('1.2.840.10045.2.1'), sequence(integer('01'), sequence(oid('1.2.840.10045.1.1'), integer('0083')))),
      bits(Buffer.alloc(3)),
    ),
  }),
  'der.extensions-version': buildCertificate({
    version: Buffer.alloc(0),
    extensions: [extension(BASIC_CONSTRAINTS, sequence())],
  }),
  'der.extension-list': buildCertificate({ extensions: [octets()] }),
  'der.malformed-extension': buildCertificate({ extensions: [extension(KEY_USAGE, octets())] }),
  'der.duplicate-extension': buildCertificate({
    extensions: [extension(BASIC_CONSTRAINTS, sequence()), extension(BASIC_CONSTRAINTS, sequence(boolean(0xff)))],
  }),
  'der.unknown-critical': buildCertificate({ extensions: [extension('1.2.3.4', octets(), true)] }),
  'der.ip-length': buildCertificate({ extensions: [extension(ALT_NAMES, sequence(element(0x87, Buffer.alloc(5))))] }),
  'der.path-length-without-ca': buildCertificate({
    extensions: [extension(BASIC_CONSTRAINTS, sequence(integer('00')))],
  }),
  'der.more-findings': buildCertificate({
    extensions: Array.from({ length: 120 }, () => extension('1.2.3.4', octets())),
  }),
};

const UNREADABLE: readonly string[] = [
  ...['der.empty', 'der.truncated', 'der.overrun', 'der.missing-element', 'der.unexpected-tag'],
  ...['der.high-tag-number', 'der.indefinite-length', 'der.length-too-large', 'der.empty-integer'],
  ...['der.integer-range', 'der.bad-oid', 'der.bit-string', 'der.time-invalid'],
];

test.each(DECODE_RULES)('%s is reported, and the certificate is still read if possible', (rule) => {
  const result = decodeCertificate(OFFENCES[rule]);
  expect(result.ok).toBe(!UNREADABLE.includes(rule));
  const findings: DecodeFinding[] = result.ok ? result.certificate.findings : [result.finding];
  expect(findings.map((finding) => finding.rule)).toContain(rule);
});

test('every finding has an offset within the input', () => {
  for (const der of Object.values(OFFENCES)) {
    const result = decodeCertificate(der);
    const findings = result.ok ? result.certificate.findings : [result.finding];
    for (const { offset } of findings) {
      expect(offset).toBeGreaterThanOrEqual(0);
      expect(offset).toBeLessThanOrEqual(der.length);
    }
  }
});

test('a certificate is read only up to its own length, even if more data follows', () => {
  const result = decodeCertificate(Buffer.concat([PLAIN, Buffer.alloc(7, 0x30)]));
  expect(result.ok && result.certificate.length).toBe(PLAIN.length);
  expect(result.ok && result.certificate.findings).toEqual([
    { rule: 'der.trailing-data', offset: PLAIN.length, params: { bytes: 7 } },
  ]);
});

describe('hostile input', () => {
  test('with a hundred thousand nested sequences is refused immediately, or read if they are inside an extension', () => {
    const depth = 100_000;
    const nested = Buffer.alloc(depth * 6);
    for (let i = 0; i < depth; i += 1) {
      nested.set([0x30, 0x84], i * 6);
      nested.writeUInt32BE((depth - i - 1) * 6, i * 6 + 2);
    }
    expect(decodeCertificate(nested)).toMatchObject({ ok: false });
    const inside = buildCertificate({ extensions: [extension(ALT_NAMES, nested)] });
    expect(decodeCertificate(inside)).toMatchObject({ ok: true });
  });

  test('is refused if a serial number has 1025 bytes, but read with a finding if it has 1024', () => {
    expect(decodeCertificate(buildCertificate({ serial: integer('11'.repeat(1025)) }))).toMatchObject({
      ok: false,
      finding: { rule: 'der.serial-too-long', params: { bytes: 1025 } },
    });
    expect(listRules(decodeParts({ serial: integer('11'.repeat(1024)) }))).toEqual(['der.serial-too-long']);
    expect(listRules(decodeParts({ serial: integer('11'.repeat(20)) }))).toEqual([]);
  });

  test('is read in linear time, even with fifty thousand different extensions', () => {
    const extensions = Array.from({ length: 50_000 }, (_, i) => extension(`1.2.3.${i}`, octets()));
    const der = buildCertificate({ extensions });
    const cost = measureCost(() => {
      const result = decodeCertificate(der);
      expect(result.ok && result.certificate.extensions).toHaveLength(50_000);
    });
    expect(cost).toBeLessThan(1_000);
  });
});

describe('the validity period', () => {
  test.each([
    ['1950, the first year of UTCTime', utcTime('500101000000Z'), '1950-01-01T00:00:00Z', []],
    ['2049, its last', utcTime('491231235959Z'), '2049-12-31T23:59:59Z', []],
    ['1999', utcTime('991231235959Z'), '1999-12-31T23:59:59Z', []],
    ['29 February 2000', utcTime('000229000000Z'), '2000-02-29T00:00:00Z', []],
    ['2050 as GeneralizedTime', encodeGeneralizedTime('20500101000000Z'), '2050-01-01T00:00:00Z', []],
    ['no expiry', encodeGeneralizedTime('99991231235959Z'), '9999-12-31T23:59:59Z', []],
    ['year 0000', encodeGeneralizedTime('00000101000000Z'), '0000-01-01T00:00:00Z', []],
    ['1949', encodeGeneralizedTime('19491231235959Z'), '1949-12-31T23:59:59Z', []],
    ['1950 as GeneralizedTime', encodeGeneralizedTime('19500101000000Z'), '1950-01-01T00:00:00Z', ['der.time-type']],
    ['an offset', utcTime('260105013000+0130'), '2026-01-05T00:00:00Z', ['der.time-form']],
    ['an offset over midnight', utcTime('2601042330-0030'), '2026-01-05T00:00:00Z', ['der.time-form']],
    ['a fraction', encodeGeneralizedTime('20600105000000.999Z'), '2060-01-05T00:00:00Z', ['der.time-form']],
    ['no minutes', encodeGeneralizedTime('2060010500Z'), '2060-01-05T00:00:00Z', ['der.time-form']],
  ])('with %s is read', (_, time, expected, rules) => {
    const facts = decodeParts(period(time, encodeGeneralizedTime('99991231235959Z')));
    expect(facts.notBefore).toBe(expected);
    expect(listRules(facts)).toEqual(rules);
  });

  test.each([
    '260230000000Z',
    '250229000000Z',
    '261301000000Z',
    '260001000000Z',
    '260100000000Z',
    '260101240000Z',
    '260101006000Z',
    '260101000060Z',
    '26010100000Z',
    '2601010000',
    '260101000000',
    '26010100000aZ',
    '260101 00000Z',
    '260101000000+2400',
    '260101000000+0060',
    '-60101000000Z',
    '',
    'Z',
    '2'.repeat(200),
  ])('with %j as UTCTime is refused', (value) => {
    expect(decodeCertificate(buildCertificate(period(utcTime(value), UNTIL)))).toMatchObject({
      ok: false,
      finding: { rule: 'der.time-invalid' },
    });
  });

  test.each(['19000229000000Z', '99991231235959-0001', '00000101000000+0001', '20260101000000'])(
    'with %j as GeneralizedTime is refused',
    (value) => {
      const result = decodeCertificate(buildCertificate(period(encodeGeneralizedTime(value), UNTIL)));
      expect(result).toMatchObject({ ok: false, finding: { rule: 'der.time-invalid' } });
    },
  );

  test('with a value that is neither a UTCTime nor a GeneralizedTime is refused', () => {
    expect(decodeCertificate(buildCertificate(period(integer('01'), UNTIL)))).toMatchObject({
      finding: { rule: 'der.unexpected-tag', params: { expected: 'UTCTime', found: 'INTEGER' } },
    });
  });
});

describe('the serial number', () => {
  test.each([
    ['00', '00', ['der.serial-not-positive']],
    ['80', '-80', ['der.serial-not-positive']],
    ['ff', '-01', ['der.serial-not-positive']],
    ['0080', '80', []],
    ['7fffffffffffffff', '7fffffffffffffff', []],
    [`7f${'ff'.repeat(19)}`, `7f${'ff'.repeat(19)}`, []],
    [`00${'ff'.repeat(20)}`, 'ff'.repeat(20), ['der.serial-too-long']],
  ])('%s is read as %s', (content, expected, rules) => {
    const facts = decodeParts({ serial: integer(content) });
    expect(facts.serialHex).toBe(expected);
    expect(listRules(facts)).toEqual(rules);
  });
});

describe('the version', () => {
  test.each([
    ['absent', Buffer.alloc(0), 1],
    ['v2', element(0xa0, integer('01')), 2],
    ['v3', VERSION_3, 3],
  ])('%s is read as version %s', (_, version, expected) => {
    expect(decodeParts({ version })).toMatchObject({ version: expected, findings: [] });
  });

  test('2 allows unique identifiers, which are ignored', () => {
    const identifiers = Buffer.concat([element(0x81, Buffer.from([0, 1])), element(0x82, Buffer.from([0, 2]))]);
    const facts = decodeParts({ identifiers, extensions: [extension(KEY_USAGE, bits(Buffer.from([0x80]), 7))] });
    expect(facts).toMatchObject({ keyUsage: ['digitalSignature'], findings: [] });
  });
});

describe('the key', () => {
  const decodeKey = (algorithm: Buffer, key: Buffer = Buffer.alloc(4)): CertificateFacts =>
    decodeParts({ key: sequence(algorithm, bits(key)) });

  test.each([
    ['1.3.101.110', 'X25519', 255],
    ['1.3.101.113', 'Ed448', 448],
    ['2.16.840.1.101.3.4.3.17', 'ML-DSA-44', undefined],
    ['2.16.840.1.101.3.4.3.19', 'ML-DSA-87', undefined],
    ['2.16.840.1.101.3.4.3.31', 'SLH-DSA-SHAKE-256f', undefined],
    ['2.16.840.1.101.3.4.4.2', 'ML-KEM-768', undefined],
    ['1.2.3.4.5', '1.2.3.4.5', undefined],
  ])('%s is called %s', (type, algorithm, size) => {
    const facts = decodeKey(sequence(oid(type)));
    expect(facts.key).toEqual({ algorithm, oid: type, ...(size === undefined ? {} : { bits: size }) });
    expect(facts.findings).toEqual([]);
  });

  test('on an unknown curve is described by the OID of the curve, without a size', () => {
    const { key } = decodeKey(sequence(oid('1.2.840.10045.2.1'), oid('1.2.3.4')));
    expect(key).toEqual({ algorithm: 'EC', oid: '1.2.840.10045.2.1', curve: '1.2.3.4' });
  });

  test('on an explicit curve over a binary field has the field’s degree as its size', () => {
    const field = sequence(oid('1.2.840.10045.1.2'), sequence(integer('00a3')));
    const { key } = decodeKey(sequence(oid('1.2.840.10045.2.1'), sequence(integer('01'), field)));
    expect(key.bits).toBe(163);
  });

  test.each([
    ['an RSA key that is not a sequence', '1.2.840.113549.1.1.1', Buffer.from('0400', 'hex')],
    ['an RSA modulus of zero', '1.2.840.113549.1.1.1', sequence(integer('00'), integer('03'))],
    ['a negative RSA modulus', '1.2.840.113549.1.1.1', sequence(integer('ff'), integer('03'))],
    ['an EC key without a curve', '1.2.840.10045.2.1', Buffer.from('04', 'hex')],
  ])('%s causes a finding and does not hide other values', (_, type, key) => {
    const facts = decodeKey(sequence(oid(type)), key);
    expect(facts.key.bits).toBeUndefined();
    expect(listRules(facts)).toContain('der.public-key');
  });

  test('has the size of its modulus if the key is RSA', () => {
    const modulus = integer(`00${'ff'.repeat(128)}`);
    const { key } = decodeKey(sequence(oid('1.2.840.113549.1.1.1')), sequence(modulus, integer('03')));
    expect(key).toMatchObject({ algorithm: 'RSA', bits: 1024 });
  });
});

test('an RSASSA-PSS signature uses SHA-1 if its parameters name no digest', () => {
  const algorithm = sequence(oid('1.2.840.113549.1.1.10'), sequence());
  expect(decodeParts({ algorithm }).signatureAlgorithm).toEqual({
    oid: '1.2.840.113549.1.1.10',
    name: 'RSASSA-PSS',
    hash: 'SHA-1',
  });
});

test('a certificate with invalid signature parameters is read with a finding', () => {
  const cut = sequence(oid('1.2.840.10045.4.3.2'), Buffer.from('0540', 'hex'));
  const facts = decodeParts({ algorithm: cut });
  expect(facts.signatureAlgorithm.name).toBe('ecdsa-with-SHA256');
  expect(listRules(facts)).toEqual(['der.overrun', 'der.overrun']);
});

describe('extensions', () => {
  test('are listed with their position, even if they are unknown', () => {
    const value = Buffer.from('abcd', 'hex');
    const der = buildCertificate({ extensions: [extension('1.2.3.4', value)] });
    const result = decodeCertificate(der);
    expect(result.ok && result.certificate.extensions).toEqual([
      { oid: '1.2.3.4', critical: false, offset: der.indexOf(value), length: 2 },
    ]);
  });

  test('do not affect other extensions if they cannot be read', () => {
    const facts = decodeExtensions(
      extension(BASIC_CONSTRAINTS, sequence(boolean(0xff))),
      sequence(integer('01')),
      extension(KEY_USAGE, Buffer.from('0305', 'hex')),
      extension(ALT_NAMES, sequence(text(0x82, 'a.test'), Buffer.from([0x9f, 0]))),
      extension('2.5.29.14', octets(Buffer.from('abcd', 'hex'))),
    );
    expect(facts).toMatchObject({ isCa: true, keyUsage: [], subjectKeyId: 'abcd' });
    expect(facts.sans.dns).toEqual(['a.test']);
    expect(facts.findings).toMatchObject([
      { rule: 'der.malformed-extension', params: { extension: '?' } },
      { rule: 'der.unexpected-tag' },
      { rule: 'der.malformed-extension', params: { extension: 'keyUsage' } },
      { rule: 'der.overrun' },
      { rule: 'der.malformed-extension', params: { extension: 'subjectAltName' } },
      { rule: 'der.high-tag-number' },
    ]);
  });

  test('are read only once if they are repeated', () => {
    const facts = decodeExtensions(
      extension(BASIC_CONSTRAINTS, sequence()),
      extension(BASIC_CONSTRAINTS, sequence(boolean(0xff))),
    );
    expect(facts.isCa).toBe(false);
    expect(facts.extensions).toHaveLength(2);
    expect(facts.findings).toMatchObject([
      { rule: 'der.duplicate-extension', params: { extension: 'basicConstraints' } },
    ]);
  });

  test('include all nine usages if all bits of key usage are set', () => {
    const { keyUsage } = decodeExtensions(extension(KEY_USAGE, bits(Buffer.from([0xff, 0x80]), 7)));
    expect(keyUsage).toHaveLength(9);
    expect(keyUsage.at(-1)).toBe('decipherOnly');
  });

  test('name the issuing CA by key, issuer and serial number', () => {
    const issuer = element(0xa4, commonName('root'));
    const { authorityKeyId } = decodeExtensions(
      extension(
        '2.5.29.35',
        sequence(
          element(0x80, Buffer.from('0102', 'hex')),
          element(0xa1, issuer),
          element(0x82, Buffer.from('00ff', 'hex')),
        ),
      ),
    );
    expect(authorityKeyId).toEqual({ keyId: '0102', issuer: 'CN=root', serialHex: 'ff' });
  });

  test('may include an authority key identifier without a key', () => {
    expect(decodeExtensions(extension('2.5.29.35', sequence())).authorityKeyId).toEqual({});
  });

  test('include only the URLs of distribution points', () => {
    const fullName = (...names: Buffer[]): Buffer => element(0xa0, element(0xa0, ...names));
    const relative = element(0xa0, element(0xa1));
    const { crlUrls, findings } = decodeExtensions(
      extension(
        '2.5.29.31',
        sequence(
          sequence(fullName(text(0x86, 'http://a'), element(0xa4, commonName('x')), text(0x86, 'ldap://b'))),
          sequence(relative),
          sequence(element(0x81, Buffer.from([0, 1]))),
        ),
      ),
    );
    expect(crlUrls).toEqual(['http://a', 'ldap://b']);
    expect(findings).toEqual([]);
  });

  test('include unknown purposes and policies by OID', () => {
    const facts = decodeExtensions(
      extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.2'), oid('1.2.3.4'))),
      extension('2.5.29.32', sequence(sequence(oid('2.5.29.32.0'), sequence()))),
    );
    expect(facts.extendedKeyUsage).toEqual(['clientAuth', '1.2.3.4']);
    expect(facts.policies).toEqual(['2.5.29.32.0']);
  });
});

describe('the extensions of MOC', () => {
  test('contain the identity, the original certificate and the number of renewals', () => {
    const facts = decodeExtensions(
      extension('1.3.6.1.4.1.311.104.1.2', PLAIN),
      extension('1.3.6.1.4.1.311.104.1.3', integer('05')),
      extension('1.3.6.1.5.5.7.10.2', Buffer.from('KMSPlugin-a-moc-kms-plugin')),
    );
    expect(facts.moc).toEqual({
      accessIdentity: 'KMSPlugin-a-moc-kms-plugin',
      originalCertificate: PLAIN.toString('hex'),
      renewCount: 5,
    });
    expect(facts.findings).toEqual([]);
  });

  test('are read with the position of the original certificate, which can be decoded there', () => {
    const der = buildCertificate({ extensions: [extension('1.3.6.1.4.1.311.104.1.2', PLAIN)] });
    const outer = decodeCertificate(der);
    const place = outer.ok ? outer.certificate.extensions[0] : undefined;
    const { offset = 0, length = 0 } = place ?? {};
    expect(decodeCertificate(der.subarray(offset, offset + length))).toEqual(decodeCertificate(PLAIN));
  });

  test.each([
    ['bare', Buffer.from('login-1'), 'login-1'],
    ['empty, as without configuration', Buffer.alloc(0), ''],
    ['in a UTF8String', text(0x0c, 'login-1'), 'login-1'],
    ['in bytes that are not text', Buffer.from('ff00', 'hex'), 'ff00'],
  ])('are read with an identity that is %s', (_, value, expected) => {
    const { moc } = decodeExtensions(extension('1.3.6.1.5.5.7.10.2', value));
    expect(moc?.accessIdentity).toBe(expected);
  });

  test('are refused if the number of renewals is negative', () => {
    const facts = decodeExtensions(extension('1.3.6.1.4.1.311.104.1.3', integer('ff')));
    expect(facts.moc).toBeUndefined();
    expect(listRules(facts)).toEqual(['der.malformed-extension', 'der.integer-range']);
  });
});
