import { DAY_MS, MINUTE_MS, epochMs, type Instant } from '../../core/shared/instant.ts';

/** A Kubernetes leaf lives four days: after one day, data has lost a quarter of its value. */
const OLD_AFTER_MS = DAY_MS;

/** Returns the time since files were last imported. */
export function dataAge(lastImportAt: Instant, nowMs: number): { ms: number; kind: 'now' | 'fresh' | 'old' } {
  const ms = Math.max(0, nowMs - epochMs(lastImportAt));
  return { ms, kind: ms < MINUTE_MS ? 'now' : ms < OLD_AFTER_MS ? 'fresh' : 'old' };
}
