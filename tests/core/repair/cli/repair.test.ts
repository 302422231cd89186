import { beforeEach, describe, expect, test } from 'vitest';
import { findFailure } from '../../../../core/knowledge/model/failures/failures.ts';
import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import type { ClusterId, CredentialId, Layer } from '../../../../core/shared/ids.ts';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { instant, type Instant } from '../../../../core/shared/instant.ts';
import { DEFAULT_SETTINGS } from '../../../../core/settings/model/settings.ts';
import type { Settings } from '../../../../core/shared/settings.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { emptyWorld, type TestWorld } from '../../cli/test-world.ts';

const NOW = instant('2026-11-24T12:00:00Z');
const EARLIER = instant('2026-11-20T12:00:00Z');
const LATER = instant('2027-01-20T12:00:00Z');

const KMS_LOG = findFailure('F07')?.published[0] ?? '';
const UNAUTHORIZED = findFailure('F10')?.published[0] ?? '';

interface CauseRecord {
  failure: string;
  title: string;
  kind: string;
  confidence: number;
  evidence: Record<string, unknown>[];
  speaksAgainst: Record<string, unknown>[];
  missingCheck: { check: string; command: string; between: string[] } | null;
}

function aCluster(name: string, kind: Cluster['kind'], tokens: [RoleId, Layer, Instant][]): Cluster {
  return {
    id: `id-${name}` as ClusterId,
    name,
    kind,
    addresses: [],
    history: [],
    credentials: tokens.map(([role, layer, notAfter]) => ({
      id: `${name}-${role}` as CredentialId,
      kind: 'token',
      layer,
      role,
      assumed: false,
      name: role,
      notBefore: instant('2026-09-01T00:00:00Z'),
      notAfter,
      sources: [],
      firstReadAt: EARLIER,
    })),
  };
}

const CLUSTERS = [
  aCluster('ca-1', 'moc', [['kvactl-token', 'moc', LATER]]),
  aCluster("o'neil", 'kubernetes', [['kms-plugin-token', 'moc', EARLIER]]),
  aCluster('retail-east', 'kubernetes', [['kubeconfig-token', 'workstation', LATER]]),
];

let world: TestWorld;

beforeEach(() => {
  world = emptyWorld();
  world.ports.clock.moment = NOW;
});

function keep(clusters: Cluster[], facts: Settings['clusterFacts'] = {}): void {
  world.store = {
    ...memoryStore(),
    clusters: () => clusters,
    settings: () => ({ ...DEFAULT_SETTINGS, clusterFacts: facts }),
    changeSettings: () => Promise.resolve(DEFAULT_SETTINGS),
    close: () => Promise.resolve(),
  };
}

function saveInventory(): void {
  keep(CLUSTERS, { "id-o'neil": { offSince: instant('2026-11-01T12:00:00Z') } });
}

