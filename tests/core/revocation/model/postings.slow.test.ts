import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantFromMs, epochMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import type { RevocationEntry } from '../../../../core/shared/renew-revocation/entry.ts';
import type { KnownCertificate } from '../../../../core/revocation/model/inventory-index.ts';
import { listMatchingEntries, revokes } from '../../../support/naive-match.ts';
import { RevocationIndex } from '../../../../core/shared/renew-revocation/match.ts';
import { buildPostings } from '../../../../core/revocation/model/postings.ts';
import { aKnown, NOW } from '../../../support/known-certificates.ts';
import { revocableCertificate } from '../../../support/impact.ts';

const pick = fc.constantFrom;
const names = pick(
  'a.b',
  'x.a.b',
  'y.x.a.b',
  'a.b.',
  '.a.b',
  'A.B',
  '*.a.b',
  'b',
  'node.a.b',
  '..b',
  'a..b',
  '.',
  '',
  // A letter whose lower case is `k`, and one whose lower case has two characters.
  '\u212a.a.b',
  'k.a.b',
  '\u0130.a.b',
  // The longest possible name, and a longer one.
  `${'a.'.repeat(126)}b`,
  `${'a.'.repeat(127)}b`,
);
const addresses = pick('10.0.0.1', '10.0.0.2', '::ffff:10.0.0.1', 'fd00::1', '010.0.0.1', 'x');
const serials = pick('01', '0100', 'ff', '00ff', '1', '-01', 'ab'.repeat(21));
const moments = pick(-2, -1, 0, 1, 2).map((seconds) => epochMs(NOW) + seconds * SECOND_MS);

const known = fc
  .record({
    serialHex: serials,
    groups: fc.array(pick('g', 'G', 'h'), { maxLength: 2 }),
    dns: fc.array(names, { maxLength: 3 }),
    ip: fc.array(addresses, { maxLength: 2 }),
    cn: names,
    notBeforeMs: moments,
    exempt: fc.option(pick('moc', 'authority', 'kubelet-server'), { nil: undefined }),
  })
  .map(({ exempt, ...rest }) => aKnown({ ...rest, ...(exempt !== undefined && { exempt }) }));

const entry: fc.Arbitrary<RevocationEntry> = fc
  .oneof(
    serials.map((value) => ({ kind: 'serialnumber' as const, value })),
    pick('g', 'G', '').map((value) => ({ kind: 'Group' as const, value })),
    names.map((value) => ({ kind: 'DNS' as const, value })),
    addresses.map((value) => ({ kind: 'IP' as const, value })),
  )
  .chain((one) =>
    fc
      .option(moments, { nil: undefined })
      .map((ms) => ({ ...one, ...(ms !== undefined && { notBefore: instantFromMs(ms) }) })),
  );

/** Finds the matching certificates one by one, with the rules of the simulation. */
function oneByOne(one: RevocationEntry, certificates: readonly KnownCertificate[]) {
  return certificates.filter((certificate) => revokes(one, revocableCertificate(certificate)));
}

test('the index yields the same counts as an examination of each certificate', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 8 }), fc.array(known, { maxLength: 8 }), (entries, certificates) => {
      const indexed = buildPostings(entries, certificates);
      for (const [at, { entry: one, posting, cutoffMs }] of indexed.entries()) {
        expect(one).toBe(entries[at]);
        const expected = oneByOne(one, certificates);
        expect(posting.countBefore(cutoffMs)).toBe(expected.length);
        const listed = posting.reachable.filter(({ notBeforeMs }) => cutoffMs === undefined || notBeforeMs < cutoffMs);
        expect(listed).toEqual(expected);
        const possible = [
          ...posting.reachable.filter(({ notBeforeMs }) => notBeforeMs === cutoffMs),
          ...posting.commonName.filter(({ notBeforeMs }) => cutoffMs === undefined || notBeforeMs <= cutoffMs),
        ];
        expect(posting.countPossible(cutoffMs)).toBe(possible.length);
        // Exempt certificates are matched like others, but without the cutoff.
        const { notBefore: _cutoff, ...whole } = one;
        const outside = certificates.filter(({ exempt }) => exempt !== undefined);
        const within = outside.map(({ exempt: _out, ...rest }) => rest);
        expect(posting.exempt.map(({ id }) => id)).toEqual(oneByOne(whole, within).map(({ id }) => id));
      }
    }),
    { numRuns: 1_000, seed: 5 },
  );
});

const MANY = { minLength: 10, maxLength: 20 };

