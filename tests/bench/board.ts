/**
 * Measures the board with many credentials against an empty console: the time until the first rows appear and until all
 * rows are counted and sorted, the speed of scrolling, filtering and sorting, and the memory. Exits with 1 if a limit
 * is exceeded. The data folders are like those after an import; the folder with 100,000 credentials is also opened
 * without columns, the state in which an older version left it. Option: `--sizes 1000,10000,100000,1000000`; sizes
 * below 100,000 are only opened.
 */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { fillListedFolder } from '../support/large-inventory.ts';
import { recordAtMost, count, growth, limitWork, note, record } from './support/figures.ts';
import { openConsole, type OpenedConsole } from './support/opened-console.ts';
import { LARGEST_SIZE, median, quantile, runIn, sizes, USUAL_SIZES } from './support/measure.ts';

const PER_CLUSTER = 40;
const A_MILLION = 1_000_000;
const ROUNDS = 3;

interface Limits {
  /** Milliseconds in addition to those of an empty console. */
  first?: number;
  all?: number;
  /** The limits if the files of all clusters must be read and verified first. */
  withoutColumns?: { first: number; all: number };
  /** Megabytes. */
  main?: number;
  page?: number;
  /** Milliseconds. */
  key?: number;
  /**
   * The additional work compared with a key on an idle page, in milliseconds. Excludes waiting for the frame, up to a
   * sixtieth of a second.
   */
  moreThanIdle?: number;
  order?: number;
}

const LIMITS: ReadonlyMap<number, Limits> = new Map([
  [
    LARGEST_SIZE,
    {
      ...{ first: 400, all: 1_500, withoutColumns: { first: 1_500, all: 3_000 } },
      // The console promises that the filter shows its result within 50 ms; its work took 7.1 ms when the limit was set.
      ...{ key: 50, moreThanIdle: 8.9 },
    },
  ],
  [A_MILLION, { first: 3_000, main: 2_000, page: 2_000, key: 100, order: 1_000 }],
]);
/** Shorter times, of a few frames, are too inaccurate to show growth. */
const LEAST_GROWTH_MS = 100;
const FRAMES = 150;
const LONGEST_REST_S = 120;
/** Frames during scrolling may take this many times as long as frames of a page at rest. */
const FRAME_RATIO_LIMIT = 1.25;
/**
 * A round has 60 keystrokes, and one garbage collection of the page delays several of them; the median round counts.
 */
const KEY_ROUNDS = 7;
const TYPED = ['node-7 etcd', 'cluster-0042', 'kubernetes api', 'contoso 9.cl', 'front proxy'];

/** Returns the times between frames that each scroll by `step` pixels; with 0, the page is at rest. */
function frames(page: Page, step: number): Promise<number[]> {
  return page.evaluate(
    ([count, pixels]) =>
      new Promise<number[]>((done) => {
        const grid = document.querySelector('[role=grid]');
        const times: number[] = [];
        let last = performance.now();
        const tick = (): void => {
          const now = performance.now();
          times.push(now - last);
          last = now;
          if (grid !== null && pixels > 0) grid.scrollTop += pixels;
          if (times.length < count) requestAnimationFrame(tick);
          else done(times.slice(5));
        };
        requestAnimationFrame(tick);
      }),
    [FRAMES, step] as const,
  );
}

/**
 * The time from an event to the end of the next frame, and the part of it during which the page worked, in
 * milliseconds.
 */
interface SeenFrame {
  all: number;
  work: number;
}

/** Starts recording the next frame after each event of this type. */
function watchFrames(page: Page, event: 'input' | 'click'): Promise<void> {
  return page.evaluate((type) => {
    const seen: SeenFrame[] = [];
    (globalThis as unknown as { seen: SeenFrame[] }).seen = seen;
    const whenIdle = (act: () => void): void => {
      const channel = new MessageChannel();
      channel.port1.onmessage = act;
      channel.port2.postMessage(null);
    };
    document.addEventListener(
      type,
      () => {
        const from = performance.now();
        let handled = Infinity;
        // A message posted now arrives after the other listeners and their microtasks.
        whenIdle(() => (handled = performance.now()));
        requestAnimationFrame(() => {
          const frameFrom = performance.now();
          // A message posted after the frame's callbacks arrives once the frame has been handed over for painting.
          whenIdle(() => {
            const to = performance.now();
            seen.push({ all: to - from, work: Math.min(handled, frameFrom) - from + to - frameFrom });
          });
        });
      },
      true,
    );
  }, event);
}

function framesSeen(page: Page): Promise<SeenFrame[]> {
  return page.evaluate(() => (globalThis as unknown as { seen: SeenFrame[] }).seen);
}

async function waitForFrames(page: Page, count: number): Promise<void> {
  await page.waitForFunction((least) => (globalThis as unknown as { seen: unknown[] }).seen.length >= least, count);
}

