import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  issueCertificate,
  issueRoot,
  type IssuedCertificate,
  type SigningAuthority,
} from '../../../../core/pki/issue/issue.ts';
import { templateOfProfile } from '../../../../core/pki/issue/profile-template.ts';
import {
  renewalDueAt,
  renewalRetryAt,
  renewalVerdict,
  renewCertificate,
  type RenewalQuestion,
} from '../../../../core/pki/issue/renewal.ts';
import { PROFILES } from '../../../../core/pki/model/profiles.ts';
import { instant, type Instant } from '../../../../core/shared/instant.ts';
import type { KeyAlgorithm } from '../../../../core/shared/key-algorithm.ts';
import { PROFILE_IDS, type ProfileId } from '../../../../core/pki/model/profile.ts';
import { pemOf } from '../../../../core/formats/der/pem.ts';
import { relativeName, sequence, text } from '../../../support/certificates.ts';
import { secondsAfter } from '../../../support/cloud-agent.ts';
import { openssl } from '../../../support/openssl.ts';
import { testPorts } from '../../../support/ports.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const START = instant('2026-11-24T12:00:00Z');
const MOC = PROFILES.csi;
const API_SERVER = PROFILES.apiserver;
const lasting = (seconds: number): { notBefore: Instant; notAfter: Instant } => ({
  notBefore: START,
  notAfter: secondsAfter(START, seconds),
});

describe('renewal is due', () => {
  // The first four are the cases of the public code's own tests: 10 seconds of validity, 3 of them the last 30 %.
  test.each<[ProfileId, number, number]>([
    ['csi', 10, 7],
    ['csi', 100, 70],
    // 30 % of 11 seconds are 3.3: the first whole second after 7.7.
    ['csi', 11, 8],
    ['csi', 1, 1],
    ['csi', 90 * 86_400, 63 * 86_400],
    ['csi', 60 * 86_400, 42 * 86_400],
    ['apiserver', 4 * 86_400, 3 * 86_400],
    ['kubelet-client', 4 * 86_400, (4 * 86_400 * 4) / 5],
    ['cloud-agent-ca', 365 * 86_400, 275 * 86_400],
  ])('for %s of %d seconds after %d', (id, seconds, due) => {
    expect(renewalDueAt(PROFILES[id], lasting(seconds))).toBe(secondsAfter(START, due));
  });

  test('at the first whole second at which no more than 30 % is left, for every length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * 86_400 }), (seconds) => {
        const due = renewalDueAt(MOC, lasting(seconds));
        // In whole numbers: left * 10 <= length * 3.
        const dueSeconds = (Date.parse(due ?? '') - Date.parse(START)) / 1000;
        expect((seconds - dueSeconds) * 10).toBeLessThanOrEqual(seconds * 3);
        expect((seconds - (dueSeconds - 1)) * 10).toBeGreaterThan(seconds * 3);
      }),
    );
  });

  test('never for roots of a cluster and for the article’s exceptions', () => {
    const never = PROFILE_IDS.filter((id) => renewalDueAt(PROFILES[id], lasting(100)) === undefined);
    expect(never).toEqual(['cluster-ca', 'etcd-ca', 'front-proxy-ca', 'kubelet-server', 'super-admin', 'extra-admin']);
    for (const id of never) expect(renewalRetryAt(PROFILES[id], lasting(100), START)).toBeUndefined();
  });

  test.each([
    [90, 43.2 * 3_600],
    [60, 28.8 * 3_600],
  ])('and of %d days it is tried again every %d seconds', (days, seconds) => {
    const again = renewalRetryAt(MOC, lasting(days * 86_400), START);
    expect(again).toBe(secondsAfter(START, seconds));
  });
});

