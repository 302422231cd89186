import { isSameBytes } from '../../shared/lists.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { readPem } from '../../formats/der/pem.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import { decodeCertificate } from '../../formats/x509/certificate.ts';
import type { Ports } from '../../shared/ports.ts';
import type { IssuedCertificate } from '../../pki/issue/issue.ts';
import { certificateFile, keyFile, previousFile } from './layout.ts';

/** Ports needed for creating. */
export type CreatePorts = Pick<Ports, 'clock' | 'crypto' | 'files' | 'keys'>;

/** A folder, and the ports to reach it. */
export interface Folder {
  ports: CreatePorts;
  folder: string;
}

/** Certificates in PEM: what was read, or why nothing could be. */
export type FoundCertificates =
  | { state: 'absent' }
  | { state: 'unreadable' }
  | { state: 'read'; certificates: readonly [IssuedCertificate, ...IssuedCertificate[]] };

/** A private key, represented only by its public key. Also `unreadable` when it is encrypted. */
export type ExistingKey = { state: 'absent' } | { state: 'unreadable' } | { state: 'read'; spki: Uint8Array };

/** A certificate with its key, as found in two files. */
export interface FoundPair {
  certificates: FoundCertificates;
  key: ExistingKey;
  /**
   * Whether a run was interrupted between writing the key and writing its certificate: the key is missing or belongs to
   * none of the certificates, while the previous key belongs to one. `key` is then the previous one.
   */
  isInterrupted: boolean;
}

/** A certificate or a kubeconfig is much smaller; anything larger is something else. */
const LARGEST_BYTES = 256 * 1024;

/** What a pair of files contains. `file.*` when one exists but cannot be opened. */
export async function findPair(at: Folder, pair: string): Promise<FoundPair> {
  const certificates = await findCertificates(at, certificateFile(pair));
  const key = await findKey(at, keyFile(pair));
  if (certificates.state !== 'read' || (key.state === 'read' && owned(certificates, key.spki)))
    return { certificates, key, isInterrupted: false };
  const before = await findKey(at, previousFile(keyFile(pair)));
  const isInterrupted = before.state === 'read' && owned(certificates, before.spki) !== undefined;
  return { certificates, key: isInterrupted ? before : key, isInterrupted };
}

/** The certificate to which a key belongs. */
export function owned(found: FoundCertificates, spki: Uint8Array): IssuedCertificate | undefined {
  if (found.state !== 'read') return undefined;
  return found.certificates.find((each) => isKeyOf(each, spki));
}

/** Whether a certificate is for a public key. */
export function isKeyOf({ der, facts }: IssuedCertificate, spki: Uint8Array): boolean {
  const { offset, length } = facts.spki;
  return isSameBytes(der.subarray(offset, offset + length), spki);
}

async function findCertificates(at: Folder, file: string): Promise<FoundCertificates> {
  const text = await readExistingText(at.ports, getPlace(at, file));
  if (text === undefined) return { state: 'absent' };
  return certificatesIn(readPem(text, { format: 'pem' }).certificates.map(({ der }) => der));
}

/** Certificates read from somewhere; unreadable when one of them is, or when there are none. */
export function certificatesIn(ders: readonly Uint8Array[]): FoundCertificates {
  const read = ders.flatMap((der): IssuedCertificate[] => {
    const decoded = decodeCertificate(der);
    return decoded.ok ? [{ der, facts: decoded.certificate }] : [];
  });
  const [first, ...rest] = read;
  if (first === undefined || read.length < ders.length) return { state: 'unreadable' };
  return { state: 'read', certificates: [first, ...rest] };
}

export async function findKey(at: Folder, file: string): Promise<ExistingKey> {
  const text = await readExistingText(at.ports, getPlace(at, file));
  return text === undefined ? { state: 'absent' } : keyIn(at.ports, text);
}

/** The first private key in PEM; files written by openssl have parameters before it. */
export function keyIn({ crypto }: Pick<CreatePorts, 'crypto'>, pem: string): ExistingKey {
  const reading = crypto.publicKeyOf(readPem(pem, { format: 'pem' }).keys[0]?.keyPem ?? '');
  return reading.outcome === 'read' ? { state: 'read', spki: reading.spki } : { state: 'unreadable' };
}

/** Path of a file of the layout on this system. */
export function getPlace({ ports, folder }: Folder, file: string): string {
  return ports.files.join(folder, ...file.split('/'));
}

/** The text of a file, `''` for a binary one; `undefined` when there is none. */
export async function readExistingText(
  { files }: Pick<CreatePorts, 'files'>,
  path: string,
): Promise<string | undefined> {
  try {
    const bytes = await files.read(path, LARGEST_BYTES);
    return decodeText(bytes)?.text ?? '';
  } catch (error) {
    if (error instanceof ConsoleError && error.code === 'file.not-found') return undefined;
    throw error;
  }
}
