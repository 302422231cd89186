import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { app, protocol, type Session, type WebContents } from 'electron';

/** A secure origin that exposes only the renderer's files. */
export const SCHEME = 'app';
export const ORIGIN = `${SCHEME}://console`;

export const CONFINED = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
} as const;

export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  // Without `allow-modals`, the page cannot open dialogs, not even for printing.
  'sandbox allow-scripts allow-same-origin allow-forms allow-downloads',
].join('; ');

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
}

/** Serves only files in `folder`, under `ORIGIN`. The page preloads the module `ahead`. */
export function serveRenderer(folder: string, ahead: string): void {
  protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url);
    if (url.origin !== ORIGIN && `${url.protocol}//${url.host}` !== ORIGIN) return refusal(403);
    const path = normalize(join(folder, decodeURIComponent(url.pathname)));
    if (!path.startsWith(folder + sep)) return refusal(403);
    const type = TYPES[extname(path)];
    if (type === undefined) return refusal(404);
    try {
      const body = await readFile(path);
      const isPage = type === TYPES['.html'];
      return new Response(isPage ? preloadModule(body.toString(), ahead) : new Uint8Array(body), {
        headers: {
          'content-type': type,
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
        },
      });
    } catch {
      return refusal(404);
    }
  });
}

function preloadModule(page: string, path: string): string {
  return page.replace('</head>', `<link rel="modulepreload" href="${path}"></head>`);
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: { 'content-security-policy': CONTENT_SECURITY_POLICY } });
}

const prevent = (event: { preventDefault: () => void }): void => event.preventDefault();

/** Denies all permissions, devices and downloads; main saves files itself. */
export function refuseEverything(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', prevent);
}

/** Switches that would override our proxy. Source: Chromium, chrome_command_line_pref_store.cc. */
const OTHER_PROXIES = ['no-proxy-server', 'proxy-auto-detect', 'proxy-pac-url'];

/**
 * Blocks WebRTC, which the content security policy does not cover, with a proxy that does not exist. Our own scheme
 * needs no proxy. Must run before the app is ready.
 */
export function closeNetwork(): void {
  for (const name of OTHER_PROXIES) app.commandLine.removeSwitch(name);
  app.commandLine.appendSwitch('proxy-server', 'http://127.0.0.1:9');
  app.commandLine.appendSwitch('proxy-bypass-list', '<-loopback>');
}

/** The error code of a load that a listener prevented; the page stays. Source: Chromium, net_error_list.h. */
const ABORTED = -3;

/** Prevents navigation away from `home`, redirects, new windows, webviews and frames. */
export function confine(contents: WebContents, home: string): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  const returnFrom = (url: string): void => {
    // The listener below reports failures.
    if (url.split('#')[0] !== home) contents.loadURL(home).catch(() => undefined);
  };
  // Electron calls none of the listeners below for `about:blank` or another address of the same document.
  contents.on('did-navigate', (_event, url) => returnFrom(url));
  contents.on('did-navigate-in-page', (_event, url, isMainFrame) => {
    if (isMainFrame) returnFrom(url);
  });
  // Loading `about:srcdoc` fails and leaves an empty page, but causes no navigation event.
  contents.on('did-fail-load', (_event, code, _description, url, isMainFrame) => {
    if (isMainFrame && code !== ABORTED) returnFrom(url);
  });
  contents.on('will-navigate', prevent);
  contents.on('will-redirect', prevent);
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-attach-webview', prevent);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
