import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { openssl } from '../support/openssl.ts';
import { WORKSTATION_CREDENTIALS } from '../support/workstation.ts';
import { runAxe } from './axe.ts';
import { answerSaveDialog, board, details, expect, rowCount, runByPalette, test } from './console.ts';

test.use({ content: 'workstation' });

async function clipboardText(application: ElectronApplication): Promise<string> {
  return application.evaluate(({ clipboard }) => clipboard.readText());
}

/** Returns the content of a file; `''` if the file does not exist. */
function readText(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

async function waitForRows(page: Page): Promise<void> {
  await expect.poll(() => rowCount(page)).toBe(WORKSTATION_CREDENTIALS);
}

test('the board is filtered by state with a chip, by text with the search field, and with both', async ({ shared }) => {
  const { page } = shared;
  await waitForRows(page);
  await page.getByRole('button', { name: /^Urgent: / }).click();
  await expect.poll(() => rowCount(page)).toBe(2);
  await page.getByRole('textbox', { name: 'Filter' }).fill('kms');
  await expect.poll(() => rowCount(page)).toBe(1);
  await expect(board(page).getByRole('row').nth(1)).toContainText('KMSPlugin-retail-east-moc-kms-plugin');
  await page.getByRole('textbox', { name: 'Filter' }).fill('nothing has this');
  await expect(page.getByText('Nothing matches this filter.')).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Clear filter' }).first().click();
  await waitForRows(page);
});

test('typing in the filter does not change any attribute of the page’s root element', async ({ shared }) => {
  const { page } = shared;
  await waitForRows(page);
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    new MutationObserver((records) => seen.push(...records.map(({ attributeName }) => attributeName ?? ''))).observe(
      document.documentElement,
      { attributes: true },
    );
  });
  const filter = page.getByRole('textbox', { name: 'Filter' });
  await filter.pressSequentially('kms');
  await expect.poll(() => rowCount(page)).toBeLessThan(WORKSTATION_CREDENTIALS);
  expect(await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)).toEqual([]);
  await filter.fill('');
  await waitForRows(page);
});

test('a certificate is found by its serial number, a SAN or a fingerprint in openssl’s format', async ({
  shared,
  workstation,
}) => {
  const { page } = shared;
  await waitForRows(page);
  const file = join(workstation.pki, 'etcd/peer.crt');
  const serial = openssl('x509', '-in', file, '-noout', '-serial').toString().trim().replace('serial=', '');
  const fingerprint = new X509Certificate(readFileSync(file)).fingerprint256;
  const search = page.getByRole('textbox', { name: 'Filter' });
  for (const words of [serial, fingerprint.replaceAll(':', ''), fingerprint]) {
    await search.fill(words);
    await expect.poll(() => rowCount(page), { message: words }).toBe(1);
    await expect(board(page).getByRole('row').nth(1)).toContainText('retail-east-control-plane-1');
  }
  await search.fill('172.16.255.20');
  await expect.poll(() => rowCount(page)).toBe(2);
});

test('the details agree with openssl and show effects, next steps and, after a click, the source', async ({
  shared,
  workstation,
}) => {
  const { application, page } = shared;
  await waitForRows(page);
  await board(page)
    .getByRole('row', { name: /kube-apiserver/ })
    .first()
    .click();
  const pane = details(page);
  const oracle = new X509Certificate(readFileSync(join(workstation.pki, 'apiserver.crt')));
  await pane.getByRole('tab', { name: 'Certificate' }).click();
  await expect(pane).toContainText(oracle.serialNumber.toLowerCase());
  await expect(pane).toContainText(BigInt(`0x${oracle.serialNumber}`).toString());
  await expect(pane).toContainText('10.96.0.1');
  await pane.getByRole('tab', { name: 'Chain' }).click();
  await expect(pane).toContainText('Signature verified');
  await pane.getByRole('tab', { name: 'Overview' }).click();
  await pane
    .getByRole('button', { name: /^Copy command/ })
    .first()
    .click();
  await expect
    .poll(() => clipboardText(application))
    .toBe('Update-AksHciClusterCertificates -name retail-east -fixKubeletCredentials');
  await pane
    .getByRole('button', { name: /^Source: / })
    .first()
    .click();
  await expect(page.getByText(/Microsoft/).first()).toBeVisible();
});

