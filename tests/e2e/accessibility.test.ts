import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { change, findingsInBothThemes } from './axe.ts';
import { answerOpenDialog, board, details, expect, rowCount, runByPalette, test } from './console.ts';
import { mainApi } from './main-api.ts';

async function openAuthorities(page: Page): Promise<void> {
  await page.keyboard.press('Control+Shift+A');
  await expect(page.getByRole('navigation').locator('[aria-current=page]')).toHaveText(
    /Certificate authorities|認証局/u,
  );
}

const AUTHORITY = 'practice';
const CERTIFICATE = 'system:kube-scheduler';
const IDENTITIES = /^\s*(?:Identities|ID)/u;

/** Finds a row by its text, because authorities created in the same second have no fixed order. */
function line(page: Page, text: string | RegExp): Locator {
  return page.getByRole('treeitem').filter({ hasText: text });
}

/** Creates an authority of each kind without the dialogs, which have their own tests. */
async function makeAuthorities(page: Page): Promise<void> {
  const { authority } = mainApi(page);
  const passphrase = 'correct horse battery staple';
  const made = await authority.create({ name: AUTHORITY, kind: 'kubernetes', passphrase });
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  await authority.issue({ authorityId: made.value.id, profile: 'scheduler', values: {}, dns: [], ip: [] });
  await authority.create({ name: 'agent', kind: 'moc', passphrase, cloudAgentFqdn: 'ca.corp.example' });
}

