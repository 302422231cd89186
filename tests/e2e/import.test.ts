import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSTATION_CREDENTIALS } from '../support/workstation.ts';
import { answerOpenDialog, board, readFolder, expect, rowCount, test } from './console.ts';

test('an empty console shows the first step, and importing a folder fills the board in order of urgency', async ({
  start,
  workstation,
}) => {
  const { application, page } = await start();
  await expect(page.getByRole('heading', { name: 'No clusters yet' })).toBeVisible();
  await answerOpenDialog(application, [workstation.folder]);
  await page.getByRole('button', { name: 'Import files or folders' }).click();
  await page.getByRole('menuitem', { name: 'Import a folder…' }).click();
  await expect(board(page)).toHaveAttribute('aria-rowcount', String(WORKSTATION_CREDENTIALS + 1));
  const first = board(page).getByRole('row').nth(1);
  await expect(first).toContainText('Expired');
  await expect(first).toContainText('mgmt');
  await expect(page.getByRole('button', { name: /^Expired: 1$/ })).toBeVisible();
  await expect(page.getByText(`${WORKSTATION_CREDENTIALS} credentials added`).first()).toBeVisible();
});

test('importing the same files again changes nothing, and a message says so', async ({
  start,
  workstation,
  dataFolder,
}) => {
  const { application, page } = await start('--import', workstation.folder);
  await expect.poll(() => rowCount(page)).toBe(WORKSTATION_CREDENTIALS);
  // Omits the time of reading, and the checksum, which depends on that time.
  const content = (): string[] =>
    readFolder(join(dataFolder, 'clusters'), (name) => !name.endsWith('.json.previous'))
      .replaceAll(/"(?:readAt|sha256)":"[^"]*"/gu, '')
      .split('\n')
      .sort();
  const before = content();
  await answerOpenDialog(application, [workstation.folder]);
  await page.keyboard.press('Control+Shift+O');
  await expect(page.getByText('No new credentials').first()).toBeVisible();
  expect(await rowCount(page)).toBe(WORKSTATION_CREDENTIALS);
  expect(content()).toEqual(before);
});

test('files dropped on the window are imported', async ({ start, workstation }) => {
  const { page } = await start();
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [workstation.kubeconfig], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
    if (type === 'dragOver') await expect(page.getByText('Drop to import')).toBeVisible();
  }
  await expect.poll(() => rowCount(page)).toBe(2);
  await expect(board(page)).toContainText('kubernetes-admin');
});

test('an unreadable entry is reported with its location and does not hide the readable entries', async ({
  start,
  workstation,
  dataFolder,
}) => {
  const mixed = join(dataFolder, '..', `mixed-${process.pid}-${Date.now()}.pem`);
  const { readFileSync, rmSync } = await import('node:fs');
  const good = readFileSync(workstation.clusterCa.certificate, 'utf8');
  const torn = good.replace(/\n([A-Za-z0-9+/=]+)\n-----END/u, '\n-----END');
  writeFileSync(mixed, `some words before\n${torn}\nand between\n${good}`);
  try {
    const { page } = await start('--import', mixed);
    await expect.poll(() => rowCount(page)).toBe(1);
    await page.getByRole('navigation').getByRole('button', { name: 'Import report' }).click();
    await expect(page.getByRole('main')).toContainText(mixed.split('/').pop() ?? '');
    await expect(page.getByRole('heading', { name: 'Problems in the files (1)' })).toBeVisible();
  } finally {
    rmSync(mixed);
  }
});

test('the report on importing a large folder is rendered in parts', async ({ start, folder }) => {
  for (let at = 0; at < 700; at += 1) writeFileSync(join(folder, `note-${at}.txt`), 'no credential');
  const { page } = await start('--import', folder);
  await page.getByRole('navigation').getByRole('button', { name: 'Import report' }).click();
  await page.getByText('Files without a known format (700)').click();
  const files = page.getByRole('listitem').filter({ hasText: /note-\d+\.txt/u });
  await expect(files).toHaveCount(50);
  await page.getByRole('button', { name: 'Show 500 more' }).press('Enter');
  await expect(files).toHaveCount(550);
  await page.getByRole('button', { name: 'Show 150 more' }).press('Enter');
  await expect(files).toHaveCount(700);
  await expect(page.getByRole('button', { name: /^Show/u })).toHaveCount(0);
});

test('neither the window nor the data folder ever contains a key or a token', async ({
  start,
  workstation,
  dataFolder,
}) => {
  const { page } = await start('--import', workstation.folder);
  await expect.poll(() => rowCount(page)).toBe(WORKSTATION_CREDENTIALS);
  const seen: string[] = [];
  for (let index = 1; index <= WORKSTATION_CREDENTIALS; index += 1) {
    await board(page).getByRole('row').nth(index).click();
    await expect(page.getByRole('complementary', { name: 'Details' })).toBeVisible();
    seen.push(await page.evaluate(() => document.documentElement.outerHTML));
  }
  await page.getByRole('navigation').getByRole('button', { name: 'Import report' }).click();
  seen.push(await page.evaluate(() => document.documentElement.outerHTML));
  seen.push(readFolder(dataFolder));
  for (const secret of workstation.secrets) for (const text of seen) expect(text.includes(secret)).toBe(false);
});
