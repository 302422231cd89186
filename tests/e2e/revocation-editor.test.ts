import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { runAxe } from './axe.ts';
import { answerOpenDialog, expect, test, type Running } from './console.ts';

const ARTICLE = join(import.meta.dirname, '../fixtures/revocation/article.yaml');

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-editor-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function openIn({ page, application }: Running, text: string): Promise<{ page: Page; editor: Locator }> {
  const path = join(folder, 'manifest.yaml');
  writeFileSync(path, text);
  await answerOpenDialog(application, [path]);
  await page.keyboard.press('Control+Shift+R');
  await page.getByRole('button', { name: 'Open a file…' }).click();
  await expect(page.getByRole('button', { name: 'Close', exact: true })).toBeVisible();
  await page.keyboard.press('Control+Shift+Y');
  const editor = page.getByRole('textbox', { name: 'YAML of the manifest' });
  await expect(editor).toBeVisible();
  return { page, editor };
}

/** Reads the text of the editor, with line feeds as line ends. */
function textIn(editor: Locator): Promise<string> {
  return editor.evaluate((content) =>
    [...content.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n'),
  );
}

async function caretToEnd(editor: Locator): Promise<void> {
  await editor.focus();
  await editor.page().keyboard.press('Control+End');
}

const article = (): string => readFileSync(ARTICLE, 'utf8');

test('the editor complies with the content security policy and is accessible', async ({ shared }) => {
  const refused: string[] = [];
  shared.page.on('console', (message) => {
    if (message.type() === 'error') refused.push(message.text());
  });
  const { page, editor } = await openIn(shared, article());
  await editor.focus();
  await page.keyboard.press('Control+F');
  await expect(page.getByRole('textbox', { name: 'Find', exact: true })).toBeFocused();
  // The editor's styles apply although no style element was added.
  expect(await page.locator('style').count()).toBe(0);
  await expect(editor).toHaveCSS('white-space', 'pre');
  expect(refused).toEqual([]);
  expect(await runAxe(page)).toEqual([]);
});

test('undo removes typed text word by word, and the search field has a separate undo history', async ({ shared }) => {
  const { page, editor } = await openIn(shared, article());
  await caretToEnd(editor);
  await page.keyboard.type('# two words');
  expect(await textIn(editor)).toBe(`${article()}# two words`);
  await page.keyboard.press('Control+F');
  await page.keyboard.type('kind');
  const search = page.getByRole('textbox', { name: 'Find', exact: true });
  await page.keyboard.press('Control+Z');
  await expect(search).not.toHaveValue('kind');
  expect(await textIn(editor)).toBe(`${article()}# two words`);
  await page.keyboard.press('Escape');
  await expect(editor).toBeFocused();
  await page.keyboard.press('Control+Z');
  await expect.poll(() => textIn(editor)).toBe(`${article()}# two `);
  await page.keyboard.press('Control+Shift+Z');
  await expect.poll(() => textIn(editor)).toBe(`${article()}# two words`);
});

test('text composed with an input method is one undo step', async ({ shared }) => {
  const { page, editor } = await openIn(shared, article());
  await caretToEnd(editor);
  await page.keyboard.type('# ');
  const session = await page.context().newCDPSession(page);
  for (const text of ['ｎ', 'に', 'にほ', 'にほんご', '日本語'])
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await session.send('Input.insertText', { text: '日本語' });
  await expect.poll(() => textIn(editor)).toBe(`${article()}# 日本語`);
  await page.keyboard.press('Control+Z');
  await expect.poll(() => textIn(editor)).toBe(`${article()}# `);
});

test('fields and values are suggested where they are allowed, and the form shows the chosen values', async ({
  shared,
}) => {
  const { page, editor } = await openIn(shared, article());
  await caretToEnd(editor);
  await page.keyboard.type('  - ');
  const suggestions = page.getByRole('listbox', { name: 'Suggestions' });
  for (const option of ['kind', 'Group']) {
    await page.keyboard.press('Control+Space');
    await suggestions.getByRole('option', { name: option, exact: true }).click();
    await expect(suggestions).toHaveCount(0);
  }
  expect(await textIn(editor)).toBe(`${article()}  - kind: Group`);
  const added = page.getByRole('region', { name: 'Entry 6', exact: true });
  await expect(added.getByRole('combobox', { name: 'Kind' })).toHaveValue('Group');
});

test('F8 moves from finding to finding and shows the text of each', async ({ shared }) => {
  const { page, editor } = await openIn(shared, article());
  await editor.focus();
  await page.keyboard.press('Control+Home');
  const shown = page.locator('.cm-tooltip-lint');
  const lines = new Set<string>();
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press('F8');
    await expect(shown).toBeVisible();
    lines.add((await editor.locator('.cm-activeLine').textContent()) ?? '');
  }
  // The four entries without notBefore begin on these lines.
  for (const what of ['group', 'DNS', 'DNS Suffix', 'IP'])
    expect(lines).toContain(`  - description: Revoked certificates by ${what}`);
});

