import { compareSeverity, type Severity } from '../../../shared/finding.ts';
import {
  DOC_CREDENTIAL,
  DOC_KVACTL_FILE,
  ISSUE_127,
  ISSUE_146,
  KNOWN_KMS_ROTATION,
  KNOWN_MANAGEMENT_KUBECONFIG,
  KNOWN_NODE_AGENT,
  KUBEADM,
  KUBELET_REQUEST,
  MOC_ACCESS_FILE,
  MOC_IDENTITY,
  OVERVIEW_CLOUD_AGENT,
  OVERVIEW_PROVISIONING,
  type Sources,
} from '../sources/sources.ts';
import {
  CLUSTER_PARTS,
  CONFIG_PRINT,
  EVERY_CONTROL_PLANE,
  ISSUE_402,
  KNOWN_RENEWAL_POD,
  KNOWN_SIXTY_DAYS,
  MODULE_FUNCTIONS,
  reference,
} from '../sources/sources-repair.ts';
import { ROW_DELETION } from '../sources/sources-revocation.ts';

/**
 * `replaces`: copies or moves another file over the object; `copies`: into another folder of the same computer, or to a
 * node; `carries`: away from the computer or node.
 */
export const OBJECT_EFFECTS = [
  'removes',
  'overwrites',
  'replaces',
  'shows',
  'copies',
  'carries',
  'stops',
  'restarts',
  'reboots',
] as const;
export type ObjectEffect = (typeof OBJECT_EFFECTS)[number];

/** An object of the product, and the effects that harm it. */
interface ProtectedObject {
  /** End of the catalogue key `command.object.<id>`. */
  id: string;
  /** Paths of the object, which include everything below them, or other names such as `service:x`. */
  places?: string;
  /** Matches further names. */
  pattern?: RegExp;
  /** The end of the message key `command.problem.removes-<removal>`, for objects with a message of their own. */
  removal?: 'for-good' | 'access' | 'revocation';
  harms: { [effect in ObjectEffect]?: Severity | undefined };
  /** Sources that say where the product keeps the object, or why the effect does harm. */
  sources: Sources;
}

const LOST = { removes: 'error', overwrites: 'error', replaces: 'error' } as const;
const SECRET = { shows: 'warning', carries: 'warning' } as const;
/** A documented remedy restores the object. */
const KNOWN = { removes: 'warning', overwrites: 'warning', replaces: 'warning' } as const;
const SERVICE = { removes: 'error', stops: 'warning' } as const;

/** Objects that a cmdlet removes with everything in them. */
const LOSSES = [
  ['host', 'host:restart', 'error', 'Restart-AksHci', MODULE_FUNCTIONS],
  ['host', 'host:uninstall', 'error', 'Uninstall-AksHci'],
  ['every-cluster', 'cluster:*', 'error', 'Remove-AksHciCluster'],
  ['cluster', 'cluster:', 'warning', 'Remove-AksHciCluster'],
] as const;

