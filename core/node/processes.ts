import { closeSync, existsSync, openSync } from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { ConsoleError } from '../shared/problem.ts';
import type {
  ProgramEnd,
  ProgramResult,
  ProgramRun,
  ProgramStream,
  Processes,
  StartedProcess,
} from '../shared/ports.ts';
import { FILE_MODE } from './durable-replace.ts';
import { isStillAlive, identifyProcess } from './process-identity.ts';
import { childEnvironment, locateProgram, systemFolder, type OwnVariables } from './programs.ts';
import { systemCode } from './system-error.ts';

const DEFAULT_LIMIT_BYTES = 1024 * 1024;
/** Time limit for reading the remaining output after a program has ended. */
const DRAIN_MS = 1_000;
/** Time limit for Windows to end a program and its descendants. */
const TREE_KILL_MS = 2_000;
/** Node fires longer timers immediately. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const MISSING_CODES = ['ENOENT', 'ENOTDIR'];
/** Time between two checks of whether a process has ended. */
const LOOK_MS = 50;
/** Time limit for the system to remove a process that was ended. */
const GONE_MS = 5_000;

interface Computer {
  platform: string;
  locate: (program: string) => string | undefined;
  folder: string;
}

/** The command that starts the command line of this program. */
interface OwnProgram {
  program: string;
  args: readonly string[];
}

/** Starts the command line of this program, and returns its process number. */
export type Launch = (words: readonly string[], logPath: string) => Promise<number>;

interface Given extends Partial<Computer> {
  /** Has the variables taken out of `process.env`. */
  own?: OwnVariables;
  self?: OwnProgram;
  /** Replaces `self`, for a program that cannot start itself as a command line. */
  launch?: Launch;
}

/** Tests can simulate another computer. */
export function nodeProcesses(given: Given = {}): Processes {
  const { platform = process.platform, own } = given;
  const { self = { program: process.execPath, args: process.argv.slice(1, 2) } } = given;
  const environment = (name: string): string | undefined => process.env[name] || own?.lookUp(name) || undefined;
  const locate = given.locate ?? ((program) => locateProgram(program, { platform, environment }));
  const computer = { platform, environment, locate, folder: given.folder ?? systemFolder({ platform, environment }) };
  return {
    platform,
    environment,
    locate,
    run: (call) => run(computer, call),
    stream: (call) => stream(computer, call),
    isAlive: isStillAlive,
    launchSelf: async (words, logPath) =>
      identifyProcess(await (given.launch ?? launchDetached.bind(undefined, self))(words, logPath)),
    end: endProcess,
  };
}

async function launchDetached({ program, args }: OwnProgram, ...[words, logPath]: Parameters<Launch>): Promise<number> {
  const log = openSync(logPath, 'a', FILE_MODE);
  try {
    const child = spawn(program, [...args, ...words], {
      stdio: ['ignore', log, log],
      env: childEnvironment(process.env),
      detached: true,
      windowsHide: true,
    });
    // A failure to start has no process number and is reported below.
    child.on('error', () => undefined);
    child.unref();
    if (child.pid === undefined) throw new ConsoleError('program.not-started', { program, reason: 'ENOENT' });
    return child.pid;
  } finally {
    closeSync(log);
  }
}

async function endProcess(started: StartedProcess, withinMs: number): Promise<void> {
  const signal = (name: 'SIGTERM' | 'SIGKILL'): void => {
    try {
      if (isStillAlive(started)) process.kill(started.pid, name);
    } catch {
      // The process has ended in the meantime.
    }
  };
  const isGone = async (limitMs: number): Promise<boolean> => {
    for (const until = performance.now() + limitMs; performance.now() < until; await pause(LOOK_MS))
      if (!isStillAlive(started)) return true;
    return !isStillAlive(started);
  };
  signal('SIGTERM');
  if (await isGone(withinMs)) return;
  signal('SIGKILL');
  await isGone(GONE_MS);
}

