import { rootCertificates } from 'node:tls';
import { expect, test } from 'vitest';
import { ownCommand, shellWord } from '../../../../core/shared/verb/own-command.ts';
import { readProgramArguments } from '../../../../core/cli/program-arguments.ts';
import { openStore } from '../../../../core/settings/store/store.ts';
import { certificateFiles } from '../../../support/fleet.ts';
import { translator } from '../../../../core/shared/text/text.ts';
import { testPorts } from '../../../support/ports.ts';
import { TestWorld } from '../../cli/test-world.ts';

test.each([
  ['retail-east', 'retail-east'],
  ['/etc/kubernetes/pki', '/etc/kubernetes/pki'],
  [String.raw`C:\ProgramData\Arcwarden`, String.raw`C:\ProgramData\Arcwarden`],
  ['C:\\', 'C:\\'],
  ['東京', '東京'],
  ['site 1', '"site 1"'],
  ['cp-1 (0d03806f)', '"cp-1 (0d03806f)"'],
  [String.raw`C:\Program Files\Arcwarden & more`, String.raw`"C:\Program Files\Arcwarden & more"`],
  [String.raw`\\server\share`, String.raw`"\\server\share"`],
  ["o'clock", `"o'clock"`],
])('a word is quoted only if some shell requires quotes: %s', (text, written) => {
  expect(shellWord(text, 'NAME')).toBe(written);
});

test.each([
  '',
  '-yes',
  'a"b',
  'a “b”',
  '$(calc)',
  'a`b',
  '%PATH%',
  'wait!',
  'two\nlines',
  'right\u202Eleft',
  'two\u2028lines',
  'ends with \\',
  String.raw`two \\ inside`,
])('a placeholder replaces text that some shell would misread: %j', (text) => {
  expect(shellWord(text, 'NAME')).toBe('NAME');
});

test.each([
  [[], '/srv/fleet', 'arcwarden inventory clusters'],
  [['--data', 'fleet'], '/srv/fleet', 'arcwarden inventory clusters --data /srv/fleet'],
  [['--data', '$fleet'], '/srv/$fleet', 'arcwarden inventory clusters --data <DIR>'],
])('a suggested command names the data folder of the call, or a placeholder: %j', (options, dataFolder, command) => {
  const line = readProgramArguments(['inventory', 'import', 'fleet', ...options]);
  const translate = translator('en');
  expect(ownCommand({ line, dataFolder, translate }, ['inventory', 'clusters'])).toBe(command);
});

test('the command suggested after an import names the same data folder', async () => {
  const world = new TestWorld(testPorts());
  for (const [path, content] of Object.entries(await certificateFiles({ cluster: 'site-1' })))
    world.put(`fleet${path}`, content);
  world.store = await openStore(world.ports, '/data');
  const { notices } = await world.run('inventory', 'import', 'fleet', '--data', 'my fleet');
  const [cluster] = world.store.clusters();
  expect(notices.split('\n').filter((line) => line.startsWith('  arcwarden '))).toEqual([
    `  arcwarden inventory rename ${cluster?.id} <NAME> --data "/folder/my fleet"`,
  ]);
});

test.each([
  [['my roots.pem'], '"/folder/my roots.pem"'],
  [['a.pem', '$b.pem'], '/folder/a.pem <PATH>'],
  [['1.pem', '2.pem', '3.pem', '4.pem', '5.pem', '6.pem'], '<PATH>...'],
])(
  'the suggested command that lists unwatched credentials names the same files, or placeholders: %j',
  async (names, files) => {
    const world = new TestWorld(testPorts());
    for (const name of names) world.put(name, rootCertificates.slice(0, 2).join('\n'));
    const { notices } = await world.run('inventory', 'list', ...names);
    expect(notices).toContain(`not watched: arcwarden inventory list ${files} --foreign\n`);
  },
);