export const PROTECTED_OBJECTS: readonly ProtectedObject[] = [
  ...LOSSES.map(([id, places, removes, cmdlet, ...others]): ProtectedObject => ({
    ...{ id, removal: 'for-good', places, harms: { removes } },
    sources: [reference(cmdlet), ...others],
  })),
  {
    id: 'keys',
    places: '/etc/kubernetes/pki/ca.key /etc/kubernetes/pki/etcd/ca.key',
    pattern: /^\/etc\/kubernetes\/pki\/.*\.key$/u,
    harms: { ...LOST, ...SECRET, copies: 'warning' },
    sources: [OVERVIEW_PROVISIONING],
  },
  { id: 'tattoo', pattern: /\/cert-tattoo-[^/]*$/u, harms: { removes: 'notice' }, sources: [KNOWN_RENEWAL_POD] },
  {
    id: 'authorities',
    pattern: /^\/etc\/kubernetes\/pki(?:\/(?!.*cert-tattoo-).*)?$/u,
    places: '/etc/kubernetes/pki/ca.crt /etc/kubernetes/pki/etcd/ca.crt',
    harms: LOST,
    sources: [OVERVIEW_PROVISIONING],
  },
  {
    id: 'control-plane',
    places: '/etc/kubernetes/admin.conf',
    pattern: /^\/etc\/kubernetes\/[^/]*\.conf$/u,
    harms: { ...KNOWN, ...SECRET },
    sources: [KNOWN_MANAGEMENT_KUBECONFIG, KUBEADM],
  },
  { id: 'control-plane', places: '/etc/kubernetes/manifests', harms: KNOWN, sources: [KUBEADM] },
  {
    id: 'kms-login',
    places: '/opt/wssd/k8s/cloudlogin.yaml',
    // The remedy itself copies a new file to this place.
    harms: { ...KNOWN, ...SECRET, replaces: undefined },
    sources: [KNOWN_KMS_ROTATION, ISSUE_127],
  },
  { id: 'etcd', places: '/var/lib/etcd', harms: { ...LOST, ...SECRET }, sources: [KUBEADM] },
  { id: 'kubelet', places: '/var/lib/kubelet/pki', harms: { ...KNOWN, ...SECRET }, sources: [KUBELET_REQUEST] },
  {
    id: 'agents',
    places: 'c:/wssdcloudagent c:/programdata/wssdagent c:/clusterstorage/volume1/wssdcloudagent',
    pattern:
      /\/(?:wssdcloudagent|programdata\/wssdagent|\.(?:akshci|kva|moc))(?:\/|$)|\/(?:akshci|moc|kva)ps$|services\/wssd/u,
    harms: { ...LOST, carries: 'warning' },
    sources: [OVERVIEW_CLOUD_AGENT, reference('Set-AksHciConfig')],
  },
  {
    // Copying a file to one of these folders overwrites nothing.
    id: 'agents',
    pattern:
      /\.(?:cloudconfiglocation|nodeconfiglocation|workingdir)\b|(?<!modules)\/akshci$|\/clusterstorage\/[^/]+\/work(?:ing)?dir$/u,
    harms: { removes: 'error', carries: 'warning' },
    sources: [reference('Set-AksHciConfig')],
  },
  {
    id: 'ssh-key',
    places: '~/.ssh/akshci_rsa c:/akshci/.ssh/akshci_rsa',
    pattern: /(?:^|\/)akshci_rsa$|\.sshprivatekey\)*$/u,
    harms: { ...LOST, ...SECRET, copies: 'warning' },
    sources: [CONFIG_PRINT],
  },
  {
    id: 'kubeconfig',
    places: '~/.kube/config',
    pattern: /(?:^|\/)(?:\.kube(?:\/config)?|kubeconfig[-\w]*|[-\w]+-kubeconfig)$|\.kubeconfig\)*$|^\$env:kubeconfig$/u,
    harms: { ...KNOWN, ...SECRET },
    sources: [DOC_CREDENTIAL, KNOWN_MANAGEMENT_KUBECONFIG],
  },
  {
    id: 'login',
    pattern: /(?:^|\/)(?:(?:cloud)?login\.ya?ml|[^/]*\.tok|\.token|psconfig\.json)$|\.(?:mocloginyaml|identity)\)*$/u,
    harms: SECRET,
    sources: [MOC_IDENTITY, CONFIG_PRINT],
  },
  {
    id: 'access',
    pattern: /(?:^|\/)(?:\.wssd\/.*\/|cloudcfg\/.*|)cloudconfig$/u,
    harms: SECRET,
    sources: [MOC_ACCESS_FILE],
  },
  {
    id: 'access',
    removal: 'access',
    places: '~/.wssd/mocctl/cloudconfig',
    pattern: /(?:^|\/)(?:\.wssd(?:\/\w+(?:\.exe)?)?|cloudcfg)$|\.accessfiledirpath\)*$/u,
    harms: { ...KNOWN, ...SECRET, copies: 'warning' },
    sources: [ISSUE_146, DOC_KVACTL_FILE],
  },
  {
    id: 'cloud-agent',
    places: 'service:wssdcloudagent group:ca-1',
    pattern: /^group:(?:ca-|.*clusterrolename)/u,
    harms: SERVICE,
    sources: [OVERVIEW_CLOUD_AGENT, CONFIG_PRINT],
  },
  {
    id: 'node-agent',
    places: 'service:wssdagent',
    harms: { removes: 'error', stops: 'notice', restarts: 'notice' },
    sources: [KNOWN_NODE_AGENT, ISSUE_402],
  },
  {
    id: 'node-service',
    pattern: /^service:(?:clussvc|kubelet|containerd|docker)$/u,
    harms: SERVICE,
    sources: [CLUSTER_PARTS],
  },
  { id: 'machine', pattern: /^(?:machine:|kube:node\/)/u, harms: { removes: 'error' }, sources: [CLUSTER_PARTS] },
  { id: 'machine', places: 'machine:', harms: { reboots: 'warning' }, sources: [KNOWN_SIXTY_DAYS] },
  {
    id: 'system',
    pattern:
      /^kube:(?:namespace\/[^/]*\/(?:kube-system|cloudop-system|\*)|(?!pod|secret|node|renewrev|namespace|cert)[^/]*\/(?:kube-system|cloudop-system|\*)\/.*|(?:crd|customresourcedefinition)\/.*certificates\.microsoft\.com|(?:akshci)?cluster\/.*|machine\w*\/.*)$/u,
    harms: SERVICE,
    sources: [CLUSTER_PARTS],
  },
  {
    id: 'secret',
    pattern: /^kube:secret\//u,
    harms: { ...KNOWN, ...SECRET },
    sources: [KNOWN_KMS_ROTATION, MOC_IDENTITY],
  },
  {
    id: 'revocation',
    removal: 'revocation',
    pattern: /^kube:renewrevocation/u,
    harms: { removes: 'notice' },
    sources: [ROW_DELETION],
  },
  // Harm is done only to all of these objects at once.
  { id: 'others', pattern: /^(?:container:|kube:)/u, harms: {}, sources: [EVERY_CONTROL_PLANE] },
];

