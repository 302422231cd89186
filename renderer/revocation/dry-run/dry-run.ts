import type { Citation } from '../../../core/shared/citation.ts';
import { HOUR_MS, MINUTE_MS, epochMs, type Instant } from '../../../core/shared/instant.ts';
import { OVERVIEW_REVOCATION } from '../../../core/knowledge/model/sources/sources.ts';
import { ROW_CONNECTIONS, ROW_KUBECONFIG } from '../../../core/knowledge/model/sources/sources-revocation.ts';
import type { DryRun, DryRunEvent, DryRunHour } from '../../../core/revocation/model/view.ts';
import {
  isWell,
  kindText,
  reasonText,
  dryRunVerdict,
  verdictText,
} from '../../../core/revocation/text/dry-run-text.ts';
import type { RevocationWords } from '../../../core/revocation/text/revocation-text.ts';
import { buildTicks, createView, pixelAt } from '../../../core/forecast/model/timeline.ts';
import type { TextState } from '../../i18n/text.svelte.ts';

type Format = Pick<TextState['format'], 'zone' | 'tick'>;

/** In drawing order. */
export const LANES = ['renewed', 'refused', 'expired'] as const;
type DryRunLane = (typeof LANES)[number];

function mapLanes<T>(make: (lane: DryRunLane) => T): Record<DryRunLane, T> {
  return { renewed: make('renewed'), refused: make('refused'), expired: make('expired') };
}

export const SIMULATION_SOURCES: readonly Citation[] = [ROW_KUBECONFIG, ROW_CONNECTIONS, OVERVIEW_REVOCATION];

/** A period without change. Lengths are shares of the whole, from 0 to 1. */
interface StripBar {
  from: number;
  length: number;
  /** Share of the hourly maximum in this lane. */
  height: number;
}

export interface DryRunStrip {
  lanes: Record<DryRunLane, readonly StripBar[]>;
  /** Periods in which the API server is down. */
  down: readonly { from: number; length: number }[];
  /** Positions from 0 to 1. */
  marks: readonly { step: 'apply' | 'repair'; at: number }[];
  /** Repeated events are counted each time. */
  counts: Record<DryRunLane, number>;
  downHours: number;
}

/** Lays out the strip. An event without a duration is drawn one hour wide. */
export function dryRunStrip({ from, until, hours, apiServer }: DryRun): DryRunStrip {
  const [fromMs, untilMs] = [epochMs(from), epochMs(until)];
  const length = Math.max(HOUR_MS, untilMs - fromMs);
  const getShare = (ms: number): number => Math.min(1, Math.max(0, (ms - fromMs) / length));
  const lane = (name: DryRunLane): StripBar[] => {
    const most = Math.max(1, ...hours.map((hour) => hour[name].length));
    return mergeBars(
      hours.flatMap((hour) => {
        const count = hour[name].length;
        if (count === 0) return [];
        const start = hour.step === 'hour' ? epochMs(hour.at) - HOUR_MS : epochMs(hour.at);
        const end = getShare(start + HOUR_MS);
        return [{ from: getShare(start), length: end - getShare(start), height: count / most }];
      }),
    );
  };
  const down = downTimes(hours, { fromMs, untilMs, apiServer });
  return {
    lanes: mapLanes(lane),
    down: down.map(({ startMs, endMs }) => ({ from: getShare(startMs), length: getShare(endMs) - getShare(startMs) })),
    marks: hours.flatMap(({ step, at }) => (step === 'hour' ? [] : [{ step, at: getShare(epochMs(at)) }])),
    counts: mapLanes((name) => hours.reduce((sum, hour) => sum + hour[name].length, 0)),
    downHours: Math.round(down.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) / HOUR_MS),
  };
}

/** Merges adjacent bars of equal height. For example, a rejection every hour for a hundred days becomes one bar. */
function mergeBars(bars: readonly StripBar[]): StripBar[] {
  const all: StripBar[] = [];
  for (const bar of bars) {
    const last = all.at(-1);
    const touches = last?.height === bar.height && Math.abs(last.from + last.length - bar.from) < 1e-9;
    if (touches) last.length += bar.length;
    else all.push({ ...bar });
  }
  return all;
}

function downTimes(
  hours: readonly DryRunHour[],
  { fromMs, untilMs, apiServer }: { fromMs: number; untilMs: number; apiServer: boolean },
): { startMs: number; endMs: number }[] {
  const times: { startMs: number; endMs: number }[] = [];
  // Before the object is applied, the API server of the copy is assumed to be up.
  let since: number | undefined;
  const say = (ms: number, isUp: boolean): void => {
    if (!isUp) since ??= ms;
    else if (since !== undefined) {
      times.push({ startMs: since, endMs: ms });
      since = undefined;
    }
  };
  for (const hour of hours) say(epochMs(hour.at), hour.apiServer);
  if (hours.length === 0) say(fromMs, apiServer);
  if (since !== undefined && since < untilMs) times.push({ startMs: since, endMs: untilMs });
  return times;
}

