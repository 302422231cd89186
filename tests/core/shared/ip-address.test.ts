import { isIP } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ipBytes } from '../../../core/shared/ip-address.ts';
import { ipText } from '../../../core/formats/x509/names.ts';

test('text is parsed as an IP address if and only if Node accepts it', () => {
  const piece = fc.constantFrom('0', '1', '01', '255', '256', 'f', 'ffff', '10000', ':', '::', '.', '');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
      const text = pieces.join('');
      return ipBytes(text)?.length === { 0: undefined, 4: 4, 6: 16 }[isIP(text)];
    }),
    { numRuns: 3_000 },
  );
});

test('an address formatted from bytes is parsed to the same bytes', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      const bytes = ipBytes(address) ?? new Uint8Array(0);
      const text = ipText(bytes, 0, bytes.length) ?? '';
      expect(ipBytes(text)).toEqual(bytes);
    }),
  );
});

test.each([
  ['10.0.0.1', '10,0,0,1'],
  ['::1', '0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1'],
  ['::ffff:10.0.0.1', '0,0,0,0,0,0,0,0,0,0,255,255,10,0,0,1'],
  ['fd00::1:0', '253,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0'],
])('%s is parsed to the bytes %s', (text, bytes) => {
  expect(String(ipBytes(text))).toBe(bytes);
});
