import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type ElectronApplication, type Locator, type Page } from '@playwright/test';
import type { LabOutage } from '../../core/lab/model/lab.ts';
import { BuiltProgram } from '../support/built-program.ts';
import { findPostgres, NO_POSTGRES, PostgresServer } from '../support/postgres.ts';
import { LabWorld } from '../support/lab-world.ts';
import '../support/languages.ts';
import type { Workstation } from '../support/workstation.ts';
import { close, startIn, type Running } from './launch.ts';
import { COMMAND_LINE, fleetFiles, Stock, type Content } from './prepared.ts';
import { SharedConsoles } from './shared.ts';

/** The time to generate the keys of a whole fleet on a busy machine; does not count as test time. */
const MAKING_MS = 240_000;

/** Set to run all tests that change the store on a shared store in PostgreSQL. */
const SHARED = process.env['ARCWARDEN_E2E_STORE'] === 'postgresql';

interface Options {
  /** The number of workload clusters; the management cluster is added to these. */
  clusters: number;
  content: Content;
  /** The failure with which `lab` begins. */
  outage: LabOutage | 'none';
}

interface Fixtures {
  /** The folder with the files of the demo fleet, read-only because tests share it. */
  fleet: string;
  /** A lab whose machines run. Other tests do not use it. */
  lab: LabWorld;
  /** The files of an admin, created with openssl; read-only because tests share them. */
  workstation: Workstation;
  /** A data folder with the content that `content` names; read-only because tests share it. */
  data: string;
  /**
   * A console shared with other tests, for tests that leave the store unchanged. Settings, windows, dialogs of main and
   * edited revocations are restored; a test fails if it leaves anything else behind.
   */
  shared: Running;
  /** Starts a separate console on the test’s data folder and closes it at the end of the test. */
  start: (...options: string[]) => Promise<Running>;
  /** Environment variables that differ from those of the tests, such as a different home folder. */
  environment: Readonly<Record<string, string>>;
  dataFolder: string;
  /** A folder for files that the test writes. */
  folder: string;
}

interface WorkerFixtures {
  /**
   * Sets the display of this worker. A display has one clipboard and one focus, so two consoles would interfere with
   * each other.
   */
  display: undefined;
  stock: Stock;
  /** Runs if the tests are to use a shared store; see `SHARED`. */
  postgres: PostgresServer | undefined;
  consoles: SharedConsoles;
}

/**
 * The base of all tests of the real console. Each test chooses `shared`, or `start` for a separate console if it
 * changes the store, needs an empty store, or checks how the console starts and ends.
 */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  clusters: [6, { option: true }],
  content: ['nothing', { option: true }],
  outage: ['off-5-days', { option: true }],
  fleet: [({ clusters }, use) => fleetFiles(clusters).then(use), { timeout: MAKING_MS }],
  lab: [
    async ({ folder, outage }, use) => {
      const lab = new LabWorld(new BuiltProgram(folder, COMMAND_LINE), 'lab');
      try {
        lab.begin(...(outage === 'none' ? [] : ['--outage', outage]));
        await use(lab);
      } finally {
        lab.end();
      }
    },
    { timeout: MAKING_MS },
  ],
  workstation: ({ stock }, use) => use(stock.workstation()),
  data: [({ stock, content, clusters }, use) => stock.data(content, clusters).then(use), { timeout: MAKING_MS }],
  display: [
    async ({}, use, { parallelIndex }) => {
      const displays = JSON.parse(process.env['ARCWARDEN_DISPLAYS'] ?? '[]') as string[];
      const own = displays[parallelIndex];
      if (own !== undefined && own !== '') process.env['DISPLAY'] = own;
      await use(undefined);
    },
    { scope: 'worker', auto: true },
  ],
  stock: [
    async ({}, use) => {
      const stock = new Stock();
      await use(stock);
      stock.remove();
    },
    { scope: 'worker' },
  ],
  postgres: [
    async ({}, use) => {
      const programs = SHARED ? findPostgres() : undefined;
      if (SHARED && programs === undefined) throw new Error(NO_POSTGRES);
      const server = programs === undefined ? undefined : await PostgresServer.start(programs);
      await use(server);
      await server?.stop();
    },
    { scope: 'worker' },
  ],
  consoles: [
    async ({}, use) => {
      const consoles = new SharedConsoles();
      await use(consoles);
      await consoles.close();
    },
    { scope: 'worker' },
  ],
  shared: [
    ({ consoles, data }, use, info) =>
      consoles.lend(data, async (running) => {
        await use(running);
        return info.status === info.expectedStatus;
      }),
    { timeout: MAKING_MS },
  ],
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'arcwarden-folder-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  dataFolder: async ({ data, postgres }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'arcwarden-data-'));
    cpSync(data, folder, { recursive: true });
    if (postgres !== undefined) {
      const address = postgres.createDatabase();
      if (readdirSync(folder).length > 0) runArcwarden('store', 'copy', folder, address);
      runArcwarden('store', 'use', address, '--data', folder);
    }
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  environment: async ({}, use) => use({}),
  start: async ({ dataFolder, environment }, use) => {
    const running: ElectronApplication[] = [];
    await use(async (...options) => {
      const started = await startIn(environment, dataFolder, ...options);
      running.push(started.application);
      return started;
    });
    for (const application of running) await close(application);
  },
});

