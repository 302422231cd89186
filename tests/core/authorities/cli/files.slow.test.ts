import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createRequest } from '../../../../core/pki/issue/create-request.ts';
import type { CertificateDocument, IdentityRecord } from '../../../../core/authorities/cli/records.ts';
import type { KeyAlgorithm } from '../../../../core/shared/certificates/key-algorithm.ts';
import type { CsrObject } from '../../../../core/shared/certificates/csr-object.ts';
import { readCsrObjects } from '../../../../core/formats/kubernetes/csr-object.ts';
import { writeCsrObject, writeCsrObjects } from '../../../../core/formats/kubernetes/csr-object-writer.ts';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { recognise } from '../../../../core/formats/recognise.ts';
import {
  aClientObject,
  aRequest,
  APPROVED,
  aServingObject,
  NODE,
  SERVING_TEMPLATE,
} from '../../../support/requests.ts';
import { emptyWorld, worldWith, type TestWorld } from '../../cli/test-world.ts';
import { dropTrail } from '../../../support/trail.ts';

const SERVER = 'https://172.16.255.14:6443';
const AUTHORITY = { name: 'retail-east', kind: 'kubernetes' };

async function aKey(world: TestWorld, algorithm: KeyAlgorithm = 'p-256') {
  return world.ports.keys.generate(algorithm);
}

interface ToldRequest {
  name: string;
  signer: string;
  verdict: string | null;
  state: string;
  checks: { rule: string; outcome: string }[];
  entry?: (CertificateDocument & { pem: string }) | null;
  problem?: { code: string } | null;
}

describe('a PKCS #10 request', () => {
  test.each(['PEM', 'DER'])('in %s is signed according to a profile', async (form) => {
    const world = await worldWith('kubernetes');
    const key = await aKey(world);
    const template = {
      subject: { commonName: 'alice', organizations: ['ops'] },
      sans: { dns: ['a.example'], ip: [] },
      keyUsage: [],
      extendedKeyUsage: ['clientAuth'],
    };
    const der = createRequest(world.ports, { template, key });
    world.put('alice.csr', form === 'DER' ? der : encodePem('CERTIFICATE REQUEST', der));
    const plain = ['authority', 'sign-csr', 'retail-east', 'admin', 'alice.csr'];
    const refused = await world.run(...plain, '--allow', 'ops');
    expect([refused.code, refused.out]).toEqual([2, '']);
    expect(refused.notices).toContain('does not have: a.example.');
    const dry = await world.run(...plain, '--dry-run');
    expect(dry.code).toBe(1);
    expect(dry.out).toContain('This request will not be signed.');
    expect(dry.out).not.toContain('The certificate will have');
    expect(dry.out).toMatch(/Subject +CN=alice,O=ops/u);
    expect(dry.notices).toContain('Nothing was signed.');
    const sign = [...plain, '--allow', 'ops', '--allow', 'a.example'];
    const { reviews } = await world.json<{ reviews: object[] }>(0, ...sign, '--dry-run');
    expect(reviews).toMatchObject([{ subject: 'CN=alice,O=ops', certificate: { sans: { dns: ['a.example'] } } }]);
    const { code, out, notices } = await world.run(...sign);
    expect(code).toBe(0);
    const peer = new X509Certificate(out);
    expect(peer.subject).toBe('O=ops\nCN=alice');
    expect(out).toMatch(/^-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\n$/u);
    expect(notices).toContain('a.example');
    const told = await world.json<{ entry: CertificateDocument; request: object }>(
      0,
      ...[...sign, '--out', 'alice.crt'],
    );
    expect(told).toMatchObject({
      authority: AUTHORITY,
      entry: { subject: 'CN=alice,O=ops', profile: 'admin', hasKey: false },
      request: {
        subject: 'CN=alice,O=ops',
        sans: { dns: ['a.example'], ip: [] },
        leftOut: { names: [], extensions: [] },
        findings: [],
      },
    });
    expect(new X509Certificate(await world.text('alice.crt')).subject).toBe(peer.subject);
  });

  test('is refused if it is forged or missing', async () => {
    const world = await worldWith('kubernetes');
    const der = aRequest(world.ports, await aKey(world));
    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
    world.put('forged.csr', der).put('nothing.csr', 'nothing').put('list.yaml', 'kind: ConfigMap');
    for (const [file, text] of [
      ['forged.csr', 'not signed by its own key'],
      ['nothing.csr', 'cannot be read'],
      ['list.yaml', 'cannot be read'],
    ] as const) {
      const sign = ['authority', 'sign-csr', 'retail-east', 'admin', file];
      const { code, out, notices } = await world.run(...sign);
      expect([code, out]).toEqual([2, '']);
      expect(notices).toContain(text);
    }
    const one = encodePem('CERTIFICATE REQUEST', aRequest(world.ports, await aKey(world)));
    world.put('two.csr', `${one}${one}`);
    const two = await world.run('authority', 'sign-csr', 'retail-east', 'admin', 'two.csr');
    expect([two.code, two.out]).toEqual([2, '']);
    expect(two.notices).toContain('contains 2 certificate requests');
    const judged = await world.run('authority', 'judge-csr', 'forged.csr');
    expect(judged.code).toBe(2);
    expect(judged.notices).toContain('Only CSR objects of Kubernetes');
  });
});

