import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import {
  ADMIN_CLIENT_TYPES,
  ADMIN_GROUPS,
  AUTHORITY_NAMES,
  ROLE_OF_CLIENT_TYPE,
  CLOUD_AGENT_NAME,
  COMPONENT_NAMES,
  MANAGEMENT_FILE,
  NAME_ENDINGS,
  NAME_WORDS,
  PKI_FILE,
  PKI_FILES,
  SELF_SIGNED_KUBELET,
  type IdentityName,
  type Usage,
} from '../../knowledge/model/credentials/roles-names.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import type { Layer } from '../../shared/ids.ts';
import { KUBELET_CLIENT_SIGNER, KUBELET_SERVING_SIGNER } from '../../shared/certificates/csr-object.ts';
import type { CredentialEvidence, Origin } from '../../shared/origin.ts';

export interface Classification {
  role: RoleId;
  layer: Layer;
}

/**
 * Determines the purpose of a credential from where it was found and what it says; `unknown` when neither reveals it.
 * Paths match regardless of case and separator. The layer of `unknown` is that of the file or the issuer, else
 * `workstation`.
 */
export function classify(evidence: CredentialEvidence): Classification {
  const clues = collectClues(evidence);
  for (const rule of RULES) {
    const role = rule.role(clues);
    if (role !== undefined) return { role, layer: ROLES[role].layer ?? guessLayer(clues) };
  }
  return { role: 'unknown', layer: guessLayer(clues) };
}

/** The evidence in the form that the rules use. */
interface Clues {
  kind: CredentialEvidence['kind'];
  origin: Origin;
  facts: CertificateFacts | undefined;
  /** Lower case, parts separated by `/`, with one in front. */
  path: string;
  /** Last part of the path, and the same without its last extension. */
  file: string;
  stem: string;
  /** Possible names of a MOC identity, the most specific first. */
  identities: string[];
}

function collectClues({ kind, origin, path, facts }: CredentialEvidence): Clues {
  const normalised = `/${path.toLowerCase().replaceAll('\\', '/')}`;
  const file = normalised.slice(normalised.lastIndexOf('/') + 1);
  const dot = file.lastIndexOf('.');
  const identities: string[] = [];
  const add = (name: string | undefined): void => {
    if (name !== undefined && name !== '') identities.push(name);
  };
  if ('identityName' in origin) add(origin.identityName);
  add(facts?.moc?.accessIdentity);
  add(facts?.subject.cn);
  return { kind, origin, facts, path: normalised, file, stem: dot < 0 ? file : file.slice(0, dot), identities };
}

/** A rule returns a role, or `undefined` when it does not apply. */
interface Rule {
  name: string;
  role: (clues: Clues) => RoleId | undefined;
}

function rule(name: string, role: RoleId, applies: (clues: Clues) => boolean): Rule {
  return { name, role: (clues) => (applies(clues) ? role : undefined) };
}

// ---- Predicates -----------------------------------------------------------------------------------------------------

/** RFC 5280 section 4.2.1.12: without the extension, or with anyExtendedKeyUsage, every purpose is allowed. */
const ANY_USAGE = ['anyExtendedKeyUsage', '2.5.29.37.0'];

function permits(facts: CertificateFacts, usage: Usage): boolean {
  const usages = facts.extendedKeyUsage;
  return usages.length === 0 || usages.includes(usage) || ANY_USAGE.some((any) => usages.includes(any));
}

function isAuthority({ facts }: Clues): boolean {
  return facts?.isCa === true;
}

function isLeafFor({ facts }: Clues, usage: Usage): boolean {
  return facts !== undefined && !facts.isCa && permits(facts, usage);
}

/** Formats that say nothing about the purpose of a certificate in them. */
const PLAIN_FORMATS: readonly Origin['format'][] = [
  ...(['pem', 'der', 'pkcs7', 'pkcs12'] as const),
  ...(['secret', 'csr-object'] as const),
];

/** A readable certificate on its own in a file or a Secret: only path and content say anything about it. */
function isPlainFile({ kind, origin, facts }: Clues): boolean {
  const plain = PLAIN_FORMATS.includes(origin.format);
  return plain && kind === 'certificate' && facts !== undefined;
}

function isPart({ origin }: Clues, format: Origin['format'], part: string): boolean {
  return origin.format === format && 'part' in origin && origin.part === part;
}

function commonName({ facts }: Clues): string {
  return facts?.subject.cn ?? '';
}

function hasName({ facts }: Clues, matches: (name: string) => boolean): boolean {
  if (facts === undefined) return false;
  const names = [facts.subject.cn ?? '', ...facts.sans.dns];
  return names.some((name) => matches(name.toLowerCase().replace(/\.$/u, '')));
}

