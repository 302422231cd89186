import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SignedFleet } from '../support/signed-fleet.ts';
import { answerOpenDialog, expect, rowCount, test, type Running } from './console.ts';
import { mainApi } from './main-api.ts';

/** Small ones: saving takes as long as reading. */
const CLUSTERS = 300;
const PATIENCE = { timeout: 60_000 };

async function writeFleet(folder: string): Promise<number> {
  const fleet = new SignedFleet({ workers: 0, rsaKeys: 1 });
  for (let number = 0; number < CLUSTERS; number += 1) await fleet.writeCluster(join(folder, `c-${number}`), number);
  return CLUSTERS * fleet.perCluster;
}

async function beginImport({ application, page }: Running, folder: string): Promise<void> {
  await answerOpenDialog(application, [folder]);
  await page.keyboard.press('Control+Shift+O');
}

test('an import of thousands of files is cancelled by mouse and keyboard, and what it had saved stays', async ({
  start,
  folder,
  dataFolder,
}) => {
  const files = await writeFleet(folder);
  const running = await start();
  const { page } = running;
  const stored = (): string[] => readdirSync(join(dataFolder, 'clusters')).filter((name) => name.endsWith('.json'));

  await beginImport(running, folder);
  await page.getByText(/of 3,000 files read · /u).waitFor(PATIENCE);
  await page.getByRole('button', { name: 'Cancel import' }).click();
  await expect(page.getByText('The import was cancelled; nothing was saved.')).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Importing' })).toHaveCount(0);
  expect(stored()).toEqual([]);

  await mainApi(page).settings.change({ language: 'ja' });
  await beginImport(running, folder);
  await page.getByRole('button', { name: 'インポートをキャンセル' }).focus(PATIENCE);
  await page.getByText(/^クラスター 300 個中 \d+ 個を保存済み$/u).waitFor(PATIENCE);
  await page.keyboard.press('Enter');
  const told = page.getByText(/^インポートをキャンセルしました。それまでに \d+ 個のクラスターを保存しました。/u);
  await expect(told).toBeVisible(PATIENCE);
  const saved = Number(/それまでに (\d+) 個/u.exec((await told.textContent()) ?? '')?.[1]);
  expect(stored()).toHaveLength(saved);
  expect(saved).toBeLessThan(CLUSTERS);
  await expect.poll(() => rowCount(page)).toBe((saved * files) / CLUSTERS);

  await beginImport(running, folder);
  await expect.poll(() => rowCount(page), PATIENCE).toBe(files);
  expect(stored()).toHaveLength(CLUSTERS);
});
