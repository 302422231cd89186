import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BrowserWindow, type WebContents } from 'electron';
import { ConsoleError } from '../core/shared/problem.ts';
import type { Host } from '../core/shared/ports.ts';
import { confine } from './security.ts';

/**
 * Prints HTML pages through the system's dialog, from an invisible window in which no script runs. The page is kept as
 * a file in `folder` meanwhile: as a data URL it could be too long.
 */
export function systemPrinter(folder: string): NonNullable<Host['print']> {
  return async (html) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${randomUUID()}.html`);
    await writeFile(path, html, { mode: 0o600 });
    const window = new BrowserWindow({
      show: false,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        javascript: false,
        webviewTag: false,
        spellcheck: false,
      },
    });
    confine(window.webContents);
    try {
      await window.loadFile(path);
      return await printed(window.webContents);
    } finally {
      window.destroy();
      await rm(path, { force: true });
    }
  };
}

/** Shows the dialog; false when it was cancelled. `print.failed`. */
function printed(contents: WebContents): Promise<boolean> {
  return new Promise((resolve, reject) => {
    contents.print({ silent: false, printBackground: true }, (success, reason) => {
      // Electron reports a cancelled dialog as "Print job canceled", or "cancelled" in some versions.
      if (success || /cancel/iu.test(reason)) resolve(success);
      else reject(new ConsoleError('print.failed', { reason }));
    });
  });
}
