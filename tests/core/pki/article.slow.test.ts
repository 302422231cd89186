import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { judgeRequest, addVerdict } from '../../../core/pki/approve/approver.ts';
import { bootstrapKubeconfig, checkBootstrapToken, createBootstrapToken } from '../../../core/pki/issue/bootstrap.ts';
import { createRequest } from '../../../core/pki/issue/create-request.ts';
import { carryOut } from '../../../core/authorities/create/apply.ts';
import { planCreation } from '../../../core/authorities/create/plan.ts';
import { readCreationSpec } from '../../../core/authorities/create/specification/specification.ts';
import { signCsrObject } from '../../../core/pki/approve/csr-signer.ts';
import type { SigningAuthority } from '../../../core/pki/issue/issue.ts';
import { Materials } from '../../../core/simulation/materialise.ts';
import { observe } from '../../../core/simulation/observe.ts';
import type { CertificateState, DeploymentState } from '../../../core/simulation/state.ts';
import { verifyChain } from '../../../core/pki/verify/verify.ts';
import {
  KUBELET_CLIENT_SIGNER,
  KUBELET_SERVING_SIGNER,
  type CsrObject,
} from '../../../core/shared/certificates/csr-object.ts';
import { DAY_MS, instantFromMs, MINUTE_MS, epochMs, SECOND_MS, type Instant } from '../../../core/shared/instant.ts';
import type { RevocationEntry } from '../../../core/shared/renew-revocation/entry.ts';
import { writeCsrObject } from '../../../core/formats/kubernetes/csr-object-writer.ts';
import { readCsrObjects } from '../../../core/formats/kubernetes/csr-object.ts';
import type { RequestTemplate } from '../../../core/formats/x509/csr-writer.ts';
import { encodePem } from '../../../core/formats/der/pem.ts';
import { recognise } from '../../../core/formats/recognise.ts';
import { decodeCertificate } from '../../../core/formats/x509/certificate.ts';
import { createFiles } from '../../../core/node/files.ts';
import { openssl } from '../../support/openssl.ts';
import { testPorts } from '../../support/ports.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { deployment, Life } from '../simulation/deployment.ts';

/*
 * The article, "Overview of certificate management in AKS enabled by Azure Arc", from its first section to its last:
 * first on one control-plane node with real files, then in a whole deployment during a hundred days.
 */

const SPEC = `apiVersion: arcwarden/v1
kind: CertificateSpec
cluster:
  name: retail
  server: https://172.16.10.5:6443
  serviceIp: 10.96.0.1
node:
  name: retail-control-plane-1
  ips: [172.16.10.10]
certificates:
  - apiserver
  - apiserver-kubelet-client
  - apiserver-etcd-client
  - etcd-server
  - etcd-peer
  - etcd-healthcheck-client
  - front-proxy-client
kubeconfigs: [admin, controller-manager, scheduler]
serviceAccountKey: true
`;
const NODE = { name: 'retail-control-plane-1', dnsNames: [], addresses: ['172.16.10.10'] };
const NODE_USER = `system:node:${NODE.name}`;

const seconds = (moment: Instant): string => String(epochMs(moment) / 1000);
const later = (moment: Instant, ms: number): Instant => instantFromMs(epochMs(moment) + ms);

