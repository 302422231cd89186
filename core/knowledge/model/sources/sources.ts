import type { Certainty, Citation, Statement, Sourced } from '../../../shared/citation.ts';

/*
 * Every work cited by the catalogues of credentials and profiles. If the page is unknown, the Microsoft documentation
 * as a whole is cited, with the section in `place`. Keys `source.<…>` stand for our own words.
 */

export type Sources = readonly [Citation, ...Citation[]];

export function cite(certainty: Certainty, work: string, place?: string): Citation {
  return { certainty, work, place };
}

export function page(name: string): (section: string) => Citation {
  return (section) => cite('documented', `MicrosoftDocs/azure-stack-docs, AKS-Arc/${name}`, section);
}

function overview(place: string): Citation {
  const work = 'Microsoft Learn, Overview of certificate management in AKS enabled by Azure Arc';
  return cite('documented', work, place);
}
export const OVERVIEW_CLOUD_AGENT = overview('Cloud agent');
export const OVERVIEW_TYPES = overview('Certificate types');
export const OVERVIEW_AUTHORITIES = overview('Certificates and CAs');
export const OVERVIEW_PROVISIONING = overview('Certificate provisioning');
export const OVERVIEW_RENEWAL = overview('Certificate renewal and management');
export const OVERVIEW_REVOCATION = overview('Certificate revocation');
export const OVERVIEW_KEYS = overview('source.overview.keys');
export const OVERVIEW_VALIDITY = overview('source.overview.kubernetes-validity');
export const OVERVIEW_MOC_VALIDITY = overview('source.overview.moc-validity');
export const OVERVIEW_MOC_ROOT_VALIDITY = overview('source.overview.moc-root-validity');
/** "Within 60 days of a new release"; counted from the last update, since no file records when a release came out. */
export const UPDATE_RECOMMENDED = overview('source.overview.update-60');
/** The article states this for one etcd certificate; kubeadm signs all of them with the etcd CA. */
export const OVERVIEW_ETCD = overview('source.overview.etcd');
/** The article shows one sample; we conclude that all serial numbers look like it. */
export const OVERVIEW_SAMPLE_SERIAL = infer(overview('source.overview.sample-serial'));

export const UPDATE_COMMANDS = page('update-certificates')('Commands for fixing certificates');

export const RENEWAL_PODS = cite(
  'documented',
  'Microsoft Learn, Secure communication with certificates',
  'certificate-renewal-controller, certificate-renewal-worker',
);
/** "Every 3-4 days": at the end of day 3, a quarter of the four days remains. */
export const RENEWAL_PODS_INTERVAL = infer({ ...RENEWAL_PODS, place: 'source.renewal-pods.interval' });

export const security = page('known-issues-security');
export const KNOWN_EXPIRED_CONTROL_PLANE = security('Certificate expired - Unable to connect to the server: x509');
export const KNOWN_TLS_INTERNAL_ERROR = security(
  'Target cluster pod logs are not accessible - remote error: tls: internal error',
);
export const KNOWN_KMS_POD = security('KMS pod fails and the KMS pod logs contain errors');
export const KNOWN_MOCCTL = security('[Error: Certificate has expired: Expired]');
export const KNOWN_KVACTL = security('Delete KVA certificate if expired after 60 days');
export const KNOWN_API_SERVER_RELOAD = security('the server has asked for the client to provide credentials');

export const workload = page('known-issues-workload-clusters');
export const KNOWN_KMS_ROTATION = workload('source.kms-rotation');
export const KNOWN_MANAGEMENT_KUBECONFIG = workload('You must be logged in to the server (Unauthorized)');

export const KNOWN_NODE_AGENT = page('known-issues-upgrade')('source.node-agent-starting');

export const AD_SSO = page('ad-sso')('Troubleshoot certificates; Uninstall and reinstall AD authentication');

export function documentation(place: string): Citation {
  return cite('documented', 'source.documentation', place);
}
export const DOC_UPDATE_CERTIFICATES = documentation('source.documentation.update-certificates');
export const DOC_UPDATE_CLUSTER_CERTIFICATES = documentation('source.documentation.update-cluster-certificates');
export const UPDATE_DEADLINE = documentation('source.documentation.host-upgrade');
export const DOC_ROTATE_CA = documentation('source.documentation.rotate-ca');
export const DOC_HOST_UPDATE = documentation('source.documentation.host-update');
export const DOC_CLUSTER_UPDATE = documentation('source.documentation.cluster-update');
export const DOC_CREDENTIAL = documentation('source.documentation.credential');
export const DOC_PROXY = documentation('source.documentation.proxy');
export const DOC_EXTRA_ADMINS = documentation('source.documentation.extra-admins');
export const DOC_EXTRA_ADMIN_VALIDITY = documentation('source.documentation.extra-admin-validity');
export const DOC_ETCD_FILES = documentation('source.documentation.etcd-files');
export const DOC_KVACTL_FILE = documentation('source.documentation.kvactl-file');
export const DOC_LOGIN = documentation('mocctl.exe security login');
export const DOC_NODE_AGENT = documentation('source.documentation.node-agent');
export const DOC_KMS = documentation('source.documentation.kms');
export const DOC_WORKERS = documentation('source.documentation.workers');

