import { homedir, hostname, networkInterfaces, type as systemType, release } from 'node:os';
import { resolve } from 'node:path';
import { chooseLanguage } from '../shared/text/language.ts';
import { createFixedClock, nodeClock, nodeScheduler } from '../node/clock.ts';
import { nodeCrypto } from '../node/crypto.ts';
import { defaultDataFolder } from '../node/data-folder.ts';
import { createFiles } from '../node/files.ts';
import { isFolderLocked, lockFolder } from '../node/folder-lock.ts';
import { nodeIds } from '../node/ids.ts';
import { nodeKeys } from '../node/keys.ts';
import { THREAD_LOST } from '../node/threads/signatures.ts';
import { nodeLog } from '../node/log.ts';
import { nodeMail } from '../node/network/mail.ts';
import { postgresStores } from '../node/postgres/shared-stores.ts';
import { nodeProcesses } from '../node/processes.ts';
import { memoryTickets } from '../node/tickets.ts';
import { userName } from '../node/user.ts';
import { noVault } from '../node/vault.ts';
import { nodeTls } from '../node/network/tls.ts';
import { nodeWeb } from '../node/network/web.ts';
import type { Ports } from '../shared/ports.ts';
import type { CliEnvironment } from '../shared/verb/world.ts';

declare const ARCWARDEN_VERSION: string;

/** The exit code that shells report after Ctrl+C: 128 plus the number of the signal. */
const EXIT_INTERRUPTED = 130;

/** A VT100 sequence, which Node translates on Windows. */
const ERASE_LINE = '\u001B[2K';
/** Characters up to this one are one column wide. */
const LAST_NARROW = '\u00FF';
/** For a terminal that does not report its width. */
const USUAL_COLUMNS = 80;

export function processEnvironment(): CliEnvironment {
  const ports: CliEnvironment['ports'] = ({ now, dataFolder, translate, notice, standardOutput }) => {
    const log = nodeLog(dataFolder);
    const logLostThread = (): void => log.write('warning', THREAD_LOST);
    return {
      clock: now === undefined ? nodeClock() : createFixedClock(now),
      scheduler: nodeScheduler(),
      files: createFiles({
        waiting: (path) => notice(translate('waiting', { path })),
        onLost: logLostThread,
        isAlone: true,
        standardOutput,
      }),
      crypto: nodeCrypto(),
      keys: nodeKeys({ onLost: logLostThread }),
      vault: noVault(),
      ids: nodeIds(),
      log,
      tickets: memoryTickets(),
      host: terminalHost,
      processes: nodeProcesses(),
      mail: nodeMail(),
      web: nodeWeb(),
      tls: nodeTls(),
      sharedStores: postgresStores(),
    };
  };
  const progress = terminalProgress(process.stderr);
  return {
    write: (text) => process.stdout.write(text),
    writeError: (text) => {
      progress('');
      process.stderr.write(text);
    },
    ...(process.stderr.isTTY && { progress }),
    isTerminal: process.stdout.isTTY,
    language: chooseLanguage(systemLanguage()),
    version: ARCWARDEN_VERSION,
    defaultDataFolder: defaultDataFolder(process.env, process.platform, homedir()),
    absolute: (path) => resolve(path),
    ports,
    checkData,
    openToRead: async (at, open) => {
      await checkData(at.ports, at.dataFolder);
      return open(at.ports, at.dataFolder, { readOnly: true });
    },
    workAlone,
    // Imported on demand: verbs that judge files named on the command line need no store.
    openStore: async (...given) => (await import('../settings/store/store.ts')).openStore(...given),
    environment: (name) => process.env[name],
    input: standardInput,
    ...(process.stdin.isTTY && {
      ask: (questions: readonly string[]) => ask(questions, 'hidden'),
      choose: async (question: string) => (await ask([question], 'shown'))?.[0],
    }),
    cancelling: cancellationSignal,
    claim: lockFolder,
    isHeld: isFolderLocked,
    computer: () => ({ name: hostname(), ip: firstAddress() }),
  };
}

async function ask(questions: readonly string[], typed: 'hidden' | 'shown'): Promise<string[] | undefined> {
  const { terminalPrompt } = await import('../authorities/cli/prompt.ts');
  return terminalPrompt(process.stdin, process.stderr, typed)(questions);
}

async function checkData({ files }: Ports, dataFolder: string): Promise<void> {
  const { checkDataFolder } = await import('../store/data-layout.ts');
  await checkDataFolder(files, dataFolder);
}

/** Keeps the folder locked. Writes fail once another process has taken over the lock. */
const workAlone: CliEnvironment['workAlone'] = async ({ ports, dataFolder }, open, work) => {
  const lock = await lockFolder(dataFolder);
  try {
    const part = await open({ ...ports, files: ports.files.createFenced(lock.check) }, dataFolder);
    try {
      return await work(part);
    } finally {
      await part.close();
    }
  } finally {
    await lock.release();
  }
};

async function standardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/**
 * Returns a signal that aborts on Ctrl+C, or when the terminal, the session or the service ends. A second Ctrl+C ends
 * the program immediately.
 */
function cancellationSignal(): AbortSignal {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    controller.abort();
  });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort());
  return controller.signal;
}

/** Returns a function that shows a line in place of the previous one. A line that is too wide is not shown. */
function terminalProgress(terminal: NodeJS.WriteStream): (line: string) => void {
  let isShown = false;
  return (line) => {
    const columns = [...line].reduce((sum, character) => sum + (character > LAST_NARROW ? 2 : 1), 0);
    if (isShown) terminal.write(`\r${ERASE_LINE}`);
    isShown = line !== '' && columns < (terminal.columns || USUAL_COLUMNS);
    if (isShown) terminal.write(line);
  };
}

/** Returns the first external IPv4 address, or else the loopback address. */
function firstAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const outside = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  return outside?.address ?? '127.0.0.1';
}

/** Has no dialogs, since all paths are given on the command line. */
const terminalHost: Ports['host'] = {
  about: () => ({ version: ARCWARDEN_VERSION, node: process.versions.node, system: `${systemType()} ${release()}` }),
  chooseSources: () => Promise.resolve([]),
  chooseTarget: () => Promise.resolve(null),
  copy: () => Promise.resolve(),
  user: userName,
};

/** Prefers POSIX variables to the system's setting, since users set them deliberately. */
function systemLanguage(): string {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return LC_ALL ?? LC_MESSAGES ?? LANG ?? Intl.DateTimeFormat().resolvedOptions().locale;
}
