import { expect, test } from 'vitest';
import { writeCsrObjects } from '../../../../core/formats/kubernetes/csr-object-writer.ts';
import type { OpenDecision } from '../../../../core/inventory/contract.ts';
import { openStore } from '../../../../core/settings/store/store.ts';
import { certificateFiles } from '../../../support/fleet.ts';
import { testPorts } from '../../../support/ports.ts';
import { aClientObject, aRequest } from '../../../support/requests.ts';
import { TestWorld } from '../../cli/test-world.ts';

test('the command line prints what waits, with the commands that answer it, until it is answered', async () => {
  const world = new TestWorld(testPorts());
  const files = await certificateFiles({ cluster: 'one' }, { cluster: 'two' });
  for (const [path, content] of Object.entries(files)) world.put(`fleet${path}`, content);
  world.store = await openStore(world.ports, '/data');
  await world.run('inventory', 'import', 'fleet');
  for (const name of ['one', 'two']) await world.run('inventory', 'rename', name, name);
  expect(await world.run('inventory', 'decisions')).toMatchObject({
    code: 0,
    out: 'Nothing waits for your decision.\n',
  });

  const object = aClientObject(aRequest(world.ports, await world.ports.keys.generate('p-256')));
  world.put('fleet/one/csr.yaml', writeCsrObjects([object]));
  await world.run('inventory', 'import', 'fleet');
  const { code, out } = await world.run('inventory', 'decisions');
  expect(code).toBe(1);
  expect(out).toContain('one: node-csr-1');
  expect(out).toContain('Approve: every rule is met.\n  kubectl certificate approve node-csr-1');
  const { decisions } = await world.json<{ decisions: OpenDecision[] }>(1, 'inventory', 'decisions');
  expect(decisions).toMatchObject([{ kind: 'request', cluster: 'one', verdict: 'approve' }]);

  const conditions = [{ type: 'Approved', status: 'True' }];
  world.put('fleet/one/csr.yaml', writeCsrObjects([{ ...object, conditions }]));
  await world.run('inventory', 'import', 'fleet');
  expect((await world.run('inventory', 'decisions')).code).toBe(0);
});

test('the command line prints the clusters whose names commands leave open', async () => {
  const world = new TestWorld(testPorts());
  for (const [path, content] of Object.entries(await certificateFiles({ cluster: 'one' })))
    world.put(`fleet${path}`, content);
  world.store = await openStore(world.ports, '/data');
  await world.run('inventory', 'import', 'fleet');
  const { code, out } = await world.run('inventory', 'decisions');
  expect(code).toBe(1);
  expect(out).toMatch(/What is “one” called in commands\?.*\n {2}arcwarden inventory rename [\w-]+ <NAME>/u);
});
