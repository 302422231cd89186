import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashSeed, nodeSuffix, getSerial, threefry, type Words } from '../../../core/simulation/random.ts';

function words(hex: string): Words {
  return hex.split(' ').map((word) => Number.parseInt(word, 16)) as unknown as Words;
}

describe('random numbers in the simulation', () => {
  // Counter, key and result. Source: tests/kat_vectors of Random123, threefry4x32 with 20 rounds.
  test.each([
    [
      '00000000 00000000 00000000 00000000',
      '00000000 00000000 00000000 00000000',
      '9c6ca96a e17eae66 fc10ecd4 5256a7d8',
    ],
    [
      'ffffffff ffffffff ffffffff ffffffff',
      'ffffffff ffffffff ffffffff ffffffff',
      '2a881696 57012287 f6c7446e a16a6732',
    ],
    [
      '243f6a88 85a308d3 13198a2e 03707344',
      'a4093822 299f31d0 082efa98 ec4e6c89',
      '59cd1dbb b8879579 86b5d00c ac8b6d84',
    ],
  ])('equal those that Random123 has published for counter %s', (counter, key, result) => {
    expect(threefry(words(key), words(counter))).toEqual(words(result));
  });

  test('produce serial numbers that are positive, of even length, and below the limit of their layer', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), (seed, slot, issue) => {
        const key = hashSeed(seed);
        for (const bits of [128, 63] as const) {
          const serial = getSerial(key, slot, issue, bits);
          expect(serial).toMatch(/^(?:[0-9a-f]{2})+$/u);
          expect(serial.startsWith('00')).toBe(false);
          const value = BigInt(`0x${serial}`);
          expect(value > 0n && value < 1n << BigInt(bits)).toBe(true);
        }
      }),
    );
  });

  test('never produce the same serial number twice', () => {
    const key = hashSeed('sample');
    const serials = new Set<string>();
    for (let slot = 0; slot < 100; slot += 1)
      for (let issue = 0; issue < 100; issue += 1) serials.add(getSerial(key, slot, issue, 63));
    expect(serials.size).toBe(10_000);
  });

  test('differ from seed to seed, and produce machine names as in Kubernetes', () => {
    const names = ['a', 'b', 'ab', 'ba', ''].map((seed) => nodeSuffix(hashSeed(seed), 0, 1));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{5}$/u);
  });
});
