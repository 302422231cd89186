import type { PlanCommand, PlanStep } from '../../plan/model/plan.ts';
import type { CommandEnd, CommandResult } from '../model/run.ts';
import { documentText } from '../../formats/text/power-shell-file.ts';
import type { Ports, ProgramStream } from '../../shared/ports.ts';
import { knownErrorsIn, OutputKeeper } from '../output.ts';
import { blockLines, listBlocks, COMMAND_CODE, scriptCommand } from '../../plan/export/power-shell-command.ts';
import type { RunningCommand, StepRunner, TargetCommand } from '../target.ts';

/** The system's own, whatever the console's working folder and path. */
const POWER_SHELL = 'powershell.exe';
/**
 * Reads the whole script: with `-Command -` Windows PowerShell takes input line by line, as if somebody typed it. The
 * same for every command; no value is ever on a command line. Source: about_PowerShell_exe.
 */
const READ_SCRIPT = '& ([ScriptBlock]::Create([Console]::In.ReadToEnd()))';
/** The exit code of ssh when there is no connection, also used by the script below. Source: ssh(1), EXIT STATUS. */
const LOST_EXIT_CODE = 255;
/** Run directly, with their arguments one by one. */
const OWN_PROGRAMS = ['ssh', 'scp', 'kubectl'];

/**
 * A host with Windows PowerShell 5.1: this computer, or another one by remoting. Cmdlets are run by a script that is
 * the same for all of them; it receives names and paths in a JSON document.
 */
export class WindowsHost implements StepRunner {
  readonly #ports: Pick<Ports, 'processes'>;
  readonly #computer: string | undefined;

  /** `computer`: the name of another one; absent: this one. */
  constructor(ports: Pick<Ports, 'processes'>, computer?: string) {
    this.#ports = ports;
    this.#computer = computer;
  }

  describe(): string {
    return this.#computer ?? 'local';
  }

  /**
   * Machines behind a host are reached by ssh from it. What has to be done on several machines is done by hand: their
   * number and addresses are unknown here.
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

  async run({ command, at }: TargetCommand, { timeoutMs, signal, onOutput }: RunningCommand): Promise<CommandResult> {
    const isHere = this.#computer === undefined || at.kind === 'workstation';
    const call = isHere ? (ownCall(command) ?? scriptCall(command)) : undefined;
    const keeper = new OutputKeeper(onOutput);
    const { exitCode, ended, tookMs } = await this.#ports.processes.stream({
      ...(call ?? scriptCall(command, this.#computer)),
      timeoutMs,
      ...(signal !== undefined && { signal }),
      onOutput: (chunk, from) => keeper.take(chunk, from),
    });
    const output = keeper.end();
    const isLost = exitCode === LOST_EXIT_CODE && (!isHere || findProgram(command) !== 'kubectl');
    const end: CommandEnd = ended === 'itself' && isLost ? 'lost' : ended;
    return { ended: end, exitCode, tookMs, output, knownErrors: knownErrorsIn(output) };
  }
}

type Call = Pick<ProgramStream, 'program' | 'args' | 'input'>;

function findProgram(command: PlanCommand): string | undefined {
  return command.kind === 'program' ? command.program.replace(/\.exe$/iu, '') : undefined;
}

/** Whether it goes to another machine by itself. */
function isRemote(command: PlanCommand): boolean {
  if (command.kind === 'script') return /^(?:ssh|scp) /u.test(command.script);
  return ['ssh', 'scp'].includes(findProgram(command) ?? '');
}

/** A command that redirects its output to a file is left to the script, which knows the folders of its host. */
function ownCall(command: PlanCommand): Call | undefined {
  if (command.kind !== 'program' || command.outFile !== undefined) return undefined;
  if (!OWN_PROGRAMS.includes(findProgram(command) ?? '')) return undefined;
  return {
    program: command.program,
    args: command.args.map((word) => ('literal' in word ? word.literal : (word.value ?? ''))),
  };
}

function scriptCall(command: PlanCommand, computer?: string): Call {
  return {
    program: POWER_SHELL,
    args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', READ_SCRIPT],
    input: commandScript(command, computer),
  };
}

/** In the transcript, the same in every language: the script's own messages. */
const TEXTS = { 'no-program': 'arcwarden: no program {0}', 'exit-code': 'arcwarden: exit code {0}' };

/** One command for Windows PowerShell, on this computer or another one. Only ASCII, so that no code page matters. */
export function commandScript(command: PlanCommand, computer?: string): string {
  const blocks = listBlocks([command]);
  const document = { computer: computer ?? null, texts: TEXTS, command: scriptCommand(command, blocks) };
  return CODE.replace('#COMMANDS#', () => COMMAND_CODE)
    .replace('#BLOCKS#', () => blockLines(blocks))
    .replace('#DATA#', () => documentText(document))
    .trimStart();
}

const CODE = String.raw`
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
$Document = @'
#DATA#
'@
$Work = {
  param([string] $Document)
  Set-StrictMode -Version 2.0
  $ErrorActionPreference = 'Stop'
  $ProgressPreference = 'SilentlyContinue'
  $ConfirmPreference = 'None'
  $Plan = $Document | ConvertFrom-Json
  $Value = @{}
  $Blocks = @{
#BLOCKS#
  }
#COMMANDS#
  Invoke-PlanCommand $Plan.command
}
$computer = ($Document | ConvertFrom-Json).computer
try {
  if ($null -eq $computer) { & $Work $Document }
  else { Invoke-Command -ComputerName $computer -ScriptBlock $Work -ArgumentList $Document }
  exit 0
} catch [System.Management.Automation.Remoting.PSRemotingTransportException] {
  [Console]::Error.WriteLine([string] $_)
  exit 255
} catch {
  [Console]::Error.WriteLine(($_ | Out-String))
  exit 1
}
`;
