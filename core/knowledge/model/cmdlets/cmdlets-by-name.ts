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

/** Second words, by first word, of further commands that harm no object. Source: the references of Windows, Az and Linux. */
const READING: Readonly<Record<string, string>> = {
  az: 'account-list account-set account-show connectedk8s-connect connectedk8s-list connectedk8s-show login version',
  certutil: 'dump hashfile store verify',
  convertfrom: 'csv json securestring string stringdata',
  convertto: 'csv html json securestring xml',
  export: 'clixml csv formatdata',
  find: 'command module package packageprovider script',
  format: 'custom list table wide',
  get: `acl adcomputer addomain adgroup adgroupmember adserviceaccount aduser alias authenticodesignature
    azconnectedkubernetes azcontext azresource azresourcegroup azresourceprovider azstackhci azsubscription aztenant
    azurestackhci azurestackhciarcintegration cimclass ciminstance cimsession clipboard cluster clusteraccess
    clusterfaultdomain clustergroup clusterlog clusternetwork clusternetworkinterface clusternode clusterownernode
    clusterparameter clusterquorum clusterresource clusterresourcedependency clusterresourcetype clustersharedvolume
    clustersharedvolumestate command computerinfo counter culture dhcpserverv4lease dhcpserverv4scope disk dnsclient
    dnsclientcache dnsclientserveraddress dnsserverresourcerecord dnsserverzone event eventlog eventsubscriber
    executionpolicy filehash formatdata help history host hotfix installedmodule item itempropertyvalue job
    localgroup localgroupmember localuser location member netadapter netadapterrdma netadaptervmq
    netconnectionprofile netfirewallprofile netfirewallrule netintent netintentstatus netipaddress
    netipconfiguration netipinterface netlbfoteam netneighbor netqospolicy netroute nettcpconnection netudpendpoint
    package packageprovider packagesource partition physicaldisk psdrive psprovider psrepository pssession
    pssessionconfiguration random scheduledtask scheduledtaskinfo smbconnection smbopenfile smbsession smbshare
    storagehealthreport storagejob storagepool storagesubsystem timezone uiculture unique uptime variable vhd
    virtualdisk vm vmcheckpoint vmharddiskdrive vmhost vmintegrationservice vmmemory vmnetworkadapter
    vmnetworkadaptervlan vmprocessor vmreplication vmsnapshot vmswitch vmswitchteam volume windowscapability
    windowsfeature windowsoptionalfeature winevent wmiobject wsmaninstance`,
  import: 'clixml csv module',
  install: 'module packageprovider windowsfeature',
  measure: 'command object',
  new: 'object pssession timespan variable',
  openssl: 's_client verify version x509',
  out: 'default gridview host null printer string',
  remove: 'job module pssession variable',
  resolve: 'dnsname path',
  sc: 'qc query start',
  set: 'azcontext clipboard executionpolicy location psrepository strictmode variable',
  start: 'clusternode job vm',
  stop: 'job transcript',
  systemctl: `cat daemon-reload enable is-active is-enabled is-failed list-timers list-unit-files list-units reset-failed
    show start status`,
  test: 'computersecurechannel connection modulemanifest wsman',
  wait: 'event job process',
  write: 'debug error host information output progress verbose warning',
};

const HARMLESS: ReadonlySet<string> = new Set([
  ...Object.entries(MARKED_VERBS).flatMap(([program, verbs]) =>
    verbs.filter((verb) => !verb.endsWith('!')).map((verb) => `${program}-${verb}`),
  ),
  ...Object.entries(READING).flatMap(([first, words]) => splitNames(words).map((word) => `${first}-${word}`)),
  ...splitNames(`
    add-member arp cd clear clear-host clear-variable clip cls compare-object connect-azaccount date disconnect-azaccount
    echo enable-wsmancredssp exit-pssession export fl ft gcm gi gm group-object hostname ipconfig join-path klist ls
    measure net-start netstat nslookup oh ping pop-location popd push-location pushd pwd read-host receive-job
    register-psrepository select-xml sort-object split-path systeminfo tasklist timedatectl tracert w32tm where.exe
  `),
]);
const HARMLESS_ON_NODES: ReadonlySet<string> = new Set(
  splitNames(`
    ll stat file which df du free ps top uptime uname whoami id ip ss lsblk mount dmesg find test [ wc printf sleep true
    false mkdir sync cert-tattoo-provision journalctl service-status crictl-ps crictl-logs for in done fi esac return dir
    sha256sum md5sum cmp
  `),
);

/** Returns the name of a command, alone and joined to its first words by hyphens. */
export function effectNames(name: string, words: readonly string[]): string[] {
  const verbs =
    name === 'certutil'
      ? words.slice(0, 1).map((word) => word.replace(/^[-/]/u, ''))
      : words.filter((word) => !/^(?:-|\\\\|container$)/u.test(word)).slice(name === 'service' ? 1 : 0);
  // `systemctl start reboot.target` does the same as `systemctl reboot`.
  const target = /^(?:status|show|cat|is-.*|list-.*)$/u.test(verbs[0] ?? '')
    ? undefined
    : verbs.find((verb) => verb.endsWith('.target'));
  if (name === 'systemctl' && target !== undefined) verbs.splice(0, verbs.length, target.replace('.target', ''));
  return [0, 1, 2].map((count) => [name, ...verbs.slice(0, count)].join('-').toLowerCase());
}

/** Returns whether a command harms no object of the product. A hyphen joins a program and its verb. */
export function isHarmlessCommand(name: string, isOnNode = false): boolean {
  return HARMLESS.has(name) || (isOnNode && HARMLESS_ON_NODES.has(name));
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
