import type { ClusterId } from '../../shared/ids.ts';
import { findBaseName, isGenericName, SHORT_HEX } from '../../plan/model/cluster-name.ts';
import { compareText } from './candidate.ts';

const PROVISIONAL_MOC = /^moc-[0-9a-f]{8}$/u;
const MAX_SLUG_LENGTH = 60;

interface NamesFound {
  explicit: ReadonlySet<string>;
  folders: ReadonlySet<string>;
}

/**
 * Ranks a name: 3 if a person or the product chose it, 2 for a folder, 1 if every cluster has it, 0 if made up;
 * slightly less if part of a fingerprint is appended.
 */
export function nameRank(name: string, evidence: NamesFound): number {
  const base = findBaseName(name);
  if (base !== undefined) return nameRank(base, evidence) - 0.5;
  const { explicit, folders } = evidence;
  if (PROVISIONAL_MOC.test(name)) return 0;
  if (isGenericName(name)) return 1;
  if (explicit.has(name)) return 3;
  return folders.has(name) ? 2 : 3;
}

/** Returns the most specific name, the first by code point among equals; `undefined` without evidence. */
export function bestName(evidence: NamesFound): string | undefined {
  const names = [...evidence.explicit, ...evidence.folders];
  return names.sort(
    (left, right) => nameRank(right, evidence) - nameRank(left, evidence) || compareText(left, right),
  )[0];
}

/** Makes an id that is a safe file name on every system and depends only on the name and the cluster's anchor. */
export function makeClusterId(name: string, digestHex: string): ClusterId {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, MAX_SLUG_LENGTH)
    .replace(/^-+|-+$/gu, '');
  return `${slug === '' ? 'cluster' : slug}-${digestHex.slice(0, SHORT_HEX)}` as ClusterId;
}

const END_OF_IDENTITY = 'plugin';

/** Finds the cluster to whose KMS plugin this MOC identity belongs. Source: domain catalogue, identity names. */
export function clusterInIdentity(identity: string): string | undefined {
  // Every name in a fleet is tested, so the cheap test comes first.
  if (identity.slice(-END_OF_IDENTITY.length).toLowerCase() !== END_OF_IDENTITY) return undefined;
  return /^(?:KMSPlugin-)?(?<name>.+)-moc-kms-plugin$/iu.exec(identity)?.groups?.['name'];
}
