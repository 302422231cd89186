import { describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS, type Instant } from '../../../core/shared/instant.ts';
import type { ProfileId } from '../../../core/pki/model/profile.ts';
import type { RevocationEntry } from '../../../core/shared/renew-revocation/entry.ts';
import { listMatchingEntries } from '../../support/naive-match.ts';
import { observe } from '../../../core/simulation/observe.ts';
import type { CertificateState } from '../../../core/simulation/state.ts';
import { instantAfter, Life } from './deployment.ts';

const REPAIR = { kind: 'Update-AksHciClusterCertificates', name: 'retail', fix: 'kubelet-credentials' } as const;

/** The four kinds of entries in the article, each with a profile and a value that match a control-plane certificate. */
const KINDS: [RevocationEntry['kind'], ProfileId, (record: CertificateState) => string][] = [
  ['serialnumber', 'scheduler', ({ serialHex }) => serialHex],
  ['Group', 'kubelet-client', () => 'system:nodes'],
  ['DNS', 'apiserver', () => '.cluster.local'],
  ['IP', 'etcd-server', () => '172.16.10.10'],
];

/** Builds a simulation in which an entry of a kind has been in force in `retail` since day 1. */
function revoke(kind: RevocationEntry['kind'], notBefore?: Instant): Life {
  const life = new Life().pass(DAY_MS);
  const [, profile, valueOf] = KINDS.find(([each]) => each === kind) ?? [];
  if (profile === undefined || valueOf === undefined) throw new Error(kind);
  const value = valueOf(life.certificate(profile));
  const entry = { kind, value, notBefore };
  return life.succeed({
    kind: 'apply-revocation',
    cluster: 'retail',
    revocation: { name: 'my-renew-revocation', namespace: 'kube-system', entries: [entry] },
  });
}

const BY = { revocation: 'my-renew-revocation', entry: 0 };

/** Checks that every record is marked as revoked if and only if an entry in force matches it. */
function marksAreRight({ state }: Life): void {
  for (const record of state.certificates) {
    const objects = state.clusters.find(({ name }) => name === record.cluster)?.revocations ?? [];
    const isReached = !['kubelet-server', 'cluster-ca', 'etcd-ca', 'front-proxy-ca'].includes(record.profile);
    const [match] = listMatchingEntries(objects, {
      serialHex: record.serialHex,
      groups: record.subject.organizations,
      dns: record.sans.dns,
      ip: record.sans.ip,
      notBefore: record.notBefore,
      exempt: !isReached || record.holder.kind === 'identity',
    });
    expect(record.revokedBy).toEqual(match && { revocation: match.object.name, entry: match.entryIndex });
  }
}

describe.each(KINDS)('a certificate revoked by %s', (kind, profile) => {
  test('is refused from then on, but remains in use', () => {
    const life = revoke(kind);
    const record = life.certificate(profile);
    expect(record).toMatchObject({ issueNumber: 1, revokedBy: BY });
    expect(observe(life.state).authenticate(record.id)).toMatchObject({ code: 'unauthorized' });
    marksAreRight(life);
  });

  test('is replaced permanently at its next renewal if the entry has a notBefore', () => {
    const life = revoke(kind, instantAfter(DAY_MS)).pass(3 * DAY_MS);
    const record = life.certificate(profile);
    expect(record.revokedBy).toBeUndefined();
    expect(record.lastRefusal).toBeUndefined();
    expect(record.renewCount).toBe(1);
    const renewal = life.events.find(
      ({ at, kind: what, certificate }) =>
        what === 'certificate-renewed' && certificate === record.id && at === record.issuedAt,
    );
    // Proves that the entry had matched the previous certificate.
    expect(renewal?.params.revokedBefore).toBe('my-renew-revocation');
    marksAreRight(life);
  });

  test('is repaired immediately and permanently if the entry’s notBefore is more than five minutes ago', () => {
    const life = revoke(kind, instantAfter(DAY_MS)).pass(6 * MINUTE_MS);
    expect(life.do(REPAIR)).toMatchObject({ ok: true, stillRevoked: [] });
    const record = life.certificate(profile);
    expect(record.revokedBy).toBeUndefined();
    expect(observe(life.state).authenticate(record.id)).toBeUndefined();
    life.pass(20 * DAY_MS);
    expect(life.events.filter(({ kind: what }) => what === 'certificate-refused')).toEqual([]);
    expect(observe(life.state).apiServer('retail')).toBeUndefined();
  });
});

test('a repair after a revocation by serial number without notBefore is permanent', () => {
  const life = revoke('serialnumber');
  const outcome = life.do(REPAIR);
  expect(outcome.ok && outcome.issued).toEqual([life.certificate('scheduler').id]);
  expect(life.certificate('scheduler').revokedBy).toBeUndefined();
  life.pass(20 * DAY_MS);
  expect(life.listExpiredProfiles()).toEqual(['kubelet-server', 'super-admin']);
});

