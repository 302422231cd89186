import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test as base, type ElectronApplication, type Locator, type Page } from '@playwright/test';
import { makeWorkstation, type Workstation } from '../support/workstation.ts';
import { EXECUTABLE, fleetData, fleetFiles } from './prepared.ts';

const CLOSING_MS = 15_000;
/** Time for generating the keys of a whole fleet on a busy machine; not counted as test time. */
const MAKING_MS = 180_000;

export interface Running {
  application: ElectronApplication;
  page: Page;
}

interface Options {
  /** Number of workload clusters in the demo fleet, in addition to the management cluster. */
  clusters: number;
  /** Whether the data folder initially contains that fleet; otherwise it is empty. */
  holdsFleet: boolean;
}

interface Fixtures {
  /** The folder with the files of the demo fleet. Read-only: other tests share it. */
  fleet: string;
  /** Starts the console on the test's data folder; closed at the end of the test. */
  start: (...options: string[]) => Promise<Running>;
  /** Environment variables of the console that differ from those of the tests, such as another home. */
  environment: Readonly<Record<string, string>>;
  dataFolder: string;
}

interface WorkerFixtures {
  workstation: Workstation;
}

/** A test against the real console, with a data folder of its own and a workstation full of files made by openssl. */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  clusters: [6, { option: true }],
  holdsFleet: [false, { option: true }],
  fleet: [({ clusters }, use) => fleetFiles(clusters).then(use), { timeout: MAKING_MS }],
  workstation: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'arcwarden-workstation-'));
      await use(makeWorkstation(join(folder, 'files'), Date.now()));
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  dataFolder: [
    async ({ clusters, holdsFleet }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'arcwarden-data-'));
      if (holdsFleet) cpSync(await fleetData(clusters), folder, { recursive: true });
      await use(folder);
      rmSync(folder, { recursive: true, force: true });
    },
    { timeout: MAKING_MS },
  ],
  environment: async ({}, use) => use({}),
  start: async ({ dataFolder, environment }, use) => {
    const running: ElectronApplication[] = [];
    await use(async (...options) => {
      const application = await launchIn(environment, dataFolder, ...options);
      running.push(application);
      const page = await application.firstWindow();
      await ready(page);
      return { application, page };
    });
    for (const application of running) {
      // A test that failed in the middle of a run leaves a console that asks before it closes.
      const late = setTimeout(() => application.process().kill('SIGKILL'), CLOSING_MS);
      await application.close();
      clearTimeout(late);
    }
  },
});

export function launch(dataFolder: string, ...options: string[]): Promise<ElectronApplication> {
  return launchIn({}, dataFolder, ...options);
}

function launchIn(
  environment: Readonly<Record<string, string>>,
  dataFolder: string,
  ...options: string[]
): Promise<ElectronApplication> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return _electron.launch({
    executablePath: EXECUTABLE,
    // A virtual display has no graphics processor, and the one that is tried first fails and may lose a frame.
    args: [...asRoot, '--disable-gpu', '--lang=en-US', '--data', dataFolder, ...options],
    env: { ...process.env, TZ: 'Asia/Tokyo', LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8', ...environment },
    timeout: 60_000,
  });
}

/** Waits until the board, or the empty state, has been painted. */
export async function ready(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-ready', 'true', { timeout: 30_000 });
}

export function board(page: Page): Locator {
  return page.getByRole('grid');
}

export function details(page: Page): Locator {
  return page.getByRole('complementary', { name: /^(Details|詳細)$/ });
}

/** Number of credentials on the filtered board; 0 while there is no table. */
export async function rowCount(page: Page): Promise<number> {
  const grids = await board(page).all();
  const count = await grids[0]?.getAttribute('aria-rowcount');
  return count === undefined || count === null ? 0 : Number(count) - 1;
}

const PALETTE = /^(Search or run a command|検索またはコマンドの実行)$/u;

/** Types these words into the palette, and runs its first suggestion. */
export async function runByPalette(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog');
  const field = palette.getByRole('combobox', { name: PALETTE });
  await expect(field).toBeFocused();
  await page.keyboard.insertText(words);
  await expect(field).toHaveValue(words);
  await expect(palette.getByRole('option', { selected: true })).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(field).toHaveCount(0);
}

/** Answers the next open dialog of main with these paths: the one thing a test cannot click. */
export async function answerOpenDialog(application: ElectronApplication, paths: string[]): Promise<void> {
  await application.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: chosen });
  }, paths);
}

/** Answers the next save dialog of main. */
export async function answerSaveDialog(application: ElectronApplication, path: string): Promise<void> {
  await application.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
  }, path);
}

/** The whole content of a data folder, as one text. */
export function contentOf(folder: string): string {
  return execFileSync('grep', ['-ra', '', folder], { maxBuffer: 256 * 1024 * 1024 }).toString('latin1');
}

export { COMMAND_LINE, EXECUTABLE } from './prepared.ts';
export { expect };
