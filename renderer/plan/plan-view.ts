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
import { formatInstant } from '../../core/shared/text/time.ts';
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
  /** The cluster or the hosts; absent if the previous step or the whole plan is for the same. */
  heading?: string;
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
  place: string | undefined;
  case: string;
  open: string[];
}

export function planWork(plan: Plan, wording: PlanWording): ItemWork<PlanStep, WordedStep, PlanView> {
  return {
    items: plan.steps,
    each: (step) => ({
      view: stepView(step, wording),
      place: placeText(step, wording),
      case: stepCase(step),
      open: openValues({ steps: [step] }),
    }),
    join: (steps) => joinSteps(plan, wording, steps),
  };
}

function placeText({ cluster, isSample, target }: PlanStep, { translate }: PlanWording): string | undefined {
  if (cluster !== undefined) return isSample ? translate('sample.name', { name: cluster }) : cluster;
  return target.kind === 'host' ? translate('place.host') : undefined;
}

function joinSteps(plan: Plan, wording: PlanWording, steps: readonly WordedStep[]): PlanView {
  const { translate, language, zone } = wording;
  const open = [...new Set(steps.flatMap((step) => step.open))];
  const and = translate('list.and');
  const isForOne = new Set(steps.map(({ place }) => place)).size === 1;
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
      const before = steps[at - 1];
      const heading = isForOne || step.place === before?.place ? undefined : step.place;
      return { number: at + 1, ...step.view, heading, isSameCase: step.case === before?.case };
    }),
    after: plan.after.map((each) => citeStatement(each, wording)),
  };
}

const MOST_NAMES = 20;

/** Lists the first of `count` names, then the number of the others; `names` formats the first ones. */
export function someNames(count: number, { translate }: PlanWording, names: (most: number) => string): string {
  const more = count - MOST_NAMES;
  return more <= 0 ? names(count) : translate('steps.clusters.more', { names: names(MOST_NAMES), count: more });
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
    line: planSentence(step.title, wording),
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
