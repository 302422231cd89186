import { decodeBase64 } from '../../formats/der/base64.ts';
import { readPem } from '../../formats/der/pem.ts';
import { readYaml, type YamlNode } from '../../formats/yaml/yaml.ts';
import { decodeCertificate } from '../../formats/x509/certificate.ts';
import { writeAccessFile } from '../../formats/moc/access-file-writer.ts';
import type { IssuedCertificate } from '../../pki/issue/issue.ts';
import type { Keys, PrivateKey, TlsIdentity } from '../../shared/ports.ts';

/*
 * Readers for the lab's own files with keys and tokens. The importer reads the same files but never keeps a secret; a
 * program that logs in and serves needs them.
 */

/** Reads every certificate of a PEM text, in order. Skips what is damaged. */
export function readCertificatePem(pem: string): IssuedCertificate[] {
  const { certificates } = readPem(pem, { format: 'pem' });
  return certificates.flatMap(({ der }) => {
    const decoded = decodeCertificate(der);
    return decoded.ok ? [{ der, facts: decoded.certificate }] : [];
  });
}

/** Reads a key that stands in a text of PEM, also behind a certificate. */
export function readKeyPem(keys: Pick<Keys, 'read'>, pem: string): PrivateKey | undefined {
  const [, block] = /(-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*-----END [A-Z ]*PRIVATE KEY-----)/u.exec(pem) ?? [];
  return block === undefined ? undefined : keys.read(block);
}

export interface AccessFile extends TlsIdentity {
  identity: string;
  /** PEM of the CAs by which the client checks the cloud agent. */
  caPem: string;
}

export interface LoginFile {
  identity: string;
  token: string;
  clientType: string;
  caPem: string;
}

export interface KubeconfigFile extends TlsIdentity {
  cluster: string;
  user: string;
  address: string;
  port: number;
  caPem: string;
}

/** `undefined` if a field is missing. Source: microsoft/moc, pkg/auth, `WssdConfig`. */
export function readAccess(text: string): AccessFile | undefined {
  const find = readFields(text);
  const [caPem, certificatePem, keyPem] = [
    decodeText(find('cloudcertificate')),
    decodeText(find('clientcertificate')),
    decodeText(find('clientkey')),
  ];
  if (caPem === '' || certificatePem === '' || keyPem === '') return undefined;
  return { identity: find('identityname'), caPem, certificatePem, keyPem };
}

/** `undefined` if a field is missing. Source: microsoft/moc, pkg/auth, `LoginConfig`. */
export function readLogin(text: string): LoginFile | undefined {
  const find = readFields(text);
  const [identity, token, caPem] = [find('name'), find('token'), decodeText(find('certificate'))];
  if (identity === '' || token === '' || caPem === '') return undefined;
  return { identity, token, caPem, clientType: find('clienttype') };
}

/** Reads a file with one cluster and one user; `undefined` if a field is missing. */
export function readKubeconfigFile(text: string): KubeconfigFile | undefined {
  const root = parseRoot(text);
  const find = (...path: readonly (string | number)[]): string => textAt(root, path);
  const server = /^https:\/\/([\d.]+):(\d+)$/u.exec(find('clusters', 0, 'cluster', 'server'));
  const user = (field: string): string => decodeText(find('users', 0, 'user', field));
  const [caPem, certificatePem, keyPem] = [
    decodeText(find('clusters', 0, 'cluster', 'certificate-authority-data')),
    user('client-certificate-data'),
    user('client-key-data'),
  ];
  const [, address, port] = server ?? [];
  if (address === undefined || caPem === '' || certificatePem === '' || keyPem === '') return undefined;
  return {
    cluster: find('clusters', 0, 'name'),
    user: find('users', 0, 'name'),
    address,
    port: Number(port),
    ...{ caPem, certificatePem, keyPem },
  };
}

export function writeAccess(
  keys: Pick<Keys, 'exportPrivateKey' | 'wipe'>,
  access: { identity: string; authorities: readonly Uint8Array[]; certificate: Uint8Array; key: PrivateKey },
  { isLogin }: { isLogin: boolean },
): string {
  const rsaPrivateKey = keys.exportPrivateKey(access.key, 'traditional');
  try {
    const { identity: identityName, authorities, certificate } = access;
    return writeAccessFile({ authorities, certificate, rsaPrivateKey, identityName, withType: isLogin });
  } finally {
    keys.wipe(rsaPrivateKey);
  }
}

/** Finds a field of YAML or JSON regardless of case; empty if there is none. */
function readFields(text: string): (name: string) => string {
  const root = parseRoot(text);
  const entries = root?.kind === 'map' ? [...root.entries] : [];
  const texts = new Map(
    entries.map(([key, node]) => [key.toLowerCase(), node.kind === 'text' ? node.text.trim() : '']),
  );
  return (name) => texts.get(name) ?? '';
}

function parseRoot(text: string): YamlNode | undefined {
  const reading = readYaml(text);
  return reading.ok ? reading.root : undefined;
}

function textAt(node: YamlNode | undefined, [step, ...rest]: readonly (string | number)[]): string {
  if (node === undefined) return '';
  if (step === undefined) return node.kind === 'text' ? node.text : '';
  if (typeof step === 'number') return node.kind === 'list' ? textAt(node.items[step], rest) : '';
  return node.kind === 'map' ? textAt(node.entries.get(step), rest) : '';
}

function decodeText(base64: string): string {
  const bytes = decodeBase64(base64);
  return bytes === undefined ? '' : new TextDecoder().decode(bytes);
}
