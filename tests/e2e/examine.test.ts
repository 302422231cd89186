import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openssl } from '../support/openssl.ts';
import { answerOpenDialog, board, expect, readFolder, rowCount, runByPalette, test } from './console.ts';
import { runAxe } from './axe.ts';

test('a PFX and a certificate request are examined, and nothing of them is stored', async ({
  start,
  folder,
  workstation,
  dataFolder,
}) => {
  const path = (name: string): string => join(folder, name);
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', path('web.key'), '-subj', '/CN=web-7.example'];
  openssl('req', '-x509', ...key, '-days', '30', '-out', path('web.crt'));
  const files = ['-in', path('web.crt'), '-inkey', path('web.key'), '-out', path('web.pfx')];
  openssl('pkcs12', '-export', ...files, '-passout', 'pass:open sesame');
  const names = ['-addext', 'subjectAltName=DNS:node-9.example'];
  openssl('req', '-new', '-key', path('web.key'), '-subj', '/CN=node-9', ...names, '-out', path('node.csr'));
  const serial = openssl('x509', '-in', path('web.crt'), '-noout', '-serial').toString().trim().split('=')[1]!;

  const { application, page } = await start('--import', workstation.folder);
  await expect(board(page)).toBeVisible();
  const before = await rowCount(page);
  const stored = readFolder(join(dataFolder, 'clusters'));
  await answerOpenDialog(application, [path('web.pfx'), path('node.csr')]);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Examine a file without importing it…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Contents of the files' });
  await expect(dialog).toContainText('node-9.example');
  await expect(dialog).toContainText('Its own key signed the request');

  await dialog.getByLabel('Passphrase of the file').fill('wrong');
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(dialog).toContainText('does not open the file');
  await dialog.getByLabel('Passphrase of the file').fill('open sesame');
  await page.keyboard.press('Enter');
  await dialog.getByText('web-7.example').first().click();
  await expect(dialog).toContainText(serial.toLowerCase());
  await expect(dialog).toContainText('left, until');
  expect(await runAxe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  expect(await rowCount(page)).toBe(before);
  expect(readFolder(join(dataFolder, 'clusters'))).toBe(stored);
  expect(readdirSync(dataFolder).join(' ')).not.toContain('web');

  // The palette finds the command by a word that its title does not contain.
  await answerOpenDialog(application, [path('web.crt')]);
  await runByPalette(page, 'openssl x509');
  await expect(dialog).toContainText('web-7.example');
});
