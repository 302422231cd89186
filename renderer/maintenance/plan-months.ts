import { DAY_MS, epochMs } from '../../core/shared/instant.ts';
import type { MaintenancePlan } from '../../core/maintenance/model/maintenance.ts';
import type { ShownPlan } from '../../core/maintenance/model/shown-plan.ts';
import { formatDayDate, parseDay, wallDay, findWeekday, zoneClock } from '../../core/shared/time-zone.ts';
import type { Language } from '../../core/shared/text/text.ts';

export interface PlanDay {
  number: number;
  date: string;
  isOutside: boolean;
  isToday: boolean;
  isBlackout: boolean;
  window?: { start: string; tasks: number };
  deadlines: number;
  missed: number;
}

interface PlanMonth {
  id: string;
  name: string;
  blanks: number;
  days: PlanDay[];
}

/** Lists the months of a plan, from today to its end, in the time zone of its rules. */
export function listMonths(plan: MaintenancePlan | ShownPlan, language: Language): PlanMonth[] {
  const nowMs = epochMs(plan.generatedAt);
  const untilMs = epochMs(plan.until);
  const clock = zoneClock(plan.rules.timeZone, { startMs: nowMs, endMs: untilMs });
  const dayNumber = (moment: string) => wallDay(clock.wallMs(Date.parse(moment)));
  const [today, last] = [dayNumber(plan.generatedAt), dayNumber(plan.until)];
  const windows = new Map(plan.windows.map(({ start, steps }) => [dayNumber(start), { start, tasks: steps.length }]));
  const missedTasks = new Set(plan.missed.map(({ task }) => task));
  const deadlines = new Map<number, { all: number; missed: number }>();
  for (const { id, deadline } of plan.tasks) {
    if (Date.parse(deadline) < nowMs || Date.parse(deadline) > untilMs) continue;
    const day = dayNumber(deadline);
    const { all, missed } = deadlines.get(day) ?? { all: 0, missed: 0 };
    deadlines.set(day, { all: all + 1, missed: missed + (missedTasks.has(id) ? 1 : 0) });
  }
  const blackouts = plan.rules.blackouts.map(({ from, to }) => [parseDay(from), parseDay(to)]);
  const names = new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-US', {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
  });
  const months: PlanMonth[] = [];
  for (let day = findMonthStart(today); day <= last; day += 1) {
    const date = formatDayDate(day);
    const id = date.slice(0, 7);
    if (months.at(-1)?.id !== id)
      months.push({ id, name: names.format(day * DAY_MS), blanks: findWeekday(day), days: [] });
    const window = windows.get(day);
    months
      .at(-1)
      ?.days.push({
        number: Number(date.slice(8)),
        date,
        isOutside: day < today,
        isToday: day === today,
        isBlackout: blackouts.some(([from = Infinity, to = -Infinity]) => from <= day && day <= to),
        window,
        deadlines: deadlines.get(day)?.all ?? 0,
        missed: deadlines.get(day)?.missed ?? 0,
      });
  }
  return months;
}

function findMonthStart(day: number): number {
  return parseDay(`${formatDayDate(day).slice(0, 8)}01`) ?? day;
}
