import { sourcePaths } from './model/source-paths.ts';
import { MarksAround } from './read/sample-marks.ts';
import { activeRevocations } from './model/renewal-refusal.ts';
import { unreadPaths, type Finding } from '../shared/finding.ts';
import type { ConsoleError } from '../shared/problem.ts';
import type { InventoryStore } from './store/inventory-store.ts';
import { clusterKeys } from './findings/cluster-keys.ts';
import { clusterRebuilt } from './findings/cluster-rebuilt.ts';
import { kubeconfigCa } from './findings/kubeconfig-ca.ts';
import { findNewer, listFormerAuthorities, type ForeignSource } from './findings/foreign-reasons.ts';
import type { ImportPorts } from './import.ts';
import { LongWork } from './long-work.ts';
import type { Cluster } from './model/credential.ts';
import { findTrust } from './model/kubeconfig-entry.ts';

export interface FleetSource extends ForeignSource {
  unreadable?: readonly ConsoleError[];
}

export interface StoredFleet extends FleetSource {
  pathNumbers: (cluster: Cluster) => Float64Array;
}

export function fleetSource(
  store: Pick<InventoryStore, 'clusters' | 'foreign' | 'placements' | 'unreadable'>,
): StoredFleet {
  return {
    clusters: store.clusters(),
    foreign: store.foreign(),
    placements: store.placements(),
    unreadable: store.unreadable(),
    pathNumbers: (cluster) => clusterKeys(cluster).paths,
  };
}

/** Reports the kubeconfigs of rebuilt clusters. Without the certificate of the API server, it is only inferred. */
export function findStaleKubeconfigs(source: ForeignSource): Finding[] {
  return listFormerAuthorities(source).flatMap(({ ca, name, successors }): Finding[] => {
    const [live, another] = successors;
    const newer = live && findNewer(live, ca);
    if (newer === undefined) return [];
    const only = another === undefined ? live : undefined;
    const server = only?.credentials.find(({ role }) => role === 'apiserver');
    const { id: rule, severity, citation } = server === undefined ? clusterRebuilt : kubeconfigCa;
    const path = (server ?? newer).sources[0]?.path ?? '';
    const params = { name: ca.name, cluster: name, path, notBefore: newer.facts.notBefore };
    const { path: own, entry } = findTrust(ca) ?? {};
    return [
      {
        rule,
        severity,
        place: { path: own, entry },
        citation,
        params: { ...params, ...(only && { clusterId: only.id }) },
      },
    ];
  });
}

/**
 * Rereads source files except those of the demo fleet, which never change, and returns the unreadable ones. Throws
 * `store.not-writable`.
 */
export async function readKnownFiles(ports: ImportPorts, store: InventoryStore): Promise<{ down: string[] }> {
  const work = new LongWork(ports.scheduler);
  const paths = new Set<string>();
  const marks = new MarksAround(ports.files);
  for (const cluster of store.clusters()) {
    await work.pause();
    if (cluster.sample !== true || (await findLab(ports, [cluster], marks)) !== undefined)
      for (const path of sourcePaths([cluster], store.shared?.computer)) paths.add(path);
  }
  if (paths.size === 0) return { down: [] };
  // A manifest or configuration may have been corrected, and a request answered. A missing one is no unavailable source.
  const manifests = activeRevocations(store.clusters()).map(({ revocation }) => revocation.source.path);
  const kept = [...store.links(), ...store.decisions()].map(({ path }) => path);
  const others = new Set([...manifests, ...kept].filter((path) => !paths.has(path)));
  // Judging the stored inventory does not need the code that reads files.
  const { importPaths } = await import('./import.ts');
  const unread = new Set<string>();
  const unseen = (path: string): unknown => unread.add(path);
  const { findings } = await importPaths(ports, store, [...paths, ...others], { unseen });
  for (const path of unreadPaths(findings)) unread.add(path);
  return { down: [...paths].filter((path) => unread.has(path)) };
}

/** Returns the folder of the lab from which the first of these clusters was read. */
export async function findLab(
  { files }: Pick<ImportPorts, 'files'>,
  clusters: readonly Cluster[],
  marks = new MarksAround(files),
): Promise<string | undefined> {
  const [path] = sourcePaths(clusters);
  return path === undefined ? undefined : (await marks.findAround(files.parentFolder(path)))?.lab;
}