const moc = (place: string): Citation => cite('from-code', 'microsoft/moc', place);
export const MOC_IDENTITY = moc('source.moc.identity');
export const MOC_CREDENTIAL_MONITOR = moc('source.moc.credential-monitor');
export const MOC_SIGNER = moc('source.moc.signer');
export const MOC_SIGNER_USAGES = moc('source.moc.signer-usages');
export const MOC_SIGNER_CA = moc('source.moc.signer-ca');
export const MOC_SIGNER_SERIAL = moc('source.moc.signer-serial');
export const MOC_SIGNER_START = moc('source.moc.signer-start');
export const MOC_LOGIN_NAME = moc('source.moc.login-name');
export const MOC_LOGIN_SANS = moc('source.moc.login-sans');
export const MOC_KEY = moc('source.moc.key');
export const MOC_ACCESS_FILE = moc('source.moc.access-file');

export const MOC_SDK_RENEWAL = cite('from-code', 'microsoft/moc-sdk-for-go', 'source.moc-sdk.renewal');

export const CAPH_LOGIN = cite('from-code', 'microsoft/cluster-api-provider-azurestackhci', 'source.caph.login');

/** The file from which a Microsoft example reads the certificate of an etcd client. */
export const ETCD_CLIENT_FILE = cite('from-code', 'microsoft/AKS-HCI-Apps', 'source.apps.etcd-client');

function issue(number: number): Citation {
  return cite('reported', `Azure/aksArc issue ${number}`, `source.issue-${number}`);
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
const kubeadm = (place?: string): Citation => cite('inferred', 'source.kubeadm', place);
export const KUBEADM = kubeadm();
export const KUBEADM_GROUPS = kubeadm('source.kubeadm.groups');
export const KUBEADM_CA_SANS = kubeadm('source.kubeadm.ca-sans');
export const KUBEADM_USAGES = kubeadm('source.kubeadm.usages');
export const KUBEADM_ETCD = kubeadm('source.kubeadm.etcd');
export const KUBEADM_ETCD_USAGES = kubeadm('source.kubeadm.etcd-usages');
export const KUBEADM_TEN_YEARS = kubeadm('source.kubeadm.ten-years');
export const KUBEADM_BACKDATING = kubeadm('source.kubeadm.backdating');

/** Behaviour of Kubernetes, read in its source code; we infer the same for this product's own signer and renewer. */
const kubernetes = (place: string): Citation => cite('inferred', 'kubernetes/kubernetes', place);
export const SIGNER_SERIAL = kubernetes('source.kubernetes.signer-serial');
export const SIGNER_START = kubernetes('source.kubernetes.signer-start');
export const KUBELET_REQUEST = kubernetes('source.kubernetes.kubelet');
export const KUBELET_USAGES = kubernetes('source.kubernetes.kubelet-usages');
export const KUBELET_KEY = kubernetes('source.kubernetes.kubelet-key');
export const KUBELET_ROTATION = kubernetes('source.kubernetes.kubelet-rotation');

/** Cites a source from which we infer something that it does not state. */
export function infer(source: Citation): Citation {
  return { ...source, certainty: 'inferred' };
}

export function inference(id: string): Citation {
  return conclusion(`source.inferred.${id}`);
}

/** Cites a conclusion that no source states; `place` is the catalogue key of the premises. */
export function conclusion(place: string): Citation {
  return cite('inferred', 'source.conclusion', place);
}

export function shareSources<Id extends string>(sources: Sources, ...ids: readonly Id[]): Record<Id, Sources> {
  return Object.fromEntries(ids.map((id) => [id, sources])) as Record<Id, Sources>;
}

export function citeText(text: string, ...citations: Sources): Statement {
  return { text, citations };
}

/** The first source states the value. */
export function citeValue<const T>(value: T, ...citations: Sources): Sourced<T> {
  return { value, citations };
}
