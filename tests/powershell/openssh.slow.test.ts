import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createFiles } from '../../core/node/files.ts';
import { nodeIds } from '../../core/node/ids.ts';
import { nodeProcesses } from '../../core/node/processes.ts';
import type { PlanCommand, PlanStep } from '../../core/plan/model/plan.ts';
import { planScript } from '../../core/plan/export/script.ts';
import type { CommandResult } from '../../core/runs/model/run.ts';
import { WindowsHost } from '../../core/runs/targets/windows-host.ts';
import { HostMachine } from '../support/host-machine.ts';
import { needOpenSsh, OpenSshNode } from '../support/real-openssh.ts';
import { adaptScript, needPowerShell, runScript, type ScriptEnd } from '../support/real-power-shell.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { makePlan, step } from '../core/runs/plans.ts';
import { ENGLISH } from '../core/plan/export/samples.ts';
import { sharePowerShell } from './shared.ts';

/* Tests steps that run over SSH and SCP, with the real programs and a real server. */

const LIMIT_MS = 240_000;
const here: { node?: OpenSshNode } = {};
const { stubs } = sharePowerShell();

beforeEach(async (context) => {
  needOpenSsh(context);
  here.node ??= await OpenSshNode.start();
});

afterAll(() => here.node?.stop());

function node(): OpenSshNode {
  if (here.node === undefined) throw new Error('no node');
  return here.node;
}

function call(program: 'ssh' | 'scp', ...words: readonly string[]): PlanCommand {
  return { kind: 'program', program, args: words.map((literal) => ({ literal })) };
}

const remote = (...command: readonly string[]): PlanCommand => call('ssh', ...node().words(...command));
const FOREIGN = 'clouduser@127.0.0.1';

describe('a step of a run that uses ssh', () => {
  async function run(
    command: PlanCommand,
    { isKnown = true, ...more }: { isKnown?: boolean; signal?: AbortSignal; onOutput?: (text: string) => void } = {},
  ): Promise<CommandResult> {
    const folder = temporaryFolder();
    node().putPrograms(folder, { isKnown });
    const processes = nodeProcesses({ locate: (program) => join(folder, basename(program)) });
    const host = new WindowsHost({ processes, files: createFiles(), ids: nodeIds() }, { folder: '0123456789abcdef' });
    const at = { kind: 'vm', cluster: 'retail-east', address: '127.0.0.1' } as const;
    return host.run({ command, at }, { timeoutMs: LIMIT_MS, onOutput: () => undefined, ...more });
  }

  test('returns the exit code and the output of the command on the node', async () => {
    const { ended, exitCode, output } = await run(remote('echo done; echo aside >&2; exit 7'));
    expect([ended, exitCode]).toEqual(['itself', 7]);
    expect(output.head.split('\n').sort()).toEqual(['', 'aside', 'done']);
    expect((await run(remote('true'))).exitCode).toBe(0);
  });

  test('sends the command to the node as one line, as if a person had typed it', async () => {
    const line = String.raw`printf '<%s>\n' "two words" 'a"b' "$HOME" 証明書 \$x | cat`;
    const { output } = await run(remote(line));
    expect(output.head).toBe(`<two words>\n<a"b>\n<${node().home}>\n<証明書>\n<$x>\n`);
  });

  test.each([
    ['an unknown server', { isKnown: false }, () => remote('true'), 'Host key verification failed'],
    ['an unknown key', {}, () => call('ssh', '-i', node().foreignKey, FOREIGN, 'true'), 'Permission denied'],
    ['a silent node', {}, () => call('ssh', '-o', 'Port=1', ...node().words('true')), 'Connection refused'],
    // ssh writes to a closed connection, or reads that it was closed, whichever comes first.
    ['a connection that breaks halfway', {}, () => remote('kill -9 $PPID; sleep 30'), /closed|Broken pipe/u],
    ['a copy without a connection', {}, () => call('scp', '-i', node().foreignKey, `${FOREIGN}:x`, '.'), ''],
  ])('is reported as lost in the case of %s, without asking a question', async (_, options, command, says) => {
    const { ended, exitCode, output } = await run(command(), options);
    expect([ended, exitCode]).toEqual(['lost', 255]);
    expect(output.head).toMatch(says);
  });

  test('copies a file to the node and back, and fails if the file does not exist', async () => {
    const folder = temporaryFolder();
    const [from, back] = [join(folder, 'cloudlogin 1.yaml'), join(folder, 'back.yaml')];
    writeFileSync(from, 'token: あ\r\n');
    const place = `${FOREIGN}:copied.yaml`;
    expect((await run(call('scp', '-i', node().key, from, place))).exitCode).toBe(0);
    expect(readFileSync(join(node().home, 'copied.yaml'), 'utf8')).toBe('token: あ\r\n');
    expect((await run(call('scp', '-i', node().key, place, back))).exitCode).toBe(0);
    expect(readFileSync(back, 'utf8')).toBe('token: あ\r\n');
    const missing = await run(call('scp', '-i', node().key, `${FOREIGN}:none.yaml`, back));
    expect([missing.ended, missing.exitCode]).not.toEqual(['itself', 0]);
    expect(missing.output.head).toContain('No such file');
  });

  test('ends immediately when cancelled', async () => {
    const controller = new AbortController();
    const onOutput = (text: string): void => {
      if (text.includes('begun')) controller.abort();
    };
    const { ended, tookMs } = await run(remote('echo It has begun; sleep 300'), {
      signal: controller.signal,
      onOutput,
    });
    expect(ended).toBe('cancelled');
    expect(tookMs).toBeLessThan(30_000);
  });
});

describe('a step of an exported script that uses ssh', () => {
  async function run(steps: readonly PlanStep[], { isKnown = true } = {}): Promise<ScriptEnd> {
    const machine = new HostMachine(stubs);
    const folder = temporaryFolder();
    node().putPrograms(folder, { isKnown });
    const path = machine.put('plan.ps1', adaptScript(planScript(makePlan(...steps), ENGLISH)));
    Object.assign(machine.environment, { PATH: `${folder}${delimiter}${machine.environment['PATH'] ?? ''}` });
    try {
      return await runScript(stubs, { machine, path, words: ['-Yes'] });
    } finally {
      machine.remove();
    }
  }

  const at = { kind: 'vm', cluster: 'retail-east', address: '127.0.0.1' } as const;
  const last = (): PlanStep => step('last', { command: remote('touch reached'), target: at });
  const isReached = (): boolean => existsSync(join(node().home, 'reached'));

  beforeEach((context) => {
    needPowerShell(context);
  });

  test('is done if the command on the node succeeds, even if the command writes to standard error', async () => {
    const { exitCode } = await run([step('one', { command: remote('echo warned >&2'), target: at }), last()]);
    expect([exitCode, isReached()]).toEqual([0, true]);
  });

  const UNKNOWN = 'The result of this step is not known';

  test.each([
    ['fails if the command fails', () => remote('exit 3'), true, 'Failed: '],
    ['has an unknown end if the connection breaks', () => remote('kill -9 $PPID; sleep 30'), true, UNKNOWN],
    ['has an unknown end if the server is unknown, instead of asking', () => remote('true'), false, UNKNOWN],
  ])('%s, and no step runs after it', async (_, command, isKnown, says) => {
    rmSync(join(node().home, 'reached'), { force: true });
    const { exitCode, output } = await run([step('one', { command: command(), target: at }), last()], { isKnown });
    expect([exitCode, isReached()]).toEqual([1, false]);
    expect(output).toContain(says);
  });
});
