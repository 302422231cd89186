import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import { instant, epochMs } from '../../../../core/shared/instant.ts';
import type { Plan } from '../../../../core/plan/model/plan.ts';
import { planCalendar } from '../../../../core/plan/export/calendar.ts';
import { ENGLISH, HOSTILE_NAMES, JAPANESE } from '../../maintenance/export/plans.ts';

const WINDOW = { startMs: epochMs(instant('2026-11-28T22:00:00Z')), endMs: epochMs(instant('2026-11-29T04:00:00Z')) };

function planFor(name: string): Plan {
  return {
    kind: 'update',
    madeAt: instant('2026-11-24T12:00:00Z'),
    warnings: [],
    after: [],
    clusters: [{ id: 'east' as ClusterId, name, isHost: false }],
    steps: [
      {
        id: 'update-east',
        title: { text: 'update.cluster.title-unknown', citations: [] },
        why: { text: 'update.cluster.why', citations: [] },
        command: {
          kind: 'cmdlet',
          name: 'Update-AksHciCluster',
          parameters: [{ name: 'name', value: { name: 'cluster', value: name } }],
        },
        target: { kind: 'host' },
        cluster: name,
        risk: 'disruptive',
        needsApiServer: true,
        because: { failures: [], credentials: [] },
      },
    ],
  };
}

/** Reads the only event of a calendar with another program's parser. */
function read(text: string): { event: ICAL.Event; alarms: number } {
  const events = new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent');
  const [component] = events;
  if (component === undefined || events.length > 1) throw new Error('not one event');
  return { event: new ICAL.Event(component), alarms: component.getAllSubcomponents('valarm').length };
}

test.each([ENGLISH, JAPANESE])(
  'a plan becomes one event that fills its window and contains its commands',
  (wording) => {
    const { event, alarms } = read(planCalendar([{ plan: planFor('retail-east'), span: WINDOW }], wording));
    expect(event.startDate.toJSDate().getTime()).toBe(WINDOW.startMs);
    expect(event.endDate.toJSDate().getTime()).toBe(WINDOW.endMs);
    expect(event.summary).toContain('retail-east');
    expect(event.description).toContain('Update-AksHciCluster -name retail-east');
    expect(alarms).toBe(2);
  },
);

test('a new plan for the same window updates its event, and a plan for another window is a different event', () => {
  const uid = (plan: Plan, window = WINDOW) => read(planCalendar([{ plan, span: window }], ENGLISH)).event.uid;
  const plan = planFor('retail-east');
  expect(uid({ ...plan, steps: [] })).toBe(uid(plan));
  expect(uid(plan, { ...WINDOW, startMs: WINDOW.startMs + 60_000 })).not.toBe(uid(plan));
});

test.each(HOSTILE_NAMES)('no name adds a line or another event: %j', (name) => {
  const text = planCalendar([{ plan: planFor(name), span: WINDOW }], ENGLISH);
  const plain = planCalendar([{ plan: planFor('retail-east'), span: WINDOW }], ENGLISH);
  const properties = (calendar: string): string[] =>
    calendar.split('\r\n').flatMap((line) => (line.startsWith(' ') ? [] : [line.split(/[:;]/u)[0] ?? '']));
  expect(properties(text)).toEqual(properties(plain));
  read(text);
});
