import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import { TRIAGE_IDS, type TriageId } from '../../../../core/knowledge/model/triage.ts';
import type { FailureId } from '../../../../core/knowledge/model/failure.ts';
import type { Answers } from '../../../../core/repair/model/evidence.ts';
import { countConditions, startsWithChecks } from '../../../../core/repair/model/question.ts';
import { planWithQuestion, type PlannedRepair } from '../../../../core/repair/service.ts';
import { AGENT, credential, DEPOT, healthy, mergeRows, NOW, place, stepCases, stepCommand } from '../fleet-by-hand.ts';

const YARD = place('yard');
const HOSTS = [credential(AGENT, 'node-agent', 80), credential(AGENT, 'node-agent-token', 80)];
/** The token of a KMS plugin has expired. No files of the management cluster or of mocctl were read. */
const DEAD_KMS = [...HOSTS, credential(DEPOT, 'kms-plugin-token', -10), credential(DEPOT, 'apiserver', 3)];

type Found = NonNullable<Answers['found']>;

function planFor(
  rows: readonly BoardRow[],
  found: Found = {},
  clusters = [DEPOT],
  failures: readonly FailureId[] = [],
): PlannedRepair {
  const source = { now: NOW, clusters: [AGENT, ...clusters], rows, facts: {}, classes: LIFETIME_CLASSES };
  return planWithQuestion(source, { clusters: [], failures: [...failures], texts: [], answers: { found } });
}

describe('a plan that begins with many checks', () => {
  test('asks whether the API server answers, because that decides the most steps', () => {
    const { plan, question } = planFor(DEAD_KMS);
    expect(startsWithChecks(plan.steps)).toBe(true);
    expect(question).toMatchObject({ layer: 'workload-api-server', command: 'kubectl get nodes' });
  });

  test('contains no repair by hand if the API server answers', () => {
    const { plan } = planFor(DEAD_KMS, { 'workload-api-server': 'works' });
    expect(plan.steps.filter(({ cluster, only }) => cluster === DEPOT.name && only !== undefined)).toEqual([]);
    expect(plan.steps.map(stepCommand)).toContain('Update-AksHciClusterCertificates -name depot -fixCloudCredentials');
  });

  test('repairs by hand without a condition if the API server does not answer', () => {
    const { plan, question } = planFor(DEAD_KMS, { 'workload-api-server': 'fails' });
    const rotation = plan.steps.find((step) => stepCommand(step).startsWith('mocctl.exe security identity rotate'));
    expect([rotation?.cluster, rotation?.only]).toEqual([DEPOT.name, undefined]);
    expect(question).toBeUndefined();
  });

  test('leaves the management cluster alone if its KMS plugin logs in', () => {
    const rotation = (found: Found): string[] | undefined => {
      const { steps } = planFor(DEAD_KMS, found, [DEPOT], ['F21']).plan;
      const step = steps.find((each) => each.cluster === undefined && stepCommand(each).startsWith('mocctl.exe'));
      return step && stepCases(step);
    };
    expect(rotation({})).toContain('repair.only.management-down');
    expect(rotation({ 'management-kms': 'works' })).toBeUndefined();
    // A failed login does not show whether the API server answers.
    expect(rotation({ 'management-kms': 'fails' })).toEqual(['repair.only.management-down']);
  });

  test('does not ask about one of several clusters, and does not apply an answer about one to all', () => {
    const rows = [...DEAD_KMS, credential(YARD, 'kms-plugin-token', -10), credential(YARD, 'apiserver', 3)];
    const { question } = planFor(rows, {}, [DEPOT, YARD]);
    expect(question?.layer).toBe('mocctl');
    const cases = planFor(rows, { 'workload-api-server': 'works' }, [DEPOT, YARD]).plan.steps.flatMap(stepCases);
    expect(cases).toContain('repair.only.api-server-down');
  });
});

test('a login of mocctl is not renewed if mocctl works', () => {
  const rows = [...HOSTS, credential(DEPOT, 'csi', -1), credential(DEPOT, 'csi-token', -2)];
  const commands = (found: Found): string[] => planFor(rows, found).plan.steps.map(stepCommand);
  expect(commands({})).toContain('Get-MocNode');
  expect(commands({ mocctl: 'works' })).not.toContain('Get-MocNode');
  expect(commands({ mocctl: 'works' })).not.toContain('Repair-MocLogin');
});

test('an answer about the workload cluster is no evidence about the hosts, and the other way round', () => {
  const failures = (found: Found): (string | undefined)[] =>
    planFor(HOSTS.concat(credential(DEPOT, 'apiserver', 3)), found).causes.map(({ cluster }) => cluster);
  expect(failures({ 'workload-kms': 'fails' })).not.toContain(AGENT.name);
  expect(failures({ 'management-kms': 'fails' })).not.toContain(DEPOT.name);
});

test('a plan for an expired KMS token is headed by that token’s failure, not by an update that was long ago', () => {
  expect(planFor(DEAD_KMS).causes).toEqual([{ failure: 'F07', cluster: DEPOT.name }]);
});

/** Any part of a deployment was read, and any part of that has expired. */
const partlyRead = fc
  .subarray(healthy(DEPOT))
  .chain((rows) =>
    fc
      .subarray(rows)
      .map((out) =>
        mergeRows(
          rows,
          ...out.map(({ clusterId, role }) =>
            credential([AGENT, DEPOT].find(({ id }) => id === clusterId) ?? place('clustergroup-management'), role, -5),
          ),
        ),
      ),
  );

test('for any inventory, the question is asked only after three checks, and each answer decides as many as promised', () => {
  let asked = 0;
  fc.assert(
    fc.property(partlyRead, (rows) => {
      const clusters = [place('clustergroup-management'), DEPOT];
      const { plan, question } = planFor(rows, {}, clusters);
      if (question === undefined) return;
      asked += 1;
      expect(startsWithChecks(plan.steps)).toBe(true);
      const count = countConditions(plan.steps);
      const countRemoved = (layer: TriageId, answer: 'works' | 'fails'): number =>
        Math.max(0, count - countConditions(planFor(rows, { [layer]: answer }, clusters).plan.steps));
      const { removes, layer } = question;
      const { works, fails } = removes;
      expect(removes).toEqual({ works: countRemoved(layer, 'works'), fails: countRemoved(layer, 'fails') });
      for (const other of TRIAGE_IDS)
        expect(works + fails, other).toBeGreaterThanOrEqual(
          countRemoved(other, 'works') + countRemoved(other, 'fails'),
        );
    }),
    { numRuns: 40 },
  );
  expect(asked).toBeGreaterThan(3);
});
