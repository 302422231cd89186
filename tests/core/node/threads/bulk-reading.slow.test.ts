import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { LongWork } from '../../../../core/inventory/long-work.ts';
import { listFiles } from '../../../../core/inventory/read/read-paths.ts';
import { bulkReading } from '../../../../core/node/threads/bulk-reading.ts';
import { createFiles } from '../../../../core/node/files.ts';
import type { BulkReading } from '../../../../core/shared/ports.ts';
import { CountedScheduler } from '../../../support/ports.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const files = createFiles();
const onPosix = process.platform !== 'win32';

/** Writes nested folders, a folder of `many` files, and other kinds of entries; returns the root. */
function writeTree(many = 10): string {
  const root = join(temporaryFolder(), 'tree');
  const deep = join(root, 'node', 'var', 'lib', 'kubelet', 'pki');
  for (const folder of [deep, join(root, 'empty'), join(root, 'many')]) mkdirSync(folder, { recursive: true });
  for (let at = 0; at < many; at += 1) writeFileSync(join(root, 'many', `${at}.crt`), `${at}`);
  for (const name of ['a', 'B', 'ä', '\uffee', '𠮷']) writeFileSync(join(root, name), name.repeat(50));
  writeFileSync(join(deep, 'kubelet.pem'), 'x'.repeat(3_000), { mode: 0o640 });
  writeFileSync(join(root, 'nothing'), '');
  if (onPosix) {
    symlinkSync(join(deep, 'kubelet.pem'), join(deep, 'current.pem'));
    symlinkSync(join(root, 'node'), join(root, 'linked'));
    symlinkSync(root, join(root, 'empty', 'loop'));
    symlinkSync(join(root, 'gone'), join(root, 'broken'));
    execFileSync('mkfifo', [join(root, 'pipe')]);
  }
  return root;
}

/** Returns a bulk reader whose thread has started. */
async function startReading(root: string, options: Parameters<typeof bulkReading>[0] = {}): Promise<BulkReading> {
  const bulk = bulkReading({ worthAThread: 0, ...options });
  while ((await bulk.entries(root)) === undefined) await setImmediate();
  return bulk;
}

/** Returns the code of a thread whose answers contain `times`: the number of files and the time spent. */
const answerScript = (times: string): string => `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', ({ id }) => parentPort.postMessage({ id, lists: ['[]'], ...(${times}) }));
  parentPort.postMessage({});
`;

describe('bulk reading in a thread', () => {
  test('returns the same sorted lists as separate calls, including links, loops and pipes', async () => {
    const root = writeTree(2_500);
    const bulk = await startReading(root);
    const work = (): LongWork => new LongWork(new CountedScheduler());
    const singly = await listFiles(files, [root], { work: work() });
    const atOnce = await listFiles({ ...files, entries: () => Promise.reject(new Error('asked')) }, [root], {
      work: work(),
      bulk,
    });
    bulk.end();
    expect(atOnce).toEqual(singly);
    expect(singly.files.length).toBeGreaterThan(2_500);
    if (onPosix) expect(singly.findings.map(({ rule }) => rule)).toEqual(['file.not-found', 'folder.loop']);
  });

  test('returns the content of files, but omits pipes, missing files and files whose size has changed', async () => {
    const root = writeTree();
    const bulk = await startReading(root);
    const { files: found } = await listFiles(files, [root], { work: new LongWork(new CountedScheduler()) });
    const contents = await bulk.read(found);
    const request = (name: string, size: number): { path: string; size: number } => ({ path: join(root, name), size });
    const odd = await bulk.read([
      request('a', 49),
      request('B', 50),
      request('ä', 1_000),
      request('gone', 1),
      request('pipe', 1),
    ]);
    bulk.end();
    const singly = await Promise.all(found.map(({ path }) => files.read(path, 10_000)));
    expect(contents).toEqual(singly);
    expect(odd).toEqual([undefined, new Uint8Array(50).fill(66), undefined, undefined, undefined]);
  });

  test('returns nothing after it has been ended', async () => {
    const root = writeTree();
    const bulk = await startReading(root);
    const asked = bulk.entries(root);
    bulk.end();
    expect(await asked).toBeUndefined();
    expect(await bulk.read([{ path: join(root, 'B'), size: 50 }])).toEqual([]);
  });

  test.each([
    ['at once', 'process.exit(1)'],
    ['with an error', "throw new Error('no memory')"],
    [
      'at its first request',
      "const { parentPort } = require('node:worker_threads'); parentPort.postMessage({}); parentPort.on('message', () => process.exit(1))",
    ],
  ])('is reported once as lost if the thread ends unexpectedly %s, and gives no answer', async (_how, work) => {
    const root = writeTree();
    let lost = 0;
    const ended = new Promise<void>((done) => {
      const bulk = bulkReading({
        worthAThread: 0,
        work,
        onLost: () => {
          lost += 1;
          done();
        },
      });
      const ask = async (): Promise<void> => {
        while (lost === 0) {
          expect(await bulk.entries(root)).toBeUndefined();
          await setImmediate();
        }
      };
      void ask();
    });
    await ended;
    expect(lost).toBe(1);
  });

  test('returns nothing more after the drive has been slow, so that the caller reads in parallel', async () => {
    const root = writeTree();
    const bulk = await startReading(root, { work: answerScript('{ count: 3, ms: 60 }') });
    let answers = 0;
    while ((await bulk.entries(root)) !== undefined) answers += 1;
    expect(answers).toBeLessThan(4);
    bulk.end();
  });

  test('continues if only some answers are delayed by a busy processor', async () => {
    const root = writeTree();
    const bulk = await startReading(root, {
      work: answerScript('id % 4 === 0 ? { count: 3, ms: 60 } : { count: 200, ms: 10 }'),
    });
    for (let at = 0; at < 40; at += 1) expect(await bulk.entries(root)).toEqual([]);
    bulk.end();
  });

  test('is used for a folder with many known files, even if the thread must start first', async () => {
    const root = writeTree(1_100);
    const bulk = bulkReading();
    const entries = await bulk.entries(join(root, 'many'), 1_100);
    bulk.end();
    expect(entries?.map(({ name }) => name)).toEqual(await files.list(join(root, 'many')));
    expect(entries?.every(({ facts }) => facts?.kind === 'file')).toBe(true);
  });

  test('starts no thread for only a few files', async () => {
    const root = writeTree();
    const bulk = bulkReading({ work: 'this is no program', onLost: () => expect.unreachable() });
    expect(await bulk.read([{ path: join(root, 'B'), size: 50 }])).toEqual([]);
    expect(await bulk.entries(root)).toBeUndefined();
    bulk.end();
  });
});
