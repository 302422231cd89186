# Behaviour of every cmdlet stub: it records its call as a line of JSON, plays the requested fault, and returns what the
# real cmdlet is known to return. Each module contains a copy: a module does not see its caller's preferences, and that
# must be true for the whole stub. `$env:ARCWARDEN_STUBS` names the folder of one run:
#
#   calls.jsonl  calls in order; programs write there too
#   modes.json   behaviour of the real module, if several ways are known
#   acls.json    owners of files and folders, and the rights of others, by path; everything else belongs to the
#                administrators alone
#   faults.txt   `at name kind text`, separated by tabs: the number of the call or `*`, a name or `*`, the text in Base64

$script:Texts = @{
  en = @{
    failed = 'C:\Program Files\AksHci\kvactl.exe cluster get System.Collections.Hashtable.generic_non_zero 1 [Error: certificate has expired]'
    'not-configured' = '[{0}] This machine does not appear to be configured for deployment.'
    'no-cluster' = 'A cluster with the name {0} was not found.'
  }
  ja = @{
    failed = 'C:\Program Files\AksHci\kvactl.exe cluster get System.Collections.Hashtable.generic_non_zero 1 [Error: certificate has expired]'
    'not-configured' = "[{0}]$([char[]] (0x3053,0x306e,0x30b3,0x30f3,0x30d4,0x30e5,0x30fc,0x30bf,0x30fc,0x306f) -join '')"
    'no-cluster' = "$([char[]] (0x30af,0x30e9,0x30b9,0x30bf,0x30fc) -join '') {0}"
  }
}

function Get-StubMode {
  Get-Content -LiteralPath (Join-Path $env:ARCWARDEN_STUBS 'modes.json') -Raw | ConvertFrom-Json
}

function ConvertTo-RecordedValue($Value) {
  if ($null -eq $Value) { return $null }
  if ($Value -is [switch]) { return [bool] $Value }
  if ($Value -is [pscredential]) { return @{ user = $Value.UserName } }
  if ($Value -is [string] -or $Value -is [bool] -or $Value -is [int] -or $Value -is [long]) { return $Value }
  if ($Value -is [array]) { return , @($Value | ForEach-Object { ConvertTo-RecordedValue $_ }) }
  return [string] $Value
}

# Returns the faults of this call. `$IsAsked`: the call only printed what it would do.
function Add-StubCall([string] $Name, $Bound, [bool] $IsAsked) {
  $file = Join-Path $env:ARCWARDEN_STUBS 'calls.jsonl'
  $parameters = [ordered] @{}
  foreach ($key in $Bound.Keys) { $parameters[$key] = ConvertTo-RecordedValue $Bound[$key] }
  $record = [ordered] @{ name = $Name; parameters = $parameters; folder = (Get-Location).ProviderPath; onlyAsked = $IsAsked }
  $line = ConvertTo-Json -InputObject $record -Compress -Depth 4 -EscapeHandling EscapeNonAscii
  [System.IO.File]::AppendAllText($file, $line + "`n")
  if ($IsAsked) { return @() }
  # Calls with -WhatIf have no number.
  $number = @([System.IO.File]::ReadAllLines($file) | Where-Object { -not $_.Contains('"onlyAsked":true') }).Count
  $faults = Join-Path $env:ARCWARDEN_STUBS 'faults.txt'
  if (-not [System.IO.File]::Exists($faults)) { return @() }
  return @([System.IO.File]::ReadAllLines($faults) | ForEach-Object {
    $at, $of, $kind, $text = $_.Split("`t")
    if (($at -eq '*' -or $at -eq [string] $number) -and ($of -eq '*' -or $of -eq $Name)) {
      @{ kind = $kind; text = [System.Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($text)) }
    }
  })
}

# Plays a fault. True: the cmdlet continues and returns its usual output.
function Invoke-StubFault($Fault, $Cmdlet) {
  switch ($Fault.kind) {
    'throw' { throw ([System.Management.Automation.RuntimeException]::new($Fault.text)) }
    'error' { Write-Error -Message $Fault.text; return $false }
    'error-and-on' { Write-Error -Message $Fault.text }
    'warning' { Write-Warning $Fault.text }
    'exit-code' { & /bin/sh -c ('exit ' + $Fault.text) }
    'ask' { if (-not $Cmdlet.ShouldContinue($Fault.text, 'stub')) { return $false } }
    'type' { [void] (Read-Host -Prompt $Fault.text) }
    'exit' { exit ([int] $Fault.text) }
    'host-exit' { [Environment]::Exit([int] $Fault.text) }
    'hang' { Start-Sleep -Seconds ([int] $Fault.text) }
    'megabytes' { $row = 'x ' * 512; foreach ($at in 1..([int] $Fault.text * 1024)) { Write-Host $row } }
    'progress' { foreach ($at in 1..20) { Write-Progress -Activity $Fault.text -PercentComplete ($at * 5) } }
    'nothing' { return $false }
  }
  return $true
}

