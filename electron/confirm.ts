import { dialog, type BrowserWindow } from 'electron';
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
      const owner = window();
      const question = {
        type: 'warning' as const,
        message,
        detail,
        buttons: [yes, no],
        defaultId: NO,
        cancelId: NO,
        noLink: true,
      };
      const { response } =
        owner === undefined || owner.isDestroyed()
          ? await dialog.showMessageBox(question)
          : await dialog.showMessageBox(owner, question);
      return response === YES;
    } finally {
      isOpen = false;
    }
  };
}
