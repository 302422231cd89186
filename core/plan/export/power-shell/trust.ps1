# SYSTEM, Administrators, the current user, and TrustedInstaller, which owns the files that Windows installs.
$TrustedSids = @('S-1-5-18', 'S-1-5-32-544', [System.Security.Principal.WindowsIdentity]::GetCurrent().User.Value,
  'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464')
# Rights to write and append data, write attributes of both kinds, delete children and the object itself, change
# permissions and owner; and the generic rights for writing and for everything.
$WriteRights = 0x500D0156

function Get-AccountName($Identity) {
  try { return $Identity.Translate([System.Security.Principal.NTAccount]).Value } catch { return $Identity.Value }
}

# Trusts the built-in administrator, domain and enterprise administrators of any domain, and these accounts: SIDs, or
# patterns of names.
function Test-Trusted($Identity, [string[]] $Accounts) {
  $sid = $Identity.Value
  if ($TrustedSids -contains $sid -or $sid -match '^S-1-5-21-[\d-]+-(500|512|519)$') { return $true }
  if ($Accounts -contains $sid) { return $true }
  $name = Get-AccountName $Identity
  return @($Accounts | Where-Object { $name -like $_ }).Count -gt 0
}

# Returns nothing if only administrators and these accounts made the file and may change it; else link, owner or writable.
function Get-Distrust([string] $Path, [string[]] $Accounts, [switch] $OwnerOnly) {
  $item = Get-Item -LiteralPath $Path -Force
  # A deduplicated file is a reparse point too, but leads nowhere else.
  $isLink = $item.LinkType -eq 'SymbolicLink'
  if ($item.PSIsContainer) { $isLink = ($item.Attributes -band [System.IO.FileAttributes]::ReparsePoint) -ne 0 }
  if ($isLink) { return @{ reason = 'link'; account = '' } }
  $acl = Get-Acl -LiteralPath $Path
  $owner = $acl.GetOwner([System.Security.Principal.SecurityIdentifier])
  if ($null -eq $owner) { return @{ reason = 'owner'; account = '?' } }
  if (-not (Test-Trusted $owner $Accounts)) { return @{ reason = 'owner'; account = (Get-AccountName $owner) } }
  if ($OwnerOnly) { return }
  foreach ($rule in @($acl.GetAccessRules($true, $true, [System.Security.Principal.SecurityIdentifier]))) {
    if ([string] $rule.AccessControlType -ne 'Allow' -or ([int] $rule.FileSystemRights -band $WriteRights) -eq 0) { continue }
    # CREATOR OWNER stands for the creator of a file there; the other rules decide who may create one.
    if ($rule.IdentityReference.Value -eq 'S-1-3-0' -or (Test-Trusted $rule.IdentityReference $Accounts)) { continue }
    return @{ reason = 'writable'; account = (Get-AccountName $rule.IdentityReference) }
  }
}
