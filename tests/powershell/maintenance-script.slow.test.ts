import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { planFile } from '../../core/maintenance/export/export.ts';
import { registerScript } from '../../core/maintenance/export/register.ts';
import { runScript } from '../../core/maintenance/export/script.ts';
import { HostMachine, type StubCall, type StubModes } from '../support/host-machine.ts';
import { adapted, needPowerShell, type ScriptEnd, type Way } from '../support/real-power-shell.ts';
import { sharedPowerShell } from './shared.ts';
import { ENGLISH, samplePlan } from '../core/maintenance/export/plans.ts';

/* Maintenance windows and their registration in a real PowerShell, against stubs of the modules. */

const PLAN = samplePlan('retail-east');
const FETCHES = PLAN.windows.find(({ steps }) => steps.some(({ task }) => task.includes('credential')));
const NOW_SECONDS = Date.parse(FETCHES?.start ?? '') / 1_000 + 60;

const { stubs, host } = sharedPowerShell({ certificatesAsk: true });
const here: { machine?: HostMachine } = {};

beforeEach((context) => {
  needPowerShell(context);
  on();
  return () => here.machine?.remove();
});

/** Another computer, whose modules behave in one of the known ways. */
function on(modes: Partial<StubModes> = {}): void {
  here.machine?.remove();
  here.machine = new HostMachine(stubs, modes);
}

function machine(): HostMachine {
  if (here.machine === undefined) throw new Error('no machine');
  return here.machine;
}

async function start(name: string, text: string, words: readonly string[], way?: Way): Promise<ScriptEnd> {
  const path = machine().put(name, text);
  const [end] = await host.run({ machine: machine(), path, words, ...(way && { way }) });
  if (end === undefined) throw new Error('no end');
  return end;
}

const kubeconfigs = (): string => machine().folders.work;
const script = (): string => adapted(runScript(PLAN, ENGLISH), { nowSeconds: NOW_SECONDS });
const run = (words: readonly string[] = ['-CredentialFolder', kubeconfigs()], way?: Way): Promise<ScriptEnd> =>
  start('window.ps1', script(), words, way);

const names = (calls: readonly StubCall[] = machine().calls()): string[] =>
  calls.flatMap((call) => (call.kind === 'cmdlet' && call.onlyAsked ? [] : [call.name]));
/** Cmdlets of the product that were called, without those that only write to the event log. */
const repairs = (): string[] => names().filter((name) => /AksHci|Moc/u.test(name));

const events = (): number[] =>
  machine()
    .calls()
    .flatMap((call) =>
      call.kind === 'cmdlet' && call.name === 'Write-EventLog' ? [Number(call.parameters['EventId'])] : [],
    );

describe('a maintenance window', () => {
  test('runs each of its tasks, tells each as an event, and is not run again when it is done', async () => {
    const { exitCode, output } = await run();
    expect(exitCode, output).toBe(0);
    const done = repairs();
    expect(done.length).toBeGreaterThan(0);
    expect([events()[0], events().at(-1)]).toEqual([200, 202]);
    const again = await run();
    expect([again.exitCode, repairs(), events().at(-1)]).toEqual([0, done, 204]);
  });

  test.each(['file', 'console'] as const)('stops where a cmdlet wrote an error, started by %s', async (way) => {
    machine().suffer({ of: 'Update-AksHciClusterCertificates', kind: 'error', text: 'nothing was repaired' });
    const { exitCode, output } = await run(undefined, way);
    expect(exitCode).toBe(1);
    expect(output).toContain('Ended with errors to look at');
    expect(events().at(-1)).toBe(213);
    expect(events()).not.toContain(202);
  });

  test('goes on behind what was done when it is started again after a failure', async () => {
    machine().suffer({ of: 'Get-AksHciCredential', kind: 'throw', text: 'it cannot' });
    expect((await run()).exitCode).toBe(1);
    expect(events().at(-1)).toBe(210);
    machine().suffer();
    machine().forget();
    expect((await run()).exitCode).toBe(0);
    expect(repairs()).toEqual(['Get-AksHciCredential', 'Update-AksHciClusterCertificates']);
  });

  test('finds out before it begins that it has no folder for kubeconfigs', async () => {
    const { exitCode, output } = await run([]);
    expect([exitCode, repairs()]).toEqual([1, []]);
    expect(output).toContain('-CredentialFolder');
    expect(events()).toEqual([210]);
  });

  test.each(['file', 'kubeconfig-name', 'name-kubeconfig'] as const)(
    'has the kubeconfig where it is looked for, when the cmdlet takes the path as %s',
    async (kubeconfig) => {
      on({ kubeconfig });
      const { exitCode, output } = await run();
      expect(exitCode, output).toBe(0);
      expect(readdirSync(kubeconfigs()).filter((name) => name.endsWith('.kubeconfig'))).toEqual(['east.kubeconfig']);
      expect(readdirSync(kubeconfigs()).filter((name) => name.startsWith('new-'))).toEqual([]);
    },
  );

  test('with -WhatIf changes nothing', async () => {
    expect((await run(['-WhatIf', '-CredentialFolder', kubeconfigs()])).exitCode).toBe(0);
    expect(names()).toEqual([]);
  });
});

describe('the registration', () => {
  const register = async (words: readonly string[], account?: string): Promise<ScriptEnd> => {
    machine().put('arcwarden-maintenance.ps1', runScript(PLAN, ENGLISH));
    const xml = planFile(PLAN, { format: 'task-xml', ...(account && { account }) }, ENGLISH);
    machine().put(
      'arcwarden-maintenance.xml',
      Buffer.from(xml).toString('utf16le').replace('\u{FEFF}', '').replace('UTF-16', 'UTF-8'),
    );
    return start('register.ps1', adapted(registerScript(PLAN, ENGLISH)), words);
  };
  const registered = () =>
    machine()
      .calls()
      .filter(({ name }) => name === 'Register-ScheduledTask');

  test('asks for a folder for kubeconfigs before anything is registered', async () => {
    const { exitCode, output, error } = await register([]);
    expect([exitCode === 0, registered()]).toEqual([false, []]);
    expect(output + error).toContain('-CredentialFolder');
  });

  test('is for the account that the task was exported for', async () => {
    await register(['-CredentialFolder', kubeconfigs()], 'CONTOSO\\gmsa$');
    expect(registered()[0]).toMatchObject({ parameters: { User: 'CONTOSO\\gmsa$' } });
  });

  test('does not say that a task is registered when the cmdlet wrote an error', async () => {
    machine().suffer({ of: 'Register-ScheduledTask', kind: 'error', text: 'access is denied' });
    const { exitCode, output, error } = await register(['-CredentialFolder', kubeconfigs()]);
    expect(exitCode).not.toBe(0);
    expect(output + error).toContain('access is denied');
    expect(output).not.toContain('Registered:');
  });
});

test('what a window keeps is one JSON file, replaced in one step', async () => {
  await run();
  const folder = join(machine().folders.programData, 'Arcwarden', 'maintenance');
  const kept = readdirSync(folder).filter((name) => !name.startsWith('transcript-'));
  expect(kept).toEqual(['windows-done.json']);
  const text = readFileSync(join(folder, 'windows-done.json'), 'utf8').replace('\u{FEFF}', '');
  expect(JSON.parse(text)).toMatchObject({ done: [FETCHES?.start], running: '' });
});
