import type { AlarmState, Change, NotificationMessage } from './notice.ts';

/** Severity of a change, for the Windows event log and the colour of a message. */
export type NoticeLevel = 'Error' | 'Warning' | 'Information';

interface EventKind {
  /**
   * Never changes and is never reused: rules of monitoring systems refer to it. At most 1000, the limit of eventcreate.
   */
  id: number;
  level: NoticeLevel;
}

/** Documented in docs/notifications.md. */
const ENTERED: Record<AlarmState, EventKind> = {
  'renewal-overdue': { id: 101, level: 'Warning' },
  stalled: { id: 102, level: 'Warning' },
  urgent: { id: 103, level: 'Error' },
  expired: { id: 104, level: 'Error' },
  'not-yet-valid': { id: 105, level: 'Warning' },
};

const OTHERS: Record<Exclude<Change['kind'], 'entered'>, EventKind> = {
  renewed: { id: 110, level: 'Information' },
  recovered: { id: 111, level: 'Information' },
  withdrawn: { id: 112, level: 'Information' },
  'channel-failing': { id: 120, level: 'Warning' },
  'channel-working': { id: 121, level: 'Information' },
  'clock-back': { id: 130, level: 'Warning' },
};

const PURPOSES: Record<Exclude<NotificationMessage['purpose'], 'changes'>, EventKind> = {
  heartbeat: { id: 190, level: 'Information' },
  test: { id: 199, level: 'Information' },
};

export function getEvent(change: Change): EventKind {
  return change.kind === 'entered' ? ENTERED[change.to] : OTHERS[change.kind];
}

export function findPurposeEvent(purpose: keyof typeof PURPOSES): EventKind {
  return PURPOSES[purpose];
}
