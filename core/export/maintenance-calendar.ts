import type { MaintenancePlan, MaintenanceWindow, PlannedStep } from '../domain/maintenance.ts';
import type { Instant } from '../domain/instant.ts';
import { formatInZone } from '../language/zoned-time.ts';
import { taskOf, taskTitle } from '../language/maintenance-text.ts';
import type { Wording } from '../language/maintenance-text.ts';

/** Octets of a line without its end. Source: RFC 5545 section 3.1. */
const MOST_OCTETS = 75;
/** When a calendar reminds: a day and an hour before. */
const ALARMS = ['-P1D', '-PT1H'];
/** Names told in a summary; the others are counted. */
const NAMED = 2;

/**
 * The windows of a plan as an iCalendar object, in UTC, with reminders. The same plan gives the same bytes; a window keeps its
 * UID as long as its start stays, so that a plan imported again changes what is there. Source: RFC 5545.
 */
export function calendarOf(plan: MaintenancePlan, wording: Wording): string {
  const { translate, language } = wording;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Arcwarden//Maintenance//${language.toUpperCase()}`,
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(translate('maintenance.calendar.name'))}`,
    ...plan.windows.flatMap((window) => eventLines(window, plan, wording)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventLines(window: MaintenanceWindow, plan: MaintenancePlan, wording: Wording): string[] {
  const summary = escaped(summaryOf(window, plan, wording));
  return [
    'BEGIN:VEVENT',
    `UID:${uidOf(window, plan)}`,
    `DTSTAMP:${utc(plan.generatedAt)}`,
    `DTSTART:${utc(window.start)}`,
    `DTEND:${utc(window.end)}`,
    `SUMMARY:${summary}`,
    `DESCRIPTION:${escaped(descriptionOf(window, plan, wording))}`,
    'CATEGORIES:MAINTENANCE',
    'TRANSP:OPAQUE',
    ...ALARMS.flatMap((trigger) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `DESCRIPTION:${summary}`,
      `TRIGGER:${trigger}`,
      'END:VALARM',
    ]),
    'END:VEVENT',
  ];
}

/** By the start of the window and the deployments in it: two hosts with windows at the same time are two events. */
function uidOf({ start, steps }: MaintenanceWindow, plan: MaintenancePlan): string {
  const lanes = new Set(steps.map(({ task }) => taskOf(plan, task)?.lane ?? task));
  return `${utc(start)}-${[...lanes].sort().join('-').slice(0, 100)}@maintenance.arcwarden`;
}

function summaryOf({ steps }: MaintenanceWindow, plan: MaintenancePlan, wording: Wording): string {
  const { translate } = wording;
  const names = [...new Set(steps.flatMap(({ task }) => taskOf(plan, task)?.target.name ?? []))];
  const first = names.slice(0, NAMED).join(', ');
  const targets =
    names.length <= NAMED
      ? first
      : translate('maintenance.calendar.more', { name: first, count: names.length - NAMED });
  return translate('maintenance.calendar.summary', { count: steps.length, targets });
}

function descriptionOf(
  { steps }: MaintenanceWindow,
  plan: MaintenancePlan,
  wording: Wording,
): string {
  return steps.map((step) => stepText(step, plan, wording)).join('\n');
}

function stepText(step: PlannedStep, plan: MaintenancePlan, wording: Wording): string {
  const { translate, language } = wording;
  const task = taskOf(plan, step.task);
  if (task === undefined) return step.task;
  const due = translate('maintenance.calendar.due', {
    due: formatInZone(step.due, language, plan.rules.timeZone),
  });
  const remarks = task.needsPerson ? [due, translate('maintenance.calendar.person')] : [due];
  return [
    `- ${taskTitle(task, wording)} (${remarks.join('; ')})`,
    ...task.commands.map((command) => `  ${command}`),
  ].join('\n');
}

/** `20261128T220000Z`. */
function utc(moment: Instant): string {
  return moment.replaceAll(/[-:]/gu, '');
}

/**
 * A text value. Control characters, which no value may hold, become spaces; half characters U+FFFD. Source: RFC 5545
 * section 3.3.11.
 */
function escaped(text: string): string {
  return text
    .replaceAll(/\r\n?/gu, '\n')
    .replaceAll(/[\\;,]/gu, (character) => `\\${character}`)
    .replaceAll('\n', '\\n')
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll(/\p{Surrogate}/gu, '\u{FFFD}');
}

/** A content line in pieces of at most 75 octets of UTF-8, none of which cuts a character. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > MOST_OCTETS) {
      pieces.push(piece);
      piece = ' ';
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join('\r\n');
}

/** Octets of one character in UTF-8. */
function octetsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
