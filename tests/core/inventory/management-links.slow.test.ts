import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importPaths } from '../../../core/inventory/import.ts';
import { InventoryService } from '../../../core/inventory/service.ts';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { agentNames, listDeployments } from '../../../core/plan/model/deployment.ts';
import { MemoryFiles, testPorts } from '../../support/ports.ts';
import { readKnownFiles } from '../../../core/inventory/fleet.ts';
import { cloudconfig, jwt, kubeconfig, loginFile, Pki, type Pair } from './pki.ts';

/* Two sites whose only common evidence of cloud agent and management cluster is the configuration of the modules. */

type Contents = Record<string, string>;
const SITES = ['lyon', 'kyoto'] as const;
type Site = (typeof SITES)[number];

const pki = new Pki();
const made = {} as Record<Site, { access: string; ca: string; cloudCa: Pair }>;
beforeAll(() => {
  for (const site of SITES) {
    const cloudCa = pki.issue({ subject: '/CN=cloud-agent-ca', days: [-10, 355], usage: 'ca' });
    const client = pki.issue({ subject: `/CN=hv-${site}-01`, issuer: cloudCa, days: [-10, 80] });
    const access = cloudconfig({ ca: cloudCa.crt, client, identity: `hv-${site}-01` });
    made[site] = { access, ca: pki.ca('/CN=kubernetes').crt, cloudCa };
  }
});
afterAll(() => pki.remove());

function psconfig(site: string, kvaName: string): string {
  return JSON.stringify({
    Moc: { cloudFqdn: `ca.${site}.example`, clusterRoleName: `ca-${site}` },
    Kva: { kvaName, kvaK8sVersion: 'v1.29.4' },
  });
}

