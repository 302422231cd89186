import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import type { ClusterId } from '../../shared/ids.ts';
import { isBreak, type ForecastAnswer, type ForecastEvent } from './forecast.ts';
import { UnpackedForecast, type PackedForecast, type StatusSegment } from './forecast-part.ts';
import { joinOutages, listDown, listOutages, type Outage } from './outages.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/instant.ts';
import { thresholdAtMs } from '../../knowledge/model/credentials/expiry-state.ts';

/* The geometry of the timeline. Everything independent of the view is computed once per forecast. */

export const CLUSTER_LANE_PX = 28;
export const CREDENTIAL_LANE_PX = 24;
/** Marks closer than this are merged into one mark with a number. */
export const MARK_PX = 16;
/** Space for the number, to the right of the mark. */
export const MARK_COUNT_PX = 16;

/** A cluster of a forecast. Everything that is drawn for it is computed on first use. */
export class TimelineCluster {
  readonly clusterId: ClusterId;
  readonly name: string;
  readonly sample: boolean;
  readonly answer: ForecastAnswer;
  readonly credentials: readonly BoardRow[];
  readonly markMs: Float64Array;
  readonly #forecast: UnpackedForecast;
  #rows: Uint32Array | undefined;
  #outages: readonly Outage[] | undefined;
  #marks: readonly ForecastEvent[] | undefined;

  constructor(packed: PackedForecast, rows: readonly BoardRow[]) {
    const forecast = new UnpackedForecast(packed, rows);
    this.clusterId = packed.clusterId;
    this.name = packed.cluster;
    this.sample = packed.sample === true;
    this.answer = forecast.answer;
    this.credentials = forecast.rows;
    this.markMs = forecast.eventMs;
    this.#forecast = forecast;
  }

  get rows(): Uint32Array {
    if (this.#rows === undefined) {
      const ends = this.credentials.map((_, at) => this.statusSegment(at).endMs ?? Infinity);
      // The difference of two infinite numbers is NaN, so the indexes decide.
      this.#rows = Uint32Array.from(ends.keys()).sort((one, other) => ends[one]! - ends[other]! || one - other);
    }
    return this.#rows;
  }

