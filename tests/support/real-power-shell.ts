import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { CACHE } from '../../build/paths.mjs';
import { LEAST_POWERSHELL, POWERSHELL, POWERSHELL_ENVIRONMENT } from '../rigs/power-shell.mjs';
import { findTool, isAtLeast } from '../../build/tools.mjs';
import type { HostMachine } from './host-machine.ts';
import type { StubFolders } from './stub-modules.ts';

/*
 * Runs the product's scripts in a real PowerShell with stub modules. Most scripts run in one process, each in a
 * separate runspace; some run in a separate process, as an admin starts them, to show that this makes no difference.
 */

interface Skippable {
  skip: (condition: boolean, note?: string) => void;
}

/**
 * Returns the path of PowerShell. Skips the running test, with the reason, if PowerShell is missing or too old, or if
 * stub programs cannot run.
 */
export function needPowerShell({ skip }: Skippable): string {
  skip(process.platform === 'win32', 'stand-ins of programs are shell scripts');
  const tool = findTool('pwsh');
  skip(tool === undefined, `PowerShell is not here: ${POWERSHELL.whyAbsent()}`);
  const { path, version } = tool ?? { path: 'pwsh', version: '0' };
  skip(!isAtLeast(version, LEAST_POWERSHELL), `pwsh is ${version}; this needs ${LEAST_POWERSHELL}`);
  return path;
}

/** How a script is started: by `powershell.exe -File script.ps1`, or by `& script.ps1` in an open console. */
export type Way = 'file' | 'console';

export interface ScriptStart {
  machine: HostMachine;
  path: string;
  /** Parameters as typed, such as `['-From', 'step-2']`; `code` is PowerShell code, which `-File` cannot pass. */
  words?: readonly (string | { code: string })[];
  /** Typed answers to the questions, in order. Without answers, the script runs as with `-NonInteractive`. */
  answers?: readonly string[];
  way?: Way;
  /** Locale of the host; used only for a separate process. */
  culture?: string | undefined;
  limitMs?: number;
}

export interface ScriptEnd {
  exitCode: number;
  /** All output in order; warnings and errors are marked as such. */
  output: string;
  asked: readonly string[];
  /** Whether the test ended the script because it took too long. */
  isStopped: boolean;
  /** An error that was not caught; otherwise empty. */
  error: string;
  tookMs: number;
}

const LIMIT_MS = 240_000;
const SOURCES = join(import.meta.dirname, 'stubs');

/**
 * A PowerShell process that runs scripts one after another, which saves starting a process for each. Calling with `&`
 * gives a script a separate scope, as in a console; dot-sourcing gives it the global scope, as `-File` does. The output
 * contains the output of a program only if the script passes it on, as our scripts do.
 */
export class ScriptHost {
  readonly #stubs: StubFolders;
  readonly #folder = mkdtempSync(join(tmpdir(), 'arcwarden-batch-'));
  #child: ChildProcessWithoutNullStreams | undefined;
  #printed = '';
  #settle: { resolve: () => void; reject: (error: Error) => void } | undefined;

  constructor(stubs: StubFolders) {
    this.#stubs = stubs;
  }

