import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerForecast, findImpact, type ForecastEvent } from '../../../../core/forecast/model/forecast.ts';
import { joinOutages, listDown, listOutages } from '../../../../core/forecast/model/outages.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';

function expiry(atMs: number, more: Partial<ForecastEvent> = {}): ForecastEvent {
  const clusterId = 'tokyo' as ClusterId;
  return { kind: 'expiry', atMs, clusterId, needsSomebody: true, role: 'apiserver', certainty: 'documented', ...more };
}

describe('the functions that stop', () => {
  test('stop at an expiry and work again with the repair that the scenario contains', () => {
    const outages = listOutages([expiry(1, { recoversMs: 5 }), expiry(7), expiry(8, { role: 'cloud-agent-server' })]);
    expect(outages).toEqual([
      { impact: 'api-server', fromMs: 1, untilMs: 5 },
      { impact: 'api-server', fromMs: 7, untilMs: Infinity },
      { impact: 'cloud-agent', fromMs: 8, untilMs: Infinity },
    ]);
    expect(listDown(outages, 0)).toEqual([]);
    expect(listDown(outages, 5)).toEqual([]);
    expect(listDown(outages, 8).map(({ impact }) => impact)).toEqual(['cloud-agent', 'api-server']);
  });

  test.each<[Partial<ForecastEvent>, string | undefined]>([
    [{ kind: 'node-lost', role: undefined }, 'nodes'],
    [{ kind: 'renewal' }, undefined],
    [{ kind: 'update-overdue', role: undefined }, undefined],
    // The client works with its certificate until its next login.
    [{ role: 'csi-token', credentialKind: 'token' }, undefined],
    [{ kind: 'not-started', role: 'csi-token', credentialKind: 'token' }, 'platform-services'],
  ])('the event %j stops %s', (more, impact) => {
    expect(findImpact(expiry(1, more))).toBe(impact);
  });

  test('an expired token of a MOC client is no outage of today, neither in the count nor in the list', () => {
    const token = expiry(1, { role: 'csi-token', credentialKind: 'token' });
    expect(listOutages([token])).toEqual([]);
    expect(answerForecast([token], [], {}).broken).toBe(0);
    expect(answerForecast([token, expiry(2)], [], {}).broken).toBe(1);
  });

  test('are down at exactly the instants of some event, however the outages are joined', () => {
    const part = fc.record({ fromMs: fc.nat(50), lengthMs: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(fc.array(part), fc.nat(80), (parts, atMs) => {
        const events = parts
          .map(({ fromMs, lengthMs }) => expiry(fromMs, { recoversMs: fromMs + lengthMs }))
          .sort((one, other) => one.atMs - other.atMs);
        const isDown = events.some((event) => event.atMs <= atMs && atMs < (event.recoversMs ?? Infinity));
        const outages = listOutages(events);
        expect(listDown(outages, atMs).length).toBe(isDown ? 1 : 0);
        const joined = joinOutages(outages);
        expect(joined.some(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs)).toBe(isDown);
      }),
    );
  });
});
