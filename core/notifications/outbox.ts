import type { ChannelId } from '../shared/ids.ts';
import { HOUR_MS, instantFromMs, MINUTE_MS, epochMs, type Instant } from '../shared/instant.ts';
import type { NotificationMessage } from './model/notice.ts';

export interface QueuedDelivery {
  channelId: ChannelId;
  noticeId: string;
  tries: number;
  nextAt: Instant;
  lastAt?: Instant;
  /** Recipients who have accepted the e-mail, if others have not. */
  accepted?: string[];
}

/**
 * Messages that some channel has not accepted yet; those without an entry in `waiting` are dropped. Every function here
 * returns only these two fields.
 */
export interface Outbox {
  notices: NotificationMessage[];
  waiting: QueuedDelivery[];
}

/**
 * If more messages wait in a lane, the two oldest are merged: a server that is down for weeks gets a few long messages.
 */
const MOST_WAITING = 100;

/** Returns the delay before the next attempt: one minute, then doubled each time, at most six hours. */
export function pauseMs(tries: number): number {
  return Math.min(6 * HOUR_MS, MINUTE_MS * 2 ** (tries - 1));
}

export function enqueue(outbox: Outbox, notice: NotificationMessage, channels: readonly ChannelId[]): Outbox {
  const waiting = channels.map((channelId) => ({ channelId, noticeId: notice.id, tries: 0, nextAt: notice.at }));
  let next: Outbox = {
    notices: channels.length === 0 ? outbox.notices : [...outbox.notices, notice],
    waiting: [...outbox.waiting, ...waiting],
  };
  for (const channelId of channels) next = mergeOldest(next, channelId);
  return next;
}

/** Returns the entries to try next, oldest first and one per lane, so that messages stay in order. */
export function due(
  outbox: Outbox,
  nowMs: number,
  may: (notice: NotificationMessage) => boolean,
): { waiting: QueuedDelivery; notice: NotificationMessage }[] {
  const notices = new Map(outbox.notices.map((notice) => [notice.id, notice]));
  const seen = new Set<string>();
  return outbox.waiting.flatMap((waiting) => {
    const notice = notices.get(waiting.noticeId);
    if (notice === undefined || seen.has(deliveryLane(waiting)) || !may(notice)) return [];
    seen.add(deliveryLane(waiting));
    return isDue(waiting, nowMs) ? [{ waiting, notice }] : [];
  });
}

/** Returns the channel's lane, or a separate lane for e-mails that only some recipients have accepted. */
function deliveryLane({ channelId, accepted }: QueuedDelivery): string {
  return accepted === undefined ? channelId : `${channelId} refused`;
}

/** Returns whether a delivery is due: at its time, or if the clock was set back to before its last attempt. */
function isDue({ nextAt, lastAt }: QueuedDelivery, nowMs: number): boolean {
  return nowMs >= epochMs(nextAt) || (lastAt !== undefined && nowMs < epochMs(lastAt));
}

export function dropAccepted(outbox: Outbox, { channelId, noticeId }: QueuedDelivery): Outbox {
  return swept({
    notices: outbox.notices,
    waiting: outbox.waiting.filter((each) => each.channelId !== channelId || each.noticeId !== noticeId),
  });
}

export function postpone(
  outbox: Outbox,
  { channelId, noticeId }: QueuedDelivery,
  { nowMs, accepted = [] }: { nowMs: number; accepted?: readonly string[] },
): Outbox {
  const next = {
    notices: outbox.notices,
    waiting: outbox.waiting.map((each) => {
      if (each.channelId !== channelId || each.noticeId !== noticeId) return each;
      const tries = each.tries + 1;
      const nextAt = instantFromMs(nowMs + pauseMs(tries));
      const all = [...(each.accepted ?? []), ...accepted];
      return { ...each, tries, nextAt, lastAt: instantFromMs(nowMs), ...(all.length > 0 && { accepted: all }) };
    }),
  };
  return mergeOldest(next, channelId);
}

export function retryNow(outbox: Outbox, channelId: ChannelId, now: Instant): Outbox {
  return {
    notices: outbox.notices,
    waiting: outbox.waiting.map((each) =>
      each.channelId === channelId && each.nextAt > now ? { ...each, nextAt: now } : each,
    ),
  };
}

export function retainChannels(outbox: Outbox, channels: readonly ChannelId[]): Outbox {
  const kept = outbox.waiting.filter(({ channelId }) => channels.includes(channelId));
  return swept({ notices: outbox.notices, waiting: kept });
}

function swept(outbox: Outbox): Outbox {
  const named = new Set(outbox.waiting.map(({ noticeId }) => noticeId));
  return { waiting: outbox.waiting, notices: outbox.notices.filter(({ id }) => named.has(id)) };
}

function mergeOldest(outbox: Outbox, channelId: ChannelId): Outbox {
  const mine = outbox.waiting.filter((each) => each.channelId === channelId);
  const lanes = [...new Set(mine.map(deliveryLane))].map((lane) => mine.filter((each) => deliveryLane(each) === lane));
  const [first, second] = lanes.find(({ length }) => length > MOST_WAITING) ?? [];
  if (first === undefined || second === undefined) return outbox;
  const [older, newer] = [first, second].map(({ noticeId }) => outbox.notices.find(({ id }) => id === noticeId));
  if (older === undefined || newer === undefined) return outbox;
  const notice: NotificationMessage = {
    // The merged message belongs to one channel and is named after its newest part, so its id is unique.
    id: `${newer.id.split('.')[0] ?? ''}.${channelId}`,
    at: newer.at,
    purpose: older.purpose === 'changes' ? 'changes' : newer.purpose,
    changes: [...older.changes, ...newer.changes],
    summary: newer.summary,
  };
  const waiting = outbox.waiting.flatMap((each) => {
    if (each === first) return [];
    if (each !== second) return [each];
    // A recipient who lacks either message is sent the merged one.
    const both = second.accepted?.filter((address) => first.accepted?.includes(address));
    return [{ ...second, noticeId: notice.id, nextAt: first.nextAt, accepted: both }];
  });
  return swept({ notices: [...outbox.notices, notice], waiting });
}
