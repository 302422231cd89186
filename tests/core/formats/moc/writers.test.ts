import { createPrivateKey, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { CLIENT_TYPES } from '../../../../core/pki/model/identity.ts';
import { writeAccessFile } from '../../../../core/formats/moc/access-file-writer.ts';
import { writeLoginFile, type LoginFileContent } from '../../../../core/formats/moc/login-file-writer.ts';
import { recognise } from '../../../../core/formats/recognise.ts';
import { aCloudAgent, aCloudAgentCa, logIn, getTokenKey } from '../../../support/cloud-agent.ts';
import { testPorts } from '../../../support/ports.ts';

const ports = testPorts();
const agent = await aCloudAgent(ports);
const old = await aCloudAgentCa(ports, '01');
const client = await logIn(ports, agent, { name: 'KMSPlugin-retail-east-moc-kms-plugin' });
const AUTHORITIES = [agent.signer.der, old.der];

const LOGIN: LoginFileContent = {
  name: 'KMSPlugin-retail-east-moc-kms-plugin',
  token: client.token,
  authorities: AUTHORITIES,
  clientType: 'ControlPlane',
  cloudFqdn: 'ca-5b1f0c2e.contoso.example',
  cloudPort: 55_000,
  cloudAuthPort: 65_000,
  location: 'MocLocation',
};
const parseCertificates = (base64: string): X509Certificate[] =>
  Buffer.from(base64, 'base64')
    .toString()
    .split(/(?<=END CERTIFICATE-----\n)/u)
    .map((pem) => new X509Certificate(pem));

test('a login file has exactly the lower-case fields of MOC, with their values', () => {
  const text = writeLoginFile(LOGIN);
  const fields = parse(text) as Record<string, unknown>;
  expect(Object.keys(fields)).toEqual([
    ...['name', 'token', 'certificate', 'clienttype', 'cloudfqdn', 'cloudport', 'cloudauthport'],
    ...['location', 'type'],
  ]);
  expect(fields).toMatchObject({
    name: LOGIN.name,
    token: client.token,
    clienttype: 'ControlPlane',
    cloudfqdn: LOGIN.cloudFqdn,
    cloudport: 55_000,
    cloudauthport: 65_000,
    location: 'MocLocation',
    type: 'CA-Signed',
  });
  const [newest, oldest] = parseCertificates(String(fields['certificate']));
  expect([newest?.raw, oldest?.raw]).toEqual(AUTHORITIES.map((der) => Buffer.from(der)));
  expect(text.split('\n').every((line) => /^[a-z]+: \S/u.test(line) || line === '')).toBe(true);
});

test('a login file is read back with its token, identity and both CAs', () => {
  const found = recognise(Buffer.from(writeLoginFile(LOGIN)));
  expect(found.findings).toEqual([]);
  expect(found.format).toBe('login-file');
  expect(found.certificates.map(({ der }) => Buffer.from(der))).toEqual(AUTHORITIES.map((der) => Buffer.from(der)));
  expect(found.tokens).toMatchObject([
    {
      origin: { identityName: LOGIN.name, clientType: 'ControlPlane', cloudFqdn: LOGIN.cloudFqdn },
      token: {
        form: 'jwt',
        issuer: 'wssdagentsvc',
        notBefore: '2026-11-24T12:00:00Z',
        notAfter: '2027-02-22T12:00:00Z',
      },
    },
  ]);
});

test('any name in a login file is read back, even one that looks like a number or a tag', () => {
  const name = fc.oneof(
    fc.string({ minLength: 1, maxLength: 20 }),
    fc.constantFrom('12', '1e3', 'true', 'no', '!!str a', '- a', '# a', 'a: b', '{}', "'", '"', '~'),
  );
  fc.assert(
    fc.property(name, fc.constantFrom(...CLIENT_TYPES), (someName, clientType) => {
      const text = writeLoginFile({ ...LOGIN, name: someName, clientType });
      expect(parse(text)).toMatchObject({ name: someName, clienttype: clientType });
    }),
    { numRuns: 30 },
  );
});

test('an access file has the fields of MOC and is read back with its key', async () => {
  const rsa = await getTokenKey();
  const pkcs1 = ports.keys.exportPrivateKey(rsa, 'traditional');
  const content = {
    authorities: AUTHORITIES,
    certificate: client.certificate.der,
    rsaPrivateKey: pkcs1,
    identityName: LOGIN.name,
  };
  const text = writeAccessFile({ ...content, withType: true });
  const file = JSON.parse(text) as Record<string, string>;
  expect(Object.keys(file)).toEqual([
    'CloudCertificate',
    'ClientCertificate',
    'ClientKey',
    'IdentityName',
    'ClientCertificateType',
  ]);
  expect(file['IdentityName']).toBe(LOGIN.name);
  expect(file['ClientCertificateType']).toBe('CA-Signed');
  expect(parseCertificates(file['CloudCertificate'] ?? '')).toHaveLength(2);
  const keyPem = Buffer.from(file['ClientKey'] ?? '', 'base64').toString();
  expect(keyPem).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/u);
  const key = createPrivateKey(keyPem);
  expect(key.export({ type: 'pkcs1', format: 'der' })).toEqual(Buffer.from(pkcs1));

  const found = recognise(Buffer.from(text));
  expect(found.format).toBe('access-file');
  expect(found.findings).toEqual([]);
  expect(found.certificates.map(({ entry }) => entry)).toEqual([
    'CloudCertificate#1',
    'CloudCertificate#2',
    'ClientCertificate',
  ]);
  expect(found.keys).toHaveLength(1);
  expect(ports.crypto.derivePublicKey(found.keys[0]?.keyPem ?? '')).toEqual({ outcome: 'read', spki: rsa.spki });
  expect(writeAccessFile({ ...content, withType: false })).not.toContain('ClientCertificateType');
});
