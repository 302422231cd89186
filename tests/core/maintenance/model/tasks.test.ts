import { commandText } from '../../../../core/plan/model/plan.ts';
import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import { CLUSTER_ROOTS, ROLES } from '../../../../core/knowledge/model/credentials/roles.ts';
import type { FactsByCluster } from '../../../../core/plan/model/cluster-facts.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import type { ClusterPlace } from '../../../../core/plan/model/deployment.ts';
import { DAY_MS, instant, instantFromMs, epochMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import { DEFAULT_PLANNING, type PlanningRules } from '../../../../core/maintenance/model/rules.ts';
import { maintenanceTasks, type MaintenanceTasks } from '../../../../core/maintenance/model/tasks.ts';
import type { RenewalRefusal } from '../../../../core/inventory/model/renewal-refusal.ts';
import { boardRow } from '../../../support/board-rows.ts';

const NOW = epochMs(instant('2026-11-25T09:00:00Z'));
const EAST: ClusterPlace = { id: 'east' as ClusterId, name: 'retail-east', kind: 'kubernetes' };
const MANAGEMENT: ClusterPlace = { id: 'mgmt' as ClusterId, name: 'management', kind: 'kubernetes' };
const AGENT: ClusterPlace = { id: 'agent' as ClusterId, name: 'ca-1.example', kind: 'moc' };

/** Builds a 60-day-old credential of `role` in a cluster; it ends in `leftDays` days. */
function aRow(role: RoleId, leftDays: number, place: ClusterPlace = EAST, change: Partial<BoardRow> = {}): BoardRow {
  const facts = ROLES[role];
  return boardRow({
    name: role,
    id: `${place.id}-${role}` as CredentialId,
    cluster: place.name,
    clusterId: place.id,
    role,
    layer: facts.layer ?? 'kubernetes',
    lifetimeClass: facts.lifetimeClass,
    notBeforeMs: NOW - 60 * DAY_MS,
    notAfterMs: NOW + leftDays * DAY_MS - SECOND_MS,
    ...change,
  });
}

function planTasks(
  rows: BoardRow[],
  facts: FactsByCluster = {},
  rules: Partial<PlanningRules> = {},
  clusters: ClusterPlace[] = [EAST, MANAGEMENT, AGENT],
): MaintenanceTasks {
  return maintenanceTasks(
    { clusters, rows, facts, classes: LIFETIME_CLASSES, nowMs: NOW },
    { ...DEFAULT_PLANNING, ...rules },
  );
}

/** Returns the id, the commands and the days until the deadline of each task. */
const describeTasks = ({ tasks }: MaintenanceTasks): string[] =>
  tasks.map(
    ({ id, commands, deadlineMs }) =>
      `${id}: ${commands.map(commandText).join('; ')} in ${(deadlineMs - NOW) / DAY_MS}`,
  );

describe('a RenewRevocation object that would also revoke the new certificates of a repair', () => {
  const FOREVER: RenewalRefusal = {
    name: 'lost-laptop',
    namespace: 'kube-system',
    path: '/files/east/lost.yaml',
    isAlone: true,
    kind: 'Group',
    value: 'system:nodes',
  };
  const late = { refusals: [FOREVER] };

  test('is corrected first, by a person, with a description from the repair plan', () => {
    const [task] = planTasks([aRow('kubelet-client', -1, EAST, late)]).tasks;
    expect(task?.commands.map(commandText)).toEqual([
      "kubectl delete -f '/files/east/lost.yaml'",
      'Update-AksHciClusterCertificates -name retail-east -fixKubeletCredentials',
    ]);
    expect(task?.how.map(({ text }) => text)[0]).toBe('repair.revocation');
    expect(task?.how[0]?.params).toMatchObject({ name: 'lost-laptop', others: 0 });
    expect(task?.how).toHaveLength(2);
    expect(task?.needsPerson).toBe(true);
  });

  test('is also corrected first if it revokes another certificate than the overdue one', () => {
    const rows = [aRow('kubelet-client', -1), aRow('apiserver', 2, EAST, { ...late, notBeforeMs: NOW - DAY_MS })];
    const task = planTasks(rows).tasks.find(({ step }) => step === 'kubelet');
    expect(task?.commands.map(commandText)[0]).toBe("kubectl delete -f '/files/east/lost.yaml'");
  });

  test.each([
    ['one second before its cutoff', SECOND_MS, true],
    ['at its cutoff', 0, false],
    ['one second after its cutoff', -SECOND_MS, false],
  ])('is an obstacle %s (%s ms left): %s', (_, leftMs, expected) => {
    const refusals = [{ ...FOREVER, untilMs: NOW + leftMs }];
    const [task] = planTasks([aRow('kubelet-client', -1, EAST, { refusals })]).tasks;
    expect(task?.needsPerson).toBe(expected);
    expect(task?.commands).toHaveLength(expected ? 2 : 1);
  });

  test('has no effect if it belongs to another cluster or does not affect a Kubernetes certificate', () => {
    const rows = [
      aRow('kubelet-client', -1),
      aRow('kubelet-client', 2, MANAGEMENT, { ...late, notBeforeMs: NOW - DAY_MS }),
      aRow('kms-plugin-token', 25, MANAGEMENT),
    ];
    expect(planTasks(rows).tasks.flatMap(({ commands }) => commands.map(commandText).join())).toEqual(
      planTasks(rows.map(({ refusals: _, ...row }) => row)).tasks.flatMap(({ commands }) =>
        commands.map(commandText).join(),
      ),
    );
  });
});

describe('a cluster whose name in the cmdlets nobody has stated', () => {
  const facts: FactsByCluster = { east: { lastUpdatedAt: instantFromMs(NOW - 10 * DAY_MS) } };

  test.each<[string, Partial<ClusterPlace>]>([
    ['a second cluster with the same name', { name: 'retail-east (d8d5587c)' }],
    ['a name guessed from a folder', { nameEvidence: 'folder' }],
    ['a name that only node names suggest', { nameEvidence: 'node-names' }],
  ])('is left to a person, with a question, in every task that names it: %s', (_, change) => {
    const place = { ...EAST, ...change };
    const rows = [aRow('kms-plugin-token', 25, place), aRow('admin-kubeconfig', 20, place), aRow('csi-token', 31)];
    const named = rows.map((row) => ({ ...row, cluster: place.name }));
    for (const own of [{}, facts])
      for (const { commands, needsPerson, ask } of planTasks(named, own, {}, [place]).tasks) {
        expect(commands.map(commandText).join()).toMatch(/<cluster-[a-z0-9-]+>/u);
        expect([needsPerson, ask?.text]).toEqual([true, 'maintenance.ask-name']);
      }
  });

  test('is included in the scheduled task once an admin has stated that name', () => {
    const place: ClusterPlace = { ...EAST, name: 'retail-east (d8d5587c)', commandName: 'retail-east' };
    const [task] = planTasks([aRow('kms-plugin-token', 25, place)], {}, {}, [place]).tasks;
    expect(task?.commands.map(commandText)[0]).toContain('-name retail-east ');
    expect([task?.needsPerson, task?.ask]).toEqual([false, undefined]);
  });
});

describe('the tasks of a fleet', () => {
  test('rotate tokens before they expire, hosts before clusters, and repeat this within 90 days', () => {
    const result = planTasks([
      aRow('kms-plugin-token', 25),
      aRow('csi-token', 31),
      aRow('node-agent-token', 40, AGENT),
    ]);
    expect(describeTasks(result)).toEqual([
      'agent/host: Update-AksHciCertificates in 40',
      'east/cloud: Update-AksHciClusterCertificates -name retail-east -fixCloudCredentials in 25',
    ]);
    expect(result.tasks.map(({ repeatsWithinMs = 0 }) => repeatsWithinMs / DAY_MS)).toEqual([90, 90]);
    expect(result.tasks[1]).toMatchObject({
      after: ['agent/host', 'agent/update'],
      lane: 'agent',
      kind: 'rotate-certificates',
      needsPerson: false,
      because: [{ role: 'kms-plugin-token' }, { role: 'csi-token' }],
    });
  });

  test('include credentials that renew themselves only if they are overdue', () => {
    const leaf = { notBeforeMs: NOW - 3 * DAY_MS };
    expect(describeTasks(planTasks([aRow('apiserver', 1, EAST, leaf), aRow('caph', 30, MANAGEMENT)]))).toEqual([]);
    expect(describeTasks(planTasks([aRow('apiserver', 0.1, EAST, { notBeforeMs: NOW - 3.9 * DAY_MS })]))).toEqual([
      'east/kubelet: Update-AksHciClusterCertificates -name retail-east -fixKubeletCredentials in 0.1',
    ]);
  });

  test('omit four-day credentials that are not overdue, even if nobody renews them', () => {
    expect(describeTasks(planTasks([aRow('kubelet-server', 2, EAST, { notBeforeMs: NOW - 2 * DAY_MS })]))).toEqual([]);
  });

  test.each<[RoleId, string, number]>([
    ['cloud-agent-ca', 'Invoke-AksHciRotateCACertificate', 365],
    ['ad-auth-webhook', 'Uninstall-AksHciAdAuth', 500],
    ['admin-kubeconfig', 'Get-AksHciCredential', 365],
  ])('renew %s with %s, and again after %i days', (role, command, days) => {
    const place = role === 'cloud-agent-ca' ? AGENT : EAST;
    // The CA is assumed to renew itself, so it is included only if it is overdue.
    const [task] = planTasks([aRow(role, 20, place, { notBeforeMs: NOW - 345 * DAY_MS })]).tasks;
    expect(task?.commands.map(commandText)[0]).toContain(command);
    expect(task?.repeatsWithinMs).toBe(days * DAY_MS);
  });

  test('rotate the certificates of the hosts, and thereby those of the management cluster', () => {
    expect(
      describeTasks(
        planTasks([
          aRow('caphlogintoken', 12, MANAGEMENT),
          aRow('management-kubeconfig', 100, MANAGEMENT),
          aRow('node-agent-token', 40, AGENT),
        ]),
      ),
    ).toEqual([
      'agent/host: Update-AksHciCertificates in 12',
      expect.stringMatching(/^mgmt\/management-kubeconfig: ssh .* in 100$/),
    ]);
  });

  test('include an update within 60 days of the last one, which also rotates the tokens', () => {
    const facts: FactsByCluster = {
      agent: { lastUpdatedAt: instantFromMs(NOW - 20 * DAY_MS) },
      east: { lastUpdatedAt: instantFromMs(NOW - 10 * DAY_MS) },
    };
    const rows = [aRow('node-agent-token', 40, AGENT), aRow('kms-plugin-token', 25)];
    expect(describeTasks(planTasks(rows, facts))).toEqual([
      'agent/update: Update-AksHci in 40',
      'east/update: Update-AksHciCluster -name retail-east in 25',
    ]);
    expect(describeTasks(planTasks(rows, facts, { withUpdates: false }))).toEqual([
      'agent/host: Update-AksHciCertificates in 40',
      'east/cloud: Update-AksHciClusterCertificates -name retail-east -fixCloudCredentials in 25',
    ]);
  });

  test('include no updates from the first second after the end of support, and a note states the reason', () => {
    const support = epochMs(instant('2028-04-01T00:00:00Z'));
    const planAt = (nowMs: number): [string[], string[][]] => {
      const { tasks, notes } = maintenanceTasks(
        {
          clusters: [AGENT],
          rows: [aRow('node-agent-token', Math.round((support - NOW) / DAY_MS) + 60, AGENT)],
          facts: { agent: { lastUpdatedAt: instantFromMs(nowMs - DAY_MS), windowsServer: 'windows-server-2022' } },
          classes: LIFETIME_CLASSES,
          nowMs,
        },
        DEFAULT_PLANNING,
      );
      return [tasks.map(({ kind }) => kind), notes.map(({ cluster, statement }) => [cluster, statement.text])];
    };
    expect(planAt(support - SECOND_MS)).toEqual([['host-update'], []]);
    expect(planAt(support)).toEqual([['rotate-certificates'], [[AGENT.name, 'maintenance.note.support-ended']]]);
  });

  test('include no updates if the date of the last one is unknown, and a note states the reason', () => {
    const { notes } = planTasks([aRow('node-agent-token', 40, AGENT), aRow('kms-plugin-token', 25)]);
    const unknown = 'maintenance.note.update-unknown';
    expect(notes.map(({ cluster, statement }) => [cluster, statement.text])).toEqual([
      [AGENT.name, unknown],
      [EAST.name, unknown],
    ]);
    expect(planTasks([aRow('kms-plugin-token', 25)], {}, { withUpdates: false }).notes).toEqual([]);
  });

  test('leave manual work to a person, with a description from the catalogue', () => {
    const [task] = planTasks([aRow('extra-admin-token', 12, AGENT)]).tasks;
    expect(task).toMatchObject({ kind: 'by-hand', needsPerson: true, because: [{ role: 'extra-admin-token' }] });
    expect(task?.commands.map(commandText).join()).toContain('New-MocIdentity');
  });

  test.each([-3, 20])('rebuild a cluster once for all of its roots, which end in %i days', (days) => {
    const { tasks } = planTasks(CLUSTER_ROOTS.map((role, at) => aRow(role, days + at / 10)));
    expect(tasks).toMatchObject([
      { id: 'east/rebuild', step: 'rebuild', needsPerson: true, deadlineMs: NOW + days * DAY_MS, commands: [] },
    ]);
    expect(tasks[0]?.because.map(({ role }) => role)).toEqual([...CLUSTER_ROOTS]);
  });

  test('ask for the name in the cmdlets if the name in the inventory is invalid', () => {
    const odd = { ...EAST, name: "it's $(odd)" };
    const [task] = planTasks([aRow('kms-plugin-token', 25, odd)], {}, {}, [odd]).tasks;
    expect(task?.commands.map(commandText)).toEqual([
      'Update-AksHciClusterCertificates -name <cluster-it-s-odd> -fixCloudCredentials',
    ]);
  });

  test('include the demo fleet only if it is the only fleet', () => {
    const sample = { ...EAST, id: 'sample' as ClusterId, sample: true as const };
    const rows = [aRow('kms-plugin-token', 25, sample), aRow('kms-plugin-token', 30)];
    expect(planTasks(rows, {}, {}, [sample, EAST]).tasks.map(({ target }) => target.clusterId)).toEqual(['east']);
    expect(planTasks(rows, {}, {}, [sample]).tasks).toHaveLength(1);
  });

  test('cite a source for every statement', () => {
    const roles = Object.keys(ROLES) as RoleId[];
    const [roots, others] = [
      roles.filter((role) => CLUSTER_ROOTS.includes(role)),
      roles.filter((role) => !CLUSTER_ROOTS.includes(role)),
    ];
    const tasks = [roots, others].flatMap((some) => planTasks(some.map((role) => aRow(role, -1))).tasks);
    const { notes } = planTasks([aRow('kms-plugin-token', 25)]);
    expect(tasks.length).toBeGreaterThan(5);
    expect(notes).toHaveLength(1);
    for (const { why, how, again } of tasks)
      for (const statement of [why, ...how, ...(again === undefined ? [] : [again])])
        expect(statement.citations.length).toBeGreaterThan(0);
    for (const { statement } of notes) expect(statement.citations.length).toBeGreaterThan(0);
  });
});
