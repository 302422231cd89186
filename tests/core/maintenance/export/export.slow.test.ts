import { describe, expect, test } from 'vitest';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import {
  deploymentsIn,
  planDeployment,
  PLAN_FORMATS,
  type MaintenancePlan,
  type PlanFormat,
} from '../../../../core/maintenance/model/maintenance.ts';
import { planFile } from '../../../../core/maintenance/export/export.ts';
import { ENGLISH, samplePlan } from './plans.ts';

const NORTH = 'north' as ClusterId;
const SOUTH = 'south' as ClusterId;

/** Builds the sample plan, but with its workload cluster on separate hosts. */
function twoDeployments(): MaintenancePlan {
  const plan = samplePlan('retail-east');
  return {
    ...plan,
    tasks: plan.tasks.map((task) => {
      const isNorth = task.target.kind === 'host';
      const lane = isNorth ? NORTH : SOUTH;
      return {
        ...task,
        lane,
        deployment: isNorth ? 'ca-1.example' : 'retail-east',
        target: { ...task.target, clusterId: lane },
      };
    }),
  };
}

const formatPlan = (format: PlanFormat, plan: MaintenancePlan, deployment?: ClusterId): string =>
  new TextDecoder(format.startsWith('task') ? 'utf-16le' : 'utf-8').decode(
    planFile(plan, { format, deployment }, ENGLISH),
  );

const catchError = (work: () => unknown): unknown => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('a plan for several deployments', () => {
  test('lists each deployment that has planned work, sorted by name', () => {
    expect(deploymentsIn(twoDeployments())).toEqual([
      { id: NORTH, name: 'ca-1.example' },
      { id: SOUTH, name: 'retail-east' },
    ]);
  });

  test('can be divided into one plan per deployment without loss of windows, tasks or missed deadlines', () => {
    const plan = twoDeployments();
    const parts = [NORTH, SOUTH].map((id) => planDeployment(plan, id));
    for (const part of parts) {
      const ids = new Set(part.tasks.map(({ id }) => id));
      for (const { steps, done } of part.windows) {
        expect(steps.length).toBeGreaterThan(0);
        expect(done).toBe(
          steps
            .map(({ end }) => end)
            .sort()
            .at(-1),
        );
        for (const { task } of steps) expect(ids.has(task)).toBe(true);
      }
    }
    const stepsIn = ({ windows }: MaintenancePlan): number => windows.reduce((sum, { steps }) => sum + steps.length, 0);
    expect(parts.map(stepsIn).reduce((a, b) => a + b)).toBe(stepsIn(plan));
    expect(parts.flatMap(({ missed }) => missed)).toEqual(plan.missed);
  });

  test.each(['task-xml', 'task-xml-clustered'] as const)(
    'becomes a %s file only for one chosen deployment, whose id is passed to the script',
    (format) => {
      const plan = twoDeployments();
      expect(catchError(() => formatPlan(format, plan))).toMatchObject({
        code: 'plan.deployment-needed',
        params: { names: 'ca-1.example, retail-east' },
      });
      expect(formatPlan(format, plan, NORTH)).toContain('.ps1" -Deployment north</Arguments>');
      expect(formatPlan(format, samplePlan('retail-east'))).not.toContain('-Deployment');
    },
  );

  test('becomes a single script that lists all deployments', () => {
    const script = formatPlan('script', twoDeployments());
    expect(script).toContain('"deployments": [\r\n    "north",\r\n    "south"\r\n  ]');
    expect(formatPlan('script', twoDeployments(), SOUTH)).not.toContain('"north"');
  });
});

test.each(PLAN_FORMATS)(
  'a plan without windows is refused in formats whose file would then do nothing, and accepted in the others: %s',
  (format) => {
    const empty = { ...samplePlan('retail-east'), windows: [] };
    const fault = catchError(() => formatPlan(format, empty));
    if (format === 'markdown' || format === 'register') expect(fault).toBeUndefined();
    else expect(fault).toMatchObject({ code: 'plan.nothing-planned' });
  },
);

test.each([
  ['CONTOSO\\aks', 'plan.account-needs-password'],
  ['CONTOSO\\aks$', undefined],
])('a clustered task with the account %s has the problem %s', (account, code) => {
  const write = (format: PlanFormat) => () => {
    planFile(samplePlan('retail-east'), { format, account }, ENGLISH);
  };
  const fault = catchError(write('task-xml-clustered'));
  if (code === undefined) expect(fault).toBeUndefined();
  else expect(fault).toMatchObject({ code, params: { account } });
  expect(catchError(write('task-xml'))).toBeUndefined();
});
