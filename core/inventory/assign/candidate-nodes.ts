import type { Cluster } from '../model/credential.ts';
import type { Origin } from '../../shared/origin.ts';
import type { CredentialCandidate, CertificateCandidate } from './candidate.ts';
import { getTree } from './path-parts.ts';

/*
 * Nodes stand for what a candidate belongs to, and `cluster-links.ts` joins them: `s:` stored cluster, `k:` trust root
 * of a Kubernetes cluster, `c:` cluster entry of a kubeconfig, `n:` name in kubeconfigs without an authority, `t:`
 * folder tree; `m:` CA of a cloud agent, `f:` its name, `a:` access or login file, `u:` folder tree of MOC files.
 */

export function isPlainFile(candidate: CredentialCandidate): candidate is CertificateCandidate {
  const { format } = candidate.origin;
  return candidate.kind === 'certificate' && (format === 'pem' || format === 'der');
}

/** Entries of certificate files are empty or numbered; entries of structured files name fields. */
export function isPlainSource({ entry }: { entry: string }): boolean {
  return /^(?:#\d+)?$/u.test(entry);
}

export function isOfMoc(origin: Origin): origin is Extract<Origin, { format: 'access-file' | 'login-file' }> {
  return origin.format === 'access-file' || origin.format === 'login-file';
}

export function isTrustOfKubeconfig({ origin }: CredentialCandidate): boolean {
  return origin.format === 'kubeconfig' && origin.part === 'certificate-authority';
}

export function findClusterName({ origin }: CredentialCandidate): string | undefined {
  return origin.format === 'kubeconfig' ? origin.clusterName : undefined;
}

export function kubeconfigEntry(candidate: CredentialCandidate): string | undefined {
  const name = findClusterName(candidate);
  if (name === undefined) return undefined;
  // Several Secrets of one file may use the same name for different clusters, as kubeadm does.
  const within = 'within' in candidate.origin ? `${candidate.origin.within}\0` : '';
  return `c:${candidate.path}\0${within}${name}`;
}

export function treeNode(kind: Cluster['kind'], path: string): string {
  return `${kind === 'moc' ? 'u' : 't'}:${getTree(path)}`;
}

/** Ignores case and a final dot, as DNS does. */
export function parseHost(address: string): string {
  return address.toLowerCase().replace(/\.$/u, '');
}
