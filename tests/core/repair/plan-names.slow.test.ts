import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { FAILURES } from '../../../core/knowledge/model/failures/failures.ts';
import { instant } from '../../../core/shared/instant.ts';
import type { Plan, PlanCommand } from '../../../core/plan/model/plan.ts';
import { planScript } from '../../../core/plan/export/script.ts';
import { repairPlan } from '../../../core/repair/model/plan.ts';
import { scriptCode, parsePowerShell, readyPowerShell } from '../../support/power-shell.ts';
import { renameInPlan } from '../../support/renamed-plan.ts';
import { HOSTILE_NAMES } from '../maintenance/export/plans.ts';
import { ENGLISH } from '../plan/export/samples.ts';

beforeAll(readyPowerShell);

const NOW = instant('2026-11-25T12:00:00Z');

describe('the name of a cluster', () => {
  function code(command: PlanCommand | undefined): unknown {
    switch (command?.kind) {
      case undefined:
        return null;
      case 'cmdlet':
        return [command.name, command.parameters.map(({ name }) => name)];
      case 'program':
        return [command.program, command.args.map((word) => ('literal' in word ? word.literal : null))];
      case 'script':
        return command.script;
    }
  }

  const skeleton = ({ steps }: Plan): unknown =>
    steps.map((step) => [
      ...[step.title.text, code(step.command), code(step.check?.command)],
      ...[code(step.undo?.command), step.instead?.steps.map(({ command }) => code(command))],
    ]);

  const makePlan = (name: string): Plan =>
    repairPlan({
      now: NOW,
      targets: [
        { name: 'ca-1.contoso.example', kind: 'host', failures: [] },
        { name: 'clustergroup-management', kind: 'management', failures: ['F08', 'F10'] },
        { name, kind: 'workload', failures: FAILURES.map(({ id }) => id) },
      ],
    });
  /** Makes the same plan for a name that the planner itself would replace by a placeholder. */
  const forceName = (name: string): Plan => renameInPlan(makePlan('retail-east'), 'retail-east', name);

  test('is never interpreted as code, whatever it contains', () => {
    const usual = skeleton(makePlan('retail-east'));
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: 'binary' })), (name) => {
        expect(skeleton(makePlan(name))).toEqual(usual);
      }),
      { numRuns: 12, examples: [...HOSTILE_NAMES, ''].map((name) => [name]) },
    );
  });

  test('never changes the code of an exported script or causes a syntax error in it', () => {
    const makeScript = (name: string): string =>
      scriptCode(planScript(forceName(name), ENGLISH)).replaceAll(/^# .*$/gmu, '#');
    const usual = makeScript('retail-east');
    for (const name of HOSTILE_NAMES) {
      const script = planScript(forceName(name), ENGLISH);
      expect(parsePowerShell(script).hasError).toBe(false);
      expect(makeScript(name)).toBe(usual);
    }
  });
});