describe('a CSR object of a kubelet', () => {
  const nodes = ['--node', `${NODE}=10.0.0.21,fd00::21`];

  async function worldWithObjects(...changes: ((der: Uint8Array) => CsrObject)[]): Promise<TestWorld> {
    const world = await worldWith('kubernetes');
    const key = await aKey(world);
    const objects = changes.map((object) => {
      const isServing = object(new Uint8Array()).signerName.includes('serving');
      return object(aRequest(world.ports, key, isServing ? SERVING_TEMPLATE : undefined));
    });
    const [only, ...more] = objects;
    const text = only && more.length === 0 ? writeCsrObject(only) : writeCsrObjects(objects);
    return world.put('csr.yaml', text);
  }

  test('is checked against every rule, in both languages', async () => {
    const world = await worldWithObjects(aServingObject);
    const judge = ['authority', 'judge-csr', 'csr.yaml'];
    const fine = await world.run(...judge, ...nodes);
    expect(fine).toMatchObject({ code: 0, notices: '' });
    expect(fine.out).toContain('Request “csr-abcde” to kubernetes.io/kubelet-serving');
    expect(fine.out).toContain('Approve: every rule is met.');
    expect(fine.out).toContain('[ok] Every address belongs to the node retail-east-worker-1.');
    const denied = await world.run(...judge, '--node', `${NODE}=10.0.0.99`, '--lang', 'ja');
    expect(denied.code).toBe(1);
    expect(denied.out).toMatch(/\[不可\].*10\.0\.0\.21/u);
    const { requests, findings } = await world.json<{ requests: ToldRequest[]; findings: [] }>(1, ...judge);
    expect(findings).toEqual([]);
    expect(requests[0]).toMatchObject({
      name: 'csr-abcde',
      signer: 'kubernetes.io/kubelet-serving',
      state: 'pending',
      username: `system:node:${NODE}`,
      verdict: 'ignore',
    });
    const failed = requests[0]?.checks.filter(({ outcome }) => outcome === 'failed');
    expect(failed?.map(({ rule }) => rule)).toEqual(['node-known']);
  });

  test('can be saved with the decision in its conditions', async () => {
    const world = await worldWithObjects(aClientObject);
    const { notices } = await world.run('authority', 'judge-csr', 'csr.yaml', '--out', 'out.yaml');
    expect(notices).toContain('/folder/out.yaml');
    const [read] = readCsrObjects(await world.text('out.yaml')).objects;
    expect(read?.object.conditions).toMatchObject([{ type: 'Approved', status: 'True' }]);
  });

  test('is signed once approved, and returned with its certificate', async () => {
    const world = await worldWithObjects(aServingObject);
    const sign = ['authority', 'sign-csr', 'retail-east', 'kubelet-server', 'csr.yaml', ...nodes];
    const { code, out, notices } = await world.run(...sign);
    expect(code).toBe(0);
    expect(notices).toContain('Signed “csr-abcde”.');
    const [read] = readCsrObjects(out).objects;
    const peer = new X509Certificate(read?.object.certificate ?? '');
    expect(peer.subject).toBe(`O=system:nodes\nCN=system:node:${NODE}`);
    expect(peer.subjectAltName).toContain('10.0.0.21');
    const tree = await world.json<{ entries: CertificateDocument[] }>(0, 'authority', 'tree', 'retail-east');
    expect(tree.entries.at(-1)).toMatchObject({ profile: 'kubelet-server', hasKey: false });
  });

  test('is written as JSON to a file with that extension, as `kubectl replace --raw` expects', async () => {
    const world = await worldWithObjects(aServingObject);
    await world.run('authority', 'judge-csr', 'csr.yaml', ...nodes, '--out', 'answer.JSON');
    const object = JSON.parse(await world.text('answer.JSON')) as { kind: string; status: { conditions: object[] } };
    expect(object.kind).toBe('CertificateSigningRequest');
    expect(object.status.conditions).toMatchObject([{ type: 'Approved', status: 'True' }]);
    await world.run('authority', 'sign-csr', 'retail-east', 'kubelet-server', 'csr.yaml', ...nodes, '--out', 'a.json');
    const text = await world.text('a.json');
    expect(() => JSON.parse(text) as unknown).not.toThrow();
    const [read] = readCsrObjects(text).objects;
    expect(new X509Certificate(read?.object.certificate ?? '').subjectAltName).toContain('10.0.0.21');
  });

  test('is not signed without approval, while approved ones are signed', async () => {
    const world = await worldWithObjects(
      (der) => aClientObject(der, { name: 'stranger', groups: ['system:authenticated'] }),
      (der) => aClientObject(der, { name: 'joining' }),
      (der) => aClientObject(der, { name: 'approved', groups: [], conditions: [APPROVED] }),
      (der) => aClientObject(der, { name: 'approved-wrongly', usages: ['any'], conditions: [APPROVED] }),
    );
    const sign = ['authority', 'sign-csr', 'retail-east', 'kubelet-client', 'csr.yaml'];
    const { requests } = await world.json<{ requests: ToldRequest[] }>(1, ...sign, '--out', 'out');
    expect(
      requests.map(({ name, verdict, state, entry, problem }) => [
        name,
        verdict,
        state,
        entry?.profile ?? null,
        problem?.code ?? null,
      ]),
    ).toEqual([
      ['stranger', 'deny', 'denied', null, null],
      ['joining', 'approve', 'issued', 'kubelet-client', null],
      ['approved', 'ignore', 'issued', 'kubelet-client', null],
      ['approved-wrongly', 'ignore', 'approved', null, 'csr.refused'],
    ]);
    const written = readCsrObjects(await world.text('out')).objects.map(({ object }) => object);
    expect(written.map(({ certificate }) => certificate !== undefined)).toEqual([false, true, true, false]);
    const { notices } = await world.run(...sign);
    expect(notices).toContain('“stranger” was not signed.');
  });

  test('that cannot be read is reported by a dry run, which still shows the others', async () => {
    const world = await worldWithObjects(
      (der) => aClientObject(der, { name: 'damaged', request: new TextEncoder().encode('no PEM') }),
      (der) => aClientObject(der, { name: 'joining' }),
    );
    const sign = ['authority', 'sign-csr', 'retail-east', 'kubelet-client', 'csr.yaml', '--dry-run'];
    const told = await world.json<{ reviews: object[]; findings: object[] }>(1, ...sign);
    expect(told.reviews).toMatchObject([{ subject: `CN=system:node:${NODE},O=system:nodes` }]);
    expect(told.findings).toMatchObject([
      { rule: 'csr-object.not-pem', place: { entry: 'items[damaged].spec.request' } },
    ]);
    const { out, notices } = await world.run(...sign);
    expect(out).toContain('This request can be signed.');
    expect(notices).toContain('damaged');
  });

  test('is not written if nothing was signed, which the output states', async () => {
    const world = await worldWithObjects((der) =>
      aClientObject(der, { name: 'stranger', groups: ['system:authenticated'] }),
    );
    const sign = ['authority', 'sign-csr', 'retail-east', 'kubelet-client', 'csr.yaml', '--out', 'out.yaml'];
    const { code, notices } = await world.run(...sign);
    expect(code).toBe(1);
    expect(notices).not.toContain('Wrote');
    expect(notices).toContain('Nothing was signed, so “/folder/out.yaml” was not written.');
    await expect(world.text('out.yaml')).rejects.toMatchObject({ code: 'file.not-found' });
  });

  test('is accepted only with the profile of its signer', async () => {
    const world = await worldWithObjects(aServingObject);
    const { code, notices } = await world.run(
      ...['authority', 'sign-csr', 'retail-east', 'kubelet-client', 'csr.yaml', ...nodes],
    );
    expect(code).toBe(2);
    expect(notices).toContain('kubelet-server');
  });

  test('is signed with the given profile if it is for another signer', async () => {
    const signerName = 'kubernetes.io/kube-apiserver-client';
    const world = await worldWithObjects((der) => aClientObject(der, { name: 'user', signerName }));
    const plain = ['authority', 'sign-csr', 'retail-east', 'admin', 'csr.yaml'];
    const refused = await world.json<{ requests: ToldRequest[] }>(1, ...plain);
    const names = 'system:node:retail-east-worker-1, system:nodes';
    expect(refused.requests[0]?.problem).toMatchObject({ code: 'csr.foreign-names', params: { names } });
    const sign = [...plain, '--allow', 'system:node:retail-east-worker-1', '--allow', 'system:nodes'];
    const { requests } = await world.json<{ requests: ToldRequest[] }>(0, ...sign);
    expect(requests[0]).toMatchObject({
      name: 'user',
      verdict: null,
      checks: [],
      state: 'issued',
      problem: null,
      entry: { profile: 'admin' },
    });
  });
});

