import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { planFile } from '../../core/maintenance/export/export.ts';
import { registerScript } from '../../core/maintenance/export/register.ts';
import { runScript } from '../../core/maintenance/export/script.ts';
import { HostMachine, type Access } from '../support/host-machine.ts';
import { adaptScript, CURRENT_USER, needPowerShell, runCommand, type ScriptEnd } from '../support/real-power-shell.ts';
import { EXIT } from './decided.ts';
import { sharePowerShell } from './shared.ts';
import { ENGLISH, JAPANESE, samplePlan } from '../core/maintenance/export/plans.ts';

/*
 * Tests the script that registers the task of maintenance windows, and the program of that task, in a real PowerShell
 * with stubs.
 */

const PLAN = samplePlan('retail-east');
const START = PLAN.windows.find(({ steps }) => steps.some(({ task }) => task.includes('credential')))?.start ?? '';
const NOW_SECONDS = Date.parse(START) / 1_000 + 60;

const SOMEBODY = { sid: 'S-1-5-21-9-9-9-1105', name: 'CONTOSO\\somebody' };
const USERS = { sid: 'S-1-5-32-545', name: 'BUILTIN\\Users' };
/** Access masks from FileSystemRights. Source: [MS-DTYP] section 2.4.3. */
const RIGHTS = { read: 0x1200a9, createFiles: 0x2, modify: 0x1301bf, delete: 0x10000, generic: 0x10000000 };

const { stubs, host } = sharePowerShell({ certificatesAsk: true });
const here: { machine?: HostMachine } = {};

beforeEach((context) => {
  needPowerShell(context);
  here.machine = new HostMachine(stubs);
  return () => here.machine?.remove();
});

function machine(): HostMachine {
  if (here.machine === undefined) throw new Error('no machine');
  return here.machine;
}

const root = (): string => join(machine().folders.programFiles, 'Arcwarden tasks');
const place = (): string => join(root(), 'arcwarden-maintenance.ps1');
const state = (): string => join(root(), 'maintenance');
const oldPath = (...names: string[]): string => join(machine().folders.programData, 'Arcwarden', ...names);
const share = (): string => join(machine().folders.root, 'share');
const usual = (): string[] => ['-CredentialFolder', machine().folders.work];
const clusterOptions = (): string[] => ['-Clustered', '-SharedFolder', share(), ...usual()];
const script = (): string => adaptScript(runScript(PLAN, ENGLISH), { nowSeconds: NOW_SECONDS });

function put(path: string, text: string): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function register(words = usual(), { account = '', wording = ENGLISH } = {}): Promise<ScriptEnd> {
  machine().put('arcwarden-maintenance.ps1', script());
  const xml = planFile(PLAN, { format: 'task-xml', ...(account !== '' && { account }) }, ENGLISH);
  machine().put(
    'arcwarden-maintenance.xml',
    Buffer.from(xml).toString('utf16le').replace('\u{FEFF}', '').replace('UTF-16', 'UTF-8'),
  );
  const path = machine().put('register.ps1', adaptScript(registerScript(PLAN, wording)));
  const [end] = await host.run({ machine: machine(), path, words });
  if (end === undefined) throw new Error('no end');
  return end;
}

function findCalls(pattern: RegExp): Record<string, unknown>[] {
  return machine()
    .calls()
    .flatMap((call) => (call.kind === 'cmdlet' && pattern.test(call.name) ? [call.parameters] : []));
}

const findRegistrations = (): Record<string, unknown>[] => findCalls(/^Register-/u);

/** Expects that registering fails, registers nothing, and prints each of these reasons. */
async function expectRefused(words: readonly string[], said: readonly string[]): Promise<void> {
  const { exitCode, output, error } = await register([...words]);
  expect(exitCode).not.toBe(0);
  expect(findRegistrations()).toEqual([]);
  for (const each of said) expect(output + error).toContain(each);
}

