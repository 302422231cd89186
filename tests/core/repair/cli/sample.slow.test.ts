import { beforeAll, describe, expect, test } from 'vitest';
import { FOLDER, FolderFiles } from '../../sample/fleet.ts';
import { fleetWorld, writeFleet } from '../../sample/fleet-world.ts';

import type { TestWorld } from '../../cli/test-world.ts';

/*
 * The demo fleet was aged by simulation, so the problem of each cluster is known. The diagnosis must find it from the
 * files alone.
 */

const files = new FolderFiles();

const world = (): TestWorld => fleetWorld(files);

beforeAll(() => writeFleet(files));

async function diagnoseCluster(cluster: string): Promise<string[]> {
  const words = ['repair', 'diagnose', '--cluster', cluster, '--inventory', FOLDER, '--json'];
  const { out } = await world().run(...words);
  return (JSON.parse(out) as { failure: string }[]).map(({ failure }) => failure);
}

describe('a diagnosis from files', () => {
  test.each([
    ['sapporo-depot', 'switched off for 6 days', 'F01'],
    ['logistics', 'switched off for 35 days', 'F22'],
    ['nagoya-lab', 'revoked without notBefore', 'F34'],
    ['finance', 'with an expired kubeconfig', 'F11'],
    ['retail-east', 'in which renewals stall', 'F18'],
  ])('of %s, %s, names %s first', async (cluster, _, failure) => {
    expect((await diagnoseCluster(cluster))[0]).toBe(failure);
  });

  test.each([
    ['management', 'healthy'],
    ['osaka-plant', 'where renewals are due'],
  ])('of %s, %s, names no cause', async (cluster) => {
    expect(await diagnoseCluster(cluster)).toEqual([]);
  });

  test('of management, on a host whose clock is ahead, advises the admin to compare the clocks', async () => {
    const words = ['repair', 'diagnose', '--cluster', 'management', '--inventory', FOLDER];
    const { out } = await world().run(...words);
    expect(out).toContain('Compare the clocks');
  });
});
