import { execFileSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { CheckedSignatures } from '../../../../core/inventory/assign/signatures.ts';
import { findKnownIssuers } from '../../../../core/inventory/assign/known-issuers.ts';
import { importPaths } from '../../../../core/inventory/import.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { MemoryFiles, TEST_NOW, testPorts } from '../../../support/ports.ts';
import { Pki, type Pair } from '../pki.ts';

/* The certificates are made by openssl, which also says who signed which. */

const pki = new Pki();
afterAll(() => pki.remove());

/** Returns whether openssl accepts a certificate with only this one as trusted, which may be an intermediate. */
function isIssuedBy(certificate: Pair, issuer: Pair): boolean {
  const atTime = String(Math.floor(Date.parse(TEST_NOW) / 1000));
  const files = ['-trusted', issuer.pair.certificate, certificate.pair.certificate];
  try {
    execFileSync('openssl', ['verify', '-partial_chain', '-attime', atTime, ...files], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

async function findIssuers(pairs: Record<string, Pair>) {
  const files = new MemoryFiles();
  const store = memoryStore();
  const ports = testPorts(files);
  for (const [path, { crt }] of Object.entries(pairs)) files.put(path, crt);
  await importPaths(ports, store, Object.keys(pairs));
  return findKnownIssuers(ports, new CheckedSignatures(ports), store);
}

test('finds the same issuer as openssl, also among CAs with one name, and none for a stranger', async () => {
  const ca = (subject: string, issuer?: Pair): Pair =>
    pki.issue({ subject, days: [-10, 900], usage: 'ca', ...(issuer !== undefined && { issuer }) });
  const leaf = (name: string, issuer: Pair): Pair =>
    pki.issue({ subject: `/CN=${name}`, issuer, days: [-1, 30], usage: 'server', names: `DNS:${name}` });
  const [root, namesake, stranger] = [ca('/CN=plant-root'), ca('/CN=plant-root'), ca('/CN=elsewhere')];
  const middle = ca('/CN=plant-issuing', root);
  const pairs = {
    '/plant/root.crt': root,
    '/other/root.crt': namesake,
    '/plant/issuing.crt': middle,
    '/plant/direct.crt': leaf('direct.plant.example', root),
    '/plant/below.crt': leaf('below.plant.example', middle),
    '/other/far.crt': leaf('far.plant.example', namesake),
    '/plant/odd.crt': leaf('odd.plant.example', stranger),
  };
  const all = Object.values(pairs);
  const { issuers } = await findIssuers(pairs);
  const byOpenssl = all.flatMap((one) => {
    const isRoot = one === root || one === namesake;
    const found = all.find((issuer) => (issuer === one) === isRoot && isIssuedBy(one, issuer));
    return found === undefined ? [] : [[one.id, found.id]];
  });
  expect(byOpenssl).toHaveLength(6);
  expect(new Map(issuers)).toEqual(new Map(byOpenssl as [string, string][]));
});

test('of a CA and its renewal with the same key, names the one that ends last', async () => {
  const old = pki.issue({ subject: '/CN=depot-root', days: [-100, 20], usage: 'ca' });
  const renewed = pki.renew(old, { subject: '/CN=depot-root', days: [-1, 900], usage: 'ca' });
  const server = pki.issue({ subject: '/CN=db', issuer: old, days: [-1, 30], usage: 'server', names: 'DNS:db' });
  expect([old, renewed].map((issuer) => isIssuedBy(server, issuer))).toEqual([true, true]);
  const { issuers } = await findIssuers({ '/depot/old.crt': old, '/depot/new.crt': renewed, '/depot/db.crt': server });
  expect(new Map(issuers).get(server.id as (typeof issuers)[number][0])).toBe(renewed.id);
});
