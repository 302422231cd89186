import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../core/inventory/model/board-row.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import { DEFAULT_PLANNING } from '../../../core/maintenance/model/rules.ts';
import { maintenancePlan } from '../../../core/maintenance/model/maintenance.ts';
import { maintenanceTasks } from '../../../core/maintenance/model/tasks.ts';
import { windowPlan } from '../../../core/maintenance/model/window-plan.ts';
import { fleetNeeds } from '../../../core/repair/model/needs.ts';
import { repairPlan } from '../../../core/repair/model/plan.ts';
import { repairRequest } from '../../../core/repair/model/request.ts';
import { planRepair } from '../../../core/repair/service.ts';
import { planUpdate } from '../../../core/update/service.ts';
import type { Plan, PlanStep } from '../../../core/plan/model/plan.ts';
import {
  AGENT,
  credential,
  DEPOT,
  healthy,
  MANAGEMENT,
  mergeRows,
  NOW,
  NOW_MS,
  place,
  stepCommand,
} from './fleet-by-hand.ts';

/* All plans of a fleet agree on the order of repairs, on who must act, and on the steps that a script may run alone. */

const YARD = place('yard');
const PLACES = [AGENT, MANAGEMENT, DEPOT, YARD];
const ROWS = [
  ...healthy(DEPOT, YARD),
  credential(DEPOT, 'kubelet-server', 3),
  credential(YARD, 'kubelet-server', 3),
  credential(YARD, 'ad-auth-webhook', 300),
];

type End = 'read' | 'expired' | 'expiring' | 'unread';
const drawFleet = (soon: number): fc.Arbitrary<BoardRow[]> =>
  fc
    .tuple(
      ...ROWS.map(() =>
        fc.oneof(
          { weight: 6, arbitrary: fc.constant<End>('read') },
          { weight: 2, arbitrary: fc.constant<End>('expired') },
          { weight: soon, arbitrary: fc.constant<End>('expiring') },
          { weight: 1, arbitrary: fc.constant<End>('unread') },
        ),
      ),
    )
    .map((ends) =>
      ROWS.flatMap((row, at) => {
        if (ends[at] === 'unread') return [];
        if (ends[at] === 'read') return [row];
        const notAfterMs = NOW_MS + (ends[at] === 'expired' ? -1000 : 3_600_000);
        return [{ ...row, notAfterMs, notBeforeMs: notAfterMs - ((row.notAfterMs ?? 0) - (row.notBeforeMs ?? 0)) }];
      }),
    );

function sourceFor(rows: readonly BoardRow[]) {
  return { now: NOW, clusters: PLACES, rows, facts: {}, classes: LIFETIME_CLASSES, planning: DEFAULT_PLANNING };
}

const repairPlanFor = (rows: readonly BoardRow[], ...clusters: string[]): Plan =>
  repairPlan(repairRequest(sourceFor(rows), { clusters, failures: [], texts: [], answers: {} }));

function maintenanceFor(rows: readonly BoardRow[]) {
  const rules = { ...DEFAULT_PLANNING, withUpdates: false, timeZone: 'UTC' };
  return maintenancePlan(maintenanceTasks({ ...sourceFor(rows), nowMs: NOW_MS }, rules), rules, NOW_MS);
}

const CERTIFICATES = /^Update-AksHciClusterCertificates -name (\S+) (-fixKubeletCredentials|-fixCloudCredentials)$/u;

const CLOUD = '-fixCloudCredentials';

/** Returns the certain repairs of both layers of a cluster, in order. */
function layerOrder(steps: readonly PlanStep[], cluster: string): string[] {
  return steps.flatMap((step) => {
    const [, name, layer = ''] = CERTIFICATES.exec(stepCommand(step)) ?? [];
    return name === cluster && step.only === undefined ? [layer] : [];
  });
}

function check(each: (rows: BoardRow[]) => void, soon = 1): void {
  fc.assert(fc.property(drawFleet(soon), each), { numRuns: 40 });
}

