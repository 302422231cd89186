import { beforeAll, describe, expect, test } from 'vitest';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { instantFromMs, epochMs, type Instant } from '../../../../core/shared/instant.ts';
import { MOST_FUTURE_ROWS, type MatchPage } from '../../../../core/revocation/model/view.ts';
import type { KnownCertificate } from '../../../../core/revocation/model/inventory-index.ts';
import { readRevocationDrafts } from '../../../../core/formats/renew-revocation/draft-reader.ts';
import { writeDraft } from '../../../../core/revocation/manifest/writer.ts';
import { foresee } from '../../../../core/revocation/impact/upcoming-matches.ts';
import { futureMatches } from '../../../../core/revocation/impact/upcoming-certificates.ts';
import { matchesIn } from '../../../../core/revocation/choose/matches.ts';
import type { MatchesQuestion } from '../../../../core/revocation/contract.ts';
import { aKnown, NOW } from '../../../support/known-certificates.ts';
import { certificatesFor, randomObject } from '../../../support/random-revocations.ts';

const writeEntries = (...entries: Record<string, string>[]): string => writeDraft({ name: 'r', entries });
const pause = (): Promise<void> => Promise.resolve();

describe('certificates matched by entries', () => {
  const west = { clusterId: 'west' as ClusterId, cluster: 'west' };
  const both = aKnown({ name: 'both', dns: ['a.b'], groups: ['g'] });
  const group = aKnown({ ...west, name: 'group', groups: ['g'], replaced: true });
  const same = aKnown({ name: 'same', groups: ['g'], notBeforeMs: epochMs(NOW) });
  const server = aKnown({ name: 'server', groups: ['g'], exempt: 'kubelet-server' });
  const all = [both, group, same, server];
  const text = `${writeEntries(
    { kind: 'DNS', dns: 'A.b.' },
    { kind: 'Group', group: 'g', notBefore: NOW },
  )}---\n${writeEntries({ kind: 'Group', group: 'g', notBefore: NOW })}`;

  const ask = (question: Partial<MatchesQuestion>, certificates: KnownCertificate[] = all) =>
    matchesIn(
      readRevocationDrafts(text),
      certificates,
      { list: 'matches', offset: 0, limit: 10, ...question },
      (role) => `role ${role}`,
    );
  const namesIn = ({ rows }: MatchPage): string[] => rows.map(({ name }) => name);

  test('are listed once, with the first entry that matches and the matching value', () => {
    const { rows, total } = ask({});
    expect(total).toBe(2);
    expect(rows.map(({ name, why, objectIndex, entryIndex }) => [name, why, objectIndex, entryIndex])).toEqual([
      ['both', 'DNS name A.b.', 0, 0],
      ['group', 'group g', 0, 1],
    ]);
    expect(rows[1]).toMatchObject({
      cluster: 'west',
      replaced: true,
      group: 'controlPlane',
      notBefore: instantFromMs(group.notBeforeMs),
    });
  });

  test('can be filtered by entry or by object', () => {
    expect(namesIn(ask({ objectIndex: 0, entryIndex: 1 }))).toEqual(['both', 'group']);
    const [first] = ask({ objectIndex: 1 }).rows;
    expect(first).toMatchObject({ objectIndex: 1, entryIndex: 0 });
    expect(ask({ objectIndex: 2 })).toEqual({ total: 0, rows: [] });
    expect(ask({ objectIndex: 0, entryIndex: 7 }).total).toBe(0);
  });

  test('can be limited to possible matches, or to exempt certificates with the reasons', () => {
    expect(namesIn(ask({ list: 'possible' }))).toEqual(['same']);
    expect(namesIn(ask({ list: 'exempt' }))).toEqual(['server']);
    expect(ask({ list: 'exempt' }).rows[0]?.why).toBe('kubelet-server, group g');
  });

  test('can be filtered by cluster or by words', () => {
    expect(namesIn(ask({ clusterId: west.clusterId }))).toEqual(['group']);
    expect(namesIn(ask({ query: 'WEST role' }))).toEqual(['group']);
    expect(namesIn(ask({ query: 'role scheduler' }))).toEqual(['both', 'group']);
    expect(ask({ query: 'east west' }).total).toBe(0);
  });

  test('are marked if they are in the kubeconfig that the admin uses', () => {
    const own = aKnown({ groups: ['g'], layer: 'workstation', paths: ['D:\\k'] });
    expect(ask({}, [own]).rows.map(({ inUse }) => inUse)).toEqual([undefined]);
    expect(ask({ kubeconfig: 'D:\\k' }, [own]).rows[0]).toMatchObject({ inUse: true });
  });
});

