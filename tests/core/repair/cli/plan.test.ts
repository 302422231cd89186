import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findFailure } from '../../../../core/knowledge/model/failures/failures.ts';
import { ROLES } from '../../../../core/knowledge/model/credentials/roles.ts';
import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { instant } from '../../../../core/shared/instant.ts';
import { DEFAULT_SETTINGS } from '../../../../core/settings/model/settings.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { readDocument, parsePowerShell, readyPowerShell } from '../../../support/power-shell.ts';
import { testPorts } from '../../../support/ports.ts';
import { TestWorld } from '../../cli/test-world.ts';

beforeAll(readyPowerShell);

const NOW = '2026-11-25T12:00:00Z';
const READ = instant('2026-11-20T00:00:00Z');

/** Makes a cluster whose tokens expired on the day they were read (`ended`) or expire much later. */
function cluster(name: string, kind: Cluster['kind'], tokens: [RoleId, ended: boolean][]): Cluster {
  const source = { path: `/${name}.yaml`, entry: '', fileModified: READ, readAt: READ };
  return {
    id: `id-${name}` as ClusterId,
    name,
    kind,
    addresses: [],
    history: [],
    credentials: tokens.map(([role, ended]) => ({
      id: `${name}-${role}` as CredentialId,
      kind: 'token',
      role,
      assumed: false,
      layer: ROLES[role].layer ?? 'moc',
      name: role,
      firstReadAt: READ,
      sources: [source],
      notBefore: instant('2026-08-20T00:00:00Z'),
      notAfter: instant(ended ? '2026-11-20T00:00:00Z' : '2027-02-01T00:00:00Z'),
    })),
  };
}

const here = { world: new TestWorld(testPorts()) };

function keep(...clusters: Cluster[]): void {
  here.world.store = {
    ...memoryStore(),
    clusters: () => clusters,
    settings: () => DEFAULT_SETTINGS,
    changeSettings: () => Promise.resolve(DEFAULT_SETTINGS),
    close: () => Promise.resolve(),
  };
}

const AGENT = cluster('ca-1', 'moc', [['kvactl-token', false]]);
const EAST = cluster('retail-east', 'kubernetes', [['kms-plugin-token', true]]);
const WEST = cluster("o'neil", 'kubernetes', [['kms-plugin-token', false]]);
const KUBECTL = findFailure('F01')?.published[0] ?? '';

beforeEach(() => {
  here.world = new TestWorld(testPorts());
  here.world.put('error.txt', KUBECTL);
  keep(AGENT, EAST, WEST);
});

const plan = (...words: string[]) => here.world.run('repair', 'plan', ...words, '--now', NOW);

interface Document {
  plan: {
    kind: string;
    madeAt: string;
    knownAt: string | null;
    clusters: { id: string | null; name: string; isHost: boolean }[];
    openValues: string[];
    warnings: { message: string; citations: { certainty: string; work: string }[] }[];
    steps: {
      id: string;
      title: string;
      cluster: string | null;
      target: { kind: string };
      command: { text: string; kind: string } | null;
      only: { message: string }[];
      risk: string;
      needsApiServer: boolean;
      why: { message: string; citations: object[] };
      expected: { message: string; citations: object[] } | null;
      because: { failures: string[]; credentials: string[] };
      instead: { steps: { command: { text: string } | null }[] } | null;
    }[];
    after: { message: string; citations: object[] }[];
  };
  causes: { failure: string; title: string; kind: string; cluster: string | null }[];
  findings: { rule: string }[];
}

const document = (code: number, ...words: string[]): Promise<Document> =>
  here.world.json<Document>(code, 'repair', 'plan', ...words, '--now', NOW);
const listChanges = ({ plan: { steps } }: Document): string[] =>
  steps.flatMap(({ command, only, risk }) =>
    command === null || risk === 'none' || only.length > 0 ? [] : [command.text],
  );

