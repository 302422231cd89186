import type { Locator, Page } from '@playwright/test';
import { findingsOf } from './axe.ts';
import { expect, test } from './console.ts';

/** A forecast is computed on a machine that is also busy with other work. */
const PATIENCE = { timeout: 20_000 };
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

test.use({ holdsFleet: true });

/** Opens the timeline of a demo fleet. */
async function openTimeline(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /^Expired: [1-9]/u })).toBeVisible(PATIENCE);
  await page.keyboard.press('Control+2');
  await expect(answer(page)).toHaveText(/^If nothing is done, the first to break is /u, PATIENCE);
}

function answer(page: Page): Locator {
  return page.getByRole('region', { name: /^(Timeline|タイムライン)$/u }).getByRole('heading');
}

function picture(page: Page): Locator {
  return page.getByRole('application');
}

/** The line below the picture, which describes the position of the pointer or the keyboard. */
function line(page: Page): Locator {
  return page.getByRole('region', { name: /^(Timeline|タイムライン)$/u }).getByRole('status');
}

/** A checksum of the canvas, which changes when the picture does. */
function shown(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = document.querySelector('canvas');
    const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
    let sum = 0;
    for (const [at, value] of (data ?? []).entries()) sum = (sum * 31 + value + at) % 1_000_000_007;
    return sum;
  });
}

test('the timeline is navigated by keyboard alone, and states the current position', async ({ start }) => {
  const { page } = await start();
  await openTimeline(page);
  expect(await findingsOf(page)).toEqual([]);
  await picture(page).focus();

  // Lanes: the next cluster, expanded, then its first credential.
  const first = await line(page).textContent();
  await page.keyboard.press('ArrowDown');
  await expect(line(page)).not.toHaveText(first ?? '');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await expect(line(page)).toContainText(/Valid until \d+ \w+ \d{4} \d\d:\d\d/u);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');

  // Events of the lane, with the cause and the sources of each.
  await page.keyboard.press('Control+ArrowRight');
  const event = await line(page).textContent();
  expect(event).toMatch(/\d{4} \d\d:\d\d/u);
  await page.keyboard.press('Control+ArrowLeft');
  await expect(line(page)).not.toHaveText(event ?? '');
  await expect(line(page).getByRole('button', { name: /^Source: / })).toBeVisible();

  // Time: zooms in, out, moves on, back to now, and shows everything.
  await picture(page).focus();
  let before = await shown(page);
  for (const key of ['+', 'ArrowRight', '-', 'Home', '0']) {
    await page.keyboard.press(key);
    await expect.poll(() => shown(page), { message: key }).not.toBe(before);
    before = await shown(page);
  }
});

test('the mouse inspects, zooms, drags and opens', async ({ start }) => {
  const { page } = await start();
  await openTimeline(page);
  const box = await picture(page).boundingBox();
  if (box === null) throw new Error('no picture');
  const at = (x: number, y: number): [number, number] => [box.x + x, box.y + y];

  await page.mouse.move(...at(320, 50));
  const over = await line(page).textContent();
  await page.mouse.move(...at(320, 94));
  await expect(line(page)).not.toHaveText(over ?? '');

  let before = await shown(page);
  await page.mouse.wheel(0, -400);
  await expect.poll(() => shown(page)).not.toBe(before);
  before = await shown(page);
  await page.mouse.down();
  await page.mouse.move(...at(520, 94), { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => shown(page)).not.toBe(before);

  // A click on the name of the first cluster expands it; the item under the pointer is then a credential.
  await page.mouse.click(...at(90, 50));
  await page.mouse.move(...at(90, 84));
  await expect(line(page)).toContainText('Valid until');
});

test('the scenario changes the sentence', async ({ start }) => {
  const { page } = await start();
  await openTimeline(page);
  await page.getByRole('radio', { name: 'Switched off' }).check();
  await expect(answer(page)).toHaveText(/^If the hosts with all clusters are switched off /u);
  await page.getByRole('combobox', { name: 'What is off' }).selectOption({ label: 'osaka-plant' });
  await expect(answer(page)).toHaveText(/^If osaka-plant is switched off /u);
  const until = page.getByLabel('To', { exact: true });
  await until.fill('2020-01-01T00:00');
  await until.blur();
  await expect(answer(page)).toHaveText('The end has to be after the beginning.');
  await page.getByRole('radio', { name: 'Updated on …' }).check();
  await expect(answer(page)).toHaveText(/^If everything is updated on /u);
  await page.getByRole('radio', { name: 'Nobody there' }).check();
  await expect(answer(page)).toHaveText('The end has to be after the beginning.');
  await page.getByRole('radio', { name: 'Next update missed' }).check();
  await expect(answer(page)).toHaveText(/^If the next monthly update is missed,/u);
  await page.getByRole('radio', { name: 'Nothing is done' }).check();
  await expect(answer(page)).toHaveText(/^If nothing is done, the first to break is /u);
});

test('a table says the same as the picture, in Japanese too', async ({ start }) => {
  const { page } = await start();
  await openTimeline(page);
  await page.getByRole('button', { name: 'As a table' }).click();
  const clusters = page.getByRole('table', { name: 'Clusters' });
  await expect(clusters.getByRole('row')).toHaveCount(9);
  const osaka = clusters.getByRole('row', { name: /^osaka-plant/u });
  await expect(osaka).toContainText('Breaks first: ');
  await expect(osaka.getByRole('img')).toHaveAccessibleName(/Expired from \d+ \w+$/u);
  const events = page.getByRole('table', { name: /^\d+ events$/u });
  await expect(events.getByRole('row').nth(20)).toBeAttached();
  expect(await findingsOf(page)).toEqual([]);

  await page.getByText('日本語', { exact: true }).click({ force: true });
  await expect(answer(page)).toHaveText(/^何もしない場合、最初に使えなくなるのは/u);
  const told = await page.getByRole('table').last().getByRole('row').nth(1).textContent();
  expect(told).toMatch(JAPANESE);
  await page.getByRole('button', { name: '図で表示' }).click();
  await expect(picture(page)).toHaveAccessibleName('タイムライン (クラスター 8 個)');
});
