import { beforeAll, expect, test } from 'vitest';
import { writeCsrObjects } from '../../../core/formats/kubernetes/csr-object-writer.ts';
import { writeSampleMarker } from '../../../core/formats/sample-marker.ts';
import type { OpenDecision } from '../../../core/inventory/contract.ts';
import type { CsrObject } from '../../../core/shared/certificates/csr-object.ts';
import { openConsole, type TestConsole } from '../../support/console.ts';
import { certificateFiles } from '../../support/fleet.ts';
import { testPorts } from '../../support/ports.ts';
import {
  aClientObject,
  APPROVED,
  aRequest,
  aServingObject,
  KUBELET_TEMPLATE,
  NODE,
  SERVING_TEMPLATE,
} from '../../support/requests.ts';

const ports = testPorts();
let east: Record<string, string>;
let client: CsrObject;
let serving: CsrObject;
let greedy: CsrObject;
beforeAll(async () => {
  const key = await ports.keys.generate('p-256');
  client = aClientObject(aRequest(ports, key));
  serving = aServingObject(aRequest(ports, key, SERVING_TEMPLATE));
  const masters = { ...KUBELET_TEMPLATE, subject: { commonName: 'admin', organizations: ['system:masters'] } };
  greedy = aClientObject(aRequest(ports, key, masters), { name: 'greedy' });
  east = await certificateFiles({ cluster: 'east' }, { cluster: 'west' });
});