describe('arcwarden repair plan', () => {
  test('accepts the name of a cluster without an inventory, and states that the name was not checked', async () => {
    keep();
    const { code, out, notices } = await plan('--cluster', 'north', '--failure', 'F01');
    expect(code).toBe(1);
    expect(out).toContain('-name north');
    expect(notices).toContain('“north” was not checked');
  });

  test('treats a word as the name of a cluster, and as an id only if no cluster has that name', async () => {
    const later = cluster('plant-east', 'kubernetes', [['kms-plugin-token', true]]);
    const renamed = {
      ...cluster('plant-west', 'kubernetes', [['kms-plugin-token', true]]),
      id: later.name as ClusterId,
    };
    const planCommands = async (): Promise<string> =>
      listChanges(await document(1, '--cluster', 'plant-east')).join('\n');
    const runDiagnose = async () =>
      (await here.world.run('repair', 'diagnose', '--cluster', 'plant-east', '--now', NOW)).out;
    keep(AGENT, renamed, later);
    expect(await planCommands()).toContain('-name plant-east');
    expect(await planCommands()).not.toContain('plant-west');
    expect(await runDiagnose()).not.toContain('plant-west');
    keep(AGENT, renamed);
    expect(await planCommands()).toContain('-name plant-west');
  });

  test('plans repairs for expired credentials in the data folder, and states how old that data is', async () => {
    const { code, out, notices } = await plan();
    expect({ code, notices }).toEqual({ code: 1, notices: '' });
    expect(out).toContain('Do not reboot first');
    expect(out.indexOf('Do not reboot first')).toBeLessThan(out.indexOf('Update-AksHci'));
    expect(out).toContain('> Update-AksHciClusterCertificates -name retail-east -fixCloudCredentials\n');
    expect(out).not.toContain("o'neil -fix");
    expect(out).toMatch(/Based on files read on 20 Nov 2026/u);
  });

  test('plans repairs for the causes of an error text in the named cluster', async () => {
    const { causes, plan: made } = await document(1, 'error.txt', '--cluster', "o'neil");
    expect(causes).toEqual([
      { failure: 'F01', kind: 'certificate', cluster: "o'neil", title: expect.stringContaining('xpired') as unknown },
    ]);
    expect(made.steps.find(({ risk }) => risk !== 'none')?.command?.text).toBe(
      'Update-AksHciClusterCertificates -name <cluster> -fixKubeletCredentials',
    );
    expect(made.steps.flatMap(({ cluster: of }) => of ?? [])).not.toContain('retail-east');
  });

  test('reads standard input, several files, and UTF-16 text', async () => {
    here.world.input = KUBECTL;
    expect((await document(1, '-', '--cluster', "o'neil")).causes[0]?.failure).toBe('F01');
    const kms = findFailure('F07')?.published[0] ?? '';
    here.world.put('kms.txt', Buffer.from(`\uFEFF${kms}`, 'utf16le'));
    const { causes } = await document(1, 'error.txt', 'kms.txt', '--cluster', 'retail-east');
    expect(causes.map(({ failure }) => failure).sort()).toEqual(['F01', 'F07']);
  });

  test('accepts failures in upper or lower case, in one list or in several options', async () => {
    const { causes } = await document(
      ...([1, '--failure', 'f11,F01', '--failure', 'F11', '--cluster', 'retail-east'] as const),
    );
    expect(causes.map(({ failure }) => failure)).toEqual(['F11', 'F01']);
  });

  test('needs no data folder: with everything down, the name of a cluster and a failure suffice', async () => {
    keep();
    const made = await document(1, '--failure', 'F22', '--cluster', 'retail-east');
    expect(made.plan.knownAt).toBeNull();
    expect(made.plan.clusters).toEqual([{ id: null, name: 'retail-east', isHost: false }]);
    expect(listChanges(made).slice(0, 3)).toEqual([
      'Update-AksHciCertificates',
      'Update-AksHciClusterCertificates -name retail-east -fixKubeletCredentials',
      'Update-AksHciClusterCertificates -name retail-east -fixCloudCredentials',
    ]);
  });

  test('prints no steps if nothing is wrong, and states that no failure is named or recognised', async () => {
    keep(AGENT, WEST);
    const { code, out } = await plan();
    expect(code).toBe(0);
    expect(out).toContain('No failure was named or recognised');
    expect((await document(0)).plan).toMatchObject({ steps: [], warnings: [], after: [] });
  });

  test('prints Japanese, but does not translate commands', async () => {
    here.world.language = 'ja';
    const { out } = await plan('--failure', 'F08', '--cluster', 'retail-east');
    expect(out).toContain('再起動');
    expect(out).toContain('Update-AksHciClusterCertificates -name retail-east -fixCloudCredentials');
    expect(out).not.toMatch(/Do not|If the|Copy /u);
  });
});

describe('arcwarden repair plan --json', () => {
  test('prints one document with the whole plan and the sources of each sentence', async () => {
    const { plan: made, findings } = await document(1, '--failure', 'F07', '--cluster', 'retail-east');
    expect(findings).toEqual([]);
    expect(made).toMatchObject({ kind: 'repair', madeAt: NOW, knownAt: '2026-11-20T00:00:00Z' });
    expect(made.clusters.map(({ name, isHost }) => [name, isHost])).toEqual([
      ['ca-1', true],
      ['retail-east', false],
    ]);
    expect(made.warnings[0]?.message).toContain('Do not reboot first');
    expect(made.warnings[0]?.citations[0]).toMatchObject({ certainty: 'reported' });
    for (const step of made.steps) {
      expect(Object.keys(step).sort()).toEqual([
        ...['because', 'check', 'cluster', 'command', 'expected', 'id', 'instead', 'needsApiServer'],
        ...['only', 'precondition', 'risk', 'takes', 'target', 'title', 'undo', 'why'],
      ]);
      expect(step.why.citations.length).toBeGreaterThan(0);
      expect(step.expected?.citations.length).toBeGreaterThan(0);
    }
    const cloud = made.steps.find(
      ({ only, needsApiServer, risk }) => needsApiServer && risk !== 'none' && only.length === 0,
    );
    expect(cloud?.because).toEqual({ failures: ['F08', 'F07'], credentials: ['retail-east-kms-plugin-token'] });
    expect(cloud?.instead?.steps.map(({ command }) => command?.text)).toEqual(['Update-AksHciCertificates']);
    expect(made.openValues).toContain('control-plane-ip');
  });

  test('prints nothing but the document on standard output', async () => {
    const { out } = await plan('error.txt', '--cluster', 'retail-east', '--json', '--out', 'plan.md');
    expect(() => JSON.parse(out) as unknown).not.toThrow();
  });
});

