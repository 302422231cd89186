import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import type { ClusterForecast, ForecastEvent } from '../../../../core/forecast/model/forecast.ts';
import { packForecast } from '../../../../core/forecast/model/forecast-part.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../core/shared/instant.ts';
import {
  CLUSTER_LANE_PX,
  CREDENTIAL_LANE_PX,
  firstMarks,
  Lanes,
  LONGEST_SPAN_MS,
  MARK_COUNT_PX,
  MARK_PX,
  mergeLanes,
  buildMarks,
  panView,
  buildPicture,
  SHORTEST_SPAN_MS,
  buildTicks,
  TimelineCluster,
  createView,
  createWindow,
  placeNow,
  pixelAt,
  zoomView,
  type TimelineLane,
  type TimelineModel,
} from '../../../../core/forecast/model/timeline.ts';

const NOW = Date.UTC(2026, 10, 24, 12);

function row(cluster: string, number: number, notAfterMs: number): BoardRow {
  return {
    id: `${cluster}-${number}`.padEnd(64, '0') as CredentialId,
    clusterId: cluster as ClusterId,
    cluster,
    kind: 'certificate',
    layer: 'moc',
    role: 'csi',
    name: `client ${number}`,
    issuer: '',
    notBeforeMs: notAfterMs + SECOND_MS - 90 * DAY_MS,
    notAfterMs,
    assumed: false,
    endsWithIssuer: false,
    confirmedMs: NOW,
    lifetimeClass: 'moc-identity',
    search: '',
    numbers: '',
  };
}

function event(clusterId: string, atMs: number, more: Partial<ForecastEvent> = {}): ForecastEvent {
  return {
    kind: 'expiry',
    atMs,
    clusterId: clusterId as ClusterId,
    needsSomebody: true,
    certainty: 'inferred',
    ...more,
  };
}

function makeForecast(name: string, events: ForecastEvent[]): ClusterForecast {
  const [first] = events;
  return {
    clusterId: name as ClusterId,
    cluster: name,
    kind: 'kubernetes',
    confirmedMs: NOW,
    answer: { first, broken: 0, breaking: events.length },
    already: [],
    events,
    renewals: [],
    assumptions: [],
  };
}

/** All credentials of `west` expire; those of `east` renew themselves. */
const ROWS = [
  ...Array.from({ length: 5 }, (_, at) => row('west', at, NOW + (20 + at) * DAY_MS - SECOND_MS)),
  ...Array.from({ length: 3 }, (_, at) => row('east', at, NOW + 40 * DAY_MS - SECOND_MS)),
];
/** Packs a forecast and unpacks it as a page does. */
function receiveForecast(forecast: ClusterForecast): TimelineCluster {
  const rows = ROWS.filter(({ clusterId }) => clusterId === forecast.clusterId);
  const lives = rows.map((credential) => {
    const { cluster, notAfterMs = 0, notBeforeMs = 0 } = credential;
    const isLost = cluster === 'west';
    return isLost
      ? { credential, endFromMs: notBeforeMs, endMs: notAfterMs + SECOND_MS }
      : { credential, renewedMs: NOW + 13 * DAY_MS };
  });
  const ids = rows.map(({ id }) => id);
  return new TimelineCluster(structuredClone(packForecast(forecast, ids, lives)), rows);
}

const EAST = receiveForecast(makeForecast('east', []));
const WEST = receiveForecast(
  makeForecast(
    'west',
    Array.from({ length: 5 }, (_, at) => event('west', NOW + (20 + at) * DAY_MS, { role: 'csi' })),
  ),
);
test('the future of a credential is found by its row, and is empty if nothing happens to it', () => {
  const [first, second] = ROWS;
  const ids = [first!.id, second!.id];
  const lives = [{ credential: second!, renewedMs: NOW + HOUR_MS }];
  const packed = packForecast(makeForecast('west', []), ids, lives);
  const cluster = new TimelineCluster(structuredClone(packed), [first!, second!]);
  expect([0, 1, 2].map((row) => cluster.statusSegment(row))).toEqual([{}, { renewedMs: NOW + HOUR_MS }, {}]);
});

const MODEL: TimelineModel = {
  nowMs: NOW,
  untilMs: NOW + 365 * DAY_MS,
  classes: LIFETIME_CLASSES,
  clusters: mergeLanes([], [EAST, WEST]),
};
const OPEN = new Set(['west' as ClusterId]);

