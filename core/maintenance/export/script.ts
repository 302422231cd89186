import { MAINTENANCE_EVENTS } from '../model/shutdown-events.ts';
import { SECOND_MS, type Instant } from '../../shared/instant.ts';
import { NEW_CREDENTIAL } from '../../knowledge/model/credentials/roles-remedies.ts';
import type { MaintenancePlan, MaintenanceWindow, PlannedTask } from '../model/maintenance.ts';
import { taskSteps } from '../model/window-plan.ts';
import type { PlanCommand, PlanStep } from '../../plan/model/plan.ts';
import { stepTitle } from '../../plan/text/plan-text.ts';
import {
  blockLines,
  listBlocks,
  COMMAND_CODE,
  scriptCommand,
  type ScriptCommand,
} from '../../plan/export/power-shell-command.ts';
import type { MessageKey } from '../../text/text.ts';
import { formatDateInZone, formatInZone } from '../../text/zoned-time.ts';
import { TASK_NAME } from './task-xml.ts';
import { documentText, scriptFile } from '../../formats/text/power-shell-file.ts';
import { findTask, type Wording } from '../text/maintenance-text.ts';

/** Name of the value that `-CredentialFolder` gives. */
const CREDENTIAL_FOLDER = 'credential-folder';
/** As SYSTEM or another account the default place of a kubeconfig, in its profile, would help nobody. */
const FETCH_CREDENTIAL =
  'Get-AksHciCredential -name $Values.cluster -configPath (Join-Path $Values.folder $Values.file)';

const SCRIPT_TEXTS = {
  begins: ['window', 'steps'],
  'step-done': ['task', 'command'],
  done: ['window'],
  person: ['task', 'command'],
  failed: ['task', 'command', 'error'],
  outside: [],
  missing: ['windows'],
  'check-fine': [],
  deployment: ['names'],
  'no-folder': [],
} as const satisfies Record<string, readonly string[]>;

interface Document {
  events: Record<string, { id: number; level: string }>;
  /** .NET format strings: `{0}` is the first value. */
  texts: Record<string, string>;
  /** Deployments of hosts that have planned windows. */
  deployments: string[];
  madeAt: number;
  windows: {
    id: string;
    text: string;
    /** Seconds since 1970, because versions of PowerShell differ in how they read dates in JSON. */
    start: number;
    end: number;
    steps: { deployment: string; task: string; person: boolean; command: ScriptCommand | null }[];
  }[];
}

/**
 * The script that the scheduled task runs, with its byte order mark: without it, Windows PowerShell reads the script in
 * its code page.
 */
export function runScript(plan: MaintenancePlan, wording: Wording): string {
  const { translate, language } = wording;
  const { timeZone } = plan.rules;
  const head = [
    translate('maintenance.script.title'),
    translate('maintenance.script.made', {
      date: formatInZone(plan.generatedAt, language, timeZone),
      until: formatDateInZone(plan.until, language, timeZone),
      count: plan.windows.length,
      zone: timeZone,
    }),
    translate('maintenance.script.usage'),
  ];
  const windows = plan.windows.map((window) => ({ window, tasks: tasksIn(window, plan) }));
  const blocks = listBlocks(windows.flatMap(({ tasks }) => tasks.flatMap(({ step }) => step.command ?? [])));
  // Code first: what the document holds is never looked through for places to fill.
  const code = RUN_CODE.replace('#COMMANDS#', () => COMMAND_CODE)
    .replace('#BLOCKS#', () => blockLines(blocks))
    .replace('#DATA#', () => documentText(toDocument(plan, { windows, blocks }, wording)));
  return scriptFile(head, code);
}

/** The script that registers the task, once, and puts the other script where the task expects it. */
export function registerScript(wording: Wording): string {
  const { translate } = wording;
  const head = [
    translate('maintenance.register.title'),
    translate('maintenance.register.usage', { script: 'arcwarden-maintenance.ps1', xml: 'arcwarden-maintenance.xml' }),
    translate('maintenance.register.clustered'),
  ];
  const texts = {
    'no-account': translate('maintenance.register.no-account'),
    'no-folder': translate('maintenance.register.no-folder'),
    registered: translate('maintenance.register.registered', { task: '{0}' }),
  };
  return scriptFile(
    head,
    REGISTER_CODE.replace('#DATA#', () => documentText({ texts })),
  );
}

