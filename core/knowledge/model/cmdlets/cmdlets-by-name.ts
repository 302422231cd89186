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

/**
 * Verbs of programs that do not concern certificates. `!` marks a verb whose effect is not judged. Source: the
 * reference of each program.
 */
const MARKED_VERBS: Readonly<Record<string, readonly string[]>> = {
  kubectl: splitNames(`
    alpha annotate! api-versions attach! auth autoscale! certificate cluster-info completion cordon cp create! debug!
    diff drain events exec! explain expose! kustomize label! options patch! plugin port-forward proxy! replace! rollout
    run! scale set! taint! top uncordon wait
  `),
  crictl: splitNames(`
    attach! create! exec! images info inspect inspecti inspectp pods port-forward pull rm rmi! rmp run! runp! start
    stats statsp stopp update! version
  `),
  docker: splitNames('exec! image! images info inspect kill logs ls ps restart! rm start stop'),
};

export const PROGRAM_VERBS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(MARKED_VERBS).map(([program, verbs]) => [program, verbs.map((verb) => verb.replace('!', ''))]),
);

/** PowerShell verbs of cmdlets that change nothing but their output. Source: Approved Verbs for PowerShell. */
const READING =
  /^(?:compare|convertfrom|convertto|exit|export|find|format|get|group|join|measure|out|pop|push|read|receive|resolve|select|sort|split|test|wait|write)-(?!file$)/u;

const HARMLESS: ReadonlySet<string> = new Set([
  ...Object.entries(MARKED_VERBS).flatMap(([program, verbs]) => verbs.map((verb) => `${program}-${verb}`)),
  ...splitNames(`
    add-member clear-host clear-variable import-clixml import-csv import-module new-object new-pssession new-timespan
    new-variable remove-job remove-module remove-pssession remove-variable set-clipboard set-location set-strictmode set-variable start-vm stop-job
    stop-transcript cd clear clip cls date echo export fl ft gcm gi gm hostname ipconfig jq klist ls measure netstat
    notepad nslookup oh ping popd pushd pwd sort systeminfo timedatectl tracert w32tm where.exe openssl-x509
    openssl-verify openssl-s_client openssl-version net-start sc-query sc-qc sc-start
  `),
]);
const HARMLESS_ON_NODES: ReadonlySet<string> = new Set(
  splitNames(`
    ls ll stat file which df du free ps top uptime uname whoami id ip ss lsblk mount dmesg find test [ wc uniq cut tr
    printf sleep true false mkdir touch chown sync cert-tattoo-provision journalctl systemctl-status systemctl-start
    systemctl-is-active systemctl-show service-status crictl-ps crictl-logs for in done fi esac return dir findstr
    etcdctl-get
  `),
);

/** Returns whether a command harms no object of the product. A hyphen joins a program and its verb. */
export function isHarmlessCommand(name: string, isOnNode = false): boolean {
  return HARMLESS.has(name) || READING.test(name) || (isOnNode && HARMLESS_ON_NODES.has(name));
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
