import type { Citation, Statement } from '../citation.ts';

/*
 * Every work that the catalogue of credentials rests on, under a name. A page of the Microsoft documentation is named
 * where it is known which page it is; the rest is cited as the documentation as a whole with the section in `place`.
 */

const OVERVIEW: Citation = {
  certainty: 'documented',
  work: 'Microsoft Learn, Overview of certificate management in AKS enabled by Azure Arc',
};
export const OVERVIEW_CLOUD_AGENT: Citation = { ...OVERVIEW, place: 'Cloud agent' };
export const OVERVIEW_TYPES: Citation = { ...OVERVIEW, place: 'Certificate types' };
export const OVERVIEW_AUTHORITIES: Citation = { ...OVERVIEW, place: 'Certificates and CAs' };
export const OVERVIEW_PROVISIONING: Citation = { ...OVERVIEW, place: 'Certificate provisioning' };
export const OVERVIEW_RENEWAL: Citation = {
  ...OVERVIEW,
  place: 'Certificate renewal and management',
};
export const OVERVIEW_REVOCATION: Citation = { ...OVERVIEW, place: 'Certificate revocation' };

const UPDATE_CERTIFICATES: Citation = {
  certainty: 'documented',
  work: 'MicrosoftDocs/azure-stack-docs, AKS-Arc/update-certificates',
};
export const UPDATE_COMMANDS: Citation = {
  ...UPDATE_CERTIFICATES,
  place: 'Commands for fixing certificates',
};

export const RENEWAL_PODS: Citation = {
  certainty: 'documented',
  work: 'Microsoft Learn, Secure communication with certificates',
  place: 'certificate-renewal-controller, certificate-renewal-worker',
};

const KNOWN_SECURITY: Citation = {
  certainty: 'documented',
  work: 'MicrosoftDocs/azure-stack-docs, AKS-Arc/known-issues-security',
};
export const KNOWN_EXPIRED_CONTROL_PLANE: Citation = {
  ...KNOWN_SECURITY,
  place: 'Certificate expired - Unable to connect to the server: x509',
};
export const KNOWN_TLS_INTERNAL_ERROR: Citation = {
  ...KNOWN_SECURITY,
  place: 'Target cluster pod logs are not accessible - remote error: tls: internal error',
};
export const KNOWN_KMS_POD: Citation = {
  ...KNOWN_SECURITY,
  place: 'KMS pod fails and the KMS pod logs contain errors',
};
export const KNOWN_MOCCTL: Citation = {
  ...KNOWN_SECURITY,
  place: '[Error: Certificate has expired: Expired]',
};
export const KNOWN_KVACTL: Citation = {
  ...KNOWN_SECURITY,
  place: 'Delete KVA certificate if expired after 60 days',
};
export const KNOWN_API_SERVER_RELOAD: Citation = {
  ...KNOWN_SECURITY,
  place: 'the server has asked for the client to provide credentials',
};

const KNOWN_WORKLOAD: Citation = {
  certainty: 'documented',
  work: 'MicrosoftDocs/azure-stack-docs, AKS-Arc/known-issues-workload-clusters',
};
export const KNOWN_KMS_ROTATION: Citation = {
  ...KNOWN_WORKLOAD,
  place: 'KMS token expired: mocctl.exe security identity rotate',
};
export const KNOWN_MANAGEMENT_KUBECONFIG: Citation = {
  ...KNOWN_WORKLOAD,
  place: 'You must be logged in to the server (Unauthorized)',
};

export const KNOWN_NODE_AGENT: Citation = {
  certainty: 'documented',
  work: 'MicrosoftDocs/azure-stack-docs, AKS-Arc/known-issues-upgrade',
  place: 'wssdagent is stuck in Starting',
};

export const AD_SSO: Citation = {
  certainty: 'documented',
  work: 'MicrosoftDocs/azure-stack-docs, AKS-Arc/ad-sso',
  place: 'Troubleshoot certificates; Uninstall and reinstall AD authentication',
};

