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

interface Cause {
  texts: readonly TextSign[];
  sources: Sources;
}

/** For products that print one of our sentences; `OTHER_PRODUCTS` distinguishes them. */
const SAME = { texts: [], sources: [SAME_SENTENCE] } as const;

const CAUSES = {
  clock: {
    // The longer phrases explain errors that F01 and F02 would recognise; `gap` leaves room for a time between phrases.
    texts: signs(
      ['x509: certificate has expired or is not yet valid', 'is before'],
      ['Unable to connect to the server: x509: certificate has expired or is not yet valid', 'is before'],
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
      ['Failed to pull image', 'x509: certificate signed by unknown authority'],
      ['Failed to pull image', 'x509: certificate has expired or is not yet valid'],
      ['failed to resolve reference', 'x509: certificate signed by unknown authority'],
    ),
    sources: [KUBECTL],
  },
  proxy: {
    texts: signs(['proxyconnect tcp'], ['first record does not look like a TLS handshake']),
    sources: [KUBECTL],
  },
  webhook: {
    texts: signs(
      ['failed calling webhook', 'x509: certificate has expired or is not yet valid'],
      ['failed calling webhook', 'x509: certificate signed by unknown authority'],
      ['failed to call webhook', 'x509: certificate signed by unknown authority'],
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

export interface OtherProduct {
  id: ElsewhereId;
  marks: RegExp;
  /** Counts only in the same line as the sentence: addresses also occur in many unrelated texts. */
  sameLine?: true;
}

export const OTHER_PRODUCTS: readonly OtherProduct[] = [
  { id: 'vault', marks: /\bvault\b|\bhashicorp\b|:8200\b|\bVAULT_\w/iu },
  { id: 'istio', marks: /\bistio\w*|\benvoy\b|\bpilot-(?:agent|discovery)\b|\blinkerd\b|:150(?:10|12|17)\b/iu },
  {
    id: 'cert-manager',
    marks:
      /\bcert-manager(?:\.io\b|-\w|\/|\b(?= (?:controller|pod|webhook|namespace|logs?))|\]|:)|\bletsencrypt\b|\bacme\b|-n cert-manager\b/iu,
  },
  {
    id: 'registry',
    marks:
      /\b(?:docker|crictl|podman|nerdctl|ctr(?: \S+)? images?) (?:pull|push|login)\b|\bdocker\.io\b|\b(?:registry|harbor|quay|ghcr|nexus|artifactory)[\w-]*[./:]|\/v2\/|ImagePullBackOff|ErrImagePull|Failed to pull image/iu,
  },
  {
    id: 'other-kubernetes',
    marks:
      /\bk3s\b|\/rancher\/|\brke2?\b|\bminikube\b|\bmicrok8s\b|\bopenshift\b|\bkubeadm\b|\bazmk8s\.io\b|\beks\.amazonaws\.com\b|\bgke[_-]\w|\btalosctl\b|\bargocd\b/iu,
  },
  { id: 'azure-local', marks: /AzureStackHCI\/clusters|Get-AzureStackHCI\b|\bAzure Local\b/u },
  {
    // Excludes the ports of this product and of Kubernetes.
    id: 'web-service',
    marks:
      /https?:\/\/[^\s"'/:]+(?::(?!6443\b|10250\b|55000\b|65000\b|4500[01]\b|46000\b|2379\b|2380\b)\d{2,5})?[/"'?]|\bHTTP\/\d|\bcurl\b|\bnginx\b/iu,
    sameLine: true,
  },
];
