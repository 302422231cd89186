import type { Wording } from '../../shared/text/text.ts';
import { sourceTexts, statementText } from '../../shared/text/statement.ts';
import { CLUSTERED, ESTIMATED, ACCOUNT, SCHEDULED } from '../model/facts.ts';
import type { Statement } from '../../shared/citation.ts';
import type { MaintenancePlan, MaintenanceWindow, PlannedTask } from '../model/maintenance.ts';
import { formatInstant } from '../../shared/text/time.ts';
import { formatDateInZone, formatInZone, formatTimeInZone } from '../../shared/text/zoned-time.ts';
import {
  blackoutText,
  givesText,
  missText,
  planAnswer,
  findTask,
  listMissed,
  listReadyCommands,
  type MissedList,
  taskQuestion,
  taskTitle,
  weekdayText,
} from '../text/maintenance-text.ts';
import { markdownCode, markdownText } from '../../formats/markdown.ts';

export function writeMaintenanceMarkdown(plan: MaintenancePlan, wording: Wording): string {
  const { translate } = wording;
  const blocks = [
    `# ${translate('maintenance.ticket.title')}`,
    `**${markdownText(planAnswer(plan, wording))}**`,
    `## ${translate('plan.rules.head')}`,
    rulesBlock(plan, wording),
    ...missBlocks('now', plan, wording),
    `## ${translate('plan.list.windows', { count: plan.windows.length })}`,
    ...plan.windows.flatMap((window) => windowBlocks(window, plan, wording)),
    ...missBlocks('rest', plan, wording),
    `## ${translate('maintenance.ticket.why')}`,
    whyBlock(plan, wording),
    `## ${translate('maintenance.ticket.notes')}`,
    notesBlock(plan, wording),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function rulesBlock({ rules, until }: MaintenancePlan, { translate, language }: Wording): string {
  const lines = [
    translate('maintenance.ticket.when', {
      weekdays: rules.weekdays.map((day) => weekdayText(day, language, 'long')).join(translate('list.and')),
      from: rules.from,
      to: rules.to,
      zone: rules.timeZone,
    }),
    translate('maintenance.ticket.lead', {
      days: rules.leadDays,
      until: formatDateInZone(until, language, rules.timeZone),
    }),
    rules.blackouts.length === 0
      ? []
      : translate('maintenance.ticket.blackouts', {
          dates: rules.blackouts.map(blackoutText).join(translate('list.and')),
        }),
  ].flat();
  return lines.map((line) => `- ${markdownText(line)}`).join('\n');
}

function windowBlocks(window: MaintenanceWindow, plan: MaintenancePlan, wording: Wording): string[] {
  const { translate, language } = wording;
  const zone = plan.rules.timeZone;
  const head = translate('maintenance.ticket.window', {
    start: formatInZone(window.start, language, zone),
    end: formatInZone(window.end, language, zone),
  });
  const utc = translate('maintenance.ticket.utc', {
    start: formatInstant(window.start, language, 'utc'),
    end: formatInstant(window.end, language, 'utc'),
    done: formatTimeInZone(window.done, language, zone),
  });
  const columns = ['time', 'task', 'command', 'due'] as const;
  const rows = window.steps.map((step) => {
    const task = findTask(plan, step.task);
    return [
      formatTimeInZone(step.start, language, zone),
      task === undefined ? '' : markdownText(taskTitle(task, wording)),
      commandCell(task, wording),
      formatInZone(step.due, language, zone),
    ];
  });
  return [
    `### ${markdownText(head)}`,
    markdownText(utc),
    [columns.map((column) => translate(`maintenance.ticket.${column}`)), columns.map(() => '---'), ...rows]
      .map((cells) => `| ${cells.join(' | ')} |`)
      .join('\n'),
  ];
}

function commandCell(task: PlannedTask | undefined, wording: Wording): string {
  const { translate } = wording;
  if (task === undefined) return translate('steps.by-hand');
  const commands = listReadyCommands(task).map(markdownCode);
  const question = task.ask === undefined ? [] : [markdownText(taskQuestion(task, wording))];
  const cell = [...commands, ...question].join('<br>') || translate('steps.by-hand');
  return task.needsPerson ? `${translate('maintenance.calendar.person')}: ${cell}` : cell;
}

function missBlocks(list: MissedList, plan: MaintenancePlan, wording: Wording): string[] {
  const missed = listMissed(plan, list);
  if (missed.length === 0) return [];
  const lines = missed.map((one) => {
    const commands = list === 'now' ? `<br>${commandCell(findTask(plan, one.task), wording)}` : '';
    return `- ${markdownText(missText(one, plan, wording))} ${markdownText(givesText(one, plan, wording))}${commands}`;
  });
  return [`## ${wording.translate(`plan.list.${list}`, { count: missed.length })}`, lines.join('\n')];
}

function whyBlock(plan: MaintenancePlan, wording: Wording): string {
  const { translate } = wording;
  const planned = new Set(plan.windows.flatMap(({ steps }) => steps.map(({ task }) => task)));
  return plan.tasks
    .filter(({ id }) => planned.has(id))
    .flatMap((task) => {
      const assumed = task.assumed ? ` (${translate('maintenance.ticket.assumed')})` : '';
      const statements = [task.why, task.how, task.again ?? []].flat();
      return [
        `- **${markdownText(taskTitle(task, wording))}**${markdownText(assumed)}`,
        ...statements.map((statement) => `  - ${formatStatement(statement, wording)}`),
      ];
    })
    .join('\n');
}

function notesBlock({ notes }: MaintenancePlan, wording: Wording): string {
  return [
    ...notes.map(({ cluster, statement }) => `- ${markdownText(cluster)}: ${formatStatement(statement, wording)}`),
    ...[ESTIMATED, ACCOUNT, SCHEDULED, CLUSTERED].map((each) => `- ${formatStatement(each, wording)}`),
  ].join('\n');
}

function formatStatement(statement: Statement, { translate }: Wording): string {
  const sources = sourceTexts(statement, translate).join('; ');
  return `${markdownText(statementText(statement, translate))} _(${markdownText(sources)})_`;
}
