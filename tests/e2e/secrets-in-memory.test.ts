import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { findPlanted, plantSecrets, type Needle } from '../support/planted-secrets.ts';
import { heapOfServices } from './services-thread.ts';
import { answerOpenDialog, board, expect, rowCount, test } from './console.ts';

const FILES = 360;
/** Without this option, snapshots contain only the first 1,024 characters of each string. */
const WHOLE_TEXTS = '--heap-snapshot-string-limit=10000000';
const PASSPHRASE = `P${randomBytes(18).toString('hex')}`;
const CHANNEL_SECRET = `C${randomBytes(18).toString('hex')}`;

test.use({ environment: { ARCWARDEN_PASSPHRASE: PASSPHRASE, ARCWARDEN_CHANNEL_HOOK: CHANNEL_SECRET } });

test('after an import of 360 files, the memory of the console contains neither their secrets nor those of its environment', async ({
  start,
  folder,
}) => {
  test.setTimeout(300_000);
  const planted = await plantSecrets(join(folder, 'files'), FILES);
  const { application, page } = await start('--import', join(folder, 'files'), `--js-flags=${WHOLE_TEXTS}`);
  await expect.poll(() => rowCount(page), { timeout: 120_000 }).toBeGreaterThan(100);
  await board(page).getByRole('row').nth(1).click();
  // Imports the same files again, through the dialog.
  await answerOpenDialog(application, [join(folder, 'files')]);
  await page.keyboard.press('Control+Shift+O');
  await expect(page.getByText('No new credentials').first()).toBeVisible({ timeout: 60_000 });
  // Finding this mark proves that the snapshots contain the strings of the processes.
  const mark = 'a mark that a snapshot must contain';
  await page.evaluate((text) => Object.assign(window, { mark: `${'x'.repeat(3_000)}${text}`.slice(10) }), mark);
  const heaps = {
    services: await heapOfServices(application, page, join(folder, 'services.heapsnapshot')),
    main: await heapOfMain(application, join(folder, 'main.heapsnapshot'), mark),
    page: await takeHeapSnapshot(page),
  };
  expect(heaps.main.includes(mark)).toBe(true);
  expect(heaps.page.includes(mark)).toBe(true);
  // The names of the files that the thread has read stay in its memory.
  expect(heaps.services.includes(join(folder, 'files'))).toBe(true);
  const passphrase: Needle = Buffer.from(PASSPHRASE);
  const channel: Needle = Buffer.from(CHANNEL_SECRET);
  expect({
    main: findPlanted(heaps.main, [...planted, passphrase]),
    services: findPlanted(heaps.services, [...planted, passphrase]),
    page: findPlanted(heaps.page, [...planted, passphrase, channel, Buffer.from('ARCWARDEN_CHANNEL_HOOK')]),
  }).toEqual({ main: [], services: [], page: [] });
});

async function heapOfMain(application: ElectronApplication, file: string, mark: string): Promise<Buffer> {
  await application.evaluate(
    (_electron, { file: path, mark: text, flags }) => {
      const v8 = process.mainModule!.require('node:v8') as typeof import('node:v8');
      v8.setFlagsFromString(flags);
      Object.assign(globalThis, { mark: `${'x'.repeat(3_000)}${text}`.slice(10) });
      v8.writeHeapSnapshot(path);
    },
    { file, mark, flags: WHOLE_TEXTS },
  );
  return readFileSync(file);
}

async function takeHeapSnapshot(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  return Buffer.from(chunks.join(''), 'utf8');
}
