import type { Assessment } from '../expiry/model/assess.ts';
import type { ExpiryState } from '../knowledge/model/credentials/expiry-state.ts';
import type { CredentialId } from '../shared/ids.ts';
import { instantFromMs, MINUTE_MS, HOUR_MS, epochMs, type Instant } from '../shared/instant.ts';
import { ownText } from '../formats/text/own-text.ts';
import { isSilenced, type Silence } from './model/silence.ts';
import { isAlarm, type AlarmState, type Change, type ReportedCredential } from './model/notice.ts';
import type { QuietHours } from './model/notification-settings.ts';

/** The last report about a credential. */
export interface ReportedAlarm {
  state: AlarmState;
  at: Instant;
  credential: ReportedCredential;
}

/** Credentials with a reported problem, by id. */
export type ReportedAlarms = Readonly<Record<string, ReportedAlarm>>;

/** A credential in its present state, as it is reported. */
export interface AssessedCredential {
  credential: ReportedCredential;
  state: ExpiryState;
}

/** Everything in a fleet that may differ from the last report. */
export interface Differences {
  /** In fleet order. If a credential lies in several clusters, the last one counts. */
  credentials: readonly AssessedCredential[];
  /** Ids of reported credentials that have left the inventory. */
  gone: readonly string[];
  /** The replacement of each credential that is gone. */
  renewals: ReadonlyMap<CredentialId, CredentialId>;
}

/** Rules that hold back changes at a moment. */
export interface ReportRules {
  marks: readonly Silence[];
  nowMs: number;
  /**
   * Quiet hours: only `expired` is reported. Everything else waits for their end and is then reported in its current
   * state.
   */
  quiet: boolean;
}

/** Returns a filter for alarms to report now: those that differ from the last report and are not held back. */
export function reportFilter(
  reported: ReportedAlarms,
  { marks, nowMs, quiet }: ReportRules,
): (id: string, state: AlarmState) => boolean {
  const silences = new Map<string, Silence>(marks.map((mark) => [mark.credentialId, mark]));
  return (id, state) =>
    reported[id]?.state !== state && (!quiet || state === 'expired') && !isSilenced(silences.get(id), state, nowMs);
}

/**
 * Lists the changes since the last report, each once, with the alarms that count as reported once these changes are
 * sent. Anything that quiet hours or a mark hold back counts as not reported: it comes up again at the next check if it
 * still applies.
 */
export function changesSince(
  reported: ReportedAlarms,
  { credentials, gone, renewals }: Differences,
  rules: ReportRules,
): { changes: Change[]; reported: ReportedAlarms } {
  // Copying all of them takes time.
  if (credentials.length === 0 && gone.length === 0) return { changes: [], reported };
  const next: Record<string, ReportedAlarm> = { ...reported };
  const at = instantFromMs(rules.nowMs);
  const isReported = reportFilter(reported, rules);
  const current = new Map(credentials.map((each) => [each.credential.credentialId, each]));
  const changes: Change[] = [];
  for (const [id, { credential, state }] of current) {
    const from = reported[id]?.state ?? null;
    if (isAlarm(state)) {
      if (!isReported(id, state)) continue;
      changes.push({ kind: 'entered', id: changeId(id, state, at), at, from, to: state, credential });
      next[id] = { state, at, credential };
    } else if (from !== null && !rules.quiet) {
      changes.push({ kind: 'recovered', id: changeId(id, 'recovered', at), at, from, credential });
      delete next[id];
    }
  }
  for (const id of rules.quiet ? [] : gone) {
    const last = reported[id];
    if (last === undefined) continue;
    const { state: from, credential } = last;
    const by = findSuccessor(credential.credentialId, renewals);
    const base = { at, from, credential };
    if (by === undefined) changes.push({ ...base, kind: 'withdrawn', id: changeId(id, 'withdrawn', at) });
    else {
      const notAfter = current.get(by)?.credential.notAfter;
      changes.push({
        ...base,
        kind: 'renewed',
        id: changeId(id, 'renewed', at),
        by: { credentialId: by, ...(notAfter !== undefined && { notAfter }) },
      });
    }
    delete next[id];
  }
  return { changes, reported: next };
}

/** Returns the last in a credential's chain of replacements; `undefined` when none is known. */
function findSuccessor(id: CredentialId, renewals: ReadonlyMap<CredentialId, CredentialId>): CredentialId | undefined {
  const seen = new Set<CredentialId>([id]);
  let last: CredentialId | undefined;
  for (let next = renewals.get(id); next !== undefined && !seen.has(next); next = renewals.get(next)) {
    seen.add(next);
    last = next;
  }
  return last;
}

