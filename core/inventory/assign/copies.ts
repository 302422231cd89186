import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import type { CredentialId } from '../../shared/ids.ts';
import type { Credential } from '../model/credential.ts';
import { isPlainFile, isPlainSource, type CredentialCandidate } from './candidate.ts';
import { getTree } from './path-parts.ts';

/** The folder of original certificates on a node, also in a backup of the node. */
const PKI_FOLDER = /[\\/]pki[\\/]/u;

interface Sighting {
  id: CredentialId;
  role: RoleId;
  facts: CertificateFacts;
  path: string;
  isPlain: boolean;
}

/**
 * Lists a group's credentials that are outdated copies for another program: nobody renews them. Their newer originals
 * are on a node, or a node was read and they are outside the folder where the product keeps originals.
 */
export function listCopies(
  candidates: readonly CredentialCandidate[],
  stored: readonly Credential[],
): ReadonlySet<CredentialId> {
  const atPlace = new Map<string, Sighting>();
  for (const credential of stored) {
    if (credential.kind !== 'certificate') continue;
    const { id, role, facts } = credential;
    for (const { path, entry } of credential.sources)
      atPlace.set(`${path}\0${entry}`, { id, role, facts, path, isPlain: isPlainSource({ entry }) });
  }
  for (const candidate of candidates) {
    if (candidate.kind !== 'certificate') continue;
    const { id, role, facts, path, entry } = candidate;
    atPlace.set(`${path}\0${entry}`, { id, role, facts, path, isPlain: isPlainFile(candidate) });
  }
  const sightings = [...atPlace.values()];
  const nodeTrees = new Set(
    sightings.flatMap(({ role, path, isPlain }) => (isPlain && ROLES[role].isOnlyOnNodes ? [getTree(path)] : [])),
  );
  const copied = sightings.filter(({ role }) => ROLES[role].isCopied);
  const [onNodes, elsewhere] = [new Map<string, Sighting>(), new Map<CredentialId, Sighting>()];
  const onNode = new Set<CredentialId>();
  for (const one of copied) {
    if (!one.isPlain || !nodeTrees.has(getTree(one.path))) {
      elsewhere.set(one.id, one);
      continue;
    }
    onNode.add(one.id);
    const known = onNodes.get(holderKey(one));
    if (known === undefined || known.facts.notBefore < one.facts.notBefore) onNodes.set(holderKey(one), one);
  }
  const isLeftOver = (one: Sighting): boolean => {
    if (onNode.has(one.id)) return false;
    const newest = onNodes.get(holderKey(one));
    // The product keeps the original in a folder of certificates on a node, read or not.
    if (newest === undefined) return one.isPlain && nodeTrees.size > 0 && !PKI_FOLDER.test(one.path);
    return newest.facts.notBefore > one.facts.notBefore;
  };
  return new Set([...elsewhere.values()].filter(isLeftOver).map(({ id }) => id));
}

function holderKey({ role, facts }: Sighting): string {
  return [role, facts.issuer.text, facts.subject.text].join('\0');
}
