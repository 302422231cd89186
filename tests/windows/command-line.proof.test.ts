import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { WINDOWS_NODE } from '../rigs/windows-programs.mjs';
import { WINE } from '../rigs/wine.mjs';
import { needNode, useComputer } from './computer.ts';

/* Tests the command line on Windows with every kind of Windows path. */

const computer = useComputer((made) => made.putArcwarden());

const HOME = String.raw`C:\作業 フォルダー`;
const homePath = (name: string): string => `${HOME}\\${name}`;
const GLOBAL = ['--data', homePath('データ 1'), '--lang', 'en'];
const PASSPHRASE = ['--passphrase-file', homePath('passphrase.txt')];
/** The effect of the manifest below, in the words that a confirmation must contain. */
const UNDERSTOOD = 'revoke future certificates, all kubelets';
const ZIP = homePath('手順 1.zip');
/** A relative path that is too long, below `HOME`, for the 260 characters that Windows once allowed. */
const LONG = Array.from({ length: 12 }, (_, index) => `${'長い名前のフォルダー'.repeat(2)}${index}`).join('\\');
const KUBECONFIG = 'demo/workstation/Users/tanaka.mika/.kube/config';

beforeAll(async () => {
  if (WINE.find() === undefined || WINDOWS_NODE.find() === undefined) return;
  computer().put('作業 フォルダー/passphrase.txt', 'correct horse battery staple\r\n');
  const { output } = await computer().arcwarden([...GLOBAL, 'sample', '--out', 'C:\\demo\\']);
  expect(output).toContain('Wrote');
});

/** Returns the JSON document in output that also contains notices. */
function documentIn(output: string): { credentials: unknown[] } {
  return JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('\n}') + 2)) as { credentials: unknown[] };
}

/** Commands with their permitted exit codes; each command comes after those that it depends on. */
const WALK: readonly (readonly [readonly number[], ...string[]])[] = [
  [[0, 1], 'inspect', String.raw`C:\demo\retail-east`],
  [[0, 1], 'inventory', 'import', 'C:\\demo\\'],
  [[0, 1], 'inventory', 'list'],
  [[0, 1], 'inventory', 'clusters'],
  [[0], 'inventory', 'rename', 'nagoya-lab', 'nagoya'],
  [[0], 'inventory', 'forget', 'sapporo-depot'],
  [[0, 1], 'inventory', 'places'],
  [[0, 1], 'expiry', 'check'],
  [[0, 1], 'expiry', 'poweroff'],
  [[0, 1], 'expiry', 'forecast'],
  [[0, 1], 'expiry', 'plan'],
  [[0, 1], 'expiry', 'report', '--out', homePath('報告.html')],
  [[0], 'authority', 'new', 'lab', '--kind', 'kubernetes', ...PASSPHRASE],
  [[0], 'authority', 'list'],
  [[0], 'authority', 'tree', 'lab'],
  [[0], 'authority', 'export', 'lab', 'cluster-ca', '--format', 'pem', '--out', homePath('認証局 1.pem')],
  [[0], 'authority', 'crl', 'lab', 'cluster-ca', '--out', homePath('失効.crl'), ...PASSPHRASE],
  [[0, 1], 'authority', 'judge-csr', String.raw`C:\demo\retail-east\csr.yaml`],
  [[0], 'authority', 'remove', 'lab', '--yes'],
  [[0, 1], 'repair', 'diagnose', homePath('誤り.log')],
  [[0, 1], 'repair', 'check-command', 'Get-AksHciCredential -name retail-east'],
  [[0, 1], 'repair', 'plan', '--failure', 'F11', '--cluster', 'retail-east', '--out', homePath('計画.md')],
  // No host can repair a cluster of the demo fleet.
  [[2], 'repair', 'run', '--failure', 'F11', '--cluster', 'retail-east', '--target', 'local', '--yes'],
  [[0, 1], 'runs', 'list'],
  [[0, 1], 'revocation', 'list'],
  [[0, 1], 'revocation', 'lint', homePath('失効.yaml')],
  [[0, 1], 'revocation', 'preview', homePath('失効.yaml')],
  [[0, 1], 'revocation', 'bundle', homePath('失効.yaml'), '--out', ZIP, '--i-understand', UNDERSTOOD],
  [[0, 1], 'revocation', 'verify-bundle', ZIP],
  [[0, 1], 'update', 'plan', '--out', homePath('更新.md')],
  [[0], 'audit', 'list'],
  [[0], 'audit', 'verify'],
  [[0], 'audit', 'export', '--out', homePath('監査.csv')],
  [[0], 'knowledge', 'search', 'kubeconfig'],
  [[0], 'channel', 'list'],
  [[0], 'silence', 'list'],
  [[0], 'settings', 'list'],
];

