import { resolve } from 'node:path';

import { expect, test } from 'vitest';

import { chromiumSwitches, readArguments } from '../../build/start.mjs';

const FOLDER = resolve('/home/admin');
const here = (path: string): string => resolve(FOLDER, path);

test.each([
  ['nothing', [], []],
  ['a data folder', ['--data', 'store'], ['--data', here('store')]],
  ['a data folder after =', ['--data=store'], [`--data=${here('store')}`]],
  ['an absolute path', ['--data', here('/srv')], ['--data', here('/srv')]],
  ['several imports', ['--import', 'a', '../b'], ['--import', here('a'), here('../b')]],
  [
    'imports between other options',
    ['--import', 'a', 'b', '--lang', 'ja', '--data', 'd', 'rest'],
    ['--import', here('a'), here('b'), '--lang', 'ja', '--data', here('d'), 'rest'],
  ],
  ['an instant', ['--now', '2025-03-01T00:00:00Z'], ['--now', '2025-03-01T00:00:00Z']],
])('npm start resolves paths relative to the user’s current folder: %s', (_title, typed, expected) => {
  expect(readArguments(typed, FOLDER).words).toEqual(expected);
});

test.each([
  [['--import', 'a'], undefined],
  [['--data', '/d', '--import', 'a'], here('/d')],
  [['--import', 'a', '--data=/d'], here('/d')],
  [['--data'], undefined],
])('the text board uses the data folder from the arguments: %j', (typed, expected) => {
  expect(readArguments(typed, FOLDER).data).toBe(expected);
});

test('the Chromium sandbox is off only for root', () => {
  expect(chromiumSwitches({ isRoot: false, isVirtual: false })).toEqual([]);
  expect(chromiumSwitches({ isRoot: true, isVirtual: false })).toEqual(['--no-sandbox']);
  expect(chromiumSwitches({ isRoot: false, isVirtual: true })).toEqual(['--disable-dev-shm-usage', '--disable-gpu']);
});

test.each([
  ['nothing', ['--data', '/d'], []],
  ['every path up to the next option', ['--import', '/a', '/b', '--data', '/d'], [here('/a'), here('/b')]],
  ['a path after an equals sign and the paths after it', ['--import=/a', '/b'], [here('/a'), here('/b')]],
])('npm start imports %s', (_title, args, expected) => {
  expect(readArguments(args, FOLDER).imports).toEqual(expected);
});

test.each([
  [[], false],
  [['--lang', 'ja'], false],
  [['--data', '/d'], true],
  [['--data=/d'], true],
  [['--import', '/a'], true],
  [['--lang', 'ja', '--import=/a'], true],
])('the arguments %j replace the sample with the user’s own data: %s', (args, expected) => {
  expect(readArguments(args, FOLDER).namesData).toBe(expected);
});
