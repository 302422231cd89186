import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CMDLET_OUTPUT_RULES } from '../../../core/formats/cmdlet-output/cmdlet-output.ts';
import { readVersions, VERSION_RULES } from '../../../core/update/read-versions.ts';
import type { VersionsRead } from '../../../core/update/model/versions.ts';

function read(...texts: string[]): VersionsRead {
  return readVersions(texts.map((text) => ({ text })));
}

const UPDATES = `details                                                     kubernetesversion operatingsystemversion
-------                                                     ----------------- ----------------------
This is a patch kubernetes upgrade. (i.e v1.1.X  to v1.1.Y) v1.19.9           @{mariner=April 2021; windows=April 2021}
This is a minor kubernetes upgrade. (i.e v1.X.1 to v1.Y.1)  v1.20.5           @{mariner=April 2021; windows=April 2021}
`;
const READ_UPDATES = [
  { kubernetesVersion: 'v1.19.9', operatingSystem: { mariner: 'April 2021', windows: 'April 2021' } },
  { kubernetesVersion: 'v1.20.5', operatingSystem: { mariner: 'April 2021', windows: 'April 2021' } },
];
const CLUSTER = (name: string, version: string): string => `
ProvisioningState     : provisioned
KubernetesVersion     : ${version}
NodePools             : linuxnodepool
ControlPlaneNodeCount : 1
Name                  : ${name}
`;
const TEST = `
TestName       : Validate AksHci Update
Category       : AksHci
TestResult     : Failed
Details        : Target cluster seasons is operating on a deprecated minor version v1.21.7.
Recommendation : An AKS cluster that is operating on a deprecated minor version has to be updated to a
                 supported version to be eligible for support.
`;

describe('the output of cmdlets that print versions', () => {
  test('is read from a whole session, as in a support case', () => {
    const { known, findings } = read(readFileSync('tests/fixtures/update/session.txt', 'utf8'));
    expect(findings).toEqual([]);
    expect(known).toEqual({
      host: '1.0.14.10928',
      moc: '1.0.14.10928',
      hostUpdates: ['1.0.17.10310'],
      kubernetesVersions: ['v1.21.9', 'v1.22.6', 'v1.22.11'],
      modules: ['1.1.46', '1.1.60'],
      clusters: [
        {
          name: 'retail-east',
          state: 'provisioned',
          kubernetesVersion: 'v1.21.9',
          updates: [
            {
              kubernetesVersion: 'v1.22.11',
              operatingSystem: { mariner: 'September 2022', windows: 'September 2022' },
            },
          ],
        },
        { name: 'seasons', state: 'provisioned', kubernetesVersion: 'v1.21.7', updates: [] },
      ],
      nodePools: [
        {
          cluster: 'retail-east',
          name: 'linuxnodepool',
          version: 'v1.21.9',
          operatingSystem: 'Linux',
          nodes: 10,
          phase: 'Deployed',
        },
        {
          cluster: 'retail-east',
          name: 'winpool',
          version: 'v1.21.9',
          operatingSystem: 'Windows',
          nodes: 2,
          phase: 'Deployed',
        },
      ],
      tests: [
        { name: 'Validate AksHci Update', passed: false, deprecated: { cluster: 'seasons', version: 'v1.21.7' } },
      ],
      answers: {
        'get-akshciversion': 'answered',
        'get-mocversion': 'answered',
        'get-akshciupdates': 'answered',
        'get-akshcicluster': 'answered',
        'get-akshciclusterupdates': 'answered',
        'get-akshcinodepool': 'answered',
        'get-akshcikubernetesversion': 'answered',
        'test-updateakshci': 'answered',
        'get-mocnode': 'answered',
        'get-module': 'answered',
      },
    });
  });

  test('is read with the same result from a table, a list and JSON', () => {
    const name = 'PS C:\\> Get-AksHciClusterUpdates -name retail-east';
    const list = READ_UPDATES.map(
      ({ kubernetesVersion }) => `details                : This is an upgrade.
kubernetesversion      : ${kubernetesVersion}
operatingsystemversion : @{mariner=April 2021; windows=April 2021}`,
    ).join('\n\n');
    const json = JSON.stringify(
      READ_UPDATES.map(({ kubernetesVersion, operatingSystem }) => ({
        details: 'This is an upgrade.',
        kubernetesversion: kubernetesVersion,
        operatingsystemversion: operatingSystem,
      })),
      null,
      4,
    );
    for (const output of [UPDATES, list, json]) {
      const { known, findings } = read(`${name}\n${output}`);
      expect(findings).toEqual([]);
      expect(known.clusters).toEqual([{ name: 'retail-east', updates: READ_UPDATES }]);
    }
  });

  test('is recognised by its fields if it was pasted without a command, and two builds by their order', () => {
    const { known, findings } = read('1.0.2.10723', '1.0.0.10517', CLUSTER('retail-east', '1.19.7'), UPDATES);
    expect(known).toMatchObject({
      host: '1.0.0.10517',
      hostUpdates: ['1.0.2.10723'],
      clusters: [{ name: 'retail-east', kubernetesVersion: 'v1.19.7', updates: READ_UPDATES }],
      answers: { 'get-akshcicluster': 'answered' },
    });
    expect(findings).toMatchObject([
      { rule: 'update.build-without-command', params: { build: '1.0.0.10517', use: 'host' } },
    ]);
  });

  test('with a single build means an update only if the build is newer than the known one', () => {
    const version = 'PS C:\\> Get-AksHciVersion\n1.0.2.10723';
    expect(read(version, '1.0.3.10818').known.hostUpdates).toEqual(['1.0.3.10818']);
    expect(read(version, '1.0.1.10628').known.hostUpdates).toBeUndefined();
  });

  test('means that there is no update if the command printed nothing, but not if the command did not end', () => {
    const session = `PS C:\\> Get-AksHciUpdates
PS C:\\> Get-AksHciClusterUpdates -name retail-east
PS C:\\>`;
    expect(read(session).known).toMatchObject({ hostUpdates: [], clusters: [{ name: 'retail-east', updates: [] }] });
    expect(read('PS C:\\> Get-AksHciUpdates').known.hostUpdates).toBeUndefined();
  });

  test('overrides earlier output', () => {
    const before = `PS C:\\> Get-AksHciVersion\n1.0.0.10517\nPS C:\\> Get-AksHciUpdates\n1.0.2.10723\nPS C:\\> Get-AksHciClusterUpdates -name a\n${UPDATES}\nPS C:\\> Test-UpdateAksHci\n${TEST}`;
    const after = `PS C:\\> Get-AksHciVersion\n1.0.2.10723\nPS C:\\> Get-AksHciUpdates\nPS C:\\> Get-AksHciClusterUpdates -name a\n${UPDATES.replace(/.*v1\.19\.9.*\n/u, '')}\nPS C:\\> Test-UpdateAksHci\n${TEST.replace('Failed', 'Passed')}`;
    const { known, findings } = read(before, after);
    expect(known).toMatchObject({ host: '1.0.2.10723', hostUpdates: [] });
    expect(known.clusters[0]?.updates).toEqual([READ_UPDATES[1]]);
    expect(known.tests).toEqual([{ name: 'Validate AksHci Update', passed: true }]);
    expect(findings).toMatchObject([
      { rule: 'update.two-versions', params: { before: '1.0.0.10517', after: '1.0.2.10723' } },
    ]);
  });
});

