import type { MaintenancePlan, MissedDeadline, PlannedTask } from '../model/maintenance.ts';
import type { ShownPlan } from '../model/shown-plan.ts';
import type { Relaxation } from '../model/relax.ts';
import { WEEKDAYS, type Blackout, type Weekday } from '../model/rules.ts';
import { commandText, type PlanCommand } from '../../plan/model/plan.ts';
import { terminalLine } from '../../shared/terminal-text.ts';
import { DAY_MS, MINUTE_MS, type Instant } from '../../shared/instant.ts';
import { statementText } from '../../shared/text/statement.ts';
import type { Language, Wording } from '../../shared/text/text.ts';
import { formatSpan } from '../../shared/text/time.ts';
import { formatDateInZone, formatInZone, formatTimeInZone } from '../../shared/text/zoned-time.ts';

const placesById = new WeakMap<object, Map<string, number>>();

export function findTask<T extends { id: string }>({ tasks }: { tasks: readonly T[] }, id: string): T | undefined {
  let places = placesById.get(tasks);
  if (places === undefined) {
    places = new Map(tasks.map((task, place) => [task.id, place]));
    placesById.set(tasks, places);
  }
  return tasks[places.get(id) ?? -1];
}

export function taskTitle({ step, target }: Pick<PlannedTask, 'step' | 'target'>, { translate }: Wording): string {
  const name = target.sample ? translate('sample.name', { name: target.name }) : target.name;
  return translate('plan.task', { step: translate(`maintenance.step.${step}`), target: name });
}

/** Returns the question to be answered before a scheduled task can do the work; empty if there is none. */
export function taskQuestion({ ask, target }: Pick<PlannedTask, 'ask' | 'target'>, { translate }: Wording): string {
  if (ask === undefined) return '';
  return statementText({ ...ask, params: { cluster: target.name, id: target.clusterId } }, translate);
}

/** Returns no commands if one has a placeholder for a value that is not known: a part of them may do harm. */
export function listReadyCommands({ commands }: { commands: readonly (PlanCommand | string)[] }): string[] {
  const texts = commands.map((command) => (typeof command === 'string' ? command : commandText(command)));
  return texts.some((text) => /<[a-z][^<>]*>/u.test(text)) ? [] : texts;
}

type WordedPlan = MaintenancePlan | ShownPlan;

/** `now`: cannot wait for a window. `rest`: is done in a window, but later than the rules ask. */
export type MissedList = 'now' | 'rest';

export function listMissed({ missed }: Pick<WordedPlan, 'missed'>, list: MissedList): MissedDeadline[] {
  return missed.filter(({ isPastDeadline }) => isPastDeadline === (list === 'now'));
}

export function isPassed(missed: MissedDeadline, plan: WordedPlan): boolean {
  return missed.deadline <= plan.generatedAt;
}

export function planAnswer(plan: WordedPlan, { translate, language }: Wording): string {
  const { windows, until, considered, rules } = plan;
  const now = listMissed(plan, 'now').length;
  const [next] = windows;
  const rest =
    next === undefined
      ? translate(`plan.answer.${considered === 0 ? 'no-window' : 'nothing'}`, {
          now,
          until: formatDateInZone(until, language, rules.timeZone),
        })
      : translate('plan.answer.next', { next: formatInZone(next.start, language, rules.timeZone) });
  return now > 0 ? [translate('plan.answer.now', { now }), rest].join(language === 'ja' ? '' : ' ') : rest;
}

export function weekdayText(weekday: Weekday, language: Language, width: 'long' | 'short' | 'narrow'): string {
  // 5 January 1970 was a Monday.
  const day = (4 + WEEKDAYS.indexOf(weekday)) * DAY_MS;
  return new Intl.DateTimeFormat(language, { weekday: width, timeZone: 'UTC' }).format(day);
}

export function blackoutText({ from, to }: Blackout): string {
  return from === to ? from : `${from} – ${to}`;
}

export function relaxationText(change: Relaxation, { translate, language }: Wording): string {
  switch (change.kind) {
    case 'lead':
      return translate('plan.relax.lead', { days: change.leadDays });
    case 'blackout':
      return translate('plan.relax.blackout', { dates: blackoutText(change.blackout) });
    case 'hours':
      return translate('plan.relax.hours', { from: change.from, to: change.to });
    case 'weekday':
      return translate('plan.relax.weekday', { weekday: weekdayText(change.weekday, language, 'long') });
  }
}

