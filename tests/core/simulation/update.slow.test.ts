import { describe, expect, test } from 'vitest';
import { DAY_MS, SECOND_MS } from '../../../core/shared/instant.ts';
import { observe } from '../../../core/simulation/observe.ts';
import { instantAfter, deployment, Life } from './deployment.ts';

const OLDER = { settings: { autoRotate: [] } };

describe('updating', () => {
  const life = new Life(deployment(OLDER)).pass(50 * DAY_MS).succeed({ kind: 'Update-AksHci' });

  test('the host on day 50 renews its tokens and certificates for ninety days', () => {
    const ofHost = life.state.identities.filter(({ cluster }) => cluster !== 'retail');
    expect(ofHost).toHaveLength(9);
    for (const { name, token } of ofHost) {
      expect(token).toEqual({
        issuedAt: instantAfter(50 * DAY_MS),
        expiresAt: instantAfter(140 * DAY_MS),
        generation: 2,
      });
      expect(life.identityCertificate(name)).toMatchObject({
        notBefore: instantAfter(50 * DAY_MS),
        notAfter: instantAfter(140 * DAY_MS - SECOND_MS),
        renewCount: 0,
      });
    }
    expect(life.identity('retail-csi').token.generation).toBe(1);
  });

  test('the host replaces the machines of the management cluster, which have new serving certificates', () => {
    expect(life.all('management', 'kubelet-server').map(({ issuedAt }) => issuedAt)).toEqual([
      instantAfter(50 * DAY_MS),
    ]);
    expect(life.certificate('cluster-ca', 'management').issuedAt).toBe(instantAfter(0));
  });

  test('a cluster renews its tokens and certificates on the same day', () => {
    const later = new Life(life.state).pass(5 * DAY_MS);
    const nodes = later.state.clusters[1]?.nodes.map(({ name }) => name);
    later.succeed({ kind: 'Update-AksHciCluster', name: 'retail' });
    expect(later.identity('retail-csi').token.expiresAt).toBe(instantAfter(145 * DAY_MS));
    expect(later.identityCertificate('retail-load-balancer').issuedAt).toBe(instantAfter(55 * DAY_MS));
    const renamed = later.state.clusters[1]?.nodes.map(({ name }) => name) ?? [];
    expect(renamed.filter((name) => nodes?.includes(name))).toEqual([]);
    expect(later.identityCertificate('retail-csi').sans.dns).toEqual(['localhost', renamed[0]]);
    expect(later.all('retail').filter(({ expired }) => expired)).toEqual([]);
    expect(observe(later.state).kubelet(renamed[0] ?? '')).toBeUndefined();
  });

  test('every month prevents the tokens of a deployment from expiring', () => {
    const updated = new Life(deployment(OLDER));
    for (let month = 0; month < 5; month += 1)
      updated
        .pass(30 * DAY_MS)
        .succeed({ kind: 'Update-AksHci' })
        .succeed({ kind: 'Update-AksHciCluster', name: 'retail' });
    expect(updated.events.filter(({ kind }) => kind === 'token-expired')).toEqual([]);
    const left = new Life(deployment(OLDER)).pass(150 * DAY_MS);
    const expired = left.events.filter(({ kind }) => kind === 'token-expired');
    expect(expired).toHaveLength(left.state.identities.length);
    expect(expired[0]?.at).toBe(instantAfter(90 * DAY_MS));
  });
});