describe.each(KINDS.slice(1))('after a revocation by %s without notBefore', (kind, profile) => {
  test('the repair does not last, since new certificates are revoked from their first second', () => {
    const life = revoke(kind).pass(6 * MINUTE_MS);
    const outcome = life.do(REPAIR);
    const record = life.certificate(profile);
    expect(outcome.ok && outcome.stillRevoked).toContainEqual({ certificate: record.id, by: BY });
    expect(record).toMatchObject({
      issueNumber: 2,
      revokedBy: BY,
      lastRefusal: { at: life.state.now, reason: 'revoked', by: BY },
    });
    expect(observe(life.state).authenticate(record.id)).toMatchObject({ code: 'unauthorized' });
    marksAreRight(life);
  });

  test('the renewal is refused until the certificate has expired, and then the cluster goes down', () => {
    const life = revoke(kind).pass(5 * DAY_MS);
    expect(life.certificate(profile)).toMatchObject({
      issueNumber: 1,
      expired: true,
      lastRefusal: { reason: 'revoked', by: BY },
    });
    const view = observe(life.state);
    if (kind === 'Group') {
      expect(view.apiServer('retail')).toBeUndefined();
      expect(life.state.clusters[1]?.nodes.map(({ lost }) => lost)).toEqual([true, true, true]);
    } else {
      expect(view.apiServer('retail')).toMatchObject({ code: 'api-server-down' });
      life.pass(DAY_MS);
      expect(life.certificate('scheduler').expired).toBe(true);
    }
  });

  test('deleting the entry in time, followed by a repair, restores the cluster permanently', () => {
    const life = revoke(kind)
      .pass(DAY_MS)
      .succeed({ kind: 'delete-revocation', cluster: 'retail', name: 'my-renew-revocation' });
    expect(life.certificate(profile).revokedBy).toBeUndefined();
    life.succeed(REPAIR).pass(20 * DAY_MS);
    expect(observe(life.state).apiServer('retail')).toBeUndefined();
    expect(life.state.clusters[1]?.nodes.some(({ lost }) => lost)).toBe(false);
    marksAreRight(life);
  });
});

test('a certificate renewed within five minutes after the cutoff still counts as older than the cutoff', () => {
  const life = new Life();
  const dueMs = 3 * DAY_MS - 75_000;
  const cutoff = instantAfter(dueMs - 2 * MINUTE_MS);
  life
    .pass(DAY_MS)
    .succeed({
      kind: 'apply-revocation',
      cluster: 'retail',
      revocation: {
        name: 'nodes',
        namespace: 'kube-system',
        entries: [{ kind: 'IP', value: '172.16.10.10', notBefore: cutoff }],
      },
    });
  life.pass(dueMs - DAY_MS);
  const { lastRefusal } = life.certificate('apiserver');
  expect(lastRefusal).toEqual({ at: instantAfter(dueMs), reason: 'revoked', by: { revocation: 'nodes', entry: 0 } });
  // The next attempt follows after 2 % of the validity period. By then, the backdated start is after the cutoff.
  life.pass(2 * 3_600_000);
  const record = life.certificate('apiserver');
  expect(record.issueNumber).toBe(2);
  expect(record.notBefore > cutoff).toBe(true);
});

test('an entry by serial number has no effect if the certificate is not older than the entry’s notBefore', () => {
  const life = revoke('serialnumber', instantAfter(-DAY_MS));
  expect(life.certificate('scheduler').revokedBy).toBeUndefined();
});

test('entries of any kind do not affect the server certificates of kubelets', () => {
  const life = new Life();
  const record = life.certificate('kubelet-server');
  life.succeed({
    kind: 'apply-revocation',
    cluster: 'retail',
    revocation: {
      name: 'all',
      namespace: 'kube-system',
      entries: [
        { kind: 'serialnumber', value: record.serialHex },
        { kind: 'Group', value: 'system:nodes' },
        { kind: 'DNS', value: record.sans.dns[0] ?? '' },
        { kind: 'IP', value: record.sans.ip[0] ?? '' },
      ],
    },
  });
  expect(life.all('retail', 'kubelet-server').filter(({ revokedBy }) => revokedBy)).toEqual([]);
  expect(life.certificate('apiserver').revokedBy).toEqual({ revocation: 'all', entry: 2 });
  marksAreRight(life);
});

test('revoking the group of the admins locks the admin out, and a new kubeconfig does not help', () => {
  const life = new Life();
  const revocation = {
    name: 'admins',
    namespace: 'kube-system',
    entries: [{ kind: 'Group' as const, value: 'kubeadm:cluster-admins' }],
  };
  life.succeed({ kind: 'apply-revocation', cluster: 'retail', revocation });
  const undo = { kind: 'delete-revocation', cluster: 'retail', name: 'admins' } as const;
  expect(life.do(undo)).toMatchObject({ ok: false, code: 'unauthorized' });
  const outcome = life.do({ kind: 'Get-AksHciCredential', name: 'retail' });
  expect(outcome.ok && outcome.stillRevoked).toHaveLength(1);
  expect(life.do(undo)).toMatchObject({ ok: false, code: 'unauthorized' });
});

test('an entry does not affect the certificates of other clusters', () => {
  const life = revoke('Group');
  expect(life.all('management').filter(({ revokedBy }) => revokedBy)).toEqual([]);
});