async function keystrokes(page: Page): Promise<SeenFrame[]> {
  await watchFrames(page, 'input');
  let typed = 0;
  for (const key of TYPED.flatMap((query) => ['Control+A', ...query])) {
    if (key === 'Control+A') {
      // The next key replaces the query.
      await page.keyboard.press(key);
      continue;
    }
    await page.keyboard.type(key);
    typed += 1;
    await waitForFrames(page, typed);
  }
  return framesSeen(page);
}

/** Types into an unrelated field, to measure how long a key waits for its frame on an idle page. */
async function idleKeystrokes(page: Page): Promise<SeenFrame[]> {
  await page.evaluate(() => {
    const field = document.createElement('input');
    field.id = 'idle';
    Object.assign(field.style, { position: 'fixed', top: 0, left: 0 });
    document.body.append(field);
    field.focus();
  });
  const times = await keystrokes(page);
  await page.evaluate(() => document.getElementById('idle')?.remove());
  return times;
}

async function filterKeystrokes(page: Page): Promise<SeenFrame[]> {
  const filter = page.getByRole('textbox', { name: 'Filter' });
  await filter.click();
  const times = await keystrokes(page);
  await filter.fill('');
  return times;
}

async function orders(page: Page): Promise<SeenFrame[]> {
  await watchFrames(page, 'click');
  const headings = await page.getByRole('columnheader').getByRole('button').all();
  let clicked = 0;
  for (const heading of headings) {
    for (let way = 0; way < 2; way += 1) {
      await heading.click();
      clicked += 1;
      await waitForFrames(page, clicked);
    }
  }
  return framesSeen(page);
}

/** Waits until the page is idle: once all rows are loaded, the page prepares their search texts. */
function rest(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((done) => {
        let quiet = 0;
        const look = (idle: IdleDeadline): void => {
          quiet = idle.timeRemaining() > 10 ? quiet + 1 : 0;
          if (quiet < 20) requestIdleCallback(look);
          else done();
        };
        requestIdleCallback(look);
      }),
  );
}

/** Waits until main is idle: after a start, main verifies files and checks whether notifications are due. */
async function mainAtRest(application: ElectronApplication): Promise<void> {
  const spent = (): Promise<number> =>
    application.evaluate(() => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1_000;
    });
  let quiet = 0;
  let before = await spent();
  for (let second = 0; second < LONGEST_REST_S && quiet < 3; second += 1) {
    await new Promise((done) => setTimeout(done, 1_000));
    const now = await spent();
    quiet = now - before < 100 ? quiet + 1 : 0;
    before = now;
  }
}

/** Returns megabytes. */
function readMemory(application: ElectronApplication): Promise<{ main: number; page: number }> {
  return application.evaluate(({ app }) => {
    const megabytes = (type: string): number =>
      (app.getAppMetrics().find((each) => each.type === type)?.memory.workingSetSize ?? 0) / 1_024;
    return { main: megabytes('Browser'), page: megabytes('Tab') };
  });
}

interface Openings {
  first: number[];
  all: number[];
}

/** Starts the console on a data folder without columns, the state in which an older version left it. */
async function openWithoutColumns(
  executable: string,
  folder: string,
  size: number,
): Promise<Omit<OpenedConsole, 'page'>> {
  const columns = join(folder, 'columns');
  renameSync(columns, `${folder}.columns`);
  const opened = await openConsole(executable, folder, size);
  await opened.application.close();
  rmSync(columns, { recursive: true, force: true });
  renameSync(`${folder}.columns`, columns);
  return opened;
}

/** Measures, one after the other, how long an empty console and consoles with many credentials take to open. */
async function openings(executable: string, folders: ReadonlyMap<number, string>): Promise<void> {
  const times = new Map([...folders.keys()].map((size): [number, Openings] => [size, { first: [], all: [] }]));
  const withoutColumns: Openings = { first: [], all: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [size, folder] of folders) {
      const { application, first, all } = await openConsole(executable, folder, size);
      await application.close();
      times.get(size)?.first.push(first);
      times.get(size)?.all.push(all);
    }
    const folder = folders.get(LARGEST_SIZE);
    if (folder === undefined) continue;
    const { first, all } = await openWithoutColumns(executable, folder, LARGEST_SIZE);
    withoutColumns.first.push(first);
    withoutColumns.all.push(all);
  }
  const empty = times.get(0)?.first ?? [];
  note('an empty console, from the start of the process', median(empty), 'ms');
  const more = (own: readonly number[]): number => median(own.map((ms, round) => ms - (empty[round] ?? Number.NaN)));
  const sized = [...times].filter(([size]) => size > 0);
  for (const [size, { first }] of sized)
    tellWork(`first rows of ${count(size)}, more than an empty console`, more(first), LIMITS.get(size)?.first);
  const counted = 'all counted and sorted, more than an empty console';
  const series = sized.map(([size, { all }]) => ({ size, ms: Math.max(LEAST_GROWTH_MS, more(all)) }));
  growth(
    counted,
    series.filter(({ size }) => size <= LARGEST_SIZE),
    LIMITS.get(LARGEST_SIZE)?.all,
  );
  for (const { size, ms } of series) if (size > LARGEST_SIZE) note(`${counted}, ${count(size)}`, ms, 'ms');
  if (!folders.has(LARGEST_SIZE)) return;
  const limits = LIMITS.get(LARGEST_SIZE)?.withoutColumns;
  const without = `of ${count(LARGEST_SIZE)} without columns, more than an empty console`;
  tellWork(`first rows ${without}`, more(withoutColumns.first), limits?.first);
  tellWork(`all counted and sorted ${without}`, more(withoutColumns.all), limits?.all);
}

