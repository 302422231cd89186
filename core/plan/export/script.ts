import { toMilliseconds, SECOND_MS } from '../../shared/instant.ts';
import { openValues, type Plan, type PlanStep } from '../model/plan.ts';
import {
  blockLines,
  listBlocks,
  COMMAND_CODE,
  listCommands,
  scriptCommand,
  type ScriptCommand,
} from './power-shell-command.ts';
import { documentText, scriptFile } from '../../formats/text/power-shell-file.ts';
import {
  citationText,
  planClusters,
  planSentence,
  stepSources,
  stepTitle,
  type PlanWording,
} from '../text/plan-text.ts';
import { LANGUAGES, type Language, type MessageKey } from '../../text/text.ts';
import { formatInstant } from '../../text/time.ts';

/** Texts with their parameters, in order: positions in .NET format strings. */
const SCRIPT_TEXTS = {
  begins: ['at', 'count', 'title'],
  'done-before': ['title'],
  sources: ['sources'],
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
  'file-changed': ['file'],
  'no-kubeconfig': ['file'],
  'no-undo': [],
  unsure: ['title'],
  done: [],
  undone: [],
} as const satisfies Record<string, readonly string[]>;

/** What is said of a step, in one language; empty where there is nothing to say. */
interface StepWords {
  title: string;
  why: string;
  expected: string;
  check: string;
  sources: string;
}

interface ScriptStep {
  id: string;
  words: Partial<Record<Language, StepWords>>;
  risk: PlanStep['risk'];
  /** Somebody has to do it elsewhere, or there is no command for it. */
  person: boolean;
  command: ScriptCommand | null;
  check: ScriptCommand | null;
}

/** What a script knows beside its plan. */
export interface ScriptOptions {
  /** Wordings in other languages: whoever runs the script may choose one, and by default Windows does. */
  others?: readonly PlanWording[];
  /** Cluster for which the plan leaves the value `cluster` open; `-Cluster` replaces it. */
  cluster?: string;
  /** Kubeconfig for the kubectl commands that name none; `-Kubeconfig` replaces it. */
  kubeconfig?: string;
  /** Files beside the script. Unless each is there with this hash nothing begins, and commands run in their folder. */
  files?: readonly { name: string; sha256: string }[];
  /** Path below `%LOCALAPPDATA%\Arcwarden` under which state and transcripts are kept; default: beside the script. */
  keptAs?: string;
}

/**
 * Any plan as a Windows PowerShell 5.1 script for a host: it asks before anything disruptive, checks after each step,
 * stops at the first failure, and continues where it stopped when it is started again.
 */
export function planScript(plan: Plan, wording: PlanWording, options: ScriptOptions = {}): string {
  const { others = [], cluster = '', kubeconfig = '', files = [], keptAs = '' } = options;
  const wordings = [wording, ...others];
  const blocks = listBlocks(listCommands(plan));
  const values = openValues(plan);
  const document = {
    /**
     * Identifies the plan in the state file next to the script: the state of another plan says nothing about this one.
     */
    plan: `${toMilliseconds(plan.madeAt) / SECOND_MS} ${plan.steps.map(({ id }) => id).join(' ')}`,
    languages: wordings.map(({ language }) => language),
    values,
    cluster: values.includes('cluster') ? cluster : '',
    kubeconfig,
    files,
    keptAs,
    texts: inEach(wordings, ({ translate }) =>
      Object.fromEntries(
        Object.entries(SCRIPT_TEXTS).map(([name, places]) => [
          name,
          translate(
            `steps.script.${name}` as MessageKey,
            Object.fromEntries(places.map((value, at) => [value, `{${at}}`])),
          ),
        ]),
      ),
    ),
    steps: plan.steps.map((step) => scriptStep(step, blocks, wordings)),
    // The last thing done is taken back first.
    undo: plan.steps.flatMap((step) => undoStep(step, blocks, wordings) ?? []).reverse(),
  };
  const head = wordings.flatMap((each) => {
    const { translate, language, zone } = each;
    return [
      [translate(`steps.title.${plan.kind}`), planClusters(plan, each)].filter((text) => text !== '').join(': '),
      translate('steps.made', { date: formatInstant(plan.madeAt, language, zone) }),
      ...plan.warnings.map((warning) => planSentence(warning, each)),
      translate('steps.script.usage'),
      translate('steps.script.options'),
      translate('steps.script.resume'),
    ];
  });
  // Code first: the contents of the document are never searched for placeholders.
  const code = CODE.replace('#COMMANDS#', () => COMMAND_CODE)
    .replace('#BLOCKS#', () => blockLines(blocks))
    .replace('#DATA#', () => documentText(document));
  return scriptFile(head, code);
}