describe('the registration of the task', () => {
  test('requires a folder for kubeconfigs before it registers anything', async () => {
    await expectRefused([], ['-CredentialFolder']);
  });

  test('uses the account for which the task was exported', async () => {
    await register(usual(), { account: 'CONTOSO\\gmsa$' });
    expect(findRegistrations()[0]).toMatchObject({ User: 'CONTOSO\\gmsa$' });
  });

  test.each([
    ['aks-admin@contoso.example', 'CONTOSO\\aks-admin', 'S-1-5-21-9-9-9-1201'],
    ['contoso.example\\aks-admin', 'CONTOSO\\aks-admin', 'S-1-5-21-9-9-9-1201'],
    ['CONTOSO\\aks-admin', 'CONTOSO\\aks-admin', 'S-1-5-21-9-9-9-1201'],
    ['aks-admin', 'CONTOSO\\aks-admin', 'S-1-5-21-9-9-9-1201'],
    ['.\\aks-admin', 'HOST01\\aks-admin', 'S-1-5-21-8-8-8-1001'],
    ['S-1-5-21-9-9-9-1201', 'CONTOSO\\aks-admin', 'S-1-5-21-9-9-9-1201'],
  ])(
    'resolves the account %s to its SID, and the daily check trusts state that this account owns',
    async (account, user, sid) => {
      for (const [words, exported] of [
        [['-Account', account], ''],
        [[], account],
      ] as const) {
        const { exitCode, output, error } = await register([...usual(), ...words], { account: exported });
        expect(exitCode, output + error).toBe(0);
        expect(findRegistrations()[0]).toMatchObject({ User: user });
        const check = String(findCalls(/^New-ScheduledTaskAction$/u).at(-1)?.['Argument']);
        expect(check).toContain(`-Trusted '${sid}'`);
        put(join(state(), 'windows-done.json'), JSON.stringify({ done: [START] }));
        machine().belong({ [join(state(), 'windows-done.json')]: { owner: { sid, name: user } } });
        const end = await runCommand(stubs, machine(), /-Command "([^"]*)"$/su.exec(check)?.[1] ?? '');
        expect(end.output).not.toContain('state file of the windows cannot be trusted');
        expect([end.exitCode, findCalls(/^Write-EventLog$/u).at(-1)?.['EventId']], end.output).toEqual([0, 219]);
        machine().forget();
        machine().belong({});
      }
    },
  );

  test('refuses an account that Windows does not know', async () => {
    await expectRefused([...usual(), '-Account', 'CONTOSO\\nobody'], ['CONTOSO\\nobody', 'name@domain']);
  });

  test.each(['SYSTEM', 'NT AUTHORITY\\SYSTEM', 'S-1-5-18'])('asks for no password for %s', async (account) => {
    const { exitCode, output } = await register([...usual(), '-Account', account]);
    expect(exitCode, output).toBe(0);
    expect(findRegistrations()[0]).toMatchObject({ User: 'SYSTEM' });
    expect(findCalls(/^Get-Credential$/u)).toEqual([]);
  });

  test('does not report success if the cmdlet for registering wrote an error', async () => {
    machine().suffer({ of: 'Register-ScheduledTask', kind: 'error', text: 'access is denied' });
    const { exitCode, output, error } = await register();
    expect(exitCode).not.toBe(0);
    expect(output + error).toContain('access is denied');
    expect(output).not.toContain('Registered:');
  });

  test('puts script and state where only administrators can write, and nothing where users can create folders', async () => {
    const { exitCode, output } = await register();
    expect(exitCode, output).toBe(0);
    expect(readFileSync(place(), 'utf8')).toBe(script());
    expect(readdirSync(state())).toEqual([]);
    expect(readdirSync(machine().folders.programData)).toEqual([]);
    expect(findCalls(/^Set-Acl$/u)).toEqual([
      {
        LiteralPath: [root()],
        AclObject: 'O:S-1-5-32-544G:S-1-5-32-544D:P(A;OICI;FA;;;S-1-5-18)(A;OICI;FA;;;S-1-5-32-544)',
      },
    ]);
  });

  test.each<[string, () => Record<string, Access>, string[]]>([
    ['a folder that somebody else owns', () => ({ [root()]: { owner: SOMEBODY } }), [SOMEBODY.name, 'takeown']],
    ['a script that somebody else owns', () => ({ [place()]: { owner: SOMEBODY } }), [SOMEBODY.name]],
    ['a state that a deleted account owns', () => ({ [state()]: { owner: { sid: SOMEBODY.sid } } }), [SOMEBODY.sid]],
    ...(['createFiles', 'modify', 'delete', 'generic'] as const).map(
      (right): [string, () => Record<string, Access>, string[]] => [
        `a folder in which users may ${right}`,
        () => ({ [root()]: { others: [{ ...USERS, rights: RIGHTS[right] }] } }),
        [USERS.name, 'icacls'],
      ],
    ),
    [
      'a folder for kubeconfigs that users may write to',
      () => ({ [machine().folders.work]: { others: [{ ...USERS, rights: RIGHTS.modify }] } }),
      [USERS.name],
    ],
  ])('refuses %s, with a remedy', async (_, access, said) => {
    mkdirSync(state(), { recursive: true });
    writeFileSync(place(), 'planted');
    machine().belong(access());
    await expectRefused(usual(), said);
    expect(readFileSync(place(), 'utf8')).toBe('planted');
  });

  test('accepts a folder that others may read, that the current user owns, or that a domain admin may change', async () => {
    mkdirSync(root());
    const admins = { sid: 'S-1-5-21-9-9-9-512', name: 'CONTOSO\\Domain Admins', rights: RIGHTS.modify };
    const creator = { sid: 'S-1-3-0', name: 'CREATOR OWNER', rights: RIGHTS.generic };
    const others = [{ ...USERS, rights: RIGHTS.read }, admins, creator];
    machine().belong({ [root()]: { owner: { sid: CURRENT_USER }, others } });
    const { exitCode, output } = await register();
    expect(exitCode, output).toBe(0);
  });

  test('refuses a folder that is a link', async () => {
    mkdirSync(share());
    symlinkSync(share(), root());
    await expectRefused(usual(), [root(), 'leads to another place']);
    expect(readdirSync(share())).toEqual([]);
  });

  test('refuses a path that the Task Scheduler would expand to a different path', async () => {
    await expectRefused(['-CredentialFolder', join(machine().folders.work, '%TEMP%')], ['percent sign']);
  });

  test('with -WhatIf, neither writes nor registers anything', async () => {
    await register(['-WhatIf', ...usual()]);
    expect([findRegistrations(), existsSync(root())]).toEqual([[], false]);
  });
});

