import { afterAll, describe, expect, test } from 'vitest';
import { importPaths } from '../../../../core/inventory/import.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { foreignRows } from '../../../../core/inventory/store/rows.ts';
import { MemoryFiles, testPorts } from '../../../support/ports.ts';
import { kubeconfig, Pki, type Pair } from '../pki.ts';

const pki = new Pki();
afterAll(() => pki.remove());

const SERVER = 'https://10.4.0.9:6443';
const NODE = '/nodes/edge-cp-1/etc/kubernetes/pki';
const before = pki.issue({ subject: '/CN=kubernetes', days: [-400, 3000], usage: 'ca' });
const after = pki.issue({ subject: '/CN=kubernetes', days: [-30, 3000], usage: 'ca' });
const names = 'DNS:kubernetes,DNS:edge-cp-1,IP:10.4.0.9';
const apiServer = pki.issue({ subject: '/CN=kube-apiserver', issuer: after, days: [-1, 3], usage: 'server', names });

function makeKubeconfig(issuer: Pair, day: number, parts: { cluster?: string; server?: string } = {}): string {
  const client = pki.issue({ subject: '/O=system:masters/CN=kubernetes-admin', issuer, days: [day, day + 365] });
  return kubeconfig({ cluster: 'edge', server: SERVER, ...parts, ca: issuer.crt, client });
}

/** Imports the parts in turn. Returns cluster names, reasons of credentials that were set apart, and findings. */
async function importInTurn(...parts: Record<string, string>[]) {
  const files = new MemoryFiles();
  const store = memoryStore();
  const rules = new Set<string>();
  for (const part of parts) {
    for (const [path, content] of Object.entries(part)) files.put(path, content);
    const report = await importPaths(testPorts(files), store, Object.keys(part));
    expect(report.questions).toEqual([]);
    for (const { rule, place } of report.findings) rules.add(`${rule} ${place.path ?? ''}`);
  }
  const apart = foreignRows(store.foreign(), []).map(({ foreign }) => foreign);
  return { names: store.clusters().map(({ name }) => name), apart, rules };
}

const ORDERS = [
  ['before', (former: Record<string, string>, live: Record<string, string>) => [former, live]],
  ['after', (former: Record<string, string>, live: Record<string, string>) => [live, former]],
  ['together with', (former: Record<string, string>, live: Record<string, string>) => [{ ...former, ...live }]],
] as const;

describe.each(ORDERS)(
  'a kubeconfig from before a cluster was rebuilt, imported %s the live cluster',
  (order, arrange) => {
    test.each([
      [
        'a kubeconfig of the live cluster',
        { '/me/.kube/config': makeKubeconfig(after, -20) },
        'certificate.cluster-rebuilt',
      ],
      [
        'a node of the live cluster',
        {
          [`${NODE}/ca.crt`]: after.crt,
          [`${NODE}/apiserver.crt`]: apiServer.crt,
          '/etc/admin.conf': makeKubeconfig(after, -1),
        },
        'kubeconfig.other-ca',
      ],
    ])('is set apart with a finding and leaves the name to %s', async (_, live, rule) => {
      const found = await importInTurn(...arrange({ '/old/edge.yaml': makeKubeconfig(before, -300) }, live));
      expect([order, found.names, found.apart]).toEqual([order, ['edge'], ['copy', 'copy']]);
      if (order !== 'before') expect(found.rules).toContain(`${rule} /old/edge.yaml`);
    });

    test.each([
      ['names another server', makeKubeconfig(before, -300, { server: 'https://10.9.0.9:6443' })],
      ['was fetched since, so its CA still signs', makeKubeconfig(before, -10)],
    ])('stays a cluster of its own if it %s', async (_, old) => {
      const files = new MemoryFiles();
      const store = memoryStore();
      for (const part of arrange({ '/old/edge.yaml': old }, { '/me/.kube/config': makeKubeconfig(after, -20) })) {
        for (const [path, content] of Object.entries(part)) files.put(path, content);
        await importPaths(testPorts(files), store, Object.keys(part));
      }
      expect(store.clusters()).toHaveLength(2);
      expect(store.foreign()).toBeUndefined();
    });
  },
);
