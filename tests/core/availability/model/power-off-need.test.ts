import { expect, test } from 'vitest';
import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import { ROLES } from '../../../../core/knowledge/model/credentials/roles.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import type { ClusterPlace } from '../../../../core/plan/model/deployment.ts';
import { DAY_MS, HOUR_MS, instant, epochMs } from '../../../../core/shared/instant.ts';
import { sortByNeed } from '../../../../core/availability/model/power-off-need.ts';
import { powerOffClocks } from '../../../../core/availability/model/power-off.ts';
import { boardRow } from '../../../support/board-rows.ts';

const NOW = epochMs(instant('2026-11-25T09:00:00Z'));

test('hosts come first, then clusters that are down, then degraded clusters, then the others by time left', () => {
  const fleet: [name: string, kind: ClusterPlace['kind'], role: RoleId, leftMs: number][] = [
    ['fine for a day', 'kubernetes', 'apiserver', DAY_MS],
    ['fine for an hour', 'kubernetes', 'apiserver', HOUR_MS],
    ['kubeconfig', 'kubernetes', 'admin-kubeconfig', -DAY_MS],
    ['no cloud', 'kubernetes', 'csi-token', -DAY_MS],
    ['no kubelet', 'kubernetes', 'kubelet-client', -DAY_MS],
    ['no API server', 'kubernetes', 'apiserver', -DAY_MS],
    ['host', 'moc', 'node-agent-token', -DAY_MS],
  ];
  const rows = fleet.map(([name, , role, leftMs]) =>
    boardRow({
      name,
      role,
      cluster: name,
      clusterId: name as ClusterId,
      layer: ROLES[role].layer ?? 'kubernetes',
      notBeforeMs: NOW - 4 * DAY_MS,
      notAfterMs: NOW + leftMs,
    }),
  );
  const places = fleet.map(([name, kind]) => ({ id: name as ClusterId, name, kind }));
  const clocks = powerOffClocks(places, rows, { nowMs: NOW, classes: LIFETIME_CLASSES, facts: {} });
  expect(sortByNeed(clocks).map(({ cluster }) => cluster)).toEqual([
    ...['host', 'no API server', 'no kubelet', 'no cloud', 'kubeconfig'],
    ...['fine for an hour', 'fine for a day'],
  ]);
});
