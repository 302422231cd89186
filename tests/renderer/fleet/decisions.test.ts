import { beforeEach, expect, test, vi } from 'vitest';
import { writeCsrObjects } from '../../../core/formats/kubernetes/csr-object-writer.ts';
import { openConsole, type TestConsole } from '../../support/console.ts';
import { certificateFiles } from '../../support/fleet.ts';
import { aClientObject, aRequest } from '../../support/requests.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

async function openWith(...folders: string[]): Promise<TestConsole> {
  const console = await openConsole();
  const request = aRequest(console.ports, await console.ports.keys.generate('p-256'));
  const files = folders.map((folder) => [
    `${folder}/csr.yaml`,
    writeCsrObjects([aClientObject(request, { name: `csr-of${folder.replaceAll('/', '-')}` })]),
  ]);
  await console.import({
    ...(await certificateFiles({ cluster: 'east' }, { cluster: 'west' })),
    ...(Object.fromEntries(files) as Record<string, string>),
  });
  for (const name of ['east', 'west']) await console.api.inventory.rename({ clusterId: console.clusterId(name), name });
  return console;
}

test('the line of the fleet leads to the requests of the only cluster that has any', async () => {
  const console = await openWith('/east');
  const state = await console.open();
  expect(state.decisions.parts).toEqual([{ part: 'requests', count: 1 }]);
  state.decisions.follow('requests');
  expect([state.screen, state.clusterPage.clusterId, state.clusterPage.tab]).toEqual([
    'cluster',
    console.clusterId('east'),
    'requests',
  ]);
  expect(state.clusterPage.requests).toMatchObject([{ name: 'csr-of-east' }]);
});

test('requests of several or of unknown clusters are shown together', async () => {
  for (const folders of [['/east', '/west'], ['/tmp']]) {
    const state = await (await openWith(...folders)).open();
    state.decisions.follow('requests');
    expect([state.screen, state.decisions.shown, state.decisions.requests.length]).toEqual([
      'expiry',
      'requests',
      folders.length,
    ]);
  }
});

test('a request leaves the line when the admin has decided', async () => {
  const console = await openWith('/east');
  const state = await console.open();
  await state.decisions.decide(state.decisions.requests[0]!);
  expect(state.decisions.parts).toEqual([]);
});

test('the line counts the clusters whose names commands leave open', async () => {
  const console = await openConsole();
  await console.import(await certificateFiles({ cluster: 'east' }, { cluster: 'west' }));
  const state = await console.open();
  expect(state.decisions.parts).toEqual([{ part: 'names', count: 2 }]);
  await console.api.inventory.rename({ clusterId: console.clusterId('east'), name: 'east' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(state.decisions.parts).toEqual([{ part: 'names', count: 1 }]);
});

test('the page of a cluster puts a file first that an earlier import could not read', async () => {
  const console = await openConsole();
  const files = await certificateFiles({ cluster: 'east' }, { cluster: 'east', role: 'scheduler' });
  await console.import(files);
  const last = Object.keys(files).sort().at(-1)!;
  console.files.lock(last);
  await console.api.inventory.importFiles({ tickets: [console.ticket('/east', 'read:import')] });
  const { clusterPage } = await console.open();
  clusterPage.open(console.clusterId('east'));
  await clusterPage.loadDetails();
  expect(clusterPage.files[0]).toMatchObject({ path: last, isUnreadable: true });
  expect(clusterPage.unread).toMatchObject([{ path: last, rule: 'file.not-readable' }]);
});
