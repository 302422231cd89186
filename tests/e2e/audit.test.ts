import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { runAxe } from './axe.ts';
import { answerSaveDialog, board, details, expect, rowCount, runByPalette, test } from './console.ts';
import { tabTo } from './keyboard.ts';
import { mainApi } from './main-api.ts';

const MANIFEST = `apiVersion: certificates.microsoft.com/v1
kind: RenewRevocation
metadata:
  name: lost-laptop
  namespace: kube-system
spec:
  description: A laptop was lost
  revocations:
  - description: Its certificate
    kind: serialnumber
    serialNumber: "77fdf4b1033b387aaace6ce1c18710c2"
`;

async function snooze(page: Page, words: { command: string; reason: string }): Promise<void> {
  await board(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(details(page)).toBeVisible();
  await runByPalette(page, words.command);
  await expect(page.getByRole('dialog').getByRole('textbox').last()).toBeFocused();
  await page.keyboard.type(words.reason);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** Saves a revocation without the wizard, which has its own tests. */
async function saveRevocation(
  { application, page }: { application: ElectronApplication; page: Page },
  path: string,
): Promise<void> {
  await answerSaveDialog(application, path);
  const api = mainApi(page);
  const made = await api.revocation.create({ text: MANIFEST });
  const chosen = await api.application.chooseTarget({ suggestedName: 'lost-laptop.yaml', format: 'yaml' });
  if (!made.ok || !chosen.ok || chosen.value === null) throw new Error('not made');
  const saved = await api.revocation.save({ documentId: made.value.id, text: MANIFEST, target: chosen.value });
  expect(saved.ok ? undefined : saved.problem).toBeUndefined();
}

interface Exported {
  entries: {
    line: number;
    text: string;
    sha256: string;
    entry: { previous: string; action: string };
    faults: string[];
  }[];
  verdict: { lines: number; head: string; intact: boolean };
}

/** Verifies the chain by the procedure in docs/data-formats.md, without using any code of Arcwarden. */
function expectChained({ entries, verdict }: Exported): void {
  let before = '0'.repeat(64);
  for (const { text, sha256, entry } of entries) {
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
    expect(JSON.parse(text)).toEqual(entry);
    expect(entry.previous).toBe(before);
    before = sha256;
  }
  expect(verdict).toEqual({ lines: entries.length, head: before, intact: true, faults: [] });
}

/** Counts the lines of the trail before the console starts. The connection to a shared store is among them. */
function countLines(dataFolder: string): number {
  const path = join(dataFolder, 'audit.jsonl');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').length : 0;
}

/** Changes one letter in the actor's name in a line of the trail. */
function changeByte(dataFolder: string, line: number): void {
  const path = join(dataFolder, 'audit.jsonl');
  const lines = readFileSync(path, 'utf8').split('\n');
  lines[line - 1] = (lines[line - 1] ?? '').replace(/"by":"./u, '"by":"?');
  writeFileSync(path, lines.join('\n'));
}

test('the trail records a snooze and a save, is exported with its chain, and reports a changed byte', async ({
  start,
  dataFolder,
  workstation,
}) => {
  const before = countLines(dataFolder);
  const { application, page } = await start('--import', workstation.folder);
  await expect(board(page)).toBeVisible();
  await snooze(page, { command: 'snooze', reason: 'planned maintenance' });
  await saveRevocation({ application, page }, join(dataFolder, 'lost-laptop.yaml'));

  await page.getByRole('button', { name: 'Audit trail' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    new RegExp(`${before + 6} lines since .+; the chain is intact\\.$`, 'u'),
  );
  const rows = page.getByRole('row');
  // The rows are the column header, the day, the import at startup, the snooze and the save.
  await expect(rows).toHaveCount(5 + before / 2);
  await expect(rows.nth(2)).toContainText('Write a revocation to a file: done');
  await expect(rows.nth(2)).toContainText('lost-laptop');
  await expect(rows.nth(3)).toContainText('Snooze a credential: done');
  await rows.nth(3).getByRole('button').click();
  await expect(page.getByRole('table')).toContainText('planned maintenance');
  await expect(page.getByRole('table')).toContainText('UTC');
  expect(await runAxe(page)).toEqual([]);

  const path = join(dataFolder, 'trail.json');
  await answerSaveDialog(application, path);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'JSON' }).click();
  await expect(page.getByText('Saved the audit trail in trail.json')).toBeVisible();
  const exported = JSON.parse(readFileSync(path, 'utf8')) as Exported;
  expect(exported.entries.slice(before).map(({ entry }) => entry.action)).toEqual([
    ...['inventory.imported', 'inventory.imported', 'credential.snoozed', 'credential.snoozed'],
    ...['revocation.written', 'revocation.written', 'audit.exported'],
  ]);
  expectChained(exported);
  // The last line is the entry about the end of the export, which the exported file lacks.
  const last = readFileSync(join(dataFolder, 'audit.jsonl'), 'utf8').trim().split('\n').at(-1) ?? '';
  await expect(page.locator('code').first()).toHaveText(createHash('sha256').update(last).digest('hex'));

  changeByte(dataFolder, 1);
  await page.getByRole('button', { name: 'Verify now' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    /The audit trail was tampered with or damaged: 1 fault\.$/u,
  );
  const faults = page.getByRole('region', { name: 'Lines that do not match' });
  await expect(faults).toContainText('Line 2 of the audit trail does not follow');
  await faults.getByRole('button', { name: 'Show line 2' }).click();
  await expect(rows.nth(2)).toContainText('Does not match');
  expect(await runAxe(page)).toEqual([]);
});

test('in Japanese, entries are searched, filtered and opened by keyboard, and a change to the last entry is reported', async ({
  start,
  dataFolder,
  workstation,
}) => {
  const before = countLines(dataFolder);
  const { application, page } = await start('--import', workstation.folder, '--lang', 'ja');
  await expect(board(page)).toBeVisible();
  await runByPalette(page, '日本語');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await snooze(page, { command: '通知の停止', reason: '保守作業のため' });
  await saveRevocation({ application, page }, join(dataFolder, 'lost-laptop.yaml'));

  await runByPalette(page, '監査証跡');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    `以降の記録は ${before + 8} 行。改ざんは検出されませんでした。`,
  );
  await tabTo(page.getByLabel('検索', { exact: true }));
  await page.keyboard.type('保守作業');
  const buttons = page.getByRole('table').getByRole('button');
  await expect(page.getByRole('row')).toHaveCount(3);
  await tabTo(buttons.first());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table')).toContainText('保守作業のため');
  await expect(page.getByRole('row').nth(2)).toContainText('資格情報の通知を停止');

  await page.getByLabel('検索', { exact: true }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  // The rows are the column header, the day, the import, the language, the snooze, the save, and the open details.
  await expect(page.getByRole('row')).toHaveCount(7 + before / 2);
  // A row takes the focus, and the arrow keys move it from there.
  await tabTo(page.locator('table button[tabindex="0"]'));
  await page.keyboard.press('Home');
  await expect(buttons.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(buttons.first()).not.toBeFocused();
  expect(await runAxe(page)).toEqual([]);

  changeByte(dataFolder, before + 8);
  const verify = page.getByRole('button', { name: '今すぐ検証' });
  await verify.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    '監査証跡が改ざんされたか、壊れています (1 件)。',
  );
  await expect(page.getByRole('region', { name: '整合しない箇所' })).toContainText(`${before + 8} 行目`);
});

test.describe('with the demo fleet', () => {
  test.use({ content: 'fleet' });

  test('the removal of a revocation that would undo a repair comes first, and the trail records whether it is in force', async ({
    start,
  }) => {
    const { page } = await start();
    await expect.poll(() => rowCount(page)).toBeGreaterThan(150);
    await page.keyboard.press('Control+4');
    const card = page.getByRole('article', { name: 'nagoya-lab', exact: true });
    await expect(card).toContainText('cannot be renewed while lost-worker-image is in force');
    await card.getByRole('button', { name: 'nagoya-lab', exact: true }).click();
    await page.getByRole('button', { name: /^Plan \d+$/u }).click();
    const steps = page.getByRole('region', { name: /^Plan \d+$/u }).getByRole('listitem');
    const first = steps.first();
    await expect(first).toContainText('kubectl delete -f');
    await expect(first).toContainText('nagoya-lab-lost-worker-image.yaml');
    const repairing = steps.filter({ hasText: '-fixKubeletCredentials' });
    await expect(repairing.first()).toBeVisible();
    expect(await runAxe(page)).toEqual([]);

    await first.getByRole('button', { name: 'lost-worker-image is no longer in force' }).click();
    await expect(first).not.toContainText('kubectl delete -f');
    await expect(repairing.first()).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(first).toContainText('kubectl delete -f');
    await page.keyboard.press('Control+4');
    await expect(card).toContainText('cannot be renewed while lost-worker-image is in force');

    await runByPalette(page, 'audit');
    await expect(page.getByRole('row').nth(2)).toContainText('Mark a revocation as in force again: done');
    await expect(page.getByRole('row').nth(2)).toContainText('lost-worker-image');
  });
});