test('every function of the board is reached by keyboard alone', async ({ shared }) => {
  const { application, page } = shared;
  await waitForRows(page);
  await board(page).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(details(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(details(page)).toBeHidden();
  await page.keyboard.press('Control+c');
  await expect.poll(() => clipboardText(application)).toContain('\t');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('kvactl-admin');
  await expect.poll(() => rowCount(page)).toBe(1);
  await runByPalette(page, 'settings');
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});

test('the selection in the palette wraps around, and keys run nothing during input method composition', async ({
  shared,
}) => {
  const { page } = shared;
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog');
  const field = palette.getByRole('combobox', { name: 'Search or run a command' });
  const chosen = palette.getByRole('option', { selected: true });
  const options = palette.getByRole('option');
  await expect(field).toBeFocused();
  const list = palette.getByRole('listbox', { name: 'Results' });
  await expect(field).toHaveAttribute('aria-controls', (await list.getAttribute('id')) ?? '');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await expect(options.last()).toHaveAttribute('aria-selected', 'true');
  await expect(field).toHaveAttribute('aria-activedescendant', (await chosen.getAttribute('id')) ?? '');
  await page.keyboard.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.type('oard');
  await page.keyboard.press('Home');
  await page.keyboard.type('b');
  await expect(field).toHaveValue('board');
  await expect(palette.getByRole('group', { name: 'Actions' }).getByRole('option').first()).toBeVisible();

  await field.fill('');
  const session = await page.context().newCDPSession(page);
  for (const text of ['ｓ', 'せ', 'せってい'])
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await field.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  await field.dispatchEvent('keydown', { key: 'ArrowDown', isComposing: true });
  await expect(palette).toBeVisible();
  await session.send('Input.insertText', { text: 'settings' });
  await expect(field).toHaveValue('settings');
  await expect(chosen).toHaveText(/Open settings/u);
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});

test('a change of language takes effect everywhere immediately and survives a restart', async ({
  start,
  dataFolder,
}) => {
  const first = await start();
  await waitForRows(first.page);
  await first.page
    .getByRole('radio', { name: '日本語' })
    .or(first.page.getByRole('button', { name: '日本語' }))
    .first()
    .click();
  await expect(first.page.locator('html')).toHaveAttribute('lang', 'ja');
  await expect(first.page.getByRole('grid')).toContainText('期限切れ');
  await expect.poll(() => readText(join(dataFolder, 'settings.json'))).toContain('"ja"');
  // Main changes its menu after it has saved the language.
  const readMenu = (): Promise<string | undefined> =>
    first.application.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items[0]?.label);
  await expect.poll(readMenu).toContain('ファイル');
  await first.application.close();
  const again = await start();
  await expect(again.page.locator('html')).toHaveAttribute('lang', 'ja');
});

test('credentials, filter, sort order, columns, theme and window survive a restart', async ({ start }) => {
  const first = await start();
  await waitForRows(first.page);
  await first.page.getByRole('button', { name: /^Fine: / }).click();
  await expect(first.page.getByRole('button', { name: /^Fine: / })).toHaveAttribute('aria-pressed', 'true');
  await first.page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await board(first.page).getByRole('row').nth(1).click();
  const edge = first.page.getByRole('separator', { name: 'Size of the details' });
  const usual = Number(await edge.getAttribute('aria-valuenow'));
  await edge.focus();
  await first.page.keyboard.press('ArrowLeft');
  await expect.poll(async () => Number(await edge.getAttribute('aria-valuenow'))).not.toBe(usual);
  const share = await edge.getAttribute('aria-valuenow');
  await first.page.keyboard.press('Escape');
  const order = await board(first.page).getByRole('row').allInnerTexts();
  const theme = await first.page.locator('html').getAttribute('data-theme');
  await first.page.keyboard.press('Control+Shift+T');
  await expect(first.page.locator('html')).not.toHaveAttribute('data-theme', theme ?? '');
  await first.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1_111, 707));
  await first.application.close();

  const again = await start();
  await expect(again.page.getByRole('button', { name: /^Fine: / })).toHaveAttribute('aria-pressed', 'true');
  await expect(again.page.locator('html')).not.toHaveAttribute('data-theme', theme ?? '');
  const names = (texts: string[]): (string | undefined)[] => texts.slice(1).map((text) => text.split('\n')[0]);
  await expect.poll(async () => names(await board(again.page).getByRole('row').allInnerTexts())).toEqual(names(order));
  const size = await again.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize());
  expect(size).toEqual([1_111, 707]);
  await board(again.page).getByRole('row').nth(1).click();
  await expect(again.page.getByRole('separator', { name: 'Size of the details' })).toHaveAttribute(
    'aria-valuenow',
    share ?? '',
  );
});

