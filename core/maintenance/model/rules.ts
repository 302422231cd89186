import { DAY_MS, MINUTE_MS } from '../../shared/instant.ts';
import {
  parseDay,
  wallDay,
  isTimeZone,
  parseMinutes,
  findWeekday,
  zoneClock,
  type Span,
  type ZoneClock,
} from '../../shared/time-zone.ts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Such as `2026-12-24` to `2027-01-02`, including both days. */
export interface Blackout {
  from: string;
  to: string;
}

/** Hours are wall-clock time, even on nights when clocks change. */
export interface MaintenanceRules {
  /** IANA name, such as `Asia/Tokyo`. */
  timeZone: string;
  /** Days on which a window may begin; a window across midnight belongs to its first day. */
  weekdays: Weekday[];
  /** Such as `22:00`. */
  from: string;
  /**
   * Such as `04:00`; on the next day unless later than `from`. `24:00` is midnight; the same time as `from` means a
   * whole day.
   */
  to: string;
  blackouts: Blackout[];
  /** All work must be done this many whole days before its deadline. */
  leadDays: number;
  horizonDays: number;
  /** Maximum number of windows considered, counted from now. */
  mostWindows: number;
}

/** Arcwarden's own estimates; no source states how long the cmdlets take. */
export const USUAL_MINUTES = {
  'rotate-ca': 60,
  'host-update': 120,
  'cluster-update': 60,
  'rotate-certificates': 20,
  'reinstall-ad-auth': 30,
  'fetch-credential': 5,
  /** No cmdlet is documented, or the cmdlet asks for something that only a person can supply. */
  'by-hand': 30,
};
export type MaintenanceKind = keyof typeof USUAL_MINUTES;
export const MAINTENANCE_KINDS = Object.keys(USUAL_MINUTES) as MaintenanceKind[];

export interface PlanningRules extends MaintenanceRules {
  /** IANA name, or `local` for the time zone of this computer. */
  timeZone: string;
  /** Whether updates are planned too, if the date of the last one is known. */
  withUpdates: boolean;
  /** The admin's estimates in whole minutes, which replace `USUAL_MINUTES`. */
  minutes: Partial<Record<MaintenanceKind, number>>;
}

export type WithRules<Fleet> = Fleet & { planning: PlanningRules };

export const MINUTES_LIMIT = { least: 1, most: 1_440 };

export const DEFAULT_PLANNING: PlanningRules = {
  timeZone: 'local',
  weekdays: ['sat'],
  from: '22:00',
  to: '04:00',
  blackouts: [],
  leadDays: 7,
  horizonDays: 180,
  mostWindows: 400,
  withUpdates: true,
  minutes: {},
};

export function resolveTimeZone(rules: PlanningRules, localZone: string): PlanningRules {
  return rules.timeZone === 'local' ? { ...rules, timeZone: localZone } : rules;
}

/** A period for maintenance, cut off at the horizon. */
export interface MaintenanceNight extends Span {
  /** Local date on which the night began, in days since 1970. */
  day: number;
}

export const RULE_LIMITS = {
  leadDays: { least: 0, most: 90 },
  horizonDays: { least: 1, most: 1_100 },
  mostWindows: { least: 1, most: 2_000 },
  blackouts: 200,
};

interface RuleFault {
  field: keyof MaintenanceRules;
  value: string;
}

