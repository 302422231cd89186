import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillDataFolder } from '../support/large-inventory.ts';
import { answerSaveDialog, board, details, expect, measureKeptRows, rowCount, test } from './console.ts';

const CLUSTERS = 250;
const PER_CLUSTER = 8;
/** With this many credentials per cluster, rows are listed from columns. */
const LISTED_PER_CLUSTER = 20;
/** The simulation of this many clusters takes longer than a quarter of a second. */
const FORETOLD_CLUSTERS = 800;
const FORETOLD_PER_CLUSTER = 40;

test('a report on 250 clusters warns of its length before it is saved, and any row of the board can be found', async ({
  start,
  dataFolder,
  folder,
}) => {
  await fillDataFolder(dataFolder, CLUSTERS, PER_CLUSTER, Date.now());
  const { application, page } = await start();
  await expect.poll(() => rowCount(page)).toBe(CLUSTERS * PER_CLUSTER);

  const report = join(folder, 'report.html');
  await answerSaveDialog(application, report);
  const openReport = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Report for management' }).click();
  };
  const dialog = page.getByRole('dialog', { name: 'A report of 251 pages' });
  await openReport();
  await expect(dialog).toContainText('each of 250 clusters');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(existsSync(report)).toBe(false);
  await openReport();
  await dialog.getByRole('button', { name: 'Save report' }).click();
  await expect(page.getByText('Saved report.html')).toBeVisible({ timeout: 120_000 });
  expect(readFileSync(report, 'utf8').split('<section class="page').length - 1).toBe(251);

  await page.getByRole('textbox', { name: 'Filter' }).fill('node-7.cluster-0249');
  await expect.poll(() => rowCount(page)).toBe(1);
  await board(page).getByRole('row').nth(1).click();
  await expect(details(page)).toContainText('node-7.cluster-0249.contoso.example');
  await details(page).getByRole('tab', { name: 'Files' }).click();
  await expect(details(page)).toContainText('/clusters/cluster-0249/pki/7.crt');
});

test('all row elements are reused after a jump in a long list of choices', async ({ start, dataFolder }) => {
  await fillDataFolder(dataFolder, CLUSTERS, PER_CLUSTER, Date.now());
  const { page } = await start();
  await expect.poll(() => rowCount(page)).toBe(CLUSTERS * PER_CLUSTER);
  await page.keyboard.press('Control+Shift+R');
  await page
    .getByRole('button', { name: /^A node was compromised/u })
    .first()
    .click();
  const grid = page.getByRole('grid');
  await expect(grid.getByRole('row').nth(1)).toContainText('node-');
  expect(await measureKeptRows(grid, 6_000)).toBe(1);
});

test('one of 250 clusters can be found by name in the settings and forgotten there', async ({ start, dataFolder }) => {
  await fillDataFolder(dataFolder, CLUSTERS, 1, Date.now());
  const { page } = await start();
  await expect.poll(() => rowCount(page)).toBe(CLUSTERS);
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  const clusters = page.getByRole('region', { name: 'Clusters' });
  await expect(clusters.getByRole('listitem')).toHaveCount(50);
  await clusters.getByRole('textbox', { name: 'Find clusters by name' }).fill('CLUSTER-024');
  await expect(clusters.getByRole('listitem')).toHaveCount(10);
  await clusters.getByRole('button', { name: 'Forget cluster-0249' }).click();
  await expect(clusters.getByRole('listitem')).toHaveCount(9);
  await clusters.getByRole('textbox').fill('nowhere');
  await expect(clusters.getByRole('status')).toHaveText('No cluster name matches.');
  await clusters.getByRole('button', { name: 'Clear the cluster search' }).click();
  await expect(clusters.getByRole('button', { name: 'Show 199 more' })).toBeVisible();
});

test('a fleet of thousands of credentials is listed without reading its files, and a file damaged later is reported', async ({
  start,
  dataFolder,
}) => {
  await fillDataFolder(dataFolder, CLUSTERS, LISTED_PER_CLUSTER, Date.now());
  const first = await start();
  await expect.poll(() => rowCount(first.page)).toBe(CLUSTERS * LISTED_PER_CLUSTER);
  await expect
    .poll(() => (existsSync(join(dataFolder, 'columns')) ? readdirSync(join(dataFolder, 'columns')).length : 0), {
      timeout: 120_000,
    })
    .toBeGreaterThan(50);
  await first.application.close();

  const damaged = join(dataFolder, 'clusters', 'cluster-0007.json');
  writeFileSync(damaged, readFileSync(damaged).subarray(0, -100));
  const { page } = await start();
  await expect.poll(() => rowCount(page)).toBe((CLUSTERS - 1) * LISTED_PER_CLUSTER);
  await expect(page.getByText('The file cluster-0007.json of')).toBeVisible();
  await page.getByRole('textbox', { name: 'Filter' }).fill('node-7.cluster-0249');
  await expect.poll(() => rowCount(page)).toBe(1);
  await board(page).getByRole('row').nth(1).click();
  await details(page).getByRole('tab', { name: 'Files' }).click();
  await expect(details(page)).toContainText('/clusters/cluster-0249/pki/7.crt');
});