for (const language of ['en', 'ja'] as const) {
  test(`axe finds no problems on the board and its dialogs and menus, in either theme, ${language}`, async ({
    start,
    workstation,
  }) => {
    const { page } = await start();
    await change(page, { language });
    expect(await findingsInBothThemes(page), 'empty console').toEqual([]);
    await page.keyboard.press('F1');
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await findingsInBothThemes(page), 'shortcuts').toEqual([]);
    await page.keyboard.press('Escape');
    await runByPalette(page, 'arcwarden');
    await expect(page.getByRole('dialog')).toContainText('Electron');
    expect(await findingsInBothThemes(page), 'about').toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();

    const session = await page.context().newCDPSession(page);
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', {
        type,
        x: 600,
        y: 400,
        data: { items: [], files: [workstation.folder], dragOperationsMask: 1 },
      });
    }
    await expect.poll(() => rowCount(page)).toBeGreaterThan(10);
    await board(page).getByRole('row').nth(1).click();
    await expect(details(page)).toBeVisible();
    expect(await findingsInBothThemes(page), 'board and details').toEqual([]);

    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.type('k');
    expect(await findingsInBothThemes(page), 'command palette').toEqual([]);
  });

  test(`axe finds no problems on the power-off view, the settings and a report in either theme, ${language}`, async ({
    start,
    workstation,
  }) => {
    const { page } = await start('--import', workstation.folder);
    await change(page, { language });
    await expect.poll(() => rowCount(page)).toBeGreaterThan(10);
    await page.keyboard.press('Control+4');
    await expect(page.getByRole('article').first()).toBeVisible();
    for (const summary of await page.locator('article summary').all()) await summary.click();
    expect(await findingsInBothThemes(page), 'power-off').toEqual([]);
    await page.keyboard.press('Control+,');
    await expect(page.getByRole('grid')).toBeHidden();
    const threshold = page.locator('section[aria-labelledby=settings-thresholds] input').first();
    await threshold.locator('xpath=ancestor::details/summary').click();
    await threshold.fill('x');
    await threshold.press('Enter');
    await expect(page.getByRole('alert').first()).toBeVisible();
    expect(await findingsInBothThemes(page), 'settings').toEqual([]);
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /^(Import report|インポート結果)/u })
      .click();
    await expect(threshold).toBeHidden();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await findingsInBothThemes(page), 'import report').toEqual([]);
  });

  test(`axe finds no problems on the authorities in either theme, ${language}`, async ({ start }) => {
    const { page } = await start();
    await change(page, { language });
    await openAuthorities(page);
    expect(await findingsInBothThemes(page), 'no authority').toEqual([]);
    await page.getByRole('main').getByRole('button').first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await findingsInBothThemes(page), 'new authority').toEqual([]);
    await page.keyboard.press('Escape');
    await makeAuthorities(page);
    await expect(page.getByRole('treeitem')).toHaveCount(9);
    await line(page, AUTHORITY).click();
    await expect(details(page).getByRole('heading', { name: AUTHORITY })).toBeVisible();
    expect(await findingsInBothThemes(page), 'authority').toEqual([]);
    await line(page, CERTIFICATE).click();
    await expect(details(page).locator('pre')).toBeVisible();
    expect(await findingsInBothThemes(page), 'certificate').toEqual([]);
    const buttons = details(page).locator('.actions button');
    const dialog = page.getByRole('dialog');
    await line(page, CERTIFICATE).click();
    await buttons.nth(1).click();
    await page.getByRole('menuitem').nth(3).click();
    await expect(dialog).toBeVisible();
    await dialog.locator('button[type=submit]').click();
    expect(await findingsInBothThemes(page), 'PFX without a passphrase').toEqual([]);
    await page.keyboard.press('Escape');
    await line(page, AUTHORITY).click();
    await buttons.nth(2).click();
    await page.getByRole('menuitem').first().click();
    await expect(details(page).locator('.note')).toBeVisible();
    expect(await findingsInBothThemes(page), 'locked').toEqual([]);
    await buttons.first().click();
    await dialog.locator('input[type=password]').fill('wrong');
    await dialog.locator('button[type=submit]').click();
    await expect(dialog.getByRole('alert')).not.toBeEmpty();
    expect(await findingsInBothThemes(page), 'wrong passphrase').toEqual([]);
  });

  test(`axe finds no problems in the dialogs for authorities in either theme, ${language}`, async ({
    start,
    folder,
  }) => {
    const { application, page } = await start();
    const request = join(folder, 'node-1.csr');
    const words = ['-newkey', 'rsa:2048', '-nodes', '-keyout', join(folder, 'node-1.key'), '-subj', '/CN=node-1'];
    execFileSync('openssl', ['req', '-new', ...words, '-out', request], { stdio: 'pipe' });
    // A request is chosen first, and its dialog shows what it asks for.
    await answerOpenDialog(application, [request]);
    await change(page, { language });
    await openAuthorities(page);
    await makeAuthorities(page);
    await expect(page.getByRole('treeitem')).toHaveCount(9);
    const buttons = details(page).locator('.actions button');
    const dialog = page.getByRole('dialog');
    for (const [text, button, name] of [
      [AUTHORITY, 0, 'issue'],
      [AUTHORITY, 1, 'sign'],
      [AUTHORITY, 3, 'remove'],
      [CERTIFICATE, 2, 'verify'],
      [CERTIFICATE, 3, 'revoke'],
      [IDENTITIES, 0, 'new identity'],
    ] as const) {
      await line(page, text).click();
      await expect(line(page, text)).toHaveAttribute('aria-selected', 'true');
      await buttons.nth(button).click();
      await expect(dialog).toBeVisible();
      if (name === 'verify') {
        await dialog.locator('button[type=submit]').click();
        await expect(dialog.getByRole('region')).toBeVisible();
      }
      expect(await findingsInBothThemes(page), name).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
    }
  });
}

test.describe('with the files of an admin', () => {
  test.use({ content: 'workstation' });

  for (const [width, height, zoom] of [
    [1024, 640, 1],
    [1280, 800, 2],
  ] as const) {
    test(`at ${width} by ${height} and ${zoom * 100} %, the page does not overflow to the side`, async ({ shared }) => {
      const { application, page } = shared;
      await expect.poll(() => rowCount(page)).toBeGreaterThan(10);
      await application.evaluate(
        ({ BrowserWindow }, size) => {
          const window = BrowserWindow.getAllWindows()[0];
          window?.setSize(size.width, size.height);
          window?.webContents.setZoomFactor(size.zoom);
        },
        { width, height, zoom },
      );
      await board(page).getByRole('row').nth(1).click();
      await expect(details(page)).toBeVisible();
      const overflow = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(overflow).toBeLessThanOrEqual(0);
      await expect(details(page).getByRole('button', { name: 'Close the details' })).toBeInViewport();
    });
  }
});
