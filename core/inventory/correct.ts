import { isClusterName } from '../knowledge/model/cmdlets/command-values.ts';
import { appendFingerprint, SHORT_HEX } from '../plan/model/cluster-name.ts';
import { namesOfCluster, type NamedCluster } from '../plan/model/command-name.ts';
import { FOREIGN_CLUSTER, NO_CLUSTER, type ClusterId, type CredentialId } from '../shared/ids.ts';
import type { Ports } from '../shared/ports.ts';
import { ConsoleError } from '../shared/problem.ts';
import { clusterIn, type InventoryStore } from './store/inventory-store.ts';
import { makeClusterId } from './assign/cluster-name.ts';
import type { MergeRequest, MoveRequest, RenameRequest } from './contract.ts';
import { mergeInto } from './merge.ts';
import { type Cluster, allCredentials, collectHistory } from './model/credential.ts';

/* Corrections by an admin, which later imports keep. */

type CorrectingPorts = Pick<Ports, 'crypto' | 'clock'>;

/** Throws `cluster.unknown`, `cluster.name-invalid` or `store.*`. */
export async function renameCluster(store: InventoryStore, { clusterId, name }: RenameRequest): Promise<Cluster> {
  const renamed = nameCluster(store, clusterIn(store, clusterId), { name: checkName(name), nameEvidence: 'admin' });
  await store.update(renamed);
  return renamed;
}

/** A cluster’s names before and after it was renamed. */
export interface Renaming {
  before: NamedCluster;
  after: NamedCluster;
}

/** Takes a renaming back. Throws `cluster.unknown`, `cluster.renamed-since` or `store.*`. */
export async function restoreName(
  store: InventoryStore,
  clusterId: ClusterId,
  renaming: Renaming | undefined,
): Promise<Cluster> {
  const cluster = clusterIn(store, clusterId);
  if (renaming === undefined || JSON.stringify(namesOfCluster(cluster)) !== JSON.stringify(renaming.after))
    throw new ConsoleError('cluster.renamed-since', { cluster: cluster.name });
  const { name, commandName = name, nameEvidence } = renaming.before;
  const restored = nameCluster(store, cluster, { name: commandName, ...(nameEvidence && { nameEvidence }) });
  await store.update(restored);
  return restored;
}

/** Gives a cluster a name for commands, and for display one that no other cluster has. */
function nameCluster(
  store: InventoryStore,
  { commandName: _, nameEvidence: __, ...rest }: Cluster,
  { name, ...evidence }: Omit<NamedCluster, 'commandName'>,
): Cluster {
  const isShared = store.clusters().some((other) => other.id !== rest.id && other.name === name);
  // The id ends with part of a digest that never changes and distinguishes the two clusters.
  const shown = isShared ? appendFingerprint(name, rest.id.slice(-SHORT_HEX)) : name;
  return { ...rest, name: shown, ...evidence, ...(isShared && { commandName: name }) };
}

/** Throws `cluster.unknown`, `cluster.not-alike` or `store.*`. */
export async function mergeClusters(
  { clock }: CorrectingPorts,
  store: InventoryStore,
  { clusterId, into }: MergeRequest,
): Promise<Cluster> {
  const [from, target] = [clusterIn(store, clusterId), clusterIn(store, into)];
  checkAlike(from, target);
  const { credentials, history } = from;
  const { cluster } = mergeInto(target, { candidates: [], credentials, history, now: clock.now() });
  const revocations = [...(target.revocations ?? []), ...(from.revocations ?? [])];
  const cloudAgents = [...new Set([...(target.cloudAgents ?? []), ...(from.cloudAgents ?? [])])];
  const merged: Cluster = {
    ...cluster,
    addresses: [...new Set([...target.addresses, ...from.addresses])],
    ...(cloudAgents.length > 0 && { cloudAgents }),
    ...(revocations.length > 0 && { revocations }),
  };
  const credentialIds = allCredentials(from).map(({ id }) => id);
  await store.correct({ from: clusterId, into, credentialIds, merges: true }, merged);
  return merged;
}

/**
 * Moves credentials to another cluster. Throws `cluster.unknown`, `credential.unknown`, `cluster.not-alike`,
 * `cluster.name-invalid`, `cluster.name-taken` or `store.*`.
 */
export async function moveCredentials(
  { crypto, clock }: CorrectingPorts,
  store: InventoryStore,
  { clusterId, credentialIds, to }: MoveRequest,
): Promise<Cluster> {
  const from = clusterIn(store, clusterId);
  const ids = new Set<CredentialId>(credentialIds);
  const credentials = from.credentials.filter(({ id }) => ids.has(id));
  if (credentials.length < ids.size) throw new ConsoleError('credential.unknown', {});
  const target = findDestination(crypto, store, from, to);
  if (target.id === from.id) return from;
  const history = credentials.flatMap(({ id }) => collectHistory(from, id));
  const { cluster } = mergeInto(target, { candidates: [], credentials, history, now: clock.now() });
  await store.correct({ from: from.id, into: target.id, credentialIds: [...ids] }, cluster);
  return cluster;
}

function findDestination(
  crypto: Ports['crypto'],
  store: InventoryStore,
  from: Cluster,
  to: MoveRequest['to'],
): Cluster {
  const empty = { addresses: [], credentials: [], history: [] };
  if ('foreign' in to) {
    const none: Cluster = { id: FOREIGN_CLUSTER, name: NO_CLUSTER, kind: 'kubernetes', foreign: true, ...empty };
    checkSample(from, none);
    return store.foreign() ?? none;
  }
  if ('cluster' in to) {
    const cluster = clusterIn(store, to.cluster);
    checkSample(from, cluster);
    if (from.foreign !== true) checkAlike(from, cluster);
    return cluster;
  }
  const name = checkName(to.newCluster);
  // An earlier run of the same command made the change.
  if (from.name === name) return from;
  if (store.clusters().some((cluster) => cluster.name === name)) throw new ConsoleError('cluster.name-taken', { name });
  const seed = new TextEncoder().encode(`${from.kind}\0${name}\0${from.id}`);
  const id = makeClusterId(name, crypto.sha256Hex(seed));
  const { kind, sample } = from;
  return { id, name, nameEvidence: 'admin', kind, ...(sample && { sample }), ...empty };
}

function checkName(text: string): string {
  const name = text.trim();
  if (!isClusterName(name)) throw new ConsoleError('cluster.name-invalid', { name });
  return name;
}

function checkAlike(one: Cluster, other: Cluster): void {
  checkSample(one, other);
  const isAlike = one.id !== other.id && one.kind === other.kind && !one.foreign && !other.foreign;
  if (!isAlike) throw notAlike(one, other);
}

/** Throws if sample and real clusters would be combined, since a sample is removed as a whole. */
function checkSample(one: Cluster, other: Cluster): void {
  if (one.sample !== other.sample) throw notAlike(one, other);
}

function notAlike({ name: cluster }: Cluster, { name: other }: Cluster): ConsoleError {
  return new ConsoleError('cluster.not-alike', { cluster, other });
}
