import type { TargetFormat } from '../../shared/files/file-format.ts';
import type { ClusterId } from '../../shared/ids.ts';
import { DAY_MS, instantFromMs, MINUTE_MS, type Instant } from '../../shared/instant.ts';
import { getHorizon, planWindows, type MissReason, type PlannedWindow } from './planner.ts';
import { relaxationsFor, type Relaxation } from './relax.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { resolveTimeZone, ruleFaults, type PlanningRules } from './rules.ts';
import {
  maintenanceTasks,
  type MaintenanceInput,
  type MaintenanceNote,
  type MaintenanceTask,
  type MaintenanceTasks,
} from './tasks.ts';

export type PlannedTask = Omit<MaintenanceTask, 'deadlineMs' | 'repeatsWithinMs' | 'durationMs'> & {
  deadline: Instant;
  /** Whole days until the task is due again; absent for a task that is done only once. */
  repeatsAfterDays?: number;
  minutes: number;
};

export interface PlannedStep {
  task: string;
  start: Instant;
  end: Instant;
  /** The deadline minus the lead. */
  due: Instant;
}

export interface MaintenanceWindow {
  start: Instant;
  /** End of the hours that the rules allow. */
  end: Instant;
  /** Estimated end of the last task. */
  done: Instant;
  /** In order; steps on different hosts run in parallel. */
  steps: PlannedStep[];
}

export interface MissedDeadline {
  task: string;
  reason: MissReason;
  deadline: Instant;
  /** The first missed due time: a deadline minus the lead. */
  due: Instant;
  /** End of the work in this plan; absent if the horizon has no window for it. */
  done?: Instant;
  /** Whole minutes after `due`; present together with `done`. */
  lateMinutes?: number;
  isPastDeadline: boolean;
  times: number;
  /** Single changes to the rules, smallest first, each of which is sufficient. */
  relaxations: Relaxation[];
}

export interface MaintenancePlan {
  generatedAt: Instant;
  until: Instant;
  rules: PlanningRules;
  /** All tasks, including those not planned within the horizon. */
  tasks: PlannedTask[];
  windows: MaintenanceWindow[];
  missed: MissedDeadline[];
  /** Number of windows that the rules allow within the horizon. */
  considered: number;
  notes: MaintenanceNote[];
}

/**
 * Plans tasks under valid rules with a named time zone. A task whose deadline passes before its first window is missed
 * and in no window: it counts as done now, so that only its repetitions are planned.
 */
export function maintenancePlan(
  { tasks, notes }: MaintenanceTasks,
  rules: PlanningRules,
  nowMs: number,
): MaintenancePlan {
  const deadlines = new Map(tasks.map(({ id, deadlineMs }) => [id, deadlineMs]));
  const leadMs = rules.leadDays * DAY_MS;
  const first = planWindows(tasks, rules, nowMs);
  const urgent = first.missed.filter(({ id, dueMs, endMs = Infinity }) => {
    const deadlineMs = deadlines.get(id) ?? 0;
    return dueMs + leadMs <= deadlineMs && endMs > deadlineMs;
  });
  const urgentIds = new Set(urgent.map(({ id }) => id));
  const planned = urgent.length === 0 ? first : planWindows(postpone(tasks, urgentIds, nowMs), rules, nowMs);
  const missed = [...urgent, ...planned.missed.filter(({ id }) => !urgentIds.has(id))];
  const relaxed = new Map(relaxationsFor(tasks, rules, nowMs, missed).map(({ id, relaxations }) => [id, relaxations]));
  return {
    generatedAt: instantFromMs(nowMs),
    until: instantFromMs(getHorizon(rules, nowMs).untilMs),
    rules,
    tasks: tasks.map(getTask),
    windows: planned.windows.map(convertWindow),
    missed: missed.map(({ id, reason, dueMs, endMs, times }) => {
      // A repeated task may meet its first deadline and miss a later one.
      const deadlineMs = Math.max(deadlines.get(id) ?? 0, dueMs + leadMs);
      return {
        task: id,
        reason,
        deadline: instantFromMs(deadlineMs),
        due: instantFromMs(dueMs),
        ...(endMs !== undefined && { done: instantFromMs(endMs), lateMinutes: Math.ceil((endMs - dueMs) / MINUTE_MS) }),
        isPastDeadline: endMs === undefined || endMs > deadlineMs,
        times,
        relaxations: relaxed.get(id) ?? [],
      };
    }),
    considered: planned.considered,
    notes,
  };
}

