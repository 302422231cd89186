import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { carryOut } from '../../../../core/authorities/create/apply.ts';
import { planCreation } from '../../../../core/authorities/create/plan.ts';
import { privateKeyPem } from '../../../../core/pki/issue/private-key-pem.ts';
import { readCreationSpec } from '../../../../core/authorities/create/specification/specification.ts';
import type { CreationSpec } from '../../../../core/authorities/create/creation-spec.ts';
import { epochMs } from '../../../../core/shared/instant.ts';
import { nodeClock } from '../../../../core/node/clock.ts';
import { createFiles } from '../../../../core/node/files.ts';
import type { Keys } from '../../../../core/shared/ports.ts';
import { certify, CLIENT_EXTENSIONS, issue, openssl, pairIn } from '../../../support/openssl.ts';
import { TEST_NOW, testPorts } from '../../../support/ports.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { needTool } from '../../../support/tools.ts';
import { filesBelow } from '../keeping-ports.ts';
import { create, diskPorts, lines, PLACE, makeSpec } from './world.ts';
import { costOfAsync } from '../../../support/cost.ts';

const EXAMPLES = join(import.meta.dirname, '../../../../docs/examples');
const isPosix = process.platform !== 'win32';

function realPorts() {
  return { ...testPorts(), files: createFiles() };
}

function exampleSpec(name: string, path = join(EXAMPLES, name)): CreationSpec {
  const { spec } = readCreationSpec(readFileSync(join(EXAMPLES, name), 'utf8'), path);
  if (spec === undefined) throw new Error('an example that is no good');
  return spec;
}

function filesIn(folder: string): Map<string, string> {
  const names = filesBelow(folder).sort();
  return new Map(names.map((path) => [relative(folder, path), readFileSync(path, 'latin1')]));
}

/** Returns openssl's verdict on several certificates under one CA, at the time of the tests. */
function verifyByOpenssl(folder: string, ca: string, purpose: string, names: string[]): string {
  const at = ['-attime', String(epochMs(TEST_NOW) / 1_000), '-purpose', purpose, '-x509_strict'];
  const paths = names.map((name) => join(folder, name));
  return openssl('verify', ...at, '-CAfile', join(folder, ca), ...paths).toString();
}

/** Parses a kubeconfig with a YAML reader other than Arcwarden's, as kubectl would. */
function readUser(path: string) {
  const config = parse(readFileSync(path, 'utf8')) as {
    'current-context': string;
    clusters: { name: string; cluster: Record<string, string> }[];
    contexts: { name: string; context: Record<string, string> }[];
    users: { name: string; user: Record<string, string> }[];
  };
  const { context } = config.contexts.find(({ name }) => name === config['current-context']) ?? {};
  const cluster = config.clusters.find(({ name }) => name === context?.['cluster'])?.cluster;
  const user = config.users.find(({ name }) => name === context?.['user'])?.user;
  const text = (value: string | undefined): string => Buffer.from(value ?? '', 'base64').toString();
  return {
    context: config['current-context'],
    server: cluster?.['server'],
    authority: text(cluster?.['certificate-authority-data']),
    certificate: text(user?.['client-certificate-data']),
    key: text(user?.['client-key-data']),
    token: user?.['token'],
  };
}

test.each([
  ['etcd-ca', 'pki/etcd/ca.crt', 'pki/ca.crt'],
  ['cluster-ca', 'pki/ca.crt', 'pki/etcd/ca.crt'],
])(
  'openssl accepts a client of etcd under the CA that etcd is given, and no other: %s',
  async (issuer, given, other) => {
    const folder = temporaryFolder();
    const client = 'pki/apiserver-etcd-client.crt';
    const text = `${PLACE}certificates: [{ profile: apiserver-etcd-client, issuer: ${issuer} }, etcd-server, apiserver]\n`;
    await create(realPorts(), makeSpec(text), folder);
    expect(verifyByOpenssl(folder, given, 'sslclient', [client])).toMatch(/OK\n$/u);
    expect(() => verifyByOpenssl(folder, other, 'sslclient', [client])).toThrow(/unable to get local issuer/u);
    expect(verifyByOpenssl(folder, 'pki/etcd/ca.crt', 'sslserver', ['pki/etcd/server.crt'])).toMatch(/OK\n$/u);
  },
);

