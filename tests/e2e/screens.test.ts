import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { change, findingsInBothThemes, waitForTransitions } from './axe.ts';
import { expect, test, type Running } from './console.ts';
import { VIEWS } from './views.ts';
import { drawSheet, resize, SCREENS, SIZES, takePicture, type Screen, type Shot, waitForFrames } from './screens.ts';

/** Set by `npm run screenshots`: the folder for pictures. */
const FOLDER = process.env['ARCWARDEN_SCREENSHOTS'];
const LANGUAGES = ['en', 'ja'] as const;
/** Small enough to view all pictures of a screen at once, large enough to read its texts. */
const CELL_PX = 800;
const ROWS_OF_A_SHEET = 6;

/** Saves pictures in both themes. */
async function takeBothThemes({ application, page }: Running, name: string, folder: string): Promise<Shot[]> {
  const shots: Shot[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await change(page, { theme });
    await waitForTransitions(page);
    await waitForFrames(page);
    const picture = await takePicture(application);
    writeFileSync(join(folder, `${name}-${theme}.png`), picture, 'base64');
    shots.push({ title: `${name}, ${theme}`, picture });
  }
  return shots;
}

async function goThroughSizes(running: Running, { name, firstLine, firstRow }: Screen): Promise<void> {
  const { page } = running;
  // No button looks as if the mouse were on it.
  await page.mouse.move(0, 0);
  const hidden: string[] = [];
  const sheet: Shot[][] = [];
  for (const size of SIZES) {
    await resize(running, size);
    const row: Shot[] = [];
    for (const language of LANGUAGES) {
      await change(page, { language });
      await waitForFrames(page);
      const title = `${size.width}x${size.height}${size.zoom === 1 ? '' : `@${size.zoom}`}-${language}`;
      for (const each of [firstLine(page), ...(size.zoom === 1 ? [firstRow(page, language)] : [])]) {
        const isInView = await expect(each)
          .toBeInViewport({ ratio: 1, timeout: 2000 })
          .then(
            () => true,
            () => false,
          );
        if (!isInView) hidden.push(`${title}: ${JSON.stringify(await each.boundingBox())} ${await each.innerText()}`);
      }
      if (FOLDER !== undefined) row.push(...(await takeBothThemes(running, `${name}-${title}`, FOLDER)));
    }
    sheet.push(row);
  }
  if (FOLDER !== undefined) writeFileSync(join(FOLDER, `${name}.png`), await drawSheet(page, sheet, CELL_PX), 'base64');
  expect(hidden).toEqual([]);
}

async function checkScreen(running: Running, screen: Screen): Promise<void> {
  if (FOLDER !== undefined) mkdirSync(FOLDER, { recursive: true });
  await screen.open(running);
  const { page } = running;
  // Pictures are also taken of a screen with a fault.
  await expect.soft(page.getByRole('main')).toMatchAriaSnapshot({ name: `${screen.name}.aria.yml`, timeout: 10_000 });
  expect.soft(await findingsInBothThemes(page)).toEqual([]);
  await goThroughSizes(running, screen);
}

const TITLE = 'is complete for a screen reader, and its first row is in view at every size';

test.describe('with the demo fleet', () => {
  test.use({ content: 'fleet' });

  for (const screen of SCREENS.filter(({ clusters }) => clusters === 'demo'))
    test(`the screen ${screen.name} ${TITLE}`, async ({ start }) => checkScreen(await start(), screen));

  test('axe finds no problems on all other screens, and none of them scrolls to the side', async ({ start }) => {
    if (FOLDER !== undefined) mkdirSync(FOLDER, { recursive: true });
    await goThroughViews(await start());
  });
});

/** Lists what is wider than its place, so that it scrolls to the side. Only text of fixed lines, such as PEM, may do so. */
function listOverflows({ page }: Running): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, main :not(pre)')].flatMap((element) => {
      const { overflowX } = getComputedStyle(element);
      const isScrolling = element === document.documentElement || overflowX === 'auto' || overflowX === 'scroll';
      const tooMuch = element.scrollWidth - element.clientWidth;
      return isScrolling && tooMuch > 0 && element.clientWidth > 0
        ? `${element.tagName}.${element.className} ${tooMuch}`
        : [];
    }),
  );
}

async function goThroughViews(running: Running): Promise<void> {
  const { page } = running;
  const size = { width: 1280, height: 800, zoom: 1 };
  await resize(running, size);
  const sheet: Shot[][] = [];
  for (const { name, open } of VIEWS) {
    await open(running);
    await page.mouse.move(0, 0);
    await waitForFrames(page);
    expect.soft(await findingsInBothThemes(page), name).toEqual([]);
    const row: Shot[] = [];
    for (const language of LANGUAGES) {
      await change(page, { language });
      await waitForFrames(page);
      expect.soft(await listOverflows(running), `${name} in ${language}`).toEqual([]);
      if (FOLDER !== undefined) row.push(...(await takeBothThemes(running, `${name}-1280x800-${language}`, FOLDER)));
    }
    await change(page, { language: 'en' });
    sheet.push(row);
  }
  if (FOLDER === undefined) return;
  for (let from = 0; from < sheet.length; from += ROWS_OF_A_SHEET) {
    const sheetPage = await drawSheet(page, sheet.slice(from, from + ROWS_OF_A_SHEET), CELL_PX);
    writeFileSync(join(FOLDER, `views-${from / ROWS_OF_A_SHEET + 1}.png`), sheetPage, 'base64');
  }
}

for (const screen of SCREENS.filter(({ clusters }) => clusters === 'lab'))
  test(`the screen ${screen.name} ${TITLE}`, async ({ start, lab }) =>
    checkScreen(await start('--import', lab.folder), screen));
