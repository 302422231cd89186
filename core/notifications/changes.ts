import type { Assessment } from '../expiry/model/assess.ts';
import type { CredentialId } from '../shared/ids.ts';
import { instantFromMs, MINUTE_MS, HOUR_MS, msOf, type Instant } from '../shared/instant.ts';
import { isSilenced, type Silence } from './model/silence.ts';
import { isAlarm, type AlarmState, type Change, type ToldCredential } from './model/notice.ts';
import type { QuietHours } from './model/notification-settings.ts';

/** What somebody was last told of a credential. */
export interface Told {
  state: AlarmState;
  at: Instant;
  credential: ToldCredential;
}

/** By the id of the credential; those of which nothing bad was told are not in it. */
export type ToldStates = Readonly<Record<string, Told>>;

export interface Look {
  /** All credentials of the inventory but those of sample fleets. */
  assessments: readonly Assessment[];
  /** For a credential that is gone the one that took its place. */
  renewals: ReadonlyMap<CredentialId, CredentialId>;
  marks: readonly Silence[];
  nowMs: number;
  /** Quiet hours: only `expired` is told, everything else when they are over, as it then is. */
  quiet: boolean;
}

/**
 * What has changed since somebody was last told, each change once, and what has been told when these are. What is held
 * back, by quiet hours or a mark, counts as not told: it comes up again at the next look if it is still so.
 */
export function changesSince(told: ToldStates, look: Look): { changes: Change[]; told: ToldStates } {
  const next = new Map(Object.entries(told));
  const at = instantFromMs(look.nowMs);
  const marks = new Map(look.marks.map((mark) => [mark.credentialId, mark]));
  const current = new Map(look.assessments.map((each) => [each.row.id, each]));
  const changes: Change[] = [];
  for (const assessment of current.values()) {
    const { id } = assessment.row;
    const before = told[id];
    const { state } = assessment;
    if (isAlarm(state)) {
      if (before?.state === state || isSilenced(marks.get(id), state, look.nowMs)) continue;
      if (look.quiet && state !== 'expired') continue;
      const credential = toldCredential(assessment);
      const from = before?.state ?? null;
      changes.push({ kind: 'entered', id: changeId(id, state, at), at, from, to: state, credential });
      next.set(id, { state, at, credential });
    } else if (before !== undefined && !look.quiet) {
      const credential = toldCredential(assessment);
      changes.push({ kind: 'recovered', id: changeId(id, 'recovered', at), at, from: before.state, credential });
      next.delete(id);
    }
  }
  for (const [id, { state: from, credential }] of look.quiet ? [] : Object.entries(told)) {
    if (current.has(id as CredentialId)) continue;
    const by = successorOf(id as CredentialId, look.renewals);
    const base = { at, from, credential };
    if (by === undefined) changes.push({ ...base, kind: 'withdrawn', id: changeId(id, 'withdrawn', at) });
    else {
      const notAfterMs = current.get(by)?.row.notAfterMs;
      const notAfter = notAfterMs === undefined ? {} : { notAfter: instantFromMs(notAfterMs) };
      changes.push({
        ...base,
        kind: 'renewed',
        id: changeId(id, 'renewed', at),
        by: { credentialId: by, ...notAfter },
      });
    }
    next.delete(id);
  }
  return { changes, told: Object.fromEntries(next) };
}

/** The last in the line of those that took the place of a credential; `undefined` when none is known. */
function successorOf(id: CredentialId, renewals: ReadonlyMap<CredentialId, CredentialId>): CredentialId | undefined {
  const seen = new Set<CredentialId>([id]);
  let last: CredentialId | undefined;
  for (let next = renewals.get(id); next !== undefined && !seen.has(next); next = renewals.get(next)) {
    seen.add(next);
    last = next;
  }
  return last;
}

/** Stable, readable, and unique, since a credential enters a state at most once a second. */
function changeId(id: string, what: string, at: Instant): string {
  return `${id.slice(0, 16)}.${what}.${at.replace(/[-:]/gu, '')}`;
}

function toldCredential({ row, obstacle }: Assessment): ToldCredential {
  const { id: credentialId, clusterId, cluster, layer, role, kind, name } = row;
  return {
    credentialId,
    clusterId,
    cluster,
    layer,
    role,
    kind,
    name,
    ...(row.notBeforeMs !== undefined && { notBefore: instantFromMs(row.notBeforeMs) }),
    ...(row.notAfterMs !== undefined && { notAfter: instantFromMs(row.notAfterMs) }),
    ...(row.assumed && { assumed: true as const }),
    ...(obstacle !== undefined && { obstacle: obstacle.rule }),
  };
}

/** What is known of the clock of this computer. */
export interface ClockMemory {
  /** The latest moment that it ever showed at a check. */
  latest: Instant;
  /** Since when, by the clock as it is now, it shows less than that. */
  backSince?: Instant;
}

/** A clock is set by so much every day; more is no adjustment. */
const CLOCK_TOLERANCE_MS = 5 * MINUTE_MS;
/** A clock that goes on from an earlier moment for so long is taken to have been ahead before. */
const CLOCK_TRUST_AFTER_MS = HOUR_MS;

export interface ClockVerdict {
  clock: ClockMemory;
  /** Whether credentials can be judged by it. */
  isTrusted: boolean;
  /** It went back between the last check and this one. */
  change?: Change;
}

/**
 * Whether the clock can be believed. One that went back by more than five minutes is not, for an hour: everything would
 * become not yet valid, or in order again, and a moment later the opposite. After that hour the earlier time is the time.
 */
export function judgeClock(memory: ClockMemory | undefined, now: Instant): ClockVerdict {
  if (memory === undefined || msOf(now) >= msOf(memory.latest) - CLOCK_TOLERANCE_MS) {
    const latest = memory === undefined || now > memory.latest ? now : memory.latest;
    return { clock: { latest }, isTrusted: true };
  }
  const { backSince } = memory;
  // Back again while it is back: the hour starts anew.
  if (backSince === undefined || msOf(now) < msOf(backSince) - CLOCK_TOLERANCE_MS) {
    const from = backSince === undefined ? memory.latest : backSince;
    const change: Change = { kind: 'clock-back', id: changeId('clock', 'back', now), at: now, from, to: now };
    return {
      clock: { latest: memory.latest, backSince: now },
      isTrusted: false,
      ...(backSince === undefined && { change }),
    };
  }
  if (msOf(now) - msOf(backSince) >= CLOCK_TRUST_AFTER_MS) return { clock: { latest: now }, isTrusted: true };
  return { clock: memory, isTrusted: false };
}

/** Whether `nowMs` is in the quiet hours. `timeZone` is an IANA name, by default the computer's. */
export function isQuiet(quiet: QuietHours | undefined, nowMs: number, timeZone?: string): boolean {
  if (quiet === undefined) return false;
  const now = localTime(nowMs, timeZone);
  const { from, to } = quiet;
  if (from === to) return false;
  return from < to ? now >= from && now < to : now >= from || now < to;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** `22:05`; compares as text. */
function localTime(ms: number, timeZone: string | undefined): string {
  const key = timeZone ?? '';
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
    formats.set(key, format);
  }
  return format.format(ms);
}

/** Whether a heartbeat is due: after `everyMs`, or when the last one lies ahead, since the clock was set back. */
export function isHeartbeatDue(everyMs: number | undefined, last: Instant | undefined, nowMs: number): boolean {
  if (everyMs === undefined) return false;
  return last === undefined || nowMs >= msOf(last) + everyMs || nowMs < msOf(last);
}
