import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runInFolder } from '../../../support/command-line.ts';
import { copyOldData, readAllFiles } from '../../../support/old-data.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

interface Entry {
  id: string;
  name: string;
}

const NOW = '2026-11-30T12:00:00Z';
const RUN = 'f8e7554113477c59';
const DRAFT = '813afd2feaa43743';
const PASSPHRASE = ['--passphrase-file', 'passphrase'];
const ON_HOST = ['--cluster', 'retail-east', '--target', 'local', '--yes'];

const INVENTORY = [
  ['inventory', 'list'],
  ['inventory', 'rename', 'lab-kyoto', 'lab-2'],
  ['inventory', 'forget', 'lab-kyoto'],
  ['expiry', 'check'],
  ['expiry', 'check', '--notify'],
  ['repair', 'plan'],
  ['repair', 'run', '--failure', 'F01', ...ON_HOST],
  ['settings', 'set', 'theme', 'light'],
];
const NOTIFICATIONS = [
  ['channel', 'list'],
  ['channel', 'change', 'hook', '--name', 'hook-2'],
  ['silence', 'list'],
  ['silence', 'remove', 'front-proxy-client'],
  ['expiry', 'check', '--notify'],
];
const AUTHORITY = [
  ['authority', 'issue', 'lab-kyoto', 'super-admin', ...PASSPHRASE],
  ['authority', 'crl', 'lab-kyoto', 'cluster-ca', '--out', 'list.crl', ...PASSPHRASE],
  ['authority', 'remove', 'lab-kyoto', '--yes'],
];

/** Verbs that write a line of the audit trail before they change anything. */
const RECORDED = ['rename', 'forget', 'run', 'set', 'change', 'remove'];
const isRecorded = ([, verb = '']: readonly string[]): boolean => RECORDED.includes(verb);

/** Kinds of files, and verbs that need such a file and therefore refuse a newer one. */
const REFUSALS: readonly (readonly [kind: string, files: RegExp, verbs: readonly (readonly string[])[]])[] = [
  ['index', /^index\.json$/u, INVENTORY],
  ['settings', /^settings\.json$/u, [...INVENTORY, ['settings', 'list']]],
  ['channels', /^channels\.json$/u, NOTIFICATIONS],
  ['marks', /^marks\.json$/u, NOTIFICATIONS],
  ['notifications sent', /^watch\.json$/u, NOTIFICATIONS],
  [
    'end of the audit trail',
    /^audit-head\.json$/u,
    [...[...INVENTORY, ...NOTIFICATIONS].filter(isRecorded), ['audit', 'list'], ['audit', 'verify']],
  ],
  [
    'record of an authority',
    /^authorities\/lab-.*\/authority\.json$/u,
    [...AUTHORITY, ['authority', 'tree', 'lab-kyoto']],
  ],
  ['keyring', /^authorities\/lab-.*\/keyring\.json$/u, AUTHORITY],
  ['run', new RegExp(`^runs/${RUN}\\.json$`, 'u'), [['runs', 'show', RUN]]],
];

/** Kinds of files, and verbs that report a newer file and continue with the others. */
const FINDINGS: typeof REFUSALS = [
  [
    'cluster',
    /^clusters\/lab-kyoto.*\.json$/u,
    [
      ['inventory', 'list'],
      ['inventory', 'clusters'],
      ['expiry', 'check'],
    ],
  ],
  ['run', new RegExp(`^runs/${RUN}\\.json$`, 'u'), [['runs', 'list']]],
  ['revocation', new RegExp(`^revocations/${DRAFT}\\.json$`, 'u'), [['revocation', 'list']]],
];

/** Copies the old data folder, raises the schema version of matching files, and adds an unknown field to them. */
function copyWithNewer(files: RegExp): { folder: string; data: string; paths: string[] } {
  const folder = temporaryFolder();
  const data = copyOldData('2026-11-30', folder);
  writeFileSync(join(folder, 'passphrase'), 'invented passphrase 2026\n', { mode: 0o600 });
  const paths = [...readAllFiles(data).keys()].filter((path) => files.test(path));
  expect(paths).not.toEqual([]);
  for (const path of paths) {
    const text = readFileSync(join(data, path), 'utf8').replace(/,"sha256":"[0-9a-f]{64}"\}\n$/u, '}\n');
    writeFileSync(join(data, path), text.replace('{"schema":1,', '{"schema":2,"added":true,'));
  }
  return { folder, data, paths };
}

/** Returns the contents of every file except the audit trail, which also records refusals. */
function readAllButTrail(data: string): Map<string, string> {
  return new Map([...readAllFiles(data)].filter(([path]) => !path.startsWith('audit')));
}

describe.each(REFUSALS)('a newer file (%s)', (_kind, files, verbs) => {
  test.each(verbs)('makes %s %s fail without changing a byte', async (...words) => {
    const { folder, data, paths } = copyWithNewer(files);
    const read = paths.includes('audit-head.json') ? readAllFiles : readAllButTrail;
    const before = read(data);
    const { code, notices } = await runInFolder(folder, ...words, '--data', data, '--now', NOW);
    expect({ code, notices }).toEqual({
      code: 2,
      notices: expect.stringMatching(/newer (?:Arcwarden|version)/u) as string,
    });
    expect(read(data)).toEqual(before);
  });
});

describe.each(FINDINGS)('a newer file (%s)', (_kind, files, verbs) => {
  test.each(verbs)('is reported by %s %s', async (...words) => {
    const { folder, data } = copyWithNewer(files);
    const before = readAllFiles(data);
    const { code, notices } = await runInFolder(folder, ...words, '--data', data, '--now', NOW);
    expect({ code, notices }).toEqual({ code: 1, notices: expect.stringMatching(/newer version/u) as string });
    expect(readAllFiles(data)).toEqual(before);
  });
});

test.each([
  ['cluster', /^clusters\/lab-kyoto.*\.json$/u],
  ['forgotten cluster', /^forgotten\/lab-.*\.json$/u],
  ['run', new RegExp(`^runs/${RUN}\\.json$`, 'u')],
  ['revocation', new RegExp(`^revocations/${DRAFT}\\.json$`, 'u')],
])('changes to other data leave a newer %s and its entry in the index unchanged', async (kind, files) => {
  const { folder, data, paths } = copyWithNewer(files);
  const contents = () => paths.map((path) => readFileSync(join(data, path), 'utf8'));
  const entries = () => {
    const index = JSON.parse(readFileSync(join(data, 'index.json'), 'utf8')) as Record<string, Entry[]>;
    return [index['clusters'], index['forgotten']].map((list) => list!.map(({ id, name }) => `${id} ${name}`).sort());
  };
  const before = { contents: contents(), entries: entries() };
  for (const words of [
    ['inventory', 'rename', 'lab-kyoto', 'lab-2'],
    ['inventory', 'merge', 'lab-kyoto', 'retail-east'],
    ['settings', 'set', 'theme', 'light'],
    ['expiry', 'check', '--notify'],
    ['revocation', 'discard', DRAFT, '--yes'],
    ['repair', 'run', '--failure', 'F01', '--resume', RUN, '--target', 'local', '--yes'],
  ]) {
    const isOwn = kind !== 'cluster' && words.includes('rename');
    if (!isOwn) await runInFolder(folder, ...words, '--data', data, '--now', NOW);
  }
  expect({ contents: contents(), entries: entries() }).toEqual(before);
});
