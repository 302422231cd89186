import type { Translate } from '../../shared/text/text.ts';
import { commandText, type PlanStep } from '../../plan/model/plan.ts';
import { planSentence, type PlanWording } from '../../plan/text/plan-text.ts';
import { instantOrNull, epochMs } from '../../shared/instant.ts';
import type { NeedImpact } from '../model/impact.ts';
import { countLanes, findLane, FLEET_LANES, type ClusterNeed, type LaneCounts } from '../model/needs.ts';

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

export function firstStepLine(
  { cluster: name, sample, steps: [first] }: Pick<ClusterNeed, 'cluster' | 'sample' | 'steps'>,
  wording: PlanWording,
): string {
  const step = first === undefined ? '' : stepLine(first, wording);
  const cluster = sample ? wording.translate('sample.name', { name }) : name;
  return wording.translate('needs.first-step', { cluster, step });
}

export function stepLine({ command, title }: Pick<PlanStep, 'command' | 'title'>, wording: PlanWording): string {
  return command === undefined ? planSentence(title, wording) : commandText(command);
}

/** Returns the record for `--json`; see `docs/cli.md`. */
export function needsRecord(needs: readonly ClusterNeed[]): object {
  const counts = countLanes(needs);
  return {
    ...Object.fromEntries(
      FLEET_LANES.map((lane) => {
        const { clusters = 0, first = null } = counts[lane] ?? {};
        return [lane, { clusters, first }];
      }),
    ),
    clusters: needs.map(needRecord),
  };
}

function needRecord(need: ClusterNeed): object {
  const { clusterId, cluster, impacts, steps } = need;
  const [first] = steps;
  const command = first?.command === undefined ? null : commandText(first.command);
  const firstStep = first === undefined ? null : { id: first.id, command };
  return { cluster, clusterId, lane: findLane(need) ?? null, impacts: impacts.map(impactRecord), firstStep };
}

export function impactRecord({ id, state, atMs, credentials }: NeedImpact): object {
  return { id, state, at: instantOrNull(atMs), credentials };
}
