import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { issueOperation, signRequestOperation } from '../../../../core/authorities/operations/issue.ts';
import { createRequest } from '../../../../core/pki/issue/create-request.ts';
import { PROFILES } from '../../../../core/pki/model/profiles.ts';
import { DAY_MS, instantFromMs, epochMs } from '../../../../core/shared/instant.ts';
import { listPlaceholders } from '../../../../core/pki/model/profile-placeholders.ts';
import { IDENTITY_PROFILE_IDS, PROFILE_IDS, type ProfileId } from '../../../../core/pki/model/profile.ts';
import { aScenario, findEntry, issueProfile, readDataFolder, catchProblem, reopen } from './scenario.ts';

/** A value for every placeholder of the profiles. */
const VALUES = {
  cluster: ['retail-east'],
  node: ['worker-1'],
  host: ['host01'],
  identity: ['admin2'],
  'cloud-agent-fqdn': ['ca-1.contoso.example'],
  'node-ip': ['10.0.0.21'],
  'host-ip': ['10.0.0.5'],
  'service-ip': ['10.96.0.1'],
  endpoint: ['172.16.255.14', 'api.contoso.example'],
  'service-domain': ['cluster.local'],
};
const LEAVES = PROFILE_IDS.filter((id) => PROFILES[id].issuer.value !== 'self');

function valuesFor(profile: ProfileId): Record<string, string[]> {
  const known: string[] = listPlaceholders(PROFILES[profile]).map(({ name }) => name);
  return Object.fromEntries(Object.entries(VALUES).filter(([name]) => known.includes(name)));
}

const authorityKind = (profile: ProfileId) =>
  PROFILES[profile].layer === 'moc' ? ('moc' as const) : ('kubernetes' as const);

