import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { ROLES } from '../../../../core/knowledge/model/credentials/roles.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import type { ClusterPlace } from '../../../../core/plan/model/deployment.ts';
import { DAY_MS, HOUR_MS, instant, instantFromMs, epochMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import { clockFinder, powerOffClocks, type PowerOffClock } from '../../../../core/availability/model/power-off.ts';
import type { RenewalRefusal } from '../../../../core/inventory/model/renewal-refusal.ts';
import { boardRow } from '../../../support/board-rows.ts';

const NOW = epochMs(instant('2026-11-25T09:00:00Z'));
const EAST: ClusterPlace = { id: 'east' as ClusterId, name: 'retail-east', kind: 'kubernetes' };
const WEST: ClusterPlace = { id: 'west' as ClusterId, name: 'retail-east-2', kind: 'kubernetes' };
const AGENT: ClusterPlace = { id: 'agent' as ClusterId, name: 'ca-1.example', kind: 'moc' };

/** Makes a credential of `role` whose last valid second is `leftMs` from now. */
function aRow(role: RoleId, leftMs: number, change: Partial<BoardRow> = {}): BoardRow {
  const facts = ROLES[role];
  return boardRow({
    name: change.name ?? role,
    cluster: 'retail-east',
    clusterId: EAST.id,
    role,
    layer: facts.layer ?? 'kubernetes',
    lifetimeClass: facts.lifetimeClass,
    notBeforeMs: NOW - DAY_MS,
    notAfterMs: NOW + leftMs,
    ...change,
  });
}

function clocks(rows: BoardRow[], places = [EAST, AGENT]): PowerOffClock[] {
  return powerOffClocks(places, rows, { nowMs: NOW, classes: LIFETIME_CLASSES, facts: {} });
}

function clock(...rows: BoardRow[]): PowerOffClock {
  const [only] = clocks(rows);
  if (only === undefined) throw new Error('no clock');
  return only;
}

const commands = ({ repairOrder }: PowerOffClock): string[] => repairOrder.map(({ command }) => command);

describe('the time that a cluster may stay off', () => {
  test('ends when the first credential expires, and the first one of each layer is also returned', () => {
    const east = clock(
      aRow('apiserver', 22 * HOUR_MS),
      aRow('etcd-server', 30 * HOUR_MS),
      aRow('kms-plugin-token', 40 * DAY_MS),
      aRow('admin-kubeconfig', 200 * DAY_MS),
    );
    expect(east.firstToBreak?.row.role).toBe('apiserver');
    expect(east.safeUntilMs).toBe(NOW + 22 * HOUR_MS);
    expect(east.layers.kubernetes.first?.atMs).toBe(NOW + 22 * HOUR_MS + SECOND_MS);
    expect(east.layers.moc.first?.row.role).toBe('kms-plugin-token');
    expect(east.layers.workstation.first?.row.role).toBe('admin-kubeconfig');
    expect(east.repairOrder).toEqual([]);
  });

  test.each([
    [-SECOND_MS, true],
    [0, false],
    [SECOND_MS, false],
  ])('ignores a credential whose last valid second is %i ms from now: %s', (leftMs, expired) => {
    const east = clock(aRow('apiserver', leftMs), aRow('etcd-server', DAY_MS));
    expect(east.alreadyExpired.map(({ row }) => row.role)).toEqual(expired ? ['apiserver'] : []);
    expect(east.firstToBreak?.row.role).toBe(expired ? 'etcd-server' : 'apiserver');
  });

  test('depends on every credential, except those that expire in every healthy cluster and break nothing', () => {
    const east = clock(
      aRow('super-admin-conf', -90 * DAY_MS),
      aRow('bootstrap-token', HOUR_MS),
      aRow('kubelet-server', 3 * HOUR_MS),
      aRow('cluster-ca', 5 * HOUR_MS),
    );
    expect(east.alreadyExpired).toEqual([]);
    expect(east.firstToBreak?.row.role).toBe('kubelet-server');
    expect(east.layers.kubernetes.count).toBe(2);
  });

  test('does not depend on credentials without a known end, which are listed', () => {
    const { unknown, safeUntilMs } = clock(boardRow({ clusterId: EAST.id, name: 'opaque' }));
    expect(unknown.map(({ name }) => name)).toEqual(['opaque']);
    expect(safeUntilMs).toBeUndefined();
  });

  test('is at most the documented 30 days if no MOC credential has a known end', () => {
    const server = aRow('apiserver', 100 * DAY_MS);
    const east = clock(server, aRow('admin-kubeconfig', 200 * DAY_MS));
    expect(east.safeUntilMs).toBe(NOW + 30 * DAY_MS - SECOND_MS);
    expect(east.layers.moc.limit?.atMs).toBe(NOW + 30 * DAY_MS);
    expect(east.layers.moc.limit?.statement.citations[0]?.certainty).toBe('documented');
    // A known end replaces this limit, whether it is earlier or later.
    for (const leftMs of [20 * DAY_MS, 80 * DAY_MS]) {
      const known = clock(server, aRow('csi', leftMs));
      expect([known.layers.moc.limit, known.safeUntilMs]).toEqual([undefined, NOW + leftMs]);
    }
  });

  test.each([
    ['nothing of the Kubernetes layer', []],
    ['only a root of the Kubernetes layer', [aRow('cluster-ca', 3_000 * DAY_MS)]],
  ])('is at most the documented 4 days if %s was read', (_, rows) => {
    const east = clock(...rows, aRow('csi', 80 * DAY_MS));
    expect(east.safeUntilMs).toBe(NOW + 4 * DAY_MS - SECOND_MS);
    expect(east.layers.kubernetes).toMatchObject({ atMs: NOW + 4 * DAY_MS, first: undefined });
    expect(east.layers.kubernetes.limit?.statement.citations[0]?.certainty).toBe('documented');
    const known = clock(...rows, aRow('csi', 80 * DAY_MS), aRow('apiserver', 5 * DAY_MS));
    expect([known.layers.kubernetes.limit, known.safeUntilMs]).toEqual([undefined, NOW + 5 * DAY_MS]);
  });

  test.each([
    [29, true],
    [30, false],
    [40, false],
  ])('is limited by MOC after %i days off without a known MOC end: %s', (days, isWithin) => {
    const [east] = powerOffClocks([EAST], [aRow('admin-kubeconfig', 200 * DAY_MS)], {
      nowMs: NOW,
      classes: LIFETIME_CLASSES,
      facts: { [EAST.id]: { offSince: instantFromMs(NOW - days * DAY_MS) } },
    });
    expect(east?.layers.moc.limit?.atMs).toBe(NOW + (30 - days) * DAY_MS);
    expect(east?.safeUntilMs).toBe(isWithin ? NOW + DAY_MS - SECOND_MS : NOW + 200 * DAY_MS);
  });

  test('is returned with the time of the last reading', () => {
    const read = [3, 1, 2].map((days) => aRow('apiserver', DAY_MS, { confirmedMs: NOW - days * DAY_MS }));
    expect(clock(...read, aRow('scheduler', DAY_MS)).confirmedMs).toBe(NOW - DAY_MS);
    expect(clock(aRow('scheduler', DAY_MS))).not.toHaveProperty('confirmedMs');
  });

  test('ends when the first valid credential expires', () => {
    const row = fc
      .record({
        role: fc.constantFrom<RoleId>('apiserver', 'kms-plugin-token', 'admin-kubeconfig', 'csi'),
        leftMs: fc.integer({ min: -10, max: 10 }).map((hours) => hours * HOUR_MS),
      })
      .map(({ role, leftMs }) => aRow(role, leftMs, { name: `${role} ${leftMs}` }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
        const east = clock(...rows);
        const ends = rows.map(({ notAfterMs = 0 }) => notAfterMs);
        const valid = ends.filter((end) => end >= NOW);
        expect(east.safeUntilMs).toBe(valid.length === 0 ? undefined : Math.min(...valid));
        expect(east.alreadyExpired).toHaveLength(ends.length - valid.length);
        const layers = Object.values(east.layers);
        expect(layers.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
      }),
    );
  });
});

describe('the order of repair', () => {
  test('is kubelet, cloud, load balancer, credential; each step occurs once, with the name of the cluster filled in', () => {
    const east = clock(
      aRow('admin-kubeconfig', -DAY_MS),
      aRow('load-balancer-token', -DAY_MS),
      aRow('kms-plugin-token', -DAY_MS),
      aRow('csi-token', -DAY_MS),
      aRow('apiserver', -DAY_MS),
      aRow('etcd-server', -DAY_MS),
    );
    expect(commands(east)).toEqual([
      'Update-AksHciClusterCertificates -name retail-east -fixKubeletCredentials',
      'Update-AksHciClusterCertificates -name retail-east -fixCloudCredentials',
      'Update-AksHciClusterCertificates -name retail-east -patchLoadBalancer -fixCloudCredentials',
      'Get-AksHciCredential -name retail-east',
    ]);
  });

  test('ends with the kubeconfig after a control plane repair, but not after a cloud login repair', () => {
    expect(commands(clock(aRow('apiserver', -DAY_MS))).at(-1)).toBe('Get-AksHciCredential -name retail-east');
    expect(commands(clock(aRow('kms-plugin-token', -DAY_MS)))).toEqual([
      'Update-AksHciClusterCertificates -name retail-east -fixCloudCredentials',
      'Update-AksHciClusterCertificates -name retail-east -patchLoadBalancer -fixCloudCredentials',
    ]);
  });

  test('starts with the hosts’ expired credentials, but only if the cluster itself needs repair', () => {
    const onHost = aRow('kvactl-token', -DAY_MS, { clusterId: AGENT.id });
    const [broken] = clocks([aRow('apiserver', -DAY_MS), onHost]);
    expect(broken?.repairOrder.map(({ id }) => id)).toEqual(['host', 'kubelet', 'credential']);
    const [fine] = clocks([aRow('apiserver', DAY_MS), onHost]);
    expect(fine?.repairOrder).toEqual([]);
  });

  test('the API server is named as the first to break if several credentials end together', () => {
    const east = clock(aRow('scheduler', HOUR_MS), aRow('apiserver', HOUR_MS));
    expect(east.firstToBreak?.row.role).toBe('apiserver');
  });

  test('begins on the host with the login of mocctl, before any command that depends on it', () => {
    const at = { clusterId: AGENT.id };
    const [agent] = clocks([
      aRow('node-agent-token', -DAY_MS, at),
      aRow('kvactl', -DAY_MS, at),
      aRow('mocctl', -DAY_MS, at),
    ]);
    expect(agent?.kind).toBe('host');
    expect(agent && commands(agent)).toEqual(['Repair-MocLogin', 'Repair-Moc', 'Update-AksHciCertificates']);
  });

  test('uses the host’s cmdlet for the management cluster, after its kubeconfig', () => {
    const management = clock(aRow('management-kubeconfig', -DAY_MS), aRow('apiserver', -DAY_MS));
    expect(management.kind).toBe('management');
    expect(management.repairOrder.map(({ id }) => id)).toEqual(['management-kubeconfig', 'host']);
  });

  test('cites sources for every command, and lists the credentials that need each step', () => {
    const roles: RoleId[] = ['apiserver', 'kms-plugin-token', 'load-balancer', 'ad-auth-webhook'];
    for (const step of clock(...roles.map((role) => aRow(role, -DAY_MS))).repairOrder) {
      expect(step.statement.citations.length).toBeGreaterThan(0);
      if (step.id !== 'credential') expect(step.because.length).toBeGreaterThan(0);
    }
  });
});

describe('active RenewRevocation objects', () => {
  const refusal = (name: string, change: Partial<RenewalRefusal> = {}): RenewalRefusal => ({
    ...{ name, namespace: 'kube-system', path: `/files/${name}.yaml`, isAlone: true, kind: 'Group', value: 'a' },
    ...change,
  });

  test('are listed once each until their cutoff, with all credentials whose renewal they block', () => {
    const { refusals, refused } = clock(
      aRow('apiserver', DAY_MS, { refusals: [refusal('a'), refusal('b')] }),
      aRow('kubelet-client', DAY_MS, { refusals: [refusal('b', { value: 'c' })] }),
      aRow('scheduler', DAY_MS, { refusals: [refusal('over', { untilMs: NOW })] }),
      aRow('etcd-server', DAY_MS),
    );
    expect(refusals.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(refused.map(({ role }) => role)).toEqual(['apiserver', 'kubelet-client']);
  });
});

describe('a credential of a cloud agent', () => {
  test('belongs to the cluster with the longest name that it contains, or else to the host', () => {
    const at = { clusterId: AGENT.id };
    const found = clocks(
      [
        aRow('apiserver', DAY_MS),
        aRow('apiserver', DAY_MS, { clusterId: WEST.id, name: 'other' }),
        aRow('cloud-provider-token', HOUR_MS, { ...at, name: 'retail-east-2-cloud-provider' }),
        aRow('kms-plugin-token', HOUR_MS, { ...at, name: 'KMSPlugin-retail-east-moc-kms-plugin' }),
        aRow('mocctl', HOUR_MS, { ...at, name: 'mocctl-admin' }),
      ],
      [EAST, WEST, AGENT],
    );
    const first = (at: number): string | undefined => found[at]?.layers.moc.first?.row.name;
    expect([first(0), first(1), first(2)]).toEqual([
      'KMSPlugin-retail-east-moc-kms-plugin',
      'retail-east-2-cloud-provider',
      'mocctl-admin',
    ]);
  });
});

describe('clocks computed from the same rows for another time', () => {
  const refusal: RenewalRefusal = {
    ...{
      name: 'old',
      namespace: 'kube-system',
      path: '/files/old.yaml',
      isAlone: true,
      kind: 'Group',
      value: 'system:nodes',
    },
    untilMs: NOW + DAY_MS,
  };
  const roles = fc.constantFrom<RoleId>(
    'apiserver',
    'etcd-server',
    'cluster-ca',
    'kubelet-client',
    'csi',
    'kms-plugin',
    'kms-plugin-token',
    'mocctl',
    'admin-kubeconfig',
    'super-admin-conf',
  );
  const row = fc
    .record({
      role: roles,
      place: fc.constantFrom(EAST, WEST, AGENT),
      leftMs: fc.integer({ min: -3, max: 60 }).map((days) => days * 16 * HOUR_MS),
      lifeMs: fc.integer({ min: 1, max: 90 }).map((days) => days * DAY_MS),
      isRefused: fc.boolean(),
      confirmedMs: fc.option(
        fc.integer({ min: -20, max: 0 }).map((days) => NOW + days * DAY_MS),
        { nil: undefined },
      ),
    })
    .map(({ role, place, leftMs, lifeMs, isRefused, confirmedMs }) =>
      aRow(role, leftMs, {
        cluster: place.name,
        clusterId: place.id,
        notBeforeMs: NOW + leftMs - lifeMs,
        confirmedMs,
        ...(isRefused && { refusals: [refusal] }),
      }),
    );
  const numbered = fc
    .array(row, { minLength: 1, maxLength: 25 })
    .map((rows) => rows.map((each, at) => ({ ...each, id: `${at}` as CredentialId })));

  test('equal newly computed clocks, in whatever order the times are requested', () => {
    const moments = fc.array(
      fc.integer({ min: -5, max: 50 }).map((days) => NOW + days * 13 * HOUR_MS),
      { minLength: 2, maxLength: 6 },
    );
    fc.assert(
      fc.property(numbered, moments, (rows, all) => {
        const places = [EAST, WEST, AGENT];
        const facts = { [WEST.id]: { offSince: instantFromMs(NOW - DAY_MS) } };
        const findClocks = clockFinder(places, rows, { classes: LIFETIME_CLASSES, facts });
        for (const nowMs of all)
          expect(places.flatMap((place) => findClocks(nowMs)(place) ?? [])).toStrictEqual(
            powerOffClocks(places, rows, { nowMs, classes: LIFETIME_CLASSES, facts }),
          );
      }),
    );
  });

  test('reuse the objects of credentials whose ends have not changed', () => {
    const rows = [aRow('apiserver', 80 * HOUR_MS), aRow('csi', 40 * DAY_MS)];
    const findClocks = clockFinder([EAST], rows, { classes: LIFETIME_CLASSES, facts: {} });
    const before = findClocks(NOW)(EAST);
    const after = findClocks(NOW + HOUR_MS)(EAST);
    expect(after?.valid).toHaveLength(2);
    for (const [at, one] of (after?.valid ?? []).entries()) expect(one).toBe(before?.valid[at]);
  });
});
