import { spawn, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import { ROOT } from '../../build/paths.mjs';
import { POWERSHELL_ENVIRONMENT } from '../rigs/power-shell.mjs';
import { WINDOWS_NODE, WINDOWS_POWERSHELL } from '../rigs/windows-programs.mjs';
import { WINE, WinePrefix } from '../rigs/wine.mjs';
import { callsIn, faultLines, MODES, type Fault, type StubCall } from '../support/host-machine.ts';
import { writeStubs } from '../support/stub-modules.ts';
import type { Job, JobEnd } from './driver.ts';

interface Skippable {
  skip: (condition: boolean, note?: string) => void;
}

/** Skips the running test, with the reason, if no Windows program can run. */
export function needWindows({ skip }: Skippable): void {
  skip(WINE.find() === undefined, `Wine is not here: ${WINE.whyAbsent()}`);
}

/** Skips the running test, with the reason, if Wine or Node for Windows is missing. */
export function needNode(context: Skippable): void {
  needWindows(context);
  context.skip(WINDOWS_NODE.find() === undefined, `Node for Windows is not here: ${WINDOWS_NODE.whyAbsent()}`);
}

/** Skips the running test, with the reason, if Wine, or Node or PowerShell for Windows, is missing. */
export function needPowerShell(context: Skippable): void {
  needNode(context);
  const isMissing = WINDOWS_POWERSHELL.find() === undefined;
  context.skip(isMissing, `PowerShell for Windows is not here: ${WINDOWS_POWERSHELL.whyAbsent()}`);
}

export interface ProgramEnd {
  exitCode: number | null;
  /** Standard output and standard error in their order of arrival. */
  output: string;
}

export interface Start {
  /** A folder below `C:\`, or an absolute path on the host system. */
  folder?: string;
  environment?: Readonly<Record<string, string>>;
  limitMs?: number;
}

export const ARCWARDEN = String.raw`C:\Program Files\Arcwarden\arcwarden.cjs`;
export const NODE = String.raw`C:\Program Files\nodejs\node.exe`;
const POWERSHELL_HOME = 'windows/system32/WindowsPowerShell/v1.0';
export const POWERSHELL = String.raw`C:\windows\system32\WindowsPowerShell\v1.0\powershell.exe`;
const MODULES = 'Program Files/PowerShell/Modules';
const STUBS = 'stubs';
const LIMIT_MS = 1_200_000;
/**
 * Arguments for a Node program that only waits. Without such a program, Wine would end its desktop and its services
 * with the last program.
 */
const WAITING = ['-e', 'setInterval(() => undefined, 60_000)'];

/** Environment variables without which .NET programs fail in Wine with a memory error. */
const DOTNET = {
  DOTNET_EnableWriteXorExecute: '0',
  DOTNET_gcConcurrent: '0',
  NO_COLOR: '1',
  ...POWERSHELL_ENVIRONMENT,
};

/** A Windows computer, as far as Wine provides it, with Node, PowerShell and the command line. */
export class WindowsComputer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'arcwarden-windows-'));
  readonly prefix = WinePrefix.create(join(this.#folder, 'prefix'));
  #waiting: ChildProcess | undefined;

  async prepare(): Promise<void> {
    const [node] = WINDOWS_NODE.find() ?? [];
    if (node !== undefined) cpSync(node, this.path('Program Files/nodejs'), { recursive: true });
    const powerShell = WINDOWS_POWERSHELL.find();
    if (powerShell !== undefined) {
      rmSync(this.path(POWERSHELL_HOME), { recursive: true, force: true });
      cpSync(powerShell, this.path(POWERSHELL_HOME), { recursive: true });
    }
    if (node === undefined) return;
    this.#waiting = this.start(NODE, WAITING, 'ignore');
    if (powerShell === undefined) return;
    // The first program that opens a window starts the desktop, which keeps the output of that program open. Waiting
    // for the end of a pipe would therefore take forever.
    await this.run(POWERSHELL, ['-NoProfile', '-NonInteractive', '-Command', 'exit']);
  }

  /** Returns the path on the host system of a file on drive C:. */
  path(name: string): string {
    return join(this.prefix.drive, name);
  }

  /** Writes a file on drive C: and returns its Windows path. */
  put(name: string, content: string | Uint8Array): string {
    const path = this.path(name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
    return this.prefix.windowsPath(path);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  has(name: string): boolean {
    return existsSync(this.path(name));
  }

  forget(name: string): void {
    rmSync(this.path(name), { recursive: true, force: true });
  }

  /**
   * Runs a program and writes its output to a file, since some Windows programs cannot write to a pipe of the host
   * system.
   */
  async run(program: string, args: readonly string[], start: Start = {}): Promise<ProgramEnd> {
    const file = join(this.#folder, `output-${process.hrtime.bigint()}`);
    const descriptor = openSync(file, 'w');
    const child = this.start(program, args, descriptor, start);
    const timer = setTimeout(() => child.kill('SIGKILL'), start.limitMs ?? LIMIT_MS);
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', resolve);
    });
    clearTimeout(timer);
    closeSync(descriptor);
    return { exitCode, output: readFileSync(file, 'utf8').replaceAll(/^wine: .*\r?\n/gmu, '') };
  }

  start(program: string, args: readonly string[], output: number | 'ignore', start: Start = {}): ChildProcess {
    const command = this.prefix.command(program, args, { ...DOTNET, ...start.environment });
    return spawn(command.program, command.args, {
      cwd: resolve(this.prefix.drive, start.folder ?? '.'),
      env: command.env,
      stdio: ['ignore', output, output],
    });
  }

  arcwarden(words: readonly string[], start?: Start): Promise<ProgramEnd> {
    return this.run(NODE, [ARCWARDEN, ...words], start);
  }

  /** Installs the command line as in a release. The command line must be built before the tests. */
  putArcwarden(): this {
    for (const name of ['arcwarden.cjs', 'arcwarden'])
      cpSync(join(ROOT, 'out', name), this.path(`Program Files/Arcwarden/${name}`), { recursive: true });
    return this;
  }

  /** Puts the stub modules into a folder where every PowerShell of this computer finds them. */
  putStubs(): this {
    const work = join(this.#folder, 'stubs');
    const { modules } = writeStubs(work, { certificatesAsk: false });
    for (const name of ['AksHci', 'Moc', 'Kva']) {
      cpSync(join(modules, name), this.path(`${MODULES}/${name}`), { recursive: true });
      const file = `${MODULES}/${name}/${name}.psm1`;
      // The product does not pass variables named after itself to other programs.
      const own = `$env:ARCWARDEN_STUBS = 'C:\\${STUBS}'\n${this.read(file)}`;
      this.put(file, own.replace('& /bin/sh -c', '& $env:ComSpec /c'));
    }
    this.put(`${STUBS}/modes.json`, JSON.stringify(MODES));
    return this.suffer();
  }

  /** Sets the faults that stubs cause from now on, and discards the record of earlier calls. */
  suffer(...faults: readonly Fault[]): this {
    this.put(`${STUBS}/faults.txt`, faultLines(faults));
    this.forget(`${STUBS}/calls.jsonl`);
    return this;
  }

  calls(): StubCall[] {
    return callsIn(this.path(`${STUBS}/calls.jsonl`));
  }

  setPolicy(policy: 'Restricted' | 'RemoteSigned' | 'AllSigned'): this {
    this.put(`${POWERSHELL_HOME}/powershell.config.json`, `{"Microsoft.PowerShell:ExecutionPolicy":"${policy}"}`);
    return this;
  }

  /** Runs a job in Node for Windows that is not a command of the product, and returns its result. */
  async drive(job: Job, start?: Start): Promise<JobEnd> {
    const driver = this.path('driver/driver.cjs');
    buildSync({
      entryPoints: [join(import.meta.dirname, 'driver.ts')],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node18',
      outfile: driver,
      mainFields: ['module', 'main'],
      loader: { '.ps1': 'text' },
      logLevel: 'error',
    });
    const [jobs, ends] = ['driver/job.json', 'driver/end.json'];
    this.put(jobs, JSON.stringify(job));
    this.forget(ends);
    const words = [driver, this.path(jobs), this.path(ends)].map((each) => this.prefix.windowsPath(each));
    const { exitCode, output } = await this.run(NODE, words, start);
    if (!this.has(ends)) throw new Error(`the driver ended with ${exitCode ?? 'a signal'} and no result: ${output}`);
    return JSON.parse(this.read(ends)) as JobEnd;
  }

  async remove(): Promise<void> {
    await this.prefix.close();
    this.#waiting?.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Provides a computer to the tests of a file. Creates none if Wine is missing; the tests are then skipped. */
export function useComputer(furnish: (computer: WindowsComputer) => void = () => undefined): () => WindowsComputer {
  let computer: WindowsComputer | undefined;
  beforeAll(async () => {
    if (WINE.find() === undefined) return;
    computer = new WindowsComputer();
    await computer.prepare();
    furnish(computer);
  }, LIMIT_MS);
  afterAll(() => computer?.remove());
  return () => {
    if (computer === undefined) throw new Error('there is no Windows here');
    return computer;
  };
}
