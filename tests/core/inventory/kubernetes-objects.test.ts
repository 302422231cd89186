import { beforeAll, expect, test } from 'vitest';
import { signCsrObject } from '../../../core/pki/approve/csr-signer.ts';
import { issueCertificate, issueRoot, type SigningAuthority } from '../../../core/pki/issue/issue.ts';
import { buildProfileTemplate } from '../../../core/pki/issue/profile-template.ts';
import { PROFILES } from '../../../core/pki/model/profiles.ts';
import { writeCsrObjects } from '../../../core/formats/kubernetes/csr-object-writer.ts';
import { writeKubeconfig } from '../../../core/formats/kubernetes/kubeconfig-writer.ts';
import { encodePem } from '../../../core/formats/der/pem.ts';
import { writeYaml, type YamlValue } from '../../../core/formats/yaml/yaml-writer.ts';
import { inspectPaths, type Inspection } from '../../../core/inventory/export/inspect.ts';
import type { PrivateKey } from '../../../core/shared/ports.ts';
import { MemoryFiles, testPorts } from '../../support/ports.ts';
import {
  aClientObject,
  APPROVED,
  aRequest,
  aServingObject,
  NODE_USER,
  SERVING_TEMPLATE,
} from '../../support/requests.ts';

const ports = testPorts();
const base64 = (content: string | Uint8Array): string => Buffer.from(content).toString('base64');
const pem = (der: Uint8Array): string => encodePem('CERTIFICATE', der);

let east: SigningAuthority;
let west: SigningAuthority;
let key: PrivateKey;
let keyPem: string;
beforeAll(async () => {
  const root = async (serialHex: string): Promise<SigningAuthority> =>
    issueRoot(ports, {
      template: buildProfileTemplate({
        profile: PROFILES['cluster-ca'],
        values: {},
        serialHex,
        now: ports.clock.now(),
      }),
      key: await ports.keys.generate('p-256'),
    });
  [east, west] = [await root('0a'), await root('0b')];
  key = await ports.keys.generate('p-256');
  keyPem = encodePem('PRIVATE KEY', ports.keys.exportPrivateKey(key, 'pkcs8'));
});

function issueDer(profile: 'admin' | 'apiserver-etcd-client', issuer: SigningAuthority): Uint8Array {
  const template = buildProfileTemplate({
    profile: PROFILES[profile],
    values: {},
    serialHex: '0c',
    now: ports.clock.now(),
  });
  return issueCertificate(ports, { template, subjectSpki: key.spki, issuer }).der;
}

function aSecret(name: string, type: string, data: Record<string, string>): YamlValue {
  return { apiVersion: 'v1', data, kind: 'Secret', metadata: { name, namespace: 'a' }, type };
}

async function inspect(content: string): Promise<Inspection> {
  const files = new MemoryFiles().put('/dump/objects.yaml', content);
  return inspectPaths({ ...ports, files }, ['/dump']);
}
const outlineRecords = ({ records }: Inspection): unknown[] =>
  records.map(({ role, layer, name, source, keyMatch }) => [role, layer, name, source.entry, keyMatch]);

test('certificates issued for requests belong to kubelets, and a pending request causes a warning', async () => {
  const approved = { conditions: [APPROVED] };
  const client = aClientObject(aRequest(ports, key), { ...approved, name: 'a' });
  const serving = aServingObject(aRequest(ports, key, SERVING_TEMPLATE), { ...approved, name: 'b' });
  const sign = (object: typeof client) => signCsrObject(ports, { object, authority: east }).object;
  const inspection = await inspect(writeCsrObjects([sign(client), sign(serving), aClientObject(aRequest(ports, key))]));
  expect(outlineRecords(inspection)).toEqual([
    ['kubelet-client', 'kubernetes', NODE_USER, 'items[a].status.certificate', 'absent'],
    ['kubelet-server', 'kubernetes', NODE_USER, 'items[b].status.certificate', 'absent'],
  ]);
  expect(inspection.findings).toMatchObject([
    {
      rule: 'csr-object.pending',
      severity: 'warning',
      place: { path: '/dump/objects.yaml', entry: 'items[node-csr-1]' },
      params: { name: 'node-csr-1', signer: 'kubernetes.io/kube-apiserver-client-kubelet' },
    },
  ]);
});

test('a certificate in a Secret is recognised by its content and compared with its key', async () => {
  const data = { 'tls.crt': base64(pem(issueDer('apiserver-etcd-client', east))), 'tls.key': base64(keyPem) };
  const inspection = await inspect(writeYaml(aSecret('etcd-certs', 'kubernetes.io/tls', data)));
  expect(outlineRecords(inspection)).toEqual([
    ['apiserver-etcd-client', 'kubernetes', 'kube-apiserver-etcd-client', 'data.tls.crt', 'matches'],
  ]);
});

test('a bootstrap token expires at the time in its Secret, and its text is not in the result', async () => {
  const secret = 'f395accd246ae52d';
  const data = {
    'token-id': base64('07401b'),
    'token-secret': base64(secret),
    expiration: base64('2026-11-25T12:00:00Z'),
    'usage-bootstrap-authentication': base64('true'),
  };
  const name = 'bootstrap-token-07401b';
  const text = writeYaml(aSecret(name, 'bootstrap.kubernetes.io/token', data)).replace(
    'namespace: a',
    'namespace: kube-system',
  );
  const inspection = await inspect(text);
  expect(inspection.records).toMatchObject([
    {
      kind: 'token',
      role: 'bootstrap-token',
      name: 'system:bootstrap:07401b',
      notAfter: '2026-11-25T12:00:00Z',
      assumed: false,
    },
  ]);
  const everything = JSON.stringify(inspection);
  expect(everything).not.toContain(secret);
  expect(everything).not.toContain(base64(secret));
});

test('two clusters with kubeconfigs in Secrets of the same file stay separate', async () => {
  const kubeconfig = (authority: SigningAuthority): string =>
    base64(
      writeKubeconfig({
        clusterName: 'kubernetes',
        server: 'https://10.0.0.1:6443',
        certificateAuthorityPem: pem(authority.der),
        userName: 'kubernetes-admin',
        credentials: { certificatePem: pem(issueDer('admin', authority)), keyPem },
      }),
    );
  const items = [
    aSecret('east-kubeconfig', 'Opaque', { value: kubeconfig(east) }),
    aSecret('west-kubeconfig', 'Opaque', { value: kubeconfig(west) }),
  ];
  const inspection = await inspect(writeYaml({ apiVersion: 'v1', items, kind: 'List' }));
  const roots = inspection.clusters.map(({ credentials }) =>
    credentials.flatMap((one) => (one.kind === 'certificate' && one.facts.isCa ? [one.facts] : [])),
  );
  expect(roots.map((facts) => facts.map(({ serialHex }) => serialHex)).sort()).toEqual([['0a'], ['0b']]);
  expect(inspection.records.filter(({ keyMatch }) => keyMatch === 'matches')).toHaveLength(2);
});
