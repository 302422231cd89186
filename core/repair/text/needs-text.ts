import type { Translate } from '../../shared/text/text.ts';
import { commandText, type PlanStep } from '../../plan/model/plan.ts';
import { certaintyText, planCondition, planSentence, type PlanWording } from '../../plan/text/plan-text.ts';
import { epochMs } from '../../shared/instant.ts';
import type { NeedImpact } from '../model/impact.ts';
import { CONFIRMED, UNSURE } from '../model/plan.ts';
import { FLEET_LANES, type ClusterNeed, type LaneCounts } from '../model/needs.ts';

export interface NeedWording {
  translate: Translate;
  formatDate: (ms: number) => string;
}

/** Returns one sentence for each lane with clusters, the worst first. */
export function needSentences(counts: LaneCounts, { translate, formatDate }: NeedWording): string[] {
  return FLEET_LANES.flatMap((lane) => {
    const count = counts[lane];
    if (count === undefined) return [];
    const { clusters, sample, first } = count;
    const cluster = sample ? translate('sample.name', { name: count.cluster }) : count.cluster;
    const date = first === undefined ? '' : formatDate(epochMs(first));
    return [translate(`needs.${lane}`, { clusters, cluster, date, dated: first === undefined ? 'no' : 'yes' })];
  });
}

export function impactText({ id, state, atMs, isAssumed }: NeedImpact, { translate, formatDate }: NeedWording): string {
  const name = translate(`impact.${id}`);
  const what = isAssumed ? translate('impact.assumed', { what: name }) : name;
  return atMs === undefined
    ? translate('impact.stopped.undated', { what })
    : translate(`impact.${state}`, { what, date: formatDate(atMs) });
}

/** Names the check instead of the first step if that step is for an uncertain cause. */
export function firstStepLine(
  { cluster: name, sample, steps: [first], unsure }: Pick<ClusterNeed, 'cluster' | 'sample' | 'steps' | 'unsure'>,
  wording: PlanWording,
): string {
  const cluster = sample ? wording.translate('sample.name', { name }) : name;
  const only = first?.only ?? [];
  const check = only.some(({ text }) => text === CONFIRMED) ? unsure.find(({ text }) => text === UNSURE) : undefined;
  const line = first === undefined ? '' : stepLine(first, wording);
  const step =
    check !== undefined
      ? planSentence(check, wording)
      : only.length > 0
        ? wording.translate('steps.only', { only: planCondition(only, wording), title: line })
        : line;
  const source = check ?? first?.why;
  const certainty = source === undefined ? '' : certaintyText(source, wording);
  return wording.translate('needs.first-step', { cluster, step }) + certainty;
}

export function stepLine({ command, title }: Pick<PlanStep, 'command' | 'title'>, wording: PlanWording): string {
  return command === undefined ? planSentence(title, wording) : commandText(command);
}
