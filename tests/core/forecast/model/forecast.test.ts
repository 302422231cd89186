import { describe, expect, test } from 'vitest';
import {
  answerForecast,
  isBreak,
  listCitations,
  FORECAST_EVENT_KINDS,
  type ForecastEvent,
  type ForecastScenario,
} from '../../../../core/forecast/model/forecast.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';

function anEvent(atMs: number, change: Partial<ForecastEvent> = {}): ForecastEvent {
  return {
    kind: 'expiry',
    atMs,
    clusterId: 'east' as ClusterId,
    role: 'apiserver',
    needsSomebody: true,
    cause: 'stalled',
    certainty: 'documented',
    ...change,
  };
}

test('only a lasting expiry or loss of a client or node counts as a break', () => {
  const breaking = FORECAST_EVENT_KINDS.filter((kind) => isBreak(anEvent(0, { kind })));
  expect(breaking).toEqual(['expiry', 'not-started', 'node-lost']);
  expect(FORECAST_EVENT_KINDS.filter((kind) => isBreak(anEvent(0, { kind, needsSomebody: false })))).toEqual([]);
});

describe('the answer of a forecast', () => {
  const OFF: ForecastScenario = { off: { fromMs: 0, toMs: 9 } };
  const ABSENT: ForecastScenario = { absent: { fromMs: 0, toMs: 9 } };
  const renewal = anEvent(1, { kind: 'renewal', needsSomebody: false });
  const passing = anEvent(2, { needsSomebody: false });
  const first = anEvent(3);
  const byOff = anEvent(4, { cause: 'off' });
  const byAbsence = anEvent(4, { cause: 'not-used' });
  const lost = anEvent(5, { kind: 'node-lost', cause: undefined });

  test('contains the first break and counts past and future breaks', () => {
    const answer = answerForecast([passing, first], [renewal, passing, first, byOff, lost], {});
    expect(answer).toEqual({ first, broken: 1, breaking: 3 });
  });

  test('is empty if nothing breaks', () => {
    expect(answerForecast([], [renewal, passing], OFF)).toEqual({ first: undefined, broken: 0, breaking: 0 });
  });

  test.each([
    ['the power-off', OFF, byOff],
    ['the absence', ABSENT, byAbsence],
  ])('also contains the first break that %s causes', (_title, scenario, because) => {
    expect(answerForecast([], [first, because, lost], scenario).because).toBe(because);
    // The break is omitted if it is also the first one of all, or if the scenario has not caused it.
    expect(answerForecast([], [because, lost], scenario).because).toBeUndefined();
    expect(answerForecast([], [first, lost], scenario).because).toBeUndefined();
    expect(answerForecast([], [first, because], { missesUpdate: true }).because).toBeUndefined();
  });
});

test('every event has a source, except the statements of the scenario itself', () => {
  const without = FORECAST_EVENT_KINDS.filter(
    (kind) => listCitations(anEvent(Date.UTC(2027, 2, 1), { kind, windowsServer: 'windows-server-2022' })).length === 0,
  );
  expect(without).toEqual(['update', 'power-off', 'power-on']);
});
