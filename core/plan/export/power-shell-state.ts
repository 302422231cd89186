/*
 * What a script on a host keeps about its work, so that it can go on after anything, and what keeps two scripts from
 * working at once. Shared by scripts of plans and of maintenance windows.
 */

/** Texts that `STATE_CODE` needs in `$Plan.texts`, with their parameters in order. */
export const STATE_TEXTS = { 'not-kept': ['file', 'error'], claimed: ['name'] } as const satisfies Record<
  string,
  readonly string[]
>;

/**
 * `Save-Kept` and `Get-Kept` for one JSON file, `Enter-Claim` and `Exit-Claim` for names that only one script of this
 * computer may work on. Claims are files in `%ProgramData%\Arcwarden\claims` that are held open: they end with the
 * process, whatever ends it.
 */
export const STATE_CODE = String.raw`# Another program, such as a virus scanner or a backup, may hold a file for a while.
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
      # A .NET method that is called by a script fails with this, and its reason inside.
      $inner = $_.Exception.InnerException
      if ($inner -isnot [System.IO.IOException] -and $inner -isnot [System.UnauthorizedAccessException]) { throw }
      if ([DateTime]::UtcNow -gt $until) { throw ($Plan.texts.'not-kept' -f $File, $inner.Message) }
      Start-Sleep -Milliseconds 200
    }
  }
}

# Replaced in one step: Move-Item -Force deletes the old file before the new one is there.
function Save-Kept([string] $File, $Value) {
  $part = $File + '.part'
  $json = ConvertTo-Json -InputObject $Value -Depth 5
  Wait-ForFile { [System.IO.File]::WriteAllText($part, $json, (New-Object System.Text.UTF8Encoding $true)) } $part
  Wait-ForFile {
    if ([System.IO.File]::Exists($File)) { [System.IO.File]::Replace($part, $File, [NullString]::Value) }
    else { [System.IO.File]::Move($part, $File) }
  } $File
}

function Get-Kept([string] $File) {
  if (-not [System.IO.File]::Exists($File)) { return $null }
  $kept = @{ text = '' }
  Wait-ForFile { $kept.text = [System.IO.File]::ReadAllText($File) } $File
  return $kept.text | ConvertFrom-Json
}

$Claims = New-Object System.Collections.ArrayList

# Whether nothing else works on these; the name of the first one that is taken otherwise.
function Enter-Claim([string[]] $Names) {
  $folder = Join-Path (Join-Path $env:ProgramData 'Arcwarden') 'claims'
  Wait-ForFile { [void] [System.IO.Directory]::CreateDirectory($folder) } $folder
  $sha = [System.Security.Cryptography.SHA256]::Create()
  foreach ($name in @($Names | Sort-Object -Unique)) {
    $hash = [BitConverter]::ToString($sha.ComputeHash([System.Text.Encoding]::UTF8.GetBytes($name))).Replace('-', '').ToLowerInvariant()
    $file = Join-Path $folder ($hash + '.claim')
    try {
      [void] $Claims.Add((New-Object System.IO.FileStream $file, ([System.IO.FileMode]::OpenOrCreate), ([System.IO.FileAccess]::ReadWrite), ([System.IO.FileShare]::None), 1, ([System.IO.FileOptions]::DeleteOnClose)))
      # The console's own claim, which it renews every one and a half seconds.
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
}`;
