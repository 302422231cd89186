import type { Citation, Statement, Sourced } from '../../../shared/citation.ts';

/*
 * Every work that the catalogues of credentials and profiles cite. Pages of the Microsoft documentation are named if
 * known; otherwise the documentation as a whole is cited, with the section in `place`. Keys `source.<…>` stand for our
 * own words.
 */

const OVERVIEW: Citation = {
  certainty: 'documented',
  work: 'Microsoft Learn, Overview of certificate management in AKS enabled by Azure Arc',
};
export const OVERVIEW_CLOUD_AGENT: Citation = { ...OVERVIEW, place: 'Cloud agent' };
export const OVERVIEW_TYPES: Citation = { ...OVERVIEW, place: 'Certificate types' };
export const OVERVIEW_AUTHORITIES: Citation = { ...OVERVIEW, place: 'Certificates and CAs' };
export const OVERVIEW_PROVISIONING: Citation = { ...OVERVIEW, place: 'Certificate provisioning' };
export const OVERVIEW_RENEWAL: Citation = { ...OVERVIEW, place: 'Certificate renewal and management' };
export const OVERVIEW_REVOCATION: Citation = { ...OVERVIEW, place: 'Certificate revocation' };
export const OVERVIEW_KEYS: Citation = { ...OVERVIEW, place: 'source.overview.keys' };
export const OVERVIEW_VALIDITY: Citation = { ...OVERVIEW, place: 'source.overview.kubernetes-validity' };
export const OVERVIEW_MOC_VALIDITY: Citation = { ...OVERVIEW, place: 'source.overview.moc-validity' };
export const OVERVIEW_MOC_ROOT_VALIDITY: Citation = { ...OVERVIEW, place: 'source.overview.moc-root-validity' };
/**
 * "Within 60 days of a new release"; counted here from the last update, since no file records when a release came out.
 */
export const UPDATE_RECOMMENDED: Citation = { ...OVERVIEW, place: 'source.overview.update-60' };
/** The article says this about one etcd certificate; kubeadm signs all of them with the etcd CA. */
export const OVERVIEW_ETCD: Citation = { ...OVERVIEW, place: 'source.overview.etcd' };
/** The article shows one sample; we conclude that all serial numbers look like it. */
export const OVERVIEW_SAMPLE_SERIAL: Citation = {
  ...OVERVIEW,
  certainty: 'inferred',
  place: 'source.overview.sample-serial',
};

const UPDATE_CERTIFICATES: Citation = {
  certainty: 'documented',
  work: 'MicrosoftDocs/azure-stack-docs, AKS-Arc/update-certificates',
};
export const UPDATE_COMMANDS: Citation = { ...UPDATE_CERTIFICATES, place: 'Commands for fixing certificates' };

