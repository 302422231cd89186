import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { findNotBefore, type Credential } from '../model/credential.ts';
import { isPlainFile, isPlainSource, type CredentialCandidate } from './candidate.ts';
import { nodeNamesIn } from './node-names.ts';
import { getTree } from './path-parts.ts';

interface Sighting {
  credential: CredentialCandidate | Credential;
  path: string;
  isPlain: boolean;
}

/**
 * Lists a group's credentials that are outdated copies, which nobody renews. A newer one of the same holder is where the
 * product keeps it, or on the same node; or a node was read, and the certificate is in no folder for certificates. Copies that were set `apart`
 * earlier may name their node.
 */
export function listCopies(
  candidates: readonly CredentialCandidate[],
  stored: readonly Credential[],
  apart: readonly Credential[],
): ReadonlySet<CredentialId> {
  const sightings = listSightings(candidates, stored);
  /** By folder tree; empty if no file in the tree names its node. */
  const nodes = new Map<string, string>();
  for (const { credential, path, isPlain } of [...sightings, ...listSightings([], apart)]) {
    const [name = ''] = nodeNamesIn(credential);
    if (name !== '' || (isPlain && ROLES[credential.role].isOnlyOnNodes)) {
      const tree = getTree(path);
      nodes.set(tree, nodes.get(tree) || name);
    }
  }
  const newest = new Map<string, string>();
  const judged = sightings.flatMap((sighting) => {
    const { credential, path, isPlain } = sighting;
    const { original } = ROLES[credential.role];
    if (original === undefined) return [];
    const node = nodes.get(getTree(path));
    const isOriginal = isPlain ? node !== undefined : original.test(`/${path.toLowerCase().replaceAll('\\', '/')}`);
    const holder = holderKey(credential);
    const ownKey = `${holder}\0${node ?? ''}`;
    const start = findNotBefore(credential) ?? '';
    for (const key of isOriginal ? [holder, ownKey] : []) if ((newest.get(key) ?? '') < start) newest.set(key, start);
    // A file of an unknown node is an original of its own.
    const key = isOriginal ? (node ? ownKey : undefined) : holder;
    return [{ id: credential.id, key, start, isLoose: isPlain && nodes.size > 0 && !original.test(path) }];
  });
  const copies = new Set<CredentialId>();
  const kept = new Set<CredentialId>();
  for (const { id, key, start, isLoose } of judged) {
    const latest = key === undefined ? start : newest.get(key);
    (latest === undefined ? isLoose : latest > start) ? copies.add(id) : kept.add(id);
  }
  return new Set([...copies].filter((id) => !kept.has(id)));
}

/** The newest reading of each entry of a file counts. */
function listSightings(candidates: readonly CredentialCandidate[], stored: readonly Credential[]): Sighting[] {
  const atPlace = new Map<string, Sighting>();
  for (const credential of stored)
    for (const { path, entry } of credential.sources)
      atPlace.set(`${path}\0${entry}`, {
        credential,
        path,
        isPlain: credential.kind === 'certificate' && isPlainSource({ entry }),
      });
  for (const credential of candidates) {
    const { path, entry } = credential;
    atPlace.set(`${path}\0${entry}`, { credential, path, isPlain: isPlainFile(credential) });
  }
  return [...atPlace.values()];
}

/** In the MOC layer, the name of an identity outlives the CA. */
function holderKey(credential: CredentialCandidate | Credential): string {
  const { kind, role, layer, name } = credential;
  const issuer = kind === 'certificate' && layer !== 'moc' ? credential.facts.issuer.text : '';
  return [role, issuer, kind === 'certificate' ? credential.facts.subject.text : name].join('\0');
}
