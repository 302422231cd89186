import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  changesSince,
  isHeartbeatDue,
  isQuiet,
  judgeClock,
  type ClockMemory,
  type ReportedAlarms,
  type ReportRules,
} from '../../../core/notifications/changes.ts';
import type { CredentialId } from '../../../core/shared/ids.ts';
import { EXPIRY_STATES, type ExpiryState } from '../../../core/knowledge/model/credentials/expiry-state.ts';
import { HOUR_MS, instant, instantFromMs, MINUTE_MS, epochMs, SECOND_MS } from '../../../core/shared/instant.ts';
import { isSilenced, type Silence } from '../../../core/notifications/model/silence.ts';
import { ALARM_STATES, isAlarm, type Change } from '../../../core/notifications/model/notice.ts';
import { boardRow } from '../../support/board-rows.ts';
import { TEST_NOW } from '../../support/ports.ts';
import { allDifferences, type WholeFleet } from './whole-fleet.ts';

const NOW_MS = epochMs(TEST_NOW);

type Look = Pick<WholeFleet, 'assessments' | 'renewals'> & ReportRules;

/** Builds a fleet from the names and states of credentials. */
function look(states: Record<string, ExpiryState>, more: Partial<Look> = {}): Look {
  const assessments = Object.entries(states).map(([name, state]) => ({
    row: boardRow({ id: name as CredentialId, name }),
    state,
  }));
  return { assessments, renewals: new Map(), marks: [], nowMs: NOW_MS, quiet: false, ...more };
}

function changesAt(reported: ReportedAlarms, each: Look): ReturnType<typeof changesSince> {
  return changesSince(reported, allDifferences(reported, each), each);
}

/** Returns the notifications about these fleets, read one after another. */
function story(...looks: Look[]): string[] {
  let reported: ReportedAlarms = {};
  const lines: string[] = [];
  looks.forEach((each, index) => {
    const found = changesAt(reported, { ...each, nowMs: each.nowMs + index * MINUTE_MS });
    reported = found.reported;
    lines.push(found.changes.map(line).join(' + ') || '–');
  });
  return lines;
}

function line(change: Change): string {
  if (!('credential' in change)) return change.kind;
  const { name } = change.credential;
  switch (change.kind) {
    case 'entered':
      return `${name}: ${change.from ?? 'nothing'} → ${change.to}`;
    case 'renewed':
      return `${name}: renewed by ${change.by.credentialId}`;
    default:
      return `${name}: ${change.kind}`;
  }
}

function mark(change: Partial<Silence>): Silence {
  return {
    credentialId: 'a' as CredentialId,
    clusterId: 'retail-east' as Silence['clusterId'],
    kind: 'snoozed',
    at: TEST_NOW,
    by: 'admin',
    reason: 'planned',
    state: 'urgent',
    until: instantFromMs(NOW_MS + HOUR_MS),
    ...change,
  };
}

describe('a change of state', () => {
  test('is reported once, unless the new state is fine or due', () => {
    expect(
      story(
        look({ a: 'fine', b: 'renewal-due', c: 'unknown' }),
        look({ a: 'renewal-overdue', b: 'renewal-due', c: 'unknown' }),
        look({ a: 'renewal-overdue', b: 'fine', c: 'unknown' }),
        look({ a: 'stalled', b: 'urgent', c: 'unknown' }),
        look({ a: 'expired', b: 'urgent', c: 'unknown' }),
        look({ a: 'expired', b: 'urgent', c: 'unknown' }),
      ),
    ).toEqual([
      '–',
      'a: nothing → renewal-overdue',
      '–',
      'a: renewal-overdue → stalled + b: nothing → urgent',
      'a: stalled → expired',
      '–',
    ]);
  });

  test('ends the alarm if the credential was renewed; the new credential is reported separately', () => {
    const renewals = new Map([
      ['a' as CredentialId, 'b' as CredentialId],
      ['b' as CredentialId, 'c' as CredentialId],
    ]);
    expect(story(look({ a: 'urgent' }), look({ c: 'fine' }, { renewals }), look({ c: 'fine' }, { renewals }))).toEqual([
      'a: nothing → urgent',
      'a: renewed by c',
      '–',
    ]);
    expect(story(look({ a: 'urgent' }), look({ c: 'expired' }, { renewals }))).toEqual([
      'a: nothing → urgent',
      'c: nothing → expired + a: renewed by c',
    ]);
  });

  test('is reported as a removal if the credential is gone, even if its history has a loop', () => {
    const renewals = new Map([
      ['a' as CredentialId, 'b' as CredentialId],
      ['b' as CredentialId, 'a' as CredentialId],
    ]);
    expect(story(look({ a: 'urgent' }), look({}))).toEqual(['a: nothing → urgent', 'a: withdrawn']);
    expect(story(look({ a: 'urgent' }), look({}, { renewals }))[1]).toBe('a: renewed by b');
  });

  test('back to fine is reported as a recovery', () => {
    expect(story(look({ a: 'not-yet-valid' }), look({ a: 'fine' }), look({ a: 'fine' }))).toEqual([
      'a: nothing → not-yet-valid',
      'a: recovered',
      '–',
    ]);
  });

  test('has an id made of the credential, the state and the time', () => {
    const { changes } = changesAt({}, look({ a: 'urgent', b: 'urgent' }));
    expect(changes.map(({ id }) => id)).toEqual(['a.urgent.20261124T120000Z', 'b.urgent.20261124T120000Z']);
  });
});

