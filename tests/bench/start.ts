import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { fillDataFolder } from '../support/large-inventory.ts';

const ROUNDS = 7;
/** Of the time that an empty window takes. */
const RATIO_LIMIT = 1.2;

/** The smallest application that opens a window: the cost of Electron itself on this machine. */
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

/** Milliseconds from the start of the main process to the first contentful paint of its window. */
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

const median = (times: number[]): number => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

async function main(): Promise<void> {
  const console_ = process.env['ARCWARDEN_APP'];
  const runtime = process.env['ARCWARDEN_RUNTIME'];
  if (console_ === undefined || runtime === undefined) throw new Error('run: npm run bench start');
  const folder = mkdtempSync(join(tmpdir(), 'arcwarden-start-'));
  try {
    const data = join(folder, 'data');
    await fillDataFolder(data, 25, 40, Date.now());
    const empty = emptyApplication(join(folder, 'empty'));
    const times = { empty: [] as number[], arcwarden: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.empty.push(await coldStart(runtime, [empty, `--user-data-dir=${join(folder, 'profile')}`]));
      times.arcwarden.push(await coldStart(console_, ['--data', data]));
    }
    const [base, own] = [median(times.empty), median(times.arcwarden)];
    console.log(`start of the process to first contentful paint, median of ${ROUNDS}, in turn:`);
    console.log(`  empty window                     ${base.toFixed(0)} ms`);
    console.log(`  Arcwarden with 1,000 credentials ${own.toFixed(0)} ms`);
    const ratio = own / base;
    const isHeld = ratio <= RATIO_LIMIT;
    console.log(
      `  ratio                            ${ratio.toFixed(2)}, limit ${RATIO_LIMIT}: ${isHeld ? 'held' : 'MISSED'}`,
    );
    if (!isHeld) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
