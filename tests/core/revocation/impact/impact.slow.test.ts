import { describe, expect, test } from 'vitest';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import { DAY_MS, instantFromMs, epochMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import type { RevocationEntry } from '../../../../core/shared/renew-revocation/entry.ts';
import { listKnownCertificates, type KnownCertificate } from '../../../../core/revocation/model/inventory-index.ts';
import { revokes } from '../../../support/naive-match.ts';
import { exposureUntilMs } from '../../../../core/revocation/impact/exposure.ts';
import { getMatches } from '../../../../core/revocation/impact/impact.ts';
import { aKnown, NOW } from '../../../support/known-certificates.ts';
import { applyRevocationTo, certificatesFor, randomObject } from '../../../support/random-revocations.ts';
import { computeImpact, revocableCertificate } from '../../../support/impact.ts';

const nowMs = epochMs(NOW);
const WEST = { clusterId: 'west' as ClusterId, cluster: 'west' };
const group = (value: string, notBefore?: number): RevocationEntry => ({
  kind: 'Group',
  value,
  ...(notBefore !== undefined && { notBefore: instantFromMs(nowMs + notBefore) }),
});

/** Finds the revoked certificates one by one, with the rules of the simulation. */
function bruteForce(entries: readonly RevocationEntry[], certificates: readonly KnownCertificate[]) {
  return certificates.filter((certificate) =>
    entries.some((entry) => revokes(entry, revocableCertificate(certificate))),
  );
}

describe('the effect of entries', () => {
  test('includes each certificate once in total, and once for every entry that revokes it', () => {
    const [one, two] = [aKnown({ groups: ['a', 'b'] }), aKnown({ groups: ['b'], ...WEST })];
    const { entries, matched, clusters } = computeImpact([group('a'), group('b'), group('c')], [one, two]);
    expect(entries.map(({ count }) => count)).toEqual([1, 2, 0]);
    expect(matched).toEqual([one, two]);
    expect(clusters.map(({ cluster, shares }) => [cluster, shares.total])).toEqual([
      ['retail-east', { matched: 1, known: 1 }],
      ['west', { matched: 1, known: 1 }],
    ]);
  });

  test('depends only on the latest cutoff if several entries have the same value', () => {
    const early = aKnown({ groups: ['a'], notBeforeMs: nowMs - 20 * SECOND_MS });
    const late = aKnown({ groups: ['a'], notBeforeMs: nowMs - 5 * SECOND_MS });
    const near = computeImpact([group('a', -10 * SECOND_MS), group('a', -30 * SECOND_MS)], [early, late]);
    expect(near.matched).toEqual([early]);
    expect(near.entries.map(({ count }) => count)).toEqual([1, 0]);
    expect(computeImpact([group('a', -30 * SECOND_MS), group('a')], [early, late]).matched).toEqual([early, late]);
  });

  test('is counted by holder of the certificates, with a count for the credential in use', () => {
    const mine = aKnown({ role: 'admin-kubeconfig', layer: 'workstation', groups: ['a'] });
    const certificates = [
      aKnown({ role: 'apiserver', groups: ['a'] }),
      aKnown({ role: 'scheduler' }),
      aKnown({ role: 'kubelet-client', name: 'system:node:r-control-plane-x', groups: ['a'] }),
      aKnown({ role: 'kubelet-client', name: 'system:node:r-worker', groups: ['a'] }),
      aKnown({ role: 'unknown' }),
      aKnown({ role: 'kubelet-server', groups: ['a'], exempt: 'kubelet-server' }),
      mine,
    ];
    const [cluster] = computeImpact([group('a')], certificates, (each) => each === mine).clusters;
    expect(cluster?.shares).toEqual({
      total: { matched: 4, known: 6 },
      controlPlane: { matched: 2, known: 3 },
      workers: { matched: 1, known: 1 },
      admins: { matched: 1, known: 1 },
      others: { matched: 0, known: 1 },
      inUse: { matched: 1, known: 1 },
    });
    expect(cluster?.byRole).toContainEqual({ role: 'kubelet-client', matched: 2, known: 2 });
  });
});

describe('the certificates of an entry', () => {
  const cutoff = group('a', 0);
  const lists = (certificates: KnownCertificate[], entry: RevocationEntry = cutoff) => {
    const [one] = computeImpact([entry], certificates).entries;
    if (one === undefined) throw new Error('no entry');
    const { matches, possible, exempt } = getMatches(one.indexed);
    return [matches, possible, exempt].map((list) =>
      list.map(({ certificate, why }) => [certificates.indexOf(certificate), why]),
    );
  };

  test('are listed with the reason for each', () => {
    const began = (ms: number, more = {}) => aKnown({ groups: ['a'], notBeforeMs: nowMs + ms, ...more });
    expect(
      lists([began(-SECOND_MS), began(0), began(SECOND_MS), began(-DAY_MS, { exempt: 'kubelet-server' }), aKnown()]),
    ).toEqual([[[0, 'group a']], [[1, 'same second as notBefore, group a']], [[3, 'kubelet-server, group a']]]);
  });

  test.each<[RevocationEntry, Partial<KnownCertificate>, string]>([
    [{ kind: 'serialnumber', value: '0AB' }, { serialHex: 'ab' }, 'serial number ab'],
    [{ kind: 'DNS', value: 'a.b' }, { dns: ['a.b'] }, 'DNS name a.b'],
    [{ kind: 'DNS', value: '.b' }, { dns: ['a.b'] }, 'DNS suffix .b'],
    [{ kind: 'IP', value: '10.0.0.1' }, { ip: ['10.0.0.1'] }, 'IP address 10.0.0.1'],
  ])('are matched by %j, which is the reason', (entry, changes, why) => {
    expect(lists([aKnown(changes)], entry)).toEqual([[[0, why]], [], []]);
  });

  test('include a match by common name only as possible, up to and including the cutoff', () => {
    const entry: RevocationEntry = { kind: 'DNS', value: 'node-1', notBefore: NOW };
    const began = (ms: number) => aKnown({ cn: 'node-1', notBeforeMs: nowMs + ms });
    const why = 'common name node-1, in no SAN';
    expect(lists([began(-SECOND_MS), began(0), began(SECOND_MS)], entry)).toEqual([
      [],
      [
        [0, why],
        [1, why],
      ],
      [],
    ]);
  });
});

test.each([
  [[], undefined],
  [[-SECOND_MS], undefined],
  // A certificate is valid up to and including its last second.
  [[0], 0],
  [[SECOND_MS], SECOND_MS],
  [[-DAY_MS, DAY_MS, SECOND_MS], DAY_MS],
])('matches that expire %j ms from now may be accepted until %j', (ends, until) => {
  const matched = ends.map((ms) => aKnown({ notAfterMs: nowMs + ms }));
  expect(exposureUntilMs(matched, nowMs)).toBe(until === undefined ? undefined : nowMs + until);
});

test('the preview, the simulation and an examination of each certificate have the same result', () => {
  let revoked = 0;
  // The benchmark uses ten thousand seeds.
  for (let seed = 1; seed <= 200; seed += 1) {
    const { state, clusters, clusterId } = certificatesFor(seed % 4);
    const object = randomObject(seed, clusters);
    const own = listKnownCertificates(clusters).filter((one) => one.clusterId === clusterId);
    const { entries, matched } = computeImpact(object.entries, own);
    expect(matched, `seed ${seed}`).toEqual(bruteForce(object.entries, own));
    const ids = new Set(matched.map(({ id }) => id));
    expect(applyRevocationTo(state, clusterId, object), `seed ${seed}`).toEqual(ids);
    const listed = entries.map(({ indexed }) => getMatches(indexed).matches);
    expect(listed.map(({ length }) => length)).toEqual(entries.map(({ count }) => count));
    expect(new Set(listed.flat().map(({ certificate: { id } }) => id))).toEqual(ids);
    revoked += ids.size;
  }
  expect(revoked).toBeGreaterThan(300);
});
