import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CloudAgent } from '../../../../core/pki/identities/cloud-agent.ts';
import { createRequest } from '../../../../core/pki/issue/create-request.ts';
import {
  createIdentity,
  reinstateIdentity,
  revokeIdentity,
  rotateToken,
  revokeClientCertificate,
} from '../../../../core/pki/identities/identities.ts';
import { authenticate } from '../../../../core/pki/identities/certificate.ts';
import { login } from '../../../../core/pki/identities/login.ts';
import { loginRequest } from '../../../../core/pki/identities/request.ts';
import { issueCertificate } from '../../../../core/pki/issue/issue.ts';
import { instant } from '../../../../core/shared/instant.ts';
import type { CloudAgentState } from '../../../../core/pki/model/identity.ts';
import type { CertificateTemplate } from '../../../../core/shared/certificates/certificate-template.ts';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { element, sequence } from '../../../support/certificates.ts';
import { aCloudAgent, aCloudAgentCa, logIn, catchProblem, secondsAfter } from '../../../support/cloud-agent.ts';
import { openssl } from '../../../support/openssl.ts';
import { testPorts } from '../../../support/ports.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const NOW = instant('2026-11-24T12:00:00Z');
const LIFE_SECONDS = 90 * 86_400;
const ports = testPorts();
let agent: CloudAgent;
let request: Uint8Array;
beforeAll(async () => {
  agent = await aCloudAgent(ports);
  ({ request } = await loginRequest(ports, {
    name: 'kvactl-admin-7f3c',
    hostName: 'host01',
    hostIp: 'fd00::1',
    algorithm: 'p-256',
  }));
});
beforeEach(() => {
  ports.clock.moment = NOW;
});
const agentWithState = (state: CloudAgentState): CloudAgent => ({ ...agent, state });

