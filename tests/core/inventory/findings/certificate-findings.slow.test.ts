import { X509Certificate } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { CERTIFICATE_RULES } from '../../../../core/inventory/findings/certificate-findings.ts';
import { credentialDetails } from '../../../../core/inventory/details.ts';
import { importPaths } from '../../../../core/inventory/import.ts';
import { inspectPaths } from '../../../../core/inventory/export/inspect.ts';
import type { Finding } from '../../../../core/shared/finding.ts';
import { LANGUAGES } from '../../../../core/shared/text/text.ts';
import { CATALOGUES } from '../../../support/catalogues.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { systemRoots, encodeCertificatePem } from '../../../support/certificates.ts';
import { MemoryFiles, TEST_NOW, testPorts } from '../../../support/ports.ts';
import { kubeconfig, Pki, type Pair } from '../pki.ts';

const pki = new Pki();
afterAll(() => pki.remove());

const RULES = new Set([...CERTIFICATE_RULES.map(({ id }) => id), 'key.readable']);

async function inspectAll(files: MemoryFiles): Promise<Finding[]> {
  const { records, findings } = await inspectPaths(testPorts(files), ['/']);
  expect(records.length).toBeGreaterThan(0);
  return findings.filter(({ rule }) => RULES.has(rule));
}

/**
 * Returns the files of a control-plane node as `kubeadm init` makes them: roots valid for ten years, other certificates
 * for one.
 */
function controlPlane(folder: string, node: string): Record<string, string> {
  const root = (name: string): Pair =>
    pki.issue({ subject: `/CN=${name}`, days: [-30, 3620], usage: 'ca', key: 'rsa' });
  const [ca, etcd, front] = ['kubernetes', 'etcd-ca', 'front-proxy-ca'].map(root) as [Pair, Pair, Pair];
  const leaf = (subject: string, issuer: Pair, usage: 'server' | 'client' | 'both', names?: string): Pair =>
    pki.issue({ subject, issuer, usage, days: [-30, 335], key: 'rsa', ...(names !== undefined && { names }) });
  const loopback = `DNS:localhost,DNS:${node},IP:10.0.0.5,IP:127.0.0.1,IP:::1`;
  const server = [
    ...['DNS:kubernetes', 'DNS:kubernetes.default', 'DNS:kubernetes.default.svc'],
    ...['DNS:kubernetes.default.svc.cluster.local', `DNS:${node}`, 'IP:10.96.0.1', 'IP:10.0.0.5'],
  ].join(',');
  const config = (client: Pair): string =>
    kubeconfig({ cluster: 'kubernetes', ca: ca.crt, client, server: 'https://10.0.0.5:6443' });
  const pairs: Record<string, Pair> = {
    ca,
    'etcd/ca': etcd,
    'front-proxy-ca': front,
    apiserver: leaf('/CN=kube-apiserver', ca, 'server', server),
    'apiserver-kubelet-client': leaf('/O=kubeadm:cluster-admins/CN=kube-apiserver-kubelet-client', ca, 'client'),
    'apiserver-etcd-client': leaf('/CN=kube-apiserver-etcd-client', etcd, 'client'),
    'front-proxy-client': leaf('/CN=front-proxy-client', front, 'client'),
    'etcd/server': leaf(`/CN=${node}`, etcd, 'both', loopback),
    'etcd/peer': leaf(`/CN=${node}`, etcd, 'both', loopback),
    'etcd/healthcheck-client': leaf('/CN=kube-etcd-healthcheck-client', etcd, 'client'),
  };
  return {
    ...Object.fromEntries(Object.entries(pairs).map(([name, { crt }]) => [`${folder}/pki/${name}.crt`, crt])),
    ...Object.fromEntries(Object.entries(pairs).map(([name, { key }]) => [`${folder}/pki/${name}.key`, key])),
    [`${folder}/admin.conf`]: config(leaf('/O=kubeadm:cluster-admins/CN=kubernetes-admin', ca, 'client')),
    [`${folder}/scheduler.conf`]: config(leaf('/CN=system:kube-scheduler', ca, 'client')),
    [`${folder}/kubelet.conf`]: config(leaf(`/O=system:nodes/CN=system:node:${node}`, ca, 'client')),
  };
}

