import fc from 'fast-check';
import { BlockList } from 'node:net';
import { describe, expect, test } from 'vitest';
import { addressesInRange, listAddresses } from '../../../../core/revocation/model/range.ts';
import { aKnown } from '../../../support/known-certificates.ts';

const findInRange = (range: string, ...ip: string[]): readonly string[] =>
  addressesInRange(range, listAddresses([aKnown({ ip })]));

describe('addresses in a range', () => {
  test('are those that the operating system also finds in the range', () => {
    const v4 = fc.tuple(fc.constant(10), fc.nat(1), fc.nat(3), fc.nat(255)).map((b) => b.join('.'));
    const v6 = fc
      .array(fc.constantFrom('0', '1', 'ff00', 'abcd'), { minLength: 8, maxLength: 8 })
      .map((groups) => groups.join(':'));
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.oneof(v4, v6), { maxLength: 60 }),
        fc.oneof(fc.tuple(v4, fc.nat(32)), fc.tuple(v6, fc.nat(128))),
        (all, [base, bits]) => {
          const addressFamily = (address: string): 'ipv4' | 'ipv6' => (address.includes(':') ? 'ipv6' : 'ipv4');
          const list = new BlockList();
          list.addSubnet(base, bits, addressFamily(base));
          const expected = all.filter(
            (address) => addressFamily(address) === addressFamily(base) && list.check(address, addressFamily(address)),
          );
          expect(findInRange(`${base}/${bits}`, ...all)).toEqual(expected.sort());
        },
      ),
      { numRuns: 500, seed: 9 },
    );
  });

  test('can also be specified by the first and last address', () => {
    const all = ['10.0.0.1', '10.0.0.9', '10.0.0.10', '10.0.1.0', '::1'];
    expect(findInRange('10.0.0.9-10.0.1.0', ...all)).toEqual(['10.0.0.10', '10.0.0.9', '10.0.1.0']);
    expect(findInRange('10.0.1.0 - 10.0.0.9', ...all)).toEqual([]);
  });

  test('are not listed if there are too many to review', () => {
    const some = (count: number): string[] => Array.from({ length: count }, (_, at) => `10.0.0.${at + 1}`);
    expect(findInRange('10.0.0.0/24', ...some(64))).toHaveLength(64);
    expect(findInRange('10.0.0.0/24', ...some(65))).toEqual([]);
  });

  test('are listed once each, without those of certificates that cannot be revoked', () => {
    const known = listAddresses([
      aKnown({ ip: ['10.0.0.2', '10.0.0.1'] }),
      aKnown({ ip: ['10.0.0.1', 'no address'] }),
      aKnown({ ip: ['10.0.0.3'], exempt: 'kubelet-server' }),
    ]);
    expect(known.map(({ text }) => text)).toEqual(['10.0.0.1', '10.0.0.2']);
  });
});