/** Longer texts are not names. */
export const LONGEST_NAME = 300;

/**
 * Returns the matching object that the effect harms most, and whether the object is always in this place; `undefined`
 * if the name matches none.
 */
export function findProtected(name: string, effect: ObjectEffect) {
  if (name.length > LONGEST_NAME) return undefined;
  const wildcard = wildcardPattern(name);
  const found = PROTECTED_OBJECTS.flatMap(({ id, removal, pattern, places = '', harms, sources }) => {
    const isFixed = places
      .split(' ')
      .some((place) => place !== '' && (`${name}/`.startsWith(`${place}/`) || wildcard?.test(place) === true));
    const severity = harms[effect];
    return isFixed || pattern?.test(name) === true ? [{ id, removal, severity, sources, isFixed }] : [];
  });
  return found.filter(isHarmed).sort(compareSeverity)[0] ?? found[0];
}

function isHarmed<Match extends { severity: Severity | undefined }>(
  match: Match,
): match is Match & { severity: Severity } {
  return match.severity !== undefined;
}

/** More wildcards in one name would take too long to match. */
const MOST_WILDCARDS = 4;

/** Matches the paths that a name with wildcards covers; `undefined` if its folder is unknown. */
function wildcardPattern(name: string): RegExp | undefined {
  if (!/^(?:[/~]|\w+:)/u.test(`${name}/`) || name.split(/[*?]/u).length > MOST_WILDCARDS + 1) return undefined;
  const escaped = name.replaceAll(/[.+^${}()|[\]\\]/gu, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}(?:/|$)`, 'u');
}