describe('renewals that would be refused', () => {
  let clusters: Cluster[];
  let now: Instant;

  beforeAll(() => {
    const made = certificatesFor(3);
    ({ clusters } = made);
    ({ now } = made.state.state);
  });

  test('are found for every object', async () => {
    let found = 0;
    for (let seed = 1; seed <= 8; seed += 1) {
      const objects = [seed, seed + 50].map((each) => randomObject(each, clusters));
      const fields = { serialnumber: 'serialNumber', Group: 'group', DNS: 'dns', IP: 'ip' };
      const text = objects
        .map(({ entries }) =>
          writeEntries(
            ...entries.map(({ kind, value, notBefore }) => ({
              kind,
              [fields[kind]]: value,
              ...(notBefore !== undefined && { notBefore }),
            })),
          ),
        )
        .join('---\n');
      const { rows, total, byEntry } = await foresee(readRevocationDrafts(text), { clusters, now, pause });
      const expected = new Map<string, Set<string>>();
      for (const [objectIndex, object] of objects.entries())
        for (const { id, entries } of await futureMatches({ object, clusters, now, pause }))
          for (const entryIndex of entries) {
            const places = expected.get(id) ?? new Set();
            expected.set(id, places.add(`${objectIndex}.${entryIndex}`));
          }
      const told = new Map(
        rows.map(({ id, entries }) => [
          id as string,
          new Set(entries.map(({ objectIndex, entryIndex }) => `${objectIndex}.${entryIndex}`)),
        ]),
      );
      expect(told, `seed ${seed}`).toEqual(expected);
      expect(total).toBe(expected.size);
      const sum = byEntry.reduce((all, { count }) => all + count, 0);
      expect(sum).toBe([...expected.values()].reduce((all, places) => all + places.size, 0));
      found += total;
    }
    expect(found).toBeGreaterThan(10);
  });

  test('are listed with the names of the certificates to be replaced, sorted by time', async () => {
    const text = writeEntries({ kind: 'Group', group: 'system:nodes' });
    const { rows } = await foresee(readRevocationDrafts(text), { clusters, now, pause });
    expect(rows.length).toBeGreaterThan(2);
    expect(new Set(rows.map(({ role }) => role))).toEqual(new Set(['kubelet-client']));
    for (const { name, cluster } of rows) expect([name, cluster].join(' ')).toMatch(/^system:node:/u);
    expect(rows.map(({ at }) => at)).toEqual(rows.map(({ at }) => at).sort());
  });

  test('are all counted, but only partly listed', async () => {
    const many = Array.from({ length: 900 }, (_, at) =>
      clusters
        .filter(({ kind }) => kind === 'kubernetes')
        .map((cluster) => ({ ...cluster, id: `${cluster.id}-${at}` as ClusterId, sample: true as const })),
    ).flat();
    const text = writeEntries({ kind: 'Group', group: 'system:nodes' });
    const few = await foresee(readRevocationDrafts(text), { clusters: many.slice(0, 2), now, pause });
    const copies = Math.ceil((MOST_FUTURE_ROWS + 1) / few.total) * 2;
    const { rows, total, byEntry } = await foresee(readRevocationDrafts(text), {
      clusters: many.slice(0, copies),
      now,
      pause,
    });
    expect(total).toBe((few.total * copies) / 2);
    expect(rows).toHaveLength(MOST_FUTURE_ROWS);
    expect(byEntry).toEqual([{ objectIndex: 0, entryIndex: 0, count: total }]);
  });
});
