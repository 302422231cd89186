function Get-Word($Word) {
  if ($null -eq $Word.open) { return [string] $Word.text }
  return [string] $Value[$Word.open]
}

# Windows PowerShell does not escape quotation marks in an argument.
function ConvertTo-MarkedText([string] $Text) {
  return $Text -replace '(\\*)"', '$1$1\"'
}

# It also drops an empty argument.
function ConvertTo-Argument([string] $Text) {
  if ($Text -eq '') { return '""' }
  $marked = ConvertTo-MarkedText $Text
  if ($Text -match '\s') { $marked = $marked -replace '(\\+)$', '$1$1' }
  return $marked
}

# Returns why a command was not found. Loading the product's modules by name reveals the fault.
function Get-LoadProblem([string] $Name) {
  if ($Name -notmatch '-') { return $Plan.texts.'no-program' -f $Name }
  foreach ($module in 'Moc', 'Kva', 'AksHci') {
    $faults = @()
    try { Import-Module -Name $module -ErrorVariable faults 2>$null } catch { $faults = @($_) }
    $blocked = @($faults | Where-Object { $_.Exception -is [System.Management.Automation.PSSecurityException] -or $_.FullyQualifiedErrorId -like 'UnauthorizedAccess*' })
    if ($blocked.Count -gt 0) {
      # AllSigned may also block this cmdlet's module; then the first fault has to suffice.
      try { $policies = @(Get-ExecutionPolicy -List | ForEach-Object { '{0} {1}' -f $_.Scope, $_.ExecutionPolicy }) -join ', ' }
      catch { $policies = [string] $blocked[0] }
      return $Plan.texts.'blocked-module' -f $module, $policies
    }
  }
  return $Plan.texts.'no-cmdlet' -f $Name
}

function Get-QuietProgram([string] $Path) {
  return { & $Path -o BatchMode=yes @args }.GetNewClosure()
}

# Formats objects one by one, as a console does.
function New-Formatter {
  $formatter = { Out-String -Stream }.GetSteppablePipeline()
  $formatter.Begin($true)
  return $formatter
}

