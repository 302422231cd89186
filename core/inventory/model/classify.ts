import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import {
  ADMIN_CLIENT_TYPES,
  ADMIN_GROUPS,
  AUTHORITY_NAMES,
  CLOUD_AGENT_NAME,
  MANAGEMENT_FILE,
  PKI_FILE,
  roleInName,
  roleByClientType,
  SELF_SIGNED_KUBELET,
} from '../../knowledge/model/credentials/roles-names.ts';
import { findDistribution } from '../../knowledge/model/credentials/other-distributions.ts';
import { listRoles, ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { Layer } from '../../shared/ids.ts';
import { KUBELET_CLIENT_SIGNER, KUBELET_SERVING_SIGNER } from '../../shared/certificates/csr-object.ts';
import type { CredentialEvidence, Origin } from '../../shared/origin.ts';

/**
 * Determines the role and layer of a credential. Ignores case and the kind of path separators. An `unknown` role has
 * the layer of its file or issuer, or `workstation`.
 */
export function classify(evidence: CredentialEvidence): { role: RoleId; layer: Layer } {
  const clues = collectClues(evidence);
  const { origin } = evidence;
  // Another product's tool may have written this entry of a kubeconfig; the same file may have others.
  if (origin.format === 'kubeconfig') {
    const entry = [origin.server, origin.clusterName, origin.userName].map((text) => text ?? '');
    if (findDistribution({ kubeconfig: entry }) !== undefined) return { role: 'unknown', layer: 'kubernetes' };
  }
  for (const rule of RULES) {
    const role = applies(rule, clues) ? (typeof rule.role === 'string' ? rule.role : rule.role(clues)) : undefined;
    if (role !== undefined) return { role, layer: ROLES[role].layer ?? guessLayer(evidence, clues) };
  }
  return { role: 'unknown', layer: guessLayer(evidence, clues) };
}

/** A property that the evidence has or lacks, or a place: the file format and the part of the file. */
type Trait =
  | 'plain'
  | 'moc'
  | 'authority'
  | 'no authority'
  | 'may be trusted'
  | 'serverAuth'
  | 'clientAuth'
  | 'no clientAuth'
  | 'has hosts'
  | 'cluster admin'
  | 'node'
  | `${Origin['format']} ${string}`;

type Clues = ReturnType<typeof collectClues>;
type Text = keyof Clues['texts'];
type Forms = Partial<Record<Text, string | RegExp>>;

/** Applies if the evidence has all traits in `when` and each text matches its pattern. */
interface Rule {
  /** A function returns `undefined` if the rule does not apply after all. */
  role: RoleId | ((clues: Clues) => RoleId | undefined);
  when: readonly Trait[];
  forms: readonly (readonly [Text, string | RegExp])[];
}

function rule(role: Rule['role'], when: readonly Trait[], forms: Forms = {}): Rule {
  return { role, when, forms: Object.entries(forms) as [Text, string | RegExp][] };
}

function applies({ when, forms }: Rule, { traits, texts }: Clues): boolean {
  for (const trait of when) if (traits[trait] !== true) return false;
  for (const [text, form] of forms) {
    if (!texts[text].some((one) => (typeof form === 'string' ? one === form : form.test(one)))) return false;
  }
  return true;
}

/** RFC 5280 section 4.2.1.12: without the extension, or with anyExtendedKeyUsage, every purpose is allowed. */
const ANY_USAGE = ['anyExtendedKeyUsage', '2.5.29.37.0'];

/** Formats that reveal nothing about the purpose of their certificates. */
const PLAIN_FORMATS: readonly Origin['format'][] = ['pem', 'der', 'pkcs7', 'pkcs12', 'secret', 'csr-object'];

function collectClues({ kind, origin, path, facts }: CredentialEvidence) {
  const normalised = `/${path.toLowerCase().replaceAll('\\', '/')}`;
  const file = normalised.slice(normalised.lastIndexOf('/') + 1);
  const dot = file.lastIndexOf('.');
  const { cn = '', o: groups = [] } = facts?.subject ?? {};
  const dns = (facts?.sans.dns ?? []).map((name) => name.toLowerCase().replace(/\.$/u, ''));
  const own = 'identityName' in origin ? origin.identityName : undefined;
  const identities = [own ?? '', facts?.moc?.accessIdentity ?? '', cn];
  const usages = facts?.extendedKeyUsage ?? [];
  const isAny = usages.length === 0 || ANY_USAGE.some((any) => usages.includes(any));
  const isLeaf = facts?.isCa === false;
  const isClient = isLeaf && (isAny || usages.includes('clientAuth'));
  const isPlain = kind === 'certificate' && facts !== undefined && PLAIN_FORMATS.includes(origin.format);
  const place: Trait = `${origin.format} ${kind === 'certificate' && 'part' in origin ? origin.part : kind}`;
  const traits: Partial<Record<Trait, boolean>> = {
    [place]: true,
    // A readable certificate alone in a file or Secret; only its path and content are evidence.
    plain: isPlain,
    moc: place === 'access-file client-certificate' || (isPlain && isLeaf && facts?.moc !== undefined),
    authority: facts?.isCa === true,
    'no authority': facts?.isCa !== true,
    'may be trusted': facts === undefined || facts.isCa || facts.issuer.text === facts.subject.text,
    serverAuth: isLeaf && (isAny || usages.includes('serverAuth')),
    clientAuth: isClient,
    'no clientAuth': !isClient,
    'has hosts': dns.length + (facts?.sans.ip ?? []).length > 0,
    'cluster admin': cn === 'kubernetes-admin' || ADMIN_GROUPS.some((name) => groups.includes(name)),
    // Kubernetes, "Node authorization": user `system:node:<node>` in group `system:nodes`.
    node: cn.startsWith('system:node:') && groups.includes('system:nodes'),
  };
  const texts = {
    path: [normalised],
    file: [file],
    stem: [dot < 0 ? file : file.slice(0, dot)],
    // The most specific names come first.
    identity: identities.filter((name) => name !== ''),
    clientType: ['clientType' in origin ? (origin.clientType ?? '').toLowerCase() : ''],
    secretType: ['secretType' in origin ? origin.secretType : ''],
    signer: ['signerName' in origin ? origin.signerName : ''],
    user: ['userName' in origin ? (origin.userName ?? '') : ''],
    issuer: [facts?.issuer.cn ?? ''],
    cn: [cn],
    dns,
    name: [cn.toLowerCase().replace(/\.$/u, ''), ...dns],
  };
  return { traits, texts };
}

/** Finds the certificate role of the first MOC identity with a known ending or word in its name. */
function roleByIdentity({ texts: { identity } }: Clues, part: 'ending' | 'word'): RoleId | undefined {
  for (const name of identity) {
    const role = roleInName(name, part);
    if (role !== undefined) return role;
  }
  return undefined;
}

function tokenRole(certificate: RoleId | undefined): RoleId | undefined {
  return certificate && (ROLES[certificate].token ?? 'moc-token');
}

const LOGIN = 'login-file token';
const TRUST = 'kubeconfig certificate-authority';
const CLIENT = 'kubeconfig client-certificate';

const ADMIN_CONF = /\/admin\.conf$|\/etc\/kubernetes\//u;

/** The first rule that applies decides. */
const RULES: readonly Rule[] = [
  // microsoft/moc: `CloudCertificate` in an access file and `certificate` in a login file contain the CA to trust.
  rule('cloud-agent-ca', ['access-file cloud-certificate']),
  rule('cloud-agent-ca', ['login-file cloud-certificate']),

  // Microsoft documentation: login file of the KMS plugin on every control-plane VM.
  rule('kms-plugin-token', [LOGIN], { path: /\/opt\/wssd\/k8s\/cloudlogin\.yaml$/u }),
  rule((clues) => tokenRole(roleByIdentity(clues, 'ending')), [LOGIN]),
  // A client type is better evidence than a word in a name, since a node may have any name.
  rule(({ texts: { clientType } }) => tokenRole(roleByClientType(clientType[0] ?? '')), [LOGIN]),
  rule((clues) => tokenRole(roleByIdentity(clues, 'word')), [LOGIN]),
  // Microsoft documentation, multiple administrators: an identity and its login file may have any names.
  ...ADMIN_CLIENT_TYPES.map((clientType) => rule('extra-admin-token', [LOGIN], { clientType, identity: /./su })),
  rule('moc-token', [LOGIN]),

  rule(({ texts: { path } }) => listRoles(({ accessFolder }) => accessFolder?.test(path[0] ?? ''))[0], ['moc']),
  // Microsoft documentation: `cloudConfigLocation` and `nodeConfigLocation`; their contents are inferred.
  rule('cloud-agent-ca', ['plain', 'authority'], { path: /\/wssdcloudagent\//u }),
  rule('cloud-agent-server', ['plain', 'serverAuth'], { path: /\/wssdcloudagent\//u }),
  rule('cloud-agent-server', ['plain', 'serverAuth'], { name: CLOUD_AGENT_NAME }),
  rule('node-agent', ['plain', 'no authority'], { path: /\/wssdagent\//u }),
  rule('node-agent', ['moc', 'no authority'], { path: /\/wssdagent\//u }),
  rule((clues) => roleByIdentity(clues, 'ending'), ['moc']),
  rule((clues) => roleByIdentity(clues, 'word'), ['moc']),
  rule('moc-client', ['moc']),

  // kubeadm: the kubelet's first kubeconfig. Kubernetes: the mount path of a pod's service account token.
  rule('bootstrap-token', ['kubeconfig token'], { file: 'bootstrap-kubelet.conf' }),
  rule('service-account-token', ['kubeconfig token'], { path: /\/secrets\/kubernetes\.io\/serviceaccount\//u }),
  rule('kubeconfig-token', ['kubeconfig token']),
  // Kubernetes: Secrets of these types, and the user names that the API server gives to holders of their tokens.
  rule('bootstrap-token', ['secret token'], { user: /^system:bootstrap:/u }),
  rule('service-account-token', ['secret token'], { user: /^system:serviceaccount:/u }),
  rule('service-account-token', ['secret token'], { secretType: 'kubernetes.io/service-account-token' }),

  // A kubeconfig trusts the CA of its cluster, unless it pins a leaf.
  rule('cluster-ca', [TRUST, 'may be trusted']),

  // Kubernetes: `ca.crt` beside a service account's token verifies the API server.
  rule('cluster-ca', ['secret certificate-authority', 'authority']),
  // Kubernetes signers: the signer determines the purpose.
  rule('kubelet-server', ['node', 'serverAuth'], { signer: KUBELET_SERVING_SIGNER }),
  rule('kubelet-client', ['node', 'clientAuth'], { signer: KUBELET_CLIENT_SIGNER }),

  // Content is checked before paths: each of these names belongs to a single component.
  ...Object.values(ROLES).flatMap(({ id, usage, commonNames = [] }) =>
    usage === undefined ? [] : commonNames.map((cn) => rule(id, [usage], { cn })),
  ),
  // kubeadm: only the API server's certificate contains the name by which pods reach it.
  rule('apiserver', ['serverAuth'], { dns: 'kubernetes.default.svc' }),
  // Kubernetes signers: a serving certificate has SANs and a client certificate has none, so SANs decide the role if a
  // certificate allows both uses.
  rule('kubelet-server', ['node', 'plain', 'serverAuth', 'no clientAuth']),
  rule('kubelet-server', ['node', 'plain', 'serverAuth', 'has hosts']),
  rule('kubelet-client', ['node', 'clientAuth']),
  rule('kubelet-server', ['plain', 'serverAuth'], { cn: SELF_SIGNED_KUBELET, stem: 'kubelet' }),
  rule('kubelet-server', ['plain', 'serverAuth'], { cn: SELF_SIGNED_KUBELET, path: /\/kubelet\/pki\//u }),
  // kubeadm: only the file names distinguish etcd's two certificates.
  rule('etcd-server', ['serverAuth'], { issuer: 'etcd-ca', stem: 'server' }),
  rule('etcd-peer', ['serverAuth'], { issuer: 'etcd-ca', stem: 'peer' }),
  // Microsoft documentation: pod `ad-auth-webhook-*`. Inferred: its certificate has the same name.
  rule('ad-auth-webhook', ['no authority'], { name: /^ad-auth-webhook(?![a-z0-9])/u }),

  rule('super-admin-conf', ['clientAuth'], { cn: 'kubernetes-super-admin' }),
  rule('super-admin-conf', ['clientAuth', 'cluster admin'], { file: 'super-admin.conf' }),
  // Outside a kubeconfig, the group alone does not distinguish an admin from a client of the API server.
  rule('admin-conf', [CLIENT, 'clientAuth', 'cluster admin'], { path: ADMIN_CONF }),
  rule('admin-conf', ['clientAuth'], { cn: 'kubernetes-admin', path: ADMIN_CONF }),
  rule('management-kubeconfig', [CLIENT], { file: MANAGEMENT_FILE }),
  rule('admin-kubeconfig', [CLIENT, 'cluster admin']),
  rule('admin-kubeconfig', [CLIENT], { cn: /-admin$/u }),
  rule('admin-kubeconfig', ['plain', 'clientAuth'], { cn: 'kubernetes-admin' }),
  rule('kubeconfig-client', [CLIENT]),

  // Paths come last: kubeadm's file names count only if the content matches them.
  rule(
    ({ texts: { path }, traits }) => {
      const name = PKI_FILE.exec(path[0] ?? '')?.groups?.['name'] ?? '';
      return listRoles(({ pkiFile, usage }) => pkiFile === name && usage && traits[usage])[0];
    },
    ['plain'],
  ),
  // An admin's own file for `Set-AksHciProxySetting -certFile`; only the file name can reveal the purpose.
  rule('proxy-ca', ['plain', 'authority'], { stem: /^(?!.*(?:front|kube)-proxy).*(?<![a-z])proxy(?![a-z])/su }),
];

const MOC_FOLDER = /\/(?:\.?wssd|wssdagent|wssdcloudagent)\//u;
const KUBERNETES_FOLDER = /\/(?:etc\/kubernetes|kubernetes\/pki|kubelet\/pki)\//u;

function guessLayer({ origin: { format }, facts }: CredentialEvidence, { texts }: Clues): Layer {
  const [path = ''] = texts.path;
  if (facts?.moc !== undefined || MOC_FOLDER.test(path)) return 'moc';
  if (format === 'access-file' || format === 'login-file') return 'moc';
  const isObject = format === 'secret' || format === 'csr-object';
  const byCluster = isObject || AUTHORITY_NAMES.has(facts?.issuer.cn ?? '') || KUBERNETES_FOLDER.test(path);
  return byCluster ? 'kubernetes' : 'workstation';
}
