import type { Statement } from '../../shared/citation.ts';
import type { TextSign } from './failure.ts';
import { citeText, type Sources } from './sources/sources.ts';
import {
  AZURE_LOCAL_BILLING,
  KUBECTL,
  READ_ONLY_CHECK,
  SAME_SENTENCE,
  WINDOWS_CMDLETS,
} from './sources/sources-repair.ts';

/*
 * Causes other than this product's certificates that appear in the same logs, and where to look instead. Similar
 * failures of this product (billing, the secret of Azure Arc) are in `failures`.
 */

function signs(...phrases: readonly (readonly string[])[]): readonly TextSign[] {
  return phrases.map((each, at) => ({ id: `sign-${at + 1}`, phrases: each, gap: 240, weight: 0.85 }));
}

const EXPIRED = 'x509: certificate has expired or is not yet valid';
const UNKNOWN_AUTHORITY = 'x509: certificate signed by unknown authority';

interface Cause {
  texts: readonly TextSign[];
  sources: Sources;
}

/** For products that print one of our sentences; `OWNERS` distinguishes them. */
const SAME = { texts: [], sources: [SAME_SENTENCE] } as const;

const CAUSES = {
  clock: {
    // The longer phrases explain errors that F01 and F02 would recognise; `gap` leaves room for a time between phrases.
    texts: signs(
      [EXPIRED, 'is before'],
      [`Unable to connect to the server: ${EXPIRED}`, 'is before'],
      ['certificate is not yet valid'],
      ['certificate not yet valid'],
    ).map((sign) => ({ ...sign, gap: 60 })),
    sources: [READ_ONLY_CHECK],
  },
  dns: {
    texts: signs(
      ['dial tcp: lookup', 'no such host'],
      ['lookup', 'server misbehaving'],
      ['Could not resolve host'],
      ['Temporary failure in name resolution'],
      ['No such host is known'],
    ),
    sources: [KUBECTL],
  },
  disk: {
    texts: signs(
      ['no space left on device'],
      ['There is not enough space on the disk'],
      ['mvcc: database space exceeded'],
    ),
    sources: [KUBECTL],
  },
  memory: {
    texts: signs(
      ['OOMKilled'],
      ['Out of memory: Killed process'],
      ['Not enough memory in the system to start the virtual machine'],
    ),
    sources: [KUBECTL, WINDOWS_CMDLETS],
  },
  rbac: { texts: signs(['is forbidden: User', 'cannot', 'in API group']), sources: [KUBECTL] },
  registry: {
    texts: signs(
      ['Failed to pull image', UNKNOWN_AUTHORITY],
      ['Failed to pull image', EXPIRED],
      ['failed to resolve reference', UNKNOWN_AUTHORITY],
    ),
    sources: [KUBECTL],
  },
  proxy: {
    texts: signs(['proxyconnect tcp'], ['first record does not look like a TLS handshake']),
    sources: [KUBECTL],
  },
  webhook: {
    texts: signs(
      ['failed calling webhook', EXPIRED],
      ['failed calling webhook', UNKNOWN_AUTHORITY],
      ['failed to call webhook', UNKNOWN_AUTHORITY],
    ),
    sources: [KUBECTL],
  },
  vault: SAME,
  istio: SAME,
  'cert-manager': SAME,
  'other-kubernetes': SAME,
  'azure-local': { texts: [], sources: [AZURE_LOCAL_BILLING] },
  'web-service': SAME,
} as const satisfies Record<string, Cause>;
export type ElsewhereId = keyof typeof CAUSES;
export const ELSEWHERE_IDS = Object.keys(CAUSES) as readonly ElsewhereId[];

export interface Elsewhere extends Omit<Cause, 'sources'> {
  id: ElsewhereId;
  statement: Statement;
}

export const ELSEWHERE: readonly Elsewhere[] = ELSEWHERE_IDS.map((id) => {
  const { texts, sources }: Cause = CAUSES[id];
  return { id, texts, statement: citeText(`failure.elsewhere.${id}`, ...sources) };
});

/** `ours`: AKS enabled by Azure Arc. */
export type OwnerId = 'ours' | ElsewhereId;

/**
 * Names that show the owner of a line. `speakers`: a program, service, pod, namespace, node or path that printed the
 * line, in lower case. `callees`: an address that was called.
 */
export interface OwnerNames {
  id: OwnerId;
  speakers?: RegExp;
  callees?: RegExp;
}

export const OWNERS: readonly OwnerNames[] = [
  {
    id: 'ours',
    speakers:
      /^(?:aks-?hci\w*|[a-z]+-(?:akshci|moc|kva)\w*|moc|kva|moc-[a-z\d]{8,}|ca-[\da-f]{8}-[\da-f-]+|kvactl|mocctl|nodectl|wssd\w*|moc cloud agent.*|(?:moc-)?kms-?plugin.*|certificate-renewal-.*|ad-auth-webhook.*|cert-tattoo.*|caph.*|.*azurestackhci.*|.*kubeconfig-mgmt|\(get-kvaconfig.*|.*\\(?:akshci|moc|kva)\\.*|.*[\\/]\.?wssd.*)$/u,
    callees: /:(?:4500[01]|46000|55000|65000)\b|moc-kms-plugin|wssd|[/-]moc-[a-z\d]{8,}/u,
  },
  { id: 'vault', speakers: /^vault/u, callees: /^vault[.-]|:8200\b/u },
  {
    id: 'istio',
    speakers: /^(?:istio|envoy|pilot-|linkerd)/u,
    callees: /^(?:istio|linkerd)|\.istio-system\b|:150(?:1[0-7])\b/u,
  },
  {
    id: 'cert-manager',
    speakers: /^(?:cert-manager|cmctl|certbot|acme)/u,
    callees: /^cert-manager|\.cert-manager\b|letsencrypt\.org/u,
  },
  {
    id: 'registry',
    speakers:
      /^(?:docker|crictl|podman|nerdctl|ctr|skopeo) (?:pull|push|login|image)|^(?:harbor|quay|nexus|artifactory)/u,
    callees: /^(?:registry|harbor|quay|ghcr|nexus|artifactory|docker)[\w-]*[.:]|\/v2\//u,
  },
  {
    id: 'other-kubernetes',
    speakers:
      /^(?:k3[sd]|rke2?|k0s|minikube|kind (?:create|delete|export|get|load)|microk8s|kubeadm|openshift|talosctl|eks(?:ctl)?|gcloud|kops|oc|az aks|argocd|rancher|fleet-agent|aws-node|gke|arn:aws:eks)(?:$|[\s.:_/-])|[\\/](?:rancher|k3s|k0s|microk8s)\b|\.ec2\.internal$/u,
    callees: /\.(?:eks\.amazonaws\.com|azmk8s\.io|gke\.goog)\b/u,
  },
  {
    id: 'azure-local',
    speakers: /^(?:[a-z]+-azurestackhci(?!cluster)|az (?:aksarc|arcappliance|stack-hci))|azurestackhci\/clusters/u,
    callees: /azurestackhci\/clusters/u,
  },
  {
    id: 'web-service',
    speakers: /^(?:curl|wget|nginx|httpd|apache2?|traefik|ingress-nginx|invoke-(?:webrequest|restmethod))/u,
    // Other ports and paths are those of this product and of Kubernetes.
    callees:
      /^(?!kubernetes\.|10\.96\.0\.1\b)[^:/]+(?::(?!6443\b|10250\b|2379\b|2380\b)\d+)?\/(?!apis?\b|version\b|healthz|livez|readyz)/u,
  },
];
