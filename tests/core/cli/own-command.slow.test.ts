import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellWord } from '../../../core/cli/own-command.ts';
import { needPowerShell } from '../../support/real-power-shell.ts';

/* Words of commands that people copy, judged by the shells that they copy them into. */

const AWKWARD = [...'aZ9é東 .-_:/\\@+~#=,;()[]{}<>|&^*?\'"“”„‟‘’$`%!\t\n\u0001\u200E\u202E\u2028\uD800'];
const text = fc.string({ unit: fc.constantFrom(...AWKWARD), minLength: 1, maxLength: 12 });
const PLACEHOLDER = 'PLACE HOLDER';

/** As many texts as one command line takes, with the words that stand for them. */
const written = fc.sample(text, { numRuns: 4_000, seed: 17 }).flatMap((each) => {
  const word = shellWord(each, PLACEHOLDER);
  return word === PLACEHOLDER ? [] : [{ text: each, word }];
});

test('enough of the texts are written, with quotes and without', () => {
  expect(written.filter(({ word }) => word.startsWith('"')).length).toBeGreaterThan(100);
  expect(written.filter(({ word }) => !word.startsWith('"')).length).toBeGreaterThan(20);
});

test('a POSIX shell gives on each word as the text that it stands for', () => {
  // Paths of another computer begin with two backslashes on Windows alone.
  const own = written.filter((each) => !each.text.startsWith('\\\\'));
  const script = `printf '%s\\0' ${own.map(({ word }) => word).join(' ')}`;
  const { stdout } = spawnSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
  expect(stdout.split('\0').slice(0, -1)).toEqual(own.map((each) => each.text));
});

test('PowerShell gives on each word as the text that it stands for', (context) => {
  const pwsh = needPowerShell(context);
  const program = `'${process.execPath}' -e 'console.log(JSON.stringify(process.argv.slice(1)))' --`;
  const command = `& ${program} ${written.map(({ word }) => word).join(' ')}`;
  const { stdout } = spawnSync(pwsh, ['-NoProfile', '-NonInteractive', '-Command', command], {
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  expect(JSON.parse(stdout)).toEqual(written.map((each) => each.text));
});
