/** Sources in our own words: what the citations of the catalogue call a work or a place that has no published name. */
export const sources = {
  // Works named in our own words
  'source.conclusion': 'Arcwarden conclusion',
  'source.default-threshold': 'Arcwarden default threshold',
  'source.kubeadm': 'kubeadm conventions',
  'source.documentation': 'Microsoft documentation, AKS on Azure Stack HCI and Windows Server',

  // Places in the documentation
  'source.overview.moc-validity': 'Cloud agent: valid 90 days by default',
  'source.overview.moc-root-validity': 'Certificate types: cloud agent CA 365 days',
  'source.overview.kubernetes-validity':
    'Certificate provisioning: root certificates 10 years, all others four days',
  'source.overview.keys':
    'Certificate provisioning: RSA 4096, EcdsaCurve: P384, without saying which key is which',
  'source.overview.etcd': 'Certificates and CAs: a certificate of etcd signed by the Cluster CA',
  'source.overview.sample-serial':
    'Certificate revocation: the serial number in the sample has 128 bits',
  'source.renewal-pods.interval': 'certificate-renewal-controller renews every 3-4 days',
  'source.ad-sso.validity': 'webhook certificates: 500 days',
  'source.kms-rotation': 'KMS token expired: mocctl.exe security identity rotate',
  'source.node-agent-starting': 'wssdagent is stuck in Starting',
  'source.documentation.update-certificates': 'cmdlet reference, Update-AksHciCertificates',
  'source.documentation.update-cluster-certificates':
    'cmdlet reference, Update-AksHciClusterCertificates',
  'source.documentation.rotate-ca': 'cmdlet reference, Invoke-AksHciRotateCACertificate',
  'source.documentation.credential': 'cmdlet reference, Get-AksHciCredential',
  'source.documentation.proxy': 'Set-AksHciProxySetting, trust bundle of the Linux nodes',
  'source.documentation.extra-admins': 'multiple administrators, New-MocIdentity',
  'source.documentation.extra-admin-validity':
    'multiple administrators, New-MocIdentity -validityDays, in the example 60',
  'source.documentation.node-agent': 'node agent, --cloudloginfile',
  'source.documentation.kms': 'KMS plugin and API server',
  'source.documentation.workers': 'worker and control-plane nodes whose certificates expired',
  'source.documentation.etcd-files': 'files below /etc/kubernetes/pki/etcd',
  'source.documentation.kvactl-file': 'access file of kvactl in the profile of the user',
  'source.known-files.kubeconfig': 'default output location',

  // Places in source code
  'source.moc.identity': 'identity: create, update, revoke, rotate; the flag revoked',
  'source.moc.credential-monitor': 'credential monitor: Single or Overlap',
  'source.moc.signer': 'signer: server flag, validity',
  'source.moc.signer-usages':
    'signer: digitalSignature and clientAuth, with the server flag also keyEncipherment and serverAuth',
  'source.moc.signer-ca': 'signer: digitalSignature and keyCertSign for a CA',
  'source.moc.signer-serial': 'signer: random serial number of at most 63 bits',
  'source.moc.signer-start': 'signer: valid from the moment of issue',
  'source.moc.login-name':
    'certificate request at login: the name in the login file becomes the common name',
  'source.moc.login-sans':
    'certificate request at login: localhost, host name, 127.0.0.1 and address of the host',
  'source.moc.key': 'keys are RSA 2048; no other type than RSA is renewed',
  'source.moc.access-file': 'access file: folder .wssd, program name, cloudconfig',
  'source.moc-sdk.renewal':
    'renewal loop: sleeps until 30 % is left, retries every 2 % of the validity',
  'source.caph.login': 'secret caphlogintoken, WSSD_CONFIG_PATH',
  'source.apps.etcd-client': 'monitoring of etcd: apiserver-etcd-client in the secret etcd-certs',
  'source.known-files.access-file-variables': 'access file: WSSD_CONFIG_PATH, ACCESSFILE_DIR_PATH',
  'source.known-files.access-file-folder':
    'ACCESSFILE_DIR_PATH, with the accessFileDirPath of a host with 1.0.24.11029',
  'source.known-files.login': 'path of the login token: default, WSSD_CLIENT_TOKEN',

  // Conventions of kubeadm and code of Kubernetes
  'source.kubeadm.groups':
    'subjects from 1.29 on; before, system:masters in place of kubeadm:cluster-admins, and also for the clients of etcd',
  'source.kubeadm.ca-sans': 'a CA has its own name as a DNS name',
  'source.kubeadm.usages': 'digitalSignature and keyEncipherment, for a CA also keyCertSign',
  'source.kubeadm.etcd': 'the etcd CA signs every certificate of etcd and of its clients',
  'source.kubeadm.etcd-usages': 'etcd needs clientAuth in its server certificate too',
  'source.kubeadm.ten-years': '10 years are counted as 87,600 hours',
  'source.kubeadm.backdating': 'in recent versions, valid from 5 minutes before the issue',
  'source.kubernetes.signer-serial':
    'signer of kube-controller-manager: random serial number of up to 128 bits',
  'source.kubernetes.signer-start':
    'signer of kube-controller-manager: valid from 5 minutes before the issue',
  'source.kubernetes.kubelet': 'kubelet: name, group and addresses in its certificate requests',
  'source.kubernetes.kubelet-usages':
    'kubelet: usages that it asks for; from 1.27 on keyEncipherment with RSA keys only',
  'source.kubernetes.kubelet-key': 'kubelet: makes P-256 keys',
  'source.kubernetes.kubelet-rotation':
    'kubelet: asks anew after 70 to 90 % of the validity, waits up to 15 minutes for an answer',

  // What issues report
  'source.issue-107': 'Update-AksHci hangs, CAPH log: Valid Token Required',
  'source.issue-127': 'API server down after the KMS token expired',
  'source.issue-145': 'client certificate of one year, CA of ten',
  'source.issue-145.client': 'client certificate of one year',
  'source.issue-146': 'kvactl certificate expired, delete cloudconfig',
  'source.issue-168': 'mocctl certificate expired',
  'source.issue-169': 'kvactl token expired',
  'source.issue-173': 'wssdagent stuck in Starting',
  'source.issue-237': 'tls: internal error, tokens of the certificate manager',
  'source.issue-285': 'API server keeps its old kubelet client certificate',
  'source.issue-292': 'automatic rotation of MOC tokens',
  'source.issue-365': 'no nodes to create on, node agent token expired',

  // What conclusions follow from
  'source.inferred.no-ca-rotation': 'no cmdlet that rotates a cluster CA is documented',
  'source.inferred.revocation-of-renewed': 'RenewRevocation is about certificates that are renewed',
  'source.inferred.fresh-admin-conf':
    'the documented procedure copies a fresh admin.conf from the node',
  'source.inferred.control-plane-anew':
    'the cmdlet makes the certificates of the control plane anew',
  'source.inferred.nothing-said': 'no source speaks of it',
  'source.inferred.platform-update': 'the update renews what the platform keeps for itself',
  'source.inferred.agent-repair': 'the cmdlet repairs the agents; its page is not public',
  'source.inferred.issuer-expired': 'an expired CA cannot sign a valid certificate',
  'source.inferred.api-server':
    'renewal inside a cluster goes through its API server, and no other certificate of one is known',
  'source.inferred.approver': 'the approver of kubelet requests is a MOC client',
  'source.inferred.root-replaced': 'a root is replaced, not revoked',
  'source.inferred.moc-trust': 'every MOC client trusts this CA and is signed by it',
  'source.inferred.own-signature': 'the cloud agent signs for itself',
  'source.inferred.no-identity': 'it belongs to no identity',
  'source.inferred.tls-handshake': 'every client verifies this certificate in the TLS handshake',
  'source.inferred.csi': 'the CSI driver creates volumes through MOC',
  'source.inferred.cloud-provider': 'the cloud provider sets load balancers through MOC',
  'source.inferred.cloud-operator':
    'the cloud operator reconciles clusters and add-ons through MOC',
  'source.inferred.renewer-unknown': 'no source tells who renews it',
  'source.inferred.load-balancer': 'the agent in the load balancer VM takes its settings from MOC',
  'source.inferred.check-at-renewal':
    'a check at the time of renewal never sees a certificate that is not renewed',
  'source.inferred.not-identified': 'the credential is not identified',
  'source.inferred.default-key':
    'P-384 is taken unless RSA is asked for, being faster to make and to sign with',
  'source.inferred.crl-sign': 'cRLSign is added: tools refuse the CRL of a CA that lacks it',
  'source.inferred.retry': 'how often it tries again is not known; taken as for the clients of MOC',
  'source.inferred.serving-validity':
    'no source tells its validity; taken as for every certificate that is not a root',
  'source.inferred.super-admin':
    'a client certificate in a kubeconfig; only of admin.conf is it known that the node renews it',
  'source.inferred.ca-root': 'no CA above it is known',
  'source.inferred.ca-name': 'no source tells its subject; the name is a stand-in',
  'source.inferred.root-usage': 'a root is not limited to a purpose',
  'source.inferred.ca-key': 'no source tells its size; taken as for the clients of MOC',
  'source.inferred.ca-outlived':
    'with less than 90 days left a new client certificate would outlive its CA',
  'source.inferred.server-name': 'clients connect to the FQDN and the address of the cloud agent',
  'source.inferred.server-validity':
    'no source tells how the signer is configured; taken as for the clients of MOC',
  'source.inferred.same-login': 'every client of MOC logs in the same way',
  'source.inferred.same-loop':
    'a client of MOC that runs all the time renews with the loop of the SDK',
  'source.inferred.node-agent-serves':
    'the node agent also serves the cloud agent, so it needs the server flag',
  'source.inferred.mocctl-file': 'the rule for access files, with the name of the program',
  'source.documentation.host-update': 'cmdlet reference, Update-AksHci',
  'source.documentation.cluster-update': 'cmdlet reference, Update-AksHciCluster',
  'source.inferred.maintenance-repair': 'what has expired does not come back by waiting',
  'source.inferred.maintenance-by-hand': 'no source names a cmdlet that a scheduled task could run',
  'source.inferred.release-date':
    'the date of the release is not known; taken from the last update',
  'source.inferred.maintenance-duration': 'no source tells how long the cmdlets take',

  // The forecast
  'source.overview.update-60':
    'Certificate types: update within 60 days of a new release; counted here from the last update',
  'source.documentation.host-upgrade':
    'host upgrade: within 30 days, at most 90 days after the last update',
  'source.support-end.moved':
    'page of 19 November 2025: Windows Server 2019 in March 2026, Windows Server 2022 in March 2027',
  'source.support-end.first': 'pages of March and July 2025: 27 March 2028',
  'source.support-end.azure-local': 'Azure Local 22H2: end of service on 31 May 2025',
  'source.inferred.first-of-month':
    'the page names no day; the first of the month is the careful reading',

  // RenewRevocation: neither schema nor code is public
  'source.revocation.spelling': 'the published sample; the schema is not public',
  'source.revocation.serial-forms': 'how openssl, Go and .NET print serial numbers',
  'source.revocation.serial-issuer':
    'an entry has no field for the issuer, and a cluster has three authorities',
  'source.revocation.cutoff':
    '“issued before”: compared with the beginning of the certificate; equal moments are not spoken of',
  'source.revocation.serial-cutoff':
    'a serial number names one certificate, which a cutoff can only take out',
  'source.revocation.group': 'organization of the subject, compared exactly, as Kubernetes does',
  'source.revocation.dns':
    'names of a certificate, in lower case; the sample ends in a dot and certificates do not',
  'source.revocation.suffix': 'a dot in front stands for names with one label more at least',
  'source.revocation.wildcard': 'no source speaks of wildcards',
  'source.revocation.ip': 'addresses are compared by their bytes; no source speaks of ranges',
  'source.revocation.one-value': 'each entry of the sample has one value',
  'source.revocation.union': 'entries and objects are taken together',
  'source.revocation.deletion':
    'deleting the object lifts it for what is issued later; not verified on a cluster',
  'source.revocation.resource': 'name and scope of the resource are not public',
  'source.revocation.connections': 'no source says that open connections are cut',
  'source.revocation.moc':
    'the article speaks of certificates of Kubernetes; those of MOC have another revocation',
  'source.revocation.short': 'no limit is known',

  // What the knowledge of failures and cmdlets rests on
  'source.documentation.known-issues': 'known issues of upgrade and security',
  'source.documentation.update-cadence':
    'host update: within 30 days, at most 90 days from the last',
  'source.documentation.releases': 'releases and dates of the pages of the Update cmdlets',
  'source.documentation.revocation-2022':
    'page of October 2022 on revocation: notBefore, so that the cluster can be recovered',
  'source.issue-145.tags': 'unknown flag --tags, module and kvactl differ',
  'source.issue-204': 'MOC agents down after a failed update, --deploymentid',
  'source.issue-232': 'longer validity of tokens, or a schedule for the updates',
  'source.issue-371': 'update to 1.0.22, no matches for kind AksHciCluster',
  'source.moc.errors': 'texts and codes of errors',
  'source.third-party': 'a third party’s write-up about Azure Local',
  'source.inferred.every-control-plane': 'each control-plane VM has a copy of its own',
  'source.inferred.layer-order':
    'each layer needs what the one before brought back; the kubeconfig comes last',
  'source.inferred.login-again': 'a credential that is refused can only be replaced by a new login',
  'source.inferred.not-expired-only': 'the output is a login file, which holds the token in clear',
  'source.inferred.read-only-check': 'what the command shows, and where kubeadm keeps its files',
  'source.inferred.same-text': 'the text of Kubernetes is the same for every cluster',
  'source.inferred.tidy-up': 'a copy of a credential is removed, and what is replaced is kept',
  'source.inferred.triage-order': 'a layer that does not work makes what lies behind it fail, too',
  'source.inferred.utf-16': 'Windows PowerShell writes the output of > as UTF-16',

  // Updates
  'source.inferred.repair-before-update': 'an update goes through the credentials that it renews',
  'source.inferred.module-after-repair':
    'a repair needs the module that fits the kvactl that is installed',
  'source.inferred.run-length':
    'no source tells how long an update takes; estimated as for maintenance windows',
  'source.inferred.no-way-back':
    'no cmdlet that goes back to an older build or version is documented',
  'source.inferred.node-check': 'reads what the update has changed, node by node',
  'source.inferred.space-unknown': 'no source tells how much disk an update takes',
  'source.inferred.same-build':
    'one update brings both, so that they differ only after a failed one',
  'source.inferred.system-name': 'Windows tells the name of its edition',
  'source.inferred.fetch-after-update':
    'a new kubeconfig has a new client certificate, and fits the new API server for certain',
  'source.inferred.next-end': 'what no update renews ends when its certificate says',
} as const;
