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

/**
 * Places works of these lengths one after the other, each as a whole within a window. Returns fewer spans than works if
 * the windows within the horizon do not hold all of them.
 */
export function splitRoom(lengths: readonly number[], rules: MaintenanceRules, nowMs: number): Span[] {
  const slots = listSlots(rules, nowMs, getHorizon(rules, nowMs).untilMs);
  const spans: Span[] = [];
  let [at, startMs] = [0, slots[0]?.startMs ?? 0];
  for (const minutes of lengths) {
    while (at < slots.length && startMs + minutes * MINUTE_MS > slots[at]!.endMs)
      startMs = slots[(at += 1)]?.startMs ?? 0;
    if (at >= slots.length) break;
    const endMs = startMs + minutes * MINUTE_MS;
    spans.push({ startMs, endMs });
    startMs = endMs;
  }
  return spans;
}
