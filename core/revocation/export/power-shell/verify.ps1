#Requires -Version 5.1

[CmdletBinding()]
param([ValidateSet('', 'en', 'ja')] [string] $Language = '')

. $PSScriptRoot/../../../plan/export/power-shell/opening.ps1

if ($Language -eq '') {
  $Language = 'en'
  if ([Globalization.CultureInfo]::CurrentUICulture.TwoLetterISOLanguageName -eq 'ja') { $Language = 'ja' }
}
$Texts = $Plan.texts.$Language

$SumsFile = Join-Path $PSScriptRoot $Plan.sums
if (-not (Test-Path -LiteralPath $SumsFile -PathType Leaf)) {
  Write-Warning ($Texts.'no-sums' -f $Plan.sums)
  exit 2
}
$sums = @{}
$number = 0
foreach ($line in [System.IO.File]::ReadAllLines($SumsFile)) {
  $number += 1
  # Only files in this folder may be listed, each once.
  $isSum = $line -cmatch '^([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._-]*)$'
  if (-not $isSum -or $sums.ContainsKey($Matches[2])) {
    Write-Warning ($Texts.'bad-sums' -f $Plan.sums, $number)
    exit 2
  }
  $sums[$Matches[2]] = $Matches[1]
}

$faults = 0
function Write-State([string] $State, [string] $Name) {
  if ($State -eq 'same') {
    Write-Output ($Texts.same -f $Name)
  } else {
    Write-Warning ($Texts.$State -f $Name)
    $script:faults += 1
  }
}

foreach ($name in @(@($Plan.names) + @($sums.Keys) | Sort-Object -Unique)) {
  $path = Join-Path $PSScriptRoot $name
  if (-not (Test-Path -LiteralPath $path -PathType Leaf)) {
    Write-State 'missing' $name
  } elseif (-not $sums.ContainsKey($name)) {
    Write-State 'unlisted' $name
  } elseif ((Get-FileHash -LiteralPath $path -Algorithm SHA256).Hash -eq $sums[$name]) {
    Write-State 'same' $name
  } else {
    Write-State 'changed' $name
  }
}
$rootLength = $PSScriptRoot.TrimEnd('\', '/').Length + 1
foreach ($item in @(Get-ChildItem -LiteralPath $PSScriptRoot -Recurse -Force)) {
  $name = $item.FullName.Substring($rootLength)
  if ($name -ne $Plan.sums -and -not $sums.ContainsKey($name) -and @($Plan.names) -notcontains $name) {
    Write-State 'unlisted' $name
  }
}
if ($faults -gt 0) {
  Write-Warning ($Texts.'not-fine' -f $faults)
  exit 1
}
Write-Output ($Texts.fine -f $sums.Count)
exit 0
