import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { X509Certificate as PeculiarCertificate, Pkcs10CertificateRequest } from '@peculiar/x509';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CloudAgent } from '../../../../core/pki/identities/cloud-agent.ts';
import { createRequest } from '../../../../core/pki/issue/create-request.ts';
import { revokeIdentity, revokeClientCertificate } from '../../../../core/pki/identities/identities.ts';
import { renew } from '../../../../core/pki/identities/renewal.ts';
import { renewalRequest } from '../../../../core/pki/identities/request.ts';
import { issueCertificate } from '../../../../core/pki/issue/issue.ts';
import { instant } from '../../../../core/shared/instant.ts';
import type { CloudAgentState } from '../../../../core/pki/model/identity.ts';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import {
  readRenewalExtension,
  RENEWAL_EXTENSION,
  writeRenewalExtension,
} from '../../../../core/formats/x509/renewal-extension.ts';
import type { PrivateKey } from '../../../../core/shared/ports.ts';
import { aCloudAgent, logIn, catchProblem, secondsAfter, type TestClient } from '../../../support/cloud-agent.ts';
import { openssl } from '../../../support/openssl.ts';
import { testPorts } from '../../../support/ports.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const NOW = instant('2026-11-24T12:00:00Z');
const LIFE_SECONDS = 90 * 86_400;
const ports = testPorts();
let agent: CloudAgent;
let client: TestClient;
let another: TestClient;
beforeAll(async () => {
  agent = await aCloudAgent(ports);
  client = await logIn(ports, agent, { name: 'csi' });
  agent = { ...agent, state: client.state };
  another = await logIn(ports, agent, { name: 'caph' });
  agent = { ...agent, state: another.state };
});
beforeEach(() => {
  ports.clock.moment = NOW;
});
const agentWithState = (state: CloudAgentState): CloudAgent => ({ ...agent, state });
const der = (bytes: Uint8Array): Buffer => Buffer.from(bytes);

/** Returns the content of an extension, read with another library. */
function extensionContent(certificate: Uint8Array, oid: string): Buffer | undefined {
  const value = new PeculiarCertificate(Uint8Array.from(certificate)).getExtension(oid)?.value;
  return value && Buffer.from(value);
}

describe('the renewal request of a client', () => {
  test("contains in PEM the old key's signature for the new key and the certificate to renew", async () => {
    const { request, key } = await renewalRequest(ports, client);
    const peer = new Pkcs10CertificateRequest(Uint8Array.from(request));
    expect(await peer.verify()).toBe(true);
    const value = peer.getExtension(RENEWAL_EXTENSION)?.value ?? new ArrayBuffer(0);
    const content = Buffer.from(value).toString();
    expect(content).toMatch(/^-----BEGIN CERTIFICATE-----\n/u);
    const [word, old] = content.split(/(?<=END CERTIFICATE-----\n)/u).map((pem) => new X509Certificate(pem));
    expect(old?.raw).toEqual(der(client.certificate.der));
    expect(word?.verify(new X509Certificate(client.certificate.der).publicKey)).toBe(true);
    expect(word?.subject).toBe('CN=CSR Key');
    expect(word?.publicKey.export({ type: 'spki', format: 'der' })).toEqual(der(key.spki));
    expect(new Date(word?.validTo ?? '').toISOString()).toBe('2027-02-22T12:00:00.000Z');
    expect(key.spki).not.toEqual(client.key.spki);
    expect(key.algorithm).toBe(client.key.algorithm);
  });
});

