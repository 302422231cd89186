import { parentPort, workerData } from 'node:worker_threads';
import { CATALOGUE_LOADERS } from '../../core/console/catalogues/catalogues.ts';
import { createConsole, type Console } from '../../core/console/console.ts';
import { closeConsoleData, openConsoleData, type ConsoleData } from '../../core/console/data.ts';
import type { Announce } from '../../core/console/announce.ts';
import { COMPUTING_METHODS } from '../../core/contract.ts';
import { createFiles } from '../../core/node/files.ts';
import { isFolderLocked, lockFolder } from '../../core/node/folder-lock.ts';
import { nodeKeys } from '../../core/node/keys.ts';
import { nodeMail } from '../../core/node/network/mail.ts';
import { postgresStores } from '../../core/node/postgres/shared-stores.ts';
import { nodeProcesses } from '../../core/node/processes.ts';
import { OwnVariables } from '../../core/node/programs.ts';
import { ThreadCalls } from '../../core/node/threads/thread-calls.ts';
import { THREAD_LOST } from '../../core/node/threads/signatures.ts';
import { userName } from '../../core/node/user.ts';
import { nodeTls } from '../../core/node/network/tls.ts';
import { nodeWeb } from '../../core/node/network/web.ts';
import type { WindowPlace } from '../../core/settings/model/settings.ts';
import type { Settings } from '../../core/shared/settings.ts';
import type { Instant } from '../../core/shared/instant.ts';
import type { FolderClaim, Host, Ports } from '../../core/shared/ports.ts';
import { problemFromError } from '../../core/shared/problem.ts';
import { sourceUse } from '../../core/shared/ticket.ts';
import { resolveLanguage } from '../../core/shared/text/language.ts';
import { loadLanguages, provideCatalogues } from '../../core/shared/text/text.ts';
import type { MainCalls, ServicesStart } from './main-calls.ts';
import { commonPorts } from './common-ports.ts';
import { answerPage } from './page-calls.ts';

/* This thread does all reading, computing and writing. Main has the window, dialogs and the system's keys. */

export interface OpenedFolder {
  settings: Settings;
  lastImportAt: Instant | undefined;
  /** Methods that run in the computing thread, named `feature.method`. */
  computed: readonly string[];
}

export type ServicesCalls = ReturnType<typeof functionsForMain>;

const { dataFolder, systemLanguage, about, offers, variables } = workerData as ServicesStart;
if (parentPort === null) throw new Error('this program runs in a thread');
const common = commonPorts(dataFolder);
const { log, tickets } = common;
const main = new ThreadCalls<MainCalls>(parentPort, functionsForMain(), common);
const announce: Announce = (feature, event, payload) => {
  // Main needs the current number of runs if the window closes next.
  if (feature === 'runs' && opened !== undefined) void main.call('countRuns', opened.console.runs.live());
  return main.call('announce', feature, String(event), payload);
};
const ports = nodePorts();

interface Opened {
  console: Console;
  data: ConsoleData;
  lock: FolderClaim;
}

let opened: Opened | undefined;

// A fault that no caller awaits must not end the thread.
process.on('unhandledRejection', (error) => void problemFromError(common, error));

function functionsForMain() {
  return {
    /** Opens the data folder. Throws `store.locked`, `store.newer`, `store.not-writable` or `file.not-readable`. */
    open: async (): Promise<OpenedFolder> => {
      opened ??= await open();
      const { store } = opened.data;
      return { settings: store.settings(), lastImportAt: store.lastImportAt(), computed: COMPUTING_METHODS };
    },
    call: (method: unknown, argument: unknown) => answerPage(ready().console.api, method, argument),
    importPaths: (paths: string[]) => ready().console.importPaths(paths),
    // The tickets allow only reading; the screen decides how to use the files.
    drop: (paths: string[]) => {
      const issued = paths.map((path) => tickets.issue(path, 'read:import', 'read:evidence'));
      announce('application', 'dropped', { tickets: issued });
    },
    keepWindowPlace: async (place: WindowPlace) => {
      await ready().data.store.changeSettings({ window: place });
    },
    prepareWatch: () => ready().console.watch.prepare(),
    check: (options: { read: boolean }) => ready().console.watch.check(options),
    settle: () => ready().console.watch.settle(),
    closeRuns: async () => opened?.console.runs.close(),
    close: async () => {
      if (opened === undefined) return;
      await closeConsoleData(opened.data);
      await opened.lock.release();
    },
  };
}

function ready(): Opened {
  if (opened === undefined) throw new Error('asked before the data folder is open');
  return opened;
}

async function open(): Promise<Opened> {
  const lock = await lockFolder(dataFolder, {
    onLost: () => {
      log.write('error', 'the lock of the data folder was lost');
      void main.call('lockLost');
    },
  });
  try {
    const claim = (folder: string): Promise<FolderClaim> => lockFolder(folder);
    // Without the lock, our writes could undo those of another process.
    const fenced = { ...ports, files: ports.files.createFenced(lock.check) };
    const data = await openConsoleData(fenced, dataFolder, claim);
    provideCatalogues(CATALOGUE_LOADERS);
    await loadLanguages([resolveLanguage(data.store.settings().language, systemLanguage)]);
    const console = createConsole({
      ...data,
      ports,
      announce,
      dataFolder,
      systemLanguage,
      claim,
      isHeld: isFolderLocked,
    });
    return { console, data, lock };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function nodePorts(): Ports {
  const warnLost = (): void => log.write('warning', THREAD_LOST);
  return {
    ...common,
    files: createFiles({ waiting: (path) => announce('application', 'waiting', { path }), onLost: warnLost }),
    keys: nodeKeys({ onLost: warnLost }),
    vault: {
      isAvailable: () => main.call('isAvailable'),
      protect: (secret) => main.call('protect', secret),
      unprotect: (guarded) => main.call('unprotect', guarded),
    },
    host: windowHost(),
    processes: nodeProcesses({
      own: new OwnVariables({ ...variables }, process.platform),
      launch: (words, logPath) => main.call('launchCommandLine', [...words], logPath),
    }),
    mail: nodeMail(),
    web: nodeWeb(),
    tls: nodeTls(),
    sharedStores: postgresStores(),
  };
}

/** Paths stay in this thread: the page gets tickets. */
function windowHost(): Host {
  return {
    about: () => about,
    chooseSources: async (kind) =>
      (await main.call('chooseSources', kind)).map((path) => tickets.issue(path, sourceUse(kind))),
    chooseTarget: async (suggestedName, format) => {
      const path = await main.call('chooseTarget', suggestedName, format);
      return path === null ? null : tickets.issue(path, `write:${format}`);
    },
    copy: (text) => main.call('copy', text),
    showFolder: (path) => main.call('showFolder', path),
    user: userName,
    ...(offers.toast && { toast: (toast) => main.call('toast', toast) }),
    print: (html) => main.call('print', html),
    confirm: (question) => main.call('confirm', question),
  };
}
