import { IMPACT_IDS, type ImpactId } from '../../knowledge/model/credentials/role-row.ts';
import { findImpact, type ForecastEvent } from './forecast.ts';

/** A function that does not work from one instant to another. `untilMs` is `Infinity` if nothing repairs the function. */
export interface Outage {
  impact: ImpactId;
  fromMs: number;
  untilMs: number;
}

/** Lists the functions that stop, and joins the outages of a function that overlap. In the order of their start. */
export function listOutages(events: readonly ForecastEvent[]): Outage[] {
  const last = new Map<ImpactId, Outage>();
  const outages: Outage[] = [];
  for (const event of events) {
    const impact = findImpact(event);
    if (impact === undefined) continue;
    const { atMs: fromMs, recoversMs: untilMs = Infinity } = event;
    const before = last.get(impact);
    if (before !== undefined && fromMs <= before.untilMs) before.untilMs = Math.max(before.untilMs, untilMs);
    else {
      const outage = { impact, fromMs, untilMs };
      last.set(impact, outage);
      outages.push(outage);
    }
  }
  return outages;
}

/** Joins outages that overlap, whatever their function. */
export function joinOutages(outages: readonly Outage[]): { fromMs: number; untilMs: number }[] {
  const joined: { fromMs: number; untilMs: number }[] = [];
  for (const { fromMs, untilMs } of outages) {
    const last = joined.at(-1);
    if (last !== undefined && fromMs <= last.untilMs) last.untilMs = Math.max(last.untilMs, untilMs);
    else joined.push({ fromMs, untilMs });
  }
  return joined;
}

/** Lists the functions that do not work at an instant, the worst first. */
export function listDown(outages: readonly Outage[], atMs: number): Outage[] {
  return outages
    .filter(({ fromMs, untilMs }) => fromMs <= atMs && untilMs > atMs)
    .sort((one, other) => IMPACT_IDS.indexOf(one.impact) - IMPACT_IDS.indexOf(other.impact));
}
