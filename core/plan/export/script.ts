import { msOf, SECOND_MS } from '../../shared/instant.ts';
import { openValues, type Plan, type PlanStep } from '../model/plan.ts';
import {
  blockLines,
  blocksOf,
  COMMAND_CODE,
  commandsOf,
  scriptCommand,
  type ScriptCommand,
} from './power-shell-command.ts';
import { documentText, scriptFile } from '../../formats/text/power-shell-file.ts';
import { planClusters, planSentence, stepTitle, type PlanWording } from '../text/plan-text.ts';
import type { MessageKey } from '../../text/text.ts';
import { formatInstant } from '../../text/time.ts';

/** Texts with what they are told with, in order: places of .NET's format strings. */
const SCRIPT_TEXTS = {
  begins: ['at', 'count', 'title'],
  'done-before': ['title'],
  expected: ['expected'],
  check: ['command'],
  person: ['title'],
  'person-confirm': [],
  'person-stop': ['title'],
  confirm: [],
  stopped: ['title'],
  failed: ['title', 'error'],
  'exit-code': ['code'],
  'no-program': ['program'],
  'missing-value': ['name'],
  'unknown-step': ['step', 'steps'],
  'unknown-value': ['name'],
  'other-plan': [],
  unsure: ['title'],
  done: [],
} as const satisfies Record<string, readonly string[]>;

interface ScriptStep {
  id: string;
  title: string;
  why: string;
  expected: string;
  risk: PlanStep['risk'];
  /** Somebody has to do it elsewhere, or there is no command for it. */
  person: boolean;
  command: ScriptCommand | null;
  check: { command: ScriptCommand; expected: string } | null;
}

/**
 * Any plan as a script of Windows PowerShell 5.1 for a host: it asks before what disrupts, checks after each step, stops at the
 * first failure, and goes on where it stopped when it is started again.
 */
export function planScript(plan: Plan, wording: PlanWording): string {
  const { translate, language, zone } = wording;
  const blocks = blocksOf(commandsOf(plan));
  const document = {
    /** Of the state beside the script: that of another plan says nothing about this one. */
    plan: `${msOf(plan.madeAt) / SECOND_MS} ${plan.steps.map(({ id }) => id).join(' ')}`,
    values: openValues(plan),
    texts: Object.fromEntries(
      Object.entries(SCRIPT_TEXTS).map(([name, values]) => [
        name,
        translate(
          `steps.script.${name}` as MessageKey,
          Object.fromEntries(values.map((value, at) => [value, `{${at}}`])),
        ),
      ]),
    ),
    steps: plan.steps.map((step) => scriptStep(step, blocks, wording)),
  };
  const head = [
    `${translate(`steps.title.${plan.kind}`)}: ${planClusters(plan, wording)}`,
    translate('steps.made', { date: formatInstant(plan.madeAt, language, zone) }),
    ...plan.warnings.map((warning) => planSentence(warning, wording)),
    translate('steps.script.usage'),
    translate('steps.script.resume'),
  ];
  // Code first: what the document holds is never looked through for places to fill.
  const code = CODE.replace('#COMMANDS#', () => COMMAND_CODE)
    .replace('#BLOCKS#', () => blockLines(blocks))
    .replace('#DATA#', () => documentText(document));
  return scriptFile(head, code);
}

/** What the script runs itself is what is run on the host that it is on, machines behind it by ssh included. */
function isPersons({ command, target }: PlanStep): boolean {
  if (command === undefined) return true;
  if (target.kind === 'host') return false;
  const program = command.kind === 'program' ? command.program : '';
  return target.kind !== 'vm' || !['ssh', 'scp'].includes(program.replace(/\.exe$/iu, ''));
}

function scriptStep(step: PlanStep, blocks: ReadonlyMap<string, string>, wording: PlanWording): ScriptStep {
  const { id, risk, command, check, expected } = step;
  return {
    id,
    risk,
    title: stepTitle(step, wording),
    why: planSentence(step.why, wording),
    expected: expected === undefined ? '' : planSentence(expected, wording),
    person: isPersons(step),
    command: command === undefined ? null : scriptCommand(command, blocks),
    check:
      check === undefined
        ? null
        : { command: scriptCommand(check.command, blocks), expected: planSentence(check.expected, wording) },
  };
}

