import { RevocationService, type JudgedFor, type RevocationInventory } from '../service.ts';
import { inventoryPaths, readClusters, matchClusters } from '../../inventory/cli/read-clusters.ts';
import { inputFault, noticeFindings, filterErrors } from '../../shared/verb/findings.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';

/**
 * Reads the clusters in the files of `--inventory` and of the words after `ownWords`; without the option, those in the
 * data folder. Reports only unreadable files, because other verbs report expiry.
 */
export async function readInventory(invocation: Invocation, ownWords: number): Promise<RevocationInventory> {
  const paths = inventoryPaths(invocation, ownWords);
  const { settings, ...read } = await readClusters(invocation, paths, { isOptional: true });
  const { clusterFacts: facts, serialSpelling } = settings;
  return { ...read, facts, serialSpelling, findings: filterErrors(read.findings) };
}

/**
 * Reads the inventory as `readInventory` does, but only the clusters named by `--cluster`. Throws `cluster.unknown`.
 */
export async function readNarrowed(invocation: Invocation, ownWords: number): Promise<RevocationInventory> {
  const inventory = await readInventory(invocation, ownWords);
  const isWanted = matchClusters(invocation, inventory);
  // Cloud agents are kept, because a cluster is copied together with its own.
  const clusters = inventory.clusters.filter((cluster) => cluster.kind === 'moc' || isWanted(cluster));
  return { ...inventory, clusters };
}

export function serviceOver({ ports, translate }: Invocation, inventory: RevocationInventory): RevocationService {
  return new RevocationService({
    ports,
    inventory: () => inventory,
    roleName: (role) => translate(`role.${role}`),
    pause: () => Promise.resolve(),
  });
}

/**
 * Returns the kubeconfig for judging text. Commands contain the typed path, because they may run on another computer.
 */
export function chooseKubeconfig({ line, world }: Invocation): Pick<JudgedFor, 'kubeconfig' | 'shownKubeconfig'> {
  const { kubeconfig } = line.values;
  return kubeconfig === undefined ? {} : { kubeconfig: world.absolute(kubeconfig), shownKubeconfig: kubeconfig };
}

export function refuseInventory(invocation: Invocation, inventory: RevocationInventory): ExitCode | undefined {
  if (!inputFault(inventory.findings)) return undefined;
  noticeFindings(invocation, inventory.findings);
  invocation.note({ code: 'file.not-found' });
  return EXIT.usage;
}
