import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LOG_NAME, nodeLog } from '../../../core/node/log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ANY_TIME = expect.any(String) as unknown;

function entriesIn(folder: string, name = LOG_NAME): Record<string, unknown>[] {
  const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('an entry is one line of JSON with time, level, message and facts, and is readable by its owner alone', () => {
  const folder = join(temporaryFolder(), 'new');
  const log = nodeLog(folder);
  log.write('info', 'opened');
  log.write('error', 'two\nlines', { path: '/x', count: 2 });
  expect(entriesIn(folder)).toEqual([
    { at: expect.stringMatching(/^20.*Z$/u) as unknown, level: 'info', message: 'opened' },
    { at: ANY_TIME, level: 'error', message: 'two\nlines', path: '/x', count: 2 },
  ]);
  expect(statSync(join(folder, LOG_NAME)).mode & 0o777).toBe(0o600);
});

test('the log starts anew at 1 MB and keeps one previous log', () => {
  const folder = temporaryFolder();
  const log = nodeLog(folder);
  const line = 'x'.repeat(3_900);
  for (let written = 0; written < 700; written += 1) log.write('info', line, { written });
  expect(readdirSync(folder)).toEqual([LOG_NAME, `${LOG_NAME}.previous`]);
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1024 * 1024);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  }
  const numbers = [`${LOG_NAME}.previous`, LOG_NAME].flatMap((name) =>
    entriesIn(folder, name).map(({ written }) => Number(written)),
  );
  expect(numbers).toEqual(numbers.map((_, at) => 700 - numbers.length + at));
});

test('text that looks like a private key or a token is not logged', () => {
  const folder = temporaryFolder();
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const base64 = (text: string): string => Buffer.from(text).toString('base64url');
  const jwt = [base64('{"alg":"RS256"}'), base64('{"sub":"admin","exp":1}'), 'c2ln'].join('.');
  const log = nodeLog(folder);
  log.write('error', `could not read ${key}`, {
    token: `Bearer ${jwt}`,
    data: Buffer.from(key).toString('base64'),
    path: '/pki/apiserver.key',
  });
  expect(entriesIn(folder)).toMatchObject([
    { message: '[withheld]', token: '[withheld]', data: '[withheld]', path: '/pki/apiserver.key' },
  ]);
});

test('very long text is truncated', () => {
  const folder = temporaryFolder();
  nodeLog(folder).write('info', 'y'.repeat(100_000));
  expect(String(entriesIn(folder)[0]?.['message'])).toHaveLength(4_001);
});

test('a failed write does not stop the program, and the next entry counts the missing entries', () => {
  const folder = join(temporaryFolder(), 'log');
  writeFileSync(folder, 'a file in the way');
  const log = nodeLog(folder);
  log.write('info', 'lost');
  log.write('info', 'lost as well');
  rmSync(folder);
  mkdirSync(folder);
  log.write('info', 'written');
  log.write('info', 'and again');
  expect(entriesIn(folder)).toEqual([
    { at: ANY_TIME, level: 'info', message: 'written', missingBefore: 2 },
    { at: ANY_TIME, level: 'info', message: 'and again' },
  ]);
});
