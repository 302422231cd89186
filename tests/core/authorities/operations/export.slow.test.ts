import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { statSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ExportRequest } from '../../../../core/authorities/contract.ts';
import { exportOperation } from '../../../../core/authorities/operations/export.ts';
import { signRequestOperation } from '../../../../core/authorities/operations/issue.ts';
import { createRequest } from '../../../../core/pki/issue/create-request.ts';
import type { AuthorityEntry } from '../../../../core/pki/model/authority.ts';
import { recognise } from '../../../../core/formats/recognise.ts';
import { createFiles } from '../../../../core/node/files.ts';
import { openssl } from '../../../support/openssl.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { needTool } from '../../../support/tools.ts';
import { aScenario, findEntry, issueProfile, catchProblem, type Scenario } from './scenario.ts';

const EXPORT_PASSPHRASE = 'for the other computer';
const SERVER = 'https://172.16.255.14:6443';

async function exportToFile(
  scenario: Scenario,
  { id: entryId }: AuthorityEntry,
  options: Pick<ExportRequest, 'format'> & Partial<ExportRequest>,
) {
  const path = join(temporaryFolder(), `out.${options.format}`);
  const keeping = { ...scenario, ports: { ...scenario.ports, files: createFiles() } };
  const request = { authorityId: scenario.id, entryId, withKey: false, ...options };
  const written = await exportOperation(keeping, request, path);
  const mode = (statSync(path).mode & 0o777).toString(8);
  return { path, mode, written, content: readFileSync(path) };
}

const readKey = async ({ ports, store, id }: Scenario, { keyFile }: AuthorityEntry) => {
  const key = await store.getKeyring(id).key(keyFile ?? ('' as never));
  return Buffer.from(ports.keys.exportPrivateKey(key, 'pkcs8'));
};

describe('a certificate of a cluster', () => {
  test('as PEM contains its chain, in a file that everyone may read', async () => {
    const scenario = await aScenario('kubernetes');
    const entry = await issueProfile(scenario, 'admin');
    const { path, mode, written, content } = await exportToFile(scenario, entry, { format: 'pem' });
    expect(mode).toBe('644');
    const { certificates, keys } = recognise(content);
    expect(certificates.map(({ der }) => der)).toEqual([entry.der, findEntry(scenario, 'cluster-ca').der]);
    expect(keys).toEqual([]);
    const sums = execFileSync('sha256sum', [path], { encoding: 'utf8' });
    expect(written).toEqual({ name: 'out.pem', bytes: content.length, sha256: sums.slice(0, 64) });
  });

  test('as PEM with its key is readable only by its owner, and openssl reads the certificate and the key', async () => {
    const scenario = await aScenario('kubernetes');
    const entry = await issueProfile(scenario, 'admin');
    const { path, mode, content } = await exportToFile(scenario, entry, { format: 'pem', withKey: true });
    expect(mode).toBe('600');
    expect(content.toString()).toContain('-----BEGIN EC PRIVATE KEY-----');
    const ofKey = openssl('pkey', '-in', path, '-pubout');
    expect(ofKey).toEqual(openssl('x509', '-in', path, '-pubkey', '-noout'));
  });

  test('as DER is the certificate itself, even for a root', async () => {
    const scenario = await aScenario('kubernetes');
    const root = findEntry(scenario, 'etcd-ca');
    const { content, mode } = await exportToFile(scenario, root, { format: 'der', withKey: true });
    expect(new Uint8Array(content)).toEqual(root.der);
    expect(mode).toBe('644');
  });

  test('as P7B is read by openssl and certtool, leaf first', async (context) => {
    const scenario = await aScenario('kubernetes');
    const entry = await issueProfile(scenario, 'admin');
    const { path, mode } = await exportToFile(scenario, entry, { format: 'p7b' });
    expect(mode).toBe('644');
    const told = openssl('pkcs7', '-in', path, '-print_certs').toString();
    const blocks = told.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu);
    expect(blocks?.map((pem) => new Uint8Array(new X509Certificate(pem).raw))).toEqual([
      entry.der,
      findEntry(scenario, 'cluster-ca').der,
    ]);
    const certtool = needTool(context, 'certtool');
    const peer = execFileSync(certtool, ['--p7-info', '--infile', path], { stdio: 'pipe' });
    expect(peer.toString()).toContain('Number of certificates: 2');
  });

  test.each(['aes-256', '3des'] as const)('as PFX with %s is opened by openssl', async (encryption) => {
    const scenario = await aScenario('kubernetes');
    const entry = await issueProfile(scenario, 'admin');
    const options = { format: 'pfx' as const, encryption, passphrase: EXPORT_PASSPHRASE };
    const { path, mode } = await exportToFile(scenario, entry, options);
    expect(mode).toBe('600');
    const opened = openssl('pkcs12', '-in', path, '-nodes', '-passin', `pass:${EXPORT_PASSPHRASE}`);
    const pem = opened.toString();
    const key = createPrivateKey(pem.slice(pem.indexOf('-----BEGIN PRIVATE KEY-----')));
    expect(key.export({ format: 'der', type: 'pkcs8' })).toEqual(await readKey(scenario, entry));
    expect(pem.match(/-----BEGIN CERTIFICATE-----/gu)).toHaveLength(2);
  });

  test('as a kubeconfig contains its key, points to the server and trusts its CA', async () => {
    const scenario = await aScenario('kubernetes');
    const entry = await issueProfile(scenario, 'super-admin');
    const { content, mode } = await exportToFile(scenario, entry, { format: 'kubeconfig', server: SERVER });
    expect(mode).toBe('600');
    const found = recognise(content);
    expect(found).toMatchObject({ format: 'kubeconfig', findings: [] });
    expect(found.certificates.map(({ der }) => der)).toEqual([findEntry(scenario, 'cluster-ca').der, entry.der]);
    expect(found.certificates[1]?.pair).toBe(found.keys[0]?.pair);
    const key = createPrivateKey(found.keys[0]?.keyPem ?? '');
    expect(new X509Certificate(entry.der).checkPrivateKey(key)).toBe(true);
    expect(content.toString()).toContain(`server: ${SERVER}`);
  });
});

