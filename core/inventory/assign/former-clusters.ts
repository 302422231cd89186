import { isGenericName } from '../../plan/model/cluster-name.ts';
import { addTo } from '../../shared/lists.ts';
import type { Instant } from '../../shared/instant.ts';
import { distinctiveHosts, listServerNames } from '../findings/kubeconfig-ca.ts';
import type { Credential } from '../model/credential.ts';
import type { CredentialCandidate } from './candidate.ts';
import { parseKubeconfigEntry } from '../model/kubeconfig-entry.ts';
import { isSuccessor, type Certified } from './signatures.ts';

/** A part of a cluster as an import leaves it. */
export interface ClusterPart {
  /** In lower case. */
  names: readonly string[];
  addresses: readonly string[];
  credentials: readonly (CredentialCandidate | Credential)[];
}

interface ClusterOutline extends ClusterPart {
  node: string;
}

/**
 * Finds clusters that were rebuilt later. Only kubeconfigs show such a cluster, and another cluster with the same name
 * and address has a CA that is newer than all of its CAs. The nodes in `live` have other files too.
 */
export function findFormerClusters(
  parts: ReadonlyMap<string, readonly ClusterPart[]>,
  live: ReadonlySet<string>,
): ReadonlySet<string> {
  const byName = new Map<string, ClusterOutline[]>();
  for (const [node, all] of parts) {
    const outline = {
      node,
      addresses: all.flatMap(({ addresses }) => addresses),
      names: [...new Set(all.flatMap(({ names }) => names))],
      credentials: all.flatMap(({ credentials }) => credentials),
    };
    for (const name of outline.names) if (!isGenericName(name)) addTo(byName, name, outline);
  }
  const former = new Set<string>();
  for (const named of byName.values()) {
    const fetched = named.length > 1 ? named.filter(({ node }) => !live.has(node)) : [];
    if (fetched.length === 0) continue;
    const byHost = new Map<string, ClusterOutline[]>();
    for (const each of named) for (const host of listHosts(each)) addTo(byHost, host, each);
    for (const each of fetched)
      if (distinctiveHosts(each).some((host) => byHost.get(host)?.some((other) => isNewer(other, each))))
        former.add(each.node);
  }
  return former;
}

export function listHosts(outline: Pick<ClusterPart, 'addresses' | 'credentials'>): Set<string> {
  const servers = outline.credentials.filter(({ role }) => role === 'apiserver') as Certified[];
  return new Set([...distinctiveHosts(outline), ...servers.flatMap(({ facts }) => listServerNames(facts))]);
}

function isNewer(live: ClusterOutline, former: ClusterOutline): boolean {
  const formerCas = listCas(former);
  const latest = former.credentials.map(findStart).sort().at(-1) ?? '';
  return (
    formerCas.length > 0 &&
    listCas(live).some((ca) => ca.facts.notBefore > latest && formerCas.every((one) => isSuccessor(ca, one)))
  );
}

export function isFetched(one: CredentialCandidate | Credential): boolean {
  const places = 'path' in one ? [one] : one.sources;
  return places.every((place) => parseKubeconfigEntry(place) !== undefined);
}

function listCas({ credentials }: ClusterOutline): Certified[] {
  return credentials.filter((one) => one.kind === 'certificate' && one.role === 'cluster-ca') as Certified[];
}

function findStart(one: CredentialCandidate | Credential): Instant | '' {
  return (one.kind === 'certificate' ? one.facts.notBefore : one.notBefore) ?? '';
}
