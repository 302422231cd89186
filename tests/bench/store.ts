/**
 * Measures the cost of changing one cluster in stores with one cluster, many clusters, and the most clusters allowed,
 * compared with a program that keeps everything in one file; also measures the time to open stores. Exits with 1 if a
 * limit is exceeded. Option: `--sizes 1000,10000,100000`, for opening.
 */
import { join } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import type { Cluster } from '../../core/inventory/model/credential.ts';
import { clusterFormat } from '../../core/inventory/store/cluster-format.ts';
import { openStore } from '../../core/settings/store/store.ts';
import type { Store } from '../../core/inventory/store/data-store.ts';
import { storePorts } from '../core/inventory/store/ports.ts';
import { clusterId, sampleCluster } from '../core/inventory/store/sample-clusters.ts';
import { fillDataFolder } from '../support/large-inventory.ts';
import { recordAtMost, count, growth, note } from './support/figures.ts';
import {
  collectGarbage,
  timesInTurn,
  median,
  medianRatio,
  quantile,
  runIn,
  sizes,
  measureTime,
  type Time,
} from './support/measure.ts';

const CERTIFICATES = 40;
const MANY = 1_000;
const MANY_LIMIT = 1.5;
/**
 * The most clusters allowed, all of them small. `limit` limits the time of one change, as a multiple of that in a fleet
 * of one cluster.
 */
const FLEET = { clusters: 25_000, certificates: 4, limit: 1.2 };
const ROUNDS = 300;
/**
 * In a large fleet, this many clusters change one after the other; the first change of each cluster also creates its
 * previous copy.
 */
const CHANGED = 8;
/** Few, since the peer writes everything at every change. */
const PEER_ROUNDS = 10;
const LOADS = 4;
/**
 * Small stores are opened up to this often in each measurement and stay open. Memory is then as full as with a large
 * store, and garbage collection counts.
 */
const MOST_OPENED = 10;
const PER_CLUSTER = 100;

interface PeerData {
  clusters: Record<string, unknown>;
}

const TEMPLATE = sampleCluster('template', CERTIFICATES);

function makeCluster(number: number, version = 0): Cluster {
  const id = clusterId(`cluster-${number}`);
  return { ...TEMPLATE, id, name: id, addresses: [`https://10.0.0.1:6443/${version}`] };
}

async function fillStore(folder: string, clusters: number): Promise<Store> {
  const store = await openStore(storePorts(), folder);
  await store.updateAll(Array.from({ length: clusters }, (_, number) => makeCluster(number)));
  return store;
}

async function fillPeer(path: string, clusters: number): Promise<Low<PeerData>> {
  const low = new Low<PeerData>(new JSONFile(path), { clusters: {} });
  for (let number = 0; number < clusters; number += 1) low.data.clusters[number] = peerCluster(number);
  await low.write();
  return low;
}

/** Returns the content of a store file in the form that the peer writes. */
function peerCluster(number: number, version = 0): unknown {
  const cluster = makeCluster(number, version);
  return clusterFormat(cluster.id).encode({ cluster, unreadable: [] });
}

function tellTimes(measure: string, times: readonly Time[] = []): void {
  const walls = times.map(({ wall }) => wall);
  note(`${measure}, median`, median(walls), 'ms');
  note(`${measure}, 95 %`, quantile(walls, 0.95), 'ms');
}

/**
 * Compares the elapsed time of a change in a large fleet and in a fleet of one cluster. Most of that time is spent
 * waiting for the disk.
 */
async function changes(
  [one, many]: readonly [Store, Store],
  { clusters, certificates, limit }: { clusters: number; certificates: number; limit: number },
): Promise<void> {
  const clusterAt = (store: Store, at: number): Cluster[] => {
    const cluster = store.clusters()[at];
    return cluster === undefined ? [] : [cluster];
  };
  const [first] = clusterAt(one, 0);
  const others = Array.from({ length: CHANGED }, (_, round) =>
    clusterAt(many, Math.floor((round * clusters) / CHANGED)),
  ).flat();
  if (first === undefined || others.length < CHANGED) throw new Error('the stores are not filled');
  let round = 0;
  const address = (): string[] => [`https://10.0.0.1:6443/${round++}`];
  const [ofOne = [], ofMany = []] = await timesInTurn(ROUNDS, [
    () => one.update({ ...first, addresses: address() }),
    () => many.update({ ...(others[round % CHANGED] ?? first), addresses: address() }),
  ]);
  const shape = `of ${certificates} certificates`;
  tellTimes(`one change, durable, in a fleet of one ${shape}`, ofOne);
  tellTimes(`one change, durable, in a fleet of ${count(clusters)} ${shape}`, ofMany);
  const ratio = medianRatio(
    ofMany.map(({ wall }) => wall),
    ofOne.map(({ wall }) => wall),
  );
  recordAtMost(limit, `one change in a fleet of ${count(clusters)} beside a fleet of one`, ratio, 'x');
}

async function openFilled(folder: string, fill: (folder: string) => Promise<void>): Promise<Store> {
  await fill(folder);
  return openStore(storePorts(), folder);
}

async function peerChanges(folder: string): Promise<void> {
  const one = await fillPeer(join(folder, 'one.json'), 1);
  const many = await fillPeer(join(folder, 'many.json'), MANY);
  let round = 0;
  const change = (peer: Low<PeerData>): Promise<void> => {
    peer.data.clusters[0] = peerCluster(0, round++);
    return peer.write();
  };
  const [ofOne, ofMany] = await timesInTurn(PEER_ROUNDS, [() => change(one), () => change(many)]);
  tellTimes('lowdb, all in one file, not flushed: one change among 1', ofOne);
  tellTimes(`lowdb, all in one file, not flushed: one change among ${count(MANY)}`, ofMany);
}

async function openings(folder: string): Promise<void> {
  const spent = new Map(sizes().map((size) => [size, [] as number[]]));
  for (const size of spent.keys())
    await fillDataFolder(join(folder, `open-${size}`), size / PER_CLUSTER, PER_CLUSTER, Date.now());
  for (let load = 0; load < LOADS; load += 1) {
    for (const [size, own] of spent) {
      const path = join(folder, `open-${size}`);
      const stores: Store[] = [];
      const times = Math.min(MOST_OPENED, Math.max(...sizes()) / size);
      collectGarbage();
      const { processor } = await measureTime(async () => {
        while (stores.length < times) stores.push(await openStore(storePorts(), path, { readOnly: true }));
      });
      if (stores.some((store) => store.clusters().length !== size / PER_CLUSTER))
        throw new Error('a store did not load every cluster');
      own.push(processor / times);
    }
  }
  growth(
    `opening, clusters of ${PER_CLUSTER}, digests checked, credentials`,
    [...spent].map(([size, own]) => ({ size, ms: Math.min(...own) })),
  );
}

async function main(folder: string): Promise<void> {
  const one = await fillStore(join(folder, 'one'), 1);
  const many = await fillStore(join(folder, 'many'), MANY);
  await changes([one, many], { clusters: MANY, certificates: CERTIFICATES, limit: MANY_LIMIT });
  await Promise.all([one.close(), many.close()]);
  await peerChanges(folder);
  const fill = (clusters: number) => (path: string) => fillDataFolder(path, clusters, FLEET.certificates, Date.now());
  const single = await openFilled(join(folder, 'single'), fill(1));
  const fleet = await openFilled(join(folder, 'fleet'), fill(FLEET.clusters));
  await changes([single, fleet], FLEET);
  await Promise.all([single.close(), fleet.close()]);
  await openings(folder);
}

void runIn('store', main);
