import { expect, test } from 'vitest';
import type { BoardRow } from '../../../core/inventory/model/board-row.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import type { ClusterPlace } from '../../../core/plan/model/deployment.ts';
import { DAY_MS, instant, epochMs } from '../../../core/shared/instant.ts';
import { planRepair } from '../../../core/repair/service.ts';
import { repairDiagnosis, type RepairChoice, type RepairSource } from '../../../core/repair/model/request.ts';
import { surenessText } from '../../../core/repair/text/diagnosis-text.ts';
import { translator } from '../../../core/shared/text/text.ts';
import { boardRow } from '../../support/board-rows.ts';

const NOW = instant('2026-11-24T12:00:00Z');
const NOW_MS = epochMs(NOW);
const KVACTL = 'failed to create azurestackhci session: Certificate has expired: Expired';

function place(id: string, change: Partial<ClusterPlace> = {}): ClusterPlace {
  return { id: id as ClusterId, name: id, kind: 'kubernetes', ...change };
}

function apiServer(cluster: string, endsInDays: number): BoardRow {
  return boardRow({
    cluster,
    name: `${cluster} API server`,
    layer: 'kubernetes',
    role: 'apiserver',
    notBeforeMs: NOW_MS - 5 * DAY_MS,
    notAfterMs: NOW_MS + endsInDays * DAY_MS,
  });
}

function source(clusters: readonly ClusterPlace[], rows: readonly BoardRow[]): RepairSource {
  return { now: NOW, clusters, rows, facts: {}, classes: LIFETIME_CLASSES };
}

function choice(change: Partial<RepairChoice> = {}): RepairChoice {
  return { clusters: [], failures: [], texts: [], answers: {}, ...change };
}

const TWO = source(
  [place('hosts', { kind: 'moc' }), place('east'), place('west')],
  [apiServer('east', -1), apiServer('west', -2)],
);

test('an error without a named cluster is judged by its text alone', () => {
  const { causes } = repairDiagnosis(TWO, choice({ texts: [KVACTL] }));
  expect(causes.map(({ failure }) => failure)).toEqual(['F05']);
  expect(causes[0]?.clusters).toBeUndefined();
});

test('an error with a named cluster is judged by its text and by the inventory of the cluster', () => {
  const { causes } = repairDiagnosis(TWO, choice({ texts: [KVACTL], clusters: ['east'] }));
  expect(causes.map(({ failure }) => failure)).toContain('F01');
});

test('without a text, each cluster is judged separately, and each cause lists its clusters', () => {
  const { causes } = repairDiagnosis(TWO, choice());
  expect(causes[0]).toMatchObject({ failure: 'F01', clusters: ['east', 'west'] });
});

test('each cause is listed once, the most likely first', () => {
  const { causes } = repairDiagnosis(TWO, choice());
  const found = causes.map(({ confidence }) => confidence);
  expect(found).toEqual([...found].sort((one, other) => other - one));
  expect(new Set(causes.map(({ failure }) => failure)).size).toBe(causes.length);
});

test('a diagnosis does not require the choice of a deployment, but a plan does', () => {
  const several = source([...TWO.clusters, place('others', { kind: 'moc' })], TWO.rows);
  const asked = choice({ texts: [KVACTL] });
  expect(repairDiagnosis(several, asked).causes[0]?.failure).toBe('F05');
  expect(() => planRepair(several, asked)).toThrow(expect.objectContaining({ code: 'plan.deployment-needed' }));
});

test('a diagnosis of a cluster that is not in the inventory is refused', () => {
  expect(() => repairDiagnosis(TWO, choice({ clusters: ['north'] }))).toThrow(
    expect.objectContaining({ code: 'cluster.unknown' }),
  );
});

test.each([
  ['sample-lab', ['lab']],
  ['east', ['east']],
])('a demo fleet beside real clusters is judged only if its cluster is chosen: %s', (cluster, names) => {
  const both = source(
    [...TWO.clusters, place('sample-lab', { name: 'lab', sample: true })],
    [...TWO.rows, apiServer('sample-lab', -1)],
  );
  const { plan } = planRepair(both, choice({ clusters: [cluster] }));
  expect(plan.clusters.filter(({ isHost }) => !isHost).map(({ name }) => name)).toEqual(names);
});

test('a likely cause is confirmed by the inventory if it shows what has expired, and words replace the number', () => {
  const name = (cause: Parameters<typeof surenessText>[0]): string =>
    surenessText(cause, { translate: translator('en'), language: 'en', zone: 'utc' });
  const evidence = [
    { kind: 'inventory' as const, sign: 's', roles: ['apiserver' as const], state: 'expired' as const },
  ];
  expect(name({ confidence: 0.8, evidence })).toBe('confirmed by the inventory');
  const [first] = evidence;
  const readAt = (at: string) => ({ ...first!, readMs: Date.parse(at) });
  const read = [readAt('2026-11-20T08:00:00.000Z'), readAt('2026-11-28T13:52:00.000Z')];
  expect(name({ confidence: 0.8, evidence: read })).toBe('confirmed by the files read on 28 Nov 2026 13:52 UTC');
  expect(name({ confidence: 0.4, evidence })).toBe('possible');
  expect(name({ confidence: 0.8, evidence: [{ ...evidence[0]!, state: 'valid' }] })).toBe('likely');
  expect(name({ confidence: 0.9 })).toBe('almost sure');
});