const DOCUMENTATION: Citation = {
  certainty: 'documented',
  work: 'Microsoft documentation, AKS on Azure Stack HCI and Windows Server',
};
export const DOC_UPDATE_CERTIFICATES: Citation = {
  ...DOCUMENTATION,
  place: 'cmdlet reference, Update-AksHciCertificates',
};
export const DOC_UPDATE_CLUSTER_CERTIFICATES: Citation = {
  ...DOCUMENTATION,
  place: 'cmdlet reference, Update-AksHciClusterCertificates',
};
export const DOC_ROTATE_CA: Citation = {
  ...DOCUMENTATION,
  place: 'cmdlet reference, Invoke-AksHciRotateCACertificate',
};
export const DOC_CREDENTIAL: Citation = {
  ...DOCUMENTATION,
  place: 'cmdlet reference, Get-AksHciCredential',
};
export const DOC_PROXY: Citation = {
  ...DOCUMENTATION,
  place: 'Set-AksHciProxySetting, trust bundle of the Linux nodes',
};
export const DOC_EXTRA_ADMINS: Citation = {
  ...DOCUMENTATION,
  place: 'multiple administrators, New-MocIdentity',
};
export const DOC_LOGIN: Citation = {
  ...DOCUMENTATION,
  place: 'mocctl.exe security login',
};
export const DOC_NODE_AGENT: Citation = {
  ...DOCUMENTATION,
  place: 'node agent, --cloudloginfile',
};
export const DOC_KMS: Citation = { ...DOCUMENTATION, place: 'KMS plugin and API server' };
export const DOC_WORKERS: Citation = {
  ...DOCUMENTATION,
  place: 'worker and control-plane nodes whose certificates expired',
};

const MOC: Citation = { certainty: 'from-code', work: 'microsoft/moc' };
export const MOC_IDENTITY: Citation = {
  ...MOC,
  place: 'identity: create, update, revoke, rotate; the flag revoked',
};
export const MOC_CREDENTIAL_MONITOR: Citation = {
  ...MOC,
  place: 'credential monitor: Single or Overlap',
};
export const MOC_SIGNER: Citation = { ...MOC, place: 'signer: server flag, validity' };

export const MOC_SDK_RENEWAL: Citation = {
  certainty: 'from-code',
  work: 'microsoft/moc-sdk-for-go',
  place: 'renewal loop: sleeps until 30 % is left, retries every 2 % of the validity',
};

export const CAPH_LOGIN: Citation = {
  certainty: 'from-code',
  work: 'microsoft/cluster-api-provider-azurestackhci',
  place: 'secret caphlogintoken, WSSD_CONFIG_PATH',
};

function issue(number: number, place: string): Citation {
  return { certainty: 'reported', work: `Azure/aksArc issue ${number}`, place };
}
export const ISSUE_107 = issue(107, 'Update-AksHci hangs, CAPH log: Valid Token Required');
export const ISSUE_127 = issue(127, 'API server down after the KMS token expired');
export const ISSUE_145 = issue(145, 'client certificate of one year, CA of ten');
export const ISSUE_146 = issue(146, 'kvactl certificate expired, delete cloudconfig');
export const ISSUE_168 = issue(168, 'mocctl certificate expired');
export const ISSUE_169 = issue(169, 'kvactl token expired');
export const ISSUE_173 = issue(173, 'wssdagent stuck in Starting');
export const ISSUE_237 = issue(237, 'tls: internal error, tokens of the certificate manager');
export const ISSUE_285 = issue(285, 'API server keeps its old kubelet client certificate');
export const ISSUE_292 = issue(292, 'automatic rotation of MOC tokens');
export const ISSUE_365 = issue(365, 'no nodes to create on, node agent token expired');

/** What kubeadm does by default; not confirmed for this product. */
export const KUBEADM: Citation = { certainty: 'inferred', work: 'kubeadm conventions' };

/** A conclusion that no source states; `place` says what it follows from. */
export function inferred(place: string): Citation {
  return { certainty: 'inferred', work: 'Arcwarden conclusion', place };
}

/** The catalogue text `text` with every source it rests on, at least one. */
export function cited(text: string, ...citations: [Citation, ...Citation[]]): Statement {
  return { text, citations };
}
