import type { Cluster } from '../model/credential.ts';
import type { CredentialCandidate, CertificateCandidate } from './candidate.ts';
import { getTree } from './path-parts.ts';

/*
 * Reads evidence from a candidate's place. Node names used for joining (`cluster-links.ts`): `s:` stored cluster, `k:`
 * trust root of a Kubernetes cluster, `c:` cluster entry of a kubeconfig, `n:` name in kubeconfigs without an
 * authority, `t:` folder tree; `m:` CA of a cloud agent, `f:` its name, `a:` access or login file, `u:` folder tree of
 * MOC files.
 */

export function isPlainFile(candidate: CredentialCandidate): candidate is CertificateCandidate {
  const { format } = candidate.origin;
  return candidate.kind === 'certificate' && (format === 'pem' || format === 'der');
}

/**
 * Whether a source is in a certificate file, whose entries are empty or numbered; in structured files, entries name
 * fields.
 */
export function isPlainSource({ entry }: { entry: string }): boolean {
  return /^(?:#\d+)?$/u.test(entry);
}

export function isTrustOfKubeconfig({ origin }: CredentialCandidate): boolean {
  return origin.format === 'kubeconfig' && origin.part === 'certificate-authority';
}

export function findClusterName({ origin }: CredentialCandidate): string | undefined {
  return origin.format === 'kubeconfig' ? origin.clusterName : undefined;
}

/** Returns the kubeconfig cluster entry that a candidate belongs to. */
export function kubeconfigEntry(candidate: CredentialCandidate): string | undefined {
  const name = findClusterName(candidate);
  if (name === undefined) return undefined;
  // One file of Secrets may contain several kubeconfigs that use one name for different clusters, as kubeadm does.
  const within = 'within' in candidate.origin ? `${candidate.origin.within}\0` : '';
  return `c:${candidate.path}\0${within}${name}`;
}

export function treeNode(kind: Cluster['kind'], path: string): string {
  return `${kind === 'moc' ? 'u' : 't'}:${getTree(path)}`;
}

/** Normalises a host for comparison: DNS names ignore case and a final dot. */
export function parseHost(address: string): string {
  return address.toLowerCase().replace(/\.$/u, '');
}