describe('the model of the timeline', () => {
  test('begins with the cluster that breaks first, and in each cluster with the credential that expires first', () => {
    expect(MODEL.clusters.map(({ name }) => name)).toEqual(['west', 'east']);
    expect([...(MODEL.clusters[0]?.rows ?? [])]).toEqual([0, 1, 2, 3, 4]);
  });

  test('contains the functions that stop, from the first expiry of each until somebody acts', () => {
    const [west, east] = MODEL.clusters;
    expect(west?.outages).toEqual([{ impact: 'platform-services', fromMs: NOW + 20 * DAY_MS, untilMs: Infinity }]);
    expect(east?.outages).toEqual([]);
  });
});

describe('clusters that arrive later', () => {
  /** Builds a cluster with this many expired credentials and with breaks after the given days. */
  const aCluster = (name: string, broken: number, days: readonly number[]): TimelineCluster => {
    const events = days.map((day) => event(name, NOW + day * DAY_MS));
    const told = makeForecast(name, events);
    return receiveForecast({ ...told, answer: { ...told.answer, broken } });
  };

  test('are placed as if all clusters had arrived together', () => {
    const anyCluster = fc.record({ broken: fc.nat(3), day: fc.option(fc.integer({ min: 1, max: 9 })) });
    fc.assert(
      fc.property(fc.array(fc.array(anyCluster, { maxLength: 6 }), { maxLength: 5 }), (parts) => {
        let ordered: TimelineCluster[] = [];
        const all = parts.map((part, at) =>
          part.map(({ broken, day }, place) => aCluster(`c${at}-${place}`, broken, day === null ? [] : [day])),
        );
        for (const part of all) ordered = mergeLanes(ordered, part);
        expect(ordered).toEqual(mergeLanes([], all.flat()));
        const rank = ({ answer: { broken, first } }: TimelineCluster): number =>
          broken > 0 ? -broken : (first?.atMs ?? Infinity);
        const ranks = ordered.map(rank);
        expect(ranks).toEqual([...ranks].sort((one, other) => (one === other ? 0 : one - other)));
      }),
      { numRuns: 50 },
    );
  });

  test('return their first events in order, up to the requested number', () => {
    const days = fc.array(fc.nat(300), { maxLength: 400 });
    fc.assert(
      fc.property(fc.array(days, { maxLength: 6 }), fc.integer({ min: 1, max: 100 }), (lists, most) => {
        const clusters = lists.map((list, at) =>
          aCluster(
            `c${at}`,
            0,
            [...list].sort((one, other) => one - other),
          ),
        );
        const all = clusters.flatMap((cluster) => cluster.marks.map(({ atMs }, place) => ({ cluster, place, atMs })));
        const expected = all.sort((one, other) => one.atMs - other.atMs).slice(0, most);
        const found = firstMarks(clusters, most);
        expect(found.map(({ cluster, place }) => `${cluster.name} ${place}`)).toEqual(
          expected.map(({ cluster, place }) => `${cluster.name} ${place}`),
        );
      }),
      { numRuns: 50 },
    );
  });

  test('keep their events but not their credentials if the credentials have changed since the forecast', () => {
    const about = ROWS[0]!;
    const { id: credential, kind: credentialKind, role, name } = about;
    const told = makeForecast('west', [
      event('west', NOW + DAY_MS, { credential, credentialKind, role, name, count: 3 }),
    ]);
    const packed = packForecast(told, [credential], []);
    expect(new TimelineCluster(packed, [about]).marks).toEqual(told.events);
    const other = new TimelineCluster(packed, ROWS.slice(0, 2));
    expect(other.credentials).toEqual([]);
    expect(other.marks).toEqual([event('west', NOW + DAY_MS, { count: 3 })]);
  });
});

describe('lanes', () => {
  const lanes = new Lanes(MODEL.clusters, OPEN);

  test('are stacked without gaps, and are found by height and by index', () => {
    const all: TimelineLane[] = Array.from({ length: lanes.count }, (_, index) => lanes.getLane(index)!);
    expect(all.map(({ row: own }) => own)).toEqual([undefined, 0, 1, 2, 3, 4, undefined]);
    let topPx = 0;
    for (const lane of all) {
      expect(lane.topPx).toBe(topPx);
      for (const px of [topPx, topPx + lane.heightPx - 1]) expect(lanes.findLane(px)).toEqual(lane);
      topPx += lane.heightPx;
    }
    expect(topPx).toBe(lanes.heightPx);
    expect(lanes.heightPx).toBe(2 * CLUSTER_LANE_PX + 5 * CREDENTIAL_LANE_PX);
    expect(lanes.listLanes(0, Infinity)).toEqual(all);
    expect(lanes.clusterIndex('east' as ClusterId)).toBe(6);
  });

  test.each([-1, lanes.count])('do not exist at index %i', (index) => {
    expect(lanes.getLane(index)).toBeUndefined();
  });

  test('are listed between two heights only if they are visible there', () => {
    fc.assert(
      fc.property(fc.nat(lanes.heightPx), fc.nat(300), (fromPx, heightPx) => {
        const seen = lanes.listLanes(fromPx, fromPx + heightPx).map(({ index }) => index);
        const expected = Array.from({ length: lanes.count }, (_, index) => lanes.getLane(index)!)
          .filter((lane) => lane.topPx + lane.heightPx > fromPx && lane.topPx < fromPx + heightPx)
          .map(({ index }) => index);
        expect(seen).toEqual(expected);
      }),
    );
  });
});

