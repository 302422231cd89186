import type { Invocation } from '../../cli/invocation.ts';
import { EXIT, UsageError, type ExitCode } from '../../cli/usage.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Store } from '../../store/inventory-store.ts';
import type { ClusterRows, MoveRequest } from '../contract.ts';
import type { Cluster } from '../model/credential.ts';
import type { Audit, InventoryService } from '../service.ts';
import { clusterNamed, inventoryOver } from './context.ts';

/** `arcwarden inventory rename CLUSTER NAME`: what commands call it. */
export function inventoryRename(invocation: Invocation): Promise<ExitCode> {
  const [cluster = '', name = ''] = invocation.words;
  return corrected(invocation, 'rename', async ({ store, service, audit }) => {
    const { id, name: before } = clusterNamed(store.clusters(), cluster);
    return { before, count: 0, after: await service.rename({ clusterId: id, name }, audit) };
  });
}

/** `arcwarden inventory merge CLUSTER INTO`. */
export function inventoryMerge(invocation: Invocation): Promise<ExitCode> {
  const [cluster = '', into = ''] = invocation.words;
  return corrected(invocation, 'merge', async ({ store, service, audit }) => {
    const from = clusterNamed(store.clusters(), cluster);
    const request = { clusterId: from.id, into: clusterNamed(store.clusters(), into).id };
    return { before: from.name, count: from.credentials.length, after: await service.merge(request, audit) };
  });
}

/** `arcwarden inventory move CREDENTIAL... --into CLUSTER | --new-cluster NAME | --foreign`, by fingerprints or their beginning. */
export function inventoryMove(invocation: Invocation): Promise<ExitCode> {
  return corrected(invocation, 'move', async ({ store, service, audit }) => {
    const found = invocation.words.map((word) => findCredential(store, word));
    const [first] = found;
    const other = found.find(({ cluster }) => cluster.id !== first?.cluster.id);
    if (first === undefined || other !== undefined)
      throw new UsageError('cli.usage.one-cluster', {
        clusters: [...new Set(found.map(({ cluster }) => cluster.name))].join(', '),
      });
    const credentialIds = found.map(({ id }) => id);
    const to = findDestination(invocation, store);
    const after = await service.move({ clusterId: first.cluster.id, credentialIds, to }, audit);
    return { before: first.cluster.name, count: credentialIds.length, after };
  });
}

interface Correcting {
  store: Store;
  service: InventoryService;
  audit: Audit;
}

async function corrected(
  { line, world, ports, dataFolder, translate }: Invocation,
  what: 'rename' | 'merge' | 'move',
  work: (correcting: Correcting) => Promise<{ before: string; count: number; after: ClusterRows }>,
): Promise<ExitCode> {
  const { before, count, after } = await world.withNotifications(ports, dataFolder, ({ store, audit }) =>
    work({ store, service: inventoryOver(ports, store), audit: audit.append.bind(audit) }),
  );
  const { clusterId, name, commandName = name } = after;
  if (line.json) world.json({ clusterId, name, commandName, from: before });
  else world.out(`${translate(`cli.inventory.${what}`, { before, name, command: commandName, count })}\n`);
  return EXIT.fine;
}

function findDestination({ line }: Invocation, store: Store): MoveRequest['to'] {
  const { into, 'new-cluster': newCluster, foreign } = line.values;
  const given = [into, newCluster, foreign].filter((value) => value !== undefined);
  if (given.length !== 1)
    throw new UsageError('cli.usage.option-needed', { option: '--into, --new-cluster, --foreign' });
  if (into !== undefined) return { cluster: clusterNamed(store.clusters(), into).id };
  return newCluster === undefined ? { foreign: true } : { newCluster };
}

/** By its fingerprint or enough of its beginning. `credential.unknown`. */
function findCredential(store: Store, word: string): { cluster: Cluster; id: CredentialId } {
  const digits = word.replaceAll(':', '').toLowerCase();
  const found = [...store.clusters(), store.foreign()].flatMap((cluster) =>
    (cluster?.credentials ?? []).flatMap(({ id }) =>
      cluster !== undefined && id.startsWith(digits) ? [{ cluster, id }] : [],
    ),
  );
  const [only, another] = found;
  if (only === undefined || another !== undefined || digits.length < LEAST_DIGITS)
    throw new ConsoleError('credential.unknown', {});
  return only;
}

const LEAST_DIGITS = 8;
