import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createFiles } from '../../../../core/node/files.ts';
import { listRows } from '../../../../core/inventory/store/rows.ts';
import type { Files, StoredReading } from '../../../../core/shared/ports.ts';
import { openStore } from '../../../../core/settings/store/store.ts';
import { plainRow } from '../../../support/board-rows.ts';
import { fillDataFolder } from '../../../support/large-inventory.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { storePorts } from './ports.ts';

const CLUSTERS = 640;
const NOW_MS = Date.parse('2026-11-24T23:00:00Z');

async function createDamagedFolder(): Promise<string> {
  const folder = temporaryFolder();
  await fillDataFolder(folder, CLUSTERS, 2, NOW_MS);
  const clusterPath = (number: number): string =>
    join(folder, 'clusters', `cluster-${String(number).padStart(4, '0')}.json`);
  const change = (path: string, by: (text: string) => string): void =>
    writeFileSync(path, by(readFileSync(path, 'utf8')));
  change(clusterPath(3), (text) => text.replace('/pki/0.crt', '/pki/9.crt'));
  change(clusterPath(100), (text) => text.slice(0, -40));
  change(clusterPath(333), (text) => text.replace(/"id":"[0-9a-f]{8}/u, '"id":"00000000'));
  change(clusterPath(450), (text) => text.replace('"schema":1', '"schema":99'));
  writeFileSync(clusterPath(500), '');
  change(clusterPath(600), (text) => text.replace(/,"sha256":"[0-9a-f]{64}"\}\n$/u, '}\n'));
  rmSync(clusterPath(639));
  return folder;
}

/** Returns the rows and findings of a folder, opened read-only. */
async function readStore(folder: string, files: Files): Promise<unknown> {
  const store = await openStore(storePorts(files), folder, { readOnly: true });
  return { rows: store.clusters().map((cluster) => listRows(cluster).map(plainRow)), findings: store.findings() };
}

/**
 * Returns files with a reading thread that reads everything ahead (`used`) or nothing (`lost`), or without a thread.
 */
function makeFiles(thread: 'used' | 'lost' | 'none'): { files: Files; read: () => number } {
  const files = createFiles();
  let read = 0;
  const makeReading = (): StoredReading => {
    const real = files.storedReading?.();
    if (real === undefined) throw new Error('reads nothing ahead');
    return {
      ...real,
      read: async (...asked) => {
        let contents = thread === 'lost' ? [] : await real.read(...asked);
        // A thread that is still starting returns an empty list.
        for (; thread === 'used' && contents.length === 0; contents = await real.read(...asked)) await setImmediate();
        read += contents.filter((content) => content !== undefined).length;
        return contents;
      },
    };
  };
  const asked: Files = { ...files, storedReading: makeReading };
  if (thread === 'none') delete asked.storedReading;
  return { files: asked, read: () => read };
}

test('the same clusters and findings are loaded with a reading thread, with one that has ended unexpectedly, and without a thread', async () => {
  const folder = await createDamagedFolder();
  const [used, lost] = [makeFiles('used'), makeFiles('lost')];
  const expected = await readStore(folder, makeFiles('none').files);
  expect((expected as { findings: { rule: string }[] }).findings.map(({ rule }) => rule)).toEqual([
    'store.checksum-differs',
    'store.damaged-lost',
    'store.checksum-differs',
    'store.newer-file',
    'store.damaged-lost',
    'store.damaged-lost',
    'store.entry-unreadable',
  ]);
  expect(await readStore(folder, used.files)).toEqual(expected);
  expect(await readStore(folder, lost.files)).toEqual(expected);
  // One file is missing, and one is too short for a checksum.
  expect([used.read(), lost.read()]).toEqual([CLUSTERS - 2, 0]);
});
