import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { assess } from '../../../core/expiry/model/assess.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import { importPaths } from '../../../core/inventory/import.ts';
import { credentialDetails } from '../../../core/inventory/details.ts';
import { maintenanceTasks } from '../../../core/maintenance/model/tasks.ts';
import { instantFromMs } from '../../../core/shared/instant.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { listRows } from '../../../core/inventory/store/rows.ts';
import { powerOffClocks } from '../../../core/availability/model/power-off.ts';
import { MemoryFiles, TEST_NOW, testPorts } from '../../support/ports.ts';
import { cloudconfig, kubeconfig, Pki, type Pair } from './pki.ts';

/* The certificates are made by openssl, whose verdict at each time is compared with the board. */

const DAY = 86_400_000;
const NOW = Date.parse(TEST_NOW);
const pki = new Pki();
const folder = mkdtempSync(join(tmpdir(), 'arcwarden-chain-'));
afterAll(() => {
  pki.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function importFiles(contents: Record<string, string>) {
  const files = new MemoryFiles();
  const store = memoryStore();
  for (const [path, content] of Object.entries(contents)) files.put(path, content);
  const ports = testPorts(files);
  await importPaths(ports, store, Object.keys(contents));
  const rows = store.clusters().flatMap(listRows);
  const judgeAfter = (days: number) => {
    const nowMs = NOW + days * DAY;
    const input = { nowMs, classes: LIFETIME_CLASSES, facts: {} };
    const findState = ({ id }: Pair) => assess(rows, input).find(({ row }) => row.id === id)?.state;
    const steps = powerOffClocks(store.clusters(), rows, input).flatMap(({ repairOrder }) =>
      repairOrder.map((step) => step.id),
    );
    return { findState, steps };
  };
  return { ports, store, rows, judgeAfter };
}

/** Returns whether openssl accepts the certificate with these trusted CAs, this many days from now. */
function isAccepted({ crt }: Pair, trust: string, days: number): boolean {
  const [leaf, roots] = [join(folder, 'leaf.crt'), join(folder, 'roots.crt')];
  writeFileSync(leaf, crt);
  writeFileSync(roots, trust);
  const atTime = String(Math.floor((NOW + days * DAY) / 1000));
  try {
    execFileSync('openssl', ['verify', '-CAfile', roots, '-attime', atTime, leaf], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

test('an API server under an expired cluster CA is shown as expired, and the repair is to recreate the cluster', async () => {
  const ca = pki.issue({ subject: '/CN=kubernetes', days: [-3600, 3], usage: 'ca' });
  const server = pki.issue({
    subject: '/CN=kube-apiserver',
    issuer: ca,
    days: [-1, 60],
    usage: 'server',
    names: 'DNS:deadtown-cp-1',
  });
  const node = '/nodes/deadtown-cp-1/etc/kubernetes';
  const { ports, store, rows, judgeAfter } = await importFiles({
    [`${node}/pki/ca.crt`]: ca.crt,
    [`${node}/pki/apiserver.crt`]: server.crt,
    [`${node}/admin.conf`]: kubeconfig({ cluster: 'deadtown', ca: ca.crt }),
  });
  for (const days of [0, 2, 4, 30]) {
    expect([days, judgeAfter(days).findState(server) !== 'expired']).toEqual([days, isAccepted(server, ca.crt, days)]);
  }
  expect(judgeAfter(4).steps).toEqual(['rebuild']);
  const row = rows.find(({ id }) => id === server.id);
  expect(row).toMatchObject({ endsWithIssuer: true });
  const { clusterId, id: credentialId } = row!;
  const listRemedies = async (days: number) => {
    const clock = { now: () => instantFromMs(NOW + days * DAY) };
    const { role } = await credentialDetails({ ...ports, clock }, store, { clusterId, credentialId });
    return role.remedies.length;
  };
  expect(await listRemedies(2)).toBeGreaterThan(0);
  expect(await listRemedies(4)).toBe(0);
  // The maintenance plan does not renew certificates under the expired root either.
  const { tasks } = maintenanceTasks(
    { clusters: store.clusters(), rows, facts: {}, classes: LIFETIME_CLASSES, nowMs: NOW + 4 * DAY },
    { withUpdates: false, minutes: {} },
  );
  expect(tasks.map(({ step, how, why }) => [step, how.map(({ text }) => text), why.text])).toEqual([
    ['rebuild', [], 'repair.fact.rebuild'],
  ]);
});

test('a client of the old cloud agent CA works until that CA expires, and the new CA needs no rotation', async () => {
  const old = pki.issue({ subject: '/CN=cloud-agent-ca', days: [-350, 15], usage: 'ca' });
  const next = pki.issue({ subject: '/CN=cloud-agent-ca', days: [-20, 345], usage: 'ca' });
  const stale = pki.issue({ subject: '/CN=hv-lyo-01', issuer: old, days: [-30, 60] });
  const renewed = pki.issue({ subject: '/CN=hv-lyo-02', issuer: next, days: [-10, 80] });
  const both = old.crt + next.crt;
  const access = (client: Pair) => cloudconfig({ ca: both, client, identity: 'NodeAgent' });
  const { rows, judgeAfter } = await importFiles({
    '/hosts/hv-lyo-01/wssdagent/cloudconfig': access(stale),
    '/hosts/hv-lyo-02/wssdagent/cloudconfig': access(renewed),
  });
  for (const days of [0, 10, 16, 40]) {
    for (const client of [stale, renewed])
      expect([days, judgeAfter(days).findState(client) !== 'expired']).toEqual([days, isAccepted(client, both, days)]);
    expect(judgeAfter(days).steps).not.toContain('cloud-agent-ca');
  }
  expect(judgeAfter(16).steps).not.toEqual([]);
  expect(rows.filter(({ role }) => role === 'cloud-agent-ca').map(({ id }) => id)).toEqual([next.id]);
  expect(rows.filter(({ endsWithIssuer }) => endsWithIssuer).map(({ id }) => id)).toEqual([stale.id]);
});

test('a certificate under a root renewed with the same key stays valid after the old root expires', async () => {
  const first = pki.issue({ subject: '/CN=kubernetes', days: [-3600, 3], usage: 'ca' });
  const again = pki.renew(first, { subject: '/CN=kubernetes', days: [-1, 3600], usage: 'ca' });
  const server = pki.issue({
    subject: '/CN=kube-apiserver',
    issuer: first,
    days: [-1, 60],
    usage: 'server',
    names: 'DNS:east-cp-1',
  });
  const node = '/nodes/east-cp-1/etc/kubernetes';
  const { judgeAfter } = await importFiles({
    [`${node}/pki/ca.crt`]: first.crt + again.crt,
    [`${node}/pki/apiserver.crt`]: server.crt,
    [`${node}/admin.conf`]: kubeconfig({ cluster: 'east', ca: first.crt + again.crt }),
  });
  expect(isAccepted(server, first.crt + again.crt, 30)).toBe(true);
  expect(judgeAfter(30).findState(server)).not.toBe('expired');
});