function inEach<T>(wordings: readonly PlanWording[], make: (wording: PlanWording) => T): Partial<Record<Language, T>> {
  return Object.fromEntries(wordings.map((wording) => [wording.language, make(wording)]));
}

/** The script runs only what is run on the host it is on, including machines reached from there by ssh. */
function isPersons({
  command,
  target,
  needsPerson = false,
}: Pick<PlanStep, 'command' | 'target' | 'needsPerson'>): boolean {
  if (command === undefined || needsPerson) return true;
  if (target.kind === 'host') return false;
  const program = command.kind === 'program' ? command.program : '';
  return target.kind !== 'vm' || !['ssh', 'scp'].includes(program.replace(/\.exe$/iu, ''));
}

function scriptStep(step: PlanStep, blocks: ReadonlyMap<string, string>, wordings: readonly PlanWording[]): ScriptStep {
  const { id, risk, command, check, expected } = step;
  return {
    id,
    risk,
    words: inEach(wordings, (wording) => ({
      title: stepTitle(step, wording),
      why: planSentence(step.why, wording),
      expected: expected === undefined ? '' : planSentence(expected, wording),
      check: check === undefined ? '' : planSentence(check.expected, wording),
      sources: stepSources(step, wording).join('; '),
    })),
    person: isPersons(step),
    command: command === undefined ? null : scriptCommand(command, blocks),
    check: check === undefined ? null : scriptCommand(check.command, blocks),
  };
}

/** The way back of a step, where a command is one. */
function undoStep(
  { id, title, target, cluster, only, undo }: PlanStep,
  blocks: ReadonlyMap<string, string>,
  wordings: readonly PlanWording[],
): ScriptStep | undefined {
  if (undo?.command === undefined) return undefined;
  const { command, statement } = undo;
  return {
    id,
    risk: 'disruptive',
    words: inEach(wordings, (wording) => ({
      title: wording.translate('steps.script.undo', { title: stepTitle({ title, cluster, only }, wording) }),
      why: planSentence(statement, wording),
      expected: '',
      check: '',
      sources: statement.citations.map((citation) => citationText(citation, wording)).join('; '),
    })),
    person: isPersons({ command, target }),
    command: scriptCommand(command, blocks),
    check: null,
  };
}

