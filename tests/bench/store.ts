import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import type { Cluster } from '../../core/inventory/model/credential.ts';
import { clusterFormat } from '../../core/store/cluster-format.ts';
import type { Store } from '../../core/store/inventory-store.ts';
import { openStore } from '../../core/store/store.ts';
import { storePorts } from '../core/store/ports.ts';
import { clusterId, sampleCluster } from '../core/store/sample-clusters.ts';

const CERTIFICATES = 40;
const MANY = 1_000;
const ROUNDS = 300;
/** The peer writes everything on every change; a few rounds are enough. */
const PEER_ROUNDS = 15;
const LOADS = 3;
const RATIO_LIMIT = 1.5;

interface PeerData {
  clusters: Record<string, unknown>;
}

const TEMPLATE = sampleCluster('template', CERTIFICATES);

function numbered(number: number, version = 0): Cluster {
  const id = clusterId(`cluster-${number}`);
  return { ...TEMPLATE, id, name: id, addresses: [`https://10.0.0.1:6443/${version}`] };
}

/** Median and 95th percentile in milliseconds. */
class Times {
  readonly #all: number[] = [];

  async of<T>(action: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await action();
    this.#all.push(performance.now() - start);
    return result;
  }

  at(share: number): number {
    const sorted = [...this.#all].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  }

  get median(): number {
    return this.at(0.5);
  }

  text(): string {
    return `${this.median.toFixed(2)} ms median, ${this.at(0.95).toFixed(2)} ms at 95 %`;
  }
}

async function filledStore(folder: string, clusters: number): Promise<Store> {
  const store = await openStore(storePorts(), folder);
  const numbers = Array.from({ length: clusters }, (_, number) => number);
  for (let start = 0; start < clusters; start += 50) {
    const batch = numbers.slice(start, start + 50);
    await Promise.all(batch.map((number) => store.update(numbered(number))));
  }
  return store;
}

async function filledPeer(path: string, clusters: number): Promise<Low<PeerData>> {
  const low = new Low<PeerData>(new JSONFile(path), { clusters: {} });
  for (let number = 0; number < clusters; number += 1) low.data.clusters[number] = peerCluster(number);
  await low.write();
  return low;
}

/** The same content as in a file of the store. */
function peerCluster(number: number, version = 0): unknown {
  const cluster = numbered(number, version);
  return clusterFormat(cluster.id).encode({ cluster, unreadable: [] });
}

async function main(folder: string): Promise<void> {
  const one = await filledStore(join(folder, 'one'), 1);
  const many = await filledStore(join(folder, 'many'), MANY);
  const onePeer = await filledPeer(join(folder, 'one.json'), 1);
  const manyPeer = await filledPeer(join(folder, 'many.json'), MANY);

  const times = { one: new Times(), many: new Times(), onePeer: new Times(), manyPeer: new Times() };
  for (let round = 0; round < ROUNDS; round += 1) {
    const inOne = (): Promise<void> => one.update(numbered(0, round));
    const inMany = (): Promise<void> => many.update(numbered((round * 37) % MANY, round));
    // Each goes first in every second round, so that after-effects slow both equally.
    const pair = [
      { time: times.one, action: inOne },
      { time: times.many, action: inMany },
    ];
    for (const { time, action } of round % 2 === 0 ? pair : pair.reverse()) await time.of(action);
    if (round % Math.floor(ROUNDS / PEER_ROUNDS) !== 0) continue;
    onePeer.data.clusters[0] = peerCluster(0, round);
    await times.onePeer.of(() => onePeer.write());
    manyPeer.data.clusters[0] = peerCluster(0, round);
    await times.manyPeer.of(() => manyPeer.write());
  }
  await one.close();
  await many.close();

  const loads = { store: new Times(), unchecked: new Times(), peer: new Times() };
  for (let load = 0; load < LOADS; load += 1) {
    const { crypto: _, ...unchecked } = storePorts();
    const path = join(folder, 'many');
    const loaded = await loads.store.of(() => openStore(storePorts(), path, { readOnly: true }));
    if (loaded.clusters().length !== MANY) throw new Error('the store did not load every cluster');
    await loads.unchecked.of(() => openStore(unchecked, path, { readOnly: true }));
    const peer = new Low<PeerData>(new JSONFile(join(folder, 'many.json')), { clusters: {} });
    await loads.peer.of(() => peer.read());
  }

  const ratio = times.many.median / times.one.median;
  const passed = ratio < RATIO_LIMIT;
  console.log(`One change, clusters of ${CERTIFICATES} certificates, durable (flushed):`);
  console.log(`  with 1 cluster             ${times.one.text()}`);
  console.log(`  with ${MANY} clusters         ${times.many.text()}`);
  console.log(`  ratio                      ${ratio.toFixed(2)} (limit ${RATIO_LIMIT}) ${passed ? 'ok' : 'TOO SLOW'}`);
  console.log('One change, lowdb JSONFile, everything in one file, not flushed:');
  console.log(`  with 1 cluster             ${times.onePeer.text()}`);
  console.log(`  with ${MANY} clusters         ${times.manyPeer.text()}`);
  console.log(`Opening ${MANY} clusters, ${MANY * CERTIFICATES} current certificates:`);
  console.log(`  decoded, digests checked   ${loads.store.median.toFixed(0)} ms`);
  console.log(`  decoded                    ${loads.unchecked.median.toFixed(0)} ms`);
  console.log(`  lowdb JSONFile, text only  ${loads.peer.median.toFixed(0)} ms`);
  process.exitCode = passed ? 0 : 1;
}

const folder = mkdtempSync(join(tmpdir(), 'arcwarden-bench-'));
void main(folder).finally(() => rmSync(folder, { recursive: true, force: true }));
