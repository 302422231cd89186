import fc from 'fast-check';
import { isIPv6 } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { CertificateFacts, SubjectAltNames } from '../../../../core/shared/certificates/certificate.ts';
import { decodeCertificate } from '../../../../core/formats/x509/certificate.ts';
import { ipText } from '../../../../core/formats/x509/names.ts';
import {
  buildCertificate,
  bits,
  commonName,
  element,
  extension,
  oid,
  octets,
  relativeName,
  sequence,
  text,
} from '../../../support/certificates.ts';

function decodeNames(subject: Buffer, names?: Buffer): CertificateFacts {
  const extensions = names === undefined ? [] : [extension('2.5.29.17', names)];
  const der = buildCertificate(names === undefined ? { subject } : { subject, extensions });
  const result = decodeCertificate(der);
  if (!result.ok) throw new Error(JSON.stringify(result.finding));
  return result.certificate;
}

const altNames = (...names: Buffer[]): SubjectAltNames => decodeNames(commonName('a'), sequence(...names)).sans;

function decodeValue(value: Buffer): { value: string | undefined; rules: string[] } {
  const { subject, findings } = decodeNames(sequence(relativeName('2.5.4.3', value)));
  return { value: subject.cn ?? subject.attributes[0]?.value, rules: findings.map(({ rule }) => rule) };
}

const utf16 = (value: string): Buffer => Buffer.from(value, 'utf16le').swap16();
const utf32 = (value: string): Buffer =>
  Buffer.concat(
    [...value].map((character) => {
      const unit = Buffer.alloc(4);
      unit.writeUInt32BE(character.codePointAt(0) ?? 0);
      return unit;
    }),
  );

describe('a name value', () => {
  test.each([
    ['UTF8String', text(0x0c, '証明書 é 🔑'), '証明書 é 🔑', []],
    ['PrintableString', text(0x13, "Az09 '()+,-./:=?"), "Az09 '()+,-./:=?", []],
    ['TeletexString as Latin-1', text(0x14, 'Zürich', 'latin1'), 'Zürich', []],
    ['IA5String', text(0x16, 'a@b.test'), 'a@b.test', []],
    ['VisibleString', text(0x1a, 'visible'), 'visible', []],
    ['NumericString', text(0x12, '12 34'), '12 34', []],
    ['BMPString', element(0x1e, utf16('証明書')), '証明書', []],
    ['BMPString with a surrogate pair', element(0x1e, utf16('🔑')), '🔑', []],
    ['UniversalString', element(0x1c, utf32('a証🔑')), 'a証🔑', []],
    ['empty UTF8String', text(0x0c, ''), '', []],
    ['PrintableString with an at sign', text(0x13, 'a@b'), 'a@b', ['der.string-characters']],
    ['NumericString with letters', text(0x12, '1a'), '1a', ['der.string-characters']],
    ['IA5String with Latin-1', text(0x16, 'é', 'latin1'), 'é', ['der.string-characters']],
    ['IA5String with UTF-8', text(0x16, 'biztosítás.hu'), 'biztosítás.hu', ['der.string-characters']],
    ['PrintableString with UTF-8', text(0x13, '東京'), '東京', ['der.string-characters']],
    ['NumericString with UTF-8', text(0x12, '１'), '１', ['der.string-characters']],
    ['VisibleString with UTF-8', text(0x1a, 'Zürich'), 'Zürich', ['der.string-characters']],
    ['IA5String with Latin-1 after UTF-8', text(0x16, 'Ã©é', 'latin1'), 'Ã©é', ['der.string-characters']],
    ['TeletexString that would be UTF-8 as Latin-1', text(0x14, 'Ã©', 'latin1'), 'Ã©', []],
    ['BMPString cut in a character', element(0x1e, Buffer.from('004100', 'hex')), 'A', ['der.string-invalid']],
    ['BMPString with half a pair', element(0x1e, Buffer.from('d83d0041', 'hex')), '\ufffdA', ['der.string-invalid']],
    ['UniversalString beyond Unicode', element(0x1c, Buffer.from('00110000', 'hex')), '\ufffd', ['der.string-invalid']],
    ['BMPString with NUL', element(0x1e, utf16('a\0b')), 'a\0b', ['der.embedded-nul']],
  ])('in %s is read', (_, element_, value, rules) => {
    expect(decodeValue(element_)).toEqual({ value, rules });
  });

  test.each(['c0af', 'e08080', 'eda080', 'f4908080', 'f5808080', 'e38182e3', '80'])(
    'whose bytes are not UTF-8 (%s) is shown with replacement characters',
    (hex) => {
      const { value, rules } = decodeValue(element(0x0c, Buffer.from(hex, 'hex')));
      expect(value).toContain('\ufffd');
      expect(rules).toEqual(['der.string-invalid']);
    },
  );

  test('is shown as the hex of its DER if its type is not a string', () => {
    const { subject } = decodeNames(sequence(relativeName('2.5.4.45', bits(Buffer.from([1])))));
    expect(subject.text).toBe('x500UniqueIdentifier=#03020001');
  });

  test('is reported if it has the wrong type', () => {
    expect(decodeValue(bits(Buffer.from([1])))).toEqual({ value: '#03020001', rules: ['der.name-value-type'] });
  });

  test('is decoded as by other UTF-8 decoders', () => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (value) => {
        expect(decodeValue(text(0x0c, value)).value).toBe(decoder.decode(Buffer.from(value)));
      }),
    );
  });
});

