import type { Citation, Statement } from '../../shared/citation.ts';
import { parseInstant } from '../../shared/instant.ts';
import type { WorkClaim } from '../model/claims.ts';
import { commandText, openValues, type Plan, type PlanCommand, type PlanStep, type StepTarget } from '../model/plan.ts';
import { conditionText, joinsCases } from './condition-text.ts';
import { citationText } from '../../shared/text/statement.ts';
import { type Wording, isMessageKey } from '../../shared/text/text.ts';
import { terminalLine } from '../../shared/terminal-text.ts';
import { formatInstant, formatLength, type Zone } from '../../shared/text/time.ts';

/* Formats a plan as text, including the instants, durations and system names among the values of a statement. */

/** Files use UTC, because the time zone of their readers is unknown. */
export interface PlanWording extends Wording {
  zone: Zone;
}

/** Suffix of the names of values in milliseconds: `takesMs` appears as `{takes}`. */
const LENGTH_NAME = /Ms$/u;

export function planSentence(statement: Statement, wording: PlanWording): string {
  const { text, params } = statement;
  const { translate, language, zone } = wording;
  if (joinsCases(statement)) return planCondition([statement], wording);
  if (!isMessageKey(text)) return text;
  const values = Object.entries(params ?? {}).map(([name, value]): [string, string | number] => {
    if (typeof value === 'number')
      return LENGTH_NAME.test(name) ? [name.replace(LENGTH_NAME, ''), formatLength(value, language)] : [name, value];
    const moment = parseInstant(value);
    if (moment !== undefined) return [name, formatInstant(moment, language, zone)];
    const system = `windows.${value}`;
    return [name, isMessageKey(system) ? translate(system) : value];
  });
  return translate(text, Object.fromEntries<string | number>(values));
}

export function planCondition(only: readonly Statement[], wording: PlanWording): string {
  return conditionText(only, wording, (condition) => planSentence(condition, wording));
}

export function stepSources(step: PlanStep, wording: PlanWording): string[] {
  const { why, only = [], precondition, expected, check, undo, instead, takes } = step;
  const cited = [why, ...only, precondition, expected, check?.expected, undo?.statement, instead?.statement, takes];
  const citations = cited.flatMap((each): readonly Citation[] => each?.citations ?? []);
  return [...new Set(citations.map((citation) => citationText(citation, wording)))];
}

/** Returns the conditions of a step with its cluster; empty for a step that always applies. */
export function caseText(
  { cluster, isSample, only = [] }: Pick<PlanStep, 'cluster' | 'isSample' | 'only'>,
  wording: PlanWording,
): string {
  return only.length === 0 ? '' : titleWithCluster(planCondition(only, wording), { cluster, isSample }, wording);
}

/** Returns a title such as `Update Kubernetes to v1.20.5 (retail-east)`, preceded by the conditions of the step. */
export function stepTitle(
  { title, cluster, isSample, only = [] }: Pick<PlanStep, 'title' | 'cluster' | 'isSample' | 'only'>,
  wording: PlanWording,
): string {
  // Some titles are also sentences of the knowledge base, with a full stop that a title does not have.
  const text = planSentence(title, wording).replace(/[.。]$/u, '');
  const whole =
    only.length === 0 ? text : wording.translate('steps.only', { only: planCondition(only, wording), title: text });
  return titleWithCluster(whole, { cluster, isSample }, wording);
}

function titleWithCluster(
  title: string,
  { cluster, isSample = false }: Pick<PlanStep, 'cluster' | 'isSample'>,
  { translate }: PlanWording,
): string {
  if (cluster === undefined) return title;
  const name = isSample ? translate('sample.name', { name: cluster }) : cluster;
  return translate('steps.of-cluster', { title, cluster: name });
}

export function targetText(target: StepTarget, { translate }: Wording): string {
  switch (target.kind) {
    case 'vm':
      return translate('steps.target.vm', { address: target.address, cluster: target.cluster });
    case 'control-plane':
    case 'every-control-plane':
    case 'every-worker': {
      const { kind, cluster = '' } = target;
      return translate(`steps.target.${kind}`, { cluster, has: cluster === '' ? 'no' : 'yes' });
    }
    default:
      return translate(`steps.target.${target.kind}`);
  }
}

export function takesText(step: PlanStep, { translate, language }: Wording): string | undefined {
  if (step.takes === undefined) return undefined;
  return translate('steps.takes', {
    usual: formatLength(step.takes.usualMs, language),
    longest: formatLength(step.takes.longestMs, language),
  });
}