describe('the example of a control-plane node', () => {
  const spec = exampleSpec('control-plane-node.yaml');
  let root: string;
  let folder: string;
  let cost: number;
  const pathTo = (name: string): string => join(folder, name);
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'arcwarden-create-'));
    folder = join(root, 'cp-1');
    cost = await costOfAsync(() => create(realPorts(), spec, folder));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test('has the file layout of kubeadm, and is created in less than a second', () => {
    const pairs = [
      ...['apiserver', 'apiserver-etcd-client', 'apiserver-kubelet-client', 'ca'],
      ...['etcd/ca', 'etcd/healthcheck-client', 'etcd/peer', 'etcd/server'],
      ...['front-proxy-ca', 'front-proxy-client'],
    ];
    const expected = [
      ...['admin.conf', 'controller-manager.conf', 'scheduler.conf', 'super-admin.conf'],
      ...pairs.flatMap((pair) => [`pki/${pair}.crt`, `pki/${pair}.key`]),
      ...['pki/sa.key', 'pki/sa.pub'],
    ];
    expect([...filesIn(folder).keys()].sort()).toEqual(expected.map((name) => join(name)).sort());
    expect(cost).toBeLessThan(1_000);
  });

  test.runIf(isPosix)('only the owner can read keys and kubeconfigs', () => {
    for (const name of filesIn(folder).keys()) {
      const mode = statSync(pathTo(name)).mode & 0o777;
      expect(mode.toString(8), name).toBe(/\.(?:crt|pub)$/u.test(name) ? '644' : '600');
    }
    expect(statSync(pathTo('pki')).mode & 0o777).toBe(0o700);
  });

  test('openssl accepts its certificates under each CA', () => {
    const client = ['pki/apiserver-kubelet-client.crt'];
    expect(verifyByOpenssl(folder, 'pki/ca.crt', 'sslserver', ['pki/apiserver.crt'])).toMatch(/OK\n$/u);
    expect(verifyByOpenssl(folder, 'pki/ca.crt', 'sslclient', client)).toMatch(/OK\n$/u);
    const etcd = ['etcd/server', 'etcd/peer', 'etcd/healthcheck-client', 'apiserver-etcd-client'];
    const names = etcd.map((name) => `pki/${name}.crt`);
    expect(verifyByOpenssl(folder, 'pki/etcd/ca.crt', 'sslclient', names).match(/OK$/gmu)).toHaveLength(4);
    expect(verifyByOpenssl(folder, 'pki/etcd/ca.crt', 'sslserver', names.slice(0, 2)).match(/OK$/gmu)).toHaveLength(2);
    const proxy = ['pki/front-proxy-client.crt'];
    expect(verifyByOpenssl(folder, 'pki/front-proxy-ca.crt', 'sslclient', proxy)).toMatch(/OK\n$/u);
  });

  test('the API server is trusted under each of its names and addresses, and under no others', () => {
    const path = pathTo('pki/apiserver.crt');
    const certificate = new X509Certificate(readFileSync(path));
    const service = 'kubernetes.default.svc.cluster.local';
    for (const [option, name] of [
      ['-checkhost', service],
      ['-checkip', 'fd00::11'],
    ] as const)
      expect(openssl('x509', '-in', path, '-noout', option, name).toString()).toMatch(/does match/u);
    for (const name of [service, 'kubernetes', 'api.retail-east.contoso.example'])
      expect(certificate.checkHost(name), name).toBe(name);
    for (const address of ['172.16.255.14', '10.96.0.1', '10.0.0.11'])
      expect(certificate.checkIP(address), address).toBe(address);
    expect(certificate.checkHost('retail-east-control-plane-2')).toBeUndefined();
    expect(certificate.checkIP('10.0.0.12')).toBeUndefined();
  });

  test("every key has kubeadm's format and belongs to its certificate", () => {
    const content = filesIn(folder);
    for (const [name, text] of content) {
      if (!name.endsWith('.key')) continue;
      expect(text, name).toMatch(/^-----BEGIN EC PRIVATE KEY-----\n/u);
      const certificate = content.get(name.replace(/key$/u, 'crt'));
      if (certificate !== undefined)
        expect(new X509Certificate(certificate).checkPrivateKey(createPrivateKey(text)), name).toBe(true);
    }
    const [key, published] = [content.get(join('pki/sa.key')), content.get(join('pki/sa.pub'))];
    expect(createPublicKey(key ?? '').export({ type: 'spki', format: 'pem' })).toBe(published);
    const own = openssl('pkey', '-in', pathTo('pki/etcd/server.key'), '-pubout').toString();
    expect(openssl('x509', '-in', pathTo('pki/etcd/server.crt'), '-noout', '-pubkey').toString()).toBe(own);
  });

  test.each([
    ['admin', 'kubernetes-admin', 'https://172.16.255.14:6443', 'kubeadm:cluster-admins'],
    ['super-admin', 'kubernetes-super-admin', 'https://172.16.255.14:6443', 'system:masters'],
    ['scheduler', 'system:kube-scheduler', 'https://10.0.0.11:6443', undefined],
  ])('kubectl can use %s.conf', (name, user, server, group) => {
    const config = readUser(pathTo(`${name}.conf`));
    expect(config).toMatchObject({ context: `${user}@retail-east`, server });
    expect(config.authority).toBe(readFileSync(pathTo('pki/ca.crt'), 'utf8'));
    const certificate = new X509Certificate(config.certificate);
    expect(certificate.subject.split('\n').sort()).toEqual(
      [`CN=${user}`, ...(group === undefined ? [] : [`O=${group}`])].sort(),
    );
    expect(certificate.checkPrivateKey(createPrivateKey(config.key))).toBe(true);
    expect(certificate.verify(new X509Certificate(config.authority).publicKey)).toBe(true);
  });

  test('certtool reads and verifies the certificate and the key of the API server', async (context) => {
    const program = needTool(context, 'certtool');
    const certtool = (...options: string[]) =>
      execFileSync(program, options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    // Versions of certtool before 3.8 can only use the machine's clock, so these certificates are valid now.
    const current = temporaryFolder();
    await create({ ...realPorts(), clock: nodeClock() }, spec, current);
    const pki = (name: string): string => join(current, 'pki', name);
    const trusting = ['--load-ca-certificate', pki('ca.crt')];
    expect(certtool('--verify', ...trusting, '--infile', pki('apiserver.crt'))).toMatch(
      /Chain verification output: Verified/u,
    );
    expect(certtool('--key-info', '--infile', pki('apiserver.key'))).toMatch(/SECP384R1/u);
  });

  test('a second run keeps every file unchanged', async () => {
    const before = filesIn(folder);
    const plan = await planCreation(realPorts(), spec, folder);
    expect(new Set(plan.steps.map(({ action }) => action))).toEqual(new Set(['keep']));
    const result = await carryOut(realPorts(), plan);
    expect(result.map(({ certificate }) => certificate)).toEqual(plan.steps.map(({ present }) => present));
    expect(filesIn(folder)).toEqual(before);
  });

  test('a second node shares only the CAs that are copied to it', async () => {
    const second = temporaryFolder();
    mkdirSync(join(second, 'pki/etcd'), { recursive: true });
    const shared = ['ca', 'etcd/ca', 'front-proxy-ca'].flatMap((ca) => [`${ca}.crt`, `${ca}.key`]);
    for (const name of [...shared, 'sa.key', 'sa.pub']) copyFileSync(pathTo(`pki/${name}`), join(second, 'pki', name));
    const text = readFileSync(join(EXAMPLES, 'control-plane-node.yaml'), 'utf8');
    const other = text
      .replaceAll('control-plane-1', 'control-plane-2')
      .replaceAll('10.0.0.11', '10.0.0.12')
      .replaceAll('fd00::11', 'fd00::12');
    const { spec: otherSpec } = readCreationSpec(other, 'second.yaml');
    if (otherSpec === undefined) throw new Error('a changed example that is no good');
    const { result } = await create(realPorts(), otherSpec, second);
    expect(result.filter(({ action }) => action === 'keep')).toHaveLength(4);
    expect(verifyByOpenssl(second, 'pki/etcd/ca.crt', 'sslserver', ['pki/etcd/peer.crt'])).toMatch(/OK\n$/u);
    expect(
      verifyByOpenssl(folder, 'pki/etcd/ca.crt', 'sslclient', [relative(folder, join(second, 'pki/etcd/peer.crt'))]),
    ).toMatch(/OK\n$/u);
  });

  test('a worker joins with a CA and a token, in a kubeconfig for kubelets', async () => {
    const worker = temporaryFolder();
    mkdirSync(join(worker, 'out/pki'), { recursive: true });
    copyFileSync(pathTo('pki/ca.crt'), join(worker, 'out/pki/ca.crt'));
    writeFileSync(join(worker, 'worker.token'), '\ufeffabcdef.0123456789abcdef\r\n', 'utf16le');
    const workerSpec = exampleSpec('worker.yaml', join(worker, 'worker.yaml'));
    const { plan, result } = await create(realPorts(), workerSpec, join(worker, 'out'));
    expect(lines(plan)).toEqual(['keep certificate-only pki/ca.crt', 'create missing bootstrap-kubelet.conf']);
    expect(JSON.stringify(result)).not.toContain('0123456789abcdef');
    expect(readUser(join(worker, 'out/bootstrap-kubelet.conf'))).toMatchObject({
      context: 'tls-bootstrap-token-user@retail-east',
      server: 'https://172.16.255.14:6443',
      authority: readFileSync(pathTo('pki/ca.crt'), 'utf8'),
      token: 'abcdef.0123456789abcdef',
    });
    const before = filesIn(worker);
    await create(realPorts(), workerSpec, join(worker, 'out'));
    expect(filesIn(worker)).toEqual(before);
  });
});

