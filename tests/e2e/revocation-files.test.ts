import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { findingsInBothThemes, runAxe } from './axe.ts';
import { answerOpenDialog, answerSaveDialog, expect, launch, ready, test } from './console.ts';
import { PATIENCE } from './launch.ts';
import { mainApi } from './main-api.ts';

const ARTICLE = join(import.meta.dirname, '../fixtures/revocation/article.yaml');

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-revocations-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function openArticle(application: ElectronApplication, page: Page): Promise<string> {
  const path = join(folder, 'article.yaml');
  copyFileSync(ARTICLE, path);
  await answerOpenDialog(application, [path]);
  await page.keyboard.press('Control+Shift+R');
  await button(page, 'Open a file…').click();
  await expect(page.getByRole('heading', { name: 'my-renew-revocation' })).toBeVisible();
  return path;
}

function button(within: Page | Locator, name: string | RegExp): Locator {
  return within.getByRole('button', { name, exact: true });
}

function entry(page: Page, place: number): Locator {
  return page.getByRole('region', { name: `Entry ${String(place)}`, exact: true });
}

function step(page: Page, name: string): Locator {
  return page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name });
}

async function confirm(page: Page): Promise<void> {
  const phrase = await page.getByText(/^revoke /u).innerText();
  await page.getByRole('textbox', { name: 'Phrase' }).fill(phrase);
  await expect(page.getByText('Confirmed.')).toBeVisible();
}

test('the sample of the article has four dangers, one click fixes each, and the saved file has exactly these changes', async ({
  start,
}) => {
  const { page, application } = await start();
  const path = await openArticle(application, page);
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('4 errors');
  let expected = readFileSync(ARTICLE, 'utf8');
  for (const [place, kind] of [
    [2, 'Group'],
    [3, 'DNS'],
    [4, 'DNS'],
    [5, 'IP'],
  ] as const) {
    const danger = entry(page, place).getByRole('listitem').filter({ hasText: 'Without notBefore' });
    const mend = button(danger, /^Set notBefore to /u);
    const moment = (await mend.innerText()).replace('Set notBefore to ', '');
    await mend.click();
    await expect(danger).toHaveCount(0);
    // `notBefore` follows `kind`, as in the article.
    const lines = expected.split('\n');
    const kinds = lines.flatMap((line, at) => (line === `    kind: ${kind}` ? [at] : []));
    const at = kinds[place === 4 ? 1 : 0] ?? -1;
    lines.splice(at + 1, 0, `    notBefore: "${moment}"`);
    expected = lines.join('\n');
  }
  await expect(page.getByRole('heading', { level: 2 }).first()).not.toContainText('error');

  await step(page, 'Save or apply').click();
  await confirm(page);
  await button(page, 'Save article.yaml').click();
  await expect(page.getByText('Saved article.yaml')).toBeVisible();
  expect(readFileSync(path, 'utf8')).toBe(expected);

  await button(page, 'Close').click();
  await button(page, /^my-renew-revocation/u).click();
  await expect(page.getByText('article.yaml, same as the file')).toBeVisible();
  await step(page, 'Entries').click();
  await expect(entry(page, 5).getByRole('textbox', { name: 'IP address' })).toHaveValue('170.63.128.124');
  await expect(page.getByText('Without notBefore')).toHaveCount(0);
});

test('one key press undoes a click or the edit of a field, and another redoes it', async ({ shared }) => {
  const { page, application } = shared;
  await openArticle(application, page);
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('lost-laptop');
  await page.getByRole('textbox', { name: 'Namespace' }).focus();
  await expect(page.getByRole('heading', { name: 'lost-laptop' })).toBeVisible();
  await button(page, 'Remove entry 1').click();
  await expect(entry(page, 5)).toHaveCount(0);
  await page.keyboard.press('Control+Z');
  await expect(entry(page, 5)).toBeVisible();
  await page.keyboard.press('Control+Z');
  await expect(name).toHaveValue('my-renew-revocation');
  await page.keyboard.press('Control+Y');
  await expect(name).toHaveValue('lost-laptop');
});

