import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeCalendar } from '../../../../core/maintenance/export/calendar.ts';
import { roomFor } from '../../../../core/maintenance/model/room.ts';
import { DEFAULT_PLANNING } from '../../../../core/maintenance/model/rules.ts';
import { windowPlan } from '../../../../core/maintenance/model/window-plan.ts';
import { planCalendar } from '../../../../core/plan/export/calendar.ts';
import { HOUR_MS } from '../../../../core/shared/instant.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { needTool } from '../../../support/tools.ts';
import { ENGLISH, HOSTILE_NAMES, JAPANESE, samplePlan } from './plans.ts';

interface Listed {
  uid: string;
  start: string;
  end: string;
  title: string;
  description: string;
}

/** Separates the fields of an entry in the output; occurs in no name. */
const FIELD = '\ue000';
const EVENT = '\ue001';

class Calendar {
  readonly #khal: string;
  readonly #folder = temporaryFolder();
  readonly #environment: NodeJS.ProcessEnv;

  constructor(khal: string, timeZone: string) {
    this.#khal = khal;
    const resolvePath = (name: string): string => join(this.#folder, name);
    mkdirSync(resolvePath('events'));
    this.#environment = { PATH: process.env['PATH'], HOME: this.#folder, LC_ALL: 'C.UTF-8', TZ: timeZone };
    const configuration = [
      '[calendars]',
      '[[maintenance]]',
      `path = ${resolvePath('events')}`,
      '[sqlite]',
      `path = ${resolvePath('khal.db')}`,
      '[locale]',
      `local_timezone = ${timeZone}`,
      `default_timezone = ${timeZone}`,
      'timeformat = %H:%M',
      ...['dateformat', 'longdateformat'].map((name) => `${name} = %Y-%m-%d`),
      ...['datetimeformat', 'longdatetimeformat'].map((name) => `${name} = %Y-%m-%d %H:%M`),
      '',
    ];
    writeFileSync(resolvePath('khal.conf'), configuration.join('\n'));
  }

  #run(...args: string[]): string {
    const words = ['-c', join(this.#folder, 'khal.conf'), '--no-color', ...args];
    const { status, stdout, stderr } = spawnSync(this.#khal, words, { encoding: 'utf8', env: this.#environment });
    expect([status, stderr]).toEqual([0, '']);
    return stdout;
  }

  import(...texts: string[]): this {
    const files = texts.map((text, at) => {
      const file = join(this.#folder, `${at}.ics`);
      writeFileSync(file, text);
      return file;
    });
    this.#run('import', '--batch', '-a', 'maintenance', ...files);
    return this;
  }

  /** Lists entries from 1 January 2026 on, in wall-clock time. */
  list(): Listed[] {
    const format = ['{uid}', '{start-long}', '{end-long}', '{title}', '{description}'].join(FIELD) + EVENT;
    const words = ['list', '--once', '--day-format', '', '--format', format, '2026-01-01', '1000d'];
    const events = this.#run(...words).split(EVENT);
    return events.slice(0, -1).map((event) => {
      const [uid = '', start = '', end = '', title = '', description = ''] = event.trimStart().split(FIELD);
      return { uid, start, end, title, description };
    });
  }
}

/** Returns a calendar file with the first Saturday window after an instant, from 22:00 to 04:00 in Berlin. */
function berlinWindow(after: string): string {
  const { window } = roomFor(60, { ...DEFAULT_PLANNING, timeZone: 'Europe/Berlin' }, Date.parse(after));
  const plan = samplePlan('retail-east');
  if (window === undefined || plan.windows[0] === undefined) throw new Error('there is no window');
  return planCalendar([{ plan: windowPlan(plan, plan.windows[0]), span: window }], ENGLISH);
}

/** The window of each night in Berlin time and in Tokyo time. */
const NIGHTS = [
  ['winter', '2027-01-14T12:00:00Z', '2027-01-16 22:00 – 2027-01-17 04:00', '2027-01-17 06:00 – 2027-01-17 12:00'],
  ['summer', '2027-07-14T12:00:00Z', '2027-07-17 22:00 – 2027-07-18 04:00', '2027-07-18 05:00 – 2027-07-18 11:00'],
  // Clocks advance from 02:00 to 03:00, so the window lasts five hours.
  ['spring', '2027-03-24T12:00:00Z', '2027-03-27 22:00 – 2027-03-28 04:00', '2027-03-28 06:00 – 2027-03-28 11:00'],
  // Clocks go back from 03:00 to 02:00, so the window lasts seven hours.
  ['autumn', '2027-10-27T12:00:00Z', '2027-10-30 22:00 – 2027-10-31 04:00', '2027-10-31 05:00 – 2027-10-31 12:00'],
] as const;

test('a window starts at the right moment for local and remote admins, even on nights when the clocks change', (context) => {
  const khal = needTool(context, 'khal');
  const files = NIGHTS.map(([, after]) => berlinWindow(after));
  const times = (timeZone: string): string[] =>
    new Calendar(khal, timeZone)
      .import(...files)
      .list()
      .map(({ start, end }) => `${start} – ${end}`);
  expect(times('Europe/Berlin').sort()).toEqual(NIGHTS.map(([, , there]) => there).sort());
  expect(times('Asia/Tokyo').sort()).toEqual(NIGHTS.map(([, , , elsewhere]) => elsewhere).sort());
});

/** Normalizes text as khal does: python-icalendar 4, unlike ical.js, reads a backslash before an n as a line end. */
const normalizeText = (text: string): string =>
  text
    .replaceAll('\\n', '\n')
    .replaceAll(/\r\n?/gu, '\n')
    .replaceAll(/(?!\n)\p{Cc}/gu, ' ')
    .replaceAll(/\p{Surrogate}/gu, '\ufffd')
    .replaceAll(/\s+/gu, ' ');

test('khal shows the windows and the name of a cluster, whatever the name is', (context) => {
  const khal = needTool(context, 'khal');
  const plans = HOSTILE_NAMES.map((name) => samplePlan(name));
  // The plans have the same UIDs, since they are for the same deployment, so the test adds a prefix.
  const files = plans.map((plan, at) => writeCalendar(plan, JAPANESE).replaceAll(/^UID:/gmu, `UID:${at}.`));
  const listed = new Calendar(khal, 'Asia/Tokyo').import(...files).list();
  for (const [at, plan] of plans.entries()) {
    const own = listed.filter(({ uid }) => uid.startsWith(`${at}.`));
    const tokyo = (moment: string): string =>
      new Date(Date.parse(moment) + 9 * HOUR_MS).toISOString().slice(0, 16).replace('T', ' ');
    expect(own.map(({ start, end }) => [start, end])).toEqual(
      plan.windows.map(({ start, end }) => [tokyo(start), tokyo(end)]),
    );
    const name = normalizeText(HOSTILE_NAMES[at] ?? '');
    expect(normalizeText(own[0]?.title ?? '')).toContain(name);
    expect(normalizeText(own[0]?.description ?? '')).toContain(name);
  }
});

test('a newly imported plan replaces the previous one', (context) => {
  const calendar = new Calendar(needTool(context, 'khal'), 'Asia/Tokyo');
  const plan = samplePlan('retail-east');
  const before = calendar.import(writeCalendar(plan, ENGLISH)).list();
  const after = calendar.import(writeCalendar(plan, JAPANESE)).list();
  expect(before.length).toBeGreaterThan(1);
  expect(after.map(({ uid, start }) => [uid, start])).toEqual(before.map(({ uid, start }) => [uid, start]));
  expect(before[0]?.title).toMatch(/^Maintenance/u);
  expect(after.every(({ title }) => title.startsWith('メンテナンス'))).toBe(true);
});
