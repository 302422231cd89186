import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { CHECKS } from '../../core/knowledge/model/checks.ts';
import { citeText, UPDATE_COMMANDS } from '../../core/knowledge/model/sources/sources.ts';
import { buildCommand } from '../../core/plan/model/command.ts';
import type { Plan, PlanCommand, PlanStep } from '../../core/plan/model/plan.ts';
import { planScript } from '../../core/plan/export/script.ts';
import { HostMachine, type Account, type Fault, type StubCall } from '../support/host-machine.ts';
import {
  adaptScript,
  CURRENT_USER,
  needPowerShell,
  runCommand,
  runScript,
  type ScriptEnd,
  type Way,
} from '../support/real-power-shell.ts';
import { sharePowerShell } from './shared.ts';
import { makePlan, step as stepWith } from '../core/runs/plans.ts';
import { ENGLISH, JAPANESE } from '../core/plan/export/samples.ts';

/* Tests scripts of plans in a real PowerShell, with stubs of the modules. */

const WHY = citeText('remedy.cloud-repair', UPDATE_COMMANDS);
const CASE = citeText('remedy.kms-workload', UPDATE_COMMANDS);
const NAME = 'retail-east';

function cmdlet(name: string, ...switches: string[]): PlanCommand {
  const value = { name: 'cluster', value: NAME };
  return { kind: 'cmdlet', name, parameters: [{ name: 'name', value }, ...switches.map((each) => ({ name: each }))] };
}

const REPAIR = cmdlet('Update-AksHciClusterCertificates', 'fixCloudCredentials');
const VERSION: PlanCommand = { kind: 'cmdlet', name: 'Get-AksHciVersion', parameters: [] };

/** Creates a step whose command is `REPAIR` by default. */
const step = (id: string, more: Partial<PlanStep> = {}): PlanStep => stepWith(id, { command: REPAIR, ...more });

const LAST = step('last', { command: cmdlet('Get-AksHciCluster'), risk: 'none' });

const { stubs, host } = sharePowerShell({ certificatesAsk: true });
const here: { machine?: HostMachine } = {};

beforeEach((context) => {
  needPowerShell(context);
  here.machine = new HostMachine(stubs, { kubeconfig: 'file' });
  return () => here.machine?.remove();
});

interface Start {
  words?: readonly string[];
  answers?: readonly string[];
  way?: Way;
  wording?: typeof ENGLISH;
}

function machine(): HostMachine {
  if (here.machine === undefined) throw new Error('no machine');
  return here.machine;
}

async function run(plan: Plan, { words = [], answers = [], way, wording = ENGLISH }: Start = {}): Promise<ScriptEnd> {
  const path = machine().put('plan.ps1', adaptScript(planScript(plan, wording)));
  const [end] = await host.run({ machine: machine(), path, words, answers, ...(way && { way }) });
  if (end === undefined) throw new Error('no end');
  return end;
}

const names = (calls: readonly StubCall[] = machine().calls()): string[] =>
  calls.flatMap((call) => (call.kind === 'cmdlet' && call.onlyAsked ? [] : [call.name]));

const state = (): { done: string[]; running: string; leftOut: string[]; notTheCase: string[] } =>
  JSON.parse(readFileSync(join(machine().folders.work, 'plan.state.json'), 'utf8').replace('\u{FEFF}', '')) as never;

const unattended = { words: ['-Yes'] };
const WRITES: Fault = { of: 'Update-AksHciClusterCertificates', kind: 'error', text: 'nothing was repaired' };