describe('certificate provisioning', () => {
  test('a node is provisioned by YAML and its kubelet by TLS bootstrapping', async () => {
    const folder = temporaryFolder();
    const ports = { ...testPorts(), files: createFiles() };
    const now = ports.clock.now();
    const pathTo = (...parts: string[]): string => join(folder, ...parts);

    // The specification creates every certificate except the kubelet's.
    const { spec, findings } = readCreationSpec(SPEC, pathTo('spec.yaml'));
    expect(findings).toEqual([]);
    if (spec === undefined) throw new Error('no specification');
    const result = await carryOut(ports, await planCreation(ports, spec, folder));
    expect(result.every(({ action }) => action === 'create')).toBe(true);
    for (const [file, ca] of [
      ['apiserver', 'ca'],
      ['apiserver-kubelet-client', 'ca'],
      ['apiserver-etcd-client', 'etcd/ca'],
      ['etcd/server', 'etcd/ca'],
      ['etcd/peer', 'etcd/ca'],
      ['front-proxy-client', 'front-proxy-ca'],
    ] as const) {
      const said = openssl(
        ...['verify', '-x509_strict', '-attime', seconds(now)],
        ...['-CAfile', pathTo('pki', `${ca}.crt`), pathTo('pki', `${file}.crt`)],
      );
      expect(String(said)).toContain('OK');
    }

    // The kubelet sends its first request with a bootstrap token.
    const token = createBootstrapToken(ports, {});
    const kubeconfig = bootstrapKubeconfig(token, {
      clusterName: 'retail',
      server: 'https://172.16.10.5:6443',
      certificateAuthorityPem: readFileSync(pathTo('pki/ca.crt'), 'utf8'),
    });
    expect(recognise(new TextEncoder().encode(kubeconfig)).tokens).toHaveLength(1);
    const requester = checkBootstrapToken(`${token.id}.${token.secret}`, [token], now);
    if (!requester.ok) throw new Error(requester.reason);

    const authority = await authorityIn(ports, pathTo('pki'));
    const key = await ports.keys.generate('p-256');
    const template: RequestTemplate = {
      subject: { commonName: NODE_USER, organizations: ['system:nodes'] },
      sans: { dns: [], ip: [] },
      keyUsage: [],
      extendedKeyUsage: [],
    };
    const context = { nodes: [NODE], longestSeconds: 4 * 86_400 };
    const kubelet = async (asked: RequestTemplate, how: Partial<CsrObject>): Promise<string> => {
      const pem = encodePem('CERTIFICATE REQUEST', createRequest(ports, { template: asked, key }));
      const written = writeCsrObject({
        name: `csr-${how.signerName === KUBELET_CLIENT_SIGNER ? 'client' : 'serving'}`,
        request: new TextEncoder().encode(pem),
        signerName: '',
        usages: [],
        groups: [],
        extra: {},
        conditions: [],
        ...how,
      });
      const [read] = readCsrObjects(written).objects;
      if (read === undefined) throw new Error('not read back');
      const judgement = judgeRequest(ports, { object: read.object, context });
      expect(judgement.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
      const approved = addVerdict(read.object, judgement, now);
      const { issued } = signCsrObject(ports, { object: approved, authority });
      const file = pathTo(`${String(how.signerName).replaceAll('/', '-')}.crt`);
      writeFileSync(file, encodePem('CERTIFICATE', issued.der));
      return file;
    };
    const client = await kubelet(template, {
      signerName: KUBELET_CLIENT_SIGNER,
      usages: ['digital signature', 'client auth'],
      username: requester.username,
      groups: requester.groups,
    });
    // The kubelet authenticates as the node with this client certificate and requests its serving certificate.
    const serving = await kubelet(
      { ...template, sans: { dns: [NODE.name], ip: NODE.addresses } },
      {
        signerName: KUBELET_SERVING_SIGNER,
        usages: ['digital signature', 'server auth'],
        username: NODE_USER,
        groups: ['system:nodes', 'system:authenticated'],
      },
    );
    for (const [file, purpose] of [
      [client, 'sslclient'],
      [serving, 'sslserver'],
    ] as const) {
      const options = ['-attime', seconds(now), '-purpose', purpose];
      const said = openssl('verify', ...options, '-CAfile', pathTo('pki/ca.crt'), file);
      expect(String(said)).toContain('OK');
    }
  });
});

async function authorityIn(
  ports: Pick<ReturnType<typeof testPorts>, 'keys'>,
  folder: string,
): Promise<SigningAuthority> {
  const [found] = recognise(readFileSync(join(folder, 'ca.crt'))).certificates;
  const decoded = found === undefined ? undefined : decodeCertificate(found.der);
  const key = ports.keys.read(readFileSync(join(folder, 'ca.key'), 'utf8'));
  if (found === undefined || decoded?.ok !== true || key === undefined) throw new Error('no CA');
  return { der: found.der, facts: decoded.certificate, key };
}

describe('renewal, update and revocation within a hundred days', () => {
  const ports = testPorts();
  const materials = new Materials(ports);
  /** The article calls kubeconfigs short-lived; those in Azure/aksArc issue 145 lasted for a year. */
  const life = new Life(deployment({ settings: { kubeconfigValidityMs: 4 * DAY_MS } }));

  const leaves = (state: DeploymentState): CertificateState[] =>
    state.certificates.filter(
      ({ cluster, profile, issuer, id, holder }) =>
        cluster === 'retail' && issuer !== id && profile !== 'super-admin' && holder.kind !== 'identity',
    );
  const verdict = async (state: DeploymentState, record: CertificateState) => {
    const { der } = await materials.certificate(state, record);
    const root = await materials.authority(state, record.issuer);
    const { revocations = [] } = state.clusters.find(({ name }) => name === record.cluster) ?? {};
    return verifyChain(ports, {
      chain: [der],
      roots: [root.der],
      crls: [],
      revocations,
      at: state.now,
      purpose: 'any',
      revocationCheck: false,
    });
  };
  const isException = ({ profile, holder }: CertificateState): boolean =>
    profile === 'kubelet-server' || holder.kind === 'workstation';

  beforeAll(() => {
    life.pass(100 * DAY_MS);
  });

  test('everything is renewed automatically except kubeconfigs and server certificates of kubelets, which expire on the fourth day', async () => {
    const { state } = life;
    for (const record of leaves(state)) {
      const { accepted, reasons } = await verdict(state, record);
      if (isException(record)) {
        expect(reasons.map(({ rule }) => rule)).toContain('expired');
        expect(record.renewCount).toBe(0);
      } else {
        expect({ profile: record.profile, accepted, reasons }).toMatchObject({ accepted: true });
        expect(record.renewCount).toBeGreaterThan(20);
      }
    }
    const exceptions = leaves(state).filter(isException);
    expect(new Set(exceptions.map(({ profile }) => profile))).toEqual(new Set(['kubelet-server', 'admin']));
  });

  test('openssl accepts the API server’s certificate until it has expired', async () => {
    const { state } = life;
    const folder = temporaryFolder();
    const apiserver = life.certificate('apiserver');
    const { der, facts } = await materials.certificate(state, apiserver);
    const root = await materials.authority(state, apiserver.issuer);
    const [ca, leaf] = [join(folder, 'ca.pem'), join(folder, 'leaf.pem')];
    writeFileSync(ca, encodePem('CERTIFICATE', root.der));
    writeFileSync(leaf, encodePem('CERTIFICATE', der));
    const check = (at: Instant): Buffer =>
      openssl(
        ...['verify', '-attime', seconds(at), '-purpose', 'sslserver'],
        ...['-verify_hostname', 'kubernetes.default.svc.cluster.local', '-CAfile', ca, leaf],
      );
    expect(String(check(state.now))).toContain('OK');
    expect(() => check(later(facts.notAfter, 1_000))).toThrow();
  });

  test('a renewed certificate of a cloud agent client contains the certificate of its login', async () => {
    const { state } = life;
    const record = life.identityCertificate(state.identities.find(({ profile }) => profile === 'csi')?.name ?? '');
    expect(record.renewCount).toBeGreaterThan(0);
    const { facts } = await materials.certificate(state, record);
    expect(facts.moc?.renewCount).toBe(record.renewCount);
    expect(facts.moc?.originalCertificate?.startsWith('3082')).toBe(true);
    expect((await verdict(state, record)).accepted).toBe(true);
  });

  /** Renews the kubeconfigs, since no cmdlet works with expired ones. */
  const renewAccess = (): Life =>
    new Life(life.state)
      .succeed({ kind: 'replace-management-kubeconfig' })
      .succeed({ kind: 'Get-AksHciCredential', name: 'retail' });

  test('expired kubeconfigs block Update-AksHci until they are replaced', () => {
    const update = { kind: 'Update-AksHci' } as const;
    expect(new Life(life.state).do(update)).toMatchObject({
      ok: false,
      text: 'You must be logged in to the server (Unauthorized)',
    });
    expect(renewAccess().do(update).ok).toBe(true);
  });

  test('after an update, certificates and tokens of identities other than mocctl and kvactl last ninety days', () => {
    const updated = renewAccess()
      .succeed({ kind: 'Update-AksHci' })
      .succeed({ kind: 'Update-AksHciCluster', name: 'retail' });
    const { now, identities } = updated.state;
    for (const { name, token } of identities) {
      if (name === 'mocctl' || name === 'kvactl') continue;
      const { notAfter } = updated.identityCertificate(name);
      expect([name, notAfter, token.expiresAt]).toEqual([
        name,
        // A certificate is still accepted in its last second; a token is not accepted at its expiry.
        later(now, 90 * DAY_MS - SECOND_MS),
        later(now, 90 * DAY_MS),
      ]);
    }
  });

  const REPAIR = { kind: 'Update-AksHciClusterCertificates', name: 'retail', fix: 'kubelet-credentials' } as const;
  const applyRevocation = (entry: RevocationEntry): Life =>
    renewAccess().succeed({
      kind: 'apply-revocation',
      cluster: 'retail',
      revocation: { name: 'my-renew-revocation', namespace: 'kube-system', entries: [entry] },
    });
  const KINDS = [
    ['serialnumber', () => life.certificate('apiserver').serialHex],
    ['Group', () => 'system:nodes'],
    ['DNS', () => 'kubernetes.default.svc.'],
    ['IP', () => '172.16.10.10'],
  ] as const;

  test.each(KINDS)('a repair restores the cluster after a revocation by %s with notBefore', async (kind, value) => {
    const revoked = applyRevocation({ kind, value: value(), notBefore: life.state.now });
    const matched = leaves(revoked.state).filter(({ revokedBy }) => revokedBy !== undefined);
    expect(matched.length).toBeGreaterThan(0);
    expect(matched.map(({ profile }) => profile)).not.toContain('kubelet-server');
    for (const record of matched) {
      const { reasons } = await verdict(revoked.state, record);
      expect(reasons.map(({ rule }) => rule)).toContain('revoked-by-object');
    }
    // Signers backdate by five minutes, so certificates issued earlier would still be older than the cutoff.
    revoked.pass(6 * MINUTE_MS);
    expect(revoked.do(REPAIR)).toMatchObject({ ok: true, stillRevoked: [] });
    revoked.pass(10 * DAY_MS);
    expect(observe(revoked.state).apiServer('retail')).toBeUndefined();
    for (const record of leaves(revoked.state)) {
      if (isException(record) || record.expired) continue;
      expect(await verdict(revoked.state, record)).toMatchObject({ accepted: true });
    }
  });

  test('a repair also restores the cluster after a revocation by serial number without notBefore', () => {
    const revoked = applyRevocation({ kind: 'serialnumber', value: life.certificate('apiserver').serialHex });
    expect(revoked.do(REPAIR)).toMatchObject({ ok: true, stillRevoked: [] });
    expect(observe(revoked.pass(10 * DAY_MS).state).apiServer('retail')).toBeUndefined();
  });

  test.each(KINDS.slice(1))(
    'after a revocation by %s without notBefore, the repaired certificates are revoked again',
    async (kind, value) => {
      const revoked = applyRevocation({ kind, value: value() }).pass(6 * MINUTE_MS);
      const outcome = revoked.do(REPAIR);
      if (!outcome.ok) throw new Error(JSON.stringify(outcome));
      expect(outcome.stillRevoked.length).toBeGreaterThan(0);
      for (const { certificate, by } of outcome.stillRevoked) {
        expect(by).toEqual({ revocation: 'my-renew-revocation', entry: 0 });
        const record = revoked.state.certificates.find(({ id }) => id === certificate);
        if (record === undefined) throw new Error('not in the state');
        const { reasons } = await verdict(revoked.state, record);
        expect(reasons.map(({ rule }) => rule)).toEqual(['revoked-by-object']);
      }
    },
  );
});
