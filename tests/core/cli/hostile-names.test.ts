import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { writeKubeconfig } from '../../../core/formats/kubernetes/kubeconfig-writer.ts';
import { encodePem } from '../../../core/formats/der/pem.ts';
import { buildCertificate, commonName } from '../../support/certificates.ts';
import { runInFolder } from '../../support/command-line.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { emptyWorld } from './test-world.ts';

/*
 * A kubeconfig and a certificate made to deceive people at a terminal: their names write to its clipboard, clear its
 * screen, forge lines, and reverse or hide text.
 */

const FORGED = 'FORGED everything is fine';
const HOSTILE = [
  'edge\u001B]52;c;Y2FsYy5leGU=\u0007',
  '\u001B[2J\u009B2J',
  '\u202Egpj.exe\u200B\u0085\u2028',
  `\n${FORGED}`,
  `\r\n${FORGED}`,
  `\r${FORGED}`,
].join('');
/** Characters that a terminal interprets instead of printing. */
const OBEYED = /[^\P{Cc}\n]|\p{Cf}|[\u2028\u2029]/u;
const LONG = 'x'.repeat(5_000);
const NOW = '2027-01-05T00:00:00Z';

/** Makes a folder that has a hostile name and contains the kubeconfig and the certificate; returns its path. */
function hostileFolder(name = HOSTILE): string {
  const folder = temporaryFolder();
  const path = join(folder, `in ${name.replaceAll(/[/\0]/gu, '').slice(0, 100)}`);
  mkdirSync(path);
  const pem = encodePem('CERTIFICATE', buildCertificate({ subject: commonName(name), issuer: commonName(name) }));
  writeFileSync(join(path, 'subject.crt'), pem);
  writeFileSync(
    join(path, 'config'),
    writeKubeconfig({
      clusterName: name,
      server: 'https://edge.example:6443',
      certificateAuthorityPem: pem,
      userName: name,
      credentials: { token: 'a'.repeat(40) },
    }),
  );
  writeFileSync(join(path, 'damaged.pem'), '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
  return path;
}

const ON_FILES = (path: string): string[][] => [
  ['inspect', path],
  ['inventory', 'list', path],
  ['inventory', 'list', path, '--foreign'],
  ['expiry', 'check', path],
  ['expiry', 'poweroff', path],
  ['expiry', 'forecast', path],
  ['expiry', 'plan', path],
  ['repair', 'plan', '--failure', 'F01', '--inventory', path],
  ['repair', 'diagnose', '--inventory', path],
  ['update', 'plan', '--inventory', path],
  ['authority', 'verify', '--chain', join(path, 'subject.crt'), '--trust', join(path, 'subject.crt')],
  ['inspect', `${path}-absent`],
  ['revocation', 'lint', join(path, 'config')],
];
const ON_DATA_FOLDER = [
  ['inventory', 'clusters'],
  ['inventory', 'list'],
  ['expiry', 'check'],
  ['expiry', 'poweroff'],
  ['expiry', 'forecast'],
  ['expiry', 'plan'],
  ['repair', 'plan', '--failure', 'F01'],
  ['update', 'plan'],
  ['audit', 'list'],
  ['inventory', 'forget', HOSTILE],
  ['inventory', 'rename', HOSTILE, HOSTILE],
  [HOSTILE],
  ['settings', 'list', HOSTILE],
  ['repair', 'plan', '--cluster', HOSTILE],
];

describe.each(['en', 'ja'])('the output in language %s', (language) => {
  test('commands that read files print no terminal controls, and no name can forge the start of a line', async () => {
    const path = hostileFolder();
    for (const words of ON_FILES(path)) {
      const { code, out, notices } = await runInFolder(path, ...words, '--lang', language, '--now', NOW);
      expect([words, code]).toEqual([words, expect.toBeOneOf([0, 1, 2])]);
      expect(out + notices).not.toMatch(OBEYED);
      expect(`${out}${notices}`.split('\n').filter((line) => line.trim().startsWith('FORGED'))).toEqual([]);
    }
  });

  test('commands that read the data folder print no terminal controls and no forged lines after an import of such files', async () => {
    const path = hostileFolder();
    const imported = await runInFolder(path, 'inventory', 'import', path, '--lang', language, '--now', NOW);
    for (const words of ON_DATA_FOLDER) {
      const { code, out, notices } = await runInFolder(path, ...words, '--lang', language, '--now', NOW);
      expect([words, code]).toEqual([words, expect.toBeOneOf([0, 1, 2])]);
      for (const printed of [out, notices, imported.out, imported.notices]) {
        expect(printed).not.toMatch(OBEYED);
        expect(printed.split('\n').filter((line) => line.trim().startsWith('FORGED'))).toEqual([]);
      }
    }
  });
});

test('exported files contain no terminal escapes', async () => {
  const name = 'edge\u200e\u202eA';
  const path = hostileFolder(name);
  const files: [file: string, words: string[]][] = [
    ['board.html', ['inventory', 'list', path, '--html', '--out', 'board.html']],
    ['board.csv', ['inventory', 'list', path, '--csv', '--out', 'board.csv']],
    ['report.html', ['expiry', 'report', path, '--out', 'report.html']],
    ['plan.html', ['repair', 'plan', '--failure', 'F01', '--inventory', path, '--out', 'plan.html']],
    ['plan.md', ['repair', 'plan', '--failure', 'F01', '--inventory', path, '--out', 'plan.md']],
    ['update.md', ['update', 'plan', '--inventory', path, '--out', 'update.md']],
    ['ticket.md', ['expiry', 'plan', path, '--markdown', 'ticket.md']],
  ];
  for (const language of ['en', 'ja'])
    for (const [file, words] of files) {
      const { notices } = await runInFolder(path, ...words, '--lang', language, '--now', NOW);
      expect([file, existsSync(join(path, file)), notices]).toEqual([file, true, expect.any(String)]);
      expect(readFileSync(join(path, file), 'utf8')).not.toContain('\\u{');
    }
});

test('a terminal shows control characters as code points', async () => {
  const { out } = await runInFolder('/', 'inspect', hostileFolder(), '--now', NOW);
  expect(out).toContain(String.raw`edge\u{1b}]52;c;Y2FsYy5leGU=\u{7}\u{1b}[2J\u{9b}2J\u{202e}gpj.exe`);
});

test('JSON contains the exact names, but no terminal controls', async () => {
  const { out } = await runInFolder('/', 'inspect', hostileFolder(), '--json', '--now', NOW);
  expect(out).not.toMatch(OBEYED);
  const { records } = JSON.parse(out) as { records: { kind: string; cluster: string; subject: { cn: string } }[] };
  expect(records.find(({ kind }) => kind === 'certificate')?.subject.cn).toBe(HOSTILE);
  expect(records.map(({ cluster }) => cluster)).toContain(HOSTILE);
});

test('a name of 5,000 characters does not widen a table, but JSON contains the whole name', async () => {
  const path = hostileFolder(LONG);
  for (const words of [
    ['inspect', path],
    ['inventory', 'list', path],
  ]) {
    const { out } = await runInFolder(path, ...words, '--now', NOW);
    for (const line of out.split('\n')) expect(stringWidth(line)).toBeLessThan(300);
    expect(out).toContain(`${'x'.repeat(79)}…`);
  }
  expect((await runInFolder(path, 'inspect', path, '--json', '--now', NOW)).out).toContain(LONG);
});

test('a document with control characters is unchanged in a pipe and made readable at a terminal', async () => {
  const pem = encodePem('CERTIFICATE', buildCertificate({ subject: commonName(HOSTILE) }));
  const world = emptyWorld().put('a.crt', pem);
  const csv = ['inventory', 'list', 'a.crt', '--csv', '--now', NOW] as const;
  const exact = await world.run(...csv);
  expect(exact.out).toMatch(/^\u{FEFF}state,/u);
  expect(exact.out).toContain(HOSTILE);
  world.isTerminal = true;
  const shown = await world.run(...csv);
  expect(shown.out).toMatch(/^state,/u);
  expect(shown.out.replaceAll('\r\n', '\n')).not.toMatch(OBEYED);
});
