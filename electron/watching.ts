import { app, powerMonitor } from 'electron';
import { MINUTE_MS } from '../core/shared/instant.ts';
import type { WatchSettings } from '../core/notifications/model/notification-settings.ts';
import type { ConsoleServices } from './services/console-services.ts';

/** A check only examines retries and states, which takes milliseconds. */
const LOOK_EVERY_MS = MINUTE_MS;
/** More changes usually follow immediately. */
const AFTER_CHANGE_MS = 2_000;
/** On opening, a check of a large fleet would delay the rows. */
const AFTER_START_MS = 2_000;

/** Measured from the start and from the last change. */
const SETTLED_AFTER_MS = 5_000;

const HIDDEN_OPTION = '--hidden';

export interface Watching {
  changed(): void;
  read(): void;
  /** Reads earlier reports and checks soon, for use after a restart of the services. */
  prepare(): void;
  stop(): void;
}

/** Checks every minute, on wake-up and after changes. Known files are reread at the admin's interval. */
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
    // The channel's status or the log reports failures.
    services.call('check', { read }).catch(() => undefined);
  };
  const look = (): void => {
    const sinceMs = Date.now() - lastReadMs;
    // Negative if the clock was set back.
    check(sinceMs < 0 || sinceMs >= preferences.settings().readEveryMinutes * MINUTE_MS);
  };
  const settleSoon = (): void => {
    clearTimeout(settling);
    settling = setTimeout(() => void services.call('settle').catch(() => undefined), SETTLED_AFTER_MS);
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  powerMonitor.on('resume', () => check(true));
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
      soon = setTimeout(() => check(false), AFTER_CHANGE_MS);
      settleSoon();
    },
    read: () => check(true),
    stop,
  };
}

/**
 * Starts the hidden console with the system if the admin wants it; Linux has no such setting. The login item names a
 * data folder other than the default.
 */
export function applyLoginItem(
  { tray, background, startAtLogin }: WatchSettings,
  dataFolder: string | undefined,
): void {
  // The login item would start a bare Electron.
  if (process.platform === 'linux' || !app.isPackaged) return;
  const openAtLogin = tray && background && startAtLogin;
  const args = [HIDDEN_OPTION, ...(dataFolder === undefined ? [] : ['--data', dataFolder])];
  if (app.getLoginItemSettings({ args }).openAtLogin !== openAtLogin) app.setLoginItemSettings({ openAtLogin, args });
}