test('an index of entries and an index of certificates yield the same matches as a comparison of all pairs', () => {
  let matches = 0;
  fc.assert(
    fc.property(fc.array(entry, MANY), fc.array(known, MANY), (entries, certificates) => {
      const objects = [{ name: 'drawn', namespace: 'kube-system', entries }];
      const byEntry = new RevocationIndex(objects);
      const postings = buildPostings(entries, certificates);
      for (const [position, certificate] of certificates.entries()) {
        const expected = listMatchingEntries(objects, revocableCertificate(certificate));
        expect(byEntry.match(revocableCertificate(certificate))).toEqual(expected);
        const found = postings.flatMap(({ posting, cutoffMs = Infinity }, at) => {
          const marks = new Uint8Array(certificates.length);
          posting.mark(marks, cutoffMs);
          return marks[position] === 1 ? [at] : [];
        });
        expect(found).toEqual(expected.map(({ entryIndex }) => entryIndex));
        matches += found.length;
      }
    }),
    { numRuns: 500, seed: 5 },
  );
  expect(matches).toBeGreaterThan(1_000);
});

test('queries for one text do not affect later queries', () => {
  fc.assert(
    fc.property(
      fc.array(entry, { maxLength: 8 }),
      fc.array(entry, { maxLength: 8 }),
      fc.array(known, { maxLength: 8 }),
      (before, entries, certificates) => {
        const describePostings = (list: readonly KnownCertificate[]) =>
          buildPostings(entries, list).map(({ posting, cutoffMs }) => [
            ...[posting.positions, posting.reachable, posting.exempt, posting.commonName],
            ...[posting.countBefore(cutoffMs), posting.countPossible(cutoffMs)],
          ]);
        const asked = [...certificates];
        for (const { posting, cutoffMs } of buildPostings(before, asked)) {
          posting.countPossible(cutoffMs);
          posting.mark(new Uint8Array(asked.length), Infinity);
        }
        expect(describePostings(asked)).toEqual(describePostings([...certificates]));
      },
    ),
    { numRuns: 300, seed: 5 },
  );
});

test('only entries with the same condition share a list', () => {
  const entries: RevocationEntry[] = [
    { kind: 'serialnumber', value: '0x0A:BC' },
    { kind: 'serialnumber', value: 'abc' },
    { kind: 'Group', value: 'abc' },
    { kind: 'DNS', value: 'abc' },
    { kind: 'DNS', value: 'ABC.' },
    { kind: 'DNS', value: '.abc' },
  ];
  for (const certificates of [[], [aKnown({ serialHex: '0abc', groups: ['abc'], dns: ['abc'] })]]) {
    const postings = buildPostings(entries, certificates).map(({ posting }) => posting);
    expect(postings.map((posting) => postings.indexOf(posting))).toEqual([0, 0, 2, 3, 3, 5]);
  }
});

test('all names below a suffix are found among many other names, and no others', () => {
  const certificates = Array.from({ length: 5_000 }, (_, at) =>
    aKnown({ dns: [`n-${at}.zone-${at % 50}.example`, `n-${at}.other.example`] }),
  );
  const entries = Array.from({ length: 50 }, (_, at): RevocationEntry => ({
    kind: 'DNS',
    value: `.zone-${at}.example`,
  }));
  for (const [at, { posting }] of buildPostings(entries, certificates).entries())
    expect(posting.positions).toEqual(Array.from({ length: 100 }, (_, step) => at + step * 50));
  const [all] = buildPostings([{ kind: 'DNS', value: '.example' }], certificates);
  expect(all?.posting.positions).toHaveLength(certificates.length);
});

describe('a common name', () => {
  const match = (value: string, changes: Partial<KnownCertificate>) => {
    const [indexed] = buildPostings([{ kind: 'DNS', value }], [aKnown(changes)]);
    return [indexed?.posting.reachable.length, indexed?.posting.commonName.length];
  };

  test.each<[string, string, Partial<KnownCertificate>, [number, number]]>([
    ['equal to the name', 'node-1', { cn: 'node-1' }, [0, 1]],
    ['in another case', 'node-1', { cn: 'Node-1' }, [0, 1]],
    ['below the suffix', '.a.b', { cn: 'node.a.b' }, [0, 1]],
    ['that is also a SAN', 'node-1', { cn: 'node-1', dns: ['node-1'] }, [1, 0]],
    ['of a user', '.a.b', { cn: 'system:node:x.a.b' }, [0, 0]],
    ['of an exempt certificate', 'node-1', { cn: 'node-1', exempt: 'moc' }, [0, 0]],
    ['of another machine', 'node-2', { cn: 'node-1' }, [0, 0]],
  ])('%s', (_title, value, changes, expected) => {
    expect(match(value, changes)).toEqual(expected);
  });
});
