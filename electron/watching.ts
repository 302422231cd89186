import { app, powerMonitor } from 'electron';
import { MINUTE_MS } from '../core/shared/instant.ts';
import type { WatchSettings } from '../core/notifications/model/notification-settings.ts';
import type { ConsoleServices } from './services/console-services.ts';

/** How often pending deliveries are retried and states evaluated; it takes milliseconds. */
const LOOK_EVERY_MS = MINUTE_MS;
/** A change of the inventory is usually followed at once by further ones. */
const AFTER_CHANGE_MS = 2_000;
/** Whoever has just opened the console waits for its rows, which the first look at a large fleet would delay. */
const AFTER_START_MS = 2_000;

/** After the first look, and once changes have ended. */
const SETTLED_AFTER_MS = 5_000;

const HIDDEN_OPTION = '--hidden';

export interface Watching {
  /** Call when the inventory has changed. */
  changed(): void;
  /** Reads all known files again now. */
  read(): void;
  /** Has the services, which have started again, read what was reported, and checks soon. */
  prepare(): void;
  /** Checks nothing any more. */
  stop(): void;
}

/**
 * Checks as long as the console runs: every minute, when the computer wakes up, and after changes. Known files are read
 * again at the admin's interval, counted from the last time anything was read.
 */
export function watchSteadily(
  services: Pick<ConsoleServices, 'call'>,
  preferences: { settings: () => WatchSettings; lastReadMs: number | undefined },
): Watching {
  let soon: NodeJS.Timeout | undefined;
  let settling: NodeJS.Timeout | undefined;
  let lastReadMs = preferences.lastReadMs ?? Date.now();
  let isStopped = false;
  const check = (read: boolean): void => {
    if (isStopped) return;
    if (read) lastReadMs = Date.now();
    // Failures are reported where they occur: in the status of the channel, or in the log.
    services.call('check', { read }).catch(() => undefined);
  };
  const look = (): void => {
    const sinceMs = Date.now() - lastReadMs;
    // Negative when the clock was set back.
    check(sinceMs < 0 || sinceMs >= preferences.settings().readEveryMinutes * MINUTE_MS);
  };
  const settleSoon = (): void => {
    clearTimeout(settling);
    settling = setTimeout(() => {
      services.call('settle').catch(() => undefined);
    }, SETTLED_AFTER_MS);
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  powerMonitor.on('resume', () => {
    check(true);
  });
  const stop = (): void => {
    isStopped = true;
    clearInterval(timer);
    clearTimeout(soon);
    clearTimeout(settling);
  };
  const prepare = (): void => {
    services.call('prepareWatch').then(
      () => setTimeout(look, AFTER_START_MS),
      () => undefined,
    );
    settleSoon();
  };
  app.on('will-quit', stop);
  prepare();
  return {
    prepare,
    changed: () => {
      clearTimeout(soon);
      soon = setTimeout(() => {
        check(false);
      }, AFTER_CHANGE_MS);
      settleSoon();
    },
    read: () => {
      check(true);
    },
    stop,
  };
}

/**
 * Starts the console with the system, hidden, if the admin wants that. Linux has no such setting of its own. The login
 * item names the data folder when it is not the default one.
 */
export function applyLoginItem(
  { tray, background, startAtLogin }: WatchSettings,
  dataFolder: string | undefined,
): void {
  // In development the item would start a bare Electron.
  if (process.platform === 'linux' || !app.isPackaged) return;
  const openAtLogin = tray && background && startAtLogin;
  const args = [HIDDEN_OPTION, ...(dataFolder === undefined ? [] : ['--data', dataFolder])];
  // An item that does not exist need not be removed: checking first leaves other programs' settings alone.
  if (app.getLoginItemSettings({ args }).openAtLogin !== openAtLogin) app.setLoginItemSettings({ openAtLogin, args });
}
