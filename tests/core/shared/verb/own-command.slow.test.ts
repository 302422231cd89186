import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readProgramArguments } from '../../../../core/cli/program-arguments.ts';
import { importCommand, ownCommand, shellWord } from '../../../../core/shared/verb/own-command.ts';
import { LANGUAGES, translator } from '../../../../core/shared/text/text.ts';
import { needPowerShell } from '../../../support/real-power-shell.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/* Suggested commands are tested in the shells into which people copy them. */

const AWKWARD = [...'aZ9é東 .-_:/\\@+~#=,;()[]{}<>|&^*?\'"“”„‟‘’$`%!\t\n\u0001\u200E\u202E\u2028\uD800'];
const text = fc.string({ unit: fc.constantFrom(...AWKWARD), minLength: 1, maxLength: 12 });
const PLACEHOLDER = 'PLACE HOLDER';

/** Random texts and their words in a command; texts that need a placeholder are omitted. */
const written = fc.sample(text, { numRuns: 4_000, seed: 17 }).flatMap((each) => {
  const word = shellWord(each, PLACEHOLDER);
  return word === PLACEHOLDER ? [] : [{ text: each, word }];
});

test('the tests cover more than 100 words with quotes and more than 20 words without', () => {
  expect(written.filter(({ word }) => word.startsWith('"')).length).toBeGreaterThan(100);
  expect(written.filter(({ word }) => !word.startsWith('"')).length).toBeGreaterThan(20);
});

test('a POSIX shell reads each word as the original text', () => {
  // Only on Windows does a network path begin with two backslashes.
  const own = written.filter((each) => !each.text.startsWith('\\\\'));
  const script = `printf '%s\\0' ${own.map(({ word }) => word).join(' ')}`;
  const { stdout } = spawnSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
  expect(stdout.split('\0').slice(0, -1)).toEqual(own.map((each) => each.text));
});

test('PowerShell reads each word as the original text', (context) => {
  const pwsh = needPowerShell(context);
  const program = `'${process.execPath}' -e 'console.log(JSON.stringify(process.argv.slice(1)))' --`;
  const command = `& ${program} ${written.map(({ word }) => word).join(' ')}`;
  const { stdout } = spawnSync(pwsh, ['-NoProfile', '-NonInteractive', '-Command', command], {
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  expect(JSON.parse(stdout)).toEqual(written.map((each) => each.text));
});

/** Commands that contain placeholders, for a data folder whose name cannot be quoted for all shells. */
const open = LANGUAGES.flatMap((language) => {
  const context = {
    line: readProgramArguments(['inventory', 'list', '--data', '$fleet']),
    dataFolder: '/srv/$fleet',
    translate: translator(language),
  };
  const name = context.translate('cli.placeholder.name');
  return [
    ownCommand(context, ['inventory', 'clusters']),
    ownCommand(context, ['authority', 'new', name, '--kind', context.translate('cli.placeholder.kind')]),
    importCommand(context),
    importCommand(context, ['/srv/a', '$b']),
  ].map((command) => command.replace(/^arcwarden/u, 'echo'));
});

test('a POSIX shell refuses a command with a placeholder, and no file is written', () => {
  const cwd = temporaryFolder();
  for (const command of open)
    for (const shell of ['/bin/sh', '/bin/bash']) {
      const { status, stdout } = spawnSync(shell, ['-c', command], { cwd, encoding: 'utf8' });
      expect({ command, ran: status === 0, stdout }).toEqual({ command, ran: false, stdout: '' });
    }
  expect(readdirSync(cwd)).toEqual([]);
});

test('PowerShell refuses a command with a placeholder', (context) => {
  const pwsh = needPowerShell(context);
  const cwd = temporaryFolder();
  const tries = open.map(
    (command) => `try { Invoke-Expression '${command.replaceAll("'", "''")}' } catch { 'stopped' }`,
  );
  const { stdout } = spawnSync(pwsh, ['-NoProfile', '-NonInteractive', '-Command', tries.join('\n')], {
    cwd,
    encoding: 'utf8',
  });
  expect(stdout.split('\n').slice(0, -1)).toEqual(open.map(() => 'stopped'));
  expect(readdirSync(cwd)).toEqual([]);
});