test('Tab moves the focus; if set to indent, it moves the focus only after Escape', async ({ shared }) => {
  const { page, editor } = await openIn(shared, article());
  await caretToEnd(editor);
  await page.keyboard.press('Tab');
  await expect(editor).not.toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(editor).toBeFocused();
  await page.keyboard.press('Control+M');
  await page.keyboard.press('Tab');
  await expect(editor).toBeFocused();
  expect(await textIn(editor)).toBe(`${article()}  `);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(editor).not.toBeFocused();
});

test('Windows line endings are kept, whatever the user types or pastes', async ({ start }) => {
  const windows = article().replaceAll('\n', '\r\n');
  const { page, editor } = await openIn(await start(), windows);
  await caretToEnd(editor);
  await page.keyboard.type('# a');
  await page.keyboard.press('Enter');
  await editor.evaluate((content) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', '# b\n# c\r\n');
    content.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  });
  await page.keyboard.press('Control+S');
  await page.getByRole('textbox', { name: 'Phrase' }).fill(await page.getByText(/^revoke /u).innerText());
  await page.getByRole('button', { name: 'Save manifest.yaml' }).click();
  await expect(page.getByText('Saved manifest.yaml')).toBeVisible();
  expect(readFileSync(join(folder, 'manifest.yaml'), 'utf8')).toBe(`${windows}# a\r\n# b\r\n# c\r\n`);
});

const NODES_OF_THE_FLEET = `apiVersion: certificates.microsoft.com/v1
kind: RenewRevocation
metadata:
  name: nodes
  namespace: kube-system
spec:
  revocations:
  - kind: Group
    group: system:nodes
  - kind: DNS
    dns: .cluster.local
`;

test.describe('with a fleet', () => {
  test.use({ clusters: 3, content: 'fleet' });

  test('while the text is invalid, its last assessment stays visible, marked as old, and nothing can be saved', async ({
    shared,
  }) => {
    const whole = NODES_OF_THE_FLEET;
    const { page, editor } = await openIn(shared, whole);
    const steps = page.getByRole('navigation', { name: 'Steps' });
    await steps.getByRole('button', { name: 'Impact' }).click();
    const impact = page.getByRole('region', { name: 'Impact', exact: true });
    const answer = impact.getByRole('heading', { level: 2 });
    await expect(answer).toContainText('would lose all its API servers');
    const told = await answer.innerText();
    const dryRun = impact.getByRole('heading', { level: 3 }).last();
    await dryRun.scrollIntoViewIfNeeded();
    await caretToEnd(editor);
    await page.keyboard.insertText('  - dns: "half a na');
    await expect(answer).toContainText('The text cannot be read now');
    await expect(dryRun).toBeInViewport();
    await expect(impact.getByRole('table')).not.toHaveCount(0);
    // Five parts are marked: the roles affected, the entries that affect them, the confirmation, the end of the effect,
    // and the next step.
    await expect(impact.getByText('Result for an earlier text')).toHaveCount(5);
    await expect(impact.getByRole('button', { name: 'Start the dry run' })).toBeDisabled();
    await page.keyboard.press('Control+S');
    expect(readFileSync(join(folder, 'manifest.yaml'), 'utf8')).toBe(whole);
    await editor.focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(whole);
    await steps.getByRole('button', { name: 'Impact' }).click();
    await expect(answer).toHaveText(told);
    await expect(impact.getByText('Result for an earlier text')).toHaveCount(0);
  });
});
