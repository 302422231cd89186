import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { decodeCertificate } from '../../core/formats/x509/certificate.ts';
import {
  buildCertificate,
  bits,
  boolean,
  commonName,
  ECDSA_SHA256,
  element,
  extension,
  integer,
  octets,
  oid,
  relativeName,
  sequence,
  text,
  encodeCertificatePem,
  utcTime,
} from './certificates.ts';

/** The number of certificates in a cluster except those of workers: three roots and seven of the first node. */
const WITHOUT_WORKERS = 10;
const WORKERS = 15;
/**
 * Generating an RSA key takes a fifth of a second, so clusters share keys. The CAs have separate serial numbers and key
 * ids.
 */
const RSA_KEYS = 4;
const RSA_SHA256 = sequence(oid('1.2.840.113549.1.1.11'), element(0x05));
const PKI = 'etc/kubernetes/pki';

/** The public key of every certificate except CAs. The key is a point on the curve, since some readers check that. */
const LEAF_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'der' });

const signInBackground = promisify<string, Uint8Array, KeyObject, Buffer>(sign);

interface Role {
  file: string;
  subject: string;
  organisation?: string;
  /** Index of the issuing root among the roles; absent for a root. */
  issuer?: number;
  usage?: readonly ('server' | 'client')[];
}

const rolesWith = (workers: number): readonly Role[] => [
  { file: `cp-1/${PKI}/ca.crt`, subject: 'kubernetes' },
  { file: `cp-1/${PKI}/etcd/ca.crt`, subject: 'etcd-ca' },
  { file: `cp-1/${PKI}/front-proxy-ca.crt`, subject: 'front-proxy-ca' },
  { file: `cp-1/${PKI}/apiserver.crt`, subject: 'kube-apiserver', issuer: 0, usage: ['server'] },
  {
    ...{ file: `cp-1/${PKI}/apiserver-kubelet-client.crt`, subject: 'kube-apiserver-kubelet-client' },
    ...{ organisation: 'system:masters', issuer: 0, usage: ['client'] },
  },
  {
    ...{ file: `cp-1/${PKI}/apiserver-etcd-client.crt`, subject: 'kube-apiserver-etcd-client' },
    ...{ issuer: 1, usage: ['client'] },
  },
  { file: `cp-1/${PKI}/front-proxy-client.crt`, subject: 'front-proxy-client', issuer: 2, usage: ['client'] },
  { file: `cp-1/${PKI}/etcd/server.crt`, subject: 'cp-1', issuer: 1, usage: ['server', 'client'] },
  { file: `cp-1/${PKI}/etcd/peer.crt`, subject: 'cp-1', issuer: 1, usage: ['server', 'client'] },
  {
    ...{ file: `cp-1/${PKI}/etcd/healthcheck-client.crt`, subject: 'kube-etcd-healthcheck-client' },
    ...{ issuer: 1, usage: ['client'] },
  },
  ...Array.from({ length: workers }, (_, at): Role[] => {
    const node = `worker-${at + 1}`;
    const kubelet = { subject: `system:node:${node}`, organisation: 'system:nodes', issuer: 0 };
    const folder = `${node}/var/lib/kubelet/pki`;
    return [
      { ...kubelet, file: `${folder}/kubelet-client-current.pem`, usage: ['client'] },
      { ...kubelet, file: `${folder}/kubelet-server-current.pem`, usage: ['server'] },
    ];
  }).flat(),
];

const USAGES = { server: oid('1.3.6.1.5.5.7.3.1'), client: oid('1.3.6.1.5.5.7.3.2') };
const SERIAL = Buffer.alloc(16, 0x5a);
const OWN_KEY_ID = Buffer.alloc(20, 0xa5);
const ISSUER_KEY_ID = Buffer.alloc(20, 0xa6);

/** The signed part of a certificate, with the offsets of the parts that differ between clusters. */
interface Template {
  tbs: Buffer;
  serialAt: number;
  ownAt: number;
  issuerAt: number;
}

function makeTemplate(
  { subject, organisation, issuer, usage }: Role,
  { issuerName, isRsa, hasKeyIds }: { issuerName: string; isRsa: boolean; hasKeyIds: boolean },
): Template {
  const isCa = issuer === undefined;
  const dns = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local'];
  const names = subject === 'kube-apiserver' ? dns : ['localhost', subject.replace('system:node:', '')];
  const organisations = organisation === undefined ? [] : [relativeName('2.5.4.10', text(0x13, organisation))];
  const der = buildCertificate({
    serial: element(0x02, SERIAL),
    algorithm: isRsa ? RSA_SHA256 : ECDSA_SHA256,
    issuer: commonName(issuerName),
    subject: sequence(...organisations, relativeName('2.5.4.3', text(0x0c, subject))),
    validity: sequence(utcTime('260101000000Z'), utcTime(isCa ? '351230000000Z' : '261230000000Z')),
    key: LEAF_KEY,
    extensions: [
      extension('2.5.29.15', bits(Buffer.from([isCa ? 0x06 : 0xa0]), isCa ? 1 : 5), true),
      ...(usage === undefined ? [] : [extension('2.5.29.37', sequence(...usage.map((one) => USAGES[one])))]),
      extension('2.5.29.19', isCa ? sequence(boolean(0xff)) : sequence(), true),
      ...(isCa && hasKeyIds ? [extension('2.5.29.14', octets(OWN_KEY_ID))] : []),
      ...(isCa || !hasKeyIds ? [] : [extension('2.5.29.35', sequence(element(0x80, ISSUER_KEY_ID)))]),
      ...(usage?.includes('server') === true
        ? [extension('2.5.29.17', sequence(...names.map((name) => text(0x82, name))))]
        : []),
    ],
  });
  const decoded = decodeCertificate(der);
  if (!decoded.ok) throw new Error(decoded.finding.rule);
  const { offset, length } = decoded.certificate.tbs;
  const tbs = der.subarray(offset, offset + length);
  const findMark = (mark: Buffer): number => tbs.indexOf(mark);
  return { tbs, serialAt: findMark(SERIAL), ownAt: findMark(OWN_KEY_ID), issuerAt: findMark(ISSUER_KEY_ID) };
}

