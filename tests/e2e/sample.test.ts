import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { runAxe } from './axe.ts';
import { board, details, expect, rowCount, runByPalette, test } from './console.ts';
import { tabTo } from './keyboard.ts';

/**
 * Credentials on the board for a demo fleet of six clusters: every certificate and token in its files, without
 * duplicates.
 */
const SAMPLE_CREDENTIALS = 191;
const SAMPLE_CLUSTERS = 8;
/** Generating RSA keys takes time on a busy machine. */
const PATIENCE = { timeout: 120_000 };

const MARK = { en: 'Demo', ja: 'デモ' };

async function openByKeyboard(page: Page, name: string): Promise<void> {
  await tabTo(page.getByRole('button', { name, exact: true }));
  await page.keyboard.press('Enter');
  await expect.poll(() => rowCount(page), PATIENCE).toBe(SAMPLE_CREDENTIALS);
}

test('a demo fleet is opened by keyboard in an empty console, marked everywhere, and removed with one action', async ({
  start,
  dataFolder,
}) => {
  const { page } = await start();
  expect(await runAxe(page)).toEqual([]);
  await openByKeyboard(page, 'Open a demo fleet');
  const fleet = join(dataFolder, 'sample-fleet');
  expect(existsSync(join(fleet, 'arcwarden-sample.json'))).toBe(true);
  expect(existsSync(join(fleet, 'workstation/Users/tanaka.mika/.kube/config'))).toBe(true);

  // These states follow from dates alone.
  for (const state of ['Expired', 'Renewal overdue', 'Not yet valid', 'Renewal due', 'Fine'])
    await expect(page.getByRole('button', { name: new RegExp(`^${state}: [1-9]`, 'u') })).toBeVisible();
  await expect(page.getByText('Data just read')).toHaveCount(0);

  // The table, the details, the palette and the settings show the mark.
  const rows = board(page).getByRole('row');
  await expect(rows.nth(1)).toContainText(MARK.en);
  await rows.nth(1).click();
  await expect(details(page).locator('header')).toContainText(MARK.en);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('osaka');
  const cluster = page.getByRole('option', { name: /^osaka-plant/u }).first();
  await expect(cluster).toContainText(MARK.en);
  await page.keyboard.press('Escape');
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  const named = page.getByRole('main').getByRole('listitem');
  await expect(named).toHaveCount(SAMPLE_CLUSTERS);
  for (const item of await named.all()) await expect(item).toContainText(MARK.en);
  await page.getByRole('navigation').getByRole('button', { name: 'Import report' }).click();
  await expect(page.getByRole('main')).toContainText('kubernetes.io/kubelet-serving');
  await expect(page.getByRole('main')).toContainText(MARK.en);

  await page.getByRole('navigation').getByRole('button', { name: 'Fleet' }).click();
  await expect(page.getByText('This is a demo fleet', { exact: false })).toBeVisible();
  expect(await runAxe(page)).toEqual([]);
  await runByPalette(page, 'remove the demo');
  await expect(page.getByRole('heading', { name: 'No clusters yet' })).toBeVisible();
  await expect(page.getByText('The demo fleet was removed.').first()).toBeVisible();
  expect(existsSync(fleet)).toBe(false);
  expect(readdirSync(join(dataFolder, 'clusters'))).toEqual([]);
  const index = readFileSync(join(dataFolder, 'index.json'), 'utf8');
  expect(JSON.parse(index)).toMatchObject({ clusters: [], forgotten: [] });
});

test('a sample beside real clusters stays marked after a restart and is removed without affecting them', async ({
  start,
  workstation,
  dataFolder,
}) => {
  const first = await start('--import', workstation.folder);
  await expect.poll(() => rowCount(first.page)).toBeGreaterThan(5);
  const real = await rowCount(first.page);
  await runByPalette(first.page, 'open a demo');
  await expect.poll(() => rowCount(first.page), PATIENCE).toBe(real + SAMPLE_CREDENTIALS);
  await expect(first.page.getByText('Some of these clusters belong to the demo fleet', { exact: false })).toBeVisible();
  await first.application.close();

  const { page } = await start();
  await expect.poll(() => rowCount(page)).toBe(real + SAMPLE_CREDENTIALS);
  await page.getByRole('button', { name: 'Remove the demo fleet' }).click();
  await expect.poll(() => rowCount(page)).toBe(real);
  await expect(page.getByRole('button', { name: 'Remove the demo fleet' })).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  expect(existsSync(join(dataFolder, 'sample-fleet'))).toBe(false);
});

test('the offer, the marks and the removal of the sample are shown in Japanese', async ({ start }) => {
  const { page } = await start();
  await page.getByRole('radio', { name: '日本語' }).click();
  await openByKeyboard(page, 'デモ環境を開く');
  await expect(board(page).getByRole('row').nth(1)).toContainText(MARK.ja);
  expect(await runAxe(page)).toEqual([]);
  await tabTo(page.getByRole('button', { name: 'デモ環境を削除', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByText(/削除しました。/u).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'デモ環境を開く' })).toBeVisible();
});
