import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/shared/instant.ts';
import type { ProfileId } from '../../../core/pki/model/profile.ts';
import { observe } from '../../../core/simulation/observe.ts';
import { PUBLIC_TEXTS } from '../../../core/simulation/actions/refusals.ts';
import { deployment, Life } from './deployment.ts';

const EXPIRED = 'Unable to connect to the server: x509: certificate has expired or is not yet valid';

/** Switches `retail` or the host off after some time, and on again later. */
function switchOff(
  { afterMs = 0, forMs, host = false }: { afterMs?: number; forMs: number; host?: boolean },
  life = new Life(),
): Life {
  const target = host ? {} : { cluster: 'retail' };
  return life
    .pass(afterMs)
    .succeed({ kind: 'power', ...target, on: false })
    .pass(forMs)
    .succeed({ kind: 'power', ...target, on: true });
}

describe('a workload cluster that was switched off right after its certificates were issued', () => {
  test('renews everything in the second in which it is switched on after 3 days and 23 hours', () => {
    const life = switchOff({ forMs: 3 * DAY_MS + 23 * HOUR_MS });
    expect(life.certificate('apiserver')).toMatchObject({ issuedAt: life.state.now, renewCount: 1 });
    expect(life.certificate('kubelet-client').issuedAt).toBe(life.state.now);
    expect(observe(life.state).apiServer('retail')).toBeUndefined();
    expect(life.listExpiredProfiles()).toEqual([]);
  });

  test('does not work again after 4 days until its kubelet credentials are repaired', () => {
    const life = switchOff({ forMs: 4 * DAY_MS });
    expect(observe(life.state).apiServer('retail')).toMatchObject({ text: EXPIRED });
    life.pass(DAY_MS);
    expect(life.certificate('apiserver')).toMatchObject({ expired: true, issueNumber: 1 });
    const lostWorkers = life.state.clusters[1]?.nodes.filter(({ lost }) => lost === true);
    expect(lostWorkers).toHaveLength(3);

    life.succeed({ kind: 'Update-AksHciClusterCertificates', name: 'retail', fix: 'kubelet-credentials' });
    expect(observe(life.state).apiServer('retail')).toBeUndefined();
    // Workers are replaced rather than repaired.
    expect(life.events.filter(({ kind }) => kind === 'node-replaced')).toHaveLength(2);
    expect(life.all('retail').filter(({ expired }) => expired)).toEqual([]);
    expect(life.certificate('apiserver')).toMatchObject({ renewCount: 0, issueNumber: 2 });
    life.pass(10 * DAY_MS);
    expect(observe(life.state).apiServer('retail')).toBeUndefined();
  });

  test('works again after one second less than 4 days', () => {
    const life = switchOff({ forMs: 4 * DAY_MS - 1_000 });
    expect(observe(life.state).apiServer('retail')).toBeUndefined();
    expect(life.certificate('apiserver').renewCount).toBe(1);
  });
});

test('a cluster switched off an hour before a renewal works again after 24 hours, but not after 25 hours and two minutes', () => {
  const dueMs = 3 * DAY_MS - 75_000;
  const soon = switchOff({ afterMs: dueMs - HOUR_MS, forMs: DAY_MS });
  expect(observe(soon.state).apiServer('retail')).toBeUndefined();
  const late = switchOff({ afterMs: dueMs - HOUR_MS, forMs: DAY_MS + HOUR_MS + 2 * MINUTE_MS });
  expect(observe(late.state).apiServer('retail')).toMatchObject({ code: 'api-server-down' });
});

/** Returns for each client of the cloud agent how it got its certificate, or why it does not work. */
function clients(life: Life): Record<string, string> {
  const view = observe(life.state);
  const ofRetail: ProfileId[] = ['kms-plugin', 'csi', 'cert-manager', 'cloud-provider', 'load-balancer'];
  return Object.fromEntries(
    ofRetail.map((profile) => {
      const { name } = life.state.identities.find(
        (identity) => identity.cluster === 'retail' && identity.profile === profile,
      ) ?? { name: '' };
      const { issuedAt, renewCount } = life.identityCertificate(name);
      const isNew = issuedAt === life.state.now;
      const how = !isNew ? 'kept' : renewCount > 0 ? 'renewed' : 'logged in';
      return [profile, view.cloudAgent(name)?.code ?? how];
    }),
  );
}