test('steps, panes, the line of an error and the updated form are reached by keyboard alone', async ({ shared }) => {
  const { page, application } = shared;
  const path = join(folder, 'broken.yaml');
  const broken = readFileSync(ARTICLE, 'utf8').replace('  name: my-renew', '  name: [my-renew');
  writeFileSync(path, broken);
  await answerOpenDialog(application, [path]);
  await page.keyboard.press('Control+Shift+R');
  await button(page, 'Open a file…').press('Enter');
  await expect(page.getByText('The text cannot be read completely.')).toBeVisible();
  await button(page, 'Show in the editor').first().press('Enter');
  const editor = page.getByRole('textbox', { name: 'YAML of the manifest' });
  await expect(editor).toBeFocused();
  // Removes the bracket from the line of the name.
  await page.keyboard.press('Control+Home');
  for (let line = 1; line < 4; line += 1) await page.keyboard.press('ArrowDown');
  for (let column = 0; column < '  name: '.length; column += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Delete');
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await expect(name).toHaveValue('my-renew-revocation');
  await page.keyboard.press('Control+Z');
  await expect(name).toHaveCount(0);
  await page.keyboard.press('Control+Y');
  await expect(name).toHaveValue('my-renew-revocation');

  await page.keyboard.press('F6');
  await expect(step(page, 'Entries')).toBeFocused();
  await page.keyboard.press('Control+PageDown');
  await expect(step(page, 'Impact')).toHaveAttribute('aria-current', 'step');
  await page.keyboard.press('Control+PageUp');
  await expect(step(page, 'Entries')).toHaveAttribute('aria-current', 'step');
  await page.keyboard.press('Control+Shift+Y');
  await expect(editor).toHaveCount(0);
  expect(await runAxe(page)).toEqual([]);
});

test('typed text is restored after the console is killed', async ({ dataFolder }) => {
  const application = await launch(dataFolder);
  const page = await application.firstWindow(PATIENCE);
  await ready(page);
  await openArticle(application, page);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('typed-before-the-end');
  await expect(page.getByText('article.yaml, edited since')).toBeVisible();
  await step(page, 'Impact').click();
  await expect.poll(() => readDocument(page)).toContain('typed-before-the-end');
  const gone = new Promise((resolve) => application.process().once('exit', resolve));
  application.process().kill('SIGKILL');
  await gone;

  const again = await launch(dataFolder);
  const window = await again.firstWindow(PATIENCE);
  await ready(window);
  await window.keyboard.press('Control+Shift+R');
  await button(window, /^typed-before-the-end/u).click();
  await expect(window.getByText('article.yaml, edited since')).toBeVisible();
  await expect(step(window, 'Impact')).toHaveAttribute('aria-current', 'step');
  await again.close();
});

/** Reads the text of the only document that main has stored on disk. */
async function readDocument(page: Page): Promise<string> {
  const { revocation } = mainApi(page);
  const listed = await revocation.list();
  const documentId = listed.ok ? listed.value.documents[0]?.id : undefined;
  const kept = documentId === undefined ? undefined : await revocation.open({ documentId });
  return kept?.ok === true ? kept.value.text : '';
}

test('a change to the file by another program is noticed, compared and not accidentally overwritten', async ({
  start,
}) => {
  const { page, application } = await start();
  const path = await openArticle(application, page);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('mine');
  await expect(page.getByText('article.yaml, edited since')).toBeVisible();
  const theirs = readFileSync(ARTICLE, 'utf8').replace('my-renew-revocation', 'theirs');
  writeFileSync(path, theirs);
  // The console watches the file, so no click is needed.
  await expect(page.getByText('Another program changed article.yaml')).toBeVisible();
  await button(page, 'Compare').click();
  const comparison = page.getByRole('dialog', { name: 'Here and in the file' });
  await expect(comparison).toContainText('name: theirs');
  await expect(comparison).toContainText('name: mine');
  expect(await runAxe(page), 'comparison').toEqual([]);
  await button(comparison, 'Keep mine').click();
  await expect(page.getByText('Another program changed article.yaml')).toHaveCount(0);

  await step(page, 'Save or apply').click();
  await confirm(page);
  await button(page, 'Save article.yaml').click();
  const asked = page.getByRole('dialog', { name: 'The file has changed' });
  await expect(asked).toBeVisible();
  expect(readFileSync(path, 'utf8')).toBe(theirs);
  await button(asked, 'Overwrite article.yaml').click();
  await expect(page.getByText('Saved article.yaml')).toBeVisible();
  expect(readFileSync(path, 'utf8')).toContain('name: mine');
});

test('one click reloads a file changed by another program, and another click undoes the reload', async ({ shared }) => {
  const { page, application } = shared;
  const path = await openArticle(application, page);
  writeFileSync(path, readFileSync(ARTICLE, 'utf8').replace('my-renew-revocation', 'theirs'));
  // The change is visible as soon as the user returns from the other program.
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await button(page, 'Reload the file').click();
  await expect(page.getByRole('heading', { name: 'theirs' })).toBeVisible();
  await page.keyboard.press('Control+Z');
  await expect(page.getByRole('heading', { name: 'my-renew-revocation' })).toBeVisible();
});

test('pasted text is opened and saved to a chosen file, and its objects of other kinds stay unchanged', async ({
  start,
}) => {
  const { page, application } = await start();
  await page.keyboard.press('Control+Shift+R');
  await button(page, 'Paste text…').click();
  const other = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: untouched}   # as it is\n---\n';
  const mine = [
    'apiVersion: certificates.microsoft.com/v1',
    'kind: RenewRevocation',
    'metadata:',
    '  name: pasted   # ticket 4711',
    '  namespace: kube-system',
    'spec:',
    '  revocations:',
    '  - kind: serialnumber',
    '    serialNumber: "77fdf4b1033b387aaace6ce1c18710c2"',
    '',
  ].join('\n');
  await page.getByRole('textbox', { name: 'YAML or JSON' }).fill(other + mine);
  await button(page, 'Open the text').click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('renamed');
  await expect(page.getByRole('heading', { name: 'renamed' })).toBeVisible();
  const path = join(folder, 'renamed.yaml');
  await answerSaveDialog(application, path);
  await page.keyboard.press('Control+S');
  await expect(page.getByText('Saved renamed.yaml')).toBeVisible();
  expect(readFileSync(path, 'utf8')).toBe(other + mine.replace('name: pasted   #', 'name: renamed   #'));
});

