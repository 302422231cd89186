import type { Locator, Page } from '@playwright/test';
import { change, findingsInBothThemes } from './axe.ts';
import { details, expect, runByPalette, test } from './console.ts';

test.use({ content: 'fleet' });

const chain = (page: Page): Locator => page.getByRole('list', { name: 'From the hosts to the kubeconfigs' });
const tab = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('navigation', { name: 'Parts of the cluster page' }).getByRole('button', { name });

test('a card opens the page of its cluster, where the broken link leads to the credential that broke it', async ({
  shared: { application, page },
}) => {
  await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800));
  await page.keyboard.press('Control+1');
  await page
    .getByRole('article', { name: 'logistics' })
    .getByRole('button', { name: 'logistics', exact: true })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'logistics' })).toBeFocused();
  await expect(page.locator('main')).toContainText('down since');
  await expect(chain(page).getByRole('listitem')).toHaveCount(7);
  const kms = chain(page).getByRole('listitem').filter({ hasText: 'KMS token' });
  await expect(kms).toContainText(/Not working.*ended/su);
  await expect(chain(page).getByRole('listitem').filter({ hasText: 'Load balancer' })).toContainText('Not read');
  await expect(chain(page).getByRole('listitem').filter({ hasText: 'Cloud agent' })).not.toContainText('Not working');
  // The whole picture is in view, in one line.
  const tops = await chain(page)
    .getByRole('listitem')
    .evaluateAll((links) => links.map((link) => Math.round(link.getBoundingClientRect().top)));
  expect(new Set(tops).size).toBe(1);
  await kms.getByRole('button').click();
  await expect(details(page)).toContainText('KMS plugin token');
  await details(page).getByRole('button', { name: 'logistics', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'logistics' })).toBeFocused();
  await page.getByRole('button', { name: 'Fleet', exact: true }).last().click();
  await expect(page.getByRole('heading', { name: 'Down: 2 clusters' })).toBeFocused();
});

test('tabs show the credentials, the plan, the files and what was replaced', async ({ shared: { page } }) => {
  await runByPalette(page, 'logistics');
  await expect(page.getByRole('heading', { level: 1, name: 'logistics' })).toBeVisible();
  await tab(page, 'Credentials 22').click();
  const rows = page.getByRole('list', { name: 'Credentials' }).getByRole('button');
  await expect(rows).toHaveCount(22);
  await expect(rows.first()).toContainText('Expired');
  await tab(page, /^Plan \d+$/u).click();
  const steps = await page.getByRole('region', { name: /^Plan/u }).locator('ol > li').count();
  await expect(tab(page, `Plan ${steps}`)).toHaveAttribute('aria-current', 'page');
  await tab(page, 'Timeline').click();
  await expect(page.getByText(/^Next 14 days \(\d+\)$/u)).toBeVisible();
  await page.getByText(/^Until now \(\d+\)$/u).click();
  const past = page.getByRole('list', { name: /^Until now/u }).getByRole('listitem');
  await expect(past.first()).toContainText(/\d{4}/u);
  await expect(page.getByText(`Until now (${await past.count()})`)).toBeVisible();
  await tab(page, 'Files').click();
  await expect(page.getByRole('list', { name: 'Files' }).getByRole('listitem').first()).toContainText(
    /credential.*read/u,
  );
  await tab(page, 'History').click();
  await expect(page.getByRole('status').filter({ hasText: 'All: nothing changed' })).toBeVisible();
  await expect(page.getByText(/^The first import was on /u)).toBeVisible();
});

test('the keyboard opens the page, its tabs and the details of a link, and Escape returns to the fleet', async ({
  shared: { page },
}) => {
  await page.keyboard.press('Control+1');
  await page
    .getByRole('article', { name: 'sapporo-depot' })
    .getByRole('button', { name: 'sapporo-depot', exact: true })
    .focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'sapporo-depot' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Down: 2 clusters' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  for (let presses = 0; presses < 6; presses += 1) {
    await page.keyboard.press('Tab');
    if (await tab(page, 'Overview').evaluate((element) => element === document.activeElement)) break;
  }
  await expect(tab(page, 'Overview')).toBeFocused();
});

test('axe finds no problem on the page of a cluster, which can switch to Japanese', async ({ shared: { page } }) => {
  await runByPalette(page, 'logistics');
  expect(await findingsInBothThemes(page)).toEqual([]);
  for (const name of [/^Credentials/u, /^Plan/u, 'Files', 'History']) {
    await tab(page, name).click();
    expect(await findingsInBothThemes(page)).toEqual([]);
  }
  await change(page, { language: 'ja' });
  await expect(page.getByRole('button', { name: '概要' })).toBeVisible();
});