describe('for any fleet', () => {
  test('the repair, the power-off view, the maintenance plan and the update repair the two layers in the same order', () => {
    check((rows) => {
      const maintenance = maintenanceFor(rows);
      const scheduled = maintenance.windows.flatMap((window) => windowPlan(maintenance, window).steps);
      for (const { name, id } of [DEPOT, YARD]) {
        const repair = layerOrder(repairPlanFor(rows, name).steps, name);
        const need = fleetNeeds(sourceFor(rows)).find(({ clusterId }) => clusterId === id);
        const choice = { clusters: [name], versions: new Map(), onlySystem: false };
        const update = planUpdate(sourceFor(rows), { texts: [], choice }).planning.plan;
        expect(layerOrder(update.steps, name)).toEqual(repair);
        if (need?.impacts[0]?.state === 'stopped') expect(layerOrder(need.steps, name)).toEqual(repair);
        const planned = [...new Set(layerOrder(scheduled, name))];
        // The maintenance plan also rotates the cloud credentials before they expire.
        const rotation = repair.includes(CLOUD) ? [] : [CLOUD];
        expect([...repair, ...rotation]).toEqual(expect.arrayContaining(planned));
        expect(planned.filter((layer) => repair.includes(layer))).toEqual(
          repair.filter((layer) => planned.includes(layer)),
        );
      }
    }, 0);
  });

  test('a new kubeconfig follows every step that may change it', () => {
    check((rows) => {
      for (const { name } of [DEPOT, YARD]) {
        const { steps } = repairPlanFor(rows, name);
        const own = steps.filter(({ cluster }) => cluster === name).map(stepCommand);
        const fetched = own.findIndex((command) => command.startsWith('Get-AksHciCredential'));
        if (fetched < 0) continue;
        const later = own
          .slice(fetched)
          .filter((command) => /-fixKubeletCredentials|cert-tattoo-provision|Update-AksHciCluster /u.test(command));
        expect(later).toEqual([]);
      }
    });
  });

  test('a cluster needs attention exactly if the repair plan has a step or names what stops', () => {
    check((rows) => {
      const needs = fleetNeeds(sourceFor(rows));
      const choice = { failures: [], texts: [], answers: {} };
      const { plan } = planRepair(sourceFor(rows), { ...choice, clusters: [] });
      const urgent = needs.filter(({ impacts }) => impacts[0]?.state !== 'late');
      const isSaid = plan.steps.length > 0 || plan.after.length > 0;
      expect(isSaid).toBe(urgent.length > 0);
      for (const { cluster, steps, impacts, isRepairable } of needs) {
        expect(steps.length > 0, cluster).toBe(isRepairable);
        const { steps: own, after } = planRepair(sourceFor(rows), { ...choice, clusters: [cluster] }).plan;
        if (impacts[0]?.state === 'stopped') expect(steps.length, cluster).toBeGreaterThan(0);
        if (impacts[0]?.state === 'stopping') expect(own.length + after.length, cluster).toBeGreaterThan(0);
      }
    });
  });

  test('a script that runs alone contains no repair that interrupts something, and none for which the repair plan has a condition', () => {
    check((rows) => {
      const plan = maintenanceFor(rows);
      const planned = [[], [DEPOT.name], [YARD.name]].flatMap((names) => repairPlanFor(rows, ...names).steps);
      for (const step of plan.windows.flatMap((window) => windowPlan(plan, window).steps)) {
        if (step.needsPerson) continue;
        const command = stepCommand(step);
        const same = planned.filter((each) => stepCommand(each) === command);
        if (same.length > 0) expect([command, same.some(({ only }) => only === undefined)]).toEqual([command, true]);
        for (const { risk } of same) expect([command, risk]).toEqual([command, 'low']);
        expect([command, step.risk]).toEqual([command, 'low']);
      }
      // A credential that expires soon is a reason of its own.
    }, 0);
  });

  test('a plan that replaces the CA of the cloud agent renews everything that the old CA issued', () => {
    check((rows) => {
      for (const names of [[], [DEPOT.name]]) {
        const commands = repairPlanFor(mergeRows(rows, credential(AGENT, 'cloud-agent-ca', -1)), ...names).steps.map(
          stepCommand,
        );
        expect(commands).toContain('Invoke-AksHciRotateCACertificate');
        expect(commands).toContain('Update-AksHciCertificates');
        for (const { name } of [DEPOT, YARD])
          expect(commands, String(names)).toContain(
            `Update-AksHciClusterCertificates -name ${name} -fixCloudCredentials`,
          );
      }
    });
  });
});
