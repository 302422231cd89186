import { expect, test } from 'vitest';
import { commandText } from '../../../../core/plan/model/plan.ts';
import { UPDATE_UNKNOWN } from '../../../../core/maintenance/model/facts.ts';
import type { MaintenancePlan } from '../../../../core/maintenance/model/maintenance.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import { packPlan, unpackPlan, type PackedPlan } from '../../../../core/maintenance/model/shown-plan.ts';
import { HOSTILE_NAMES, samplePlan } from '../export/plans.ts';

const serializePacked = (plan: MaintenancePlan): string => JSON.stringify(packPlan(plan));

test.each(HOSTILE_NAMES)('a page shows the plan unchanged if a cluster is named %j', (name) => {
  for (const leadDays of [7, 39, 90]) {
    const plan: MaintenancePlan = {
      ...samplePlan(name, { leadDays }),
      notes: [name, 'retail-west'].map((cluster) => ({
        statement: UPDATE_UNKNOWN,
        cluster,
        lane: 'agent' as ClusterId,
      })),
    };
    const shown = unpackPlan(JSON.parse(serializePacked(plan)) as PackedPlan);
    const tasks = plan.tasks.map(({ because: _, after: __, commands, ...task }) => ({
      ...task,
      commands: commands.map(commandText),
    }));
    const notes = plan.notes.map(({ statement, cluster }) => ({ statement, cluster }));
    expect(shown).toEqual({ ...plan, tasks, notes });
  }
});

test('for a thousand clusters with the same work, a page receives less than a third of the size of the plan', () => {
  const { tasks, windows, ...plan } = samplePlan('retail-east');
  const copies = Array.from({ length: 1_000 }, (_, at) => at);
  const whole = {
    ...plan,
    tasks: copies.flatMap((at) => tasks.map((task) => ({ ...task, id: `${task.id} ${at}` }))),
    windows: windows.map((window) => ({
      ...window,
      steps: copies.flatMap((at) => window.steps.map((step) => ({ ...step, task: `${step.task} ${at}` }))),
    })),
  };
  const unnamed = { ...whole, missed: [] };
  expect(serializePacked(unnamed).length).toBeLessThan(JSON.stringify(unnamed).length / 3);
});