/**
 * Day 60 is the worst day, since the renewal of day 63 has not happened and only thirty days are left. In older builds,
 * which do not rotate tokens, the tokens are as old as the certificates.
 */
describe('clients of the cloud agent in a cluster that was switched off', () => {
  const disableRotation = (): Life => new Life(deployment({ settings: { autoRotate: [] } }));

  test.each<[string, number, number, Record<string, string>]>([
    ['on day 0 for 29 days', 0, 29, { 'kms-plugin': 'logged in', csi: 'kept' }],
    ['on day 0 for 31 days', 0, 31, { 'kms-plugin': 'logged in', csi: 'kept' }],
    ['on day 60 for 29 days', 60, 29, { 'kms-plugin': 'logged in', csi: 'renewed' }],
    ['on day 60 for 31 days', 60, 31, { 'kms-plugin': 'certificate-expired', csi: 'certificate-expired' }],
    ['on day 0 for 91 days', 0, 91, { 'kms-plugin': 'certificate-expired', csi: 'certificate-expired' }],
  ])('%s', (_, startDay, days, expected) => {
    const life = switchOff({ afterMs: startDay * DAY_MS, forMs: days * DAY_MS }, disableRotation());
    const all = clients(life);
    expect(all).toMatchObject(expected);
    // All other clients behave like the CSI driver.
    expect(new Set(Object.values(all)).size).toBe(new Set(Object.values(expected)).size);
  });

  test('log in again if the token is valid longer than the certificate', () => {
    const life = disableRotation()
      .succeed({ kind: 'power', cluster: 'retail', on: false })
      .pass(30 * DAY_MS)
      .succeed({ kind: 'rotate-identity', identity: 'retail-csi' })
      .pass(61 * DAY_MS)
      .succeed({ kind: 'power', cluster: 'retail', on: true });
    expect(clients(life).csi).toBe('logged in');
    expect(life.identityCertificate('retail-csi')).toMatchObject({ renewCount: 0 });
    expect(life.identityCertificate('retail-csi').original).toBeUndefined();
    expect(clients(life)['cert-manager']).toBe('certificate-expired');
  });

  test('are refused repeatedly, with the documented message, if token and certificate have expired', () => {
    const life = switchOff({ forMs: 91 * DAY_MS }, disableRotation());
    expect(life.identityCertificate('retail-csi').lastRefusal).toEqual({ at: life.state.now, reason: 'token-expired' });
    expect(PUBLIC_TEXTS['token-expired']).toContain('Valid Token Required');
    const first = life.state.now;
    life.pass(10 * DAY_MS);
    // The client makes one attempt every 43.2 hours, which is 2 % of ninety days.
    const tries = life.events.filter(({ kind, identity }) => kind === 'login-refused' && identity === 'retail-csi');
    expect(tries.map(({ at }) => (Date.parse(at) - Date.parse(first)) / HOUR_MS)).toEqual([
      0, 43.2, 86.4, 129.6, 172.8, 216,
    ]);
  });
});

describe('a whole deployment that was switched off for 91 days', () => {
  const dead = switchOff({ forMs: 91 * DAY_MS, host: true });

  test('has a cloud agent that recovers by itself, but no clients that can connect to it', () => {
    const server = dead.state.certificates.find(({ profile }) => profile === 'cloud-agent-server');
    expect(server?.issuedAt).toBe(dead.state.now);
    expect(dead.identity('host-1').started).toBe(false);
    expect(observe(dead.state).cloudAgent('host-1')).toMatchObject({ code: 'certificate-expired' });
  });

  test('works again after repairs in the documented order, once mocctl has logged in', () => {
    const life = new Life(dead.state);
    expect(life.do({ kind: 'Update-AksHciCertificates' })).toMatchObject({
      ok: false,
      code: 'certificate-expired',
      text: 'Certificate has expired: Expired',
    });
    life
      .succeed({ kind: 'Repair-MocLogin' })
      .succeed({ kind: 'Update-AksHciCertificates' })
      .pass(MINUTE_MS)
      .succeed({ kind: 'Update-AksHciClusterCertificates', name: 'retail', fix: 'kubelet-credentials' })
      .succeed({
        kind: 'Update-AksHciClusterCertificates',
        name: 'retail',
        fix: 'cloud-credentials',
        patchLoadBalancer: true,
      })
      .succeed({ kind: 'Get-AksHciCredential', name: 'retail' })
      .pass(100 * DAY_MS);
    const view = observe(life.state);
    expect(life.state.clusters.flatMap(({ name }) => view.apiServer(name) ?? [])).toEqual([]);
    expect(life.state.identities.flatMap(({ name }) => view.cloudAgent(name) ?? [])).toEqual([]);
  });

  test('must be repaired manually if repairs in its build need an API server', () => {
    const older = deployment({ settings: { repairNeedsApiServer: true, autoRotate: [] } });
    const life = switchOff({ forMs: 91 * DAY_MS, host: true }, new Life(older));
    life.succeed({ kind: 'Repair-MocLogin' });
    expect(life.do({ kind: 'Update-AksHciCertificates' })).toMatchObject({
      ok: false,
      code: 'repair-failed',
      text: 'failed to repair cluster certificates',
    });
    const plugin = 'KMSPlugin-management-moc-kms-plugin';
    life
      .succeed({ kind: 'rotate-identity', identity: plugin })
      .succeed({ kind: 'restart-client', identity: plugin })
      .succeed({ kind: 'Update-AksHciCertificates' });
    expect(observe(life.state).apiServer('management')).toBeUndefined();
  });
});

