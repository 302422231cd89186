import { z } from 'zod';
import { isClusterId, type ClusterId } from '../../shared/ids.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { ObjectKey, SharedObject } from '../../shared/shared-store.ts';
import { MIGRATIONS, migrate, type JsonObject } from '../../store/migrations.ts';
import type { Cluster, ManagementLink, Placement } from '../model/credential.ts';
import { decisionEntry, type Decision } from '../schemas.ts';
import { clusterFormat } from './cluster-format.ts';
import type { Store } from './data-store.ts';
import type { InventoryStore, UnplacedRevocation } from './inventory-store.ts';
import { managementLink, placementEntry, unplacedEntry } from './schemas.ts';
import type { Sha256Hex } from './stored-certificate.ts';

/* The objects of a shared store that an inventory consists of. Demo fleets are never among them. */

export interface NewObject extends ObjectKey {
  value: string | null;
}

const FLEET = '';
/** The value of an empty list. */
const NOTHING = '[]';

export function clusterObject(cluster: Cluster, kind: 'cluster' | 'forgotten' = 'cluster'): NewObject {
  const content = clusterFormat(cluster.id).encode({ cluster, unreadable: [] });
  return { clusterId: cluster.id, kind, value: JSON.stringify(content) };
}

export function objectRemoval(clusterId: ClusterId, kind: 'cluster' | 'forgotten'): NewObject {
  return { clusterId, kind, value: null };
}

/** Returns a text that no other object of the store has. */
export function objectName({ clusterId, kind }: ObjectKey): string {
  return `${kind} ${clusterId}`;
}

/** The lists that belong to the whole fleet; each is one object. */
const FLEET_LISTS = {
  placements: {
    entry: placementEntry,
    read: (store: InventoryStore) => store.placements(),
    write: (store: InventoryStore, list: readonly Placement[]) => store.keepPlacements(list),
    isSample: ({ clusterId }: Placement, store: InventoryStore) => store.cluster(clusterId)?.sample === true,
  },
  links: {
    entry: managementLink,
    read: (store: InventoryStore) => store.links(),
    write: (store: InventoryStore, list: readonly ManagementLink[]) => store.keepLinks(list),
    isSample: () => false,
  },
  decisions: {
    entry: decisionEntry,
    read: (store: InventoryStore) => store.decisions(),
    write: (store: InventoryStore, list: readonly Decision[]) => store.keepDecisions(list),
    isSample: ({ sample }: Decision) => sample === true,
  },
  revocations: {
    entry: unplacedEntry,
    read: (store: InventoryStore) => store.listUnplacedRevocations(),
    write: (store: InventoryStore, list: readonly UnplacedRevocation[]) => store.keepUnplacedRevocations(list),
    isSample: ({ sample }: UnplacedRevocation) => sample === true,
  },
} as const;

export type FleetList = keyof typeof FLEET_LISTS;
type Entry<L extends FleetList> = Parameters<(typeof FLEET_LISTS)[L]['write']>[1][number];

interface ListRules<T> {
  entry: z.ZodType<T>;
  read(store: InventoryStore): readonly T[];
  write(store: InventoryStore, list: readonly T[]): Promise<void>;
  isSample(entry: T, store: InventoryStore): boolean;
}

export function fleetObject<L extends FleetList>(kind: L, list: readonly Entry<L>[], store: InventoryStore): NewObject {
  const rules = FLEET_LISTS[kind] as unknown as ListRules<Entry<L>>;
  return { clusterId: FLEET, kind, value: JSON.stringify(list.filter((entry) => !rules.isSample(entry, store))) };
}

/** Returns the list as the store has it. */
export function readFleetObject(kind: FleetList, store: InventoryStore): NewObject {
  return fleetObject(kind, (FLEET_LISTS[kind] as unknown as ListRules<never>).read(store), store);
}

/** The clusters of a store, and its settings if it has those of a fleet. */
export type SharedContent = InventoryStore & Pick<Store, 'fleetSettings'>;

export function settingsObject(value: string): NewObject {
  return { clusterId: FLEET, kind: 'settings', value };
}

