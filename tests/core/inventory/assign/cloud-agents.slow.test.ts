import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importPaths } from '../../../../core/inventory/import.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { listDeployments } from '../../../../core/plan/model/deployment.ts';
import { MemoryFiles, testPorts } from '../../../support/ports.ts';
import { cloudconfig, jwt, kubeconfig, loginFile, Pki, type Pair } from '../pki.ts';

/* Cloud agents with the same name stay apart if they are at two sites. A cloud agent whose CA was rotated stays one. */

type Contents = Record<string, string>;
const FQDN = 'cloud.contoso.example';
const pki = new Pki();
let [one, two]: Pair[] = [];
beforeAll(() => {
  one = pki.issue({ subject: '/CN=cloud-agent-ca', days: [-300, 65], usage: 'ca' });
  two = pki.issue({ subject: '/CN=cloud-agent-ca', days: [-10, 355], usage: 'ca' });
});
afterAll(() => pki.remove());

function login(name: string, ca: Pair, jti: string): string {
  const token = jwt({ iss: 'wssdagentsvc', iat: 1_790_000_000, exp: 1_797_000_000, jti });
  return loginFile({ name, token, ca: ca.crt, fqdn: FQDN });
}

function access(identity: string, { trusted, issuer = trusted[0]! }: { trusted: Pair[]; issuer?: Pair }): string {
  const client = pki.issue({ subject: `/CN=${identity}`, issuer, days: [-5, 60] });
  return cloudconfig({ ca: trusted.map(({ crt }) => crt).join(''), client, identity });
}

/** Imports the parts one after another, and lists the deployments as `agent: clusters`. */
async function importInTurn(...parts: Contents[]) {
  const files = new MemoryFiles();
  const store = memoryStore();
  for (const part of parts) {
    for (const [path, content] of Object.entries(part)) files.put(path, content);
    await importPaths(testPorts(files), store, Object.keys(part));
  }
  return listDeployments(store.clusters(), {}).map(
    ({ cloudAgent, clusters }) =>
      `${cloudAgent?.addresses?.join() ?? 'unknown'}: ${clusters
        .map(({ name }) => name)
        .sort()
        .join(', ')}`,
  );
}

const clusterFiles = (site: string, cloudCa: Pair): Contents => {
  const name = `${site}pos`;
  const node = `/backup/${site}/${name}-cp-1`;
  const ca = pki.ca('/CN=kubernetes').crt;
  return {
    [`${node}/etc/kubernetes/pki/ca.crt`]: ca,
    [`${node}/etc/kubernetes/admin.conf`]: kubeconfig({ cluster: name, ca }),
    [`${node}/opt/wssd/k8s/cloudlogin.yaml`]: login(`KMSPlugin-${name}-moc-kms-plugin`, cloudCa, site),
  };
};
const host = (site: string): string => `/backup/${site}/hv-01/ProgramData/wssdagent`;

test.each([
  ['together', (parts: Contents[]) => [Object.assign({}, ...parts) as Contents]],
  ['one after another', (parts: Contents[]) => parts],
  ['in reverse', (parts: Contents[]) => parts.toReversed()],
])('cloud agents with the same name and different CAs are two deployments, imported %s', async (_, arrange) => {
  const parts = [
    { [`${host('lyon')}/cloudconfig`]: access('hv-lyon', { trusted: [one!] }) },
    { [`${host('lyon')}/cloudlogin.yaml`]: login('hv-lyon', one!, 'a') },
    { [`${host('kyoto')}/cloudlogin.yaml`]: login('hv-kyoto', two!, 'b') },
    clusterFiles('lyon', one!),
    clusterFiles('kyoto', two!),
  ];
  const found = await importInTurn(...arrange(parts));
  expect(found.toSorted()).toEqual([`${FQDN}: kyotopos`, `${FQDN}: lyonpos`]);
});

test.each([
  ['one folder named after the product', '/backup/AksHci/lyon', '/backup/AksHci/kyoto'],
  ['one folder named after the cloud agent', '/backup/wssdcloudagent/lyon', '/backup/wssdcloudagent/kyoto'],
  [
    'one folder named after the node agent',
    '/backup/ProgramData/wssdagent/lyon',
    '/backup/ProgramData/wssdagent/kyoto',
  ],
  ['the profiles of two admins', '/ws/Users/ana/.wssd/mocctl', '/ws/Users/ben/.wssd/mocctl'],
  ['the profile of one admin', '/ws/Users/ana/.wssd/mocctl', '/ws/Users/ana/.wssd/kvactl'],
])('access files of two sites in %s make two deployments', async (_, lyon, kyoto) => {
  const found = await importInTurn({
    [`${lyon}/cloudconfig`]: access('hv-lyon', { trusted: [one!] }),
    [`${kyoto}/cloudconfig`]: access('hv-kyoto', { trusted: [two!] }),
  });
  expect(found).toEqual([': ', ': ']);
});

describe('a cloud agent whose CA was rotated stays one deployment', () => {
  const [lyon, kyoto] = [`${host('lyon')}/cloudlogin.yaml`, `${host('kyoto')}/cloudlogin.yaml`];
  test.each([
    ['an access file with both CAs', () => [{ '/x/cloudconfig': access('hv-1', { trusted: [two!, one!] }) }]],
    [
      'a client of the former CA that trusts the current one',
      () => [{ '/x/cloudconfig': access('hv-1', { trusted: [two!], issuer: one! }) }],
    ],
    [
      'a host with files from both CAs',
      () => [{ [`${host('lyon')}/cloudconfig`]: access('hv-1', { trusted: [two!] }) }],
    ],
    ['a login file that was read again', () => [{ [lyon]: login('hv-lyon', two!, 'c') }]],
  ])('because of %s', async (_, further) => {
    const former = { [lyon]: login('hv-lyon', one!, 'a') };
    const current = { [kyoto]: login('hv-kyoto', two!, 'b') };
    const all = [former, current, ...further()];
    expect(await importInTurn(...all)).toEqual([`${FQDN}: `]);
    expect(await importInTurn(former, Object.assign({}, ...all.slice(1)) as Contents)).toEqual([`${FQDN}: `]);
  });

  test('because of a login file of a cluster, read before and after', async () => {
    const before = clusterFiles('lyon', one!);
    const path = Object.keys(before).find((each) => each.endsWith('cloudlogin.yaml'))!;
    const after = { [path]: login('KMSPlugin-lyonpos-moc-kms-plugin', two!, 'c') };
    expect(await importInTurn(before, after)).toEqual([`${FQDN}: lyonpos`]);
  });
});
