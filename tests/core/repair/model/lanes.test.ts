import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import { IMPACT_IDS, type ImpactId } from '../../../../core/knowledge/model/credentials/role-row.ts';
import { IMPACT_STATES, type ImpactState, type NeedImpact } from '../../../../core/repair/model/impact.ts';
import {
  compareLane,
  countLanes,
  findFirstRepair,
  findLane,
  FLEET_LANES,
  fleetNeeds,
  isBroken,
  listDeciding,
  type ClusterNeed,
} from '../../../../core/repair/model/needs.ts';
import { needSentences } from '../../../../core/repair/text/needs-text.ts';
import type { FactsByCluster } from '../../../../core/plan/model/cluster-facts.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import { DAY_MS, epochMs, HOUR_MS, instant, instantFromMs } from '../../../../core/shared/instant.ts';
import { translator } from '../../../../core/shared/text/text.ts';
import { boardRow } from '../../../support/board-rows.ts';

const impact = (id: ImpactId, state: ImpactState, atMs?: number): NeedImpact => ({
  ...{ id, state, credentials: [] },
  ...(atMs !== undefined && { atMs }),
});
const need = (cluster: string, ...impacts: NeedImpact[]) => ({ cluster, impacts });

test.each([
  ['down', 'an API server or etcd without a valid certificate', [impact('api-server', 'stopped')]],
  [
    'down',
    'a KMS plugin that cannot log in, although nodes will stop later',
    [impact('secrets', 'stopped'), impact('nodes', 'stopping')],
  ],
  ['down', 'an expired cluster CA', [impact('cluster', 'stopped')]],
  [
    'falling',
    'an API server that stops tonight, although a kubeconfig has stopped',
    [impact('kubectl', 'stopped'), impact('api-server', 'stopping')],
  ],
  ['attention', 'stopped nodes', [impact('nodes', 'stopped')]],
  ['attention', 'an expired kubeconfig of one person', [impact('kubectl', 'stopped')]],
  ['attention', 'a late renewal of the API server', [impact('api-server', 'late')]],
  ['attention', 'a certificate that is not yet valid', [impact('clock', 'stopped')]],
  [undefined, 'nothing wrong in it', []],
  [
    'stale',
    'an expired API server that should have renewed itself since it was read',
    [impact('api-server', 'outdated')],
  ],
  [
    'attention',
    'an API server in that state and an expired kubeconfig',
    [impact('api-server', 'outdated'), impact('kubectl', 'stopped')],
  ],
] as const)('a cluster is in lane %s with %s', (lane, _, impacts) => {
  expect(findLane({ impacts })).toBe(lane);
});

test('each cluster is counted once, and each lane names its first cluster in the order of repair', () => {
  const needs = [
    need('a', impact('api-server', 'stopped', 20_000), impact('nodes', 'stopped', 5_000)),
    need('b', impact('secrets', 'stopped', 10_000)),
    need('c', impact('api-server', 'stopping', 90_000), impact('kubectl', 'stopped', 1_000)),
    need('d', impact('clock', 'stopped')),
  ];
  expect(countLanes(needs)).toEqual({
    down: { clusters: 2, cluster: 'a', first: '1970-01-01T00:00:20Z' },
    falling: { clusters: 1, cluster: 'c', first: '1970-01-01T00:01:30Z' },
    attention: { clusters: 1, cluster: 'd' },
  });
});

const impacts = fc.array(
  fc.record({
    id: fc.constantFrom(...IMPACT_IDS),
    state: fc.constantFrom(...IMPACT_STATES),
    atMs: fc.nat(1_000_000),
    credentials: fc.constant([]),
  }),
);

test('for any needs, the lanes contain each cluster with an impact once, and there is a sentence for each lane', () => {
  fc.assert(
    fc.property(fc.array(impacts), (all) => {
      const needs = all.map((own, at) => need(`cluster-${at}`, ...own));
      const counts = countLanes(needs);
      expect(FLEET_LANES.reduce((sum, lane) => sum + (counts[lane]?.clusters ?? 0), 0)).toBe(
        all.filter((own) => own.length > 0).length,
      );
      const sentences = needSentences(counts, { translate: translator('en'), formatDate: String });
      expect(sentences).toHaveLength(Object.keys(counts).length);
      const ranks = needs.sort(compareLane).flatMap((each) => {
        const lane = findLane(each);
        return lane === undefined ? [] : FLEET_LANES.indexOf(lane);
      });
      expect(ranks).toEqual([...ranks].sort((one, other) => one - other));
    }),
  );
});