function isMocCertificate(clues: Clues): boolean {
  if (isPart(clues, 'access-file', 'client-certificate')) return true;
  return isPlainFile(clues) && clues.facts?.moc !== undefined && !isAuthority(clues);
}

function isLoginToken({ kind, origin }: Clues): boolean {
  return kind === 'token' && origin.format === 'login-file';
}

function isKubeconfigClient(clues: Clues): boolean {
  return isPart(clues, 'kubeconfig', 'client-certificate');
}

function isKubeconfigToken({ kind, origin }: Clues): boolean {
  return kind === 'token' && origin.format === 'kubeconfig';
}

/** A token in a Secret, by the user that it stands for. */
function isTokenOf({ kind, origin }: Clues, userPrefix: string): boolean {
  return kind === 'token' && origin.format === 'secret' && (origin.userName ?? '').startsWith(userPrefix);
}

/** Issued for a request to one of Kubernetes' signers. */
function isIssuedBy({ origin }: Clues, signerName: string): boolean {
  return origin.format === 'csr-object' && origin.signerName === signerName;
}

function isClusterAdmin(clues: Clues): boolean {
  const groups = clues.facts?.subject.o ?? [];
  return commonName(clues) === 'kubernetes-admin' || ADMIN_GROUPS.some((name) => groups.includes(name));
}

/** Kubernetes, "Node authorization": user `system:node:<node>` in group `system:nodes`. */
function isNode(clues: Clues): boolean {
  const groups = clues.facts?.subject.o ?? [];
  return commonName(clues).startsWith('system:node:') && groups.includes('system:nodes');
}

// ---- MOC names -------------------------------------------------------------------------------------------------------

/** The role of the first name with a known ending or word. */
function roleByIdentity(
  { identities }: Clues,
  kind: 'certificate' | 'token',
  known: readonly IdentityName[],
): RoleId | undefined {
  for (const name of identities) {
    const lower = name.toLowerCase();
    const found = known.find(({ pattern }) => pattern.test(lower));
    if (found !== undefined) return found[kind];
  }
  return undefined;
}

function clientType({ origin }: Clues): string {
  return 'clientType' in origin ? (origin.clientType ?? '').toLowerCase() : '';
}

// ---- Rules, the first that applies decides --------------------------------------------------------------------------

