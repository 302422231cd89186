import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, relative } from 'node:path';

import { bundleOptions, COMMANDS, WINDOW_PROGRAMS } from './build.mjs';
import { createProgress, runCommand } from './command.mjs';
import { HELP } from './help.mjs';
import { openDisplay } from './machine/display.mjs';
import { findRuntime } from './machine/runtime.mjs';
import { SET_UP_STEPS, setUp, whatWindowsNeed } from './machine/setup.mjs';
import { CACHE, modulePath, ROOT } from './paths.mjs';
import { endWithUs } from './processes.mjs';
import { chromiumSwitches, readArguments } from './start.mjs';

/*
 * Vite's server serves the page and replaces modules while the window stays open; esbuild rebuilds main and preload,
 * and the console restarts.
 */

/** A folder apart from `out`, because a development build must never be packaged. */
const APPLICATION = join(CACHE, 'dev', 'console');
/** A separate folder, so that unfinished code cannot damage real data. */
const DATA = join(CACHE, 'dev', 'data');
/** The window starts the machines of a lab with the command line. */
const PROGRAMS = { ...WINDOW_PROGRAMS, arcwarden: COMMANDS };
const HOST = '127.0.0.1';
/** The console is killed if it has not released its data folder after this time. */
const QUIT_TIMEOUT_MS = 5_000;
/** One change often rebuilds both main and preload. */
const SETTLE_MS = 100;

await runCommand(import.meta.url, HELP.dev, async (args) => {
  const typed = readArguments(args);
  const words = typed.data === undefined ? [...typed.words, '--data', DATA] : typed.words;
  const progress = createProgress(SET_UP_STEPS + 4);
  await setUp({ need: whatWindowsNeed(), progress });
  const { executable } = await findRuntime(progress);
  progress.step('Page: Vite');
  const { address, close: closePage } = await servePage();
  progress.say(address);
  const display = await openDisplay();
  const running = startConsole(executable, [...chromiumSwitches(display), APPLICATION, ...words], display.environment);
  progress.step('Main process and preload: esbuild');
  const closePrograms = await buildSteadily(address, () => running.restart());
  progress.step('Console');
  if (display.isVirtual) progress.say('there is no display, so it runs under a virtual one');
  progress.say(`data: ${relative(ROOT, typed.data ?? DATA)}`);
  progress.say('close its window, or press Ctrl-C here, to end');
  try {
    return await running.closed;
  } finally {
    await Promise.all([closePrograms(), closePage()]);
    display.close();
  }
});

async function servePage() {
  const vite = await import('vite');
  const port = await freePort();
  const server = await vite.createServer({
    configFile: join(ROOT, 'build/vite.config.mjs'),
    configLoader: 'native',
    server: {
      host: HOST,
      port,
      strictPort: true,
      // The page has a different origin from the server, so it cannot derive the socket's address from its own.
      ws: { host: HOST, clientPort: port, protocol: 'ws' },
      // Packages may be linked from elsewhere.
      fs: { allow: [ROOT, realpathSync(modulePath('.'))] },
      // Compiles the page's several hundred modules while the console is built and started.
      warmup: { clientFiles: ['./main.ts'] },
    },
  });
  await server.listen();
  return { address: `http://${HOST}:${port}`, close: () => server.close() };
}

async function freePort() {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await once(server.close(), 'close');
  return port;
}

/**
 * @param {string} address of the page's server
 * @param {() => void} onBuilt called after every successful build
 * @returns {Promise<() => Promise<unknown>>} stops the builds
 */
async function buildSteadily(address, onBuilt) {
  const esbuild = await import('esbuild');
  mkdirSync(APPLICATION, { recursive: true });
  const { name, productName, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(join(APPLICATION, 'package.json'), JSON.stringify({ name, productName, version, main: 'main.cjs' }));
  const programs = /** @type {(keyof typeof PROGRAMS)[]} */ (Object.keys(PROGRAMS));
  const missing = new Set(programs);
  const contexts = await Promise.all(
    programs.map((program) => {
      const options = devBundleOptions(program, address);
      return esbuild.context({
        ...options,
        plugins: [
          ...options.plugins,
          {
            name: 'arcwarden-built',
            setup(build) {
              build.onEnd(({ errors }) => {
                if (errors.length > 0) missing.add(program);
                else missing.delete(program);
                if (missing.size === 0) onBuilt();
              });
            },
          },
        ],
      });
    }),
  );
  await Promise.all(contexts.map((context) => context.watch()));
  return () => Promise.all(contexts.map((context) => context.dispose()));
}

/**
 * @param {keyof typeof PROGRAMS} program
 * @param {string} address of the page's server
 */
export function devBundleOptions(program, address) {
  const { source } = PROGRAMS[program];
  const options = bundleOptions({ source, result: join(APPLICATION, `${program}.cjs`) });
  return {
    ...options,
    define: { ...options.define, ARCWARDEN_DEV_SERVER: JSON.stringify(address) },
    sourcesContent: true,
    plugins: [pageFromServer()],
  };
}

/**
 * Replaces electron/page.ts with electron/dev/page.ts, which no module imports, so that it reaches no other bundle.
 *
 * @returns {import('esbuild').Plugin}
 */
function pageFromServer() {
  return {
    name: 'arcwarden-page-from-server',
    setup(build) {
      build.onResolve({ filter: /^\.\/page\.ts$/ }, () => ({ path: join(ROOT, 'electron/dev/page.ts') }));
    },
  };
}

/**
 * @param {string} executable
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function startConsole(executable, args, env) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  let isStopping = false;
  /** @type {(code: number) => void} */
  let close = () => undefined;
  /** The exit code, once the user has closed the window. @type {Promise<number>} */
  const closed = new Promise((resolve) => (close = resolve));

  const start = () => {
    isStopping = false;
    const started = spawn(executable, args, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child = started;
    const forget = endWithUs(started.pid);
    started.on('error', (error) => {
      console.error(error.message);
      close(1);
    });
    started.on('exit', (code, signal) => {
      forget();
      child = undefined;
      if (isStopping) start();
      else if (code === 0) close(0);
      else console.log(`      The console ended (${signal ?? `exit code ${code}`}); a change starts it`);
    });
  };

  const startAnew = () => {
    if (child === undefined) return start();
    if (isStopping) return;
    isStopping = true;
    console.log('      Main process or preload has changed: the console starts anew');
    const stopped = child;
    if (stopped.connected) stopped.send('quit', () => undefined);
    setTimeout(() => stopped.kill('SIGKILL'), QUIT_TIMEOUT_MS).unref();
  };

  return {
    closed,
    restart() {
      clearTimeout(timer);
      timer = setTimeout(startAnew, SETTLE_MS);
    },
  };
}
