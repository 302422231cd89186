import { splitNames } from './command-words.ts';

/* Commands known only by name. Their arguments are not checked, and their effects are not described. */

/** Source: the index of the AksHci reference. */
export const OTHER_CMDLETS = splitNames(`
  Add-AksHciGmsaCredentialSpec Add-AksHciNode Disable-AksHciArcConnection Disable-AksHciOfflineDownload
  Disable-AksHciPreview Enable-AksHciOfflineDownload Enable-AksHciPreview Get-AksHciAutoScalerProfile
  Get-AksHciClusterNetwork Get-AksHciProxySetting Get-AksHciRegistration Get-AksHciRelease Get-AksHciStorageContainer
  Get-AksHciVmSize Initialize-AksHciNode Install-AksHci Install-AksHciCsiNfs Install-AksHciCsiSmb
  Install-AksHciGmsaWebhook Install-AksHciMonitoring New-AksHciAutoScalerProfile New-AksHciClusterNetwork
  New-AksHciLoadBalancerSetting New-AksHciNetworkSetting New-AksHciNodePool New-AksHciProxySetting
  New-AksHciSSHConfiguration New-AksHciStorageContainer Remove-AksHciAutoScalerProfile Remove-AksHciClusterNetwork
  Remove-AksHciGmsaCredentialSpec Remove-AksHciNode Remove-AksHciNodePool Set-AksHciAutoScalerProfile
  Set-AksHciCluster Set-AksHciNodePool Set-AksHciOffsiteConfig Uninstall-AksHciCsiNfs Uninstall-AksHciCsiSmb
  Uninstall-AksHciGmsaWebhook Uninstall-AksHciMonitoring
`);

/** Cmdlets without a page: the modules AksHci, Moc and Kva export them, or Microsoft's pages and scripts call them. */
export const MODULE_CMDLETS = splitNames(`
  Set-AksHciConfigValue Connect-MocNetworkInterface Disconnect-MocNetworkInterface Get-MocContainer Get-MocEventLog
  Get-MocLogs Get-MocStacktrace Get-MocVirtualMachine Get-MocZone Get-NodeStacktrace Import-MocConfig
  Initialize-MocNode Install-Moc New-MocGroup New-MocNetworkSetting New-MocVirtualNetwork Remove-MocZone Reset-MocNode
  Set-MocConfig Set-MocConfigValue Test-MocConfiguration Update-MocZone Get-KvaCapiCluster Get-KvaClusterCredential
  Get-KvaEventLog Import-KvaConfig Repair-KvaCerts Repair-KvaCluster Set-KvaConfig Test-KvaConfiguration
`);

/** Verbs of programs that do not concern certificates. Source: the reference of each program. */
export const PROGRAM_VERBS: Readonly<Record<string, readonly string[]>> = {
  kubectl: splitNames(`
    alpha annotate api-versions attach auth autoscale certificate cluster-info completion cordon cp create debug diff
    drain events exec explain expose kustomize label options patch plugin port-forward proxy replace rollout run scale
    set taint top uncordon wait
  `),
  crictl: splitNames(`
    attach create exec images info inspect inspecti inspectp pods port-forward pull rm rmi rmp run runp start stats
    statsp stopp update version
  `),
  docker: splitNames('exec image images info inspect kill logs ps restart rm start stop'),
};

