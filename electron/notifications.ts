import { Notification } from 'electron';
import type { Host, Toast } from '../core/shared/ports.ts';

/** A message that nobody holds is collected, and its click with it. */
const MOST_HELD = 20;

/**
 * Messages of the operating system. `onopen` is called when somebody clicks one. `undefined` where the system has none, as
 * on a Linux without a notification service.
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
