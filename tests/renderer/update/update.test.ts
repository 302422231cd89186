import { flushSync } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import { DAY_MS } from '../../../core/shared/instant.ts';
import type { UpdateAnswers } from '../../../core/update/contract.ts';
import type { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { LONGEST_PASTE, type UpdateWizard } from '../../../renderer/update/update.svelte.ts';
import { openConsole, type TestConsole } from '../../support/console.ts';
import { certificateFiles, loginFile } from '../../support/fleet.ts';

const CLUSTER_FILES = await certificateFiles(
  { cluster: 'retail-east', lifeMs: 3_650 * DAY_MS, role: 'cluster-ca' },
  { cluster: 'retail-west', lifeMs: 3_650 * DAY_MS, role: 'cluster-ca' },
);
const HOST_TOKEN = loginFile({ identity: 'kvactl', ageDays: 12 });
/** Every update issues this token again, so its age shows the time of the latest update. */
const token = (cluster: string, ageDays: number): [string, string] =>
  loginFile({ identity: `KMSPlugin-${cluster}-moc-kms-plugin`, ageDays });
const TOKENS = [HOST_TOKEN, token('retail-east', 70), token('retail-west', 20)];

interface Opened {
  console: TestConsole;
  update: UpdateWizard;
  state: ConsoleState;
}

/** Opens the wizard for a deployment with two clusters, or without any. */
async function openWizard(tokens = TOKENS): Promise<Opened> {
  const console = await openConsole();
  if (tokens.length > 0) {
    await console.import(CLUSTER_FILES);
    await console.import(Object.fromEntries(tokens));
  }
  const state = await console.open();
  await settle(state.update);
  return { console, state, update: state.update };
}

/** Runs the requests that the screen makes after every change. */
async function settle(update: UpdateWizard): Promise<void> {
  await update.read(update.texts);
  await update.load(update.question);
  flushSync();
}

function lastAnswers(console: TestConsole): UpdateAnswers | undefined {
  return console.calls('update', 'plan').at(-1);
}

function commands(update: UpdateWizard): string[] {
  return (update.plan?.steps ?? []).flatMap(({ id, command }) =>
    id.startsWith('update-') && command !== undefined ? [command] : [],
  );
}

const CLUSTERS = `Name : retail-east
KubernetesVersion : v1.21.9

Name : retail-west
KubernetesVersion : v1.21.9
`;
const OFFERED = `details                             kubernetesversion operatingsystemversion
-------                             ----------------- ----------------------
This is a minor kubernetes upgrade. v1.22.11          @{mariner=April 2022; windows=April 2022}
`;
const SESSION = `PS C:\\> Get-AksHciVersion
1.0.14.10928
PS C:\\> Get-AksHciUpdates
1.0.17.10310
PS C:\\> Get-AksHciCluster
${CLUSTERS}
PS C:\\> Get-AksHciClusterUpdates -name retail-east
${OFFERED}`;

describe('the chosen targets', () => {
  test('are initially the hosts and all clusters without a repair that must come first', async () => {
    const { console, update } = await openWizard();
    expect(update.targets.map(({ name, isChosen }) => [name, isChosen])).toEqual([
      ['retail-east', true],
      ['retail-west', true],
    ]);
    expect(update.host).toMatchObject({ name: 'ca-1', age: { days: 12, stated: false } });
    expect(update.targets[0]).toMatchObject({ age: { days: 70, state: 'renewal-due' } });
    expect(lastAnswers(console)).toMatchObject({ parts: 'all', clusters: [], deployment: console.clusterId('ca-1') });
    expect(commands(update)[0]).toBe('Update-AksHci');
  });

  test('leave out a broken cluster at first, whose row says why and what comes first', async () => {
    const { console, update } = await openWizard([HOST_TOKEN, token('retail-east', 95), token('retail-west', 20)]);
    const east = () => update.targets.find(({ name }) => name === 'retail-east');
    expect(update.chosen.map(({ name }) => name)).toEqual(['retail-west']);
    const { need, text, why } = update.describe(east());
    expect(need?.clusterId).toBe(console.clusterId('retail-east'));
    expect(text).toBe(`Repair first: ${need?.steps.length} steps`);
    expect(why).toMatch(/not working since/u);
    expect(update.headline.mark).toBe('expired');
    expect(update.headline.text).toMatch(/Repair first: retail-east\.$/u);
    update.toggle('retail-east');
    await settle(update);
    expect(east()?.isChosen).toBe(true);
    expect(commands(update).some((command) => command.includes('-name retail-east'))).toBe(true);
    expect(update.describe(east()).text).toBe(text);
  });

  test('are ready once their checks are answered; a failed check of a cluster is its verdict', async () => {
    const { update } = await openWizard();
    const west = () => update.describe(update.targets[1]);
    expect(west()).toMatchObject({ mark: 'fine', text: 'Ready' });
    expect(update.headline.text).toMatch(/^\d of 2 clusters (?:is|are) ready\.$/u);
    const { planning } = update;
    if (planning === undefined) throw new Error('no plan');
    const checks = planning.checks.map((check) => {
      const isKms = check.id === 'kms' && check.cluster === 'retail-west';
      return isKms ? { ...check, state: 'problem' as const } : check;
    });
    update.planning = { ...planning, checks };
    expect(west()).toMatchObject({ mark: 'expired', text: 'The KMS plugin cannot log in' });
    update.planning = {
      ...planning,
      checks: checks.map((check) => ({
        ...check,
        state: check.state === 'problem' ? ('unknown' as const) : check.state,
      })),
    };
    expect(west()).toMatchObject({ mark: 'unknown', text: 'Not checked yet' });
  });

  test('determine the plan and the commands whose output is requested', async () => {
    const { console, update } = await openWizard();
    update.toggle('retail-west');
    await settle(update);
    expect(lastAnswers(console)?.clusters).toEqual([console.clusterId('retail-east')]);
    expect(update.session).not.toContain('retail-west');
    expect(JSON.stringify(update.plan)).not.toContain('retail-west');
  });

  test('must include the hosts or a cluster', async () => {
    const { update } = await openWizard();
    update.hasHosts = false;
    update.toggle('retail-east');
    update.toggle('retail-west');
    expect(update.blocked).toBe('nothing');
    update.go('plan');
    expect(update.step).toBe('choose');
    update.toggle('retail-east');
    update.go('plan');
    expect(update.step).toBe('plan');
  });

  test('includes only the cluster whose overdue update opened the wizard', async () => {
    const { console, update } = await openWizard();
    update.begin(console.clusterId('retail-west'));
    await settle(update);
    expect(lastAnswers(console)).toMatchObject({ parts: 'all', clusters: [console.clusterId('retail-west')] });
    update.begin(console.clusterId('ca-1'));
    await settle(update);
    expect(lastAnswers(console)).toMatchObject({ parts: 'all', clusters: [] });
  });
});

describe('pasted or typed input', () => {
  test('reads the versions of hosts and clusters, and the available updates', async () => {
    const { update } = await openWizard();
    update.pasted = SESSION;
    await settle(update);
    expect(update.host).toMatchObject({ read: '1.0.14.10928', newest: '1.0.17.10310' });
    expect(update.targets[0]).toMatchObject({ read: 'v1.21.9', newest: 'v1.22.11' });
    expect(commands(update)).toContain('Update-AksHciCluster -name retail-east -kubernetesVersion v1.22.11');
  });

  test('prefers a typed version to a pasted one, and blocks the next step if it is invalid', async () => {
    const { console, update } = await openWizard();
    update.pasted = SESSION;
    update.typeVersion('retail-east', 'v1.20.7');
    update.want('retail-east', 'v1.21.9');
    await settle(update);
    expect(commands(update)).toContain('Update-AksHciCluster -name retail-east -kubernetesVersion v1.21.9');
    const east = console.clusterId('retail-east');
    expect(lastAnswers(console)?.versions).toEqual([{ cluster: east, version: 'v1.21.9' }]);
    const asked = console.calls('update', 'plan').length;
    update.typeVersion('retail-east', '1,21');
    await settle(update);
    expect(update.blocked).toBe('version');
    expect(update.targets[0]?.isTypedFaulty).toBe(true);
    expect(console.calls('update', 'plan')).toHaveLength(asked);
  });

  test('does not send input that exceeds the maximum length', async () => {
    const { console, update } = await openWizard();
    const asked = console.calls('update', 'read').length;
    update.pasted = 'x'.repeat(LONGEST_PASTE + 1);
    await settle(update);
    expect(update.blocked).toBe('too-long');
    expect(console.calls('update', 'read')).toHaveLength(asked);
  });

  test('accepts the name of a cluster if the inventory is empty', async () => {
    const { update } = await openWizard([]);
    expect(update.targets).toEqual([]);
    update.newName = '  branch-7 ';
    update.addName();
    await settle(update);
    expect(update.newName).toBe('');
    expect(update.targets).toMatchObject([{ name: 'branch-7', isNamed: true, isChosen: true }]);
    expect(update.session).toContain('Get-AksHciClusterUpdates -name branch-7');
    expect(commands(update).some((command) => command.includes('-name branch-7'))).toBe(true);
    update.removeName('branch-7');
    expect(update.targets).toEqual([]);
  });

  test('adds each name only once, and never adds the management cluster as a target', async () => {
    const { update } = await openWizard();
    for (const [name, fault] of [
      ['retail-east', 'known'],
      ['clustergroup-management', 'hosts'],
    ] as const) {
      update.newName = name;
      expect(update.nameFault).toBe(fault);
      update.addName();
      expect(update.targets).toHaveLength(2);
    }
    update.newName = 'branch-7';
    update.addName();
    update.pasted = 'PS C:\\> Get-AksHciCluster\nName : branch-7\nKubernetesVersion : v1.21.9\n';
    await settle(update);
    expect(update.targets.map(({ name, isNamed }) => [name, isNamed])).toEqual([
      ['retail-east', false],
      ['retail-west', false],
      ['branch-7', false],
    ]);
  });
});

describe('the checks before an update', () => {
  test('lists the checks that prevent the update before the others', async () => {
    const { update } = await openWizard([HOST_TOKEN, token('retail-east', 95)]);
    update.toggle('retail-east');
    await settle(update);
    expect(update.problems).toBeGreaterThan(0);
    const states = update.openChecks.map(({ state }) => state);
    expect(states.slice(0, update.problems).every((state) => state === 'problem')).toBe(true);
    expect(states.slice(update.problems).every((state) => state === 'unknown')).toBe(true);
  });

  test('formats thousands of checks between frames, with the same result', async () => {
    const { update } = await openWizard();
    const { planning } = update;
    if (planning === undefined) throw new Error('no plan');
    const few = update.checks.map(({ title, state, why, command, expected }) => ({
      title,
      state,
      why,
      command,
      expected,
    }));
    const times = 200;
    update.planning = { ...planning, checks: Array.from({ length: times }, () => planning.checks).flat() };
    expect([update.isWorded, update.checks.length]).toEqual([false, 0]);
    expect(update.problems).toBe(times * planning.checks.filter(({ state }) => state === 'problem').length);
    await vi.waitFor(() => expect(update.isWorded).toBe(true), { timeout: 60_000 });
    expect(update.checks).toHaveLength(times * few.length);
    expect(update.checks.slice(-few.length)).toMatchObject(few);
  });

  test('answers a check with the output of its command, pasted with or without the command', async () => {
    const { update } = await openWizard();
    const key = 'moc-version';
    expect(update.checks.find((check) => check.key === key)?.state).toBe('unknown');
    update.pasted = 'PS C:\\> Get-AksHciVersion\n1.0.14.10928\n';
    update.answer(key, '1.0.14.10928\n');
    await settle(update);
    expect(update.checks.find((check) => check.key === key)).toMatchObject({ state: 'ok', pasted: '1.0.14.10928\n' });
    update.answer(key, 'PS C:\\> Get-MocVersion\n1.0.13.10719\n');
    await settle(update);
    expect(update.checks.find((check) => check.key === key)?.state).toBe('problem');
  });

  test('lets the admin confirm a check without output, and reopen it', async () => {
    const { update } = await openWizard();
    const room = () => update.openChecks.find(({ key }) => key === 'room');
    expect(room()?.input).toBe('looked');
    const open = update.openChecks.length;
    update.toggleLookedAt('room');
    expect(room()).toBeUndefined();
    expect(update.openChecks).toHaveLength(open - 1);
    update.toggleLookedAt('room');
    expect(room()).toBeDefined();
  });

  test('omits a question once its command has an answer', async () => {
    const { update } = await openWizard();
    const questionKeys = () => update.questions.map(({ key }) => key);
    expect(questionKeys()).toContain('cluster-updates retail-east');
    update.answer('cluster-updates retail-east', OFFERED);
    await settle(update);
    expect(questionKeys()).not.toContain('cluster-updates retail-east');
    expect(questionKeys()).toContain('cluster-updates retail-west');
    expect(update.targets[0]?.newest).toBe('v1.22.11');
  });
});

describe('the plan', () => {
  test('is made for the latest answers', async () => {
    const { console, update } = await openWizard();
    const { question: first } = update;
    update.toggle('retail-west');
    const early = update.load(first);
    const late = update.load(update.question);
    await Promise.all([early, late]);
    expect(lastAnswers(console)?.clusters).toEqual([console.clusterId('retail-east')]);
    expect(JSON.stringify(update.plan)).not.toContain('retail-west');
    expect(update.waiting.working).toBe(false);
  });

  test('has a text to copy with all its commands', async () => {
    const { update } = await openWizard();
    for (const command of commands(update)) expect(update.planText).toContain(command);
    expect(update.counts.updates).toBe(commands(update).length);
    expect(update.counts.steps).toBe(update.plan?.steps.length);
  });

  test('writes the plan for the same answers to the chosen file', async () => {
    const { console, update, state } = await openWizard();
    console.target = '/aks-update.ps1';
    await update.save('ps1');
    expect(console.calls('update', 'exportPlan')).toMatchObject([{ format: 'ps1', answers: lastAnswers(console) }]);
    expect(update.files.saved).toEqual({ ps1: 'aks-update.ps1' });
    expect(update.files.current).toBeUndefined();
    expect(state.notices.list.at(-1)?.texts).toEqual([{ key: 'action.saved', values: { name: 'aks-update.ps1' } }]);
  });
});

describe('the next maintenance window', () => {
  test('finds the first window that fits both the total estimate and the rules, and writes it to a calendar file', async () => {
    const { console, update, state } = await openWizard();
    state.settings.change({ planning: { ...state.settings.values.planning, timeZone: 'UTC' } });
    await settle(update);
    // Two hours for the hosts and one hour for each of two clusters, from ten o’clock on a Saturday.
    expect(update.planning?.minutes).toBe(240);
    expect(update.schedule.view).toEqual({
      kind: 'window',
      from: 'Sat 28 Nov 2026 22:00',
      until: '04:00',
      done: '02:00',
    });
    console.target = '/aks-update.ics';
    await update.schedule.save();
    expect(console.calls('update', 'exportWindow')).toMatchObject([{ answers: lastAnswers(console) }]);
    expect(update.schedule.files.last).toBe('aks-update.ics');
  });

  test('is split if no window holds the whole update: the hosts first, then each cluster', async () => {
    const { console, update, state } = await openWizard();
    const { planning } = state.settings.values;
    state.settings.change({ planning: { ...planning, timeZone: 'UTC', to: '01:00' } });
    await settle(update);
    expect(update.schedule.view).toEqual({
      kind: 'split',
      parts: [
        { name: 'Hosts and management cluster', from: 'Sat 28 Nov 2026 22:00', until: '00:00' },
        { name: 'retail-east', from: 'Sun 29 Nov 2026 00:00', until: '01:00' },
        { name: 'retail-west', from: 'Sat 5 Dec 2026 22:00', until: '23:00' },
      ],
    });
    console.target = '/aks-update.ics';
    await update.schedule.save();
    const written = new TextDecoder()
      .decode(await console.files.read('/aks-update.ics', 1_000_000))
      .replaceAll('\r\n ', '');
    const events = written.split('BEGIN:VEVENT').slice(1);
    expect(events.map((event) => /Update-AksHci(?:Cluster -name [\w-]+)?(?![\w-])/u.exec(event)?.[0])).toEqual([
      'Update-AksHci',
      'Update-AksHciCluster -name retail-east',
      'Update-AksHciCluster -name retail-west',
    ]);
  });

  test('states which part is too long and by how much, or that windows are missing', async () => {
    const { update, state } = await openWizard();
    const { planning } = state.settings.values;
    state.settings.change({ planning: { ...planning, timeZone: 'UTC', to: '23:00' } });
    await settle(update);
    expect(update.schedule.view).toEqual({
      kind: 'too-short',
      name: 'Hosts and management cluster',
      ...{ takes: '2 h', longest: '1 h', missing: '1 h' },
    });
    state.settings.change({ planning: { ...planning, timeZone: 'UTC', horizonDays: 2 } });
    await settle(update);
    expect(update.schedule.view).toEqual({ kind: 'none' });
  });
});

describe('in a large fleet', () => {
  const names = (count: number): string[] =>
    Array.from({ length: count }, (_, at) => `plant-${String(at).padStart(3, '0')}`);

  async function fleet(count: number, tokens: [string, string][]): Promise<Opened> {
    const console = await openConsole();
    const wishes = names(count).map((cluster) => ({ cluster, lifeMs: 3_650 * DAY_MS, role: 'cluster-ca' as const }));
    await console.import(await certificateFiles(...wishes));
    if (tokens.length > 0) await console.import(Object.fromEntries(tokens));
    const state = await console.open();
    await settle(state.update);
    return { console, state, update: state.update };
  }

  test('plans only the hosts at first; all overdue clusters can be chosen with one action', async () => {
    const { console, update } = await fleet(101, [HOST_TOKEN, token('plant-007', 70), token('plant-008', 20)]);
    expect([update.asksWhich, update.chosen.length, update.blocked]).toEqual([true, 0, undefined]);
    expect(lastAnswers(console)).toMatchObject({ parts: 'hosts', clusters: [] });
    update.choose(update.late);
    await settle(update);
    expect(update.chosen.map(({ name }) => name)).toEqual(['plant-007']);
    expect(lastAnswers(console)).toMatchObject({ parts: 'all', clusters: [console.clusterId('plant-007')] });
  });

  test('finds clusters by name, and plans all clusters if all are chosen', async () => {
    const { console, update } = await fleet(101, [HOST_TOKEN]);
    update.query = 'PLANT-10';
    expect(update.found.map(({ name }) => name)).toEqual(['plant-100']);
    update.choose(update.found);
    update.newName = 'plant-x';
    update.addName();
    expect(update.chosen.map(({ name }) => name)).toEqual(['plant-100', 'plant-x']);
    update.toggle('plant-x');
    expect(update.chosen.map(({ name }) => name)).toEqual(['plant-100']);
    update.removeName('plant-x');
    update.choose(update.targets);
    await settle(update);
    expect(update.chosen).toHaveLength(101);
    // No cluster is named, because the plan covers the whole deployment.
    expect(lastAnswers(console)).toMatchObject({ parts: 'all', clusters: [] });
    update.chooseNone();
    expect(update.chosen).toEqual([]);
  });

  test('makes no plan before a choice if the hosts are unknown', async () => {
    const { console, update } = await fleet(101, []);
    expect([update.blocked, update.isBlocked('plan')]).toEqual(['which', true]);
    expect(console.calls('update', 'plan')).toEqual([]);
    update.begin(console.clusterId('plant-042'));
    await settle(update);
    expect(lastAnswers(console)).toMatchObject({ clusters: [console.clusterId('plant-042')] });
  });

  test('makes no plan for more clusters than the limit', async () => {
    const { console, update } = await fleet(102, []);
    update.mostPlanned = 101;
    update.choose(update.targets);
    await settle(update);
    expect([update.chosen.length, update.blocked, update.isBlocked('plan')]).toEqual([102, 'too-many', true]);
    expect(console.calls('update', 'plan')).toEqual([]);
    update.toggle('plant-000');
    expect(update.blocked).toBeUndefined();
  });

  test('chooses all of a hundred clusters at first', async () => {
    const { update } = await fleet(100, [HOST_TOKEN]);
    expect([update.asksWhich, update.chosen.length]).toEqual([false, 100]);
  });
});

test('shows only twenty names of values to fill in, and counts the others', async () => {
  const { update } = await openWizard();
  const { planning } = update;
  const [first] = planning?.plan.steps ?? [];
  if (planning === undefined || first === undefined) throw new Error('no plan');
  const valuesText = (count: number): string | undefined => {
    const steps = Array.from({ length: count }, (_, at) => ({
      ...first,
      id: `step-${at}`,
      command: {
        kind: 'cmdlet' as const,
        name: 'Get-Item',
        parameters: [{ name: 'Path', value: { name: `v${at + 1}` } }],
      },
    }));
    update.planning = { ...planning, plan: { ...planning.plan, steps } };
    return update.plan?.open;
  };
  expect(valuesText(3)).toBe('To fill in: v1, v2, v3');
  expect(valuesText(20)).toMatch(/, v20$/u);
  expect(valuesText(200)).toMatch(/, v20 and 180 more$/u);
});
