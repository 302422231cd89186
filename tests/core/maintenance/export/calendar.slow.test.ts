import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { writeCalendar } from '../../../../core/maintenance/export/calendar.ts';
import type { Wording } from '../../../../core/shared/text/text.ts';
import { ENGLISH, HOSTILE_NAMES, JAPANESE, NOW_MS, samplePlan } from './plans.ts';

interface Read {
  uid: string;
  start: string;
  end: string;
  summary: string;
  description: string;
  alarms: number[];
  stamp: string;
}

/** Parses a calendar file with another program's parser, and returns its events with instants in UTC. */
function readBack(text: string): Read[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      summary: event.summary,
      description: event.description,
      alarms: component
        .getAllSubcomponents('valarm')
        .map((alarm) => (alarm.getFirstPropertyValue('trigger') as ICAL.Duration).toSeconds()),
      stamp: (component.getFirstPropertyValue('dtstamp') as ICAL.Time).toJSDate().toISOString(),
    };
  });
}

function findFaults(text: string): string[] {
  const lines = text.split('\r\n');
  return lines.filter(
    (line, at) =>
      Buffer.byteLength(line) > 75 || /[\r\n\u0000-\u001f]/u.test(line) || (at < lines.length - 1 && line === ''),
  );
}

test.each([
  ['English', ENGLISH],
  ['Japanese', JAPANESE],
])('another parser reads every window in UTC, with its tasks and reminders: %s', (_, wording: Wording) => {
  const plan = samplePlan('retail-east');
  const events = readBack(writeCalendar(plan, wording));
  expect(events.length).toBeGreaterThan(2);
  expect(events.map(({ start, end }) => [start, end])).toEqual(
    plan.windows.map(({ start, end }) => [start, end].map((each) => new Date(each).toISOString())),
  );
  for (const { description, alarms, stamp } of events) {
    expect(alarms).toEqual([-86_400, -3_600]);
    expect(description).toContain('-AksHci');
    expect(stamp).toBe(new Date(NOW_MS).toISOString());
  }
  expect(events.map(({ description }) => description).join()).toContain(
    wording === ENGLISH ? 'needs a person' : '手作業が必要',
  );
});

test('no name of a cluster breaks a line, splits a character or adds a property', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: 'grapheme', maxLength: 200 })),
      (name) => {
        for (const wording of [ENGLISH, JAPANESE]) {
          const text = writeCalendar(samplePlan(name), wording);
          expect(findFaults(text)).toEqual([]);
          const kept = name
            .replaceAll(/\r\n?/gu, '\n')
            .replaceAll(/(?!\n)\p{Cc}/gu, ' ')
            .replaceAll(/\p{Surrogate}/gu, '\uFFFD');
          const [first] = readBack(text);
          // The parser strips spaces at both ends of a value.
          expect(first?.description.replaceAll(/\s/gu, '')).toContain(kept.replaceAll(/\s/gu, ''));
        }
      },
    ),
    { numRuns: 40, examples: HOSTILE_NAMES.map((name) => [name]) },
  );
});

test('the same plan produces the same bytes, and a window keeps its UID in a later plan', () => {
  const plan = samplePlan('retail-east');
  expect(writeCalendar(plan, ENGLISH)).toBe(writeCalendar(samplePlan('retail-east'), ENGLISH));
  const later = { ...plan, generatedAt: '2026-11-26T00:00:00Z' as typeof plan.generatedAt };
  const uids = (text: string): string[] => readBack(text).map(({ uid }) => uid);
  expect(uids(writeCalendar(later, JAPANESE))).toEqual(uids(writeCalendar(plan, ENGLISH)));
  expect(new Set(uids(writeCalendar(plan, ENGLISH))).size).toBe(plan.windows.length);
});

test('a plan without windows becomes a calendar without events', () => {
  const empty = { ...samplePlan('retail-east'), windows: [] };
  expect(readBack(writeCalendar(empty, ENGLISH))).toEqual([]);
});
