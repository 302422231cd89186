import { documentText } from '../../formats/text/power-shell-file.ts';
import type { MessageKey, Translate } from '../../shared/text/text.ts';
import { commandText, type CommandWord, type Plan, type PlanCommand } from '../model/plan.ts';
import { STATE_CODE } from './power-shell-state.ts';
import { TRUST_CODE } from './power-shell-trust.ts';

/*
 * Commands of a plan for Windows PowerShell 5.1: the code that runs them is the same for every plan; the commands
 * themselves are part of a JSON document. Exported scripts and runs share it.
 */

/** A word of a command. One of the two is `null`. */
export interface ScriptWord {
  text: string | null;
  /** Name of the value that whoever runs the script supplies. */
  open: string | null;
}

export interface ScriptCommand {
  kind: PlanCommand['kind'];
  /** Of the cmdlet or program, or of the block of code in the script. */
  name: string;
  parameters: { name: string; value: ScriptWord | null }[];
  arguments: ScriptWord[];
  outFile: ScriptWord | null;
  /**
   * What the exit code of the last program means. A cmdlet may start programs of its own, and one that ended otherwise
   * says nothing about the cmdlet: `ignored`. `connection`: of ssh or scp, where 255 means that the connection broke.
   */
  exitCode: 'ignored' | 'judged' | 'connection';
  /** The program that it starts; empty where it starts none. */
  program: string;
  /**
   * How the id of an error begins that leaves nothing to do: a copy is to be kept of what is not there, something to be removed
   * is gone, or a folder to be made is there. Empty where there is none.
   */
  harmless: string;
  /** As one would type it. */
  shown: string;
}

/** Every constant script among the commands, by its name in a file. */
export function listBlocks(commands: readonly PlanCommand[]): Map<string, string> {
  const blocks = new Map<string, string>();
  for (const command of commands)
    if (command.kind === 'script' && !blocks.has(command.script))
      blocks.set(command.script, `block-${blocks.size + 1}`);
  return blocks;
}

/** Commands of steps, of their checks and of their ways back, in order. */
export function listCommands({ steps }: Pick<Plan, 'steps'>): PlanCommand[] {
  return steps.flatMap(({ command, check, undo }) => [command ?? [], check?.command ?? [], undo?.command ?? []].flat());
}

/** Entries of a PowerShell hash table. */
function blockLines(blocks: ReadonlyMap<string, string>): string {
  return [...blocks]
    .map(([script, name]) => `  '${name}' = {\n    param($Values)\n${script.replaceAll(/^/gmu, '    ')}\n  }`)
    .join('\n');
}

/**
 * Fills the places `#COMMANDS#`, `#TRUST#`, `#STATE#`, `#BLOCKS#` and `#DATA#` of a script. Code first: the contents of the
 * document are never searched for places.
 */
export function fillScript(code: string, document: object, blocks: ReadonlyMap<string, string> = new Map()): string {
  return code
    .replace('#COMMANDS#', () => COMMAND_CODE)
    .replace('#TRUST#', () => TRUST_CODE)
    .replace('#STATE#', () => STATE_CODE)
    .replace('#BLOCKS#', () => blockLines(blocks))
    .replace('#DATA#', () => documentText(document));
}

/** The texts of a script as format strings of .NET: `{0}` stands for the first of its parameters. */
export function formatStrings(
  texts: Readonly<Record<string, readonly string[]>>,
  place: string,
  translate: Translate,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, parameters]) => [
      name,
      translate(
        `${place}.${name}` as MessageKey,
        Object.fromEntries(parameters.map((parameter, at) => [parameter, `{${at}}`])),
      ),
    ]),
  );
}

/** What may follow the call operator; names come from our catalogues, and anything else is a mistake there. */
const CALLABLE = /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z][A-Za-z0-9]*)?(?:\.exe)?$/u;
const PARAMETER = /^[A-Za-z][A-Za-z0-9]*$/u;

export function scriptCommand(command: PlanCommand, blocks: ReadonlyMap<string, string>): ScriptCommand {
  const common = {
    kind: command.kind,
    shown: commandText(command),
    parameters: [],
    arguments: [],
    outFile: null,
    exitCode: exitCodeOf(command),
    program: findProgram(command) ?? '',
    harmless: harmlessError(commandText(command)),
  };
  switch (command.kind) {
    case 'cmdlet':
      return {
        ...common,
        name: checked(command.name, CALLABLE),
        parameters: command.parameters.map(({ name, value }) => ({
          name: checked(name, PARAMETER),
          value: value === undefined ? null : scriptWord(value),
        })),
      };
    case 'program':
      return {
        ...common,
        name: checked(command.program, CALLABLE),
        arguments: command.args.map(scriptWord),
        outFile: command.outFile === undefined ? null : scriptWord(command.outFile),
      };
    case 'script':
      return {
        ...common,
        name: blocks.get(command.script) ?? '',
        parameters: Object.entries(command.values).map(([name, value]) => ({
          name: checked(name, PARAMETER),
          value: scriptWord(value),
        })),
      };
  }
}

