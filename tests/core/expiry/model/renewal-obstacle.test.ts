import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { ROLES } from '../../../../core/knowledge/model/credentials/roles.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS, epochMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import {
  RenewalObstacles,
  renewsByItself,
  type RenewalObstacle,
} from '../../../../core/expiry/model/renewal-obstacle.ts';
import { lifetimeClasses, type Thresholds } from '../../../../core/expiry/model/thresholds.ts';
import { boardRow } from '../../../support/board-rows.ts';

const NOW = epochMs(instant('2026-11-24T12:00:00Z'));

/** Makes a credential with `leftMs` left of the usual lifetime of its class. */
function aRow(role: RoleId, leftMs: number, change: Partial<BoardRow> = {}): BoardRow {
  const { lifetimeClass } = ROLES[role];
  const layer = ROLES[role].layer ?? 'kubernetes';
  const endMs = NOW + leftMs;
  return boardRow({
    name: role,
    role,
    layer,
    lifetimeClass,
    notBeforeMs: endMs - LIFETIME_CLASSES[lifetimeClass].usualMs,
    notAfterMs: endMs - SECOND_MS,
    ...change,
  });
}

function findObstacle(row: BoardRow, others: BoardRow[] = [], own: Thresholds = {}): RenewalObstacle | undefined {
  return new RenewalObstacles([row, ...others], lifetimeClasses(own), NOW).find(row);
}

/** Times left, and whether a credential with that time left has expired and is an obstacle. */
const AROUND_THE_END = [
  [SECOND_MS, false],
  [0, true],
  [-SECOND_MS, true],
] as const;

describe('a CA that has expired', () => {
  test.each<[RoleId, RoleId]>([
    ['etcd-server', 'etcd-ca'],
    ['apiserver', 'cluster-ca'],
    ['kubelet-client', 'cluster-ca'],
    ['front-proxy-client', 'front-proxy-ca'],
    ['csi', 'cloud-agent-ca'],
  ])('blocks the renewal of %s if its role is %s', (role, authority) => {
    for (const [leftMs, isFallen] of AROUND_THE_END) {
      const found = findObstacle(aRow(role, 2 * HOUR_MS), [aRow(authority, leftMs)]);
      expect(found?.rule).toBe(isFallen ? 'issuer-expired' : undefined);
      expect(found?.by).toBe(isFallen ? authority : undefined);
    }
  });

  test('blocks no renewal of another kind or in another cluster', () => {
    const row = aRow('etcd-server', 2 * HOUR_MS);
    expect(findObstacle(row, [aRow('cluster-ca', -DAY_MS)])).toBeUndefined();
    const elsewhere = { clusterId: 'tokyo' as ClusterId };
    expect(findObstacle(row, [aRow('etcd-ca', -DAY_MS, elsewhere)])).toBeUndefined();
  });

  test('blocks nothing once its successor exists, in whatever order the two were read', () => {
    const row = aRow('csi', 10 * DAY_MS);
    const old = aRow('cloud-agent-ca', -DAY_MS, { name: 'old' });
    const next = aRow('cloud-agent-ca', 200 * DAY_MS, { name: 'next' });
    expect(findObstacle(row, [old, next])).toBeUndefined();
    expect(findObstacle(row, [next, old])).toBeUndefined();
  });

  test('blocks nothing if its end is unknown', () => {
    const { notAfterMs: _, ...endless } = aRow('etcd-ca', 0);
    expect(findObstacle(aRow('etcd-server', HOUR_MS), [endless])).toBeUndefined();
  });
});

describe('an expired certificate of the API server', () => {
  test.each(AROUND_THE_END)('blocks other renewals only once it has ended: %i ms left, %s', (leftMs, isFallen) => {
    const found = findObstacle(aRow('scheduler', 2 * HOUR_MS), [aRow('apiserver', leftMs)]);
    expect(found?.rule).toBe(isFallen ? 'api-server-expired' : undefined);
    expect(found?.by).toBe(isFallen ? 'apiserver' : undefined);
  });

  test('blocks nothing while another node has a valid certificate', () => {
    const others = [aRow('apiserver', -HOUR_MS, { name: 'cp-1' }), aRow('apiserver', SECOND_MS, { name: 'cp-2' })];
    expect(findObstacle(aRow('scheduler', 2 * HOUR_MS), others)).toBeUndefined();
  });

  test('blocks neither its own renewal nor renewals in the MOC layer', () => {
    expect(findObstacle(aRow('apiserver', -HOUR_MS))).toBeUndefined();
    expect(findObstacle(aRow('csi', 10 * DAY_MS), [aRow('apiserver', -HOUR_MS)])).toBeUndefined();
  });
});