export function claimText({ cluster }: WorkClaim, { translate }: Wording): string {
  return cluster ?? translate('steps.script.hosts');
}

export function planClusters({ clusters }: Pick<Plan, 'clusters'>, { translate }: Wording): string {
  return clusters
    .map(({ name, isHost }) => (isHost ? translate('steps.hosts', { name }) : name))
    .join(translate('list.and'));
}

export function planText(plan: Plan, wording: PlanWording): string {
  const { translate, language, zone } = wording;
  const lines: string[] = [];
  const list = (head: string, statements: readonly Statement[], mark: string) => {
    if (statements.length === 0) return;
    const told = statements.map((each) => `  ${mark} ${planSentence(each, wording)}${certaintyText(each, wording)}`);
    lines.push(head, ...told, '');
  };
  if (plan.clusters.length > 0)
    lines.push(`${translate('field.clusters')}: ${terminalLine(planClusters(plan, wording))}`);
  if (plan.knownAt !== undefined)
    lines.push(translate('steps.known', { date: formatInstant(plan.knownAt, language, zone) }));
  if (lines.length > 0) lines.push('');
  list(`${translate('steps.warnings')}:`, plan.warnings, '!');
  lines.push(`${translate('steps.steps')}:`, ...(plan.steps.length === 0 ? [`  ${translate('steps.none')}`] : []));
  plan.steps.forEach((step, index) => lines.push(...stepLines(step, index, wording)));
  lines.push('');
  list(`${translate('steps.after')}:`, plan.after, '-');
  return `${lines.join('\n').trimEnd()}\n`;
}

export function stepLines(step: PlanStep, index: number, words: PlanWording): string[] {
  const { translate } = words;
  const { why, target, precondition, expected, check, undo, instead } = step;
  const head = translate('steps.head', { at: index + 1, title: stepTitle(step, words) });
  const detail = (column: StepColumn, text: string | undefined) =>
    text === undefined ? [] : [`      ${translate(`steps.column.${column}`)}: ${text}`];
  const sentence = (statement: Statement | undefined) => statement && planSentence(statement, words);
  const commands = [undo, ...(instead?.steps ?? [])].map((each) =>
    each?.command === undefined ? [] : [`        > ${commandText(each.command)}`],
  );
  const command = step.command === undefined ? `(${translate('steps.by-hand')})` : commandText(step.command);
  return [
    `  ${head}${certaintyText(why, words)}`,
    ...command.split('\n').map((line) => `      > ${line}`),
    ...detail('why', sentence(why)),
    ...detail('where', target.kind === 'host' ? undefined : targetText(target, words)),
    ...detail('needs', sentence(precondition)),
    ...detail('expected', sentence(expected)),
    ...detail('check', check && `${commandText(check.command)}  →  ${sentence(check.expected)}`),
    ...detail('undo', sentence(undo?.statement)),
    ...commands[0]!,
    ...detail('instead', sentence(instead?.statement)),
    ...commands.slice(1).flat(),
  ];
}

export function certaintyText({ citations: [first] }: Statement, { translate }: Pick<Wording, 'translate'>): string {
  return first === undefined ? '' : `  [${translate(`certainty.${first.certainty}`)}]`;
}

type StepColumn = 'why' | 'where' | 'needs' | 'expected' | 'check' | 'undo' | 'instead';

/** Lists the commands, each below its step as a comment, followed by the undo commands. */
export function commandsText({ steps }: Pick<Plan, 'steps'>, wording: PlanWording): string {
  const block = (text: string, command: PlanCommand | undefined) =>
    [`# ${text.replaceAll(/\s+/gu, ' ')}`, ...(command === undefined ? [] : [commandText(command)])].join('\n');
  const { translate } = wording;
  return [
    ...steps.map((step, at) =>
      block(
        `${translate('steps.head', { at: at + 1, title: stepTitle(step, wording) })}: ${planSentence(step.why, wording)}`,
        step.command,
      ),
    ),
    ...steps.flatMap(({ undo }) =>
      undo === undefined
        ? []
        : block(`${translate('steps.column.undo')}: ${planSentence(undo.statement, wording)}`, undo.command),
    ),
  ].join('\n\n');
}

export function openText(plan: Plan, { translate }: Wording): string | undefined {
  const names = openValues(plan);
  return names.length === 0 ? undefined : translate('steps.open', { names: names.join(translate('list.and')) });
}
