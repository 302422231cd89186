import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { revokeOperation, rotateCaOperation } from '../../../../core/authorities/operations/change.ts';
import { crlOperation, verifyOperation } from '../../../../core/authorities/operations/check.ts';
import {
  REVOCATION_REASONS,
  type AuthorityEntry,
  type RevocationReason,
} from '../../../../core/pki/model/authority.ts';
import { DAY_MS, instant, instantFromMs, epochMs, type Instant } from '../../../../core/shared/instant.ts';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { aScenario, findEntry, issueProfile, catchProblem, type Scenario } from './scenario.ts';

const revoke = (scenario: Scenario, { id: entryId }: AuthorityEntry, reason: RevocationReason) =>
  revokeOperation(scenario, { authorityId: scenario.id, entryId, reason });
const makeCrl = (scenario: Scenario, { id: caId }: AuthorityEntry) =>
  crlOperation(scenario, { authorityId: scenario.id, caId });
const certificatePem = ({ der }: AuthorityEntry): string => encodePem('CERTIFICATE', der);

describe('a revocation list', () => {
  test('is read by openssl with its number, its dates, every reason and the invalidity date', async () => {
    const scenario = await aScenario('kubernetes');
    const revoked: AuthorityEntry[] = [];
    for (const reason of REVOCATION_REASONS) {
      const entry = await issueProfile(scenario, 'admin');
      await revoke(scenario, entry, reason);
      revoked.push(entry);
    }
    const lost = await issueProfile(scenario, 'scheduler');
    await revokeOperation(scenario, {
      authorityId: scenario.id,
      entryId: lost.id,
      reason: 'keyCompromise',
      invalidityDate: instant('2026-11-20T01:02:03Z'),
    });
    const ca = findEntry(scenario, 'cluster-ca');
    await makeCrl(scenario, ca);
    const { der } = await makeCrl(scenario, ca);
    const folder = temporaryFolder();
    const [list, root] = [join(folder, 'list.crl'), join(folder, 'ca.crt')];
    writeFileSync(list, der);
    writeFileSync(root, certificatePem(ca));
    const told = spawnSync(
      'openssl',
      ['crl', '-inform', 'DER', '-in', list, '-CAfile', root, '-noout', '-text', '-verify'],
      { encoding: 'utf8' },
    );
    expect(told.stderr).toContain('verify OK');
    expect(told.stdout).toMatch(/CRL Number:\s+2\s/u);
    expect(told.stdout).toContain('Last Update: Nov 24 12:00:00 2026 GMT');
    expect(told.stdout).toContain('Next Update: Dec  1 12:00:00 2026 GMT');
    for (const { facts } of [...revoked, lost])
      expect(told.stdout).toContain(`Serial Number: ${facts.serialHex.toUpperCase()}`);
    // A missing reason means "unspecified". Source: RFC 5280 section 5.3.1.
    expect(told.stdout.match(/X509v3 CRL Reason Code/gu)).toHaveLength(REVOCATION_REASONS.length);
    expect(told.stdout).toMatch(/Invalidity Date:\s+Nov 20 01:02:03 2026 GMT/u);
    expect(scenario.store.get(scenario.id).crlNumbers).toEqual({ [ca.id]: 2 });
  });

  test('contains unexpired certificates of its own CA', async () => {
    const scenario = await aScenario('kubernetes');
    const values = { node: ['worker-1'] };
    const peer = await issueProfile(scenario, 'etcd-peer', { values });
    await revoke(scenario, peer, 'keyCompromise');
    const entries = async (ca: 'cluster-ca' | 'etcd-ca') =>
      (await makeCrl(scenario, findEntry(scenario, ca))).facts.entries;
    expect(await entries('cluster-ca')).toEqual([]);
    expect(await entries('etcd-ca')).toHaveLength(1);
    scenario.ports.clock.moment = peer.facts.notAfter;
    expect(await entries('etcd-ca')).toHaveLength(1);
    scenario.ports.clock.moment = instantFromMs(epochMs(peer.facts.notAfter) + 1_000);
    expect(await entries('etcd-ca')).toEqual([]);
  });

  test('of a new CA can be created for either of its two certificates', async () => {
    const scenario = await aScenario('moc');
    await rotateCaOperation(scenario, scenario.id);
    await rotateCaOperation(scenario, scenario.id);
    const server = findEntry(scenario, 'cloud-agent-server');
    await revoke(scenario, server, 'superseded');
    const { entries } = scenario.store.get(scenario.id);
    const cross = entries.find(({ facts, issuer }) => facts.isCa && issuer !== 'self');
    const list = await makeCrl(scenario, cross ?? server);
    expect(list.facts.entries.map(({ serialHex }) => serialHex)).toEqual([server.facts.serialHex]);
    const { crlNumbers } = scenario.store.get(scenario.id);
    expect(crlNumbers).toEqual({ [server.issuer]: 1 });
  });

  test('is refused for a certificate that is not a CA, and while the keyring is locked', async () => {
    const scenario = await aScenario('kubernetes');
    const admin = await issueProfile(scenario, 'admin');
    expect(await catchProblem(() => makeCrl(scenario, admin))).toEqual({
      code: 'authority.no-signer',
      params: { authority: 'retail-east', issuer: 'CN=kubernetes-admin,O=kubeadm:cluster-admins' },
    });
    scenario.store.getKeyring(scenario.id).lock();
    const locked = await catchProblem(() => makeCrl(scenario, findEntry(scenario, 'etcd-ca')));
    expect(locked.code).toBe('keyring.locked');
    expect(scenario.store.get(scenario.id).crlNumbers).toEqual({});
  });

  test('has a unique number, even if two are created at the same time', async () => {
    const scenario = await aScenario('kubernetes');
    const ca = findEntry(scenario, 'cluster-ca');
    const lists = await Promise.all([makeCrl(scenario, ca), makeCrl(scenario, ca)]);
    expect(lists.map(({ facts }) => facts.numberHex).sort()).toEqual(['01', '02']);
  });
});