test('the example of a host creates the cloud agent and its clients, each with its identity', async () => {
  const folder = temporaryFolder();
  const disk = realPorts();
  // RSA keys take long to generate: the CA has one, and its certificates share a second one.
  const pool = [disk.keys.generate('rsa-2048'), disk.keys.generate('rsa-2048')];
  const generate: Keys['generate'] = async (algorithm) => {
    expect(algorithm).toBe('rsa-2048');
    return (pool.length > 1 ? pool.shift() : pool[0]) ?? disk.keys.generate(algorithm);
  };
  const ports = { ...disk, keys: { ...disk.keys, generate } };
  const spec = exampleSpec('moc-host.yaml');
  await create(ports, spec, folder);
  const names = ['cloud-agent-server', 'node-agent', 'extra-admin', 'extra-admin-noah'];
  const paths = names.map((name) => `moc/${name}.crt`);
  expect([...filesIn(folder).keys()]).toHaveLength(10);
  expect(verifyByOpenssl(folder, 'moc/cloud-agent-ca.crt', 'sslclient', paths).match(/OK$/gmu)).toHaveLength(4);
  const noah = new X509Certificate(readFileSync(join(folder, 'moc/extra-admin-noah.crt')));
  expect(noah.subject).toBe('CN=noah');
  expect(Date.parse(noah.validTo) - Date.parse(noah.validFrom)).toBe(60 * 86_400_000);
  const printed = openssl('x509', '-in', join(folder, 'moc/extra-admin-noah.crt'), '-noout', '-text');
  expect(printed.toString()).toMatch(/(?:accessIdentity|1\.3\.6\.1\.5\.5\.7\.10\.2): *\n\s+noah/u);
  const key = readFileSync(join(folder, 'moc/node-agent.key'), 'utf8');
  expect(key).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/u);
  expect(openssl('rsa', '-in', join(folder, 'moc/node-agent.key'), '-check', '-noout').toString()).toMatch(/ok/u);
  const plan = await planCreation(ports, spec, folder);
  expect(new Set(plan.steps.map(({ action }) => action))).toEqual(new Set(['keep']));
  const renamed = JSON.parse(JSON.stringify(spec).replaceAll('"noah"', '"olga"')) as CreationSpec;
  expect(lines(await planCreation(ports, renamed, folder)).at(-1)).toBe(
    'remake does-not-match moc/extra-admin-noah.crt subject identity',
  );
});