describe('output without readable versions', () => {
  test('is reported with its line, field and file, and hides nothing else', () => {
    const text = `PS C:\\> Get-AksHciNodePool -clusterName retail-east
ClusterName NodePoolName Version
----------- ------------ -------
retail-east linuxnode... v1.20.7
retail-east pool2        v1.20…
retail-east pool3        latest
retail-east pool4        v1.20.7`;
    const { known, findings } = readVersions([{ text, path: '/pasted.txt' }]);
    expect(findings).toEqual(
      [
        ['update.value-cut', 4, 'NodePoolName'],
        ['update.value-cut', 5, 'Version'],
        ['update.value-unknown', 6, 'Version'],
      ].map(([rule, line, field]) => ({
        rule,
        severity: 'warning',
        place: { path: '/pasted.txt', line },
        params: { field },
      })),
    );
    expect(known.nodePools.map(({ name, version }) => [name, version])).toEqual([
      ['pool2', undefined],
      ['pool3', undefined],
      ['pool4', 'v1.20.7'],
    ]);
  });

  test('is reported if updates without a command could belong to several clusters', () => {
    const { known, findings } = read(`${CLUSTER('a', 'v1.19.7')}\n${CLUSTER('b', 'v1.19.7')}`, UPDATES);
    expect(known.clusters.every(({ updates }) => updates === undefined)).toBe(true);
    expect(findings).toMatchObject([{ rule: 'update.cluster-not-named', place: { line: 1 } }]);
  });

  test('is reported only as a failed command if it is an error', () => {
    const { known, findings } = read(
      'PS C:\\> Get-MocNode\nError: [Error: Certificate has expired: Expired]\nPS C:\\> Get-AksHciVersion\n1.0.2.10723',
    );
    expect(known.answers).toEqual({ 'get-mocnode': 'failed', 'get-akshciversion': 'answered' });
    expect(known.host).toBe('1.0.2.10723');
    expect(findings).toEqual([
      { rule: 'update.command-failed', severity: 'warning', place: { line: 2 }, params: { command: 'Get-MocNode' } },
    ]);
  });

  test('is reported once if no version was found', () => {
    expect(read('hello', '1.0.2.10723').findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['update.nothing-read', 'error'],
      ['update.build-without-command', 'warning'],
    ]);
  });

  test('never causes an exception, whatever it contains', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\n', 'PS C:\\> Get-AksHciClusterUpdates -name a\n', '1.0.2.10723\n', UPDATES),
      fc.constantFrom(TEST, CLUSTER('a', 'v1.19.7'), CLUSTER('', 'x'), 'Version\n-------\n', '...'),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const { known, findings } = read(parts.join(''));
        for (const { name } of known.clusters) expect(name).not.toBe('');
        for (const { rule } of findings) expect([...VERSION_RULES, ...CMDLET_OUTPUT_RULES]).toContain(rule);
      }),
      { numRuns: 150 },
    );
  });

  test('includes a test with an unknown result', () => {
    const { known, findings } = read(TEST.replace('Failed', 'Skipped'));
    expect(known.tests).toBeUndefined();
    expect(findings).toMatchObject([{ rule: 'update.value-unknown', params: { field: 'TestResult' } }]);
  });
});
