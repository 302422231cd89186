import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { PlanCommand } from '../../core/plan/model/plan.ts';
import { cmdlet } from '../core/runs/plans.ts';
import type { Fault } from '../support/host-machine.ts';
import { compile, whyNoCompiler } from './compiler.ts';
import { needNode, needPowerShell, NODE, useComputer } from './computer.ts';
import type { Job } from './driver.ts';

/* Tests steps of a run that Node for Windows starts in PowerShell for Windows. */

const computer = useComputer((made) => made.putStubs().setPolicy('RemoteSigned'));

const COMMAND = cmdlet('Get-AksHciCluster', '東京 1');

const words = (...literals: readonly string[]) => literals.map((literal) => ({ literal }));

/** Lists the process IDs of programs whose arguments contain this text, on any test computer. */
function programsWith(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .filter((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(text);
      } catch {
        // The program has just ended.
        return false;
      }
    });
}

async function run(faults: readonly Fault[], more: Partial<Extract<Job, { kind: 'step' }>> = {}) {
  computer().suffer(...faults);
  const { result, problem } = await computer().drive({ kind: 'step', command: COMMAND, ...more });
  if (result === undefined) throw new Error(problem);
  return result;
}

describe('a step on a Windows computer', () => {
  test('calls the cmdlet with the given value and succeeds', async (context) => {
    needPowerShell(context);
    const { ended, exitCode, output } = await run([{ kind: 'warning', text: '証明書の期限切れ' }]);
    expect([ended, exitCode]).toEqual(['itself', 0]);
    expect(output.head).toContain('証明書の期限切れ');
    expect(output.head).toContain('v1.29.4');
    expect(computer().calls()).toMatchObject([{ name: 'Get-AksHciCluster', parameters: { name: '東京 1' } }]);
  });

  test('reports a thrown error as a failure and a written error as “with errors”', async (context) => {
    needPowerShell(context);
    const thrown = await run([{ kind: 'throw', text: 'certificate has expired' }]);
    expect([thrown.ended, thrown.exitCode]).toEqual(['itself', 1]);
    expect(thrown.output.head).toContain('certificate has expired');
    const written = await run([{ kind: 'error', text: 'certificate has expired' }]);
    expect([written.ended, written.exitCode]).toEqual(['with-errors', 3]);
    expect(written.output.head).toContain('certificate has expired');
  });

  test('fails if it asks a question, since nobody can answer', async (context) => {
    needPowerShell(context);
    const { ended, exitCode } = await run([{ kind: 'type', text: 'your name' }]);
    expect([ended, exitCode]).toEqual(['itself', 1]);
  });

  test('runs a program in the product’s folder and ends with its exit code', async (context) => {
    needPowerShell(context);
    // Any program that exits with the given code is suitable.
    computer().put('Program Files/AksHci/kubectl.exe', readFileSync(computer().path('windows/system32/cmd.exe')));
    const { ended, exitCode } = await run([], {
      command: { kind: 'program', program: 'kubectl.exe', args: words('/d', '/c', 'exit', '7') },
    });
    rmSync(computer().path('Program Files/AksHci'), { recursive: true });
    expect([ended, exitCode]).toEqual(['itself', 7]);
  });

  test('does not start if the cmdlet is not installed', async (context) => {
    needPowerShell(context);
    const { ended, output } = await run([], { command: cmdlet('Get-AksHciNothing', 'a') });
    expect(ended).toBe('not-started');
    expect(output.head).toContain('arcwarden: no cmdlet Get-AksHciNothing');
  });

  test('ends on a timeout and on a cancellation', async (context) => {
    needPowerShell(context);
    const hang: Fault = { kind: 'hang', text: '3600' };
    const late = await run([hang], { timeoutMs: 12_000 });
    expect([late.ended, late.exitCode]).toEqual(['timed-out', null]);
    const cancelled = await run([hang], { cancelOnce: String.raw`C:\stubs\calls.jsonl` });
    expect([cancelled.ended, cancelled.exitCode]).toEqual(['cancelled', null]);
  });

  test('ends together with every program that it started', async (context) => {
    needNode(context);
    const obstacle = whyNoCompiler();
    context.skip(obstacle !== undefined, obstacle);
    compile('taskkill.c', computer().path('windows/system32/taskkill.exe'));
    const mark = `stay-${process.pid}.cjs`;
    computer().put(
      `tree/${mark}`,
      "require('node:fs').writeFileSync('C:/tree/begun', ''); setTimeout(() => undefined, 300_000);",
    );
    computer().put('tree/begin.cmd', `@"${NODE}" C:\\tree\\${mark}\r\n`);
    computer().put('Program Files/AksHci/kubectl.exe', readFileSync(computer().path('windows/system32/cmd.exe')));
    const { result } = await computer().drive(
      {
        kind: 'step',
        command: { kind: 'program', program: 'kubectl.exe', args: words('/d', '/c', String.raw`C:\tree\begin.cmd`) },
        cancelOnce: String.raw`C:\tree\begun`,
      },
      { environment: { WINEDLLOVERRIDES: 'taskkill.exe=n;winemenubuilder.exe,mscoree,mshtml=d' } },
    );
    expect(result?.ended).toBe('cancelled');
    await expect.poll(() => programsWith(mark)).toEqual([]);
    rmSync(computer().path('Program Files/AksHci'), { recursive: true });
  });

  test('starts nothing from the current folder', async (context) => {
    needPowerShell(context);
    const planted = 'planted';
    for (const name of ['powershell.exe', 'taskkill.exe', 'kubectl.exe', 'ssh.exe', 'cmd.exe'])
      computer().put(`${planted}/${name}`, 'This is no program, and Windows says so when it is started.');
    const job: Job = { kind: 'step', command: COMMAND };
    computer().suffer();
    const { result } = await computer().drive(job, { folder: planted });
    expect([result?.ended, result?.exitCode]).toEqual(['itself', 0]);
    const kubectl: PlanCommand = { kind: 'program', program: 'kubectl.exe', args: [{ literal: 'version' }] };
    expect(await computer().drive({ kind: 'step', command: kubectl }, { folder: planted })).toEqual({
      problem: 'program.not-found',
    });
    expect(existsSync(computer().path(`${planted}/kubectl.exe`))).toBe(true);
  });
});

describe('the execution policy of the computer', () => {
  test.for([
    ['Restricted', 'LocalMachine Restricted'],
    // No module is signed under Wine, so even PowerShell’s own policy cmdlet is blocked.
    ['AllSigned', 'cannot be loaded'],
  ] as const)('%s is reported if it prevents a module from loading', async ([policy, said], context) => {
    needPowerShell(context);
    computer().setPolicy(policy);
    const { ended, output } = await run([]);
    computer().setPolicy('RemoteSigned');
    // The message may name a module that the module of the cmdlet imports, since that is loaded first.
    expect(output.head).toMatch(/arcwarden: the execution policy keeps the module (?:AksHci|Moc|Kva) from loading \(/u);
    expect(output.head).toContain(said);
    expect(ended).toBe('not-started');
    expect(computer().calls()).toEqual([]);
  });
});