describe('a certificate of an API server that ended two days ago', () => {
  const NOW_MS = epochMs(instant('2026-12-01T00:00:00Z'));
  const source = (row: Partial<BoardRow>, facts: FactsByCluster = {}) => ({
    now: instantFromMs(NOW_MS),
    clusters: [{ id: 'east' as ClusterId, name: 'east', kind: 'kubernetes' as const }],
    rows: [
      boardRow({
        ...{ clusterId: 'east' as ClusterId, cluster: 'east', role: 'apiserver' },
        ...{ notBeforeMs: NOW_MS - 6 * DAY_MS, notAfterMs: NOW_MS - 2 * DAY_MS, ...row },
      }),
    ],
    facts,
    classes: LIFETIME_CLASSES,
  });
  const lanes = (...given: Parameters<typeof source>) => fleetNeeds(source(...given)).map(findLane);

  test('puts the cluster in lane down if it was read after its end, or at an unknown time', () => {
    expect(lanes({ confirmedMs: NOW_MS - HOUR_MS })).toEqual(['down']);
    expect(lanes({ confirmedMs: undefined })).toEqual(['down']);
  });

  test('puts the cluster in lane stale if it was read while it was new, unless the cluster was off', () => {
    expect(lanes({ confirmedMs: NOW_MS - 5 * DAY_MS })).toEqual(['stale']);
    const offSince = instantFromMs(NOW_MS - 5 * DAY_MS);
    expect(lanes({ confirmedMs: NOW_MS - 5 * DAY_MS }, { east: { offSince } })).toEqual(['down']);
  });

  test('puts the cluster in lane down if a RenewRevocation forbids its renewal', () => {
    const refusal = { name: 'r', namespace: 'n', path: '/r.yaml', isAlone: true, kind: 'Group' as const, value: 'g' };
    expect(lanes({ confirmedMs: NOW_MS - 5 * DAY_MS, refusals: [refusal] })).toEqual(['down']);
    const untilMs = NOW_MS - HOUR_MS;
    expect(lanes({ confirmedMs: NOW_MS - 5 * DAY_MS, refusals: [{ ...refusal, untilMs }] })).toEqual(['stale']);
  });

  test('says nothing about the impact if a newer reading shows what stops soon', () => {
    const [outdated] = source({ confirmedMs: NOW_MS - 5 * DAY_MS }).rows;
    const late = { role: 'etcd-server' as const, notBeforeMs: NOW_MS - 4 * DAY_MS, notAfterMs: NOW_MS + HOUR_MS };
    const [current] = source({ ...late, id: 'etcd' as CredentialId, confirmedMs: NOW_MS }).rows;
    const [need] = fleetNeeds({ ...source({}), rows: [outdated!, current!] });
    expect(need?.impacts).toMatchObject([{ id: 'api-server', state: 'stopping', credentials: ['etcd'] }]);
    expect(need && [findLane(need), isBroken(need)]).toEqual(['falling', false]);
  });
});

test.each([
  ['down', ['secrets']],
  ['attention', ['cluster', 'secrets']],
] as const)('in lane %s, these impacts decide: %j', (lane, ids) => {
  const impacts = [impact('cluster', 'stopping'), impact('secrets', 'stopped'), impact('api-server', 'outdated')];
  expect(listDeciding(impacts, lane).map(({ id }) => id)).toEqual(ids);
});

test('a need without current impacts is not broken and not the first to repair', () => {
  const stale = {
    ...need('a', impact('api-server', 'outdated')),
    isRepairable: true,
  } as Partial<ClusterNeed> as ClusterNeed;
  const down = { ...need('b', impact('nodes', 'stopped')), isRepairable: true } as Partial<ClusterNeed> as ClusterNeed;
  expect(isBroken(stale)).toBe(false);
  expect(findFirstRepair([stale, down])).toBe(down);
});

test('a healthy fleet has no lanes and no sentences', () => {
  expect(needSentences(countLanes([]), { translate: translator('en'), formatDate: String })).toEqual([]);
});

test.each([
  ['en', 1, true, 'east has been down since D.'],
  ['en', 1, false, 'east is down.'],
  ['en', 2, true, '2 clusters are down, east since D.'],
  ['ja', 1, true, 'east は D から停止しています。'],
  ['ja', 2, true, '2 個のクラスターが停止しています (east は D から)。'],
] as const)(
  'the sentence in %s about %d clusters that are down, dated: %s',
  (language, clusters, isDated, expected) => {
    const first = isDated ? { first: '2026-12-01T00:00:00Z' as never } : {};
    const wording = { translate: translator(language), formatDate: () => 'D' };
    expect(needSentences({ down: { clusters, cluster: 'east', ...first } }, wording)).toEqual([expected]);
  },
);
