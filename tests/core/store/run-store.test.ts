import { describe, expect, test } from 'vitest';
import { FAILURES } from '../../../core/domain/catalogue/failures/index.ts';
import type { ClusterId, CredentialId } from '../../../core/domain/credential.ts';
import { instant } from '../../../core/domain/instant.ts';
import type { Plan } from '../../../core/domain/plan.ts';
import { newRun } from '../../../core/domain/run.ts';
import type { RunId, RunRecord } from '../../../core/domain/run.ts';
import { repairPlan } from '../../../core/repair/plan.ts';
import type { RepairTarget } from '../../../core/repair/plan.ts';
import { runStore } from '../../../core/store/run-store.ts';
import { testPorts } from '../../support/ports.ts';

const NOW = instant('2026-11-25T12:00:00Z');
const KINDS = ['host', 'management', 'workload'] as const satisfies RepairTarget['kind'][];

function planFor(failure: (typeof FAILURES)[number]['id']): Plan {
  const targets = KINDS.map((kind) => ({
    ...{ id: `c-${kind}` as ClusterId, name: `${kind}-1`, kind, failures: [failure] },
  }));
  return repairPlan({ now: NOW, targets });
}

function runOf(plan: Plan): RunRecord {
  const id = '00000000000000aa' as RunId;
  return newRun({ id, plan, target: 'local', by: 'admin', startedAt: NOW });
}

async function readAgain(run: RunRecord): Promise<RunRecord> {
  const ports = testPorts();
  await runStore(ports, '/data').keep(run);
  return runStore(ports, '/data').read(run.id);
}

describe('a run comes back as it was kept', () => {
  test.each(FAILURES.map(({ id }) => id))('whatever the remedy of %s holds', async (failure) => {
    const run = runOf(planFor(failure));
    expect(await readAgain(run)).toEqual(run);
  });

  test('with what the inventory said before and after it', async () => {
    const id = 'c-workload' as ClusterId;
    const credentials = ['ab'.repeat(32) as CredentialId];
    const run: RunRecord = {
      ...runOf(planFor('F07')),
      before: [{ id, name: 'workload-1', expired: 1, soon: 2, credentials }],
      outcome: {
        readAt: NOW,
        clusters: [
          {
            ...{ id, name: 'workload-1', before: { expired: 1, soon: 2 } },
            ...{ after: { expired: 0, soon: 0 }, renewed: credentials, stillExpired: [] },
          },
        ],
      },
    };
    expect(await readAgain(run)).toEqual(run);
  });
});
