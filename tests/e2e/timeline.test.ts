import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { runAxe } from './axe.ts';
import { expect, test } from './console.ts';
import { readTexts, readLaneEnds, readScale, watchPicture, type Scale } from './picture.ts';

/** Computing a forecast takes time on a busy machine. */
const PATIENCE = { timeout: 120_000 };
/** In this cluster, the serving certificates of kubelets are not renewed and expire within a few days. */
const CLUSTER = 'finance';
const DAY_MS = 86_400_000;
/** An x position near the right edge of the picture. */
const FAR_PX = 1_000;
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

test.use({ content: 'fleet' });

async function openTimeline(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /^Expired: [1-9]/u })).toBeVisible(PATIENCE);
  await page.keyboard.press('Control+3');
  await expect(answer(page)).toHaveText(/^If nothing changes, .* breaks first, on /u, PATIENCE);
}

function answer(page: Page): Locator {
  return page.getByRole('region', { name: /^(Timeline|タイムライン)$/u }).getByRole('heading');
}

function picture(page: Page): Locator {
  return page.getByRole('application');
}

/** Finds the line below the picture that describes the position chosen with the pointer or the keyboard. */
function line(page: Page): Locator {
  return page.getByRole('region', { name: /^(Timeline|タイムライン)$/u }).getByRole('status');
}

/** Reads the expiry of the serving certificates of the kubelets from the files, in the order of the lanes. */
function readServingEnds(fleet: string): number[] {
  const files = readdirSync(join(fleet, CLUSTER), { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith('kubelet-server-current.pem'))
    .map((name) => Date.parse(new X509Certificate(readFileSync(join(fleet, CLUSTER, name))).validTo))
    .sort((one, other) => one - other);
}

/** Expands the cluster and brings its first lanes into view. */
async function openByKeyboard(page: Page): Promise<void> {
  const { keyboard } = page;
  await picture(page).focus();
  for (let presses = 0; presses < 8 && !(await isAt(page)); presses += 1) await keyboard.press('ArrowDown');
  await keyboard.press('Space');
  for (let lanes = 0; lanes < 4; lanes += 1) await keyboard.press('ArrowDown');
}

async function isAt(page: Page): Promise<boolean> {
  return (await line(page).innerText()).startsWith(CLUSTER);
}

/** Waits until every end in view is painted at its date on the axis. */
async function expectPaintedAt(page: Page, ends: number[]): Promise<void> {
  const farthestPx = async (): Promise<number> => {
    const scale = await readScale(page);
    const painted = await readLaneEnds(picture(page), 'kubelet server');
    if (painted.length === 0) return Number.POSITIVE_INFINITY;
    return Math.max(...painted.map((px, at) => Math.abs(px - scale.pixelAt(ends[at] ?? 0))));
  };
  await expect.poll(farthestPx, { message: 'pixels between an end and its date' }).toBeLessThan(1.5);
}

/** Waits until the picture shows a different period. */
async function nextScale(page: Page, before: Scale): Promise<Scale> {
  let scale = before;
  const measureShiftPx = async (): Promise<number> => {
    scale = await readScale(page);
    const moved = [0, FAR_PX].map((px) => Math.abs(scale.pixelAt(before.dateAt(px)) - px));
    return Math.max(...moved);
  };
  await expect.poll(measureShiftPx).toBeGreaterThan(1);
  return scale;
}

test('the timeline is navigated by keyboard alone and describes the current position', async ({ shared }) => {
  const { page } = shared;
  await openTimeline(page);
  expect(await runAxe(page)).toEqual([]);
  await picture(page).focus();

  // The next lane is that of a cluster; Space expands it and shows its credentials.
  const first = await line(page).textContent();
  await page.keyboard.press('ArrowDown');
  await expect(line(page)).not.toHaveText(first ?? '');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await expect(line(page)).toContainText(/Valid until \d+ \w+ \d{4} \d\d:\d\d/u);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');

  // Each event of the lane has a cause and sources.
  await page.keyboard.press('Control+ArrowRight');
  const event = await line(page).textContent();
  expect(event).toMatch(/\d{4} \d\d:\d\d/u);
  await page.keyboard.press('Control+ArrowLeft');
  await expect(line(page)).not.toHaveText(event ?? '');
  await expect(line(page).getByRole('button', { name: /^Source: / })).toBeVisible();

  // Enter opens the cluster of the lane.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  const cluster = (await line(page).getByRole('strong').textContent()) ?? '';
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: cluster })).toBeVisible();
});

