import { DAY_MS, MINUTE_MS, epochMs, type Instant } from '../../core/shared/instant.ts';

/** A Kubernetes leaf is valid for four days, so after one day data is a quarter of its lifetime old. */
const OLD_AFTER_MS = DAY_MS;

/** Returns the time since the latest import of files. */
export function dataAge(lastImportAt: Instant, nowMs: number): { ms: number; kind: 'now' | 'fresh' | 'old' } {
  const ms = Math.max(0, nowMs - epochMs(lastImportAt));
  return { ms, kind: ms < MINUTE_MS ? 'now' : ms < OLD_AFTER_MS ? 'fresh' : 'old' };
}
