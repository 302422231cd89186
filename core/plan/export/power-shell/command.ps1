function Get-Word($Word) {
  if ($null -eq $Word.open) { return [string] $Word.text }
  return [string] $Value[$Word.open]
}

# Windows PowerShell hands an argument on without marking the quotation marks in it.
function ConvertTo-MarkedText([string] $Text) {
  return $Text -replace '(\\*)"', '$1$1\"'
}

# And it drops an empty one.
function ConvertTo-Argument([string] $Text) {
  if ($Text -eq '') { return '""' }
  $marked = ConvertTo-MarkedText $Text
  if ($Text -match '\s') { $marked = $marked -replace '(\\+)$', '$1$1' }
  return $marked
}

# Why a command could not be found. Loading the modules of the product by name shows what keeps them from loading.
function Get-LoadProblem([string] $Name) {
  if ($Name -notmatch '-') { return $Plan.texts.'no-program' -f $Name }
  foreach ($module in 'Moc', 'Kva', 'AksHci') {
    $faults = @()
    try { Import-Module -Name $module -ErrorVariable faults 2>$null } catch { $faults = @($_) }
    $blocked = @($faults | Where-Object { $_.Exception -is [System.Management.Automation.PSSecurityException] -or $_.FullyQualifiedErrorId -like 'UnauthorizedAccess*' })
    if ($blocked.Count -gt 0) {
      # Under AllSigned the module of this cmdlet may be blocked as well; then what blocked ours has to do.
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

# Formats objects as a console does, as they come.
function New-Formatter {
  $formatter = { Out-String -Stream }.GetSteppablePipeline()
  $formatter.Begin($true)
  return $formatter
}

# The only place where anything is run: a name of our own, and values as arguments of their own.
# How it ended: state is done, errors (it came to its end and wrote errors), failed, lost or not-begun.
function Invoke-PlanCommand($Command) {
  # Preferences of a script do not reach functions of a module, and asking a cmdlet to stop at an error would change
  # what happens inside it. So what is written is collected, and judged when the command has ended.
  $ErrorActionPreference = 'Continue'
  # Whoever started this has been asked. Cmdlets without the parameter are not given it.
  $ConfirmPreference = 'None'
  $PSDefaultParameterValues = @{ '*:Confirm' = $false }
  $end = New-Object psobject -Property @{ state = 'done'; text = ''; printed = '' }
  $written = New-Object System.Collections.ArrayList
  $lines = New-Object System.Collections.ArrayList
  $formatter = $null
  $hasEnded = $false
  # Where nobody sees the question for an unknown host key or a passphrase, ssh would wait for ever.
  if ($AsksNothing) {
    foreach ($name in 'ssh', 'scp') {
      $program = Get-Command -Name $name -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
      if ($null -ne $program) { Set-Item -Path ('function:' + $name) -Value (Get-QuietProgram $program.Path) }
    }
  }
  $global:LASTEXITCODE = 0
  $path = [Environment]::GetEnvironmentVariable('PATH')
  try {
    # Where the product puts its programs, when they are not on the path.
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
        # A program that writes on standard error has not failed; its exit code tells.
        $isFine = $item.FullyQualifiedErrorId -like 'NativeCommandError*'
        if ($Command.harmless -ne '' -and $item.FullyQualifiedErrorId -like ($Command.harmless + '*')) { $isFine = $true }
        if ($isFine) { $Host.UI.WriteLine([string] $item) }
        else {
          [void] $written.Add([string] $item)
          $Host.UI.WriteErrorLine([string] $item)
        }
        return
      }
      # Text is never formatted, which would break long lines.
      $text = $item
      if ($item -isnot [string]) {
        if ($null -eq $formatter) { $formatter = New-Formatter }
        $text = @($formatter.Process($item))
      } elseif ($null -ne $formatter) {
        $text = @($formatter.End()) + $item
        $formatter = $null
      }
      foreach ($line in $text) {
        # Enough to compare with what is expected, whatever a command prints.
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
      # Without a byte order mark, which other programs would take for a part of it.
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
    # A cmdlet may itself lack a command, and then it has begun.
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
    # Something in it has ended the whole script, perhaps as if all were well: nobody saw the end of the command.
    if (-not $hasEnded) { exit 1 }
  }
  $end.printed = $lines -join [string] [char] 10
  return $end
}
