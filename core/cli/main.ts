import { homedir, type as systemType, release } from 'node:os';
import { resolve } from 'node:path';
import { languageOf } from '../language/text.ts';
import { fixedClock, nodeClock } from '../node/clock.ts';
import { nodeCrypto } from '../node/crypto.ts';
import { defaultDataFolder } from '../node/data-folder.ts';
import { nodeFiles } from '../node/files.ts';
import { lockFolder } from '../node/folder-lock.ts';
import { nodeIds } from '../node/ids.ts';
import { nodeLog } from '../node/log.ts';
import { memoryTickets } from '../node/tickets.ts';
import type { Ports } from '../ports.ts';
import { openStore } from '../store/store.ts';
import { runCli } from './run.ts';
import { EXIT } from './usage.ts';
import type { World } from './world.ts';

/** Set by the build from package.json. */
declare const ARCWARDEN_VERSION: string;

function processWorld(): World {
  const ports: World['ports'] = (now, dataFolder) => ({
    clock: now === undefined ? nodeClock() : fixedClock(now),
    files: nodeFiles(),
    crypto: nodeCrypto(),
    ids: nodeIds(),
    log: nodeLog(dataFolder),
    tickets: memoryTickets(),
    host: terminalHost,
  });
  return {
    out: (text) => process.stdout.write(text),
    notice: (line) => process.stderr.write(`${line}\n`),
    language: languageOf(systemLanguage()),
    version: ARCWARDEN_VERSION,
    defaultDataFolder: defaultDataFolder(process.env, process.platform, homedir()),
    absolute: (path) => resolve(path),
    ports,
    openReadOnly: (given, dataFolder) => openStore(given, dataFolder, { readOnly: true }),
    withStore: async (given, dataFolder, work) => {
      const lock = await lockFolder(dataFolder);
      try {
        const store = await openStore(given, dataFolder);
        try {
          return await work(store);
        } finally {
          await store.close();
        }
      } finally {
        await lock.release();
      }
    },
  };
}

/** A terminal has no dialogs: everything is named on the command line. */
const terminalHost: Ports['host'] = {
  about: () => ({
    version: ARCWARDEN_VERSION,
    node: process.versions.node,
    system: `${systemType()} ${release()}`,
  }),
  chooseSources: () => Promise.resolve([]),
  chooseTarget: () => Promise.resolve(null),
  copy: () => Promise.resolve(),
};

/** POSIX variables first, since they are the more deliberate choice; then what the system says. */
function systemLanguage(): string {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return LC_ALL ?? LC_MESSAGES ?? LANG ?? Intl.DateTimeFormat().resolvedOptions().locale;
}

runCli(process.argv.slice(2), processWorld()).then(
  (code) => {
    // Not process.exit: standard output may still be draining into a pipe.
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(
      `arcwarden: ${error instanceof Error ? error.name : 'failure'} before the command began\n`,
    );
    process.exitCode = EXIT.internal;
  },
);