interface ScriptWindow {
  window: MaintenanceWindow;
  tasks: { deployment: string; step: PlanStep }[];
}

/** Steps as the script runs them: what only a person can do is told, and is no code of it. */
function tasksIn({ steps }: MaintenanceWindow, plan: MaintenancePlan): ScriptWindow['tasks'] {
  return steps.flatMap(({ task: id, due }) => {
    const task = findTask(plan, id);
    if (task === undefined) return [];
    return taskSteps(task, due).map((step) => {
      const command = task.step === 'credential' && !task.needsPerson ? fetchCredential(task) : step.command;
      return { deployment: task.lane, step: { ...step, command } };
    });
  });
}

function fetchCredential({ target }: PlannedTask): PlanCommand {
  return {
    kind: 'script',
    script: FETCH_CREDENTIAL,
    typed: NEW_CREDENTIAL.command,
    values: {
      cluster: { name: 'cluster', value: target.name },
      folder: { name: CREDENTIAL_FOLDER },
      file: { name: 'file', value: `${target.clusterId}.kubeconfig` },
    },
  };
}

function toDocument(
  plan: MaintenancePlan,
  { windows, blocks }: { windows: readonly ScriptWindow[]; blocks: ReadonlyMap<string, string> },
  wording: Wording,
): Document {
  const { translate } = wording;
  const text = (name: keyof typeof SCRIPT_TEXTS): string =>
    translate(
      `maintenance.script.${name}` satisfies MessageKey,
      Object.fromEntries(SCRIPT_TEXTS[name].map((value, at) => [value, `{${at}}`])),
    );
  return {
    events: { ...MAINTENANCE_EVENTS },
    texts: {
      ...Object.fromEntries(
        (Object.keys(SCRIPT_TEXTS) as (keyof typeof SCRIPT_TEXTS)[]).map((name) => [name, text(name)]),
      ),
      'exit-code': translate('steps.script.exit-code', { code: '{0}' }),
      'no-program': translate('steps.script.no-program', { program: '{0}' }),
    },
    deployments: [
      ...new Set(plan.windows.flatMap(({ steps }) => steps.map(({ task }) => findTask(plan, task)?.lane ?? ''))),
    ],
    madeAt: seconds(plan.generatedAt),
    windows: windows.map(({ window: { start, end }, tasks }) => ({
      id: start,
      text: formatInZone(start, wording.language, plan.rules.timeZone),
      start: seconds(start),
      end: seconds(end),
      steps: tasks.map(({ deployment, step }) => ({
        deployment,
        task: stepTitle(step, { ...wording, zone: 'utc' }),
        person: step.needsPerson === true,
        command: step.command === undefined ? null : scriptCommand(step.command, blocks),
      })),
    })),
  };
}

function seconds(moment: Instant): number {
  return Date.parse(moment) / SECOND_MS;
}

