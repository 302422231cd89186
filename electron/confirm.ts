import { dialog, type BrowserWindow, type MessageBoxOptions } from 'electron';
import type { Host } from '../core/shared/ports.ts';

const YES = 0;
const NO = 1;

/**
 * Asks a person through a dialog that the page cannot reach. It asks one question at a time, so that nobody is worn
 * down; it refuses all others meanwhile.
 */
export function systemConfirmation(window: () => BrowserWindow | undefined): NonNullable<Host['confirm']> {
  let isOpen = false;
  return async ({ message, detail, yes, no }) => {
    if (isOpen) return false;
    isOpen = true;
    try {
      const response = await messageBox(window(), {
        type: 'warning',
        message,
        detail,
        buttons: [yes, no],
        defaultId: NO,
        cancelId: NO,
        noLink: true,
      });
      return response === YES;
    } finally {
      isOpen = false;
    }
  };
}

/** Asks in front of the window, if there is one; returns the index of the chosen button. */
export async function messageBox(window: BrowserWindow | undefined, question: MessageBoxOptions): Promise<number> {
  const { response } =
    window === undefined || window.isDestroyed()
      ? await dialog.showMessageBox(question)
      : await dialog.showMessageBox(window, question);
  return response;
}
