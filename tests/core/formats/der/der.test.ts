import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkBitString,
  checkInteger,
  DerReader,
  integerHex,
  magnitudeBits,
  OCTET_STRING,
  readFlag,
  readNamedBits,
  readOid,
  readSmallInteger,
  SEQUENCE,
  tagName,
} from '../../../../core/formats/der/der.ts';
import { encodeHex } from '../../../../core/formats/der/hex.ts';
import { element, oid } from '../../../support/certificates.ts';

const makeReader = (hex: string): DerReader => new DerReader(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

function readOne(hex: string): DerReader {
  const reader = makeReader(hex);
  reader.read(0, reader.bytes.length);
  return reader;
}

describe('the header of an element', () => {
  test.each([
    ['a short length', '04 02 aa bb', 2, 4],
    ['no content', '05 00', 2, 2],
    ['a length in one octet', `04 81 80 ${'00'.repeat(128)}`, 3, 131],
    ['a length in two octets', `04 82 01 00 ${'00'.repeat(256)}`, 4, 260],
  ])('with %s is read', (_, hex, start, end) => {
    const reader = readOne(hex);
    expect(reader.failure).toBeUndefined();
    expect(reader.findings).toEqual([]);
    expect([reader.start, reader.end]).toEqual([start, end]);
  });

  test.each([
    ['the end of the container', '', { rule: 'der.missing-element', offset: 0, params: { expected: 'element' } }],
    ['a tag without length', '30', { rule: 'der.overrun', offset: 0, params: { length: 2, available: 1 } }],
    ['a length beyond the end', '30 05 00', { rule: 'der.overrun', offset: 0, params: { length: 5, available: 1 } }],
    ['a truncated length', '30 82 01', { rule: 'der.overrun', offset: 0, params: { length: 2, available: 1 } }],
    [
      'the largest length',
      '30 84 ff ff ff ff',
      { rule: 'der.overrun', offset: 0, params: { length: 4294967295, available: 0 } },
    ],
    ['an indefinite length', '30 80 00 00', { rule: 'der.indefinite-length', offset: 0 }],
    [
      'a length in five octets',
      '30 85 00 00 00 00 01 00',
      { rule: 'der.length-too-large', offset: 0, params: { octets: 5 } },
    ],
    ['the reserved length octet', '30 ff', { rule: 'der.length-too-large', offset: 0, params: { octets: 127 } }],
    ['a tag number above 30', '3f 81 01 00', { rule: 'der.high-tag-number', offset: 0 }],
  ])('causes a failure at %s', (_, hex, failure) => {
    expect(readOne(hex).failure).toEqual(failure);
  });

  test.each(['04 81 01 aa', '04 82 00 01 aa', '04 84 00 00 00 01 aa'])(
    'with a longer length encoding than necessary (%s) is read with a finding',
    (hex) => {
      const reader = readOne(hex);
      expect(encodeHex(reader.bytes, reader.start, reader.end)).toBe('aa');
      expect(reader.findings).toEqual([{ rule: 'der.non-minimal-length', offset: 0, params: { length: 1 } }]);
    },
  );

  test('with an unexpected tag causes a failure that names the expected and the found tag', () => {
    const reader = makeReader('04 00');
    expect(reader.expect(SEQUENCE, 0, 2)).toBe(false);
    expect(reader.failure?.params).toEqual({ expected: 'SEQUENCE', found: 'OCTET STRING' });
  });

  test('is read back for content of any length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 70_000 }), (length) => {
        const reader = new DerReader(element(OCTET_STRING, Buffer.alloc(length)));
        expect(reader.expect(OCTET_STRING, 0, reader.bytes.length)).toBe(true);
        expect(reader.end - reader.start).toBe(length);
        expect(reader.findings).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

test('the first hundred findings are kept, and the rest are only counted', () => {
  const reader = makeReader('');
  for (let i = 0; i < 250; i += 1) reader.note('der.embedded-nul', i);
  const { findings } = reader;
  expect(findings).toHaveLength(101);
  expect(findings.at(-1)).toEqual({ rule: 'der.more-findings', offset: 0, params: { count: 150 } });
});

test.each([
  [0x30, 'SEQUENCE'],
  [0xa3, '[3]'],
  [0x82, '[2]'],
  [0x2d, '0x2d'],
])('the tag %i is called %s', (tag, name) => {
  expect(tagName(tag)).toBe(name);
});

describe('an INTEGER', () => {
  test.each([
    ['00', '00', []],
    ['7f', '7f', []],
    ['0080', '80', []],
    ['ff', '-01', []],
    ['80', '-80', []],
    ['ff7f', '-81', []],
    ['8000', '-8000', []],
    ['0001', '01', ['der.non-minimal-integer']],
    ['ffff', '-01', ['der.non-minimal-integer']],
    ['000000', '00', ['der.non-minimal-integer']],
  ])('%s is read as %s', (hex, expected, rules) => {
    const reader = makeReader(hex);
    const end = reader.bytes.length;
    expect(checkInteger(reader, 0, end)).toBe(true);
    expect(integerHex(reader.bytes, 0, end)).toBe(expected);
    expect(reader.findings.map(({ rule }) => rule)).toEqual(rules);
  });

  test('without content is refused', () => {
    const reader = makeReader('');
    expect(checkInteger(reader, 0, 0)).toBe(false);
    expect(reader.failure?.rule).toBe('der.empty-integer');
  });

  test.each([
    ['00', 0],
    ['7fffffff', 2147483647],
    ['0080000000', undefined],
    ['80', undefined],
    ['ff', undefined],
  ])('%s is read as the small number %s', (hex, expected) => {
    const reader = makeReader(hex);
    expect(readSmallInteger(reader, 0, reader.bytes.length)).toBe(expected);
    expect(reader.failure?.rule).toBe(expected === undefined ? 'der.integer-range' : undefined);
  });

  test.each([
    ['', 0],
    ['0000', 0],
    ['01', 1],
    ['00ff', 8],
    ['0100', 9],
  ])('with the content %j has %i bits', (hex, expected) => {
    const bytes = Buffer.from(hex, 'hex');
    expect(magnitudeBits(bytes, 0, bytes.length)).toBe(expected);
  });
});

test.each([
  ['00', false, []],
  ['ff', true, []],
  ['01', true, ['der.boolean-value']],
])('the BOOLEAN %s is read as %s', (hex, expected, rules) => {
  const reader = makeReader(`0101${hex}`);
  expect(readFlag(reader, 0, 3)).toBe(expected);
  expect(reader.findings.map(({ rule }) => rule)).toEqual(rules);
});

test.each(['', '0000'])('a BOOLEAN with the content %j is refused because of its length', (hex) => {
  const reader = makeReader(`010${hex.length / 2}${hex}`);
  expect(readFlag(reader, 0, reader.bytes.length)).toBeUndefined();
  expect(reader.failure?.rule).toBe('der.boolean-value');
});

describe('a BIT STRING', () => {
  test.each([
    ['00', 0, []],
    ['05a0', 0b101, []],
    ['070080', 0b1_0000_0000, []],
    ['0006', 0b0110_0000, []],
    ['00ffffffffff', 0x7fffffff, []],
    ['05a1', 0b1000_0101, ['der.bit-string']],
    ['08a0', 0b101, ['der.bit-string']],
    ['03', 0, ['der.bit-string']],
  ])('with the content %s is read as the bits %i', (hex, expected, rules) => {
    const reader = makeReader(hex);
    expect(readNamedBits(reader, 0, reader.bytes.length)).toBe(expected);
    expect(reader.findings.map(({ rule }) => rule)).toEqual(rules);
  });

  test('that lacks the count of unused bits is refused', () => {
    const reader = makeReader('');
    expect(checkBitString(reader, 0, 0)).toBe(false);
    expect(readNamedBits(reader, 0, 0)).toBeUndefined();
  });
});

describe('an OBJECT IDENTIFIER', () => {
  const arcs = fc.oneof(
    fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 39 })),
    fc.tuple(fc.constant(2), fc.integer({ min: 0, max: 100_000 })),
  );
  const dotted = fc
    .tuple(arcs, fc.array(fc.integer({ min: 0, max: 0xfffffff }), { maxLength: 12 }))
    .map(([first, rest]) => [...first, ...rest].join('.'));

  test('is read back as written, also on a second reading', () => {
    fc.assert(
      fc.property(dotted, (text) => {
        const reader = new DerReader(oid(text));
        expect(readOid(reader, 2, reader.bytes.length)).toBe(text);
        expect(readOid(reader, 2, reader.bytes.length)).toBe(text);
      }),
    );
  });

  test('may contain a 128-bit UUID', () => {
    const reader = makeReader(`69 83${'ff'.repeat(17)}7f`);
    const text = readOid(reader, 0, reader.bytes.length);
    expect(text).toBe(`2.25.${(1n << 128n) - 1n}`);
  });

  test.each([
    ['without content', ''],
    ['truncated in an arc', '2a86'],
    ['with a padded arc', '2a8001'],
    ['with an arc of 20 bytes', `2a${'81'.repeat(19)}01`],
    ['of 129 bytes', `2a${'01'.repeat(128)}`],
  ])('%s is refused', (_, hex) => {
    const reader = makeReader(hex);
    expect(readOid(reader, 0, reader.bytes.length)).toBeUndefined();
    expect(reader.failure?.rule).toBe('der.bad-oid');
  });
});