/** Returns a stable, readable and unique id: a credential enters a state at most once a second. */
function changeId(id: string, what: string, at: Instant): string {
  return `${id.slice(0, 16)}.${what}.${at.replace(/[-:]/gu, '')}`;
}

/** Describes a credential with copied texts: a slice of a text would keep the texts of its whole cluster in memory. */
export function describeCredential({ row, state, obstacle }: Assessment): AssessedCredential {
  const { clusterId, cluster, commandName, nameEvidence, layer, role, kind } = row;
  const credential: ReportedCredential = {
    credentialId: ownText(row.id),
    clusterId,
    cluster,
    ...(commandName !== undefined && { commandName }),
    ...(nameEvidence !== undefined && { nameEvidence }),
    layer,
    role,
    kind,
    name: ownText(row.name),
    ...(row.notBeforeMs !== undefined && { notBefore: instantFromMs(row.notBeforeMs) }),
    ...(row.notAfterMs !== undefined && { notAfter: instantFromMs(row.notAfterMs) }),
    ...(row.assumed && { assumed: true as const }),
    ...(obstacle !== undefined && { obstacle: obstacle.rule }),
  };
  return { credential, state };
}

/** The clock, as earlier checks saw it. */
export interface ClockMemory {
  /** The latest instant that the clock has shown at a check. */
  latest: Instant;
  /** When it began to show an earlier time than that, by the current clock. */
  backSince?: Instant;
}

/** The largest everyday adjustment of a clock. */
const CLOCK_TOLERANCE_MS = 5 * MINUTE_MS;
/** After this long, a clock that was set back is assumed to have been ahead before. */
const CLOCK_TRUST_AFTER_MS = HOUR_MS;

export interface ClockVerdict {
  clock: ClockMemory;
  /** Whether credentials can be judged by this clock. */
  isTrusted: boolean;
  /** Present when the clock was set back between the last check and this one. */
  change?: Change;
}

/**
 * Judges whether the clock can be trusted. One that was set back by more than five minutes is not, for an hour:
 * everything would become not yet valid, or valid again, and the opposite a moment later. After that hour, the earlier
 * time is accepted.
 */
export function judgeClock(memory: ClockMemory | undefined, now: Instant): ClockVerdict {
  if (memory === undefined || epochMs(now) >= epochMs(memory.latest) - CLOCK_TOLERANCE_MS) {
    const latest = memory === undefined || now > memory.latest ? now : memory.latest;
    return { clock: { latest }, isTrusted: true };
  }
  const { backSince } = memory;
  // Another step back restarts the hour.
  if (backSince === undefined || epochMs(now) < epochMs(backSince) - CLOCK_TOLERANCE_MS) {
    const from = backSince === undefined ? memory.latest : backSince;
    const change: Change = { kind: 'clock-back', id: changeId('clock', 'back', now), at: now, from, to: now };
    return {
      clock: { latest: memory.latest, backSince: now },
      isTrusted: false,
      ...(backSince === undefined && { change }),
    };
  }
  if (epochMs(now) - epochMs(backSince) >= CLOCK_TRUST_AFTER_MS) return { clock: { latest: now }, isTrusted: true };
  return { clock: memory, isTrusted: false };
}

/** Returns whether `nowMs` is in the quiet hours. `timeZone` is an IANA name, by default the computer's. */
export function isQuiet(quiet: QuietHours | undefined, nowMs: number, timeZone?: string): boolean {
  if (quiet === undefined) return false;
  const now = localTime(nowMs, timeZone);
  const { from, to } = quiet;
  if (from === to) return false;
  return from < to ? now >= from && now < to : now >= from || now < to;
}

/** Formats `22:05`, which can be compared as text. */
function localTime(ms: number, timeZone: string | undefined): string {
  const parts = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat('en-GB', { ...parts, timeZone }).format(ms);
}

/**
 * Returns whether a heartbeat is due: after `everyMs`, or when the last one is in the future because the clock was set
 * back.
 */
export function isHeartbeatDue(everyMs: number | undefined, last: Instant | undefined, nowMs: number): boolean {
  if (everyMs === undefined) return false;
  return last === undefined || nowMs >= epochMs(last) + everyMs || nowMs < epochMs(last);
}
