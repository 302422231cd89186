#Requires -Version 5.1
#Requires -PSEdition Desktop
#Requires -RunAsAdministrator

[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Low')]
param(
  [string] $From = '',
  [object[]] $Value = @(),
  [string[]] $Accept = @(),
  [string[]] $Skip = @(),
  [switch] $Yes,
  [string] $Cluster = '',
  [string] $Kubeconfig = '',
  [switch] $DefaultKubeconfig,
  [string] $Kubectl = '',
  [string] $Folder = '',
  [switch] $Undo,
  [ValidateSet('', 'en', 'ja')] [string] $Language = ''
)

$Bound = $PSBoundParameters

& {
. $PSScriptRoot/opening.ps1

$Given = @{ Value = $Value; Accept = $Accept; Skip = $Skip; AsksNothing = [bool] $Yes; AsksAlways = $false }
if ($Bound.ContainsKey('Confirm')) {
  if ($Bound['Confirm']) { $Given.AsksAlways = $true } else { $Given.AsksNothing = $true }
}

# Code that is more than one command. Values contain everything that differs between plans.
$Blocks = @{
#BLOCKS#
}

if ($Language -eq '') { $Language = [Globalization.CultureInfo]::CurrentUICulture.TwoLetterISOLanguageName }
if (@($Plan.languages) -notcontains $Language) { $Language = @($Plan.languages)[0] }
$Plan.texts = $Plan.texts.$Language

. $PSScriptRoot/command.ps1

. $PSScriptRoot/trust.ps1

. $PSScriptRoot/state.ps1

# ---- Values ----

# Returns values by name. -File passes only text: NAME=VALUE, separated by semicolons.
function Get-GivenValue($Items) {
  $values = @{}
  foreach ($item in @($Items)) {
    if ($item -is [System.Collections.IDictionary]) {
      foreach ($name in $item.Keys) { $values[[string] $name] = [string] $item[$name] }
      continue
    }
    foreach ($pair in ([string] $item).Split(';')) {
      $at = $pair.IndexOf('=')
      if ($at -gt 0) { $values[$pair.Substring(0, $at).Trim()] = $pair.Substring($at + 1).Trim() }
      elseif ($pair.Trim() -ne '') { $values[$pair.Trim()] = '' }
    }
  }
  return $values
}

function Test-Value([string] $Name, [string] $Text) {
  $known = @($Plan.values | Where-Object { $_.name -eq $Name })[0]
  if ($Text.Length -gt $known.longest -or $Text -notmatch $known.pattern) { return $false }
  $address = $null
  return -not $known.isAddress -or $Text -notmatch '^[\d.:]+$' -or [System.Net.IPAddress]::TryParse($Text, [ref] $address)
}

# Returns the names of the values that a command still needs.
function Get-MissingValue($Command) {
  if ($null -eq $Command) { return @() }
  $words = @($Command.parameters | ForEach-Object { $_.value }) + @($Command.arguments) + @($Command.outFile)
  return @($words | Where-Object { $null -ne $_ -and $null -ne $_.open -and -not $Value.ContainsKey($_.open) } |
    ForEach-Object { $_.open } | Select-Object -Unique)
}

# Asks for missing values; often an earlier step has printed them. Returns whether all values are known now.
function Request-Value($Command) {
  foreach ($name in @(Get-MissingValue $Command)) {
    if ($AsksNothing) { return $false }
    for (;;) {
      try { $text = (Read-Host -Prompt ($Plan.texts.'ask-value' -f $name)).Trim() } catch {
        Write-Warning $Plan.texts.nobody
        return $false
      }
      if ($text -eq '') { return $false }
      if (Test-Value $name $text) { break }
      Write-Warning ($Plan.texts.'bad-value' -f $name, $text)
    }
    $Value[$name] = $text
  }
  return $true
}

# Quotes text that PowerShell would split.
function Get-TypedWord([string] $Text) {
  if ($Text -match '^[A-Za-z0-9][A-Za-z0-9._-]*$') { return $Text }
  return "'" + $Text.Replace("'", "''") + "'"
}

function Get-Shown($Command) {
  $shown = $Command.shown
  foreach ($name in @($Value.Keys)) { $shown = $shown.Replace('<' + $name + '>', (Get-TypedWord $Value[$name])) }
  return $shown
}

# Returns whether a command can start the program; true if it starts none.
function Test-Program([string] $Name) {
  if ($Name -eq '') { return $true }
  $path = $env:PATH
  try {
    if ($env:ProgramFiles) { $env:PATH = $path + [System.IO.Path]::PathSeparator + (Join-Path $env:ProgramFiles 'AksHci') }
    return $null -ne (Get-Command -Name $Name -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1)
  } finally { $env:PATH = $path }
}

# Inserts the kubectl and the kubeconfig of this run.
function Complete-Command($Command) {
  if ($null -eq $Command -or $Command.kind -ne 'program' -or $Command.name -notmatch '^kubectl(\.exe)?$') { return }
  if ($Kubectl -ne '') {
    $Command.name = $Kubectl
    $Command.program = $Kubectl
  }
  if ($Kubeconfig -eq '' -or @($Command.arguments | Where-Object { $_.text -eq '--kubeconfig' }).Count -gt 0) { return }
  $Command.arguments = @($Command.arguments) + @('--kubeconfig', $Kubeconfig | ForEach-Object { [pscustomobject] @{ text = $_; open = $null } })
  $Command.shown = $Command.shown + ' --kubeconfig ' + (Get-TypedWord $Kubeconfig)
}

# ---- Questions ----

# Returns the key of the choice. Its letter follows the & sign, because a letter before it has no effect in some languages.
function Request-Choice([string] $Title, [string] $Question, [string[]] $Keys) {
  $choices = [System.Management.Automation.Host.ChoiceDescription[]] @($Keys | ForEach-Object {
    New-Object System.Management.Automation.Host.ChoiceDescription $Plan.texts."choice-$_", $Plan.texts."help-$_"
  })
  # No default: pressing Enter once too often must not mean yes.
  try { return $Keys[$Host.UI.PromptForChoice($Title, $Question, $choices, -1)] } catch {
    # -NonInteractive, or a host without a keyboard.
    Write-Warning $Plan.texts.nobody
    return 'stop'
  }
}

# Asks whether the case of a step applies, once for all steps of the same case.
function Get-CaseAnswer($Step, $Words) {
  if ($Step.case -eq '') { return 'yes' }
  if ($Answers.ContainsKey($Step.case)) { return $Answers[$Step.case] }
  if ($AsksNothing) { return 'nobody' }
  $answer = Request-Choice $Words.case $Plan.texts.'ask-case' @('yes', 'no', 'stop')
  if ($answer -ne 'stop') { $Answers[$Step.case] = $answer }
  return $answer
}

# ---- Checks ----

# Returns satisfied, unclear (it answered, but only a person can judge the answer) or not-satisfied.
function Get-Verdict($Check, $End) {
  if ($End.state -ne 'done') { return 'not-satisfied' }
  # Consoles break lines anywhere.
  $printed = ($End.printed -replace '\s', '').ToLowerInvariant()
  foreach ($word in @($Check.deniedBy)) {
    if ($printed.Contains(($word -replace '\s', '').ToLowerInvariant())) { return 'not-satisfied' }
  }
  foreach ($word in @($Check.satisfiedBy)) {
    if ($printed.Contains(($word -replace '\s', '').ToLowerInvariant())) { return 'satisfied' }
  }
  if (@($Check.prints).Count -eq 0) { return 'unclear' }
  foreach ($word in @($Check.prints)) {
    if (-not $printed.Contains(($word -replace '\s', '').ToLowerInvariant())) { return 'not-satisfied' }
  }
  return 'satisfied'
}

# Returns '' if there is no check, or if a value for it is missing.
function Invoke-Check($Step, $Words) {
  if ($null -eq $Step.check) { return '' }
  if (-not (Request-Value $Step.check.command)) {
    Write-Host ($Plan.texts.'check-left-out' -f (Get-Shown $Step.check.command), (@(Get-MissingValue $Step.check.command) -join ', '))
    return ''
  }
  Write-Host ($Plan.texts.check -f (Get-Shown $Step.check.command))
  $end = Invoke-PlanCommand $Step.check.command
  if ($end.text -ne '') { Write-Host $end.text }
  $verdict = Get-Verdict $Step.check $end
  if ($Words.check -ne '' -and $verdict -ne 'satisfied') { Write-Host ($Plan.texts.expected -f $Words.check) }
  return $verdict
}

# ---- Steps ----

# The next start of the plan repeats the undone step and all steps after it.
function Reset-Step([string] $Id) {
  if ($null -eq $Before) { return }
  $ids = @($Plan.steps | ForEach-Object { $_.id })
  $rest = @($ids | Select-Object -First ([Array]::IndexOf($ids, $Id)))
  $Before.done = @($Before.done | Where-Object { $rest -contains $_ })
  if ($rest -notcontains $Before.running) { $Before.running = '' }
  Save-Kept $PlanStateFile $Before
}

# Returns how the run continues: next, or stop. $Kept is the content of the state file.
function Complete-Step($Step, $Words, [string] $Outcome) {
  if ($Outcome -eq 'done') { $Kept.done = @($Kept.done) + $Step.id }
  elseif ($Outcome -eq 'left-out') { $Kept.leftOut = @($Kept.leftOut) + $Step.id }
  elseif ($Outcome -eq 'person') { [void] $ForPerson.Add($Step.id) }
  else { return 'stop' }
  $Kept.running = ''
  Save-Kept $StateFile $Kept
  if ($Undo -and $Outcome -eq 'done') { Reset-Step $Step.id }
  return 'next'
}

function Write-Stop([string] $Text, $Step) {
  Write-Warning ($Text + ' ' + ($Plan.texts.'go-on' -f $Step.id))
}

# Leaves a step to a person: done, left-out, person or stop.
function Invoke-ByHand($Step, $Words) {
  Write-Host ($Plan.texts.person -f $Words.title)
  if ($null -ne $Step.command) { Write-Host (Get-Shown $Step.command) }
  if ($Words.expected -ne '') { Write-Host ($Plan.texts.expected -f $Words.expected) }
  if ($Given.Accept -contains $Step.id) { return 'done' }
  # The step changes nothing, so the plan continues, but nobody has checked it.
  if ($Step.risk -eq 'none' -and $AsksNothing) { return 'person' }
  if ($Step.risk -eq 'none') { return 'done' }
  if ($AsksNothing) {
    Write-Stop ($Plan.texts.'person-stop' -f $Words.title) $Step
    return 'stop'
  }
  switch (Request-Choice $Words.title $Plan.texts.'person-confirm' @('done', 'leave', 'stop')) {
    'done' { return 'done' }
    'leave' { return 'left-out' }
  }
  Write-Stop ($Plan.texts.stopped -f $Words.title) $Step
  return 'stop'
}

# Asks whether a step may begin: run, left-out or stop.
function Get-Consent($Step, $Words) {
  $isSerious = @('disruptive', 'dangerous') -contains $Step.risk
  if ($AsksNothing) {
    if ($Step.risk -ne 'dangerous' -or $Given.Accept -contains $Step.id) { return 'run' }
    Write-Stop ($Plan.texts.'dangerous-stop' -f $Words.title) $Step
    return 'stop'
  }
  if (-not $isSerious -and -not $AsksAlways) { return 'run' }
  switch (Request-Choice $Words.title $Plan.texts."confirm-$($Step.risk)" @('run', 'leave', 'stop')) {
    'run' { return 'run' }
    'leave' { return 'left-out' }
  }
  Write-Stop ($Plan.texts.stopped -f $Words.title) $Step
  return 'stop'
}

# Returns done, left-out or stop.
function Invoke-Step($Step, $Words) {
  $Kept.running = $Step.id
  Save-Kept $StateFile $Kept
  $end = Invoke-PlanCommand $Step.command
  if ($end.state -eq 'lost') {
    Write-Stop ($Plan.texts.unknown -f $Words.title, $end.text) $Step
    return 'stop'
  }
  if ($end.state -eq 'failed' -or $end.state -eq 'not-begun') {
    # The next start repeats a command that reported failure.
    $Kept.running = ''
    Save-Kept $StateFile $Kept
    Write-Stop ($Plan.texts.failed -f $Words.title, $end.text) $Step
    return 'stop'
  }
  if ($Words.expected -ne '') { Write-Host ($Plan.texts.expected -f $Words.expected) }
  $verdict = Invoke-Check $Step $Words
  if ($verdict -eq 'not-satisfied') {
    Write-Stop ($Plan.texts.failed -f $Words.title, $Plan.texts.'check-failed') $Step
    return 'stop'
  }
  if ($end.state -eq 'done' -or $verdict -eq 'satisfied') {
    if ($end.state -eq 'errors') { Write-Host ($Plan.texts.'errors-checked' -f $end.text) }
    Write-Host ($Plan.texts.'step-done' -f $Words.title)
    return 'done'
  }
  # Neither done nor failed: a person must look.
  if (-not $AsksNothing) {
    $answer = Request-Choice $Words.title ($Plan.texts.'ask-errors' -f $end.text) @('done', 'stop')
    if ($answer -eq 'done') { return 'done' }
  }
  Write-Stop ($Plan.texts.errors -f $Words.title, $end.text, $Step.id) $Step
  return 'stop'
}

# Returns next, or stop.
function Invoke-Turn($Step, $Words) {
  if ($Given.Skip -contains $Step.id -or ($Step.case -ne '' -and $SkippedCases -contains $Step.case)) {
    return Complete-Step $Step $Words 'left-out'
  }
  switch (Get-CaseAnswer $Step $Words) {
    'no' {
      Write-Host ($Plan.texts.'not-the-case' -f $Words.title)
      $Kept.notTheCase = @($Kept.notTheCase) + $Step.id
      $Kept.running = ''
      Save-Kept $StateFile $Kept
      return 'next'
    }
    'stop' {
      Write-Stop ($Plan.texts.stopped -f $Words.title) $Step
      return 'stop'
    }
    'nobody' {
      Write-Stop ($Plan.texts.'case-stop' -f $Words.case, $Step.id) $Step
      return 'stop'
    }
  }
  if ($Step.person) { return Complete-Step $Step $Words (Invoke-ByHand $Step $Words) }
  if (-not (Request-Value $Step.command)) {
    $names = @(Get-MissingValue $Step.command) -join ', '
    if ($Step.risk -eq 'none') {
      Write-Host ($Plan.texts.'missing-value' -f $names)
      return Complete-Step $Step $Words (Invoke-ByHand $Step $Words)
    }
    Write-Stop ($Plan.texts.'missing-value' -f $names) $Step
    return 'stop'
  }
  Write-Host (Get-Shown $Step.command)
  $consent = Get-Consent $Step $Words
  if ($consent -ne 'run') { return Complete-Step $Step $Words $consent }
  return Complete-Step $Step $Words (Invoke-Step $Step $Words)
}

# ---- Before the work: faults that would interrupt it ----

$Value = Get-GivenValue $Given.Value
$Given.Accept = @($Given.Accept | ForEach-Object { $_.Split(',') } | ForEach-Object { $_.Trim() })
$Given.Skip = @($Given.Skip | ForEach-Object { $_.Split(',') } | ForEach-Object { $_.Trim() })
$AsksNothing = $Given.AsksNothing
$AsksAlways = $Given.AsksAlways

$steps = @($Plan.steps)
if ($Undo) { $steps = @($Plan.undo) }
foreach ($file in @($Plan.files)) {
  $path = Join-Path $PSScriptRoot $file.name
  $isSame = (Test-Path -LiteralPath $path -PathType Leaf) -and ((Get-FileHash -LiteralPath $path -Algorithm SHA256).Hash -eq $file.sha256)
  if (-not $isSame) {
    Write-Warning ($Plan.texts.'file-changed' -f $file.name)
    exit 2
  }
}
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
  if ($null -ne $step.check) { Complete-Command $step.check.command }
}
$ids = @($steps | ForEach-Object { $_.id })
foreach ($id in @($Given.Accept) + @($Given.Skip) + @($From)) {
  if ($id -ne '' -and $ids -notcontains $id) {
    Write-Warning ($Plan.texts.'unknown-step' -f $id, ($ids -join ', '))
    exit 2
  }
}
$known = @($Plan.values | ForEach-Object { $_.name })
foreach ($name in @($Value.Keys)) {
  # The cluster may be given even if every command names it.
  if ($known -notcontains $name -and $name -ne 'cluster') {
    Write-Warning ($Plan.texts.'unknown-value' -f $name, ($known -join ', '))
    exit 2
  }
  if ($known -contains $name -and -not (Test-Value $name $Value[$name])) {
    Write-Warning ($Plan.texts.'bad-value' -f $name, $Value[$name])
    exit 2
  }
}
if ($Cluster -eq '') { $Cluster = $Plan.cluster }
if ($Cluster -ne '') { $Value['cluster'] = $Cluster }
# The cluster must be known before the first step; a step may show other values.
if ($known -contains 'cluster' -and -not $Value.ContainsKey('cluster')) {
  Write-Warning ($Plan.texts.'missing-value' -f 'cluster')
  exit 2
}

if ($WhatIfPreference) {
  $at = 0
  foreach ($step in $steps) {
    $at += 1
    $words = $step.words.$Language
    Write-Host ''
    Write-Host ($Plan.texts.begins -f $at, $steps.Count, $step.id, $words.title)
    if ($null -ne $step.command) { Write-Host (Get-Shown $step.command) }
  }
  exit 0
}

# Path of the state and the transcripts, without extension.
$ofUser = Join-Path $env:LOCALAPPDATA 'Arcwarden'
$Base = [System.IO.Path]::ChangeExtension($PSCommandPath, '').TrimEnd('.')
if ($Plan.keptAs -ne '') { $Base = Join-Path $ofUser $Plan.keptAs }
$name = Split-Path -Path $Base -Leaf
if ($Folder -ne '') {
  $Base = Join-Path $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Folder) $name
} elseif (-not (Test-Folder (Split-Path -Path $Base -Parent))) {
  # The script is on a share, a disc or in Program Files, and nobody may write there.
  $Base = Join-Path (Join-Path $ofUser 'plans') $name
}
if (-not (Test-Folder (Split-Path -Path $Base -Parent))) {
  Write-Warning ($Plan.texts.'no-folder' -f (Split-Path -Path $Base -Parent))
  exit 2
}
$Before = $null
$PlanStateFile = $Base + '.state.json'
if ($Undo) {
  # Only steps that began can be undone; without a state, the script asks about each step.
  $fault = Get-StateFault @($PlanStateFile) @() -OwnerOnly
  if ($fault -ne '') {
    Write-Warning $fault
    exit 2
  }
  try { $Before = Get-Kept $PlanStateFile } catch {
    Write-Warning $_.Exception.Message
    exit 2
  }
  if ($null -ne $Before) { $steps = @($steps | Where-Object { @($Before.done) + @($Before.running) -contains $_.id }) }
  if ($steps.Count -eq 0) {
    Write-Warning $Plan.texts.'no-undo'
    exit 2
  }
  $Base = $Base + '.undo'
}
$StateFile = $Base + '.state.json'
# The state decides which steps are skipped. In a folder where everybody may write, this script could be changed too,
# so only the owner of the file counts; -From does not read it.
$fault = Get-StateFault @($StateFile) @() -OwnerOnly
if ($fault -ne '' -and $From -eq '') {
  Write-Warning $fault
  exit 2
}