describe('on a failover cluster', () => {
  test('the registration accepts a shared folder in which only the nodes and the account of the task may write', async () => {
    mkdirSync(share());
    const members = ['host01$', 'host02$', 'hv-cluster$', 'aks$'].map((name, at) => ({
      sid: `S-1-5-21-9-9-9-${2000 + at}`,
      name: `CONTOSO\\${name}`,
      rights: RIGHTS.modify,
    }));
    machine().belong({ [share()]: { others: members } });
    const { exitCode, output } = await register([...clusterOptions(), '-Account', 'CONTOSO\\aks$']);
    expect(exitCode, output).toBe(0);
    expect(findCalls(/^Register-Clustered/u)).toHaveLength(2);
    // Only the owner of a share decides on its rights.
    expect(findCalls(/^Set-Acl$/u)).toEqual([]);
  });

  test.each<[string, Access, string]>([
    ['in which users may write', { others: [{ ...USERS, rights: RIGHTS.modify }] }, USERS.name],
    ['that somebody else owns', { owner: SOMEBODY }, SOMEBODY.name],
    [
      'in which a computer outside the cluster may write',
      { others: [{ sid: 'S-1-5-21-9-9-9-3000', name: 'CONTOSO\\client7$', rights: RIGHTS.modify }] },
      'client7$',
    ],
  ])('a shared folder %s is refused', async (_, access, who) => {
    mkdirSync(share());
    machine().belong({ [share()]: access });
    await expectRefused(clusterOptions(), [who, share()]);
    expect(readdirSync(share())).toEqual([]);
  });
});

