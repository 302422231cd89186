import { expect, test } from 'vitest';
import { parseHandover, startOptions } from '../../electron/options.ts';

test('imports nothing and uses the default data folder if there are no options', () => {
  expect(startOptions([], '/home/admin')).toEqual({ importPaths: [] });
});

test('takes all arguments of --import, up to the next option', () => {
  expect(startOptions(['--import', 'a.pem', '/b', '--data', 'd', 'stray'], '/home/admin')).toEqual({
    importPaths: ['/home/admin/a.pem', '/b'],
    dataFolder: '/home/admin/d',
  });
});

test('accepts the value of an option after an equals sign', () => {
  expect(startOptions(['--data=d', '--capture=out/c.png', '--import=x', 'y'], '/w')).toEqual({
    importPaths: ['/w/x', '/w/y'],
    dataFolder: '/w/d',
    captureFile: '/w/out/c.png',
  });
});

test('ignores options of Electron and Chromium, and the app folder', () => {
  expect(startOptions(['/opt/app', '--no-sandbox', '--remote-debugging-port=0', '--import', 'k'], '/w')).toEqual({
    importPaths: ['/w/k'],
  });
});

test('starts without a window if --hidden is given', () => {
  expect(startOptions(['--hidden', '--data', '/d'], '/w')).toEqual({ importPaths: [], hidden: true, dataFolder: '/d' });
});

test('takes only the files to import from a second instance', async () => {
  expect(await parseHandover(startOptions(['--import', 'a.pem', '--data', 'd', '--hidden'], '/w'))).toEqual([
    '/w/a.pem',
  ]);
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['a string', '/etc/shadow'],
  ['a path that is not absolute', { importPaths: ['a.pem'] }],
  ['an object instead of a path', { importPaths: [{ toString: '/a' }] }],
  ['another field', { importPaths: ['/a'], target: '/b' }],
  ['too many files', { importPaths: Array.from({ length: 10_001 }, () => '/a') }],
])('a second start that hands over %s imports nothing', async (_what, given) => {
  expect(await parseHandover(given)).toEqual([]);
});
