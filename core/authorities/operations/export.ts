import type { IssuedCrl } from '../../pki/issue/crl.ts';
import type { Authority, AuthorityEntry, AuthorityId } from '../../pki/model/authority.ts';
import type { ExportRequest } from '../contract.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { writeSavedFile, type SavedFile } from '../../shared/files/saved-file.ts';
import { writeKubeconfig } from '../../formats/kubernetes/kubeconfig-writer.ts';
import { encodePem } from '../../formats/der/pem.ts';
import { writePkcs12 } from '../../formats/pkcs/pkcs12-writer.ts';
import { writePkcs7 } from '../../formats/pkcs/pkcs7.ts';
import { encodePems } from '../create/inspect-existing.ts';
import { privateKeyPem } from '../../pki/issue/private-key-pem.ts';
import { crlOperation } from './check.ts';
import { listIssuers, entryIn, openKey, type Keeping } from './kept.ts';
import { isServerUrl } from './names.ts';

const encoder = new TextEncoder();
const PUBLIC_MODE = 0o644;
const LONGEST_SHOWN = 253;

/**
 * Writes a certificate to a file, with its chain if the format allows it. Only the owner can read a file with a private
 * key.
 */
export async function exportOperation(keeping: Keeping, request: ExportRequest, path: string): Promise<SavedFile> {
  const authority = keeping.store.get(request.authorityId);
  const entry = entryIn(authority, request.entryId);
  const { format } = request;
  const content = await readContent(keeping, { authority, entry, chain: listIssuers(authority, entry), request });
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
): Promise<{ crl: IssuedCrl; file: SavedFile }> {
  const crl = await crlOperation(keeping, request);
  const content = request.format === 'der' ? crl.der : encoder.encode(encodePem('X509 CRL', crl.der));
  return { crl, file: await write(keeping, path, { content, isPublic: true }) };
}

async function write(
  { ports }: Keeping,
  path: string,
  { content, isPublic }: { content: Uint8Array; isPublic: boolean },
): Promise<SavedFile> {
  return writeSavedFile(ports, path, content, isPublic ? { mode: PUBLIC_MODE } : {});
}

interface Exported {
  authority: Authority;
  entry: AuthorityEntry;
  /** From `entry` to the root. */
  chain: readonly AuthorityEntry[];
  request: ExportRequest;
}

async function readContent(keeping: Keeping, exported: Exported): Promise<Uint8Array> {
  const { entry, chain, request } = exported;
  switch (request.format) {
    case 'der':
      return entry.der;
    case 'p7b':
      return encoder.encode(encodePem('PKCS7', writePkcs7(chain.map(({ der }) => der))));
    case 'pem':
      return encoder.encode(encodePems(chain) + (request.withKey ? await keyPem(keeping, exported) : ''));
    case 'kubeconfig':
      return encoder.encode(await readKubeconfig(keeping, exported));
    case 'pfx':
      return readPfx(keeping, exported);
  }
}

async function keyPem(keeping: Keeping, { authority, entry }: Exported): Promise<string> {
  return privateKeyPem(keeping.ports, await openKey(keeping, authority, entry));
}

async function readKubeconfig(keeping: Keeping, exported: Exported): Promise<string> {
  const { authority, entry, chain, request } = exported;
  const { server = '' } = request;
  const { subject, extendedKeyUsage } = entry.facts;
  if (server === '') throw new ConsoleError('export.option-missing', { format: 'kubeconfig', option: 'server' });
  if (!isServerUrl(server)) throw new ConsoleError('export.server-invalid', { server: server.slice(0, LONGEST_SHOWN) });
  // The API server accepts only clients of the cluster CA, which also issued its own certificate.
  if (chain.at(-1)?.profile !== 'cluster-ca' || !extendedKeyUsage.includes('clientAuth'))
    throw new ConsoleError('export.not-for-kubeconfig', { name: subject.text });
  return writeKubeconfig({
    clusterName: authority.name,
    server,
    certificateAuthorityPem: encodePems(chain.slice(-1)),
    userName: subject.cn ?? subject.text,
    credentials: { certificatePem: encodePems(chain.slice(0, -1)), keyPem: await keyPem(keeping, exported) },
  });
}

async function readPfx(keeping: Keeping, { authority, entry, chain, request }: Exported): Promise<Uint8Array> {
  const { ports } = keeping;
  const { passphrase, encryption = 'aes-256' } = request;
  if (passphrase === undefined || passphrase === '')
    throw new ConsoleError('export.option-missing', { format: 'pfx', option: 'passphrase' });
  const pkcs8 = ports.keys.exportPrivateKey(await openKey(keeping, authority, entry), 'pkcs8');
  try {
    return await writePkcs12(ports, {
      certificates: chain.map(({ der }) => der),
      key: { pkcs8, certificate: 0 },
      friendlyName: entry.facts.subject.cn ?? authority.name,
      passphrase,
      encryption,
    });
  } finally {
    ports.keys.wipe(pkcs8);
  }
}
