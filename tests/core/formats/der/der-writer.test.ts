import forge from 'node-forge';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantFromMs } from '../../../../core/shared/instant.ts';
import { DerReader, integerHex, readNamedBits, readOid } from '../../../../core/formats/der/der.ts';
import {
  bmpString,
  directoryString,
  element,
  integer,
  bitFlags,
  objectIdentifier,
  octetString,
  encodeSet,
  smallInteger,
  time,
} from '../../../../core/formats/der/der-writer.ts';
import { encodeHex } from '../../../../core/formats/der/hex.ts';
import { readTime } from '../../../../core/formats/x509/time.ts';

function encodeWithForge(type: forge.asn1.Type, value: string): string {
  const { asn1 } = forge;
  return asn1.toDer(asn1.create(asn1.Class.UNIVERSAL, type, false, value)).toHex();
}

function read(bytes: Uint8Array): DerReader {
  const reader = new DerReader(bytes);
  expect(reader.read(0, bytes.length)).toBe(true);
  expect(reader.end).toBe(bytes.length);
  return reader;
}

test('lengths of any size are encoded as briefly as possible', () => {
  for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536, 16_777_216]) {
    const bytes = octetString(new Uint8Array(length));
    const reader = read(bytes);
    expect(reader.end - reader.start).toBe(length);
    expect(reader.findings).toEqual([]);
  }
});

describe('the writer encodes', () => {
  test('non-negative integers of any size, which the reader reads back unchanged', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 160n }), (value) => {
        const digits = value.toString(16);
        const hex = digits.length % 2 === 0 ? digits : `0${digits}`;
        const reader = read(integer(hex));
        expect(BigInt(`0x${integerHex(reader.bytes, reader.start, reader.end)}`)).toBe(value);
      }),
    );
  });

  test('small integers exactly as another encoder does', () => {
    for (const value of [0, 1, 127, 128, 255, 256, 65_537, 2 ** 31 - 1]) {
      const bytes = forge.asn1.integerToDer(value).getBytes();
      expect(encodeHex(smallInteger(value))).toBe(encodeWithForge(forge.asn1.Type.INTEGER, bytes));
    }
  });

  test('object identifiers exactly as another encoder does', () => {
    const arcs = fc.array(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 9 });
    const heads = fc.oneof(
      fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 39 })),
      fc.tuple(fc.constant(2), fc.integer({ min: 0, max: 47 })),
    );
    fc.assert(
      fc.property(heads, arcs, (head, rest) => {
        const dotted = [...head, ...rest].join('.');
        const bytes = objectIdentifier(dotted);
        const reader = read(bytes);
        expect(readOid(reader, reader.start, reader.end)).toBe(dotted);
        const peer = forge.asn1.oidToDer(dotted).getBytes();
        expect(encodeHex(bytes)).toBe(encodeWithForge(forge.asn1.Type.OID, peer));
      }),
    );
  });

  test('named bits without trailing zeros', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 20 })), (bits) => {
        const reader = read(bitFlags(bits));
        const value = readNamedBits(reader, reader.start, reader.end) ?? -1;
        expect(Array.from({ length: 21 }, (_, bit) => bit).filter((bit) => value & (1 << bit))).toEqual(
          bits.toSorted((left, right) => left - right),
        );
        expect(reader.findings).toEqual([]);
      }),
    );
  });

  test('instants from 1950 to 9999 in the form that RFC 5280 requires', () => {
    const ms = fc.integer({ min: Date.UTC(1950, 0), max: Date.UTC(9999, 11, 31) });
    fc.assert(
      fc.property(ms, (value) => {
        const moment = instantFromMs(value);
        const bytes = time(moment);
        const reader = new DerReader(bytes);
        expect(readTime(reader, 0, bytes.length)).toBe(moment);
        expect(bytes[0]).toBe(Number(moment.slice(0, 4)) < 2050 ? 0x17 : 0x18);
        expect(reader.findings).toEqual([]);
      }),
    );
  });
});

test('a set is sorted by its encodings, so the order of the arguments does not matter', () => {
  const parts = [octetString(Uint8Array.of(2)), smallInteger(7), octetString(new Uint8Array(0))];
  const orders = [
    [0, 1, 2],
    [2, 1, 0],
    [1, 0, 2],
  ].map((order) => encodeHex(encodeSet(...order.map((at) => parts[at] ?? new Uint8Array(0)))));
  expect(new Set(orders).size).toBe(1);
  expect(orders[0]).toBe('3108020107040004' + '0102');
});

test('a name is encoded as a PrintableString if possible and as a UTF8String otherwise', () => {
  expect(directoryString('system:node:n-1')[0]).toBe(0x13);
  expect(directoryString('a@b')[0]).toBe(0x0c);
  expect(directoryString('管理者')[0]).toBe(0x0c);
  expect(encodeHex(bmpString('aあ'))).toBe('1e0400613042');
});

test('an invalid argument throws instead of producing a malformed certificate', () => {
  expect(() => integer('')).toThrow('hex');
  expect(() => integer('xyz0')).toThrow('hex');
  expect(() => objectIdentifier('1')).toThrow('object identifier');
  expect(encodeHex(element(0x30))).toBe('3000');
});
