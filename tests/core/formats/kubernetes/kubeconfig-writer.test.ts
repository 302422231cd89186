import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { writeKubeconfig } from '../../../../core/formats/kubernetes/kubeconfig-writer.ts';
import { recognise } from '../../../../core/formats/recognise.ts';
import { leafCorpus, encodeCertificatePem } from '../../../support/certificates.ts';

const [ca, client] = leafCorpus(2).map(encodeCertificatePem);
const CLUSTER = { clusterName: 'retail-east', server: 'https://172.16.255.14:6443', certificateAuthorityPem: ca ?? '' };
const read = (text: string) => recognise(new TextEncoder().encode(text));

let keyPem: string;
beforeAll(() => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  keyPem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
});

test('a kubeconfig with a client certificate is read back completely', () => {
  const text = writeKubeconfig({
    ...CLUSTER,
    userName: 'kubernetes-admin',
    credentials: { certificatePem: client ?? '', keyPem },
  });
  const { format, certificates, keys, findings } = read(text);
  expect([format, findings]).toEqual(['kubeconfig', []]);
  const joined = { clusterName: 'retail-east', server: CLUSTER.server };
  expect(certificates.map(({ der, origin }) => [encodeCertificatePem(der), origin])).toEqual([
    [ca, { format: 'kubeconfig', part: 'certificate-authority', ...joined }],
    [client, { format: 'kubeconfig', part: 'client-certificate', userName: 'kubernetes-admin', ...joined }],
  ]);
  expect(keys).toMatchObject([{ keyPem, pair: certificates[1]?.pair }]);
});

test('a token that YAML would read as a number is quoted', () => {
  const text = writeKubeconfig({
    ...CLUSTER,
    userName: 'tls-bootstrap-token-user',
    namespace: 'kube-system',
    credentials: { token: '123456.1234567890123456' },
  });
  expect(text).toContain('token: "123456.1234567890123456"\n');
  expect(read(text)).toMatchObject({ format: 'kubeconfig', findings: [] });
  expect(read(text).tokens).toHaveLength(1);
  expect(parse(text)).toEqual({
    apiVersion: 'v1',
    kind: 'Config',
    preferences: {},
    clusters: [
      {
        name: 'retail-east',
        cluster: { server: CLUSTER.server, 'certificate-authority-data': Buffer.from(ca ?? '').toString('base64') },
      },
    ],
    users: [{ name: 'tls-bootstrap-token-user', user: { token: '123456.1234567890123456' } }],
    contexts: [
      {
        name: 'tls-bootstrap-token-user@retail-east',
        context: { cluster: 'retail-east', user: 'tls-bootstrap-token-user', namespace: 'kube-system' },
      },
    ],
    'current-context': 'tls-bootstrap-token-user@retail-east',
  });
});

test('names with a special meaning in YAML are read back unchanged', () => {
  const names = { clusterName: 'on', userName: '管理者: "a"\n#b' };
  const text = writeKubeconfig({ ...CLUSTER, ...names, credentials: { token: 'x' } });
  expect(read(text).tokens[0]?.origin).toMatchObject(names);
  expect(parse(text)).toMatchObject({ 'current-context': `${names.userName}@on` });
});
