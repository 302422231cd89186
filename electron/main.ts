import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, dialog, Menu, nativeTheme, safeStorage, session, type BrowserWindow } from 'electron';
import type { Announce } from '../core/console/announce.ts';
import { epochMs } from '../core/shared/instant.ts';
import type { Settings } from '../core/shared/settings.ts';
import { problemFromError, type Problem } from '../core/shared/problem.ts';
import type { WatchView } from '../core/notifications/model/notification-view.ts';
import { CATALOGUE_LOADERS } from '../core/console/catalogues/catalogues.ts';
import { chooseLanguage, resolveLanguage } from '../core/shared/text/language.ts';
import type { Language, Translate } from '../core/shared/text/text.ts';
import { nodeClock } from '../core/node/clock.ts';
import { defaultDataFolder } from '../core/node/data-folder.ts';
import { createFiles } from '../core/node/files.ts';
import { nodeIds } from '../core/node/ids.ts';
import { nodeLog } from '../core/node/log.ts';
import { OwnVariables } from '../core/node/programs.ts';
import type { Toast } from '../core/shared/ports.ts';
import { readSettings } from '../core/settings/store/read-settings.ts';
import { captureBoard } from './capture.ts';
import { messageBox, systemConfirmation } from './confirm.ts';
import { describeProgram, systemDialogs } from './host.ts';
import { launchCommandLine } from './command-line.ts';
import { announceToWindows, answerCalls, answerDrops } from './ipc.ts';
import { applicationMenu } from './menu.ts';
import { systemToasts } from './notifications.ts';
import { parseHandover, startOptions } from './options.ts';
import { servePage } from './page.ts';
import { systemPrinter } from './print.ts';
import { RunGuard } from './run-guard.ts';
import { declareScheme, refuseEverything } from './security.ts';
import type { LiveRuns } from './services/main-calls.ts';
import { ConsoleServices } from './services/console-services.ts';
import type { OpenedFolder } from './services/program.ts';
import { findRefusedSwitch } from './switches.ts';
import { showBadge, TrayIcon } from './tray/tray.ts';
import { electronVault } from './vault.ts';
import { applyLoginItem, watchSteadily, type Watching } from './watching.ts';
import { openWindow } from './window.ts';

/** Same as in build/electron-builder.config.mjs; Windows uses it to attribute notifications. */
const APPLICATION_ID = 'io.arcwarden.console';

const EXIT_REFUSED = 2;
const EXIT_CAPTURE_FAILED = 3;

/* The texts load in parallel with the page. */
const loadTexts = async () => {
  const texts = await import('../core/shared/text/text.ts');
  texts.provideCatalogues(CATALOGUE_LOADERS);
  return texts;
};
type Texts = Awaited<ReturnType<typeof loadTexts>>;

// Our variables are removed before any process starts: its environment, or a memory dump, would reveal them.
const ownVariables = new OwnVariables(process.env, process.platform);
const options = startOptions(process.argv.slice(1), process.cwd());
const dataFolder = options.dataFolder ?? defaultDataFolder(process.env, process.platform, homedir());
const ports = { ids: nodeIds(), log: nodeLog(dataFolder) };

if (process.platform === 'win32') app.setAppUserModelId(APPLICATION_ID);
declareScheme();
// Otherwise Electron's menu with its developer tools would exist until our menu is loaded.
Menu.setApplicationMenu(null);
// Each instance has one folder, so that it can be backed up as a whole.
app.setPath('userData', join(dataFolder, 'window'));
// For root, Linux has no sandbox helper, without which enableSandbox would end every child process.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

const refused = findRefusedSwitch({
  words: process.argv.slice(1),
  platform: process.platform,
  isPackaged: app.getAppPath().endsWith('.asar'),
  resources: process.resourcesPath,
  isRoot: process.getuid?.() === 0,
});

if (refused !== undefined) {
  void refuse(refused);
} else if (app.requestSingleInstanceLock(options)) {
  start().catch(giveUp);
} else {
  app.exit(0);
}