test('a view is saved under a name, and opened from its menu and, after a restart, from the palette', async ({
  start,
}) => {
  const first = await start();
  await waitForRows(first.page);
  const all = await rowCount(first.page);
  const fine = (page: Page): Locator => page.getByRole('button', { name: /^Fine: / });
  await fine(first.page).click();
  await expect.poll(() => rowCount(first.page)).toBeLessThan(all);
  const few = await rowCount(first.page);
  const views = first.page.getByRole('button', { name: 'Views', exact: true });
  await views.click();
  await first.page.getByRole('menuitem', { name: 'Save this view…' }).click();
  const dialog = first.page.getByRole('dialog', { name: 'Save this view' });
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await first.page.keyboard.type('Nothing to do');
  expect(await runAxe(first.page)).toEqual([]);
  await first.page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await fine(first.page).click();
  await expect.poll(() => rowCount(first.page)).toBe(all);
  await views.click();
  await first.page.getByRole('menuitem', { name: 'Nothing to do' }).click();
  await expect.poll(() => rowCount(first.page)).toBe(few);
  await fine(first.page).click();
  await expect.poll(() => rowCount(first.page)).toBe(all);
  await first.application.close();

  const again = await start();
  await waitForRows(again.page);
  await runByPalette(again.page, 'nothing to do');
  await expect(fine(again.page)).toHaveAttribute('aria-pressed', 'true');
  await again.page.getByRole('button', { name: 'Views', exact: true }).click();
  await again.page.getByRole('menuitem', { name: 'Delete the view “Nothing to do”' }).click();
  await again.page.getByRole('button', { name: 'Views', exact: true }).click();
  await expect(again.page.getByRole('menuitem')).toHaveText(['Save this view…']);
});

test('the table stays where the admin scrolled it when its order changes and settings are saved', async ({
  start,
  dataFolder,
}) => {
  const { application, page } = await start();
  await waitForRows(page);
  await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1_024, 640));
  const readTop = (): Promise<number> => board(page).evaluate(({ scrollTop }) => scrollTop);
  await expect.poll(() => page.evaluate(() => innerHeight)).toBeLessThanOrEqual(640);
  await board(page).evaluate((element) => element.scrollTo({ top: 100 }));
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await expect.poll(() => readText(join(dataFolder, 'settings.json'))).toMatch(/"column":\s*"name"/u);
  expect(await readTop()).toBe(100);
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending');
  expect(await readTop()).toBe(100);
});

