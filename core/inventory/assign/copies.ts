import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { CredentialId } from '../../shared/ids.ts';
import type { Credential } from '../model/credential.ts';
import { isPlainFile, isPlainSource, type CredentialCandidate } from './candidate.ts';
import { nodeNamesIn } from './node-names.ts';
import { getHostFolder, getTree } from './path-parts.ts';

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
  const lists = [
    { credentials: apart, isApart: true },
    { credentials: stored, isApart: false },
  ];
  const readings = [
    ...lists.flatMap(({ credentials, isApart }) =>
      credentials.flatMap((credential) =>
        credential.sources.map(({ path, entry }) => {
          const isPlain = credential.kind === 'certificate' && isPlainSource({ entry });
          return { credential, path, entry, isPlain, isApart };
        }),
      ),
    ),
    ...candidates.map((credential) => {
      const { path, entry } = credential;
      return { credential, path, entry, isPlain: isPlainFile(credential), isApart: false };
    }),
  ];
  // The newest reading of each entry of a file counts.
  const sightings = new Map(
    readings.map((one) => {
      const tree = (one.credential.layer === 'moc' ? getHostFolder : getTree)(one.path);
      return [`${one.path}\0${one.entry}`, { ...one, tree }] as const;
    }),
  );
  /** By the folder of a node or a host; empty if no file there names it. */
  const nodes = new Map<string, string>();
  for (const { credential, tree, isPlain } of sightings.values()) {
    const [name = ''] = nodeNamesIn(credential);
    if (name !== '' || (isPlain && ROLES[credential.role].isOnlyOnNodes)) nodes.set(tree, nodes.get(tree) || name);
  }
  const newest = new Map<string, string>();
  const judged = [...sightings.values()].flatMap(({ credential, path, tree, isPlain, isApart }) => {
    const { original } = ROLES[credential.role];
    if (original === undefined || isApart) return [];
    const node = nodes.get(tree);
    const isInPlace = original.test(`/${path.toLowerCase().replaceAll('\\', '/')}`);
    // Certificates of a node count wherever they are in its folder.
    const isOfNode = isPlain && credential.layer === 'kubernetes';
    const isOriginal = isOfNode ? node !== undefined : isInPlace;
    const isCertificate = credential.kind === 'certificate';
    // In the MOC layer, the name of an identity outlives the CA.
    const issuer = isCertificate && credential.layer !== 'moc' ? credential.facts.issuer.text : '';
    const holder = [credential.role, issuer, isCertificate ? credential.facts.subject.text : credential.name].join(
      '\0',
    );
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
