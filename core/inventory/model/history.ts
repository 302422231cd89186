import type { CredentialId } from '../../shared/ids.ts';
import { addTo } from '../../shared/lists.ts';
import type { CertificateCredential, Cluster, Credential, ReplacedCredential } from './credential.ts';

/** Includes replaced credentials. */
export function allCredentials({ credentials, history }: Pick<Cluster, 'credentials' | 'history'>): Credential[] {
  return [...credentials, ...history.map(({ credential }) => credential)];
}

/** Includes replaced certificates. */
export function listCertificates({ credentials, history }: Cluster): CertificateCredential[] {
  const replaced = history.map(({ credential }) => credential);
  return [...credentials, ...replaced].filter((credential) => credential.kind === 'certificate');
}

/** Includes what the credential replaced indirectly. */
export function collectHistory(cluster: Cluster, id: CredentialId): ReplacedCredential[] {
  const byReplacement = new Map<CredentialId, ReplacedCredential[]>();
  for (const replaced of cluster.history) addTo(byReplacement, replaced.replacedBy, replaced);
  const found = new Set<ReplacedCredential>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const replaced of byReplacement.get(next) ?? []) {
      if (found.has(replaced)) continue;
      found.add(replaced);
      open.push(replaced.credential.id);
    }
  }
  return [...found];
}