test('columns are moved and resized by mouse and by keyboard', async ({ shared }) => {
  const { page } = shared;
  await waitForRows(page);
  const head = (name: string) => page.getByRole('columnheader', { name, exact: true });
  const titles = async () => (await page.getByRole('columnheader').allInnerTexts()).slice(0, 3);
  const widthPx = async () => Math.round((await head('Cluster').boundingBox())?.width ?? 0);
  const usual = await titles();
  await head('State').getByRole('button').focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(head('State').getByRole('button')).toBeFocused();
  expect(await titles()).toEqual([usual[1], usual[0], usual[2]]);
  await head('State').getByRole('button').dragTo(head('Cluster'));
  await expect.poll(titles).toEqual(usual);

  const edge = page.getByRole('separator', { name: 'Width of Cluster' });
  const before = await widthPx();
  await edge.focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(widthPx).toBe(before - 16);
  const place = await edge.boundingBox();
  if (place === null) throw new Error('The edge of the column is not drawn.');
  await page.mouse.move(place.x - 1, place.y + 4);
  await page.mouse.down();
  await page.mouse.move(place.x - 31, place.y + 4);
  await page.mouse.up();
  await expect.poll(widthPx).toBeLessThan(before - 40);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitem', { name: 'Reset columns' }).click();
  await expect.poll(widthPx).toBe(before);
});

test('the filtered board is exported as CSV, JSON and HTML with exactly the rows on the screen', async ({
  shared,
  folder,
}) => {
  const { application, page } = shared;
  await waitForRows(page);
  await page.getByRole('textbox', { name: 'Filter' }).fill('etcd');
  await expect.poll(() => rowCount(page)).toBeLessThan(WORKSTATION_CREDENTIALS);
  const shown = await rowCount(page);
  const save = async (format: 'csv' | 'json' | 'html', item: string): Promise<string> => {
    const file = join(folder, `board.${format}`);
    await answerSaveDialog(application, file);
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: item }).click();
    await expect(page.getByText(`Saved board.${format}, ${shown} rows.`)).toBeVisible();
    return readFileSync(file, 'utf8');
  };
  const csv = await save('csv', 'Export as CSV…');
  expect(csv.trim().split('\r\n')).toHaveLength(shown + 1);
  const json = JSON.parse(await save('json', 'Export as JSON…')) as { credentials: { name: string }[] };
  expect(json.credentials).toHaveLength(shown);
  const html = await save('html', 'Export as HTML report…');
  expect(html).toContain('etcd-ca');
  expect(html).not.toContain('kvactl');
});

test('several rows are selected by mouse and keyboard, and exported with one action', async ({ shared, folder }) => {
  const { application, page } = shared;
  await waitForRows(page);
  const row = (at: number) => board(page).getByRole('row').nth(at);
  await row(1).click();
  await page.keyboard.press('Escape');
  await row(3).click({ modifiers: ['Shift'] });
  await row(5).click({ modifiers: ['Control'] });
  await board(page).focus();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('5 selected')).toBeVisible();
  await row(2).click({ button: 'right' });
  const file = join(folder, 'chosen.csv');
  await answerSaveDialog(application, file);
  await page.getByRole('menuitem', { name: 'Export 5 as CSV…' }).click();
  await expect.poll(() => readText(file).trim().split('\r\n').length).toBe(6);
  await board(page).focus();
  await page.keyboard.press('Escape');
  await expect(page.getByText('5 selected')).toBeHidden();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Copy row' })).toBeVisible();
  await page.keyboard.press('Escape');
});

test('a Japanese admin searches a column with the label on the screen and takes a suggestion', async ({ shared }) => {
  const { page } = shared;
  await waitForRows(page);
  await page.keyboard.press('Control+Shift+L');
  const filter = page.getByRole('textbox', { name: '絞り込み' });
  await filter.pressSequentially('状態:期限');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(filter).toHaveValue('状態:期限切れ ');
  const shown = await rowCount(page);
  expect(shown).toBeGreaterThan(0);
  await filter.fill('state:expired');
  await expect.poll(() => rowCount(page)).toBe(shown);
  await page.keyboard.press('Control+Shift+L');
});