test('a CA made by openssl, with EC parameters before its key, is used unchanged', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'pki'));
  const [ca, key] = [join(folder, 'pki/ca.crt'), join(folder, 'pki/ca.key')];
  openssl('ecparam', '-name', 'prime256v1', '-genkey', '-out', key);
  certify(ca, key, {
    subject: '/O=elsewhere/CN=made elsewhere',
    notBeforeMs: Date.parse('2026-01-01T00:00:00Z'),
    notAfterMs: Date.parse('2026-11-26T12:00:00Z'),
    extensions: [
      ...['basicConstraints=critical,CA:true', 'keyUsage=critical,keyCertSign'],
      ...['subjectKeyIdentifier=hash', 'authorityKeyIdentifier=keyid:always,issuer'],
    ],
  });
  expect(readFileSync(key, 'utf8')).toMatch(/^-----BEGIN EC PARAMETERS-----/u);
  const spec = makeSpec(
    `cluster: { name: a, server: 'https://a' }\nkubeconfigs: [admin]\ncertificates: [apiserver-kubelet-client]\n`,
  );
  const { plan, result } = await create(realPorts(), spec, folder);
  expect(lines(plan)[0]).toBe('keep matches pki/ca.crt');
  expect(plan.findings.map(({ rule }) => rule)).toEqual(['create.authority-ends-first']);
  expect(result.at(-1)?.certificate?.notAfter).toBe('2026-11-26T12:00:00Z');
  expect(verifyByOpenssl(folder, 'pki/ca.crt', 'sslclient', ['pki/apiserver-kubelet-client.crt'])).toMatch(/OK\n$/u);
  expect(lines(await planCreation(realPorts(), spec, folder)).every((line) => line.startsWith('keep'))).toBe(true);
});

