import type { Assessment } from '../expiry/model/assess.ts';
import type { ExpiryState } from '../knowledge/model/credentials/expiry-state.ts';
import type { CredentialId } from '../shared/ids.ts';
import { instantFromMs, MINUTE_MS, HOUR_MS, epochMs, type Instant } from '../shared/instant.ts';
import { copyTexts } from '../formats/text/own-text.ts';
import { isSilenced, type Silence } from './model/silence.ts';
import { isAlarm, type AlarmState, type Change, type ReportedCredential } from './model/notice.ts';
import type { QuietHours } from './model/notification-settings.ts';

export interface ReportedAlarm {
  state: AlarmState;
  at: Instant;
  credential: ReportedCredential;
}

export type ReportedAlarms = Readonly<Record<string, ReportedAlarm>>;

export interface AssessedCredential {
  credential: ReportedCredential;
  state: ExpiryState;
}

export interface Differences {
  /** In fleet order. For a credential in several clusters, the last cluster counts. */
  credentials: readonly AssessedCredential[];
  gone: readonly string[];
  renewals: ReadonlyMap<CredentialId, CredentialId>;
}

export interface ReportRules {
  marks: readonly Silence[];
  nowMs: number;
  /** In quiet hours only `expired` is reported; everything else is reported afterwards, in its state at that time. */
  quiet: boolean;
}

/** Selects alarms that differ from the last report and are not held back. */
export function reportFilter(
  reported: ReportedAlarms,
  { marks, nowMs, quiet }: ReportRules,
): (id: string, state: AlarmState) => boolean {
  const silences = new Map<string, Silence>(marks.map((mark) => [mark.credentialId, mark]));
  return (id, state) =>
    reported[id]?.state !== state && (!quiet || state === 'expired') && !isSilenced(silences.get(id), state, nowMs);
}

/**
 * Lists the changes since the last report, each once, and the alarms that count as reported once the changes are sent.
 * Changes held back by quiet hours or a silence are listed by the next check if they still apply.
 */
export function changesSince(
  reported: ReportedAlarms,
  { credentials, gone, renewals }: Differences,
  rules: ReportRules,
): { changes: Change[]; reported: ReportedAlarms } {
  // Avoids copying all alarms, which takes time.
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
      const { notAfter } = current.get(by)?.credential ?? {};
      const successor = { credentialId: by, notAfter };
      changes.push({ ...base, kind: 'renewed', id: changeId(id, 'renewed', at), by: successor });
    }
    delete next[id];
  }
  return { changes, reported: next };
}

function findSuccessor(id: CredentialId, renewals: ReadonlyMap<CredentialId, CredentialId>): CredentialId | undefined {
  const seen = new Set<CredentialId>([id]);
  let last: CredentialId | undefined;
  for (let next = renewals.get(id); next !== undefined && !seen.has(next); next = renewals.get(next)) {
    seen.add(next);
    last = next;
  }
  return last;
}

/** Builds a readable id, which is unique because a credential enters a state at most once a second. */
export function changeId(id: string, what: string, at: Instant): string {
  return `${id.slice(0, 16)}.${what}.${at.replace(/[-:]/gu, '')}`;
}

/** Copies strings: slices would keep the text of the whole cluster in memory. */
export function describeCredential({ row, state, obstacle }: Assessment): AssessedCredential {
  const { clusterId, cluster, commandName, nameEvidence, layer, role, kind } = row;
  const credential: ReportedCredential = {
    credentialId: copyTexts(row.id),
    clusterId,
    cluster,
    commandName,
    nameEvidence,
    layer,
    role,
    kind,
    name: copyTexts(row.name),
    ...(row.notBeforeMs !== undefined && { notBefore: instantFromMs(row.notBeforeMs) }),
    ...(row.notAfterMs !== undefined && { notAfter: instantFromMs(row.notAfterMs) }),
    ...(row.assumed && { assumed: true as const }),
    obstacle: obstacle?.rule,
  };
  return { credential, state };
}

export interface ClockMemory {
  latest: Instant;
  /** The clock's time when it was first found to be earlier than `latest`. */
  backSince?: Instant;
}

/** The largest ordinary correction of a clock. */
const CLOCK_TOLERANCE_MS = 5 * MINUTE_MS;
/** After this long, a clock that was set back is trusted again, because it must have been wrong before. */
const CLOCK_TRUST_AFTER_MS = HOUR_MS;

/**
 * Judges whether the clock can be trusted. After it was set back by more than five minutes, it is not trusted for an
 * hour: states could change and soon change back.
 */
export function judgeClock(
  memory: ClockMemory | undefined,
  now: Instant,
): { clock: ClockMemory; isTrusted: boolean; change?: Change } {
  if (memory === undefined || epochMs(now) >= epochMs(memory.latest) - CLOCK_TOLERANCE_MS) {
    const latest = memory === undefined || now > memory.latest ? now : memory.latest;
    return { clock: { latest }, isTrusted: true };
  }
  const { backSince } = memory;
  if (backSince === undefined || epochMs(now) < epochMs(backSince) - CLOCK_TOLERANCE_MS) {
    const { latest } = memory;
    const clock = { latest, backSince: now };
    if (backSince !== undefined) return { clock, isTrusted: false };
    const id = changeId('clock', 'back', now);
    return { clock, isTrusted: false, change: { kind: 'clock-back', id, at: now, from: latest, to: now } };
  }
  if (epochMs(now) - epochMs(backSince) >= CLOCK_TRUST_AFTER_MS) return { clock: { latest: now }, isTrusted: true };
  return { clock: memory, isTrusted: false };
}

/**
 * Returns whether `nowMs` is in the quiet hours. `timeZone` is an IANA name; by default, the computer's zone applies.
 */
export function isQuiet(quiet: QuietHours | undefined, nowMs: number, timeZone?: string): boolean {
  if (quiet === undefined) return false;
  const now = localTime(nowMs, timeZone);
  const { from, to } = quiet;
  if (from === to) return false;
  return from < to ? now >= from && now < to : now >= from || now < to;
}

/** Formats the local time like `22:05`; such texts can be compared. */
function localTime(ms: number, timeZone: string | undefined): string {
  const parts = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat('en-GB', { ...parts, timeZone }).format(ms);
}

/**
 * Returns whether a heartbeat is due: after `everyMs`, or if a clock that was set back puts the last one in the future.
 */
export function isHeartbeatDue(everyMs: number | undefined, last: Instant | undefined, nowMs: number): boolean {
  if (everyMs === undefined) return false;
  return last === undefined || nowMs >= epochMs(last) + everyMs || nowMs < epochMs(last);
}
