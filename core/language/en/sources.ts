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
  'source.documentation.node-agent': 'node agent, --cloudloginfile',
  'source.documentation.kms': 'KMS plugin and API server',
  'source.documentation.workers': 'worker and control-plane nodes whose certificates expired',
  'source.known-files.kubeconfig': 'default output location',

  // Places in source code
  'source.moc.identity': 'identity: create, update, revoke, rotate; the flag revoked',
  'source.moc.credential-monitor': 'credential monitor: Single or Overlap',
  'source.moc.signer': 'signer: server flag, validity',
  'source.moc-sdk.renewal':
    'renewal loop: sleeps until 30 % is left, retries every 2 % of the validity',
  'source.caph.login': 'secret caphlogintoken, WSSD_CONFIG_PATH',
  'source.known-files.cloudconfig':
    'access file: folder .wssd, program name, cloudconfig; kvactl also in the documentation',
  'source.known-files.login': 'default path of the login token',

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
} as const;
