import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Materials } from '../../../core/simulation/materialise.ts';
import type { SigningAuthority } from '../../../core/pki/issue/issue.ts';
import type { CertificateState } from '../../../core/simulation/state.ts';
import { DAY_MS, epochMs, SECOND_MS } from '../../../core/shared/instant.ts';
import { encodeHex } from '../../../core/formats/der/hex.ts';
import { encodePem } from '../../../core/formats/der/pem.ts';
import { nodeCrypto } from '../../../core/node/crypto.ts';
import type { Keys } from '../../../core/shared/ports.ts';
import { NAME_OPTIONS, openssl } from '../../support/openssl.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import table from '../../fixtures/profiles.json';
import { quickKeys } from '../sample/quick-keys.ts';
import { DOCUMENTED, certificateByHand, fillFor } from '../pki/profiles-by-hand.ts';
import { Life, START } from './deployment.ts';

/**
 * By day 80, the clients of the cloud agent have renewed their certificates once, and the clusters theirs many times.
 */
const life = new Life().pass(80 * DAY_MS);
const { state } = life;

const asked: string[] = [];
const quick = quickKeys();
const keys: Keys = {
  ...quick,
  generate: (algorithm) => {
    asked.push(algorithm);
    return quick.generate(algorithm);
  },
};
const ports = { keys, crypto: nodeCrypto() };
const materials = new Materials(ports);
let made: { record: CertificateState; certificate: SigningAuthority }[];

beforeAll(async () => {
  made = await Promise.all(
    state.certificates.map(async (record) => ({ record, certificate: await materials.certificate(state, record) })),
  );
});

const second = (moment: string): string => new Date(moment).toISOString();

describe('a certificate made from a record', () => {
  test('has the values of the record', () => {
    for (const { record, certificate } of made) {
      const read = new X509Certificate(certificate.der);
      expect(read.serialNumber.toLowerCase().replace(/^0+/u, '')).toBe(record.serialHex.replace(/^0+/u, ''));
      expect(new Date(read.validFrom).toISOString()).toBe(second(record.notBefore));
      expect(new Date(read.validTo).toISOString()).toBe(second(record.notAfter));
      const { commonName, organizations } = record.subject;
      expect(read.subject.split('\n').sort()).toEqual(
        [...organizations.map((name) => `O=${name}`), `CN=${commonName}`].sort(),
      );
      const names = (read.subjectAltName ?? '').split(', ').filter((name) => name !== '');
      expect(names).toHaveLength(record.sans.dns.length + record.sans.ip.length);
    }
  });

  test("is signed by the certificate of the record's issuer, and has the matching key", () => {
    const byId = new Map(made.map(({ record, certificate }) => [record.id, certificate]));
    for (const { record, certificate } of made) {
      const issuer = byId.get(record.issuer);
      const read = new X509Certificate(certificate.der);
      expect(read.verify(new X509Certificate(issuer?.der ?? '').publicKey)).toBe(true);
      const spki = read.publicKey.export({ type: 'spki', format: 'der' });
      expect(encodeHex(certificate.key.spki)).toBe(spki.toString('hex'));
    }
  });

  test('has its own key, of the first key type that the table lists for its profile', () => {
    const spkis = made.map(({ certificate }) => encodeHex(certificate.key.spki));
    expect(new Set(spkis).size).toBe(made.length);
    const originals = made.filter(({ record }) => record.original !== undefined).length;
    const ofMoc = made.filter(
      ({ record }) => record.original !== undefined && record.holder.kind === 'identity',
    ).length;
    expect(originals).toBeGreaterThan(ofMoc);
    const wanted = made.map(({ record }) => certificateByHand(record, state).firstKey);
    const count = (list: readonly string[], algorithm: string): number =>
      list.filter((each) => each === algorithm).length;
    // The first certificate of a chain is also created in the MOC layer, where the renewed certificates contain it.
    expect(count(asked, 'rsa-2048')).toBe(count(wanted, 'rsa-2048') + ofMoc);
    expect(count(asked, 'p-384')).toBe(count(wanted, 'p-384'));
    expect(count(asked, 'p-256')).toBe(count(wanted, 'p-256'));
  });

  test('is created once, however often it is requested', async () => {
    const before = asked.length;
    for (const { record, certificate } of made.slice(0, 5))
      expect(await materials.certificate(state, record)).toBe(certificate);
    expect(asked).toHaveLength(before);
  });
});

