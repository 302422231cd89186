import { findingsIn, type Finding } from '../../shared/finding.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';
import type { PathVerdict } from '../../pki/model/verdict.ts';
import { decodeBase64 } from '../../formats/der/base64.ts';
import { recognise } from '../../formats/recognise.ts';
import { readRevocationManifest } from '../../formats/renew-revocation/manifest.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import type { Ports } from '../../shared/ports.ts';
import { verifyChain, type VerifyRequest } from '../../pki/verify/verify.ts';

export type VerifyFiles = Pick<VerifyRequest, 'at' | 'purpose' | 'name'> & {
  /** The certificate to judge, then possible issuers, in any file that contains certificates. */
  chain: string;
  roots: string;
  /** PEM or DER. If any is given, every certificate below the root requires a list. */
  crls: readonly string[];
  revocations: readonly string[];
};

/** The list of a busy CA may be large. */
const MAX_BYTES = 16 * 1024 * 1024;
const BEGIN_CRL = '-----BEGIN X509 CRL-----';
const END_CRL = '-----END X509 CRL-----';

export async function verifyFiles(
  ports: Pick<Ports, 'crypto' | 'files' | 'keys'>,
  { chain, roots, crls, revocations, ...asked }: VerifyFiles,
): Promise<{ verdict: PathVerdict; findings: Finding[] }> {
  const findings: Finding[] = [];
  const lists: Uint8Array[] = [];
  const objects: RenewRevocation[] = [];
  for (const path of crls) lists.push(...crlsIn(await ports.files.read(path, MAX_BYTES)));
  for (const path of revocations) objects.push(...(await objectsIn(ports, path, findings)));
  const verdict = verifyChain(ports, {
    ...asked,
    chain: await certificatesIn(ports, chain, findings),
    roots: await certificatesIn(ports, roots, findings),
    crls: lists,
    revocations: objects,
    revocationCheck: crls.length > 0,
  });
  return { verdict, findings };
}

async function certificatesIn(
  { files }: Pick<Ports, 'files'>,
  path: string,
  findings: Finding[],
): Promise<Uint8Array[]> {
  const found = recognise(await files.read(path, MAX_BYTES));
  findings.push(...findingsIn(path, found.findings));
  if (found.certificates.length === 0) throw new ConsoleError('import.nothing-found', { path });
  return found.certificates.map(({ der }) => der);
}

async function objectsIn(
  { files }: Pick<Ports, 'files'>,
  path: string,
  findings: Finding[],
): Promise<RenewRevocation[]> {
  const text = decodeText(await files.read(path, MAX_BYTES))?.text ?? '';
  const manifest = readRevocationManifest(text);
  findings.push(...findingsIn(path, manifest.findings));
  // A wrong file must not pass as a manifest that revokes nothing.
  if (manifest.objects.length === 0 && manifest.findings.length === 0)
    findings.push({ rule: 'revocation.no-object', severity: 'error', place: { path } });
  return manifest.objects;
}

/** Returns the PEM blocks, or else the whole file as DER. The verdict reports content that is neither. */
function crlsIn(bytes: Uint8Array): Uint8Array[] {
  const text = decodeText(bytes)?.text ?? '';
  const lists: Uint8Array[] = [];
  let end = 0;
  for (;;) {
    const begin = text.indexOf(BEGIN_CRL, end);
    if (begin === -1) break;
    end = text.indexOf(END_CRL, begin);
    if (end === -1) break;
    lists.push(decodeBase64(text.slice(begin + BEGIN_CRL.length, end)) ?? new Uint8Array());
  }
  return lists.length > 0 ? lists : [bytes];
}