const CODE = String.raw`
#Requires -Version 5.1
#Requires -PSEdition Desktop

[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Low')]
param(
  [string] $From = '',
  [hashtable] $Value = @{},
  [string] $Cluster = '',
  [string] $Kubeconfig = '',
  [switch] $DefaultKubeconfig,
  [string] $Kubectl = '',
  [string] $Folder = '',
  [switch] $Undo,
  [ValidateSet('', ${LANGUAGES.map((language) => `'${language}'`).join(', ')})] [string] $Language = ''
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

if ($Language -eq '') { $Language = [Globalization.CultureInfo]::CurrentUICulture.TwoLetterISOLanguageName }
if (@($Plan.languages) -notcontains $Language) { $Language = @($Plan.languages)[0] }
$Plan.texts = $Plan.texts.$Language
$Value = $Value.Clone()

# Where state and transcripts are kept, without the ends of their names.
$Base = [System.IO.Path]::ChangeExtension($PSCommandPath, '').TrimEnd('.')
if ($Plan.keptAs -ne '') { $Base = Join-Path (Join-Path $env:LOCALAPPDATA 'Arcwarden') $Plan.keptAs }
if ($Folder -ne '') {
  $Folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Folder)
  $Base = Join-Path $Folder (Split-Path -Path $Base -Leaf)
}
$steps = @($Plan.steps)
if ($Undo) {
  $steps = @($Plan.undo)
  $Base = $Base + '.undo'
}
$StateFile = $Base + '.state.json'
$AsksNothing = $PSBoundParameters.ContainsKey('Confirm') -and -not $PSBoundParameters['Confirm']
$AsksAlways = $PSBoundParameters.ContainsKey('Confirm') -and $PSBoundParameters['Confirm']

function Get-State {
  if (-not (Test-Path -LiteralPath $StateFile -PathType Leaf)) { return $null }
  return Get-Content -LiteralPath $StateFile -Raw -Encoding UTF8 | ConvertFrom-Json
}

# Written before a step and after it: a step that began and did not end is told apart from one that never began.
function Save-State([string[]] $Done, [string] $Running) {
  if ($WhatIfPreference) { return }
  $state = @{ plan = $identity; done = @($Done); running = $Running }
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

# As one would type it: in quotes where PowerShell would take it apart.
function Get-TypedWord([string] $Text) {
  if ($Text -match '^[A-Za-z0-9][A-Za-z0-9._-]*$') { return $Text }
  return "'" + $Text.Replace("'", "''") + "'"
}

# The command of a step with the values, the kubectl and the kubeconfig of this run.
function Complete-Command($Command) {
  if ($null -eq $Command) { return }
  foreach ($name in @($Value.Keys)) {
    $Command.shown = $Command.shown.Replace('<' + $name + '>', (Get-TypedWord ([string] $Value[$name])))
  }
  if ($Command.kind -ne 'program' -or $Command.name -notmatch '^kubectl(\.exe)?$') { return }
  if ($Kubectl -ne '') { $Command.name = $Kubectl }
  if ($Kubeconfig -eq '' -or @($Command.arguments | Where-Object { $_.text -eq '--kubeconfig' }).Count -gt 0) { return }
  $Command.arguments = @($Command.arguments) + @('--kubeconfig', $Kubeconfig | ForEach-Object { [pscustomobject] @{ text = $_; open = $null } })
  $Command.shown = $Command.shown + ' --kubeconfig ' + (Get-TypedWord $Kubeconfig)
}

# What would end in the middle of the work is found before it.
foreach ($file in @($Plan.files)) {
  $path = Join-Path $PSScriptRoot $file.name
  $isSame = (Test-Path -LiteralPath $path -PathType Leaf) -and ((Get-FileHash -LiteralPath $path -Algorithm SHA256).Hash -eq $file.sha256)
  if (-not $isSame) {
    Write-Warning ($Plan.texts.'file-changed' -f $file.name)
    exit 2
  }
}
if ($Cluster -eq '') { $Cluster = $Plan.cluster }
if ($Cluster -ne '') { $Value['cluster'] = $Cluster }
if ($Kubeconfig -eq '' -and -not $DefaultKubeconfig) { $Kubeconfig = $Plan.kubeconfig }
if ($Kubeconfig -ne '') {
  if (-not (Test-Path -LiteralPath $Kubeconfig -PathType Leaf)) {
    Write-Warning ($Plan.texts.'no-kubeconfig' -f $Kubeconfig)
    exit 2
  }
  $Kubeconfig = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Kubeconfig)
}
foreach ($step in $steps) {
  Complete-Command $step.command
  Complete-Command $step.check
}
if ($steps.Count -eq 0 -and $Undo) {
  Write-Warning $Plan.texts.'no-undo'
  exit 2
}

$ids = @($steps | ForEach-Object { $_.id })
foreach ($name in @($Value.Keys)) {
  if (@($Plan.values) -notcontains $name) {
    Write-Warning ($Plan.texts.'unknown-value' -f $name)
    exit 2
  }
}
# The cluster is known before the first step, other values perhaps by what a step shows.
if (@($Plan.values) -contains 'cluster' -and -not $Value.ContainsKey('cluster')) {
  Write-Warning ($Plan.texts.'missing-value' -f 'cluster')
  exit 2
}
# One plan may be carried out for several clusters, each with a state of its own.
$identity = (@($Plan.plan, $Cluster) | Where-Object { $_ -ne '' }) -join ' '
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
    if ($state.plan -cne $identity) {
      Write-Warning $Plan.texts.'other-plan'
      exit 2
    }
    $done = @($state.done)
    $begun = @($steps | Where-Object { $_.id -eq $state.running -and @('disruptive', 'dangerous') -contains $_.risk })
    if ($begun.Count -gt 0) {
      Write-Warning ($Plan.texts.unsure -f $begun[0].words.$Language.title)
      exit 2
    }
  }
}

$exitCode = 0
$hasTranscript = $false
$hasMoved = $false
$isRunning = $false
$title = ''
try {
  if (-not $WhatIfPreference) {
    $stamp = [DateTime]::UtcNow.ToString('yyyyMMddTHHmmssZ', [Globalization.CultureInfo]::InvariantCulture)
    New-Item -ItemType Directory -Path (Split-Path -Path $Base -Parent) -Force -Confirm:$false | Out-Null
    Start-Transcript -LiteralPath ($Base + '.' + $stamp + '.txt') -Confirm:$false | Out-Null
    $hasTranscript = $true
  }
  if (@($Plan.files).Count -gt 0) {
    Push-Location -LiteralPath $PSScriptRoot
    $hasMoved = $true
  }
  $at = 0
  foreach ($step in $steps) {
    $at += 1
    $words = $step.words.$Language
    $title = $words.title
    if ($done -contains $step.id) {
      Write-Output ($Plan.texts.'done-before' -f $title)
      continue
    }
    Write-Output ''
    Write-Output ($Plan.texts.begins -f $at, $steps.Count, $title)
    Write-Output $words.why
    if ($words.sources -ne '') { Write-Output ($Plan.texts.sources -f $words.sources) }
    $missing = @()
    if ($null -ne $step.command) { $missing = @(Get-MissingValue $step.command) }
    $onlyReads = $step.risk -eq 'none'
    if ($step.person -or ($onlyReads -and $missing.Count -gt 0)) {
      Write-Output ($Plan.texts.person -f $title)
      if ($null -ne $step.command) { Write-Output $step.command.shown }
      if ($words.expected -ne '') { Write-Output ($Plan.texts.expected -f $words.expected) }
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
    if ($words.expected -ne '') { Write-Output ($Plan.texts.expected -f $words.expected) }
    if ($null -ne $step.check) {
      Write-Output ($Plan.texts.check -f $step.check.shown)
      Invoke-PlanCommand $step.check
      Write-Output ($Plan.texts.expected -f $words.check)
    }
    $done = @($done) + $step.id
    Save-State $done ''
  }
  if ($exitCode -eq 0 -and -not $WhatIfPreference) {
    if ($Undo) { Write-Output $Plan.texts.undone } else { Write-Output $Plan.texts.done }
  }
} catch {
  Write-Warning ($Plan.texts.failed -f $title, $_.Exception.Message)
  $exitCode = 1
  # A command that said that it failed is tried again at the next start; after a check that failed somebody has to look.
  if ($isRunning) { Save-State $done '' }
} finally {
  if ($hasMoved) { Pop-Location }
  if ($hasTranscript) { Stop-Transcript | Out-Null }
}
exit $exitCode
`;