describe('arcwarden repair diagnose', () => {
  test('lists the causes of the errors in a file, most likely first', async () => {
    world.put('kms.log', `noise\n${KMS_LOG}`);
    const causes = await world.json<CauseRecord[]>(1, 'repair', 'diagnose', 'kms.log');
    expect(causes[0]).toEqual({
      failure: 'F07',
      title: 'Token of the KMS plugin expired',
      kind: 'certificate',
      confidence: 0.93,
      evidence: [
        {
          kind: 'text',
          pattern: 'login',
          line: 2,
          phrases: ['starting login to cloud agent', 'code = Unauthenticated desc = Valid Token Required'],
        },
      ],
      speaksAgainst: [],
      missingCheck: { check: 'kms-log', between: ['F07'], command: 'kubectl -n kube-system logs <kms-pod>' },
    });
    const confidences = causes.map(({ confidence }) => confidence);
    expect(confidences).toEqual([...confidences].sort((one, other) => other - one));
  });

  test.each([['-'], []])('reads standard input for the arguments %j', async (...words) => {
    world.input = KMS_LOG;
    const [first] = await world.json<CauseRecord[]>(1, 'repair', 'diagnose', ...words);
    expect(first?.failure).toBe('F07');
  });

  test('asks who printed a text that any product may print, and shows commands only for a named cluster', async () => {
    world.put('error.txt', `Unable to connect to the server: x509: certificate has expired`);
    const { out } = await world.run('repair', 'diagnose', 'error.txt');
    expect(out).toMatch(/^Other products print these sentences too.*\nF01 /u);
    expect(out).not.toContain('<');
    keep([]);
    const named = await world.run('repair', 'diagnose', 'error.txt', '--cluster', 'retail-north');
    expect(named.out).toMatch(/^F01 /u);
    expect(named.out).toContain('Update-AksHciClusterCertificates -name retail-north -fixKubeletCredentials');
    const { notices } = await world.run('repair', 'diagnose', 'error.txt', '--json');
    expect(notices).toContain('Which command printed them');
  });

  test('shows the line in which a person stated a fact', async () => {
    world.put('mail.txt', 'こんにちは。\nクラスターを 40 日間停止していました。');
    const [first] = await world.json<CauseRecord[]>(1, 'repair', 'diagnose', 'mail.txt');
    expect(first?.evidence[0]).toMatchObject({ kind: 'answer', field: 'offHours', from: 'text', line: 2 });
    const { out } = await world.run('repair', 'diagnose', 'mail.txt', '--lang', 'ja');
    expect(out).toContain('2 行目の記述');
  });

  test('reads UTF-16 files, as written by Windows PowerShell', async () => {
    const utf16 = new Uint8Array(Buffer.from(`\uFEFF${KMS_LOG}`, 'utf16le'));
    world.put('kms.log', utf16);
    const [first] = await world.json<CauseRecord[]>(1, 'repair', 'diagnose', 'kms.log');
    expect(first?.failure).toBe('F07');
  });

  test('prints an empty list if no cause matches, and a notice about what else to check', async () => {
    world.input = 'dial tcp: lookup api.retail.example on 10.0.0.10:53: no such host';
    const { code, out, notices } = await world.run('repair', 'diagnose', '-', '--json');
    expect([code, JSON.parse(out)]).toEqual([0, []]);
    expect(notices).toContain('Check DNS');
  });

  test('states that no cause matches', async () => {
    world.input = 'all is well';
    const { code, out } = await world.run('repair', 'diagnose', '-');
    expect(code).toBe(0);
    expect(out).toBe(
      'No known cause fits. If the text was cut off, provide more of it, or answer the questions in docs/repair.md.\n',
    );
  });

  test('prints the evidence, the remedy and the confidence', async () => {
    world.input = KMS_LOG;
    const { out } = await world.run('repair', 'diagnose', '-');
    expect(out).toMatch(/^F07 {2}Token of the KMS plugin expired {2}\(almost sure\)\n/u);
    expect(out).toContain('line 1: “starting login to cloud agent … code');
    expect(out).toContain('Do not reboot first');
    expect(out).toContain('Update-AksHciClusterCertificates -name <cluster> -fixCloudCredentials');
    expect(out).toContain('[Documented]');
    expect(out).not.toMatch(/failure\.|repair\.|cli\.|\{/u);
  });

  test('prints Japanese, but does not translate commands and quoted phrases', async () => {
    world.input = KMS_LOG;
    const { out } = await world.run('repair', 'diagnose', '-', '--lang', 'ja');
    expect(out).toContain('KMS プラグインのトークンが期限切れ');
    expect(out).toContain('starting login to cloud agent');
    expect(out).toContain('先に再起動しないでください');
  });

  test('uses the inventory’s data about a cluster, and includes no invalid name in a command', async () => {
    saveInventory();
    const words = ['repair', 'diagnose', '--cluster', "o'neil"];
    const causes = await world.json<CauseRecord[]>(1, ...words);
    const kms = causes.find(({ failure }) => failure === 'F07');
    expect(kms?.evidence).toEqual([
      { kind: 'inventory', pattern: 'kms-expired', roles: ['kms-plugin-token'], state: 'expired' },
    ]);
    const { out } = await world.run(...words);
    expect(out).toContain('-name <cluster>');
    expect(out).not.toContain("-name 'o");
  });

  test('uses the admin’s statements about the cluster; an option overrides a stored statement', async () => {
    saveInventory();
    const words = ['repair', 'diagnose', '--cluster', "o'neil"];
    const stated = await world.json<CauseRecord[]>(1, ...words);
    expect(stated.map(({ failure }) => failure)).toContain('F01');
    const now = [...words, '--off-since', '2026-11-24T11:00:00Z'];
    const causes = await world.json<CauseRecord[]>(1, ...now);
    expect(causes.map(({ failure }) => failure)).not.toContain('F01');
  });

  test('names no cause if there is no text and the inventory shows no problem', async () => {
    saveInventory();
    expect(await world.json(0, 'repair', 'diagnose', '--cluster', 'retail-east')).toEqual([]);
  });

  test('considers the build and the Windows user', async () => {
    world.input = findFailure('F12')?.published[0] ?? '';
    const words = ['repair', 'diagnose', '-', '--other-user', '--build', '1.0.14.10928'];
    const [first] = await world.json<CauseRecord[]>(1, ...words);
    expect(first?.evidence.at(-1)).toEqual({ kind: 'answer', pattern: 'other-user', field: 'sameUser', is: false });
    const fails = await world.json<CauseRecord[]>(1, 'repair', 'diagnose', '--found', 'workload-kms=fails');
    expect(fails[0]?.evidence).toEqual([expect.objectContaining({ field: 'found', of: 'workload-kms', is: 'fails' })]);
  });

  test.each([
    ['a missing file', ['repair', 'diagnose', 'none.log'], 'none.log'],
    ['a file that is not text', ['repair', 'diagnose', 'binary'], '“binary” is not a text file.'],
    ['an invalid build', ['repair', 'diagnose', '-', '--build', 'new'], '--build'],
    ['an unknown cluster', ['repair', 'diagnose', '--cluster', 'x'], 'x'],
    ['an invalid time', ['repair', 'diagnose', '-', '--off-since', 'now'], '--off-since'],
    ['several files', ['repair', 'diagnose', 'binary', 'b', '--cluster', 'ca-1'], '“b”'],
  ])('refuses %s', async (_, words, message) => {
    saveInventory();
    world.put('binary', new Uint8Array(64));
    const { code, notices } = await world.run(...words);
    expect(code).toBe(2);
    expect(notices).toContain(message);
  });

  test('accepts the name of a cluster without an inventory, and states that the name was not checked', async () => {
    keep([]);
    world.input = KMS_LOG;
    const { code, out, notices } = await world.run('repair', 'diagnose', '--cluster', 'retail-north');
    expect(code).toBe(1);
    expect(out).toContain('-name retail-north');
    expect(notices).toContain('“retail-north” was not checked');
    expect(await world.json<CauseRecord[]>(1, 'repair', 'diagnose', '-', '--cluster', 'retail-north')).toMatchObject([
      { failure: 'F07' },
    ]);
  });

  test('exits with 2 at a terminal instead of waiting for input', async () => {
    world.typed = { answers: undefined };
    const { code, notices } = await world.run('repair', 'diagnose');
    expect(code).toBe(2);
    expect(notices).toContain('standard input');
  });

  test('never prints a secret from the text', async () => {
    const token = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ3c3NkYWdlbnRzdmMifQ.c2VjcmV0';
    world.input = `token: ${token}\n${UNAUTHORIZED}`;
    for (const words of [[], ['--json']]) {
      const { out, notices } = await world.run('repair', 'diagnose', '-', ...words);
      expect(out + notices).not.toContain('eyJ');
    }
  });
});

describe('arcwarden repair check-command', () => {
  beforeEach(() => keep([]));

  test.each([
    ['Install-Module -Name AksHci', 0, 'The command is correct.'],
    ['Foo-Bar -x 1', 1, 'does not know Foo-Bar'],
    ['az aks rotate-certs', 1, 'another product'],
    ['Restart-AksHci', 1, 'removes EVERY workload cluster'],
    ['Get-AksHciVersion', 0, 'The command is correct.'],
  ])('states the known facts about %s', async (command, exit, text) => {
    const { code, out } = await world.run('repair', 'check-command', command);
    expect(code).toBe(exit);
    expect(out).toContain(text);
  });

  const check = ['repair', 'check-command'];

  test('finds no problem in a correct command', async () => {
    const command = 'Update-AksHciClusterCertificates -name retail-east -fixCloudCredentials';
    expect(await world.json(0, ...check, command)).toEqual({ ok: true, problems: [] });
    const { out } = await world.run(...check, command);
    expect(out).toBe('The command is correct.\n');
  });

  test('lists problems from left to right, each with an explanation and a suggestion', async () => {
    expect(await world.json(1, ...check, 'UpdateAksHciClusterCertificates -nam east -fixCloudCredentials')).toEqual({
      ok: false,
      problems: [
        {
          code: 'typo',
          severity: 'error',
          at: 0,
          message: '“UpdateAksHciClusterCertificates” is not known. Did you mean Update-AksHciClusterCertificates?',
          suggestion: 'Update-AksHciClusterCertificates',
        },
        {
          code: 'abbreviated',
          severity: 'notice',
          at: 32,
          message: 'nam is short for name. It works only while no other parameter starts the same way: write it out.',
          suggestion: '-name',
        },
      ],
    });
  });

  test('counts positions from 1, and suggests a correction', async () => {
    const { code, out } = await world.run(...check, 'Update-AksHciCertificates -name east');
    expect(code).toBe(1);
    expect(out).toBe(
      'error at 1: Update-AksHciCertificates is for the host and takes no cluster. For one cluster, use Update-AksHciClusterCertificates.\n    instead: Update-AksHciClusterCertificates\n',
    );
  });

  test('checks the command against the given build', async () => {
    const words = [...check, 'Update-AksHciCertificates', '--build', '1.0.8.10223'];
    const { problems } = await world.json<{ problems: { code: string }[] }>(1, ...words);
    expect(problems.map(({ code }) => code)).toEqual(['not-available']);
    expect(await world.json(0, ...check, 'Repair-AksHciCerts', '--build', '1.0.8.10223')).toEqual({
      ok: true,
      problems: [],
    });
  });

  test('compares cluster names with the inventory and suggests the nearest one', async () => {
    saveInventory();
    const line = 'Get-AksHciCredential -name retail-eats';
    expect(await world.json(1, ...check, line)).toEqual({
      ok: false,
      problems: [
        {
          code: 'unknown-cluster',
          severity: 'warning',
          at: 27,
          message: 'The inventory has no cluster named retail-eats. The cluster may never have been imported.',
          suggestion: 'retail-east',
        },
      ],
    });
    expect((await world.run(...check, 'Get-AksHciCredential -name Retail-East')).code).toBe(0);
    expect((await world.run(...check, 'New-AksHciCluster -name newcluster')).code).toBe(0);
  });

  test('names the object that a command destroys, in both languages', async () => {
    const line = "ssh clouduser@10.0.0.11 'sudo rm -rf /etc/kubernetes/pki'";
    expect((await world.run(...check, line)).out).toContain('This removes private keys of the cluster.');
    expect((await world.run(...check, line, '--lang', 'ja')).out).toContain('クラスターの秘密キーを削除します。');
  });

  test('judges every line of a pasted text', async () => {
    const { problems } = await world.json<{ problems: { code: string; at: number }[] }>(
      1,
      ...check,
      'Get-AksHciVersion\nRemove-Item C:\\wssdcloudagent -Recurse',
    );
    expect(problems.map(({ code, at }) => [code, at])).toEqual([['removes', 30]]);
  });

  test('requires the command as a single quoted argument', async () => {
    for (const words of [check, [...check, 'Update-AksHci', 'more']]) expect((await world.run(...words)).code).toBe(2);
  });
});

test('every verb has a help text in both languages', async () => {
  for (const verb of ['diagnose', 'check-command'])
    for (const language of ['en', 'ja']) {
      const { code, out } = await world.run('help', 'repair', verb, '--lang', language);
      expect(code).toBe(0);
      expect(out).toContain(`arcwarden repair ${verb}`);
    }
});
