import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { translator, type Language } from '../../core/shared/text/text.ts';
import { expect, rowCount, runByPalette, type Running } from './console.ts';
import { PATIENCE } from './launch.ts';

const t = translator('en');

/** Fewer rows than a lab has. */
export const MOST_ROWS_UNREAD = 50;

const PASTED =
  'PS C:\\> Get-AksHciCredential -name logistics\nUnable to connect to the server: x509: certificate has expired';

export interface Screen {
  name: string;
  /** The clusters that the console knows: those of the demo fleet, or those of a lab that was off for five days. */
  clusters: 'demo' | 'lab';
  /** Starts at any screen of an English console. */
  open: (running: Running) => Promise<void>;
  /** Finds the first line of the screen’s content, which is in view in any window. */
  firstLine: (page: Page) => Locator;
  /** Finds the whole first row, or the first command, which is in view unless the page is enlarged. */
  firstRow: (page: Page, language: Language) => Locator;
}

function button(page: Page, name: string): Locator {
  return page.getByRole('main').getByRole('button', { name, exact: true });
}

export async function openFleet({ page }: Running): Promise<void> {
  await expect.poll(() => rowCount(page), PATIENCE).toBeGreaterThan(MOST_ROWS_UNREAD);
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('article').first()).toBeVisible(PATIENCE);
}

async function openPlan(running: Running): Promise<void> {
  await openFleet(running);
  await button(running.page, t('action.repair', { cluster: 'sapporo-depot' }))
    .first()
    .click();
  await expect(running.page.getByRole('list', { name: t('repair.plan.causes') })).toContainText('F01', PATIENCE);
}

/** The screens that an admin meets on the way from the start of the console to a repaired cluster, and the lab. */
export const SCREENS: readonly Screen[] = [
  {
    name: 'fleet',
    clusters: 'demo',
    open: openFleet,
    firstLine: (page) => page.getByRole('article').first().getByRole('heading', { level: 3 }),
    firstRow: (page) => page.getByRole('article').first(),
  },
  {
    name: 'cluster',
    clusters: 'demo',
    open: async (running) => {
      await openFleet(running);
      await button(running.page, 'logistics').click();
      await expect(running.page.getByRole('heading', { level: 1, name: 'logistics' })).toBeFocused();
    },
    firstLine: (page) => page.locator('main ol strong').first(),
    firstRow: (page, language) =>
      page
        .getByRole('list', { name: translator(language)('fleet.chain') })
        .getByRole('listitem')
        .first(),
  },
  {
    name: 'outage',
    clusters: 'demo',
    open: async (running) => {
      await openFleet(running);
      const { page, application } = running;
      await application.evaluate(({ clipboard }, text) => clipboard.writeText(text), PASTED);
      await page.locator('h1').first().click();
      await page.keyboard.press('Control+V');
      await expect(page.getByRole('region', { name: t('repair.cause.first') })).toBeVisible(PATIENCE);
    },
    firstLine: (page) => page.getByRole('article').first().getByRole('heading', { level: 3 }),
    firstRow: (page, language) =>
      page
        .getByRole('region', { name: translator(language)('repair.cause.first') })
        .locator('.command')
        .first(),
  },
  {
    name: 'plan',
    clusters: 'demo',
    open: openPlan,
    firstLine: (page) => page.locator('main details[open] summary').first(),
    firstRow: (page) => page.locator('main details[open] .command').first(),
  },
  {
    name: 'run',
    clusters: 'lab',
    open: async (running) => {
      const { page } = running;
      await openFleet(running);
      await button(page, t('action.repair', { cluster: 'lab-logistics' }))
        .first()
        .click();
      await button(page, t('repair.wizard.to.run')).click();
      await button(page, t('run.begin.start')).click();
      await expect(page.getByRole('article').getByRole('heading', { level: 2 })).toBeFocused(PATIENCE);
      await expect(button(page, t('run.ask.run'))).toBeVisible(PATIENCE);
    },
    firstLine: (page) => page.getByRole('article').getByRole('heading', { level: 2 }),
    firstRow: (page, language) => button(page, translator(language)('run.ask.run')),
  },
  {
    name: 'lab',
    clusters: 'demo',
    open: async ({ page }) => {
      await runByPalette(page, t('command.lab.open'));
      await expect(page.getByRole('heading', { level: 1, name: t('navigation.lab') })).toBeVisible();
      await expect(button(page, t('lab.form.submit'))).toBeVisible(PATIENCE);
    },
    firstLine: (page) => page.getByRole('heading', { level: 1 }),
    firstRow: (page) => page.getByRole('radio').first(),
  },
];

export interface Size {
  width: number;
  height: number;
  zoom: number;
}

export const SIZES: readonly Size[] = [
  { width: 1280, height: 800, zoom: 1 },
  { width: 1920, height: 1080, zoom: 1 },
  { width: 1024, height: 640, zoom: 1 },
  { width: 1280, height: 800, zoom: 2 },
];

/** Resolves when the page has been laid out and painted at this size. */
export async function resize({ application, page }: Running, size: Size): Promise<void> {
  await application.evaluate(({ BrowserWindow }, { width, height, zoom }) => {
    const window = BrowserWindow.getAllWindows()[0];
    window?.setContentSize(width, height);
    window?.webContents.setZoomFactor(zoom);
  }, size);
  const { width, height, zoom } = size;
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width / zoom, height / zoom]);
  await waitForFrames(page);
}

/** Waits two frames: the first frame draws the current document. */
export async function waitForFrames(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
  });
}

/** Returns a PNG of the window’s content, encoded in Base64. */
export function takePicture(application: ElectronApplication): Promise<string> {
  return application.evaluate(async ({ BrowserWindow }) => {
    const picture = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return picture?.toPNG().toString('base64') ?? '';
  });
}

export interface Shot {
  title: string;
  picture: string;
}

/** Draws pictures with their titles on one sheet; returns a PNG, encoded in Base64. */
export function drawSheet(page: Page, rows: readonly (readonly Shot[])[], cellPx: number): Promise<string> {
  return page.evaluate(
    async ({ rows, cellPx }) => {
      const [gap, line] = [16, 28];
      const load = async ({ title, picture }: { title: string; picture: string }) => {
        const image = new Image();
        image.src = `data:image/png;base64,${picture}`;
        await image.decode();
        return { title, image, height: (cellPx * image.height) / image.width };
      };
      const drawn = await Promise.all(rows.map((row) => Promise.all(row.map(load))));
      const heights = drawn.map((row) => Math.max(...row.map(({ height }) => height)) + line + gap);
      const canvas = document.createElement('canvas');
      canvas.width = gap + Math.max(...drawn.map(({ length }) => length)) * (cellPx + gap);
      canvas.height = gap + heights.reduce((sum, height) => sum + height, 0);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.fillStyle = '#888';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = '#fff';
      context.font = '18px sans-serif';
      let top = gap;
      for (const [at, row] of drawn.entries()) {
        for (const [column, { title, image, height }] of row.entries()) {
          const left = gap + column * (cellPx + gap);
          context.fillText(title, left, top + 18);
          context.drawImage(image, left, top + line, cellPx, height);
        }
        top += heights[at] ?? 0;
      }
      return canvas.toDataURL('image/png').replace(/^.*,/u, '');
    },
    { rows, cellPx },
  );
}
