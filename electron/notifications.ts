import { Notification } from 'electron';
import type { Host, Toast } from '../core/shared/ports.ts';

/** A notification that nobody references is garbage-collected, and its click handler with it. */
const MOST_HELD = 20;

/**
 * Notifications of the operating system. Calls `onopen` when somebody clicks one. `undefined` where the system has
 * none, as on Linux without a notification service.
 */
export function systemToasts(onopen: (opens: Toast['opens']) => void): Host['toast'] {
  if (!Notification.isSupported()) return undefined;
  const held: Notification[] = [];
  return ({ title, body, opens }) => {
    const notification = new Notification({ title, body });
    notification.on('click', () => {
      onopen(opens);
    });
    held.push(notification);
    if (held.length > MOST_HELD) held.shift();
    notification.show();
    return Promise.resolve();
  };
}
