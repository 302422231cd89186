import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, instant, instantFromMs, MINUTE_MS, epochMs } from '../../../../core/shared/instant.ts';
import { ruleFaults, listSlots, WEEKDAYS, type MaintenanceRules } from '../../../../core/maintenance/model/rules.ts';
import { parseMinutes } from '../../../../core/shared/time-zone.ts';

const RULES: MaintenanceRules = {
  timeZone: 'Europe/Berlin',
  weekdays: ['sat', 'sun'],
  from: '22:00',
  to: '04:00',
  blackouts: [],
  leadDays: 7,
  horizonDays: 60,
  mostWindows: 400,
};

function describeSlots(rules: Partial<MaintenanceRules>, from: string, days: number): string[] {
  const nowMs = epochMs(instant(from));
  return listSlots({ ...RULES, ...rules }, nowMs, nowMs + days * DAY_MS).map(
    ({ startMs, endMs }) => `${instantFromMs(startMs)} ${(endMs - startMs) / MINUTE_MS} min`,
  );
}

describe('the windows that follow from the rules', () => {
  test('belong to the day on which they begin, even across midnight', () => {
    expect(describeSlots({ weekdays: ['sat'] }, '2026-11-24T12:00:00Z', 14)).toEqual([
      '2026-11-28T21:00:00Z 360 min',
      '2026-12-05T21:00:00Z 360 min',
    ]);
  });

  test('keep their wall-clock times on nights when the clocks change', () => {
    expect(describeSlots({ from: '01:30', to: '03:00' }, '2026-03-27T12:00:00Z', 3)).toEqual([
      '2026-03-28T00:30:00Z 90 min',
      '2026-03-29T00:30:00Z 30 min',
    ]);
    expect(describeSlots({ from: '01:30', to: '03:00' }, '2026-10-23T12:00:00Z', 3)).toEqual([
      '2026-10-23T23:30:00Z 90 min',
      '2026-10-24T23:30:00Z 150 min',
    ]);
  });

  test('exclude blackout dates in local time, even if only part of a night is affected', () => {
    expect(describeSlots({ blackouts: [{ from: '2026-11-29', to: '2026-11-29' }] }, '2026-11-24T12:00:00Z', 7)).toEqual(
      [
        // Saturday's window is open until midnight, Sunday's from midnight on Monday.
        '2026-11-28T21:00:00Z 120 min',
        '2026-11-29T23:00:00Z 240 min',
      ],
    );
  });

  test('take leap days into account', () => {
    expect(describeSlots({ timeZone: 'Asia/Tokyo', weekdays: ['tue'] }, '2028-02-28T00:00:00Z', 3)).toEqual([
      '2028-02-29T13:00:00Z 360 min',
    ]);
  });

  test('begin no earlier than now and end at the horizon, to the second', () => {
    const rules: Partial<MaintenanceRules> = { weekdays: ['sat'] };
    expect(describeSlots(rules, '2026-11-28T21:00:00Z', 1)).toHaveLength(1);
    expect(describeSlots(rules, '2026-11-28T21:00:01Z', 1)).toHaveLength(0);
    expect(describeSlots(rules, '2026-11-27T22:00:00Z', 1)).toEqual(['2026-11-28T21:00:00Z 60 min']);
    expect(describeSlots(rules, '2026-11-27T21:00:00Z', 1)).toEqual([]);
  });

  test('last a whole day if the hours begin and end at the same time', () => {
    expect(describeSlots({ from: '06:00', to: '06:00', weekdays: ['wed'] }, '2026-11-24T12:00:00Z', 7)).toEqual([
      '2026-11-25T05:00:00Z 1440 min',
    ]);
  });

  test('contain exactly the minutes that, according to Intl, are on allowed days, within the hours and outside blackouts', () => {
    const zones = ['Asia/Tokyo', 'America/New_York', 'Europe/Berlin', 'America/Havana', 'UTC'];
    const formats = new Map(
      zones.map((timeZone) => [
        timeZone,
        new Intl.DateTimeFormat('en-GB', {
          timeZone,
          hourCycle: 'h23',
          year: 'numeric',
          month: '2-digit',
          day: '2-digit',
          hour: '2-digit',
          minute: '2-digit',
        }),
      ]),
    );
    const readWallTime = (zone: string, ms: number): { date: string; minutes: number } => {
      const parts = new Map(
        formats
          .get(zone)!
          .formatToParts(ms)
          .map(({ type, value }) => [type, value]),
      );
      const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
      return {
        date: `${part('year')}-${part('month')}-${part('day')}`,
        minutes: Number(part('hour')) * 60 + Number(part('minute')),
      };
    };
    const dayBefore = (date: string): string => new Date(Date.parse(date) - DAY_MS).toISOString().slice(0, 10);
    const weekday = (date: string): string => WEEKDAYS[(new Date(date).getUTCDay() + 6) % 7]!;
    const time = fc.constantFrom('00:00', '01:30', '02:30', '03:00', '05:00', '22:00', '23:30');
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.subarray([...WEEKDAYS], { minLength: 1 }),
        time,
        time,
        fc.constantFrom('2026-03-07', '2026-03-28', '2026-10-24', '2026-10-31', '2028-02-28'),
        fc.boolean(),
        (timeZone, weekdays, from, to, start, isClosed) => {
          const blackouts = isClosed ? [{ from: start, to: start }] : [];
          const nowMs = Date.parse(start);
          const rules = { ...RULES, timeZone, weekdays, from, to, blackouts };
          const slots = listSlots(rules, nowMs - 2 * DAY_MS, nowMs + 4 * DAY_MS);
          const [begin, end] = [parseMinutes(from)!, parseMinutes(to)!];
          const wrong: string[] = [];
          for (let ms = nowMs - 6 * HOUR_MS; ms < nowMs + 60 * HOUR_MS; ms += 30 * MINUTE_MS) {
            const { date, minutes } = readWallTime(timeZone, ms);
            const isOn = (day: string): boolean => weekdays.some((each) => each === weekday(day));
            const isToday = isOn(date) && minutes >= begin && (end <= begin || minutes < end);
            const isFromYesterday = end <= begin && isOn(dayBefore(date)) && minutes < end;
            const isOpen = (isToday || isFromYesterday) && !(isClosed && date === start);
            const isFound = slots.some(({ startMs, endMs }) => startMs <= ms && ms < endMs);
            if (isFound !== isOpen) wrong.push(`${new Date(ms).toISOString()} ${isFound}`);
          }
          expect(wrong).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the check of the rules', () => {
  test('finds no faults in valid rules', () => {
    expect(ruleFaults(RULES)).toEqual([]);
  });

  test.each<[Partial<MaintenanceRules>, string, string]>([
    [{ timeZone: 'Berlin' }, 'timeZone', 'Berlin'],
    [{ weekdays: [] }, 'weekdays', ''],
    [{ from: '24:00' }, 'from', '24:00'],
    [{ to: '25:00' }, 'to', '25:00'],
    [{ blackouts: [{ from: '2026-02-30', to: '2026-03-01' }] }, 'blackouts', '2026-02-30..2026-03-01'],
    [{ blackouts: [{ from: '2026-03-02', to: '2026-03-01' }] }, 'blackouts', '2026-03-02..2026-03-01'],
    [{ leadDays: -1 }, 'leadDays', '-1'],
    [{ leadDays: 1.5 }, 'leadDays', '1.5'],
    [{ horizonDays: 0 }, 'horizonDays', '0'],
    [{ mostWindows: 2_001 }, 'mostWindows', '2001'],
  ])('finds the fault in %j', (change, field, value) => {
    expect(ruleFaults({ ...RULES, ...change })).toEqual([{ field, value }]);
  });
});