describe('arcwarden authority verify', () => {
  interface Told {
    accepted: boolean;
    reasons: { rule: string }[];
    findings: { rule: string }[];
  }
  const rules = ({ reasons }: Told) => reasons.map(({ rule }) => rule);

  async function worldWithFiles(): Promise<TestWorld> {
    const world = await worldWith('kubernetes');
    const issue = ['authority', 'issue', 'retail-east', 'kubelet-server', '--value', `node=${NODE}`];
    await world.json(0, ...issue);
    const exporting = ['authority', 'export', 'retail-east'];
    await world.json(0, ...exporting, NODE_NAME, '--format', 'p7b', '--out', 'chain.p7b');
    await world.json(0, ...exporting, 'cluster-ca', '--format', 'der', '--out', 'root.der');
    await world.json(0, ...exporting, 'etcd-ca', '--format', 'pem', '--out', 'other.pem');
    return world;
  }
  const NODE_NAME = `system:node:${NODE}`;
  const inFiles = ['authority', 'verify', '--chain', 'chain.p7b', '--roots', 'root.der'];

  test('accepts a chain in files, or refuses it with every reason and exit code 1', async () => {
    const world = await worldWithFiles();
    expect(await world.json(0, ...inFiles, '--purpose', 'server', '--name', NODE)).toMatchObject({
      accepted: true,
      at: '2026-11-24T12:00:00Z',
      purpose: 'server',
      name: NODE,
      reasons: [],
      path: [{ list: 'chain', index: 0 }, { list: 'roots' }],
      findings: [],
    });
    const at = ['--at', '2026-12-01T00:00:00Z', '--purpose', 'client', '--name', 'a.example'];
    const refused = await world.json<Told>(1, ...inFiles, ...at);
    expect(rules(refused).sort()).toEqual(['expired', 'name-not-covered', 'purpose']);
    const roots = ['authority', 'verify', '--chain', 'chain.p7b', '--roots', 'other.pem'];
    expect(rules(await world.json<Told>(1, ...roots))).toContain('untrusted-root');
    const text = await world.run(...inFiles, '--name', 'a.example');
    expect(text.out).toMatch(/^REFUSED, judged at /u);
    expect(text.out).toContain('It does not cover the name a.example.');
    expect((await world.run(...inFiles, '--lang', 'ja')).out).toMatch(/^受け入れ可/u);
  });

  test('considers revocation lists and RenewRevocation objects in files', async () => {
    const world = await worldWithFiles();
    const crl = (name: string, ...more: string[]) =>
      world.json(0, 'authority', 'crl', 'retail-east', 'cluster-ca', '--out', name, ...more);
    await crl('before.crl');
    await world.json(0, 'authority', 'revoke', 'retail-east', NODE_NAME);
    await crl('after.crl', '--der');
    expect((await world.run(...inFiles, '--crl', 'before.crl')).code).toBe(0);
    const revoked = await world.json<Told>(1, ...inFiles, '--crl', 'after.crl');
    expect(rules(revoked)).toEqual(['revoked-by-crl']);
    world.put('garbage.crl', 'garbage');
    const garbage = await world.json<Told>(1, ...inFiles, '--crl', 'garbage.crl');
    expect(rules(garbage)).toEqual(['crl-missing', 'crl-unreadable']);

    world.put('revocations.yaml', REVOCATIONS);
    const objects = [...inFiles, '--revocations', 'revocations.yaml'];
    // The server certificate of a kubelet is not revoked by these objects.
    expect((await world.run(...objects)).code).toBe(0);
    await world.json(0, 'authority', 'issue', 'retail-east', 'super-admin');
    const exporting = ['authority', 'export', 'retail-east', 'super-admin', '--format', 'der'];
    await world.json(0, ...exporting, '--out', 'admin.der');
    const admin = ['authority', 'verify', '--chain', 'admin.der', '--roots', 'root.der'];
    const told = await world.json<Told>(1, ...admin, '--revocations', 'revocations.yaml');
    expect(rules(told)).toEqual(['revoked-by-object']);
    world.put('broken.yaml', REVOCATIONS.replace('Group', 'Groups'));
    const broken = await world.json<Told>(1, ...admin, '--revocations', 'broken.yaml');
    expect(broken.accepted).toBe(true);
    expect(broken.findings).not.toEqual([]);
    for (const other of ['', 'kind: ConfigMap', 'garbage']) {
      world.put('other.yaml', other);
      const none = await world.json<Told>(1, ...admin, '--revocations', 'other.yaml');
      expect(none.findings).toMatchObject([
        { rule: 'revocation.no-object', severity: 'error', place: { path: '/folder/other.yaml' } },
      ]);
    }
  });

  test('refuses files that contain no certificates', async () => {
    const world = (await worldWithFiles()).put('empty.pem', '');
    const empty = await world.run('authority', 'verify', '--chain', 'empty.pem', '--roots', 'root.der');
    expect(empty.code).toBe(2);
    expect(empty.notices).toContain('/folder/empty.pem');
  });

  test('asks for the passphrase of an authority only once something is revoked', async () => {
    const world = await worldWithFiles();
    const passphrase = world.environment.get('ARCWARDEN_PASSPHRASE') ?? '';
    const verify = ['authority', 'verify', 'retail-east', NODE_NAME];
    world.environment.clear();
    expect((await world.run(...verify)).code).toBe(0);
    expect((await world.run('authority', 'revoke', 'retail-east', NODE_NAME)).code).toBe(0);
    expect((await world.run(...verify)).notices).toContain('A passphrase is needed.');
    world.environment.set('ARCWARDEN_PASSPHRASE', passphrase);
    expect(rules(await world.json<Told>(1, ...verify))).toEqual(['revoked-by-crl']);
    const before = [...verify, '--at', '2026-11-24T11:59:59Z'];
    expect(rules(await world.json<Told>(0, ...before))).toEqual([]);
    expect(world.opened.filter((kind) => kind === 'alone')).toHaveLength(2);
  });
});

