import { MINUTE_MS } from '../../shared/instant.ts';
import { greatest } from '../../shared/lists.ts';
import { getHorizon } from './planner.ts';
import { listSlots, type MaintenanceRules } from './rules.ts';
import type { Span } from '../../shared/time-zone.ts';

export interface Room {
  /** Absent if no window within the horizon is long enough. */
  window?: Span;
  /** 0 if the horizon has no window. */
  longestMinutes: number;
}

/**
 * Finds the first window that is long enough, and the longest one. The rules must be valid and name their time zone.
 */
export function roomFor(minutes: number, rules: MaintenanceRules, nowMs: number): Room {
  const slots = listSlots(rules, nowMs, getHorizon(rules, nowMs).untilMs);
  const window = slots.find(({ startMs, endMs }) => endMs - startMs >= minutes * MINUTE_MS);
  const longestMs = greatest(slots.map(({ startMs, endMs }) => endMs - startMs));
  return {
    window: window && { startMs: window.startMs, endMs: window.endMs },
    longestMinutes: Math.max(0, Math.floor(longestMs / MINUTE_MS)),
  };
}
