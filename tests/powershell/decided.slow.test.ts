import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, type TestContext } from 'vitest';
import { TASK_NAME } from '../../core/maintenance/export/task-xml.ts';
import { MAINTENANCE_EVENTS } from '../../core/maintenance/model/shutdown-events.ts';
import { translator } from '../../core/text/text.ts';
import { planScript } from '../../core/plan/export/script.ts';
import type { Plan, PlanCommand, PlanStep } from '../../core/plan/model/plan.ts';
import { cited, UPDATE_COMMANDS } from '../../core/knowledge/model/sources/sources.ts';
import { cmdlet, planOf, step } from '../core/runs/plans.ts';
import { ENGLISH } from '../core/plan/export/samples.ts';
import { HostMachine, type StubModes } from '../support/host-machine.ts';
import { adapted, needPowerShell, runScript, type ScriptEnd, type Way } from '../support/real-power-shell.ts';
import { CONDITION, EXIT, namedValues, saysDone, saysWroteErrors, unattendedWords, WROTE_ERRORS } from './decided.ts';
import { maintenanceScripts, repairScripts, type WrittenScript } from './scripts.ts';
import { sharedPowerShell } from './shared.ts';
import { walk, type Walk, type WalkOptions } from './walk.ts';

/* Behaviour that was decided for every script, on plans of a few steps. */

const shared = sharedPowerShell();
const asking = sharedPowerShell({ certificatesAsk: true });

const WHY = cited('remedy.cloud-repair', UPDATE_COMMANDS);

beforeEach((context: TestContext) => void needPowerShell(context));

function scriptOf(...steps: PlanStep[]): WrittenScript {
  const plan: Plan = planOf(...steps);
  return { title: steps.map(({ id }) => id).join(', '), kind: 'plan', plan, text: planScript(plan, ENGLISH) };
}

async function carryOut(script: WrittenScript, options: WalkOptions = {}, place = shared): Promise<Walk> {
  const end = await walk(place, script, options);
  onTestFinished(() => end.machine.remove());
  return end;
}

const plain = (name: string): PlanCommand => ({ kind: 'cmdlet', name, parameters: [] });
const REPAIR = step('repair', { command: plain('Repair-MocLogin') });
const CHECKED = step('renew', {
  command: plain('Update-AksHciCertificates'),
  check: { command: plain('Get-AksHciVersion'), expected: WHY, prints: ['1.0.24.11029'] },
});
const LAST = step('last', { command: plain('Get-MocNode'), risk: 'none' });
const namesOf = ({ calls }: Walk): string[] => calls.map(({ name }) => name);

describe.each(['console', 'file'] satisfies Way[])('started from a %s, a step whose cmdlet writes an error', (way) => {
  const faults = [{ of: 'Repair-MocLogin', kind: 'error', text: 'token expired' }] as const;

  test('and that has no check asks whether to go on', async () => {
    const usual = await carryOut(scriptOf(REPAIR, LAST), { way });
    const yes = await carryOut(scriptOf(REPAIR, LAST), { way, faults, answers: [WROTE_ERRORS.goOn] });
    expect([usual.asked.length, yes.asked.length]).toEqual([0, 1]);
    expect(saysWroteErrors(yes.output)).toBe(true);
    expect(namesOf(yes)).toEqual(['Repair-MocLogin', 'Get-MocNode']);
    const no = await carryOut(scriptOf(REPAIR, LAST), { way, faults, answers: [WROTE_ERRORS.stop] });
    expect([no.exitCode, namesOf(no)]).toEqual([EXIT.stopped, ['Repair-MocLogin']]);
  });

  test('and that has no check stops where nobody is there', async () => {
    const script = scriptOf(REPAIR, LAST);
    const end = await carryOut(script, { way, faults, answers: [], words: unattendedWords(script.text) });
    expect([end.exitCode, namesOf(end)]).toEqual([EXIT.stopped, ['Repair-MocLogin']]);
  });

  test('is decided by its check', async () => {
    const script = scriptOf(CHECKED, LAST);
    const wrote = { of: 'Update-AksHciCertificates', kind: 'error', text: 'token expired' } as const;
    const words = unattendedWords(script.text);
    const good = await carryOut(script, { way, faults: [wrote], answers: [], words });
    expect([good.exitCode, saysDone(script, good.output)]).toEqual([EXIT.done, true]);
    expect(saysWroteErrors(good.output)).toBe(true);
    const bad = [wrote, { of: 'Get-AksHciVersion', kind: 'nothing', text: '' }] as const;
    const silent = { ...script, plan: planOf(step('renew', { command: plain('Update-AksHciCertificates') })) };
    const end = await carryOut(silent, { way, faults: bad, answers: [], words });
    expect([end.exitCode, saysDone(script, end.output)]).toEqual([EXIT.stopped, false]);
  });
});

