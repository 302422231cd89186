import {
  LIFETIME_CLASS_IDS,
  LIFETIME_CLASSES,
  type LifetimeClass,
  type LifetimeClasses,
  type LifetimeClassId,
} from '../../knowledge/model/credentials/lifetimes.ts';
import { MINUTE_MS } from '../../shared/instant.ts';
import { leftAtMs } from './lifetime.ts';

/** From the earliest to the latest in the life of a credential. */
export const THRESHOLD_NAMES = ['renewalDue', 'renewalOverdue', 'urgent'] as const;
export type ThresholdName = (typeof THRESHOLD_NAMES)[number];

/** A threshold as an admin sets it: the smaller of both decides. `share` is 0 to 1, `atMostMs` absent for no limit. */
export interface OwnThreshold {
  share: number;
  atMostMs?: number;
}

/** What an admin has set in place of the defaults; what is not named keeps its default. */
export type Thresholds = Partial<Record<LifetimeClassId, Partial<Record<ThresholdName, OwnThreshold>>>>;

/** Below this a share of any lifetime can no longer be acted on. */
export const SHORTEST_THRESHOLD_MS = MINUTE_MS;

const merged = new WeakMap<Thresholds, LifetimeClasses>();

/** All classes with the admin's own thresholds in them. The same object for the same thresholds. */
export function lifetimeClasses(own: Thresholds): LifetimeClasses {
  let classes = merged.get(own);
  if (classes === undefined) {
    classes = Object.fromEntries(
      LIFETIME_CLASS_IDS.map((id) => [id, withOwn(LIFETIME_CLASSES[id], own[id] ?? {})]),
    ) as Record<LifetimeClassId, LifetimeClass>;
    merged.set(own, classes);
  }
  return classes;
}

function withOwn(lifetimeClass: LifetimeClass, own: Partial<Record<ThresholdName, OwnThreshold>>): LifetimeClass {
  const changed = { ...lifetimeClass };
  for (const name of THRESHOLD_NAMES) {
    const threshold = own[name];
    if (threshold !== undefined) changed[name] = { ...threshold, own: true, citations: [] };
  }
  return changed;
}

/** Why thresholds cannot be used: `name` would be reached before the one that comes before it. */
export interface ThresholdFault {
  classId: LifetimeClassId;
  name: ThresholdName;
  rule: 'threshold.out-of-range' | 'threshold.out-of-order';
}

/**
 * What is wrong with an admin's thresholds; empty when they can be used. Each must leave more than nothing and at most all
 * of a lifetime, and the later ones must not be reached before the earlier ones in a life as long as the class's usual one.
 */
export function thresholdFaults(own: Thresholds): ThresholdFault[] {
  const classes = lifetimeClasses(own);
  return LIFETIME_CLASS_IDS.flatMap((classId) => {
    const lifetimeClass = classes[classId];
    let before = Infinity;
    return THRESHOLD_NAMES.flatMap((name): ThresholdFault[] => {
      const threshold = lifetimeClass[name];
      const leftMs = leftAtMs(threshold, lifetimeClass.usualMs);
      const earlier = before;
      before = leftMs;
      if (threshold.share > 1 || !(leftMs >= SHORTEST_THRESHOLD_MS))
        return [{ classId, name, rule: 'threshold.out-of-range' }];
      return leftMs > earlier ? [{ classId, name, rule: 'threshold.out-of-order' }] : [];
    });
  });
}
