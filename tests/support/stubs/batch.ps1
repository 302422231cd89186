# Runs scripts in one process, one after another, each in a runspace of its own with a host that types the answers. An
# order is a line of JSON on standard input; its result becomes a line of JSON in -Results, then `done` is printed.
param([string] $Results, [string] $ProfilePath, [string] $Assembly)

if (-not (Test-Path -LiteralPath $Assembly)) {
  # Compiling takes seconds. The result is renamed into place, since several processes may compile at once.
  $part = $Assembly + '.' + $PID + '.dll'
  Add-Type -Path (Join-Path $PSScriptRoot 'AnsweringHost.cs') -OutputAssembly $part
  Move-Item -LiteralPath $part -Destination $Assembly -Force
}
Add-Type -LiteralPath $Assembly

$errorsToOutput = [System.Management.Automation.Runspaces.PipelineResultTypes]::Error, [System.Management.Automation.Runspaces.PipelineResultTypes]::Output
while ($null -ne ($line = [Console]::In.ReadLine())) {
  $job = $line | ConvertFrom-Json -AsHashtable -DateKind String
  foreach ($name in $job.environment.Keys) { [Environment]::SetEnvironmentVariable($name, $job.environment[$name]) }
  $answering = [AnsweringHost]::new([string[]] @($job.answers))
  $runspace = [runspacefactory]::CreateRunspace($answering)
  $runspace.Open()
  $clock = [System.Diagnostics.Stopwatch]::StartNew()
  $result = [ordered] @{ exitCode = 0; output = ''; isStopped = $false; error = '' }
  $shell = [powershell]::Create($runspace)
  try {
    [void] $shell.AddScript(". '$ProfilePath'; Set-Location -LiteralPath '$($job.folder.Replace("'", "''"))'").Invoke()
    $shell.Commands.Clear()
    # Shows all output, including errors, as the console does.
    [void] $shell.AddScript($job.line, $false)
    $shell.Commands.Commands[0].MergeMyResults($errorsToOutput[0], $errorsToOutput[1])
    [void] $shell.AddCommand('Out-Default')
    $running = $shell.BeginInvoke()
    if ($running.AsyncWaitHandle.WaitOne([int] $job.limitMs)) { [void] $shell.EndInvoke($running) }
    else { $shell.Stop(); $result.isStopped = $true }
  } catch {
    # The script ended with an error: the console shows it and, with -File, ends with 1.
    $result.error = [string] $_.Exception.InnerException.Message
    $result.exitCode = 1
  }
  $code = $runspace.SessionStateProxy.GetVariable('LASTEXITCODE')
  if ($answering.ExitCode -ge 0) { $result.exitCode = $answering.ExitCode }
  elseif ($result.exitCode -eq 0 -and $null -ne $code) { $result.exitCode = [int] $code }
  # In a console, a script that ended with an error leaves no exit code.
  elseif ($result.exitCode -eq 0 -and $shell.HadErrors) { $result.exitCode = 1 }
  $result.output = $answering.Text
  $result.asked = @($answering.Asked)
  $result.tookMs = $clock.ElapsedMilliseconds
  $shell.Dispose()
  $runspace.Dispose()
  [System.IO.File]::AppendAllText($Results, (ConvertTo-Json -InputObject $result -Compress -Depth 4 -EscapeHandling EscapeNonAscii) + "`n")
  [Console]::Out.WriteLine('done')
}
