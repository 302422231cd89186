import {
  HABIT,
  LIFETIME_CLASS_IDS,
  LIFETIME_CLASSES,
  type LifetimeClasses,
  type LifetimeClassId,
  type Threshold,
} from '../../knowledge/model/credentials/lifetimes.ts';
import { MINUTE_MS } from '../../shared/instant.ts';
import { thresholdMs } from '../../knowledge/model/credentials/expiry-state.ts';

/** From the earliest to the latest in the life of a credential. */
export const THRESHOLD_NAMES = ['renewalDue', 'renewalOverdue', 'urgent'] as const;
export type ThresholdName = (typeof THRESHOLD_NAMES)[number];

/** The lower limit applies: `share` of the lifetime (0 to 1), or `atMostMs` if given. */
export interface OwnThreshold {
  share: number;
  atMostMs?: number;
}

export type Thresholds = Partial<Record<LifetimeClassId, Partial<Record<ThresholdName, OwnThreshold>>>>;

/** By how much each preset changes the default thresholds. Source: habit, like the thresholds. */
const PRESET_FACTORS = { standard: 1, early: 1.5, late: 0.5 };
export type ThresholdPreset = keyof typeof PRESET_FACTORS;
export const THRESHOLD_PRESETS = Object.keys(PRESET_FACTORS) as readonly ThresholdPreset[];

/** Returns no thresholds whose default has a source: when a renewal happens does not depend on the admin. */
export function presetThresholds(preset: ThresholdPreset): Thresholds {
  const factor = PRESET_FACTORS[preset];
  if (factor === 1) return {};
  const classes = LIFETIME_CLASS_IDS.map((id): [string, object] => {
    const changed = THRESHOLD_NAMES.flatMap((name) => {
      const { share, atMostMs, citations }: Threshold = LIFETIME_CLASSES[id][name];
      if (!citations.includes(HABIT)) return [];
      return [[name, { share: share * factor, ...(atMostMs !== undefined && { atMostMs: atMostMs * factor }) }]];
    });
    return [id, Object.fromEntries(changed) as object];
  });
  return Object.fromEntries(classes) as Thresholds;
}

/** Returns `undefined` for an admin's own thresholds. */
export function findPreset(own: Thresholds): ThresholdPreset | undefined {
  const wanted = JSON.stringify(lifetimeClasses(own));
  return THRESHOLD_PRESETS.find((preset) => JSON.stringify(lifetimeClasses(presetThresholds(preset))) === wanted);
}

/** Nobody could react in less time. */
export const SHORTEST_THRESHOLD_MS = MINUTE_MS;

const merged = new WeakMap<Thresholds, LifetimeClasses>();

/** Returns all classes with the admin's thresholds applied; the same object for the same thresholds. */
export function lifetimeClasses(own: Thresholds): LifetimeClasses {
  let classes = merged.get(own);
  if (classes === undefined) {
    const all = { ...LIFETIME_CLASSES };
    for (const id of LIFETIME_CLASS_IDS)
      for (const name of THRESHOLD_NAMES) {
        const threshold = own[id]?.[name];
        if (threshold !== undefined) all[id] = { ...all[id], [name]: { ...threshold, own: true, citations: [] } };
      }
    merged.set(own, (classes = all));
  }
  return classes;
}

export interface ThresholdFault {
  classId: LifetimeClassId;
  name: ThresholdName;
  rule: 'threshold.out-of-range' | 'threshold.out-of-order';
}

/**
 * Returns the faults of an admin's thresholds. Each must leave at least a minute and at most the whole lifetime; in a
 * lifetime of the class's usual length, none may be reached before its predecessor.
 */
export function thresholdFaults(own: Thresholds): ThresholdFault[] {
  const classes = lifetimeClasses(own);
  return LIFETIME_CLASS_IDS.flatMap((classId) => {
    const lifetimeClass = classes[classId];
    let before = Infinity;
    return THRESHOLD_NAMES.flatMap((name): ThresholdFault[] => {
      const threshold = lifetimeClass[name];
      const leftMs = thresholdMs(threshold, lifetimeClass.usualMs);
      const earlier = before;
      before = leftMs;
      if (threshold.share > 1 || !(leftMs >= SHORTEST_THRESHOLD_MS))
        return [{ classId, name, rule: 'threshold.out-of-range' }];
      return leftMs > earlier ? [{ classId, name, rule: 'threshold.out-of-order' }] : [];
    });
  });
}
