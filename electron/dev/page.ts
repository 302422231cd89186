import { app, protocol } from 'electron';
import { CONTENT_SECURITY_POLICY, SCHEME } from '../security.ts';

/*
 * Replaces ../page.ts in `npm run dev`. No module imports this file, so no release contains it
 * (tests/build/dev.slow.test.ts).
 */

/** Set by build/dev.mjs. */
declare const ARCWARDEN_DEV_SERVER: string;

/** Vite decides by these headers whether to return a style sheet as such or as a module. */
const PASSED_ON = ['accept', 'sec-fetch-dest'];

/** Serves Vite's page under the origin of a release, so that all origin checks apply. */
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

/** Returns the policy of a release, but allows Vite's style elements and its socket. */
function developmentPolicy(address: string): string {
  return CONTENT_SECURITY_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace(
    "connect-src 'none'",
    `connect-src ${address.replace(/^http/u, 'ws')}`,
  );
}

/** Allows reloads, which count as navigation: Vite reloads the page if it cannot replace a module. */
function allowReload(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', ({ url }) => {
      if (url === contents.getURL()) contents.reload();
    });
  });
}

/** Quits on a message from build/dev.mjs or after its end. Windows has no suitable signal. */
function endWithDevServer(): void {
  process.on('message', (message) => {
    if (message === 'quit') app.quit();
  });
  process.on('disconnect', () => app.quit());
}
