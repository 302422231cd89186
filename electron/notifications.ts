import { Notification } from 'electron';
import type { Host, Toast } from '../core/shared/ports.ts';

/** Unreferenced notifications are garbage-collected with their click handlers. */
const MOST_HELD = 20;

/** Returns `undefined` if the system has no notifications, as on Linux without a notification service. */
export function systemToasts(onopen: (opens: Toast['opens']) => void): Host['toast'] {
  if (!Notification.isSupported()) return undefined;
  const held: Notification[] = [];
  return ({ title, body, opens }) => {
    const notification = new Notification({ title, body });
    notification.on('click', () => onopen(opens));
    held.push(notification);
    if (held.length > MOST_HELD) held.shift();
    notification.show();
    return Promise.resolve();
  };
}
