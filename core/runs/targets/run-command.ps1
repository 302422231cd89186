[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
$Document = @'
#DATA#
'@
$Work = {
  param([string] $Document)
  $mode = $ExecutionContext.SessionState.LanguageMode
  if ($mode -ne 'FullLanguage') { return @{ state = 'not-begun'; text = ($Document | ConvertFrom-Json).texts.'language-mode' -f $mode } }
  # Remoting runs this block in the global scope of its session, where functions of modules would see these preferences.
  & {
    Set-StrictMode -Version 2.0
    $ErrorActionPreference = 'Stop'
    $ProgressPreference = 'SilentlyContinue'
    $Plan = $Document | ConvertFrom-Json
    $Value = @{}
    $AsksNothing = $true
    $Blocks = @{
#BLOCKS#
    }
. $PSScriptRoot/../../plan/export/power-shell/command.ps1
    # Files named without a folder go here: one folder for all steps of a run, readable by this account alone.
    $folder = Join-Path (Join-Path (Join-Path $env:LOCALAPPDATA 'Arcwarden') 'work') $Plan.folder
    [void] [System.IO.Directory]::CreateDirectory($folder)
    Set-Location -LiteralPath $folder
    Invoke-PlanCommand $Plan.command
  }
}
$Given = $Document | ConvertFrom-Json
$computer = $Given.computer
# The mark tells the reader that this script has reached its end. The script itself holds the mark only in parts.
$Mark = { [Console]::Out.Write([string] [char] 30 + ($Given.end -join '')) }
$faults = @()
try {
  if ($null -eq $computer) { $end = & $Work $Document }
  else { $end = Invoke-Command -ComputerName $computer -ScriptBlock $Work -ArgumentList $Document -ErrorVariable faults }
} catch {
  $end = $null
  $faults = @($_)
}
if ($null -eq $end) {
  # Errors of Invoke-Command, or of preparations before the command begins.
  foreach ($fault in $faults) { [Console]::Error.WriteLine([string] $fault) }
  # Without an error, some part of the command has ended PowerShell, and nobody saw its end.
  if (@($faults).Count -gt 0) { & $Mark }
  if (@($faults | Where-Object { $_.Exception -is [System.Management.Automation.Remoting.PSRemotingTransportException] }).Count -gt 0) { exit 255 }
  exit 1
}
if ($end.text -ne '' -and $end.state -ne 'errors') { [Console]::Error.WriteLine($end.text) }
& $Mark
switch ($end.state) {
  'done' { exit 0 }
  'errors' { exit 3 }
  'not-begun' { exit 4 }
  'lost' { exit 255 }
}
exit 1
