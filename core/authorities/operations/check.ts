import type { Authority, AuthorityEntry, AuthorityId, EntryRevocation } from '../../pki/model/authority.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { DAY_MS, instantFromMs, epochMs, type Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { PathVerdict } from '../../pki/model/verdict.ts';
import { issueCrl, type IssuedCrl } from '../../pki/issue/crl.ts';
import { verifyChain, type VerifyRequest } from '../../pki/verify/verify.ts';
import { listIssuers, entryIn, openSigner, type EntryRequest, type Keeping } from './kept.ts';

/** Our own choice: neither Kubernetes nor MOC has revocation lists. */
const CRL_VALIDITY_DAYS = 7;

/** Issues the next list, with all revoked, unexpired certificates, and stores its number. */
export function crlOperation(
  keeping: Keeping,
  { authorityId, caId }: { authorityId: AuthorityId; caId: CredentialId },
): Promise<IssuedCrl> {
  const { ports, store } = keeping;
  return store.runInTurn(authorityId, async (authority) => {
    const ca = getRoot(authority, entryIn(authority, caId));
    const { number, ...crl } = await nextCrl(keeping, authority, { ca, at: ports.clock.now() });
    await store.update(authorityId, (current) => ({
      ...current,
      crlNumbers: { ...current.crlNumbers, [ca.id]: number },
    }));
    return crl;
  });
}

/**
 * Returns the root with a CA's key: for a cross-certificate, the new CA. A revocation list of the cross-certificate
 * itself would be trusted like that of the root, but would be empty.
 */
function getRoot({ name, entries }: Authority, ca: AuthorityEntry): AuthorityEntry {
  const root =
    ca.facts.isCa && ca.issuer !== 'self'
      ? entries.find(({ issuer, keyFile }) => issuer === 'self' && keyFile === ca.keyFile)
      : ca;
  if (root?.facts.isCa === true) return root;
  throw new ConsoleError('authority.no-signer', { authority: name, issuer: ca.facts.subject.text });
}

async function nextCrl(
  keeping: Keeping,
  authority: Authority,
  { ca, at }: { ca: AuthorityEntry; at: Instant },
): Promise<IssuedCrl & { number: number }> {
  const number = (authority.crlNumbers[ca.id] ?? 0) + 1;
  const crl = issueCrl(keeping.ports, {
    issuer: await openSigner(keeping, authority, ca),
    number,
    thisUpdate: at,
    nextUpdate: instantFromMs(epochMs(at) + CRL_VALIDITY_DAYS * DAY_MS),
    entries: authority.entries.flatMap(({ issuer, facts: { serialHex, notAfter }, revoked }) => {
      if (issuer !== ca.id || !isRevokedBy(at, revoked) || at > notAfter) return [];
      const { at: revokedAt, reason, invalidityDate } = revoked;
      return [{ serialHex, revokedAt, reason, invalidityDate }];
    }),
  });
  return { number, ...crl };
}

function isRevokedBy(at: Instant, revoked: EntryRevocation | undefined): revoked is EntryRevocation {
  return revoked !== undefined && revoked.at <= at;
}

/**
 * Judges a certificate at the given instant: chain, roots that are not withdrawn and revocations. If a CA in the chain
 * has revoked certificates, also signs and checks its list, which requires its key.
 */
export async function verifyOperation(
  keeping: Keeping,
  request: EntryRequest & Pick<VerifyRequest, 'at' | 'purpose' | 'name'>,
): Promise<PathVerdict> {
  const authority = keeping.store.get(request.authorityId);
  const { at, purpose, name } = request;
  const chain = listIssuers(authority, entryIn(authority, request.entryId));
  const crls = await crlsFor(keeping, authority, { cas: chain.slice(1), at });
  return verifyChain(keeping.ports, {
    chain: chain.map(({ der }) => der),
    roots: authority.entries
      .filter(({ issuer, revoked }) => issuer === 'self' && !isRevokedBy(at, revoked))
      .map(({ der }) => der),
    crls,
    at,
    purpose,
    name,
    revocationCheck: crls.length > 0,
  });
}

async function crlsFor(
  keeping: Keeping,
  authority: Authority,
  { cas, at }: { cas: readonly AuthorityEntry[]; at: Instant },
): Promise<Uint8Array[]> {
  const hasRevoked = cas.some(({ id }) =>
    authority.entries.some(({ issuer, revoked }) => issuer === id && isRevokedBy(at, revoked)),
  );
  if (!hasRevoked) return [];
  const crls: Uint8Array[] = [];
  for (const ca of cas) crls.push((await nextCrl(keeping, authority, { ca, at })).der);
  return crls;
}
