import type { PowerOffClock } from './power-off.ts';

export interface NeedOrder {
  /** Hosts are worst, then the API server, the rest of Kubernetes, MOC, and workstations; 0 if nothing has expired. */
  severity: number;
  safeUntilMs: number | undefined;
}

export function sortByNeed(clocks: readonly PowerOffClock[]): PowerOffClock[] {
  const needs = clocks.map((clock) => ({ clock, severity: getSeverity(clock), safeUntilMs: clock.safeUntilMs }));
  return needs.sort(compareNeed).map(({ clock }) => clock);
}

export function compareNeed(a: NeedOrder, b: NeedOrder): number {
  return b.severity - a.severity || (a.safeUntilMs ?? Infinity) - (b.safeUntilMs ?? Infinity);
}

export function getSeverity({
  kind,
  layers,
  alreadyExpired,
}: Pick<PowerOffClock, 'kind' | 'layers' | 'alreadyExpired'>): number {
  if (alreadyExpired.length === 0) return 0;
  const { kubernetes, moc } = layers;
  if (kind === 'host') return 5;
  if (kubernetes.expired.some(({ row }) => row.role === 'apiserver')) return 4;
  if (kubernetes.expired.length > 0) return 3;
  return moc.expired.length > 0 ? 2 : 1;
}
