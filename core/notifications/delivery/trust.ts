import { encodePem } from '../../formats/der/pem.ts';
import { decodeCertificate } from '../../formats/x509/certificate.ts';
import type { Ports, Trust } from '../../shared/ports.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { ChannelFault } from '../model/channel-type.ts';

const LIMIT_BYTES = 1024 * 1024;

/**
 * Reads a channel's CA file, whose certificates are trusted in addition to the known CAs. Called for every attempt,
 * since CA files are replaced too. Throws `file.*`, or `channel.invalid` without a CA certificate or a self-issued one.
 */
export async function readTrust({ files }: Pick<Ports, 'files'>, caFile: string | undefined): Promise<Trust> {
  if (caFile === undefined) return {};
  // Imported on demand: the YAML parser that it needs would delay the start of every check.
  const { recognise } = await import('../../formats/recognise.ts');
  const { certificates } = recognise(await files.read(caFile, LIMIT_BYTES));
  const trusted = certificates.filter(({ der }) => isTrustAnchor(der));
  const fault: ChannelFault = { field: 'ca', reason: caFile };
  if (trusted.length === 0) throw new ConsoleError('channel.invalid', { ...fault });
  return { extraCaPem: trusted.map(({ der }) => encodePem('CERTIFICATE', der)).join('') };
}

/** Accepts self-issued certificates too, since a server may present its own. */
function isTrustAnchor(der: Uint8Array): boolean {
  const decoded = decodeCertificate(der);
  if (!decoded.ok) return false;
  const { isCa, issuer, subject } = decoded.certificate;
  return isCa || JSON.stringify(issuer) === JSON.stringify(subject);
}
