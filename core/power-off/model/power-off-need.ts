import type { PowerOffClock } from './power-off.ts';

/** Orders clusters by need: repair first, then those that may stay off the shortest. */
export function byNeed(a: PowerOffClock, b: PowerOffClock): number {
  return getSeverity(b) - getSeverity(a) || (a.safeUntilMs ?? Infinity) - (b.safeUntilMs ?? Infinity);
}

/** Hosts before clusters, a broken cluster before an unreachable one; 0 when nothing has expired. */
function getSeverity({ kind, layers, alreadyExpired }: PowerOffClock): number {
  if (alreadyExpired.length === 0) return 0;
  const { kubernetes, moc } = layers;
  if (kind === 'host') return 5;
  if (kubernetes.expired.some(({ row }) => row.role === 'apiserver')) return 4;
  if (kubernetes.expired.length > 0) return 3;
  return moc.expired.length > 0 ? 2 : 1;
}