test('the renewed certificate of a client of the cloud agent contains the whole first certificate of its chain', () => {
  const renewed = made.filter(({ record }) => record.holder.kind === 'identity' && record.renewCount > 0);
  expect(renewed.length).toBeGreaterThan(5);
  for (const { record, certificate } of renewed) {
    const { moc } = certificate.facts;
    expect(moc?.renewCount).toBe(record.renewCount);
    const original = new X509Certificate(Buffer.from(moc?.originalCertificate ?? '', 'hex'));
    expect(original.serialNumber.toLowerCase().padStart(16, '0')).toBe(record.original?.serialHex.padStart(16, '0'));
    expect(new Date(original.validFrom).toISOString()).toBe(second(record.original?.notBefore ?? ''));
    expect(original.verify(new X509Certificate(findIssuer(record)).publicKey)).toBe(true);
  }
});

function findIssuer({ original }: CertificateState): Uint8Array {
  const issuer = made.find(({ record }) => record.id === original?.issuer);
  if (issuer === undefined) throw new Error('no issuer');
  return issuer.certificate.der;
}

test('a later CA does not replace the earlier one', async () => {
  const later = new Life(state)
    .succeed({ kind: 'Invoke-AksHciRotateCACertificate', stage: 'both-trusted' })
    .pass(70 * DAY_MS).state;
  const [old, added] = later.cloudAgent.trusted;
  const before = made.find(({ record }) => record.id === old);
  expect(await materials.authority(later, old ?? '')).toBe(before?.certificate);
  const fresh = await materials.authority(later, added ?? '');
  expect(fresh.facts.subject.cn).toBe('cloud-agent-ca');
  expect(encodeHex(fresh.key.spki)).not.toBe(encodeHex(before?.certificate.key.spki ?? new Uint8Array()));
});

test('openssl accepts the chain of an API server', async () => {
  const folder = temporaryFolder();
  const write = (name: string, { certificate }: (typeof made)[number]): string => {
    const path = join(folder, name);
    writeFileSync(path, encodePem('CERTIFICATE', certificate.der));
    return path;
  };
  const findInRetail = (profile: string): (typeof made)[number] => {
    const found = made.find(({ record }) => record.cluster === 'retail' && record.profile === profile);
    if (found === undefined) throw new Error(profile);
    return found;
  };
  const at = String(Date.parse(state.now) / 1000);
  const ca = write('ca.crt', findInRetail('cluster-ca'));
  const server = write('apiserver.crt', findInRetail('apiserver'));
  expect(
    openssl(
      ...['verify', '-x509_strict', '-purpose', 'sslserver', '-attime', at, '-CAfile', ca],
      ...['-auth_level', '0', '-verify_hostname', 'kubernetes.default.svc', server],
    ).toString(),
  ).toContain(': OK');
});

