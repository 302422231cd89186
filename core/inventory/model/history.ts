import type { CredentialId } from '../../shared/ids.ts';
import type { Cluster, Credential, ReplacedCredential } from './credential.ts';

/** Includes replaced certificates. */
export function listCertificates(cluster: Cluster): Extract<Credential, { kind: 'certificate' }>[] {
  return [...cluster.credentials, ...cluster.history.map(({ credential }) => credential)].filter(
    (credential) => credential.kind === 'certificate',
  );
}

/** Includes what the credential replaced indirectly. */
export function collectHistory(cluster: Cluster, id: CredentialId): ReplacedCredential[] {
  const byReplacement = new Map<CredentialId, ReplacedCredential[]>();
  for (const replaced of cluster.history) {
    const list = byReplacement.get(replaced.replacedBy);
    if (list === undefined) byReplacement.set(replaced.replacedBy, [replaced]);
    else list.push(replaced);
  }
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
