import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readVersions } from '../../../core/update/read-versions.ts';
import type { VersionsRead } from '../../../core/update/model/versions.ts';

/* Objects of the modules as printed by PowerShell 7.6.9 in all forms and widths. The same objects must be read. */

const PRINTED = JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/update/printed.json'), 'utf8')) as {
  outputs: Record<string, Record<string, string>>;
  state: Record<string, string>;
};

function read(text: string, command = ''): VersionsRead {
  return readVersions([{ text: command === '' ? text : `PS C:\\> ${command}\n${text}` }]);
}

const listForms = (command: string): [form: string, text: string][] => Object.entries(PRINTED.outputs[command] ?? {});
/** Returns whether a form is a table, which may be too narrow for all columns. */
const isNarrow = (form: string): boolean => /table/u.test(form);

describe.each(listForms('Get-AksHciCluster').filter(([form]) => !isNarrow(form)))('clusters, %s', (_, text) => {
  test.each(['', 'Get-AksHciCluster'])('have their versions and states', (command) => {
    const { known, findings } = read(text, command);
    expect(known.clusters).toEqual([
      { name: 'retail-east', kubernetesVersion: 'v1.29.4', state: 'Deployed' },
      { name: 'plant-west-with-a-long-name', kubernetesVersion: 'v1.27.3', state: 'ClusterPending' },
    ]);
    expect(known.answers).toEqual({ 'get-akshcicluster': 'answered' });
    expect(findings).toEqual([]);
  });
});

describe.each(listForms('Get-AksHciCluster -name mycluster').filter(([form]) => !isNarrow(form)))(
  'a cluster of an older build, %s',
  (_, text) => {
    test('has its version and state', () => {
      expect(read(text).known.clusters).toEqual([
        { name: 'mycluster', kubernetesVersion: 'v1.21.2', state: 'provisioned' },
      ]);
    });
  },
);

describe.each(listForms('Get-AksHciUpdates'))('updates of the host, %s', (_, text) => {
  test('are read as builds, whatever is printed about recommended builds', () => {
    const { known, findings } = read(text, 'Get-AksHciUpdates');
    expect(known.hostUpdates).toEqual(['1.0.24.11029', '1.0.25.10226']);
    expect(findings).toEqual([]);
  });

  test('are not mistaken for the build of the host if they were pasted without a command', () => {
    const { known, findings } = read(text);
    expect(known).toMatchObject({ hostUpdates: ['1.0.24.11029', '1.0.25.10226'] });
    expect(known.host).toBeUndefined();
    expect(findings).toEqual([]);
  });
});

test('updates of the host that were printed as plain strings are read as builds', () => {
  expect(read('1.0.24.11029\n1.0.25.10226', 'Get-AksHciUpdates').known.hostUpdates).toEqual([
    '1.0.24.11029',
    '1.0.25.10226',
  ]);
});

describe.each(listForms('Get-MocNode -location MocLocation'))('nodes, %s', (_, text) => {
  test.each(['', 'Get-MocNode -location MocLocation'])('prove that the cloud agent responds', (command) => {
    const { known, findings } = read(text, command);
    expect(known.answers).toEqual({ 'get-mocnode': 'answered' });
    expect(findings).toEqual([]);
  });
});

describe.each(listForms('Get-AksHciNodePool -clusterName retail-east'))('node pools, %s', (_, text) => {
  test('have their clusters, versions and systems', () => {
    const pool = { cluster: 'retail-east', version: 'v1.29.4', phase: 'Deployed' };
    expect(read(text).known.nodePools).toEqual([
      { ...pool, name: 'nodepool1', operatingSystem: 'Linux', nodes: 1 },
      { ...pool, name: 'winpool', operatingSystem: 'Windows', nodes: 2 },
    ]);
  });
});

describe.each(
  listForms('Get-AksHciClusterUpdates -name retail-east').filter(([form]) => !form.startsWith('default, 60')),
)('updates of a cluster, %s', (form, text) => {
  test('have their versions', () => {
    const { known, findings } = read(text, 'Get-AksHciClusterUpdates -name retail-east');
    const updates = known.clusters[0]?.updates ?? [];
    expect(updates.map(({ kubernetesVersion }) => kubernetesVersion)).toEqual(['v1.29.9', 'v1.30.5']);
    // The default table has no column for the operating systems.
    if (!form.startsWith('default'))
      expect(updates[0]?.operatingSystem).toEqual({ mariner: 'September 2024', windows: 'September 2024' });
    expect(findings).toEqual([]);
  });
});

describe.each(listForms('Test-UpdateAksHci'))('a test of an update, %s', (_, text) => {
  test('contains the blocking cluster', () => {
    expect(read(text).known.tests).toEqual([
      {
        name: 'Validate AksHci Update',
        passed: false,
        deprecated: { cluster: 'plant-west-with-a-long-name', version: 'v1.27.3' },
      },
    ]);
  });
});

describe.each(listForms('Get-AksHciKubernetesVersion'))('versions on offer, %s', (_, text) => {
  test('exclude previews', () => {
    expect(read(text).known.kubernetesVersions).toEqual(['v1.29.4']);
  });
});

describe('the state of the deployment', () => {
  test.each(['list', 'table', 'JSON with names'])('is reported if no update can begin in it, %s', (form) => {
    const { known, findings } = read(PRINTED.state[form] ?? '');
    expect(known.host).toBe('1.0.24.11029');
    expect(findings).toMatchObject([{ rule: 'update.install-state', params: { state: 'Updating' } }]);
  });

  test('is not guessed from a number', () => {
    const { known, findings } = read(PRINTED.state['JSON'] ?? '');
    expect(known.host).toBe('1.0.24.11029');
    expect(findings).toMatchObject([{ rule: 'update.install-state-number', params: { state: '3' } }]);
  });

  test('is not reported if it is the usual state', () => {
    const text = (PRINTED.state['list'] ?? '').replace('Updating', 'Installed');
    expect(read(text, '(Get-AksHciConfig).AksHci').findings).toEqual([]);
  });
});

describe('errors in Japanese', () => {
  const ERROR = (message: string): string => `Get-AksHciCluster : ${message}
発生場所 行:1 文字:1
+ Get-AksHciCluster
+ ~~~~~~~~~~~~~~~~~
    + CategoryInfo          : OperationStopped: (:) [Get-AksHciCluster], RuntimeException
    + FullyQualifiedErrorId : ${message}
`;
  test.each([
    '[AksHci]このコンピューターは展開用に構成されていないようです。',
    '[AksHci]更新は既に進行中です。しばらくお待ちください ...',
    'MOC に到達できません。',
  ])('count as a failure of the command, not as its output: %s', (message) => {
    const { known, findings } = read(ERROR(message), 'Get-AksHciCluster');
    expect(known).toMatchObject({ clusters: [], answers: { 'get-akshcicluster': 'failed' } });
    expect(findings.map(({ rule }) => rule)).toEqual(['update.command-failed']);
  });

  test('do not hide the output if they are only warnings', () => {
    const text = `警告: モジュールの新しいバージョンがあります。\n詳細: 接続しています\n${PRINTED.outputs['Get-AksHciCluster']?.['list, 80, ja'] ?? ''}`;
    expect(read(text, 'Get-AksHciCluster').known.clusters).toHaveLength(2);
  });
});
