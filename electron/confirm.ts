import { dialog, type BrowserWindow, type MessageBoxOptions } from 'electron';
import type { Host } from '../core/shared/ports.ts';

const YES = 0;
const NO = 1;

/**
 * Questions that only a person can answer: the page has no part in these dialogs. One at a time, so that nobody is worn
 * down by them; whatever asks meanwhile is refused.
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

/** Asks in front of the window while there is one; otherwise alone. The index of the button. */
export async function messageBox(window: BrowserWindow | undefined, question: MessageBoxOptions): Promise<number> {
  const { response } =
    window === undefined || window.isDestroyed()
      ? await dialog.showMessageBox(question)
      : await dialog.showMessageBox(window, question);
  return response;
}
