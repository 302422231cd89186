import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writePkcs12 } from '../../core/formats/pkcs/pkcs12-writer.ts';
import { nodeCrypto } from '../../core/node/crypto.ts';
import { nodeKeys } from '../../core/node/keys.ts';
import { buildCertificate, commonName, integer, sequence, encodeCertificatePem, utcTime } from './certificates.ts';

/*
 * Writes files of every kind that an import reads, each with separate secrets. Names and servers are longer than twelve
 * characters, since V8 copies shorter parts of a string.
 */

/** A secret as ASCII bytes: a string would be in the heap of the test. */
export type Needle = Buffer;

const ports = { keys: nodeKeys(), crypto: nodeCrypto() };
const base64 = (content: string | Uint8Array): string => Buffer.from(content).toString('base64');

class Planter {
  readonly needles: Needle[] = [];

  /** Records a part of a secret that occurs only in its file. */
  mark(part: string): void {
    this.needles.push(Buffer.from(part, 'latin1'));
  }

  word(): string {
    const word = `S${randomBytes(18).toString('hex')}`;
    this.mark(word);
    return word;
  }

  token(subject: string): string {
    const claims = { iss: 'wssdagentsvc', sub: subject, iat: 1_767_200_000, exp: 1_795_000_000 };
    const head = base64(JSON.stringify({ alg: 'RS256', typ: 'JWT' })).replaceAll('=', '');
    const signature = randomBytes(64).toString('base64url');
    this.mark(signature.slice(4, 60));
    return `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
  }

  /** Creates a key and its certificate, and records parts of the key's PEM and of its Base64. */
  pair(name: string): { key: string; certificate: string; der: Buffer; pkcs8: Buffer } {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    this.mark(key.split('\n')[1]!.slice(38, 62));
    this.mark(base64(key).slice(120, 180));
    const der = certificate(name, publicKey);
    return {
      key,
      certificate: encodeCertificatePem(der),
      der,
      pkcs8: privateKey.export({ type: 'pkcs8', format: 'der' }),
    };
  }
}

function certificate(name: string, key: KeyObject): Buffer {
  return buildCertificate({
    serial: integer(`4${randomBytes(8).toString('hex').slice(1)}`),
    subject: commonName(name),
    validity: sequence(utcTime('260101000000Z'), utcTime('261230000000Z')),
    key: key.export({ type: 'spki', format: 'der' }),
  });
}

type Content = string | Uint8Array;
type Kind = (plant: Planter, cluster: string, at: number) => Content | Promise<Content>;

const kubeconfig = (cluster: string, user: string, ca = ''): string =>
  [
    ...['apiVersion: v1', 'kind: Config', `current-context: administrator-of-${cluster}`, 'clusters:'],
    ...[`- name: ${cluster}`, '  cluster:', `    server: https://${cluster}.contoso.example:6443${ca}`],
    ...['contexts:', `- name: administrator-of-${cluster}`, '  context:', `    cluster: ${cluster}`],
    ...[`    user: administrator-of-${cluster}`, 'users:', `- name: administrator-of-${cluster}`, '  user:', user, ''],
  ].join('\n');

const KINDS: Record<string, Kind> = {
  'login.yaml': (plant, cluster) =>
    `name: KMSPlugin-${cluster}-moc-kms-plugin\ntoken: ${plant.token(`identity-of-${cluster}`)}\n` +
    `clienttype: ExternalClient\ncloudfqdn: agent.${cluster}.contoso.example\n`,
  'opaque.yaml': (plant, cluster) =>
    `token: ${plant.word()}\nname: node-agent-of-${cluster}\ncloudfqdn: agent.example\n`,
  'wrapped.tok': (plant, cluster) => {
    const text = `name: wrapped-identity-of-${cluster}\ntoken: ${plant.token(`wrapped-${cluster}`)}\ncloudport: 45000\n`;
    plant.mark(base64(text).slice(-60, -20));
    return base64(text);
  },
  'bare.tok': (plant, cluster) => plant.token(`bare-token-of-${cluster}`),
  'token.kubeconfig': (plant, cluster) => kubeconfig(cluster, `    token: ${plant.token(`user-of-${cluster}`)}`),
  'key.kubeconfig': (plant, cluster) => {
    const { key, certificate: own } = plant.pair(`kubernetes-admin-${cluster}`);
    const ca = `\n    certificate-authority-data: ${base64(own)}`;
    const data = `    client-certificate-data: ${base64(own)}\n    client-key-data: ${base64(key)}`;
    return kubeconfig(cluster, data, ca);
  },
  'password.kubeconfig': (plant, cluster) =>
    kubeconfig(cluster, `    username: administrator-${cluster}\n    password: ${plant.word()}`),
  // `bare.tok` and `lone.key` are files that other kinds have written in the same folder.
  'reference.kubeconfig': (_plant, cluster) => kubeconfig(cluster, '    tokenFile: bare.tok\n    client-key: lone.key'),
  'cloudconfig.yaml': (plant, cluster) => {
    const { key, certificate: own } = plant.pair(`access-file-of-${cluster}`);
    return [
      ...[`cloudcertificate: ${base64(own)}`, `clientcertificate: ${base64(own)}`, `clientkey: ${base64(key)}`],
      ...[`name: access-file-identity-of-${cluster}`, 'clienttype: ExternalClient', `cloudfqdn: agent.${cluster}`, ''],
    ].join('\n');
  },
  'secret.yaml': (plant, cluster) => {
    const inner = kubeconfig(cluster, `    token: ${plant.token(`of-secret-${cluster}`)}`);
    plant.mark(base64(inner).slice(400, 460));
    return `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${cluster}-kubeconfig\n  namespace: namespace-of-${cluster}\ndata:\n  value: ${base64(inner)}\n`;
  },
  'secret.json': (plant, cluster) => {
    const { key, certificate: own } = plant.pair(`secret-of-${cluster}`);
    const data = { 'tls.crt': base64(own), 'tls.key': base64(key) };
    const metadata = { name: `certificate-of-${cluster}`, namespace: `namespace-of-${cluster}` };
    return JSON.stringify({ apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata, data });
  },
  'bootstrap.yaml': (plant, cluster, at) =>
    `apiVersion: v1\nkind: Secret\ntype: bootstrap.kubernetes.io/token\nmetadata:\n  name: bootstrap-token-abc${at}\n` +
    `stringData:\n  token-id: abc${at}\n  token-secret: ${plant.word()}\n  expiration: "2026-12-30T00:00:00Z"\n  description: joins nodes of ${cluster}\n`,
  'pair.pem': (plant, cluster) => {
    const { key, certificate: own } = plant.pair(`pair-of-${cluster}`);
    return `Subject: the pair of ${cluster}\n${key}${own}`;
  },
  'lone.key': (plant, cluster) => plant.pair(`lone-${cluster}`).key,
  'pair.pfx': (plant, cluster) => {
    const { der, pkcs8 } = plant.pair(`container-of-${cluster}`);
    const key = { pkcs8, certificate: 0 };
    const content = { certificates: [der], key, friendlyName: `friendly-name-${cluster}`, passphrase: '' };
    return writePkcs12(ports, { ...content, encryption: 'aes-256', rounds: 1_000 });
  },
  'module-config.txt': (plant, cluster) =>
    [
      ...[
        `proxyServerPassword          : ${plant.word()}`,
        'catalog                      : aks-hci-stable-catalogs-ext',
      ],
      ...['version                      : 1.0.24.11029', 'moduleVersion                : 1.2.16', '', ''],
      ...[`kvaName                   : ${cluster}`, `cloudFqdn : agent.${cluster}.contoso.example`],
      `identity                  : ${base64(`name: management-${cluster}\ntoken: ${plant.token(`kva-of-${cluster}`)}\n`)}`,
      '',
    ].join('\r\n'),
  'broken.yaml': (plant, cluster) => `users:\n- name: ${cluster}\n  token: ${plant.word()}\nclusters: [\n  user: "open`,
  'twice.yaml': (plant, cluster) =>
    `name: an-identity-of-${cluster}\ntoken: ${plant.word()}\ntoken: ${plant.word()}\ncloudfqdn: agent.${cluster}\n`,
  'notes.txt': (plant, cluster) => `Remember for ${cluster}: password: ${plant.word()}\n`,
};

/** Writes `count` files, cycling through all kinds, and returns the secrets in the files. */
export async function plantSecrets(folder: string, count: number): Promise<Needle[]> {
  const plant = new Planter();
  const kinds = Object.entries(KINDS);
  for (let at = 0; at < count; at += 1) {
    const [name, kind] = kinds[at % kinds.length]!;
    const cluster = `workload-cluster-${Math.floor(at / kinds.length) + 100}`;
    const path = join(folder, cluster, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await kind(plant, cluster, at), { mode: 0o600 });
  }
  return plant.needles;
}

/** Returns the secrets that occur in the snapshot. Uses a single pass: a thousand passes would take half a minute. */
export function findPlanted(snapshot: Buffer, needles: readonly Needle[]): string[] {
  const starts = new Map<number, Needle[]>();
  const isStart = new Uint8Array(2 ** 16);
  for (const needle of needles) {
    const start = needle.readUInt32BE();
    starts.set(start, [...(starts.get(start) ?? []), needle]);
    isStart[needle.readUInt16BE()] = 1;
  }
  const found = new Set<Needle>();
  for (let at = 0; at + 4 <= snapshot.length; at += 1) {
    if (isStart[(snapshot[at]! << 8) | snapshot[at + 1]!] === 0) continue;
    for (const needle of starts.get(snapshot.readUInt32BE(at)) ?? [])
      if (snapshot.subarray(at, at + needle.length).equals(needle)) found.add(needle);
  }
  return [...found].map(String);
}
