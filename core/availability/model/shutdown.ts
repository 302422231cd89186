import { HOUR_MS, DAY_MS, SECOND_MS } from '../../shared/instant.ts';
import { wallDay, findWeekday, zoneClock } from '../../shared/time-zone.ts';
import { listLimits, type Break, type OffLimit, type PowerOffClock } from './power-off.ts';

export interface Shutdown {
  fromMs: number;
  untilMs: number;
}

/**
 * `safe`: nothing expires in the period. `safe-if-renewed`: everything that would expire is renewed beforehand if
 * renewals continue. `breaks`: something expires. `over-kubernetes-limit`, `over-moc-limit`: no end of the layer is
 * known, but it would be off for longer than the documented limit.
 */
type ShutdownVerdict = 'safe' | 'safe-if-renewed' | 'breaks' | `over-${OffLimit['layer']}-limit`;

export interface ShutdownAnswer extends Shutdown {
  verdict: ShutdownVerdict;
  /**
   * For `breaks`: what would fail at the next start in any case; for other verdicts, the first credential to expire,
   * taking into account renewals before the shutdown.
   */
  breaks?: Break;
}

/**
 * Judges a shutdown. Ignores credentials that have already expired, except `failsAtStart`, since they need repair in
 * any case. Inferred: until the period begins, renewals continue with equal lifetimes.
 */
export function shutdownAnswer(
  { valid, layers, failsAtStart }: Pick<PowerOffClock, 'valid' | 'layers' | 'failsAtStart'>,
  { fromMs, untilMs }: Shutdown,
): ShutdownAnswer {
  if (failsAtStart !== undefined) return { fromMs, untilMs, verdict: 'breaks', breaks: failsAtStart };
  const ending = valid.filter(({ atMs }) => atMs <= untilMs);
  const [first] = ending
    .map((one) => ({ ...one, atMs: endAfterRenewals(one, fromMs) }))
    .filter(({ atMs }) => atMs <= untilMs)
    .sort((a, b) => a.atMs - b.atMs);
  if (first !== undefined) return { fromMs, untilMs, verdict: 'breaks', breaks: first };
  const over = listLimits({ layers }).find(({ days }) => untilMs >= fromMs + days * DAY_MS);
  if (over !== undefined) return { fromMs, untilMs, verdict: `over-${over.layer}-limit` };
  return { fromMs, untilMs, verdict: ending.length === 0 ? 'safe' : 'safe-if-renewed' };
}

/** Returns the end of the credential that will be valid at `fromMs`: this one or its successor. */
function endAfterRenewals({ row, atMs, renewsAtMs }: Break, fromMs: number): number {
  const { notBeforeMs, notAfterMs } = row;
  if (renewsAtMs === undefined || notBeforeMs === undefined || notAfterMs === undefined) return atMs;
  if (renewsAtMs >= fromMs) return atMs;
  const lifeMs = notAfterMs + SECOND_MS - notBeforeMs;
  const intervalMs = Math.max(lifeMs - (atMs - renewsAtMs), SECOND_MS);
  const renewals = Math.ceil((fromMs - renewsAtMs) / intervalMs);
  return renewsAtMs + (renewals - 1) * intervalMs + lifeMs;
}

const EVENING = 18;
const MORNING = 8;
const FRIDAY = 4;
const WEEK = 7;

/** The next night and weekend, or the current ones, which start now. */
export interface UsualShutdowns {
  /** 18:00 to 8:00. */
  tonight: Shutdown;
  /** Friday 18:00 to Monday 8:00. */
  weekend: Shutdown;
}

/** Returns periods in the local time of `zone`, an IANA name, even across clock changes. */
export function usualShutdowns(nowMs: number, zone: string): UsualShutdowns {
  const clock = zoneClock(zone, { startMs: nowMs - DAY_MS, endMs: nowMs + 12 * DAY_MS });
  const wallMs = clock.wallMs(nowMs);
  const today = wallDay(wallMs);
  const hour = (wallMs - today * DAY_MS) / HOUR_MS;
  const shutdownBetween = (fromDay: number, toDay: number): Shutdown => {
    const [span] = clock.findSpans({
      startMs: fromDay * DAY_MS + EVENING * HOUR_MS,
      endMs: toDay * DAY_MS + MORNING * HOUR_MS,
    });
    if (span === undefined) throw new Error('a night without hours');
    return { fromMs: Math.max(span.startMs, nowMs), untilMs: span.endMs };
  };
  const evening = hour < MORNING ? today - 1 : today;
  const weekday = findWeekday(today);
  const isBeforeMonday = weekday > FRIDAY || (weekday === 0 && hour < MORNING);
  const friday = isBeforeMonday
    ? today - (weekday === 0 ? WEEK - FRIDAY : weekday - FRIDAY)
    : today + (FRIDAY - weekday);
  return { tonight: shutdownBetween(evening, evening + 1), weekend: shutdownBetween(friday, friday + 3) };
}
