import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { CredentialId } from '../../shared/ids.ts';
import type { Credential } from '../model/credential.ts';
import { isPlainFile, isPlainSource, type CredentialCandidate } from './candidate.ts';
import { nodeNamesIn } from './node-names.ts';
import { getTree } from './path-parts.ts';

/** The folder around those that a host has. Source: domain catalogue, stored. */
const HOST = /^(.*?)[\\/](?:programdata|users|akshci|wssdcloudagent)[\\/]/iu;

interface Sighting {
  credential: CredentialCandidate | Credential;
  path: string;
  /** The folder of a node or a host. */
  tree: string;
  isPlain: boolean;
  isApart: boolean;
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
  // The newest reading of each entry of a file counts.
  const sightings = new Map<string, Sighting>();
  for (const [credentials, isApart] of [
    [apart, true],
    [stored, false],
  ] as const)
    for (const credential of credentials)
      for (const { path, entry } of credential.sources) {
        const isPlain = credential.kind === 'certificate' && isPlainSource({ entry });
        sightings.set(`${path}\0${entry}`, {
          credential,
          path,
          tree: HOST.exec(path)?.[1] ?? getTree(path),
          isPlain,
          isApart,
        });
      }
  for (const credential of candidates) {
    const { path, entry } = credential;
    const tree = HOST.exec(path)?.[1] ?? getTree(path);
    sightings.set(`${path}\0${entry}`, { credential, path, tree, isPlain: isPlainFile(credential), isApart: false });
  }
  /** By folder tree; empty if no file in the tree names its node. */
  const nodes = new Map<string, string>();
  for (const { credential, tree, isPlain } of sightings.values()) {
    const { role } = credential;
    const [name = ''] = ROLES[role].impact === 'node-agent' ? [credential.name] : nodeNamesIn(credential);
    if (name !== '' || (isPlain && ROLES[role].isOnlyOnNodes)) nodes.set(tree, nodes.get(tree) || name);
  }
  const newest = new Map<string, string>();
  const judged = [...sightings.values()].flatMap(({ credential, path, tree, isPlain, isApart }) => {
    const { original } = ROLES[credential.role];
    if (original === undefined || isApart) return [];
    const node = nodes.get(tree);
    const isOriginal = isPlain ? node !== undefined : original.test(`/${path.toLowerCase().replaceAll('\\', '/')}`);
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
    return [{ id: credential.id, key, start, isLoose: isPlain && nodes.size > 0 && !original.test(path) }];
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