function run(
  computer: Computer,
  { program, args, input, timeoutMs, limitBytes = DEFAULT_LIMIT_BYTES }: ProgramRun,
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = start(computer, { program, args, input });
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
    child.on('error', (cause) => {
      clearTimeout(timer);
      reject(startFailure(child.spawnfile, cause));
    });
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      if (failure === undefined) resolve({ exitCode, out: out.text(), error: error.text() });
      else reject(failure);
    });
  });
}

function stream(
  computer: Computer,
  { program, args, input, folder, timeoutMs, signal, onStart, onOutput }: ProgramStream,
): Promise<ProgramEnd> {
  const begun = performance.now();
  const tookMs = (): number => Math.round(performance.now() - begun);
  if (signal?.aborted === true) return Promise.resolve({ exitCode: null, ended: 'cancelled', tookMs: 0 });
  return new Promise((resolve, reject) => {
    // Its own process group allows ending the program together with its descendants.
    const child = start(computer, { program, args, input, folder, detached: computer.platform !== 'win32' });
    if (child.pid !== undefined) onStart?.(identifyProcess(child.pid));
    let ended: ProgramEnd['ended'] = 'itself';
    const end = (reason: 'timed-out' | 'cancelled'): void => {
      if (ended === 'itself') ended = reason;
      // Repeated on every call, since an earlier attempt may have failed.
      endTree(computer, child);
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
    child.on('error', (cause) => {
      // The program has started; only ending it failed.
      if (child.pid !== undefined) return;
      settle();
      reject(startFailure(child.spawnfile, cause));
    });
    child.on('close', (exitCode) => {
      settle();
      resolve({ exitCode: ended === 'itself' ? exitCode : null, ended, tookMs: tookMs() });
    });
  });
}

/**
 * Starts a program. Throws `program.not-found` or `program.not-started`. Failures that the system reports later arrive
 * as an `error` event.
 */
function start(
  { folder: usual, locate }: Computer,
  {
    program,
    args,
    input,
    folder = usual,
    detached,
  }: Pick<ProgramStream, 'program' | 'args' | 'input' | 'folder'> & { detached?: boolean },
) {
  const path = locate(program);
  if (path === undefined) throw new ConsoleError('program.not-found', { program });
  try {
    const child = spawn(path, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      cwd: folder,
      env: childEnvironment(process.env),
      shell: false,
      windowsHide: true,
      detached,
    });
    // A program may end without reading its input, which is not an error.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    // A grandchild that inherited the outputs would keep them open and delay `close` until it ends.
    child.on('exit', () => {
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, DRAIN_MS).unref();
    });
    return child;
  } catch (cause) {
    // Windows reports a damaged or blocked program immediately.
    throw startFailure(path, cause);
  }
}

function endTree(computer: Computer, child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (computer.platform === 'win32') return endWindowsTree(computer, child, pid);
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The process group is already gone or was never created.
    child.kill('SIGKILL');
  }
}

/** Ends a program and its descendants; if taskkill fails or takes too long, only the program itself. */
function endWindowsTree(computer: Computer, child: ChildProcess, pid: number): void {
  const endAlone = (): unknown => child.kill('SIGKILL');
  try {
    const killer = start(computer, { program: 'taskkill.exe', args: ['/pid', String(pid), '/t', '/f'] });
    const timer = setTimeout(() => {
      killer.kill('SIGKILL');
      endAlone();
    }, TREE_KILL_MS);
    killer.stdout.resume();
    killer.stderr.resume();
    killer.on('error', () => {
      clearTimeout(timer);
      endAlone();
    });
    killer.on('exit', (code) => {
      clearTimeout(timer);
      if (code !== 0) endAlone();
    });
  } catch {
    endAlone();
  }
}

function startFailure(program: string, cause: unknown): ConsoleError {
  const reason = systemCode(cause);
  // If the program exists, the code refers to a missing interpreter or library.
  return MISSING_CODES.includes(reason) && !existsSync(program)
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