test('differences in another tool’s certificate are reported field by field', async () => {
  const folder = temporaryFolder();
  const ports = realPorts();
  const spec = makeSpec(`${PLACE}certificates: [front-proxy-client]\n`);
  await create(ports, spec, folder);
  const [certificate, key] = pairIn(join(folder, 'pki'), 'front-proxy-client');
  issue(certificate, key, {
    subject: '/OU=more/CN=front-proxy-client',
    notBeforeMs: epochMs(TEST_NOW),
    notAfterMs: epochMs(TEST_NOW) + 86_400_000,
    extensions: [...CLIENT_EXTENSIONS.slice(1), 'basicConstraints=CA:true', 'subjectAltName=email:a@b.example'],
    issuer: { certificate: join(folder, 'pki/front-proxy-ca.crt'), key: join(folder, 'pki/front-proxy-ca.key') },
  });
  expect(lines(await planCreation(ports, spec, folder))[1]).toBe(
    'remake does-not-match pki/front-proxy-client.crt subject sans usages',
  );
});

test('a CA key without its certificate is used, unless the specification asks for another key type', async () => {
  const ports = diskPorts();
  const path = '/out/pki/ca.key';
  const orphan = privateKeyPem(ports, await ports.keys.generate('p-256'));
  const text = `${PLACE}kubeconfigs: [admin]\n`;
  ports.files.put(path, orphan);
  await create(ports, makeSpec(text));
  expect(await ports.files.text(path)).toBe(orphan);
  ports.files.drop('/out/pki/ca.crt');
  await create(ports, makeSpec(`${text}authorities: [{ profile: cluster-ca, keyAlgorithm: p-384 }]\n`));
  const certificate = new X509Certificate(await ports.files.text('/out/pki/ca.crt'));
  expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('secp384r1');
  expect(await ports.files.text(`${path}.previous`)).toBe(orphan);
});