function runArcwarden(...words: string[]): void {
  execFileSync(process.execPath, [COMMAND_LINE, ...words], { stdio: 'pipe' });
}

export function board(page: Page): Locator {
  return page.getByRole('grid');
}

export function details(page: Page): Locator {
  return page.getByRole('complementary', { name: /^(Details|詳細)$/ });
}

/** Counts the credentials on the filtered board; 0 without a table. */
export async function rowCount(page: Page): Promise<number> {
  const grids = await board(page).all();
  const count = await grids[0]?.getAttribute('aria-rowcount');
  return count === undefined || count === null ? 0 : Number(count) - 1;
}

/**
 * Returns the share of the visible row elements that remain in the page after a jump of `px` pixels. Elements that are
 * replaced would stay in memory for a long time.
 */
export function measureKeptRows(grid: Locator, px: number): Promise<number> {
  return grid.evaluate(async (element, by) => {
    const rows = [...element.querySelectorAll('.body > *')];
    const first = `.body > [aria-rowindex="${rows[0]?.getAttribute('aria-rowindex') ?? ''}"]`;
    element.scrollTop += by;
    while (element.querySelector(first) !== null) await new Promise(requestAnimationFrame);
    return rows.filter((row) => row.isConnected).length / rows.length;
  }, px);
}

const PALETTE = /^(Search or run a command|検索またはコマンドの実行)$/u;

/** Types words into the palette and runs its first suggestion. */
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

/** Replaces main's dialog for opening files, which a test cannot operate, with an answer that contains these paths. */
export async function answerOpenDialog(application: ElectronApplication, paths: string[]): Promise<void> {
  await application.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: chosen });
  }, paths);
}

export async function answerSaveDialog(application: ElectronApplication, path: string): Promise<void> {
  await application.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
  }, path);
}

/**
 * Answers all later message boxes of main with `response`. Returns a function that lists their messages and details.
 */
export async function answerMessageBox(
  application: ElectronApplication,
  response: number,
): Promise<() => Promise<string[]>> {
  await application.evaluate(({ dialog }, chosen) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = (...given: unknown[]) => {
      const { message, detail } = given.at(-1) as { message: string; detail?: string };
      asked.push(`${message}\n${detail ?? ''}`);
      return Promise.resolve({ response: chosen, checkboxChecked: false });
    };
  }, response);
  return () => application.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
}

/** Reads all files of a data folder as one text. Skips files that are renamed or removed during the reading. */
export function readFolder(folder: string, isRead: (name: string) => boolean = () => true): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.filter(({ name }) => isRead(name)).map(({ parentPath, name }) => join(parentPath, name));
  return paths.map((path) => readIfThere(path)).join('\n');
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    // The console replaces this file with a new version that it has written under another name.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

export { launch, ready, type Running } from './launch.ts';
export { COMMAND_LINE, EXECUTABLE } from './prepared.ts';
export { expect };