test('a cluster that is already on, or does not exist, cannot be switched on', () => {
  const life = new Life();
  expect(life.do({ kind: 'power', cluster: 'retail', on: true })).toMatchObject({ code: 'already-so' });
  expect(life.do({ kind: 'power', cluster: 'elsewhere', on: true })).toMatchObject({ code: 'not-found' });
});

test('a KMS plugin whose token has expired keeps running, but the API server fails at the next start of the plugin', () => {
  const life = new Life(deployment({ settings: { autoRotate: [] } })).pass(95 * DAY_MS);
  const plugin = 'KMSPlugin-retail-moc-kms-plugin';
  expect(life.identity(plugin).token.expired).toBe(true);
  expect(life.identityCertificate(plugin).renewCount).toBe(1);
  expect(observe(life.state).apiServer('retail')).toBeUndefined();
  expect(life.do({ kind: 'restart-client', identity: plugin })).toMatchObject({
    code: 'token-expired',
    text: 'rpc error: code = Unauthenticated desc = Valid Token Required',
  });
  expect(observe(life.state).apiServer('retail')?.text).toContain('kmsPlugin.sock');
  const repaired = new Life(life.state)
    .succeed({ kind: 'rotate-identity', identity: plugin })
    .succeed({ kind: 'Update-AksHciClusterCertificates', name: 'retail', fix: 'cloud-credentials' });
  expect(observe(repaired.state).apiServer('retail')).toBeUndefined();
  // The control plane cannot renew its certificates without an API server.
  life.pass(DAY_MS * 4);
  expect(life.certificate('apiserver')).toMatchObject({ expired: true, lastRefusal: { reason: 'api-server-down' } });
});

test('a KMS plugin whose certificate has expired logs in only at its next start', () => {
  const plugin = 'KMSPlugin-retail-moc-kms-plugin';
  const life = new Life()
    .succeed({ kind: 'revoke-identity', identity: plugin })
    .pass(91 * DAY_MS)
    .succeed({ kind: 'reinstate-identity', identity: plugin })
    .succeed({ kind: 'rotate-identity', identity: plugin })
    .pass(5 * DAY_MS);
  expect(life.identityCertificate(plugin)).toMatchObject({ expired: true, issueNumber: 1 });
  life.succeed({ kind: 'restart-client', identity: plugin });
  expect(life.identityCertificate(plugin)).toMatchObject({ issueNumber: 2, issuedAt: life.state.now });
});

test('a refused client retries immediately after a restart instead of waiting for its next attempt', () => {
  const life = new Life(deployment({ settings: { autoRotate: [] } }))
    .succeed({ kind: 'revoke-identity', identity: 'retail-csi' })
    .pass(64 * DAY_MS)
    .succeed({ kind: 'reinstate-identity', identity: 'retail-csi' });
  // The client was refused on day 63; the next attempt would follow 43.2 hours later.
  expect(life.identityCertificate('retail-csi').issueNumber).toBe(1);
  life.succeed({ kind: 'restart-client', identity: 'retail-csi' });
  expect(life.identityCertificate('retail-csi')).toMatchObject({ renewCount: 1, issuedAt: life.state.now });
});
