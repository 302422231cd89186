import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SignedFleet } from '../support/signed-fleet.ts';
import { answerOpenDialog, expect, rowCount, test, type Running } from './console.ts';
import { mainApi } from './main-api.ts';

/** Enough clusters for a visible import: progress is shown after 0.3 s, when several thousand files have been read. */
const CLUSTERS = 250;
const PATIENCE = { timeout: 120_000 };

async function writeFleet(folder: string): Promise<number> {
  const fleet = new SignedFleet({ rsaKeys: 1 });
  for (let number = 0; number < CLUSTERS; number += 1) await fleet.writeCluster(join(folder, `c-${number}`), number);
  return CLUSTERS * fleet.perCluster;
}

async function beginImport({ application, page }: Running, folder: string): Promise<void> {
  await answerOpenDialog(application, [folder]);
  await page.keyboard.press('Control+Shift+O');
}

test('cancelling an import of thousands of files, by mouse or by keyboard, saves nothing', async ({
  start,
  folder,
  dataFolder,
}) => {
  const files = await writeFleet(folder);
  const running = await start();
  const { page } = running;
  const listStored = (): string[] => readdirSync(join(dataFolder, 'clusters')).filter((name) => name.endsWith('.json'));

  await beginImport(running, folder);
  await page.getByText(/of 10,000 files read · /u).waitFor(PATIENCE);
  await page.getByRole('button', { name: 'Cancel import' }).click();
  await expect(page.getByText('The import was cancelled; nothing was saved.')).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Importing' })).toHaveCount(0);
  expect(listStored()).toEqual([]);

  await mainApi(page).settings.change({ language: 'ja' });
  await beginImport(running, folder);
  await page.getByText(/10,000 ファイル中 [\d,]+ ファイルを/u).waitFor(PATIENCE);
  await page.getByRole('button', { name: 'インポートをキャンセル' }).press('Enter');
  await expect(page.getByRole('progressbar', { name: 'インポート中' })).toHaveCount(0);
  await expect(page.getByText(/キャンセルしました。/u).last()).toBeVisible();
  expect(listStored()).toEqual([]);

  await beginImport(running, folder);
  await expect.poll(() => rowCount(page), PATIENCE).toBe(files);
  expect(listStored()).toHaveLength(CLUSTERS);
});

test('an import started on the command line shows its progress and can be cancelled', async ({ start, folder }) => {
  await writeFleet(folder);
  const { page } = await start('--import', folder);
  await page.getByRole('button', { name: 'Cancel import' }).click(PATIENCE);
  await expect(page.getByText(/^The import was cancelled/u)).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Importing' })).toHaveCount(0);
});
