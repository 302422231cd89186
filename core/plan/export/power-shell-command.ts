import { commandText, type CommandWord, type Plan, type PlanCommand } from '../model/plan.ts';

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
export function blockLines(blocks: ReadonlyMap<string, string>): string {
  return [...blocks]
    .map(([script, name]) => `  '${name}' = {\n    param($Values)\n${indented(script)}\n  }`)
    .join('\n');
}

function indented(script: string): string {
  return script
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

/** What may follow the call operator; names come from our catalogues, and anything else is a mistake there. */
const CALLABLE = /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z][A-Za-z0-9]*)?(?:\.exe)?$/u;
const PARAMETER = /^[A-Za-z][A-Za-z0-9]*$/u;

export function scriptCommand(command: PlanCommand, blocks: ReadonlyMap<string, string>): ScriptCommand {
  const common = { kind: command.kind, shown: commandText(command), parameters: [], arguments: [], outFile: null };
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

function checked(name: string, form: RegExp): string {
  if (!form.test(name)) throw new Error(`not a name that a script may call: ${name}`);
  return name;
}

function scriptWord(word: CommandWord): ScriptWord {
  if ('literal' in word) return { text: word.literal, open: null };
  return word.value === undefined ? { text: null, open: word.name } : { text: word.value, open: null };
}

/**
 * Runs commands with `Invoke-PlanCommand`. Requires `$Plan.texts` with `no-program` and `exit-code`, `$Blocks`, and
 * `$Value` with what was supplied for open values.
 */
export const COMMAND_CODE = String.raw`function Get-Word($Word) {
  if ($null -eq $Word.open) { return [string] $Word.text }
  return [string] $Value[$Word.open]
}

# Windows PowerShell hands an argument on without marking the quotation marks in it, and drops an empty one.
function ConvertTo-Argument([string] $Text) {
  if ($Text -eq '') { return '""' }
  $marked = $Text -replace '(\\*)"', '$1$1\"'
  if ($Text -match '\s') { $marked = $marked -replace '(\\+)$', '$1$1' }
  return $marked
}

# Where the product puts its programs, when they are not on the path.
function Find-Program([string] $Name) {
  $found = Get-Command -Name $Name -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
  if ($null -ne $found) { return $found.Path }
  $ofProduct = Join-Path $env:ProgramFiles ('AksHci\' + ($Name -replace '\.exe$', '') + '.exe')
  if (Test-Path -LiteralPath $ofProduct -PathType Leaf) { return $ofProduct }
  throw ($Plan.texts.'no-program' -f $Name)
}

# The only place where anything is run: a name of our own, and values as arguments of their own.
function Invoke-PlanCommand($Command) {
  $global:LASTEXITCODE = 0
  if ($Command.kind -eq 'program') {
    $arguments = @($Command.arguments | Where-Object { $null -ne $_ } | ForEach-Object { ConvertTo-Argument (Get-Word $_) })
    $program = Find-Program $Command.name
    # What is written to standard error is no failure; the exit code tells.
    $ErrorActionPreference = 'Continue'
    if ($null -eq $Command.outFile) {
      & $program @arguments 2>&1 | ForEach-Object { [string] $_ } | Out-Host
    } else {
      $lines = [string[]] @(& $program @arguments)
      $path = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath((Get-Word $Command.outFile))
      # Without a byte order mark, which other programs would take for a part of it.
      [System.IO.File]::WriteAllLines($path, $lines, (New-Object System.Text.UTF8Encoding $false))
    }
    $ErrorActionPreference = 'Stop'
  } else {
    $parameters = @{}
    foreach ($parameter in @($Command.parameters)) {
      if ($null -eq $parameter.value) { $parameters[$parameter.name] = $true }
      else { $parameters[$parameter.name] = Get-Word $parameter.value }
    }
    if ($Command.kind -eq 'script') { & $Blocks[$Command.name] $parameters | Out-Host }
    else { & $Command.name @parameters | Out-Host }
  }
  if ($LASTEXITCODE -ne 0) { throw ($Plan.texts.'exit-code' -f $LASTEXITCODE) }
}`;
