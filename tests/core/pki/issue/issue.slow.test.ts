import { X509Certificate as NodeCertificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { issueCertificate, issueRoot, type SigningAuthority } from '../../../../core/pki/issue/issue.ts';
import { buildProfileTemplate } from '../../../../core/pki/issue/profile-template.ts';
import { newSerial } from '../../../../core/pki/issue/serial.ts';
import { PROFILES } from '../../../../core/pki/model/profiles.ts';
import { instant } from '../../../../core/shared/instant.ts';
import { KEY_ALGORITHMS } from '../../../../core/shared/certificates/key-algorithm.ts';
import { PROFILE_IDS } from '../../../../core/pki/model/profile.ts';
import type { CertificateTemplate } from '../../../../core/shared/certificates/certificate-template.ts';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { openssl } from '../../../support/openssl.ts';
import { testPorts } from '../../../support/ports.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const ports = testPorts();
const NOW = instant('2026-11-24T12:00:00Z');
const VALUES = {
  cluster: 'retail-east',
  node: 'retail-east-control-plane-1',
  host: 'host01',
  identity: 'kvactl-admin-7f3c',
  'cloud-agent-fqdn': 'ca-5b1f0c2e.contoso.example',
  'node-ip': ['10.0.0.11', 'fd00::11'],
  'host-ip': '10.0.0.1',
  'service-ip': '10.96.0.1',
  endpoint: ['172.16.255.14', 'api.retail-east.contoso.example'],
  'service-domain': 'cluster.local',
};

let root: SigningAuthority;
beforeAll(async () => {
  root = issueRoot(ports, {
    template: buildProfileTemplate({ profile: PROFILES['cluster-ca'], values: VALUES, serialHex: '01', now: NOW }),
    key: await ports.keys.generate('p-384'),
  });
});

async function issueLeaf(template: CertificateTemplate) {
  const key = await ports.keys.generate('p-256');
  return issueCertificate(ports, { template, subjectSpki: key.spki, issuer: root });
}

describe('a certificate of every profile', () => {
  test.each(PROFILE_IDS)('%s: Node reads the values of the profile', async (id) => {
    const profile = PROFILES[id];
    const template = buildProfileTemplate({
      profile,
      values: VALUES,
      serialHex: newSerial(ports.keys, profile.serialBits.value),
      now: NOW,
    });
    const { der, facts } = await issueLeaf(template);
    const peer = new NodeCertificate(der);
    expect(peer.serialNumber.toLowerCase()).toBe(template.serialHex);
    expect(new Date(peer.validFrom).getTime()).toBe(Date.parse(NOW) - profile.backdatingMs.value);
    expect(new Date(peer.validTo).getTime()).toBe(Date.parse(NOW) + profile.validityMs.value);
    expect(peer.ca).toBe(profile.issuer.value === 'self');
    expect(peer.checkIssued(new NodeCertificate(root.der))).toBe(true);
    expect(peer.verify(new NodeCertificate(root.der).publicKey)).toBe(true);
    expect(facts.keyUsage).toEqual(profile.keyUsage.value);
    expect(facts.extendedKeyUsage).toEqual(profile.extendedKeyUsage.value);
    expect(facts.findings).toEqual([]);
  });

  test('the API server certificate has the names and addresses that kubeadm writes', async () => {
    const template = buildProfileTemplate({ profile: PROFILES.apiserver, values: VALUES, serialHex: '02', now: NOW });
    const { der } = await issueLeaf(template);
    expect(new NodeCertificate(der).subjectAltName).toBe(
      [
        'DNS:kubernetes, DNS:kubernetes.default, DNS:kubernetes.default.svc',
        'DNS:kubernetes.default.svc.cluster.local, DNS:retail-east-control-plane-1',
        'DNS:api.retail-east.contoso.example, IP Address:10.96.0.1, IP Address:10.0.0.11',
        'IP Address:FD00:0:0:0:0:0:0:11, IP Address:172.16.255.14',
      ].join(', '),
    );
  });
});

test.each(KEY_ALGORITHMS)('openssl verifies a leaf under a root with a key of %s', async (algorithm) => {
  const folder = temporaryFolder();
  const at = instant('2026-11-25T00:00:00Z');
  const key = await ports.keys.generate(algorithm);
  const values = { ...VALUES, cluster: 'zweigstelle münchen' };
  const authority = issueRoot(ports, {
    template: buildProfileTemplate({ profile: PROFILES['etcd-ca'], values, serialHex: '80', now: NOW }),
    key,
  });
  const template = buildProfileTemplate({ profile: PROFILES['etcd-peer'], values, serialHex: 'ff00ff', now: NOW });
  const leaf = issueCertificate(ports, { template, subjectSpki: key.spki, issuer: authority });
  const [caFile, leafFile] = [join(folder, 'ca.pem'), join(folder, 'leaf.pem')];
  writeFileSync(caFile, encodePem('CERTIFICATE', authority.der));
  writeFileSync(leafFile, encodePem('CERTIFICATE', leaf.der));
  const seconds = String(Date.parse(at) / 1000);
  const said = openssl('verify', '-x509_strict', '-attime', seconds, '-CAfile', caFile, leafFile);
  expect(String(said)).toContain('leaf.pem: OK');
});

test('several organizations are all read back, whatever their order', async () => {
  const template: CertificateTemplate = {
    serialHex: '0a',
    subject: { commonName: '管理者', organizations: ['system:masters', 'a', 'Ünter'] },
    sans: { dns: [], ip: [] },
    notBefore: NOW,
    notAfter: instant('2050-01-01T00:00:00Z'),
    keyUsage: [],
    extendedKeyUsage: ['clientAuth'],
    isCa: false,
  };
  const { facts, der } = await issueLeaf(template);
  expect(facts.subject.o.toSorted()).toEqual(['a', 'system:masters', 'Ünter'].toSorted());
  expect(facts.subject.cn).toBe('管理者');
  expect(new NodeCertificate(der).validTo).toBe('Jan  1 00:00:00 2050 GMT');
});

test('serial numbers are positive, no longer than requested, and all different', () => {
  for (const bits of [63, 128] as const) {
    const serials = Array.from({ length: 500 }, () => newSerial(ports.keys, bits));
    expect(new Set(serials).size).toBe(500);
    for (const serial of serials) {
      const value = BigInt(`0x${serial}`);
      expect(value > 0n && value < 1n << BigInt(bits)).toBe(true);
      expect(serial).toMatch(/^(?!00)(?:[0-9a-f]{2})+$/u);
    }
  }
});