describe('a certificate of each profile, as openssl reads it,', () => {
  const fresh = new Life().succeed({ kind: 'New-MocIdentity', name: 'alice', validityDays: 90 });
  const issued = new Materials(ports);
  const kinds = new Map(
    fresh.state.certificates
      .toReversed()
      .map((record) => [record.holder.kind === 'workstation' ? 'a kubeconfig' : record.profile, record]),
  );
  const findRecord = (kind: string): CertificateState => {
    const record = kinds.get(kind);
    if (record === undefined) throw new Error(`no ${kind}`);
    return record;
  };
  const read = async (kind: string): Promise<Printed> => {
    const { der } = await issued.certificate(fresh.state, findRecord(kind));
    const path = join(temporaryFolder(), 'certificate.crt');
    writeFileSync(path, encodePem('CERTIFICATE', der));
    return readWithOpenssl(path);
  };

  test('exists for every row of the table', () => {
    expect([...kinds.keys()].sort()).toEqual(['a kubeconfig', ...table.map(({ profile }) => profile)].sort());
  });

  test.each([...kinds.keys()])('has the values of the handwritten table for %s', async (kind) => {
    const record = findRecord(kind);
    const expected = certificateByHand(record, fresh.state);
    const { organizations, commonName, dns, ip, keyUsage, extendedKeyUsage, issuer } = expected;
    const startMs = epochMs(START);
    expect(await read(kind)).toEqual({
      subject: [...organizations.map((name) => `O=${name}`), `CN=${commonName}`].join(', '),
      issuer: `CN=${certificateByHand(findRecord(issuer === 'self' ? kind : issuer), fresh.state).commonName}`,
      notBeforeMs: startMs - expected.backdatingMs,
      // The validity period includes its last second.
      notAfterMs: startMs + expected.lifeMs - SECOND_MS,
      names: [...dns.map((name) => `DNS:${name}`), ...ip.map((address) => `IP Address:${longForm(address)}`)],
      keyUsage: keyUsage.map((usage) => USAGES[usage]),
      extendedKeyUsage: extendedKeyUsage.map((usage) => USAGES[usage]),
      constraints: issuer === 'self' ? 'CA:TRUE' : 'CA:FALSE',
      // The cloud agent adds the identity to the certificate. Source: microsoft/moc, the extension for the access
      // identity.
      hasIdentity: record.holder.kind === 'identity',
    });
  });

  test.each(DOCUMENTED)('has the values that Kubernetes documents for $profile', async (row) => {
    const fill = fillFor(findRecord(row.profile), fresh.state);
    const organization = row.organization === undefined ? '' : `O=${row.organization}, `;
    const found = await read(row.profile);
    expect(found.subject).toBe(`${organization}CN=${fill(row.commonName)}`);
    expect(found.issuer).toBe(`CN=${row.parent}`);
    expect(found.keyUsage).toEqual(['Digital Signature', ...(row.withoutEncipherment ? [] : ['Key Encipherment'])]);
    const purposes = { server: 'TLS Web Server Authentication', client: 'TLS Web Client Authentication' };
    expect(found.extendedKeyUsage).toEqual(row.kind.map((kind) => purposes[kind]));
    const { hosts } = row;
    if (hosts === undefined) expect(found.names).toEqual([]);
    else
      expect(found.names).toEqual(
        expect.arrayContaining(
          hosts.map(fill).map((host) => (/^[\d.]+$/u.test(host) ? `IP Address:${host}` : `DNS:${host}`)),
        ),
      );
  });
});

/** The names that openssl uses for the usages of RFC 5280. */
const USAGES: Partial<Record<string, string>> = {
  digitalSignature: 'Digital Signature',
  keyEncipherment: 'Key Encipherment',
  keyCertSign: 'Certificate Sign',
  cRLSign: 'CRL Sign',
  serverAuth: 'TLS Web Server Authentication',
  clientAuth: 'TLS Web Client Authentication',
};

interface Printed {
  subject: string;
  issuer: string;
  notBeforeMs: number;
  notAfterMs: number;
  names: string[];
  keyUsage: string[];
  extendedKeyUsage: string[];
  constraints: string;
  hasIdentity: boolean;
}

function readWithOpenssl(path: string): Printed {
  const text = openssl('x509', '-in', path, '-noout', '-text', ...NAME_OPTIONS).toString();
  const value = (label: RegExp): string =>
    new RegExp(`${label.source}(?: critical)?\\s*(.+)`, 'u').exec(text)?.[1]?.trim() ?? '';
  const list = (label: RegExp): string[] =>
    value(label)
      .split(', ')
      .filter((each) => each !== '');
  return {
    subject: value(/Subject:/u),
    issuer: value(/Issuer:/u),
    notBeforeMs: Date.parse(value(/Not Before:/u)),
    notAfterMs: Date.parse(value(/Not After :/u)),
    names: list(/Subject Alternative Name:/u),
    keyUsage: list(/X509v3 Key Usage:/u),
    extendedKeyUsage: list(/Extended Key Usage:/u),
    constraints: value(/Basic Constraints:/u),
    hasIdentity: /(?:id-aca-accessIdentity|1\.3\.6\.1\.5\.5\.7\.10\.2):/u.test(text),
  };
}

function longForm(address: string): string {
  return address === '::1' ? '0:0:0:0:0:0:0:1' : address;
}
