import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BuiltProgram } from '../support/built-program.ts';
import { LabWorld } from '../support/lab-world.ts';
import { needKubernetes } from '../support/real-kubernetes.ts';

test('kubectl lists the nodes of every cluster of a lab, and is refused with the kubeconfig of another', async (context) => {
  const { kubectl } = needKubernetes(context);
  const program = await BuiltProgram.build();
  const lab = new LabWorld(program, 'lab');
  try {
    lab.begin();
    const getNodes = (kubeconfig: string, ...more: string[]): string =>
      execFileSync(kubectl, ['--kubeconfig', join(lab.folder, kubeconfig), ...more, 'get', 'nodes', '--no-headers'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    for (const { kubeconfig, nodes } of lab.description.clusters)
      expect(
        getNodes(kubeconfig)
          .trim()
          .split('\n')
          .map((line) => line.split(/\s+/u).slice(0, 2)),
      ).toEqual(nodes.map(({ name }) => [name, 'Ready']));
    const [, one, other] = lab.description.clusters;
    const { address, port } = lab.service(`${other?.name ?? ''}-api-server`);
    const elsewhere = ['--server', `https://${address}:${port}`];
    expect(() => getNodes(one?.kubeconfig ?? '', ...elsewhere)).toThrow(/unknown authority/u);
  } finally {
    lab.end();
    rmSync(program.folder, { recursive: true, force: true });
  }
});
