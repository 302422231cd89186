import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PlanCommand, StepTarget } from '../../../core/plan/model/plan.ts';
import type { CommandResult } from '../../../core/runs/model/run.ts';
import { KEPT_CHARACTERS } from '../../../core/runs/output.ts';
import { runPlan } from '../../../core/runs/runner.ts';
import { commandScript, WindowsHost } from '../../../core/runs/targets/windows-host.ts';
import { createFiles } from '../../../core/node/files.ts';
import { nodeIds } from '../../../core/node/ids.ts';
import { nodeProcesses } from '../../../core/node/processes.ts';
import { watchHeldMemory } from '../../support/held-memory.ts';
import { testPorts } from '../../support/ports.ts';
import { scriptCode, commandNames, readDocument, parsePowerShell, readyPowerShell } from '../../support/power-shell.ts';
import { cmdlet, makePlan, makeRun, step } from './plans.ts';
import { standIns } from './stand-ins.ts';

const PORTS = { processes: nodeProcesses(), files: createFiles(), ids: nodeIds() };
const LONG_MS = 240_000;
const FOLDER = '0123456789abcdef';
const END = ['a.', 'b'];

interface Run {
  computer?: string;
  at?: StepTarget;
  timeoutMs?: number;
  signal?: AbortSignal;
  onOutput?: (text: string) => void;
}

function run(command: PlanCommand, more: Run = {}): Promise<CommandResult> {
  const { computer, at = { kind: 'host' }, timeoutMs = LONG_MS, signal, onOutput } = more;
  return new WindowsHost(PORTS, { computer, folder: FOLDER }).run(
    { command, at },
    { timeoutMs, onOutput: onOutput ?? (() => undefined), signal },
  );
}

const HOSTILE = [
  "'; Remove-Item C:\\ -Recurse #",
  '$(Stop-Computer)',
  '`$(calc.exe)`',
  "two\nlines'@\nStop-Computer",
  '’; calc #',
  '#DATA#',
  '#COMMANDS#',
  '$&$1',
  '',
];

interface Document {
  computer: string | null;
  command: { name: string; parameters: { name: string; value: { text: string } | null }[] };
}

describe('the script for Windows PowerShell', () => {
  beforeAll(readyPowerShell);

  test('has the same code for all values, and contains each value unchanged', () => {
    const plain = scriptCode(
      commandScript(cmdlet('Update-AksHciCluster', 'retail-east'), { computer: 'host01', folder: FOLDER, end: END }),
    );
    const names = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(names, names, (name, computer) => {
        const script = commandScript(cmdlet('Update-AksHciCluster', name), { computer, folder: FOLDER, end: END });
        expect(script).toMatch(/^[\t\n\x20-\x7e]*$/u);
        expect(scriptCode(script)).toBe(plain);
        const document = readDocument<Document>(parsePowerShell(script));
        expect(document.computer).toBe(computer);
        expect(document.command.parameters[0]?.value?.text).toBe(name);
      }),
      { numRuns: 60 },
    );
  });

  test('runs only its own commands', () => {
    const root = parsePowerShell(
      commandScript(cmdlet('Repair-Moc'), { computer: undefined, folder: FOLDER, end: END }),
    );
    expect(root.hasError).toBe(false);
    expect(new Set(commandNames(root))).toEqual(
      new Set([
        ...['New-Object', 'Set-StrictMode', 'Set-Location', 'Join-Path', 'ConvertFrom-Json', 'Invoke-Command'],
        ...['Get-Command', 'Select-Object', 'Where-Object', 'Out-String', 'Import-Module', 'Get-ExecutionPolicy'],
        ...['Invoke-PlanCommand', 'ConvertTo-Argument', 'ConvertTo-MarkedText', 'Get-Word', 'Get-LoadProblem'],
        ...['New-Formatter', 'Get-QuietProgram', 'Set-Item'],
      ]),
    );
  });

  test('contains the name of another computer only as a value', () => {
    const script = commandScript(cmdlet('Repair-Moc'), { computer: 'host01', folder: FOLDER, end: END });
    expect(scriptCode(script)).not.toContain('host01');
    expect(script).toContain('Invoke-Command -ComputerName $computer');
  });
});

