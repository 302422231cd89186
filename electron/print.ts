import { randomUUID } from 'node:crypto';
import { BrowserWindow, session, type Session, type WebContents } from 'electron';
import { ConsoleError } from '../core/shared/problem.ts';
import type { Host } from '../core/shared/ports.ts';
import { confine, refuseEverything, SCHEME } from './security.ts';

/** Pages to print are whole: their styles are in them, and they load nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * Prints HTML pages through the system's dialog, from an invisible window in which no script runs. The page stays in
 * memory, under an address of a session of its own, which the console's page cannot reach: a file would outlive a crash,
 * and a data URL could be too long.
 */
export function systemPrinter(): NonNullable<Host['print']> {
  const pages = new Map<string, string>();
  let printing: Session | undefined;
  return async (html) => {
    printing ??= printSession(pages);
    const url = `${SCHEME}://print/${randomUUID()}`;
    pages.set(url, html);
    const window = new BrowserWindow({
      show: false,
      webPreferences: {
        session: printing,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        javascript: false,
        webviewTag: false,
        spellcheck: false,
      },
    });
    confine(window.webContents, url);
    try {
      await window.loadURL(url);
      return await printed(window.webContents);
    } finally {
      window.destroy();
      pages.delete(url);
    }
  };
}

/** Without `persist:` it leaves nothing on disk. */
function printSession(pages: ReadonlyMap<string, string>): Session {
  const printing = session.fromPartition('print', { cache: false });
  refuseEverything(printing);
  printing.protocol.handle(SCHEME, ({ url }) => {
    const html = pages.get(url);
    if (html === undefined) return new Response(null, { status: 404 });
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };
    return new Response(html, { headers });
  });
  return printing;
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
