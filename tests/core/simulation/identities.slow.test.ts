import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../core/shared/instant.ts';
import { observe } from '../../../core/simulation/observe.ts';
import { instantAfter, deployment, Life } from './deployment.ts';

describe('a revoked identity', () => {
  test('is refused at renewal and login, and is accepted again once it is reinstated', () => {
    const life = new Life().succeed({ kind: 'revoke-identity', identity: 'retail-csi' });
    expect(observe(life.state).cloudAgent('retail-csi')).toMatchObject({
      code: 'revoked',
      text: 'certificate is revoked',
    });
    life.pass(70 * DAY_MS);
    expect(life.identityCertificate('retail-csi').lastRefusal?.reason).toBe('revoked');
    expect(life.events.some(({ kind, identity }) => kind === 'token-refused' && identity === 'retail-csi')).toBe(true);
    life.pass(25 * DAY_MS);
    expect(life.identityCertificate('retail-csi')).toMatchObject({ expired: true, issueNumber: 1 });
    life
      .succeed({ kind: 'reinstate-identity', identity: 'retail-csi' })
      .succeed({ kind: 'rotate-identity', identity: 'retail-csi' });
    expect(life.identityCertificate('retail-csi')).toMatchObject({
      issueNumber: 2,
      issuedAt: life.state.now,
      renewCount: 0,
    });
  });
});

test('the identity of an extra admin is valid for the specified number of days and cannot be extended', () => {
  const life = new Life().succeed({ kind: 'New-MocIdentity', name: 'alex', validityDays: 60 });
  expect(life.identityCertificate('alex')).toMatchObject({
    profile: 'extra-admin',
    subject: { commonName: 'alex', organizations: [] },
    notAfter: instantAfter(60 * DAY_MS - SECOND_MS),
  });
  expect(life.do({ kind: 'New-MocIdentity', name: 'alex', validityDays: 60 })).toMatchObject({ code: 'already-so' });
  life
    .pass(30 * DAY_MS)
    .succeed({ kind: 'Update-AksHci' })
    .pass(30 * DAY_MS);
  expect(life.identityCertificate('alex')).toMatchObject({ expired: true, issueNumber: 1 });
  expect(life.identity('alex').token.expired).toBe(true);
});

test('a client that was stalled when its renewal was due renews its certificate as soon as it runs again', () => {
  const life = new Life().succeed({ kind: 'stall-client', identity: 'retail-csi' }).pass(80 * DAY_MS);
  expect(life.identityCertificate('retail-csi').issueNumber).toBe(1);
  life.succeed({ kind: 'resume-client', identity: 'retail-csi' });
  expect(life.identityCertificate('retail-csi')).toMatchObject({ renewCount: 1, issuedAt: instantAfter(80 * DAY_MS) });
});

test('if the renewal controller stalls, the control plane expires, while kubelets renew their certificates until then', () => {
  const stall = { cluster: 'retail', renewer: 'renewal-controller' } as const;
  const life = new Life().succeed({ kind: 'stall-renewer', ...stall }).pass(3.9 * DAY_MS);
  expect(life.certificate('kubelet-client').renewCount).toBe(1);
  expect(life.certificate('apiserver').renewCount).toBe(0);
  const resumed = new Life(life.state).succeed({ kind: 'resume-renewer', ...stall });
  expect(resumed.certificate('apiserver').issuedAt).toBe(life.state.now);
  life.pass(DAY_MS);
  expect(observe(life.state).apiServer('retail')).toMatchObject({ code: 'api-server-down' });
});

test('if kubelets do not renew their certificates, workers are replaced, and the control plane waits for a repair', () => {
  const life = new Life().succeed({ kind: 'stall-renewer', cluster: 'retail', renewer: 'kubelet' });
  const before = life.state.clusters[1]?.nodes ?? [];
  life.pass(4 * DAY_MS);
  const nodes = life.state.clusters[1]?.nodes ?? [];
  expect(nodes.map(({ role, ip, lost }) => [role, ip, lost])).toEqual([
    ['control-plane', '172.16.10.10', true],
    ['worker', '172.16.10.11', undefined],
    ['worker', '172.16.10.12', undefined],
  ]);
  expect(nodes.map(({ name }, at) => name === before[at]?.name)).toEqual([true, false, false]);
  const workers = life.all('retail', 'kubelet-client').slice(1);
  expect(workers.map(({ issuedAt, sans, subject }) => [issuedAt, sans.dns, subject])).toEqual(
    nodes
      .slice(1)
      .map(({ name }) => [
        instantAfter(4 * DAY_MS),
        [],
        { commonName: `system:node:${name}`, organizations: ['system:nodes'] },
      ]),
  );
  life.succeed({ kind: 'Update-AksHciClusterCertificates', name: 'retail', fix: 'kubelet-credentials' });
  expect(life.state.clusters[1]?.nodes[0]?.lost).toBeUndefined();
});

