import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openingSwitch, type Start } from '../../electron/switches.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const release = (...given: string[]): Start => ({
  has: (name) => given.includes(name),
  isPackaged: true,
  resources: '/nowhere',
  isRoot: false,
});

test.each([
  ...['no-sandbox', 'disable-seccomp-filter-sandbox', 'disable-setuid-sandbox', 'disable-namespace-sandbox'],
  ...['no-zygote-sandbox', 'single-process', 'browser-subprocess-path', 'allow-third-party-modules'],
  ...['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'inspect-brk'],
])('a release does not start with --%s', (name) => {
  expect(openingSwitch(release('lang', name))).toBe(name);
});

test('a release starts with switches that open nothing', () => {
  expect(openingSwitch(release('lang', 'disable-gpu', 'data', 'import'))).toBeUndefined();
});

test('root, for whom Chromium has no sandbox, may say so, and nothing else', () => {
  expect(openingSwitch({ ...release('no-sandbox'), isRoot: true })).toBeUndefined();
  expect(openingSwitch({ ...release('no-sandbox', 'inspect'), isRoot: true })).toBe('inspect');
});

test('what is under development, and the package that tests drive, may be debugged', () => {
  expect(openingSwitch({ ...release('inspect'), isPackaged: false })).toBeUndefined();
  const resources = temporaryFolder();
  expect(openingSwitch({ ...release('inspect'), resources })).toBe('inspect');
  writeFileSync(join(resources, 'open-to-debuggers'), '');
  expect(openingSwitch({ ...release('inspect'), resources })).toBeUndefined();
});