test('what a check prints is compared with what is expected', async () => {
  const { check } = CHECKED;
  const wrong = step('renew', {
    command: plain('Update-AksHciCertificates'),
    ...(check !== undefined && { check: { ...check, prints: ['1.0.99.1'] } }),
  });
  const script = scriptOf(wrong, LAST);
  // The stub says the version that it always has.
  const end = await carryOut({ ...script, plan: planOf(REPAIR) });
  expect([end.exitCode, saysDone(script, end.output)]).toEqual([EXIT.stopped, false]);
});

describe('steps of one case', () => {
  const only = [cited('remedy.host-repair', UPDATE_COMMANDS)];
  const script = scriptOf({ ...REPAIR, only }, { ...CHECKED, only }, LAST);

  test('are asked about once, and all of them are skipped where it is not the case', async () => {
    const end = await carryOut(script, { answers: [CONDITION.notTheCase] });
    expect([end.exitCode, end.asked.length, namesOf(end)]).toEqual([EXIT.done, 1, ['Get-MocNode']]);
  });

  test('are carried out where it is the case', async () => {
    const end = await carryOut(script, { answers: [CONDITION.yes] });
    expect([end.exitCode, namesOf(end)[0], namesOf(end).at(-1)]).toEqual([EXIT.done, 'Repair-MocLogin', 'Get-MocNode']);
  });

  test('are where a run stops if nobody is there', async () => {
    const end = await carryOut(script, { answers: [], words: unattendedWords(script.text) });
    expect([end.exitCode, namesOf(end)]).toEqual([EXIT.stopped, []]);
  });
});

test('a check is never run with an empty value in the place of one that nobody gave', async () => {
  const command: PlanCommand = {
    kind: 'program',
    program: 'kubectl',
    args: [{ literal: 'logs' }, { name: 'kms-pod' }],
  };
  const script = scriptOf({ ...REPAIR, check: { command, expected: WHY } }, LAST);
  for (const more of [{ words: unattendedWords(script.text), answers: [] }, { answers: ['kms-0'] }]) {
    // Values are not handed over at the start here.
    const end = await carryOut({ ...script, plan: planOf(REPAIR) }, more);
    expect(end.calls.flatMap((call) => (call.kind === 'program' ? call.arguments : []))).not.toContain('');
    expect([end.exitCode, namesOf(end).at(-1)]).toEqual([EXIT.done, 'Get-MocNode']);
  }
});

test('a cmdlet that asks by itself is told not to, where nobody is there and where it can be told', async () => {
  const script = scriptOf(step('fetch', { command: cmdlet('Get-AksHciCredential', 'depot') }), CHECKED, LAST);
  for (const place of [shared, asking]) {
    const end = await carryOut(script, { answers: [], words: unattendedWords(script.text) }, place);
    expect([end.exitCode, end.asked]).toEqual([EXIT.done, []]);
  }
});

test('an exit code that a program leaves behind inside a good cmdlet is no failure', async () => {
  const script = scriptOf(REPAIR, LAST);
  const end = await carryOut(script, { faults: [{ of: 'Repair-MocLogin', kind: 'exit-code', text: '3' }] });
  expect([end.exitCode, saysDone(script, end.output)]).toEqual([EXIT.done, true]);
});