test('a worker cannot be replaced while the provider is revoked, but is replaced as soon as the provider is reinstated', () => {
  const life = new Life()
    .succeed({ kind: 'revoke-identity', identity: 'management-caph' })
    .succeed({ kind: 'stall-renewer', cluster: 'retail', renewer: 'kubelet' })
    .pass(5 * DAY_MS);
  expect(life.state.clusters[1]?.nodes.map(({ lost }) => lost)).toEqual([true, true, true]);
  life.succeed({ kind: 'reinstate-identity', identity: 'management-caph' });
  expect(life.state.clusters[1]?.nodes.map(({ lost }) => lost)).toEqual([true, undefined, undefined]);
});

describe("the rotation of the cloud agent's CA", () => {
  const rotate = 'Invoke-AksHciRotateCACertificate';

  function listLockedOut({ state }: Life): string[] {
    const view = observe(state);
    return state.identities.flatMap(({ name }) => (view.cloudAgent(name) ? [name] : []));
  }

  test('keeps every client accepted after each stage', () => {
    const life = new Life().pass(100 * DAY_MS);
    for (const stage of ['both-trusted', 'reissuing', 'withdrawn'] as const) {
      life.succeed({ kind: rotate, stage });
      expect(life.state.cloudAgent.stage).toBe(stage);
      expect(listLockedOut(life)).toEqual([]);
      expect(life.state.cloudAgent.trusted).toHaveLength(stage === 'withdrawn' ? 1 : 2);
    }
    const [authority] = life.state.cloudAgent.trusted;
    for (const { name, trusts } of life.state.identities) {
      expect(trusts).toEqual([authority]);
      expect(life.identityCertificate(name)).toMatchObject({ issuer: authority, issuedAt: life.state.now });
    }
  });

  test('cannot skip or repeat a stage', () => {
    const life = new Life();
    expect(life.do({ kind: rotate, stage: 'withdrawn' })).toMatchObject({
      code: 'stage-out-of-order',
      subject: 'single',
    });
    life.succeed({ kind: rotate, stage: 'both-trusted' });
    expect(life.do({ kind: rotate, stage: 'both-trusted' })).toMatchObject({ subject: 'both-trusted' });
    life.succeed({ kind: rotate });
    expect(life.state.cloudAgent.stage).toBe('withdrawn');
  });

  test('ends when the old CA expires, but the next rotation may begin earlier', () => {
    const life = new Life(deployment({ settings: { caRotatesItself: false } })).pass(100 * DAY_MS);
    life.succeed({ kind: rotate });
    const next = new Life(life.state).succeed({ kind: rotate, stage: 'both-trusted' });
    expect(next.state.cloudAgent).toMatchObject({ stage: 'both-trusted', trusted: { length: 2 } });
    life.pass(265 * DAY_MS - SECOND_MS);
    expect(life.state.cloudAgent.stage).toBe('withdrawn');
    life.pass(SECOND_MS);
    expect(life.state.cloudAgent.stage).toBe('single');
  });

  test('keeps the old CA as issuer until certificates are reissued by the new CA', () => {
    const life = new Life().pass(50 * DAY_MS).succeed({ kind: rotate, stage: 'both-trusted' });
    const [old, added] = life.state.cloudAgent.trusted;
    life.pass(20 * DAY_MS);
    expect(life.identityCertificate('retail-csi')).toMatchObject({ issuedAt: instantAfter(63 * DAY_MS), issuer: old });
    expect(life.identity('retail-csi').trusts).toEqual([old, added]);
    life.succeed({ kind: rotate, stage: 'reissuing' });
    expect(life.identityCertificate('retail-csi')).toMatchObject({
      issuedAt: instantAfter(70 * DAY_MS),
      issuer: added,
    });
    const server = life.state.certificates.find(({ profile }) => profile === 'cloud-agent-server');
    expect(server).toMatchObject({ issuedAt: instantAfter(70 * DAY_MS), issuer: added });
  });

  test('locks out a client that was off during the whole rotation, until the client has a new login file', () => {
    const life = new Life()
      .succeed({ kind: 'power', cluster: 'retail', on: false })
      .succeed({ kind: rotate })
      .pass(DAY_MS)
      .succeed({ kind: 'power', cluster: 'retail', on: true });
    expect(listLockedOut(life)).toHaveLength(5);
    expect(observe(life.state).cloudAgent('retail-csi')?.text).toContain(
      'x509: certificate signed by unknown authority',
    );
    life
      .pass(HOUR_MS)
      .succeed({
        kind: 'Update-AksHciClusterCertificates',
        name: 'retail',
        fix: 'cloud-credentials',
        patchLoadBalancer: true,
      });
    expect(listLockedOut(life)).toEqual([]);
  });

  test('begins by itself ninety days before the CA expires, has three stages, and locks out no client', () => {
    const life = new Life();
    for (let day = 0; day < 400; day += 20) {
      life.pass(20 * DAY_MS);
      expect(listLockedOut(life)).toEqual([]);
    }
    const stages = life.events.filter(({ kind }) => kind.startsWith('ca-'));
    expect(stages.map(({ kind, at }) => [kind, at])).toEqual([
      ['ca-both-trusted', instantAfter(275 * DAY_MS)],
      ['ca-reissuing', instantAfter(365 * DAY_MS - 0.15 * 90 * DAY_MS)],
      ['ca-withdrawn', instantAfter(365 * DAY_MS)],
    ]);
  });
});