const REVOCATIONS = `apiVersion: certificates.microsoft.com/v1
kind: RenewRevocation
metadata:
  name: lost-laptop
  namespace: kube-system
spec:
  revocations:
  - description: everybody with all rights
    kind: Group
    group: system:masters
  - kind: Group
    group: system:nodes
`;

describe('arcwarden authority export', () => {
  test('writes every format, states whether the file contains a key, and leaves the authority unchanged', async () => {
    const world = await worldWith('kubernetes');
    await world.json(0, 'authority', 'issue', 'retail-east', 'super-admin');
    const before = dropTrail(world.files.paths());
    world.put('pfx.txt', 'for the other computer\n');
    const options: Record<string, string[]> = {
      pem: [],
      der: [],
      p7b: [],
      pfx: ['--export-passphrase-file', 'pfx.txt', '--encryption', '3des'],
      kubeconfig: ['--server', SERVER],
    };
    for (const [format, more] of Object.entries(options)) {
      const told = await world.json<{ withKey: boolean; file: { bytes: number } }>(
        0,
        ...['authority', 'export', 'retail-east', 'super-admin'],
        ...['--format', format, '--out', `out.${format}`, ...more],
      );
      const content = await world.files.read(`/folder/out.${format}`, 99_999);
      expect(told).toMatchObject({
        authority: AUTHORITY,
        entry: { profile: 'super-admin' },
        format,
        withKey: format === 'pfx' || format === 'kubeconfig',
        file: { path: `/folder/out.${format}`, bytes: content.length },
      });
      const found = recognise(content);
      expect(found.certificates.length + found.containers.length).toBeGreaterThan(0);
    }
    expect(world.opened).toEqual(['alone', ...Array<string>(5).fill('reading')]);
    expect(dropTrail(world.files.paths()).filter((path) => path.startsWith('/data'))).toEqual(before);
  });

  test('asks twice for the passphrase of a PFX', async () => {
    const world = await worldWith('kubernetes');
    const pfx = ['authority', 'export', 'retail-east', 'nobody', '--format', 'pfx', '--out', 'x'];
    world.typed = { answers: ['one passphrase', 'another'] };
    expect((await world.run(...pfx)).notices).toContain('are different');
    world.typed = { answers: ['one passphrase', 'one passphrase'] };
    expect((await world.run(...pfx)).notices).toContain('no such certificate');
    expect(world.questions.slice(0, 2)).toEqual(['Passphrase for the file:', 'Repeat the passphrase:']);
  });

  test.each([
    ['win32', true],
    ['linux', false],
  ])('prints on %s the command that restricts access to an exported key: %s', async (platform, isSaid) => {
    const world = await worldWith('kubernetes');
    await world.json(0, 'authority', 'issue', 'retail-east', 'admin');
    Object.assign(world.ports.processes, { platform });
    const pem = ['authority', 'export', 'retail-east', 'admin', '--format', 'pem', '--out', 'x'];
    expect((await world.run(...pem)).notices).not.toContain('icacls');
    const { notices } = await world.run(...pem, '--with-key');
    expect(notices.includes('icacls "/folder/x" /inheritance:r /grant:r "CORP\\admin:F" "*S-1-5-18:F"')).toBe(isSaid);
  });

  test('includes the key in PEM if requested', async () => {
    const world = await worldWith('kubernetes');
    await world.json(0, 'authority', 'issue', 'retail-east', 'admin');
    const pem = ['authority', 'export', 'retail-east', 'admin', '--format', 'pem', '--out', 'x'];
    expect((await world.run(...pem, '--with-key')).out).toContain('It contains a private key');
    const text = await world.text('x');
    const key = createPrivateKey(text.slice(text.indexOf('-----BEGIN EC PRIVATE KEY-----')));
    expect(new X509Certificate(text).checkPrivateKey(key)).toBe(true);
  });
});