describe('a distinguished name', () => {
  test('shows an unknown attribute with its OID and a hex value', () => {
    const { subject } = decodeNames(sequence(relativeName('1.2.3.4', text(0x0c, 'a'))));
    expect(subject.text).toBe('1.2.3.4=#0c0161');
    expect(subject.attributes).toEqual([{ oid: '1.2.3.4', name: '1.2.3.4', value: 'a' }]);
  });

  test('is read with the last of several common names and every organization', () => {
    const { subject } = decodeNames(
      sequence(
        relativeName('2.5.4.10', text(0x0c, 'system:masters')),
        relativeName('2.5.4.3', text(0x0c, 'first')),
        relativeName('2.5.4.10', text(0x0c, 'system:nodes')),
        relativeName('2.5.4.3', text(0x0c, 'last')),
      ),
    );
    expect(subject).toMatchObject({ cn: 'last', o: ['system:masters', 'system:nodes'] });
    expect(subject.text).toBe('CN=last,O=system:nodes,CN=first,O=system:masters');
  });

  test('may be empty for a subject', () => {
    const { subject, findings } = decodeNames(sequence());
    expect(subject).toEqual({ o: [], ou: [], text: '', attributes: [] });
    expect(findings).toEqual([]);
  });

  test('is reported if it contains an empty relative name', () => {
    const { findings } = decodeNames(sequence(element(0x31)));
    expect(findings).toMatchObject([{ rule: 'der.empty-list' }]);
  });

  test('joins the attributes of a multi-valued relative name', () => {
    const set = element(0x31, sequence(oid('2.5.4.3'), text(0x0c, 'a+b')), sequence(oid('2.5.4.11'), text(0x0c, 'c')));
    expect(decodeNames(sequence(set)).subject.text).toBe('CN=a\\+b+OU=c');
  });

  test.each([
    ['a,b', 'a\\,b'],
    [' a ', '\\ a\\ '],
    [' ', '\\ '],
    ['  ', '\\ \\ '],
    ['#a#', '\\#a#'],
    ['"<>;\\+', '\\"\\<\\>\\;\\\\\\+'],
    ['a=b', 'a=b'],
    ['a\0b\nc', 'a\\00b\\0Ac'],
    ['証,明', '証\\,明'],
  ])('escapes %j as %s', (value, escaped) => {
    const { subject } = decodeNames(commonName(value));
    expect(subject.text).toBe(`CN=${escaped}`);
  });

  test('can be read back from its text', () => {
    const values = fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 5 });
    fc.assert(
      fc.property(values, (organizations) => {
        const parts = organizations.map((value) => relativeName('2.5.4.10', text(0x0c, value)));
        const { subject } = decodeNames(sequence(...parts));
        expect(subject.o).toEqual(organizations);
        expect(readBack(subject.text).reverse()).toEqual(organizations.map((value) => `O=${value}`));
      }),
    );
  });
});