/** Records a time that depends on the processor; the limit is higher on a slower machine. */
function tellWork(measure: string, ms: number, limitMs: number | undefined): void {
  if (limitMs === undefined) note(measure, ms, 'ms');
  else limitWork(limitMs, measure, ms);
}

function tell(measure: string, value: number, unit: 'ms' | 'MB', limit: number | undefined): void {
  record({ measure, value, unit, ...(limit === undefined ? {} : { limit }) });
}

/** Measures how an open console with many credentials responds. */
async function use(executable: string, folder: string, size: number): Promise<void> {
  const limits = LIMITS.get(size) ?? {};
  const { application, page } = await openConsole(executable, folder, size);
  await mainAtRest(application);
  await rest(page);
  const still = await frames(page, 0);
  const smooth = await frames(page, 37);
  const jumping = await frames(page, 10_007);
  const [idleKeys, keys, more]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < KEY_ROUNDS; round += 1) {
    const [idle, filter] = [await idleKeystrokes(page), await filterKeystrokes(page)];
    idleKeys.push(...idle.map(({ all }) => all));
    keys.push(...filter.map(({ all }) => all));
    const [idleWork, filterWork] = [idle, filter].map((seen) =>
      quantile(
        seen.map(({ work }) => work),
        0.95,
      ),
    );
    more.push((filterWork ?? Number.NaN) - (idleWork ?? Number.NaN));
  }
  await rest(page);
  const ordering = (await orders(page)).map(({ all }) => all);
  await rest(page);
  const { main, page: ofPage } = await readMemory(application);
  await application.close();
  const among = `of ${count(size)}`;
  note(`a frame at rest, median, ${among}`, median(still), 'ms');
  note(`a frame while scrolling, 95 %, ${among}`, quantile(smooth, 0.95), 'ms');
  note(`a frame while jumping, 95 %, ${among}`, quantile(jumping, 0.95), 'ms');
  const beside = `a frame while scrolling beside one at rest, ${among}`;
  recordAtMost(FRAME_RATIO_LIMIT, beside, median(smooth) / median(still), 'x');
  note(`a key in a field that nothing depends on, median, ${among}`, median(idleKeys), 'ms');
  note(`a key in a field that nothing depends on, 95 %, ${among}`, quantile(idleKeys, 0.95), 'ms');
  note(`a key in the filter, median, ${among}`, median(keys), 'ms');
  tellWork(`a key in the filter, 95 %, ${among}`, quantile(keys, 0.95), limits.key);
  const beyondIdle = `work for a key in the filter, more than for one in an unused field, 95 %, ${among}`;
  tellWork(beyondIdle, median(more), limits.moreThanIdle);
  note(`order by a column, median, ${among}`, median(ordering), 'ms');
  tellWork(`order by a column, longest, ${among}`, Math.max(...ordering), limits.order);
  tell(`memory of main with ${count(size)}`, main, 'MB', limits.main);
  tell(`memory of the page with ${count(size)}`, ofPage, 'MB', limits.page);
}

async function main(work: string): Promise<void> {
  const executable = process.env['ARCWARDEN_APP'];
  if (executable === undefined) throw new Error('ARCWARDEN_APP names no console; run: npm run bench board');
  const chosen = sizes([...USUAL_SIZES, A_MILLION]);
  const folders = new Map<number, string>();
  for (const size of [0, ...chosen]) {
    const folder = join(work, String(size));
    mkdirSync(folder);
    await fillListedFolder(folder, size / PER_CLUSTER, PER_CLUSTER, Date.now());
    folders.set(size, folder);
  }
  await openings(executable, folders);
  const largest = Math.max(...chosen);
  for (const size of chosen.filter((each) => each >= LARGEST_SIZE || each === largest))
    await use(executable, folders.get(size) ?? '', size);
}

void runIn('board', main);
