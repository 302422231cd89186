import { readTree, authorityRow } from '../operations/view.ts';
import { encodePem } from '../../formats/der/pem.ts';
import type { Named } from './context.ts';
import type { Authority, AuthorityEntry } from '../../pki/model/authority.ts';
import type { IdentityRow } from '../model/view.ts';

export type AuthorityRecord = ReturnType<typeof authorityRecord>;
export type CertificateDocument = ReturnType<typeof certificateDocument>;
export type IdentityRecord = ReturnType<typeof identityRecord>;
export type TreeRecord = Awaited<ReturnType<typeof treeRecord>>;

export function authorityRecord({ id, name, kind, createdAt, sample }: Authority) {
  return { id, name, kind, createdAt, sample };
}

export function certificateDocument(entry: AuthorityEntry) {
  const { id, facts, profile, issuer, supersededBy = null, revoked } = entry;
  const { name, role, isCa, serialHex, key, hasKey } = authorityRow(entry);
  const { dns, ip } = facts.sans;
  return {
    id,
    name,
    subject: facts.subject.text,
    profile,
    role,
    isCa,
    issuer,
    serialHex,
    sans: { dns, ip },
    key,
    notBefore: facts.notBefore,
    notAfter: facts.notAfter,
    hasKey,
    supersededBy,
    revoked:
      revoked === undefined
        ? null
        : { at: revoked.at, reason: revoked.reason, invalidityDate: revoked.invalidityDate ?? null },
  };
}

export function entryWithPem(entry: AuthorityEntry): CertificateDocument & { pem: string } {
  return { ...certificateDocument(entry), pem: encodePem('CERTIFICATE', entry.der) };
}

function identityRecord({ certificateId, ...row }: IdentityRow) {
  const { name, clientType, tokenExpiresAt, tokenGeneration, revoked, autoRotate } = row;
  return { name, clientType, tokenExpiresAt, tokenGeneration, certificate: certificateId ?? null, revoked, autoRotate };
}

export async function treeRecord(named: Named) {
  const { authority } = named;
  const { identities, rotation = null } = await readTree(named, authority);
  return {
    authority: authorityRecord(authority),
    entries: authority.entries.map(certificateDocument),
    identities: identities.map(identityRecord),
    rotation,
  };
}
