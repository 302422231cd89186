import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ICAL from 'ical.js';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { findingsInBothThemes } from './axe.ts';
import { answerSaveDialog, expect, test, type Running } from './console.ts';
import { tabTo } from './keyboard.ts';

/** Computing plans takes time on a busy machine. */
const PATIENCE = { timeout: 120_000 };

test.use({ content: 'fleet' });

async function openPlan({ page }: Running): Promise<void> {
  await expect(page.getByRole('button', { name: /^Expired: [1-9]/u })).toBeVisible(PATIENCE);
  await page.keyboard.press('Control+5');
  await expect(answer(page)).toContainText('cannot wait for a window', PATIENCE);
}

function answer(page: Page) {
  return page.getByRole('region', { name: /^(Maintenance|メンテナンス)$/u }).getByRole('heading', { level: 2 });
}

function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

async function savePlan(application: ElectronApplication, page: Page, path: string): Promise<Buffer> {
  const name = path.split('/').at(-1) ?? '';
  await answerSaveDialog(application, path);
  await page.keyboard.press('Enter');
  await expect(page.getByText(`Wrote ${name}.`)).toBeVisible();
  return readFileSync(path);
}

test('rules are changed by keyboard alone, and the plan follows them and survives a restart', async ({ start }) => {
  const running = await start();
  const { page, application } = running;
  await openPlan(running);
  await expect(answer(page)).toContainText('The next window is Sat ');
  await tabTo(button(page, 'Wednesday'));
  await page.keyboard.press('Space');
  await tabTo(button(page, 'Saturday'));
  await page.keyboard.press('Space');
  await expect(answer(page)).toContainText('The next window is Wed ');
  await expect(page.getByRole('button', { name: 'Wednesday' })).toHaveAttribute('aria-pressed', 'true');
  // The fields for hours, time zone and lead time follow, each one Tab away.
  const lead = page.getByRole('textbox', { name: 'Finish days before a deadline' });
  await tabTo(lead);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('91');
  await expect(page.getByText('Enter whole days from 0 to 90')).toBeVisible();
  await page.keyboard.press('Backspace');
  await expect(page.getByText('Enter whole days from 0 to 90')).toBeHidden();
  await expect(lead).toHaveValue('9');
  await application.close();

  const again = await start();
  await again.page.keyboard.press('Control+5');
  await expect(answer(again.page)).toContainText('The next window is Wed ', PATIENCE);
  await expect(again.page.getByRole('textbox', { name: 'Finish days before a deadline' })).toHaveValue('9');
});

test('overdue work is listed by cluster before the windows, and a window shows its tasks, with commands and sources', async ({
  shared,
}) => {
  const { page } = shared;
  await openPlan(shared);
  const view = page.getByRole('region', { name: 'Maintenance' });
  await expect(view.getByRole('heading', { level: 3 }).first()).toHaveText(/^Now, outside any window \(\d+\)$/u);
  const summary = view
    .locator('summary')
    .filter({ hasText: /\d+ tasks/u })
    .nth(1);
  await summary.focus();
  await page.keyboard.press('Enter');
  const window = view.locator('details[open]:has(> summary:focus)');
  await expect(window).toContainText('-AksHci');
  await window.getByText('Why', { exact: true }).first().click();
  await expect(window.getByRole('button', { name: /^Source: / }).first()).toBeVisible();
  await view.getByRole('button', { name: 'Repair logistics' }).click();
  await expect(page.getByRole('heading', { name: /logistics/u }).first()).toBeVisible();
});

test('the calendar and the scheduled task are saved to the chosen files, and other programs can read them', async ({
  shared,
  folder,
}) => {
  const { page, application } = shared;
  await openPlan(shared);
  await tabTo(button(page, 'Calendar (.ics)'));
  const calendar = await savePlan(application, page, join(folder, 'plan.ics'));
  const events = new ICAL.Component(ICAL.parse(calendar.toString()) as unknown[])
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component));
  const titles = await page.locator('details > summary > strong').allTextContents();
  expect(events).toHaveLength(titles.length);
  expect(events[0]?.description).toContain('Update-AksHciCertificates');

  await tabTo(page.getByRole('textbox', { name: 'Account' }));
  await page.keyboard.type('CONTOSO\\aks-admin');
  await tabTo(button(page, 'Scheduled task (.xml)'));
  const task = await savePlan(application, page, join(folder, 'task.xml'));
  expect([...task.subarray(0, 2)]).toEqual([0xff, 0xfe]);
  const xml = new TextDecoder('utf-16le').decode(task);
  expect(xml.match(/<TimeTrigger /gu)).toHaveLength(titles.length);
  expect(xml).toContain('<UserId>CONTOSO\\aks-admin</UserId>');
  expect(xml).toContain(`<StartBoundary>${events[0]?.startDate.toJSDate().toISOString().replace('.000Z', 'Z') ?? ''}<`);
});

test('the plan, its rules and its windows are translated into Japanese, but the cmdlets are not', async ({
  shared,
}) => {
  const { page } = shared;
  await openPlan(shared);
  await page.keyboard.press('Control+Shift+L');
  await expect(answer(page)).toContainText('今すぐ実行してください');
  const view = page.getByRole('region', { name: 'メンテナンス' });
  await expect(view.getByRole('button', { name: '土曜日' })).toBeVisible();
  await expect(view.getByText('Update-AksHciCertificates').first()).toBeVisible();
  const words = await view.locator('h2, h3, h4, label, button').allTextContents();
  const english = words.filter((text) => /[a-z]{4}/u.test(text) && !/[\p{sc=Han}\p{sc=Kana}]/u.test(text));
  // Names of clusters stay as they are.
  expect(english.filter((text) => !/^[a-z0-9.-]+$/u.test(text.trim()))).toEqual([]);
});

test('axe finds no problems on the plan, in either theme', async ({ shared }) => {
  const { page } = shared;
  await openPlan(shared);
  expect(await findingsInBothThemes(page)).toEqual([]);
});
