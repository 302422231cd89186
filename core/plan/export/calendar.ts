import { instantFromMs, type Instant } from '../../shared/instant.ts';
import type { Span } from '../../shared/time-zone.ts';
import { commandText, type Plan } from '../model/plan.ts';
import type { Wording } from '../../shared/text/text.ts';
import { planClusters, stepTitle, type PlanWording } from '../text/plan-text.ts';
import { formatInstant } from '../../shared/text/time.ts';
import { formatInZone } from '../../shared/text/zoned-time.ts';
import { calendarText, utcText, type CalendarEvent } from '../../formats/icalendar.ts';

/** Writes an event for each window with its plan. */
export function planCalendar(parts: readonly { plan: Plan; span: Span }[], wording: Wording): string {
  const events = parts.map(({ plan, span }) => planEvent(plan, span, wording));
  return calendarText(events, { name: wording.translate('maintenance.calendar.name'), language: wording.language });
}

function planEvent(plan: Plan, span: Span, wording: Wording): CalendarEvent {
  const start = instantFromMs(span.startMs);
  const planWording: PlanWording = { ...wording, zone: 'utc' };
  const targets = plan.clusters.map(({ id, name }) => id ?? name).sort();
  // Planning the same window again results in the same UID, so the new event replaces the old one.
  const uid = [utcText(start), plan.kind, ...targets].join('-').replaceAll(/[^\w.-]/gu, '_');
  return {
    uid: `${uid.slice(0, 120)}@plan.arcwarden`,
    stamp: plan.madeAt,
    start,
    end: instantFromMs(span.endMs),
    summary: `${wording.translate(`steps.title.${plan.kind}`)}: ${planClusters(plan, planWording)}`,
    description: planDescription(plan, planWording),
  };
}

/**
 * Lists the steps with their commands and due times, and marks manual steps. `timeZone`: an IANA name; by default, the
 * time zone of `wording`.
 */
export function planDescription({ steps }: Plan, wording: PlanWording, timeZone?: string): string {
  const { translate, language, zone } = wording;
  const formatMoment = (moment: Instant) =>
    timeZone === undefined ? formatInstant(moment, language, zone) : formatInZone(moment, language, timeZone);
  const lines = steps.flatMap((step, at) => {
    const { due, needsPerson = false, command } = step;
    const remarks = [
      due === undefined ? [] : translate('maintenance.calendar.due', { due: formatMoment(due) }),
      needsPerson ? translate('maintenance.calendar.person') : [],
    ].flat();
    const head = `${at + 1}. ${stepTitle(step, wording)}`;
    return [
      remarks.length === 0 ? head : `${head} (${remarks.join('; ')})`,
      command === undefined ? [] : `   ${commandText(command)}`,
    ].flat();
  });
  return lines.join('\n');
}