describe('with a wrong clock,', () => {
  test('the certificates of a cluster are not yet valid if its clock is slow by more than the time by which they are backdated', () => {
    const life = new Life();
    life.succeed({ kind: 'set-clock', cluster: 'retail', offsetMs: -4 * MINUTE_MS });
    expect(observe(life.state).apiServer('retail')).toBeUndefined();
    life.succeed({ kind: 'set-clock', cluster: 'retail', offsetMs: -6 * MINUTE_MS });
    expect(observe(life.state).apiServer('retail')).toMatchObject({ code: 'api-server-down' });
    life.pass(2 * MINUTE_MS);
    expect(observe(life.state).apiServer('retail')).toBeUndefined();
  });

  test('a client whose clock is a minute slow refuses certificates that the cloud agent has just issued', () => {
    const life = new Life();
    life.succeed({ kind: 'set-clock', cluster: 'retail', offsetMs: -MINUTE_MS });
    expect(observe(life.state).cloudAgent('retail-csi')).toMatchObject({
      code: 'server-not-valid',
      text: 'x509: certificate has expired or is not yet valid',
    });
    life.pass(MINUTE_MS);
    expect(observe(life.state).cloudAgent('retail-csi')).toBeUndefined();
  });

  test('certificates expire while the clock is fast, and are valid again once it is corrected', () => {
    const life = new Life();
    life.succeed({ kind: 'set-clock', cluster: 'retail', offsetMs: 5 * DAY_MS });
    expect(life.certificate('apiserver').expired).toBe(true);
    life.succeed({ kind: 'set-clock', cluster: 'retail', offsetMs: 0 });
    expect(life.certificate('apiserver').expired).toBeUndefined();
    expect(observe(life.state).apiServer('retail')).toBeUndefined();
    life.pass(10 * DAY_MS);
    expect(observe(life.state).apiServer('retail')).toBeUndefined();
  });

  test('a control plane whose certificates have expired by its own clock renews no certificates', () => {
    const life = new Life().succeed({ kind: 'set-clock', cluster: 'retail', offsetMs: 3.5 * DAY_MS });
    life.succeed({
      kind: 'apply-revocation',
      cluster: 'retail',
      revocation: { name: 'control-plane', namespace: 'kube-system', entries: [{ kind: 'IP', value: '172.16.10.10' }] },
    });
    life.pass(8 * DAY_MS);
    // The API server's certificate expires half a day after the start; the scheduler's is due three days after it.
    expect(life.certificate('scheduler')).toMatchObject({
      renewCount: 1,
      expired: true,
      lastRefusal: { reason: 'api-server-down' },
    });
  });

  test('tokens and certificates of clients on the hosts are expired only while the clocks of the hosts are fast', () => {
    const life = new Life().succeed({ kind: 'set-clock', offsetMs: 100 * DAY_MS });
    expect(life.identity('mocctl-admin').token.expired).toBe(true);
    expect(life.identityCertificate('mocctl-admin').expired).toBe(true);
    life.succeed({ kind: 'set-clock', offsetMs: 0 });
    expect(life.identity('mocctl-admin').token.expired).toBeUndefined();
    expect(life.identityCertificate('mocctl-admin').expired).toBeUndefined();
  });

  test('a client does not renew its certificate endlessly if its clock is eighty days fast', () => {
    const life = new Life().succeed({ kind: 'set-clock', cluster: 'retail', offsetMs: 80 * DAY_MS });
    life.pass(20 * DAY_MS);
    // At most one certificate is issued every 43.2 hours.
    expect(life.identityCertificate('retail-csi').issueNumber).toBeLessThanOrEqual(13);
  });
});

test('sixty-day certificates of an older build are renewed on day 42', () => {
  const settings = { identityValidityMs: 60 * DAY_MS };
  const life = new Life(deployment({ settings })).pass(45 * DAY_MS);
  expect(life.identityCertificate('retail-csi')).toMatchObject({
    issuedAt: instantAfter(42 * DAY_MS),
    notAfter: instantAfter(102 * DAY_MS - SECOND_MS),
  });
});
