import { spawn, type ChildProcess } from 'node:child_process';
import { ConsoleError } from '../shared/problem.ts';
import type { ProgramEnd, ProgramResult, ProgramRun, ProgramStream, Processes } from '../shared/ports.ts';
import { isStillAlive, startedProcess } from './process-identity.ts';
import { systemCode } from './system-error.ts';

const DEFAULT_LIMIT_BYTES = 1024 * 1024;
/** Time to read what an ended program has written. */
const DRAIN_MS = 1_000;
/** Node treats a longer timeout as none. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const MISSING_CODES = ['ENOENT', 'ENOTDIR'];

/** Programs of this computer. */
export function nodeProcesses(): Processes {
  return {
    platform: process.platform,
    environment: (name) => process.env[name] || undefined,
    run,
    stream,
    isAlive: isStillAlive,
  };
}

function run({
  program,
  args,
  input = '',
  timeoutMs,
  limitBytes = DEFAULT_LIMIT_BYTES,
}: ProgramRun): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], shell: false, windowsHide: true });
    const out = new BoundedText(limitBytes);
    const error = new BoundedText(limitBytes);
    let failure: ConsoleError | undefined;
    const end = (reason: ConsoleError): void => {
      failure ??= reason;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => {
      end(new ConsoleError('program.timed-out', { program, seconds: timeoutMs / 1_000 }));
    }, timeoutMs);
    const collect = (text: BoundedText) => (chunk: Uint8Array) => {
      if (!text.take(chunk)) end(new ConsoleError('program.too-talkative', { program, limit: limitBytes }));
    };
    child.stdout.on('data', collect(out));
    child.stderr.on('data', collect(error));
    // Fails when a program ends without reading its input; only how it ends matters.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', (cause) => {
      clearTimeout(timer);
      reject(startFailure(program, cause));
    });
    // A grandchild that inherited the outputs would keep them open, and delay `close`, for as long as it lives.
    child.on('exit', () => {
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, DRAIN_MS).unref();
    });
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      if (failure === undefined) resolve({ exitCode, out: out.text(), error: error.text() });
      else reject(failure);
    });
  });
}

function stream({
  program,
  args,
  input = '',
  timeoutMs,
  signal,
  onStart,
  onOutput,
}: ProgramStream): Promise<ProgramEnd> {
  const begun = performance.now();
  const tookMs = (): number => Math.round(performance.now() - begun);
  if (signal?.aborted === true) return Promise.resolve({ exitCode: null, ended: 'cancelled', tookMs: 0 });
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      shell: false,
      windowsHide: true,
      // A process group of its own, so that everything it starts can be ended with it.
      detached: process.platform !== 'win32',
    });
    if (child.pid !== undefined) onStart?.(startedProcess(child.pid));
    let ended: ProgramEnd['ended'] = 'itself';
    const end = (reason: 'timed-out' | 'cancelled'): void => {
      if (ended !== 'itself') return;
      ended = reason;
      endTree(child);
    };
    const cancel = (): void => end('cancelled');
    const timer = setTimeout(() => end('timed-out'), Math.min(timeoutMs, LONGEST_TIMER_MS));
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    };
    signal?.addEventListener('abort', cancel);
    child.stdout.on('data', (chunk: Uint8Array) => onOutput(chunk, 'out'));
    child.stderr.on('data', (chunk: Uint8Array) => onOutput(chunk, 'error'));
    // Fails when a program ends without reading its input; only how it ends matters.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', (cause) => {
      settle();
      reject(startFailure(program, cause));
    });
    child.on('exit', () => {
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, DRAIN_MS).unref();
    });
    child.on('close', (exitCode) => {
      settle();
      resolve({ exitCode: ended === 'itself' ? exitCode : null, ended, tookMs: tookMs() });
    });
  });
}

/** Ends a program together with everything it has started. */
function endTree(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    const killer = spawn('taskkill.exe', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
    killer.on('error', () => child.kill('SIGKILL'));
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Its process group is already gone, or was never created.
    child.kill('SIGKILL');
  }
}

function startFailure(program: string, cause: Error): ConsoleError {
  const reason = systemCode(cause);
  return MISSING_CODES.includes(reason)
    ? new ConsoleError('program.not-found', { program }, { cause })
    : new ConsoleError('program.not-started', { program, reason }, { cause });
}

class BoundedText {
  readonly #limit: number;
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** False when the output would become too long. */
  take(chunk: Uint8Array): boolean {
    this.#length += chunk.length;
    if (this.#length > this.#limit) return false;
    this.#chunks.push(chunk);
    return true;
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}
