import { generateKeyPairSync, X509Certificate as NodeCertificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { judgeRequest, addVerdict } from '../../../../core/pki/approve/approver.ts';
import {
  bootstrapKubeconfig,
  checkBootstrapToken,
  createBootstrapToken,
} from '../../../../core/pki/issue/bootstrap.ts';
import { signCsrObject } from '../../../../core/pki/approve/csr-signer.ts';
import { issueRoot, type SigningAuthority } from '../../../../core/pki/issue/issue.ts';
import { buildProfileTemplate } from '../../../../core/pki/issue/profile-template.ts';
import { signRequest } from '../../../../core/pki/issue/sign-request.ts';
import { PROFILES } from '../../../../core/pki/model/profiles.ts';
import { readCsrState, type CsrObject } from '../../../../core/shared/certificates/csr-object.ts';
import { instant, instantFromMs, epochMs } from '../../../../core/shared/instant.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';
import { writeCsrObject } from '../../../../core/formats/kubernetes/csr-object-writer.ts';
import { readCsrObjects } from '../../../../core/formats/kubernetes/csr-object.ts';
import type { RequestTemplate } from '../../../../core/formats/x509/csr-writer.ts';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { recognise } from '../../../../core/formats/recognise.ts';
import type { PrivateKey } from '../../../../core/shared/ports.ts';
import { extension, relativeName, sequence, text } from '../../../support/certificates.ts';
import { openssl } from '../../../support/openssl.ts';
import { TEST_NOW, testPorts } from '../../../support/ports.ts';
import {
  aClientObject,
  APPROVED,
  aRequest,
  buildRequest,
  aServingObject,
  extensionRequest,
  KUBELET_TEMPLATE,
  NODE,
  NODE_USER,
  SERVING_TEMPLATE,
  addSignature,
} from '../../../support/requests.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const ports = testPorts();
const DAY = 86_400;

let authority: SigningAuthority;
let key: PrivateKey;
beforeAll(async () => {
  key = await ports.keys.generate('p-256');
  authority = issueRoot(ports, {
    template: buildProfileTemplate({ profile: PROFILES['cluster-ca'], values: {}, serialHex: '01', now: TEST_NOW }),
    key: await ports.keys.generate('p-384'),
  });
});
beforeEach(() => {
  ports.clock.moment = TEST_NOW;
});

type Changes = Partial<CsrObject> & { template?: Partial<RequestTemplate> };

const client = ({ template, ...changes }: Changes = {}): CsrObject =>
  aClientObject(aRequest(ports, key, { ...KUBELET_TEMPLATE, ...template }), { conditions: [APPROVED], ...changes });
const makeServingObject = ({ template, ...changes }: Changes = {}): CsrObject =>
  aServingObject(aRequest(ports, key, { ...SERVING_TEMPLATE, ...template }), { conditions: [APPROVED], ...changes });
const sign = (object: CsrObject) => signCsrObject(ports, { object, authority });
const certificateIn = ({ certificate = new Uint8Array(0) }: CsrObject): NodeCertificate =>
  new NodeCertificate(Buffer.from(certificate));
const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

function catchProblem(action: () => unknown): { code: string; params: object } {
  try {
    action();
  } catch (error) {
    if (error instanceof ConsoleError) return { code: error.code, params: error.params };
    throw error;
  }
  return { code: 'none', params: {} };
}

describe('the certificate for a kubelet request', () => {
  test("for a client has the node's name, its group and its key, but no alternative names", () => {
    const { object, issued } = sign(client());
    expect(readCsrState(object)).toBe('issued');
    expect(issued.facts).toMatchObject({
      subject: { cn: NODE_USER, o: ['system:nodes'] },
      sans: { dns: [], ip: [] },
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: ['clientAuth'],
      isCa: false,
      findings: [],
    });
    const peer = certificateIn(object);
    expect(peer.checkIssued(new NodeCertificate(authority.der))).toBe(true);
    expect(peer.publicKey.export({ type: 'spki', format: 'der' })).toEqual(Buffer.from(key.spki));
  });

  test('for a server has the requested names', () => {
    const usages = ['server auth', 'key encipherment', 'digital signature'];
    const { issued } = sign(makeServingObject({ usages }));
    expect(issued.facts).toMatchObject({
      sans: SERVING_TEMPLATE.sans,
      keyUsage: ['digitalSignature', 'keyEncipherment'],
      extendedKeyUsage: ['serverAuth'],
    });
  });

  test('is accepted by openssl for its purpose, and a client certificate is refused for a server', () => {
    const folder = temporaryFolder();
    const file = (name: string, der: Uint8Array): string => {
      writeFileSync(join(folder, name), encodePem('CERTIFICATE', der));
      return join(folder, name);
    };
    const at = String(Date.parse(TEST_NOW) / 1000 + 60);
    const ca = file('ca.pem', authority.der);
    const verify = (purpose: string, certificate: string, ...more: string[]): string =>
      String(
        openssl(
          ...['verify', '-x509_strict', '-purpose', purpose, '-attime', at],
          ...['-CAfile', ca, ...more, certificate],
        ),
      );
    const clientFile = file('client.pem', sign(client()).issued.der);
    const servingFile = file('serving.pem', sign(makeServingObject()).issued.der);
    expect(verify('sslclient', clientFile)).toContain('OK');
    expect(verify('sslserver', servingFile, '-verify_hostname', NODE)).toContain('OK');
    expect(() => verify('sslserver', clientFile)).toThrow();
  });

  test('omits all other requested contents', () => {
    const template = {
      keyUsage: ['dataEncipherment'],
      extendedKeyUsage: ['codeSigning'],
      otherExtensions: [{ oid: '1.2.3.4', critical: true, value: sequence() }],
      subject: { commonName: NODE_USER, organizations: ['system:nodes'] },
    };
    const { facts } = sign(client({ template })).issued;
    expect(facts.extensions.map(({ oid }) => oid)).not.toContain('1.2.3.4');
    expect([facts.keyUsage, facts.extendedKeyUsage]).toEqual([['digitalSignature'], ['clientAuth']]);
  });

  test('is found when the signed object is written and read back', () => {
    const written = writeCsrObject(sign(makeServingObject()).object);
    const { objects, findings } = readCsrObjects(written);
    expect(findings).toEqual([]);
    expect(objects[0] && readCsrState(objects[0].object)).toBe('issued');
    const found = recognise(new TextEncoder().encode(written));
    expect(found.certificates).toMatchObject([
      { entry: 'status.certificate', origin: { format: 'csr-object', signerName: 'kubernetes.io/kubelet-serving' } },
    ]);
  });
});

describe('the lifetime of a signed certificate', () => {
  test.each<[string, number | undefined, number]>([
    ['no lifetime is requested', undefined, 4 * DAY],
    ['exactly four days are requested', 4 * DAY, 4 * DAY],
    ['one second less is requested', 4 * DAY - 1, 4 * DAY - 1],
    ['a year is requested', 365 * DAY, 4 * DAY],
    ['ten minutes are requested', 600, 600],
    ['one second is requested', 1, 600],
    ['a negative lifetime is requested', -5, 600],
  ])('is between ten minutes and four days when %s', (_, expirationSeconds, lives) => {
    const { facts } = sign(client({ ...(expirationSeconds && { expirationSeconds }) })).issued;
    expect(secondsBetween(TEST_NOW, facts.notAfter)).toBe(lives);
    expect(secondsBetween(facts.notBefore, TEST_NOW)).toBe(300);
  });

  test('never ends after the CA, and nothing is signed once the CA has expired', () => {
    const end = epochMs(authority.facts.notAfter);
    ports.clock.moment = instantFromMs(end - 3_600_000);
    expect(sign(client()).issued.facts.notAfter).toBe(authority.facts.notAfter);
    ports.clock.moment = instantFromMs(end - 1_000);
    expect(sign(client()).issued.facts.notAfter).toBe(authority.facts.notAfter);
    ports.clock.moment = authority.facts.notAfter;
    expect(catchProblem(() => sign(client())).code).toBe('csr.authority-expired');
  });
});

describe('signing is refused for', () => {
  const makeForgedObject = (): CsrObject => {
    const der = aRequest(ports, key);
    der[der.length - 1] = (der[der.length - 1] ?? 0) ^ 1;
    return aClientObject(der, { conditions: [APPROVED] });
  };
  const masters = { template: { subject: { commonName: NODE_USER, organizations: ['system:masters'] } } };
  test.each<[string, () => CsrObject, string, object]>([
    ['a pending request', () => client({ conditions: [] }), 'csr.not-approved', { state: 'pending' }],
    [
      'a denied one',
      () => client({ conditions: [APPROVED, { type: 'Denied', status: 'True' }] }),
      'csr.not-approved',
      { state: 'denied' },
    ],
    [
      'a failed one',
      () => client({ conditions: [APPROVED, { type: 'Failed', status: 'True' }] }),
      'csr.not-approved',
      { state: 'failed' },
    ],
    ['one that has its certificate', () => client({ certificate: new Uint8Array(1) }), 'csr.already-issued', {}],
    ['one with a wrong signature', makeForgedObject, 'csr.refused', { rule: 'signature' }],
    ['an admin disguised as a node', () => client(masters), 'csr.refused', { rule: 'organization' }],
    ['another signer’s', () => client({ signerName: 'a/b' }), 'csr.refused', { rule: 'signer' }],
    ['wrong usages', () => client({ usages: ['any'] }), 'csr.refused', { rule: 'usages' }],
    [
      'a client with names',
      () => client({ template: { sans: { dns: [NODE], ip: [] } } }),
      'csr.refused',
      { rule: 'sans-absent' },
    ],
    [
      'an unreadable request',
      () => client({ request: new Uint8Array(3) }),
      'csr.refused',
      { rule: 'request-readable' },
    ],
  ])('%s', (_, object, code, params) => {
    expect(catchProblem(() => sign(object()))).toMatchObject({ code, params });
  });
});

test('a node joins a cluster with token, kubeconfig, request, approval and certificate', async () => {
  const token = createBootstrapToken(ports, { extraGroups: ['system:bootstrappers:worker'] });
  const kubeconfig = bootstrapKubeconfig(token, {
    clusterName: 'retail-east',
    server: 'https://172.16.255.14:6443',
    certificateAuthorityPem: encodePem('CERTIFICATE', authority.der),
  });
  expect(recognise(new TextEncoder().encode(kubeconfig)).tokens).toHaveLength(1);
  const user = checkBootstrapToken(`${token.id}.${token.secret}`, [token], ports.clock.now());
  if (!user.ok) throw new Error(user.reason);
  const own = await ports.keys.generate('p-256');
  const asked = aClientObject(aRequest(ports, own), user);
  const context = { nodes: [], longestSeconds: 4 * DAY };
  const judgement = judgeRequest(ports, { object: asked, context });
  const { object } = sign(addVerdict(asked, judgement, ports.clock.now()));
  expect(certificateIn(object).subject).toBe(`O=system:nodes\nCN=${NODE_USER}`);
});

function shortKey(): PrivateKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const short = ports.keys.read(String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
  if (short === undefined) throw new Error('no key of 1024 bits was made');
  return short;
}

describe('a plain request for a certificate with a given profile', () => {
  const profile = PROFILES['front-proxy-client'];
  const allowed = ['a', 'b', 'web.example.test', '10.0.0.1'];
  const template: RequestTemplate = {
    subject: { commonName: '管理者', organizations: ['a', 'b'] },
    sans: { dns: ['web.example.test', 'web.example.test'], ip: ['10.0.0.1'] },
    keyUsage: ['keyCertSign'],
    extendedKeyUsage: ['codeSigning'],
    otherExtensions: [
      { oid: '1.2.3.4', critical: false, value: sequence() },
      { oid: '2.5.29.32', critical: false, value: sequence() },
    ],
  };

  test("gets the profile's usages and lifetime and keeps its own subject, names and key", () => {
    const der = aRequest(ports, key, template);
    const report = signRequest(ports, { der, profile, authority, allowed });
    const { facts } = report.issued;
    expect(facts).toMatchObject({
      keyUsage: profile.keyUsage.value,
      extendedKeyUsage: profile.extendedKeyUsage.value,
      isCa: false,
      sans: { dns: ['web.example.test'], ip: ['10.0.0.1'] },
    });
    expect(secondsBetween(TEST_NOW, facts.notAfter)).toBe(profile.validityMs.value / 1000);
    expect(report).toMatchObject({
      subject: 'CN=管理者,O=a+O=b',
      sans: { dns: ['web.example.test'], ip: ['10.0.0.1'] },
      leftOut: { names: [], extensions: ['1.2.3.4', 'certificatePolicies'] },
    });
    const peer = new NodeCertificate(report.issued.der);
    expect(peer.verify(new NodeCertificate(authority.der).publicKey)).toBe(true);
    expect(peer.publicKey.export({ type: 'spki', format: 'der' })).toEqual(Buffer.from(key.spki));
  });

  test('keeps an unusual subject byte for byte', () => {
    const subject = sequence(
      relativeName('2.5.4.6', text(0x13, 'JP')),
      relativeName('1.2.3.4', text(0x0c, 'own')),
      relativeName('2.5.4.3', text(0x14, 'teletex')),
    );
    const der = addSignature(ports, key, buildRequest({ subject, key: Buffer.from(key.spki) }));
    const { issued } = signRequest(ports, { der, profile, authority, allowed });
    expect(Buffer.from(issued.der).includes(subject)).toBe(true);
  });

  test('gets critical alternative names if it has no subject, as openssl requires', () => {
    const nameless = { ...template, subject: { commonName: '', organizations: [] } };
    const { issued } = signRequest(ports, { der: aRequest(ports, key, nameless), profile, authority, allowed });
    const names = issued.facts.extensions.find(({ oid }) => oid === '2.5.29.17');
    expect(names?.critical).toBe(true);
  });

  test('is reported with the names that the certificate cannot have', () => {
    const names = sequence(text(0x81, 'a@example.test'), text(0x86, 'spiffe://a'));
    const attributes = [extensionRequest(extension('2.5.29.17', names))];
    const der = addSignature(ports, key, buildRequest({ attributes, key: Buffer.from(key.spki) }));
    const { leftOut } = signRequest(ports, { der, profile, authority, allowed });
    expect(leftOut.names).toEqual(['a@example.test', 'spiffe://a']);
  });

  test('gets no CA certificate, and its attempt to get one is reported', () => {
    const value = sequence(Buffer.from('0101ff', 'hex'));
    const otherExtensions = [{ oid: '2.5.29.19', critical: true, value }];
    const der = aRequest(ports, key, { ...template, otherExtensions });
    const { issued, leftOut } = signRequest(ports, { der, profile, authority, allowed });
    expect(issued.facts.isCa).toBe(false);
    expect(leftOut.extensions).toEqual(['basicConstraints']);
    const modest = [{ oid: '2.5.29.19', critical: true, value: sequence() }];
    const leaf = aRequest(ports, key, { ...template, otherExtensions: modest });
    expect(signRequest(ports, { der: leaf, profile, authority, allowed }).leftOut.extensions).toEqual([]);
  });

  test.each<[string, RequestTemplate['subject'], Partial<RequestTemplate['sans']>, string]>([
    [
      'a group of administrators',
      { commonName: NODE_USER, organizations: ['system:nodes', 'system:masters'] },
      {},
      'system:masters',
    ],
    [
      'a group of kubeadm',
      { commonName: NODE_USER, organizations: ['kubeadm:cluster-admins'] },
      {},
      'kubeadm:cluster-admins',
    ],
    ['a system user', { commonName: 'system:kube-scheduler', organizations: [] }, {}, 'system:kube-scheduler'],
    [
      'a system user in a node name',
      { commonName: 'system:node:system:masters', organizations: [] },
      {},
      'system:node:system:masters',
    ],
    [
      'server names',
      { commonName: NODE_USER, organizations: [] },
      { dns: ['*.svc'], ip: ['10.0.0.1'] },
      '*.svc, 10.0.0.1',
    ],
  ])('is refused if it contains %s, unless every name is allowed', (_what, subject, sans, names) => {
    const asked = { ...template, subject, sans: { dns: [], ip: [], ...sans } };
    const request = { der: aRequest(ports, key, asked), profile: PROFILES['kubelet-client'], authority };
    expect(catchProblem(() => signRequest(ports, request))).toMatchObject({
      code: 'csr.foreign-names',
      params: { names, profile: 'kubelet-client' },
    });
    expect(signRequest(ports, { ...request, allowed: names.split(', ') }).subject).toContain(subject.commonName);
    if (names.includes(', ')) expect(() => signRequest(ports, { ...request, allowed: ['*.svc'] })).toThrow();
  });

  test.each<[keyof typeof PROFILES, RequestTemplate['subject'], RequestTemplate['sans']]>([
    ['kubelet-client', { commonName: NODE_USER, organizations: ['system:nodes'] }, { dns: [], ip: [] }],
    [
      'kubelet-server',
      { commonName: NODE_USER, organizations: ['system:nodes'] },
      { dns: ['worker-1'], ip: ['10.0.0.1'] },
    ],
    ['scheduler', { commonName: 'system:kube-scheduler', organizations: [] }, { dns: [], ip: [] }],
    ['admin', { commonName: 'alice', organizations: ['kubeadm:cluster-admins'] }, { dns: [], ip: [] }],
  ])('may have the contents that its profile %s permits', (id, subject, sans) => {
    const der = aRequest(ports, key, { ...template, subject, sans });
    expect(signRequest(ports, { der, profile: PROFILES[id], authority }).sans).toEqual(sans);
  });

  test('may not have a wildcard as the value of a placeholder in the profile', () => {
    const subject = { commonName: 'worker-1', organizations: [] };
    const der = aRequest(ports, key, { ...template, subject, sans: { dns: ['*.example.test'], ip: [] } });
    const request = { der, profile: PROFILES['etcd-server'], authority };
    expect(catchProblem(() => signRequest(ports, request)).params).toMatchObject({ names: '*.example.test' });
  });

  test.each<[string, () => Parameters<typeof signRequest>[1], string]>([
    [
      'neither a subject nor names',
      () => {
        const subject = { commonName: '', organizations: [] };
        const nameless = { ...template, subject, sans: { dns: [], ip: [] } };
        return { der: aRequest(ports, key, nameless), profile, authority };
      },
      'csr.no-name',
    ],
    [
      'a root’s profile',
      () => ({ der: aRequest(ports, key), profile: PROFILES['cluster-ca'], authority }),
      'csr.profile-is-root',
    ],
    ['no request', () => ({ der: new Uint8Array(4), profile, authority }), 'csr.unreadable'],
    ['a key that is too short', () => ({ der: aRequest(ports, shortKey()), profile, authority }), 'csr.weak-key'],
    ['a made-up signature', () => ({ der: buildRequest(), profile, authority }), 'csr.bad-signature'],
  ])('is refused with %s', (_, request, code) => {
    expect(catchProblem(() => signRequest(ports, request())).code).toBe(code);
  });

  test('is refused once the CA has expired', () => {
    ports.clock.moment = instant('2040-01-01T00:00:00Z');
    const request = { der: aRequest(ports, key), profile: PROFILES['kubelet-client'], authority };
    expect(catchProblem(() => signRequest(ports, request)).code).toBe('csr.authority-expired');
  });
});
