/** What each cmdlet and program is for. */
export default {
  'cmdlet.Update-AksHciCertificates.use':
    'Rotates tokens and certificates of all clients of the AKS host: node agent, KVA, KMS, cloud operator, CSI, certificate manager, CAPH, cloud provider.',
  'cmdlet.Update-AksHciCertificates.window':
    'Open a new PowerShell window first. -force rotates regardless of expiry dates. No output is documented.',
  'cmdlet.Update-AksHciCertificates.api-server': 'The API server of the management cluster has to answer.',
  'cmdlet.Update-AksHciClusterCertificates.use':
    '-fixCloudCredentials: a workload cluster lost the cloud agent. -fixKubeletCredentials: makes the certificates of its control plane anew.',
  'cmdlet.Update-AksHciClusterCertificates.one-fix': 'One fix per call. -force rotates regardless of expiry dates.',
  'cmdlet.Update-AksHciClusterCertificates.no-effect':
    'With builds up to 1.0.14.x it may do nothing when the VM’s name lacks “-control-plane-” (F02).',
  'cmdlet.Repair-AksHciCerts.use': 'The old repair of the host. Its page says that it will be deprecated.',
  'cmdlet.Repair-AksHciCerts.api-server': 'Fails when the API server is down.',
  'cmdlet.Repair-AksHciClusterCerts.use':
    'The old repair of a workload cluster. Its page says that it will be deprecated.',
  'cmdlet.Repair-AksHciClusterCerts.article':
    'The article on certificates still names it for the recovery after a revocation.',
  'cmdlet.Repair-AksHciClusterCerts.kvactl':
    'Calls kvactl.exe cluster repair underneath; older pages show it without a switch.',
  'cmdlet.Repair-AksHciClusterCerts.api-server': 'Fails when the API server is down.',
  'cmdlet.Invoke-AksHciRotateCACertificate.use':
    'Rotates the cloud agent CA, which lives 365 days. Some services are down meanwhile: use with caution.',
  'cmdlet.Invoke-AksHciRotateCACertificate.index': 'Has a page of its own and is missing in the module’s index.',
  'cmdlet.Repair-MocLogin.use': 'Logs mocctl in again after its certificate has expired.',
  'cmdlet.Repair-MocLogin.no-page': 'No page of the reference describes it; no parameters are documented.',
  'cmdlet.Repair-Moc.use': 'Lets node agents with an expired token join the cloud agent again.',
  'cmdlet.Repair-Moc.no-page': 'No page of the reference describes it; no parameters are documented.',
  'cmdlet.New-MocIdentity.use': 'Makes an identity for another administrator. Not needed since September 2022.',
  'cmdlet.New-MocIdentity.validity': 'Its validity cannot be extended: make a new one.',
  'cmdlet.New-MocRoleAssignment.use': 'Gives a role to an identity.',
  'cmdlet.Update-MocIdentity.use': 'Makes the token file of an identity anew.',
  'cmdlet.Update-MocIdentity.no-page':
    'No page of Microsoft describes it; seen in a third party’s write-up about Azure Local.',
  'cmdlet.mocctl-security-identity-rotate.use': 'Rotates the token of an identity and prints a login file.',
  'cmdlet.mocctl-security-identity-rotate.secret':
    'Its output is a token in clear: keep it in a file of your own and delete it afterwards.',
  'cmdlet.mocctl-security-login.use': 'Logs in with a login file and stores the certificate.',
  'cmdlet.Set-AksHciProxySetting.use': 'Sets the bundle of CA certificates of the Linux nodes.',
  'cmdlet.Set-AksHciProxySetting.later':
    'Takes effect with the next update; there is no way to view, change or delete it. -noProxy stays an empty string.',
  'cmdlet.Update-AksHci.use':
    'Updates the host, always to the latest release and before any cluster. Rotates tokens that cannot rotate by themselves.',
  'cmdlet.Update-AksHci.cadence': 'Recommended within 60 days of a release; another page says 30.',
  'cmdlet.Update-AksHciCluster.use': 'Updates a workload cluster: Kubernetes, or the operating system only.',
  'cmdlet.Get-AksHciUpdates.use': 'Lists the releases to which the host can be updated.',
  'cmdlet.Get-AksHciClusterUpdates.use': 'Lists the updates of a cluster; also a cheap test of kvactl.',
  'cmdlet.Get-AksHciVersion.use': 'Tells the build, such as 1.0.14.10928; the last part is 1, month and day.',
  'cmdlet.Get-AksHciCluster.use': 'Lists the clusters. Node counts are 0 for clusters with node pools.',
  'cmdlet.Get-AksHciNodePool.use': 'Lists the node pools of a cluster.',
  'cmdlet.Get-AksHciCredential.use':
    'Writes a new kubeconfig of a workload cluster. -adAuth: without secrets, for AD sign-on; -aadAuth: for Azure RBAC.',
  'cmdlet.Get-AksHciCredential.replaces': 'Replaces kubectl’s default file unless -configPath names another.',
  'cmdlet.Get-AksHciConfig.use': 'Tells the configuration; the members .Moc, .AksHci and .Kva are used.',
  'cmdlet.Get-AksHciKubernetesVersion.use': 'Lists the Kubernetes versions for new clusters.',
  'cmdlet.Test-UpdateAksHci.use': 'Tests whether the host may be updated.',
  'cmdlet.Get-AksHciEventLog.use': 'Shows the event log of the module.',
  'cmdlet.Get-AksHciLogs.use': 'Collects the logs in a zip file of at most 2 GB.',
  'cmdlet.Get-AksHciBillingStatus.use': 'Tells whether billing is in policy.',
  'cmdlet.Get-MocConfig.use': 'Tells the configuration of MOC: sshPrivateKey, clusterRoleName.',
  'cmdlet.Get-KvaConfig.use': 'Tells the configuration of the management cluster: kubeconfig.',
  'cmdlet.Get-MocVersion.use': 'Tells the version of MOC, to be compared with the build.',
  'cmdlet.Get-MocNode.use': 'Lists the nodes that the cloud agent knows; works only when mocctl can log in.',
  'cmdlet.Set-AksHciConfig.use': 'Sets the configuration of the host: folders, ports, names.',
  'cmdlet.Install-AksHciAdAuth.use': 'Installs AD authentication, with new certificates of 500 days.',
  'cmdlet.Uninstall-AksHciAdAuth.use': 'Removes AD authentication from a cluster.',
  'cmdlet.Sync-AksHciBilling.use': 'Sends the billing records now.',
  'cmdlet.Sync-AksHciBilling.out-of-policy': 'May succeed and leave billing out of policy.',
  'cmdlet.Sync-AksHciBilling.takes': '20 to 30 minutes until an update goes on.',
  'cmdlet.Enable-AksHciArcConnection.use': 'Connects a cluster to Azure Arc.',
  'cmdlet.Set-AksHciRegistration.use': 'Registers the host with Azure and signs in.',
  'cmdlet.Set-AksHciRegistration.same':
    'Use the subscription and resource group of the first registration: others are not taken.',
  'cmdlet.Update-AksHciCluster.together':
    '-kubernetesVersion and -operatingSystem may be given together. Asks first; -Confirm:$false answers.',
  'cmdlet.Get-AksHciCredential.prompts': 'Asks before it writes the file. In a script: -Confirm:$false.',
  'cmdlet.Get-AksHciCredential.config-path':
    'What -configPath means differs by build: the file, or a folder that receives kubeconfig-<name> or <name>-kubeconfig. Give a new, empty folder and take the one file in it.',
  'cmdlet.Get-AksHciConfig.token':
    '.Kva.identity contains a token that is in force: do not attach or send the output to anybody.',
  'cmdlet.Repair-Moc.restarts':
    'On 1.0.24.11029 one user saw all VMs of a node restart: run it in a maintenance window.',
  'cmdlet.Update-AksHci.in-progress':
    'While installState is Updating it says “Update is already in progress”, even if the update broke off.',
  'cmdlet.Update-AksHci.restarts':
    'On 1.0.24.11029 one user saw all VMs of a node restart: run it in a maintenance window.',
  'cmdlet.Get-AksHciUpdates.items':
    'Newer modules return items with a recommendation to read first, older ones bare builds.',
  'cmdlet.Get-AksHciVersion.newest':
    'Newest builds seen: 1.0.24.11029 of October 2024 (module 1.2.16, for hosts from 1.0.14.10929 on) and 1.0.25.10226 of February 2025.',
  'cmdlet.Get-AksHciCluster.states':
    'ProvisioningState is Deployed or, while it waits, ClusterPending with an error within Status; provisioned in older builds.',
  'cmdlet.Get-AksHciCluster.management': 'The management cluster may be in the list, by the name in .Kva.kvaName.',
  'cmdlet.Get-AksHciCredential.target':
    'For workload clusters only. The kubeconfig of the management cluster is (Get-AksHciConfig).Kva.kubeconfig.',
  'cmdlet.Get-AksHciConfig.states':
    'installState is Installed, NotInstalled, Updating or UpdateFailed, among others; from another computer or as JSON it may be a number. Left in Updating, it keeps updates from starting.',
  'cmdlet.Get-AksHciConfig.not-configured':
    'Throws “This machine does not appear to be configured for deployment” where there is no configuration.',
  'cmdlet.Get-AksHciConfig.threshold':
    '.AksHci.caCertRotationThreshold was 90 in the one print that is public; no source tells whether days or percent.',
  'cmdlet.Get-MocConfig.access-files':
    'accessFileDirPath is the folder of the access files: kvactl\\cloudconfig and mocctl\\cloudconfig below it. Older builds have them in .wssd of the user.',
  'cmdlet.Get-MocConfig.role':
    'clusterRoleName is the cluster role of the cloud agent: ca-<guid> only if no other name was set.',
  'cmdlet.Sync-AksHciBilling.no-proof':
    '“Upload Successful!” proves nothing: with it the status stayed OutOfPolicy. Look at Get-AksHciBillingStatus.',
  'cmdlet.Get-Service.cloud-agent':
    'wssdcloudagent is stopped on every node that does not own its cluster role: that is normal. wssdagent runs on each.',
  'cmdlet.Update-Module.accept-license':
    '-AcceptLicense is a parameter of PowerShellGet 2. Where only version 1.0.0.1 of Windows is installed, “A parameter cannot be found” is the answer: install the newer PowerShellGet, and open a new window.',
  'cmdlet.Restart-Service.node-agent':
    'For wssdagent in a maintenance window only: on 1.0.24.11029 one user saw all VMs of a node restart.',
  'cmdlet.Get-ClusterGroup.role':
    'The role of the cloud agent is (Get-MocConfig).clusterRoleName; ca-* finds it only where no other name was set.',
  'cmdlet.kvactl.errors':
    'A failure is thrown by the cmdlet, with “System.Collections.Hashtable.generic_non_zero” and the exit code, in every language of Windows.',
  'cmdlet.Invoke-AksHciRotateCACertificate.threshold':
    'A published configuration has a caCertRotationThreshold of 90; no source tells whether days or percent, or who reads it.',
  'cmdlet.New-AksHciCluster.use': 'Creates a workload cluster.',
  'cmdlet.New-AksHciCluster.name': 'Without hyphens in the name: with them the creation may fail.',
  'cmdlet.Remove-AksHciCluster.use': 'Deletes a workload cluster with everything in it.',
  'cmdlet.Restart-AksHci.use':
    'Removes every workload cluster and the host, and installs the host anew. Only configuration and images are kept: it is no restart of a service.',
  'cmdlet.Restart-AksHci.name': 'In modules up to 1.1.x; from 1.2.x it is called Reinstall-AksHci.',
  'cmdlet.Reinstall-AksHci.use':
    'The name of Restart-AksHci from module 1.2.x: removes every workload cluster and the host, and installs the host anew.',
  'cmdlet.Reinstall-AksHci.name': 'In modules from 1.2.x; up to 1.1.x it is called Restart-AksHci.',
  'cmdlet.Uninstall-AksHci.use': 'Removes the host with every workload cluster and all settings.',
  'cmdlet.windows.use': 'Comes with Windows.',
  'cmdlet.kubectl.use': 'Asks or changes a cluster through its API server.',
  'cmdlet.kvactl.use': 'The program behind most AksHci cmdlets; they call it themselves.',
  'cmdlet.ssh.use': 'Opens a shell on a VM of a cluster: user clouduser on Linux, administrator on Windows.',
  'cmdlet.scp.use': 'Copies files to and from a VM of a cluster.',
  'cmdlet.crictl.use': 'Lists and restarts containers on a node of a current image.',
  'cmdlet.docker.use': 'The same on nodes of images of 2021.',
  'cmdlet.remark.one-page': '-patchLoadBalancer appears in one row of one page, not in the cmdlet’s reference.',
  'cmdlet.remark.insecure': '-insecure switches TLS off between all agents. Not for production.',
} as const;
