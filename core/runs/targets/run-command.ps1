[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
$Document = @'
#DATA#
'@
$Work = {
  param([string] $Document)
  $mode = $ExecutionContext.SessionState.LanguageMode
  if ($mode -ne 'FullLanguage') { return @{ state = 'not-begun'; text = ($Document | ConvertFrom-Json).texts.'language-mode' -f $mode } }
  # Remoting runs this block in the global scope of its session. There, functions of modules would see these preferences.
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
    # Files that are named without a folder: the same for each step of a run, and read by this account alone.
    $folder = Join-Path (Join-Path (Join-Path $env:LOCALAPPDATA 'Arcwarden') 'work') $Plan.folder
    [void] [System.IO.Directory]::CreateDirectory($folder)
    Set-Location -LiteralPath $folder
    Invoke-PlanCommand $Plan.command
  }
}
$Given = $Document | ConvertFrom-Json
$computer = $Given.computer
# By it whoever reads knows that nothing has ended this script before its end. In the script it stands in parts only.
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
  # Said by Invoke-Command, or by what has to be there before a command is begun.
  foreach ($fault in $faults) { [Console]::Error.WriteLine([string] $fault) }
  # Without a word, something in it has ended all of it, and its end was not seen.
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
