# Another program, such as a virus scanner or a backup, may hold a file for a while.
function Wait-ForFile([scriptblock] $Work, [string] $File) {
  $until = [DateTime]::UtcNow.AddSeconds(60)
  for (;;) {
    try {
      & $Work
      return
    } catch [System.IO.IOException], [System.UnauthorizedAccessException] {
      if ([DateTime]::UtcNow -gt $until) { throw ($Plan.texts.'not-kept' -f $File, $_.Exception.Message) }
      Start-Sleep -Milliseconds 200
    } catch [System.Management.Automation.MethodInvocationException] {
      # A script that calls a .NET method gets this exception, with the cause inside.
      $inner = $_.Exception.InnerException
      if ($inner -isnot [System.IO.IOException] -and $inner -isnot [System.UnauthorizedAccessException]) { throw }
      if ([DateTime]::UtcNow -gt $until) { throw ($Plan.texts.'not-kept' -f $File, $inner.Message) }
      Start-Sleep -Milliseconds 200
    }
  }
}

# Replaces the file in one step: Move-Item -Force deletes the old file before the new one exists.
function Save-Kept([string] $File, $Value) {
  $part = $File + '.part'
  $json = ConvertTo-Json -InputObject $Value -Depth 5
  # An existing file may have somebody else's rights.
  Wait-ForFile { [System.IO.File]::Delete($part) } $part
  Wait-ForFile {
    $stream = New-Object System.IO.FileStream $part, ([System.IO.FileMode]::Create), ([System.IO.FileAccess]::Write), ([System.IO.FileShare]::None)
    try {
      $bytes = [System.Text.Encoding]::UTF8.GetBytes([string] [char] 0xFEFF + $json)
      $stream.Write($bytes, 0, $bytes.Length)
      # Flushed to disk before it replaces the old file: a power cut would otherwise leave an empty one.
      $stream.Flush($true)
    } finally { $stream.Dispose() }
  } $part
  Wait-ForFile {
    if ([System.IO.File]::Exists($File)) { [System.IO.File]::Replace($part, $File, [NullString]::Value) }
    else { [System.IO.File]::Move($part, $File) }
  } $File
}

# Returns whether files can be written in a folder.
function Test-Folder([string] $Path) {
  $probe = Join-Path $Path ([Guid]::NewGuid().ToString('n') + '.tmp')
  try {
    [void] [System.IO.Directory]::CreateDirectory($Path)
    [System.IO.File]::WriteAllText($probe, '')
    [System.IO.File]::Delete($probe)
    return $true
  } catch { return $false }
}

function Get-Kept([string] $File) {
  if (-not [System.IO.File]::Exists($File)) { return $null }
  $kept = @{ text = '' }
  Wait-ForFile { $kept.text = [System.IO.File]::ReadAllText($File) } $File
  $state = $null
  try { $state = $kept.text | ConvertFrom-Json } catch { $state = $null }
  # A power cut or a full disk can leave the file empty, truncated or full of zeros. Then nobody knows which steps are done.
  if ($null -eq $state -or @($state.psobject.Properties | Where-Object { $_.Name -eq 'done' }).Count -eq 0) {
    throw ($Plan.texts.'state-damaged' -f $File)
  }
  return $state
}

# Returns why the files are not trustworthy; empty if they are, or if there are none.
function Get-StateFault([string[]] $Paths, [string[]] $Accounts, [switch] $OwnerOnly) {
  foreach ($path in $Paths) {
    if (-not (Test-Path -LiteralPath $path)) { continue }
    $fault = Get-Distrust $path $Accounts -OwnerOnly:$OwnerOnly
    if ($null -eq $fault) { continue }
    $said = @{ link = $Plan.texts.'state-link'; owner = $Plan.texts.'state-owner'; writable = $Plan.texts.'state-writable' }
    return ($said[$fault.reason] -f $path, $fault.account)
  }
  return ''
}

$Claims = New-Object System.Collections.ArrayList

# Claims these targets. Returns the first target that is taken; empty if none is.
function Enter-Claim([string[]] $Names) {
  $above = Join-Path $env:ProgramData 'Arcwarden'
  $folder = Join-Path $above 'claims'
  Wait-ForFile { [void] [System.IO.Directory]::CreateDirectory($folder) } $folder
  foreach ($path in $above, $folder) {
    if (((Get-Item -LiteralPath $path -Force).Attributes -band [System.IO.FileAttributes]::ReparsePoint) -ne 0) { throw ($Plan.texts.'state-link' -f $path) }
  }
  $sha = [System.Security.Cryptography.SHA256]::Create()
  foreach ($name in @($Names | Sort-Object -Unique)) {
    $hash = [BitConverter]::ToString($sha.ComputeHash([System.Text.Encoding]::UTF8.GetBytes($name))).Replace('-', '').ToLowerInvariant()
    $file = Join-Path $folder ($hash + '.claim')
    try {
      [void] $Claims.Add((New-Object System.IO.FileStream $file, ([System.IO.FileMode]::OpenOrCreate), ([System.IO.FileAccess]::Read), ([System.IO.FileShare]::None)))
      # This is the console's own claim, which it renews every 1.5 seconds.
      $lock = Join-Path (Join-Path $folder $hash.Substring(0, 32)) 'arcwarden.lock'
      if ((Test-Path -LiteralPath $lock) -and (Get-Item -LiteralPath $lock).LastWriteTimeUtc -gt [DateTime]::UtcNow.AddSeconds(-10)) { return $name }
    } catch {
      $reason = $_.Exception.GetBaseException()
      if ($reason -isnot [System.IO.IOException]) { throw ($Plan.texts.'not-kept' -f $file, $reason.Message) }
      return $name
    }
  }
  return ''
}

function Exit-Claim {
  foreach ($claim in $Claims) { $claim.Dispose() }
  $Claims.Clear()
}