export const RENEWAL_PODS: Citation = {
  certainty: 'documented',
  work: 'Microsoft Learn, Secure communication with certificates',
  place: 'certificate-renewal-controller, certificate-renewal-worker',
};
/** "Every 3-4 days": at the end of day 3, a quarter of the four days remains. */
export const RENEWAL_PODS_INTERVAL: Citation = {
  ...RENEWAL_PODS,
  certainty: 'inferred',
  place: 'source.renewal-pods.interval',
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
export const KNOWN_MOCCTL: Citation = { ...KNOWN_SECURITY, place: '[Error: Certificate has expired: Expired]' };
export const KNOWN_KVACTL: Citation = { ...KNOWN_SECURITY, place: 'Delete KVA certificate if expired after 60 days' };
export const KNOWN_API_SERVER_RELOAD: Citation = {
  ...KNOWN_SECURITY,
  place: 'the server has asked for the client to provide credentials',
};

const KNOWN_WORKLOAD: Citation = {
  certainty: 'documented',
  work: 'MicrosoftDocs/azure-stack-docs, AKS-Arc/known-issues-workload-clusters',
};
export const KNOWN_KMS_ROTATION: Citation = { ...KNOWN_WORKLOAD, place: 'source.kms-rotation' };
export const KNOWN_MANAGEMENT_KUBECONFIG: Citation = {
  ...KNOWN_WORKLOAD,
  place: 'You must be logged in to the server (Unauthorized)',
};

export const KNOWN_NODE_AGENT: Citation = {
  certainty: 'documented',
  work: 'MicrosoftDocs/azure-stack-docs, AKS-Arc/known-issues-upgrade',
  place: 'source.node-agent-starting',
};

export const AD_SSO: Citation = {
  certainty: 'documented',
  work: 'MicrosoftDocs/azure-stack-docs, AKS-Arc/ad-sso',
  place: 'Troubleshoot certificates; Uninstall and reinstall AD authentication',
};

const DOCUMENTATION: Citation = { certainty: 'documented', work: 'source.documentation' };
export const DOC_UPDATE_CERTIFICATES: Citation = {
  ...DOCUMENTATION,
  place: 'source.documentation.update-certificates',
};
export const DOC_UPDATE_CLUSTER_CERTIFICATES: Citation = {
  ...DOCUMENTATION,
  place: 'source.documentation.update-cluster-certificates',
};
export const UPDATE_DEADLINE: Citation = { ...DOCUMENTATION, place: 'source.documentation.host-upgrade' };
export const DOC_ROTATE_CA: Citation = { ...DOCUMENTATION, place: 'source.documentation.rotate-ca' };
export const DOC_HOST_UPDATE: Citation = { ...DOCUMENTATION, place: 'source.documentation.host-update' };
export const DOC_CLUSTER_UPDATE: Citation = { ...DOCUMENTATION, place: 'source.documentation.cluster-update' };
export const DOC_CREDENTIAL: Citation = { ...DOCUMENTATION, place: 'source.documentation.credential' };
export const DOC_PROXY: Citation = { ...DOCUMENTATION, place: 'source.documentation.proxy' };
export const DOC_EXTRA_ADMINS: Citation = { ...DOCUMENTATION, place: 'source.documentation.extra-admins' };
export const DOC_EXTRA_ADMIN_VALIDITY: Citation = {
  ...DOCUMENTATION,
  place: 'source.documentation.extra-admin-validity',
};
export const DOC_ETCD_FILES: Citation = { ...DOCUMENTATION, place: 'source.documentation.etcd-files' };
export const DOC_KVACTL_FILE: Citation = { ...DOCUMENTATION, place: 'source.documentation.kvactl-file' };
export const DOC_LOGIN: Citation = { ...DOCUMENTATION, place: 'mocctl.exe security login' };
export const DOC_NODE_AGENT: Citation = { ...DOCUMENTATION, place: 'source.documentation.node-agent' };
export const DOC_KMS: Citation = { ...DOCUMENTATION, place: 'source.documentation.kms' };
export const DOC_WORKERS: Citation = { ...DOCUMENTATION, place: 'source.documentation.workers' };

const MOC: Citation = { certainty: 'from-code', work: 'microsoft/moc' };
export const MOC_IDENTITY: Citation = { ...MOC, place: 'source.moc.identity' };
export const MOC_CREDENTIAL_MONITOR: Citation = { ...MOC, place: 'source.moc.credential-monitor' };
export const MOC_SIGNER: Citation = { ...MOC, place: 'source.moc.signer' };
export const MOC_SIGNER_USAGES: Citation = { ...MOC, place: 'source.moc.signer-usages' };
export const MOC_SIGNER_CA: Citation = { ...MOC, place: 'source.moc.signer-ca' };
export const MOC_SIGNER_SERIAL: Citation = { ...MOC, place: 'source.moc.signer-serial' };
export const MOC_SIGNER_START: Citation = { ...MOC, place: 'source.moc.signer-start' };
export const MOC_LOGIN_NAME: Citation = { ...MOC, place: 'source.moc.login-name' };
export const MOC_LOGIN_SANS: Citation = { ...MOC, place: 'source.moc.login-sans' };
export const MOC_KEY: Citation = { ...MOC, place: 'source.moc.key' };
export const MOC_ACCESS_FILE: Citation = { ...MOC, place: 'source.moc.access-file' };

export const MOC_SDK_RENEWAL: Citation = {
  certainty: 'from-code',
  work: 'microsoft/moc-sdk-for-go',
  place: 'source.moc-sdk.renewal',
};

export const CAPH_LOGIN: Citation = {
  certainty: 'from-code',
  work: 'microsoft/cluster-api-provider-azurestackhci',
  place: 'source.caph.login',
};

/** The file from which a Microsoft example reads the certificate. */
export const ETCD_CLIENT_FILE: Citation = {
  certainty: 'from-code',
  work: 'microsoft/AKS-HCI-Apps',
  place: 'source.apps.etcd-client',
};

/** Cites an issue by its number and summarises it in our own words. */
function issue(number: number): Citation {
  return { certainty: 'reported', work: `Azure/aksArc issue ${number}`, place: `source.issue-${number}` };
}
export const ISSUE_107 = issue(107);
export const ISSUE_127 = issue(127);
export const ISSUE_145 = issue(145);
export const ISSUE_146 = issue(146);
export const ISSUE_168 = issue(168);
export const ISSUE_169 = issue(169);
export const ISSUE_173 = issue(173);
export const ISSUE_237 = issue(237);
export const ISSUE_285 = issue(285);
export const ISSUE_292 = issue(292);
export const ISSUE_365 = issue(365);

/** kubeadm's default; not confirmed for this product. */
export const KUBEADM: Citation = { certainty: 'inferred', work: 'source.kubeadm' };
export const KUBEADM_GROUPS: Citation = { ...KUBEADM, place: 'source.kubeadm.groups' };
export const KUBEADM_CA_SANS: Citation = { ...KUBEADM, place: 'source.kubeadm.ca-sans' };
export const KUBEADM_USAGES: Citation = { ...KUBEADM, place: 'source.kubeadm.usages' };
export const KUBEADM_ETCD: Citation = { ...KUBEADM, place: 'source.kubeadm.etcd' };
export const KUBEADM_ETCD_USAGES: Citation = { ...KUBEADM, place: 'source.kubeadm.etcd-usages' };
export const KUBEADM_TEN_YEARS: Citation = { ...KUBEADM, place: 'source.kubeadm.ten-years' };
export const KUBEADM_BACKDATING: Citation = { ...KUBEADM, place: 'source.kubeadm.backdating' };

/**
 * Behaviour of Kubernetes itself, read in its source code; we infer the same for this product's own signer and renewer.
 */
const KUBERNETES: Citation = { certainty: 'inferred', work: 'kubernetes/kubernetes' };
export const SIGNER_SERIAL: Citation = { ...KUBERNETES, place: 'source.kubernetes.signer-serial' };
export const SIGNER_START: Citation = { ...KUBERNETES, place: 'source.kubernetes.signer-start' };
export const KUBELET_REQUEST: Citation = { ...KUBERNETES, place: 'source.kubernetes.kubelet' };
export const KUBELET_USAGES: Citation = { ...KUBERNETES, place: 'source.kubernetes.kubelet-usages' };
export const KUBELET_KEY: Citation = { ...KUBERNETES, place: 'source.kubernetes.kubelet-key' };
export const KUBELET_ROTATION: Citation = { ...KUBERNETES, place: 'source.kubernetes.kubelet-rotation' };

/** Cites a conclusion that no source states; `place` is the catalogue key of the premises. */
export function conclusion(place: string): Citation {
  return { certainty: 'inferred', work: 'source.conclusion', place };
}

/** Combines the catalogue text `text` with all its sources, of which there is at least one. */
export function citeText(text: string, ...citations: [Citation, ...Citation[]]): Statement {
  return { text, citations };
}

/** Combines the value of a profile with all its sources; the first source carries the value. */
export function citeValue<const T>(value: T, ...citations: [Citation, ...Citation[]]): Sourced<T> {
  return { value, citations };
}