async function start(): Promise<void> {
  const logFailure = (error: unknown): unknown => problemFromError(ports, error);
  const reading = readSettings({ clock: nodeClock(), files: createFiles() }, dataFolder);
  let [settings] = await Promise.all([reading, app.whenReady()]);
  refuseEverything(session.defaultSession);
  let texts: Texts | undefined;
  const mustHaveTexts = (): Texts => {
    if (texts === undefined) throw new Error('asked for a text before there are any');
    return texts;
  };
  const language = (): Language => resolveLanguage(settings.language, systemLanguage());
  const translate = (): Translate => mustHaveTexts().translator(language());
  servePage(language());
  const running: { window?: BrowserWindow; watching?: Watching; seen?: WatchView; runs: LiveRuns } = {
    runs: { count: 0, working: 0 },
  };
  const open = (opens: Toast['opens']): void => {
    const { window } = running;
    if (window === undefined || window.isDestroyed()) return;
    comeForward(window);
    if (opens !== undefined) announceToWindows('notifications', 'opened', opens);
  };
  const trayIcon = new TrayIcon({
    open: () => open(undefined),
    check: () => running.watching?.read(),
    quit: () => app.quit(),
  });
  const guard = new RunGuard({
    runs: () => running.runs,
    window: () => running.window,
    translate,
    onhidden: () => showState(),
  });
  const showState = (): void => {
    const { seen, window } = running;
    if (seen === undefined || options.captureFile !== undefined) return;
    const state = { summary: seen.summary, translate: translate(), language: language() };
    const isHidden = running.window?.isVisible() === false && guard.isLive;
    if (settings.watch.tray || isHidden) trayIcon.show(state);
    else trayIcon.hide();
    showBadge(window, state);
  };
  const takeSettings = async (changed: Settings): Promise<void> => {
    settings = changed;
    await mustHaveTexts().loadLanguages([language()]);
    applySettings(settings, translate);
    applyLoginItem(settings.watch, options.dataFolder);
    showState();
  };
  const announce: Announce = (feature, event, payload) => {
    announceToWindows(feature, event, payload);
    if (feature === 'notifications' && event === 'watchChanged') {
      running.seen = payload as WatchView;
      showState();
    }
    if (feature === 'settings') takeSettings(payload as Settings).catch(logFailure);
    if (feature === 'settings' || (feature === 'inventory' && event !== 'importProgress')) running.watching?.changed();
  };
  nativeTheme.themeSource = settings.theme;
  const { captureFile } = options;

  const showWindow = (): BrowserWindow => {
    const window = openWindow({
      place: settings.window,
      onplace: (place) => void services.call('keepWindowPlace', place).catch(logFailure),
      title: 'Arcwarden',
      hidden: options.hidden === true,
      staysInBackground: () => settings.watch.tray && settings.watch.background,
      onclose: (event) => guard.handleClose(event),
    });
    running.window = window;
    return window;
  };
  const page = captureFile === undefined ? firstCall(showWindow()) : undefined;
  const loading = (page?.called ?? Promise.resolve()).then(async () => {
    const loaded = await loadTexts();
    await loaded.loadLanguages([language()]);
    texts = loaded;
    applySettings(settings, translate);
  });
  const toast = systemToasts(open);
  const services = new ConsoleServices({
    start: {
      dataFolder,
      systemLanguage: systemLanguage(),
      about: describeProgram(),
      offers: { toast: toast !== undefined },
      variables: ownVariables.values,
    },
    main: {
      announce,
      countRuns: (runs) => void (running.runs = runs),
      launchCommandLine,
      lockLost: () => {
        // From now on the folder's new owner sends warnings.
        running.watching?.stop();
        if (captureFile === undefined) void offerRestart(running.window, translate());
      },
      ...systemDialogs(translate),
      toast: async (shown) => toast?.(shown),
      print: systemPrinter(),
      confirm: systemConfirmation(() => running.window),
      ...electronVault(safeStorage, process.platform),
    },
    ports,
    open: async (attempt) => {
      const folder = await openFolder(attempt, loading.then(translate));
      await loading;
      // Another process may have changed them before we locked the folder.
      settings = folder.settings;
      await mustHaveTexts().loadLanguages([language()]);
      return folder;
    },
    onEnded: (logId) => {
      running.runs = { count: 0, working: 0 };
      running.watching?.prepare();
      void tellRestarted(running.window, translate(), logId);
    },
  });
  answerCalls(services, ports, { settings: () => settings, asked: () => page?.answer() });
  answerDrops(services, ports);
  const { importPaths } = options;
  const imported = importPaths.length > 0 ? services.call('importPaths', importPaths) : undefined;
  // A picture must show the imported data; an admin should see the window immediately.
  if (captureFile !== undefined) {
    await services.whenOpen;
    const result = await imported;
    if (result?.ok === false) {
      process.stderr.write(`${problemText(result.problem, translate())}\n`);
      app.exit(EXIT_CAPTURE_FAILED);
      return;
    }
  }

  const main = running.window ?? showWindow();
  endWell(services);
  app.on('second-instance', (_event, _argv, _folder, additional) => {
    comeForward(main);
    void parseHandover(additional).then((more) =>
      more.length > 0 ? importAndTell(services, more, announce) : undefined,
    );
  });
  app.on('window-all-closed', () => app.quit());

  if (imported !== undefined) {
    const [result] = await Promise.all([imported, waitForPage(main)]);
    announce('inventory', 'importEnded', result);
  }
  if (captureFile !== undefined) return capture(main, captureFile);
  const { lastImportAt } = await services.whenOpen;
  running.watching = watchSteadily(services, {
    settings: () => settings.watch,
    lastReadMs: lastImportAt === undefined ? undefined : epochMs(lastImportAt),
  });
}