test('pasted text with a private key is refused', async ({ shared }) => {
  const { page } = shared;
  await page.keyboard.press('Control+Shift+R');
  await button(page, 'Paste text…').click();
  const key = ['-----BEGIN PRIVATE KEY-----', 'MIIB', '-----END PRIVATE KEY-----'].join('\n');
  await page.getByRole('textbox', { name: 'YAML or JSON' }).fill(key);
  await button(page, 'Open the text').click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('not kept');
  await expect(page.getByRole('dialog', { name: 'Paste a manifest' })).toBeVisible();
});

test('the button in the message about a discarded revocation restores it', async ({ shared }) => {
  const { page, application } = shared;
  await openArticle(application, page);
  await button(page, 'Close').click();
  await page.getByRole('button', { name: /^my-renew-revocation/u }).focus();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('button', { name: /^my-renew-revocation/u })).toHaveCount(0);
  await button(page, 'Undo').click();
  await expect(page.getByRole('button', { name: /^my-renew-revocation/u })).toBeVisible();
});

test('axe finds no problems on the list or in any step, in either theme', async ({ shared }) => {
  const { page, application } = shared;
  await page.keyboard.press('Control+Shift+R');
  expect(await findingsInBothThemes(page), 'empty list').toEqual([]);
  await openArticle(application, page);
  for (const name of ['Entries', 'Impact', 'Recovery', 'Save or apply']) {
    await step(page, name).click();
    await expect(step(page, name)).toHaveAttribute('aria-current', 'step');
    expect(await findingsInBothThemes(page), name).toEqual([]);
  }
  await button(page, 'Close').click();
  await expect(button(page, 'Open a file…')).toBeVisible();
  expect(await findingsInBothThemes(page), 'list').toEqual([]);
  await button(page, /^A kubeconfig was lost/u).click();
  await expect(step(page, 'What to revoke')).toHaveAttribute('aria-current', 'step');
  for (const name of ['What to revoke', 'What happened']) {
    await step(page, name).click();
    expect(await findingsInBothThemes(page), name).toEqual([]);
  }
});

test.describe('with an imported fleet', () => {
  test.use({ clusters: 6, content: 'fleet' });

  test('an object of the inventory is opened by keyboard as a copy, and the original stays unchanged', async ({
    shared,
    fleet,
  }) => {
    const { page } = shared;
    await page.keyboard.press('Control+Shift+R');
    const known = page.getByRole('region', { name: 'Known in the inventory' });
    await expect(known).toContainText('lost-worker-image');
    await expect(known).toContainText('1 danger');
    const read = 'Users/tanaka.mika/Documents/revocations/nagoya-lab-lost-worker-image.yaml';
    await expect(known).toContainText(read);
    const before = readFileSync(join(fleet, 'workstation', read));

    await known.getByRole('button', { name: /^lost-worker-image/u }).focus();
    for (const key of ['End', 'ArrowUp', 'ArrowDown', 'Home']) await page.keyboard.press(key);
    await expect(known.getByRole('button', { name: /^lost-worker-image/u })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'lost-worker-image', level: 1 })).toBeVisible();
    await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('1 error');
    await button(entry(page, 1), /^Set notBefore to /u).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 2 }).first()).not.toContainText('error');

    await button(page, 'Close').click();
    await expect(known).toContainText('1 danger');
    expect(readFileSync(join(fleet, 'workstation', read)).equals(before)).toBe(true);
  });
});