describe('arcwarden repair plan --out', () => {
  const files = async (name: string): Promise<string> => {
    const { code, notices } = await plan(...['--failure', 'F08', '--cluster', "o'neil", '--out', name]);
    expect(code).toBe(1);
    expect(notices).toContain(`/folder/${name}`);
    return here.world.text(name);
  };

  test('writes a script that the PowerShell grammar accepts, with values as data', async () => {
    const tree = parsePowerShell(await files('plan.ps1'));
    expect(tree.hasError).toBe(false);
    const { steps } = readDocument<{ steps: { id: string }[] }>(tree);
    expect(steps.map(({ id }) => id)).toContain('f08-rotate-o-neil');
  });

  test.each(['plan.md', 'plan.html'])('writes %s with the warning above the steps', async (name) => {
    const text = await files(name);
    expect(text.indexOf('Do not reboot first')).toBeGreaterThan(0);
    expect(text.indexOf('Do not reboot first')).toBeLessThan(text.indexOf('mocctl'));
  });

  test('refuses an unknown file extension before it reads anything', async () => {
    const { code, notices } = await plan('missing.txt', '--out', 'plan.pdf');
    expect(code).toBe(2);
    expect(notices).toContain('.ps1, .md, .html');
  });
});

describe('the question of arcwarden repair plan', () => {
  interface Asked {
    question: { field: string; message: string; command: string; removes: { works: number; fails: number } } | null;
    plan: { steps: { only: unknown[] }[] };
  }
  const ask = async (...words: string[]): Promise<Asked> =>
    JSON.parse((await plan('--cluster', 'retail-east', ...words, '--json')).out) as Asked;

  test('precedes the steps, with the command and the options that answer it', async () => {
    keep(AGENT, EAST);
    const { question } = await ask();
    const { field = '', message = '', command = '', removes } = question ?? {};
    expect([field, command]).toEqual(['workload-api-server', 'kubectl get nodes']);
    const { out } = await plan('--cluster', 'retail-east');
    const [before = ''] = out.split('Steps:');
    for (const part of [message, `> ${command}`, `--found ${field}=works (steps decided: ${removes?.works ?? ''})`])
      expect(before).toContain(part);
  });

  test('is not asked again, and its answer decides as many steps as promised', async () => {
    keep(AGENT, EAST);
    const { question, plan: before } = await ask();
    const { question: next, plan: after } = await ask('--found', 'workload-api-server=works');
    const [many, few] = [before, after].map(({ steps }) => steps.filter(({ only }) => only.length > 0).length);
    expect((many ?? 0) - (few ?? 0)).toBe(question?.removes.works);
    expect(next?.field).not.toBe('workload-api-server');
  });

  test('is null if the plan begins with an unconditional command', async () => {
    expect((await ask('--failure', 'F01')).question).toBeNull();
  });
});

describe('arcwarden repair plan with invalid input', () => {
  test.each([
    [['--failure', 'F99'], 'F01–F36'],
    [['missing.txt'], 'missing.txt'],
    [['--cluster', 'retail-north'], 'retail-north'],
    [['--build', 'latest'], '--build'],
    [['--off-since', 'yesterday'], '--off-since'],
    [['--found', 'mocctl=perhaps'], 'mocctl=works'],
    [['--found', 'disk=works'], 'disk=works'],
    [['--to', 'v1.22'], '--to'],
  ])('%j exits with 2 and names the invalid value', async (words, named) => {
    const { code, out, notices } = await plan(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notices).toContain(named);
  });

  test('requires the choice of a deployment if the clusters belong to two deployments', async () => {
    keep(AGENT, cluster('ca-2', 'moc', [['kvactl-token', false]]));
    const { code, notices } = await plan();
    expect(code).toBe(2);
    expect(notices).toContain('ca-1, ca-2');
    expect((await plan('--deployment', 'ca-1')).code).toBe(0);
  });

  test('reports a file of the inventory that cannot be read, but still prints the plan', async () => {
    here.world.put('broken/admin.crt', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    const { code, notices } = await plan(...['--inventory', 'broken', '--failure', 'F01', '--cluster', 'retail-east']);
    expect(code).toBe(1);
    expect(notices).toContain('admin.crt');
  });
});