describe('a cmdlet that writes an error and continues', () => {
  const WAYS = ['file', 'console'] as const;

  test.each(WAYS)('stops a plan without a user, if the plan was started from a %s', async (way) => {
    machine().suffer(WRITES);
    const { exitCode, output } = await run(makePlan(step('repair'), LAST), { ...unattended, way });
    expect(exitCode).toBe(1);
    expect(output).toContain('The step ended with errors');
    expect(output).toContain('nothing was repaired');
    expect(output).toContain('-From repair');
    expect(output).not.toContain('All steps are done');
    expect(names()).toEqual(['Update-AksHciClusterCertificates']);
  });

  test('leads to a question, and the plan continues once a user has confirmed the step', async () => {
    machine().suffer(WRITES);
    const { exitCode, output, asked } = await run(makePlan(step('repair'), LAST), { answers: ['D'] });
    expect(exitCode, output).toBe(0);
    expect(asked.join('\n')).toContain('nothing was repaired');
    expect(state().done).toEqual(['repair', 'last']);
  });

  test.each([
    ['says that all is well, is done', '1.0.24.11029', 0],
    ['says that it is not, has failed', '9.9.9', 1],
  ])('whose check %s', async (_, wanted, exitCode) => {
    machine().suffer(WRITES);
    const check = { command: VERSION, expected: WHY, prints: [wanted] };
    const end = await run(makePlan(step('repair', { check }), LAST), unattended);
    expect(end.exitCode, end.output).toBe(exitCode);
    // The output must contain only one outcome of the step.
    const outcomes = end.output.match(/(?:Done|Failed): For a workload cluster/gu) ?? [];
    expect(outcomes[0]?.startsWith(exitCode === 0 ? 'Done' : 'Failed')).toBe(true);
  });
});

describe('a cmdlet in a script', () => {
  test('that throws stops the plan, which resumes there when started again', async () => {
    machine().suffer({ at: 1, kind: 'throw', text: 'it cannot' });
    expect((await run(makePlan(step('repair'), LAST), unattended)).exitCode).toBe(1);
    machine().suffer();
    expect((await run(makePlan(step('repair'), LAST), unattended)).exitCode).toBe(0);
    expect(names()).toEqual([
      'Update-AksHciClusterCertificates',
      'Update-AksHciClusterCertificates',
      'Get-AksHciCluster',
    ]);
  });

  test('that ends the script with success leads to exit code 1, and the next start reports an unknown outcome', async () => {
    machine().suffer({ of: 'Update-AksHciClusterCertificates', kind: 'exit', text: '0' });
    const serious = makePlan(step('repair', { risk: 'disruptive' }), LAST);
    expect((await run(serious, unattended)).exitCode).toBe(1);
    expect(state()).toMatchObject({ done: [], running: 'repair' });
    machine().suffer();
    expect((await run(serious, unattended)).exitCode).toBe(2);
    expect(names()).toEqual(['Update-AksHciClusterCertificates']);
  });

  test('is not judged by the exit code of a program that it starts', async () => {
    machine().suffer({ of: 'Update-AksHciClusterCertificates', kind: 'exit-code', text: '3' });
    const { exitCode, output } = await run(makePlan(step('repair'), LAST), unattended);
    expect(exitCode, output).toBe(0);
  });

  test('that would ask for confirmation does not ask, and one without a -Confirm parameter is called without it', async () => {
    const fetch = step('fetch', { command: cmdlet('Get-AksHciCredential') });
    for (const way of ['file', 'console'] as const) {
      const { exitCode, output, asked } = await run(makePlan(fetch, step('repair'), LAST), { ...unattended, way });
      expect([exitCode, asked], output).toEqual([0, []]);
      rmSync(join(machine().folders.work, 'plan.state.json'));
    }
    expect(names()).toContain('Get-AksHciCredential');
    // Cmdlets without a -Confirm parameter are called without it.
    expect(names()).toContain('Get-AksHciCluster');
  });

  test('that is missing is named, with advice on where to find it', async () => {
    const missing: PlanCommand = { kind: 'cmdlet', name: 'Get-NotThere', parameters: [] };
    const { exitCode, output } = await run(makePlan(step('missing', { command: missing })), unattended);
    expect(exitCode).toBe(1);
    expect(output).toContain('Get-NotThere was not found');
    expect(output).toContain('Get-Module -ListAvailable');
  });
});

