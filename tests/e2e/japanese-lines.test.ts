import type { Page } from '@playwright/test';
import { translator } from '../../core/shared/text/text.ts';
import { change } from './axe.ts';
import { expect, test, type Running } from './console.ts';
import { resize, SCREENS, waitForFrames } from './screens.ts';
import { VIEWS } from './views.ts';

test.use({ content: 'fleet' });

const SIZES = [
  { width: 1024, height: 640, zoom: 1 },
  { width: 1280, height: 800, zoom: 1 },
];
const t = translator('ja');
const MARK = '\u200b';

/** Lists the Japanese words that stand on more than one line, each in the middle of its text. */
function listBrokenWords(page: Page): Promise<{ broken: string[]; lines: number }> {
  return page.evaluate((mark) => {
    const segmenter = new Intl.Segmenter('ja', { granularity: 'word' });
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const broken: string[] = [];
    let lines = 0;
    const countLines = (node: Node, start: number, end: number): number => {
      const range = new Range();
      range.setStart(node, start);
      range.setEnd(node, end);
      return new Set(Array.from(range.getClientRects(), ({ bottom }) => Math.round(bottom))).size;
    };
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const marked = node.nodeValue ?? '';
      if (!/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(marked)) continue;
      if (node.parentElement?.closest('code, pre, textarea, [contenteditable], .unseen') !== null) continue;
      const count = countLines(node, 0, marked.length);
      if (count < 2) continue;
      lines += count;
      const places = [...marked].flatMap((character, place) => (character === mark ? [] : [place]));
      const text = marked.replaceAll(mark, '');
      for (const { segment, index, isWordLike } of segmenter.segment(text))
        if (isWordLike === true && /[^\x00-\x7f]/u.test(segment)) {
          const end = (places[index + segment.length - 1] ?? 0) + 1;
          if (countLines(node, places[index] ?? 0, end) > 1)
            broken.push(
              `${text.slice(Math.max(0, index - 8), index)}[${segment}]${text.slice(index + segment.length).slice(0, 8)}`,
            );
        }
    }
    return { broken, lines };
  }, MARK);
}

async function checkLines(running: Running, name: string): Promise<number> {
  const { page } = running;
  await change(page, { language: 'ja' });
  let lines = 0;
  for (const size of SIZES) {
    await resize(running, size);
    await waitForFrames(page);
    const found = await listBrokenWords(page);
    expect.soft(found.broken, `${name} at ${size.width}x${size.height}`).toEqual([]);
    lines += found.lines;
  }
  await change(page, { language: 'en' });
  return lines;
}

test('in Japanese, no line of any screen of a task ends inside a word', async ({ start }) => {
  const running = await start();
  let lines = 0;
  for (const { name, clusters, open } of SCREENS)
    if (clusters === 'demo' && name !== 'lab') {
      await running.page.keyboard.press('Control+2');
      await open(running);
      lines += await checkLines(running, name);
    }
  expect(lines).toBeGreaterThan(100);
});

test('in Japanese, no line of any other screen ends inside a word', async ({ start }) => {
  const running = await start();
  let lines = 0;
  for (const { name, open } of VIEWS) {
    await open(running);
    lines += await checkLines(running, name);
  }
  expect(lines).toBeGreaterThan(200);
});

test('in Japanese, copied text and the search of the settings know no marks', async ({ shared }) => {
  const { application, page } = shared;
  await change(page, { language: 'ja' });
  const text = await page.evaluate(() => {
    getSelection()?.selectAllChildren(document.body);
    return String(getSelection());
  });
  // The oldest runtime needs marks.
  const needsMarks = await page.evaluate(() => !CSS.supports('word-break', 'auto-phrase'));
  expect(text.includes(MARK)).toBe(needsMarks);
  await page.keyboard.press('Control+C');
  const readCopied = () => application.evaluate(({ clipboard }) => clipboard.readText());
  await expect.poll(readCopied).toContain(t('sample.banner'));
  expect(await readCopied()).not.toContain(MARK);

  await page.keyboard.press('Control+,');
  const words = t('watch.quiet');
  await page.getByRole('textbox', { name: t('settings.search') }).fill(words);
  const readFound = () => page.evaluate(() => [...(CSS.highlights.get('settings-search') ?? [])].map(String));
  await expect.poll(readFound).not.toEqual([]);
  expect((await readFound()).map((each) => each.replaceAll(MARK, ''))).toContain(words);
});