describe('a login with a valid token', () => {
  test('returns a client certificate of 90 days with the subject and SANs of the request', () => {
    const { state, token } = createIdentity(ports, agent, { name: 'kvactl-admin-7f3c' });
    const answer = login(ports, agentWithState(state), { token, request });
    const { der, facts } = answer.certificate;
    const peer = new X509Certificate(der);
    expect(peer.subject).toBe('CN=kvactl-admin-7f3c');
    expect(peer.subjectAltName).toBe('DNS:localhost, DNS:host01, IP Address:127.0.0.1, IP Address:FD00:0:0:0:0:0:0:1');
    expect(peer.verify(new X509Certificate(agent.signer.der).publicKey)).toBe(true);
    expect(new Date(peer.validFrom).toISOString()).toBe('2026-11-24T12:00:00.000Z');
    expect(new Date(peer.validTo).toISOString()).toBe('2027-02-22T12:00:00.000Z');
    expect(BigInt(`0x${peer.serialNumber}`) < 1n << 63n).toBe(true);
    expect(facts).toMatchObject({
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: ['clientAuth'],
      isCa: false,
      moc: { accessIdentity: 'kvactl-admin-7f3c' },
    });
    expect(facts.moc).not.toHaveProperty('renewCount');
    expect(answer.identity.certificates).toEqual([
      { serialHex: peer.serialNumber.toLowerCase(), notBefore: NOW, notAfter: '2027-02-22T12:00:00Z', renewCount: 0 },
    ]);
    expect(answer.authorities).toEqual([agent.signer.der]);
    expect(JSON.stringify(answer.state)).not.toContain(token);
  });

  test('returns a certificate that openssl accepts for a TLS client but not for a server', () => {
    const { state, token } = createIdentity(ports, agent, { name: 'kvactl-admin-7f3c' });
    const { certificate } = login(ports, agentWithState(state), { token, request });
    const folder = temporaryFolder();
    const [ca, leaf] = [join(folder, 'ca.pem'), join(folder, 'leaf.pem')];
    writeFileSync(ca, encodePem('CERTIFICATE', agent.signer.der));
    writeFileSync(leaf, encodePem('CERTIFICATE', certificate.der));
    const check = (purpose: string): Buffer =>
      openssl(
        ...['verify', '-x509_strict', '-attime', String(Date.parse(NOW) / 1000 + 60)],
        ...['-purpose', purpose, '-CAfile', ca, leaf],
      );
    expect(String(check('sslclient'))).toContain('leaf.pem: OK');
    expect(() => check('sslserver')).toThrow('unsuitable certificate purpose');
  });

  test('names the identity of the holder in the certificate, whatever name the request has', () => {
    const { state, token } = createIdentity(ports, agent, { name: 'csi' });
    const { certificate } = login(ports, agentWithState(state), { token, request });
    expect(certificate.facts.subject.cn).toBe('kvactl-admin-7f3c');
    expect(certificate.facts.moc?.accessIdentity).toBe('csi');
  });

  test('returns a certificate that is also valid for servers if the client is a node agent', () => {
    const node = { name: 'host01', clientType: 'Node' } as const;
    const { state, token } = createIdentity(ports, agent, node);
    const { certificate } = login(ports, agentWithState(state), { token, request });
    expect(certificate.facts).toMatchObject({
      keyUsage: ['digitalSignature', 'keyEncipherment'],
      extendedKeyUsage: ['clientAuth', 'serverAuth'],
    });
  });

  test('keeps a subject with other attributes byte for byte, and an empty subject with critical SANs', async () => {
    const folder = temporaryFolder();
    const makeRequest = (subject: string): Uint8Array =>
      openssl(
        ...['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
        ...['-keyout', join(folder, 'key.pem'), '-subj', subject, '-outform', 'DER'],
        ...['-addext', 'subjectAltName=DNS:a,IP:10.0.0.1,email:a@b.example'],
      );
    const { state, token } = createIdentity(ports, agent, { name: 'admin2' });
    const loginCertificate = (der: Uint8Array): X509Certificate =>
      new X509Certificate(login(ports, agentWithState(state), { token, request: der }).certificate.der);
    expect(loginCertificate(makeRequest('/C=JP/OU=IT/CN=x')).subject).toBe('C=JP\nOU=IT\nCN=x');
    const { certificate } = login(ports, agentWithState(state), { token, request: makeRequest('/') });
    expect(certificate.facts.subject.attributes).toEqual([]);
    const sans = certificate.facts.extensions.find(({ name }) => name === 'subjectAltName');
    expect(sans?.critical).toBe(true);
    expect(certificate.facts.sans).toMatchObject({ dns: ['a'], ip: ['10.0.0.1'], email: [] });
  });

  test('can be repeated, and expired certificates are removed from the record', () => {
    const { state, token } = createIdentity(ports, agent, { name: 'admin2', tokenValidityDays: 365 });
    const first = login(ports, agentWithState(state), { token, request });
    ports.clock.moment = secondsAfter(NOW, LIFE_SECONDS);
    const second = login(ports, agentWithState(first.state), { token, request });
    expect(second.identity.certificates).toHaveLength(2);
    ports.clock.moment = secondsAfter(NOW, LIFE_SECONDS + 1);
    const third = login(ports, agentWithState(second.state), { token, request });
    expect(third.identity.certificates.map(({ serialHex }) => serialHex)).toEqual([
      second.certificate.facts.serialHex,
      third.certificate.facts.serialHex,
    ]);
  });
});

describe('a login', () => {
  test('is refused if the token has expired or has been rotated or revoked', () => {
    const created = createIdentity(ports, agent, { name: 'admin2' });
    const { token } = created;
    const attempt = (state: CloudAgentState) =>
      catchProblem(() => login(ports, agentWithState(state), { token, request }));
    const refusal = (reason: string) => ['identity.token-required', { reason, identity: 'admin2' }];
    expect(attempt(created.state)).toBeUndefined();
    const rotated = rotateToken(ports, agentWithState(created.state), 'admin2');
    expect(attempt(rotated.state)).toEqual(refusal('rotated'));
    const revoked = revokeIdentity(ports, agentWithState(created.state), 'admin2');
    expect(attempt(revoked.state)).toEqual(refusal('revoked'));
    ports.clock.moment = secondsAfter(NOW, LIFE_SECONDS);
    expect(attempt(created.state)).toEqual(refusal('expired'));
  });

  test.each<[string, () => Uint8Array, string]>([
    ['nothing', () => new Uint8Array(0), 'unreadable'],
    ['a certificate', () => agent.signer.der, 'unreadable'],
    ['data after its end', () => Uint8Array.from([...request, 0]), 'unreadable'],
    ['a wrong signature', () => changeLastByte(request), 'signature'],
    ['a key of 1024 bits', () => rsaRequest(1024), 'weakKey'],
  ])('is refused for a request with %s', (_title, make, reason) => {
    const { state, token } = createIdentity(ports, agent, { name: 'admin2' });
    const attempt = (): unknown => login(ports, agentWithState(state), { token, request: make() });
    expect(catchProblem(attempt)).toEqual(['identity.request-refused', { reason }]);
  });

  test('is refused for a request with two lists of extensions, because not all readers would interpret it in the same way', () => {
    const { state, token } = createIdentity(ports, agent, { name: 'admin2' });
    const key = ports.keys.read(pemOfNewKey());
    if (key === undefined) throw new Error('not read');
    const usage = { oid: '2.5.29.17', critical: false };
    const template = {
      subject: { commonName: 'x', organizations: [] },
      sans: { dns: ['a'], ip: [] },
      keyUsage: [],
      extendedKeyUsage: [],
      otherExtensions: [{ ...usage, value: Uint8Array.of(0x30, 3, 0x82, 1, 0x62) }],
    };
    const ambiguous = createRequest(ports, { template, key });
    expect(catchProblem(() => login(ports, agentWithState(state), { token, request: ambiguous }))).toEqual([
      'identity.request-refused',
      { reason: 'unreadable' },
    ]);
  });

  test('is granted or refused without a crash for any signed request', () => {
    const { state, token } = createIdentity(ports, agent, { name: 'admin2' });
    const key = ports.keys.read(pemOfNewKey());
    if (key === undefined) throw new Error('not read');
    const octets = fc.uint8Array({ maxLength: 20 });
    const name = fc
      .tuple(fc.constantFrom(0x81, 0x82, 0x86, 0x87, 0xa0, 0xa4), octets)
      .map(([tag, content]) => element(tag, content));
    const sans = fc.oneof(
      octets,
      fc.array(name, { maxLength: 3 }).map((names) => sequence(...names)),
    );
    const oid = fc.constantFrom('2.5.29.17', '2.5.29.15', '2.5.29.19', '1.3.6.1.4.1.311.104.1.1');
    fc.assert(
      fc.property(fc.string(), oid, sans, (commonName, extension, value) => {
        const template = {
          subject: { commonName, organizations: [] },
          sans: { dns: [], ip: [] },
          keyUsage: [],
          extendedKeyUsage: [],
          otherExtensions: [{ oid: extension, critical: true, value }],
        };
        const asked = createRequest(ports, { template, key });
        const problem = catchProblem(() => login(ports, agentWithState(state), { token, request: asked }));
        expect([undefined, 'identity.request-refused']).toContain(problem?.[0]);
      }),
      { numRuns: 60 },
    );
  });

  test('without a valid token is refused before the request is examined', () => {
    const attempt = (): unknown => login(ports, agent, { token: 'x', request: new Uint8Array(0) });
    expect(catchProblem(attempt)?.[0]).toBe('identity.token-required');
  });
});

function changeLastByte(bytes: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  return changed;
}

function pemOfNewKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

function rsaRequest(modulusLength: number): Uint8Array {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength });
  const key = ports.keys.read(String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
  if (key === undefined) throw new Error('not read');
  const template = {
    subject: { commonName: 'x', organizations: [] },
    sans: { dns: [], ip: [] },
    keyUsage: [],
    extendedKeyUsage: [],
  };
  return createRequest(ports, { template, key });
}