describe('the view of the timeline', () => {
  const view = createView(NOW, NOW + 30 * DAY_MS, 1_000);

  test('keeps the point under the pointer in place while zooming between hours and years', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.double({ min: 0.01, max: 100, noNaN: true }), (anchorPx, factor) => {
        const before = view.fromMs + anchorPx * view.msPerPx;
        const next = zoomView(view, factor, { anchorPx, widthPx: 1_000 });
        expect(Math.abs(next.fromMs + anchorPx * next.msPerPx - before)).toBeLessThan(1);
        expect(next.msPerPx * 1_000).toBeGreaterThanOrEqual(SHORTEST_SPAN_MS - 1);
        expect(next.msPerPx * 1_000).toBeLessThanOrEqual(LONGEST_SPAN_MS + 1);
      }),
    );
  });

  test('begins with “now” at the same place, whatever the window and the earlier view', () => {
    for (const days of [14, 90, 365]) {
      const window = createWindow(NOW, days, 1_000);
      expect(pixelAt(window, NOW)).toBeCloseTo(100);
      expect(pixelAt(window, NOW + days * DAY_MS)).toBeCloseTo(1_000);
      expect(placeNow(panView(window, 5_000), NOW, 1_000).fromMs).toBeCloseTo(window.fromMs);
    }
  });

  test('scrolls by pixels', () => {
    expect(pixelAt(panView(view, 100), NOW)).toBeCloseTo(-100);
  });
});

describe('the ticks of the timeline', () => {
  const utc = (): number => 0;
  const japan = (): number => 9 * HOUR_MS;
  const iso = (ms: number): string => new Date(ms).toISOString();

  test('are hours for two days, days for twelve days, months for a year, and years for the longest span', () => {
    const units = [6 * HOUR_MS, 2 * DAY_MS, 12 * DAY_MS, 365 * DAY_MS, LONGEST_SPAN_MS].map(
      (spanMs) => buildTicks(createView(NOW, NOW + spanMs, 1_000), 1_000, utc)[0]?.unit,
    );
    expect(units).toEqual(['hour', 'hour', 'day', 'month', 'year']);
  });

  test('are at midnight in the displayed zone', () => {
    const ticks = buildTicks(createView(NOW, NOW + 10 * DAY_MS, 1_000), 1_000, japan);
    expect(ticks[0] && iso(ticks[0].atMs)).toBe('2026-11-24T15:00:00.000Z');
    expect(ticks.find(({ isMajor }) => isMajor)?.atMs).toBe(Date.UTC(2026, 10, 30, 15));
  });

  test('stay at midnight when the clocks change', () => {
    const changed = Date.UTC(2026, 9, 25, 1);
    const berlin = (ms: number): number => (ms < changed ? 2 : 1) * HOUR_MS;
    const from = Date.UTC(2026, 9, 23, 12);
    const ticks = buildTicks(createView(from, from + 5 * DAY_MS, 600), 600, berlin);
    expect(ticks.map(({ atMs }) => iso(atMs))).toEqual([
      '2026-10-23T22:00:00.000Z',
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
      '2026-10-26T23:00:00.000Z',
      '2026-10-27T23:00:00.000Z',
    ]);
  });

  test('include none outside the end of the view, despite rounding', () => {
    const view = createView(NOW, NOW + 375 * MINUTE_MS, 3_998);
    for (const { atMs } of buildTicks(view, 3_998, japan)) expect(pixelAt(view, atMs)).toBeLessThanOrEqual(3_998);
  });

  test('leave room for their labels and stay in view, whatever the span', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: SHORTEST_SPAN_MS / MINUTE_MS, max: LONGEST_SPAN_MS / MINUTE_MS }),
        fc.integer({ min: 300, max: 4_000 }),
        (minutes, widthPx) => {
          const view = createView(NOW, NOW + minutes * MINUTE_MS, widthPx);
          const ticks = buildTicks(view, widthPx, japan);
          const places = ticks.map(({ atMs }) => pixelAt(view, atMs));
          expect(places.filter((x) => !(x >= 0 && x <= widthPx))).toEqual([]);
          const gaps = places.slice(1).map((x, at) => x - (places[at] ?? NaN));
          // February is shorter than the month on which the step is based.
          expect(gaps.filter((gap) => !(gap > 84 * 0.9))).toEqual([]);
        },
      ),
    );
  });
});

