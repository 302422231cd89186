import { describe, expect, test } from 'vitest';
import { claimClusters } from '../../../core/runs/locks.ts';
import type { FolderClaim } from '../../../core/shared/ports.ts';
import { listClaims } from '../../../core/plan/model/claims.ts';
import type { Plan } from '../../../core/plan/model/plan.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import { testPorts } from '../../support/ports.ts';
import { cmdlet, makePlan, step } from './plans.ts';

/** Returns a simulated computer on which only one process at a time can claim a folder. */
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
  const begin = (dataFolder: string, plan: Plan = makePlan(step('one'))) =>
    claimClusters(ports, { dataFolder, plan, claim });
  return { ports, held, lost, begin };
}

describe('a second run on a cluster', () => {
  const WINDOWS = { ProgramData: '/program-data' };

  test('is refused even if it has another data folder', async () => {
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

  test('is also refused on the hosts, which are not a cluster', async () => {
    const { begin } = computer({});
    const onHosts = { ...makePlan(step('host', { cluster: undefined })), clusters: [] };
    await begin('/one', onHosts);
    await expect(begin('/one', onHosts)).rejects.toMatchObject({ code: 'run.hosts-busy', params: {} });
  });

  test('is refused while an exported script has the file of that cluster open', async () => {
    const { ports, begin, held } = computer(WINDOWS);
    ports.files.read = (path) => Promise.reject(new ConsoleError('file.not-readable', { path, reason: 'EBUSY' }));
    await expect(begin('/one')).rejects.toMatchObject({ code: 'run.cluster-busy' });
    expect(held).toEqual(new Set());
  });

  test('is not refused because of a file that a script has left, since that file can be read', async () => {
    const { ports, begin } = computer(WINDOWS);
    ports.files.read = (path) =>
      path.endsWith('.claim')
        ? Promise.resolve(new Uint8Array())
        : Promise.reject(new ConsoleError('file.not-found', { path }));
    await expect(begin('/one')).resolves.toBeDefined();
  });

  test('is refused only within its data folder if the computer has no folder for locks', async () => {
    const { begin } = computer({});
    await begin('/one');
    await expect(begin('/one')).rejects.toMatchObject({ code: 'run.cluster-busy' });
    await expect(begin('/other')).resolves.toBeDefined();
  });

  describe('is refused if both runs name the same cluster:', () => {
    const makeNamedPlan = (name: string, id?: string): Plan => ({
      ...makePlan(step('one', { cluster: name, command: cmdlet('Get-AksHciCluster', name) })),
      clusters: [{ name, isHost: false, ...(id !== undefined && { id: id as ClusterId }) }],
    });
    test.each([
      [
        'by id and name, and by name alone',
        makeNamedPlan('retail-east', 'retail-east-5b26d166'),
        makeNamedPlan('retail-east'),
      ],
      [
        'by ids from two inventories',
        makeNamedPlan('retail-east', 'retail-east-5b26d166'),
        makeNamedPlan('retail-east', 'retail-3e7e811c'),
      ],
      ['in upper and lower case', makeNamedPlan('Retail-East'), makeNamedPlan('retail-east')],
      [
        'as one of two clusters of that name, and by the name',
        makeNamedPlan('retail-east (5b26d166)', 'id'),
        makeNamedPlan('retail-east'),
      ],
      [
        'by the value of a command alone, and by name',
        {
          ...makePlan(step('one', { cluster: 'x', command: cmdlet('Get-AksHciCluster', 'retail-east') })),
          clusters: [],
        },
        makeNamedPlan('retail-east'),
      ],
    ])('%s', async (_title, one, other) => {
      for (const [first, second] of [
        [one, other],
        [other, one],
      ] as const) {
        const { begin } = computer(WINDOWS);
        await begin('/one', first);
        await expect(begin('/other', second)).rejects.toMatchObject({ code: 'run.cluster-busy' });
      }
    });

    test('in the same spelling as a script of an early release, which claims the id or the name unchanged', () => {
      const keys = listClaims(makeNamedPlan('Retail-East', 'retail-east-5b26d166')).map(({ key }) => key);
      expect(keys).toEqual(['Retail-East', 'retail-east', 'retail-east-5b26d166']);
    });
  });

  test('is detected if the first run has lost one of its claims', async () => {
    const { begin, held, lost } = computer(WINDOWS);
    const claim = await begin('/one');
    claim.check();
    lost.add([...held].at(-1) ?? '');
    expect(claim.check).toThrow(expect.objectContaining({ code: 'store.lock-lost' }));
  });
});
