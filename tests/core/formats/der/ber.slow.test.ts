import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BerCursor, berElement, berOctets } from '../../../../core/formats/der/ber.ts';
import { ContainerError } from '../../../../core/formats/pkcs/container-problem.ts';
import { element } from '../../../support/certificates.ts';

const INDEFINITE = Buffer.from([0x80]);
const END = Buffer.from([0, 0]);

/** Encodes an element with an indefinite length. */
const open = (tag: number, ...parts: Uint8Array[]): Buffer =>
  Buffer.concat([Buffer.from([tag]), INDEFINITE, ...parts, END]);

/** A string in segments, which may be segmented themselves. */
interface Pieces {
  octets: Buffer;
  encoding: Buffer;
}
const pieces = fc.letrec<{ leaf: Pieces; tree: Pieces }>((tie) => ({
  leaf: fc
    .uint8Array({ maxLength: 200 })
    .map((bytes) => ({ octets: Buffer.from(bytes), encoding: element(0x04, bytes) })),
  tree: fc.oneof(
    { maxDepth: 3 },
    tie('leaf'),
    fc
      .tuple(fc.boolean(), fc.array(tie('tree'), { maxLength: 4 }))
      .map(([isOpen, parts]) => ({
        octets: Buffer.concat(parts.map(({ octets }) => octets)),
        encoding: (isOpen ? open : element)(0x24, ...parts.map(({ encoding }) => encoding)),
      })),
  ),
}));

test('a segmented string with definite or indefinite lengths is read as the joined segments', () => {
  fc.assert(
    fc.property(pieces.tree, ({ octets, encoding }) => {
      const found = berElement(encoding, 0, encoding.length);
      expect(found.next).toBe(encoding.length);
      expect(Buffer.from(berOctets(encoding, found))).toEqual(octets);
    }),
  );
});

test('segments are joined even if an implicit tag hides that the element is a string', () => {
  const inPieces = open(0xa0, element(0x04, Buffer.from('ab')), element(0x04, Buffer.from('c')));
  const whole = element(0x80, Buffer.from('abc'));
  for (const encoding of [inPieces, whole]) {
    const found = berOctets(encoding, berElement(encoding, 0, encoding.length));
    expect(Buffer.from(found).toString()).toBe('abc');
  }
});

test('a cursor reads elements of definite or indefinite length and returns the next tag', () => {
  const inner = open(0x30, element(0x02, Buffer.from([7])), open(0x30));
  const cursor = new BerCursor(inner, { start: 0, end: inner.length }).enter(0x30);
  expect(cursor.nextTag).toBe(0x02);
  expect(cursor.smallInteger()).toBe(7);
  expect(cursor.takeIf(0x31)).toBeUndefined();
  expect(cursor.takeIf(0x30)).toMatchObject({ start: 7, end: 7, next: 9 });
  expect([cursor.isAtEnd, cursor.nextTag]).toEqual([true, undefined]);
});

const nest = (depth: number): Buffer => (depth === 0 ? Buffer.alloc(0) : open(0x30, nest(depth - 1)));

test.each([
  ['nothing', '', 0],
  ['a tag alone', '30', 0],
  ['a tag of several bytes', '3f2201ff', 0],
  ['a length beyond the end', '300500', 0],
  ['a length of five bytes', '3085000000000100', 0],
  ['a truncated length', '308201', 0],
  ['a primitive of indefinite length', '04800000', 0],
  ['an indefinite length without an end', '30800201', 2],
  ['an indefinite length with half an end', '3080020101 00', 5],
  ['33 indefinite lengths in each other', nest(33).toString('hex'), 64],
])('%s is reported as damage, with its position', (_name, hex, offset) => {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  expect(() => berElement(bytes, 0, bytes.length)).toThrow(ContainerError);
  expect(thrownBy(() => berElement(bytes, 0, bytes.length))).toEqual({ kind: 'damaged', offset });
});

test('elements nested 32 deep with indefinite lengths are read', () => {
  const bytes = nest(32);
  expect(berElement(bytes, 0, bytes.length).next).toBe(bytes.length);
});

test.each([
  ['a number as octets', element(0x02, Buffer.from([1]))],
  ['a number among the pieces', element(0x24, element(0x02, Buffer.from([1])))],
])('%s is reported as damage', (_name, bytes) => {
  const read = (): Uint8Array => berOctets(bytes, berElement(bytes, 0, bytes.length));
  expect(thrownBy(read)).toMatchObject({ kind: 'damaged' });
});

function thrownBy(read: () => unknown): unknown {
  try {
    read();
  } catch (error) {
    if (error instanceof ContainerError) return error.problem;
    throw error;
  }
  return undefined;
}
