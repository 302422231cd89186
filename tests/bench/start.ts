/**
 * Measures the first paint of the console with 1,000 credentials, alternating with that of an empty window of the same
 * runtime. Exits with 1 if the limit is exceeded.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { fillDataFolder } from '../support/large-inventory.ts';
import { recordAtMost, note } from './support/figures.ts';
import { median, medianRatio, runIn } from './support/measure.ts';

const ROUNDS = 15;
/**
 * The first paint may take this many times as long as that of an empty window. The page need not wait for the services,
 * which load in parallel.
 */
const RATIO_LIMIT = 1.5;

/** Creates the smallest application that opens a window, to measure the cost of Electron itself. */
function emptyApplication(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', version: '1.0.0', main: 'main.cjs' }));
  writeFileSync(
    join(folder, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: false, webPreferences: { sandbox: true } });
  window.once('ready-to-show', () => window.show());
  window.loadURL('data:text/html,<h1>Empty</h1>');
});
app.on('window-all-closed', () => app.quit());
`,
  );
  return folder;
}

/** Returns the milliseconds from the start of the main process to the first contentful paint of its window. */
async function coldStart(executablePath: string, args: string[]): Promise<number> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const application = await _electron.launch({ executablePath, args: [...args, ...asRoot] });
  const page = await application.firstWindow();
  const paintedAt = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        const look = (): void => {
          const paint = performance.getEntriesByName('first-contentful-paint')[0];
          if (paint === undefined) setTimeout(look, 10);
          else done(performance.timeOrigin + paint.startTime);
        };
        look();
      }),
  );
  const startedAt = await application.evaluate(() => process.getCreationTime() ?? 0);
  await application.close();
  return paintedAt - startedAt;
}

async function main(folder: string): Promise<void> {
  const console_ = process.env['ARCWARDEN_APP'];
  const runtime = process.env['ARCWARDEN_RUNTIME'];
  if (console_ === undefined || runtime === undefined) throw new Error('run: npm run bench start');
  const data = join(folder, 'data');
  await fillDataFolder(data, 25, 40, Date.now());
  const empty = emptyApplication(join(folder, 'empty'));
  const times = { empty: [] as number[], own: [] as number[] };
  const turns = [
    async () => times.empty.push(await coldStart(runtime, [empty, `--user-data-dir=${join(folder, 'profile')}`])),
    async () => times.own.push(await coldStart(console_, ['--data', data])),
  ];
  // The first start of each application reads its files from the disk.
  for (const turn of turns) await turn();
  times.empty.length = 0;
  times.own.length = 0;
  // The two applications take turns at going first.
  for (let round = 0; round < ROUNDS; round += 1)
    for (const turn of round % 2 === 0 ? turns : [...turns].reverse()) await turn();
  note('first paint of an empty window', median(times.empty), 'ms');
  note('first paint of the console with 1,000 credentials', median(times.own), 'ms');
  recordAtMost(
    RATIO_LIMIT,
    'first paint of the console beside an empty window',
    medianRatio(times.own, times.empty),
    'x',
  );
}

void runIn('start', main);