/** Leaves out the name of the cluster if `under` says that a heading has it. */
export function missText(missed: MissedDeadline, plan: WordedPlan, wording: Wording, under?: 'cluster'): string {
  const { translate, language } = wording;
  const format = (at: Instant): string => formatInZone(at, language, plan.rules.timeZone);
  const task = findTask<Pick<PlannedTask, 'id' | 'step' | 'target'>>(plan, missed.task);
  const about = {
    task:
      task === undefined
        ? missed.task
        : under === 'cluster'
          ? translate(`maintenance.step.${task.step}`)
          : taskTitle(task, wording),
    deadline: format(missed.deadline),
    due: format(missed.due),
    reason: translate(`plan.reason.${missed.reason}`),
  };
  if (isPassed(missed, plan)) {
    const late = formatSpan(Date.parse(plan.generatedAt) - Date.parse(missed.deadline), language);
    return translate('plan.missed.passed', { ...about, late });
  }
  if (missed.isPastDeadline) return translate('plan.missed.before', about);
  const first =
    missed.done === undefined || missed.lateMinutes === undefined
      ? translate('plan.missed.never', about)
      : translate('plan.missed.late', {
          ...about,
          done: format(missed.done),
          late: formatSpan(missed.lateMinutes * MINUTE_MS, language),
        });
  if (missed.times < 2) return first;
  return [first, translate('plan.missed.times', { times: missed.times })].join(language === 'ja' ? '' : ' ');
}

export function givesText(missed: MissedDeadline, plan: WordedPlan, wording: Wording): string {
  const { translate } = wording;
  if (missed.relaxations.length > 0) {
    const changes = missed.relaxations.map((change) => relaxationText(change, wording));
    return translate('plan.gives', { changes: changes.join(translate('plan.gives.or')) });
  }
  return translate(isPassed(missed, plan) ? 'plan.relax.passed' : 'plan.relax.none');
}

export function maintenanceText(plan: MaintenancePlan, wording: Wording): string {
  const { translate, language } = wording;
  const { timeZone } = plan.rules;
  const format = (at: Instant): string => formatInZone(at, language, timeZone);
  const lines = [planAnswer(plan, wording)];
  const tellMissed = (list: MissedList): void => {
    const missed = listMissed(plan, list);
    if (missed.length > 0) lines.push('', translate(`plan.list.${list}`, { count: missed.length }));
    for (const one of missed) {
      lines.push(`  ${missText(one, plan, wording)}`, `    ${givesText(one, plan, wording)}`);
      const task = findTask(plan, one.task);
      if (task === undefined || !one.isPastDeadline) continue;
      lines.push(...listCommands(task, wording, '    '));
    }
  };
  tellMissed('now');
  for (const { start, end, steps } of plan.windows) {
    lines.push(
      '',
      `${translate('maintenance.ticket.window', { start: format(start), end: format(end) })} (${timeZone})`,
    );
    for (const step of steps) {
      const task = findTask(plan, step.task);
      if (task === undefined) continue;
      const due = translate('maintenance.calendar.due', { due: format(step.due) });
      const person = task.needsPerson ? `; ${translate('maintenance.calendar.person')}` : '';
      lines.push(
        `  ${formatTimeInZone(step.start, language, timeZone)}  ${taskTitle(task, wording)} (${due}${person})`,
        ...listCommands(task, wording, '         '),
      );
    }
  }
  tellMissed('rest');
  if (plan.notes.length > 0) lines.push('', `${translate('maintenance.ticket.notes')}:`);
  for (const { cluster, statement } of plan.notes)
    lines.push(`  ${terminalLine(cluster)}: ${statementText(statement, translate)}`);
  return `${lines.join('\n')}\n`;
}

function listCommands(task: PlannedTask, wording: Wording, indent: string): string[] {
  const question = task.ask === undefined ? [] : [terminalLine(taskQuestion(task, wording))];
  return [...listReadyCommands(task), ...question].map((line) => indent + line);
}
