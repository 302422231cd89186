import { randomUUID } from 'node:crypto';
import { BrowserWindow, session, type Session, type WebContents } from 'electron';
import { ConsoleError } from '../core/shared/problem.ts';
import type { Host } from '../core/shared/ports.ts';
import { confine, CONFINED, refuseEverything, SCHEME } from './security.ts';

/** Pages to print contain their styles and load nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * Prints pages in an invisible window without scripts. The pages stay in memory, in a session of their own: files would
 * survive a crash, and data URLs could be too long.
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
      webPreferences: { ...CONFINED, session: printing, javascript: false },
    });
    confine(window.webContents, url);
    try {
      await window.loadURL(url);
      return await printContents(window.webContents);
    } finally {
      window.destroy();
      pages.delete(url);
    }
  };
}

/** Creates a session without `persist:`, so that nothing is left on disk. */
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

/** Prints through the dialog of the system; returns false if the user cancels. Throws `print.failed`. */
function printContents(contents: WebContents): Promise<boolean> {
  return new Promise((resolve, reject) => {
    contents.print({ silent: false, printBackground: true }, (success, reason) => {
      // "Print job canceled" or, in some versions, "cancelled".
      if (success || /cancel/iu.test(reason)) resolve(success);
      else reject(new ConsoleError('print.failed', { reason }));
    });
  });
}
