import { app, protocol } from 'electron';
import { CONTENT_SECURITY_POLICY, SCHEME } from '../security.ts';

/*
 * Takes the place of ../page.ts in the bundle that `npm run dev` makes, and of nothing else: no module imports this one, so
 * it cannot get into a release. tests/build/dev.test.ts holds that.
 */

/** Address of the Vite server. Put in by build/dev.mjs. */
declare const ARCWARDEN_DEV_SERVER: string;

/** Headers by which Vite decides whether a style sheet is asked for as such or as a module. */
const PASSED_ON = ['accept', 'sec-fetch-dest'];

/**
 * Serves the page as Vite compiles it, under the origin that it has in a release, so that every check of sender and origin
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

/** The policy of a release with two exceptions: Vite adds style elements to the document, and reports changes on a socket. */
function developmentPolicy(address: string): string {
  return CONTENT_SECURITY_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace(
    "connect-src 'none'",
    `connect-src ${address.replace(/^http/u, 'ws')}`,
  );
}

/** A page may not navigate, and reloading counts as that. Vite reloads it where a module cannot be replaced. */
function allowReload(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', ({ url }) => {
      if (url === contents.getURL()) contents.reload();
    });
  });
}

/** Quits when build/dev.mjs asks for it or is gone. A message and not a signal, because Windows has none to ask with. */
function endWithDevServer(): void {
  process.on('message', (message) => {
    if (message === 'quit') app.quit();
  });
  process.on('disconnect', () => {
    app.quit();
  });
}
