import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  issueCertificate,
  issueRoot,
  type IssuedCertificate,
  type SigningAuthority,
} from '../../../../core/pki/issue/issue.ts';
import { buildProfileTemplate } from '../../../../core/pki/issue/profile-template.ts';
import { renewCertificate } from '../../../../core/pki/issue/renewal.ts';
import { PROFILES } from '../../../../core/pki/model/profiles.ts';
import { instant, type Instant } from '../../../../core/shared/instant.ts';
import type { KeyAlgorithm } from '../../../../core/shared/certificates/key-algorithm.ts';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { relativeName, sequence, text } from '../../../support/certificates.ts';
import { secondsAfter } from '../../../support/cloud-agent.ts';
import { openssl } from '../../../support/openssl.ts';
import { testPorts } from '../../../support/ports.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const START = instant('2026-11-24T12:00:00Z');
const API_SERVER = PROFILES.apiserver;
const makePeriod = (seconds: number): { notBefore: Instant; notAfter: Instant } => ({
  notBefore: START,
  notAfter: secondsAfter(START, seconds),
});

describe('a renewed certificate of a cluster', () => {
  const ports = testPorts();
  let issuer: SigningAuthority;
  beforeAll(async () => {
    const template = buildProfileTemplate({ profile: PROFILES['cluster-ca'], values: {}, serialHex: '01', now: START });
    issuer = issueRoot(ports, { template, key: await ports.keys.generate('p-384') });
  });

  async function leaf(algorithm: KeyAlgorithm): Promise<IssuedCertificate> {
    const key = await ports.keys.generate(algorithm);
    const template = buildProfileTemplate({
      profile: API_SERVER,
      values: {
        node: 'cp-1',
        'service-domain': 'cluster.local',
        'service-ip': '10.96.0.1',
        'node-ip': ['10.0.0.11', 'fd00::11'],
        endpoint: '172.16.255.14',
      },
      serialHex: '77fdf4b1033b387aaace6ce1c18710c2',
      now: START,
    });
    return issueCertificate(ports, { template, subjectSpki: key.spki, issuer });
  }

  test.each<KeyAlgorithm>(['p-384', 'p-256'])(
    'has a new key (%s), serial number and period, and is otherwise unchanged',
    async (algorithm) => {
      ports.clock.moment = START;
      const old = await leaf(algorithm);
      ports.clock.moment = secondsAfter(START, 3 * 86_400);
      const renewed = await renewCertificate(ports, { profile: API_SERVER, certificate: old, issuer });
      const [before, after] = [new X509Certificate(old.der), new X509Certificate(renewed.der)];
      expect(after.subject).toBe(before.subject);
      expect(after.subjectAltName).toBe(before.subjectAltName);
      expect(after.keyUsage).toEqual(before.keyUsage);
      expect(renewed.facts.keyUsage).toEqual(old.facts.keyUsage);
      expect(after.serialNumber).not.toBe(before.serialNumber);
      expect(renewed.key.algorithm).toBe(algorithm);
      expect(after.publicKey.export({ type: 'spki', format: 'der' })).toEqual(Buffer.from(renewed.key.spki));
      expect(after.publicKey.equals(before.publicKey)).toBe(false);
      // Backdated by five minutes, like every certificate of a cluster.
      expect(new Date(after.validFrom).toISOString()).toBe('2026-11-27T11:55:00.000Z');
      const length = ({ validFrom, validTo }: X509Certificate): number => Date.parse(validTo) - Date.parse(validFrom);
      expect(length(after)).toBe(length(before));
      expect(after.verify(new X509Certificate(issuer.der).publicKey)).toBe(true);
    },
  );

  test('is accepted by openssl', async () => {
    ports.clock.moment = START;
    const renewed = await renewCertificate(ports, { profile: API_SERVER, certificate: await leaf('p-384'), issuer });
    const folder = temporaryFolder();
    const [ca, file] = [join(folder, 'ca.pem'), join(folder, 'leaf.pem')];
    writeFileSync(ca, encodePem('CERTIFICATE', issuer.der));
    writeFileSync(file, encodePem('CERTIFICATE', renewed.der));
    const said = openssl(
      ...['verify', '-x509_strict', '-attime', String(Date.parse(START) / 1000)],
      ...['-purpose', 'sslserver', '-verify_ip', 'fd00::11', '-CAfile', ca, file],
    );
    expect(String(said)).toContain('OK');
  });

  test('keeps a subject in a form that this engine does not write, but is refused if a name would be lost', async () => {
    const { spki } = await ports.keys.generate('p-256');
    const { facts } = await leaf('p-256');
    const template = {
      serialHex: '02',
      subject: { commonName: 'x', organizations: [] },
      isCa: false,
      sans: { dns: ['a'], ip: [] },
      keyUsage: [],
      extendedKeyUsage: [],
      ...makePeriod(60),
    };
    const subjectName = sequence(
      relativeName('2.5.4.6', text(0x13, 'JP')),
      relativeName('2.5.4.10', text(0x0c, 'b')),
      relativeName('2.5.4.10', text(0x0c, 'a')),
    );
    const certificate = issueCertificate(ports, { template, subjectSpki: spki, subjectName, issuer });
    const renewed = await renewCertificate(ports, { profile: API_SERVER, certificate, issuer });
    expect(new X509Certificate(renewed.der).subject).toBe('C=JP\nO=b\nO=a');

    const sans = { ...facts.sans, email: ['a@b.example'] };
    const mail = { ...certificate, facts: { ...facts, sans } };
    await expect(renewCertificate(ports, { profile: API_SERVER, certificate: mail, issuer })).rejects.toMatchObject({
      code: 'renewal.refused',
      params: { reason: 'otherNames' },
    });
    await expect(renewCertificate(ports, { profile: API_SERVER, certificate: issuer, issuer })).rejects.toThrow(
      'rotated, not renewed',
    );
  });
});