const RULES: readonly Rule[] = [
  // microsoft/moc: `CloudCertificate` of an access file and `certificate` of a login file hold the CA to trust.
  rule('cloud certificate', 'cloud-agent-ca', (clues) => isPart(clues, 'access-file', 'cloud-certificate')),
  rule('login certificate', 'cloud-agent-ca', (clues) => isPart(clues, 'login-file', 'cloud-certificate')),

  // Microsoft documentation: login file of the KMS plugin on every control-plane VM.
  rule(
    'KMS login file',
    'kms-plugin-token',
    (clues) => isLoginToken(clues) && clues.path.endsWith('/opt/wssd/k8s/cloudlogin.yaml'),
  ),
  {
    name: 'ending of the identity name',
    role: (clues) => (isLoginToken(clues) ? roleByIdentity(clues, 'token', NAME_ENDINGS) : undefined),
  },
  // A client type says more than a word in a name: a node may be called anything.
  {
    name: 'client type',
    role: (clues) => (isLoginToken(clues) ? ROLE_OF_CLIENT_TYPE.get(clientType(clues)) : undefined),
  },
  {
    name: 'word in the identity name',
    role: (clues) => (isLoginToken(clues) ? roleByIdentity(clues, 'token', NAME_WORDS) : undefined),
  },
  // Microsoft documentation, multiple administrators: an identity with a chosen name and a login file.
  rule(
    'identity of an admin',
    'extra-admin-token',
    (clues) => isLoginToken(clues) && clues.identities.length > 0 && ADMIN_CLIENT_TYPES.includes(clientType(clues)),
  ),
  rule('any login file', 'moc-token', isLoginToken),

  // Issue 146 for kvactl; microsoft/moc for the folder `.wssd/<program>`. A copied profile may have lost the dot.
  rule(
    'access file of kvactl',
    'kvactl',
    (clues) => isMocCertificate(clues) && /\/\.?wssd\/kvactl\//u.test(clues.path),
  ),
  rule(
    'access file of mocctl',
    'mocctl',
    (clues) => isMocCertificate(clues) && /\/\.?wssd\/mocctl\//u.test(clues.path),
  ),
  // microsoft/cluster-api-provider-azurestackhci: WSSD_CONFIG_PATH in the pod.
  rule(
    'access file of CAPH',
    'caph',
    (clues) => isMocCertificate(clues) && /\/etc\/azhci\/cloudconfig(?:\/|$)/u.test(clues.path),
  ),
  // Microsoft documentation: `cloudConfigLocation` and `nodeConfigLocation`; their contents are inferred.
  rule(
    'root in the cloud agent’s folder',
    'cloud-agent-ca',
    (clues) => isPlainFile(clues) && isAuthority(clues) && clues.path.includes('/wssdcloudagent/'),
  ),
  rule(
    'server certificate in the cloud agent’s folder',
    'cloud-agent-server',
    (clues) => isPlainFile(clues) && clues.path.includes('/wssdcloudagent/') && isLeafFor(clues, 'serverAuth'),
  ),
  rule(
    'server certificate in the cloud agent’s name',
    'cloud-agent-server',
    (clues) =>
      isPlainFile(clues) && isLeafFor(clues, 'serverAuth') && hasName(clues, (name) => CLOUD_AGENT_NAME.test(name)),
  ),
  rule(
    'certificate in the node agent’s folder',
    'node-agent',
    (clues) =>
      (isPlainFile(clues) || isMocCertificate(clues)) && !isAuthority(clues) && clues.path.includes('/wssdagent/'),
  ),
  {
    name: 'identity of a MOC certificate',
    role: (clues) =>
      isMocCertificate(clues)
        ? (roleByIdentity(clues, 'certificate', NAME_ENDINGS) ?? roleByIdentity(clues, 'certificate', NAME_WORDS))
        : undefined,
  },
  rule('any MOC certificate', 'moc-client', isMocCertificate),

  // kubeadm: the kubelet's first kubeconfig. Kubernetes: where the token of a pod's service account is mounted.
  rule(
    'bootstrap kubeconfig',
    'bootstrap-token',
    (clues) => isKubeconfigToken(clues) && clues.file === 'bootstrap-kubelet.conf',
  ),
  rule(
    'mounted service account',
    'service-account-token',
    (clues) => isKubeconfigToken(clues) && clues.path.includes('/secrets/kubernetes.io/serviceaccount/'),
  ),
  rule('token in a kubeconfig', 'kubeconfig-token', isKubeconfigToken),
  // Kubernetes: Secrets of these types, and the user names that the API server gives to holders of their tokens.
  rule('bootstrap token in a Secret', 'bootstrap-token', (clues) => isTokenOf(clues, 'system:bootstrap:')),
  rule(
    'service account in a Secret',
    'service-account-token',
    (clues) =>
      isTokenOf(clues, 'system:serviceaccount:') ||
      (clues.kind === 'token' &&
        clues.origin.format === 'secret' &&
        clues.origin.secretType === 'kubernetes.io/service-account-token'),
  ),

  // A kubeconfig trusts the CA of its cluster, unless it pins a leaf.
  rule(
    'trust of a kubeconfig',
    'cluster-ca',
    (clues) =>
      isPart(clues, 'kubeconfig', 'certificate-authority') &&
      (clues.facts === undefined || clues.facts.isCa || clues.facts.issuer.text === clues.facts.subject.text),
  ),

  // Kubernetes: `ca.crt` beside a service account's token verifies the API server.
  rule(
    'trust of a service account',
    'cluster-ca',
    (clues) => isPart(clues, 'secret', 'certificate-authority') && isAuthority(clues),
  ),
  // Kubernetes signers: the signer determines the purpose.
  rule(
    'issued for a kubelet that serves',
    'kubelet-server',
    (clues) => isIssuedBy(clues, KUBELET_SERVING_SIGNER) && isNode(clues) && isLeafFor(clues, 'serverAuth'),
  ),
  rule(
    'issued for a kubelet that calls',
    'kubelet-client',
    (clues) => isIssuedBy(clues, KUBELET_CLIENT_SIGNER) && isNode(clues) && isLeafFor(clues, 'clientAuth'),
  ),

  // Content before path: names that belong to a single component.
  {
    name: 'name of an authority',
    role: (clues) => (isAuthority(clues) ? AUTHORITY_NAMES.get(commonName(clues)) : undefined),
  },
  {
    name: 'name of a component',
    role: (clues) => {
      const known = COMPONENT_NAMES.get(commonName(clues));
      return known !== undefined && isLeafFor(clues, known.usage) ? known.role : undefined;
    },
  },
  // kubeadm: the name by which pods reach the API server is in its certificate and no other.
  rule(
    'names of the API server',
    'apiserver',
    (clues) =>
      isLeafFor(clues, 'serverAuth') &&
      (clues.facts?.sans.dns ?? []).some((name) => name.toLowerCase().replace(/\.$/u, '') === 'kubernetes.default.svc'),
  ),
  // Kubernetes signers: a serving certificate has SANs, a client certificate has none. Decides where both are allowed.
  rule('kubelet that serves', 'kubelet-server', (clues) => {
    if (!isNode(clues) || !isPlainFile(clues) || !isLeafFor(clues, 'serverAuth')) return false;
    const { dns = [], ip = [] } = clues.facts?.sans ?? {};
    return !isLeafFor(clues, 'clientAuth') || dns.length + ip.length > 0;
  }),
  rule('kubelet that calls', 'kubelet-client', (clues) => isNode(clues) && isLeafFor(clues, 'clientAuth')),
  rule(
    'kubelet that signed itself',
    'kubelet-server',
    (clues) =>
      isPlainFile(clues) &&
      isLeafFor(clues, 'serverAuth') &&
      SELF_SIGNED_KUBELET.test(commonName(clues)) &&
      (clues.stem === 'kubelet' || clues.path.includes('/kubelet/pki/')),
  ),
  // kubeadm: etcd's two certificates differ only by their file.
  {
    name: 'etcd by file',
    role: (clues) => {
      if (clues.facts?.issuer.cn !== 'etcd-ca' || !isLeafFor(clues, 'serverAuth')) return undefined;
      if (clues.stem === 'server') return 'etcd-server';
      return clues.stem === 'peer' ? 'etcd-peer' : undefined;
    },
  },
  // Microsoft documentation: pod `ad-auth-webhook-*`. That its certificate carries the name is inferred.
  rule(
    'AD webhook',
    'ad-auth-webhook',
    (clues) => !isAuthority(clues) && hasName(clues, (name) => /^ad-auth-webhook(?![a-z0-9])/u.test(name)),
  ),

  // Admins of a cluster: the files of the node, then those on a workstation.
  rule(
    'super-admin.conf',
    'super-admin-conf',
    (clues) =>
      isLeafFor(clues, 'clientAuth') &&
      (commonName(clues) === 'kubernetes-super-admin' || (clues.file === 'super-admin.conf' && isClusterAdmin(clues))),
  ),
  rule(
    'admin.conf',
    'admin-conf',
    (clues) =>
      isLeafFor(clues, 'clientAuth') &&
      // Outside a kubeconfig the group alone does not distinguish an admin from a client of the API server.
      (isKubeconfigClient(clues) ? isClusterAdmin(clues) : commonName(clues) === 'kubernetes-admin') &&
      (clues.file === 'admin.conf' || clues.path.includes('/etc/kubernetes/')),
  ),
  rule(
    'kubeconfig of the management cluster',
    'management-kubeconfig',
    (clues) => isKubeconfigClient(clues) && MANAGEMENT_FILE.test(clues.file),
  ),
  rule(
    'kubeconfig of an admin',
    'admin-kubeconfig',
    (clues) => isKubeconfigClient(clues) && (isClusterAdmin(clues) || commonName(clues).endsWith('-admin')),
  ),
  rule(
    'certificate of an admin',
    'admin-kubeconfig',
    (clues) => isPlainFile(clues) && isLeafFor(clues, 'clientAuth') && commonName(clues) === 'kubernetes-admin',
  ),
  rule('any client of a kubeconfig', 'kubeconfig-client', isKubeconfigClient),

  // The path comes last: kubeadm's file names, trusted only where the content allows it.
  {
    name: 'file of kubeadm',
    role: (clues) => {
      const known = PKI_FILES.get(PKI_FILE.exec(clues.path)?.groups?.['name'] ?? '');
      if (known === undefined || !isPlainFile(clues)) return undefined;
      const fits = known.usage === 'authority' ? isAuthority(clues) : isLeafFor(clues, known.usage);
      return fits ? known.role : undefined;
    },
  },
  // An admin's own file for `Set-AksHciProxySetting -certFile`: nothing in it says so, only a name can.
  rule(
    'file named for a proxy',
    'proxy-ca',
    (clues) =>
      isPlainFile(clues) &&
      isAuthority(clues) &&
      /(?:^|[^a-z])proxy(?![a-z])/u.test(clues.stem) &&
      !/(?:front|kube)-proxy/u.test(clues.stem),
  ),
];

const MOC_FOLDER = /\/(?:\.?wssd|wssdagent|wssdcloudagent)\//u;
const KUBERNETES_FOLDER = /\/(?:etc\/kubernetes|kubernetes\/pki|kubelet\/pki)\//u;

/** Location or issuer reveal the layer even when nothing reveals the purpose. */
function guessLayer(clues: Clues): Layer {
  if (clues.facts?.moc !== undefined || MOC_FOLDER.test(clues.path)) return 'moc';
  if (clues.origin.format === 'access-file' || clues.origin.format === 'login-file') return 'moc';
  const issuer = clues.facts?.issuer.cn ?? '';
  const { format } = clues.origin;
  const isObject = format === 'secret' || format === 'csr-object';
  const byCluster = isObject || AUTHORITY_NAMES.has(issuer) || KUBERNETES_FOLDER.test(clues.path);
  return byCluster ? 'kubernetes' : 'workstation';
}