describe('a cmdlet on a host', () => {
  test('is passed to Windows PowerShell on standard input, whatever its values contain', async () => {
    const programs = standIns();
    programs.put('powershell.exe', 'console.log(document().command.parameters[0].value.text);');
    for (const name of HOSTILE) {
      const { exitCode, output } = await run(cmdlet('Update-AksHciCluster', name));
      expect([exitCode, output.head]).toEqual([0, `${name}\n`]);
    }
    const calls = programs.calls('powershell.exe');
    expect(new Set(calls.map(({ args }) => args.join(' ')))).toEqual(
      new Set([
        `-NoLogo -NoProfile -NonInteractive -Command $m = $ExecutionContext.SessionState.LanguageMode; if ($m -ne 'FullLanguage') { 'arcwarden: a policy (WDAC or AppLocker) restricts Windows PowerShell to another language mode ({0}) here, in which neither this script nor the modules of AKS run; about_Language_Modes' -f $m; exit 94 }; & ([ScriptBlock]::Create([Console]::In.ReadToEnd()))`,
      ]),
    );
  });

  test('that fails is reported with its output and a known failure', async () => {
    standIns().put(
      'powershell.exe',
      `process.stderr.write('Update-AksHci: rpc error: code = Unauthenticated desc = Valid Token Required\\n');
       process.exitCode = 1;`,
    );
    const { ended, exitCode, knownErrors } = await run(cmdlet('Update-AksHci'));
    expect([ended, exitCode]).toEqual(['itself', 1]);
    expect(knownErrors.length).toBeGreaterThan(0);
  });

  test.each([
    ['ends early', 'endsEarly = true;'],
    ['prints its script', 'endsEarly = true; console.log(input);'],
    ['prints half of the mark', "endsEarly = true; process.stdout.write('\\u001e' + document().end[0]);"],
    [
      'prints the mark of another step',
      "endsEarly = true; process.stdout.write('\\u001e0123456789abcdef.0123456789abcdef');",
    ],
  ])('is not counted as done if its program %s, whatever the exit code', async (_title, script) => {
    const programs = standIns();
    for (const code of [0, 1, 3, 4]) {
      programs.put('powershell.exe', `${script} process.exitCode = ${code};`);
      expect(await run(cmdlet('Update-AksHci'))).toMatchObject({ ended: 'unseen', exitCode: code });
    }
  });

  test('whose connection breaks has the result `lost`, since its effect is unknown', async () => {
    standIns().put(
      'powershell.exe',
      `process.stderr.write('The WinRM client cannot complete the operation.\\n'); process.exitCode = 255;`,
    );
    expect(await run(cmdlet('Update-AksHci'), { computer: 'host01' })).toMatchObject({ ended: 'lost', exitCode: 255 });
  });

  test('that is cancelled ends with all programs that it started', async () => {
    const programs = standIns();
    programs.put(
      'powershell.exe',
      `const child = require('node:child_process').spawn(process.execPath,
         ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
       fs.writeFileSync(HERE + '/child', String(child.pid)); setInterval(() => {}, 1000);
       console.log('begun ' + child.pid);`,
    );
    const controller = new AbortController();
    let text = '';
    const ended = await run(cmdlet('Update-AksHci'), {
      signal: controller.signal,
      onOutput: (more) => {
        text += more;
        controller.abort();
      },
    });
    expect(ended).toMatchObject({ ended: 'cancelled', exitCode: null });
    const pid = Number(/begun (\d+)/u.exec(text)?.[1]);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  test('that takes too long is ended with all programs that it started', async () => {
    standIns().put(
      'powershell.exe',
      `const child = require('node:child_process').spawn(process.execPath,
         ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
       console.log('begun ' + child.pid); setInterval(() => {}, 1000);`,
    );
    const ended = await run(cmdlet('Update-AksHci'), { timeoutMs: 3_000 });
    expect(ended).toMatchObject({ ended: 'timed-out', exitCode: null });
    const pid = Number(/begun (\d+)/u.exec(ended.output.head)?.[1]);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  test('prints UTF-16 to a pipe, as Windows programs do, and its output is decoded whatever the size of the chunks', async () => {
    const printed = '\ufeff期限 が切れています\r\n';
    standIns().put(
      'powershell.exe',
      `const bytes = Buffer.from(${JSON.stringify(printed)}, 'utf16le');
       (async () => { for (const byte of bytes) {
         process.stdout.write(Buffer.of(byte)); await new Promise(setImmediate); } })();`,
    );
    expect((await run(cmdlet('Get-MocNode'))).output.head).toBe(printed.slice(1));
  });

  test('that prints in the code page of a Japanese console is decoded', async () => {
    standIns().put('powershell.exe', "process.stdout.write(Buffer.from('8afa8cc00d0a', 'hex'));");
    expect((await run(cmdlet('Get-MocNode'))).output.head).toBe('期限\r\n');
  });
});

test('of a hundred megabytes that a program prints, only the beginning and the end are kept', async () => {
  standIns().put(
    'powershell.exe',
    `const line = 'Waiting for the machine to come up\\n'.repeat(30_000);
     (async () => { for (let count = 0; count < 100; count += 1)
       if (!process.stdout.write(line)) await new Promise((go) => process.stdout.once('drain', go));
     console.log('the end'); })();`,
  );
  let shown = 0;
  const { result, mostHeldBytes } = await watchHeldMemory(() =>
    run(cmdlet('Update-AksHci'), {
      onOutput: (text) => {
        shown += text.length;
      },
    }),
  );
  const { output } = result;
  const printed = 100 * 30_000 * 'Waiting for the machine to come up\n'.length;
  expect(printed).toBeGreaterThan(100_000_000);
  expect(output.head.length).toBe(KEPT_CHARACTERS);
  expect(output.tail.length).toBeLessThanOrEqual(KEPT_CHARACTERS);
  expect(output.tail.endsWith('the end\n')).toBe(true);
  expect(output.head.length + output.tail.length + output.leftOutBytes).toBe(printed + 'the end\n'.length);
  expect(shown).toBeLessThan(4 * 1024 * 1024);
  expect(mostHeldBytes).toBeLessThan(4_000_000);
});

test('ssh, scp and kubectl are started with separate arguments', async () => {
  const programs = standIns();
  for (const program of ['ssh', 'kubectl']) programs.put(program, "console.log('fine');");
  const words = HOSTILE.map((value) => ({ name: 'value', value }));
  const call = (program: string): PlanCommand => ({ kind: 'program', program, args: words });
  await run(call('ssh'), { at: { kind: 'vm', cluster: 'a', address: '10.0.0.1' } });
  await run(call('kubectl'), { at: { kind: 'workstation' }, computer: 'host01' });
  // BatchMode prevents questions from ssh, which nobody would see.
  expect(programs.calls('ssh')).toEqual([{ args: ['-o', 'BatchMode=yes', ...HOSTILE], input: '' }]);
  expect(programs.calls('kubectl')).toEqual([{ args: HOSTILE, input: '' }]);
  expect(existsSync(join(programs.folder, 'powershell.exe.calls'))).toBe(false);
});

describe('a host on Windows can or cannot run', () => {
  const target = { kind: 'script', values: {} } as const;
  const ssh = (script: string): PlanCommand => ({ ...target, script });
  const kubectl: PlanCommand = { kind: 'program', program: 'kubectl', args: [] };
  const host = new WindowsHost(PORTS, { folder: FOLDER });

  test.each<[string, PlanCommand, StepTarget, boolean]>([
    ['a cmdlet on a host', cmdlet('Repair-Moc'), { kind: 'host' }, true],
    ['a cmdlet on each of several hosts', cmdlet('Repair-Moc'), { kind: 'every-host' }, false],
    ['kubectl on a workstation', kubectl, { kind: 'workstation' }, true],
    ['a cmdlet on a workstation', cmdlet('Repair-Moc'), { kind: 'workstation' }, false],
    ['ssh to a control plane', ssh('ssh -i key "user@$($Values.ip)"'), { kind: 'control-plane' }, true],
    ['scp to a control plane', ssh('scp -i key a b'), { kind: 'control-plane' }, true],
    ['an action that only runs on it', ssh('sudo crictl ps'), { kind: 'control-plane' }, false],
    ['ssh to each of several', ssh('ssh -i key a'), { kind: 'every-control-plane' }, false],
    ['ssh to each of several workers', ssh('ssh -i key a'), { kind: 'every-worker' }, false],
  ])('%s', (_, command, at, can) => {
    expect(host.canRun(step('one', { command, target: at }))).toBe(can);
  });
});

test('a secret in the output is neither shown nor stored', async () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  standIns().put('powershell.exe', `process.stdout.write(${JSON.stringify(`fine\n${pem}fine\n`)});`);
  const kept: string[] = [];
  await runPlan({
    run: makeRun(makePlan(step('one'))),
    target: new WindowsHost(PORTS, { folder: FOLDER }),
    clock: testPorts().clock,
    events: { ask: () => Promise.resolve({ kind: 'run' }), output: (_step, text) => void kept.push(text) },
    keep: (run) => Promise.resolve(kept.push(JSON.stringify(run))),
  });
  expect(kept.join('')).toContain('fine');
  for (const line of pem.split('\n').slice(1, -2)) expect(kept.join('')).not.toContain(line);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that has ended keeps its id until it is reaped.
    return !/^State:\s+Z/mu.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
