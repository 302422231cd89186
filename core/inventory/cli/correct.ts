import type { Invocation } from '../../shared/verb/invocation.ts';
import { answer } from '../../shared/verb/answer.ts';
import { UsageError, type ExitCode } from '../../shared/verb/usage.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { ConsoleError, refuseUnreadable, type Note } from '../../shared/problem.ts';
import { ClusterLookup } from '../../plan/model/cluster-lookup.ts';
import { clustersAndForeign, type InventoryStore } from '../store/inventory-store.ts';
import type { ClusterRows, MoveRequest } from '../contract.ts';
import type { Cluster } from '../model/credential.ts';
import { InventoryService } from '../service.ts';
import { clusterNamed } from './context.ts';
import { useInventory } from './open.ts';

export function inventoryRename(invocation: Invocation): Promise<ExitCode> {
  const [cluster = '', name = ''] = invocation.words;
  return runCorrection(invocation, 'rename', async ({ store, service, note }) => {
    const lookup = new ClusterLookup(store.clusters());
    const [done] = lookup.find(name, { namesFirst: true });
    const [named = done] = lookup.find(cluster, { namesFirst: true });
    if (named === done && done?.nameEvidence === 'admin') {
      if (done.name !== cluster) refuseUnreadable(store.unreadable());
      return { before: cluster, count: 0, after: done, isDone: true };
    }
    const { id, name: before } = clusterNamed(store, cluster);
    return { before, count: 0, after: await service.rename({ clusterId: id, name }, note) };
  });
}

export function inventoryMerge(invocation: Invocation): Promise<ExitCode> {
  const [cluster = '', into = ''] = invocation.words;
  return runCorrection(invocation, 'merge', async ({ store, service, note }) => {
    const target = clusterNamed(store, into);
    const gone =
      new ClusterLookup(store.clusters()).find(cluster).length === 0 && (await service.findForgotten(cluster));
    if (gone) refuseUnreadable(store.unreadable());
    if (gone && service.findHolder(gone)?.id === target.id)
      return { before: gone.name, count: gone.credentials.length, after: target, isDone: true };
    const from = clusterNamed(store, cluster);
    const request = { clusterId: from.id, into: target.id };
    return { before: from.name, count: from.credentials.length, after: await service.merge(request, note) };
  });
}

/** Moves credentials, given by full or shortened fingerprint, to one destination. */
export function inventoryMove(invocation: Invocation): Promise<ExitCode> {
  return runCorrection(invocation, 'move', async ({ store, service, note }) => {
    const to = findDestination(invocation, store);
    const { from } = invocation.line.values;
    const within = from === undefined ? clustersAndForeign(store) : [clusterNamed(store, from)];
    const found = invocation.words.map((word) => {
      const known = findCredential(within, word, to);
      if (known !== undefined) return known;
      refuseUnreadable(store.unreadable());
      throw new ConsoleError('credential.unknown', {});
    });
    const elsewhere = found.filter(({ cluster }) => !isDestination(cluster, to));
    const moving = elsewhere.length > 0 ? elsewhere : found;
    const [first] = moving;
    const other = moving.find(({ cluster }) => cluster.id !== first?.cluster.id);
    if (first === undefined || other !== undefined)
      throw new UsageError('cli.usage.several-clusters', {
        clusters: [...new Set(moving.map(({ cluster }) => cluster.name))].join(', '),
      });
    const [before, credentialIds] = [first.cluster.name, moving.map(({ id }) => id)];
    const count = credentialIds.length;
    if (elsewhere.length === 0) return { before, count, after: first.cluster, isDone: true };
    return { before, count, after: await service.move({ clusterId: first.cluster.id, credentialIds, to }, note) };
  });
}

interface Correcting {
  store: InventoryStore;
  service: InventoryService;
  note: Note;
}

interface Corrected {
  before: string;
  count: number;
  after: ClusterRows | Cluster;
  isDone?: boolean;
}

async function runCorrection(
  invocation: Invocation,
  what: 'rename' | 'merge' | 'move',
  work: (correcting: Correcting) => Promise<Corrected>,
): Promise<ExitCode> {
  const { ports, translate, note } = invocation;
  const { before, count, after, isDone } = await useInventory(invocation, (store) =>
    work({ store, service: new InventoryService({ ports, store }), note }),
  );
  const { name, commandName = name } = after;
  const clusterId = 'id' in after ? after.id : after.clusterId;
  const sentence = `cli.inventory.${what}${isDone ? '.before' : ''}` as const;
  const told = translate(sentence, { before, name, command: commandName, count });
  return answer(invocation, { clusterId, name, commandName, from: before }, told);
}

function findDestination({ line }: Invocation, store: InventoryStore): MoveRequest['to'] {
  const { into, 'new-cluster': newCluster, foreign } = line.values;
  const given = [into, newCluster, foreign].filter((value) => value !== undefined);
  if (given.length !== 1)
    throw new UsageError('cli.usage.option-needed', { option: '--into, --new-cluster, --foreign' });
  if (into !== undefined) return { cluster: clusterNamed(store, into).id };
  return newCluster === undefined ? { foreign: true } : { newCluster };
}

/** Finds a credential, preferably outside the destination. Throws `credential.ambiguous`. */
function findCredential(
  clusters: readonly Cluster[],
  word: string,
  to: MoveRequest['to'],
): { cluster: Cluster; id: CredentialId } | undefined {
  const digits = word.replaceAll(':', '').toLowerCase();
  if (digits.length < LEAST_DIGITS)
    throw new UsageError('cli.usage.short-fingerprint', { text: word, least: String(LEAST_DIGITS) });
  const found = clusters.flatMap((cluster) =>
    cluster.credentials.flatMap(({ id }) => (id.startsWith(digits) ? [{ cluster, id }] : [])),
  );
  const elsewhere = found.filter(({ cluster }) => !isDestination(cluster, to));
  // The destination may have a newer credential of the same holder.
  const replaced = clusters.flatMap((cluster) =>
    isDestination(cluster, to) ? cluster.history.map(({ credential: { id } }) => ({ cluster, id })) : [],
  );
  const there = found.length > 0 ? found : replaced.filter(({ id }) => id.startsWith(digits));
  const [only, another] = elsewhere.length > 0 ? elsewhere : there;
  if (another !== undefined) throw new ConsoleError('credential.ambiguous', { word });
  return only;
}

function isDestination({ id, name, foreign }: Cluster, to: MoveRequest['to']): boolean {
  if ('foreign' in to) return foreign === true;
  return 'cluster' in to ? id === to.cluster : name === to.newCluster;
}

const LEAST_DIGITS = 8;