describe('a certificate of every profile', () => {
  test.each(LEAVES)('%s', async (profile) => {
    const scenario = await aScenario(authorityKind(profile));
    const { store, id, ports } = scenario;
    const entry = await issueProfile(scenario, profile, { values: valuesFor(profile) });
    const wanted = PROFILES[profile];
    const peer = new X509Certificate(entry.der);
    const ca = new X509Certificate(findEntry(scenario, wanted.issuer.value as ProfileId).der);
    expect(peer.checkIssued(ca) && peer.verify(ca.publicKey)).toBe(true);
    const now = epochMs(ports.clock.now());
    expect(Date.parse(peer.validTo)).toBe(now + wanted.validityMs.value);
    expect(Date.parse(peer.validFrom)).toBe(now - wanted.backdatingMs.value);
    const oids = { serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2' };
    expect(peer.keyUsage).toEqual(wanted.extendedKeyUsage.value.map((usage) => oids[usage]));
    expect(peer.subject).not.toContain('<');
    expect(entry).toMatchObject({ profile, issuer: findEntry(scenario, wanted.issuer.value as ProfileId).id });
    expect(store.get(id).entries.at(-1)).toEqual(entry);
    const key = await store.getKeyring(id).key(entry.keyFile ?? ('' as never));
    expect(Buffer.from(key.spki)).toEqual(peer.publicKey.export({ type: 'spki', format: 'der' }));
    const isClient = IDENTITY_PROFILE_IDS.some((each) => each === profile);
    expect(entry.facts.moc?.accessIdentity).toBe(isClient ? /CN=([^\n]*)/u.exec(peer.subject)?.[1] : undefined);
  });

  test('has the SANs that follow from its values and the requested SANs, each of them once', async () => {
    const scenario = await aScenario('kubernetes');
    const { der } = await issueProfile(scenario, 'apiserver', {
      values: { ...valuesFor('apiserver'), endpoint: ['api.contoso.example', '172.16.255.14'] },
      dns: ['*.apps.contoso.example', 'api.contoso.example'],
      ip: ['fd00::1', '172.16.255.14'],
    });
    expect(new X509Certificate(der).subjectAltName?.split(', ')).toEqual([
      'DNS:kubernetes',
      'DNS:kubernetes.default',
      'DNS:kubernetes.default.svc',
      'DNS:kubernetes.default.svc.cluster.local',
      'DNS:worker-1',
      'DNS:api.contoso.example',
      'DNS:*.apps.contoso.example',
      'IP Address:10.96.0.1',
      'IP Address:10.0.0.21',
      'IP Address:172.16.255.14',
      'IP Address:FD00:0:0:0:0:0:0:1',
    ]);
  });

  test('still exists with its key after the program restarts', async () => {
    const scenario = await aScenario('kubernetes');
    const entry = await issueProfile(scenario, 'admin');
    const again = await reopen(scenario.ports.files);
    expect(findEntry(again, 'admin')).toEqual(entry);
    expect((await again.store.getKeyring(again.id).key(entry.keyFile ?? ('' as never))).type).toBe('ec');
    expect(await readDataFolder(scenario)).not.toContain('PRIVATE KEY');
  });
});

describe('issuing is refused for', () => {
  test.each<[string, ProfileId, object, string, object]>([
    ['a root', 'etcd-ca', {}, 'issue.profile-is-root', { profile: 'etcd-ca' }],
    ['no node', 'etcd-peer', {}, 'issue.value-missing', { value: 'node' }],
    [
      ...(['two nodes', 'etcd-peer', { values: { node: ['a', 'b'] } }] as const),
      ...(['issue.value-missing', { value: 'node' }] as const),
    ],
    [
      ...(['a value without a use', 'admin', { values: { node: ['a'] } }] as const),
      ...(['issue.value-unknown', { profile: 'admin', value: 'node' }] as const),
    ],
    [
      ...(['a name of an object', 'admin', { values: { constructor: ['a'] } }] as const),
      ...(['issue.value-unknown', { value: 'constructor' }] as const),
    ],
    ['another kind of key', 'admin', { keyAlgorithm: 'p-256' }, 'issue.key-not-allowed', {}],
    [
      ...(['a CA that does not sign it', 'etcd-peer', { values: { node: ['a'] }, issuer: 'cluster-ca' }] as const),
      ...(['issue.issuer-not-allowed', { profile: 'etcd-peer', issuer: 'cluster-ca', allowed: 'etcd-ca' }] as const),
    ],
    ['a node name in capitals', 'etcd-peer', { values: { node: ['N1'] } }, 'issue.value-invalid', {}],
    ['an empty node name', 'etcd-peer', { values: { node: [''] } }, 'issue.value-invalid', {}],
    [
      ...(['a range', 'etcd-peer', { values: { node: ['a'], 'node-ip': ['10.0.0.0/8'] } }] as const),
      ...(['issue.value-invalid', { value: 'node-ip', text: '10.0.0.0/8' }] as const),
    ],
    ['an address as a name', 'admin', { dns: ['10.0.0.1'] }, 'issue.value-invalid', {}],
    ['a trailing dot', 'admin', { dns: ['a.example.'] }, 'issue.value-invalid', {}],
    ['a wildcard inside', 'admin', { dns: ['a.*.example'] }, 'issue.value-invalid', {}],
    ['a name as an address', 'admin', { ip: ['a.example'] }, 'issue.value-invalid', {}],
    ['a wildcard endpoint', 'apiserver', { values: { endpoint: ['*.a'] } }, 'issue.value-invalid', {}],
    ['101 names', 'admin', { dns: Array(101).fill('a') }, 'issue.too-many-values', { most: 100 }],
    [
      ...(['a node name too long for a subject', 'kubelet-client'] as const),
      ...([{ values: { node: ['n'.repeat(53)] } }, 'issue.name-too-long', { longest: 64 }] as const),
    ],
    [
      ...(['a validity beyond its CA', 'admin', { validityMs: 3650 * DAY_MS + 1000 }] as const),
      ...(['issue.validity-invalid', { reason: 'beyondAuthority' }] as const),
    ],
    ['a validity of half a second', 'admin', { validityMs: 500 }, 'issue.validity-invalid', { reason: 'notWhole' }],
    ['a validity of zero', 'admin', { validityMs: 0 }, 'issue.validity-invalid', { reason: 'notWhole' }],
    ['a validity that is not a number', 'admin', { validityMs: NaN }, 'issue.validity-invalid', { reason: 'notWhole' }],
    ['a profile for the other kind of authority', 'mocctl', { values: { identity: ['a'] } }, 'authority.no-signer', {}],
  ])('%s', async (_title, profile, changes, code, params) => {
    const scenario = await aScenario('kubernetes');
    const before = scenario.store.get(scenario.id);
    const refused = await catchProblem(() => issueProfile(scenario, profile, changes));
    expect(refused).toMatchObject({ code, params });
    expect(scenario.store.get(scenario.id)).toBe(before);
    expect(await scenario.store.getKeyring(scenario.id).keyIds()).toHaveLength(3);
  });

  test('an identity with a control character, or longer than a common name', async () => {
    const scenario = await aScenario('moc');
    const issueIdentity = (identity: string) => () =>
      issueProfile(scenario, 'mocctl', { values: { identity: [identity] } });
    for (const name of ['a\nb', ' a', '\ud800', ''])
      expect((await catchProblem(issueIdentity(name))).code).toBe('issue.value-invalid');
    expect((await catchProblem(issueIdentity('名'.repeat(65)))).code).toBe('issue.name-too-long');
    expect((await catchProblem(issueIdentity('名'.repeat(64)))).code).toBe('none');
  });

  test('everything while the keyring is locked', async () => {
    const scenario = await aScenario('kubernetes');
    scenario.store.getKeyring(scenario.id).lock();
    expect((await catchProblem(() => issueProfile(scenario, 'admin'))).code).toBe('keyring.locked');
  });

  test('everything if the record cannot be written, and the new key is removed', async () => {
    const scenario = await aScenario('kubernetes');
    const { files } = scenario.ports;
    const replace = files.replace.bind(files);
    files.replace = async (path, content) => {
      if (path.endsWith('authority.json')) throw new Error('torn');
      await replace(path, content);
    };
    await expect(issueProfile(scenario, 'admin')).rejects.toThrow('torn');
    expect(await scenario.store.getKeyring(scenario.id).keyIds()).toHaveLength(3);
  });
});

describe("near the end of the CA's validity", () => {
  test('a certificate ends with the CA, unless a longer validity is requested', async () => {
    const scenario = await aScenario('moc');
    const { notAfter } = findEntry(scenario, 'cloud-agent-ca').facts;
    scenario.ports.clock.moment = instantFromMs(epochMs(notAfter) - 10 * DAY_MS);
    const values = { identity: ['mocctl'] };
    expect((await issueProfile(scenario, 'mocctl', { values })).facts.notAfter).toBe(notAfter);
    const asked = { values, validityMs: 10 * DAY_MS };
    expect((await issueProfile(scenario, 'mocctl', asked)).facts.notAfter).toBe(notAfter);
    const refused = await catchProblem(() =>
      issueProfile(scenario, 'mocctl', { values, validityMs: 10 * DAY_MS + 1_000 }),
    );
    expect(refused).toMatchObject({ code: 'issue.validity-invalid', params: { notAfter } });
  });

  test('nothing is issued before the CA becomes valid, for example with a wrong clock', async () => {
    const scenario = await aScenario('kubernetes');
    const { notBefore } = findEntry(scenario, 'cluster-ca').facts;
    scenario.ports.clock.moment = instantFromMs(epochMs(notBefore) - 1_000);
    expect(await catchProblem(() => issueProfile(scenario, 'admin'))).toMatchObject({ code: 'authority.no-signer' });
    scenario.ports.clock.moment = notBefore;
    expect((await issueProfile(scenario, 'admin')).profile).toBe('admin');
  });

  test('nothing is issued once the CA has expired', async () => {
    const scenario = await aScenario('kubernetes');
    const { notAfter } = findEntry(scenario, 'cluster-ca').facts;
    scenario.ports.clock.moment = instantFromMs(epochMs(notAfter) + 1_000);
    expect(await catchProblem(() => issueProfile(scenario, 'admin'))).toMatchObject({
      code: 'authority.no-signer',
      params: { authority: 'retail-east', issuer: 'cluster-ca' },
    });
  });
});

describe("a request signed by somebody else's key", () => {
  test('is signed according to a profile, and the authority does not have its key', async () => {
    const scenario = await aScenario('kubernetes');
    const { ports, store, id } = scenario;
    const key = await ports.keys.generate('p-256');
    const template = {
      subject: { commonName: 'alice', organizations: ['ops'] },
      sans: { dns: ['a.example'], ip: [] },
      keyUsage: [],
      extendedKeyUsage: [],
    };
    const der = createRequest(ports, { template, key });
    const asked = { authorityId: id, profile: 'admin' as const, der };
    // Names that the profile does not contain must be allowed explicitly.
    expect((await catchProblem(() => signRequestOperation(scenario, asked))).code).toBe('csr.foreign-names');
    const request = { ...asked, allowed: ['ops', 'a.example'] };
    const { entry, report } = await signRequestOperation(scenario, request);
    const peer = new X509Certificate(entry.der);
    const ca = new X509Certificate(findEntry(scenario, 'cluster-ca').der);
    expect(peer.verify(ca.publicKey)).toBe(true);
    expect(peer.subject).toBe('O=ops\nCN=alice');
    expect(Buffer.from(key.spki)).toEqual(peer.publicKey.export({ type: 'spki', format: 'der' }));
    expect(entry).toMatchObject({ profile: 'admin', keyFile: null });
    expect(report).toMatchObject({ subject: 'CN=alice,O=ops', sans: { dns: ['a.example'] } });
    expect(store.get(id).entries.at(-1)).toEqual(entry);

    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
    const forged = await catchProblem(() => signRequestOperation(scenario, { ...request, der }));
    expect(forged.code).toBe('csr.bad-signature');
    const root = { ...request, profile: 'cluster-ca' as const };
    expect((await catchProblem(() => signRequestOperation(scenario, root))).code).toBe('csr.profile-is-root');
  });
});

test('two simultaneous requests each issue a certificate, and both keys are stored', async () => {
  const scenario = await aScenario('kubernetes');
  const { store, id } = scenario;
  const request = { authorityId: id, values: {}, dns: [], ip: [] };
  const both = await Promise.all([
    issueOperation(scenario, { ...request, profile: 'admin' }),
    issueOperation(scenario, { ...request, profile: 'scheduler' }),
  ]);
  expect(store.get(id).entries.slice(3)).toEqual(both.map(({ entry }) => entry));
  expect(await store.getKeyring(id).keyIds()).toHaveLength(5);
});