test('a replaced file is kept as .previous, readable only by its owner', async () => {
  const folder = temporaryFolder();
  const ports = realPorts();
  const text = `cluster: { name: a, server: 'https://a' }\nkubeconfigs: [admin]\ncertificates: [front-proxy-client]\n`;
  await create(ports, makeSpec(text), folder);
  const before = filesIn(folder);
  const changed = makeSpec(
    `${text}authorities: [{ profile: front-proxy-ca, name: new }]\n`.replace('https://a', 'https://b'),
  );
  const { plan } = await create(ports, changed, folder);
  expect(plan.findings.map(({ rule }) => rule)).toEqual(['create.authority-remade']);
  const after = filesIn(folder);
  const replaced = [
    'admin.conf',
    'pki/front-proxy-ca.crt',
    'pki/front-proxy-ca.key',
    'pki/front-proxy-client.crt',
    'pki/front-proxy-client.key',
  ];
  for (const name of replaced.map((each) => join(each))) {
    expect(after.get(`${name}.previous`), name).toBe(before.get(name));
    expect(after.get(name), name).not.toBe(before.get(name));
  }
  expect(after.size).toBe(before.size + replaced.length);
  expect(after.get(join('pki/ca.key'))).toBe(before.get(join('pki/ca.key')));
  if (isPosix) expect(statSync(join(folder, 'pki/front-proxy-ca.key.previous')).mode & 0o777).toBe(0o600);
});

test('exported key material is wiped, and no result contains key material', async () => {
  const ports = realPorts();
  const exported: Uint8Array[] = [];
  const keys: Keys = {
    ...ports.keys,
    exportPrivateKey: (key, form) => {
      const bytes = ports.keys.exportPrivateKey(key, form);
      exported.push(bytes);
      return bytes;
    },
  };
  const spec = makeSpec(
    `cluster: { name: a, server: 'https://a' }\nkubeconfigs: [admin]\nserviceAccountKey: { keyAlgorithm: p-256 }\n`,
  );
  const { result } = await create({ ...ports, keys }, spec, temporaryFolder());
  expect(exported).toHaveLength(3);
  expect(exported.every((bytes) => bytes.length > 0 && bytes.every((byte) => byte === 0))).toBe(true);
  expect(structuredClone(result)).toEqual(result);
  expect(JSON.stringify(result)).not.toMatch(/PRIVATE KEY|LS0tLS/u);
});

test('nothing is written to a folder that has changed since the plan', async () => {
  const folder = temporaryFolder();
  const ports = realPorts();
  const spec = makeSpec(`cluster: { name: a, server: 'https://a' }\nkubeconfigs: [admin]\n`);
  const plan = await planCreation(ports, spec, folder);
  mkdirSync(join(folder, 'pki'));
  writeFileSync(join(folder, 'pki/ca.crt'), 'an admin was faster');
  await expect(carryOut(ports, plan)).rejects.toMatchObject({
    code: 'creation.outdated',
    params: { path: join(folder, 'pki/ca.crt') },
  });
  expect([...filesIn(folder).keys()]).toEqual([join('pki/ca.crt')]);
  const shorter = { ...plan, steps: [] };
  await expect(carryOut(ports, shorter)).rejects.toMatchObject({ code: 'creation.outdated' });
});

test('a folder that cannot be created is reported as a file problem', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  const spec = makeSpec('authorities: [front-proxy-ca]\n');
  await expect(create(realPorts(), spec, join(folder, 'file/sub'))).rejects.toMatchObject({
    code: expect.stringMatching(/^file\./u) as string,
  });
});
