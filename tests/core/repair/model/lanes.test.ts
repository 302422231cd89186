import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IMPACT_IDS, type ImpactId } from '../../../../core/knowledge/model/credentials/role-row.ts';
import { IMPACT_STATES, type ImpactState, type NeedImpact } from '../../../../core/repair/model/impact.ts';
import { compareLane, countLanes, findLane, FLEET_LANES } from '../../../../core/repair/model/needs.ts';
import { needSentences } from '../../../../core/repair/text/needs-text.ts';
import { translator } from '../../../../core/shared/text/text.ts';

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
] as const)('a cluster is in lane %s with %s', (lane, _, impacts) => {
  expect(findLane({ impacts })).toBe(lane);
});

test('each cluster is counted once, and its lane names the one that went or goes down first', () => {
  const needs = [
    need('a', impact('api-server', 'stopped', 20_000), impact('nodes', 'stopped', 5_000)),
    need('b', impact('secrets', 'stopped', 10_000)),
    need('c', impact('api-server', 'stopping', 90_000), impact('kubectl', 'stopped', 1_000)),
    need('d', impact('clock', 'stopped')),
  ];
  expect(countLanes(needs)).toEqual({
    down: { clusters: 2, cluster: 'b', first: '1970-01-01T00:00:10Z' },
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
      const ranks = needs.sort(compareLane).map((each) => FLEET_LANES.indexOf(findLane(each) ?? 'attention'));
      expect(ranks).toEqual([...ranks].sort((one, other) => one - other));
    }),
  );
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
