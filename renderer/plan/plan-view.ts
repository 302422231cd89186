import type { ExpiryState } from '../../core/knowledge/model/credentials/expiry-state.ts';
import type { Citation, Statement } from '../../core/shared/citation.ts';
import { commandText, openValues, stepCase, type Plan, type PlanStep } from '../../core/plan/model/plan.ts';
import {
  planClusters,
  planCondition,
  planSentence,
  stepTitle,
  takesText,
  targetText,
  type PlanWording,
} from '../../core/plan/text/plan-text.ts';
import { formatInstant, formatLength } from '../../core/shared/text/time.ts';
import { workAtOnce, type ItemWork } from '../parts/slices.svelte.ts';

export interface CitedSentence {
  text: string;
  citations: readonly Citation[];
}

export const RISK_MARKS = {
  none: 'fine',
  low: 'fine',
  disruptive: 'renewal-overdue',
  dangerous: 'urgent',
} as const satisfies Record<PlanStep['risk'], ExpiryState>;

export interface PlanStepView {
  id: string;
  /** Present for the first step of a group; absent if the whole plan is for one place. */
  group?: PlanGroup;
  /** Whether the conditions of this step are those of the previous one. */
  isSameCase: boolean;
  /** Includes cluster and conditions. */
  title: string;
  line: string;
  /** 1-based; absent for a step of the alternative procedure. */
  number?: number;
  /** Absent for a manual step. */
  command?: string;
  target: string;
  why: CitedSentence;
  only: CitedSentence[];
  precondition?: CitedSentence;
  expected?: CitedSentence;
  check?: { command: string; expected: CitedSentence };
  undo?: CitedSentence & { command?: string };
  risk: PlanStep['risk'];
  needsApiServer: boolean;
  takes?: string;
  instead?: { said: CitedSentence; steps: PlanStepView[] };
}

/** Steps for the same cluster, or for the hosts, that follow each other. */
export interface PlanGroup {
  name: string;
  count: number;
  /** Absent if nothing says how long its steps take. */
  takes: string | undefined;
}

export interface PlanView {
  clusters: string;
  known?: string;
  open?: string;
  warnings: CitedSentence[];
  steps: PlanStepView[];
  after: CitedSentence[];
}

export function planView(plan: Plan, wording: PlanWording): PlanView {
  return workAtOnce(planWork(plan, wording));
}

interface WordedStep {
  view: PlanStepView;
  ms: number;
  place: string | undefined;
  case: string;
  open: string[];
}

export function planWork(plan: Plan, wording: PlanWording): ItemWork<PlanStep, WordedStep, PlanView> {
  return {
    items: plan.steps,
    each: (step) => ({
      view: stepView(step, wording),
      ms: step.estimateMs ?? step.takes?.usualMs ?? 0,
      place: placeText(step, wording),
      case: stepCase(step),
      open: openValues({ steps: [step] }),
    }),
    join: (steps) => joinSteps(plan, wording, steps),
  };
}

function placeText({ cluster, isSample, target }: PlanStep, { translate }: PlanWording): string | undefined {
  if (cluster !== undefined) return isSample ? translate('sample.name', { name: cluster }) : cluster;
  return target.kind === 'host' || target.kind === 'every-host' ? translate('place.host') : undefined;
}

/** Returns the groups by the index of their first step; a step without a place belongs to the group before it. */
function groupByPlace(steps: readonly WordedStep[], { translate, language }: PlanWording): Map<number, PlanGroup> {
  const groups: { at: number; name: string; count: number; ms: number }[] = [];
  for (const [at, { place, ms }] of steps.entries()) {
    const last = groups.at(-1);
    const name = place ?? last?.name ?? translate('place.host');
    if (last?.name === name) {
      last.count += 1;
      last.ms += ms;
    } else groups.push({ at, name, count: 1, ms });
  }
  return new Map(
    groups.length < 2
      ? []
      : groups.map(({ at, ms, ...group }) => [
          at,
          { ...group, takes: ms > 0 ? formatLength(ms, language) : undefined },
        ]),
  );
}

function joinSteps(plan: Plan, wording: PlanWording, steps: readonly WordedStep[]): PlanView {
  const { translate, language, zone } = wording;
  const open = [...new Set(steps.flatMap((step) => step.open))];
  const and = translate('list.and');
  const groups = groupByPlace(steps, wording);
  return {
    clusters: someNames(plan.clusters.length, wording, (most) =>
      planClusters({ clusters: plan.clusters.slice(0, most) }, wording),
    ),
    known: plan.knownAt && translate('steps.known', { date: formatInstant(plan.knownAt, language, zone) }),
    open:
      open.length === 0
        ? undefined
        : translate('steps.open', { names: someNames(open.length, wording, (most) => open.slice(0, most).join(and)) }),
    warnings: plan.warnings.map((each) => citeStatement(each, wording)),
    steps: steps.map((step, at) => {
      const isSameCase = step.case === steps[at - 1]?.case;
      return { number: at + 1, ...step.view, group: groups.get(at), isSameCase };
    }),
    after: plan.after.map((each) => citeStatement(each, wording)),
  };
}

const MOST_NAMES = 20;

/** Lists the first of `count` names, then the number of the others; `names` formats the first ones. */
export function someNames(
  count: number,
  { translate }: Pick<PlanWording, 'translate'>,
  names: (most: number) => string,
  most = MOST_NAMES,
): string {
  const more = count - most;
  return more <= 0 ? names(count) : translate('steps.clusters.more', { names: names(most), count: more });
}

export function citeStatement(statement: Statement, wording: PlanWording): CitedSentence {
  return { text: planSentence(statement, wording), citations: statement.citations };
}

function stepView(step: PlanStep, wording: PlanWording): PlanStepView {
  const { id, command, why, only = [], precondition, expected, check, undo, instead } = step;
  return {
    id,
    isSameCase: false,
    title: stepTitle(step, wording),
    line: stepTitle({ title: step.title }, wording),
    target: targetText(step.target, wording),
    command: command && commandText(command),
    why: citeStatement(why, wording),
    only:
      only.length === 0
        ? []
        : [{ text: planCondition(only, wording), citations: only.flatMap((each) => each.citations) }],
    precondition: precondition && citeStatement(precondition, wording),
    expected: expected && citeStatement(expected, wording),
    check: check && { command: commandText(check.command), expected: citeStatement(check.expected, wording) },
    undo: undo && { ...citeStatement(undo.statement, wording), command: undo.command && commandText(undo.command) },
    risk: step.risk,
    needsApiServer: step.needsApiServer,
    takes: takesText(step, wording),
    instead: instead && {
      said: citeStatement(instead.statement, wording),
      steps: instead.steps.map((each) => stepView(each, wording)),
    },
  };
}
