/** Where sources disagree: both sides, and what to do. */
export default {
  'contradiction.tls-internal-error': 'Which repair brings logs back after “tls: internal error”',
  'contradiction.tls-internal-error.a': '-fixCloudCredentials: the token of the certificate manager has to be renewed.',
  'contradiction.tls-internal-error.b': '-fixKubeletCredentials, then a new kubeconfig.',
  'contradiction.tls-internal-error.advice':
    'Try -fixCloudCredentials first: it leaves the control plane alone. If the error stays, -fixKubeletCredentials.',
  'contradiction.not-updated-90-days': 'What happens when a deployment is not updated within 90 days',
  'contradiction.not-updated-90-days.a': 'Certificates of MOC are not impacted.',
  'contradiction.not-updated-90-days.b':
    'Certificates and tokens expire after 90 days; a reboot afterwards leaves the deployment non-functional.',
  'contradiction.not-updated-90-days.advice':
    'It depends on the build: rotation by itself came about early 2023. Treat older builds as at risk, and read the real dates.',
  'contradiction.moc-validity': 'How long credentials of MOC live',
  'contradiction.moc-validity.a': '90 days.',
  'contradiction.moc-validity.b': '60 days.',
  'contradiction.moc-validity.advice':
    'Both are right at their time; it changed in April or May 2022. Arcwarden reads the real dates and assumes nothing where there are any.',
  'contradiction.off-under-30-days': 'How long a cluster may be off before its Kubernetes certificates need repair',
  'contradiction.off-under-30-days.a': 'They are impacted by a shutdown of less than 30 days; no lower limit is given.',
  'contradiction.off-under-30-days.b': 'By a shutdown of more than four days; fixed in the release of September 2022.',
  'contradiction.off-under-30-days.advice':
    'What counts is the earliest end of a certificate of the cluster, often about a day away.',
  'contradiction.patch-load-balancer': 'Whether -patchLoadBalancer exists',
  'contradiction.patch-load-balancer.a': 'The table of repairs names it for load balancers.',
  'contradiction.patch-load-balancer.b': 'The reference of the cmdlet does not have it.',
  'contradiction.patch-load-balancer.advice': 'Use it only for load balancer VMs, and see whether the cmdlet takes it.',
  'contradiction.required-true': 'Whether the switches are required',
  'contradiction.required-true.a': 'The syntax shows -force and both fixes as optional, in two sets.',
  'contradiction.required-true.b': 'The table of parameters of the same page says “Required: True” for all of them.',
  'contradiction.required-true.advice': 'Arcwarden trusts the syntax.',
  'contradiction.etcd-server-issuer': 'Who signs the server certificate of etcd',
  'contradiction.etcd-server-issuer.a': 'The Cluster CA.',
  'contradiction.etcd-server-issuer.b': 'The etcd CA, as in every cluster that kubeadm makes.',
  'contradiction.etcd-server-issuer.advice': 'Arcwarden shows the issuer that stands in the certificate.',
  'contradiction.not-before-sample': 'Whether entries need notBefore',
  'contradiction.not-before-sample.a': 'The text: give notBefore with every field but the serial number.',
  'contradiction.not-before-sample.b':
    'The sample beside it leaves it out in four of five entries, one of them the group system:nodes.',
  'contradiction.not-before-sample.advice':
    'Follow the text, not the sample: taken as it is, it revokes what a repair would make.',
  'contradiction.not-before-reason': 'Why notBefore is needed',
  'contradiction.not-before-reason.a': 'An older text gives the reason: so that the cluster can be recovered.',
  'contradiction.not-before-reason.b': 'Today’s text keeps the rule and drops the reason.',
  'contradiction.not-before-reason.advice':
    'The reason still holds: without notBefore new certificates are revoked, too.',
  'contradiction.kind-spelling': 'How kinds of entries are spelled',
  'contradiction.kind-spelling.a': 'serialnumber, in lower case.',
  'contradiction.kind-spelling.b': 'Group, DNS and IP with capitals, in the same sample.',
  'contradiction.kind-spelling.advice': 'Arcwarden writes each as published; the schema is not public.',
  'contradiction.update-cadence': 'How often to update',
  'contradiction.update-cadence.a': 'Within 60 days of a release.',
  'contradiction.update-cadence.b':
    'Within 30 days, with at most 90 days from the last update; after that, call Microsoft Support.',
  'contradiction.update-cadence.advice': 'Plan for 60 days, and never go beyond 90.',
  'contradiction.kms-on-workload': 'Which cmdlet repairs an expired KMS token of a workload cluster',
  'contradiction.kms-on-workload.a': 'The one of the cluster, with -fixCloudCredentials.',
  'contradiction.kms-on-workload.b': 'Repair-AksHciCerts, which is about the host.',
  'contradiction.kms-on-workload.advice':
    'Use the cmdlet of the cluster; the one of the host is for the management cluster.',
  'contradiction.kvactl-path': 'Where the access file of kvactl is',
  'contradiction.kvactl-path.a': '$env:UserProfile\\.wssd\\kvactl\\cloudconfig',
  'contradiction.kvactl-path.b': '$env:UserProfile.wssd\\kvactl\\cloudconfig, without a backslash before .wssd.',
  'contradiction.kvactl-path.advice':
    'The first is right. PowerShell reads the second as a property, and \\kvactl\\cloudconfig is what is left of it.',
  'contradiction.container-tool': 'Which tool lists containers on a node',
  'contradiction.container-tool.a': 'sudo crictl.',
  'contradiction.container-tool.b': 'sudo docker container.',
  'contradiction.container-tool.advice': 'crictl on current images, docker on those of 2021.',
  'contradiction.broken-commands': 'Commands that do not run as they are printed',
  'contradiction.broken-commands.a':
    'The reference: Update-AksHciClusterCertificates -name mycluster -fixCloudCredentials',
  'contradiction.broken-commands.b':
    'Other pages: -Name my-workload -cluster, UpdateAksHciClusterCertificates, -fixcloudcredential, a dash in place of the hyphen.',
  'contradiction.broken-commands.advice':
    'Arcwarden prints the form of the reference. Check what you paste with the command checker.',
  'contradiction.update-cluster-sets': 'Which parameters of Update-AksHciCluster stand together',
  'contradiction.update-cluster-sets.a':
    'The reference: -kubernetesVersion and -operatingSystem are in two sets, which exclude each other.',
  'contradiction.update-cluster-sets.b':
    'Code by Microsoft that calls it: both together, with -Confirm:$false. A bare -name is valid, too.',
  'contradiction.update-cluster-sets.advice': 'Arcwarden takes both together for right, since callers do it.',
  'contradiction.config-path': 'What Get-AksHciCredential -configPath means',
  'contradiction.config-path.a': 'The file that is written.',
  'contradiction.config-path.b':
    'A folder, in which kubeconfig-<name> or, by another account, <name>-kubeconfig is written.',
  'contradiction.config-path.advice':
    'It differs by build. Give a new, empty folder that exists, and take the one file in it, or the path itself if it became a file.',
  'contradiction.access-file-folder': 'Where mocctl and kvactl keep their access files',
  'contradiction.access-file-folder.a': 'In .wssd of the profile of the Windows user.',
  'contradiction.access-file-folder.b':
    'Below the configured folder, accessFileDirPath, such as <workingDir>\\CloudCfg.',
  'contradiction.access-file-folder.advice':
    'Ask (Get-MocConfig).accessFileDirPath first. Where it is empty, as in older builds, they are in the profile.',
  'contradiction.cloud-agent-role': 'What the cluster role of the cloud agent is called',
  'contradiction.cloud-agent-role.a': 'ca- and a GUID.',
  'contradiction.cloud-agent-role.b': 'Whatever clusterRoleName says, such as the name of the management cluster.',
  'contradiction.cloud-agent-role.advice': 'Ask (Get-MocConfig).clusterRoleName, and search for no pattern.',
} as const;