/** Returns the files of a host: those of the cloud agent, the configuration, and the management kubeconfig. */
function hostFiles(site: Site, kvaName: string, agent: string = site): Contents[] {
  const folder = `/collected/hv-${site}-01`;
  return [
    { [`${folder}/ProgramData/wssdagent/cloudconfig`]: made[site].access },
    { [`${folder}/AksHci/.AksHci/psconfig.json`]: psconfig(agent, kvaName) },
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

function buildLogin(site: Site, agent: string): string {
  const token = jwt({ iss: 'wssdagentsvc', iat: 1_790_000_000, exp: 1_797_000_000, jti: site });
  return loginFile({ name: `hv-${site}-01`, token, ca: made[site].cloudCa.crt, fqdn: `ca.${agent}.example` });
}

/** Lists the sites from which the files of each cloud agent and of its clusters come. */
function describeAgents(clusters: Awaited<ReturnType<typeof importInTurn>>): string[] {
  const sites = new Map(
    clusters.map(({ id, credentials }) => {
      const path = credentials[0]?.sources[0]?.path ?? '';
      return [id, SITES.find((site) => path.includes(site)) ?? path];
    }),
  );
  return listDeployments(clusters, {})
    .map(({ cloudAgent, clusters: members }) => {
      const agent = cloudAgent === undefined ? 'unknown' : sites.get(cloudAgent.id);
      return `${agent}: ${members.map(({ id }) => sites.get(id)).join(', ')}`;
    })
    .sort();
}

/** Lists the agent’s addresses and the sites of its clusters’ files. */
function describeSites(clusters: Awaited<ReturnType<typeof importInTurn>>): string[] {
  const paths = new Map(clusters.map(({ id, credentials }) => [id, credentials[0]?.sources[0]?.path ?? '']));
  return listDeployments(clusters, {})
    .map(({ cloudAgent, clusters: members }) => {
      const sites = members.map(({ id }) => /hv-(\w+)-01/u.exec(paths.get(id) ?? '')?.[1] ?? paths.get(id));
      return `${(cloudAgent && agentNames(cloudAgent).addresses)?.join(', ') ?? ''}: ${sites.join(', ')}`;
    })
    .sort();
}

const ORDERS = [
  ['together', (parts: Contents[]) => [Object.assign({}, ...parts) as Contents]],
  ['one after another', (parts: Contents[]) => parts],
  ['in reverse', (parts: Contents[]) => parts.toReversed()],
] as const;

describe.each(['clustergroup-management', 'control'])('a management cluster named %s at two sites', (kvaName) => {
  test.each(ORDERS)(
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
    expect(clusters.map((one) => agentNames(one).cloudAgents)).toEqual([['ca.lyon.example']]);
  });

  test.each([
    ['the default name', 'clustergroup-management', 1],
    ['a name that two configurations have', 'control', 2],
  ])('is not identified by %s', async (_, name, count) => {
    const clusters = await importInTurn([...configs(name).slice(0, count), elsewhere('lyon', name)]);
    expect(clusters.map((one) => agentNames(one).cloudAgents)).toEqual([undefined]);
  });
});

describe.each(ORDERS)('two sites whose cloud agents have the same name, imported %s', (_, arrange) => {
  test.each([
    ['no login file', []],
    ['the login file of one site', ['lyon']],
    ['the login files of both sites', SITES],
  ] as const)('keep their management clusters with %s', async (_with, withLogin) => {
    const parts = SITES.flatMap((site) => hostFiles(site, 'control', 'shared'));
    for (const site of withLogin)
      parts.push({ [`/collected/hv-${site}-01/ProgramData/wssdagent/cloudlogin.yaml`]: buildLogin(site, 'shared') });
    const clusters = await importInTurn(arrange(parts));
    expect(describeAgents(clusters)).toEqual(['kyoto: kyoto', 'lyon: lyon']);
  });

  test('have no certain cloud agent if only one of them has files that were read elsewhere', async () => {
    const parts = SITES.flatMap((site) => hostFiles(site, 'control', 'shared').slice(1));
    const clusters = await importInTurn(arrange([...parts, { '/desk/lyon/login.yaml': buildLogin('lyon', 'shared') }]));
    expect(clusters.flatMap((one) => (one.kind === 'moc' ? [] : [agentNames(one).cloudAgents]))).toEqual([
      undefined,
      undefined,
    ]);
  });
});

test.each(ORDERS)(
  'a login file without a CA leaves the management cluster to the CA, imported %s',
  async (_, arrange) => {
    const login = buildLogin('lyon', 'lyon').replace(/certificate:.*\n/u, '');
    const clusters = await importInTurn(arrange([...hostFiles('lyon', 'control'), { '/desk/login.yaml': login }]));
    expect(describeAgents(clusters).filter((line) => line.endsWith(': lyon'))).toEqual(['lyon: lyon']);
  },
);

test.each(ORDERS)('a cloud agent without a known name stays with its only site, imported %s', async (_, arrange) => {
  const [, ...others] = hostFiles('lyon', 'control');
  const clusters = await importInTurn(arrange([{ '/desk/lyon/cloudconfig': made.lyon.access }, ...others]));
  expect(describeAgents(clusters)).toEqual(['lyon: lyon']);
});

describe.each(ORDERS)('the cloud agent of a host, with files imported %s', (_, arrange) => {
  const configurations = (...agents: string[]): Contents[] =>
    agents.map((agent, at) => ({
      [`/collected/hv-lyon-01/AksHci/.AksHci/psconfig${at}.json`]: psconfig(agent, 'control'),
    }));
  const others = (): Contents[] => hostFiles('lyon', 'control').toSpliced(1, 1).toReversed();
  const login = (): Contents => ({
    '/collected/hv-lyon-01/ProgramData/wssdagent/cloudlogin.yaml': buildLogin('lyon', 'lyon'),
  });

  test.each([
    ['a configuration', () => configurations('lyon'), ['ca.lyon.example']],
    ['two configurations that agree', () => configurations('lyon', 'lyon'), ['ca.lyon.example']],
    ['none of two configurations that differ', () => configurations('lyon', 'wrong'), []],
    ['none of three configurations that differ', () => configurations('wrong', 'lyon', 'wrong'), []],
    ['its login file rather than a configuration', () => [...configurations('wrong'), login()], ['ca.lyon.example']],
    [
      'its login file if configurations differ',
      () => [...configurations('lyon', 'wrong'), login()],
      ['ca.lyon.example'],
    ],
  ])('has the name from %s', async (_from, parts, names) => {
    for (const all of [
      [...parts(), ...others()],
      [...others(), ...parts()],
    ]) {
      const clusters = await importInTurn(arrange(all));
      expect(clusters.flatMap((one) => (one.kind === 'moc' ? agentNames(one).addresses : []))).toEqual(names);
    }
  });

  test('is unknown for its management cluster if configurations differ and no file of the cloud agent was read', async () => {
    const clusters = await importInTurn(arrange([...configurations('lyon', 'wrong'), ...others().slice(0, 1)]));
    expect(clusters.map((one) => agentNames(one).cloudAgents)).toEqual([undefined]);
  });
});

const reread = async (parts: Contents[], change: (files: MemoryFiles, path: string) => void) => {
  const files = new MemoryFiles();
  const store = memoryStore();
  for (const part of parts) for (const [path, text] of Object.entries(part)) files.put(path, text);
  await importPaths(testPorts(files), store, ['/']);
  change(files, '/collected/hv-lyon-01/AksHci/.AksHci/psconfig.json');
  await readKnownFiles(testPorts(files), store);
  return store.clusters();
};

describe('a configuration keeps its management cluster while its file', () => {
  const whole = psconfig('lyon', 'control');
  test.each([
    ['is empty', ''],
    ['is empty JSON', '{}'],
    ['is cut after the cloud agent', whole.slice(0, whole.indexOf('"Kva"'))],
    ['is cut after the name of the management cluster', whole.slice(0, whole.indexOf('v1.29'))],
    ['has lost a section', JSON.stringify({ Moc: { cloudFqdn: 'ca.lyon.example', clusterRoleName: 'ca-lyon' } })],
    ['is garbage', '\0\0\0\0'],
  ])('%s', async (_, content) => {
    // The other site makes the cloud agent of the management cluster uncertain without the configuration.
    const parts = SITES.flatMap((site) => hostFiles(site, 'control'));
    const clusters = await reread(parts, (files, path) => files.put(path, content));
    expect(describeSites(clusters)).toEqual(['ca.kyoto.example: kyoto', 'ca.lyon.example: lyon']);
  });
});

describe('a configuration that was corrected', () => {
  const correct = (parts: Contents[], content: string) => reread(parts, (files, path) => files.put(path, content));

  test('renames the cloud agent of its host and that of its management cluster', async () => {
    const clusters = await correct(hostFiles('lyon', 'control', 'wrong'), psconfig('lyon', 'control'));
    expect(describeSites(clusters)).toEqual(['ca.lyon.example: lyon']);
  });

  test('leaves the cloud agent of the management cluster that it named before uncertain', async () => {
    const clusters = await correct(hostFiles('lyon', 'other'), psconfig('lyon', 'control'));
    expect(clusters.map((one) => [one.kind, agentNames(one).cloudAgents?.length ?? 0])).toEqual([
      ['moc', 1],
      ['kubernetes', 0],
    ]);
  });

  test('never removes a name that login files contain', async () => {
    const login = { '/collected/hv-lyon-01/ProgramData/wssdagent/cloudlogin.yaml': buildLogin('lyon', 'lyon') };
    const clusters = await correct([...hostFiles('lyon', 'control'), login], '{}');
    expect(clusters.flatMap((one) => (one.kind === 'moc' ? agentNames(one).addresses : []))).toEqual([
      'ca.lyon.example',
    ]);
  });
});

describe('a configuration that was deleted', () => {
  const folder = '/collected/hv-lyon-01/AksHci/.AksHci';
  async function listNames(change: (files: MemoryFiles) => unknown, then: (...parts: Again) => Promise<unknown>) {
    const files = new MemoryFiles();
    const [agent = {}, , management = {}] = hostFiles('lyon', 'control');
    for (const [path, content] of Object.entries({ ...agent, ...management })) files.put(path, content);
    files.put(`${folder}/psconfig.json`, psconfig('lyon', 'control'));
    files.put(`${folder}/psconfig-old.json`, psconfig('wrong', 'control'));
    const store = memoryStore();
    await importPaths(testPorts(files), store, ['/collected']);
    change(files);
    await then(testPorts(files), store);
    return store.clusters().flatMap((one) => (one.kind === 'moc' ? agentNames(one).addresses : []));
  }
  type Again = [ReturnType<typeof testPorts>, ReturnType<typeof memoryStore>];
  const old = `${folder}/psconfig-old.json`;
  const importFolder = (...[ports, store]: Again) => importPaths(ports, store, ['/collected']);

  test('no longer contradicts another one after the next import of its folder', async () => {
    expect(await listNames((files) => files.drop(old), importFolder)).toEqual(['ca.lyon.example']);
  });

  test.each<[string, Parameters<typeof listNames>[0], Parameters<typeof listNames>[1]]>([
    ['its file is only unreadable', (files) => files.lock(old), importFolder],
    [
      'another folder was imported',
      (files) => files.drop(old),
      (ports, store) => importPaths(ports, store, ['/collected/hv-lyon-01/ProgramData']),
    ],
    ['only the known files were read again', (files) => files.drop(old), (...again) => readKnownFiles(...again)],
    [
      'its folder is unavailable',
      (files) => files.paths().forEach((path) => path.startsWith(folder) && files.drop(path)),
      importFolder,
    ],
  ])('still counts if %s', async (_, change, then) => {
    expect(await listNames(change, then)).toEqual([]);
  });
});

describe('a correction by an admin counts at once, as it would after the next import:', () => {
  async function importForCorrection(parts: readonly Contents[]) {
    const files = new MemoryFiles();
    for (const part of parts) for (const [path, content] of Object.entries(part)) files.put(path, content);
    const store = memoryStore();
    const ports = testPorts(files);
    const service = new InventoryService({ ports, store });
    const run = () => service.importFiles(['/']);
    await run();
    const find = (isWanted: (cluster: Cluster) => boolean) => store.clusters().find(isWanted)!.id;
    const findAgentAt = (site: Site) =>
      find(({ kind, credentials: [first] }) => kind === 'moc' && first!.sources[0]!.path.includes(site));
    return { ports, store, service, run, find, findAgentAt };
  }

  test('a merged cloud agent keeps the name from a configuration, and with it its clusters', async () => {
    const token = jwt({ iss: 'wssdagentsvc', iat: 1_790_000_000, exp: 1_797_000_000, jti: 'w1' });
    const login = loginFile({ name: 'KMSPlugin-w1-moc-kms-plugin', token, fqdn: 'ca.lyon.example' });
    const workload = pki.ca('/CN=kubernetes').crt;
    const { store, service, run, findAgentAt } = await importForCorrection([
      ...hostFiles('lyon', 'control'),
      hostFiles('kyoto', 'control')[0]!,
      {
        '/nodes/w1/etc/kubernetes/pki/ca.crt': workload,
        '/nodes/w1/etc/kubernetes/admin.conf': kubeconfig({ cluster: 'w1', ca: workload }),
        '/nodes/w1/opt/wssd/k8s/cloudlogin.yaml': login,
      },
    ]);
    await service.merge({ clusterId: findAgentAt('lyon'), into: findAgentAt('kyoto') });
    const list = () =>
      listDeployments(store.clusters(), {}).map(({ cloudAgent, clusters }) => [
        cloudAgent && agentNames(cloudAgent).addresses,
        clusters.map(({ name }) => name).sort(),
      ]);
    const merged = [[['ca.lyon.example'], ['control', 'w1']]];
    expect(list()).toEqual(merged);
    await run();
    expect(list()).toEqual(merged);
  });

  test('a management cluster that gets the name from its configuration is linked', async () => {
    const { store, service, find } = await importForCorrection([
      ...hostFiles('kyoto', 'control'),
      ...hostFiles('lyon', 'lyon-mgmt').slice(0, 2),
      { '/desk/lyon.yaml': kubeconfig({ cluster: 'foo', ca: made.lyon.ca }) },
    ]);
    expect(describeAgents([...store.clusters()])).toEqual(['kyoto: kyoto', 'lyon: ', 'unknown: lyon']);
    const { clusterId } = await service.rename({ clusterId: find(({ name }) => name === 'foo'), name: 'lyon-mgmt' });
    expect(describeAgents([...store.clusters()])).toEqual(['kyoto: kyoto', 'lyon: lyon']);
    expect(store.cluster(clusterId)?.configured).toContain('ca.lyon.example');
  });

  test('the configuration of a host counts until its clusters are forgotten, and again if one is restored', async () => {
    const { ports, store, service, findAgentAt, find } = await importForCorrection([
      ...hostFiles('kyoto', 'control'),
      hostFiles('lyon', 'control')[1]!,
      { '/nodes/hv-lyon-01/kubeconfig': kubeconfig({ cluster: 'control', ca: made.lyon.ca }) },
    ]);
    const isAt = (part: string) => (cluster: Cluster) => cluster.credentials[0]!.sources[0]!.path.includes(part);
    const findAgents = () => store.clusters().find(isAt('/nodes/'))?.configured;
    const agent = findAgentAt('kyoto');
    await service.forget(agent);
    expect(findAgents()).toBeUndefined();
    await service.forget(find(isAt('/collected/hv-kyoto-01')));
    expect(findAgents()).toEqual(['ca.lyon.example']);
    await readKnownFiles(ports, store);
    expect(findAgents()).toEqual(['ca.lyon.example']);
    await service.restore(agent);
    expect(findAgents()).toBeUndefined();
  });

  test('a cloud agent that is forgotten and restored has the name from its configuration again', async () => {
    const { store, service, findAgentAt } = await importForCorrection(
      SITES.flatMap((site) => hostFiles(site, 'control')),
    );
    const before = describeSites([...store.clusters()]);
    const id = findAgentAt('lyon');
    await service.forget(id);
    await service.restore(id);
    expect(describeSites([...store.clusters()])).toEqual(before);
  });
});