describe('a client certificate', () => {
  test.each([
    ['one second before it begins', -1, ['identity.certificate-refused', { reason: 'notYetValid' }]],
    ['in its first second', 0, undefined],
    ['in its last second', LIFE_SECONDS, undefined],
    [
      'one second after its end',
      LIFE_SECONDS + 1,
      ['identity.certificate-expired', { identity: 'admin2', notAfter: '2027-02-22T12:00:00Z' }],
    ],
  ])('is accepted only while it is valid: %s', async (_title, seconds, problem) => {
    // The CA has been valid for longer, so only the client's own dates matter.
    ports.clock.moment = secondsAfter(NOW, -86_400);
    const signer = await aCloudAgentCa(ports);
    const elder = { ...agent, signer, trusted: [signer] };
    ports.clock.moment = NOW;
    const client = await logIn(ports, elder, { name: 'admin2' });
    ports.clock.moment = secondsAfter(NOW, seconds);
    const known = { ...elder, state: client.state };
    expect(catchProblem(() => authenticate(ports, known, [client.certificate.der]))).toEqual(problem);
  });

  test('identifies the client as the identity in its extension', async () => {
    const client = await logIn(ports, agent, { name: 'admin2' });
    const found = authenticate(ports, agentWithState(client.state), [client.certificate.der]);
    expect(found.identity.name).toBe('admin2');
  });

  test('is refused once it or its identity is revoked, even if the identity is reinstated', async () => {
    const client = await logIn(ports, agent, { name: 'admin2' });
    const { der, facts } = client.certificate;
    const attempt = (state: CloudAgentState) => catchProblem(() => authenticate(ports, agentWithState(state), [der]));
    const refusal = ['identity.revoked', { identity: 'admin2' }];
    expect(attempt(client.state)).toBeUndefined();
    expect(attempt(revokeClientCertificate(client.state, facts.serialHex, NOW))).toEqual(refusal);
    const revoked = revokeIdentity(ports, agentWithState(client.state), 'admin2').state;
    expect(attempt(revoked)).toEqual(refusal);
    const back = reinstateIdentity(ports, agentWithState(revoked), 'admin2');
    expect(attempt(back.state)).toEqual(refusal);
    const again = login(ports, agentWithState(back.state), { token: back.token, request });
    const { der: newer } = again.certificate;
    expect(catchProblem(() => authenticate(ports, agentWithState(again.state), [newer]))).toBeUndefined();
  });

  test('is refused if its identity is revoked, even if the record of the certificate is not', async () => {
    const client = await logIn(ports, agent, { name: 'admin2' });
    const identities = client.state.identities.map((each) => ({ ...each, revokedAt: NOW }));
    const known = agentWithState({ ...client.state, identities });
    expect(catchProblem(() => authenticate(ports, known, [client.certificate.der]))).toEqual([
      'identity.revoked',
      { identity: 'admin2' },
    ]);
  });

  test.each<[string, () => Promise<Uint8Array | undefined>, string]>([
    ['no data', async () => undefined, 'unreadable'],
    ['no certificate', async () => request, 'unreadable'],
    [
      'a certificate with data after its end',
      async () => Uint8Array.from([...(await issueClient({})), 0]),
      'unreadable',
    ],
    [
      'a certificate from another CA',
      async () => issueClient({ signer: await aCloudAgentCa(ports) }),
      'unknownAuthority',
    ],
    ['a certificate that names no identity', async () => issueClient({ moc: undefined }), 'noIdentity'],
    [
      'a certificate that names another identity',
      async () => issueClient({ moc: { accessIdentity: 'admin3' } }),
      'noIdentity',
    ],
    ['a certificate that the cloud agent has not recorded', async () => issueClient({}), 'notOnRecord'],
  ])('is refused if the client presents %s', async (_title, make, reason) => {
    const client = await logIn(ports, agent, { name: 'admin2' });
    const der = await make();
    const chain = der === undefined ? [] : [der];
    expect(catchProblem(() => authenticate(ports, agentWithState(client.state), chain))).toEqual([
      'identity.certificate-refused',
      { reason },
    ]);
  });

  /** Signs a certificate with the cloud agent's CA, like a certificate from a login. */
  async function issueClient({
    signer = agent.signer,
    ...changes
  }: Partial<{ signer: CloudAgent['signer']; moc: CertificateTemplate['moc'] }>) {
    const key = await ports.keys.generate('p-256');
    const moc = 'moc' in changes ? changes.moc : { accessIdentity: 'admin2' };
    const template: CertificateTemplate = {
      serialHex: '77',
      subject: { commonName: 'admin2', organizations: [] },
      sans: { dns: [], ip: [] },
      notBefore: NOW,
      notAfter: secondsAfter(NOW, 60),
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: ['clientAuth'],
      isCa: false,
      moc,
    };
    return issueCertificate(ports, { template, subjectSpki: key.spki, issuer: signer }).der;
  }

  test('is refused once its CA has expired', async () => {
    const client = await logIn(ports, agent, { name: 'admin2' });
    ports.clock.moment = secondsAfter(agent.signer.facts.notAfter, -60);
    const late = login(ports, { ...agent, state: rotate(client.state) }, { token: lateToken, request });
    ports.clock.moment = secondsAfter(agent.signer.facts.notAfter, 1);
    const { der } = late.certificate;
    expect(catchProblem(() => authenticate(ports, agentWithState(late.state), [der]))).toEqual([
      'identity.certificate-refused',
      { reason: 'unknownAuthority' },
    ]);
  });

  let lateToken = '';
  function rotate(state: CloudAgentState): CloudAgentState {
    const change = rotateToken(ports, agentWithState(state), 'admin2');
    lateToken = change.token;
    return change.state;
  }
});
