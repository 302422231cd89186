import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ClusterId } from '../../core/shared/ids.ts';
import { DAY_MS } from '../../core/shared/instant.ts';
import { LIFETIME_CLASSES } from '../../core/knowledge/model/credentials/lifetimes.ts';
import { maintenancePlan } from '../../core/maintenance/model/maintenance.ts';
import { DEFAULT_PLANNING } from '../../core/maintenance/model/rules.ts';
import { maintenanceTasks } from '../../core/maintenance/model/tasks.ts';
import { boardRow } from '../support/board-rows.ts';
import { runScript } from '../../core/maintenance/export/script.ts';
import { HostMachine, type StubCall, type StubModes } from '../support/host-machine.ts';
import { adaptScript, needPowerShell, type ScriptEnd, type Way } from '../support/real-power-shell.ts';
import { EXIT } from './decided.ts';
import { sharePowerShell } from './shared.ts';
import { ENGLISH, samplePlan } from '../core/maintenance/export/plans.ts';

/* Tests maintenance windows in a real PowerShell, with stubs of the modules. */

/** A plan in which one step needs a person. */
const PLAN = samplePlan('retail-east');
const FETCHES = PLAN.windows.find(({ steps }) => steps.some(({ task }) => task.includes('credential')));
const NOW_SECONDS = Date.parse(FETCHES?.start ?? '') / 1_000 + 60;

const { stubs, host } = sharePowerShell({ certificatesAsk: true });
const here: { machine?: HostMachine } = {};

beforeEach((context) => {
  needPowerShell(context);
  on();
  return () => here.machine?.remove();
});

/** Replaces the computer with one whose stubs behave as `modes` states. */
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
const script = (): string => adaptScript(runScript(PLAN, ENGLISH), { nowSeconds: NOW_SECONDS });
const run = (words: readonly string[] = ['-CredentialFolder', kubeconfigs()], way?: Way): Promise<ScriptEnd> =>
  start('window.ps1', script(), words, way);

const names = (calls: readonly StubCall[] = machine().calls()): string[] =>
  calls.flatMap((call) => (call.kind === 'cmdlet' && call.onlyAsked ? [] : [call.name]));
/** Lists the called cmdlets of the product; excludes those that write to the event log. */
const repairs = (): string[] => names().filter((name) => /AksHci|Moc/u.test(name));

const events = (): number[] =>
  machine()
    .calls()
    .flatMap((call) =>
      call.kind === 'cmdlet' && call.name === 'Write-EventLog' ? [Number(call.parameters['EventId'])] : [],
    );

