# Makes this PowerShell 7 on another system as similar to Windows PowerShell 5.1 on a host as tests need:
# moments in JSON stay text, programs get arguments the old way, aliases of Windows exist, and stub modules provide the
# cmdlets that only Windows has, even if this PowerShell has one of that name.
$global:PSDefaultParameterValues['ConvertFrom-Json:DateKind'] = 'String'
$global:PSNativeCommandArgumentPassing = 'Legacy'
$global:PSStyle.OutputRendering = 'PlainText'
Import-Module -Name WindowsStubs -Global -DisableNameChecking
Set-Alias -Name kill -Value Stop-Process -Scope Global
Set-Alias -Name sleep -Value Start-Sleep -Scope Global
function global:mkdir([string] $Path) { New-Item -ItemType Directory -Path $Path }

# `Invoke-Command -ComputerName` needs WSMan. A session with another process uses the same remoting layer.
if ($env:ARCWARDEN_REMOTING) {
  function global:Invoke-Command {
    [CmdletBinding()]
    param([string] $ComputerName, [scriptblock] $ScriptBlock, [object[]] $ArgumentList)
    # This class is not public. Without it, the session has no host and shows nothing.
    $type = [powershell].Assembly.GetType('System.Management.Automation.Runspaces.NewProcessConnectionInfo')
    $process = [Activator]::CreateInstance($type, [System.Reflection.BindingFlags] 'Instance, NonPublic', $null, @($null), $null)
    $runspace = [runspacefactory]::CreateRunspace($process, $Host, [System.Management.Automation.Runspaces.TypeTable]::LoadDefaultTypeFiles())
    $runspace.Open()
    $session = [System.Management.Automation.Runspaces.PSSession]::Create($runspace, 'Process', $PSCmdlet)
    $first = [scriptblock]::Create("`$global:PSDefaultParameterValues['ConvertFrom-Json:DateKind'] = 'String'; $env:ARCWARDEN_REMOTING")
    Microsoft.PowerShell.Core\Invoke-Command -Session $session -ScriptBlock $first
    Microsoft.PowerShell.Core\Invoke-Command -Session $session -ScriptBlock $ScriptBlock -ArgumentList $ArgumentList
  }
}

if ($env:ARCWARDEN_LANGUAGE) { $ExecutionContext.SessionState.LanguageMode = $env:ARCWARDEN_LANGUAGE }
