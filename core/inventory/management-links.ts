import type { Cluster, ManagementLink } from './model/credential.ts';
import type { ModuleFact } from '../formats/parsed-file.ts';
import { findBaseName, isManagementName } from '../plan/model/cluster-name.ts';
import { isFingerprint } from '../plan/model/deployment.ts';
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
 * of the same host. Every import applies all links, so the order of imports does not matter. A link lasts until its file
 * contains another one, because a file may be unreadable or cut for a moment.
 */
export async function linkManagement(store: InventoryStore, found: readonly ManagementLink[]): Promise<void> {
  const known = store.links();
  const read = new Set(found.map(({ path }) => pathKey(path)));
  const links = [...known.filter(({ path }) => !read.has(pathKey(path))), ...found];
  links.sort((left, right) => compareText(left.path, right.path));
  if (JSON.stringify(links) !== JSON.stringify(known)) await store.keepLinks(links);
  const agents = await nameAgents(store, known, links);
  const placed = links.map((link) => ({ ...link, agents: listAgents(link, links, agents) }));
  const clusters = listReal(store, 'kubernetes');
  const managements = placed.map((link) => findManagement(link, placed, clusters));
  const stated = new Set([...known, ...links].map(({ cloudAgent }) => cloudAgent));
  for (const cluster of clusters) {
    const { cloudAgents: before = [], ...rest } = cluster;
    const cloudAgents = [...new Set(placed.flatMap((link, at) => (managements[at] === cluster ? link.agents : [])))];
    const isOfLinks = before.every((agent) => isFingerprint(agent) || stated.has(agent));
    // Login files are better evidence than a configuration.
    if (isSameList(cloudAgents, before) || !isOfLinks || hasLogin(cluster)) continue;
    await store.update({ ...rest, ...(cloudAgents.length > 0 && { cloudAgents }) });
  }
}

/** Gives each cloud agent the name in the configuration of its host. Returns all cloud agents. */
async function nameAgents(
  store: InventoryStore,
  known: readonly ManagementLink[],
  links: readonly ManagementLink[],
): Promise<readonly Cluster[]> {
  const withdrawn = known.filter(
    (one) => !links.some(({ path, cloudAgent }) => path === one.path && cloudAgent === one.cloudAgent),
  );
  const before = listReal(store, 'moc');
  const agents = before.map((agent) => {
    const names = withdrawn.filter((link) => isBeside(link, agent)).map(({ cloudAgent }) => cloudAgent);
    const addresses = agent.addresses.filter((name) => !names.includes(parseHost(name)));
    return isSameList(addresses, agent.addresses) || hasLogin(agent) ? agent : { ...agent, addresses };
  });
  const named = agents.map((agent) => {
    const names = links.filter((link) => findAgent(link, agents) === agent).map(({ cloudAgent }) => cloudAgent);
    const fresh = new Set(names.filter((name) => !hasName(agent, name)));
    return fresh.size === 0 ? agent : { ...agent, addresses: [...agent.addresses, ...fresh] };
  });
  for (const [at, agent] of named.entries()) if (agent !== before[at]) await store.update(agent);
  return named;
}

function listReal(store: InventoryStore, kind: Cluster['kind']): Cluster[] {
  return store.clusters().filter((cluster) => cluster.kind === kind && cluster.sample !== true);
}

function hasLogin({ credentials }: Cluster): boolean {
  return credentials.some(({ kind, layer }) => kind === 'token' && layer === 'moc');
}

function hasName(agent: Cluster, name: string): boolean {
  return agent.addresses.some((address) => parseHost(address) === name);
}

/** Returns the only cloud agent with files on the host of the configuration, unless files name it differently. */
function findAgent(link: ManagementLink, agents: readonly Cluster[]): Cluster | undefined {
  const [agent, other] = agents.filter(
    (one) => (one.addresses.length === 0 || hasName(one, link.cloudAgent)) && isBeside(link, one),
  );
  return other === undefined ? agent : undefined;
}

/** If the host has no cloud agent, the name counts only if no other host and no other cloud agent is possible. */
function listAgents(
  link: ManagementLink,
  links: readonly ManagementLink[],
  agents: readonly Cluster[],
): readonly string[] {
  const { cloudAgent: name, path } = link;
  const agent = findAgent(link, agents);
  if (agent !== undefined) return [...(agent.cloudAgents ?? []), name];
  const host = getHostFolder(path);
  const isShared = links.some((one) => one.cloudAgent === name && getHostFolder(one.path) !== host);
  const isUnknown = agents.length > 0 && !agents.some((one) => hasName(one, name));
  return isShared || isUnknown ? [] : [name];
}

/** Any site may use the default name, so it counts only for a cluster on the same host as the configuration. */
function findManagement(
  link: PlacedLink,
  links: readonly PlacedLink[],
  clusters: readonly Cluster[],
): Cluster | undefined {
  const named = clusters.filter(
    ({ name, commandName }) => (commandName ?? findBaseName(name) ?? name).toLowerCase() === link.management,
  );
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
