import { privateKeyPem } from '../../core/pki/issue/private-key-pem.ts';
import { nodeCrypto } from '../../core/node/crypto.ts';
import { nodeKeys } from '../../core/node/keys.ts';
import { encodePem } from '../../core/formats/der/pem.ts';
import { writeKubeconfig } from '../../core/formats/kubernetes/kubeconfig-writer.ts';
import { writeLoginFile } from '../../core/formats/moc/login-file-writer.ts';
import { issueCertificate, issueRoot, type SigningAuthority } from '../../core/pki/issue/issue.ts';
import type { CertificateTemplate } from '../../core/shared/certificates/certificate-template.ts';
import { DAY_MS, instantFromMs, SECOND_MS } from '../../core/shared/instant.ts';
import type { PrivateKey } from '../../core/shared/ports.ts';
import { NOW_MS } from './console.ts';

/*
 * Files of fictitious clusters, created by the engine: one folder per cluster, with the name of the cluster, and one
 * file per credential.
 */

const ports = { keys: nodeKeys(), crypto: nodeCrypto() };
/** Keys by cluster. All certificates of a cluster share a key, since nothing compares keys in these tests. */
const keys = new Map<string, Promise<PrivateKey>>();
let serial = 0x1000_0000;

function keyFor(cluster: string): Promise<PrivateKey> {
  const key = keys.get(cluster) ?? ports.keys.generate('p-256');
  keys.set(cluster, key);
  return key;
}

/** Roles for tests, with the contents of certificates from which an import recognises the roles. */
const KINDS = {
  apiserver: { name: 'kube-apiserver', usage: ['serverAuth'], groups: [], dns: ['kubernetes.default.svc'] },
  scheduler: { name: 'system:kube-scheduler', usage: ['clientAuth'], groups: [], dns: [] },
  'etcd-peer': { name: 'kube-etcd-peer', usage: ['serverAuth', 'clientAuth'], groups: [], dns: ['etcd'] },
  'kubelet-client': { name: 'system:node:n1', usage: ['clientAuth'], groups: ['system:nodes'], dns: [] },
  admin: { name: 'kubernetes-admin', usage: ['clientAuth'], groups: ['system:masters'], dns: [] },
  'cluster-ca': { name: 'kubernetes', usage: [], groups: [], dns: [] },
} as const;

export interface CertificateWish {
  cluster?: string;
  /** Default: an API server. */
  role?: keyof typeof KINDS;
  /** The common name, from which alone an import recognises some roles. */
  name?: string;
  /** Share of the lifetime that has passed at `NOW_MS`; above 1, the certificate has expired. Default: 0.5. */
  share?: number;
  /** Default: four days. */
  lifeMs?: number;
  /** Time from `NOW_MS` until the certificate is no longer valid; replaces `share`. */
  leftMs?: number;
}

/**
 * Returns the path and text of a certificate. Its validity is rounded to whole seconds, the last of which is included.
 */
export async function certificateFile(wish: CertificateWish = {}): Promise<[path: string, pem: string]> {
  const { cluster = 'retail-east', role = 'apiserver' } = wish;
  const { name = KINDS[role].name } = wish;
  return [`/${cluster}/${name.replaceAll(':', '-')}.crt`, (await issue(wish)).pem];
}

interface Issued {
  pem: string;
  key: PrivateKey;
}

/** The issued certificates, by wish: equal wishes yield the same certificate. */
const issued = new Map<string, Promise<Issued>>();

function issue(wish: CertificateWish): Promise<Issued> {
  const { cluster = 'retail-east', role = 'apiserver', share = 0.5, lifeMs = 4 * DAY_MS } = wish;
  const { name = KINDS[role].name, leftMs = (1 - share) * lifeMs } = wish;
  const whole = { cluster, role, name, lifeMs, leftMs };
  const id = JSON.stringify(whole);
  const certificate = issued.get(id) ?? issueNew(whole);
  issued.set(id, certificate);
  return certificate;
}

