import type { Cluster, ManagementLink } from './model/credential.ts';
import type { ModuleFact } from '../formats/parsed-file.ts';
import { findBaseName, isManagementName } from '../plan/model/cluster-name.ts';
import { parseHost } from './assign/candidate.ts';
import { getHostFolder } from './assign/path-parts.ts';
import type { InventoryStore } from './store/inventory-store.ts';

export function findLink(path: string, facts: readonly ModuleFact[]): ManagementLink | undefined {
  const [cloudAgent, management] = (['cloud-agent', 'management'] as const).map(
    (wanted) => facts.find(({ fact }) => fact === wanted)?.value,
  );
  if (cloudAgent === undefined || management === undefined) return undefined;
  return { path, cloudAgent: parseHost(cloudAgent), management: management.toLowerCase() };
}

/**
 * Stores the cloud agent that each configuration names with its management cluster, and with a cloud agent whose files
 * contain no address. Later imports use the links too, so the order of imports does not matter.
 */
export async function linkManagement(store: InventoryStore, read: readonly ManagementLink[]): Promise<void> {
  const known = store.links();
  const links = [...new Map([...known, ...read].map((link) => [link.path, link])).values()];
  if (JSON.stringify(links) !== JSON.stringify(known)) await store.keepLinks(links);
  for (const link of links) {
    const { cloudAgent: name } = link;
    const real = store.clusters().filter(({ sample }) => sample !== true);
    const isKnown = real.some((one) => one.kind === 'moc' && one.addresses.some((each) => parseHost(each) === name));
    const [agent, other] = isKnown ? [] : real.filter((one) => one.kind === 'moc' && isBeside(link, one));
    if (agent !== undefined && other === undefined)
      await store.update({ ...agent, addresses: [...agent.addresses, name] });
    const management = findManagement(link, links, real);
    if (management !== undefined)
      await store.update({ ...management, cloudAgents: [...(management.cloudAgents ?? []), name] });
  }
}

/** Any site may use the default name, so it counts only for a cluster on the same host as the configuration. */
function findManagement(
  link: ManagementLink,
  links: readonly ManagementLink[],
  clusters: readonly Cluster[],
): Cluster | undefined {
  const named = clusters.filter(
    ({ kind, name, commandName }) =>
      kind === 'kubernetes' && (commandName ?? findBaseName(name) ?? name).toLowerCase() === link.management,
  );
  const near = named.filter((cluster) => isBeside(link, cluster));
  const rivals = links.filter((one) => one.management === link.management && one.cloudAgent !== link.cloudAgent);
  const isUnique = rivals.length === 0 && !isManagementName(link.management);
  const isOfOneHost = !rivals.some(({ path }) => getHostFolder(path) === getHostFolder(link.path));
  const [only, another] = near.length > 0 && isOfOneHost ? near : isUnique ? named : [];
  // Login files are better evidence than a configuration.
  return another === undefined && only?.cloudAgents === undefined ? only : undefined;
}

function isBeside({ path }: ManagementLink, { credentials }: Cluster): boolean {
  const folder = getHostFolder(path);
  return credentials.some(({ sources }) => sources.some((source) => getHostFolder(source.path) === folder));
}
