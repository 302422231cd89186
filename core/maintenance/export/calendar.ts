import type { MaintenancePlan, MaintenanceWindow, PlannedStep } from '../model/maintenance.ts';
import { formatInZone } from '../../text/zoned-time.ts';
import { taskOf, taskTitle, type Wording } from '../text/maintenance-text.ts';
import { calendarText, utcText } from '../../report/icalendar.ts';

/** Names told in a summary; the others are counted. */
const NAMED = 2;

/**
 * The windows of a plan as an iCalendar object, in UTC, with reminders. The same plan gives the same bytes; a window keeps its
 * UID as long as its start stays, so that a plan imported again changes what is there. Source: RFC 5545.
 */
export function calendarOf(plan: MaintenancePlan, wording: Wording): string {
  const events = plan.windows.map((window) => ({
    uid: uidOf(window, plan),
    stamp: plan.generatedAt,
    start: window.start,
    end: window.end,
    summary: summaryOf(window, plan, wording),
    description: descriptionOf(window, plan, wording),
  }));
  return calendarText(events, wording);
}

/** By the start of the window and the deployments in it: two hosts with windows at the same time are two events. */
function uidOf({ start, steps }: MaintenanceWindow, plan: MaintenancePlan): string {
  const lanes = new Set(steps.map(({ task }) => taskOf(plan, task)?.lane ?? task));
  return `${utcText(start)}-${[...lanes].sort().join('-').slice(0, 100)}@maintenance.arcwarden`;
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

function descriptionOf({ steps }: MaintenanceWindow, plan: MaintenancePlan, wording: Wording): string {
  return steps.map((step) => stepText(step, plan, wording)).join('\n');
}

function stepText(step: PlannedStep, plan: MaintenancePlan, wording: Wording): string {
  const { translate, language } = wording;
  const task = taskOf(plan, step.task);
  if (task === undefined) return step.task;
  const due = translate('maintenance.calendar.due', { due: formatInZone(step.due, language, plan.rules.timeZone) });
  const remarks = task.needsPerson ? [due, translate('maintenance.calendar.person')] : [due];
  return [
    `- ${taskTitle(task, wording)} (${remarks.join('; ')})`,
    ...task.commands.map((command) => `  ${command}`),
  ].join('\n');
}
