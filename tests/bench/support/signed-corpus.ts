import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker, workerData } from 'node:worker_threads';
import { SignedFleet, type Signed } from '../../support/signed-fleet.ts';

export interface Corpus {
  /** Folders with as many certificates as the sizes have in addition to the ones before. */
  folders: string[];
  /** In the order of the clusters. */
  signed: Signed[];
  /** Of a cluster’s files, the part that a CA has signed. */
  share: number;
}

/** Consecutive clusters, each in a folder of its own. */
interface Part {
  clusters: { folder: string; number: number }[];
  record: string;
}

/** Makes the files in a thread for each core, or takes those that a run before has left in `folder`. */
export async function signedCorpus(folder: string, sizes: readonly number[]): Promise<Corpus> {
  const folders = sizes.map((_, at) => join(folder, `fleet-${at}`));
  const { perCluster, signedPerCluster } = new SignedFleet({ rsaKeys: 0 });
  const clusters = Array.from({ length: Math.ceil(Math.max(...sizes) / perCluster) }, (_, number) => {
    const at = sizes.findIndex((size) => number * perCluster < size);
    return { folder: join(folders[at] ?? '', `cluster-${String(number).padStart(5, '0')}`), number };
  });
  const threads = availableParallelism();
  const each = Math.ceil(clusters.length / threads);
  const parts = Array.from({ length: threads }, (_, thread): Part => {
    const record = join(folder, `signatures-${sizes.join('-')}-${thread}.bin`);
    return { clusters: clusters.slice(thread * each, (thread + 1) * each), record };
  });
  await Promise.all(parts.filter(({ record }) => !existsSync(record)).map(madeInThread));
  const signed = parts.flatMap(({ record }) => unpacked(readFileSync(record)));
  return { folders, signed, share: signedPerCluster / perCluster };
}

function madeInThread(part: Part): Promise<void> {
  return new Promise((done, failed) => {
    const worker = new Worker(__filename, { workerData: part });
    worker.once('error', failed);
    worker.once('exit', (code) => {
      if (code === 0) done();
      else failed(new Error('a thread that makes certificates ended early'));
    });
  });
}

/** What such a thread does: it runs the whole bundle. */
export async function makePart(): Promise<void> {
  const { clusters, record } = workerData as Part;
  const fleet = new SignedFleet();
  for (const { folder, number } of clusters) await fleet.writeCluster(folder, number);
  writeFileSync(record, packed(fleet.signed));
}

/** Signatures are kept as one file: keys, data and signatures, each after its length. */
function packed(signed: readonly Signed[]): Buffer {
  const length = (bytes: Buffer): Buffer => {
    const four = Buffer.alloc(4);
    four.writeUInt32BE(bytes.length);
    return four;
  };
  const parts = signed.flatMap(({ spki, data, signature }) => [spki, data, signature]);
  return Buffer.concat(parts.flatMap((part) => [length(part), part]));
}

function unpacked(bytes: Buffer): Signed[] {
  const signed: Signed[] = [];
  let at = 0;
  const next = (): Buffer => {
    const start = at + 4;
    at = start + bytes.readUInt32BE(at);
    return bytes.subarray(start, at);
  };
  while (at < bytes.length) signed.push({ spki: next(), data: next(), signature: next() });
  return signed;
}
