import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { getKnownIndex } from '../../../../core/revocation/model/postings.ts';
import { resolveSerial, hexSerial } from '../../../../core/revocation/model/serial.ts';
import { comparableSerial } from '../../../../core/shared/renew-revocation/values.ts';
import { aKnown } from '../../../support/known-certificates.ts';

const SERIAL = '77fdf4b1033b387aaace6ce1c18710c2';
const CERTIFICATE = aKnown({ serialHex: SERIAL });
const INDEX = getKnownIndex([CERTIFICATE, aKnown()]);

/** Returns the full-width form of a digit, as input methods produce it. */
function fullWidth(digit: string): string {
  return String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0);
}

describe('a serial number in the form of any tool identifies its certificate', () => {
  test.each([
    ['openssl x509 -serial', SERIAL.toUpperCase(), 'hex'],
    ['openssl x509 -text', (SERIAL.match(/../gu) ?? []).join(':'), 'hex'],
    ['certutil', ` ${(SERIAL.match(/../gu) ?? []).join(' ')} `, 'hex'],
    ['a browser', (SERIAL.toUpperCase().match(/../gu) ?? []).join('-'), 'hex'],
    ['code', `0x${SERIAL}`, 'hex'],
    ['a tool that pads with zeros', `0000${SERIAL}`, 'hex'],
    ['openssl with a sign byte', `00:${(SERIAL.match(/../gu) ?? []).join(':')}`, 'hex'],
    ['Windows’ certificate dialog, copied', `\u200e${SERIAL.match(/../gu)?.join(' ')}`, 'hex'],
    ['a Japanese keyboard', SERIAL.replaceAll(/[0-9a-f]/gu, fullWidth), 'hex'],
    ['Go', BigInt(`0x${SERIAL}`).toString(), 'decimal'],
    ['GetSerialNumber() of .NET', (SERIAL.match(/../gu) ?? []).reverse().join('').toUpperCase(), 'reversed'],
  ])('%s', (_tool, text, form) => {
    const { resolved } = resolveSerial(text, INDEX);
    expect(resolved?.form).toBe(form);
    expect(resolved?.certificates).toEqual([CERTIFICATE]);
    expect(comparableSerial(resolved?.serialHex ?? '')).toBe(SERIAL);
  });
});

describe('an ambiguous serial number is not guessed', () => {
  test('digits alone are ambiguous if they match no certificate', () => {
    const { readings, resolved } = resolveSerial('1234', INDEX);
    expect(readings.map(({ form, serialHex }) => [form, serialHex])).toEqual([
      ['hex', '1234'],
      ['decimal', '4d2'],
    ]);
    expect(resolved).toBeUndefined();
  });

  test('digits alone are ambiguous if each reading matches a certificate', () => {
    const [asHex, asDecimal] = [aKnown({ serialHex: '1234' }), aKnown({ serialHex: '04d2' })];
    const { readings, resolved } = resolveSerial('1234', getKnownIndex([asHex, asDecimal]));
    expect(readings.map(({ certificates }) => certificates)).toEqual([[asHex], [asDecimal]]);
    expect(resolved).toBeUndefined();
  });

  test('digits alone are read in the only way that matches a certificate', () => {
    const asDecimal = getKnownIndex([aKnown({ serialHex: '04d2' })]);
    expect(resolveSerial('1234', asDecimal).resolved?.form).toBe('decimal');
    expect(resolveSerial('1234', getKnownIndex([aKnown({ serialHex: '1234' })])).resolved?.form).toBe('hex');
  });

  test('reversed bytes are considered only if nothing else fits', () => {
    const both = getKnownIndex([aKnown({ serialHex: '0102' }), aKnown({ serialHex: '0201' })]);
    expect(resolveSerial('0102', both).readings.map(({ form }) => form)).not.toContain('reversed');
    expect(resolveSerial('0102', both).resolved?.form).toBe('hex');
  });

  test('a number that is the same in reversed byte order has only one reading', () => {
    expect(resolveSerial('abba', getKnownIndex([])).readings).toHaveLength(1);
  });
});

test.each(['', '0x', '-77', '7g', 'f'.repeat(41), '1'.repeat(60), '7'.repeat(300), ':', '--'])(
  '"%s" is not a serial number and has no reading',
  (text) => {
    expect(resolveSerial(text, INDEX)).toEqual({ readings: [] });
  },
);

test('decimal digits are read up to the largest 20-byte number', () => {
  const most = 2n ** 160n - 1n;
  const listForms = (text: string) => resolveSerial(text, INDEX).readings.map(({ form }) => form);
  expect(listForms(most.toString())).toEqual(['decimal']);
  expect(listForms((most + 1n).toString())).toEqual([]);
});

test.each([
  ['0F', '0f'],
  ['f', 'f'],
  ['00f', 'f'],
  ['000f', '0f'],
  ['00:FF:00', 'ff00'],
  ['0x00aB', 'ab'],
  ['0', '0'],
  ['00', '00'],
  ['0000', '00'],
])('%s is written as %s', (text, written) => {
  expect(hexSerial(text)).toBe(written);
});

test('any spelling leads to the same number, written in hex digits without separators', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 20 });
  const separator = fc.constantFrom('', ':', ' ', '-');
  fc.assert(
    fc.property(bytes, separator, fc.boolean(), (value, between, isUpper) => {
      const pairs = [...value].map((byte) => byte.toString(16).padStart(2, '0'));
      const text = pairs.join(between);
      const written = hexSerial(isUpper ? text.toUpperCase() : text) ?? '';
      expect(written).toMatch(/^(?:[0-9a-f]{2})+$/u);
      expect(BigInt(`0x${written}`)).toBe(BigInt(`0x${pairs.join('')}`));
      expect(written.length === 2 || !written.startsWith('00')).toBe(true);
    }),
  );
});
