import { expect, test } from 'vitest';
import { MemoryFiles, RecordingOutside, testPorts } from '../../../support/ports.ts';
import { TestWorld } from '../../cli/test-world.ts';

function aNode(variables: Record<string, string> = { HOME: '/home/tanaka' }): TestWorld {
  const outside = new RecordingOutside();
  outside.variables = variables;
  return new TestWorld(testPorts(new MemoryFiles(), outside));
}

test('places are listed with their sources and with the command that imports their files', async () => {
  const world = aNode();
  world.files.put('/home/tanaka/.kube/config', 'x').put('/etc/kubernetes/pki/ca.crt', 'x');
  const { code, out, notices } = await world.run('inventory', 'places');
  expect(code).toBe(0);
  expect(out).toMatch(/^State +File +Path +Source$/mu);
  expect(out).toMatch(
    /^Found +kubeconfig +\/home\/tanaka\/\.kube\/config +Documented: Kubernetes documentation, kubectl reference, kubectl config$/mu,
  );
  expect(out).toMatch(/^Not found +Login file +\/opt\/wssd/mu);
  expect(notices).toBe(
    'Import these files with: arcwarden inventory import /home/tanaka/.kube/config /etc/kubernetes/pki\n',
  );
  expect(world.files.reads).toBe(0);
});

test('an empty result is stated in words, also in Japanese', async () => {
  const { code, out, notices } = await aNode().run('inventory', 'places');
  expect([code, notices.split('.')[0]]).toEqual([0, 'No AKS or kubectl files found on this computer']);
  expect(out).toContain('/home/tanaka/.kube/config');
  const japanese = await aNode().run('inventory', 'places', '--lang', 'ja');
  expect(japanese.notices).toContain('既知の場所には、何もありません。');
});

test('a place that cannot be checked is reported and sets exit code 1', async () => {
  const world = aNode({});
  const { code, out } = await world.run('inventory', 'places');
  expect(code).toBe(1);
  expect(out).toContain('Not checked: the variable HOME is not set.');
});

test('JSON lists every place with its state and its sources in English', async () => {
  const world = aNode({});
  world.files.put('/etc/kubernetes/admin.conf', 'x');
  const { places } = await world.json<{ places: object[] }>(1, ...['inventory', 'places', '--lang', 'ja']);
  expect(places.slice(0, 2)).toEqual([
    {
      kind: 'kubeconfig',
      path: '$HOME/.kube/config',
      state: 'not-named',
      reason: 'HOME',
      citations: [
        { certainty: 'documented', work: 'Kubernetes documentation, kubectl reference', place: 'kubectl config' },
      ],
    },
    {
      kind: 'kubeconfig',
      path: '/etc/kubernetes/admin.conf',
      state: 'there',
      reason: null,
      citations: [
        {
          certainty: 'documented',
          work: 'Kubernetes, PKI certificates and requirements',
          place: 'Configure certificates for user accounts',
        },
      ],
    },
  ]);
});

test('the command accepts no path, because its places are fixed', async () => {
  expect((await aNode().run('inventory', 'places', '/etc')).code).toBe(2);
});