describe('a verdict matches openssl verify', () => {
  interface Case {
    entry: AuthorityEntry;
    at: Instant;
    purpose: 'server' | 'client';
    name?: string;
  }

  /** Returns whether openssl accepts the chain of a case for the given instant, purpose and name. */
  async function opensslAccepts(scenario: Scenario, asked: Case, folder: string): Promise<boolean> {
    const { entry, at, purpose, name } = asked;
    const ca = scenario.store.get(scenario.id).entries.find(({ id }) => id === entry.issuer);
    const files = { leaf: join(folder, 'leaf.crt'), root: join(folder, 'ca.crt'), crl: join(folder, 'crl') };
    writeFileSync(files.leaf, certificatePem(entry));
    writeFileSync(files.root, certificatePem(ca ?? entry));
    const list = await makeCrl(scenario, ca ?? entry);
    writeFileSync(files.crl, encodePem('X509 CRL', list.der));
    const { status } = spawnSync('openssl', [
      ...['verify', '-attime', String(epochMs(at) / 1000), '-purpose', `ssl${purpose}`],
      ...(name === undefined ? [] : ['-verify_hostname', name]),
      ...['-crl_check', '-CRLfile', files.crl, '-CAfile', files.root, files.leaf],
    ]);
    return status === 0;
  }

  test('for valid, expired and revoked certificates, and for a wrong purpose or name', async () => {
    const scenario = await aScenario('kubernetes');
    const values = { node: ['worker-1'], 'node-ip': ['10.0.0.21'] };
    const server = await issueProfile(scenario, 'kubelet-server', { values });
    const admin = await issueProfile(scenario, 'admin', { validityMs: 3 * DAY_MS });
    const lost = await issueProfile(scenario, 'scheduler');
    await revoke(scenario, lost, 'keyCompromise');
    const now = scenario.ports.clock.now();
    const momentAfter = (ms: number): Instant => instantFromMs(epochMs(now) + ms);
    const cases: (Case & { rule?: string })[] = [
      { entry: server, at: now, purpose: 'server', name: 'worker-1' },
      { entry: server, at: now, purpose: 'server', name: 'worker-2', rule: 'name-not-covered' },
      { entry: server, at: now, purpose: 'client', rule: 'purpose' },
      { entry: admin, at: now, purpose: 'client' },
      { entry: admin, at: now, purpose: 'server', rule: 'purpose' },
      // The last second belongs to the validity period, but openssl treats it as expired.
      { entry: admin, at: momentAfter(3 * DAY_MS - 1_000), purpose: 'client' },
      { entry: admin, at: momentAfter(3 * DAY_MS + 1_000), purpose: 'client', rule: 'expired' },
      { entry: lost, at: now, purpose: 'client', rule: 'revoked-by-crl' },
    ];
    const folder = temporaryFolder();
    for (const { rule, ...asked } of cases) {
      const { entry, ...rest } = asked;
      const request = { authorityId: scenario.id, entryId: entry.id, ...rest };
      const { accepted, reasons } = await verifyOperation(scenario, request);
      expect(reasons.map((reason) => reason.rule)).toEqual(rule === undefined ? [] : [rule]);
      expect(accepted).toBe(await opensslAccepts(scenario, asked, folder));
    }
  });

  test('the authority’s own certificates are accepted', async () => {
    const scenario = await aScenario('kubernetes');
    const { id: entryId } = findEntry(scenario, 'etcd-ca');
    const at = scenario.ports.clock.now();
    const request = { authorityId: scenario.id, entryId, at, purpose: 'any' as const };
    expect(await verifyOperation(scenario, request)).toMatchObject({ accepted: true, reasons: [] });
  });
});

describe('a verdict', () => {
  test('ignores a revocation after the requested instant', async () => {
    const scenario = await aScenario('kubernetes');
    const { id: entryId } = await issueProfile(scenario, 'admin');
    const before = scenario.ports.clock.now();
    scenario.ports.clock.moment = instantFromMs(epochMs(before) + DAY_MS);
    await revokeOperation(scenario, { authorityId: scenario.id, entryId, reason: 'superseded' });
    const judge = async (at: Instant) => {
      const request = { authorityId: scenario.id, entryId, at, purpose: 'client' as const };
      return (await verifyOperation(scenario, request)).accepted;
    };
    expect(await judge(before)).toBe(true);
    expect(await judge(scenario.ports.clock.now())).toBe(false);
  });

  test('requires the key of a CA only if that CA has revoked something', async () => {
    const scenario = await aScenario('kubernetes');
    const [admin, lost] = [await issueProfile(scenario, 'admin'), await issueProfile(scenario, 'scheduler')];
    const keyring = scenario.store.getKeyring(scenario.id);
    keyring.lock();
    const judge = () =>
      verifyOperation(scenario, {
        authorityId: scenario.id,
        entryId: admin.id,
        at: scenario.ports.clock.now(),
        purpose: 'client',
      });
    expect((await judge()).accepted).toBe(true);
    await revoke(scenario, lost, 'keyCompromise');
    expect((await catchProblem(judge)).code).toBe('keyring.locked');
  });
});