# Makes a login file with a token: three parts like a JWT, but nothing accepts it.
function Get-FakeIdentity {
  $token = 'eyJhbGciOiJSUzI1NiJ9.' + [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes('{"exp":1}')) + '.fake'
  return [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes("name: kvactl`ntoken: $token`n"))
}

function Get-StubConfig([string] $Module) {
  $mode = Get-StubMode
  if (-not $mode.isConfigured) { throw ($script:Texts[$mode.language].'not-configured' -f $Module) }
  $state = if ($mode.state -eq 'number') { 2 } else { 'Installed' }
  $work = Join-Path $env:ARCWARDEN_STUBS 'aks-hci'
  $common = @{ installState = $state; workingDir = $work; catalog = 'aks-hci-stable-catalogs-ext'; ring = 'stable' }
  switch ($Module) {
    'AksHci' { return $common + @{ version = '1.0.24.11029'; moduleVersion = '1.2.16'; caCertRotationThreshold = 90 } }
    'Kva' {
      return $common + @{ kvaName = 'clustergroup-management'; identity = Get-FakeIdentity; version = '1.0.24.11029'
        kubeconfig = (Join-Path $work 'kubeconfig-mgmt') }
    }
    'Moc' {
      return $common + @{ cloudfqdn = 'ca-1.contoso.example'; clusterRoleName = 'ca-1'; cloudLocation = 'MocLocation'
        sshPrivateKey = (Join-Path $work '.ssh' 'akshci_rsa'); accessFileDirPath = (Join-Path $work 'CloudCfg')
        mocLoginYAML = (Join-Path $work 'mocLogin.yaml') }
    }
  }
}

# Builds are known to write a kubeconfig in three ways.
function Write-StubKubeconfig([string] $Cluster, [string] $Path) {
  if ($Path -eq '') { $Path = Join-Path $env:UserProfile '.kube/config' }
  $Path = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
  $isFolder = [System.IO.Directory]::Exists($Path)
  $file = switch ((Get-StubMode).kubeconfig) {
    'kubeconfig-name' { Join-Path $Path ('kubeconfig-' + $Cluster) }
    'name-kubeconfig' { Join-Path $Path ($Cluster + '-kubeconfig') }
    default { if ($isFolder) { Join-Path $Path 'config' } else { $Path } }
  }
  # The file system rejects a name that no file can have.
  [System.IO.File]::WriteAllText($file, "apiVersion: v1`nkind: Config`n")
}

# Makes identities like those of .NET, which cannot make them outside Windows.
function New-StubIdentity([string] $Sid, [string] $Name) {
  $identity = [pscustomobject] @{ Value = $Sid; Name = $Name }
  $identity | Add-Member -MemberType ScriptMethod -Name Translate -PassThru -Value {
    if ($this.Name -eq '') { throw 'Some or all identity references could not be translated.' }
    [pscustomobject] @{ Value = $this.Name }
  }
}

