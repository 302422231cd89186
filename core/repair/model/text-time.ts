import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/instant.ts';

/** The time at which a program printed a line. Without a time zone, any zone on earth is possible. */
export interface TextTime {
  earliestMs: number;
  latestMs: number;
}

const TIME = String.raw`(?<hour>\d\d?):(?<minute>\d\d):(?<second>\d\d)(?:[.,]\d{1,9})?\s?(?<zone>Z\b|[+-]\d\d:?\d\d\b|[AP]M\b)?`;
/** The start of a line, a bracket, or a field. */
const START = String.raw`(?:^[\s>|[]*(?:[\p{L} ]{1,16}:\s*)?\[?|"(?:ts|time|@?timestamp)":\s*"|current time )`;
const FORMS = [
  String.raw`${START}(?<year>\d{4})[-/](?<month>\d\d?)[-/](?<day>\d\d?)[T ]`,
  String.raw`${START}(?<either>\d\d?)/(?<other>\d\d?)/(?<year>\d{4}) `,
  String.raw`^\s*(?:[IWEF](?<month>\d\d)|(?:<\d{1,3}>)?(?<name>[A-Z][a-z]{2}) {1,2})(?<day>\d\d?) `,
].map((form) => new RegExp(form + TIME, 'u'));
const EPOCH = /"ts":\s*(\d{10})\b/u;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const [WEST_MS, EAST_MS] = [12 * HOUR_MS, 14 * HOUR_MS];
/** A sentence may be wrapped, or the time may be above it. */
const NEAR_LINES = 4;

/** Finds the time of a 1-based line: in its sentence, at its start, or above it. */
export function findTextTime(lines: readonly string[], line: number, nowMs: number): TextTime | undefined {
  const at = line - 1;
  const sentence = /current time .{0,60}/su.exec(lines.slice(at, at + NEAR_LINES).join(' '))?.[0] ?? '';
  for (const text of [sentence, ...lines.slice(Math.max(0, at - NEAR_LINES), line).toReversed()]) {
    const whole = text.normalize('NFKC');
    const epoch = EPOCH.exec(whole)?.[1];
    if (epoch !== undefined) return { earliestMs: Number(epoch) * 1000, latestMs: Number(epoch) * 1000 };
    const times = FORMS.flatMap((form) => {
      const match = form.exec(whole);
      return match === null ? [] : readTimes(match.groups ?? {}, nowMs);
    });
    if (times.length > 0) return { earliestMs: Math.min(...times), latestMs: Math.max(...times) };
  }
  return undefined;
}

/** Returns the possible times; empty for an impossible date. */
function readTimes(
  { name, month, day, either, other, ...rest }: Partial<Record<string, string>>,
  nowMs: number,
): number[] {
  const { year, hour = '', minute = '', second = '', zone = '' } = rest;
  // Outside the United States, the day comes first.
  const dates =
    either === undefined
      ? [[name ?? month, day]]
      : [
          [either, other],
          [other, either],
        ];
  const hours = zone.endsWith('M') ? (Number(hour) % 12) + (zone === 'PM' ? 12 : 0) : Number(hour);
  return dates.flatMap(([wanted, dayOfMonth]) => {
    const dayMs = findDate({ month: wanted, day: dayOfMonth, year }, nowMs + DAY_MS);
    if (dayMs === undefined) return [];
    const ms = dayMs + hours * HOUR_MS + Number(minute) * MINUTE_MS + Number(second) * 1000;
    const [, sign, zoneHours, zoneMinutes] = /^([+-])(\d\d):?(\d\d)$/u.exec(zone) ?? [];
    const offset = Number(zoneHours ?? 0) * HOUR_MS + Number(zoneMinutes ?? 0) * MINUTE_MS;
    if (zone !== '' && !zone.endsWith('M')) return [sign === '-' ? ms + offset : ms - offset];
    return [ms - EAST_MS, ms + WEST_MS];
  });
}

/** Returns the start of a UTC day, without a year the last one before `endMs`; `undefined` for an impossible date. */
export function findDate(
  date: Readonly<Partial<Record<'year' | 'month' | 'day', string>>>,
  endMs: number,
): number | undefined {
  const { month = '', day, year } = date;
  const named = MONTHS.indexOf(month.toLowerCase());
  const index = named < 0 ? Number(month) - 1 : named;
  const makeDate = (each: number): number => Date.UTC(each, index, Number(day));
  const thisYear = new Date(endMs).getUTCFullYear();
  const ms = makeDate(year === undefined ? thisYear - Number(makeDate(thisYear) > endMs) : Number(year));
  return new Date(ms).getUTCMonth() === index ? ms : undefined;
}