function filesWith(contents: Record<string, string>): MemoryFiles {
  const files = new MemoryFiles();
  for (const [path, content] of Object.entries(contents)) files.put(path, content);
  return files;
}

test('two healthy clusters in kubeadm’s layout have no findings', async () => {
  const contents = {
    ...controlPlane('/nodes/one/etc/kubernetes', 'one'),
    ...controlPlane('/nodes/two/etc/kubernetes', 'two'),
  };
  expect(await inspectAll(filesWith(contents))).toEqual([]);
});

const roots = systemRoots();

test('each expired public root of this system has exactly one finding, and the others have none', async (context) => {
  const bundle = roots.map(encodeCertificatePem).join('');
  const ended = roots.filter((der) => Date.parse(new X509Certificate(der).validTo) < Date.parse(TEST_NOW));
  if (roots.length === 0) context.skip('no bundle of public roots here');
  const findings = await inspectAll(filesWith({ '/etc/ssl/certs/ca-certificates.crt': bundle }));
  expect(findings.map(({ rule }) => rule)).toEqual(ended.map(() => 'certificate.expired-ca-trusted'));
});

test('a finding of an import also appears in the details of its credential, but not in those of another credential', async () => {
  const ca = pki.issue({ subject: '/CN=kubernetes', days: [-100, -1], usage: 'ca' });
  const leaf = pki.issue({ subject: '/CN=kube-scheduler', issuer: ca, days: [-2, 30] });
  const ports = testPorts(filesWith({ '/east/pki/ca.crt': ca.crt, '/east/pki/x.crt': leaf.crt }));
  const store = memoryStore();
  const report = await importPaths(ports, store, ['/']);
  const [cluster] = store.clusters();
  if (cluster === undefined) throw new Error('nothing was imported');
  const listRules = async (name: string): Promise<string[]> => {
    const credentialId = cluster.credentials.find((one) => one.name === name)?.id;
    if (credentialId === undefined) throw new Error(`no ${name}`);
    const details = await credentialDetails(ports, store, { clusterId: cluster.id, credentialId });
    return details.findings.filter(({ rule }) => RULES.has(rule)).map(({ rule }) => rule);
  };
  expect(report.findings.map(({ rule }) => rule)).toEqual(['certificate.issuer-expired']);
  expect(await listRules('kube-scheduler')).toEqual(['certificate.issuer-expired']);
  expect(await listRules('kubernetes')).toEqual([]);
});

test('every rule has its own id, a message and a remedy in every language', () => {
  expect(new Set(CERTIFICATE_RULES.map(({ id }) => id)).size).toBe(CERTIFICATE_RULES.length);
  for (const language of LANGUAGES)
    for (const { id } of CERTIFICATE_RULES) {
      expect(Object.keys(CATALOGUES[language])).toContain(`finding.${id}`);
      expect(Object.keys(CATALOGUES[language])).toContain(`finding.${id}.remedy`);
    }
});

test('the search for findings ends even if certificates sign each other in a circle', async () => {
  const ca = pki.ca('/CN=kubernetes');
  const leaf = pki.issue({ subject: '/CN=leaf', issuer: ca, days: [-1, 9] });
  const other = pki.issue({ subject: '/CN=kubernetes', issuer: leaf, days: [-1, 9], usage: 'ca' });
  const back = pki.issue({ subject: '/CN=leaf', issuer: other, days: [-1, 9], usage: 'ca' });
  expect(await inspectAll(filesWith({ '/a/1.crt': other.crt, '/a/2.crt': back.crt, '/a/3.crt': leaf.crt }))).toEqual(
    [],
  );
});
