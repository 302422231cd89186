import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';

import { ROOT } from './paths.mjs';
import { programsOnPath } from './tools.mjs';

/** Counts the lines of the sources in git. Of the tests, counts only the programs in `tests/rigs`. */

const ENDINGS = ['.ts', '.svelte', '.mjs', '.css', '.html', '.js', '.json', '.ps1', '.sql'];

const [git = '/usr/bin/git'] = programsOnPath('git');
const files = execFileSync(git, ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
  .split('\0')
  .filter((file) => ENDINGS.includes(extname(file)) && file !== 'package-lock.json')
  .filter((file) => !file.startsWith('tests/') || file.startsWith('tests/rigs/'));

/** @type {Map<string, { lines: number, bytes: number }>} */
const counts = new Map();
for (const file of files) {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const lines = text.split('\n').length - 1;
  const bytes = Buffer.byteLength(text.replaceAll(/\s/gu, ''));
  const names = process.argv.includes('--by-folder') ? [dirname(file), 'all'] : ['all'];
  for (const name of names) {
    const count = counts.get(name) ?? { lines: 0, bytes: 0 };
    counts.set(name, { lines: count.lines + lines, bytes: count.bytes + bytes });
  }
}
for (const [name, { lines, bytes }] of counts)
  console.log(`${name}: ${lines} lines, ${bytes} bytes without white space`);