test.each(['file', 'kubeconfig-name', 'name-kubeconfig'] satisfies StubModes['kubeconfig'][])(
  'a window fetches a kubeconfig whichever way the cmdlet writes it: %s',
  async (kubeconfig) => {
    for (const script of maintenanceScripts(['retail-east']).filter(({ kind }) => kind === 'maintenance')) {
      const end = await carryOut(script, { modes: { kubeconfig }, answers: [] });
      expect([script.title, end.exitCode]).toEqual([script.title, EXIT.done]);
    }
  },
);

test('a window in which a cmdlet writes an error is not done', async () => {
  const [script] = maintenanceScripts(['retail-east']);
  const faults = [{ of: 'Update-AksHciCertificates', kind: 'error', text: 'token expired' }] as const;
  for (const way of ['console', 'file'] as const) {
    const end = await carryOut(script ?? scriptOf(), { way, faults });
    expect([way, end.exitCode]).toEqual([way, EXIT.stopped]);
    const events = end.calls.flatMap((call) => (call.kind === 'cmdlet' ? (call.parameters['EventId'] ?? []) : []));
    expect(events).not.toContain(MAINTENANCE_EVENTS.done.id);
  }
});

test('a registration that wrote an error is not told as one that was made', async () => {
  const script = maintenanceScripts(['retail-east']).find(({ kind }) => kind === 'registration') ?? scriptOf();
  const told = translator('en')('maintenance.register.registered', { task: TASK_NAME });
  const good = await carryOut(script);
  expect(good.output).toContain(told);
  const end = await carryOut(script, {
    faults: [{ of: 'Register-ScheduledTask', kind: 'error', text: 'access denied' }],
  });
  expect(end.output).not.toContain(told);
  expect(end.exitCode).not.toBe(EXIT.done);
});

test('a kubeconfig that a user does not have yet is no reason to stop before it is fetched', async () => {
  const [script] = await repairScripts(['F11'], /^one cluster$/u);
  const machine = new HostMachine(shared.stubs);
  rmSync(join(machine.folders.user, '.kube', 'config'));
  const end = await carryOut(script ?? scriptOf(), { machine });
  expect(end.exitCode).toBe(EXIT.done);
  expect(namesOf(end)).toContain('Get-AksHciCredential');
});

describe('started by powershell.exe -File', () => {
  async function byFile(
    script: WrittenScript,
    words: string[],
    culture?: string,
  ): Promise<ScriptEnd & { machine: HostMachine }> {
    const machine = new HostMachine(shared.stubs);
    onTestFinished(() => machine.remove());
    const path = machine.put('plan.ps1', adapted(script.text));
    return { ...(await runScript(shared.stubs, { machine, path, words, way: 'file', culture })), machine };
  }

  test('a plan takes values with hyphens in their names, and asks nobody', async () => {
    const args = [{ literal: 'logs' }, { name: 'kms-pod' }];
    const script = scriptOf(
      step('logs', { command: { kind: 'program', program: 'kubectl', args }, risk: 'none' }),
      REPAIR,
    );
    const { exitCode, machine } = await byFile(script, [
      ...unattendedWords(script.text),
      ...namedValues({ 'kms-pod': 'kms 0' }),
    ]);
    expect(exitCode).toBe(EXIT.done);
    expect(machine.calls()).toMatchObject([{ arguments: ['logs', 'kms 0'] }, { name: 'Repair-MocLogin' }]);
  });

  test.each(['de_DE.UTF-8', 'ja_JP.UTF-8', 'fr_FR.UTF-8'])(
    'a plan runs on a host in any language: %s',
    async (culture) => {
      const { exitCode, machine } = await byFile(scriptOf(REPAIR), [], culture);
      expect([exitCode, machine.calls().length]).toEqual([EXIT.done, 1]);
    },
  );
});