function postpone(tasks: readonly MaintenanceTask[], urgent: ReadonlySet<string>, nowMs: number): MaintenanceTask[] {
  return tasks.flatMap((task) => {
    const { id, repeatsWithinMs, after = [] } = task;
    const rest = { ...task, after: after.filter((each) => !urgent.has(each)) };
    if (!urgent.has(id)) return [rest];
    return repeatsWithinMs === undefined ? [] : [{ ...rest, deadlineMs: nowMs + repeatsWithinMs }];
  });
}

function convertWindow({ startMs, endMs, doneMs, runs }: PlannedWindow): MaintenanceWindow {
  return {
    start: instantFromMs(startMs),
    end: instantFromMs(endMs),
    done: instantFromMs(doneMs),
    steps: runs.map((run) => ({
      task: run.id,
      start: instantFromMs(run.startMs),
      end: instantFromMs(run.endMs),
      due: instantFromMs(run.dueMs),
    })),
  };
}

function getTask({ deadlineMs, repeatsWithinMs, durationMs, ...task }: MaintenanceTask): PlannedTask {
  return {
    ...task,
    deadline: instantFromMs(deadlineMs),
    repeatsAfterDays: repeatsWithinMs && repeatsWithinMs / DAY_MS,
    minutes: durationMs / MINUTE_MS,
  };
}

export const PLAN_FILES = {
  ics: { name: 'maintenance.ics', format: 'ics' },
  markdown: { name: 'maintenance.md', format: 'md' },
  'task-xml': { name: 'arcwarden-maintenance.xml', format: 'xml' },
  'task-xml-clustered': { name: 'arcwarden-maintenance.xml', format: 'xml' },
  script: { name: 'arcwarden-maintenance.ps1', format: 'ps1' },
  register: { name: 'register-arcwarden-maintenance.ps1', format: 'ps1' },
} as const satisfies Record<string, { name: string; format: TargetFormat }>;
export type PlanFormat = keyof typeof PLAN_FILES;
export const PLAN_FORMATS = Object.keys(PLAN_FILES) as PlanFormat[];

/** Plans a fleet under rules that may use this computer's time zone. Throws `plan.rules-invalid`. */
export function fleetPlan(input: MaintenanceInput, planning: PlanningRules, localZone: string): MaintenancePlan {
  const rules = resolveTimeZone(planning, localZone);
  const [fault] = ruleFaults(rules);
  if (fault !== undefined) throw new ConsoleError('plan.rules-invalid', { ...fault });
  return maintenancePlan(maintenanceTasks(input, rules), rules, input.nowMs);
}

interface PlannedDeployment {
  id: ClusterId;
  name: string;
}

export function deploymentsIn(
  plan: Pick<MaintenancePlan, 'windows'> & { tasks: readonly Pick<PlannedTask, 'id' | 'lane' | 'deployment'>[] },
): PlannedDeployment[] {
  const planned = new Set(plan.windows.flatMap(({ steps }) => steps.map(({ task }) => task)));
  const names = new Map(
    plan.tasks.flatMap(({ id, lane, deployment }) => (planned.has(id) ? [[lane, deployment] as const] : [])),
  );
  return [...names]
    .map(([id, name]) => ({ id, name }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

export function planDeployment(plan: MaintenancePlan, deployment: ClusterId): MaintenancePlan {
  const tasks = plan.tasks.filter(({ lane }) => lane === deployment);
  const ids = new Set(tasks.map(({ id }) => id));
  return {
    ...plan,
    tasks,
    windows: plan.windows.flatMap((window) => {
      const steps = window.steps.filter(({ task }) => ids.has(task));
      if (steps.length === 0) return [];
      const done = steps.reduce((latest, { end }) => (end > latest ? end : latest), window.start);
      return { ...window, done, steps };
    }),
    missed: plan.missed.filter(({ task }) => ids.has(task)),
    notes: plan.notes.filter(({ lane }) => lane === deployment),
  };
}