# One plan may run for several clusters, each with its own state.
$identity = (@($Plan.plan, $Cluster) | Where-Object { $_ -ne '' }) -join ' '
$Kept = @{ plan = $identity; done = @(); leftOut = @(); notTheCase = @(); running = '' }
$Answers = @{}
$ForPerson = New-Object System.Collections.ArrayList

# A name given for this start has the same key as in a plan that contains it.
$typed = @($Value.Keys | Where-Object { $_ -eq 'cluster' -or $_ -like 'cluster-*' } | ForEach-Object { $Value[$_]; ([string] $Value[$_]).ToLowerInvariant() })
try { $claimed = Enter-Claim (@($Plan.claims | ForEach-Object { $_.name }) + $typed + @($StateFile)) } catch {
  Write-Warning $_.Exception.Message
  Exit-Claim
  exit 2
}
if ($claimed -ne '') {
  $shown = @($Plan.claims | Where-Object { $_.name -eq $claimed } | ForEach-Object { $_.words.$Language }) + @($claimed)
  Write-Warning ($Plan.texts.claimed -f $shown[0])
  Exit-Claim
  exit 2
}

$SkippedCases = @($steps | Where-Object { $_.case -ne '' -and $Given.Skip -contains $_.id } | ForEach-Object { $_.case })
$exitCode = 0
$hasTranscript = $false
$hasMoved = $false
try {
  $lookAgain = $null
  # The file is deleted, not replaced: a replaced file keeps its rights.
  if ($fault -ne '') { Wait-ForFile { [System.IO.File]::Delete($StateFile) } $StateFile }
  if ($From -ne '') {
    $Kept.done = @($ids | Select-Object -First ([Array]::IndexOf($ids, $From)))
  } elseif ([System.IO.File]::Exists($StateFile)) {
    try { $state = Get-Kept $StateFile } catch {
      Write-Warning $_.Exception.Message
      exit 2
    }
    if ($state.plan -cne $identity) {
      Write-Warning $Plan.texts.'other-plan'
      exit 2
    }
    # Steps that the plan's state lists as done have not been undone since.
    if ($null -eq $Before) { foreach ($list in 'done', 'leftOut', 'notTheCase') { $Kept.$list = @($state.$list) } }
    $Kept.running = $state.running
    $lookAgain = $steps | Where-Object { $_.id -eq $state.running } | Select-Object -First 1
    foreach ($step in $steps) {
      if ($step.case -ne '' -and $Kept.notTheCase -contains $step.id) { $Answers[$step.case] = 'no' }
      elseif ($step.case -ne '' -and $Kept.done -contains $step.id) { $Answers[$step.case] = 'yes' }
    }
  }
  foreach ($step in $steps) {
    if ($step.case -ne '' -and $Given.Accept -contains $step.id) { $Answers[$step.case] = 'yes' }
  }
  # Missing values are reported now, not in the middle of the work. A step whose case is open may never run.
  $mayShow = $false
  foreach ($step in $steps) {
    if (@($Kept.done) + @($Kept.leftOut) + @($Given.Skip) -contains $step.id) { continue }
    if ($step.case -ne '' -and $Answers[$step.case] -ne 'yes') { continue }
    if (-not $step.person) {
      $commands = @($step.command)
      if ($null -ne $step.check) { $commands += $step.check.command }
      foreach ($command in $commands) {
        if (Test-Program $command.program) { continue }
        Write-Warning ($Plan.texts.'program-missing' -f $command.program, $step.id)
        exit 2
      }
    }
    # A step that only reads may show the value, and the user then starts the script again.
    $mayShow = $mayShow -or $step.risk -eq 'none'
    $names = @(Get-MissingValue $step.command)
    if ($AsksNothing -and -not $step.person -and -not $mayShow -and $names.Count -gt 0) {
      Write-Warning ($Plan.texts.'missing-value' -f ($names -join ', '))
      exit 2
    }
  }
  $stamp = [DateTime]::UtcNow.ToString('yyyyMMddTHHmmssZ', [Globalization.CultureInfo]::InvariantCulture)
  Start-Transcript -LiteralPath ('{0}.{1}-{2}.txt' -f $Base, $stamp, $PID) -Confirm:$false | Out-Null
  $hasTranscript = $true
  # Commands that name a file without its folder find it from every folder of the console, and only this account can
  # read the files that they leave there.
  $workFolder = ''
  if (@($Plan.files).Count -gt 0) { $workFolder = $PSScriptRoot }
  elseif ($Plan.workFolder -ne '') {
    $workFolder = Join-Path (Join-Path $ofUser 'work') $Plan.workFolder
    [void] [System.IO.Directory]::CreateDirectory($workFolder)
    Write-Host ($Plan.texts.'work-folder' -f $workFolder)
  }
  if ($workFolder -ne '') {
    Push-Location -LiteralPath $workFolder
    $hasMoved = $true
  }
  if ($null -ne $lookAgain) {
    # The step began, but its outcome is unknown: its check may show that it is done.
    $words = $lookAgain.words.$Language
    Write-Host ($Plan.texts.'look-again' -f $words.title)
    $verdict = ''
    if ($null -ne $lookAgain.check -and @($lookAgain.check.prints).Count -gt 0) { $verdict = Invoke-Check $lookAgain $words }
    if ($verdict -eq 'satisfied') {
      [void] (Complete-Step $lookAgain $words 'done')
    } elseif (@('disruptive', 'dangerous') -contains $lookAgain.risk -and $Given.Accept -notcontains $lookAgain.id) {
      Write-Warning ($Plan.texts.unsure -f $words.title, $lookAgain.id)
      exit 2
    }
  }
  $at = 0
  foreach ($step in $steps) {
    $at += 1
    $words = $step.words.$Language
    if ($Kept.done -contains $step.id) {
      Write-Host ($Plan.texts.'done-before' -f $words.title)
      continue
    }
    if ($Kept.leftOut -contains $step.id -or $Kept.notTheCase -contains $step.id) { continue }
    Write-Host ''
    Write-Host ($Plan.texts.begins -f $at, $steps.Count, $step.id, $words.title)
    Write-Host $words.why
    if ($words.sources -ne '') { Write-Host ($Plan.texts.sources -f $words.sources) }
    if ((Invoke-Turn $step $words) -eq 'stop') {
      $exitCode = 1
      break
    }
  }
  if ($exitCode -eq 0) {
    if (@($Kept.leftOut).Count -gt 0) {
      $exitCode = 3
      Write-Warning ($Plan.texts.'left-out' -f (@($Kept.leftOut) -join ', '))
    }
    if ($ForPerson.Count -gt 0) {
      $exitCode = 3
      Write-Warning ($Plan.texts.'for-person' -f ($ForPerson -join ', '))
    }
    if ($exitCode -eq 0 -and $Undo) { Write-Host $Plan.texts.undone }
    elseif ($exitCode -eq 0) { Write-Host $Plan.texts.done }
  }
} catch {
  Write-Warning ($Plan.texts.'script-failed' -f $_.Exception.Message)
  $exitCode = 1
} finally {
  if ($hasMoved) { Pop-Location }
  if ($hasTranscript) { Stop-Transcript | Out-Null }
  Exit-Claim
}
exit $exitCode
}
