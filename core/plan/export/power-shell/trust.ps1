# SYSTEM, Administrators, whoever runs this, and TrustedInstaller, which owns what Windows installed.
$TrustedSids = @('S-1-5-18', 'S-1-5-32-544', [System.Security.Principal.WindowsIdentity]::GetCurrent().User.Value,
  'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464')
# Write and append data, attributes of both kinds, delete children and the thing itself, change permissions and owner;
# and the generic rights to write and for all.
$WriteRights = 0x500D0156

function Get-AccountName($Identity) {
  try { return $Identity.Translate([System.Security.Principal.NTAccount]).Value } catch { return $Identity.Value }
}

# The built-in administrator, domain and enterprise administrators of any domain count, and these accounts: SIDs, or
# patterns of names.
function Test-Trusted($Identity, [string[]] $Accounts) {
  $sid = $Identity.Value
  if ($TrustedSids -contains $sid -or $sid -match '^S-1-5-21-[\d-]+-(500|512|519)$') { return $true }
  if ($Accounts -contains $sid) { return $true }
  $name = Get-AccountName $Identity
  return @($Accounts | Where-Object { $name -like $_ }).Count -gt 0
}

# Nothing; or why it is not what administrators and these accounts made (link, owner) and alone may change (writable).
function Get-Distrust([string] $Path, [string[]] $Accounts, [switch] $OwnerOnly) {
  $item = Get-Item -LiteralPath $Path -Force
  # A file that is deduplicated is a reparse point as well, and none that leads elsewhere.
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
    # CREATOR OWNER stands for whoever makes something there, which the other rules decide.
    if ($rule.IdentityReference.Value -eq 'S-1-3-0' -or (Test-Trusted $rule.IdentityReference $Accounts)) { continue }
    return @{ reason = 'writable'; account = (Get-AccountName $rule.IdentityReference) }
  }
}
