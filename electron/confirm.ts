import { dialog, type BrowserWindow, type MessageBoxOptions } from 'electron';
import type { Host } from '../core/shared/ports.ts';

const YES = 0;
const NO = 1;

/**
 * Asks in a dialog that the page cannot reach. Refuses other questions meanwhile, so that they cannot wear anybody
 * down.
 */
export function systemConfirmation(window: () => BrowserWindow | undefined): NonNullable<Host['confirm']> {
  let isOpen = false;
  return async ({ message, detail, yes, no }) => {
    if (isOpen) return false;
    isOpen = true;
    try {
      const question = { message, detail, buttons: [yes, no], defaultId: NO, cancelId: NO };
      return (await messageBox(window(), question)) === YES;
    } finally {
      isOpen = false;
    }
  };
}

/** Shows a warning; returns the index of the chosen button, by default the first. */
export async function messageBox(window: BrowserWindow | undefined, question: MessageBoxOptions): Promise<number> {
  const options: MessageBoxOptions = { type: 'warning', defaultId: 0, noLink: true, ...question };
  const { response } = await (window === undefined || window.isDestroyed()
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(window, options));
  return response;
}
