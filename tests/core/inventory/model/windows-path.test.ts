import { win32 } from 'node:path';
import { expect, test } from 'vitest';
import { pathKey, plainPath } from '../../../../core/inventory/model/windows-path.ts';

const ONE_FOLDER = ['C:\\dr', 'c:\\DR', '\\\\?\\C:\\dr', '\\\\?\\c:\\Dr', 'C:/dr'];
const ONE_SHARE = ['\\\\server\\share\\dr', '\\\\SERVER\\Share\\dr', '\\\\?\\UNC\\server\\share\\dr'];

test.each([[ONE_FOLDER], [ONE_SHARE]])('the spellings %j have the same key', (spellings) => {
  expect(new Set(spellings.map(pathKey)).size).toBe(1);
});

test('different files on Windows have different keys', () => {
  const paths = [
    'C:\\dr',
    'D:\\dr',
    'C:\\dr2',
    'C:\\dr\\a',
    '\\\\server\\share\\dr',
    '\\\\server\\other\\dr',
    'C:\\ｄｒ',
  ];
  expect(new Set(paths.map(pathKey)).size).toBe(paths.length);
});

test('paths of other systems are unchanged, with their case and backslashes', () => {
  for (const path of ['/dr', '/DR', '/a\\b', '/c:\\dr', '/\\\\?\\C:\\dr']) {
    expect(pathKey(path)).toBe(path);
    expect(plainPath(path)).toBe(path);
  }
});

test('the plain spelling keeps the case and names the same file on Windows', () => {
  expect(ONE_FOLDER.map(plainPath)).toEqual(['C:\\dr', 'C:\\DR', 'C:\\dr', 'C:\\Dr', 'C:/dr']);
  expect(plainPath('\\\\?\\UNC\\server\\share\\dr')).toBe('\\\\server\\share\\dr');
  for (const path of ['C:\\dr', '\\\\server\\share\\dr']) expect(plainPath(win32.toNamespacedPath(path))).toBe(path);
});
