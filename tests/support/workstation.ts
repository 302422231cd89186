import { createSign, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CA_EXTENSIONS, CLIENT_EXTENSIONS, issue, pairIn, type IssuedPair } from './openssl.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The paths of the files, all below `folder`. */
export interface Workstation {
  folder: string;
  pki: string;
  kubeconfig: string;
  managementKubeconfig: string;
  cloudconfig: string;
  loginFile: string;
  clusterCa: IssuedPair;
  cloudAgentCa: IssuedPair;
  /** The secrets in the files, which may not appear anywhere else. */
  secrets: string[];
}

export const WORKSTATION_CREDENTIALS = 16;

/**
 * Writes a PKI folder, two kubeconfigs, an access file and a login file, all created with openssl and node:crypto, with
 * lifetimes around `nowMs`: an expired management kubeconfig, an urgent API server, an overdue kvactl certificate and
 * an urgent KMS token; all others are fine.
 */
export function makeWorkstation(folder: string, nowMs: number): Workstation {
  const keys: string[] = [];
  const put = (path: string, text: string): string => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const make = (
    at: [string, string],
    subject: string,
    extensions: string[],
    [fromMs, toMs]: [number, number],
    issuer?: IssuedPair,
    key: 'ec' | 'rsa' = 'ec',
  ): IssuedPair => {
    const pair = issue(...at, {
      subject,
      extensions,
      notBeforeMs: nowMs + fromMs,
      notAfterMs: nowMs + toMs,
      key,
      ...(issuer === undefined ? {} : { issuer }),
    });
    keys.push(readFileSync(pair.key, 'utf8'));
    return pair;
  };
  const pki = join(folder, 'retail-east/etc/kubernetes/pki');
  const server = (names: string): string[] => [
    'basicConstraints=critical,CA:false',
    'keyUsage=critical,digitalSignature,keyEncipherment',
    'extendedKeyUsage=serverAuth',
    'authorityKeyIdentifier=keyid',
    `subjectAltName=${names}`,
  ];
  const both = (names: string): string[] =>
    server(names).map((line) => line.replace('serverAuth', 'serverAuth,clientAuth'));
  const root: [number, number] = [-400 * DAY, 3_250 * DAY];
  const leaf: [number, number] = [-1 * DAY, 3 * DAY];

  const clusterCa = make(
    pairIn(pki, 'ca'),
    '/CN=kubernetes',
    [...CA_EXTENSIONS, 'subjectAltName=DNS:kubernetes'],
    root,
  );
  const etcdCa = make(pairIn(join(pki, 'etcd'), 'ca'), '/CN=etcd-ca', CA_EXTENSIONS, root);
  const frontProxyCa = make(pairIn(pki, 'front-proxy-ca'), '/CN=front-proxy-ca', CA_EXTENSIONS, root);
  const apiNames =
    'DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,DNS:retail-east-control-plane-1,IP:10.96.0.1,IP:172.16.255.14';
  const nodeNames = 'DNS:localhost,DNS:retail-east-control-plane-1,IP:127.0.0.1,IP:172.16.255.20';
  make(pairIn(pki, 'apiserver'), '/CN=kube-apiserver', server(apiNames), [-4 * DAY + 5 * HOUR, 5 * HOUR], clusterCa);
  make(
    pairIn(pki, 'apiserver-kubelet-client'),
    '/O=system:masters/CN=kube-apiserver-kubelet-client',
    CLIENT_EXTENSIONS,
    leaf,
    clusterCa,
  );
  make(
    pairIn(pki, 'apiserver-etcd-client'),
    '/O=system:masters/CN=kube-apiserver-etcd-client',
    CLIENT_EXTENSIONS,
    leaf,
    etcdCa,
  );
  make(pairIn(join(pki, 'etcd'), 'server'), '/CN=retail-east-control-plane-1', both(nodeNames), leaf, etcdCa);
  make(pairIn(join(pki, 'etcd'), 'peer'), '/CN=retail-east-control-plane-1', both(nodeNames), leaf, etcdCa);
  make(
    pairIn(join(pki, 'etcd'), 'healthcheck-client'),
    '/O=system:masters/CN=kube-etcd-healthcheck-client',
    CLIENT_EXTENSIONS,
    leaf,
    etcdCa,
  );
  make(pairIn(pki, 'front-proxy-client'), '/CN=front-proxy-client', CLIENT_EXTENSIONS, leaf, frontProxyCa);

  // The scratch folder lies outside `folder`, so that importing `folder` finds only the files of an admin.
  const scratch = `${folder}.scratch`;
  const base64 = (file: string): string => readFileSync(file).toString('base64');
  const kubeconfig = (path: string, cluster: string, ca: IssuedPair, client: IssuedPair): string => {
    keys.push(base64(client.key));
    return put(
      path,
      [
        'apiVersion: v1',
        'kind: Config',
        `current-context: admin@${cluster}`,
        'clusters:',
        `- name: ${cluster}`,
        '  cluster:',
        `    server: https://${cluster === 'retail-east' ? '172.16.255.14' : '172.16.255.10'}:6443`,
        `    certificate-authority-data: ${base64(ca.certificate)}`,
        'contexts:',
        `- name: admin@${cluster}`,
        `  context: { cluster: ${cluster}, user: ${cluster}-admin }`,
        'users:',
        `- name: ${cluster}-admin`,
        '  user:',
        `    client-certificate-data: ${base64(client.certificate)}`,
        `    client-key-data: ${base64(client.key)}`,
        '',
      ].join('\n'),
    );
  };
  const admin = make(
    pairIn(scratch, 'admin'),
    '/O=system:masters/CN=kubernetes-admin',
    CLIENT_EXTENSIONS,
    [-200 * DAY, 165 * DAY],
    clusterCa,
  );
  const managementCa = make(pairIn(scratch, 'mgmt-ca'), '/CN=kubernetes', CA_EXTENSIONS, root);
  const manager = make(
    pairIn(scratch, 'mgmt'),
    '/O=system:masters/CN=kubernetes-admin',
    CLIENT_EXTENSIONS,
    [-368 * DAY, -3 * DAY],
    managementCa,
  );
  const cloudAgentCa = make(
    pairIn(scratch, 'cloud-ca'),
    '/CN=ca-5b1f0c2e.contoso.example',
    CA_EXTENSIONS,
    [-100 * DAY, 265 * DAY],
    undefined,
    'rsa',
  );
  const kvactl = make(
    pairIn(scratch, 'kvactl'),
    '/CN=kvactl-admin-7f3c',
    CLIENT_EXTENSIONS,
    [-70 * DAY, 20 * DAY],
    cloudAgentCa,
    'rsa',
  );

  keys.push(base64(kvactl.key));
  const cloudconfig = put(
    join(folder, 'Users/admin/.wssd/kvactl/cloudconfig'),
    JSON.stringify({
      CloudCertificate: base64(cloudAgentCa.certificate),
      ClientCertificate: base64(kvactl.certificate),
      ClientKey: base64(kvactl.key),
      IdentityName: 'kvactl-admin-7f3c',
      ClientCertificateType: 'CA-Signed',
    }),
  );
  const token = aToken({ iss: 'wssdagentsvc', iat: seconds(nowMs - 85 * DAY), exp: seconds(nowMs + 5 * DAY) });
  const loginFile = put(
    join(folder, 'Users/admin/cloudlogin.yaml'),
    [
      'name: KMSPlugin-retail-east-moc-kms-plugin',
      `token: ${token}`,
      `certificate: ${base64(cloudAgentCa.certificate)}`,
      'clienttype: ControlPlane',
      'cloudfqdn: ca-5b1f0c2e.contoso.example',
      'cloudport: 55000',
      'cloudauthport: 65000',
      'location: MocLocation',
      'type: CA-Signed',
      '',
    ].join('\n'),
  );
  const kubeconfigPath = kubeconfig(join(folder, 'Users/admin/.kube/config'), 'retail-east', clusterCa, admin);
  const managementKubeconfig = kubeconfig(
    join(folder, 'AksHci/1.0.22.10209/kubeconfig-mgmt'),
    'mgmt',
    managementCa,
    manager,
  );
  put(join(folder, 'Users/admin/notes.txt'), 'Nothing of interest here.\n');
  return {
    folder,
    pki,
    kubeconfig: kubeconfigPath,
    managementKubeconfig,
    cloudconfig,
    loginFile,
    clusterCa,
    cloudAgentCa,
    secrets: [...keys.flatMap(privatePieces), token, token.split('.')[2] ?? token],
  };
}

/** Returns a JWT like those of the cloud agent: RS256, with a real signature. */
function aToken(claims: Record<string, string | number>): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return `${signed}.${createSign('sha256').update(signed).sign(privateKey).toString('base64url')}`;
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}

/**
 * Returns pieces of a private key that occur nowhere else: a key also contains its public half, which certificates
 * contain as well. For an EC key, the piece is the first line; for an RSA key, the lines after the modulus; for
 * Base64-encoded PEM, a piece that covers the first line.
 */
function privatePieces(key: string): string[] {
  if (!key.includes('-----')) return [key.slice(44, 120)];
  const lines = key.split('\n').filter((line) => line.length >= 48 && !line.startsWith('-----'));
  return key.includes('EC PRIVATE KEY') ? lines.slice(0, 1) : lines.slice(8);
}
