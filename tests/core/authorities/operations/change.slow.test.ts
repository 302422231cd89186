import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { authenticate } from '../../../../core/pki/identities/certificate.ts';
import { findRotation } from '../../../../core/pki/issue/ca-rotation.ts';
import { readAgent } from '../../../../core/authorities/operations/kept.ts';
import { renewOperation, revokeOperation, rotateCaOperation } from '../../../../core/authorities/operations/change.ts';
import { verifyOperation } from '../../../../core/authorities/operations/check.ts';
import { signRequestOperation } from '../../../../core/authorities/operations/issue.ts';
import { readTree } from '../../../../core/authorities/operations/view.ts';
import { createRequest } from '../../../../core/pki/issue/create-request.ts';
import type { AuthorityEntry } from '../../../../core/pki/model/authority.ts';
import type { CredentialId } from '../../../../core/shared/ids.ts';
import { DAY_MS, instant, instantFromMs, epochMs } from '../../../../core/shared/instant.ts';
import { logIn } from './clients.ts';
import { aScenario, findEntry, issueProfile, catchProblem, reopen, type Scenario } from './scenario.ts';

const renew = async (scenario: Scenario, { id: entryId }: AuthorityEntry) =>
  (await renewOperation(scenario, { authorityId: scenario.id, entryId })).entry;
const revoke = (scenario: Scenario, { id: entryId }: AuthorityEntry) =>
  revokeOperation(scenario, { authorityId: scenario.id, entryId, reason: 'superseded' });
const later = ({ ports }: Scenario, ms: number): void => {
  ports.clock.moment = instantFromMs(epochMs(ports.clock.now()) + ms);
};

