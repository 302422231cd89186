import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../../build/build.mjs';
import { findPlanted, plantSecrets } from './planted-secrets.ts';
import { temporaryFolder } from './temporary-folder.ts';

const MARK = 'a mark that the snapshot must contain';

export interface HeapAfterImport {
  found: string[];
  planted: number;
  filesRead: number;
  added: number;
}

/**
 * Imports the given number of files with secrets twice, in a separate process, and returns the secrets found in the
 * heap of that process.
 */
export async function heapAfterImport(files: number): Promise<HeapAfterImport> {
  const folder = temporaryFolder();
  const pathTo = (name: string): string => join(folder, name);
  const needles = await plantSecrets(pathTo('files'), files);
  mkdirSync(pathTo('data'));
  writeFileSync(pathTo('pasted.txt'), readFileSync(pathTo('files/workload-cluster-100/notes.txt')));
  const program = pathTo('heap-program.cjs');
  await build(bundleOptions({ source: 'tests/support/heap-program.ts', result: program }));
  const words = [pathTo('files'), pathTo('data'), pathTo('pasted.txt'), pathTo('heap.heapsnapshot'), MARK];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    // By default, a snapshot contains only the first 1,024 characters of each string.
    ['--heap-snapshot-string-limit=10000000', program, ...words],
    { encoding: 'utf8', timeout: 300_000, env: { ...process.env, HOME: folder } },
  );
  if (status !== 0) throw new Error(`the import ended with ${status}: ${stderr}`);
  const snapshot = readFileSync(pathTo('heap.heapsnapshot'));
  if (!snapshot.includes(MARK)) throw new Error('the snapshot does not contain what it must contain');
  const [filesRead = 0, added = 0] = stdout.split(' ').map(Number);
  return { found: findPlanted(snapshot, needles), planted: needles.length, filesRead, added };
}
