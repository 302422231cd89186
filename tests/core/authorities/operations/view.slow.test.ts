import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { renewOperation, revokeOperation } from '../../../../core/authorities/operations/change.ts';
import {
  getDetails,
  authorityRow,
  summariseAuthority,
  readTree,
} from '../../../../core/authorities/operations/view.ts';
import { ROLES } from '../../../../core/knowledge/model/credentials/roles.ts';
import { aScenario, findEntry, issueProfile, PASSPHRASE } from './scenario.ts';

test('a summary counts certificates in use and states whether keys can sign', async () => {
  const scenario = await aScenario('kubernetes');
  const { store, id } = scenario;
  const [admin, lost] = [await issueProfile(scenario, 'admin'), await issueProfile(scenario, 'scheduler')];
  await renewOperation(scenario, { authorityId: id, entryId: admin.id });
  await revokeOperation(scenario, { authorityId: id, entryId: lost.id, reason: 'keyCompromise' });
  const expected = { id, name: 'retail-east', kind: 'kubernetes', createdAt: '2026-11-24T12:00:00Z' };
  expect(await summariseAuthority(scenario, store.get(id))).toEqual({
    ...expected,
    sample: false,
    unlocked: true,
    remembered: false,
    cas: 3,
    certificates: 1,
  });
  store.getKeyring(id).lock();
  expect(await summariseAuthority(scenario, store.get(id))).toMatchObject({ unlocked: false });
});

test('a tree has a row for each certificate, in the order in which they were added', async () => {
  const scenario = await aScenario('kubernetes');
  const { store, id } = scenario;
  const admin = await issueProfile(scenario, 'admin');
  await revokeOperation(scenario, { authorityId: id, entryId: admin.id, reason: 'superseded' });
  const { rows, identities } = await readTree(scenario, store.get(id));
  expect(identities).toEqual([]);
  expect(rows.map(({ name }) => name)).toEqual(['kubernetes', 'etcd-ca', 'front-proxy-ca', 'kubernetes-admin']);
  expect(rows[3]).toEqual({
    id: admin.id,
    name: 'kubernetes-admin',
    profile: 'admin',
    role: 'admin-conf',
    lifetimeClass: ROLES['admin-conf'].lifetimeClass,
    isCa: false,
    key: 'P-384',
    hasKey: true,
    issuer: findEntry(scenario, 'cluster-ca').id,
    serialHex: admin.facts.serialHex,
    notBeforeMs: Date.parse(new X509Certificate(admin.der).validFrom),
    notAfterMs: Date.parse(new X509Certificate(admin.der).validTo),
    revoked: { at: '2026-11-24T12:00:00Z', reason: 'superseded' },
  });
});

test.each([
  [{ algorithm: 'EC', curve: 'P-384', bits: 384 }, 'P-384'],
  [{ algorithm: 'RSA', bits: 2048 }, 'RSA 2048'],
  [{ algorithm: 'Ed25519', bits: 255 }, 'Ed25519'],
  [{ algorithm: '1.2.3.4' }, '1.2.3.4'],
])('a row shows the key type by the name that admins use: %j', async (key, name) => {
  const entry = findEntry(await aScenario('kubernetes'), 'cluster-ca');
  const facts = { ...entry.facts, key: { oid: '1.2.3.4', ...key } };
  expect(authorityRow({ ...entry, facts }).key).toBe(name);
});

test('details use the notations and fingerprints of other tools', async () => {
  const scenario = await aScenario('moc');
  const entry = findEntry(scenario, 'cloud-agent-server');
  const peer = new X509Certificate(entry.der);
  const details = getDetails(scenario, { authorityId: scenario.id, entryId: entry.id });
  expect(details).toMatchObject({
    serial: { hex: peer.serialNumber.toLowerCase() },
    fingerprintSha256: peer.fingerprint256.replaceAll(':', '').toLowerCase(),
    fingerprintSha1: peer.fingerprint.replaceAll(':', '').toLowerCase(),
    pem: peer.toString(),
    row: { key: 'P-256', name: 'ca-5b1f0c2e.contoso.example' },
    findings: [],
  });
  expect(JSON.stringify(details)).not.toContain(PASSPHRASE);
});