/** A block that begins with a program ends with its exit code. `mkdir` is a function of PowerShell. */
const PROGRAM_BLOCK = /^(?!mkdir )([a-z][a-z0-9]*(?:\.exe)?) /u;
const CONNECTIONS = ['ssh', 'scp'];

function findProgram(command: PlanCommand): string | undefined {
  if (command.kind === 'cmdlet') return undefined;
  return command.kind === 'program' ? command.program : PROGRAM_BLOCK.exec(command.script)?.[1];
}

function exitCodeOf(command: PlanCommand): ScriptCommand['exitCode'] {
  const name = findProgram(command)?.replace(/\.exe$/u, '');
  if (name === undefined) return 'ignored';
  return CONNECTIONS.includes(name) ? 'connection' : 'judged';
}

/** Source: `WriteError` in the providers of PowerShell; both ids are the same in 5.1 and 7. */
function harmlessError(text: string): string {
  if (/^(?:Copy|Remove)-Item /u.test(text)) return 'PathNotFound,';
  return /^(?:mkdir |New-Item -ItemType Directory )/u.test(text) ? 'DirectoryExist,' : '';
}

function checked(name: string, form: RegExp): string {
  if (!form.test(name)) throw new Error(`not a name that a script may call: ${name}`);
  return name;
}

function scriptWord(word: CommandWord): ScriptWord {
  if ('literal' in word) return { text: word.literal, open: null };
  return word.value === undefined ? { text: null, open: word.name } : { text: word.value, open: null };
}

/** Texts that `COMMAND_CODE` needs in `$Plan.texts`, with their parameters in order. */
export const COMMAND_TEXTS = {
  'exit-code': ['code'],
  lost: [],
  'no-program': ['program'],
  'no-cmdlet': ['name'],
  'blocked-module': ['name', 'policies'],
} as const satisfies Record<string, readonly string[]>;

/**
 * Runs commands with `Invoke-PlanCommand`, which returns how a command ended and never throws. A command that ends the whole
 * script by `exit` ends it with 1, whatever its own code. Requires `$Plan.texts`
 * with `COMMAND_TEXTS`, `$Blocks`, `$Value` with what was supplied for open values, and `$AsksNothing`: nobody is there
 * to answer.
 */
