import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import type { ClusterPlace } from '../../../../core/plan/model/deployment.ts';
import { clusterRepairPlan, countLanes, fleetNeeds } from '../../../../core/repair/model/needs.ts';
import type { RepairSource } from '../../../../core/repair/model/request.ts';
import { HOUR_MS, instant, epochMs } from '../../../../core/shared/instant.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import { boardRow } from '../../../support/board-rows.ts';
import { measureCost } from '../../../support/cost.ts';

const now = instant('2026-11-24T12:00:00Z');

/** Makes a fleet in which the certificate of the API server of each cluster expired an hour ago. */
function makeExpiredFleet(clusters: readonly ClusterPlace[]): RepairSource {
  const rows = clusters.map(({ id, name }) =>
    boardRow({
      id: name as CredentialId,
      clusterId: id,
      cluster: name,
      notBeforeMs: epochMs(now) - 97 * HOUR_MS,
      notAfterMs: epochMs(now) - HOUR_MS,
    }),
  );
  return { now, clusters, rows, facts: {}, classes: LIFETIME_CLASSES };
}

test('in a large fleet, a plan is created only for a cluster whose steps are read', () => {
  const clusters = Array.from({ length: 1_500 }, (_, at): ClusterPlace => {
    const name = `plant${at}`;
    return { id: name as ClusterId, name, kind: 'kubernetes' };
  });
  // The cost is usually 350. It was 14,800 when a plan was created for every cluster.
  const cost = measureCost(() => {
    // New rows, because verdicts about known rows are kept.
    const needs = fleetNeeds(makeExpiredFleet(clusters));
    expect(countLanes(needs).down).toMatchObject({ clusters: 1_500 });
    expect(needs[0]?.steps.length).toBeGreaterThan(0);
  });
  expect(cost).toBeLessThan(2_500);
});

test('plans of a fleet are made without a search through all clusters for each plan', () => {
  let reads = 0;
  const countReads = (id: string, kind: ClusterPlace['kind']): ClusterPlace => ({
    id: id as ClusterId,
    kind,
    get name() {
      reads += 1;
      return id;
    },
  });
  const plants = Array.from({ length: 300 }, (_, at) => countReads(`plant${at}`, 'kubernetes'));
  const ended = { notBeforeMs: epochMs(now) - 97 * HOUR_MS, notAfterMs: epochMs(now) - HOUR_MS };
  const clusters = [countReads('agent', 'moc'), ...plants];
  const rows = clusters.map(({ id }) =>
    boardRow({ id: id as string as CredentialId, clusterId: id, cluster: id, ...ended }),
  );
  const needs = fleetNeeds({ now, clusters, rows, facts: {}, classes: LIFETIME_CLASSES });
  expect(needs.filter(({ steps }) => steps.length > 0)).toHaveLength(clusters.length);
  expect(reads / clusters.length).toBeLessThan(20);
});

/** Clusters may share a name, and a name may be part of another name or equal the id of another cluster. */
const places = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('east', 'east-2', 'west-3f', 'agent', 'management', 'other-6f'),
    name: fc.constantFrom('east', 'east-2', 'west', 'agent', 'management', 'plant'),
    kind: fc.constantFrom('kubernetes' as const, 'kubernetes' as const, 'moc' as const),
    isSample: fc.boolean(),
  }),
  { selector: ({ id }) => id, minLength: 1 },
);
const ROLES_OF_ROWS: readonly RoleId[] = ['apiserver', 'cluster-ca', 'kms-plugin', 'kms-plugin-token', 'node-agent'];
const rowFacts = fc.record({
  at: fc.nat(),
  role: fc.constantFrom(...ROLES_OF_ROWS),
  about: fc.constantFrom('KMSPlugin-east-moc-kms-plugin', 'KMSPlugin-east-2-moc-kms-plugin', 'west', 'node-1'),
  leftHours: fc.integer({ min: -48, max: 48 }),
});

test('the plan of a renamed cluster contains no step for a cluster whose name equals its id', () => {
  const renamed: ClusterPlace = { id: 'east' as ClusterId, name: 'west', kind: 'kubernetes' };
  const later: ClusterPlace = { id: 'east-2f' as ClusterId, name: 'east', kind: 'kubernetes' };
  const clusters = [renamed, later];
  const source = makeExpiredFleet(clusters);
  const needs = fleetNeeds(source);
  const planClusters = (id: ClusterId): unknown[] => [
    ...new Set(needs.find(({ clusterId }) => clusterId === id)?.steps.flatMap(({ cluster }) => cluster ?? [])),
  ];
  expect(planClusters(renamed.id)).toEqual(['west']);
  expect(planClusters(later.id)).toEqual(['east']);
  for (const { clusterId, steps } of needs) expect(steps).toEqual(clusterRepairPlan(source, [clusterId]).steps);
});

test('the plan of a cluster is the same whether it is made alone or together with the plans of the fleet', () => {
  fc.assert(
    fc.property(places, fc.array(rowFacts, { maxLength: 12 }), (chosen, facts) => {
      const clusters = chosen.map(({ id, isSample, ...others }): ClusterPlace => ({
        id: id as ClusterId,
        ...others,
        ...(isSample && { sample: true }),
      }));
      const rows = facts.map(({ at, role, about, leftHours }, index) => {
        const { id, name, kind, sample } = clusters[at % clusters.length]!;
        return boardRow({
          id: `${index}` as CredentialId,
          clusterId: id,
          cluster: name,
          layer: kind === 'moc' ? 'moc' : 'kubernetes',
          role,
          name: about,
          ...(sample && { sample }),
          notBeforeMs: epochMs(now) - 97 * HOUR_MS,
          notAfterMs: epochMs(now) + leftHours * HOUR_MS,
        });
      });
      const source = { now, clusters, rows, facts: {}, classes: LIFETIME_CLASSES };
      const plan = (work: () => unknown): unknown => {
        try {
          return work();
        } catch (error) {
          return String(error);
        }
      };
      for (const need of fleetNeeds(source)) {
        if (need.impacts[0]?.state !== 'stopped') continue;
        const alone = plan(() => {
          const real = clusters.filter(({ sample }) => sample !== true);
          const meant = real.length > 0 ? real : clusters;
          const ids = new Set(meant.map(({ id }) => id));
          const own = rows.filter(({ clusterId }) => ids.has(clusterId));
          return clusterRepairPlan({ ...source, clusters: [...meant], rows: own }, [need.clusterId]).steps;
        });
        expect(plan(() => need.steps)).toEqual(alone);
      }
    }),
    { numRuns: 300 },
  );
});
