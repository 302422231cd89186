import { dialog, type BrowserWindow, type MessageBoxOptions } from 'electron';
import type { Host } from '../core/shared/ports.ts';

const YES = 0;
const NO = 1;

/**
 * Asks a person in a dialog that the page cannot reach. While it is open, all other questions are refused, so that
 * nobody is worn down.
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

/** Returns the index of the chosen button. */
export async function messageBox(window: BrowserWindow | undefined, question: MessageBoxOptions): Promise<number> {
  const { response } =
    window === undefined || window.isDestroyed()
      ? await dialog.showMessageBox(question)
      : await dialog.showMessageBox(window, question);
  return response;
}
