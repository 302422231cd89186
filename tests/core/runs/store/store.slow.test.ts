import { describe, expect, test } from 'vitest';
import { FAILURES } from '../../../../core/knowledge/model/failures/failures.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import { instant } from '../../../../core/shared/instant.ts';
import type { Plan } from '../../../../core/plan/model/plan.ts';
import { newRun, type RunId, type RunRecord } from '../../../../core/runs/model/run.ts';
import { createFiles } from '../../../../core/node/files.ts';
import { repairPlan, type RepairTarget } from '../../../../core/repair/model/plan.ts';
import { runStore } from '../../../../core/runs/store/store.ts';
import type { Files } from '../../../../core/shared/ports.ts';
import { testPorts } from '../../../support/ports.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { storePorts } from '../../inventory/store/ports.ts';

const NOW = instant('2026-11-25T12:00:00Z');
const KINDS = ['host', 'management', 'workload'] as const satisfies RepairTarget['kind'][];

function planFor(failure: (typeof FAILURES)[number]['id']): Plan {
  const targets = KINDS.map((kind) => ({ id: `c-${kind}` as ClusterId, name: `${kind}-1`, kind, failures: [failure] }));
  return repairPlan({ now: NOW, targets });
}

function makeRun(plan: Plan): RunRecord {
  const id = '00000000000000aa' as RunId;
  return newRun({ id, plan, target: 'local', by: 'admin', startedAt: NOW });
}

async function readAgain(run: RunRecord): Promise<RunRecord> {
  const ports = testPorts();
  await runStore(ports, '/data').keep(run);
  return runStore(ports, '/data').read(run.id);
}

describe('a stored run is read back unchanged', () => {
  test.each(FAILURES.map(({ id }) => id))('with any content in the remedy of %s', async (failure) => {
    const run = makeRun(planFor(failure));
    expect(await readAgain(run)).toEqual(run);
  });

  test('with fields that only some steps have', async () => {
    const plan = planFor('F07');
    const steps = plan.steps.map((step) => ({ ...step, needsPerson: true, due: NOW, isSample: true }));
    const run = makeRun({ ...plan, steps });
    expect(await readAgain(run)).toEqual(run);
  });

  test('with the inventory before and after it', async () => {
    const id = 'c-workload' as ClusterId;
    const credentials = ['ab'.repeat(32) as CredentialId];
    const run: RunRecord = {
      ...makeRun(planFor('F07')),
      before: [{ id, name: 'workload-1', expired: 1, soon: 2, credentials }],
      outcome: {
        readAt: NOW,
        clusters: [
          {
            id,
            name: 'workload-1',
            before: { expired: 1, soon: 2 },
            after: { expired: 0, soon: 0 },
            renewed: credentials,
            stillExpired: [],
          },
        ],
      },
    };
    expect(await readAgain(run)).toEqual(run);
  });
});

/** Returns the files of a process; `act` is called before one of the accesses, as if by another process. */
function disturbFiles(before: number, act: () => Promise<void>): { files: Files; acted: () => boolean } {
  const files = createFiles();
  let looks = 0;
  const look = async (): Promise<void> => {
    looks += 1;
    if (looks - 1 === before) await act();
  };
  const watched: Partial<Files> = {
    list: async (...given) => (await look(), files.list(...given)),
    facts: async (...given) => (await look(), files.facts(...given)),
    read: async (...given) => (await look(), files.read(...given)),
    move: async (...given) => (await look(), files.move(...given)),
    replace: async (...given) => (await look(), files.replace(...given)),
  };
  return { files: { ...files, ...watched }, acted: () => looks > before };
}

describe('a process that reads a run while another process writes it', () => {
  const run = makeRun(planFor('F07'));
  const last: RunRecord = { ...run, by: 'the last' };

  // Before each of the accesses, the other process starts the run, continues it, or both.
  test.each([
    ['lists it', 0, 'list'],
    ['lists it after it has begun', 1, 'list'],
    ['reads it', 0, 'read'],
    ['reads it after it has begun', 1, 'read'],
  ] as const)('%s without finding a fault or changing anything', async (_, written, how) => {
    for (const changes of [1, 2, 3]) {
      for (let look = 0, goesOn = true; goesOn; look += 1) {
        const folder = temporaryFolder();
        const writer = runStore(storePorts(), folder);
        for (let each = 0; each < written; each += 1) await writer.keep(run);
        const { files, acted } = disturbFiles(look, async () => {
          for (let each = 1; each < changes; each += 1) await writer.keep(run);
          await writer.keep(last);
        });
        const reader = runStore(storePorts(files), folder);
        await (how === 'list' ? reader.list() : reader.read(run.id).catch(String));
        goesOn = acted();
        expect([changes, look, reader.findings()]).toEqual([changes, look, []]);
        if (goesOn) expect(await writer.read(run.id)).toEqual(last);
      }
    }
  });

  test('reports a damaged record once, even if another process detects it at the same time', async () => {
    const folder = temporaryFolder();
    const writer = runStore(storePorts(), folder);
    await writer.keep(run);
    await writer.keep(last);
    const path = createFiles().join(folder, 'runs', `${run.id}.json`);
    await createFiles().replace(path, '{"schema":');
    const readers = [1, 2, 3].map(() => runStore(storePorts(), folder));
    const found = await Promise.all(readers.map((reader) => reader.list()));
    expect(found.map((runs) => runs.map(({ id }) => id))).toEqual(found.map(() => [run.id]));
    const rules = readers.flatMap((reader) => reader.findings().map(({ rule }) => rule));
    expect(rules).toContain('store.run-restored');
    expect((await writer.read(run.id)).by).toBe(run.by);
  });

  test('does not change the files of a damaged record until its previous copy is requested', async () => {
    const folder = temporaryFolder();
    const store = runStore(storePorts(), folder);
    await store.keep(run);
    await store.keep(last);
    const path = createFiles().join(folder, 'runs', `${run.id}.json`);
    await createFiles().replace(path, '{"schema":');
    const text = async (): Promise<string> => new TextDecoder().decode(await createFiles().read(path, 1_000_000));
    for (const time of [1, 2]) {
      const [listed] = await store.list();
      expect([time, listed?.by, listed?.isFormerCopy, await text()]).toEqual([time, run.by, true, '{"schema":']);
    }
    const restored = await store.read(run.id, { restores: true });
    expect(restored.isFormerCopy).toBe(true);
    await store.keep(restored);
    const names = await createFiles().list(createFiles().join(folder, 'runs'));
    expect(names.some((name) => name.includes('.damaged-'))).toBe(true);
    expect(await store.read(run.id)).not.toHaveProperty('isFormerCopy');
  });
});