test('keys zoom and scroll the timeline, and each end is painted at the date in its certificate', async ({
  shared,
  fleet,
}) => {
  const { page } = shared;
  await openTimeline(page);
  await watchPicture(page);
  await openByKeyboard(page);
  const ends = readServingEnds(fleet);
  await expectPaintedAt(page, ends);
  const middlePx = ((await picture(page).boundingBox())?.width ?? 0) / 2;
  const press = async (key: string, before: Scale): Promise<Scale> => {
    await page.keyboard.press(key);
    return nextScale(page, before);
  };

  const initial = await readScale(page);
  const closer = await press('+', initial);
  expect(closer.msPerPx).toBeLessThan(initial.msPerPx / 1.2);

  // The present comes into view near the left edge.
  const away = await press('ArrowRight', closer);
  const home = await press('Home', away);
  expect(home.msPerPx / closer.msPerPx).toBeCloseTo(1);
  expect(home.pixelAt(Date.now())).toBeLessThan(middlePx);
  await expectPaintedAt(page, ends);

  const earlier = await press('ArrowLeft', home);
  expect(earlier.dateAt(middlePx)).toBeLessThan(home.dateAt(middlePx));
  await expectPaintedAt(page, ends);
  const later = await press('ArrowRight', earlier);
  expect(later.pixelAt(home.dateAt(middlePx))).toBeCloseTo(middlePx, 0);
  await expectPaintedAt(page, ends);

  const wider = await press('-', later);
  expect(wider.msPerPx / initial.msPerPx).toBeCloseTo(1);

  // The picture shows the whole forecast, one year from now.
  const all = await press('0', wider);
  expect(all.pixelAt(Date.now() + 364 * DAY_MS)).toBeLessThan(2 * middlePx);
  await expectPaintedAt(page, ends);
});

test('the mouse inspects, opens, zooms and drags, and each end is painted at the date in its certificate', async ({
  shared,
  fleet,
}) => {
  const { page } = shared;
  await openTimeline(page);
  await watchPicture(page);
  const box = await picture(page).boundingBox();
  if (box === null) throw new Error('no picture');
  const pagePoint = (x: number, y: number): [number, number] => [box.x + x, box.y + y];

  await page.mouse.move(...pagePoint(320, 50));
  const over = await line(page).textContent();
  await page.mouse.move(...pagePoint(340, 94));
  await expect(line(page)).not.toHaveText(over ?? '');

  // Clicking the arrow before a cluster expands it; the next item is then a credential.
  const name = (await readTexts(page)).find(({ text }) => text.startsWith(CLUSTER));
  const y = name?.y ?? 0;
  await page.mouse.click(...pagePoint(10, y));
  await page.mouse.move(...pagePoint(90, y + 34));
  await expect(line(page)).toContainText('Valid until');
  await page.mouse.wheel(0, 80);

  // Zooming and dragging keep the instant under the pointer in place.
  const ends = readServingEnds(fleet);
  await page.mouse.move(...pagePoint(420, 94));
  await expectPaintedAt(page, ends);
  const initial = await readScale(page);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -400);
  await page.keyboard.up('Control');
  const closer = await nextScale(page, initial);
  expect(closer.msPerPx).toBeLessThan(initial.msPerPx / 1.2);
  expect(Math.abs(closer.pixelAt(initial.dateAt(420)) - 420)).toBeLessThan(1);
  await expectPaintedAt(page, ends);
  await page.mouse.down();
  await page.mouse.move(...pagePoint(620, 94), { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await readScale(page)).pixelAt(closer.dateAt(420))).toBeCloseTo(620, 0);
  expect((await readScale(page)).msPerPx / closer.msPerPx).toBeCloseTo(1);
  await expectPaintedAt(page, ends);
});

test('the headline of the timeline states the result of the chosen scenario', async ({ shared }) => {
  const { page } = shared;
  await openTimeline(page);
  await page.getByRole('radio', { name: /^Switched off/u }).check();
  await expect(answer(page)).toHaveText(/^If the hosts with all clusters are switched off /u);
  await page.getByRole('combobox', { name: 'Switch off' }).selectOption({ label: 'osaka-plant' });
  await expect(answer(page)).toHaveText(/^If osaka-plant is switched off /u);
  const until = page.getByLabel('To', { exact: true });
  await until.fill('2020-01-01T00:00');
  await until.blur();
  await expect(answer(page)).toHaveText('The end must be after the start.');
  await page.getByRole('radio', { name: /^Updated on …/u }).check();
  await expect(answer(page)).toHaveText(/^If everything is updated on /u);
  await page.getByRole('radio', { name: /^Unattended/u }).check();
  await expect(answer(page)).toHaveText('The end must be after the start.');
  await page.getByRole('radio', { name: /^Update skipped/u }).check();
  await expect(answer(page)).toHaveText(/^If you skip the next monthly update,/u);
  await page.getByRole('radio', { name: /^No action/u }).check();
  await expect(answer(page)).toHaveText(/^If nothing changes, .* breaks first, on /u);
});

test('the table has the same content as the picture, also in Japanese', async ({ shared }) => {
  const { page } = shared;
  await openTimeline(page);
  await page.getByRole('button', { name: 'As a table' }).click();
  const clusters = page.getByRole('table', { name: 'Clusters' });
  await expect(clusters.getByRole('row')).toHaveCount(9);
  const osaka = clusters.getByRole('row', { name: /^osaka-plant/u });
  await expect(osaka).toContainText('Breaks first: ');
  await expect(osaka).toContainText(/: from \d+ \w+, until somebody repairs it/u);
  const events = page.getByRole('table', { name: /^\d+ events$/u });
  await expect(events.getByRole('row').nth(20)).toBeAttached();
  expect(await runAxe(page)).toEqual([]);

  await page.getByText('日本語', { exact: true }).click({ force: true });
  await expect(answer(page)).toContainText('何もしない場合、最初に使えなくなるのは');
  const told = await page.getByRole('table').last().getByRole('row').nth(1).textContent();
  expect(told).toMatch(JAPANESE);
  await page.getByRole('button', { name: '図で表示' }).click();
  await expect(picture(page)).toHaveAccessibleName('タイムライン (クラスター 8 個)');
});
