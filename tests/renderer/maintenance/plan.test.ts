import { flushSync } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import type { ClusterId } from '../../../core/shared/ids.ts';
import { DAY_MS } from '../../../core/shared/instant.ts';
import type { PlanState } from '../../../renderer/maintenance/plan.svelte.ts';
import type { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { openConsole, type TestConsole } from '../../support/console.ts';
import { certificateFiles, kubeconfigFile, loginFile } from '../../support/fleet.ts';

const EAST = await certificateFiles({ role: 'cluster-ca', lifeMs: 3_650 * DAY_MS });
const kms = (days: number): [string, string] =>
  loginFile({ identity: 'KMSPlugin-retail-east-moc-kms-plugin', ageDays: 90 - days });
/** A token that expires in 40 days, and a kubeconfig that expired yesterday. */
const FILES = Object.fromEntries([kms(40), await kubeconfigFile({ leftMs: -DAY_MS, lifeMs: 365 * DAY_MS })]);

interface Opened {
  console: TestConsole;
  plan: PlanState;
  state: ConsoleState;
}

async function openPlan(files: Record<string, string> = FILES): Promise<Opened> {
  const console = await openConsole();
  await console.import(EAST);
  await console.import(files);
  const state = await console.open();
  const plan = state.maintenance;
  plan.change({ timeZone: 'UTC' });
  await plan.load(plan.question);
  flushSync();
  return { console, plan, state };
}

afterEach(() => {
  vi.useRealTimers();
});

test('lists overdue work as work that cannot wait, by cluster and with its command, and in no window', async () => {
  const { plan } = await openPlan();
  expect(plan.answer).toBe('One task cannot wait for a window: run it now. The next window is Sat 26 Dec 2026 22:00.');
  const { now, rest } = plan.missed;
  expect([now.count, rest.count]).toEqual([1, 0]);
  const [cluster] = now.clusters;
  // The window offers the repair of the cluster, which includes this work.
  expect([cluster?.name, cluster?.isRepairable]).toEqual(['retail-east', true]);
  expect(cluster?.missed.map((missed) => plan.describeMiss(missed))).toMatchObject([
    {
      text: expect.stringContaining('Fetch a new kubeconfig: expired') as unknown,
      commands: ['Get-AksHciCredential -name retail-east'],
    },
  ]);
  const overdue = cluster?.missed[0]?.task;
  for (const { start, steps } of plan.windows)
    for (const { task, due } of steps) {
      expect(task === overdue && start < '2027-11').toBe(false);
      expect(due >= start).toBe(true);
    }
});

test('shows the command of work that the repair of its cluster does not include', async () => {
  // The token ends before the first window; nothing has stopped because of it yet.
  const { plan } = await openPlan({ ...FILES, ...Object.fromEntries([kms(2)]) });
  const [cluster] = plan.missed.now.clusters;
  expect(cluster?.isRepairable).toBe(true);
  const shown = cluster?.missed.map((missed) => plan.describeMiss(missed));
  expect(shown?.map((each) => [each?.mark, each?.isRepaired])).toEqual(
    expect.arrayContaining([
      ['expired', true],
      ['urgent', false],
    ]),
  );
});

test('saves a changed rule before calling the main process, and requests another plan', async () => {
  const { console, plan } = await openPlan();
  const before = plan.question;
  plan.toggleWeekday('wed');
  flushSync();
  expect(plan.question).not.toEqual(before);
  const asked = console.asked.length;
  await plan.load(plan.question);
  expect(console.asked.slice(asked).map(({ method }) => method)).toEqual(['settings.change', 'maintenance.plan']);
  expect(plan.plan?.rules.weekdays).toEqual(['wed', 'sat']);
});

test('shows only the result of the last of several requests that arrive while a plan is being made', async () => {
  const { console, plan } = await openPlan();
  const answer = console.hold('maintenance', 'plan');
  const awaitPlans = (count: number) =>
    vi.waitFor(() => expect(console.calls('maintenance', 'plan')).toHaveLength(1 + count), { timeout: 60_000 });
  const requests = [plan.load(1)];
  await awaitPlans(1);
  plan.change({ leadDays: 3 });
  requests.push(plan.load(2));
  plan.change({ leadDays: 4 });
  requests.push(plan.load(3));
  answer(0);
  await awaitPlans(2);
  answer(1);
  await Promise.all(requests);
  await awaitPlans(2);
  expect(plan.plan?.rules.leadDays).toBe(4);
  expect(plan.working).toBe(false);
});

test('does not save an invalid rule: the last weekday stays, and a number out of range is reported', async () => {
  const { console, plan, state } = await openPlan();
  plan.toggleWeekday('sat');
  expect(plan.rules.weekdays).toEqual(['sat']);
  plan.typeCount('leadDays', '91');
  expect([plan.isFaulty('leadDays'), plan.countText('leadDays')]).toEqual([true, '91']);
  expect(plan.rules.leadDays).toBe(7);
  plan.typeCount('leadDays', '90');
  expect([plan.isFaulty('leadDays'), plan.rules.leadDays]).toEqual([false, 90]);
  await state.settings.save();
  expect(console.data.store.settings().planning.leadDays).toBe(90);
});

test('adds blackouts whose dates are valid and in order, keeps them sorted by date, and removes them', async () => {
  const { plan } = await openPlan();
  for (const [from, to, canAdd] of [
    ['2026-12-31', '2026-12-30', false],
    ['2026-02-30', '', false],
    ['2026-12-31', '', true],
  ] as const) {
    plan.blackout = { from, to };
    flushSync();
    expect(plan.canAddBlackout).toBe(canAdd);
    plan.addBlackout();
  }
  plan.blackout = { from: '2026-12-24', to: '2026-12-26' };
  flushSync();
  plan.addBlackout();
  expect(plan.rules.blackouts).toEqual([
    { from: '2026-12-24', to: '2026-12-26' },
    { from: '2026-12-31', to: '2026-12-31' },
  ]);
  plan.removeBlackout(0);
  expect(plan.rules.blackouts).toHaveLength(1);
});

test('applies a suggested change with one click, so that the deadline is met', async () => {
  const { plan } = await openPlan(Object.fromEntries([kms(9)]));
  const [lead] = plan.missed.rest.clusters[0]?.missed[0]?.relaxations ?? [];
  if (lead === undefined) throw new Error('nothing gives');
  plan.relax(lead);
  await plan.load(plan.question);
  flushSync();
  expect(plan.missed.rest.count + plan.missed.now.count).toBe(0);
  expect(plan.rules.leadDays).toBe(4);
});

test('exports the plan in the chosen format; exports nothing if no file is chosen', async () => {
  const { console, plan } = await openPlan();
  await plan.save('ics');
  plan.account = ' CONTOSO\\aks$ ';
  plan.isClustered = true;
  await plan.save('task-xml');
  console.target = null;
  await plan.save('script');
  expect(console.calls('application', 'chooseTarget')).toEqual([
    { suggestedName: 'maintenance.ics', format: 'ics' },
    { suggestedName: 'arcwarden-maintenance.xml', format: 'xml' },
    { suggestedName: 'arcwarden-maintenance.ps1', format: 'ps1' },
  ]);
  expect(console.calls('maintenance', 'exportPlan')).toEqual([
    { format: 'ics', target: expect.any(String) as unknown },
    { format: 'task-xml-clustered', account: 'CONTOSO\\aks$', target: expect.any(String) as unknown },
  ]);
});

test('lists only the first of many deployments, those that a search finds, and the chosen one', async () => {
  const { plan } = await openPlan();
  const { plan: made } = plan;
  const [task] = made?.tasks ?? [];
  const [window] = made?.windows ?? [];
  const [step] = window?.steps ?? [];
  if (made === undefined || task === undefined || window === undefined || step === undefined)
    throw new Error('no plan');
  const names = Array.from({ length: 250 }, (_, at) => `shop-${String(at).padStart(3, '0')}`);
  plan.plan = {
    ...made,
    tasks: names.map((name) => ({
      ...task,
      id: name,
      lane: name as ClusterId,
      deployment: name,
      target: { ...task.target, clusterId: name as ClusterId, name },
    })),
    windows: [{ ...window, steps: names.map((name) => ({ ...step, task: name })) }],
  };
  flushSync();
  const listOffered = (): string[] => plan.offeredDeployments.map(({ name }) => name);
  expect(listOffered()).toEqual(names.slice(0, 100));
  plan.deployment = 'shop-100' as ClusterId;
  plan.deploymentQuery = 'SHOP-24';
  flushSync();
  expect(listOffered()).toEqual(['shop-100', ...names.slice(240)]);
});

test('ignores a chosen deployment that has no planned work', async () => {
  const { console, plan } = await openPlan();
  plan.deployment = 'gone' as ClusterId;
  await plan.save('script');
  expect(console.calls('maintenance', 'exportPlan')).toEqual([
    { format: 'script', target: expect.any(String) as unknown },
  ]);
});