/** Lists everything that a shared store must contain to be equal to a data folder. */
export async function listObjects(store: SharedContent): Promise<NewObject[]> {
  const objects = [...store.clusters(), store.foreign()].flatMap((cluster) =>
    cluster === undefined || cluster.sample ? [] : [clusterObject(cluster)],
  );
  for (const { id } of store.forgotten()) {
    const cluster = await store.readForgotten(id);
    if (!cluster.sample) objects.push(clusterObject(cluster, 'forgotten'));
  }
  for (const kind of Object.keys(FLEET_LISTS) as FleetList[]) {
    const object = readFleetObject(kind, store);
    if (object.value !== NOTHING) objects.push(object);
  }
  const { fleetSettings } = store;
  if (fleetSettings?.areUsual() === false) objects.push(settingsObject(fleetSettings.serialize()));
  return objects;
}

/**
 * Makes an inventory equal to these objects of a shared store. Applying an object twice changes nothing. Returns the
 * objects that this program cannot read, for example because a newer one wrote them; they change nothing.
 */
export async function applyObjects(
  store: SharedContent,
  objects: readonly SharedObject[],
  sha256Hex: Sha256Hex | undefined,
): Promise<SharedObject[]> {
  const unreadable: SharedObject[] = [];
  const updated = new Map<SharedObject, Cluster>();
  for (const object of objects) {
    const { clusterId: id, kind, value } = object;
    const isRead = await unlessBlocked(async () => {
      if (id === FLEET) return kind === 'settings' ? store.fleetSettings?.take(value ?? '') : applyList(store, object);
      const cluster = value === null ? undefined : readCluster(id, value, sha256Hex);
      if (!isClusterId(id) || (value !== null && cluster === undefined)) return false;
      const isForgotten = store.forgotten().some((each) => each.id === id);
      if (kind === 'cluster' && cluster !== undefined) {
        if (isForgotten) await store.restore(id);
        updated.set(object, cluster);
      } else if (kind === 'cluster') {
        if (store.cluster(id) !== undefined) await store.forget(id);
      } else if (cluster !== undefined && !isForgotten) {
        if (store.cluster(id) === undefined) await store.update(cluster);
        await store.forget(id);
      }
      return true;
    });
    if (isRead !== true) unreadable.push(object);
  }
  const areStored = await unlessBlocked(() => store.updateAll([...updated.values()]).then(() => true));
  if (areStored === true) return unreadable;
  for (const [object, cluster] of updated)
    if ((await unlessBlocked(() => store.update(cluster).then(() => true))) !== true) unreadable.push(object);
  return unreadable;
}

/** Returns `undefined` if a file of the cluster was written by a newer program or is damaged; others can go on. */
async function unlessBlocked<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const isBlocked =
      error instanceof ConsoleError && (error.code === 'store.newer' || error.code === 'file.not-readable');
    if (isBlocked) return undefined;
    throw error;
  }
}

function readCluster(id: string, value: string, sha256Hex: Sha256Hex | undefined): Cluster | undefined {
  const content = parseJson(value);
  if (typeof content !== 'object' || content === null || !isClusterId(id)) return undefined;
  const migrated = migrate('cluster', content as JsonObject, MIGRATIONS);
  if (migrated.outcome !== 'current') return undefined;
  const stored = clusterFormat(id, sha256Hex).decode(migrated.content);
  // An entry that cannot be read would be lost with the next change.
  return stored?.unreadable.length === 0 ? stored.cluster : undefined;
}

/** Returns whether the object could be read. The entries of demo fleets stay. */
async function applyList(store: InventoryStore, { kind, value }: SharedObject): Promise<boolean> {
  if (!Object.hasOwn(FLEET_LISTS, kind)) return false;
  const rules = FLEET_LISTS[kind as FleetList] as unknown as ListRules<unknown>;
  const list = z.array(rules.entry).safeParse(value === null ? [] : parseJson(value)).data;
  if (list === undefined) return false;
  const samples = rules.read(store).filter((entry) => rules.isSample(entry, store));
  await rules.write(store, [...samples, ...list]);
  return true;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
