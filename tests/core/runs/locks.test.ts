import { describe, expect, test } from 'vitest';
import { claimClusters, type FolderClaim } from '../../../core/runs/locks.ts';
import type { Plan } from '../../../core/plan/model/plan.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import { testPorts } from '../../support/ports.ts';
import { planOf, step } from './plans.ts';

/** A computer on which a folder is claimed by one at a time. */
function computer(environment: Readonly<Record<string, string>>) {
  const ports = testPorts();
  const held = new Set<string>();
  const lost = new Set<string>();
  ports.processes.environment = (name) => environment[name];
  ports.files.read = (path) => Promise.reject(new ConsoleError('file.not-found', { path }));
  const claim = (folder: string): Promise<FolderClaim> => {
    if (held.has(folder)) return Promise.reject(new ConsoleError('store.locked', { path: folder }));
    held.add(folder);
    return Promise.resolve({
      check: () => {
        if (lost.has(folder)) throw new ConsoleError('store.lock-lost', { path: folder });
      },
      release: () => {
        held.delete(folder);
        return Promise.resolve();
      },
    });
  };
  const begin = (dataFolder: string, plan: Plan = planOf(step('one'))) =>
    claimClusters(ports, { dataFolder, plan, claim });
  return { ports, held, lost, begin };
}

describe('two runs on one cluster', () => {
  const WINDOWS = { ProgramData: '/program-data' };

  test('are refused even when they keep their records in different folders', async () => {
    const { begin, held } = computer(WINDOWS);
    const first = await begin('/one');
    await expect(begin('/other')).rejects.toMatchObject({
      code: 'run.cluster-busy',
      params: { cluster: 'retail-east' },
    });
    await first.release();
    expect(held).toEqual(new Set());
    await expect(begin('/other')).resolves.toBeDefined();
  });

  test('are refused for the hosts, which are no cluster', async () => {
    const { begin } = computer({});
    const onHosts = { ...planOf(step('host', { cluster: undefined })), clusters: [] };
    await begin('/one', onHosts);
    await expect(begin('/one', onHosts)).rejects.toMatchObject({ code: 'run.hosts-busy', params: {} });
  });

  test('are refused while an exported script works on it, whose file nobody else can read', async () => {
    const { ports, begin, held } = computer(WINDOWS);
    ports.files.read = (path) => Promise.reject(new ConsoleError('file.not-readable', { path, reason: 'EBUSY' }));
    await expect(begin('/one')).rejects.toMatchObject({ code: 'run.cluster-busy' });
    expect(held).toEqual(new Set());
  });

  test('are not kept apart by a file that a script left behind, which anybody can read', async () => {
    const { ports, begin } = computer(WINDOWS);
    ports.files.read = (path) =>
      path.endsWith('.claim')
        ? Promise.resolve(new Uint8Array())
        : Promise.reject(new ConsoleError('file.not-found', { path }));
    await expect(begin('/one')).resolves.toBeDefined();
  });

  test('are told apart by their data folder alone where there is no folder of the computer', async () => {
    const { begin } = computer({});
    await begin('/one');
    await expect(begin('/one')).rejects.toMatchObject({ code: 'run.cluster-busy' });
    await expect(begin('/other')).resolves.toBeDefined();
  });

  test('end for the first one when it has lost one of its claims', async () => {
    const { begin, held, lost } = computer(WINDOWS);
    const claim = await begin('/one');
    claim.check();
    lost.add([...held].at(-1) ?? '');
    expect(claim.check).toThrow(expect.objectContaining({ code: 'store.lock-lost' }));
  });
});