async function issueNew(wish: Required<Omit<CertificateWish, 'share'>>): Promise<Issued> {
  const { cluster, role, name, lifeMs, leftMs } = wish;
  const kind = KINDS[role];
  const key = await keyFor(cluster);
  const end = Math.round((NOW_MS + leftMs) / SECOND_MS) * SECOND_MS;
  const isCa = role === 'cluster-ca';
  const template: CertificateTemplate = {
    ...templateFor(name, { fromMs: end - lifeMs, untilMs: end - SECOND_MS }),
    subject: { commonName: name, organizations: kind.groups },
    sans: { dns: kind.dns, ip: [] },
    keyUsage: isCa ? ['keyCertSign'] : ['digitalSignature'],
    extendedKeyUsage: kind.usage,
    isCa,
  };
  const { der } = isCa
    ? issueRoot(ports, { template, key })
    : issueCertificate(ports, { template, subjectSpki: key.spki, issuer: makeAuthority(key) });
  return { pem: encodePem('CERTIFICATE', der), key };
}

/** Returns the path and text of a kubeconfig as on an admin's workstation. */
export async function kubeconfigFile(wish: CertificateWish = {}): Promise<[path: string, text: string]> {
  const { cluster = 'retail-east' } = wish;
  const userName = wish.name ?? `${cluster}-admin`;
  const { pem, key } = await issue({ ...wish, name: userName, role: 'admin' });
  const text = writeKubeconfig({
    clusterName: cluster,
    server: `https://${cluster}.example:6443`,
    certificateAuthorityPem: (await issue({ cluster, role: 'cluster-ca', lifeMs: 3_650 * DAY_MS })).pem,
    userName,
    credentials: { certificatePem: pem, keyPem: privateKeyPem(ports, key) },
  });
  return [`/workstation/.kube/${userName}`, text];
}

function makeAuthority(key: PrivateKey): SigningAuthority {
  const validity = { fromMs: NOW_MS - 400 * DAY_MS, untilMs: NOW_MS + 3_000 * DAY_MS };
  return issueRoot(ports, { template: { ...templateFor('kubernetes', validity), isCa: true }, key });
}

function templateFor(
  commonName: string,
  { fromMs, untilMs }: { fromMs: number; untilMs: number },
): CertificateTemplate {
  serial += 1;
  return {
    serialHex: serial.toString(16),
    subject: { commonName, organizations: [] },
    sans: { dns: [], ip: [] },
    notBefore: instantFromMs(fromMs),
    notAfter: instantFromMs(untilMs),
    keyUsage: [],
    extendedKeyUsage: [],
    isCa: false,
  };
}

export async function certificateFiles(...wishes: CertificateWish[]): Promise<Record<string, string>> {
  return Object.fromEntries(await Promise.all(wishes.map(certificateFile)));
}

export interface TokenWish {
  /** The name from which an import recognises role and cluster: `KMSPlugin-<cluster>-moc-kms-plugin`, `kvactl`. */
  identity: string;
  /** Days since the token was issued; it is valid for ninety days. */
  ageDays: number;
  /** Name of the cloud agent, from which an import recognises the agent. */
  agent?: string;
}

/** Returns the path and text of a MOC login file. */
export function loginFile({ identity, ageDays, agent = 'ca-1' }: TokenWish): [path: string, text: string] {
  const issuedAt = Math.round(NOW_MS / SECOND_MS) - ageDays * (DAY_MS / SECOND_MS);
  const claims = {
    name: identity,
    iat: issuedAt,
    exp: issuedAt + 90 * (DAY_MS / SECOND_MS),
    iss: 'wssdagentsvc',
    jti: agent,
  };
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = writeLoginFile({
    name: identity,
    token: `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`,
    authorities: [],
    clientType: 'ControlPlane',
    cloudFqdn: agent,
    cloudPort: 55_000,
    cloudAuthPort: 65_000,
    location: 'MocLocation',
  });
  return [`/${agent}/${identity}/login.yaml`, text];
}
