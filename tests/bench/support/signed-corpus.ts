import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker, workerData } from 'node:worker_threads';
import { SignedFleet } from '../../support/signed-fleet.ts';

/** Consecutive clusters, each with its own folder, for one thread. */
interface Part {
  clusters: { folder: string; number: number }[];
  /** The path of an empty file that is written after all clusters are complete. */
  mark: string;
}

/**
 * Creates the files, with one thread per core, or reuses those of an earlier run in `folder`. Each returned folder
 * contains only the certificates that the folders of smaller sizes do not contain.
 */
export async function makeCorpus(folder: string, sizes: readonly number[]): Promise<string[]> {
  const folders = sizes.map((_, at) => join(folder, `fleet-${at}`));
  const { perCluster } = new SignedFleet({ rsaKeys: 0 });
  const clusters = Array.from({ length: Math.ceil(Math.max(...sizes) / perCluster) }, (_, number) => {
    const at = sizes.findIndex((size) => number * perCluster < size);
    return { folder: join(folders[at] ?? '', `cluster-${String(number).padStart(5, '0')}`), number };
  });
  const threads = availableParallelism();
  const each = Math.ceil(clusters.length / threads);
  const parts = Array.from({ length: threads }, (_, thread): Part => {
    const mark = join(folder, `made-${sizes.join('-')}-${thread}`);
    return { clusters: clusters.slice(thread * each, (thread + 1) * each), mark };
  });
  await Promise.all(parts.filter(({ mark }) => !existsSync(mark)).map(makeInThread));
  return folders;
}

function makeInThread(part: Part): Promise<void> {
  return new Promise((done, failed) => {
    const worker = new Worker(__filename, { workerData: part });
    worker.once('error', failed);
    worker.once('exit', (code) => {
      if (code === 0) done();
      else failed(new Error('a thread that makes certificates ended early'));
    });
  });
}

/** Creates one part, in a thread that runs the whole bundle. */
export async function makePart(): Promise<void> {
  const { clusters, mark } = workerData as Part;
  const fleet = new SignedFleet();
  for (const { folder, number } of clusters) await fleet.writeCluster(folder, number);
  writeFileSync(mark, '');
}