/** Lists faults in the rules, in the order of the fields. Rules with a fault cannot be used for a plan. */
export function ruleFaults(rules: MaintenanceRules): RuleFault[] {
  const faults: RuleFault[] = [];
  const check = (isGood: boolean, field: keyof MaintenanceRules, value: string): void => {
    if (!isGood) faults.push({ field, value });
  };
  check(isTimeZone(rules.timeZone), 'timeZone', rules.timeZone);
  check(rules.weekdays.length > 0, 'weekdays', '');
  check((parseMinutes(rules.from) ?? Infinity) < 1440, 'from', rules.from);
  check(parseMinutes(rules.to) !== undefined, 'to', rules.to);
  for (const { from, to } of rules.blackouts) {
    const isGood = (parseDay(from) ?? Infinity) <= (parseDay(to) ?? -Infinity);
    check(isGood, 'blackouts', from === to ? from : `${from}..${to}`);
  }
  for (const field of ['leadDays', 'horizonDays', 'mostWindows'] as const) {
    const { least, most } = RULE_LIMITS[field];
    const value = rules[field];
    check(Number.isInteger(value) && value >= least && value <= most, field, String(value));
  }
  return faults;
}

/** Returns minutes after midnight, above 1440 on the next day. */
function endMinutes(from: number, to: number): number {
  return to > from ? to : to + DAY_MS / MINUTE_MS;
}

export function usualLengthMs(rules: Pick<MaintenanceRules, 'from' | 'to'>): number {
  const from = parseMinutes(rules.from) ?? 0;
  return (endMinutes(from, parseMinutes(rules.to) ?? 0) - from) * MINUTE_MS;
}

export function getClock(timeZone: string, nowMs: number, untilMs: number): ZoneClock {
  return zoneClock(timeZone, { startMs: nowMs - 3 * DAY_MS, endMs: untilMs + 3 * DAY_MS });
}

/**
 * Lists periods for maintenance under valid rules, in chronological order. If clocks are set back within a window, its
 * parts are separate periods unless they touch; a window that clocks skip is omitted. Also omits a window under way at
 * `nowMs`: nobody can prepare for it any more.
 */
export function listSlots(
  rules: MaintenanceRules,
  nowMs: number,
  untilMs: number,
  clock: ZoneClock = getClock(rules.timeZone, nowMs, untilMs),
): MaintenanceNight[] {
  const from = parseMinutes(rules.from) ?? 0;
  const to = endMinutes(from, parseMinutes(rules.to) ?? 0);
  const allowed = new Set(rules.weekdays.map((weekday) => WEEKDAYS.indexOf(weekday)));
  const isClosed = matchBlackouts(rules.blackouts);
  const slots: MaintenanceNight[] = [];
  const lastDay = wallDay(clock.wallMs(untilMs));
  for (let day = wallDay(clock.wallMs(nowMs)) - 1; day <= lastDay; day += 1) {
    if (!allowed.has(findWeekday(day))) continue;
    for (const wall of openParts(day, from, to, isClosed))
      for (const { startMs, endMs } of clock.findSpans(wall)) {
        if (startMs >= nowMs && startMs < untilMs) slots.push({ startMs, endMs: Math.min(endMs, untilMs), day });
      }
  }
  return slots.sort((a, b) => a.startMs - b.startMs).slice(0, rules.mostWindows);
}

/** Returns the parts of a night outside blackouts, in wall-clock milliseconds. */
function openParts(day: number, from: number, to: number, isClosed: (day: number) => boolean): Span[] {
  const parts: Span[] = [];
  const startMs = day * DAY_MS + from * MINUTE_MS;
  const endMs = day * DAY_MS + to * MINUTE_MS;
  for (let date = day; date * DAY_MS < endMs; date += 1) {
    if (isClosed(date)) continue;
    const part = { startMs: Math.max(startMs, date * DAY_MS), endMs: Math.min(endMs, (date + 1) * DAY_MS) };
    const before = parts.at(-1);
    if (before?.endMs === part.startMs) before.endMs = part.endMs;
    else parts.push(part);
  }
  return parts;
}

function matchBlackouts(blackouts: readonly Blackout[]): (day: number) => boolean {
  const spans = blackouts.map(({ from, to }) => [parseDay(from) ?? Infinity, parseDay(to) ?? -Infinity] as const);
  return (day) => spans.some(([first, last]) => first <= day && day <= last);
}

declare module '../../shared/settings.ts' {
  interface Settings {
    planning: PlanningRules;
  }
}
