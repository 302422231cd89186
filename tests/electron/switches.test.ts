import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findRefusedSwitch, type Start } from '../../electron/switches.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const release = (...words: string[]): Start => ({
  words,
  platform: 'linux',
  isPackaged: true,
  resources: '/nowhere',
  isRoot: false,
});

test.each([
  ...['no-sandbox', 'disable-seccomp-filter-sandbox', 'disable-setuid-sandbox', 'disable-namespace-sandbox'],
  ...['no-zygote-sandbox', 'single-process', 'browser-subprocess-path', 'allow-third-party-modules'],
  ...['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'inspect-brk'],
  ...['enable-blink-features', 'js-flags', 'host-rules', 'log-net-log', 'user-data-dir', 'some-switch-of-tomorrow'],
])('refuses to start a release with --%s', (name) => {
  for (const word of [`--${name}`, `--${name}=1`, `-${name}`, ` --${name}`, `\u0085\t--${name}=1`])
    expect(findRefusedSwitch(release('--lang=ja', word, '--data', '/data'))).toBe(name);
});

test('recognises switches in the spelling of Windows, in upper or lower case, in a release for Windows', () => {
  const onWindows = (...words: string[]): Start => ({ ...release(...words), platform: 'win32' });
  expect(findRefusedSwitch(onWindows('/JS-Flags=--expose-gc'))).toBe('JS-Flags');
  expect(
    findRefusedSwitch(onWindows('/Lang=ja', '--DATA', 'C:\\data', '\\\\server\\share\\admin.crt')),
  ).toBeUndefined();
});

test('starts a release with harmless switches', () => {
  const words = ['--lang=en-US', '--disable-gpu', '--data', '/data', '--hidden', '--import', '/a', 'b.crt', '-'];
  expect(findRefusedSwitch(release(...words))).toBeUndefined();
});

test('lets root disable only the sandbox, which Chromium does not support for root', () => {
  expect(findRefusedSwitch({ ...release('--no-sandbox'), isRoot: true })).toBeUndefined();
  expect(findRefusedSwitch({ ...release('--no-sandbox', '--inspect'), isRoot: true })).toBe('inspect');
});

test('allows debugging of development builds and of the test package', () => {
  expect(findRefusedSwitch({ ...release('--inspect'), isPackaged: false })).toBeUndefined();
  const resources = temporaryFolder();
  expect(findRefusedSwitch({ ...release('--inspect'), resources })).toBe('inspect');
  writeFileSync(join(resources, 'open-to-debuggers'), '');
  expect(findRefusedSwitch({ ...release('--inspect'), resources })).toBeUndefined();
});