async function list(console: TestConsole): Promise<OpenDecision[]> {
  const result = await console.api.inventory.decisions();
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

const outline = (decisions: readonly OpenDecision[]): unknown[] =>
  decisions.map((one) => (one.kind === 'request' ? [one.name, one.verdict] : [one.path, one.rule]));

/** Starts a console on the data folder of another one. */
const restart = async (console: TestConsole): Promise<TestConsole> => openConsole({ files: await console.copyData() });

test('a pending request waits with its cluster and the command that answers it, also after a restart', async () => {
  const console = await openConsole();
  await console.import({ ...east, '/east/csr.yaml': writeCsrObjects([client, greedy]) });
  for (const one of [console, await restart(console)]) {
    const decisions = await list(one);
    expect(outline(decisions)).toEqual(
      expect.arrayContaining([
        ['node-csr-1', 'approve'],
        ['greedy', 'deny'],
      ]),
    );
    expect(decisions).toHaveLength(2);
    const [approved, denied] = [decisions.find(isNamed('node-csr-1')), decisions.find(isNamed('greedy'))];
    expect(approved).toMatchObject({ cluster: 'east', commands: ['kubectl certificate approve node-csr-1'] });
    expect(denied).toMatchObject({ commands: ['kubectl certificate deny greedy'] });
    const failed = denied?.kind === 'request' ? denied.checks.filter(({ outcome }) => outcome === 'failed') : [];
    expect(failed.map(({ rule }) => rule)).toEqual(['common-name', 'organization']);
    for (const { citation } of failed) expect(citation?.certainty).toBe('documented');
  }
});

const isNamed =
  (name: string) =>
  (one: OpenDecision): boolean =>
    one.kind === 'request' && one.name === name;

test('a serving request is not judged without the names of the node, which a command shows', async () => {
  const console = await openConsole();
  await console.import({ ...east, '/east/csr.yaml': writeCsrObjects([serving]) });
  expect(await list(console)).toMatchObject([
    {
      verdict: 'ignore',
      names: [NODE, '10.0.0.21', 'fd00::21'],
      commands: [
        `kubectl get node ${NODE} -o wide`,
        'kubectl certificate approve csr-abcde',
        'kubectl certificate deny csr-abcde',
      ],
    },
  ]);
});

test('a name that is no plain word never becomes part of a command', async () => {
  const console = await openConsole();
  const names = ['a; rm -rf ~', '--filename=http://x', "a'b", 'a b', '$(id)', `a${'b'.repeat(300)}`];
  const objects = names.map((name) => ({ ...client, name }));
  await console.import({ ...east, '/east/csr.yaml': writeCsrObjects(objects) });
  const decisions = await list(console);
  expect(decisions).toHaveLength(names.length);
  for (const one of decisions) expect(one).toMatchObject({ commands: ['kubectl certificate approve <request>'] });
});

test('a request leaves the list when it is answered, its file is gone, or the admin has decided', async () => {
  const console = await openConsole();
  const answered = { ...client, name: 'answered' };
  await console.import({
    ...east,
    '/east/a.yaml': writeCsrObjects([answered]),
    '/east/b.yaml': writeCsrObjects([client]),
    '/east/c.yaml': writeCsrObjects([greedy]),
  });
  expect(await list(console)).toHaveLength(3);
  await console.import({ '/east/a.yaml': writeCsrObjects([{ ...answered, conditions: [APPROVED] }]) });
  expect(outline(await list(console))).toEqual([
    ['node-csr-1', 'approve'],
    ['greedy', 'deny'],
  ]);
  console.files.drop('/east/b.yaml');
  const tickets = [console.ticket('/east', 'read:import')];
  await console.api.inventory.importFiles({ tickets });
  const [last] = await list(console);
  expect(outline(await list(console))).toEqual([['greedy', 'deny']]);
  await console.api.inventory.decide({ id: last!.id });
  expect(await list(console)).toEqual([]);
  // The same file does not ask again, but another request with this name does.
  await console.import({ '/east/c.yaml': writeCsrObjects([greedy]) });
  const after = await restart(console);
  expect(await list(after)).toEqual([]);
  await after.import({ '/east/c.yaml': writeCsrObjects([{ ...client, name: 'greedy' }]) });
  expect(outline(await list(after))).toEqual([['greedy', 'approve']]);
});

test('the audit trail records a decision with the name of the request', async () => {
  const console = await openConsole();
  await console.import({ ...east, '/east/a.yaml': writeCsrObjects([client]) });
  const [one] = await list(console);
  await console.api.inventory.decide({ id: one!.id });
  const entries = (await console.data.audit.list()).filter(({ action }) => action === 'decision.made');
  expect(entries.at(-1)).toMatchObject({ subject: 'node-csr-1', params: { path: '/east/a.yaml' } });
});

test('a file that cannot be read waits until it can be read or is gone', async () => {
  const console = await openConsole();
  const [path = ''] = Object.keys(east);
  await console.import(east);
  console.files.lock(path);
  await console.api.inventory.importFiles({ tickets: [console.ticket('/east', 'read:import')] });
  expect(await list(await restart(console))).toMatchObject([
    { kind: 'file', path, rule: 'file.not-readable', cluster: 'east' },
  ]);
  const after = await restart(console);
  await after.import(east);
  expect(await list(after)).toEqual([]);
});

test('a request whose place shows no cluster waits without one', async () => {
  const console = await openConsole();
  await console.import({ ...east, '/tmp/csr.yaml': writeCsrObjects([client]) });
  const [one] = await list(console);
  expect([one?.cluster, one?.clusterId]).toEqual([undefined, undefined]);
});

test('signers other than those of kubelets are left to their admins', async () => {
  const console = await openConsole();
  await console.import({ ...east, '/east/csr.yaml': writeCsrObjects([{ ...client, signerName: 'example.com/own' }]) });
  expect(await list(console)).toEqual([]);
});

test('the requests of a demo fleet wait until there are real clusters, and go with the demo fleet', async () => {
  const console = await openConsole();
  const demo: Record<string, string> = Object.fromEntries(
    Object.entries({ ...east, '/east/csr.yaml': writeCsrObjects([client]) }).map(([path, text]) => [
      `/demo${path}`,
      text,
    ]),
  );
  const files = Object.keys(demo).map((path) => path.replace('/demo/', ''));
  demo['/demo/arcwarden-sample.json'] = writeSampleMarker({ createdAt: ports.clock.now(), files });
  await console.import(demo);
  expect(await list(console)).toMatchObject([{ cluster: 'east', sample: true }]);
  await console.import(east);
  expect(await list(console)).toEqual([]);
  expect(console.data.store.decisions()).toHaveLength(1);
  await console.data.store.removeSamples();
  expect(console.data.store.decisions()).toEqual([]);
});

test('requests are kept even if a folder has more unreadable files than anybody decides about', async () => {
  const console = await openConsole();
  await console.import({ ...east, '/east/z.yaml': writeCsrObjects([client]) });
  const many = Array.from({ length: 1_200 }, (_, at) => `/east/${at}.crt`);
  for (const path of many) console.files.put(path, 'x').lock(path);
  await console.api.inventory.importFiles({ tickets: [console.ticket('/east', 'read:import')] });
  const decisions = await list(console);
  expect(decisions).toHaveLength(1_000);
  expect(decisions[0]).toMatchObject({ kind: 'request', name: 'node-csr-1' });
});
