import { describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../core/shared/instant.ts';
import { PROFILE_IDS } from '../../../core/pki/model/profile.ts';
import { observe } from '../../../core/simulation/observe.ts';
import { buildTemplate } from '../../../core/simulation/template-of.ts';
import { certificateByHand } from '../pki/profiles-by-hand.ts';
import { instantAfter, deployment, Life, RETAIL } from './deployment.ts';

describe('a deployment in its first second', () => {
  const life = new Life();

  test('has certificates of all profiles except the extra admin’s', () => {
    const made = new Set(life.state.certificates.map(({ profile }) => profile));
    expect(PROFILE_IDS.filter((id) => !made.has(id))).toEqual(['extra-admin']);
  });

  test('has the correct number of certificates per profile for its machines, clusters and hosts', () => {
    const counts: Partial<Record<string, number>> = {};
    for (const { profile } of life.state.certificates) counts[profile] = (counts[profile] ?? 0) + 1;
    const { admin, 'kubelet-client': client, 'kubelet-server': server, ...others } = counts;
    // Two are in `admin.conf` files, two in the kubeconfigs of the two clusters.
    expect(admin).toBe(4);
    // There are two control-plane machines and two workers.
    expect([client, server]).toEqual([4, 4]);
    const once = ['cloud-agent-ca', 'cloud-agent-server', 'node-agent', 'mocctl', 'kvactl'];
    const ofOneCluster = ['cloud-operator', 'caph', 'load-balancer'];
    for (const [profile, count] of Object.entries(others))
      expect([profile, count]).toEqual([profile, [...once, ...ofOneCluster].includes(profile) ? 1 : 2]);
  });

  test('has the values of the handwritten table in every certificate', () => {
    for (const record of life.state.certificates) {
      const template = buildTemplate(record);
      const expected = certificateByHand(record, life.state);
      const { commonName, organizations, dns, ip, keyUsage, extendedKeyUsage, issuer } = expected;
      expect(template).toMatchObject({
        subject: { commonName, organizations },
        sans: { dns, ip },
        keyUsage,
        extendedKeyUsage,
        isCa: issuer === 'self',
        // Everything is issued in the first second. A validity period includes its last second.
        notBefore: instantAfter(-expected.backdatingMs),
        notAfter: instantAfter(expected.lifeMs - SECOND_MS),
      });
      expect(JSON.stringify(template)).not.toContain('<');
      expect(BigInt(`0x${template.serialHex}`) >> BigInt(expected.serialBits)).toBe(0n);
      const signer = life.state.certificates.find(({ id }) => id === record.issuer);
      expect(signer?.profile).toBe(issuer === 'self' ? record.profile : issuer);
      expect(signer?.cluster).toBe(expected.layer === 'moc' ? undefined : record.cluster);
    }
  });

  test('has the names of machines, API servers and KMS plugins that clients use', () => {
    const [node] = life.state.clusters[1]?.nodes ?? [];
    expect(buildTemplate(life.certificate('apiserver'))).toMatchObject({
      subject: { commonName: 'kube-apiserver', organizations: [] },
      sans: {
        dns: [
          'kubernetes',
          'kubernetes.default',
          'kubernetes.default.svc',
          'kubernetes.default.svc.cluster.local',
          node?.name,
        ],
        ip: ['10.96.0.1', '172.16.10.10', '172.16.10.5'],
      },
    });
    expect(buildTemplate(life.identityCertificate('KMSPlugin-retail-moc-kms-plugin'))).toMatchObject({
      subject: { commonName: 'KMSPlugin-retail-moc-kms-plugin' },
      moc: { accessIdentity: 'KMSPlugin-retail-moc-kms-plugin' },
    });
  });

  test('has different machines, serial numbers and certificates for each cluster and node', () => {
    const three = { ...RETAIL, name: 'branch', controlPlane: 3, network: '172.16.20' };
    const { state } = new Life(deployment({ clusters: [RETAIL, three] }));
    const serials = state.certificates.map(({ serialHex }) => serialHex);
    expect(new Set(serials).size).toBe(serials.length);
    const names = state.clusters.flatMap(({ nodes }) => nodes.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    const ofBranch = new Life(state).all('branch', 'apiserver');
    expect(ofBranch.map(({ sans }) => sans.ip[1])).toEqual(['172.16.20.10', '172.16.20.11', '172.16.20.12']);
    // kubeadm writes super-admin.conf only on the first node.
    expect(new Life(state).all('branch', 'super-admin')).toHaveLength(1);
  });

  test('does not change in place when the simulation continues', () => {
    const before = deployment();
    const copy = structuredClone(before);
    new Life(before).pass(100 * DAY_MS).do({ kind: 'power', on: false });
    expect(before).toEqual(copy);
  });
});

describe('in a hundred days of a healthy deployment,', () => {
  const life = new Life().pass(100 * DAY_MS);

  test('only the two exceptions in the article expire', () => {
    // super-admin.conf is also a kubeconfig.
    expect(life.listExpiredProfiles()).toEqual(['kubelet-server', 'super-admin']);
    const kubeconfig = life.kubeconfig();
    expect(kubeconfig.issueNumber).toBe(1);
    expect(kubeconfig.notAfter).toBe(instantAfter(365 * DAY_MS - SECOND_MS));
  });

  test('no client is refused', () => {
    const refused = life.events.filter(({ kind }) => /refused|not-started|lost/u.test(kind));
    expect(refused).toEqual([]);
    const view = observe(life.state);
    expect(life.state.clusters.map(({ name }) => view.apiServer(name))).toEqual([undefined, undefined]);
    expect(life.state.identities.flatMap(({ name }) => view.cloudAgent(name) ?? [])).toEqual([]);
    expect(view.authenticate(life.kubeconfig().id)).toBeUndefined();
  });

  test('a control-plane certificate is renewed about every three days, with a new serial number', () => {
    const slot = life.certificate('scheduler').slot;
    const renewals = life.events.filter(
      ({ kind, certificate }) => kind === 'certificate-renewed' && certificate?.startsWith(`${slot}.`),
    );
    // A renewal is due when a quarter of four days and five minutes is left.
    const period = 4 * DAY_MS - (4 * DAY_MS + 5 * MINUTE_MS) / 4;
    expect(renewals.map(({ at }) => at)).toEqual(
      Array.from({ length: 33 }, (_, at) => instantAfter(period * (at + 1))),
    );
    const { renewCount, issueNumber, original, serialHex } = life.certificate('scheduler');
    expect([renewCount, issueNumber]).toEqual([33, 34]);
    expect(original?.id).toBe(`${slot}.1`);
    expect(original?.serialHex).not.toBe(serialHex);
  });

  test('a client of the cloud agent is renewed once, on day 63, for another ninety days', () => {
    const record = life.identityCertificate('management-caph');
    expect(record).toMatchObject({
      renewCount: 1,
      issuedAt: instantAfter(63 * DAY_MS),
      notBefore: instantAfter(63 * DAY_MS),
      notAfter: instantAfter(153 * DAY_MS - SECOND_MS),
      original: { notBefore: instantAfter(0), notAfter: instantAfter(90 * DAY_MS - SECOND_MS) },
    });
    expect(buildTemplate(record).moc).toEqual({ accessIdentity: 'management-caph', renewCount: 1 });
  });

  test('the certificate of mocctl is renewed when somebody uses mocctl, within a week after day 63', () => {
    const { issuedAt } = life.identityCertificate('mocctl-admin');
    expect(issuedAt >= instantAfter(63 * DAY_MS) && issuedAt < instantAfter(70 * DAY_MS)).toBe(true);
  });

  test('tokens of clients with automatic rotation are replaced, and those of mocctl and kvactl expire', () => {
    expect(life.identity('retail-csi').token).toEqual({
      generation: 2,
      issuedAt: instantAfter(63 * DAY_MS),
      expiresAt: instantAfter(153 * DAY_MS),
    });
    expect(life.identity('kvactl-admin').token).toMatchObject({ generation: 1, expired: true });
  });

  test('kubectl logs and exec fail, because nobody renews the serving certificates of kubelets', () => {
    const [node] = life.state.clusters[1]?.nodes ?? [];
    expect(observe(life.state).kubelet(node?.name ?? '')).toMatchObject({ text: 'remote error: tls: internal error' });
  });
});

test('after four hundred days, only the kubeconfigs have also expired, and the CA has been rotated', () => {
  const life = new Life().pass(400 * DAY_MS);
  expect(life.listExpiredProfiles()).toEqual(['admin', 'cloud-agent-ca', 'kubelet-server', 'super-admin']);
  expect(observe(life.state).authenticate(life.kubeconfig().id)).toMatchObject({
    code: 'unauthorized',
    text: 'You must be logged in to the server (Unauthorized)',
  });
  expect(life.state.cloudAgent.stage).toBe('single');
  const [authority] = life.state.cloudAgent.trusted;
  const clients = life.state.identities.map(({ name }) => life.identityCertificate(name).issuer);
  expect(new Set(clients)).toEqual(new Set([authority]));
  const refused = life.events.filter(({ kind }) => /refused|not-started|lost/u.test(kind));
  expect(refused).toEqual([]);
});

test('mocctl and kvactl lose their certificates on day 90 if nobody uses them', () => {
  const { toolUseIntervalMs: _, ...settings } = deployment().settings;
  const life = new Life({ ...deployment(), settings }).pass(91 * DAY_MS);
  expect(life.listExpiredProfiles()).toContain('mocctl');
  expect(life.do({ kind: 'Repair-Moc' })).toMatchObject({
    code: 'certificate-expired',
    text: 'Certificate has expired: Expired',
  });
  life.succeed({ kind: 'Repair-MocLogin' }).succeed({ kind: 'Repair-Moc' });
});
