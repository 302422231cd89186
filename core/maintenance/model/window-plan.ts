import type { Plan, PlanStep } from '../../plan/model/plan.ts';
import type { Instant } from '../../shared/instant.ts';
import type { MaintenancePlan, MaintenanceWindow, PlannedTask } from './maintenance.ts';

/** Tasks that take a cluster or its hosts offline. Other tasks can be repeated. */
const DISRUPTIVE: readonly PlannedTask['kind'][] = ['rotate-ca', 'host-update', 'cluster-update'];

export function windowPlan(plan: MaintenancePlan, { steps }: MaintenanceWindow): Plan {
  const tasks = new Map(plan.tasks.map((task) => [task.id, task]));
  const planned = steps.flatMap(({ task: id, due }) => {
    const task = tasks.get(id);
    return task === undefined ? [] : { task, due };
  });
  const targets = new Map(planned.map(({ task: { target } }) => [target.clusterId, target]));
  return {
    kind: 'maintenance',
    madeAt: plan.generatedAt,
    clusters: [...targets.values()].map(({ clusterId: id, name, kind }) => ({ id, name, isHost: kind === 'host' })),
    warnings: [],
    steps: planned.flatMap(({ task, due }) => taskSteps(task, due)),
    after: [],
  };
}

/** Returns a step for each command of a task, or a single manual step if it has none. */
export function taskSteps(task: PlannedTask, due: Instant): PlanStep[] {
  const { id, step, target, kind, why, again, because, needsPerson } = task;
  const common: PlanStep = {
    id,
    due,
    needsPerson,
    why,
    expected: again,
    title: { text: `maintenance.step.${step}`, citations: why.citations },
    target: { kind: 'host' },
    risk: DISRUPTIVE.includes(kind) ? 'disruptive' : 'low',
    needsApiServer: false,
    cluster: target.name,
    isSample: target.sample,
    because: { failures: [], credentials: because.map((each) => each.id) },
  };
  const [first, ...others] = task.commands;
  if (first === undefined) return [common];
  return [
    { ...common, command: first },
    ...others.map((command, at) => ({ ...common, id: `${id}/${at + 2}`, command })),
  ];
}
