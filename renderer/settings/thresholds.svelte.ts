import {
  LIFETIME_CLASS_IDS,
  type LifetimeClassId,
  type Threshold,
} from '../../core/knowledge/model/credentials/lifetimes.ts';
import { DAY_MS, SECOND_MS } from '../../core/shared/instant.ts';
import {
  findPreset,
  presetThresholds,
  THRESHOLD_NAMES,
  THRESHOLD_PRESETS,
  thresholdFaults,
  type OwnThreshold,
  type ThresholdFault,
  type ThresholdName,
  type ThresholdPreset,
  type Thresholds,
} from '../../core/expiry/model/thresholds.ts';
import type { SettingsState } from '../parts/window/settings.svelte.ts';

/** Percentage of the lifetime, and maximum number of days (empty for no limit). */
export interface ThresholdText {
  percent: string;
  days: string;
}

export interface ThresholdCell {
  name: ThresholdName;
  text: ThresholdText;
  threshold: Threshold;
  fault: ThresholdFault['rule'] | 'threshold.no-number' | undefined;
}

export interface ThresholdRow {
  classId: LifetimeClassId;
  usualMs: number;
  cells: ThresholdCell[];
  own: boolean;
}

const NUMBER = /^\d{1,5}(?:[.,]\d{1,4})?$/u;

/** Valid values take effect immediately; invalid values stay in their fields, with a reason. */
export class ThresholdsState {
  #settings: SettingsState;
  #wrong: Readonly<Record<string, Pick<ThresholdCell, 'text' | 'fault'>>> = $state.raw({});

  readonly rows: ThresholdRow[] = $derived.by(() =>
    LIFETIME_CLASS_IDS.map((classId) => {
      const lifetimeClass = this.#settings.classes[classId];
      return {
        classId,
        usualMs: lifetimeClass.usualMs,
        own: THRESHOLD_NAMES.some((name) => lifetimeClass[name].own === true),
        cells: THRESHOLD_NAMES.map((name) => ({
          name,
          threshold: lifetimeClass[name],
          text: formatThreshold(lifetimeClass[name]),
          fault: undefined,
          ...this.#wrong[getKey(classId, name)],
        })),
      };
    }),
  );

  readonly presets = THRESHOLD_PRESETS;
  /** `undefined` for own values. */
  readonly preset = $derived.by(() => findPreset(this.#settings.values.thresholds));

  constructor(settings: SettingsState) {
    this.#settings = settings;
  }

  choose(preset: ThresholdPreset): void {
    this.#wrong = {};
    this.#settings.change({ thresholds: presetThresholds(preset) });
  }

  edit(classId: LifetimeClassId, name: ThresholdName, text: ThresholdText): void {
    const threshold = thresholdIn(text);
    const own = this.#settings.values.thresholds;
    const next: Thresholds | undefined = threshold && { ...own, [classId]: { ...own[classId], [name]: threshold } };
    const fault =
      next === undefined ? 'threshold.no-number' : thresholdFaults(next).find((each) => each.classId === classId)?.rule;
    if (next !== undefined && fault === undefined) {
      this.#forget(classId);
      this.#settings.change({ thresholds: next });
    } else this.#wrong = { ...this.#wrong, [getKey(classId, name)]: { text, fault } };
  }

  reset(classId: LifetimeClassId): void {
    this.#forget(classId);
    const { [classId]: _, ...thresholds } = this.#settings.values.thresholds;
    this.#settings.change({ thresholds });
  }

  #forget(classId: LifetimeClassId): void {
    const keys = new Set(THRESHOLD_NAMES.map((name) => getKey(classId, name)));
    this.#wrong = Object.fromEntries(Object.entries(this.#wrong).filter(([key]) => !keys.has(key)));
  }
}

function getKey(classId: LifetimeClassId, name: ThresholdName): string {
  return `${classId} ${name}`;
}

function formatThreshold({ share, atMostMs }: Threshold): ThresholdText {
  return { percent: short(share * 100), days: atMostMs === undefined ? '' : short(atMostMs / DAY_MS) };
}

function short(value: number): string {
  return String(Number(value.toFixed(2)));
}

function thresholdIn({ percent, days }: ThresholdText): OwnThreshold | undefined {
  const share = numberIn(percent);
  const limit = days.trim() === '' ? undefined : numberIn(days);
  if (share === undefined || Number.isNaN(limit ?? 0)) return undefined;
  if (days.trim() !== '' && limit === undefined) return undefined;
  return {
    share: share / 100,
    ...(limit !== undefined && { atMostMs: Math.round((limit * DAY_MS) / SECOND_MS) * SECOND_MS }),
  };
}

function numberIn(text: string): number | undefined {
  const trimmed = text.trim();
  return NUMBER.test(trimmed) ? Number(trimmed.replace(',', '.')) : undefined;
}
