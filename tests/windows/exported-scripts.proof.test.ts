import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { WINDOWS_POWERSHELL } from '../rigs/windows-programs.mjs';
import { WINE } from '../rigs/wine.mjs';
import { needPowerShell, POWERSHELL, useComputer } from './computer.ts';

/* Tests exported plans that are started as an admin would start them: with `powershell.exe -File`. */

const computer = useComputer((made) => made.putStubs().putArcwarden().setPolicy('RemoteSigned'));

const DATA = ['--data', String.raw`C:\証明書 データ`, '--lang', 'en'];
const FOLDER = '計画 1';
const SCRIPT = `C:\\${FOLDER}\\kubeconfig 東京.ps1`;
const KUBECTL = 'Program Files/AksHci/kubectl.exe';
const CMDLET = { kind: 'cmdlet', name: 'Get-AksHciCredential', parameters: { name: 'retail-east' }, onlyAsked: false };

beforeAll(async () => {
  if (WINE.find() === undefined || WINDOWS_POWERSHELL.find() === undefined) return;
  const { arcwarden, put, read, path } = bindComputer();
  await arcwarden([...DATA, 'sample', '--out', String.raw`C:\demo`]);
  await arcwarden([...DATA, 'inventory', 'import', String.raw`C:\demo`]);
  put(`${FOLDER}/.keep`, '');
  const { output } = await arcwarden([
    ...DATA,
    ...['repair', 'plan', '--failure', 'F11', '--cluster', 'retail-east', '--out', SCRIPT],
  ]);
  if (!readdirSync(path(FOLDER)).some((name) => name.endsWith('.ps1'))) throw new Error(output);
  const name = `${FOLDER}/kubeconfig 東京.ps1`;
  // PowerShell 7 does not have the Desktop edition, so it would refuse the script.
  put(name, read(name).replace(/^#Requires -PSEdition Desktop\r?\n/mu, ''));
  put('users/root/.kube/config', 'kept\n');
  // The check of the plan only needs a program that succeeds.
  put(KUBECTL, readFileSync(path('windows/system32/cmd.exe')));
});

function bindComputer() {
  const made = computer();
  return {
    arcwarden: made.arcwarden.bind(made),
    put: made.put.bind(made),
    read: made.read.bind(made),
    path: made.path.bind(made),
  };
}

async function start(words: readonly string[], folder = String.raw`C:\elsewhere`) {
  const args = ['-NoProfile', '-NonInteractive', '-File', SCRIPT, ...words];
  computer().put('elsewhere/.keep', '');
  const {
    exitCode,
    output = '',
    problem,
  } = await computer().drive({ kind: 'program', program: POWERSHELL, args, folder });
  expect(problem).toBeUndefined();
  return { exitCode, output };
}

const GIVEN = ['-Yes', '-DefaultKubeconfig', '-Kubectl', `C:\\${KUBECTL.replaceAll('/', '\\')}`];

describe('a plan exported on Windows', () => {
  test('changes nothing with -WhatIf', async (context) => {
    needPowerShell(context);
    computer().suffer();
    const { exitCode, output } = await start([...GIVEN, '-WhatIf']);
    expect([exitCode, output]).toEqual([0, expect.stringContaining('Fetch a new kubeconfig')]);
    expect(
      computer()
        .calls()
        .filter(({ kind }) => kind === 'cmdlet'),
    ).toEqual([]);
  });

  test('stops if a cmdlet fails, resumes at the failed step, and starts nothing from the current folder', async (context) => {
    needPowerShell(context);
    for (const name of ['powershell.exe', 'kubectl.exe', 'taskkill.exe', 'ssh.exe', 'AksHci.psm1'])
      computer().put(`elsewhere/${name}`, 'This is no program.');
    computer().suffer({ of: 'Get-AksHciCredential', kind: 'throw', text: 'certificate has expired' });
    const failed = await start(GIVEN);
    expect([failed.exitCode, failed.output]).toEqual([1, expect.stringContaining('certificate has expired')]);
    expect(computer().calls()).toMatchObject([CMDLET]);
    const copies = readdirSync(computer().path('users/root/.kube')).filter((name) => name.includes('.before-'));
    expect(copies).toHaveLength(1);

    computer().suffer();
    const again = await start(GIVEN);
    expect([again.exitCode, again.output]).toEqual([0, expect.stringContaining('All steps are done')]);
    expect(computer().calls()).toMatchObject([CMDLET]);
  });

  test.for(['Restricted', 'AllSigned'] as const)(
    'does not start under %s, and its first lines name the remedy',
    async (policy, context) => {
      needPowerShell(context);
      computer().suffer().setPolicy(policy);
      const { exitCode } = await start(GIVEN);
      computer().setPolicy('RemoteSigned');
      expect(exitCode).not.toBe(0);
      expect(computer().calls()).toEqual([]);
      const [head = ''] = computer().read(`${FOLDER}/kubeconfig 東京.ps1`).split('#Requires');
      expect(head).toMatch(/Get-ExecutionPolicy -List.*Unblock-File.*Source: about_Execution_Policies/u);
    },
  );
});