describe('a step for one case only', () => {
  const only = [CASE];
  const plan = makePlan(step('first', { only }), step('second', { only }), step('other', { only, cluster: 'x' }), LAST);

  test('needs one question; if the case does not apply, all steps for it are skipped', async () => {
    const { exitCode, output, asked } = await run(plan, { answers: ['N', 'Y'] });
    expect(exitCode, output).toBe(0);
    expect(asked).toHaveLength(2);
    expect(state()).toMatchObject({ notTheCase: ['first', 'second'], done: ['other', 'last'] });
    expect(names()).toEqual(['Update-AksHciClusterCertificates', 'Get-AksHciCluster']);
  });

  test('runs after one confirmation', async () => {
    const { exitCode, asked } = await run(plan, { answers: ['Y', 'Y'] });
    expect([exitCode, asked.length]).toEqual([0, 2]);
    expect(state().done).toEqual(['first', 'second', 'other', 'last']);
  });

  test('does not start without a user, unless the step was accepted or is to be skipped', async () => {
    const { exitCode, output } = await run(plan, unattended);
    expect([exitCode, names()]).toEqual([1, []]);
    expect(output).toContain('-Accept first');
    const said = await run(plan, { words: ['-Yes', '-Skip', 'first', '-Accept', 'other'] });
    expect(said.exitCode, said.output).toBe(3);
    expect(said.output).toContain('Left out: first, second');
    expect(said.output).not.toContain('All steps are done');
  });

  test('runs with all other steps for that case if one of these steps was accepted', async () => {
    const { exitCode, output } = await run(plan, { words: ['-Yes', '-Accept', 'first,other'] });
    expect(exitCode, output).toBe(0);
    expect(state().done).toEqual(['first', 'second', 'other', 'last']);
  });

  test('needs no second question when the plan is resumed', async () => {
    expect((await run(plan, { answers: ['N', 'S'] })).exitCode).toBe(1);
    const { asked, exitCode } = await run(plan, { answers: ['Y'] });
    expect([exitCode, asked.length]).toEqual([0, 1]);
  });
});

describe('a check of a step', () => {
  const OPEN = buildCommand('kubectl -n kube-system logs <kms-pod>');

  test('is compared with the expected output', async () => {
    const wrong = { command: VERSION, expected: WHY, prints: ['1.0.17.10310'] };
    const { exitCode, output } = await run(makePlan(step('update', { check: wrong }), LAST), unattended);
    expect(exitCode).toBe(1);
    expect(output).toContain('The check did not find the expected result.');
    expect(names()).not.toContain('Get-AksHciCluster');
  });

  test('is skipped if its value is missing, and the output says so', async () => {
    const check = { command: OPEN, expected: WHY };
    const { exitCode, output } = await run(makePlan(step('repair', { check }), LAST), unattended);
    expect(exitCode, output).toBe(0);
    expect(output).toContain('The check is left out, since a value is missing (kms-pod)');
    expect(names()).not.toContain('kubectl');
  });

  test('asks for its value after the step, which may have printed the value', async () => {
    const check = { command: OPEN, expected: WHY };
    const { asked } = await run(makePlan(step('repair', { check }), LAST), { answers: ['not a pod!', 'kms-0'] });
    expect(asked).toHaveLength(2);
    const call = machine()
      .calls()
      .find(({ name }) => name === 'kubectl');
    expect(call).toMatchObject({ arguments: ['-n', 'kube-system', 'logs', 'kms-0'] });
  });
});

describe('a check of every host', () => {
  const { command, works, fails = [] } = CHECKS['node-agent'];
  const check = { command: buildCommand(command), expected: WHY, satisfiedBy: works, deniedBy: fails };
  const start = step('start', {
    command: buildCommand('Get-ClusterNode | % { Invoke-Command -ComputerName $_ { Start-Service wssdagent } }'),
    check,
  });
  const on = (stopped: readonly string[]): void => {
    here.machine?.remove();
    here.machine = new HostMachine(stubs, { stopped });
  };

  test('is satisfied if the service runs on each host', async () => {
    const { exitCode, output } = await run(makePlan(start, LAST), unattended);
    expect(exitCode, output).toBe(0);
    expect(output).toMatch(/wssdagent +Running +host02/u);
  });

  test.each(['host01', 'host02'])('is not satisfied if the service has stopped on %s', async (stopped) => {
    on([stopped]);
    machine().suffer({ of: 'Start-Service', kind: 'error', text: 'it cannot' });
    const { exitCode, output } = await run(makePlan(start, LAST), unattended);
    expect(exitCode, output).toBe(1);
    expect(output).toContain('The check did not find the expected result.');
    expect(names()).not.toContain('Get-AksHciCluster');
  });

  test('is not satisfied if a host does not answer', async () => {
    machine().suffer({ of: 'Invoke-Command', kind: 'error', text: 'host02 does not answer' });
    const { exitCode, output } = await run(makePlan(start, LAST), unattended);
    expect(exitCode, output).toBe(1);
    expect(output).not.toContain('all is well');
  });
});

