import type { MaintenancePlan, MaintenanceWindow } from '../model/maintenance.ts';
import { windowPlan } from '../model/window-plan.ts';
import { planDescription } from '../../plan/export/calendar.ts';
import { findTask } from '../text/maintenance-text.ts';
import type { Wording } from '../../shared/text/text.ts';
import { calendarText, utcText } from '../../formats/icalendar.ts';

/** A summary lists this many names and counts the rest. */
const NAMED = 2;

/**
 * Writes windows as an iCalendar object, in UTC, with reminders. A window keeps its UID as long as its start stays the
 * same, so that a new import updates its events. Source: RFC 5545.
 */
export function writeCalendar(plan: MaintenancePlan, wording: Wording): string {
  const events = plan.windows.map((window) => ({
    uid: makeUid(window, plan),
    stamp: plan.generatedAt,
    start: window.start,
    end: window.end,
    summary: getSummary(window, plan, wording),
    description: planDescription(windowPlan(plan, window), { ...wording, zone: 'utc' }, plan.rules.timeZone),
  }));
  return calendarText(events, { name: wording.translate('maintenance.calendar.name'), language: wording.language });
}

/** Builds a UID from the start and the deployments: windows of two hosts at the same time are two events. */
function makeUid({ start, steps }: MaintenanceWindow, plan: MaintenancePlan): string {
  const lanes = new Set(steps.map(({ task }) => findTask(plan, task)?.lane ?? task));
  return `${utcText(start)}-${[...lanes].sort().join('-').slice(0, 100)}@maintenance.arcwarden`;
}

function getSummary({ steps }: MaintenanceWindow, plan: MaintenancePlan, wording: Wording): string {
  const { translate } = wording;
  const names = [...new Set(steps.flatMap(({ task }) => findTask(plan, task)?.target.name ?? []))];
  const name = names.slice(0, NAMED).join(', ');
  const count = names.length - NAMED;
  const targets = count <= 0 ? name : translate('maintenance.calendar.more', { name, count });
  return translate('maintenance.calendar.summary', { count: steps.length, targets });
}