describe('a maintenance window', () => {
  test('runs each of its tasks with an event for each, and skips finished tasks when started again', async () => {
    const { exitCode, output } = await run();
    expect(exitCode, output).toBe(EXIT.leftToDo);
    const done = repairs();
    expect(done.length).toBeGreaterThan(0);
    expect([events()[0], events().at(-1)]).toEqual([200, 205]);
    const again = await run();
    expect([again.exitCode, repairs(), events().at(-1)]).toEqual([EXIT.leftToDo, done, 204]);
  });

  test.each(['file', 'console'] as const)(
    'stops after a cmdlet has written an error, if the window was started from a %s',
    async (way) => {
      machine().suffer({ of: 'Update-AksHciClusterCertificates', kind: 'error', text: 'nothing was repaired' });
      const { exitCode, output } = await run(undefined, way);
      expect(exitCode).toBe(1);
      expect(output).toContain('Ended with errors to look at');
      expect(events().at(-1)).toBe(213);
      for (const end of [202, 205]) expect(events()).not.toContain(end);
    },
  );

  test('skips finished tasks when it is started again after a failure', async () => {
    machine().suffer({ of: 'Get-AksHciCredential', kind: 'throw', text: 'it cannot' });
    expect((await run()).exitCode).toBe(1);
    expect(events().at(-1)).toBe(210);
    const finished = repairs().filter((name) => name !== 'Get-AksHciCredential');
    expect(finished).not.toEqual([]);
    machine().suffer();
    machine().forget();
    expect((await run()).exitCode).toBe(EXIT.leftToDo);
    expect(repairs()).toEqual(['Get-AksHciCredential']);
  });

  test('fails before its first step, with an event, if the folder for kubeconfigs is not writable', async () => {
    const { exitCode, output } = await run(['-CredentialFolder', '/proc']);
    expect([exitCode, repairs(), events()], output).toEqual([1, [], [210]]);
  });

  test('fails before its first step, with an event, if no folder for kubeconfigs is given', async () => {
    const { exitCode, output } = await run([]);
    expect([exitCode, repairs()]).toEqual([1, []]);
    expect(output).toContain('-CredentialFolder');
    expect(events()).toEqual([210]);
  });

  test.each(['file', 'kubeconfig-name', 'name-kubeconfig'] as const)(
    'finds the kubeconfig for each known meaning of the cmdlet’s path parameter: %s',
    async (kubeconfig) => {
      on({ kubeconfig });
      const { exitCode, output } = await run();
      expect(exitCode, output).toBe(EXIT.leftToDo);
      expect(readdirSync(kubeconfigs()).filter((name) => name.endsWith('.kubeconfig'))).toEqual(['east.kubeconfig']);
      expect(readdirSync(kubeconfigs()).filter((name) => name.startsWith('new-'))).toEqual([]);
    },
  );

  test('changes nothing with -WhatIf', async () => {
    expect((await run(['-WhatIf', '-CredentialFolder', kubeconfigs()])).exitCode).toBe(0);
    expect(names()).toEqual([]);
  });
});

describe('a step whose cluster has a name that cannot be used in commands', () => {
  const NOW_MS = Date.parse('2026-11-24T12:00:00Z');
  const clusters = ['a (d8d5587c)', 'b'].map((name) => ({ id: name as ClusterId, name, kind: 'kubernetes' as const }));
  const rows = clusters.map(({ id, name }) =>
    boardRow({
      cluster: name,
      clusterId: id,
      role: 'kms-plugin-token',
      layer: 'moc',
      notAfterMs: NOW_MS + 40 * DAY_MS,
    }),
  );
  const planning = { ...DEFAULT_PLANNING, timeZone: 'UTC' };
  const agent = { id: 'agent' as ClusterId, name: 'ca-1.example', kind: 'moc' as const };
  const facts = Object.fromEntries(clusters.map(({ id }) => [id, { cloudAgent: agent.id }]));
  const input = { clusters: [agent, ...clusters], rows, facts, classes: LIFETIME_CLASSES, nowMs: NOW_MS };
  const plan = maintenancePlan(maintenanceTasks(input, planning), planning, NOW_MS);

  test('asks a question and is left for a person to do, while the steps for other clusters run', async () => {
    const nowSeconds = Date.parse(plan.windows[0]?.start ?? '') / 1_000 + 60;
    const { exitCode, output } = await start('window.ps1', adaptScript(runScript(plan, ENGLISH), { nowSeconds }), []);
    expect(output).toContain('Which name do the cmdlets use for a (d8d5587c)?');
    const named = machine()
      .calls()
      .flatMap((call) => (call.kind === 'cmdlet' && /AksHci/u.test(call.name) ? [call.parameters['name']] : []));
    expect(named).toEqual(['b']);
    expect(events()).toContain(203);
    // The script reached its end, but a step needs a person, so the window is neither done nor failed.
    expect([exitCode, events().at(-1)]).toEqual([3, 205]);
    expect(output).toContain('1 of 2 steps need an admin');
  });
});

test('a window stores one JSON file and replaces the whole file in one step', async () => {
  await run();
  const folder = join(machine().folders.programFiles, 'Arcwarden tasks', 'maintenance');
  const kept = readdirSync(folder).filter((name) => !name.startsWith('transcript-'));
  expect(kept).toEqual(['windows-done.json']);
  const text = readFileSync(join(folder, 'windows-done.json'), 'utf8').replace('\u{FEFF}', '');
  expect(JSON.parse(text)).toMatchObject({ done: [FETCHES?.start], running: '' });
});