describe('a renewal', () => {
  test('keeps subject, SANs, usages and lifetime, but has a new key, serial number and period', async () => {
    ports.clock.moment = secondsAfter(NOW, 63 * 86_400);
    const { request, key } = await renewalRequest(ports, client);
    const answer = renew(ports, agent, { certificate: client.certificate.der, request });
    const [old, renewed] = [client.certificate.der, answer.certificate.der].map((each) => new X509Certificate(each));
    if (old === undefined || renewed === undefined) throw new Error('none');
    expect(renewed.subject).toBe(old.subject);
    expect(renewed.subjectAltName).toBe(old.subjectAltName);
    expect(answer.certificate.facts.keyUsage).toEqual(client.certificate.facts.keyUsage);
    expect(renewed.keyUsage).toEqual(old.keyUsage);
    expect(renewed.serialNumber).not.toBe(old.serialNumber);
    expect(new Date(renewed.validFrom).toISOString()).toBe('2027-01-26T12:00:00.000Z');
    const length = ({ validFrom, validTo }: X509Certificate): number => Date.parse(validTo) - Date.parse(validFrom);
    expect(length(renewed)).toBe(length(old));
    expect(renewed.publicKey.export({ type: 'spki', format: 'der' })).toEqual(der(key.spki));
    expect(renewed.verify(new X509Certificate(agent.signer.der).publicKey)).toBe(true);
    expect(renewed.checkIssued(new X509Certificate(agent.signer.der))).toBe(true);
    expect(answer.identity.certificates.map(({ renewCount }) => renewCount)).toEqual([0, 1]);
    expect(answer.authorities).toEqual([agent.signer.der]);
  });

  test('records the number of renewals and the certificate of the login', async () => {
    let known = { ...client, state: agent.state };
    for (const [round, hexCount] of ['01', '02', '03'].entries()) {
      ports.clock.moment = secondsAfter(NOW, (round + 1) * 63 * 86_400);
      const { request, key } = await renewalRequest(ports, known);
      const answer = renew(ports, agentWithState(known.state), { certificate: known.certificate.der, request });
      known = { ...known, certificate: answer.certificate, key, state: answer.state };
      const renewed = answer.certificate.der;
      expect(extensionContent(renewed, '1.3.6.1.4.1.311.104.1.2')).toEqual(der(client.certificate.der));
      expect(extensionContent(renewed, '1.3.6.1.4.1.311.104.1.3')?.toString('hex')).toBe(`0201${hexCount}`);
      expect(extensionContent(renewed, '1.3.6.1.5.5.7.10.2')?.toString()).toBe('csi');
      expect(answer.certificate.facts.moc).toMatchObject({ renewCount: round + 1 });
    }
    // The certificate of the login and the first renewed one have expired by now.
    const identity = known.state.identities.find(({ name }) => name === 'csi');
    expect(identity?.certificates.map(({ renewCount }) => renewCount)).toEqual([2, 3]);
  });

  test('uses the SHA-256 of the whole public key as its key identifier, like the public code', async () => {
    const { request, key } = await renewalRequest(ports, client);
    const { certificate } = renew(ports, agent, { certificate: client.certificate.der, request });
    expect(certificate.facts.subjectKeyId).toBe(der(ports.crypto.sha256(key.spki)).toString('hex'));
    expect(certificate.facts.authorityKeyId?.keyId).toBe(agent.signer.facts.subjectKeyId);
  });

  test('returns a certificate that openssl accepts', async () => {
    const { request } = await renewalRequest(ports, client);
    const { certificate } = renew(ports, agent, { certificate: client.certificate.der, request });
    const folder = temporaryFolder();
    const [ca, leaf] = [join(folder, 'ca.pem'), join(folder, 'leaf.pem')];
    writeFileSync(ca, encodePem('CERTIFICATE', agent.signer.der));
    writeFileSync(leaf, encodePem('CERTIFICATE', certificate.der));
    const seconds = String(Date.parse(NOW) / 1000);
    const said = openssl(
      ...['verify', '-x509_strict', '-attime', seconds, '-purpose', 'sslclient'],
      ...['-CAfile', ca, leaf],
    );
    expect(String(said)).toContain('OK');
  });

  test('may reuse the key, as in the public code', () => {
    const request = requestWith(client.key, [wordFor(client.key.spki), client.certificate.der]);
    const { certificate } = renew(ports, agent, { certificate: client.certificate.der, request });
    const peer = new X509Certificate(certificate.der);
    expect(peer.publicKey.export({ type: 'spki', format: 'der' })).toEqual(der(client.key.spki));
  });

  test.each([
    ['in the last second', LIFE_SECONDS, undefined],
    [
      'one second later',
      LIFE_SECONDS + 1,
      ['identity.certificate-expired', { identity: 'csi', notAfter: '2027-02-22T12:00:00Z' }],
    ],
  ])('is possible until the old certificate expires: %s', async (_title, seconds, problem) => {
    ports.clock.moment = secondsAfter(NOW, seconds);
    const { request } = await renewalRequest(ports, client);
    expect(catchProblem(() => renew(ports, agent, { certificate: client.certificate.der, request }))).toEqual(problem);
  });

  test('is refused for a revoked certificate or identity', async () => {
    const { request } = await renewalRequest(ports, client);
    const { serialHex } = client.certificate.facts;
    const states = [
      revokeIdentity(ports, agent, 'csi').state,
      revokeClientCertificate(agent.state, serialHex, ports.clock.now()),
    ];
    for (const state of states)
      expect(
        catchProblem(() => renew(ports, agentWithState(state), { certificate: client.certificate.der, request })),
      ).toEqual(['identity.revoked', { identity: 'csi' }]);
  });

  describe('with a request', () => {
    let key: PrivateKey;
    beforeAll(async () => {
      key = await ports.keys.generate('p-256');
    });
    const old = (): Uint8Array => client.certificate.der;

    test('that fulfils every rule is accepted', () => {
      const request = requestWith(key, [wordFor(key.spki), old()]);
      expect(catchProblem(() => renew(ports, agent, { certificate: old(), request }))).toBeUndefined();
    });

    test.each<[string, () => Uint8Array[], string]>([
      ['carries nothing', () => [], 'missingCertificates'],
      ['carries one certificate', () => [wordFor(key.spki)], 'missingCertificates'],
      ['carries garbage first', () => [Uint8Array.of(5, 0), old()], 'missingCertificates'],
      [
        'carries the certificate of another client',
        () => [wordFor(key.spki), another.certificate.der],
        'notClientCertificate',
      ],
      ['carries the certificates in the other order', () => [old(), wordFor(key.spki)], 'notClientCertificate'],
      ['is endorsed by another key', () => [wordFor(key.spki, another), old()], 'keyCertificateSignature'],
      ['has an endorsement for another key', () => [wordFor(another.key.spki), old()], 'keyMismatch'],
    ])('is refused if the request %s', (_title, certificates, reason) => {
      const request = requestWith(key, certificates());
      expect(catchProblem(() => renew(ports, agent, { certificate: old(), request }))).toEqual([
        'renewal.refused',
        { reason },
      ]);
    });

    test('is refused if the request lacks the extension with certificates', () => {
      const request = requestWith(key, undefined);
      expect(catchProblem(() => renew(ports, agent, { certificate: old(), request }))).toEqual([
        'renewal.refused',
        { reason: 'missingCertificates' },
      ]);
    });

    test('is refused if the signature of the request is wrong', () => {
      const request = requestWith(key, [wordFor(key.spki), old()]);
      request[request.length - 1] = (request.at(-1) ?? 0) ^ 1;
      expect(catchProblem(() => renew(ports, agent, { certificate: old(), request }))).toEqual([
        'identity.request-refused',
        { reason: 'signature' },
      ]);
    });

    test("is refused if the client presents another client's certificate", () => {
      const request = requestWith(key, [wordFor(key.spki), old()]);
      expect(catchProblem(() => renew(ports, agent, { certificate: another.certificate.der, request }))).toEqual([
        'renewal.refused',
        { reason: 'notClientCertificate' },
      ]);
    });
  });
});

