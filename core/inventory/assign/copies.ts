import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { CredentialId } from '../../shared/ids.ts';
import type { Credential } from '../model/credential.ts';
import { isPlainFile, isPlainSource, type CredentialCandidate } from './candidate.ts';
import { sourceKey } from './inventory-index.ts';
import { nodeNamesIn } from './node-names.ts';
import { getHostFolder, getTree } from './path-parts.ts';

interface Sighting {
  credential: CredentialCandidate | Credential;
  path: string;
  tree: string;
  isPlain: boolean;
  isApart: boolean;
}

function makeSighting(
  credential: Sighting['credential'],
  { path }: { path: string },
  how: Pick<Sighting, 'isPlain' | 'isApart'>,
): Sighting {
  const tree = (credential.layer === 'moc' ? getHostFolder : getTree)(path);
  return { credential, path, tree, ...how };
}

/**
 * Lists a group's outdated copies, which nobody renews. Either a newer credential of the same holder is in the
 * product's folder or on the same node, or the copy is in no folder for certificates although files of a node were
 * read. Copies that were set `apart` earlier may name their node.
 */
export function listCopies(
  candidates: readonly CredentialCandidate[],
  stored: readonly Credential[],
  apart: readonly Credential[],
): ReadonlySet<CredentialId> {
  const former = new Map<string, Sighting>();
  for (const [credentials, isApart] of [
    [apart, true],
    [stored, false],
  ] as const)
    for (const credential of credentials)
      for (const source of credential.sources) {
        const isPlain = credential.kind === 'certificate' && isPlainSource(source);
        former.set(sourceKey(source), makeSighting(credential, source, { isPlain, isApart }));
      }
  // The newest reading of each entry of a file counts.
  if (former.size > 0) for (const one of candidates) former.delete(sourceKey(one));
  const sightings = [...former.values()];
  for (const one of candidates) sightings.push(makeSighting(one, one, { isPlain: isPlainFile(one), isApart: false }));
  /** By the folder of a node or a host; empty if no file there names it. */
  const nodes = new Map<string, string>();
  for (const { credential, tree, isPlain } of sightings) {
    const [name = ''] = nodeNamesIn(credential);
    if (name !== '' || (isPlain && ROLES[credential.role].isOnlyOnNodes)) nodes.set(tree, nodes.get(tree) || name);
  }
  const newest = new Map<string, string>();
  const judged = sightings.flatMap(({ credential, path, tree, isPlain, isApart }) => {
    const { original } = ROLES[credential.role];
    if (original === undefined || isApart) return [];
    const node = nodes.get(tree);
    // Certificates of a node count wherever they are in its folder.
    const isOfNode = isPlain && credential.layer === 'kubernetes';
    const isOnNode = isOfNode && node !== undefined;
    const isInPlace = isOnNode || original.test(`/${path.toLowerCase().replaceAll('\\', '/')}`);
    const isOriginal = isOfNode ? isOnNode : isInPlace;
    const isCertificate = credential.kind === 'certificate';
    // In the MOC layer, the name of an identity outlives the CA.
    const issuer = isCertificate && credential.layer !== 'moc' ? credential.facts.issuer.text : '';
    const name = isCertificate ? credential.facts.subject.text : credential.name;
    const holder = `${credential.role}\0${issuer}\0${name}`;
    const ownKey = `${holder}\0${node ?? ''}`;
    const { notBefore: start = '' } = credential.kind === 'certificate' ? credential.facts : credential;
    for (const key of isOriginal ? [holder, ownKey] : []) if ((newest.get(key) ?? '') < start) newest.set(key, start);
    // An original on an unknown node is never outdated.
    const key = isOriginal ? (node ? ownKey : undefined) : holder;
    return [{ id: credential.id, key, start, isLoose: isOfNode && nodes.size > 0 && !isInPlace }];
  });
  const copies = new Set<CredentialId>();
  const kept = new Set<CredentialId>();
  for (const { id, key, start, isLoose } of judged) {
    const latest = key === undefined ? start : newest.get(key);
    const isOutdated = latest === undefined ? isLoose : latest > start;
    (isOutdated ? copies : kept).add(id);
  }
  return new Set([...copies].filter((id) => !kept.has(id)));
}
