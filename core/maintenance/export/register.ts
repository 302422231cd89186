import type { MaintenancePlan } from '../model/maintenance.ts';
import { documentText, scriptFile } from '../../formats/text/power-shell-file.ts';
import type { Wording } from '../text/maintenance-text.ts';
import { needsCredentialFolder } from './script.ts';
import { TASK_NAME } from './task-xml.ts';

/** The script that registers the task, once, and puts the other script where the task expects it. */
export function registerScript(plan: MaintenancePlan, wording: Wording): string {
  const { translate } = wording;
  const head = [
    translate('maintenance.register.title'),
    translate('maintenance.register.usage', { script: 'arcwarden-maintenance.ps1', xml: 'arcwarden-maintenance.xml' }),
    translate('maintenance.register.clustered'),
  ];
  const texts = {
    'no-account': translate('maintenance.register.no-account'),
    'no-folder': translate('maintenance.register.no-folder'),
    'no-credential-folder': translate('maintenance.register.no-credential-folder'),
    'bad-path': translate('maintenance.register.bad-path', { path: '{0}' }),
    'policy-blocks': translate('maintenance.register.policy-blocks', { policy: '{0}' }),
    'not-registered': translate('maintenance.register.not-registered', { task: '{0}', error: '{1}' }),
    registered: translate('maintenance.register.registered', { task: '{0}' }),
  };
  return scriptFile(
    head,
    REGISTER_CODE.replace('#DATA#', () => documentText({ texts, needsCredentialFolder: needsCredentialFolder(plan) })),
  );
}

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

& {
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$Data = @'
#DATA#
'@ | ConvertFrom-Json

$TaskName = '${TASK_NAME}'

# Functions of a module do not see the preferences of a script: what a cmdlet writes to the error stream is looked at.
function Invoke-Registration([string] $Name, [scriptblock] $Work) {
  $ErrorActionPreference = 'Continue'
  $said = @(& $Work 2>&1)
  $errors = @($said | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
  if ($errors.Count -gt 0) { throw ($Data.texts.'not-registered' -f $Name, [string] $errors[0]) }
  return $said
}

$document = New-Object System.Xml.XmlDocument
$document.Load($TaskXml)
$names = New-Object System.Xml.XmlNamespaceManager $document.NameTable
$names.AddNamespace('t', 'http://schemas.microsoft.com/windows/2004/02/mit/task')
$principal = $document.SelectSingleNode('/t:Task/t:Principals/t:Principal', $names)
# The account that the plan was exported for, unless another one is named.
$planned = $principal.SelectSingleNode('t:UserId', $names).InnerText
if ($Account -eq '' -and @('S-1-5-18', 'SYSTEM', 'NT AUTHORITY\SYSTEM') -notcontains $planned) { $Account = $planned }
$isManaged = $Account.EndsWith('$')
if ($Data.needsCredentialFolder -and $CredentialFolder -eq '') { throw $Data.texts.'no-credential-folder' }
# The task begins with the policy of the computer. Source: about_Execution_Policies, precedence of scopes.
foreach ($scope in 'MachinePolicy', 'LocalMachine') {
  $policy = [string] (Get-ExecutionPolicy -Scope $scope)
  if (@('Restricted', 'AllSigned') -contains $policy) { throw ($Data.texts.'policy-blocks' -f ($scope + ' ' + $policy)) }
  if ($policy -ne 'Undefined') { break }
}
if ($Clustered -and $SharedFolder -eq '') { throw $Data.texts.'no-folder' }
if ($Clustered -and $Account -ne '' -and -not $isManaged) { throw $Data.texts.'no-account' }

# Where the task finds the script; on a cluster every node has to.
$folder = if ($Clustered) { $SharedFolder } else { Join-Path $env:ProgramData 'Arcwarden' }
$state = Join-Path $folder 'maintenance'
$place = Join-Path $folder 'arcwarden-maintenance.ps1'
foreach ($path in @($folder, $state, $CredentialFolder)) {
  # These go into the arguments of a program between double quotes.
  if ($path.Contains('"') -or $path.EndsWith('\')) { throw ($Data.texts.'bad-path' -f $path) }
}

$arguments = $document.SelectSingleNode('/t:Task/t:Actions/t:Exec/t:Arguments', $names)
$deployment = ''
if ($arguments.InnerText -match ' -Deployment ([a-z0-9-]+)$') { $deployment = ' -Deployment ' + $Matches[1] }
$common = '-NoProfile -NonInteractive -File "' + $place + '" -StateFolder "' + $state + '"' + $deployment
$arguments.InnerText = $common
if ($CredentialFolder -ne '') { $arguments.InnerText = $common + ' -CredentialFolder "' + $CredentialFolder + '"' }
if ($Account -ne '') {
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
  Action = Invoke-Registration $checkName { New-ScheduledTaskAction -Execute '%SystemRoot%\System32\WindowsPowerShell\v1.0\powershell.exe' -Argument ($common + ' -Check') }
  Trigger = Invoke-Registration $checkName { New-ScheduledTaskTrigger -Daily -At '08:00' }
  Settings = Invoke-Registration $checkName { New-ScheduledTaskSettingsSet -StartWhenAvailable }
}

if ($PSCmdlet.ShouldProcess($place, 'Copy-Item')) {
  New-Item -ItemType Directory -Path $state -Force | Out-Null
  Copy-Item -LiteralPath $Script -Destination $place -Force
  # A copy of a downloaded file keeps its mark, and would then be blocked.
  Unblock-File -LiteralPath $place
}
if ($PSCmdlet.ShouldProcess('Arcwarden', 'New-EventLog')) {
  if (-not [System.Diagnostics.EventLog]::SourceExists('Arcwarden')) {
    New-EventLog -LogName 'Application' -Source 'Arcwarden'
  }
}
if ($Clustered) {
  if ($PSCmdlet.ShouldProcess($TaskName, 'Register-ClusteredScheduledTask')) {
    Invoke-Registration $TaskName { Register-ClusteredScheduledTask -TaskName $TaskName -Cluster $Cluster -TaskType AnyNode -Xml $xml } | Out-Null
    Invoke-Registration $checkName { Register-ClusteredScheduledTask -TaskName $checkName -Cluster $Cluster -TaskType AnyNode @check } | Out-Null
    Write-Output ($Data.texts.registered -f $TaskName)
  }
} elseif ($PSCmdlet.ShouldProcess($TaskName, 'Register-ScheduledTask')) {
  $who = @{ User = 'SYSTEM' }
  if ($isManaged) { $who = @{ User = $Account } }
  elseif ($Account -ne '') {
    $credential = Get-Credential -UserName $Account -Message $TaskName
    $who = @{ User = $credential.UserName; Password = $credential.GetNetworkCredential().Password }
  }
  Invoke-Registration $TaskName { Register-ScheduledTask -TaskName $TaskName -TaskPath '\Arcwarden\' -Xml $xml -Force @who } | Out-Null
  # The check only reads what the other one wrote, so it needs no account.
  Invoke-Registration $checkName { Register-ScheduledTask -TaskName $checkName -TaskPath '\Arcwarden\' -User 'SYSTEM' -Force @check } | Out-Null
  Write-Output ($Data.texts.registered -f $TaskName)
}
}
`;
