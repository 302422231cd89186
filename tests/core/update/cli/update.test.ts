import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { instant } from '../../../../core/shared/instant.ts';
import { DEFAULT_SETTINGS } from '../../../../core/settings/model/settings.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { testPorts } from '../../../support/ports.ts';
import { TestWorld } from '../../cli/test-world.ts';

const NOW = '2026-11-25T12:00:00Z';
const SESSION = readFileSync('tests/fixtures/update/session.txt', 'utf8');

/** Makes hosts whose CAPH token ends at this time. */
function cloudAgent(notAfter: string): Cluster {
  return {
    id: 'agent' as ClusterId,
    name: 'ca-1.contoso.example',
    kind: 'moc',
    addresses: [],
    history: [],
    credentials: [
      {
        kind: 'token',
        id: 'caph' as CredentialId,
        layer: 'moc',
        role: 'caphlogintoken',
        name: 'caph-1',
        notBefore: instant('2026-10-01T00:00:00Z'),
        assumed: false,
        notAfter: instant(notAfter),
        firstReadAt: instant('2026-11-20T00:00:00Z'),
        sources: [
          {
            path: '/caph.yaml',
            entry: '',
            fileModified: instant('2026-11-20T00:00:00Z'),
            readAt: instant('2026-11-20T00:00:00Z'),
          },
        ],
      },
    ],
  };
}

function cluster(name: string): Cluster {
  return { id: name as ClusterId, name, kind: 'kubernetes', addresses: [], history: [], credentials: [] };
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

beforeEach(() => {
  here.world = new TestWorld(testPorts());
  here.world.put('session.txt', SESSION);
  keep(cloudAgent('2027-02-01T00:00:00Z'), cluster('retail-east'), cluster('seasons'));
});

const plan = (...words: string[]) => here.world.run('update', 'plan', ...words, '--now', NOW);

interface Document {
  plan: {
    clusters: { name: string; isHost: boolean }[];
    openValues: string[];
    warnings: { message: string; citations: { certainty: string; work: string }[] }[];
    steps: {
      id: string;
      title: string;
      command: { text: string; kind: string } | null;
      why: { message: string; citations: object[] };
      instead: { steps: { id: string }[] } | null;
    }[];
    after: { message: string }[];
  };
  checks: { id: string; cluster: string | null; state: string; command: { text: string } }[];
  questions: { id: string; command: { text: string } }[];
  length: { minutes: number };
  versions: { host?: string };
  findings: { rule: string; place: object }[];
}

async function document(code: number, ...words: string[]): Promise<Document> {
  return here.world.json<Document>(code, 'update', 'plan', ...words, '--now', NOW);
}

describe('arcwarden update plan', () => {
  test('plans an update from a pasted session and the inventory', async () => {
    const { code, out, notices } = await plan('session.txt');
    // Test-UpdateAksHci failed in the session, and two versions of the module are installed.
    expect({ code, notices }).toEqual({ code: 1, notices: '' });
    expect(out).toContain('2 updates in 14 steps. 2 checks have found problems');
    expect(out).toContain('Clusters: ca-1.contoso.example (hosts), retail-east, seasons');
    expect(out).toContain('> Update-AksHci\n');
    expect(out).toContain('> Update-AksHciCluster -name retail-east -kubernetesVersion v1.22.11\n');
    expect(out).toContain('Check: Get-AksHciCluster -name retail-east');
    // There is no update for this cluster, and the hosts cannot be updated while it exists.
    expect(out).toContain('This plan does not update these clusters: seasons.');
  });

  test('treats a word as the name of a cluster, and as an id only if no cluster has that name', async () => {
    const agent = cloudAgent('2027-02-01T00:00:00Z');
    const renamed: Cluster = { ...cluster('plant-west'), id: 'plant-east' as ClusterId };
    const later: Cluster = { ...cluster('plant-east'), id: 'plant-2f' as ClusterId };
    const updateClusters = async (...words: string[]): Promise<string[]> =>
      (await document(0, ...words)).plan.clusters.flatMap(({ name, isHost }) => (isHost ? [] : [name]));
    const moveCommands = async (): Promise<string[]> =>
      (await document(0, '--to', 'plant-east=v1.22.11')).plan.steps.flatMap(({ command }) =>
        command?.text.includes('-kubernetesVersion v1.22.11') === true ? [command.text] : [],
      );
    keep(agent, renamed, later);
    expect(await updateClusters('--cluster', 'plant-east')).toEqual(['plant-east']);
    expect(await moveCommands()).toEqual(['Update-AksHciCluster -name plant-east -kubernetesVersion v1.22.11']);
    keep(agent, renamed);
    expect(await updateClusters('--cluster', 'plant-east')).toEqual(['plant-west']);
    expect(await moveCommands()).toEqual(['Update-AksHciCluster -name plant-west -kubernetesVersion v1.22.11']);
  });

  test('reads standard input, several files, and UTF-16 text', async () => {
    here.world.input = SESSION;
    expect((await document(1, '-')).versions.host).toBe('1.0.14.10928');
    here.world.put('a.txt', Buffer.from('\uFEFFPS C:\\> Get-AksHciVersion\r\n1.0.14.10928\r\n', 'utf16le'));
    here.world.put('b.txt', 'PS C:\\> Get-AksHciUpdates\n1.0.17.10310\n');
    const { versions } = await document(0, 'a.txt', 'b.txt');
    expect(versions).toMatchObject({ host: '1.0.14.10928', hostUpdates: ['1.0.17.10310'] });
  });

  test('requests missing facts, with the commands that show them', async () => {
    const { questions } = await document(0, '--cluster', 'retail-east');
    expect(questions.map(({ command }) => command.text)).toEqual([
      ...['Get-AksHciVersion', 'Get-AksHciUpdates'],
      ...['Get-AksHciCluster -name retail-east', 'Get-AksHciClusterUpdates -name retail-east'],
    ]);
    const { out } = await plan('--cluster', 'retail-east');
    expect(out).toContain('Not known yet. Run these commands and paste their output:');
    expect(out).toContain('? The Kubernetes version of retail-east is not known.\n');
  });

  test('applies its options', async () => {
    const steps = async (...words: string[]): Promise<string[]> => {
      const { plan: made } = await document(1, 'session.txt', ...words);
      return made.steps.flatMap(({ command }) => command?.text ?? []);
    };
    const one = await steps('--cluster', 'retail-east', '--to', 'v1.23.5');
    expect(one).toContain('Update-AksHciCluster -name retail-east -kubernetesVersion v1.23.5');
    expect(one.join()).not.toContain('seasons');
    const both = await steps('--to', 'retail-east=v1.22.6', '--to', 'v1.22.11');
    expect(both).toContain('Update-AksHciCluster -name retail-east -kubernetesVersion v1.22.6');
    expect(both).toContain('Update-AksHciCluster -name seasons -kubernetesVersion v1.22.11');
    expect(await steps('--operating-system')).toContain('Update-AksHciCluster -name seasons -operatingSystem');
    const { length } = await document(1, 'session.txt', '--minutes', 'host-update=30,cluster-update=10');
    expect(length.minutes).toBe(40);
  });

  test('exits with 1 if a credential expires during the update, and with 0 if nothing is wrong', async () => {
    here.world.put('fine.txt', 'PS C:\\> Get-AksHciVersion\n1.0.14.10928\n');
    expect((await plan('fine.txt')).code).toBe(0);
    keep(cloudAgent('2026-11-25T13:00:00Z'), cluster('retail-east'));
    const { checks } = await document(1, 'fine.txt');
    expect(checks.find(({ id }) => id === 'host-credentials')?.state).toBe('problem');
  });

  test('begins with the repair if a token has expired', async () => {
    keep(cloudAgent('2026-11-01T00:00:00Z'), cluster('retail-east'));
    const { plan: made } = await document(1, 'session.txt', '--cluster', 'retail-east');
    const ids = made.steps.map(({ id }) => id);
    expect(ids.indexOf('repair-host')).toBeGreaterThanOrEqual(0);
    expect(ids.indexOf('repair-host')).toBeLessThan(ids.indexOf('module'));
    expect(made.warnings.map(({ message }) => message)).toContain(
      'A repair comes first: an update needs credentials that have expired.',
    );
  });

  test('prints the texts in its JSON in English, with their sources, whatever the language', async () => {
    here.world.language = 'ja';
    const { plan: made, checks } = await document(1, 'session.txt');
    expect(JSON.stringify({ made, checks })).not.toMatch(/[ぁ-んァ-ヶ]/u);
    for (const { why } of made.steps) {
      expect(why.message).not.toMatch(/^update\./u);
      expect(why.citations.length).toBeGreaterThan(0);
    }
    expect((await plan('session.txt')).out).toContain('始める前の確認:');
  });

  test.each([
    ['plan.ps1', '\uFEFF# Update of AKS enabled by Azure Arc: '],
    ['plan.md', '# Update of AKS enabled by Azure Arc'],
    ['PLAN.HTML', '<!doctype html>'],
  ])('writes %s', async (name, start) => {
    const { code, notices } = await plan('session.txt', '--out', name);
    expect(code).toBe(1);
    expect(notices).toContain(`/folder/${name}`);
    const bytes = await here.world.files.read(`/folder/${name}`, Infinity);
    expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).startsWith(start)).toBe(true);
  });
});