describe('an identity of a cloud agent', () => {
  const identity = (...words: string[]) => ['authority', 'identity', ...words];

  test('is created, logs in, receives a new token, is revoked and reinstated', async () => {
    const world = await worldWith('moc');
    interface Told {
      identity: IdentityRecord;
    }
    const made = await world.json<Told>(
      0,
      ...identity('new', 'moc-east', 'mocctl-1', '--client-type', 'Admin', '--out', 'login.yaml'),
      ...['--token-days', '30'],
    );
    expect(made).toEqual({
      authority: expect.objectContaining({ name: 'moc-east', kind: 'moc' }) as object,
      identity: {
        name: 'mocctl-1',
        clientType: 'Admin',
        tokenExpiresAt: '2026-12-24T12:00:00Z',
        tokenGeneration: 1,
        certificate: null,
        revoked: false,
        autoRotate: false,
      },
      file: { path: '/folder/login.yaml' },
    });
    const login = identity('login', 'moc-east', 'mocctl-1', '--login-file', 'login.yaml');
    const loggedIn = await world.json<{ entry: CertificateDocument }>(0, ...login, '--out', 'cloudconfig');
    expect(loggedIn).toMatchObject({
      entry: {
        subject: 'CN=mocctl-1',
        profile: 'mocctl',
        sans: { dns: ['localhost', 'host01'], ip: ['127.0.0.1', '10.0.0.5'] },
      },
      file: { path: '/folder/cloudconfig' },
    });
    const access = recognise(await world.files.read('/folder/cloudconfig', 99_999));
    expect(access).toMatchObject({ format: 'access-file', findings: [] });
    const { identities } = await world.json<{ identities: IdentityRecord[] }>(0, ...identity('list', 'moc-east'));
    expect(identities.map(({ certificate }) => certificate)).toEqual([loggedIn.entry.id]);

    const rotate = identity('rotate', 'moc-east', 'mocctl-1', '--out', 'new.yaml');
    expect((await world.json<Told>(0, ...rotate)).identity.tokenGeneration).toBe(2);
    const old = await world.run(...login, '--out', 'x');
    expect(old.code).toBe(2);
    expect(old.notices).toContain('Valid Token Required');
    const revoke = identity('revoke', 'moc-east', 'mocctl-1');
    expect((await world.json<Told>(0, ...revoke)).identity.revoked).toBe(true);
    const refused = await world.run(...login, '--login-file', 'new.yaml', '--out', 'x');
    expect(refused.notices).toContain('is revoked');
    const reinstate = identity('reinstate', 'moc-east', 'mocctl-1', '--out', 'again.yaml');
    expect((await world.json<Told>(0, ...reinstate)).identity.revoked).toBe(false);
    const again = [...login, '--login-file', 'again.yaml', '--host-name', 'host02'];
    expect((await world.run(...again, '--host-ip', '10.0.0.6', '--out', 'x')).code).toBe(0);
  });

  test('logs in only with its own login file, which may be in Base64 or UTF-16', async () => {
    const world = await worldWith('moc');
    const made = identity('new', 'moc-east', 'admin2', '--out', 'login.yaml');
    expect((await world.run(...made)).out).toContain('contains a token');
    const text = await world.text('login.yaml');
    world.put('encoded', Buffer.from(text).toString('base64'));
    world.put('utf16', Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`, 'utf16le'));
    world.put('none', 'name: admin2\n').put('hostile', `${' '.repeat(900_000)}!`);
    const login = (name: string, file: string) =>
      world.run(...identity('login', 'moc-east', name, '--login-file', file, '--out', 'x'));
    expect((await login('admin2', 'encoded')).code).toBe(0);
    expect((await login('admin2', 'utf16')).code).toBe(0);
    expect((await login('admin3', 'login.yaml')).notices).toContain('“admin2”');
    for (const file of ['none', 'hostile']) expect((await login('admin2', file)).notices).toContain('not a login file');
  });

  test('is listed in both languages', async () => {
    const world = await worldWith('moc');
    expect((await world.run(...identity('list', 'moc-east'))).out).toBe('No identities.\n');
    await world.json(0, ...identity('new', 'moc-east', 'admin2', '--out', 'x'));
    const { out } = await world.run(...identity('list', 'moc-east', '--lang', 'ja'));
    expect(out).toMatch(/クライアントの種類[^]*admin2 +ExternalClient +1 .* 有効/u);
  });
});

describe('a bootstrap token', () => {
  const create = (...words: string[]) => ['authority', 'token', 'create', ...words];

  test('is written to files but not printed, and is accepted until the date in its Secret', async () => {
    const world = await worldWith('kubernetes');
    const group = 'system:bootstrappers:kubeadm:default-node-token';
    const told = await world.json<{ token: { id: string }; value?: string }>(
      0,
      ...create('retail-east', '--secret', 'secret.yaml', '--kubeconfig', 'bootstrap.conf'),
      ...['--server', SERVER, '--lifetime', '36h', '--description', 'rack 4', '--group', group],
    );
    const { id } = told.token;
    expect(told).toEqual({
      token: {
        id,
        username: `system:bootstrap:${id}`,
        groups: ['system:bootstrappers', group],
        expiration: '2026-11-26T00:00:00Z',
        description: 'rack 4',
      },
      files: [
        { kind: 'secret', path: '/folder/secret.yaml' },
        { kind: 'kubeconfig', path: '/folder/bootstrap.conf' },
      ],
    });
    const secret = /token-secret: "?(\w+)/u.exec(await world.text('secret.yaml'))?.[1] ?? '';
    expect(secret).toMatch(/^[a-z0-9]{16}$/u);
    const kubeconfig = await world.text('bootstrap.conf');
    expect(kubeconfig).toContain(`${id}.${secret}`);
    expect(recognise(new TextEncoder().encode(kubeconfig))).toMatchObject({
      format: 'kubeconfig',
      certificates: [{ origin: { clusterName: 'retail-east' } }],
    });

    const check = ['authority', 'token', 'check', 'secret.yaml', '--token-file', '-'];
    world.input = `${id}.${secret}\n`;
    expect(await world.json(0, ...check)).toEqual({
      accepted: true,
      username: `system:bootstrap:${id}`,
      reason: null,
      known: 1,
      groups: ['system:bootstrappers', group],
      findings: [],
    });
    expect((await world.run(...check)).out).toContain(`Accepted as system:bootstrap:${id}`);
    const late = [...check, '--now', '2026-11-26T00:00:00Z'];
    expect(await world.json(1, ...late)).toMatchObject({ accepted: false, reason: 'expired' });
    world.input = `${id}.${'a'.repeat(16)}`;
    const wrong = await world.run(...check, '--lang', 'ja');
    expect(wrong.code).toBe(1);
    expect(wrong.out + wrong.notices).not.toContain('aaaa');
  });

  test('is printed on request, and no file except the audit trail is written', async () => {
    const world = emptyWorld();
    const { code, out } = await world.run(...create('--show-token', '--lifetime', 'never'));
    expect(code).toBe(0);
    expect(out).toMatch(/It never expires[^]*\n[a-z0-9]{6}\.[a-z0-9]{16}\n$/u);
    const { value } = await world.json<{ value: string }>(0, ...create('--show-token'));
    expect(value).toMatch(/^[a-z0-9]{6}\.[a-z0-9]{16}$/u);
    expect([world.opened, dropTrail(world.files.paths())]).toEqual([[], []]);
  });

  test('can be created for a cluster whose CA is in a file', async () => {
    const world = await worldWith('kubernetes');
    const exporting = ['authority', 'export', 'retail-east', 'cluster-ca', '--format', 'pem'];
    await world.json(0, ...exporting, '--out', 'ca.crt');
    const cluster = ['--kubeconfig', 'x', '--server', SERVER, '--ca', 'ca.crt'];
    expect((await world.run(...create(...cluster, '--cluster-name', 'other'))).code).toBe(0);
    expect(await world.text('x')).toContain('other');
  });

  test('is refused for an authority without a cluster CA', async () => {
    const world = await worldWith('moc');
    const words = create('moc-east', '--kubeconfig', 'x', '--server', SERVER);
    expect((await world.run(...words)).notices).toContain('no cluster CA');
    const group = create('--show-token', '--group', 'system:masters');
    expect((await world.run(...group)).notices).toContain('system:masters');
  });
});

describe('arcwarden authority create', () => {
  const SPEC = `apiVersion: arcwarden/v1
kind: CertificateSpec
cluster: { name: retail-east, server: ${SERVER} }
certificates:
- front-proxy-client
kubeconfigs:
- admin
`;
  interface Told {
    dryRun: boolean;
    folder: string;
    steps: { action: string; kind: string; path: string; certificate?: { subject: string } }[];
    findings: { rule: string; place: { line: number; column: number } }[];
  }

  test('prints a plan, writes nothing in a dry run, creates everything, and keeps everything when repeated', async () => {
    const world = emptyWorld().put('spec.yaml', SPEC);
    const create = ['authority', 'create', '-f', 'spec.yaml', '--out', 'cp-1'];
    const dry = await world.run(...create, '--dry-run');
    expect(dry).toMatchObject({ code: 0, notices: '' });
    expect(dry.out).toMatch(/^Plan for “\/folder\/cp-1”/u);
    expect(dry.out).toMatch(/create +pki\/front-proxy-client\.crt +front-proxy-client +missing/u);
    expect(dry.out).toContain('Nothing was written.');
    expect(world.files.paths()).toEqual(['/folder/spec.yaml']);
    const planned = await world.json<Told>(0, ...create, '--dry-run');
    expect(planned).toMatchObject({ dryRun: true, folder: '/folder/cp-1', findings: [] });
    expect(planned.steps.every(({ action }) => action === 'create')).toBe(true);

    const done = await world.run(...create);
    expect(done.out).toContain('4 items were created in “/folder/cp-1”.');
    expect(new X509Certificate(await world.text('cp-1/pki/front-proxy-client.crt')).subject).toBe(
      'CN=front-proxy-client',
    );
    const again = await world.json<Told>(0, ...create);
    expect(again.dryRun).toBe(false);
    expect(again.steps.map(({ action }) => action)).toEqual(Array(4).fill('keep'));
    expect(again.steps[0]?.certificate?.subject).toBe('CN=kubernetes');
    const japanese = await world.run(...create, '--lang', 'ja');
    expect(japanese.out).toContain('作成が必要なものはありませんでした。');
    expect(world.opened).toEqual([]);
  });

  test('reports every fault of a specification, with line and column', async () => {
    const wrong = SPEC.replace('front-proxy-client', 'front-proxy-clint').replace('- admin', '- x: 1');
    const world = emptyWorld().put('spec.yaml', wrong);
    const create = ['authority', 'create', '-f', 'spec.yaml', '--out', 'cp-1'];
    const { code, out, notices } = await world.run(...create);
    expect([code, out]).toEqual([2, '']);
    expect(notices).toContain('/folder/spec.yaml: certificates[0]: line 5, column 3: ');
    expect(notices).toContain('Did you mean front-proxy-client?');
    expect(notices).toMatch(/The specification “\/folder\/spec.yaml” has \d errors\./u);
    const told = await world.json<Told>(2, ...create);
    expect(told.steps).toEqual([]);
    expect(told.findings[0]?.place).toMatchObject({ line: 5, column: 3 });
    expect((await world.run(...create, '--lang', 'ja')).notices).toContain('5 行 3 列');
    expect(dropTrail(world.files.paths())).toEqual(['/folder/spec.yaml']);
  });

  test('exits with code 1 if something is blocked', async () => {
    const spec = `${SPEC}authorities:\n- profile: cluster-ca\n  use: existing\n`;
    const world = emptyWorld().put('spec.yaml', spec);
    const create = ['authority', 'create', '-f', 'spec.yaml', '--out', 'cp-1'];
    const { code, out, notices } = await world.run(...create);
    expect(code).toBe(1);
    expect(out).toContain('BLOCKED');
    // The front proxy's CA and client were created, but the cluster CA and its certificates were not.
    expect(out).toContain('2 items were created in “/folder/cp-1”. 2 items could not be created.');
    const again = await world.run(...create);
    expect(again.out).toContain('\nNothing was created. 2 items could not be created.');
    expect((await world.run(...create, '--lang', 'ja')).out).toContain('2 個は作成できませんでした。');
    expect(notices).toContain('The CA is missing');
  });
});