/** Offers to retry. Never settles if the admin gives up. */
async function openFolder(attempt: () => Promise<OpenedFolder>, translate: Promise<Translate>): Promise<OpenedFolder> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const problem = problemFromError(ports, error);
      const text = await translate;
      const message = problemText(problem, text);
      if (options.captureFile !== undefined) {
        process.stderr.write(`${message}\n`);
        app.exit(EXIT_CAPTURE_FAILED);
        return new Promise(() => undefined);
      }
      const { response } = await dialog.showMessageBox({
        type: 'error',
        message: text('dialog.cannot-start'),
        detail: message,
        buttons: [text('dialog.retry'), text('dialog.quit')],
        defaultId: 0,
        cancelId: 1,
      });
      if (response === 0) continue;
      app.exit(1);
      return new Promise(() => undefined);
    }
  }
}

/** Offers to restart, because from now on the console can only read, and may show outdated data. */
async function offerRestart(window: BrowserWindow | undefined, text: Translate): Promise<void> {
  const response = await messageBox(window, {
    message: text('dialog.lock-lost'),
    detail: text('dialog.lock-lost.detail'),
    buttons: [text('dialog.lock-lost.restart'), text('dialog.lock-lost.read')],
    cancelId: 1,
  });
  if (response !== 0) return;
  ownVariables.restore(process.env);
  app.relaunch();
  app.quit();
}

async function tellRestarted(window: BrowserWindow | undefined, text: Translate, logId: string): Promise<void> {
  if (window?.isDestroyed() === false) window.webContents.reload();
  const response = await messageBox(window, {
    message: text('dialog.services-ended'),
    detail: text('dialog.services-ended.detail', { id: logId }),
    buttons: [text('dialog.services-ended.continue'), text('dialog.quit')],
    cancelId: 0,
  });
  if (response === 1) app.quit();
}

function endWell(services: ConsoleServices): void {
  let ended = false;
  app.on('will-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    services
      .close()
      .catch(() => undefined)
      .finally(() => {
        ended = true;
        app.quit();
      });
  });
}

async function importAndTell(services: ConsoleServices, paths: string[], announce: Announce): Promise<void> {
  announce('inventory', 'importEnded', await services.call('importPaths', paths));
}

const PAGE_AT_LATEST_MS = 3_000;

/**
 * Resolves when the page requests more than settings, by which time its first frame is drawn. Loading the program
 * blocks main, which has to serve the page first; the wait has a limit.
 */
function firstCall(window: BrowserWindow): { called: Promise<void>; answer: () => void } {
  let answer = (): void => undefined;
  const called = new Promise<void>((resolve) => {
    answer = resolve;
    setTimeout(resolve, PAGE_AT_LATEST_MS);
    window.once('closed', resolve);
    app.once('before-quit', () => resolve());
  });
  return { called, answer };
}

function waitForPage(window: BrowserWindow): Promise<void> {
  return new Promise((resolve) => {
    if (window.webContents.isLoading()) window.webContents.once('did-finish-load', () => resolve());
    else resolve();
  });
}

async function capture(window: BrowserWindow, file: string): Promise<void> {
  try {
    await captureBoard(window, file);
    app.quit();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'no picture'}\n`);
    app.exit(EXIT_CAPTURE_FAILED);
  }
}

function comeForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function applySettings(settings: Settings, translate: () => Translate): void {
  nativeTheme.themeSource = settings.theme;
  Menu.setApplicationMenu(
    applicationMenu(translate(), (command) => announceToWindows('application', 'command', { command })),
  );
}

function systemLanguage(): string {
  return app.getLocale();
}

function problemText({ code, params }: Problem, text: Translate): string {
  return `${text(`problem.${code}`, params)}\n\n${text(`problem.${code}.remedy`, params)}`;
}

/** Shows the error and exits before the app is ready, when the debugger would open. Loads only modules, to be quick. */
async function refuse(name: string): Promise<void> {
  const text = await textsIn(Intl.DateTimeFormat().resolvedOptions().locale);
  dialog.showErrorBox('Arcwarden', text('dialog.switch-refused', { name }));
  app.exit(EXIT_REFUSED);
}

async function giveUp(error: unknown): Promise<void> {
  const problem = problemFromError(ports, error);
  process.stderr.write(`${problemText(problem, await textsIn(systemLanguage()))}\n`);
  app.exit(1);
}

async function textsIn(tag: string): Promise<Translate> {
  const { loadLanguages, translator } = await loadTexts();
  const language = chooseLanguage(tag);
  await loadLanguages([language]);
  return translator(language);
}
