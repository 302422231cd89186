#Requires -Version 5.1
#Requires -RunAsAdministrator

[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
param(
  [string] $Account = '',
  [switch] $Clustered,
  [string] $Cluster = '.',
  [string] $SharedFolder = '',
  [string] $CredentialFolder = '',
  [switch] $Remove,
  [string] $TaskXml = (Join-Path $PSScriptRoot 'arcwarden-maintenance.xml'),
  [string] $Script = (Join-Path $PSScriptRoot 'arcwarden-maintenance.ps1')
)

& {
. $PSScriptRoot/../../../plan/export/power-shell/opening.ps1

$TaskName = 'Arcwarden maintenance'
$CheckName = $TaskName + ' check'
$TaskPath = '\Arcwarden\'
# Administrators own the folder; they and SYSTEM have full control of it and its contents. Nobody else has rights; none are inherited.
$Protected = 'O:S-1-5-32-544G:S-1-5-32-544D:P(A;OICI;FA;;;S-1-5-18)(A;OICI;FA;;;S-1-5-32-544)'

. $PSScriptRoot/../../../plan/export/power-shell/trust.ps1

# Functions of a module do not see the preferences of a script, so the error stream of each cmdlet is examined.
function Invoke-Registration([string] $Name, [scriptblock] $Work) {
  $ErrorActionPreference = 'Continue'
  $said = @(& $Work 2>&1)
  $errors = @($said | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
  if ($errors.Count -gt 0) { throw ($Plan.texts.'not-registered' -f $Name, [string] $errors[0]) }
  return $said
}

function Assert-Trusted([string[]] $Paths) {
  foreach ($path in $Paths) {
    if (-not (Test-Path -LiteralPath $path)) { continue }
    $fault = Get-Distrust $path $Trusted
    if ($null -ne $fault) { throw ($Plan.texts.($fault.reason) -f $path, $fault.account) }
  }
}

# Quotes text. PowerShell recognises several single quotation marks, and each of them is doubled.
function Get-Quoted([string] $Text) {
  return "'" + ($Text -replace "(['\u2018-\u201b])", '$1$1') + "'"
}

# Empties the earlier folder if its files can be trusted. Its state is moved, so that windows which are done stay done.
function Move-Before([switch] $Delete) {
  $before = Join-Path $env:ProgramData 'Arcwarden'
  $folders = @($before, (Join-Path $before 'maintenance'))
  $files = @((Join-Path $before $ScriptName), (Join-Path $folders[1] $StateName))
  # Without these files, the folder contains only claims, and belongs to whoever came first.
  if (@(@($folders[1]) + $files | Where-Object { Test-Path -LiteralPath $_ }).Count -eq 0) { return }
  # Any user may add files to a folder in ProgramData, but cannot change the files of others.
  foreach ($path in $folders + $files) {
    if (-not (Test-Path -LiteralPath $path)) { continue }
    $fault = Get-Distrust $path @() -OwnerOnly:($folders -contains $path)
    if ($null -eq $fault) { continue }
    Write-Warning ($Plan.texts.'left-there' -f $before, ($Plan.texts.($fault.reason) -f $path, $fault.account))
    return
  }
  if (-not $Delete -and (Test-Path -LiteralPath $files[1]) -and -not (Test-Path -LiteralPath $stateFile)) {
    [System.IO.File]::WriteAllBytes($stateFile, [System.IO.File]::ReadAllBytes($files[1]))
  }
  foreach ($file in @($files | Where-Object { Test-Path -LiteralPath $_ })) { [System.IO.File]::Delete($file) }
  if (-not $Delete -or -not (Test-Path -LiteralPath $folders[1])) { return }
  foreach ($file in @(Get-ChildItem -LiteralPath $folders[1] -Filter 'transcript-*.txt' -File)) { [System.IO.File]::Delete($file.FullName) }
  if (@(Get-ChildItem -LiteralPath $folders[1] -Force).Count -eq 0) { Remove-Item -LiteralPath $folders[1] }
}

# Source: NTAccount of .NET, which accepts the names that LookupAccountName accepts. It does not accept the dot for this computer.
function Get-AccountIdentity([string] $Name) {
  if ($Name.StartsWith('.\')) { $Name = $env:COMPUTERNAME + $Name.Substring(1) }
  try {
    if ($Name -match '^S-1-[\d-]+$') { return New-Object System.Security.Principal.SecurityIdentifier $Name }
    return (New-Object System.Security.Principal.NTAccount $Name).Translate([System.Security.Principal.SecurityIdentifier])
  } catch { throw ($Plan.texts.'unknown-account' -f $Name) }
}

$ScriptName = 'arcwarden-maintenance.ps1'
$StateName = 'windows-done.json'
if ($Clustered -and $SharedFolder -eq '') { throw $Plan.texts.'no-folder' }
# The folder in which the task finds the script; in a cluster, on every node.
$folder = if ($Clustered) { $SharedFolder } else { Join-Path $env:ProgramFiles 'Arcwarden tasks' }
$state = Join-Path $folder 'maintenance'
$place = Join-Path $folder $ScriptName
$stateFile = Join-Path $state $StateName
# Accounts that may also write to the folder: the account of the task and, on a share, the nodes, since SYSTEM uses their accounts over the network.
$Trusted = @()
if ($Clustered) {
  $machines = @(Get-ClusterNode -Cluster $Cluster | ForEach-Object { $_.Name }) + @(Get-Cluster -Name $Cluster | ForEach-Object { $_.Name })
  $Trusted = @($machines | ForEach-Object { '*\' + $_ + '$' })
}

if ($Remove) {
  foreach ($name in $TaskName, $CheckName) {
    if ($Clustered) {
      if (-not $PSCmdlet.ShouldProcess($name, 'Unregister-ClusteredScheduledTask')) { continue }
      if ($null -eq (Get-ClusteredScheduledTask -TaskName $name -Cluster $Cluster -ErrorAction SilentlyContinue)) { continue }
      Invoke-Registration $name { Unregister-ClusteredScheduledTask -TaskName $name -Cluster $Cluster } | Out-Null
    } else {
      if (-not $PSCmdlet.ShouldProcess($name, 'Unregister-ScheduledTask')) { continue }
      if ($null -eq (Get-ScheduledTask -TaskName $name -TaskPath $TaskPath -ErrorAction SilentlyContinue)) { continue }
      Invoke-Registration $name { Unregister-ScheduledTask -TaskName $name -TaskPath $TaskPath -Confirm:$false } | Out-Null
    }
    Write-Output ($Plan.texts.removed -f $name)
  }
  if ($PSCmdlet.ShouldProcess($folder, 'Remove-Item')) {
    # Only these parts of the shared folder are ours.
    $ours = if ($Clustered) { @($place, $state) } else { @($folder) }
    foreach ($path in $ours) {
      if (-not (Test-Path -LiteralPath $path)) { continue }
      $fault = Get-Distrust $path $Trusted -OwnerOnly
      if ($null -ne $fault) { Write-Warning ($Plan.texts.'left-there' -f $path, ($Plan.texts.($fault.reason) -f $path, $fault.account)) }
      else { Remove-Item -LiteralPath $path -Recurse -Force }
    }
    if (-not $Clustered) { Move-Before -Delete }
  }
  return
}

$document = New-Object System.Xml.XmlDocument
$document.Load($TaskXml)
$names = New-Object System.Xml.XmlNamespaceManager $document.NameTable
$names.AddNamespace('t', 'http://schemas.microsoft.com/windows/2004/02/mit/task')
$principal = $document.SelectSingleNode('/t:Task/t:Principals/t:Principal', $names)
# The account for which the plan was exported, unless another account is named.
$planned = $principal.SelectSingleNode('t:UserId', $names).InnerText
if ($Account -eq '' -and @('S-1-5-18', 'SYSTEM', 'NT AUTHORITY\SYSTEM') -notcontains $planned) { $Account = $planned }
if ($Account -ne '') {
  # Windows knows an account by its SID. Every spelling of its name becomes the one that the Task Scheduler shows.
  $identity = Get-AccountIdentity $Account
  if ($identity.Value -eq 'S-1-5-18') { $Account = '' }
  else {
    $Account = Get-AccountName $identity
    $Trusted += $identity.Value
  }
}
$isManaged = $Account.EndsWith('$')
if ($Plan.needsCredentialFolder -and $CredentialFolder -eq '') { throw $Plan.texts.'no-credential-folder' }
# The task begins with the policy of the computer. Source: about_Execution_Policies, precedence of scopes.
foreach ($scope in 'MachinePolicy', 'LocalMachine') {
  $policy = [string] (Get-ExecutionPolicy -Scope $scope)
  if (@('Restricted', 'AllSigned') -contains $policy) { throw ($Plan.texts.'policy-blocks' -f ($scope + ' ' + $policy)) }
  if ($policy -ne 'Undefined') { break }
}
if ($Clustered -and $Account -ne '' -and -not $isManaged) { throw $Plan.texts.'no-account' }

foreach ($path in @($folder, $state, $CredentialFolder)) {
  # These paths become arguments between double quotes, in which the Task Scheduler replaces variables.
  if ($path -match '["%]|\$\(' -or $path.EndsWith('\')) { throw ($Plan.texts.'bad-path' -f $path) }
}

$looked = @($folder, $place, $state, $stateFile)
if ($CredentialFolder -ne '') { $looked += $CredentialFolder }
Assert-Trusted $looked

$bytes = [System.IO.File]::ReadAllBytes($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Script))
$hash = [BitConverter]::ToString([System.Security.Cryptography.SHA256]::Create().ComputeHash($bytes)).Replace('-', '')
$arguments = $document.SelectSingleNode('/t:Task/t:Actions/t:Exec/t:Arguments', $names)
$given = '-StateFolder ' + (Get-Quoted $state)
if ($arguments.InnerText -match ' -Deployment ([a-z0-9-]+)$') { $given += ' -Deployment ' + (Get-Quoted $Matches[1]) }
if ($Trusted.Count -gt 0) { $given += ' -Trusted ' + (@($Trusted | ForEach-Object { Get-Quoted $_ }) -join ',') }

function Get-Argument([string] $More) {
  $command = $Plan.command.Replace('#HASH#', $hash).Replace('#SCRIPT#', (Get-Quoted $place)).Replace('#CONSTRAINED#', (Get-Quoted $Plan.constrained)).Replace('#MESSAGE#', (Get-Quoted ($Plan.texts.changed -f $place))).Replace('#ARGUMENTS#', $given + $More)
  return '-NoProfile -NonInteractive -Command "' + $command + '"'
}

$arguments.InnerText = Get-Argument ''
if ($CredentialFolder -ne '') { $arguments.InnerText = Get-Argument (' -CredentialFolder ' + (Get-Quoted $CredentialFolder)) }
if ($Account -ne '') {
  $principal.SelectSingleNode('t:UserId', $names).InnerText = $Account
  if ($null -eq $principal.SelectSingleNode('t:LogonType', $names)) {
    $logon = $document.CreateElement('LogonType', $names.LookupNamespace('t'))
    $logon.InnerText = 'Password'
    [void] $principal.InsertAfter($logon, $principal.SelectSingleNode('t:UserId', $names))
  }
}
$xml = $document.OuterXml
# The check runs daily, since it has to complain when nothing else runs.
$check = @{
  Action = Invoke-Registration $CheckName { New-ScheduledTaskAction -Execute '%SystemRoot%\System32\WindowsPowerShell\v1.0\powershell.exe' -Argument (Get-Argument ' -Check') }
  Trigger = Invoke-Registration $CheckName { New-ScheduledTaskTrigger -Daily -At '08:00' }
  Settings = Invoke-Registration $CheckName { New-ScheduledTaskSettingsSet -StartWhenAvailable }
}

if ($PSCmdlet.ShouldProcess($place, 'Copy-Item')) {
  if (-not $Clustered) {
    # Users can read Program Files, but not everybody may read transcripts.
    New-Item -ItemType Directory -Path $folder -Force | Out-Null
    $acl = Get-Acl -LiteralPath $folder
    $acl.SetSecurityDescriptorSddlForm($Protected)
    Invoke-Registration $folder { Set-Acl -LiteralPath $folder -AclObject $acl } | Out-Null
  }
  New-Item -ItemType Directory -Path $state -Force | Out-Null
  # New folders now have the rights that they inherit.
  Assert-Trusted $looked
  [System.IO.File]::WriteAllBytes($place, $bytes)
  if (-not $Clustered) { Move-Before }
}
if ($PSCmdlet.ShouldProcess('Arcwarden', 'New-EventLog')) {
  if (-not [System.Diagnostics.EventLog]::SourceExists('Arcwarden')) {
    New-EventLog -LogName 'Application' -Source 'Arcwarden'
  }
}
if ($Clustered) {
  if ($PSCmdlet.ShouldProcess($TaskName, 'Register-ClusteredScheduledTask')) {
    Invoke-Registration $TaskName { Register-ClusteredScheduledTask -TaskName $TaskName -Cluster $Cluster -TaskType AnyNode -Xml $xml } | Out-Null
    Invoke-Registration $CheckName { Register-ClusteredScheduledTask -TaskName $CheckName -Cluster $Cluster -TaskType AnyNode @check } | Out-Null
    Write-Output ($Plan.texts.registered -f $TaskName)
  }
} elseif ($PSCmdlet.ShouldProcess($TaskName, 'Register-ScheduledTask')) {
  $who = @{ User = 'SYSTEM' }
  if ($isManaged) { $who = @{ User = $Account } }
  elseif ($Account -ne '') {
    $credential = Get-Credential -UserName $Account -Message $TaskName
    $who = @{ User = $Account; Password = $credential.GetNetworkCredential().Password }
  }
  Invoke-Registration $TaskName { Register-ScheduledTask -TaskName $TaskName -TaskPath $TaskPath -Xml $xml -Force @who } | Out-Null
  # The check only reads the state that the other task wrote, so it needs no account.
  Invoke-Registration $CheckName { Register-ScheduledTask -TaskName $CheckName -TaskPath $TaskPath -User 'SYSTEM' -Force @check } | Out-Null
  Write-Output ($Plan.texts.registered -f $TaskName)
}
}
