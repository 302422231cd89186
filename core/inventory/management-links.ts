import type { Cluster, ManagementLink } from './model/credential.ts';
import type { ModuleFact } from '../formats/parsed-file.ts';
import { findBaseName, isManagementName } from '../plan/model/cluster-name.ts';
import { hasName } from '../plan/model/deployment.ts';
import { isSameList } from '../shared/lists.ts';
import { compareText, parseHost } from './assign/candidate.ts';
import { getHostFolder } from './assign/path-parts.ts';
import { pathKey } from './model/windows-path.ts';
import type { InventoryStore } from './store/inventory-store.ts';

export function findLink(path: string, facts: readonly ModuleFact[]): ManagementLink | undefined {
  const [cloudAgent, management] = (['cloud-agent', 'management'] as const).map(
    (wanted) => facts.find(({ fact }) => fact === wanted)?.value,
  );
  if (cloudAgent === undefined || management === undefined) return undefined;
  return { path, cloudAgent: parseHost(cloudAgent), management: management.toLowerCase() };
}

/** `agents`: the name of the link's cloud agent, and its known CAs; empty if the cloud agent is uncertain. */
type PlacedLink = ManagementLink & { agents: readonly string[] };

/**
 * Links each management cluster to the cloud agent that its configuration names, and gives that name to the cloud agent
 * of the same host. Every import and every correction applies all links, so their order does not matter. A link lasts
 * until its file contains another one or is `gone`, because a file may be unreadable or cut for a moment.
 */
export async function linkManagement(
  store: InventoryStore,
  found: readonly ManagementLink[] = [],
  gone: readonly string[] = [],
): Promise<void> {
  const known = store.links();
  if (known.length + found.length === 0) return;
  const isForgotten = new Set(known.flatMap(({ path, forgotten }) => (forgotten ? pathKey(path) : [])));
  const read = new Set([...found.map(({ path }) => path), ...gone].map(pathKey));
  const all = [
    ...known.filter(({ path }) => !read.has(pathKey(path))),
    ...found.map((link): ManagementLink => (isForgotten.has(pathKey(link.path)) ? { ...link, forgotten: true } : link)),
  ];
  all.sort((left, right) => compareText(left.path, right.path));
  if (JSON.stringify(all) !== JSON.stringify(known)) await store.keepLinks(all);
  const clusters = store.clusters().filter(({ sample }) => sample !== true);
  const links = all.filter((link) => !link.forgotten || clusters.some((one) => isOfHost(link, one)));
  const agents = clusters.filter(({ kind }) => kind === 'moc');
  const owners = links.map((link) => findAgent(link, agents));
  const named = agents.map((agent) => {
    const names = new Set(links.flatMap(({ cloudAgent }, at) => (owners[at] === agent ? cloudAgent : [])));
    return configure(agent, names.size > 1 ? [] : [...names]);
  });
  const placed = links.map((link) => ({ ...link, agents: listPossible(link, links, named) }));
  const others = clusters.filter(({ kind }) => kind === 'kubernetes');
  const managements = placed.map((link) => findManagement(link, placed, others));
  const linked = others.map((cluster) =>
    configure(cluster, [...new Set(placed.flatMap((link, at) => (managements[at] === cluster ? link.agents : [])))]),
  );
  const before = new Set(clusters);
  for (const cluster of [...named, ...linked]) if (!before.has(cluster)) await store.update(cluster);
}

export async function forgetLinks(store: InventoryStore, cluster: Cluster): Promise<void> {
  const known = store.links();
  const links = known.map((link): ManagementLink => (isOfHost(link, cluster) ? { ...link, forgotten: true } : link));
  if (JSON.stringify(links) !== JSON.stringify(known)) await store.keepLinks(links);
}

/** Returns whether the cluster is the cloud agent or the management cluster on the host of the configuration. */
function isOfHost(link: ManagementLink, cluster: Cluster): boolean {
  return (cluster.kind === 'moc' || isNamed(link, cluster)) && isBeside(link, cluster);
}

function isNamed({ management }: ManagementLink, { name, commandName }: Cluster): boolean {
  return (commandName ?? findBaseName(name) ?? name).toLowerCase() === management;
}

/** Returns the same object if nothing differs. */
function configure(cluster: Cluster, configured: readonly string[]): Cluster {
  if (isSameList(configured, cluster.configured ?? [])) return cluster;
  const { configured: _, ...rest } = cluster;
  return { ...rest, ...(configured.length > 0 && { configured }) };
}

/** Returns the only cloud agent with files on the host of the configuration, unless files name it differently. */
function findAgent(link: ManagementLink, agents: readonly Cluster[]): Cluster | undefined {
  const [agent, other] = agents.filter(
    (one) => (one.addresses.length === 0 || hasName(one, [link.cloudAgent])) && isBeside(link, one),
  );
  return other === undefined ? agent : undefined;
}

/** If the host has no cloud agent, the name counts only if no other host and no other cloud agent is possible. */
function listPossible(
  link: ManagementLink,
  links: readonly ManagementLink[],
  agents: readonly Cluster[],
): readonly string[] {
  const { cloudAgent: name, path } = link;
  const named = agents.filter((agent) => hasName(agent, [name]));
  const [agent, another] = named.filter((one) => isBeside(link, one));
  if (agent !== undefined && another === undefined) return [...(agent.cloudAgents ?? []), name];
  const host = getHostFolder(path);
  // A host has one cloud agent, and a name that two hosts have may be that of two cloud agents.
  const isUnclear = links.some((one) => (one.cloudAgent === name) !== (getHostFolder(one.path) === host));
  return isUnclear || (agents.length > 0 && named.length === 0) ? [] : [name];
}

/** Any site may use the default name, so it counts only for a cluster on the same host as the configuration. */
function findManagement(
  link: PlacedLink,
  links: readonly PlacedLink[],
  clusters: readonly Cluster[],
): Cluster | undefined {
  const named = clusters.filter((one) => isNamed(link, one));
  const near = named.filter((cluster) => isBeside(link, cluster));
  const rivals = links.filter((one) => one.management === link.management && !isSameList(one.agents, link.agents));
  const isUnique = rivals.length === 0 && !isManagementName(link.management);
  const isOfOneHost = !rivals.some(({ path }) => getHostFolder(path) === getHostFolder(link.path));
  const [only, another] = near.length > 0 && isOfOneHost ? near : isUnique ? named : [];
  return another === undefined ? only : undefined;
}

function isBeside({ path }: ManagementLink, { credentials }: Cluster): boolean {
  const folder = getHostFolder(path);
  return credentials.some(({ sources }) => sources.some((source) => getHostFolder(source.path) === folder));
}
