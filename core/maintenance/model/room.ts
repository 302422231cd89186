import { MINUTE_MS } from '../../shared/instant.ts';
import { getHorizon } from './planner.ts';
import { listSlots, type MaintenanceRules } from './rules.ts';
import type { Span } from '../../shared/time-zone.ts';

/** Where work of a given length could be done. */
export interface Room {
  /** The next window that holds all of it; absent where none within the horizon does. */
  window?: Span;
  /** Whole minutes of the longest window within the horizon; 0 where there is none. */
  longestMinutes: number;
}

/** The next window of the rules that holds this many minutes. The rules must be valid and name their time zone. */
export function roomFor(minutes: number, rules: MaintenanceRules, nowMs: number): Room {
  const slots = listSlots(rules, nowMs, getHorizon(rules, nowMs).untilMs);
  const window = slots.find(({ startMs, endMs }) => endMs - startMs >= minutes * MINUTE_MS);
  const longestMs = slots.reduce((most, { startMs, endMs }) => Math.max(most, endMs - startMs), 0);
  return {
    ...(window !== undefined && { window: { startMs: window.startMs, endMs: window.endMs } }),
    longestMinutes: Math.floor(longestMs / MINUTE_MS),
  };
}
