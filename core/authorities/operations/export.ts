import type { IssuedCrl } from '../../pki/issue/crl.ts';
import type { Authority, AuthorityEntry, AuthorityId } from '../../pki/model/authority.ts';
import type { ExportRequest } from '../contract.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { encodeHex } from '../../formats/der/hex.ts';
import { writeKubeconfig } from '../../formats/kubernetes/kubeconfig-writer.ts';
import { encodePem } from '../../formats/der/pem.ts';
import { writePkcs12 } from '../../formats/pkcs/pkcs12-writer.ts';
import { writePkcs7 } from '../../formats/pkcs/pkcs7.ts';
import { encodePems } from '../create/inspect-existing.ts';
import { privateKeyPem } from '../../pki/issue/private-key-pem.ts';
import { crlOperation } from './check.ts';
import { listIssuers, entryIn, openKey, type Keeping } from './kept.ts';
import { isServerUrl } from './names.ts';

export interface WrittenFile {
  name: string;
  bytes: number;
  sha256: string;
}

const encoder = new TextEncoder();
const PUBLIC_MODE = 0o644;
const LONGEST_SHOWN = 253;

/** Writes a certificate, with its chain if the format allows it. Only the owner can read a file with a private key. */
export async function exportOperation(keeping: Keeping, request: ExportRequest, path: string): Promise<WrittenFile> {
  const authority = keeping.store.get(request.authorityId);
  const entry = entryIn(authority, request.entryId);
  const { format } = request;
  const content = await readContent(keeping, authority, { entry, request });
  const hasKey = format === 'pfx' || format === 'kubeconfig' || (format === 'pem' && request.withKey);
  try {
    return await write(keeping, path, { content, isPublic: !hasKey });
  } finally {
    if (hasKey) keeping.ports.keys.wipe(content);
  }
}

export async function exportCrlOperation(
  keeping: Keeping,
  request: { authorityId: AuthorityId; caId: CredentialId; format: 'pem' | 'der' },
  path: string,
): Promise<{ crl: IssuedCrl; file: WrittenFile }> {
  const crl = await crlOperation(keeping, request);
  const content = request.format === 'der' ? crl.der : encoder.encode(encodePem('X509 CRL', crl.der));
  return { crl, file: await write(keeping, path, { content, isPublic: true }) };
}

async function write(
  { ports }: Keeping,
  path: string,
  { content, isPublic }: { content: Uint8Array; isPublic: boolean },
): Promise<WrittenFile> {
  await ports.files.replace(path, content, isPublic ? { mode: PUBLIC_MODE } : {});
  const sha256 = encodeHex(ports.crypto.sha256(content));
  return { name: ports.files.fileName(path), bytes: content.length, sha256 };
}

async function readContent(
  keeping: Keeping,
  authority: Authority,
  { entry, request }: { entry: AuthorityEntry; request: ExportRequest },
): Promise<Uint8Array> {
  const chain = listIssuers(authority, entry);
  switch (request.format) {
    case 'der':
      return entry.der;
    case 'p7b':
      return encoder.encode(encodePem('PKCS7', writePkcs7(chain.map(({ der }) => der))));
    case 'pem':
      return encoder.encode(encodePems(chain) + (request.withKey ? await keyPem(keeping, authority, entry) : ''));
    case 'kubeconfig':
      return encoder.encode(await readKubeconfig(keeping, authority, { entry, request }));
    case 'pfx':
      return readPfx(keeping, authority, { entry, request });
  }
}

async function keyPem(keeping: Keeping, authority: Authority, entry: AuthorityEntry): Promise<string> {
  return privateKeyPem(keeping.ports, await openKey(keeping, authority, entry));
}

async function readKubeconfig(
  keeping: Keeping,
  authority: Authority,
  { entry, request }: { entry: AuthorityEntry; request: ExportRequest },
): Promise<string> {
  const { server = '' } = request;
  const { subject, extendedKeyUsage } = entry.facts;
  if (server === '') throw new ConsoleError('export.option-missing', { format: 'kubeconfig', option: 'server' });
  if (!isServerUrl(server)) throw new ConsoleError('export.server-invalid', { server: server.slice(0, LONGEST_SHOWN) });
  const chain = listIssuers(authority, entry);
  // The API server accepts only clients of the cluster CA, which also issued its own certificate.
  if (chain.at(-1)?.profile !== 'cluster-ca' || !extendedKeyUsage.includes('clientAuth'))
    throw new ConsoleError('export.not-for-kubeconfig', { name: subject.text });
  return writeKubeconfig({
    clusterName: authority.name,
    server,
    certificateAuthorityPem: encodePems(chain.slice(-1)),
    userName: subject.cn ?? subject.text,
    credentials: { certificatePem: encodePems(chain.slice(0, -1)), keyPem: await keyPem(keeping, authority, entry) },
  });
}

async function readPfx(
  keeping: Keeping,
  authority: Authority,
  { entry, request }: { entry: AuthorityEntry; request: ExportRequest },
): Promise<Uint8Array> {
  const { ports } = keeping;
  const { passphrase, encryption = 'aes-256' } = request;
  if (passphrase === undefined || passphrase === '')
    throw new ConsoleError('export.option-missing', { format: 'pfx', option: 'passphrase' });
  const pkcs8 = ports.keys.exportPrivateKey(await openKey(keeping, authority, entry), 'pkcs8');
  try {
    return await writePkcs12(ports, {
      certificates: listIssuers(authority, entry).map(({ der }) => der),
      key: { pkcs8, certificate: 0 },
      friendlyName: entry.facts.subject.cn ?? authority.name,
      passphrase,
      encryption,
    });
  } finally {
    ports.keys.wipe(pkcs8);
  }
}