test('the timeline of hundreds of clusters shows the first clusters before all have been simulated, then the rest', async ({
  start,
  dataFolder,
}) => {
  await fillDataFolder(dataFolder, FORETOLD_CLUSTERS, FORETOLD_PER_CLUSTER, Date.now());
  const { page } = await start();
  await expect.poll(() => rowCount(page)).toBe(FORETOLD_CLUSTERS * FORETOLD_PER_CLUSTER);
  // Records intermediate states, which may be over before Playwright checks them.
  await page.evaluate(() => {
    const seen: { done: number; of: number; heading: string; lanes: string }[] = [];
    (globalThis as unknown as { seen: typeof seen }).seen = seen;
    new MutationObserver(() => {
      const progress = document.querySelector('progress');
      const heading = document.querySelector('section h2')?.textContent ?? '';
      const lanes = document.querySelector('[role=application]')?.getAttribute('aria-label') ?? '';
      if (progress !== null) seen.push({ done: progress.value, of: progress.max, heading, lanes });
    }).observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
  });
  await page.keyboard.press('Control+3');
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline.getByRole('heading')).toHaveText(/^If nothing changes, .* breaks first, on /u, {
    timeout: 120_000,
  });
  await expect(timeline.getByRole('progressbar')).toBeHidden();
  await expect(page.getByRole('application')).toHaveAccessibleName(`Timeline, ${FORETOLD_CLUSTERS} clusters`);
  const seen = await page.evaluate(
    () => (globalThis as unknown as { seen: { done: number; of: number; heading: string; lanes: string }[] }).seen,
  );
  expect(seen.length).toBeGreaterThan(0);
  for (const { done, of, heading, lanes } of seen) {
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(of);
    expect(heading).toMatch(/^So far: If nothing changes, /u);
    expect(lanes).toBe(`Timeline, ${done} clusters`);
  }

  await page.getByRole('button', { name: 'As a table' }).click();
  const clusters = page.getByRole('table', { name: 'Clusters' });
  await expect(clusters.getByRole('row')).toHaveCount(51);
  await page.getByRole('button', { name: 'Show more clusters' }).click();
  await expect(clusters.getByRole('row')).toHaveCount(251);
});

test('the last row of a table too tall for a browser is reached by key and by scroll bar', async ({
  start,
  dataFolder,
}) => {
  test.slow();
  const [clusters, perCluster] = [1_600, 100];
  await fillDataFolder(dataFolder, clusters, perCluster, Date.now());
  const { application, page } = await start();
  const total = clusters * perCluster;
  await expect.poll(() => rowCount(page), { timeout: 120_000 }).toBe(total);
  // The next steps appear late above the board and take up some of its space.
  await expect(page.getByRole('heading', { level: 1 })).toContainText('are down', { timeout: 120_000 });
  const grid = board(page);
  const last = grid.locator(`[aria-rowindex="${total + 1}"]`);
  await grid.focus();
  await page.keyboard.press('End');
  await expect(last).toBeInViewport({ ratio: 1 });
  await expect(last).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Home');
  await expect(grid.locator('[aria-rowindex="2"]')).toBeInViewport({ ratio: 1 });
  await expect(last).toBeHidden();

  await grid.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await expect(last).toBeInViewport({ ratio: 1 });
  // In the middle of the table, a wheel event scrolls the rows by the given number of pixels, and resizing the window
  // does not move the rows.
  await grid.evaluate((element) => element.scrollTo({ top: element.scrollHeight / 2 }));
  await expect(last).toBeHidden();
  expect(await measureKeptRows(grid, -20_000)).toBe(1);
  const index = await grid.getByRole('row').nth(12).getAttribute('aria-rowindex');
  // Reads both positions in one call, since the board may move within the window.
  const top = (): Promise<number | undefined> =>
    grid.evaluate((element, row) => {
      const place = element.querySelector(`[aria-rowindex="${row}"]`)?.getBoundingClientRect();
      return place && place.top - element.getBoundingClientRect().top;
    }, index);
  const before = (await top()) ?? NaN;
  await grid.hover();
  await page.mouse.wheel(0, -120);
  await expect.poll(top).toBe(before + 120);
  const height = await grid.evaluate((element) => element.clientHeight);
  await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1_280, 720));
  await expect.poll(() => grid.evaluate((element) => element.clientHeight)).not.toBe(height);
  expect(await top()).toBe(before + 120);
});