describe('the stored state of maintenance windows', () => {
  const PLANTED = JSON.stringify({ done: [FETCHES?.start], window: '', steps: [], running: '' });
  const EVERYBODY = { sid: 'S-1-5-32-545', name: 'BUILTIN\\Users' };
  const SOMEBODY = { sid: 'S-1-5-21-9-9-9-1105', name: 'CONTOSO\\somebody' };
  const WRITES = 0x2;
  const folder = (): string => join(machine().folders.programFiles, 'Arcwarden tasks', 'maintenance');
  const file = (): string => join(folder(), 'windows-done.json');
  const plant = (): void => {
    mkdirSync(folder(), { recursive: true });
    writeFileSync(file(), PLANTED);
  };

  test('is trusted if an administrator created it and nobody else can change it', async () => {
    plant();
    expect((await run()).exitCode).toBe(EXIT.leftToDo);
    expect(events()).toEqual([204]);
  });

  test.each([
    ['a file that somebody else owns', () => ({ [file()]: { owner: SOMEBODY } }), 'CONTOSO\\somebody'],
    ['a folder that somebody else owns', () => ({ [folder()]: { owner: SOMEBODY } }), 'CONTOSO\\somebody'],
    ['a folder open to users', () => ({ [folder()]: { others: [{ ...EVERYBODY, rights: WRITES }] } }), 'Users'],
  ])('is not trusted as %s, and a separate event reports that', async (_, access, who) => {
    plant();
    machine().belong(access());
    for (const words of [['-CredentialFolder', kubeconfigs()], ['-Check']]) {
      const { exitCode, output } = await run(words);
      expect([exitCode, repairs()], output).toEqual([1, []]);
      expect(output).toContain(who);
    }
    expect(events()).toEqual([217, 217]);
  });

  test('is not trusted in a folder that is a link, and no transcript is written there', async () => {
    const elsewhere = join(machine().folders.root, 'elsewhere');
    mkdirSync(elsewhere);
    mkdirSync(join(folder(), '..'));
    symlinkSync(elsewhere, folder());
    const { exitCode, output } = await run();
    expect([exitCode, repairs(), events()], output).toEqual([1, [], [217]]);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test.each([
    ['empty', ''],
    ['full of zero bytes', '\0'.repeat(200)],
    ['cut', PLANTED.slice(0, 20)],
  ])(
    'is reported as an event, by the window and the daily check, if a power failure left the file %s',
    async (_, text) => {
      plant();
      writeFileSync(file(), text);
      for (const words of [['-CredentialFolder', kubeconfigs()], ['-Check']]) {
        const { exitCode, output, error } = await run(words);
        expect([exitCode, repairs(), error], output).toEqual([1, [], '']);
        expect(output).toContain('is empty or damaged');
      }
      expect(events()).toEqual([217, 217]);
      expect(readFileSync(file(), 'utf8')).toBe(text);
    },
  );

  test('is trusted if its owner is an account that the registration names', async () => {
    plant();
    machine().belong({ [file()]: { owner: { sid: 'S-1-5-21-9-9-9-1106', name: 'CONTOSO\\NODE1$' } } });
    expect((await run(['-Trusted', '*\\NODE1$'])).exitCode).toBe(EXIT.leftToDo);
    expect(events()).toEqual([204]);
  });
});

test('a window runs nothing if the folder of its claims is a link; claims are empty files', async () => {
  const elsewhere = join(machine().folders.root, 'elsewhere');
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, join(machine().folders.programData, 'Arcwarden'));
  const { exitCode, output } = await run();
  expect([exitCode, repairs(), events()], output).toEqual([1, [], [210]]);
  on();
  expect((await run()).exitCode).toBe(EXIT.leftToDo);
  const claims = join(machine().folders.programData, 'Arcwarden', 'claims');
  expect(new Set(readdirSync(claims).map((name) => readFileSync(join(claims, name), 'utf8')))).toEqual(new Set(['']));
});