const LABEL_SHARE = 0.2;

/** Groups steps whose labels would overlap. */
export function markGroups(marks: DryRunStrip['marks']): { at: number; steps: ('apply' | 'repair')[] }[] {
  const groups: { at: number; steps: ('apply' | 'repair')[] }[] = [];
  for (const { step, at } of marks) {
    const last = groups.at(-1);
    if (last !== undefined && at - last.at < LABEL_SHARE) {
      if (!last.steps.includes(step)) last.steps.push(step);
    } else groups.push({ at, steps: [step] });
  }
  return groups;
}

/** Lists round times for the scale; `x` is in pixels. */
export function stripTicks(
  { from, until }: Pick<DryRun, 'from' | 'until'>,
  { widthPx, format }: { widthPx: number; format: Format },
): { x: number; label: string }[] {
  const view = createView(epochMs(from), Math.max(epochMs(until), epochMs(from) + HOUR_MS), Math.max(1, widthPx));
  const offset = (ms: number): number => (format.zone === 'utc' ? 0 : -new Date(ms).getTimezoneOffset() * MINUTE_MS);
  return buildTicks(view, widthPx, offset).map(({ atMs, unit, isMajor }) => ({
    x: pixelAt(view, atMs),
    label: format.tick(atMs, { unit, isMajor }),
  }));
}

export interface DryRunKind {
  kind: string;
  /** Each certificate is counted once. */
  count: number;
  /** Every occurrence is counted: a rejected renewal is attempted again and again. */
  times: number;
  names: readonly string[];
  reason?: string;
  /** The entry that causes the outcome, 1-based. */
  by?: { object: string; entry: number };
}

interface DryRunLine {
  at: Instant;
  step: DryRunHour['step'];
  hours: number;
  happened: Record<DryRunLane, readonly DryRunKind[]>;
  apiServer: boolean;
}

export function describeDryRun(dryRun: DryRun, words: RevocationWords) {
  const verdict = dryRunVerdict(dryRun);
  const kinds = (all: readonly DryRunEvent[]): DryRunKind[] => listKinds(all, words);
  return {
    isWell: isWell(verdict),
    verdict: verdictText(words, verdict),
    lines: listLines(dryRun.hours, kinds),
    stillRevoked: kinds(dryRun.repair?.stillRevoked ?? []),
  };
}

/** Merges consecutive hours in which the same certificates have the same outcome, however often. */
function listLines(hours: readonly DryRunHour[], kinds: (all: readonly DryRunEvent[]) => DryRunKind[]): DryRunLine[] {
  const lines: DryRunLine[] = [];
  let last = '';
  for (const hour of hours) {
    const { at, step, apiServer } = hour;
    const happened = mapLanes((lane) => kinds(hour[lane]));
    const same = JSON.stringify([happened, apiServer], (key, value: unknown) => (key === 'times' ? undefined : value));
    const before = lines.at(-1);
    if (step === 'hour' && before?.step === 'hour' && same === last) {
      before.at = at;
      before.hours += 1;
      before.happened = together(before.happened, happened);
    } else lines.push({ at, step, hours: 1, happened, apiServer });
    last = same;
  }
  return lines;
}

function together(before: DryRunLine['happened'], now: DryRunLine['happened']): DryRunLine['happened'] {
  return mapLanes((lane) =>
    now[lane].map((kind, at) => ({ ...kind, times: kind.times + (before[lane][at]?.times ?? 0) })),
  );
}

function listKinds(all: readonly DryRunEvent[], { translate }: RevocationWords): DryRunKind[] {
  const groups = new Map<string, { kind: Omit<DryRunKind, 'count' | 'names'>; held: Map<string, string> }>();
  for (const { id, profile, name, reason, object, entry } of all) {
    const key = JSON.stringify([profile, reason, object, entry]);
    let group = groups.get(key);
    if (group === undefined) {
      const kind = {
        kind: kindText(translate, profile),
        times: 0,
        reason: reason && reasonText(translate, reason),
        by: object === undefined || entry === undefined ? undefined : { object, entry: entry + 1 },
      };
      group = { kind, held: new Map() };
      groups.set(key, group);
    }
    group.kind.times += 1;
    group.held.set(id ?? `${profile} ${name}`, name);
  }
  return [...groups.values()]
    .map(({ kind, held }) => ({ ...kind, count: held.size, names: [...new Set(held.values())].sort() }))
    .sort((one, other) => (one.kind < other.kind ? -1 : 1));
}
