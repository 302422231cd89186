import type { PlanCommand, PlanStep } from '../../plan/model/plan.ts';
import type { CommandEnd, CommandResult } from '../model/run.ts';
import type { Ports, ProgramStream } from '../../shared/ports.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { EndMark } from '../end-mark.ts';
import { findKnownErrors, OutputKeeper } from '../output.ts';
import { fillScript, type COMMAND_TEXTS } from '../../plan/export/power-shell.ts';
import { listBlocks, scriptCommand } from '../../plan/export/power-shell-command.ts';
import type { ProgramPlace } from '../model/view.ts';
import type { RunningCommand, StepRunner, TargetCommand } from '../target.ts';
import code from './run-command.ps1';

const POWER_SHELL = 'powershell.exe';
/**
 * Reads the whole script, because `-Command -` would read it line by line like typed input. Values are never on the
 * command line. Source: about_PowerShell_exe.
 */
const READ_SCRIPT = '& ([ScriptBlock]::Create([Console]::In.ReadToEnd()))';
/** Scripts cannot be read in the language mode that WDAC and AppLocker set. Source: about_Language_Modes. */
const LANGUAGE_EXIT_CODE = 94;
const LANGUAGE_TEXT =
  'arcwarden: a policy (WDAC or AppLocker) restricts Windows PowerShell to another language mode ({0}) here, in which neither this script nor the modules of AKS run; about_Language_Modes';
const READ_IN_FULL_LANGUAGE = `$m = $ExecutionContext.SessionState.LanguageMode; if ($m -ne 'FullLanguage') { '${LANGUAGE_TEXT}' -f $m; exit ${LANGUAGE_EXIT_CODE} }; ${READ_SCRIPT}`;
/** Exit code of ssh without a connection; `run-command.ps1` uses it too. Source: ssh(1), EXIT STATUS. */
const LOST_EXIT_CODE = 255;
/** Exit code of `run-command.ps1` if the command reached its end and wrote errors. */
const ERRORS_EXIT_CODE = 3;
/** Exit code of `run-command.ps1` if the command or its module is missing or blocked. */
const NOT_BEGUN_EXIT_CODE = 4;
const OWN_PROGRAMS = ['ssh', 'scp', 'kubectl'];

/**
 * A host with Windows PowerShell 5.1: this computer, or another one through remoting. The same script runs every
 * cmdlet; names and paths are in its JSON document.
 */
export class WindowsHost implements StepRunner {
  readonly #ports: HostPorts;
  readonly #computer: string | undefined;
  readonly #folder: string;
  /** Paths by name, looked up once, so that a run starts the same programs that it showed before. */
  readonly #places = new Map<string, string | undefined>();

  /**
   * `computer`: name of another computer. `folder`: folder of this run below the account's local data, for files
   * without a path.
   */
  constructor(ports: HostPorts, { computer, folder }: { computer?: string; folder: string }) {
    this.#ports = ports;
    this.#computer = computer;
    this.#folder = folder;
  }

  /**
   * Returns whether the step can run here. Machines behind a host are reached over SSH. Steps on several machines need
   * a person, because the addresses are unknown.
   */
  canRun({ command, target }: PlanStep): boolean {
    if (command === undefined) return false;
    switch (target.kind) {
      case 'host':
        return true;
      case 'vm':
      case 'control-plane':
        return isRemote(command);
      case 'workstation':
        return findProgram(command) !== undefined;
      case 'every-host':
      case 'every-control-plane':
      case 'every-worker':
        return false;
    }
  }

