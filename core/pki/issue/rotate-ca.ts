import type { AuthorityEntry, KeyFileId } from '../model/authority.ts';
import { PROFILES } from '../model/profiles.ts';
import type { CredentialId } from '../../shared/ids.ts';
import type { KeyAlgorithm } from '../../shared/certificates/key-algorithm.ts';
import { encodeHex } from '../../formats/der/hex.ts';
import { MOC_ORIGINAL_CERTIFICATE } from '../../formats/der/oids.ts';
import { readSubjectName } from '../../formats/x509/writer.ts';
import type { Ports } from '../../shared/ports.ts';
import { demandReissue, demandStart, demandWithdrawal, findRotation } from './ca-rotation.ts';
import { slicePart } from '../identities/request.ts';
import {
  issueCertificate,
  issueRoot,
  type IssuedCertificate,
  type IssuePorts,
  type SigningAuthority,
} from './issue.ts';
import { newTemplate } from './profile-template.ts';
import { issueSuccessor } from './renewal.ts';

type RotationPorts = IssuePorts & Pick<Ports, 'clock'>;

const CA = PROFILES['cloud-agent-ca'];
/** Used if the engine does not support the key type of the old CA. */
const CA_KEY: KeyAlgorithm = 'rsa-2048';

/**
 * Stage 1: creates a new CA with a key of the same kind. From now on both CAs are trusted, and the old one, `signer`,
 * still signs. The old CA also certifies the new CA's key, for clients that do not trust the new CA yet. The caller
 * stores the key under the entry's `keyFile`.
 */
export async function startRotation(
  ports: RotationPorts,
  entries: readonly AuthorityEntry[],
  signer: SigningAuthority,
): Promise<{ entries: readonly AuthorityEntry[]; authority: SigningAuthority }> {
  const { newest: old } = demandStart(findRotation(entries, ports.clock.now()));
  const key = await ports.keys.generate(signer.key.algorithm ?? CA_KEY);
  const authority = issueRoot(ports, { template: newTemplate(ports, CA, {}), key });
  const cross = crossCertificate(ports, { signer: own(old, signer), authority });
  const keyFile = ports.crypto.sha256Hex(key.spki) as KeyFileId;
  const root = certificateEntry(ports, authority, { profile: CA.id, issuer: 'self', keyFile });
  const crossEntry = certificateEntry(ports, cross, { profile: null, issuer: old.id, keyFile });
  return { entries: [...markSuperseded(entries, old.id, root.id), root, crossEntry], authority };
}

/** Issues a cross-certificate for leaf certificates only, valid as long as both CAs. */
function crossCertificate(
  ports: RotationPorts,
  { signer, authority }: { signer: SigningAuthority; authority: SigningAuthority },
): IssuedCertificate {
  const template = newTemplate(ports, CA, {});
  const [notAfter = template.notAfter] = [signer.facts.notAfter, authority.facts.notAfter].toSorted();
  return issueCertificate(ports, {
    template: { ...template, notAfter, pathLength: 0 },
    subjectSpki: authority.key.spki,
    subjectName: readSubjectName(authority.der),
    issuer: signer,
  });
}

function own(entry: AuthorityEntry, signer: SigningAuthority): SigningAuthority {
  if (encodeHex(signer.der) !== encodeHex(entry.der)) throw new Error('not the CA whose turn it is');
  return signer;
}

/**
 * Stage 2: reissues a certificate under the new CA; only serial number and dates change. The old certificate stays
 * valid until it expires or the old CA is withdrawn. The first reissue begins the stage and should be that of the cloud
 * agent's server certificate.
 */
export function reissueLeaf(
  ports: RotationPorts,
  entries: readonly AuthorityEntry[],
  { leaf, signer }: { leaf: AuthorityEntry; signer: SigningAuthority },
): { entries: readonly AuthorityEntry[]; entry: AuthorityEntry } {
  const { newest } = demandReissue(findRotation(entries, ports.clock.now()));
  const { der, facts } = leaf;
  const original = facts.extensions.find(({ oid }) => oid === MOC_ORIGINAL_CERTIFICATE);
  const { accessIdentity, renewCount } = facts.moc ?? {};
  const originalCertificate = original && slicePart(der, original);
  const issued = issueSuccessor(ports, {
    former: leaf,
    issuer: own(newest, signer),
    subjectSpki: slicePart(der, facts.spki),
    profile: CA,
    moc: accessIdentity === undefined ? undefined : { accessIdentity, originalCertificate, renewCount },
  });
  const { profile, keyFile } = leaf;
  const entry = certificateEntry(ports, issued, { profile, issuer: newest.id, keyFile });
  return { entries: [...markSuperseded(entries, leaf.id, entry.id), entry], entry };
}

/**
 * Stage 3: certificates of the old CA are refused from now on. Throws `rotation.refused` while a client would be locked
 * out.
 */
export function withdrawOldAuthority(
  { clock }: Pick<Ports, 'clock'>,
  entries: readonly AuthorityEntry[],
): readonly AuthorityEntry[] {
  const at = clock.now();
  const oldest = demandWithdrawal(findRotation(entries, at));
  return entries.map((entry) => (entry.id === oldest.id ? { ...entry, revoked: { at, reason: 'superseded' } } : entry));
}

export function certificateEntry(
  { clock, crypto }: Pick<Ports, 'clock' | 'crypto'>,
  { der, facts }: IssuedCertificate,
  known: Pick<AuthorityEntry, 'profile' | 'issuer' | 'keyFile'>,
): AuthorityEntry {
  const id = crypto.sha256Hex(der) as CredentialId;
  return { id, der, facts, ...known, issuedAt: clock.now() };
}

export function markSuperseded(
  entries: readonly AuthorityEntry[],
  id: CredentialId,
  supersededBy: CredentialId,
): AuthorityEntry[] {
  return entries.map((entry) => (entry.id === id ? { ...entry, supersededBy } : entry));
}