describe('a value passed to a script', () => {
  const open = step('open', { command: buildCommand('kubectl -n kube-system logs <kms-pod>'), risk: 'low' });

  test.each(['file', 'console'] as const)(
    'is passed under its name, even a name with a hyphen, if the script was started from a %s',
    async (way) => {
      const { exitCode, output } = await run(makePlan(open), { words: ['-Yes', '-Value', 'kms-pod=kms-1'], way });
      expect(exitCode, output).toBe(0);
      expect(machine().calls().at(-1)).toMatchObject({ arguments: ['-n', 'kube-system', 'logs', 'kms-1'] });
    },
  );

  test('prevents the start if the value is invalid or no step needs it', async () => {
    for (const words of [
      ['-Value', 'kms-pod=a b'],
      ['-Value', 'kms=x'],
    ])
      expect((await run(makePlan(open), { words: ['-Yes', ...words] })).exitCode).toBe(2);
    expect(names()).toEqual([]);
  });
});

describe('a plan for which something is missing', () => {
  const kubectl = { command: buildCommand('kubectl get nodes'), expected: WHY };

  test('is refused before its first step if the path of kubectl is wrong, even if only a check needs kubectl', async () => {
    const words = ['-Yes', '-Kubectl', join(machine().folders.user, 'nope', 'kubectl')];
    const { exitCode, output } = await run(makePlan(step('repair', { check: kubectl }), LAST), { words });
    expect([exitCode, names()], output).toEqual([2, []]);
    expect(output).toContain('nope');
    expect(output).toContain('Step repair needs it');
  });

  test('starts if the missing program is needed only for a case that may not apply', async () => {
    Object.assign(machine().environment, { PATH: machine().folders.user });
    const only = step('only', { check: kubectl, only: [CASE], risk: 'disruptive' });
    const { exitCode, output } = await run(makePlan(only, LAST), { answers: ['N'] });
    expect(exitCode, output).toBe(0);
  });

  test('is refused if nobody can be asked for a value, unless a read-only step may print the value', async () => {
    const remove = buildCommand('Remove-Item "$env:UserProfile\\<tattoo-file>"');
    const needy = step('needy', { command: remove });
    const { exitCode, output } = await run(makePlan(step('repair'), needy), unattended);
    expect([exitCode, names()], output).toEqual([2, []]);
    expect(output).toContain('tattoo-file');
    const look = await run(makePlan(LAST, needy), unattended);
    expect([look.exitCode, names()], look.output).toEqual([1, ['Get-AksHciCluster']]);
  });
});

describe('a program called by a script', () => {
  const SSH = buildCommand('ssh -i key clouduser@<control-plane-ip> "sudo crictl ps -a | grep kms"', {
    values: { 'control-plane-ip': '10.0.0.4' },
  });
  const remote = step('remote', { command: SSH, target: { kind: 'host' } });

  test('whose connection breaks leaves the outcome unknown, so the check runs first when the plan is resumed', async () => {
    const check = { command: VERSION, expected: WHY, prints: ['1.0.24.11029'] };
    const plan = makePlan({ ...remote, risk: 'disruptive', check }, LAST);
    machine().suffer({ of: 'ssh', kind: 'exit-code', text: '255' });
    const broken = await run(plan, unattended);
    expect(broken.exitCode).toBe(1);
    expect(broken.output).toContain('The result of this step is not known');
    machine().suffer();
    machine().forget();
    expect((await run(plan, unattended)).exitCode).toBe(0);
    // The check shows that the step is done, so the step does not run again.
    expect(names()).toEqual(['Get-AksHciVersion', 'Get-AksHciCluster']);
  });

  test('does not fail merely by writing to standard error', async () => {
    machine().suffer({ of: 'ssh', kind: 'warning', text: 'Permanently added 10.0.0.4' });
    const { exitCode, output } = await run(makePlan(remote, LAST), unattended);
    expect(exitCode, output).toBe(0);
  });

  test('is found by its name in the call, even in a block of commands', async () => {
    const block = buildCommand('mocctl.exe security identity rotate --name x --encode=false | Out-String');
    expect(block.kind).toBe('script');
    const { exitCode, output } = await run(makePlan(step('rotate', { command: block }), LAST), unattended);
    expect(exitCode, output).toBe(0);
    expect(names()).toEqual(['mocctl.exe', 'Get-AksHciCluster']);
  });

  test.each([[['-Yes']], [[]]])('that is missing is named if the script was started with %j', async (words) => {
    Object.assign(machine().environment, { PATH: machine().folders.user });
    const { exitCode, output } = await run(makePlan(step('repair'), remote), { words });
    expect([exitCode, names()], output).toEqual([2, []]);
    expect(output).toContain('The program ssh was not found');
    // The other steps run if this step is skipped.
    expect((await run(makePlan(LAST, remote), { words: ['-Yes', '-Skip', 'remote'] })).exitCode).toBe(3);
  });

  test('must not ask questions in an unattended run, but may do so if a user is present', async () => {
    await run(makePlan(remote), unattended);
    rmSync(join(machine().folders.work, 'plan.state.json'));
    await run(makePlan(remote), { answers: ['unused'] });
    const given = machine()
      .calls()
      .map((call) => (call.kind === 'program' ? call.arguments.slice(0, 2) : []));
    expect(given).toEqual([
      ['-o', 'BatchMode=yes'],
      ['-i', 'key'],
    ]);
  });
});

