import { expect, test } from 'vitest';
import { FAILURES } from '../../../core/knowledge/model/failures/failures.ts';
import { findRepairStepId } from '../../../core/availability/model/repair-order.ts';
import { instant } from '../../../core/shared/instant.ts';
import { commandText, openValues, type PlanStep } from '../../../core/plan/model/plan.ts';
import { repairPlan } from '../../../core/repair/model/plan.ts';
import { credential, DEPOT, healthy, makePlan, stepCommand, mergeRows } from './fleet-by-hand.ts';

const NOW = instant('2025-04-02T08:00:00Z');
const text = ({ command }: PlanStep): string => (command === undefined ? '' : commandText(command));

test('the containers of two programs have separate steps to find them and to stop them', () => {
  for (const failures of [
    ['F36', 'F08'],
    ['F08', 'F36'],
  ] as const) {
    const { steps } = repairPlan({ now: NOW, targets: [{ name: 'depot', kind: 'workload', failures }] });
    const findStep = (part: string): number => steps.findIndex((step) => text(step).includes(part));
    const kms = [findStep('| grep kms'), findStep('crictl stop <kms-container-id>')];
    const vip = [findStep("| grep 'kube-vip'"), findStep('crictl stop <kube-vip-container-id>')];
    for (const [found = -1, stopped = -1] of [kms, vip]) {
      expect(found).toBeGreaterThanOrEqual(0);
      expect(stopped).toBeGreaterThan(found);
    }
    expect(steps.filter((step) => text(step).includes('crictl stop'))).toHaveLength(2);
    // The step runs on each control plane, since each of them has its own plugin.
    expect(steps.filter((step) => text(step).includes('grep kms')).map(({ target }) => target.kind)).toEqual([
      'every-control-plane',
    ]);
    expect(openValues({ steps })).toEqual(expect.arrayContaining(['kms-container-id', 'kube-vip-container-id']));
  }
});

test('steps of two failures have the same command if and only if they have the same action', () => {
  const steps = FAILURES.flatMap(({ id, steps: own }) => own.map((step) => ({ failure: id, step })));
  const shared = steps.filter(({ step }) => step.command !== undefined && findRepairStepId(step.command) === undefined);
  for (const { failure, step } of shared)
    for (const other of shared)
      if (other.failure !== failure)
        expect(other.step.command === step.command, `${failure} ${step.id} and ${other.failure} ${other.step.id}`).toBe(
          step.action !== undefined && step.action === other.step.action,
        );
});

test('the reason for a lookup that every repair needs is not an uncertain failure', () => {
  const rows = mergeRows(healthy(DEPOT), credential(DEPOT, 'apiserver', -2));
  const { steps } = makePlan({ rows, named: [DEPOT.name] });
  const [lookUp] = steps;
  expect(stepCommand(lookUp ?? {})).toMatch(/^Get-ClusterNode /u);
  expect([lookUp?.only, lookUp?.why.text]).toEqual([undefined, 'repair.fact.find.why']);
});