/** Cmdlets, programs and aliases of Windows and of its PowerShell. Source: the reference of Windows PowerShell 5.1. */
const GENERIC: ReadonlySet<string> = new Set(
  splitNames(
    `
    Add-Content Add-Member Add-Type Clear-Content Clear-Host Clear-Variable Compare-Object Connect-AzAccount
    ConvertFrom-Csv ConvertFrom-Json ConvertFrom-SecureString ConvertTo-Csv ConvertTo-Html ConvertTo-Json
    ConvertTo-SecureString ConvertTo-Xml Disable-WSManCredSSP Enable-PSRemoting Enable-WSManCredSSP Enter-PSSession
    Exit-PSSession Expand-Archive Export-Certificate Export-Clixml Export-Csv Export-PfxCertificate Find-Module
    Format-Custom Format-List Format-Table Format-Wide Get-Acl Get-AzContext Get-AzSubscription Get-ChildItem
    Get-CimInstance Get-Cluster Get-ClusterNetwork Get-ClusterResource Get-ClusterSharedVolume Get-Command
    Get-ComputerInfo Get-Disk Get-EventLog Get-ExecutionPolicy Get-FileHash Get-Help Get-History Get-Host Get-HotFix
    Get-InstalledModule Get-Item Get-ItemPropertyValue Get-Job Get-Location Get-Member Get-NetAdapter
    Get-NetFirewallRule Get-NetIPAddress Get-PackageProvider Get-PfxCertificate Get-PSDrive Get-PSRepository
    Get-PSSession Get-Random Get-TimeZone Get-Unique Get-Variable Get-VMSwitch Get-Volume Get-WinEvent Get-WmiObject
    Group-Object Import-Certificate Import-Clixml Import-Csv Import-Module Import-PfxCertificate Install-Module
    Install-PackageProvider Install-WindowsFeature Invoke-Expression Invoke-Item Invoke-RestMethod Invoke-WebRequest
    Join-Path Measure-Command Measure-Object New-Alias New-Object New-PSSession New-TimeSpan New-Variable Out-Default
    Out-File Out-GridView Out-Host Out-Null Out-String Pop-Location Push-Location Read-Host Receive-Job
    Register-PSRepository Register-ScheduledTask Remove-Job Remove-Module Remove-PSSession Remove-Variable Rename-Item
    Resolve-DnsName Resolve-Path Restart-Computer Restart-VM Save-Module Set-Acl Set-Alias Set-Clipboard Set-Date
    Set-ExecutionPolicy Set-Item Set-Location Set-PSRepository Set-Service Set-StrictMode Set-Variable Sort-Object
    Split-Path Start-Job Start-Process Start-Transcript Start-VM Stop-Computer Stop-Job Stop-Transcript Stop-VM
    Tee-Object Test-Connection Test-WSMan Unblock-File Update-Help Wait-Job Wait-Process Write-Debug Write-Error
    Write-Host Write-Information Write-Output Write-Progress Write-Verbose Write-Warning az awk base64 cat cd certutil
    chmod chown clear clip cls cmd curl date dir echo export fl ft gc gci gcm gi gm grep gsv hostname icacls iex ii
    ipconfig iwr journalctl jq klist ls measure more net netsh netstat notepad nslookup oh openssl ping popd
    powershell pushd pwd pwsh robocopy sc sed select-string setspn shutdown sls sort systemctl systeminfo tail tar tee
    timedatectl tracert w32tm where.exe xcopy
  `.toLowerCase(),
  ),
);

export function isGeneric(name: string): boolean {
  return GENERIC.has(name.toLowerCase());
}

const OTHER_PRODUCTS: ReadonlySet<string> = new Set(
  splitNames('eksctl gcloud k3d k3s k3sup kind kops kubeadm microk8s minikube oc rke rke2 talosctl'),
);
const OTHER_AZURE: ReadonlySet<string> = new Set(['aks', 'aksarc', 'aks-preview', 'akshybrid', 'hybridaks']);

/** Returns a name such as `az aks`; `undefined` unless the command belongs to another product. */
export function otherProduct(name: string, [first]: readonly string[]): string | undefined {
  const folded = name.toLowerCase();
  const verb = first?.toLowerCase() ?? '';
  if (folded === 'az') return OTHER_AZURE.has(verb) ? `az ${verb}` : undefined;
  return OTHER_PRODUCTS.has(folded) || /-azaks/u.test(folded) ? name : undefined;
}
