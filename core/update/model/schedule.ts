import { splitRoom, roomFor, type Room } from '../../maintenance/model/room.ts';
import type { MaintenanceRules } from '../../maintenance/model/rules.ts';
import type { Plan, PlanStep } from '../../plan/model/plan.ts';
import { MINUTE_MS } from '../../shared/instant.ts';
import type { Span } from '../../shared/time-zone.ts';
import type { UpdatePlanning } from './planning.ts';

/** The hosts, or one cluster: what must be done within one window. */
export interface UpdatePart {
  /** Absent for the hosts. */
  cluster: string | undefined;
  minutes: number;
  /** The first part also has the repairs and checks before the update. */
  plan: Plan;
}

/** Divides a plan into its updates, in the order of the plan. */
function listUpdateParts(plan: Plan): UpdatePart[] {
  const parts: { cluster: string | undefined; ms: number; steps: PlanStep[] }[] = [];
  // Steps before the first update of a place, such as reading its versions, belong to it.
  let before: PlanStep[] = [];
  for (const step of plan.steps) {
    const { cluster, estimateMs = 0 } = step;
    let part = parts.at(-1);
    if (part?.cluster !== cluster || part === undefined) {
      before.push(step);
      if (estimateMs === 0) continue;
      parts.push((part = { cluster, ms: 0, steps: before }));
      before = [];
    } else part.steps.push(step);
    part.ms += estimateMs;
  }
  parts.at(-1)?.steps.push(...before);
  return parts.map(({ cluster, ms, steps }) => {
    const clusters = plan.clusters.filter(({ name, isHost }) => (cluster === undefined ? isHost : name === cluster));
    return { cluster, minutes: ms / MINUTE_MS, plan: { ...plan, clusters, steps } };
  });
}

export interface UpdateSchedule extends Room {
  /** Absent if one window holds everything, or if the windows do not even hold the parts. */
  split?: readonly (UpdatePart & { span: Span })[];
  /** The part that no window holds. */
  tooLong?: UpdatePart;
}

/** Finds a window for the whole update; otherwise, windows for its parts. The rules must be valid. */
export function scheduleUpdate(
  { plan, minutes }: Pick<UpdatePlanning, 'plan' | 'minutes'>,
  rules: MaintenanceRules,
  nowMs: number,
): UpdateSchedule {
  const room = roomFor(minutes, rules, nowMs);
  if (room.window !== undefined || room.longestMinutes === 0) return room;
  const parts = listUpdateParts(plan);
  const tooLong = parts.find((part) => part.minutes > room.longestMinutes);
  if (tooLong !== undefined) return { ...room, tooLong };
  const lengths = parts.map((part) => part.minutes);
  const spans = splitRoom(lengths, rules, nowMs);
  if (spans.length < parts.length) return room;
  return { ...room, split: parts.map((part, at) => ({ ...part, span: spans[at]! })) };
}