/** Makes the certificate with which the old key signs the new key. */
function wordFor(subjectSpki: Uint8Array, { certificate, key }: TestClient = client): Uint8Array {
  const template = {
    serialHex: '01',
    subject: { commonName: 'CSR Key', organizations: [] },
    sans: { dns: [], ip: [] },
    notBefore: NOW,
    notAfter: NOW,
    keyUsage: [],
    extendedKeyUsage: [],
    isCa: false,
  };
  const issuer = { ...certificate, key };
  return issueCertificate(ports, { template, subjectSpki, issuer }).der;
}

function requestWith(key: PrivateKey, certificates: Uint8Array[] | undefined): Uint8Array {
  const value = certificates && writeRenewalExtension(certificates);
  const template = {
    subject: { commonName: 'csi', organizations: [] },
    sans: { dns: [], ip: [] },
    keyUsage: [],
    extendedKeyUsage: [],
    ...(value && { otherExtensions: [{ oid: RENEWAL_EXTENSION, critical: false, value }] }),
  };
  return createRequest(ports, { template, key });
}

describe('the extension with the certificates', () => {
  test('is read back unchanged', () => {
    const certificates = fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 4 });
    fc.assert(
      fc.property(certificates, (some) => {
        expect(readRenewalExtension(writeRenewalExtension(some))?.map(der)).toEqual(some.map(der));
      }),
      { numRuns: 50 },
    );
  });

  test('can contain any bytes without harm, and is not read at all above the size limit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(readRenewalExtension(bytes)).toEqual([]);
      }),
      { numRuns: 50 },
    );
    expect(readRenewalExtension(new Uint8Array(64 * 1024))).toBeUndefined();
    const opened = Buffer.from('-----BEGIN CERTIFICATE-----'.repeat(2_400));
    expect(readRenewalExtension(opened.subarray(0, 65_535))).toEqual([]);
    const broken = '-----BEGIN CERTIFICATE-----A-----END CERTIFICATE-----';
    expect(readRenewalExtension(Buffer.from(broken))).toBeUndefined();
  });
});