# Finds accounts of the domain contoso.example, called CONTOSO, of the computer HOST01, and of Windows, in any spelling
# that Windows accepts. A name with `nobody` is unknown.
function Resolve-StubAccount([string] $Spelling) {
  if ($Spelling -in 'S-1-5-18', 'SYSTEM', 'NT AUTHORITY\SYSTEM') { return New-StubIdentity 'S-1-5-18' 'NT AUTHORITY\SYSTEM' }
  if ($Spelling -match '^S-1-5-21-9-9-9-12\d\d$') { return New-StubIdentity $Spelling 'CONTOSO\aks-admin' }
  if ($Spelling -match 'nobody|^\.|^S-1-') { throw 'Some or all identity references could not be translated.' }
  $name = ($Spelling -replace '^.*\\', '') -replace '@.*$', ''
  if ($Spelling -like 'HOST01\*') { return New-StubIdentity 'S-1-5-21-8-8-8-1001' ('HOST01\' + $name) }
  $numbers = @{ 'aks-admin' = 1201; 'gmsa$' = 1202; 'aks$' = 2003 }
  return New-StubIdentity ('S-1-5-21-9-9-9-' + $numbers[$name]) ('CONTOSO\' + $name)
}

function Get-StubAcl([string] $Path) {
  $file = Join-Path $env:ARCWARDEN_STUBS 'acls.json'
  $said = $null
  if ([System.IO.File]::Exists($file)) { $said = ([System.IO.File]::ReadAllText($file) | ConvertFrom-Json -AsHashtable)[$Path] }
  if ($null -eq $said) { $said = @{} }
  $owner = if ($said.owner) { $said.owner } else { @{ sid = 'S-1-5-32-544'; name = '' } }
  $full = 0x1f01ff
  $rules = @('S-1-5-18', 'S-1-5-32-544' | ForEach-Object { @{ sid = $_; name = ''; rights = $full } }) + @($said.others | Where-Object { $_ })
  $acl = [pscustomobject] @{
    Sddl = ''
    Owner = New-StubIdentity $owner.sid $owner.name
    Rules = @($rules | ForEach-Object {
      [pscustomobject] @{ IdentityReference = New-StubIdentity $_.sid $_.name; FileSystemRights = [int] $_.rights; AccessControlType = 'Allow' }
    })
  }
  $acl | Add-Member -MemberType ScriptMethod -Name GetOwner -Value { param($Type) $this.Owner }
  $acl | Add-Member -MemberType ScriptMethod -Name GetAccessRules -Value { param($Explicit, $Inherited, $Type) $this.Rules }
  $acl | Add-Member -MemberType ScriptMethod -Name SetSecurityDescriptorSddlForm -Value { param($Form) $this.Sddl = $Form }
  $acl | Add-Member -MemberType ScriptMethod -Name ToString -Value { $this.Sddl } -Force -PassThru
}

# Resets the path to the default rights.
function Set-StubAcl([string] $Path) {
  $file = Join-Path $env:ARCWARDEN_STUBS 'acls.json'
  if (-not [System.IO.File]::Exists($file)) { return }
  $said = [System.IO.File]::ReadAllText($file) | ConvertFrom-Json -AsHashtable
  $said.Remove($Path)
  [System.IO.File]::WriteAllText($file, (ConvertTo-Json -InputObject $said -Depth 5))
}

function Get-StubOutput([string] $Name, $Bound) {
  switch -Wildcard ($Name) {
    'Get-AksHciConfig' { return @{ AksHci = Get-StubConfig 'AksHci'; Kva = Get-StubConfig 'Kva'; Moc = Get-StubConfig 'Moc' } }
    'Get-KvaConfig' { return Get-StubConfig 'Kva' }
    'Get-MocConfig' { return Get-StubConfig 'Moc' }
    'Get-AksHciVersion' { return '1.0.24.11029' }
    'Get-MocVersion' { return '1.2.3.4' }
    'Get-AksHciCredential' { Write-StubKubeconfig $Bound['name'] ([string] $Bound['configPath']) }
    'Get-AksHciCluster' {
      $names = if ($Bound.ContainsKey('name')) { @($Bound['name']) } else { @('retail-east', 'retail-west') }
      if ((Get-StubMode).listsManagement -and -not $Bound.ContainsKey('name')) { $names += 'clustergroup-management' }
      foreach ($each in $names) {
        [pscustomobject] @{
          Status = @{ ProvisioningState = 'Deployed'; Details = @{} }
          ProvisioningState = 'Deployed'; KubernetesVersion = 'v1.29.4'; PackageVersion = 'v1.29.4'; NodePools = 'nodepool1'
          WindowsNodeCount = 0; Windows2022NodeCount = 0; LinuxNodeCount = 1; ControlPlaneNodeCount = 1; Name = $each
        }
      }
    }
    'Get-AksHciNodePool' {
      [pscustomobject] @{ ClusterName = $Bound['clusterName']; NodePoolName = 'nodepool1'; Version = 'v1.29.4'; OsType = 'Linux'
        NodeCount = 1; VmSize = 'Standard_K8S3_v1'; Phase = 'provisioned' }
    }
    'Get-AksHciUpdates' {
      if ((Get-StubMode).updates -eq 'text') { return '1.0.25.10226' }
      [pscustomobject] @{ version = '1.0.25.10226'; comments = ''; recommendation = 'Update'; isCompatible = $true }
    }
    'Get-AksHciClusterUpdates' { [pscustomobject] @{ kubernetesversion = 'v1.29.4'; operatingsystemversion = 'mariner'; details = '' } }
    'Get-AksHciBillingStatus' { [pscustomobject] @{ ConnectionStatus = 'OutOfPolicy'; LastConnected = '2026-11-01T00:00:00Z' } }
    'Sync-AksHciBilling' { 'Upload Successful!' }
    'Get-AksHciLogs' { Join-Path $env:ARCWARDEN_STUBS 'akshcilogs1.zip' }
    'Test-UpdateAksHci' { [pscustomobject] @{ TestName = 'Validate AksHci Update'; Category = 'AksHci'; TestResult = 'Success'; Details = ''; Recommendation = '' } }
    'Get-MocNode' { [pscustomobject] @{ name = 'host01'; version = '1.2.3'; properties = @{ fqdn = 'host01.contoso.example'; port = 45000 } } }
    'Update-AksHci' { Write-Information 'Test (1 of 2): "Validate"'; Write-Progress -Activity 'Update' -PercentComplete 50 }
    'Get-ClusterNode' {
      foreach ($node in 'host01', 'host02') {
        [pscustomobject] @{ Name = $node; State = 'Up' } | Add-Member -MemberType ScriptMethod -Name ToString -Value { $this.Name } -Force -PassThru
      }
    }
    'Resolve-Account' { Resolve-StubAccount ([string] $Bound['Name']) }
    'Set-Acl' { Set-StubAcl ([string] $Bound['LiteralPath']) }
    'Get-Cluster' { [pscustomobject] @{ Name = 'hv-cluster' } }
    'Get-*ScheduledTask' { [pscustomobject] @{ TaskName = [string] $Bound['TaskName'] } }
    'Get-ClusterGroup' { [pscustomobject] @{ Name = $Bound['Name']; OwnerNode = 'host01'; State = 'Online' } }
    'Start-ClusterGroup' { [pscustomobject] @{ Name = $Bound['Name']; OwnerNode = 'host01'; State = 'Online' } }
    'Get-VM' { [pscustomobject] @{ Name = 'vm-1'; ComputerName = $Bound['ComputerName'] } }
    'Get-VMNetworkAdapter' { [pscustomobject] @{ VMName = 'vm-1'; IPAddresses = @('10.0.0.21') } }
    'Get-Service' { [pscustomobject] @{ Name = @($Bound['Name'])[0]; Status = if ((Get-StubMode).stopped -contains $global:StubComputer) { 'Stopped' } else { 'Running' } } }
    'Get-Process' { [pscustomobject] @{ Name = $Bound['Name']; Id = 1 } }
    'Get-ItemProperty' { [pscustomobject] @{ ImagePath = 'C:\Program Files\AksHci\wssdagent.exe' } }
    'Get-Module' { [pscustomobject] @{ Name = 'AksHci'; Version = [version] '1.2.16' } }
    'Invoke-Command' {
      foreach ($computer in @($Bound['ComputerName'])) {
        $global:StubComputer = $computer
        & $Bound['ScriptBlock'] | Add-Member -NotePropertyName PSComputerName -NotePropertyValue $computer -PassThru
      }
      $global:StubComputer = ''
    }
    'New-ScheduledTask*' { [pscustomobject] @{ Made = $Name } }
    'Get-Credential' { [pscredential]::new($(if ($Bound['UserName']) { $Bound['UserName'] } else { 'application' }), (ConvertTo-SecureString 'secret' -AsPlainText -Force)) }
  }
}

function Invoke-Stub($Cmdlet, $Bound) {
  $name = $Cmdlet.MyInvocation.MyCommand.Name
  # Scripts read owners all the time, which changes nothing, so these calls are neither recorded nor disturbed.
  if ($name -eq 'Get-Acl') { return Get-StubAcl ([string] $Bound['LiteralPath']) }
  if ($Cmdlet.MyInvocation.MyCommand.Parameters.ContainsKey('WhatIf')) {
    $text = "Stub $name"
    if (-not $Cmdlet.ShouldProcess([string] $Bound['name'], $text)) {
      [void] (Add-StubCall $name $Bound $true)
      return
    }
  }
  foreach ($fault in @(Add-StubCall $name $Bound $false)) {
    if ($fault.kind -eq 'says') { Write-Output $fault.text }
    elseif (-not (Invoke-StubFault $fault $Cmdlet)) { return }
  }
  Get-StubOutput $name $Bound
}