  programs(steps: readonly PlanStep[]): ProgramPlace[] {
    const users = new Map<string, Set<string>>();
    for (const { id, target, command } of this.#commands(steps)) {
      const program = this.#ownCall(command, target)?.program ?? POWER_SHELL;
      users.set(program, (users.get(program) ?? new Set()).add(id));
    }
    return [...users].map(([program, ids]) => ({ program, path: this.#locate(program), steps: [...ids] }));
  }

  async prepare(steps: readonly PlanStep[]): Promise<void> {
    for (const { command } of this.#commands(steps)) await this.#workFolder(command);
  }

  async run({ command, at }: TargetCommand, { timeoutMs, signal, onOutput }: RunningCommand): Promise<CommandResult> {
    const keeper = new OutputKeeper(onOutput);
    const mark = new EndMark(this.#ports.ids);
    const { program, ...call } = this.#ownCall(command, at) ?? this.#scriptCall(command, at, mark);
    const path = this.#locate(program);
    if (path === undefined) throw new ConsoleError('program.not-found', { program });
    const { exitCode, ended, tookMs } = await this.#ports.processes.stream({
      ...call,
      program: path,
      folder: await this.#workFolder(command),
      timeoutMs,
      signal,
      onOutput: (chunk, from) => keeper.take(from === 'out' ? mark.removeMark(chunk) : chunk, from),
    });
    keeper.take(mark.rest(), 'out');
    const output = keeper.end();
    return {
      ended: ended === 'itself' ? classifyEnd(exitCode, { command, isSeen: mark.isSeen }) : ended,
      exitCode,
      tookMs,
      output,
      knownErrors: findKnownErrors(output),
    };
  }

  #commands(steps: readonly PlanStep[]): { id: string; target: PlanStep['target']; command: PlanCommand }[] {
    return steps
      .filter((step) => this.canRun(step))
      .flatMap(({ id, target, command, check }) =>
        [command ?? [], check?.command ?? []].flat().map((each) => ({ id, target, command: each })),
      );
  }

  /** Returns the call of a local program that needs no script; otherwise `undefined`. */
  #ownCall(command: PlanCommand, at: PlanStep['target']): Call | undefined {
    return this.#computer === undefined || at.kind === 'workstation' ? ownCall(command) : undefined;
  }

  #scriptCall(command: PlanCommand, at: PlanStep['target'], mark: EndMark): Call {
    const computer = at.kind === 'workstation' ? undefined : this.#computer;
    return {
      program: POWER_SHELL,
      args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', READ_IN_FULL_LANGUAGE],
      input: commandScript(command, { computer, folder: this.#folder, end: mark.parts }),
    };
  }

  #locate(program: string): string | undefined {
    if (!this.#places.has(program)) this.#places.set(program, this.#ports.processes.locate(program));
    return this.#places.get(program);
  }

  /** Returns the folder for files without a path. A script changes to the folder itself. */
  async #workFolder(command: PlanCommand): Promise<string | undefined> {
    const { files, processes } = this.#ports;
    const data = processes.environment('LOCALAPPDATA');
    if (processes.platform !== 'win32' || data === undefined || ownCall(command) === undefined) return undefined;
    const folder = files.join(data, 'Arcwarden', 'work', this.#folder);
    await files.createFolder(folder);
    return folder;
  }
}

type HostPorts = Pick<Ports, 'processes' | 'files' | 'ids'>;
type Call = Pick<ProgramStream, 'program' | 'args' | 'input'>;

/** Derives from the exit code how a command ended. */
function classifyEnd(
  exitCode: number | null,
  { command, isSeen }: { command: PlanCommand; isSeen: boolean },
): CommandEnd {
  if (exitCode === LOST_EXIT_CODE && findProgram(command) !== 'kubectl') return 'lost';
  // The exit codes below belong to the script; other programs may use them with another meaning.
  if (ownCall(command) !== undefined) return 'itself';
  // The code comes from an `exit` in the command, or from a killed program.
  if (!isSeen) return exitCode === LANGUAGE_EXIT_CODE ? 'not-started' : 'unseen';
  if (exitCode === ERRORS_EXIT_CODE) return 'with-errors';
  return exitCode === NOT_BEGUN_EXIT_CODE ? 'not-started' : 'itself';
}

function findProgram(command: PlanCommand): string | undefined {
  return command.kind === 'program' ? command.program.replace(/\.exe$/iu, '') : undefined;
}

function isRemote(command: PlanCommand): boolean {
  if (command.kind === 'script') return /^(?:ssh|scp) /u.test(command.script);
  return ['ssh', 'scp'].includes(findProgram(command) ?? '');
}

/**
 * Returns `undefined` for a command that writes its output to a file, because only a script knows the folders of its
 * host.
 */
function ownCall(command: PlanCommand): Call | undefined {
  if (command.kind !== 'program' || command.outFile !== undefined) return undefined;
  if (!OWN_PROGRAMS.includes(findProgram(command) ?? '')) return undefined;
  // The console is hidden, so questions about a host key or a passphrase would stay unanswered.
  const quiet = ['ssh', 'scp'].includes(findProgram(command) ?? '') ? ['-o', 'BatchMode=yes'] : [];
  return {
    program: command.program,
    args: [...quiet, ...command.args.map((word) => ('literal' in word ? word.literal : (word.value ?? '')))],
  };
}

interface ScriptPlace {
  computer: string | undefined;
  folder: string;
  end: readonly string[];
}

/** The same in all languages. */
const TEXTS = {
  'no-program': 'arcwarden: no program {0}',
  'exit-code': 'arcwarden: exit code {0}',
  lost: 'arcwarden: connection lost, or not made; ssh asks nothing here: connect once by hand to accept the host key',
  'no-cmdlet':
    'arcwarden: no cmdlet {0}; the modules AksHci, Moc and Kva are not installed here (Get-Module -ListAvailable)',
  'blocked-module':
    'arcwarden: the execution policy keeps the module {0} from loading ({1}; Undefined in every scope means Restricted); about_Execution_Policies',
  'language-mode': LANGUAGE_TEXT,
} satisfies Record<keyof typeof COMMAND_TEXTS | 'language-mode', string>;

/**
 * Returns a script that runs one command, here or on another computer. The script is ASCII, so that the code page does
 * not matter.
 */
export function commandScript(command: PlanCommand, { computer, folder, end }: ScriptPlace): string {
  const blocks = listBlocks([command]);
  const document = { computer: computer ?? null, folder, end, texts: TEXTS, command: scriptCommand(command, blocks) };
  return fillScript({ code, document, blocks });
}