/** Splits the text at commas and reverses the escapes of RFC 4514. */
function readBack(name: string): string[] {
  if (name === '') return [];
  const parts: string[] = [''];
  const tokens = name.match(/\\[0-9A-F]{2}|\\.|[^\\]/gsu) ?? [];
  for (const token of tokens) {
    if (token === ',') parts.push('');
    else parts.push((parts.pop() ?? '') + unescapeToken(token));
  }
  return parts;
}

function unescapeToken(token: string): string {
  if (!token.startsWith('\\')) return token;
  return token.length === 3 ? String.fromCharCode(parseInt(token.slice(1), 16)) : token.slice(1);
}

describe('alternative names', () => {
  test('are listed by type', () => {
    const x400 = element(0xa3, octets(Buffer.from([1])));
    const edi = element(0xa5, element(0xa1, text(0x0c, 'p')));
    const names = altNames(
      element(0xa0, oid('1.2.3'), element(0xa0, text(0x0c, 'other'))),
      text(0x81, 'a@b.test'),
      text(0x82, 'b.test'),
      x400,
      element(0xa4, sequence(relativeName('2.5.4.3', text(0x0c, 'c')))),
      edi,
      text(0x86, 'https://d'),
      element(0x87, Buffer.from([10, 0, 0, 1])),
      element(0x88, oid('1.2.3.4').subarray(2)),
    );
    expect(names).toEqual({
      dns: ['b.test'],
      ip: ['10.0.0.1'],
      email: ['a@b.test'],
      uri: ['https://d'],
      directory: ['CN=c'],
      registeredId: ['1.2.3.4'],
      other: [
        { type: '1.2.3', valueHex: '0c056f74686572' },
        { type: 'x400Address', valueHex: x400.toString('hex') },
        { type: 'ediPartyName', valueHex: edi.toString('hex') },
      ],
    });
  });

  test('are reported if a DNS name contains a NUL', () => {
    const { sans, findings } = decodeNames(commonName('a'), sequence(text(0x82, 'good.test\0.evil.test')));
    expect(sans.dns).toEqual(['good.test\0.evil.test']);
    expect(findings).toMatchObject([{ rule: 'der.embedded-nul' }]);
  });

  test('contain an address of the wrong length as bytes', () => {
    expect(altNames(element(0x87, Buffer.from('0a0000', 'hex')))).toMatchObject({
      ip: [],
      other: [{ type: 'iPAddress', valueHex: '0a0000' }],
    });
  });
});

describe('an IPv6 address', () => {
  test.each([
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000000000001', '::1'],
    ['20010db8000000000000000000000000', '2001:db8::'],
    ['20010db8000000010000000000000001', '2001:db8:0:1::1'],
    ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
    ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
    ['fe800000000000000abc000000000000', 'fe80::abc:0:0:0'],
    ['00000000000000000000ffffc0000201', '::ffff:192.0.2.1'],
    ['00010002000300040005000600070008', '1:2:3:4:5:6:7:8'],
  ])('%s is formatted as %s', (hex, expected) => {
    expect(ipText(Buffer.from(hex, 'hex'), 0, 16)).toBe(expected);
  });

  test('is formatted according to the URL standard', () => {
    const sparse = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(sparse, (groups) => {
        const bytes = Buffer.from(groups.flatMap((group) => [group >> 8, group & 255]));
        const written = ipText(bytes, 0, 16) ?? '';
        expect(isIPv6(written)).toBe(true);
        if (!written.includes('.')) expect(new URL(`http://[${written}]/`).hostname).toBe(`[${written}]`);
      }),
    );
  });
});

test('the previous certificate never changes how the issuer of the next one is read', () => {
  const issuers = [
    commonName('kubernetes'),
    commonName('kubernetes-2'),
    sequence(relativeName('2.5.4.3', text(0x13, 'a@b'))),
    sequence(),
  ];
  const read = (issuer: Buffer): unknown => {
    const result = decodeCertificate(buildCertificate({ issuer }));
    return result.ok ? [result.certificate.issuer, result.certificate.findings, result.certificate.length] : result;
  };
  // Another name is read before each one, so that no cached name is reused.
  const alone = issuers.map((issuer) => [read(commonName('other')), read(issuer)][1]);
  for (const [at, issuer] of issuers.entries())
    for (const before of issuers) {
      read(before);
      read(issuer);
      expect(read(issuer)).toStrictEqual(alone[at]);
    }
});
