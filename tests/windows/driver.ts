import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createFiles } from '../../core/node/files.ts';
import { nodeIds } from '../../core/node/ids.ts';
import { nodeProcesses } from '../../core/node/processes.ts';
import type { PlanCommand } from '../../core/plan/model/plan.ts';
import type { CommandResult } from '../../core/runs/model/run.ts';
import { WindowsHost } from '../../core/runs/targets/windows-host.ts';

/*
 * Runs a job in Node for Windows: a step of a run on this computer, started as the product starts it, or a program
 * whose output goes to Windows pipes, since some programs cannot write to other pipes. The job is read from one file,
 * and the result is written to another.
 */

export type Job =
  | { kind: 'step'; command: PlanCommand; timeoutMs?: number; cancelOnce?: string }
  | { kind: 'program'; program: string; args: readonly string[]; folder: string };

export type JobEnd = { result?: CommandResult; problem?: string; exitCode?: number | null; output?: string };

const LONG_MS = 600_000;
const LOOK_MS = 100;

async function step({ command, timeoutMs = LONG_MS, cancelOnce }: Extract<Job, { kind: 'step' }>): Promise<JobEnd> {
  const controller = new AbortController();
  const timer = setInterval(() => {
    if (cancelOnce !== undefined && existsSync(cancelOnce)) controller.abort();
  }, LOOK_MS);
  const host = new WindowsHost(
    { processes: nodeProcesses(), files: createFiles(), ids: nodeIds() },
    { folder: '0123456789abcdef' },
  );
  try {
    const running = { timeoutMs, signal: controller.signal, onOutput: () => undefined };
    return { result: await host.run({ command, at: { kind: 'host' } }, running) };
  } catch (error) {
    return { problem: String((error as { code?: unknown }).code ?? error) };
  } finally {
    clearInterval(timer);
  }
}

function program({ program: file, args, folder }: Extract<Job, { kind: 'program' }>): Promise<JobEnd> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: folder, windowsHide: true });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stdin.end();
    child.on('error', (error) => resolve({ problem: error.message }));
    child.on('close', (exitCode) => resolve({ exitCode, output }));
  });
}

async function main([, , from = '', to = '']: readonly string[]): Promise<void> {
  const job = JSON.parse(readFileSync(from, 'utf8')) as Job;
  writeFileSync(to, JSON.stringify(job.kind === 'step' ? await step(job) : await program(job)));
}

void main(process.argv);
