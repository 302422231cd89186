import { DAY_MS } from '../../shared/instant.ts';
import { workBeside, type Work } from './lanes.ts';
import { getHorizon, lanesUnder, missesUnder, type PlannedMiss } from './planner.ts';
import { getClock, usualLengthMs, WEEKDAYS, type Blackout, type MaintenanceRules, type Weekday } from './rules.ts';
import { parseDay, parseMinutes, formatMinutes } from '../../shared/time-zone.ts';

export type Relaxation =
  | { kind: 'lead'; leadDays: number }
  | { kind: 'blackout'; blackout: Blackout }
  | { kind: 'hours'; from: string; to: string; addedMinutes: number }
  | { kind: 'weekday'; weekday: Weekday };

interface Relaxed {
  id: string;
  relaxations: Relaxation[];
}

/** Maximum number of missed deadlines examined; each costs a few hundred attempts. */
const RELAXED_AT_MOST = 12;
const STEP_MINUTES = 30;
const DAY_MINUTES = 1440;

/**
 * Finds the smallest change of each kind that makes all deadlines of a task possible, for missed deadlines in the given
 * order. Lists the least disruptive kind first: a shorter lead affects nobody's hours, lifting a blackout affects them
 * once, longer hours every time, and another weekday is the biggest change. No change can meet a deadline that has
 * passed.
 */
export function relaxationsFor(
  works: readonly Work[],
  rules: MaintenanceRules,
  nowMs: number,
  missed: readonly PlannedMiss[],
): Relaxed[] {
  const horizon = getHorizon(rules, nowMs);
  const clock = getClock(rules.timeZone, nowMs, horizon.untilMs);
  const deadlines = new Map(works.map(({ id, deadlineMs }) => [id, deadlineMs]));
  // Tasks of one deployment are late together, so each change is tried once for all of them.
  const tried = new Map<string, Set<string>>();
  return missed.slice(0, RELAXED_AT_MOST).map(({ id }) => {
    const isPast = (deadlines.get(id) ?? -Infinity) <= nowMs;
    const group = isPast ? [] : workBeside(works, id);
    const isMet = (change: Partial<MaintenanceRules>): boolean => {
      const key = `${group[0]?.id ?? ''} ${JSON.stringify(change)}`;
      let late = tried.get(key);
      if (late === undefined) {
        const lanes = lanesUnder(group, { ...rules, ...change }, horizon, clock);
        late = new Set(lanes.flatMap(missesUnder).map((miss) => miss.id));
        tried.set(key, late);
      }
      return !late.has(id);
    };
    return { id, relaxations: isPast ? [] : singleChanges(rules, isMet) };
  });
}

function singleChanges(rules: MaintenanceRules, isMet: (change: Partial<MaintenanceRules>) => boolean): Relaxation[] {
  const changes: Relaxation[] = [];
  const leadDays = longestLead(rules.leadDays, (days) => isMet({ leadDays: days }));
  if (leadDays !== undefined) changes.push({ kind: 'lead', leadDays });
  const blackout = sortByLength(rules.blackouts).find((one) =>
    isMet({ blackouts: rules.blackouts.filter((other) => other !== one) }),
  );
  if (blackout !== undefined) changes.push({ kind: 'blackout', blackout });
  const hours = longerHours(rules).find(({ from, to }) => isMet({ from, to }));
  if (hours !== undefined) changes.push({ kind: 'hours', ...hours });
  const weekday = WEEKDAYS.find(
    (one) => !rules.weekdays.includes(one) && isMet({ weekdays: [...rules.weekdays, one] }),
  );
  if (weekday !== undefined) changes.push({ kind: 'weekday', weekday });
  return changes;
}

/** Returns the longest sufficient lead that is shorter than the present one. */
function longestLead(present: number, isMet: (days: number) => boolean): number | undefined {
  if (present === 0 || !isMet(0)) return undefined;
  let good = 0;
  let bad = present;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isMet(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

function sortByLength(blackouts: readonly Blackout[]): Blackout[] {
  const days = ({ from, to }: Blackout): number => (parseDay(to) ?? 0) - (parseDay(from) ?? 0);
  return [...blackouts].sort((a, b) => days(a) - days(b));
}

/** Lists longer hours, up to a whole day, in steps of `STEP_MINUTES`. */
function longerHours(rules: MaintenanceRules): { from: string; to: string; addedMinutes: number }[] {
  const from = parseMinutes(rules.from) ?? 0;
  const usual = usualLengthMs(rules) / (DAY_MS / DAY_MINUTES);
  const all: ReturnType<typeof longerHours> = [];
  for (let added = STEP_MINUTES; usual + added <= DAY_MINUTES; added += STEP_MINUTES) {
    const end = (from + usual + added) % DAY_MINUTES;
    all.push({ from: rules.from, to: end === 0 ? '24:00' : formatMinutes(end), addedMinutes: added });
  }
  return all;
}
