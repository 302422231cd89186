import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect } from '@playwright/test';
import { close, ready, startIn, type Running } from './launch.ts';
import { mainApi } from './main-api.ts';

/**
 * Matches files that a console writes without user action, and the audit trail, which also records undone actions.
 * Settings are compared through the console.
 */
const NOT_COMPARED =
  /^(?:window\/|audit(?:\.jsonl|-head\.json|-lock)|arcwarden\.(?:lock|log)|(?:settings|watch)\.json)/u;

interface SharedConsole extends Running {
  /** Restores the initial state. Throws if the store has changed. */
  restore(): Promise<void>;
  end(): Promise<void>;
}

/**
 * Consoles that tests share one after the other: one for each data folder, on a copy of the folder. A test that leaves
 * anything behind fails; after any failure, the next test gets a new console.
 */
export class SharedConsoles {
  readonly #idle = new Map<string, SharedConsole>();

  /** Passes a console to `work`, which returns whether it succeeded. */
  async lend(data: string, work: (running: Running) => Promise<boolean>): Promise<void> {
    const console = this.#idle.get(data) ?? (await open(data));
    this.#idle.delete(data);
    let isAsBefore = false;
    try {
      if (!(await work(console))) return;
      await console.restore();
      isAsBefore = true;
    } finally {
      if (isAsBefore) this.#idle.set(data, console);
      else await console.end();
    }
  }

  async close(): Promise<void> {
    for (const console of this.#idle.values()) await console.end();
  }
}

async function open(data: string): Promise<SharedConsole> {
  const folder = mkdtempSync(join(tmpdir(), 'arcwarden-shared-'));
  cpSync(data, folder, { recursive: true });
  const running = await startIn({}, folder);
  const { application, page } = running;
  const api = mainApi(page);
  const settings = await readSettings(running);
  const files = hashFiles(folder);
  const dialogs = await application.evaluateHandle(({ dialog }) => ({ ...dialog }));
  const bounds = await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());

  return {
    ...running,
    restore: async () => {
      // Makes the page store its changes now, as if the window were closed, and not after the next steps.
      await page.evaluate(() => dispatchEvent(new Event('pagehide')));
      await api.settings.change(settings);
      const revocations = await api.revocation.list();
      for (const { id } of revocations.ok ? revocations.value.documents : [])
        await api.revocation.discard({ documentId: id });
      await application.evaluate(({ dialog }, kept) => Object.assign(dialog, kept), dialogs);
      await application.evaluate(({ BrowserWindow, clipboard }, place) => {
        clipboard.clear();
        const window = BrowserWindow.getAllWindows()[0];
        if (place !== undefined) window?.setBounds(place);
        window?.webContents.setZoomFactor(1);
      }, bounds);
      await page.mouse.move(0, 0);
      await page.reload();
      await ready(page);
      expect(await readSettings(running), 'settings left by this test').toEqual(settings);
      expect(hashFiles(folder), 'left in the store by this test, which needs a console of its own').toEqual(files);
    },
    end: async () => {
      await close(application);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Reads all settings except the window's position, which is written shortly after the window has moved. */
async function readSettings({ page }: Running) {
  const read = await mainApi(page).settings.read();
  if (!read.ok) throw new Error(read.problem.code);
  const { window: _, ...settings } = read.value;
  return settings;
}

function hashFiles(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Object.fromEntries(
    paths
      .filter((path) => !NOT_COMPARED.test(relative(folder, path)))
      .map((path) => [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}
