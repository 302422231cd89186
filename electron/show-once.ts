import type { BrowserWindow } from 'electron';

const SHOW_AT_LATEST_MS = 1_500;

export type WindowToShow = Pick<BrowserWindow, 'isDestroyed' | 'show' | 'once'> & {
  webContents: Pick<BrowserWindow['webContents'], 'once'>;
};

/**
 * Shows the window with its first frame, or some time after loading: if a failing graphics process loses that frame,
 * `ready-to-show` never comes, and hidden windows get no further frames. A window that was closed to the background
 * stays hidden.
 */
export function showOnce(window: WindowToShow): void {
  let isDue = true;
  const settle = (): unknown => (isDue = false);
  const show = (): void => {
    if (isDue && !window.isDestroyed()) window.show();
  };
  window.once('show', settle);
  window.once('close', settle);
  window.once('ready-to-show', show);
  window.webContents.once('did-finish-load', () => setTimeout(show, SHOW_AT_LATEST_MS));
}