describe('the drawing of the timeline', () => {
  const view = createView(NOW - 10 * DAY_MS, NOW + 90 * DAY_MS, 1_000);
  const all = { model: MODEL, lanes: new Lanes(MODEL.clusters, OPEN), view, widthPx: 1_000 };
  const picture = buildPicture({ ...all, topPx: 0, heightPx: 10_000 });

  test('shows “now” at the right position, and what stops from its expiry to the end of the view', () => {
    expect(picture.nowX).toBeCloseTo(100);
    const [outage, ...more] = picture.lanes[0]?.outages ?? [];
    expect(more).toEqual([]);
    expect(outage?.isOld).toBe(false);
    expect(outage?.x).toBeCloseTo(300);
    expect((outage?.x ?? 0) + (outage?.width ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  test('shows what has stopped already apart from what stops next', () => {
    const gone = { credentialKind: 'certificate', role: 'apiserver', atMs: NOW - DAY_MS } as const;
    const told = [event('west', 0, gone), ...MODEL.clusters[0]!.marks];
    const cluster = new TimelineCluster(packForecast(makeForecast('west', told), [], []), []);
    const lanes = new Lanes([cluster], new Set());
    const drawn = buildPicture({ ...all, lanes, topPx: 0, heightPx: 100 }).lanes[0]?.outages;
    expect(drawn?.map(({ x, isOld }) => [Math.round(x), isOld])).toEqual([
      [90, true],
      [300, false],
    ]);
  });

  test.each([
    [DAY_MS, false],
    [3 * DAY_MS, true],
  ])('says at “now” what stopped %d ms ago and does not work, unless its beginning is in view', (sinceMs, isDown) => {
    const at = NOW - sinceMs;
    const west = receiveForecast(makeForecast('west', [event('west', at, { role: 'apiserver' })]));
    const seen = { ...view, fromMs: NOW - 2 * DAY_MS };
    const drawn = buildPicture({ ...all, lanes: new Lanes([west], new Set()), view: seen, topPx: 0, heightPx: 100 });
    expect(drawn.lanes[0]?.isDown).toBe(isDown);
  });

  test('shows the strip of an expiring credential and the time without a valid credential', () => {
    const bar = picture.lanes[1]?.bar;
    expect(bar?.own?.x).toBe(-2);
    expect((bar?.own?.x ?? 0) + (bar?.own?.width ?? 0)).toBeCloseTo(300);
    // The renewal is due 27 days before the end.
    expect(bar?.own?.dueX).toBeCloseTo(30);
    expect(bar?.later).toBeUndefined();
    expect(bar?.gone?.x).toBeCloseTo(300);
  });

  test('shows the replacement of a credential that renews itself', () => {
    const open = new Lanes(MODEL.clusters, new Set(['east' as ClusterId]));
    const own = buildPicture({ ...all, lanes: open, topPx: 0, heightPx: 10_000 });
    const bar = own.lanes.at(-1)?.bar;
    expect((bar?.own?.x ?? 0) + (bar?.own?.width ?? 0)).toBeCloseTo(230);
    expect(bar?.later?.x).toBeCloseTo(230);
    expect(bar?.gone).toBeUndefined();
  });

  test('contains only visible lanes', () => {
    const part = buildPicture({ ...all, topPx: CLUSTER_LANE_PX, heightPx: CREDENTIAL_LANE_PX });
    expect(part.lanes.map(({ lane }) => lane.index)).toEqual([1]);
  });

  test('merges marks that are close together, counts all of them and leaves room for each number', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100 * 24), { maxLength: 60 }), fc.integer({ min: 1, max: 120 }), (hours, days) => {
        const moments = hours.map((hour) => NOW + hour * HOUR_MS).sort((a, b) => a - b);
        const cluster = { marks: moments.map((ms) => event('west', ms)), markMs: Float64Array.from(moments) };
        const part = createView(NOW, NOW + days * DAY_MS, 1_000);
        const marks = buildMarks(cluster, { view: part, widthPx: 1_000 });
        const inView = moments.filter((ms) => pixelAt(part, ms) <= 1_000 + MARK_PX);
        expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(inView.length);
        marks.forEach(({ x }, at) => {
          const before = marks[at - 1];
          if (before === undefined) return;
          const room = before.count === 1 ? MARK_PX : MARK_PX + MARK_COUNT_PX;
          expect(x - before.x).toBeGreaterThanOrEqual(room);
        });
      }),
    );
  });
});
