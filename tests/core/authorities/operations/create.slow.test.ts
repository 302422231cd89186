import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { NewAuthorityRequest } from '../../../../core/authorities/contract.ts';
import { createAuthority } from '../../../../core/authorities/operations/create.ts';
import type { KeyAlgorithm } from '../../../../core/shared/certificates/key-algorithm.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';
import { aScenario, emptyScenario, FQDN, readDataFolder, PASSPHRASE, catchProblem } from './scenario.ts';

const REQUEST: NewAuthorityRequest = { name: 'retail-east', kind: 'kubernetes', passphrase: PASSPHRASE };

describe('a new authority of a cluster', () => {
  test('has the three CAs of the article, valid for ten years, each self-signed with its own P-384 key', async () => {
    const { store, id } = await aScenario('kubernetes');
    const { entries } = store.get(id);
    expect(entries.map(({ profile }) => profile)).toEqual(['cluster-ca', 'etcd-ca', 'front-proxy-ca']);
    for (const { der, issuer, keyFile } of entries) {
      const peer = new X509Certificate(der);
      expect(peer.ca && peer.verify(peer.publicKey)).toBe(true);
      expect(peer.publicKey.asymmetricKeyDetails?.namedCurve).toBe('secp384r1');
      expect(Date.parse(peer.validTo)).toBe(Date.parse('2036-11-21T12:00:00Z'));
      expect(issuer).toBe('self');
      expect((await store.getKeyring(id).key(keyFile ?? ('' as never))).spki).toEqual(
        new Uint8Array(peer.publicKey.export({ type: 'spki', format: 'der' })),
      );
    }
    expect(new Set(entries.map(({ keyFile }) => keyFile)).size).toBe(3);
    expect(await store.getKeyring(id).keyIds()).toHaveLength(3);
    expect(store.get(id)).not.toHaveProperty('cloudAgent');
  });

  test('stores neither key nor passphrase unencrypted', async () => {
    const scenario = await aScenario('kubernetes');
    const { store, ports, id } = scenario;
    const text = await readDataFolder(scenario);
    expect(text).not.toContain('PRIVATE KEY');
    expect(text).not.toContain(PASSPHRASE);
    for (const keyId of await store.getKeyring(id).keyIds()) {
      const der = ports.keys.exportPrivateKey(await store.getKeyring(id).key(keyId), 'pkcs8');
      expect(text).not.toContain(Buffer.from(der).toString('latin1'));
      expect(text).not.toContain(Buffer.from(der).toString('base64').slice(40, 80));
    }
  });

  test('can have other key types, if its profiles allow them', async () => {
    const scenario = await emptyScenario();
    const refused = await catchProblem(() => createAuthority(scenario, { ...REQUEST, keyAlgorithm: 'p-256' }));
    expect(refused).toEqual({
      code: 'issue.key-not-allowed',
      params: { profile: 'cluster-ca', algorithm: 'p-256', allowed: 'p-384, rsa-4096' },
    });
    expect(scenario.store.list()).toEqual([]);
  });
});

describe('a new authority of a cloud agent', () => {
  test('has a CA valid for a year, a server certificate and a key for tokens', async () => {
    const { store, id } = await aScenario('moc');
    const { entries, cloudAgent } = store.get(id);
    const [ca, server] = entries.map(({ der }) => new X509Certificate(der));
    expect(entries.map(({ profile }) => profile)).toEqual(['cloud-agent-ca', 'cloud-agent-server']);
    expect(ca?.verify(ca.publicKey)).toBe(true);
    expect(Date.parse(ca?.validTo ?? '')).toBe(Date.parse('2027-11-24T12:00:00Z'));
    expect(ca && server?.checkIssued(ca)).toBe(true);
    expect(ca && server?.verify(ca.publicKey)).toBe(true);
    expect(server?.checkHost(FQDN)).toBe(FQDN);
    expect(entries[1]?.issuer).toBe(entries[0]?.id);
    expect(cloudAgent?.state).toMatchObject({ fqdn: FQDN, port: 55_000, identities: [] });
    const tokenKey = cloudAgent?.tokenKeyFile ?? ('' as never);
    expect((await store.getKeyring(id).key(tokenKey)).algorithm).toBe('rsa-2048');
    expect(entries.map(({ keyFile }) => keyFile)).not.toContain(tokenKey);
  });

  test('has RSA keys of 2048 bits, like MOC', async () => {
    const asked: KeyAlgorithm[] = [];
    const scenario = await emptyScenario(undefined, asked);
    const request = { ...REQUEST, kind: 'moc' as const, cloudAgentFqdn: FQDN };
    await createAuthority(scenario, request);
    expect(asked).toEqual(['rsa-2048', 'rsa-2048', 'rsa-2048']);
  });

  test.each([
    ['without its name', undefined, 'issue.value-missing'],
    ['with an invalid name', 'ca_1.contoso.example', 'issue.value-invalid'],
    ['with an address in place of a name', '10.0.0.5', 'issue.value-invalid'],
    ['with a name too long for a subject', `ca-${'a'.repeat(60)}.example`, 'issue.name-too-long'],
  ])('is refused %s', async (_title, cloudAgentFqdn, code) => {
    const scenario = await emptyScenario();
    const request = { ...REQUEST, kind: 'moc' as const };
    const refused = await catchProblem(() =>
      createAuthority(scenario, { ...request, ...(cloudAgentFqdn !== undefined && { cloudAgentFqdn }) }),
    );
    expect(refused.code).toBe(code);
    expect(scenario.ports.files.paths()).toEqual([]);
  });
});

describe('nothing remains of an authority after a failure because of', () => {
  test.each([
    ['a passphrase that is too short', { passphrase: 'short' }, 'passphrase.too-short'],
    ['an empty name', { name: ' ' }, 'authority.name-invalid'],
  ])('%s', async (_title, change, code) => {
    const scenario = await emptyScenario();
    const refused = await catchProblem(() => createAuthority(scenario, { ...REQUEST, ...change }));
    expect(refused.code).toBe(code);
    expect(scenario.store.list()).toEqual([]);
    expect(scenario.ports.files.paths()).toEqual([]);
  });

  test.each([0, 1, 2, 3, 4, 5, 6])('a disk that has room for only %i of its files', async (most) => {
    const scenario = await emptyScenario();
    const { files } = scenario.ports;
    const replace = files.replace.bind(files);
    let written = 0;
    files.replace = async (path, content) => {
      if (written === most) throw new ConsoleError('file.not-writable', { path });
      written += 1;
      await replace(path, content);
    };
    const refused = await catchProblem(() => createAuthority(scenario, REQUEST));
    expect(refused.code).toMatch(/not-writable$/u);
    expect(scenario.store.list()).toEqual([]);
    files.replace = replace;
    const next = await emptyScenario(files);
    expect(next.store.list()).toEqual([]);
    expect((await createAuthority(next, REQUEST)).entries).toHaveLength(3);
  });

  test('a name that is already used, and the existing authority stays unchanged', async () => {
    const scenario = await aScenario('kubernetes');
    const before = scenario.store.get(scenario.id);
    const refused = await catchProblem(() => createAuthority(scenario, { ...REQUEST, name: 'RETAIL-EAST' }));
    expect(refused.code).toBe('authority.name-taken');
    expect(scenario.store.list()).toEqual([before]);
  });
});
