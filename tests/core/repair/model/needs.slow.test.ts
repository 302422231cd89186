import { expect, test } from 'vitest';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import type { ClusterPlace } from '../../../../core/plan/model/deployment.ts';
import { countNeeds, fleetNeeds } from '../../../../core/repair/model/needs.ts';
import { HOUR_MS, instant, toMilliseconds } from '../../../../core/shared/instant.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import { boardRow } from '../../../support/board-rows.ts';
import { costOf } from '../../../support/cost.ts';

const now = instant('2026-11-24T12:00:00Z');

test('of a large fleet plans are made for the clusters that are looked at, and for no others', () => {
  const clusters = Array.from({ length: 1_500 }, (_, at): ClusterPlace => {
    const name = `plant${at}`;
    return { id: name as ClusterId, name, kind: 'kubernetes' };
  });
  const rows = clusters.map(({ id, name }) =>
    boardRow({
      id: name as CredentialId,
      clusterId: id,
      cluster: name,
      notBeforeMs: toMilliseconds(now) - 97 * HOUR_MS,
      notAfterMs: toMilliseconds(now) - HOUR_MS,
    }),
  );
  const source = { now, clusters, rows, facts: {}, classes: LIFETIME_CLASSES };
  // Usually 350; with a plan for each it was 14,800.
  const cost = costOf(() => {
    const needs = fleetNeeds(source);
    expect(countNeeds(needs).stopped).toMatchObject({ clusters: 1_500, impacts: 1_500 });
    expect(needs[0]?.steps.length).toBeGreaterThan(0);
  });
  expect(cost).toBeLessThan(2_500);
});