test('writes the plan to a calendar file, as an event in the next maintenance window', async () => {
  const { notices } = await plan('session.txt', '--ics', 'update.ics');
  expect(notices).toContain('/folder/update.ics');
  const text = await here.world.text('update.ics');
  expect(text.match(/^BEGIN:VEVENT/gmu)).toHaveLength(1);
  expect(text).toContain('UID:');
});

describe('arcwarden update plan refuses', () => {
  test.each([
    [['--out', 'plan.txt'], 'a file that ends in .ps1, .md, .html'],
    [['--to', 'latest'], 'vMAJOR.MINOR.PATCH'],
    [['--minutes', 'rotate-ca=5'], 'host-update=60, cluster-update=60'],
    [['--cluster', 'retail-north'], 'retail-north'],
    [['missing.txt'], '/folder/missing.txt'],
  ])('%s, and the message contains the allowed values', async (words, told) => {
    const { code, notices, out } = await plan(...words);
    expect(code).toBe(2);
    expect(notices).toContain(told);
    expect(out).toBe('');
  });

  test('a file without known output, but still prints the plan', async () => {
    here.world.put('other.txt', 'hello\n');
    const { code, out, notices } = await plan('other.txt');
    expect(code).toBe(2);
    expect(notices).toContain('error: /folder/other.txt: The text contains no output');
    expect(out).toContain('Update-AksHci');
  });

  test('clusters of several deployments', async () => {
    keep(
      cloudAgent('2027-02-01T00:00:00Z'),
      { ...cloudAgent('2027-02-01T00:00:00Z'), id: 'other' as ClusterId, name: 'ca-2.contoso.example' },
      cluster('retail-east'),
    );
    const { code, notices } = await plan('session.txt');
    expect(code).toBe(2);
    expect(notices).toContain('ca-1.contoso.example, ca-2.contoso.example');
    expect((await plan('session.txt', '--deployment', 'ca-1.contoso.example')).code).toBe(1);
  });
});