const COMMAND_CODE = String.raw`function Get-Word($Word) {
  if ($null -eq $Word.open) { return [string] $Word.text }
  return [string] $Value[$Word.open]
}

# Windows PowerShell hands an argument on without marking the quotation marks in it.
function ConvertTo-MarkedText([string] $Text) {
  return $Text -replace '(\\*)"', '$1$1\"'
}

# And it drops an empty one.
function ConvertTo-Argument([string] $Text) {
  if ($Text -eq '') { return '""' }
  $marked = ConvertTo-MarkedText $Text
  if ($Text -match '\s') { $marked = $marked -replace '(\\+)$', '$1$1' }
  return $marked
}

# Why a command could not be found. Loading the modules of the product by name shows what keeps them from loading.
function Get-LoadProblem([string] $Name) {
  if ($Name -notmatch '-') { return $Plan.texts.'no-program' -f $Name }
  foreach ($module in 'Moc', 'Kva', 'AksHci') {
    $faults = @()
    try { Import-Module -Name $module -ErrorVariable faults 2>$null } catch { $faults = @($_) }
    $blocked = @($faults | Where-Object { $_.Exception -is [System.Management.Automation.PSSecurityException] -or $_.FullyQualifiedErrorId -like 'UnauthorizedAccess*' })
    if ($blocked.Count -gt 0) {
      # Under AllSigned the module of this cmdlet may be blocked as well; then what blocked ours has to do.
      try { $policies = @(Get-ExecutionPolicy -List | ForEach-Object { '{0} {1}' -f $_.Scope, $_.ExecutionPolicy }) -join ', ' }
      catch { $policies = [string] $blocked[0] }
      return $Plan.texts.'blocked-module' -f $module, $policies
    }
  }
  return $Plan.texts.'no-cmdlet' -f $Name
}

function Get-QuietProgram([string] $Path) {
  return { & $Path -o BatchMode=yes @args }.GetNewClosure()
}

# Formats objects as a console does, as they come.
function New-Formatter {
  $formatter = { Out-String -Stream }.GetSteppablePipeline()
  $formatter.Begin($true)
  return $formatter
}

# The only place where anything is run: a name of our own, and values as arguments of their own.
# How it ended: state is done, errors (it came to its end and wrote errors), failed, lost or not-begun.
function Invoke-PlanCommand($Command) {
  # Preferences of a script do not reach functions of a module, and asking a cmdlet to stop at an error would change
  # what happens inside it. So what is written is collected, and judged when the command has ended.
  $ErrorActionPreference = 'Continue'
  # Whoever started this has been asked. Cmdlets without the parameter are not given it.
  $ConfirmPreference = 'None'
  $PSDefaultParameterValues = @{ '*:Confirm' = $false }
  $end = New-Object psobject -Property @{ state = 'done'; text = ''; printed = '' }
  $written = New-Object System.Collections.ArrayList
  $lines = New-Object System.Collections.ArrayList
  $formatter = $null
  $hasEnded = $false
  # Where nobody sees the question for an unknown host key or a passphrase, ssh would wait for ever.
  if ($AsksNothing) {
    foreach ($name in 'ssh', 'scp') {
      $program = Get-Command -Name $name -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
      if ($null -ne $program) { Set-Item -Path ('function:' + $name) -Value (Get-QuietProgram $program.Path) }
    }
  }
  $global:LASTEXITCODE = 0
  $path = [Environment]::GetEnvironmentVariable('PATH')
  try {
    # Where the product puts its programs, when they are not on the path.
    if ($env:ProgramFiles) { [Environment]::SetEnvironmentVariable('PATH', $path + [System.IO.Path]::PathSeparator + (Join-Path $env:ProgramFiles 'AksHci')) }
    $parameters = @{}
    foreach ($parameter in @($Command.parameters)) {
      if ($null -eq $parameter.value) { $parameters[$parameter.name] = $true }
      elseif ($Command.exitCode -eq 'ignored') { $parameters[$parameter.name] = Get-Word $parameter.value }
      else { $parameters[$parameter.name] = ConvertTo-MarkedText (Get-Word $parameter.value) }
    }
    $arguments = @($Command.arguments | Where-Object { $null -ne $_ } | ForEach-Object { ConvertTo-Argument (Get-Word $_) })
    & {
      if ($Command.kind -eq 'script') { & $Blocks[$Command.name] $parameters }
      elseif ($Command.kind -eq 'cmdlet') { & $Command.name @parameters }
      else {
        $program = Get-Command -Name $Command.name -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
        if ($null -eq $program) { throw (New-Object System.Management.Automation.CommandNotFoundException) }
        $quiet = @()
        if ($AsksNothing -and $Command.exitCode -eq 'connection') { $quiet = @('-o', 'BatchMode=yes') }
        & $program.Path @quiet @arguments
      }
    } 2>&1 | ForEach-Object {
      $item = $_
      if ($item -is [System.Management.Automation.ErrorRecord]) {
        # A program that writes on standard error has not failed; its exit code tells.
        $isFine = $item.FullyQualifiedErrorId -like 'NativeCommandError*'
        if ($Command.harmless -ne '' -and $item.FullyQualifiedErrorId -like ($Command.harmless + '*')) { $isFine = $true }
        if ($isFine) { $Host.UI.WriteLine([string] $item) }
        else {
          [void] $written.Add([string] $item)
          $Host.UI.WriteErrorLine([string] $item)
        }
        return
      }
      # Text is never formatted, which would break long lines.
      $text = $item
      if ($item -isnot [string]) {
        if ($null -eq $formatter) { $formatter = New-Formatter }
        $text = @($formatter.Process($item))
      } elseif ($null -ne $formatter) {
        $text = @($formatter.End()) + $item
        $formatter = $null
      }
      foreach ($line in $text) {
        # Enough to compare with what is expected, whatever a command prints.
        if ($null -ne $Command.outFile -or $lines.Count -lt 20000) { [void] $lines.Add([string] $line) }
        if ($null -eq $Command.outFile) { $Host.UI.WriteLine([string] $line) }
      }
    }
    if ($null -ne $formatter) {
      foreach ($line in @($formatter.End())) {
        [void] $lines.Add([string] $line)
        $Host.UI.WriteLine([string] $line)
      }
    }
    if ($null -ne $Command.outFile) {
      $file = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath((Get-Word $Command.outFile))
      # Without a byte order mark, which other programs would take for a part of it.
      [System.IO.File]::WriteAllLines($file, [string[]] $lines, (New-Object System.Text.UTF8Encoding $false))
    }
    $hasEnded = $true
    $code = $global:LASTEXITCODE
    if ($Command.exitCode -eq 'connection' -and $code -eq 255) {
      $end.state = 'lost'
      $end.text = $Plan.texts.lost
    } elseif ($Command.exitCode -ne 'ignored' -and $code -ne 0) {
      $end.state = 'failed'
      $end.text = $Plan.texts.'exit-code' -f $code
    } elseif ($written.Count -gt 0) {
      $end.state = 'errors'
      $end.text = @($written | Select-Object -First 3) -join ' / '
    }
  } catch [System.Management.Automation.CommandNotFoundException] {
    $hasEnded = $true
    $missing = $_.Exception.CommandName
    if (-not $missing) { $missing = $Command.name }
    # A cmdlet may itself lack a command, and then it has begun.
    if ($missing -eq $Command.name -or ($Command.kind -eq 'script' -and $Blocks[$Command.name].ToString().Contains($missing))) {
      $end.state = 'not-begun'
      $end.text = Get-LoadProblem $missing
    } else {
      $end.state = 'failed'
      $end.text = $_.Exception.Message
    }
  } catch {
    $hasEnded = $true
    $end.state = 'failed'
    $end.text = $_.Exception.Message
  } finally {
    [Environment]::SetEnvironmentVariable('PATH', $path)
    # Something in it has ended the whole script, perhaps as if all were well: nobody saw the end of the command.
    if (-not $hasEnded) { exit 1 }
  }
  $end.printed = $lines -join [string] [char] 10
  return $end
}`;
