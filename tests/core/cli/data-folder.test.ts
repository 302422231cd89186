import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runInFolder } from '../../support/command-line.ts';
import { holdsData } from '../../../core/store/data-layout.ts';

const NOW = '2026-11-24T12:00:00Z';

/** Commands that read the data folder; some also change it. */
const READING = [
  'expiry check',
  'expiry check --notify',
  'expiry check --event-log',
  'expiry check --json',
  'expiry poweroff',
  'expiry forecast',
  'expiry plan',
  'expiry report --out report.html',
  'inventory list',
  'inventory clusters',
  'repair plan',
  'repair diagnose --cluster retail-east',
  'repair run --target local --yes',
  'update plan',
  'audit list',
  'audit verify',
  'audit export --out audit.csv',
  'runs list',
  'runs show 0123456789abcdef',
  'revocation build --name r --dns a.example --out o.yaml',
  'revocation list',
  'revocation show lost-laptop',
  'channel list',
  'silence list',
  'settings list',
  'authority list',
  'authority tree factory',
  'inventory forget retail-east',
  'inventory rename retail-east east',
  'channel remove hook',
  'silence remove x',
  'authority remove factory --yes',
  'authority issue factory admin',
  'revocation discard lost-laptop --yes',
  'sample remove',
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-data-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (command: string, ...more: string[]) => runInFolder(folder, ...command.split(' '), ...more, '--now', NOW);

test('a command line is checked without a data folder, and a missing folder only causes a notice', async () => {
  const data = join(folder, 'unmounted');
  const { code, out, notices } = await run('repair check-command', 'Restart-AksHci', '--data', data);
  expect(code).toBe(1);
  expect(out).toContain('This permanently removes EVERY workload cluster');
  expect(notices).toContain('contains no data of Arcwarden');
  expect(existsSync(data)).toBe(false);
  expect((await run('repair check-command', 'Get-AksHciVersion', '--data', data)).code).toBe(0);
});

describe('a command that needs a data folder', () => {
  test.each(READING)('refuses a missing folder and does not create it: %s', async (command) => {
    const data = join(folder, 'unmounted');
    const { code, out, notices } = await run(command, '--data', data);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notices).toContain(`“${data}” contains no data of Arcwarden`);
    expect(notices).toContain(`arcwarden inventory import <PATH>... --data ${data}`);
    expect(existsSync(data)).toBe(false);
  });

  test.each(['expiry check', 'inventory list', 'repair plan', 'audit verify', 'settings list'])(
    'refuses a file and another program’s folder: %s',
    async (command) => {
      writeFileSync(join(folder, 'file'), 'text');
      mkdirSync(join(folder, 'other/documents'), { recursive: true });
      writeFileSync(join(folder, 'other/arcwarden.log'), '');
      for (const data of ['file', 'other']) {
        const { code, out, notices } = await run(command, '--data', data);
        expect({ code, out }).toEqual({ code: 2, out: '' });
        expect(notices).toContain(join(folder, data));
      }
    },
  );

  test('reports in the output language that the default folder has no data, and prints the import command', async () => {
    const { code, out, notices } = await run('expiry check', '--lang', 'ja');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notices).toContain(`「${join(folder, 'default-data')}」に Arcwarden のデータがありません`);
    expect(notices).toMatch(/: arcwarden inventory import <PATH>\.\.\.$/mu);
  });

  test('reads a folder that contains data', async () => {
    expect(await run('settings set', 'theme', 'dark')).toMatchObject({ code: 0 });
    for (const command of ['expiry check', 'audit verify', 'authority list', 'runs list'])
      expect(await run(command)).toMatchObject({ code: 0 });
  });
});

describe('a command that examines files named on the command line', () => {
  test('needs no data folder', async () => {
    writeFileSync(join(folder, 'evidence.txt'), 'x509: certificate has expired or is not yet valid');
    for (const command of [
      'repair diagnose evidence.txt',
      'repair diagnose evidence.txt --cluster retail-east',
      'repair plan evidence.txt --cluster retail-east',
      'repair plan --failure F07 --cluster retail-east',
    ])
      expect(await run(command), command).toMatchObject({ code: 1 });
  });

  test('refuses a data folder given with --data if it contains no data', async () => {
    expect(await run('repair plan --failure F07 --cluster retail-east --data unmounted')).toMatchObject({ code: 2 });
  });
});

test('a folder that contains any lasting file of the program counts as a data folder', () => {
  const table =
    readFileSync('docs/data-formats.md', 'utf8')
      .split('\n## The data folder')[1]
      ?.split('| --- | --- | --- |\n')[1]
      ?.split('\n\n')[0] ?? '';
  const names = [...table.matchAll(/^\| `([\w.-]+)/gmu)].map(([, name]) => name ?? '');
  const passing = ['columns', 'sample-fleet', 'run-locks', 'arcwarden.lock', 'window', 'arcwarden.log'];
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !holdsData([name])).sort()).toEqual(passing.sort());
});

describe('a backslash before the closing quotation mark on Windows', () => {
  test.each([
    [['expiry', 'check', '--data', String.raw`C:\t\d" --json`]],
    [['expiry', 'check', String.raw`--data=C:\t\d" --json`]],
    [['inventory', 'list', '--data', String.raw`\\server\share\d"`]],
    [['inventory', 'import', String.raw`C:\kube" --data C:\t`]],
    [['expiry', 'report', '--out', String.raw`D:/reports" --lang ja`]],
  ])('is reported before the command does anything: %j', async (words) => {
    const { code, out, notices } = await runInFolder(folder, ...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notices).toContain('backslash');
    expect(notices).toContain(
      words
        .at(-1)
        ?.replace(/^--data=/u, '')
        .split('"')[0],
    );
  });

  test.each([
    ['knowledge', 'search', 'say "hi" there'],
    ['repair', 'check-command', String.raw`C:\tools\kubectl.exe get "a b"`],
  ])('is not reported in other arguments: %s %s %s', async (...words) => {
    expect((await runInFolder(folder, ...words)).notices).not.toContain('backslash');
  });
});