const RUN_CODE = String.raw`
#Requires -Version 5.1

[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Low')]
param(
  [string] $Deployment = '',
  [string] $CredentialFolder = '',
  [string] $StateFolder = (Join-Path $env:ProgramData 'Arcwarden\maintenance'),
  [switch] $Check
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$Plan = @'
#DATA#
'@ | ConvertFrom-Json

$Source = 'Arcwarden'
$StateFile = Join-Path $StateFolder 'windows-done.json'

# Writes to the event log and to the transcript. An event log that cannot be written must not stop the maintenance.
function Write-Told([string] $Name, [object[]] $Values) {
  $text = $Plan.texts.$Name
  if ($Values.Count -gt 0) { $text = $text -f $Values }
  Write-Output $text
  if ($WhatIfPreference) { return }
  $kind = $Plan.events.$Name
  try {
    if (-not [System.Diagnostics.EventLog]::SourceExists($Source)) {
      New-EventLog -LogName 'Application' -Source $Source
    }
    Write-EventLog -LogName 'Application' -Source $Source -EventId $kind.id -EntryType $kind.level -Message $text
  } catch {
    Write-Warning $_.Exception.Message
  }
}

# Ids of the windows that ran to their end.
function Get-DoneWindow {
  if (-not (Test-Path -LiteralPath $StateFile)) { return @() }
  return @((Get-Content -LiteralPath $StateFile -Raw -Encoding UTF8 | ConvertFrom-Json).done)
}

function Save-DoneWindow([string] $Id) {
  $done = @(Get-DoneWindow) + $Id | Select-Object -Unique
  $json = ConvertTo-Json -InputObject @{ done = @($done) }
  $part = $StateFile + '.part'
  Set-Content -LiteralPath $part -Value $json -Encoding UTF8
  Move-Item -LiteralPath $part -Destination $StateFile -Force
}

# Windows of this deployment that are over and did not run to their end.
function Get-MissingWindow([long] $Now) {
  $done = @(Get-DoneWindow)
  return @($Plan.windows | Where-Object {
    $_.end -le $Now -and $_.start -ge $Plan.madeAt -and $done -notcontains $_.id -and @(Get-OwnStep $_).Count -gt 0
  })
}

function Get-OwnStep($Window) {
  return @($Window.steps | Where-Object { $Deployment -eq '' -or $_.deployment -eq $Deployment })
}

# Code that is no single cmdlet. What differs from plan to plan comes in as values.
$Blocks = @{
#BLOCKS#
}
$Value = @{ '${CREDENTIAL_FOLDER}' = $CredentialFolder }

#COMMANDS#

if (@($Plan.deployments).Count -gt 1 -and @($Plan.deployments) -notcontains $Deployment) {
  throw ($Plan.texts.deployment -f (@($Plan.deployments) -join ', '))
}

$now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
$missing = @(Get-MissingWindow $now)
if ($missing.Count -gt 0) {
  Write-Told 'missing' @((@($missing | ForEach-Object { $_.text }) -join '; '))
}
if ($Check) {
  if ($missing.Count -gt 0) { exit 1 }
  Write-Told 'check-fine' @()
  exit 0
}

$window = $Plan.windows | Where-Object { $_.start -le $now -and $now -lt $_.end } | Select-Object -First 1
if ($null -eq $window) {
  Write-Told 'outside' @()
  exit 2
}
$steps = @(Get-OwnStep $window)

$exitCode = 0
$hasTranscript = $false
try {
  if (-not $WhatIfPreference) {
    New-Item -ItemType Directory -Path $StateFolder -Force | Out-Null
    $stamp = [DateTime]::UtcNow.ToString('yyyyMMddTHHmmssZ', [Globalization.CultureInfo]::InvariantCulture)
    Start-Transcript -LiteralPath (Join-Path $StateFolder ('transcript-' + $stamp + '.txt')) | Out-Null
    $hasTranscript = $true
    Import-Module -Name 'AksHci'
  }
  Write-Told 'begins' @($window.text, $steps.Count)
  foreach ($step in $steps) {
    $shown = ''
    if ($null -ne $step.command) { $shown = $step.command.shown }
    if ($step.person) {
      Write-Told 'person' @($step.task, $shown)
      continue
    }
    if (-not $PSCmdlet.ShouldProcess($step.task, $shown)) { continue }
    try {
      $open = @($step.command.parameters | Where-Object { $null -ne $_.value -and $_.value.open -eq '${CREDENTIAL_FOLDER}' })
      if ($open.Count -gt 0 -and $CredentialFolder -eq '') { throw $Plan.texts.'no-folder' }
      Invoke-PlanCommand $step.command
      Write-Told 'step-done' @($step.task, $shown)
    } catch {
      Write-Told 'failed' @($step.task, $shown, $_.Exception.Message)
      $exitCode = 1
      break
    }
  }
  if ($exitCode -eq 0 -and -not $WhatIfPreference) {
    Save-DoneWindow $window.id
    Write-Told 'done' @($window.text)
  }
} catch {
  Write-Told 'failed' @($window.text, '', $_.Exception.Message)
  $exitCode = 1
} finally {
  if ($hasTranscript) { Stop-Transcript | Out-Null }
}
exit $exitCode
`;