describe('the verdict', () => {
  const DAY = 86_400;
  const validity = lasting(90 * DAY);
  const ask = (seconds: number, more: Partial<RenewalQuestion> = {}) =>
    renewalVerdict({ profile: MOC, validity, now: secondsAfter(START, seconds), isRevoked: false, ...more });
  const dueAt = secondsAfter(START, 63 * DAY);

  test.each([
    ['one second before it begins', -1, { verdict: 'refused', reason: 'not-yet-valid' }],
    ['when it begins', 0, { verdict: 'not-due', dueAt }],
    ['one second before it is due', 63 * DAY - 1, { verdict: 'not-due', dueAt }],
    ['when it is due', 63 * DAY, { verdict: 'due', dueAt }],
    ['one second later', 63 * DAY + 1, { verdict: 'due', dueAt }],
    ['in its last second', 90 * DAY, { verdict: 'due', dueAt }],
    ['one second after its end', 90 * DAY + 1, { verdict: 'refused', reason: 'expired' }],
  ])('%s', (_title, seconds, verdict) => {
    expect(ask(seconds)).toEqual(verdict);
  });

  test('refuses what is revoked, whether due or not', () => {
    for (const seconds of [0, 63 * DAY, 90 * DAY])
      expect(ask(seconds, { isRevoked: true })).toEqual({ verdict: 'refused', reason: 'revoked' });
  });

  test.each([
    [-1, 'waits'],
    [0, 'due'],
    [1, 'due'],
  ])('%d seconds from the next try after a failed one is: %s', (seconds, verdict) => {
    const triedAt = dueAt;
    const retry = 63 * DAY + 43.2 * 3_600;
    expect(ask(retry + seconds, { triedAt })).toMatchObject({ verdict });
    if (verdict === 'waits')
      expect(ask(retry + seconds, { triedAt })).toMatchObject({ retryAt: secondsAfter(START, retry) });
  });

  test('does not let a certificate wait beyond its end', () => {
    const triedAt = secondsAfter(START, 90 * DAY - 1);
    expect(ask(90 * DAY + 1, { triedAt })).toEqual({ verdict: 'refused', reason: 'expired' });
  });

  test('is “nobody” for the exceptions, also when they have expired or are revoked', () => {
    for (const profile of [PROFILES['kubelet-server'], PROFILES['super-admin']])
      for (const seconds of [0, 90 * DAY, 91 * DAY])
        expect(ask(seconds, { profile, isRevoked: true })).toEqual({ verdict: 'nobody' });
  });
});

describe('a renewed certificate of a cluster', () => {
  const ports = testPorts();
  let issuer: SigningAuthority;
  beforeAll(async () => {
    const template = templateOfProfile({ profile: PROFILES['cluster-ca'], values: {}, serialHex: '01', now: START });
    issuer = issueRoot(ports, { template, key: await ports.keys.generate('p-384') });
  });

  async function leaf(algorithm: KeyAlgorithm): Promise<IssuedCertificate> {
    const key = await ports.keys.generate(algorithm);
    const template = templateOfProfile({
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
    'has a new key (%s), serial number and date, and all else as before',
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
      // Five minutes back, as every certificate of a cluster.
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
    writeFileSync(ca, pemOf('CERTIFICATE', issuer.der));
    writeFileSync(file, pemOf('CERTIFICATE', renewed.der));
    const said = openssl(
      ...['verify', '-x509_strict', '-attime', String(Date.parse(START) / 1000)],
      ...['-purpose', 'sslserver', '-verify_ip', 'fd00::11', '-CAfile', ca, file],
    );
    expect(String(said)).toContain('OK');
  });

  test('keeps a subject that this engine would not make, and refuses names that it would lose', async () => {
    const { spki } = await ports.keys.generate('p-256');
    const { facts } = await leaf('p-256');
    const template = {
      serialHex: '02',
      subject: { commonName: 'x', organizations: [] },
      isCa: false,
      sans: { dns: ['a'], ip: [] },
      keyUsage: [],
      extendedKeyUsage: [],
      ...lasting(60),
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