test('an RSA key is exported in the traditional PEM format that every tool reads', async () => {
  const scenario = await aScenario('moc');
  const client = await issueProfile(scenario, 'mocctl', { values: { identity: ['mocctl'] } });
  const { path, content } = await exportToFile(scenario, client, { format: 'pem', withKey: true });
  expect(content.toString()).toContain('-----BEGIN RSA PRIVATE KEY-----');
  expect(openssl('rsa', '-in', path, '-check', '-noout').toString()).toContain('RSA key ok');
});

describe('the export is refused, and nothing is written, for', () => {
  test.each<[string, Partial<ExportRequest> & Pick<ExportRequest, 'format'>, string]>([
    ['a PFX without a passphrase', { format: 'pfx' }, 'export.option-missing'],
    ['a PFX with an empty passphrase', { format: 'pfx', passphrase: '' }, 'export.option-missing'],
    ['a kubeconfig without a server', { format: 'kubeconfig' }, 'export.option-missing'],
    ['a server without TLS', { format: 'kubeconfig', server: 'http://a:6443' }, 'export.server-invalid'],
    ['a server with a path', { format: 'kubeconfig', server: `${SERVER}/api` }, 'export.server-invalid'],
    ['an invalid port', { format: 'kubeconfig', server: 'https://a:65536' }, 'export.server-invalid'],
    ['brackets around IPv4', { format: 'kubeconfig', server: 'https://[10.0.0.1]' }, 'export.server-invalid'],
  ])('%s', async (_title, options, code) => {
    const scenario = await aScenario('kubernetes');
    const { id: entryId } = await issueProfile(scenario, 'admin');
    const request = { authorityId: scenario.id, entryId, withKey: false, ...options };
    expect((await catchProblem(() => exportOperation(scenario, request, '/out'))).code).toBe(code);
    expect(scenario.ports.files.paths()).not.toContain('/out');
  });

  test('a kubeconfig with a certificate that allows no login', async () => {
    const scenario = await aScenario('kubernetes');
    const server = await issueProfile(scenario, 'kubelet-server', { values: { node: ['worker-1'] } });
    const etcd = await issueProfile(scenario, 'etcd-healthcheck-client');
    for (const { id: entryId } of [server, etcd, findEntry(scenario, 'cluster-ca')]) {
      const request = { authorityId: scenario.id, entryId, withKey: false, server: SERVER };
      const refused = await catchProblem(() => exportOperation(scenario, { ...request, format: 'kubeconfig' }, '/out'));
      expect(refused.code).toBe('export.not-for-kubeconfig');
    }
  });

  test('a key that is locked or not in the authority, while its certificate can be exported', async () => {
    const scenario = await aScenario('kubernetes');
    const key = await scenario.ports.keys.generate('p-256');
    const template = {
      subject: { commonName: 'alice', organizations: [] },
      sans: { dns: [], ip: [] },
      keyUsage: [],
      extendedKeyUsage: [],
    };
    const der = createRequest(scenario.ports, { template, key });
    const signing = { authorityId: scenario.id, profile: 'admin' as const, der };
    const { entry } = await signRequestOperation(scenario, signing);
    const own = await issueProfile(scenario, 'admin');
    const attempt = ({ id: entryId }: AuthorityEntry, withKey: boolean) =>
      catchProblem(() =>
        exportOperation(scenario, { authorityId: scenario.id, entryId, format: 'pem', withKey }, '/out'),
      );
    expect((await attempt(entry, true)).code).toBe('authority.key-elsewhere');
    expect((await attempt(entry, false)).code).toBe('none');
    scenario.store.getKeyring(scenario.id).lock();
    expect((await attempt(own, true)).code).toBe('keyring.locked');
    expect((await attempt(own, false)).code).toBe('none');
  });
});