describe('the command line on Windows', () => {
  test('executes every verb, with Japanese names and spaces in paths', async (context) => {
    needNode(context);
    const revocations = 'demo/workstation/Users/tanaka.mika/Documents/revocations';
    const [manifest = ''] = readdirSync(computer().path(revocations));
    computer().put('作業 フォルダー/失効.yaml', computer().read(`${revocations}/${manifest}`).replaceAll('\n', '\r\n'));
    computer().put('作業 フォルダー/誤り.log', 'x509: certificate has expired or is not yet valid\r\n');
    const wrong: string[] = [];
    for (const [codes, ...words] of WALK) {
      const { exitCode, output } = await computer().arcwarden([...GLOBAL, ...words]);
      if (!codes.includes(exitCode ?? -1)) wrong.push(`${words.join(' ')}: ${exitCode}\n${output.slice(-500)}`);
    }
    expect(wrong).toEqual([]);
    const made = readdirSync(computer().path('作業 フォルダー'));
    for (const name of ['報告.html', '認証局 1.pem', '失効.crl', '計画.md', '手順 1.zip', '監査.csv'])
      expect(made).toContain(name);
  });

  test('finds the same number of credentials through each kind of path', async (context) => {
    needNode(context);
    const { drive } = computer().prefix;
    const unc = join(drive, '../dosdevices/unc/server');
    mkdirSync(unc, { recursive: true });
    symlinkSync(drive, join(unc, 'share'));
    const content = readFileSync(computer().path(KUBECONFIG), 'utf8');
    computer().put('作業 フォルダー/crlf', content.replaceAll('\n', '\r\n'));
    computer().put('作業 フォルダー/mark', `\uFEFF${content}`);
    const long = `${HOME}\\${LONG}`;
    mkdirSync(computer().path(`作業 フォルダー/${LONG.replaceAll('\\', '/')}`), { recursive: true });
    cpSync(computer().path(KUBECONFIG), computer().path(`作業 フォルダー/${LONG.replaceAll('\\', '/')}/config`));
    expect(`${long}\\config`.length).toBeGreaterThan(260);
    const path = `C:\\${KUBECONFIG.replaceAll('/', '\\')}`;
    const found: Record<string, unknown> = {};
    const paths = [
      path,
      path.replaceAll('\\', '/'),
      path.toUpperCase(),
      `\\\\?\\${path}`,
      path.replace('C:', String.raw`\\server\share`),
      String.raw`\\?\UNC\server\share${path.slice(2)}`,
      `${long}\\config`,
      `${long}\\`,
      homePath('crlf'),
      homePath('mark'),
    ];
    for (const each of paths) {
      const { output } = await computer().arcwarden(['--json', '--data', homePath('empty'), 'inventory', 'list', each]);
      const { credentials } = documentIn(output);
      found[each] = credentials.length;
    }
    expect(found[path]).toBeGreaterThan(0);
    expect(new Set(Object.values(found)), JSON.stringify(found)).toEqual(new Set([found[path]]));
  });

  test('stores data and writes files below a path of more than 260 characters and on a share', async (context) => {
    needNode(context);
    for (const data of [`${HOME}\\${LONG}\\data`, String.raw`\\server\share\共有 データ`]) {
      const words = ['--data', data, '--lang', 'en'];
      const imported = await computer().arcwarden([...words, 'inventory', 'import', String.raw`C:\demo\finance`]);
      expect([0, 1], imported.output).toContain(imported.exitCode);
      const report = await computer().arcwarden([...words, 'expiry', 'report', '--out', `${data}\\..\\報告 2.html`]);
      expect([0, 1], report.output).toContain(report.exitCode);
      expect(report.output).toContain('Wrote');
    }
  });

  test('refuses devices and names that Windows does not allow, with an explanation', async (context) => {
    needNode(context);
    for (const path of ['NUL', String.raw`C:\demo\no|pipe`, String.raw`\\.\PhysicalDrive0`, '%USERPROFILE%']) {
      const { exitCode, output } = await computer().arcwarden([...GLOBAL, 'inspect', path]);
      expect([1, 2], `${path}: ${output}`).toContain(exitCode);
      expect(output.trim()).not.toBe('');
    }
  });
});