describe('quiet hours', () => {
  test('delay everything except expiries; once they end, the current state is reported', () => {
    const quiet = { quiet: true };
    expect(
      story(
        look({ a: 'urgent', b: 'urgent', c: 'urgent' }, quiet),
        look({ a: 'expired', b: 'urgent', c: 'fine' }, quiet),
        look({ a: 'expired', b: 'urgent', c: 'fine' }),
        look({ a: 'expired', b: 'fine', c: 'fine' }, quiet),
        look({ a: 'expired', b: 'fine', c: 'fine' }),
      ),
    ).toEqual(['–', 'a: nothing → expired', 'b: nothing → urgent', '–', 'b: recovered']);
  });

  const parseMs = (text: string): number => epochMs(instant(text));
  const night = { from: '22:00', to: '07:00' };

  test.each([
    ['2026-11-24T12:59:59Z', false],
    ['2026-11-24T13:00:00Z', true],
    ['2026-11-24T21:59:59Z', true],
    ['2026-11-24T22:00:00Z', false],
  ])('from 22:00 to 07:00 in Tokyo are in effect at %s: %s', (moment, expected) => {
    expect(isQuiet(night, parseMs(moment), 'Asia/Tokyo')).toBe(expected);
  });

  test('follow local time when the clocks change', () => {
    // In New York, 01:30 occurs twice on 1 November 2026, and 02:30 does not occur on 8 March 2026.
    const early = { from: '01:00', to: '02:00' };
    const zone = 'America/New_York';
    const quiet = [...Array(10).keys()].map((half) =>
      isQuiet(early, parseMs('2026-11-01T04:30:00Z') + half * 30 * MINUTE_MS, zone),
    );
    expect(quiet).toEqual([false, true, true, true, true, false, false, false, false, false]);
    const skipped = { from: '02:15', to: '03:15' };
    expect(isQuiet(skipped, parseMs('2026-03-08T06:59:59Z'), zone)).toBe(false);
    expect(isQuiet(skipped, parseMs('2026-03-08T07:00:00Z'), zone)).toBe(true);
    expect(isQuiet(skipped, parseMs('2026-03-08T07:15:00Z'), zone)).toBe(false);
  });

  test('can begin and end on the same day, have no length, or be absent', () => {
    const noon = { from: '12:00', to: '13:00' };
    expect(isQuiet(noon, parseMs('2026-11-24T12:30:00Z'), 'UTC')).toBe(true);
    expect(isQuiet({ from: '12:00', to: '12:00' }, parseMs('2026-11-24T12:00:00Z'), 'UTC')).toBe(false);
    expect(isQuiet(undefined, NOW_MS)).toBe(false);
  });
});

