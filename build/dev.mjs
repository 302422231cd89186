import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, relative } from 'node:path';

import { bundling, WINDOW_PROGRAMS } from './build.mjs';
import { openDisplay } from './machine/display.mjs';
import { HELP } from './help.mjs';
import { CACHE, inNodeModules, ROOT } from './paths.mjs';
import { createProgress, runCommand } from './command.mjs';
import { endWithUs } from './processes.mjs';
import { findRuntime } from './machine/runtime.mjs';
import { SET_UP_STEPS, setUp, whatWindowsNeed } from './machine/setup.mjs';
import { chromiumSwitches, dataArguments, withAbsolutePaths } from './start.mjs';

/*
 * Runs the console during development: the page from Vite's development server, which replaces modules while the window
 * stays open, and main and preload from esbuild, which restart the console after each change.
 */

/** The application folder passed to Electron. Not `out`, because a development build must never be packaged. */
const APPLICATION = join(CACHE, 'dev', 'console');
/** Unfinished code must not touch data that somebody relies on. */
const DATA = join(CACHE, 'dev', 'data');
const HOST = '127.0.0.1';
/** How long the console may take to release its data folder before it is ended. */
const QUIT_TIMEOUT_MS = 5_000;
/** Main and preload are often rebuilt for the same change. */
const SETTLE_MS = 100;

/**
 * @param {readonly string[]} args as the person typed them
 * @returns {Promise<number>} the exit code
 */
async function dev(args) {
  const typed = withAbsolutePaths(args, process.env['INIT_CWD'] ?? process.cwd());
  const chosen = dataArguments(typed).length > 0 ? typed : [...typed, '--data', DATA];
  const progress = createProgress(SET_UP_STEPS + 4);
  await setUp({ need: whatWindowsNeed(), progress });
  const runtime = await findRuntime(progress);
  progress.step('Page: Vite');
  const { address, close: closePage } = await servePage();
  progress.say(address);
  const display = await openDisplay();
  const isRoot = process.getuid?.() === 0;
  const running = new DevConsole(
    runtime.executable,
    [...chromiumSwitches({ isRoot, isVirtual: display.isVirtual }), APPLICATION, ...chosen],
    display.environment,
  );
  progress.step('Main process and preload: esbuild');
  const closePrograms = await buildSteadily(address, () => running.restart());
  progress.step('Console');
  if (display.isVirtual) progress.say('there is no display, so it runs under a virtual one');
  progress.say(`data: ${relative(ROOT, dataArguments(chosen)[1] ?? '')}`);
  progress.say('close its window, or press Ctrl-C here, to end');
  try {
    return await running.closed();
  } finally {
    await Promise.all([closePrograms(), closePage()]);
    display.close();
  }
}

/** @returns {Promise<{ address: string, close: () => Promise<void> }>} */
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
      // The page has another origin than the server, so it cannot derive the socket's address from its own.
      ws: { host: HOST, clientPort: port, protocol: 'ws' },
      // Packages may be linked from elsewhere.
      fs: { allow: [ROOT, realpathSync(inNodeModules('.'))] },
      // Several hundred modules: they are compiled while the console is built and started.
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
 * Builds the programs of the console, and rebuilds them whenever one of their sources changes.
 *
 * @param {string} address of the page's server
 * @param {() => void} onBuilt called after every successful build
 * @returns {Promise<() => Promise<unknown>>} stops it
 */
async function buildSteadily(address, onBuilt) {
  const esbuild = await import('esbuild');
  mkdirSync(APPLICATION, { recursive: true });
  const { name, productName, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(join(APPLICATION, 'package.json'), JSON.stringify({ name, productName, version, main: 'main.cjs' }));
  const programs = /** @type {(keyof typeof WINDOW_PROGRAMS)[]} */ (Object.keys(WINDOW_PROGRAMS));
  /** Not built yet, or broken. */
  const missing = new Set(programs);
  const contexts = await Promise.all(
    programs.map((program) => {
      const options = devBundling(program, address);
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
 * @param {keyof typeof WINDOW_PROGRAMS} program
 * @param {string} address of the page's server
 */
export function devBundling(program, address) {
  const { source } = WINDOW_PROGRAMS[program];
  const options = bundling({ source, result: join(APPLICATION, `${program}.cjs`) });
  return {
    ...options,
    define: { ...options.define, ARCWARDEN_DEV_SERVER: JSON.stringify(address) },
    // Debuggers show the source as it was at build time.
    sourcesContent: true,
    plugins: [pageFromServer()],
  };
}

/**
 * Replaces electron/page.ts by electron/dev/page.ts. This is its only way into a bundle: no module imports it.
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

/** The console, restarted after each build. */
class DevConsole {
  #executable;
  #args;
  #environment;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  /** @type {NodeJS.Timeout | undefined} */
  #timer;
  #isStopping = false;
  /** @type {(code: number) => void} */
  #close = () => undefined;
  /** @type {Promise<number>} */
  #closed = new Promise((resolve) => {
    this.#close = resolve;
  });

  /**
   * @param {string} executable
   * @param {string[]} args
   * @param {NodeJS.ProcessEnv} environment
   */
  constructor(executable, args, environment) {
    this.#executable = executable;
    this.#args = args;
    this.#environment = environment;
  }

  /** @returns {Promise<number>} the exit code, once the person has closed the window */
  closed() {
    return this.#closed;
  }

  restart() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#child === undefined) this.#start();
      else this.#quit(this.#child);
    }, SETTLE_MS);
  }

  /** @param {import('node:child_process').ChildProcess} child */
  #quit(child) {
    if (this.#isStopping) return;
    this.#isStopping = true;
    console.log('      Main process or preload has changed: the console starts anew');
    // It may have ended by itself a moment ago, which is already handled.
    if (child.connected) child.send('quit', () => undefined);
    setTimeout(() => child.kill('SIGKILL'), QUIT_TIMEOUT_MS).unref();
  }

  #start() {
    this.#isStopping = false;
    const child = spawn(this.#executable, this.#args, {
      cwd: ROOT,
      env: this.#environment,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child = child;
    const forget = child.pid === undefined ? () => undefined : endWithUs(child.pid);
    child.on('error', (error) => {
      console.error(error.message);
      this.#close(1);
    });
    child.on('exit', (code, signal) => {
      forget();
      this.#child = undefined;
      if (this.#isStopping) this.#start();
      else if (code === 0) this.#close(0);
      else {
        console.log(`      The console ended (${signal ?? `exit code ${code}`}); a change starts it`);
      }
    });
  }
}

await runCommand(import.meta.url, HELP.dev, dev);