describe('a file used by a script', () => {
  test('may already be gone when the script copies or removes it', async () => {
    const keep = step('keep', {
      command: buildCommand('Copy-Item "$env:UserProfile\\.gone\\config" "$env:UserProfile\\x"'),
    });
    const remove = step('remove', { command: buildCommand('Remove-Item "$env:UserProfile\\.gone\\config"') });
    const { exitCode, output } = await run(makePlan(keep, remove, LAST), unattended);
    expect(exitCode, output).toBe(0);
  });

  test('is in a folder of the plan if named without a folder, whatever the current folder is', async () => {
    const write = buildCommand('mocctl.exe security identity rotate --name x > cloudlogin.yaml');
    await run(makePlan(step('write', { command: write })), unattended);
    expect(readdirSync(machine().folders.work).filter((name) => name.includes('cloudlogin'))).toEqual([]);
    const work = join(machine().folders.user, 'AppData', 'Local', 'Arcwarden', 'work');
    expect(readdirSync(join(work, readdirSync(work)[0] ?? ''))).toEqual(['cloudlogin.yaml']);
  });
});

describe('a script of a plan', () => {
  test('runs under a display language for which it has no texts', async () => {
    const path = machine().put('plan.ps1', adaptScript(planScript(makePlan(LAST), ENGLISH)));
    const { exitCode, output } = await runScript(stubs, {
      machine: machine(),
      path,
      words: ['-Yes'],
      culture: 'de_DE.UTF-8',
    });
    expect(exitCode, output).toBe(0);
    expect(output).toContain('All steps are done.');
  });

  test('does not report success if the user skips all steps', async () => {
    const plan = makePlan(step('one', { risk: 'disruptive' }), step('two', { risk: 'disruptive' }));
    const { exitCode, output } = await run(plan, { answers: ['L', 'L'] });
    expect([exitCode, names()]).toEqual([3, []]);
    expect(output).toContain('Left out: one, two');
    expect(output).not.toContain('All steps are done');
  });

  test('undoes only the steps that are done', async () => {
    const undo = (name: string) => ({ command: cmdlet(name), statement: WHY });
    const plan = makePlan(
      step('one', { undo: undo('Get-AksHciCluster') }),
      step('two', { undo: undo('Get-AksHciClusterUpdates'), command: cmdlet('Repair-MocLogin') }),
    );
    machine().suffer({ of: 'Repair-MocLogin', kind: 'throw', text: 'it cannot' });
    expect((await run(plan, unattended)).exitCode).toBe(1);
    machine().forget();
    const { exitCode, output } = await run(plan, { words: ['-Yes', '-Undo'] });
    expect(exitCode, output).toBe(0);
    expect(names()).toEqual(['Get-AksHciCluster']);
  });

  test('repeats the steps that were undone, and all steps after them', async () => {
    const undo = { command: cmdlet('Get-AksHciClusterUpdates'), statement: WHY };
    const first = step('first', { command: VERSION });
    const plan = makePlan(first, step('moved', { undo }), LAST);
    for (const time of ['once', 'and again']) {
      expect((await run(plan, unattended)).exitCode, time).toBe(0);
      machine().forget();
      expect((await run(plan, { words: ['-Yes', '-Undo'] })).exitCode, time).toBe(0);
      expect(names()).toEqual(['Get-AksHciClusterUpdates']);
      expect(state()).toMatchObject({ done: ['first'], running: '' });
      // No step is left to undo.
      expect((await run(plan, { words: ['-Yes', '-Undo'] })).exitCode).toBe(2);
      machine().forget();
    }
    const { exitCode, output } = await run(plan, unattended);
    expect(exitCode, output).toBe(0);
    expect(names()).toEqual(['Update-AksHciClusterCertificates', 'Get-AksHciCluster']);
  });

  test('stops with a message if an answer is needed but there is no user', async () => {
    const undo = { command: cmdlet('Get-AksHciCluster'), statement: WHY };
    const plan = makePlan(step('repair', { risk: 'disruptive', undo }), LAST);
    await run(plan, unattended);
    machine().forget();
    for (const words of [['-Undo'], ['-From', 'repair']]) {
      const { exitCode, output } = await run(plan, { words });
      expect([exitCode, names()], output).toEqual([1, []]);
      expect(output).toContain('Nobody is here to answer');
      expect(output).not.toContain('PromptForChoice');
    }
  });

  test('in constrained language mode, explains in both languages of its plan why it cannot run', async () => {
    const text = planScript(makePlan(step('repair')), ENGLISH, { others: [JAPANESE] });
    const path = machine().put('plan.ps1', adaptScript(text));
    const mode = "$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'";
    const { exitCode, output } = await runCommand(stubs, machine(), `${mode}; & '${path}' -Yes; exit $LASTEXITCODE`);
    expect([exitCode, names()], output).toEqual([2, []]);
    const told = output.replaceAll(/\s+/gu, '');
    for (const words of ['about_Language_Modes', 'constrainedlanguagemode', '制約付き言語モード'])
      expect(told).toContain(words);
    expect(output).not.toContain('core types');
  });

  test('reports that a person is still needed if it passed a manual step without a user', async () => {
    const look = step('look', { command: undefined, risk: 'none' });
    const plan = makePlan(step('repair'), look);
    const { exitCode, output } = await run(plan, unattended);
    expect(exitCode, output).toBe(3);
    expect(output).toContain('Somebody still has to check: look');
    expect(output).not.toContain('All steps are done');
    const said = await run(plan, { words: ['-Yes', '-Accept', 'look'] });
    expect([said.exitCode, names()], said.output).toEqual([0, ['Update-AksHciClusterCertificates']]);
  });

  test('does not fail if a folder that it creates already exists', async () => {
    const make = step('make', {
      command: buildCommand('New-Item -ItemType Directory -Path (Join-Path $HOME <kubeconfig-folder>)', {
        values: { 'kubeconfig-folder': 'made' },
      }),
    });
    mkdirSync(join(machine().folders.user, 'made'));
    const { exitCode, output } = await run(makePlan(make, LAST), unattended);
    expect(exitCode, output).toBe(0);
  });

  test('is refused with a message while another script runs on its cluster', async () => {
    const path = machine().put('plan.ps1', adaptScript(planScript(makePlan(step('slow'), LAST), ENGLISH)));
    const other = machine().put('other.ps1', adaptScript(planScript(makePlan(LAST), JAPANESE)));
    machine().suffer({ of: 'Update-AksHciClusterCertificates', kind: 'hang', text: '20' });
    const words = ['-Yes'];
    const first = runScript(stubs, { machine: machine(), path, words });
    await expect.poll(() => names()).toContain('Update-AksHciClusterCertificates');
    const second = await runScript(stubs, { machine: machine(), path: other, words });
    expect([second.exitCode, second.output]).toEqual([2, expect.stringContaining('retail-east')]);
    expect(second.output).toContain('何も実行していません');
    expect((await first).exitCode).toBe(0);
  });

  test('with -WhatIf, shows each step but changes and stores nothing', async () => {
    const { exitCode, output } = await run(makePlan(step('repair'), LAST), { words: ['-WhatIf'] });
    expect(exitCode).toBe(0);
    expect(output).toContain('[repair]');
    expect(machine().calls()).toEqual([]);
    expect(readdirSync(machine().folders.work)).toEqual(['plan.ps1']);
  });

  test('leaves no partial state file behind', async () => {
    machine().suffer({ of: 'Get-AksHciCluster', kind: 'throw', text: 'stop' });
    await run(makePlan(step('repair'), LAST), unattended);
    expect(readdirSync(machine().folders.work).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(state()).toMatchObject({ done: ['repair'], running: '' });
  });

  test('shows for each step the id that -From accepts, in both languages', async () => {
    for (const wording of [ENGLISH, JAPANESE]) {
      const { output } = await run(makePlan(step('repair'), LAST), { ...unattended, wording });
      expect(output).toContain('[repair]');
      rmSync(join(machine().folders.work, 'plan.state.json'));
    }
    const { exitCode } = await run(makePlan(step('repair'), LAST), { words: ['-Yes', '-From', 'last'] });
    expect([exitCode, names().at(-1)]).toEqual([0, 'Get-AksHciCluster']);
    expect((await run(makePlan(step('repair'), LAST), { words: ['-From', 'nothing'] })).exitCode).toBe(2);
  });

  test.each(['file', 'console'] as const)(
    'does not apply its preferences or strict mode inside modules, if started from a %s',
    async (way) => {
      const folder = join(stubs.modules, 'Probe');
      mkdirSync(folder, { recursive: true });
      writeFileSync(
        join(folder, 'Probe.psm1'),
        "function Get-Probe { [CmdletBinding()] param() Get-Item /not/there; $never; 'it goes on' }",
      );
      const probe: PlanCommand = { kind: 'cmdlet', name: 'Get-Probe', parameters: [] };
      const { output } = await run(makePlan(step('probe', { command: probe })), { ...unattended, way });
      expect(output).toContain('it goes on');
      expect(output).toContain('The step ended with errors');
    },
  );
});

describe('a state file damaged by a power failure', () => {
  const PLAN = makePlan(step('repair', { undo: { command: cmdlet('Get-AksHciCluster'), statement: WHY } }), LAST);

  test.each([
    ['empty', ''],
    ['full of zero bytes', '\0'.repeat(200)],
    ['cut', '{"plan":"x","done":["rep'],
    ['another document', '[1, 2]'],
  ])('prevents the start with a message, with -Yes and with -Undo: %s', async (_, text) => {
    machine().put('plan.state.json', text);
    for (const words of [['-Yes'], ['-Yes', '-Undo']]) {
      const { exitCode, output } = await run(PLAN, { words });
      expect([exitCode, names()], output).toEqual([2, []]);
      expect(output).toContain('is empty or damaged');
    }
    const { exitCode, output } = await run(PLAN, { words: ['-Yes', '-From', 'last'] });
    expect([exitCode, names()], output).toEqual([0, ['Get-AksHciCluster']]);
    expect(state().done).toEqual(['repair', 'last']);
  });
});

describe('a state file that another user created', () => {
  const SOMEBODY = { sid: 'S-1-5-21-9-9-9-1105', name: 'CONTOSO\\somebody' };
  const PLAN = makePlan(step('repair'), LAST);
  const plantFile = (owner: Account): string => {
    const path = machine().put('plan.state.json', '{"plan":"x"}');
    machine().belong({ [path]: { owner } });
    return path;
  };

  test('prevents the start, with a message that names the owner', async () => {
    machine().suffer({ of: 'Get-AksHciCluster', kind: 'throw', text: 'it cannot' });
    expect((await run(PLAN, unattended)).exitCode).toBe(1);
    machine().suffer();
    machine().forget();
    machine().belong({ [join(machine().folders.work, 'plan.state.json')]: { owner: SOMEBODY } });
    for (const words of [['-Yes'], ['-Undo', '-Yes']]) {
      const { exitCode, output } = await run(PLAN, { words });
      expect([exitCode, names()], output).toEqual([2, []]);
      expect(output).toContain(SOMEBODY.name);
    }
  });

  test('is replaced if the user says where to begin', async () => {
    const path = plantFile(SOMEBODY);
    const { exitCode, output } = await run(PLAN, { words: ['-Yes', '-From', 'last'] });
    expect(exitCode, output).toBe(0);
    expect(names()).toEqual(['Get-AksHciCluster']);
    expect(readFileSync(path, 'utf8')).toContain('last');
  });

  test('is trusted if the current user created it', async () => {
    machine().suffer({ of: 'Get-AksHciCluster', kind: 'throw', text: 'it cannot' });
    await run(PLAN, unattended);
    machine().suffer();
    machine().forget();
    machine().belong({ [join(machine().folders.work, 'plan.state.json')]: { owner: { sid: CURRENT_USER } } });
    expect((await run(PLAN, unattended)).exitCode).toBe(0);
    expect(names()).toEqual(['Get-AksHciCluster']);
  });
});