export interface Signed {
  /** DER of a SubjectPublicKeyInfo. */
  spki: Buffer;
  data: Buffer;
  signature: Buffer;
}

export interface FleetShape {
  /** Whether certificates contain the key ids of their CAs. Default: true. */
  hasKeyIds?: boolean;
  /** Number of workers per cluster, each with two certificates. Default: 15. */
  workers?: number;
  /** Number of RSA keys for all clusters together. Default: 4. */
  rsaKeys?: number;
}

/** Files of clusters, half with RSA keys of 2,048 bits and half with P-256, with valid signatures. */
export class SignedFleet {
  readonly perCluster: number;
  /** The signatures of all certificates signed by a CA. */
  readonly signed: Signed[] = [];
  readonly #roles: readonly Role[];
  readonly #rsa: { publicKey: KeyObject; privateKey: KeyObject }[];
  readonly #templates: { rsa: Template[]; ec: Template[] };

  constructor({ hasKeyIds = true, workers = WORKERS, rsaKeys = RSA_KEYS }: FleetShape = {}) {
    this.perCluster = WITHOUT_WORKERS + 2 * workers;
    this.#rsa = Array.from({ length: rsaKeys }, () => generateKeyPairSync('rsa', { modulusLength: 2048 }));
    const roles = rolesWith(workers);
    const all = (isRsa: boolean): Template[] =>
      roles.map((role) => {
        const issuerName = (role.issuer === undefined ? role : roles[role.issuer])?.subject ?? role.subject;
        return makeTemplate(role, { issuerName, isRsa, hasKeyIds });
      });
    this.#roles = roles;
    this.#templates = { rsa: all(true), ec: all(false) };
  }

  async writeCluster(folder: string, number: number): Promise<void> {
    const made = new Set<string>();
    for (const { file, der } of await this.certificates(number)) {
      const path = join(folder, file);
      const parent = dirname(path);
      if (!made.has(parent)) mkdirSync(parent, { recursive: true });
      made.add(parent);
      writeFileSync(path, encodeCertificatePem(der));
    }
  }

  async certificates(number: number): Promise<{ file: string; der: Buffer }[]> {
    const isRsa = number % 2 === 0;
    const shared = this.#rsa[(number / 2) % this.#rsa.length];
    const own = (): { publicKey: KeyObject; privateKey: KeyObject } =>
      isRsa && shared !== undefined ? shared : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pairs = [own(), own(), own()];
    const keys = pairs.map(({ publicKey }) => publicKey.export({ type: 'spki', format: 'der' }));
    const templates = isRsa ? this.#templates.rsa : this.#templates.ec;
    return Promise.all(
      this.#roles.map(async ({ file, issuer }, at) => {
        const template = templates[at];
        const by = issuer ?? at;
        const [pair, spki] = [pairs[by], keys[by]];
        if (template === undefined || pair === undefined || spki === undefined) throw new Error('no such role');
        const tbs = this.#fillTemplate(template, { number, at, by, spki: issuer === undefined ? spki : undefined });
        const signature = await signInBackground('sha256', tbs, pair.privateKey);
        if (issuer !== undefined) this.signed.push({ spki, data: tbs, signature });
        return { file, der: sequence(tbs, isRsa ? RSA_SHA256 : ECDSA_SHA256, bits(signature)) };
      }),
    );
  }

  #fillTemplate(
    { tbs, serialAt, ownAt, issuerAt }: Template,
    { number, at, by, spki }: { number: number; at: number; by: number; spki: Buffer | undefined },
  ): Buffer {
    const filled = Buffer.from(tbs);
    filled.set(makeDigest(`serial ${number} ${at}`, SERIAL.length), serialAt);
    // Makes the serial number positive and of full length.
    filled[serialAt] = 0x40 | (at & 0x3f);
    const keyId = makeDigest(`key ${number} ${by}`, OWN_KEY_ID.length);
    if (ownAt >= 0) filled.set(keyId, ownAt);
    if (issuerAt >= 0) filled.set(keyId, issuerAt);
    return spki === undefined ? filled : replaceKey(filled, spki);
  }
}

function replaceKey(tbs: Buffer, spki: Buffer): Buffer {
  const at = tbs.indexOf(LEAF_KEY);
  const { length } = LEAF_KEY;
  const header = tbs.readUInt8(1) < 0x80 ? 2 : 2 + (tbs.readUInt8(1) & 0x7f);
  return sequence(tbs.subarray(header, at), spki, tbs.subarray(at + length));
}

function makeDigest(seed: string, length: number): Buffer {
  return createHash('sha256').update(seed).digest().subarray(0, length);
}

export function certificateWithNames(count: number): Buffer {
  const names = Array.from({ length: count }, (_, at) => text(0x82, `name-${at}.contoso.example`));
  return buildCertificate({ serial: integer('77'), extensions: [extension('2.5.29.17', sequence(...names))] });
}
