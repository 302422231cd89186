import { isSameBytes } from '../../shared/lists.ts';
import { readPem } from '../../formats/der/pem.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import { decodeCertificate } from '../../formats/x509/certificate.ts';
import type { Ports, PrivateKey } from '../../shared/ports.ts';
import type { IssuedCertificate } from '../../pki/issue/issue.ts';
import { unlessAbsent } from '../../store/durable-json-file.ts';

export type CreatePorts = Pick<Ports, 'clock' | 'crypto' | 'files' | 'keys'>;

export interface Folder {
  ports: CreatePorts;
  folder: string;
}

export type FoundCertificates =
  | { state: 'absent' }
  | { state: 'unreadable' }
  | { state: 'read'; certificates: readonly [IssuedCertificate, ...IssuedCertificate[]] };

/** Encrypted keys are `unreadable`. */
export type ExistingKey = { state: 'absent' } | { state: 'unreadable' } | { state: 'read'; spki: Uint8Array };

export interface FoundPair {
  certificates: FoundCertificates;
  key: ExistingKey;
  /** A run stopped after it wrote a new key but before it wrote the certificate; `key` is the previous key. */
  isInterrupted: boolean;
}

/** Far larger than any kubeconfig. */
const LARGEST_BYTES = 256 * 1024;

/** Finds a certificate and its key. Throws `file.*` if a file exists but cannot be opened. */
export async function findPair(at: Folder, pair: string): Promise<FoundPair> {
  const certificates = await findCertificates(at, `${pair}.crt`);
  const key = await findKey(at, `${pair}.key`);
  if (certificates.state !== 'read' || (key.state === 'read' && findCertificateByKey(certificates, key.spki)))
    return { certificates, key, isInterrupted: false };
  const before = await findKey(at, `${pair}.key.previous`);
  const isInterrupted = before.state === 'read' && findCertificateByKey(certificates, before.spki) !== undefined;
  return { certificates, key: isInterrupted ? before : key, isInterrupted };
}

export function findCertificateByKey(found: FoundCertificates, spki: Uint8Array): IssuedCertificate | undefined {
  if (found.state !== 'read') return undefined;
  return found.certificates.find((each) => hasPublicKey(each, spki));
}

export function hasPublicKey({ der, facts }: IssuedCertificate, spki: Uint8Array): boolean {
  const { offset, length } = facts.spki;
  return isSameBytes(der.subarray(offset, offset + length), spki);
}

async function findCertificates(at: Folder, file: string): Promise<FoundCertificates> {
  const text = await readExistingText(at.ports, getPlace(at, file));
  if (text === undefined) return { state: 'absent' };
  return certificatesIn(readPem(text, { format: 'pem' }).certificates.map(({ der }) => der));
}

/** Returns `unreadable` if a certificate is unreadable or there is none. */
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

/** Reads the key of a PEM file, and skips the parameters that openssl writes before the key. */
export function keyIn({ crypto }: Pick<CreatePorts, 'crypto'>, pem: string): ExistingKey {
  const reading = crypto.derivePublicKey(readPem(pem, { format: 'pem' }).keys[0]?.keyPem ?? '');
  return reading.outcome === 'read' ? { state: 'read', spki: reading.spki } : { state: 'unreadable' };
}

export function getPlace({ ports, folder }: Folder, file: string): string {
  return ports.files.join(folder, ...file.split('/'));
}

/** Returns the text of a file: `''` for a binary file, `undefined` for a missing one. */
export async function readExistingText(
  { files }: Pick<CreatePorts, 'files'>,
  path: string,
): Promise<string | undefined> {
  const bytes = await unlessAbsent(files.read(path, LARGEST_BYTES));
  return bytes && (decodeText(bytes)?.text ?? '');
}

/** Returns `undefined` for a file without a usable key. */
export async function readPrivateKey(at: Folder, file: string): Promise<PrivateKey | undefined> {
  const text = await readExistingText(at.ports, getPlace(at, file));
  const [first] = readPem(text ?? '', { format: 'pem' }).keys;
  return first && at.ports.keys.read(first.keyPem);
}
