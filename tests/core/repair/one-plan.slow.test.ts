import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DAY_MS, instantFromMs } from '../../../core/shared/instant.ts';
import { runInFolder } from '../../support/command-line.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/*
 * Makes a cluster with openssl. The board, the power-off view, the repair and the update must begin with the same step.
 */

function openssl(folder: string, ...args: string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
}

/** Makes a control plane with openssl. The certificate of its API server is valid for four days from now. */
function createPki(): string {
  const folder = temporaryFolder();
  const pki = join(folder, 'plant-7', 'etc', 'kubernetes', 'pki');
  mkdirSync(pki, { recursive: true });
  const make = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-nodes', '-days', '3650'];
  openssl(folder, ...make, '-subj', '/CN=kubernetes', '-keyout', 'ca.key', '-out', 'ca.crt');
  openssl(
    folder,
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    '/CN=kube-apiserver',
    '-keyout',
    's.key',
    '-out',
    's.csr',
  );
  const sign = ['x509', '-req', '-in', 's.csr', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-out', 'apiserver.crt'];
  openssl(folder, ...sign, '-days', '4');
  for (const file of ['ca.crt', 'apiserver.crt']) cpSync(join(folder, file), join(pki, file));
  return join(folder, 'plant-7');
}

interface Found {
  needs: { down: object; clusters: { cluster: string; firstStep: { id: string } | null }[] };
}

test('a control plane made with openssl has the same first step on the board, in the power-off view, in the repair and in the update', async () => {
  const folder = createPki();
  const later = instantFromMs(Date.now() + 10 * DAY_MS);
  const json = async (...words: string[]): Promise<unknown> =>
    JSON.parse((await runInFolder(folder, ...words, '--json', '--now', later)).out);
  const { needs } = (await json('expiry', 'check', folder)) as Found;
  expect(needs.down).toMatchObject({ clusters: 1 });
  const [need] = needs.clusters;
  const { clusters } = (await json('expiry', 'poweroff', folder)) as {
    clusters: { cluster: string; impacts: object[]; repairOrder: { step: string }[] }[];
  };
  const powerOff = clusters.find(({ cluster }) => cluster === need?.cluster);
  expect([powerOff?.impacts.length, powerOff?.repairOrder[0]?.step]).toEqual([1, need?.firstStep?.id]);
  for (const plan of ['repair', 'update']) {
    const planned = (await json(plan, 'plan', '--inventory', folder)) as { plan: { steps: { id: string }[] } };
    expect([plan, planned.plan.steps[0]?.id]).toEqual([plan, need?.firstStep?.id]);
  }
});
