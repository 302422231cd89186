import type { BrowserWindow } from 'electron';

const SHOW_AT_LATEST_MS = 1_500;

/** What showing depends on. */
export type WindowToShow = Pick<BrowserWindow, 'isDestroyed' | 'show' | 'once'> & {
  webContents: Pick<BrowserWindow['webContents'], 'once'>;
};

/**
 * Shows the window with its first frame, or some time after its page was loaded.
 *
 * When the first frame is lost (a graphics process that fails at startup), `ready-to-show` never comes, and a hidden
 * window gets no further frames: without the timer the console would run unseen. From then on, whether the window is
 * visible is up to the admin: the timer must not bring back one that was closed into the background meanwhile.
 */
export function showOnce(window: WindowToShow): void {
  let isDue = true;
  const settle = (): void => {
    isDue = false;
  };
  const show = (): void => {
    if (isDue && !window.isDestroyed()) window.show();
  };
  window.once('show', settle);
  window.once('close', settle);
  window.once('ready-to-show', show);
  window.webContents.once('did-finish-load', () => {
    setTimeout(show, SHOW_AT_LATEST_MS);
  });
}
