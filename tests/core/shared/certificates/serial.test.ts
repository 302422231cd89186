import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatSerial } from '../../../../core/shared/certificates/serial.ts';

test.each([
  ['00', { hex: '00', decimal: '0', colon: '00' }],
  ['0a', { hex: '0a', decimal: '10', colon: '0A' }],
  ['-01', { hex: '-01', decimal: '-1', colon: '-01' }],
  ['7fffffffffffffff', { hex: '7fffffffffffffff', decimal: '9223372036854775807', colon: '7F:FF:FF:FF:FF:FF:FF:FF' }],
  ['ABCD', { hex: 'abcd', decimal: '43981', colon: 'AB:CD' }],
])('the serial number %s is written in hex, in decimal and with colons', (serialHex, expected) => {
  expect(formatSerial(serialHex)).toEqual(expected);
});

test('the decimal form of a serial number converts back to its hex', () => {
  fc.assert(
    fc.property(fc.bigInt(-(1n << 159n), 1n << 159n), (number) => {
      const digits = (number < 0n ? -number : number).toString(16);
      const padded = digits.length % 2 === 0 ? digits : `0${digits}`;
      const { decimal, colon } = formatSerial(number < 0n ? `-${padded}` : padded);
      expect(BigInt(decimal)).toBe(number);
      expect(colon.replaceAll(':', '').replace('-', '').toLowerCase()).toBe(padded);
    }),
  );
});

test.each(['', '-', '0', 'abc', '0x12', '12:34', 'zz'])('%j is not a serial number', (text) => {
  expect(() => formatSerial(text)).toThrow('not a serial number');
});
