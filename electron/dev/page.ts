import { app, protocol } from 'electron';
import { CONTENT_SECURITY_POLICY, SCHEME } from '../security.ts';

/*
 * Replaces ../page.ts in the bundle of `npm run dev` only: no module imports this one, so it cannot get into a release.
 * tests/build/dev.slow.test.ts checks that.
 */

/** Address of the Vite server, defined by build/dev.mjs. */
declare const ARCWARDEN_DEV_SERVER: string;

/** Headers by which Vite decides whether a style sheet is requested as such or as a module. */
const PASSED_ON = ['accept', 'sec-fetch-dest'];

/**
 * Serves the page as compiled by Vite, under the same origin as in a release, so that every check of sender and origin
 * stays the same.
 */
export function servePage(): void {
  const policy = developmentPolicy(ARCWARDEN_DEV_SERVER);
  protocol.handle(SCHEME, async (request) => {
    const { pathname, search } = new URL(request.url);
    const headers = PASSED_ON.flatMap((name): [string, string][] => {
      const value = request.headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    const answer = await fetch(new URL(pathname + search, ARCWARDEN_DEV_SERVER), { headers });
    return new Response(answer.body, {
      status: answer.status,
      headers: {
        'content-type': answer.headers.get('content-type') ?? 'text/plain',
        'content-security-policy': policy,
        'cache-control': 'no-store',
      },
    });
  });
  allowReload();
  endWithDevServer();
}

/**
 * The policy of a release with two exceptions: Vite adds style elements to the document and reports changes over a
 * socket.
 */
function developmentPolicy(address: string): string {
  return CONTENT_SECURITY_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace(
    "connect-src 'none'",
    `connect-src ${address.replace(/^http/u, 'ws')}`,
  );
}

/** A page may not navigate, and reloading counts as that. Vite reloads it when a module cannot be replaced. */
function allowReload(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', ({ url }) => {
      if (url === contents.getURL()) contents.reload();
    });
  });
}

/**
 * Quits when build/dev.mjs asks for it or is gone. By message rather than signal, because Windows has no suitable one.
 */
function endWithDevServer(): void {
  process.on('message', (message) => {
    if (message === 'quit') app.quit();
  });
  process.on('disconnect', () => {
    app.quit();
  });
}