describe('the approver of kubelet requests', () => {
  const served = aRow('kubelet-server', 2 * HOUR_MS, { confirmedMs: NOW });

  test.each(AROUND_THE_END)(
    'blocks kubelet server certificates once its token has expired: %i ms left, %s',
    (leftMs, isFallen) => {
      const found = findObstacle(served, [aRow('cert-manager-token', leftMs)]);
      expect(found?.rule).toBe(isFallen ? 'approver-token-expired' : undefined);
      expect(found?.by).toBe(isFallen ? 'cert-manager-token' : undefined);
    },
  );

  test('is the obstacle only if the API server, on which it depends, is not', () => {
    const others = [aRow('cert-manager-token', -DAY_MS), aRow('apiserver', -HOUR_MS)];
    expect(findObstacle(served, others)?.rule).toBe('api-server-expired');
  });

  test('is recognised by name if its token is stored by the cloud agent', () => {
    const agent = { clusterId: 'ca-1' as ClusterId, cluster: 'ca-1.contoso.example' };
    const findRule = (name: string, leftMs: number) => {
      const token = aRow('cert-manager-token', leftMs, { ...agent, name });
      const other = aRow('scheduler', DAY_MS, { clusterId: 'east-2' as ClusterId, cluster: 'retail-east-2' });
      return findObstacle(served, [token, other])?.rule;
    };
    expect(findRule('retail-east-cert-manager', -DAY_MS)).toBe('approver-token-expired');
    expect(findRule('retail-east-cert-manager', DAY_MS)).toBeUndefined();
    // That token belongs to another cluster, whose name begins in the same way.
    expect(findRule('retail-east-2-cert-manager', -DAY_MS)).toBeUndefined();
    expect(findRule('osaka-cert-manager', -DAY_MS)).toBeUndefined();
  });

  test('does not affect other credentials', () => {
    const token = aRow('cert-manager-token', -DAY_MS);
    expect(findObstacle(aRow('kubelet-client', 2 * HOUR_MS), [token])).toBeUndefined();
    expect(findObstacle(aRow('csi', 10 * DAY_MS), [token])).toBeUndefined();
  });
});

describe('a credential that is unchanged at a second reading', () => {
  const row = (role: RoleId, leftMs: number, sinceReadMs: number): BoardRow =>
    aRow(role, leftMs, { firstReadMs: NOW - 30 * DAY_MS, confirmedMs: NOW - sinceReadMs });

  test.each([
    // A renewal is due with 24 h left. After three attempts at intervals of 2 %, 19 % are left: 18.24 of 96 h.
    [18.24 * HOUR_MS + SECOND_MS, undefined],
    [18.24 * HOUR_MS - SECOND_MS, 'unchanged-kubernetes'],
  ])('with a life of four days and %i ms left at that reading has the obstacle %s', (leftMs, rule) => {
    expect(findObstacle(row('etcd-peer', leftMs, 0))?.rule).toBe(rule);
  });

  test.each([
    // A renewal is due with 30 % left. After three attempts at intervals of 2 %, 24 % are left: 21.6 of 90 days.
    [21.6 * DAY_MS + SECOND_MS, undefined],
    [21.6 * DAY_MS, 'unchanged-moc'],
    [21.6 * DAY_MS - SECOND_MS, 'unchanged-moc'],
  ])('with a life of 90 days and %i ms left at that reading has the obstacle %s', (leftMs, rule) => {
    expect(findObstacle(row('csi', leftMs, 0))?.rule).toBe(rule);
  });

  test('is judged at the time of the reading, however overdue it is now', () => {
    expect(findObstacle(row('etcd-peer', 7 * HOUR_MS, 11.24 * HOUR_MS + SECOND_MS))).toBeUndefined();
    expect(findObstacle(row('etcd-peer', 7 * HOUR_MS, 11.24 * HOUR_MS - SECOND_MS))?.rule).toBe('unchanged-kubernetes');
  });

  test('has no obstacle if its state at the reading is unknown', () => {
    expect(findObstacle(aRow('etcd-peer', 7 * HOUR_MS))).toBeUndefined();
  });

  // Renewals are attempted every 2 % of 96 hours.
  test.each([
    ['never', 0, 'late-kubernetes'],
    ['a minute after the first reading', MINUTE_MS, 'late-kubernetes'],
    ['a second less than one try after it', 1.92 * HOUR_MS - SECOND_MS, 'late-kubernetes'],
    ['a try after it', 1.92 * HOUR_MS + SECOND_MS, 'unchanged-kubernetes'],
  ])('is reported as unchanged only if an attempt was due between the readings: %s', (_, apartMs, rule) => {
    const read = { firstReadMs: NOW - apartMs, confirmedMs: NOW };
    expect(findObstacle(aRow('etcd-peer', 7 * HOUR_MS, read))?.rule).toBe(rule);
  });

  test("is judged by the admin's own threshold", () => {
    const own: Thresholds = { 'kubernetes-leaf': { renewalOverdue: { share: 0.1 } } };
    expect(findObstacle(row('etcd-peer', 12 * HOUR_MS, 0), [], own)).toBeUndefined();
    expect(findObstacle(row('etcd-peer', 9.6 * HOUR_MS, 0), [], own)?.rule).toBe('unchanged-kubernetes');
  });

  test.each<RoleId>(['mocctl', 'kvactl', 'extra-admin', 'moc-client'])(
    'is no sign of an obstacle for %s, which is renewed only while somebody uses it',
    (role) => {
      expect(findObstacle(row(role, DAY_MS, 0))).toBeUndefined();
      expect(renewsByItself(role)).toBe(false);
    },
  );

  test.each<RoleId>(['kubelet-server', 'admin-kubeconfig', 'kms-plugin-token', 'ad-auth-webhook'])(
    'is no sign of an obstacle for %s, which is renewed only on request',
    (role) => {
      expect(findObstacle(row(role, SECOND_MS, 0))).toBeUndefined();
      expect(renewsByItself(role)).toBe(false);
    },
  );

  test('has an obstacle with the sources for its layer', () => {
    for (const found of [findObstacle(row('etcd-peer', HOUR_MS, 0)), findObstacle(row('csi', DAY_MS, 0))]) {
      expect(found?.statement.text).toBe('obstacle.unchanged');
      expect(found?.statement.citations).toMatchObject([{ certainty: 'inferred' }]);
      expect(found?.by).toBeUndefined();
    }
  });
});