describe('a silence', () => {
  test('suppresses every change until it ends; then the current state is reported', () => {
    const marks = [mark({ until: instantFromMs(NOW_MS + 2 * MINUTE_MS) })];
    expect(
      story(look({ a: 'urgent' }, { marks }), look({ a: 'expired' }, { marks }), look({ a: 'expired' }, { marks })),
    ).toEqual(['–', '–', 'a: nothing → expired']);
  });

  test('suppresses the acknowledged state and less severe states, but not more severe ones', () => {
    const acknowledged = mark({ kind: 'acknowledged', state: 'stalled' });
    const silenced = ALARM_STATES.filter((state) => isSilenced(acknowledged, state, NOW_MS));
    expect(silenced).toEqual(['stalled', 'renewal-overdue', 'not-yet-valid']);
  });

  test('is in effect until a second before its end, but not at its end', () => {
    const until = epochMs(mark({}).until);
    expect([-1, 0, 1].map((seconds) => isSilenced(mark({}), 'urgent', until + seconds * SECOND_MS))).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('does not suppress the report of a renewal', () => {
    const renewals = new Map([['a' as CredentialId, 'b' as CredentialId]]);
    expect(story(look({ a: 'urgent' }), look({ b: 'fine' }, { renewals, marks: [mark({})] }))).toEqual([
      'a: nothing → urgent',
      'a: renewed by b',
    ]);
  });
});

describe('the clock of the computer', () => {
  const judgeAfter = (memory: ClockMemory | undefined, minutes: number) =>
    judgeClock(memory, instantFromMs(NOW_MS + minutes * MINUTE_MS));
  const known: ClockMemory = { latest: TEST_NOW };

  test('is trusted at first, while it advances, and after it goes back by up to five minutes', () => {
    for (const minutes of [0, 1, 60 * 24 * 400, -5])
      expect(judgeAfter(known, minutes)).toMatchObject({ isTrusted: true });
    expect(judgeAfter(undefined, 0)).toEqual({ clock: known, isTrusted: true });
    expect(judgeAfter(known, -5).clock).toEqual(known);
  });

  test('is not trusted for an hour after it goes back by more than five minutes, which is reported once', () => {
    const back = judgeAfter(known, -6);
    expect(back).toMatchObject({
      isTrusted: false,
      change: { kind: 'clock-back', from: TEST_NOW, to: '2026-11-24T11:54:00Z' },
    });
    const later = judgeAfter(back.clock, 53 - 6);
    expect(later).toMatchObject({ isTrusted: true });
    const far = judgeAfter(known, -600);
    expect(judgeAfter(far.clock, -541)).toEqual({ clock: far.clock, isTrusted: false });
    expect(judgeAfter(far.clock, -540)).toMatchObject({
      isTrusted: true,
      clock: { latest: instantFromMs(NOW_MS - 540 * MINUTE_MS) },
    });
  });

  test('is not trusted for another hour if it goes back again, which is not reported a second time', () => {
    const back = judgeAfter(known, -600);
    const again = judgeAfter(back.clock, -700);
    expect(again).toMatchObject({ isTrusted: false });
    expect(again).not.toHaveProperty('change');
    expect(judgeAfter(again.clock, -641)).toMatchObject({ isTrusted: false });
    expect(judgeAfter(again.clock, -640)).toMatchObject({ isTrusted: true });
  });
});

test('a heartbeat is due at first, after its interval, and if the last heartbeat lies in the future', () => {
  const isDueAfter = (seconds: number) => isHeartbeatDue(HOUR_MS, TEST_NOW, NOW_MS + seconds * SECOND_MS);
  expect([-1, 0, 3_599, 3_600, 3_601].map(isDueAfter)).toEqual([true, false, false, true, true]);
  expect(isHeartbeatDue(HOUR_MS, undefined, NOW_MS)).toBe(true);
  expect(isHeartbeatDue(undefined, undefined, NOW_MS)).toBe(false);
});

test('the last report of a credential always has its current state, and no state is reported twice in a row', () => {
  const state = fc.constantFrom(...EXPIRY_STATES);
  const step = fc.record({ states: fc.dictionary(fc.constantFrom('a', 'b', 'c'), state), quiet: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let reported: ReportedAlarms = {};
      const last = new Map<string, string>();
      const ids = new Set<string>();
      let count = 0;
      steps.forEach(({ states, quiet }, index) => {
        const found = changesAt(reported, look(states, { quiet, nowMs: NOW_MS + index * MINUTE_MS }));
        reported = found.reported;
        for (const change of found.changes) {
          if (!('credential' in change)) continue;
          const now = change.kind === 'entered' ? change.to : 'none';
          expect(last.get(change.credential.name) ?? 'none').not.toBe(now);
          last.set(change.credential.name, now);
          ids.add(change.id);
          count += 1;
        }
        if (quiet) return;
        const alarms = Object.entries(states).filter(([, each]) => isAlarm(each));
        expect(
          Object.entries(reported)
            .map(([id, { state: each }]) => [id, each])
            .sort(),
        ).toEqual(alarms.sort());
      });
      expect(ids.size).toBe(count);
    }),
  );
});