  /** The functions that stop, including those that have stopped already. */
  get outages(): readonly Outage[] {
    return (this.#outages ??= listOutages(this.marks));
  }

  /** In chronological order, including past events that persist. */
  get marks(): readonly ForecastEvent[] {
    return (this.#marks ??= Array.from(this.markMs, (_, place) => this.mark(place)));
  }

  mark(place: number): ForecastEvent {
    return this.#marks?.[place] ?? this.#forecast.event(place);
  }

  statusSegment(row: number): StatusSegment {
    return this.#forecast.statusSegment(row);
  }
}

export interface TimelineModel {
  nowMs: number;
  untilMs: number;
  classes: LifetimeClasses;
  clusters: readonly TimelineCluster[];
}

/** Merges more clusters, in any order, into a list in lane order. */
export function mergeLanes(ordered: readonly TimelineCluster[], more: readonly TimelineCluster[]): TimelineCluster[] {
  const merged: TimelineCluster[] = [];
  let next = 0;
  for (const cluster of [...more].sort(compareFirstBreak)) {
    for (; next < ordered.length && compareFirstBreak(ordered[next]!, cluster) <= 0; next += 1)
      merged.push(ordered[next]!);
    merged.push(cluster);
  }
  for (; next < ordered.length; next += 1) merged.push(ordered[next]!);
  return merged;
}

/** Orders clusters: those that need repair now come first, then the others by their first break. */
function compareFirstBreak(one: TimelineCluster, other: TimelineCluster): number {
  return breakRank(one) - breakRank(other) || (one.name < other.name ? -1 : 1);
}

function breakRank({ answer }: TimelineCluster): number {
  return answer.broken > 0 ? -answer.broken : (answer.first?.atMs ?? Infinity);
}

export function firstMarks(
  clusters: readonly TimelineCluster[],
  most: number,
): { cluster: TimelineCluster; place: number }[] {
  let found: { cluster: TimelineCluster; place: number; atMs: number }[] = [];
  /** Events at or after this instant are not among the first `most`. */
  let untilMs = Infinity;
  const sort = () => {
    found.sort((one, other) => one.atMs - other.atMs);
    found = found.slice(0, most);
    if (found.length === most) untilMs = found.at(-1)?.atMs ?? Infinity;
  };
  for (const cluster of clusters) {
    for (const [place, atMs] of cluster.markMs.entries()) {
      if (atMs >= untilMs) break;
      found.push({ cluster, place, atMs });
    }
    if (found.length > SORTED_FROM + 2 * most) sort();
  }
  sort();
  return found;
}

const SORTED_FROM = 1_000;

export interface TimelineLane {
  cluster: TimelineCluster;
  /** Index among the cluster's credentials; absent in the lane of the cluster itself. */
  row?: number;
  topPx: number;
  heightPx: number;
  index: number;
}

/** Finds stacked lanes without listing them: an expanded cluster may have a hundred thousand. */
export class Lanes {
  readonly heightPx: number;
  readonly count: number;
  readonly #clusters: readonly TimelineCluster[];
  /** Top and first index of each cluster, followed by the end of the last one. */
  readonly #tops: Float64Array;
  readonly #firsts: Uint32Array;

  constructor(clusters: readonly TimelineCluster[], open: ReadonlySet<ClusterId>) {
    this.#clusters = clusters;
    this.#tops = new Float64Array(clusters.length + 1);
    this.#firsts = new Uint32Array(clusters.length + 1);
    clusters.forEach(({ clusterId, credentials }, at) => {
      const inside = open.has(clusterId) ? credentials.length : 0;
      this.#tops[at + 1] = this.#tops[at]! + CLUSTER_LANE_PX + inside * CREDENTIAL_LANE_PX;
      this.#firsts[at + 1] = this.#firsts[at]! + 1 + inside;
    });
    this.heightPx = this.#tops[clusters.length] ?? 0;
    this.count = this.#firsts[clusters.length] ?? 0;
  }

  getLane(index: number): TimelineLane | undefined {
    return index < 0 || index >= this.count ? undefined : this.#lane(stepAt(this.#firsts, index), index);
  }

  findLane(px: number): TimelineLane | undefined {
    if (px < 0 || px >= this.heightPx) return undefined;
    const at = stepAt(this.#tops, px);
    const inside = px - this.#tops[at]! - CLUSTER_LANE_PX;
    const index = inside < 0 ? this.#firsts[at]! : this.#firsts[at]! + 1 + Math.floor(inside / CREDENTIAL_LANE_PX);
    return this.#lane(at, index);
  }

  listLanes(fromPx: number, untilPx: number): TimelineLane[] {
    const lanes: TimelineLane[] = [];
    let lane = this.findLane(Math.max(0, fromPx));
    while (lane !== undefined && lane.topPx < untilPx) {
      lanes.push(lane);
      lane = this.getLane(lane.index + 1);
    }
    return lanes;
  }

  clusterIndex(clusterId: ClusterId): number {
    const at = this.#clusters.findIndex((cluster) => cluster.clusterId === clusterId);
    return at < 0 ? -1 : this.#firsts[at]!;
  }

  #lane(at: number, index: number): TimelineLane {
    const cluster = this.#clusters[at]!;
    const inside = index - this.#firsts[at]! - 1;
    const topPx = this.#tops[at]!;
    return inside < 0
      ? { cluster, topPx, heightPx: CLUSTER_LANE_PX, index }
      : {
          cluster,
          row: cluster.rows[inside]!,
          topPx: topPx + CLUSTER_LANE_PX + inside * CREDENTIAL_LANE_PX,
          heightPx: CREDENTIAL_LANE_PX,
          index,
        };
  }
}

export interface TimeView {
  fromMs: number;
  msPerPx: number;
}

export const SHORTEST_SPAN_MS = 6 * HOUR_MS;
export const LONGEST_SPAN_MS = 12 * 366 * DAY_MS;

export function createView(fromMs: number, untilMs: number, widthPx: number): TimeView {
  const spanMs = Math.min(LONGEST_SPAN_MS, Math.max(SHORTEST_SPAN_MS, untilMs - fromMs));
  return { fromMs, msPerPx: spanMs / Math.max(1, widthPx) };
}

/** Zooms in by a factor above 1, or out below 1; the point under `anchorPx` stays there. */
export function zoomView(
  { fromMs, msPerPx }: TimeView,
  factor: number,
  { anchorPx, widthPx }: { anchorPx: number; widthPx: number },
): TimeView {
  const least = SHORTEST_SPAN_MS / Math.max(1, widthPx);
  const most = LONGEST_SPAN_MS / Math.max(1, widthPx);
  const next = Math.min(most, Math.max(least, msPerPx / factor));
  return { fromMs: fromMs + anchorPx * (msPerPx - next), msPerPx: next };
}

/** This share of the width is before “now”. */
const NOW_SHARE = 0.1;

/** Shows a number of days from now on, with “now” in its usual place. */
export function createWindow(nowMs: number, days: number, widthPx: number): TimeView {
  return placeNow(
    { fromMs: nowMs, msPerPx: (days * DAY_MS) / ((1 - NOW_SHARE) * Math.max(1, widthPx)) },
    nowMs,
    widthPx,
  );
}

export function placeNow({ msPerPx }: TimeView, nowMs: number, widthPx: number): TimeView {
  return { fromMs: nowMs - NOW_SHARE * widthPx * msPerPx, msPerPx };
}

export function panView({ fromMs, msPerPx }: TimeView, px: number): TimeView {
  return { fromMs: fromMs + px * msPerPx, msPerPx };
}

export function pixelAt({ fromMs, msPerPx }: TimeView, ms: number): number {
  return (ms - fromMs) / msPerPx;
}

type TickUnit = 'minute' | 'hour' | 'day' | 'month' | 'year';

export interface Tick {
  atMs: number;
  unit: TickUnit;
  /** Whether a larger unit begins here too: a day among hours, a year among months. */
  isMajor: boolean;
}

const TICK_PX = 84;

type TickStep = { unit: 'minute' | 'hour' | 'day'; ms: number } | { unit: 'month' | 'year'; months: number };

const STEPS: readonly (TickStep & { ms: number })[] = [
  { unit: 'minute', ms: 15 * MINUTE_MS },
  { unit: 'hour', ms: HOUR_MS },
  { unit: 'hour', ms: 3 * HOUR_MS },
  { unit: 'hour', ms: 6 * HOUR_MS },
  { unit: 'day', ms: DAY_MS },
  { unit: 'day', ms: 2 * DAY_MS },
  { unit: 'day', ms: 7 * DAY_MS },
  { unit: 'month', ms: 31 * DAY_MS, months: 1 },
  { unit: 'month', ms: 92 * DAY_MS, months: 3 },
  { unit: 'year', ms: 366 * DAY_MS, months: 12 },
  { unit: 'year', ms: 2 * 366 * DAY_MS, months: 24 },
  { unit: 'year', ms: 5 * 366 * DAY_MS, months: 60 },
];

/** Returns round instants, far enough apart for labels. `offsetMs` returns the UTC offset of the displayed zone. */
export function buildTicks(view: TimeView, widthPx: number, offsetMs: (ms: number) => number): Tick[] {
  const leastMs = TICK_PX * view.msPerPx;
  const step = STEPS.find(({ ms }) => ms >= leastMs) ?? STEPS.at(-1)!;
  const untilMs = view.fromMs + widthPx * view.msPerPx;
  const ticks: Tick[] = [];
  for (const local of localTicks(step, view.fromMs + offsetMs(view.fromMs), untilMs + offsetMs(untilMs))) {
    // Converts local time to UTC with the offset near that time.
    const near = local - offsetMs(local);
    const atMs = local - offsetMs(near);
    if (atMs < view.fromMs || pixelAt(view, atMs) > widthPx || atMs === ticks.at(-1)?.atMs) continue;
    ticks.push({ atMs, unit: step.unit, isMajor: isMajor(step.unit, local) });
  }
  return ticks;
}

function localTicks(step: (typeof STEPS)[number], fromMs: number, untilMs: number): number[] {
  const ticks: number[] = [];
  if (!('months' in step)) {
    // Weeks begin on Monday, and 5 January 1970 was a Monday.
    const origin = step.ms === 7 * DAY_MS ? 4 * DAY_MS : 0;
    const first = Math.ceil((fromMs - origin) / step.ms) * step.ms + origin;
    for (let local = first; local <= untilMs; local += step.ms) ticks.push(local);
    return ticks;
  }
  const date = new Date(fromMs);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth();
  for (let month = Math.floor(months / step.months) * step.months; ; month += step.months) {
    const local = Date.UTC(Math.floor(month / 12), month % 12);
    if (local > untilMs) return ticks;
    if (local >= fromMs) ticks.push(local);
  }
}

function isMajor(unit: TickUnit, local: number): boolean {
  const date = new Date(local);
  switch (unit) {
    case 'minute':
    case 'hour':
      return date.getUTCHours() === 0 && date.getUTCMinutes() === 0;
    case 'day':
      return date.getUTCDate() === 1;
    case 'month':
      return date.getUTCMonth() === 0;
    case 'year':
      return false;
  }
}

/** In pixels from the left edge; may begin or end a little outside the view. */
interface Stretch {
  x: number;
  width: number;
}

export interface PictureOutage extends Stretch {
  /** Such an outage is drawn quietly, so that what comes next stands out. */
  isOld: boolean;
}

export interface PictureMark {
  x: number;
  event: ForecastEvent;
  count: number;
  first: number;
}

export interface PictureLane {
  lane: TimelineLane;
  /** Times in which something does not work; empty in the lanes of credentials. */
  outages: PictureOutage[];
  marks: PictureMark[];
  bar?: PictureBar;
  /** Whether something that stopped before the view has not worked since. */
  isDown: boolean;
}

export interface PictureBar {
  row: BoardRow;
  /** Absent if the end is unknown. */
  own?: Stretch & { dueX: number };
  /** From the first successor to the one that expires, or to the end of the forecast. */
  later?: Stretch;
  gone?: Stretch;
}

export interface Picture {
  lanes: PictureLane[];
  nowX: number;
  untilX: number;
}

interface PictureRequest {
  model: TimelineModel;
  lanes: Lanes;
  view: TimeView;
  widthPx: number;
  topPx: number;
  heightPx: number;
}

export function buildPicture({ model, lanes, view, widthPx, topPx, heightPx }: PictureRequest): Picture {
  const nowX = pixelAt(view, model.nowMs);
  const isDown = ({ x, width }: Stretch) => x < 0 && x + width > nowX;
  const visible = { view, widthPx };
  return {
    nowX,
    untilX: pixelAt(view, model.untilMs),
    lanes: lanes.listLanes(topPx, topPx + heightPx).map((lane): PictureLane => {
      const { cluster, row } = lane;
      if (row === undefined) {
        const outages = buildOutages(model, cluster, visible);
        return { lane, outages, marks: buildMarks(cluster, visible), isDown: outages.some(isDown) };
      }
      const bar = buildBar(model, { cluster, row }, visible);
      return { lane, outages: [], marks: [], bar, isDown: bar.gone !== undefined && isDown(bar.gone) };
    }),
  };
}

interface Visible {
  view: TimeView;
  widthPx: number;
}

function buildOutages(model: TimelineModel, { outages }: TimelineCluster, visible: Visible): PictureOutage[] {
  const old = new Set(listDown(outages, model.nowMs));
  const parts = [true, false].flatMap((isOld) =>
    joinOutages(outages.filter((outage) => old.has(outage) === isOld)).map((joined) => ({ ...joined, isOld })),
  );
  return parts.flatMap(({ fromMs, untilMs, isOld }) => {
    const stretch = buildStretch(visible, fromMs, Math.min(untilMs, model.untilMs));
    return stretch.x > visible.widthPx || stretch.x + stretch.width < 0 ? [] : { ...stretch, isOld };
  });
}

function buildStretch({ view, widthPx }: Visible, fromMs: number, untilMs: number): Stretch {
  const x = Math.max(-LEAST_BAR_PX, pixelAt(view, fromMs));
  const end = Math.min(widthPx + LEAST_BAR_PX, pixelAt(view, untilMs));
  return { x, width: Math.max(LEAST_BAR_PX, end - x) };
}

/** Ranks a mark: more important marks cover others. */
function weigh(event: ForecastEvent): number {
  if (isBreak(event)) return 3;
  return event.needsSomebody ? 2 : event.kind === 'renewal' ? 0 : 1;
}

export function buildMarks(
  { marks, markMs }: Pick<TimelineCluster, 'marks' | 'markMs'>,
  { view, widthPx }: Visible,
): PictureMark[] {
  const found: PictureMark[] = [];
  const untilMs = view.fromMs + (widthPx + MARK_PX) * view.msPerPx;
  for (let at = firstAtOrAfter(markMs, view.fromMs - MARK_PX * view.msPerPx); at < marks.length; at += 1) {
    const event = marks[at]!;
    if (event.atMs > untilMs) break;
    const x = pixelAt(view, event.atMs);
    const last = found.at(-1);
    if (last !== undefined && x - last.x < (last.count === 1 ? MARK_PX : MARK_PX + MARK_COUNT_PX)) {
      last.count += 1;
      if (weigh(event) > weigh(last.event)) last.event = event;
    } else found.push({ x, event, count: 1, first: at });
  }
  return found;
}

function firstAtOrAfter(moments: Float64Array, ms: number): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (moments[middle]! < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

const LEAST_BAR_PX = 2;

function buildBar(
  model: TimelineModel,
  { cluster, row: place }: { cluster: TimelineCluster; row: number },
  { view, widthPx }: Visible,
): PictureBar {
  const row = cluster.credentials[place]!;
  const { notBeforeMs, notAfterMs, lifetimeClass } = row;
  if (notAfterMs === undefined) return { row };
  const { renewedMs, endMs, recoversMs } = cluster.statusSegment(place);
  const { renewalDue, usualMs } = model.classes[lifetimeClass];
  const ownEndMs = notAfterMs + SECOND_MS;
  const beginMs = notBeforeMs ?? ownEndMs - usualMs;
  const stretch = (fromMs: number, untilMs: number) => buildStretch({ view, widthPx }, fromMs, untilMs);
  const isRenewed = renewedMs !== undefined && (endMs === undefined || endMs > renewedMs);
  const dueMs = thresholdAtMs(renewalDue, { notBeforeMs, notAfterMs }, usualMs);
  return {
    row,
    own: { ...stretch(beginMs, isRenewed ? Math.min(renewedMs, ownEndMs) : ownEndMs), dueX: pixelAt(view, dueMs) },
    ...(isRenewed && { later: stretch(renewedMs, Math.min(endMs ?? Infinity, model.untilMs)) }),
    ...(endMs !== undefined && { gone: stretch(endMs, Math.min(recoversMs ?? Infinity, model.untilMs)) }),
  };
}

/** Returns the index of the last value that is at most `wanted`. */
function stepAt(values: ArrayLike<number>, wanted: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (values[middle]! <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