const CODE = String.raw`
#Requires -Version 5.1
#Requires -PSEdition Desktop

[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Low')]
param(
  [string] $From = '',
  [hashtable] $Value = @{}
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$Plan = @'
#DATA#
'@ | ConvertFrom-Json

# Code that is no single command. What differs from plan to plan comes in as values.
$Blocks = @{
#BLOCKS#
}

$StateFile = [System.IO.Path]::ChangeExtension($PSCommandPath, '.state.json')
$AsksNothing = $PSBoundParameters.ContainsKey('Confirm') -and -not $PSBoundParameters['Confirm']
$AsksAlways = $PSBoundParameters.ContainsKey('Confirm') -and $PSBoundParameters['Confirm']

function Get-State {
  if (-not (Test-Path -LiteralPath $StateFile -PathType Leaf)) { return $null }
  return Get-Content -LiteralPath $StateFile -Raw -Encoding UTF8 | ConvertFrom-Json
}

# Written before a step and after it: a step that began and did not end is told apart from one that never began.
function Save-State([string[]] $Done, [string] $Running) {
  if ($WhatIfPreference) { return }
  $state = @{ plan = $Plan.plan; done = @($Done); running = $Running }
  $part = $StateFile + '.part'
  Set-Content -LiteralPath $part -Value (ConvertTo-Json -InputObject $state) -Encoding UTF8 -Confirm:$false
  Move-Item -LiteralPath $part -Destination $StateFile -Force -Confirm:$false
}

# Names of the values that a command still needs.
function Get-MissingValue($Command) {
  $words = @($Command.parameters | ForEach-Object { $_.value }) + @($Command.arguments) + @($Command.outFile)
  return @($words | Where-Object { $null -ne $_ -and $null -ne $_.open -and -not $Value.ContainsKey($_.open) } |
    ForEach-Object { $_.open } | Select-Object -Unique)
}

#COMMANDS#

$ids = @($Plan.steps | ForEach-Object { $_.id })
foreach ($name in @($Value.Keys)) {
  if (@($Plan.values) -notcontains $name) {
    Write-Warning ($Plan.texts.'unknown-value' -f $name)
    exit 2
  }
}
$done = @()
if ($From -ne '') {
  $first = [Array]::IndexOf($ids, $From)
  if ($first -lt 0) {
    Write-Warning ($Plan.texts.'unknown-step' -f $From, ($ids -join ', '))
    exit 2
  }
  $done = @($ids | Select-Object -First $first)
} else {
  $state = Get-State
  if ($null -ne $state) {
    if ($state.plan -cne $Plan.plan) {
      Write-Warning $Plan.texts.'other-plan'
      exit 2
    }
    $done = @($state.done)
    $begun = @($Plan.steps | Where-Object { $_.id -eq $state.running -and @('disruptive', 'dangerous') -contains $_.risk })
    if ($begun.Count -gt 0) {
      Write-Warning ($Plan.texts.unsure -f $begun[0].title)
      exit 2
    }
  }
}

$exitCode = 0
$hasTranscript = $false
$isRunning = $false
$title = ''
try {
  if (-not $WhatIfPreference) {
    $stamp = [DateTime]::UtcNow.ToString('yyyyMMddTHHmmssZ', [Globalization.CultureInfo]::InvariantCulture)
    $transcript = [System.IO.Path]::ChangeExtension($PSCommandPath, '.' + $stamp + '.txt')
    Start-Transcript -LiteralPath $transcript -Confirm:$false | Out-Null
    $hasTranscript = $true
  }
  $at = 0
  foreach ($step in @($Plan.steps)) {
    $at += 1
    $title = $step.title
    if ($done -contains $step.id) {
      Write-Output ($Plan.texts.'done-before' -f $title)
      continue
    }
    Write-Output ''
    Write-Output ($Plan.texts.begins -f $at, @($Plan.steps).Count, $title)
    Write-Output $step.why
    $missing = @()
    if ($null -ne $step.command) { $missing = @(Get-MissingValue $step.command) }
    $onlyReads = $step.risk -eq 'none'
    if ($step.person -or ($onlyReads -and $missing.Count -gt 0)) {
      Write-Output ($Plan.texts.person -f $title)
      if ($null -ne $step.command) { Write-Output $step.command.shown }
      if ($step.expected -ne '') { Write-Output ($Plan.texts.expected -f $step.expected) }
      if ($WhatIfPreference) { continue }
      if (-not $onlyReads) {
        if ($AsksNothing -or -not $PSCmdlet.ShouldContinue($Plan.texts.'person-confirm', $title)) {
          Write-Warning ($Plan.texts.'person-stop' -f $title)
          $exitCode = 1
          break
        }
      }
      $done = @($done) + $step.id
      Save-State $done ''
      continue
    }
    Write-Output $step.command.shown
    if (-not $PSCmdlet.ShouldProcess($title, $step.command.shown)) {
      if ($WhatIfPreference) { continue }
      Write-Warning ($Plan.texts.stopped -f $title)
      $exitCode = 1
      break
    }
    if ($missing.Count -gt 0) { throw ($Plan.texts.'missing-value' -f ($missing -join ', ')) }
    $disrupts = @('disruptive', 'dangerous') -contains $step.risk
    if ($disrupts -and -not $AsksNothing -and -not $AsksAlways -and -not $PSCmdlet.ShouldContinue($Plan.texts.confirm, $title)) {
      Write-Warning ($Plan.texts.stopped -f $title)
      $exitCode = 1
      break
    }
    Save-State $done $step.id
    $isRunning = $true
    Invoke-PlanCommand $step.command
    $isRunning = $false
    if ($step.expected -ne '') { Write-Output ($Plan.texts.expected -f $step.expected) }
    if ($null -ne $step.check) {
      Write-Output ($Plan.texts.check -f $step.check.command.shown)
      Invoke-PlanCommand $step.check.command
      Write-Output ($Plan.texts.expected -f $step.check.expected)
    }
    $done = @($done) + $step.id
    Save-State $done ''
  }
  if ($exitCode -eq 0 -and -not $WhatIfPreference) { Write-Output $Plan.texts.done }
} catch {
  Write-Warning ($Plan.texts.failed -f $title, $_.Exception.Message)
  $exitCode = 1
  # A command that said that it failed is tried again at the next start; after a check that failed somebody has to look.
  if ($isRunning) { Save-State $done '' }
} finally {
  if ($hasTranscript) { Stop-Transcript | Out-Null }
}
exit $exitCode
`;
