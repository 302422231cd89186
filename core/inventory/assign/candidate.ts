import type { Cluster, CertificateCredential, TokenCredential } from '../model/credential.ts';
import type { Source } from '../../shared/source.ts';
import type { Origin } from '../../shared/origin.ts';
import { getTree } from './path-parts.ts';
import type { Instant } from '../../shared/instant.ts';

interface CandidatePlace extends Pick<Source, 'computer'> {
  path: string;
  entry: string;
  line?: number;
  fileModified: Instant;
  origin: Origin;
  sample?: true;
}

type StoredFields = 'sources' | 'firstReadAt';
export interface CertificateCandidate extends CandidatePlace, Omit<CertificateCredential, StoredFields> {}
export interface TokenCandidate extends CandidatePlace, Omit<TokenCredential, StoredFields> {}

/** A credential in one entry of one file, not yet assigned to a cluster. */
export type CredentialCandidate = CertificateCandidate | TokenCandidate;

const NUMBERED = /^(.*)#(\d+)$/su;

/** Sorts by path, then entry, with final numbers in numeric order, so that the order of reading does not matter. */
export function compareByPlace(left: { path: string; entry: string }, right: { path: string; entry: string }): number {
  const byPath = compareText(left.path, right.path);
  if (byPath !== 0 || left.entry === right.entry) return byPath;
  const [, leftEntry = left.entry, leftNumber = 0] = NUMBERED.exec(left.entry) ?? [];
  const [, rightEntry = right.entry, rightNumber = 0] = NUMBERED.exec(right.entry) ?? [];
  return compareText(leftEntry, rightEntry) || Number(leftNumber) - Number(rightNumber);
}

export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/*
 * Nodes, which `cluster-links.ts` joins, stand for what a candidate belongs to. `s:` stored cluster, `k:` trust root of
 * a Kubernetes cluster, `c:` cluster entry of a kubeconfig, `n:` name in kubeconfigs without an authority, `t:` folder
 * tree; `m:` CA of a cloud agent, `f:` its name, `a:` access or login file, `u:` folder tree of MOC files.
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

/** Returns the host name in lower case and without a final dot, since DNS ignores both. */
export function parseHost(address: string): string {
  return address.toLowerCase().replace(/\.$/u, '');
}
