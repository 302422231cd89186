import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bestName,
  makeClusterId,
  clusterInIdentity,
  nameRank,
} from '../../../../core/inventory/assign/cluster-name.ts';
import { Groups } from '../../../../core/inventory/assign/disjoint-set.ts';
import { stripSuffix, distinctiveFolder, getTree } from '../../../../core/inventory/assign/path-parts.ts';
import { isClusterId } from '../../../../core/shared/ids.ts';

const DIGEST = '0123456789abcdef';

test.each([
  ['retail-east', 'retail-east-01234567'],
  ['ca-5b1f0c2e.contoso.example', 'ca-5b1f0c2e-contoso-example-01234567'],
  ['東京クラスター', 'cluster-01234567'],
  ['Tōkyō East', 'to-kyo-east-01234567'],
  ['../../etc/passwd', 'etc-passwd-01234567'],
  ['CON', 'con-01234567'],
  ['x'.repeat(300), `${'x'.repeat(60)}-01234567`],
])('the cluster %s has an id that is a safe file name', (name, id) => {
  expect(makeClusterId(name, DIGEST)).toBe(id);
});

test('the store accepts the id made from any name', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0x10ffff)), (points) => {
      const name = String.fromCodePoint(...points);
      expect(isClusterId(makeClusterId(name, DIGEST))).toBe(true);
    }),
  );
});

test('a name from a person takes precedence over a folder name, and a folder name over a name that all clusters share', () => {
  const evidence = { explicit: new Set(['kubernetes', 'retail']), folders: new Set(['node-1', 'abc']) };
  expect(bestName(evidence)).toBe('retail');
  expect(bestName({ ...evidence, explicit: new Set(['kubernetes']) })).toBe('abc');
  expect(bestName({ explicit: new Set(['kubernetes']), folders: new Set() })).toBe('kubernetes');
  expect(bestName({ explicit: new Set(), folders: new Set() })).toBeUndefined();
  const ranks = ['retail', 'retail (0123abcd)', 'abc', 'kubernetes', 'moc-0123abcd'].map((name) =>
    nameRank(name, evidence),
  );
  expect(ranks).toEqual([3, 2.5, 2, 1, 0]);
});

test.each([
  ['KMSPlugin-retail-east-moc-kms-plugin', 'retail-east'],
  ['retail-east-moc-kms-plugin', 'retail-east'],
  ['-moc-kms-plugin', undefined],
  ['kvactl-admin', undefined],
])('the identity %s belongs to the cluster %s', (identity, cluster) => {
  expect(clusterInIdentity(identity)).toBe(cluster);
});

test.each([
  ['/backup/east/etc/kubernetes/pki/etcd/ca.crt', '/backup/east', 'east'],
  ['C:\\backup\\east\\pki\\ca.crt', 'C:/backup/east', 'east'],
  ['C:\\Users\\alice\\.wssd\\kvactl\\cloudconfig', 'C:/Users/alice', 'alice'],
  ['/var/lib/kubelet/pki/kubelet.crt', '', undefined],
  ['C:\\certs\\a.crt', 'C:', undefined],
  ['a.crt', '', undefined],
])('the file %s is in the tree %j with the distinctive folder %j', (path, tree, folder) => {
  expect(getTree(path)).toBe(tree);
  expect(distinctiveFolder(path)).toBe(folder);
});

test.each([
  'apiserver.crt',
  'apiserver.key',
  'APIServer.pem',
  'apiserver-key.pem',
  'apiserver.cert.pem',
  '/a/apiserver.key.der',
])('the name of %s without its endings is apiserver', (name) => {
  expect(stripSuffix(name)).toBe('apiserver');
});

test('joined items share one representative, in whatever order they are joined', () => {
  const pairs = fc.array(fc.tuple(fc.nat(15), fc.nat(15)), { maxLength: 20 });
  fc.assert(
    fc.property(pairs, fc.nat(), (joins, seed) => {
      const groupRoots = (order: [number, number][]): string[] => {
        const groups = new Groups();
        for (const [left, right] of order) groups.join(String(left), String(right));
        return Array.from({ length: 16 }, (_, index) => groups.find(String(index)));
      };
      const turned = [...joins].sort(
        ([a, b], [c, d]) => ((a * 7 + b * 13 + seed) % 11) - ((c * 7 + d * 13 + seed) % 11),
      );
      const names = groupRoots(joins);
      expect(groupRoots(turned)).toEqual(names);
      for (const [left, right] of joins) expect(names[left]).toBe(names[right]);
    }),
  );
});
