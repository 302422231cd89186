import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { asksForHelp } from '../../build/command.mjs';
import { HELP, proofParts } from '../../build/help.mjs';
import { ROOT } from '../../build/paths.mjs';
import { fingerprint } from '../../build/build.mjs';

/**
 * The longest processor time for printing the help, as a multiple of that of an idle Node; the set-up alone would take
 * longer.
 */
const MOST_TIMES = 12;

/** Prints the processor time of the process when it ends. */
const METER = `data:text/javascript,${encodeURIComponent(
  `process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    process.stderr.write('spent ' + Math.round((user + system) / 1_000));
  });`,
)}`;

/** A fresh clone in which nothing is installed yet. */
let clone: string;

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'arcwarden-clone-'));
  for (const path of ['build', 'tests/bench', 'tests/fuzz', 'tests/rigs'])
    cpSync(join(ROOT, path), join(clone, path), { recursive: true });
  writeFileSync(join(clone, 'package.json'), readFileSync(join(ROOT, 'package.json')));
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

function ask(script: string, option: string): { code: number | null; text: string; ms: number } {
  return run(join(clone, 'build', `${script}.mjs`), option);
}

function run(...args: string[]): { code: number | null; text: string; ms: number } {
  const options = { cwd: clone, encoding: 'utf8', env: { PATH: '' } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', METER, ...args], options);
  return { code: status, text: stdout, ms: Number(/spent (\d+)$/u.exec(stderr)?.[1]) };
}

describe.each(Object.keys(HELP) as (keyof typeof HELP)[])('%s.mjs', (script) => {
  test.each(['--help', '-h'])('prints its help with %s and changes nothing', (option) => {
    const before = fingerprint(clone, [clone]);
    const { code, text, ms } = ask(script, option);
    expect(code).toBe(0);
    expect(text).toContain(HELP[script].split('\n').slice(0, 3).join('\n'));
    expect(ms / run('-e', '').ms).toBeLessThan(MOST_TIMES);
    expect(fingerprint(clone, [clone])).toBe(before);
  });
});

test('each of our scripts in package.json has a help text', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const ours = Object.values(scripts).flatMap((command) => /^node build\/(\w+)\.mjs/u.exec(command)?.[1] ?? []);
  expect([...new Set(ours)].sort()).toEqual(Object.keys(HELP).sort());
});

test('the benches are listed by name', () => {
  expect(ask('bench', '--help').text).toMatch(/any of authority, board, command-line, computing, decode, /u);
});

test('the help option is recognised anywhere among the arguments, but not as part of a word', () => {
  expect(asksForHelp(['unit', '-h'])).toBe(true);
  expect(asksForHelp(['--helpful', '-hx'])).toBe(false);
});

test('npm test lists the parts of npm run proof with their help', () => {
  const parts = proofParts();
  expect(parts.map(({ name }) => name)).toEqual([
    'rules',
    'plans',
    'advice',
    'powershell',
    'kubernetes',
    'lab',
    'team',
    'windows',
    'node',
    'faults',
    'kill',
    'decode',
    'revocation',
  ]);
  expect(parts[0]?.about).toBe('tests that go through every case, or a large sample');
});