describe('the reason for a failing cmdlet', () => {
  test('is an expired management kubeconfig, until the kubeconfig is replaced', () => {
    const life = new Life().pass(365 * DAY_MS);
    const unauthorized = {
      ok: false,
      code: 'unauthorized',
      text: 'You must be logged in to the server (Unauthorized)',
      subject: 'management',
    };
    expect(life.do({ kind: 'Update-AksHci' })).toEqual(unauthorized);
    expect(life.do({ kind: 'Update-AksHciCertificates' })).toEqual(unauthorized);
    expect(life.do({ kind: 'Get-AksHciCredential', name: 'retail' })).toEqual(unauthorized);
    life.succeed({ kind: 'replace-management-kubeconfig' }).succeed({ kind: 'Get-AksHciCredential', name: 'retail' });
    expect(life.kubeconfig()).toMatchObject({ issueNumber: 2, notBefore: instantAfter(365 * DAY_MS - 300_000) });
  });

  test('is a machine upgrade that does not finish, while the provider cannot reach the cloud agent', () => {
    const life = new Life(deployment(OLDER))
      .succeed({ kind: 'stall-client', identity: 'management-caph' })
      .pass(91 * DAY_MS)
      .succeed({ kind: 'resume-client', identity: 'management-caph' });
    expect(life.identityCertificate('management-caph').lastRefusal?.reason).toBe('token-expired');
    expect(life.do({ kind: 'Update-AksHci' })).toMatchObject({
      code: 'machines-still-upgrading',
      text: 'ControlPlane machines are still upgrading...',
    });
    life.succeed({ kind: 'Update-AksHciCertificates' }).succeed({ kind: 'Update-AksHci' });
  });

  test('is the lack of a valid token, if the token and the certificate of kvactl have expired', () => {
    const { toolUseIntervalMs: _, ...settings } = deployment(OLDER).settings;
    const life = new Life({ ...deployment(OLDER), settings }).pass(91 * DAY_MS);
    expect(life.do({ kind: 'Update-AksHciCluster', name: 'retail' })).toMatchObject({
      code: 'token-expired',
      text: 'failed to create azurestackhci session: rpc error: code = Unauthenticated desc = Valid Token Required',
    });
    life.succeed({ kind: 'Repair-MocLogin' }).succeed({ kind: 'Update-AksHciCertificates' });
    life.succeed({ kind: 'Get-AksHciCredential', name: 'retail' });
  });

  test('is that the hosts or the cluster are off', () => {
    const life = new Life().succeed({ kind: 'power', on: false });
    expect(life.do({ kind: 'Update-AksHci' })).toMatchObject({ code: 'host-off' });
    expect(life.do({ kind: 'Repair-MocLogin' })).toMatchObject({ code: 'host-off' });
    const part = new Life().succeed({ kind: 'power', cluster: 'retail', on: false });
    expect(part.do({ kind: 'Update-AksHciCluster', name: 'retail' })).toMatchObject({
      code: 'cluster-off',
      subject: 'retail',
    });
    expect(part.do({ kind: 'Update-AksHciCluster', name: 'management' })).toMatchObject({ code: 'not-found' });
  });
});

describe('cmdlets that renew certificates', () => {
  test('replace valid certificates only if forced', () => {
    const life = new Life().pass(DAY_MS);
    expect(life.do({ kind: 'Update-AksHciCertificates' })).toMatchObject({ ok: true, issued: [], tokens: [] });
    const forced = life.do({ kind: 'Update-AksHciCertificates', force: true });
    expect(forced.ok && forced.tokens).toEqual([
      'host-1',
      'kvactl-admin',
      'KMSPlugin-management-moc-kms-plugin',
      'management-csi',
      'management-cert-manager',
      'management-cloud-provider',
      'management-cloud-operator',
      'management-caph',
    ]);
  });

  test('renew four clients of a workload cluster, but its load balancer only on request', () => {
    const fix = {
      kind: 'Update-AksHciClusterCertificates',
      name: 'retail',
      fix: 'cloud-credentials',
      force: true,
    } as const;
    const life = new Life();
    const four = ['KMSPlugin-retail-moc-kms-plugin', 'retail-csi', 'retail-cert-manager', 'retail-cloud-provider'];
    expect(life.do(fix)).toMatchObject({ ok: true, tokens: four });
    expect(life.do({ ...fix, patchLoadBalancer: true })).toMatchObject({ tokens: [...four, 'retail-load-balancer'] });
  });

  test('restore logs and exec once the certificate manager can approve requests again', () => {
    const life = new Life(deployment(OLDER))
      .succeed({ kind: 'stall-client', identity: 'retail-cert-manager' })
      .pass(10 * DAY_MS);
    const repair = { kind: 'Update-AksHciClusterCertificates', name: 'retail' } as const;
    const [node] = life.state.clusters[1]?.nodes ?? [];
    life.succeed({ ...repair, fix: 'kubelet-credentials' });
    expect(observe(life.state).kubelet(node?.name ?? '')?.text).toContain('tls: internal error');
    life
      .succeed({ kind: 'resume-client', identity: 'retail-cert-manager' })
      .succeed({ ...repair, fix: 'cloud-credentials' });
    expect(observe(life.state).kubelet(node?.name ?? '')).toBeUndefined();
  });
});
