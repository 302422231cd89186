# What makes this PowerShell 7 on another system as much like Windows PowerShell 5.1 on a host as a test needs:
# moments in JSON stay text, arguments of programs are passed the old way, aliases of Windows are there, and cmdlets that only
# Windows has come from stub modules, also where this PowerShell has one of that name.
$global:PSDefaultParameterValues['ConvertFrom-Json:DateKind'] = 'String'
$global:PSNativeCommandArgumentPassing = 'Legacy'
$global:PSStyle.OutputRendering = 'PlainText'
Import-Module -Name WindowsStubs -Global -DisableNameChecking
Set-Alias -Name kill -Value Stop-Process -Scope Global
Set-Alias -Name sleep -Value Start-Sleep -Scope Global
function global:mkdir([string] $Path) { New-Item -ItemType Directory -Path $Path }