  /** Runs the scripts in order and returns how each one ended. */
  async run(...starts: readonly ScriptStart[]): Promise<ScriptEnd[]> {
    const ends: ScriptEnd[] = [];
    for (const start of starts) ends.push(await this.#runOne(start));
    return ends;
  }

  async #runOne({ machine, limitMs = LIMIT_MS, answers = [], ...start }: ScriptStart): Promise<ScriptEnd> {
    const { environment, folders } = machine;
    const job = { line: commandLine(start), environment, folder: folders.work, answers, limitMs };
    const child = (this.#child ??= this.#open());
    const results = join(this.#folder, 'results.jsonl');
    writeFileSync(results, '');
    this.#printed = '';
    const done = new Promise<void>((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    child.stdin.write(`${JSON.stringify(job)}\n`);
    await done;
    const [end] = readLines<ScriptEnd>(results);
    if (end === undefined) throw new Error(`no result: ${this.#printed}`);
    // PowerShell colours tables for every host except its own console.
    return { ...end, output: stripVTControlCharacters(end.output) };
  }

  #open(): ChildProcessWithoutNullStreams {
    const hash = createHash('sha256')
      .update(readFileSync(join(SOURCES, 'AnsweringHost.cs')))
      .digest('hex');
    mkdirSync(CACHE, { recursive: true });
    const named = {
      Results: join(this.#folder, 'results.jsonl'),
      ProfilePath: this.#stubs.profile,
      Assembly: join(CACHE, `answering-host-${hash.slice(0, 16)}.dll`),
    };
    const words = Object.entries(named).flatMap(([name, value]) => [`-${name}`, value]);
    const child = spawn(
      findTool('pwsh')?.path ?? 'pwsh',
      ['-NoProfile', '-File', join(SOURCES, 'batch.ps1'), ...words],
      { env: powerShellEnvironment(this.#stubs) },
    );
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#printed += text;
        if (/^done$/mu.test(this.#printed)) this.#settle?.resolve();
      });
    child.on('error', (error) => this.#settle?.reject(error));
    child.on('close', () => this.#settle?.reject(new Error(`PowerShell ended: ${this.#printed}`)));
    return child;
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (child !== undefined && child.exitCode === null) {
      const closed = new Promise((resolve) => child.once('close', resolve));
      child.stdin.end();
      await closed;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function commandLine({ path, words = [], way = 'console' }: Omit<ScriptStart, 'machine'>): string {
  return [way === 'file' ? '.' : '&', quoteText(path), ...words.map(quoteWord)].join(' ');
}

/** Quotes a word, unless it is a parameter name or code that only a console can pass. */
function quoteWord(word: string | { code: string }): string {
  if (typeof word !== 'string') return word.code;
  return /^-[A-Za-z]+(?::\$(?:true|false))?$/u.test(word) ? word : quoteText(word);
}

function quoteText(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/gu, '$&$&')}'`;
}

export async function runScript(stubs: StubFolders, start: ScriptStart): Promise<ScriptEnd> {
  const { machine, path, words = [], answers = [], way = 'file', limitMs = LIMIT_MS, culture } = start;
  const args =
    way === 'file'
      ? ['-File', path, ...words.map((word) => (typeof word === 'string' ? word : word.code))]
      : ['-Command', `${commandLine(start)}; exit $LASTEXITCODE`];
  return powerShell(stubs, ['-NoLogo', ...(answers.length === 0 ? ['-NonInteractive'] : []), ...args], {
    limitMs,
    machine,
    culture,
    input: answers.map((answer) => `${answer}\n`).join(''),
  });
}

/** Runs a command line in a separate process, as `powershell.exe -Command` does. */
export function runCommand(stubs: StubFolders, machine: HostMachine, command: string): Promise<ScriptEnd> {
  return powerShell(stubs, ['-NoLogo', '-NonInteractive', '-Command', command], { limitMs: LIMIT_MS, machine });
}

interface Start {
  limitMs: number;
  culture?: string | undefined;
  machine?: HostMachine;
  input?: string;
}

/** Returns an environment in which PowerShell finds the stubs and writes nothing outside their folder. */
export function powerShellEnvironment({ config, cache, modules }: StubFolders): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...POWERSHELL_ENVIRONMENT,
    XDG_CONFIG_HOME: config,
    XDG_CACHE_HOME: cache,
    XDG_DATA_HOME: cache,
    PSModulePath: modules,
    // Messages are in English, whatever the language of the machine.
    LC_ALL: 'en_US.UTF-8',
    NO_COLOR: '1',
  };
}

function powerShell(stubs: StubFolders, args: readonly string[], start: Start): Promise<ScriptEnd> {
  const { limitMs, machine, culture, input = '' } = start;
  const program = findTool('pwsh')?.path ?? 'pwsh';
  const locale = culture === undefined ? {} : { LC_ALL: culture };
  const env = { ...powerShellEnvironment(stubs), ...machine?.environment, ...locale };
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: machine?.folders.work, env, timeout: limitMs, killSignal: 'SIGKILL' });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', reject);
    // A script may end before it has read all input.
    child.stdin.on('error', () => undefined).end(input);
    child.on('close', (code) =>
      resolve({
        exitCode: code ?? -1,
        output,
        asked: [],
        isStopped: code === null,
        error: '',
        tookMs: performance.now() - begun,
      }),
    );
  });
}

/** Returns the errors that PowerShell's own parser finds in scripts, by path. One process parses all scripts. */
export async function parseErrors(stubs: StubFolders, paths: readonly string[]): Promise<Map<string, string[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'arcwarden-parse-'));
  try {
    const [list, results] = [join(folder, 'paths'), join(folder, 'results.jsonl')];
    writeFileSync(list, paths.join('\n'));
    const script = join(folder, 'parse.ps1');
    writeFileSync(script, PARSE);
    const end = await powerShell(stubs, ['-NoProfile', '-File', script, list, results], { limitMs: 10 * LIMIT_MS });
    const errors = readLines<string[]>(results);
    if (errors.length !== paths.length)
      throw new Error(`${errors.length} of ${paths.length} were parsed: ${end.output}`);
    return new Map(paths.map((path, at) => [path, errors[at] ?? []]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const PARSE = String.raw`param($List, $Results)
$lines = foreach ($path in [System.IO.File]::ReadAllLines($List)) {
  $tokens = $null
  $errors = $null
  [void] [System.Management.Automation.Language.Parser]::ParseFile($path, [ref] $tokens, [ref] $errors)
  ConvertTo-Json -InputObject @($errors | ForEach-Object { [string] $_.Message }) -Compress
}
[System.IO.File]::WriteAllLines($Results, [string[]] @($lines))
`;

function readLines<T>(path: string): T[] {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as T);
  } catch {
    return [];
  }
}

/** The SID of the account that runs a script. */
export const CURRENT_USER = 'S-1-5-21-1-2-3-1001';

/** Options of `adaptScript`. */
interface Adaptation {
  /** The time that the script's clock shows, in seconds since 1970; if absent, the real time. */
  nowSeconds?: number;
}

/**
 * Adapts a script so that PowerShell 7 on other systems can run it. Removes `#Requires -PSEdition Desktop`, which no
 * PowerShell 7 meets, `-RunAsAdministrator`, since tests need not run as root, and `Unblock-File`, since only NTFS
 * marks downloaded files. Replaces the .NET classes for the event log, accounts and the current user, which only
 * Windows has, and on request the clock.
 */
export function adaptScript(script: string, { nowSeconds }: Adaptation = {}): string {
  const runnable = script
    .replaceAll(/^#Requires -(?:PSEdition Desktop|RunAsAdministrator)\r?\n/gmu, '')
    .replaceAll('[System.Diagnostics.EventLog]::SourceExists(', '(Test-EventLogSource -Source ')
    .replaceAll(
      '(New-Object System.Security.Principal.NTAccount $Name).Translate([System.Security.Principal.SecurityIdentifier])',
      '(Resolve-Account -Name $Name)',
    )
    .replaceAll('New-Object System.Security.Principal.SecurityIdentifier $Name', '(Resolve-Account -Name $Name)')
    .replaceAll('[System.Security.Principal.WindowsIdentity]::GetCurrent().User.Value', `'${CURRENT_USER}'`)
    .replaceAll(/^ *Unblock-File .*$/gmu, '');
  if (nowSeconds === undefined) return runnable;
  const clock = '[DateTimeOffset]::UtcNow.ToUnixTimeSeconds()';
  if (!runnable.includes(clock)) throw new Error('the script reads its clock in another way');
  return runnable.replaceAll(clock, String(nowSeconds));
}