describe('the renewal of a cluster certificate', () => {
  test('creates a new key and serial number for the same holder, and replaces the old certificate', async () => {
    const scenario = await aScenario('kubernetes');
    const values = { node: ['worker-1'], 'node-ip': ['10.0.0.21'] };
    const old = await issueProfile(scenario, 'etcd-server', { values });
    later(scenario, 3 * DAY_MS);
    const next = await renew(scenario, old);
    const [before, after] = [new X509Certificate(old.der), new X509Certificate(next.der)];
    expect(after.subject).toBe(before.subject);
    expect(after.subjectAltName).toBe(before.subjectAltName);
    expect(after.keyUsage).toEqual(before.keyUsage);
    expect(after.serialNumber).not.toBe(before.serialNumber);
    expect(after.publicKey.equals(before.publicKey)).toBe(false);
    expect(Date.parse(after.validTo) - Date.parse(before.validTo)).toBe(3 * DAY_MS);
    expect(after.checkIssued(new X509Certificate(findEntry(scenario, 'etcd-ca').der))).toBe(true);
    const { entries } = scenario.store.get(scenario.id);
    expect(entries.slice(3)).toEqual([{ ...old, supersededBy: next.id }, next]);
    expect(findEntry(await reopen(scenario.ports.files), 'etcd-server')).toEqual(next);
  });

  test.each(['etcd-ca', 'cluster-ca'] as const)(
    'of a client of etcd is signed by the CA that signed it before: %s',
    async (issuer) => {
      const scenario = await aScenario('kubernetes');
      const old = await issueProfile(scenario, 'apiserver-etcd-client', { issuer });
      later(scenario, 3 * DAY_MS);
      const next = await renew(scenario, old);
      const other = issuer === 'etcd-ca' ? 'cluster-ca' : 'etcd-ca';
      for (const entry of [old, next]) {
        const certificate = new X509Certificate(entry.der);
        expect(certificate.verify(new X509Certificate(findEntry(scenario, issuer).der).publicKey)).toBe(true);
        expect(certificate.verify(new X509Certificate(findEntry(scenario, other).der).publicKey)).toBe(false);
      }
      expect(next.issuer).toBe(findEntry(scenario, issuer).id);
    },
  );

  test('is possible after the certificate has expired, as with kubeadm', async () => {
    const scenario = await aScenario('kubernetes');
    const old = await issueProfile(scenario, 'admin');
    later(scenario, 40 * DAY_MS);
    expect((await renew(scenario, old)).facts.notAfter > old.facts.notAfter).toBe(true);
  });

  test('is refused for a CA, a revoked or already renewed certificate, and one that does not exist', async () => {
    const scenario = await aScenario('kubernetes');
    const [admin, scheduler] = [await issueProfile(scenario, 'admin'), await issueProfile(scenario, 'scheduler')];
    await revoke(scenario, admin);
    await renew(scenario, scheduler);
    const reasonFor = async (entry: AuthorityEntry) => {
      const { code, params } = await catchProblem(() => renew(scenario, entry));
      return code === 'renew.not-possible' ? params['reason'] : code;
    };
    expect(await reasonFor(findEntry(scenario, 'etcd-ca'))).toBe('isCa');
    expect(await reasonFor(admin)).toBe('revoked');
    expect(await reasonFor(scheduler)).toBe('superseded');
    const unknown = { ...admin, id: 'f'.repeat(64) as CredentialId };
    expect(await reasonFor(unknown)).toBe('authority.entry-unknown');
    scenario.store.getKeyring(scenario.id).lock();
    expect(await reasonFor(findEntry(scenario, 'scheduler'))).toBe('keyring.locked');
  });

  test('is refused if the authority does not have the key, since its holder creates the next request', async () => {
    const scenario = await aScenario('kubernetes');
    const key = await scenario.ports.keys.generate('p-256');
    const template = {
      subject: { commonName: 'alice', organizations: [] },
      sans: { dns: [], ip: [] },
      keyUsage: [],
      extendedKeyUsage: [],
    };
    const der = createRequest(scenario.ports, { template, key });
    const request = { authorityId: scenario.id, profile: 'admin' as const, der };
    const { entry } = await signRequestOperation(scenario, request);
    const refused = await catchProblem(() => renew(scenario, entry));
    expect(refused).toMatchObject({ code: 'authority.key-elsewhere', params: { name: 'CN=alice' } });
  });

  test('succeeds only once if two requests arrive at the same time', async () => {
    const scenario = await aScenario('kubernetes');
    const old = await issueProfile(scenario, 'admin');
    const outcomes = await Promise.allSettled([renew(scenario, old), renew(scenario, old)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(scenario.store.get(scenario.id).entries).toHaveLength(5);
  });
});

describe('the renewal of a cloud agent client', () => {
  test('is signed with the old key, keeps the lineage and is recorded by the cloud agent', async () => {
    const scenario = await aScenario('moc');
    const { entry: first } = await logIn(scenario, 'mocctl-1');
    later(scenario, 65 * DAY_MS);
    const second = await renew(scenario, first);
    later(scenario, 65 * DAY_MS);
    const third = await renew(scenario, second);
    expect(third.facts.moc).toMatchObject({ accessIdentity: 'mocctl-1', renewCount: 2 });
    const { facts, der } = third;
    const original = facts.extensions.find(({ oid }) => oid === '1.3.6.1.4.1.311.104.1.2');
    expect(original && der.subarray(original.offset, original.offset + original.length)).toEqual(first.der);
    expect(new X509Certificate(third.der).subject).toBe('CN=mocctl-1');
    const [identity] = scenario.store.get(scenario.id).cloudAgent?.state.identities ?? [];
    expect(identity?.certificates.map(({ serialHex, renewCount }) => [serialHex, renewCount])).toEqual([
      [second.facts.serialHex, 1],
      [third.facts.serialHex, 2],
    ]);
    const { agent } = await readAgent(scenario, scenario.store.get(scenario.id));
    expect(authenticate(scenario.ports, agent, [third.der]).identity.name).toBe('mocctl-1');
  });

  test('is refused once the certificate has expired, even if the cloud agent has removed its record', async () => {
    const scenario = await aScenario('moc');
    const { entry, login } = await logIn(scenario, 'mocctl-1');
    later(scenario, 89 * DAY_MS);
    await login();
    later(scenario, 2 * DAY_MS);
    await logIn(scenario, 'other');
    expect((await catchProblem(() => renew(scenario, entry))).code).toBe('identity.certificate-expired');
  });

  test('is refused for a certificate that did not come from a login', async () => {
    const scenario = await aScenario('moc');
    await logIn(scenario, 'mocctl-1');
    const entry = await issueProfile(scenario, 'mocctl', { values: { identity: ['mocctl-1'] } });
    expect(await catchProblem(() => renew(scenario, entry))).toEqual({
      code: 'identity.certificate-refused',
      params: { reason: 'notOnRecord' },
    });
  });
});

describe('a revocation', () => {
  test('is recorded once, with its reason and date', async () => {
    const scenario = await aScenario('kubernetes');
    const { id: entryId } = await issueProfile(scenario, 'admin');
    const at = scenario.ports.clock.now();
    const invalidityDate = instant('2026-11-20T00:00:00Z');
    const request = { authorityId: scenario.id, entryId, reason: 'keyCompromise' as const };
    const { entry } = await revokeOperation(scenario, { ...request, invalidityDate });
    expect(entry.revoked).toEqual({ at, reason: 'keyCompromise', invalidityDate });
    expect(findEntry(await reopen(scenario.ports.files), 'admin')).toEqual(entry);
    const again = await catchProblem(() => revokeOperation(scenario, request));
    expect(again).toMatchObject({ code: 'revoke.already', params: { at } });
  });

  test('needs no passphrase, since the revocation list is signed later', async () => {
    const scenario = await aScenario('kubernetes');
    const entry = await issueProfile(scenario, 'admin');
    scenario.store.getKeyring(scenario.id).lock();
    expect((await catchProblem(() => revoke(scenario, entry))).code).toBe('none');
  });

  test('is refused for a root, and for a date in the future', async () => {
    const scenario = await aScenario('kubernetes');
    const root = await catchProblem(() => revoke(scenario, findEntry(scenario, 'cluster-ca')));
    expect(root).toEqual({ code: 'revoke.is-root', params: { name: 'CN=kubernetes' } });
    const { id: entryId } = await issueProfile(scenario, 'admin');
    const invalidityDate = instant('2026-11-24T12:00:01Z');
    const request = { authorityId: scenario.id, entryId, reason: 'keyCompromise' as const };
    const future = await catchProblem(() => revokeOperation(scenario, { ...request, invalidityDate }));
    expect(future).toEqual({ code: 'revoke.date-in-future', params: { date: invalidityDate } });
  });

  test('of a cloud agent client makes the cloud agent refuse the client', async () => {
    const scenario = await aScenario('moc');
    const { entry } = await logIn(scenario, 'mocctl-1');
    await revoke(scenario, entry);
    const { agent } = await readAgent(scenario, scenario.store.get(scenario.id));
    const refused = await catchProblem(async () => authenticate(scenario.ports, agent, [entry.der]));
    expect(refused).toEqual({ code: 'identity.revoked', params: { identity: 'mocctl-1' } });
  });
});

describe("the rotation of a cloud agent's CA", () => {
  const currentStage = ({ store, id, ports }: Scenario) =>
    findRotation(store.get(id).entries, ports.clock.now())?.stage.id;

  test('proceeds in stages, and clients stay accepted until the old CA is withdrawn', async () => {
    const scenario = await aScenario('moc');
    const { store, id, ports } = scenario;
    const accepts = async ({ der }: AuthorityEntry): Promise<string> => {
      const { agent } = await readAgent(scenario, store.get(id));
      return (await catchProblem(async () => authenticate(ports, agent, [der]))).code;
    };
    const { entry: old } = await logIn(scenario, 'mocctl-1');
    const [oldCa, oldServer] = store.get(id).entries;
    expect(currentStage(scenario)).toBe('single');

    await rotateCaOperation(scenario, id);
    expect(currentStage(scenario)).toBe('both-trusted');
    const [root, cross] = store.get(id).entries.slice(-2);
    expect(new X509Certificate(root?.der ?? '').publicKey.equals(new X509Certificate(cross?.der ?? '').publicKey)).toBe(
      true,
    );
    expect((await store.getKeyring(id).key(root?.keyFile ?? ('' as never))).spki).toEqual(
      new Uint8Array(new X509Certificate(root?.der ?? '').publicKey.export({ type: 'spki', format: 'der' })),
    );
    expect(await readTree(scenario, store.get(id))).toMatchObject({
      rotation: { stage: 'both-trusted', oldCa: oldCa?.id, newCa: root?.id, left: 2 },
    });
    expect(await accepts(old)).toBe('none');

    await rotateCaOperation(scenario, id);
    expect(currentStage(scenario)).toBe('reissuing');
    const reissued = store.get(id).entries.slice(-2);
    expect(reissued.map(({ profile }) => profile)).toEqual(['cloud-agent-server', 'mocctl']);
    for (const { der, issuer } of reissued) {
      expect(new X509Certificate(der).verify(new X509Certificate(root?.der ?? '').publicKey)).toBe(true);
      expect(issuer).toBe(root?.id);
    }
    const client = findEntry(scenario, 'mocctl');
    expect([await accepts(old), await accepts(client)]).toEqual(['none', 'none']);

    await rotateCaOperation(scenario, id);
    expect(currentStage(scenario)).toBe('withdrawn');
    expect([await accepts(old), await accepts(client)]).toEqual(['identity.certificate-refused', 'none']);
    const judge = ({ id: entryId }: AuthorityEntry) =>
      verifyOperation(scenario, { authorityId: id, entryId, at: ports.clock.now(), purpose: 'any' });
    expect((await judge(client)).accepted).toBe(true);
    expect((await judge(oldServer ?? old)).accepted).toBe(false);
    expect((await readTree(scenario, store.get(id))).rotation).toBeUndefined();
    expect((await renew(scenario, client)).issuer).toBe(root?.id);

    await rotateCaOperation(scenario, id);
    expect(currentStage(scenario)).toBe('both-trusted');
  });

  test('is possible only for a cloud agent, and requires its key', async () => {
    const cluster = await aScenario('kubernetes');
    const refused = await catchProblem(() => rotateCaOperation(cluster, cluster.id));
    expect(refused.code).toBe('authority.not-cloud-agent');
    const scenario = await aScenario('moc');
    scenario.store.getKeyring(scenario.id).lock();
    const locked = await catchProblem(() => rotateCaOperation(scenario, scenario.id));
    expect(locked.code).toBe('keyring.locked');
    expect(currentStage(scenario)).toBe('single');
  });

  test('loses no certificate that is issued at the same time', async () => {
    const scenario = await aScenario('moc');
    const { store, id } = scenario;
    const values = { identity: ['kvactl'] };
    await Promise.all([
      rotateCaOperation(scenario, id),
      issueProfile(scenario, 'kvactl', { values }),
      logIn(scenario, 'mocctl-1'),
      rotateCaOperation(scenario, id),
      logIn(scenario, 'mocctl-2'),
    ]);
    const { entries, cloudAgent } = store.get(id);
    const profiles = entries.map(({ profile }) => profile);
    expect(profiles.filter((profile) => profile === 'cloud-agent-ca')).toHaveLength(2);
    expect(profiles).toContain('kvactl');
    expect(profiles.filter((profile) => profile === 'mocctl').length).toBeGreaterThanOrEqual(2);
    expect(cloudAgent?.state.identities.map(({ name }) => name).sort()).toEqual(['mocctl-1', 'mocctl-2']);
    expect(currentStage(scenario)).toBe('reissuing');
  });
});
