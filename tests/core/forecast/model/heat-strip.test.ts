import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import {
  listPhases,
  collectRuns,
  findCellState,
  buildStrip,
  worstSteps,
  type StatusSegment,
  type Phase,
} from '../../../../core/forecast/model/heat-strip.ts';
import { DAY_MS, SECOND_MS } from '../../../../core/shared/instant.ts';
import {
  EXPIRY_STATES,
  expiryState,
  type ExpiryState,
} from '../../../../core/knowledge/model/credentials/expiry-state.ts';

const START = Date.UTC(2026, 10, 24);
/** Valid for 90 days; `notAfter` is the last valid second. */
const MOC = { notBeforeMs: START, notAfterMs: START + 90 * DAY_MS - SECOND_MS, lifetimeClass: 'moc-identity' } as const;

function states(fate: StatusSegment, days: number): ExpiryState[] {
  const steps = worstSteps(listPhases(MOC, fate, LIFETIME_CLASSES));
  return [...buildStrip(steps, { fromMs: START, cellMs: DAY_MS, count: days })].map(findCellState);
}

describe('the strip of a single credential', () => {
  test('shows all states of the board day by day if nobody renews it', () => {
    const strip = states({ endMs: START + 90 * DAY_MS, endFromMs: START }, 100);
    strip.forEach((state, day) => {
      // The worst state of a day is the state on the board in its last second.
      const ms = START + (day + 1) * DAY_MS - SECOND_MS;
      const { notBeforeMs, notAfterMs } = MOC;
      const board = expiryState({ notBeforeMs, notAfterMs }, LIFETIME_CLASSES['moc-identity'], ms);
      expect(state, `day ${day}`).toBe(board);
    });
    expect(new Set(strip)).toEqual(new Set(['fine', 'renewal-due', 'renewal-overdue', 'urgent', 'expired']));
  });

  test('stays fine if the credential is renewed when due', () => {
    expect(new Set(states({ renewedMs: START + 63 * DAY_MS }, 400))).toEqual(new Set(['fine']));
  });

  test('shows a later expiry if the credential is renewed only once', () => {
    const endMs = START + 200 * DAY_MS;
    const fate = { renewedMs: START + 63 * DAY_MS, endFromMs: endMs - 90 * DAY_MS, endMs };
    const strip = states(fate, 210);
    expect(strip.slice(0, 173).every((state) => state === 'fine')).toBe(true);
    expect(strip[174]).toBe('renewal-due');
    expect(strip[199]).toBe('urgent');
    expect(strip[200]).toBe('expired');
    expect(strip[209]).toBe('expired');
  });

  test('is fine again after a period without a valid credential', () => {
    const endMs = START + 90 * DAY_MS;
    const strip = states({ endMs, endFromMs: START, recoversMs: endMs + 2 * DAY_MS }, 100);
    expect(strip.slice(89, 94)).toEqual(['urgent', 'expired', 'expired', 'fine', 'fine']);
  });

  test.each([
    ['one second before its end', 90 * DAY_MS - SECOND_MS, 'urgent'],
    ['at its end', 90 * DAY_MS, 'expired'],
    ['one second after its end', 90 * DAY_MS + SECOND_MS, 'expired'],
  ])('shows the expected state %s: %s', (_title, afterMs, state) => {
    const phases = listPhases(MOC, { endMs: START + 90 * DAY_MS }, LIFETIME_CLASSES);
    const cells = { fromMs: START + afterMs, cellMs: SECOND_MS, count: 1 };
    expect(findCellState(buildStrip(worstSteps(phases), cells)[0])).toBe(state);
  });

  test('is absent if the credential has no known end', () => {
    expect(listPhases({ lifetimeClass: 'other' }, {}, LIFETIME_CLASSES)).toEqual([]);
  });
});

describe('the strip of many credentials', () => {
  const phase = fc
    .tuple(fc.nat(EXPIRY_STATES.length - 2), fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 40 }))
    .map(([state, from, length]): Phase => ({ state, fromMs: from, untilMs: from + length }));

  test('shows the worst of their states within each cell, to the millisecond', () => {
    fc.assert(
      fc.property(
        fc.array(phase, { maxLength: 20 }),
        fc.integer({ min: -60, max: 60 }),
        fc.integer({ min: 1, max: 9 }),
        (phases, fromMs, cellMs) => {
          const strip = buildStrip(worstSteps(phases), { fromMs, cellMs, count: 12 });
          strip.forEach((cell, at) => {
            let worst = EXPIRY_STATES.length - 1;
            for (let ms = fromMs + at * cellMs; ms < fromMs + (at + 1) * cellMs; ms += 1)
              for (const { state, fromMs: from, untilMs } of phases)
                if (from <= ms && ms < untilMs) worst = Math.min(worst, state);
            expect(cell).toBe(worst);
          });
        },
      ),
    );
  });

  test('is divided into runs of equal states, from which it can be rebuilt', () => {
    fc.assert(
      fc.property(fc.uint8Array({ max: EXPIRY_STATES.length - 1, maxLength: 60 }), (strip) => {
        const runs = collectRuns(strip);
        expect(runs.flatMap(({ state, count }) => Array<string>(count).fill(state))).toEqual(
          [...strip].map(findCellState),
        );
        runs.forEach(({ state }, at) => expect(state).not.toBe(runs[at - 1]?.state));
      }),
    );
  });
});