describe('the program of the task', () => {
  /** Returns the text after `-Command` in the definition of the task. */
  function command(): string {
    const document = String(findRegistrations()[0]?.['Xml']);
    const [, written = ''] = /<Arguments>(.*)<\/Arguments>/su.exec(document) ?? [];
    const text = written.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
    const [, found] = /^-NoProfile -NonInteractive -Command "([^"]*)"$/su.exec(text) ?? [];
    if (found === undefined) throw new Error(`not one command: ${text}`);
    return found;
  }

  const start = (): Promise<ScriptEnd> => runCommand(stubs, machine(), command());
  const events = (): unknown[] => findCalls(/^Write-EventLog$/u).map(({ EventId }) => EventId);

  test('runs the script if its SHA-256 is the one that was registered', async () => {
    await register();
    expect(command()).toContain(createHash('sha256').update(script()).digest('hex').toUpperCase());
    const { exitCode, output } = await start();
    // One step needs a person.
    expect(exitCode, output).toBe(EXIT.leftToDo);
    expect([events()[0], events().at(-1)]).toEqual([200, 205]);
    expect(readdirSync(state())).toContain('windows-done.json');
  });

  test('runs nothing in constrained language mode, and writes an event with the reason', async () => {
    await register();
    const mode = "$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'";
    const { exitCode, output } = await runCommand(stubs, machine(), `${mode}; ${command()}`);
    expect([exitCode, events()], output).toEqual([1, [218]]);
    expect(findCalls(/^Write-EventLog$/u)[0]?.['Message']).toContain('about_Language_Modes');
  });

  test.each(['changed', 'gone', 'a folder'])('runs nothing, and writes an event, if the script is %s', async (how) => {
    await register();
    if (how === 'changed') appendFileSync(place(), "\r\n'planted'");
    else {
      rmSync(place());
      if (how === 'a folder') mkdirSync(place());
    }
    const { exitCode, output } = await start();
    expect([exitCode, events()], output).toEqual([1, [216]]);
    expect(output).not.toContain('planted');
    expect(findCalls(/AksHci/u)).toEqual([]);
    const [event] = findCalls(/^Write-EventLog$/u);
    expect(event).toMatchObject({ LogName: 'Application', Source: 'Arcwarden', EntryType: 'Error' });
    expect(event?.['Message']).toContain(place());
  });

  test('is also run by the daily check', async () => {
    await register();
    const [check] = findCalls(/^New-ScheduledTaskAction$/u);
    const text = String(check?.['Argument']);
    expect(text).toContain(createHash('sha256').update(script()).digest('hex').toUpperCase());
    expect(text).toMatch(/ -Check"$/u);
  });

  test('contains only characters that have no special meaning on the command line and for the Task Scheduler', async () => {
    await register(usual(), { wording: JAPANESE });
    expect(command()).not.toMatch(/["%]|\$\(/u);
    expect(command()).toContain('登録');
  });

  test('works in a folder whose name contains every kind of quotation mark that a path allows', async () => {
    const odd = join(machine().folders.root, "O'Brien \u2018x\u2019 $env [a]");
    const words = ['-Clustered', '-SharedFolder', odd, ...usual()];
    const { exitCode, output, error } = await register(words);
    expect(exitCode, output + error).toBe(0);
    const end = await start();
    expect(end.exitCode, end.output).toBe(EXIT.leftToDo);
    expect(readdirSync(join(odd, 'maintenance'))).toContain('windows-done.json');
  });
});

describe('a task that an earlier release registered in a folder that every user can create', () => {
  const DONE = JSON.stringify({ done: [START], window: '', steps: [], running: '' });
  const prepare = (): void => {
    put(oldPath('arcwarden-maintenance.ps1'), 'old');
    put(oldPath('maintenance', 'windows-done.json'), DONE);
    put(oldPath('claims', 'x.claim'), '');
  };

  test('moves together with the state of its windows, and leaves no script behind', async () => {
    prepare();
    // Every user can create files below ProgramData.
    machine().belong({ [oldPath()]: { others: [{ ...USERS, rights: RIGHTS.createFiles }] } });
    const { exitCode, output } = await register();
    expect(exitCode, output).toBe(0);
    expect(readFileSync(join(state(), 'windows-done.json'), 'utf8')).toBe(DONE);
    expect(existsSync(oldPath('arcwarden-maintenance.ps1'))).toBe(false);
    expect(readdirSync(oldPath('maintenance'))).toEqual([]);
    expect(readdirSync(oldPath('claims'))).toEqual(['x.claim']);
  });

  test('does not replace a newer state', async () => {
    prepare();
    put(join(state(), 'windows-done.json'), '{}');
    expect((await register()).exitCode).toBe(0);
    expect(readFileSync(join(state(), 'windows-done.json'), 'utf8')).toBe('{}');
  });

  test.each<[string, () => Record<string, Access>]>([
    ['folder', () => ({ [oldPath()]: { owner: SOMEBODY } })],
    ['state', () => ({ [oldPath('maintenance', 'windows-done.json')]: { owner: SOMEBODY } })],
    [
      'state that users may change',
      () => ({ [oldPath('maintenance', 'windows-done.json')]: { others: [{ ...SOMEBODY, rights: RIGHTS.modify }] } }),
    ],
  ])('stays where it is if the %s cannot be trusted, and the output names the account', async (_, access) => {
    prepare();
    machine().belong(access());
    const { exitCode, output } = await register();
    expect([exitCode, readdirSync(state())], output).toEqual([0, []]);
    expect(output).toContain(SOMEBODY.name);
    expect(existsSync(oldPath('arcwarden-maintenance.ps1'))).toBe(true);
  });
});

describe('-Remove', () => {
  test('removes both tasks, the folder, and files that earlier releases stored elsewhere', async () => {
    await register();
    put(join(state(), 'transcript-1.txt'), 'kept');
    put(oldPath('maintenance', 'transcript-0.txt'), 'kept');
    put(oldPath('claims', 'x.claim'), '');
    const { exitCode, output, error } = await register(['-Remove']);
    expect(exitCode, output + error).toBe(0);
    expect(findCalls(/^Unregister-ScheduledTask$/u).map(({ TaskName }) => TaskName)).toEqual([
      ['Arcwarden maintenance'],
      ['Arcwarden maintenance check'],
    ]);
    expect([existsSync(root()), readdirSync(oldPath())]).toEqual([false, ['claims']]);
  });

  test('leaves other files in the shared folder of a failover cluster', async () => {
    await register(clusterOptions());
    put(join(share(), 'of somebody.txt'), 'kept');
    const { exitCode, output, error } = await register(['-Remove', '-Clustered', '-SharedFolder', share()]);
    expect(exitCode, output + error).toBe(0);
    expect(findCalls(/^Unregister-ClusteredScheduledTask$/u)).toHaveLength(2);
    expect(readdirSync(share())).toEqual(['of somebody.txt']);
  });

  test('removes nothing with -WhatIf', async () => {
    await register();
    await register(['-Remove', '-WhatIf']);
    expect([findCalls(/^Unregister-/u), existsSync(place())]).toEqual([[], true]);
  });
});
