import { commandText } from '../../plan/model/plan.ts';
import type { Statement } from '../../shared/citation.ts';
import type { ClusterId } from '../../shared/ids.ts';
import { instantFromMs, SECOND_MS, epochMs, type Instant } from '../../shared/instant.ts';
import type { MaintenanceNote } from './tasks.ts';
import type { MaintenancePlan, MaintenanceWindow, MissedDeadline, PlannedTask } from './maintenance.ts';

/* The plan sent to a page. Values that tasks share are sent once, and as numbers where possible. */

interface ShownTask extends Omit<PlannedTask, 'after' | 'because' | 'commands'> {
  commands: string[];
}

export interface ShownPlan extends Omit<MaintenancePlan, 'tasks' | 'notes'> {
  tasks: ShownTask[];
  notes: Omit<MaintenanceNote, 'lane'>[];
}

type Shape = Omit<ShownTask, 'id' | 'lane' | 'deployment' | 'target' | 'commands' | 'deadline'> & {
  target: Omit<ShownTask['target'], 'clusterId' | 'name'>;
};
type MissShape = Pick<MissedDeadline, 'reason' | 'isPastDeadline' | 'times' | 'relaxations'>;

/** Refers to tasks, shapes, lanes and statements by index; instants are seconds since 1970. */
export interface PackedPlan extends Pick<MaintenancePlan, 'generatedAt' | 'until' | 'rules' | 'considered'> {
  shapes: Shape[];
  lanes: Pick<ShownTask, 'lane' | 'deployment'>[];
  tasks: [shape: number, id: string, lane: number, cluster: ClusterId, name: string, deadline: number, ...string[]][];
  /** Four numbers for each step: its task, start, end and due time. */
  windows: { start: Instant; end: Instant; done: Instant; steps: number[] }[];
  missShapes: MissShape[];
  /** `done` and `late`, in minutes, are present or absent together. */
  missed: [shape: number, task: number, deadline: number, due: number, done?: number, late?: number][];
  statements: Statement[];
  notes: [statement: number, cluster: string][];
}

/** Stores each value once, comparing values by content. */
class Distinct<T> {
  readonly values: T[] = [];
  readonly #places = new Map<string, number>();

  intern(value: T): number {
    const key = JSON.stringify(value);
    let place = this.#places.get(key);
    if (place === undefined) {
      place = this.values.push(value) - 1;
      this.#places.set(key, place);
    }
    return place;
  }
}

const secondsSinceEpoch = (at: Instant): number => epochMs(at) / SECOND_MS;
const instantFromSeconds = (seconds: number): Instant => instantFromMs(seconds * SECOND_MS);

export function packPlan({ tasks: all, ...plan }: MaintenancePlan): PackedPlan {
  const shapes = new Distinct<Shape>();
  const lanes = new Distinct<PackedPlan['lanes'][number]>();
  const places = new Map<string, number>();
  const tasks: PackedPlan['tasks'] = [];
  for (const { id, lane, deployment, target, commands, deadline, because: _, after: __, ...common } of all) {
    const { clusterId, name, ...kind } = target;
    const shape = shapes.intern({ ...common, target: kind });
    places.set(id, tasks.length);
    const place = lanes.intern({ lane, deployment });
    tasks.push([shape, id, place, clusterId, name, secondsSinceEpoch(deadline), ...commands.map(commandText)]);
  }
  const windows = plan.windows.map(({ steps, ...window }) => ({
    ...window,
    steps: steps.flatMap(({ task, start, end, due }) => [
      places.get(task)!,
      ...[start, end, due].map(secondsSinceEpoch),
    ]),
  }));
  const missShapes = new Distinct<MissShape>();
  const missed = plan.missed.map(
    ({ task, deadline, due, done, lateMinutes, ...common }): PackedPlan['missed'][number] => {
      const ends: [number?, number?] = done === undefined ? [] : [secondsSinceEpoch(done), lateMinutes];
      return [
        missShapes.intern(common),
        places.get(task)!,
        secondsSinceEpoch(deadline),
        secondsSinceEpoch(due),
        ...ends,
      ];
    },
  );
  const statements = new Distinct<Statement>();
  const notes = plan.notes.map(({ statement, cluster }): PackedPlan['notes'][number] => [
    statements.intern(statement),
    cluster,
  ]);
  const lists = {
    shapes: shapes.values,
    lanes: lanes.values,
    missShapes: missShapes.values,
    statements: statements.values,
  };
  return { ...plan, ...lists, tasks, windows, missed, notes };
}

export function unpackPlan({ shapes, lanes, missShapes, statements, ...packed }: PackedPlan): ShownPlan {
  const kinds = shapes.map(({ target, ...common }) => ({ kind: target, common }));
  const tasks: ShownTask[] = [];
  for (const [shape, id, at, clusterId, name, deadline, ...commands] of packed.tasks) {
    const { kind, common } = kinds[shape]!;
    // The common fields come last: V8 takes ten times as long to add fields to an object created by a spread.
    const target = { clusterId, name, ...kind };
    const { lane, deployment } = lanes[at]!;
    tasks.push({ id, lane, deployment, target, deadline: instantFromSeconds(deadline), commands, ...common });
  }
  const idAt = (place: number): string => tasks[place]!.id;
  const windows = packed.windows.map(({ steps: numbers, ...window }): MaintenanceWindow => {
    const steps: MaintenanceWindow['steps'] = [];
    for (let at = 0; at < numbers.length; at += 4) {
      const [task, start, end, due] = numbers.slice(at, at + 4) as [number, number, number, number];
      steps.push({
        task: idAt(task),
        start: instantFromSeconds(start),
        end: instantFromSeconds(end),
        due: instantFromSeconds(due),
      });
    }
    return { ...window, steps };
  });
  const missed = packed.missed.map(([shape, task, deadline, due, done, lateMinutes]): MissedDeadline => ({
    task: idAt(task),
    deadline: instantFromSeconds(deadline),
    due: instantFromSeconds(due),
    done: done === undefined ? undefined : instantFromSeconds(done),
    lateMinutes,
    ...missShapes[shape]!,
  }));
  const notes = packed.notes.map(([statement, cluster]) => ({ statement: statements[statement]!, cluster }));
  return { ...packed, tasks, windows, missed, notes };
}
