#Requires -Version 5.1
#Requires -RunAsAdministrator

[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Low')]
param(
  [string] $Deployment = '',
  [string] $CredentialFolder = '',
  [string] $StateFolder = (Join-Path $env:ProgramFiles 'Arcwarden tasks\maintenance'),
  [string[]] $Trusted = @(),
  [switch] $Check
)

& {
. $PSScriptRoot/../../../plan/export/power-shell/opening.ps1

$Source = 'Arcwarden'
$StateFile = Join-Path $StateFolder 'windows-done.json'

# Writes to the event log and to the transcript. A failure to write to the event log must not stop the maintenance.
function Write-Told([string] $Name, [object[]] $Values) {
  $text = $Plan.texts.$Name
  if ($Values.Count -gt 0) { $text = $text -f $Values }
  Write-Host $text
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

# Code that is more than a single cmdlet. Anything that differs between plans is passed in as a value.
$Blocks = @{
#BLOCKS#
}
$Value = @{ 'credential-folder' = $CredentialFolder }
$AsksNothing = $true

. $PSScriptRoot/../../../plan/export/power-shell/command.ps1

. $PSScriptRoot/../../../plan/export/power-shell/trust.ps1

. $PSScriptRoot/../../../plan/export/power-shell/state.ps1

# Reads the ids of the completed windows, and the progress of $Kept.window, which was not completed: $Kept.steps are
# done, and $Kept.running was started but its end is unknown.
function Read-Kept {
  $kept = @{ done = @(); window = ''; steps = @(); running = '' }
  $state = Get-Kept $StateFile
  if ($null -ne $state) {
    foreach ($name in @($state.psobject.Properties | ForEach-Object { $_.Name })) { $kept[$name] = $state.$name }
    $kept.done = @($kept.done)
    $kept.steps = @($kept.steps)
  }
  return $kept
}

function Get-OwnStep($Window) {
  return @($Window.steps | Where-Object { $Deployment -eq '' -or $_.deployment -eq $Deployment })
}

# Lists the windows of this deployment that are over but were not completed.
function Get-MissingWindow([long] $Now) {
  return @($Plan.windows | Where-Object {
    $_.end -le $Now -and $_.start -ge $Plan.madeAt -and $Kept.done -notcontains $_.id -and @(Get-OwnStep $_).Count -gt 0
  })
}

# Returns whether the window continues after this step.
function Invoke-Task($Step) {
  $shown = ''
  if ($null -ne $Step.command) { $shown = $Step.command.shown }
  if ($Kept.steps -contains $Step.id) {
    Write-Host ($Plan.texts.'step-done-before' -f $Step.task)
    return $true
  }
  if ($Step.person) {
    Write-Told 'person' @($Step.task, $shown, $Step.question)
    return $true
  }
  if ($WhatIfPreference) {
    Write-Host $shown
    return $true
  }
  if ($Kept.running -eq $Step.id -and $Step.disrupts) {
    Write-Told 'unknown' @($Step.task, $shown)
    return $false
  }
  $Kept.running = $Step.id
  Save-Kept $StateFile $Kept
  Write-Host $shown
  $end = Invoke-PlanCommand $Step.command
  if ($end.state -eq 'lost') {
    Write-Told 'unknown' @($Step.task, $shown)
    return $false
  }
  if ($end.state -eq 'errors') {
    # The step is neither done nor failed, and nobody is here to look.
    Write-Told 'errors' @($Step.task, $shown, $end.text)
    return $false
  }
  $Kept.running = ''
  if ($end.state -eq 'done') { $Kept.steps = @($Kept.steps) + $Step.id }
  Save-Kept $StateFile $Kept
  if ($end.state -ne 'done') {
    Write-Told 'failed' @($Step.task, $shown, $end.text)
    return $false
  }
  Write-Told 'step-done' @($Step.task, $shown)
  return $true
}

if (@($Plan.deployments).Count -gt 1 -and @($Plan.deployments) -notcontains $Deployment) {
  Write-Warning ($Plan.texts.deployment -f (@($Plan.deployments) -join ', '))
  exit 2
}

# Anybody who can write to the state folder could have windows skipped, or redirect the transcript.
$Kept = $null
try {
  $fault = Get-StateFault @($StateFolder, $StateFile) $Trusted
  if ($fault -eq '') { $Kept = Read-Kept }
} catch { $fault = $_.Exception.Message }
if ($fault -ne '') {
  Write-Told 'state-refused' @($fault)
  exit 1
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
$forPerson = @($steps | Where-Object { $_.person })
if ($Kept.done -contains $window.id) {
  Write-Told 'done-before' @($window.text)
  if ($forPerson.Count -gt 0) { exit 3 }
  exit 0
}
# A missing folder would stop the work halfway, so it is found before the work begins.
$open = @($steps | Where-Object { $null -ne $_.command -and @($_.command.parameters | Where-Object { $null -ne $_.value -and $_.value.open -eq 'credential-folder' }).Count -gt 0 })
$isFolder = $CredentialFolder -ne '' -and (Test-Path -LiteralPath $CredentialFolder -PathType Container)
if ($open.Count -gt 0 -and -not ($isFolder -and ($WhatIfPreference -or (Test-Folder $CredentialFolder)))) {
  Write-Told 'failed' @($window.text, '', $Plan.texts.'no-folder')
  exit 1
}
if ($Kept.window -ne $window.id) {
  $Kept.window = $window.id
  $Kept.steps = @()
  $Kept.running = ''
}

$exitCode = 0
$hasTranscript = $false
try {
  if (-not $WhatIfPreference) {
    [void] [System.IO.Directory]::CreateDirectory($StateFolder)
    $claimed = Enter-Claim (@($window.claims | ForEach-Object { $_.name }) + @($StateFile))
    if ($claimed -ne '') {
      $shown = @($window.claims | Where-Object { $_.name -eq $claimed } | ForEach-Object { $_.text }) + @($claimed)
      Write-Told 'busy' @($shown[0])
      exit 1
    }
    $stamp = [DateTime]::UtcNow.ToString('yyyyMMddTHHmmssZ', [Globalization.CultureInfo]::InvariantCulture)
    Start-Transcript -LiteralPath (Join-Path $StateFolder ('transcript-{0}-{1}.txt' -f $stamp, $PID)) | Out-Null
    $hasTranscript = $true
  }
  Write-Told 'begins' @($window.text, $steps.Count)
  foreach ($step in $steps) {
    if (-not (Invoke-Task $step)) {
      $exitCode = 1
      break
    }
  }
  if ($exitCode -eq 0 -and -not $WhatIfPreference) {
    $Kept.done = @($Kept.done) + $window.id
    $Kept.window = ''
    $Kept.steps = @()
    Save-Kept $StateFile $Kept
    if ($forPerson.Count -eq 0) { Write-Told 'done' @($window.text) }
    else {
      Write-Told 'done-person' @($window.text, $forPerson.Count, $steps.Count)
      $exitCode = 3
    }
  }
} catch {
  Write-Told 'failed' @($window.text, '', $_.Exception.Message)
  $exitCode = 1
} finally {
  if ($hasTranscript) { Stop-Transcript | Out-Null }
  Exit-Claim
}
exit $exitCode
}
