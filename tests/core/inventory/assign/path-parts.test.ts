import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  distinctiveFolder,
  getFileName,
  getFolder,
  getTree,
  treeAround,
} from '../../../../core/inventory/assign/path-parts.ts';

const part = fc.constantFrom('', 'etc', 'Kubernetes', 'pki', 'node-1', 'east', 'C:', '日本', 'ca.crt');

test('a path has the same parts with slashes and with backslashes', () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
      const [posix, windows] = [parts.join('/'), parts.join('\\')];
      const nodes = new Set(['node-1']);
      const all = (path: string): unknown[] => [
        getTree(path),
        getFolder(path),
        getFileName(path),
        distinctiveFolder(path),
        distinctiveFolder(path, nodes),
      ];
      expect(all(posix)).toEqual(all(windows));
    }),
    { numRuns: 500, seed: 3 },
  );
});

test.each([
  ['/backup/node-1/etc/kubernetes/pki/ca.crt', '/backup/node-1', 'node-1'],
  ['/etc/kubernetes/pki/ca.crt', '', undefined],
  ['/ca.crt', '', undefined],
  ['ca.crt', '', undefined],
  ['east/PKI/ca.crt', 'east', 'east'],
  ['/east//pki/ca.crt', '/east', 'east'],
  ['D:\\east\\pki\\ca.crt', 'D:/east', 'east'],
  ['D:/pki/ca.crt', 'D:', undefined],
])('the tree of %s is %s', (path, tree, folder) => {
  expect(getTree(path)).toBe(tree);
  expect(distinctiveFolder(path)).toBe(folder);
});

test('the tree around a tree is its parent folder, if it has one', () => {
  expect(['/a/b', '/a', 'a', ''].map(treeAround)).toEqual(['/a', '', undefined, undefined]);
});
