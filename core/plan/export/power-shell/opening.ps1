Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$Plan = @'
#DATA#
'@ | ConvertFrom-Json

if ([string] $ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
  Write-Warning $Plan.constrained
  exit 2
}