# Runs a command by one of our own names, with values as separate arguments. No other function runs commands.
# Returns the outcome: state is done, errors (it ended and wrote errors), failed, lost or not-begun.
function Invoke-PlanCommand($Command) {
  # A script's preferences do not reach functions of a module, and telling a cmdlet to stop at an error would change
  # its behaviour. So errors are collected, and judged when the command has ended.
  $ErrorActionPreference = 'Continue'
  # The user has already agreed. Cmdlets without the parameter do not get it.
  $ConfirmPreference = 'None'
  $PSDefaultParameterValues = @{ '*:Confirm' = $false }
  $end = New-Object psobject -Property @{ state = 'done'; text = ''; printed = '' }
  $written = New-Object System.Collections.ArrayList
  $lines = New-Object System.Collections.ArrayList
  $formatter = $null
  $hasEnded = $false
  # If nobody sees a question about a host key or a passphrase, ssh would wait forever.
  if ($AsksNothing) {
    foreach ($name in 'ssh', 'scp') {
      $program = Get-Command -Name $name -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
      if ($null -ne $program) { Set-Item -Path ('function:' + $name) -Value (Get-QuietProgram $program.Path) }
    }
  }
  $global:LASTEXITCODE = 0
  $path = [Environment]::GetEnvironmentVariable('PATH')
  try {
    # The product's programs are here if they are not on the path.
    if ($env:ProgramFiles) { [Environment]::SetEnvironmentVariable('PATH', $path + [System.IO.Path]::PathSeparator + (Join-Path $env:ProgramFiles 'AksHci')) }
    $parameters = @{}
    foreach ($parameter in @($Command.parameters)) {
      if ($null -eq $parameter.value) { $parameters[$parameter.name] = $true }
      elseif ($Command.exitCode -eq 'ignored') { $parameters[$parameter.name] = Get-Word $parameter.value }
      else { $parameters[$parameter.name] = ConvertTo-MarkedText (Get-Word $parameter.value) }
    }
    $arguments = @($Command.arguments | Where-Object { $null -ne $_ } | ForEach-Object { ConvertTo-Argument (Get-Word $_) })
    & {
      if ($Command.kind -eq 'script') { & $Blocks[$Command.name] $parameters }
      elseif ($Command.kind -eq 'cmdlet') { & $Command.name @parameters }
      else {
        $program = Get-Command -Name $Command.name -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
        if ($null -eq $program) { throw (New-Object System.Management.Automation.CommandNotFoundException) }
        $quiet = @()
        if ($AsksNothing -and $Command.exitCode -eq 'connection') { $quiet = @('-o', 'BatchMode=yes') }
        & $program.Path @quiet @arguments
      }
    } 2>&1 | ForEach-Object {
      $item = $_
      if ($item -is [System.Management.Automation.ErrorRecord]) {
        # Output on standard error is not a failure; the exit code decides.
        $isFine = $item.FullyQualifiedErrorId -like 'NativeCommandError*'
        if ($Command.harmless -ne '' -and $item.FullyQualifiedErrorId -like ($Command.harmless + '*')) { $isFine = $true }
        if ($isFine) { $Host.UI.WriteLine([string] $item) }
        else {
          [void] $written.Add([string] $item)
          $Host.UI.WriteErrorLine([string] $item)
        }
        return
      }
      # Text is never formatted: that would break long lines.
      $text = $item
      if ($item -isnot [string]) {
        if ($null -eq $formatter) { $formatter = New-Formatter }
        $text = @($formatter.Process($item))
      } elseif ($null -ne $formatter) {
        $text = @($formatter.End()) + $item
        $formatter = $null
      }
      foreach ($line in $text) {
        # Enough to compare with the expected output, however much a command prints.
        if ($null -ne $Command.outFile -or $lines.Count -lt 20000) { [void] $lines.Add([string] $line) }
        if ($null -eq $Command.outFile) { $Host.UI.WriteLine([string] $line) }
      }
    }
    if ($null -ne $formatter) {
      foreach ($line in @($formatter.End())) {
        [void] $lines.Add([string] $line)
        $Host.UI.WriteLine([string] $line)
      }
    }
    if ($null -ne $Command.outFile) {
      $file = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath((Get-Word $Command.outFile))
      # No byte order mark: other programs would take it for content.
      [System.IO.File]::WriteAllLines($file, [string[]] $lines, (New-Object System.Text.UTF8Encoding $false))
    }
    $hasEnded = $true
    $code = $global:LASTEXITCODE
    if ($Command.exitCode -eq 'connection' -and $code -eq 255) {
      $end.state = 'lost'
      $end.text = $Plan.texts.lost
    } elseif ($Command.exitCode -ne 'ignored' -and $code -ne 0) {
      $end.state = 'failed'
      $end.text = $Plan.texts.'exit-code' -f $code
    } elseif ($written.Count -gt 0) {
      $end.state = 'errors'
      $end.text = @($written | Select-Object -First 3) -join ' / '
    }
  } catch [System.Management.Automation.CommandNotFoundException] {
    $hasEnded = $true
    $missing = $_.Exception.CommandName
    if (-not $missing) { $missing = $Command.name }
    # If the cmdlet itself lacks a command, it has already begun.
    if ($missing -eq $Command.name -or ($Command.kind -eq 'script' -and $Blocks[$Command.name].ToString().Contains($missing))) {
      $end.state = 'not-begun'
      $end.text = Get-LoadProblem $missing
    } else {
      $end.state = 'failed'
      $end.text = $_.Exception.Message
    }
  } catch {
    $hasEnded = $true
    $end.state = 'failed'
    $end.text = $_.Exception.Message
  } finally {
    [Environment]::SetEnvironmentVariable('PATH', $path)
    # The command ended the whole script, perhaps with code 0, so its outcome is unknown.
    if (-not $hasEnded) { exit 1 }
  }
  $end.printed = $lines -join [string] [char] 10
  return $end
}