const REGISTER_CODE = String.raw`
#Requires -Version 5.1
#Requires -RunAsAdministrator

[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
param(
  [string] $Account = '',
  [switch] $Clustered,
  [string] $Cluster = '.',
  [string] $SharedFolder = '',
  [string] $CredentialFolder = '',
  [string] $TaskXml = (Join-Path $PSScriptRoot 'arcwarden-maintenance.xml'),
  [string] $Script = (Join-Path $PSScriptRoot 'arcwarden-maintenance.ps1')
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$Data = @'
#DATA#
'@ | ConvertFrom-Json

$TaskName = '${TASK_NAME}'
$isManaged = $Account.EndsWith('$')
if ($Clustered -and $SharedFolder -eq '') { throw $Data.texts.'no-folder' }
if ($Clustered -and $Account -ne '' -and -not $isManaged) { throw $Data.texts.'no-account' }

# Where the task finds the script; on a cluster every node has to.
$folder = if ($Clustered) { $SharedFolder } else { Join-Path $env:ProgramData 'Arcwarden' }
$state = Join-Path $folder 'maintenance'
$place = Join-Path $folder 'arcwarden-maintenance.ps1'
foreach ($path in @($folder, $state, $CredentialFolder)) {
  # These go into the arguments of a program between double quotes.
  if ($path.Contains('"') -or $path.EndsWith('\')) { throw $path }
}

$document = New-Object System.Xml.XmlDocument
$document.Load($TaskXml)
$names = New-Object System.Xml.XmlNamespaceManager $document.NameTable
$names.AddNamespace('t', 'http://schemas.microsoft.com/windows/2004/02/mit/task')
$arguments = $document.SelectSingleNode('/t:Task/t:Actions/t:Exec/t:Arguments', $names)
$planned = $arguments.InnerText
$deployment = ''
if ($planned -match ' -Deployment ([a-z0-9-]+)$') { $deployment = ' -Deployment ' + $Matches[1] }
$common = '-NoProfile -NonInteractive -File "' + $place + '" -StateFolder "' + $state + '"' + $deployment
$arguments.InnerText = $common
if ($CredentialFolder -ne '') { $arguments.InnerText = $common + ' -CredentialFolder "' + $CredentialFolder + '"' }
if ($Account -ne '') {
  $principal = $document.SelectSingleNode('/t:Task/t:Principals/t:Principal', $names)
  $principal.SelectSingleNode('t:UserId', $names).InnerText = $Account
  if ($null -eq $principal.SelectSingleNode('t:LogonType', $names)) {
    $logon = $document.CreateElement('LogonType', $names.LookupNamespace('t'))
    $logon.InnerText = 'Password'
    [void] $principal.InsertAfter($logon, $principal.SelectSingleNode('t:UserId', $names))
  }
}
$xml = $document.OuterXml
$checkName = $TaskName + ' check'
# Daily, since it has to complain when nothing else runs.
$check = @{
  Action = New-ScheduledTaskAction -Execute '%SystemRoot%\System32\WindowsPowerShell\v1.0\powershell.exe' -Argument ($common + ' -Check')
  Trigger = New-ScheduledTaskTrigger -Daily -At '08:00'
  Settings = New-ScheduledTaskSettingsSet -StartWhenAvailable
}

if ($PSCmdlet.ShouldProcess($place, 'Copy-Item')) {
  New-Item -ItemType Directory -Path $state -Force | Out-Null
  Copy-Item -LiteralPath $Script -Destination $place -Force
}
if ($PSCmdlet.ShouldProcess('Arcwarden', 'New-EventLog')) {
  if (-not [System.Diagnostics.EventLog]::SourceExists('Arcwarden')) {
    New-EventLog -LogName 'Application' -Source 'Arcwarden'
  }
}
if ($Clustered) {
  if ($PSCmdlet.ShouldProcess($TaskName, 'Register-ClusteredScheduledTask')) {
    Register-ClusteredScheduledTask -TaskName $TaskName -Cluster $Cluster -TaskType AnyNode -Xml $xml | Out-Null
    Register-ClusteredScheduledTask -TaskName $checkName -Cluster $Cluster -TaskType AnyNode @check | Out-Null
    Write-Output ($Data.texts.registered -f $TaskName)
  }
} elseif ($PSCmdlet.ShouldProcess($TaskName, 'Register-ScheduledTask')) {
  $who = @{ User = 'SYSTEM' }
  if ($isManaged) { $who = @{ User = $Account } }
  elseif ($Account -ne '') {
    $credential = Get-Credential -UserName $Account -Message $TaskName
    $who = @{ User = $credential.UserName; Password = $credential.GetNetworkCredential().Password }
  }
  Register-ScheduledTask -TaskName $TaskName -TaskPath '\Arcwarden\' -Xml $xml -Force @who | Out-Null
  # The check only reads what the other one wrote, so it needs no account.
  Register-ScheduledTask -TaskName $checkName -TaskPath '\Arcwarden\' -User 'SYSTEM' -Force @check | Out-Null
  Write-Output ($Data.texts.registered -f $TaskName)
}
`;
