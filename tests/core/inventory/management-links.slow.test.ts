import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importPaths } from '../../../core/inventory/import.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { listDeployments } from '../../../core/plan/model/deployment.ts';
import { MemoryFiles, testPorts } from '../../support/ports.ts';
import { cloudconfig, kubeconfig, Pki } from './pki.ts';

/* Two sites whose only common evidence of cloud agent and management cluster is the configuration of the modules. */

type Contents = Record<string, string>;
const SITES = ['lyon', 'kyoto'] as const;
type Site = (typeof SITES)[number];

const pki = new Pki();
const made = {} as Record<Site, { access: string; ca: string }>;
beforeAll(() => {
  for (const site of SITES) {
    const cloudCa = pki.issue({ subject: '/CN=cloud-agent-ca', days: [-10, 355], usage: 'ca' });
    const client = pki.issue({ subject: `/CN=hv-${site}-01`, issuer: cloudCa, days: [-10, 80] });
    const access = cloudconfig({ ca: cloudCa.crt, client, identity: `hv-${site}-01` });
    made[site] = { access, ca: pki.ca('/CN=kubernetes').crt };
  }
});
afterAll(() => pki.remove());

function psconfig(site: Site, kvaName: string): string {
  return JSON.stringify({
    Moc: { cloudFqdn: `ca.${site}.example`, clusterRoleName: `ca-${site}` },
    Kva: { kvaName, kvaK8sVersion: 'v1.29.4' },
  });
}

/** Returns the files of a host: those of the cloud agent, the configuration, and the management kubeconfig. */
function hostFiles(site: Site, kvaName: string): Contents[] {
  const folder = `/collected/hv-${site}-01`;
  return [
    { [`${folder}/ProgramData/wssdagent/cloudconfig`]: made[site].access },
    { [`${folder}/AksHci/.AksHci/psconfig.json`]: psconfig(site, kvaName) },
    { [`${folder}/AksHci/1.0.24.11029/kubeconfig-mgmt`]: kubeconfig({ cluster: kvaName, ca: made[site].ca }) },
  ];
}

async function importInTurn(parts: readonly Contents[]) {
  const files = new MemoryFiles();
  const store = memoryStore();
  for (const part of parts) {
    for (const [path, content] of Object.entries(part)) files.put(path, content);
    await importPaths(testPorts(files), store, Object.keys(part));
  }
  return store.clusters();
}

/** Lists the agent’s addresses and the sites of its clusters’ files. */
function describeSites(clusters: Awaited<ReturnType<typeof importInTurn>>): string[] {
  const paths = new Map(clusters.map(({ id, credentials }) => [id, credentials[0]?.sources[0]?.path ?? '']));
  return listDeployments(clusters, {})
    .map(({ cloudAgent, clusters: members }) => {
      const sites = members.map(({ id }) => /hv-(\w+)-01/u.exec(paths.get(id) ?? '')?.[1] ?? paths.get(id));
      return `${cloudAgent?.addresses?.join(', ') ?? ''}: ${sites.join(', ')}`;
    })
    .sort();
}

describe.each(['clustergroup-management', 'control'])('a management cluster named %s at two sites', (kvaName) => {
  test.each([
    ['together', (parts: Contents[]) => [Object.assign({}, ...parts) as Contents]],
    ['one after another', (parts: Contents[]) => parts],
    ['in reverse', (parts: Contents[]) => parts.toReversed()],
  ])(
    'runs on the cloud agent that psconfig.json beside its kubeconfig names, with files imported %s',
    async (_, arrange) => {
      const clusters = await importInTurn(arrange(SITES.flatMap((site) => hostFiles(site, kvaName))));
      expect(describeSites(clusters)).toEqual(['ca.kyoto.example: kyoto', 'ca.lyon.example: lyon']);
    },
  );
});

describe('a management cluster whose files are not beside psconfig.json', () => {
  const elsewhere = (site: Site, name: string): Contents => ({
    [`/nodes/hv-${site}-01/kubeconfig`]: kubeconfig({ cluster: name, ca: made[site].ca }),
  });
  const configs = (name: string): Contents[] => SITES.map((site) => hostFiles(site, name)[1] ?? {});

  test('is known by its name if no other configuration has it', async () => {
    const clusters = await importInTurn([elsewhere('lyon', 'lyon-mgmt'), hostFiles('lyon', 'lyon-mgmt')[1] ?? {}]);
    expect(clusters.map(({ cloudAgents }) => cloudAgents)).toEqual([['ca.lyon.example']]);
  });

  test.each([
    ['the default name', 'clustergroup-management', 1],
    ['a name that two configurations have', 'control', 2],
  ])('is not identified by %s', async (_, name, count) => {
    const clusters = await importInTurn([...configs(name).slice(0, count), elsewhere('lyon', name)]);
    expect(clusters.map(({ cloudAgents }) => cloudAgents)).toEqual([undefined]);
  });
});
