import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { board, details, expect, rowCount, test } from './console.ts';

/** Everything that axe checks; its own list of rules, none switched off. */
async function findingsOf(page: Page): Promise<string[]> {
  // Electron has no second target to run axe in, which the newer mode needs.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['en', 'ja'] as const) {
    test(`axe finds nothing on any screen, ${theme}, ${language}`, async ({
      start,
      workstation,
    }) => {
      const { page } = await start();
      await page.evaluate(
        (change) =>
          (
            globalThis as unknown as {
              arcwarden: { settings: { change(value: object): Promise<unknown> } };
            }
          ).arcwarden.settings.change(change),
        { theme, language },
      );
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      expect(await findingsOf(page), 'empty console').toEqual([]);

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
      expect(await findingsOf(page), 'board and details').toEqual([]);

      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.keyboard.type('k');
      expect(await findingsOf(page), 'command palette').toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('F1');
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await findingsOf(page), 'shortcuts').toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page.keyboard.type('arcwarden');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toContainText('Electron');
      expect(await findingsOf(page), 'about').toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+,');
      await expect(page.getByRole('grid')).toBeHidden();
      expect(await findingsOf(page), 'settings').toEqual([]);
      await page.getByRole('navigation').getByRole('button').nth(1).click();
      expect(await findingsOf(page), 'import report').toEqual([]);
    });
  }
}

for (const [width, height, zoom] of [
  [1024, 640, 1],
  [1280, 800, 2],
] as const) {
  test(`at ${width} by ${height} and ${zoom * 100} % nothing is cut off sideways`, async ({
    start,
    workstation,
  }) => {
    const { application, page } = await start('--import', workstation.folder);
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
