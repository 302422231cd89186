import type { Authority, EntryRevocation, AuthorityEntry, AuthorityId } from '../../pki/model/authority.ts';
import type { CloudAgentState } from '../../pki/model/identity.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { ProfileId } from '../../pki/model/profile.ts';
import type { PrivateKey } from '../../shared/ports.ts';
import { isRotating, currentSigner } from '../../pki/model/rotation.ts';
import { demandReissue, demandWithdrawal, findRotation, type CaRotation } from '../../pki/issue/ca-rotation.ts';
import { revokeClientCertificate } from '../../pki/identities/identities.ts';
import { renew } from '../../pki/identities/renewal.ts';
import { renewalRequest } from '../../pki/identities/request.ts';
import type { IssuedCertificate } from '../../pki/issue/issue.ts';
import { renewCertificate } from '../../pki/issue/renewal.ts';
import {
  certificateEntry,
  reissueLeaf,
  startRotation,
  withdrawOldAuthority,
  markSuperseded,
} from '../../pki/issue/rotate-ca.ts';
import type { Issued } from './issue.ts';
import {
  listIssuers,
  entryIn,
  openKey,
  openProfileSigner,
  openSigner,
  readAgent,
  replaceAgentState,
  addNewKey,
  type EntryRequest,
  type Keeping,
} from './kept.ts';

/**
 * Issues the next certificate of the same holder, even if it is not due. Renews a client of the cloud agent as its own
 * program would: the client presents its certificate, and the old key signs the new one.
 */
export function renewOperation(keeping: Keeping, request: EntryRequest): Promise<Issued> {
  const { ports, store } = keeping;
  const { authorityId, entryId } = request;
  return store.runInTurn(authorityId, async (authority) => {
    const former = entryIn(authority, entryId);
    const profile = renewableProfile(former);
    // Only the extension identifies a client for certain: an expired certificate no longer has a record.
    const isClient = former.facts.moc?.accessIdentity !== undefined;
    const next = isClient
      ? await renewClient(keeping, authority, former)
      : await renewLeaf(keeping, authority, { former, profile });
    const { key, issued, issuer, state } = next;
    return addNewKey(keeping, { authorityId, key }, async (keyFile) => {
      const entry = certificateEntry(ports, issued, { profile, issuer, keyFile });
      const changed = await store.update(authorityId, (current) => ({
        ...(state ? replaceAgentState(current, state) : current),
        entries: [...markSuperseded(current.entries, former.id, entry.id), entry],
      }));
      return { authority: changed, entry };
    });
  });
}

/** Returns the profile for a renewal. Throws `renew.not-possible`. */
function renewableProfile({ facts, profile, revoked, supersededBy }: AuthorityEntry): ProfileId {
  const renewalRefusal = (reason: string): ConsoleError =>
    new ConsoleError('renew.not-possible', { name: facts.subject.text, reason });
  if (facts.isCa) throw renewalRefusal('isCa');
  if (profile === null) throw renewalRefusal('noProfile');
  if (revoked !== undefined) throw renewalRefusal('revoked');
  if (supersededBy !== undefined) throw renewalRefusal('superseded');
  return profile;
}

interface Successor {
  issued: IssuedCertificate;
  key: PrivateKey;
  issuer: CredentialId;
  state?: CloudAgentState;
}

async function renewLeaf(
  keeping: Keeping,
  authority: Authority,
  { former, profile: id }: { former: AuthorityEntry; profile: ProfileId },
): Promise<Successor> {
  const profile = PROFILES[id];
  if (former.keyFile === null) throw new ConsoleError('authority.key-elsewhere', { name: former.facts.subject.text });
  const preferred = listIssuers(authority, former)[1]?.profile;
  const { ca, signer: issuer } = await openProfileSigner(keeping, authority, profile, preferred);
  const { key, ...issued } = await renewCertificate(keeping.ports, { profile, certificate: former, issuer });
  return { issued, key, issuer: ca.id };
}

async function renewClient(keeping: Keeping, authority: Authority, former: AuthorityEntry): Promise<Successor> {
  const { ports } = keeping;
  const oldKey = await openKey(keeping, authority, former);
  const { agent, ca } = await readAgent(keeping, authority);
  const chain = listIssuers(authority, former).slice(1);
  const { request, key } = await renewalRequest(ports, {
    certificate: former,
    key: oldKey,
    chain: chain.map(({ der }) => der),
  });
  const { certificate, state } = renew(ports, agent, { certificate: former.der, request });
  return { issued: certificate, key, issuer: ca.id, state };
}

interface Revoked extends Issued {
  /** Valid certificates with the same name and CA, which the holder of a lost certificate may also have lost. */
  stillValid: AuthorityEntry[];
}

/** Revokes a certificate. The cloud agent then also refuses a revoked client certificate. */
export function revokeOperation(
  keeping: Keeping,
  request: EntryRequest & Omit<EntryRevocation, 'at'>,
): Promise<Revoked> {
  const { ports, store } = keeping;
  const { authorityId, entryId, reason, invalidityDate } = request;
  return store.runInTurn(authorityId, async (known) => {
    const entry = entryIn(known, entryId);
    const name = entry.facts.subject.text;
    if (entry.issuer === 'self') throw new ConsoleError('revoke.is-root', { name });
    if (entry.revoked !== undefined) throw new ConsoleError('revoke.already', { name, at: entry.revoked.at });
    const at = ports.clock.now();
    if (invalidityDate !== undefined && invalidityDate > at)
      throw new ConsoleError('revoke.date-in-future', { date: invalidityDate });
    const revoked = { at, reason, invalidityDate };
    const authority = await store.update(authorityId, (current) => ({
      ...(current.cloudAgent === undefined
        ? current
        : replaceAgentState(current, revokeClientCertificate(current.cloudAgent.state, entry.facts.serialHex, at))),
      entries: current.entries.map((each) => (each.id === entryId ? { ...each, revoked } : each)),
    }));
    const stillValid = authority.entries.filter(
      (other) =>
        other.id !== entryId &&
        other.issuer === entry.issuer &&
        other.facts.subject.text === name &&
        other.revoked === undefined &&
        at <= other.facts.notAfter,
    );
    return { authority, entry: { ...entry, revoked }, stillValid };
  });
}

/** Runs the next stage: creates a CA, reissues everything in use, or withdraws the old CA. */
export function rotateCaOperation(keeping: Keeping, authorityId: AuthorityId): Promise<Authority> {
  const { ports, store } = keeping;
  return store.runInTurn(authorityId, async (authority) => {
    if (authority.kind !== 'moc') throw new ConsoleError('authority.not-cloud-agent', { authority: authority.name });
    const rotation = findRotation(authority.entries, ports.clock.now());
    if (rotation !== undefined && !isRotating(rotation.stage.id)) return beginRotation(keeping, authority, rotation);
    const { leavesLeft } = demandReissue(rotation);
    if (leavesLeft.length > 0) return reissueAll(keeping, authority, leavesLeft);
    demandWithdrawal(rotation);
    const entries = withdrawOldAuthority(ports, authority.entries);
    return store.update(authorityId, (current) => ({ ...current, entries }));
  });
}

async function beginRotation(keeping: Keeping, authority: Authority, rotation: CaRotation): Promise<Authority> {
  const { ports, store } = keeping;
  const old = await openSigner(keeping, authority, currentSigner(rotation));
  const { entries, authority: made } = await startRotation(ports, authority.entries, old);
  return addNewKey(keeping, { authorityId: authority.id, key: made.key }, () =>
    store.update(authority.id, (current) => ({ ...current, entries })),
  );
}

async function reissueAll(
  keeping: Keeping,
  authority: Authority,
  leaves: readonly AuthorityEntry[],
): Promise<Authority> {
  const { ports, store } = keeping;
  const { newest } = demandReissue(findRotation(authority.entries, ports.clock.now()));
  const signer = await openSigner(keeping, authority, newest);
  let { entries } = authority;
  const successors: { former: AuthorityEntry; entry: AuthorityEntry }[] = [];
  for (const leaf of leaves) {
    const reissued = reissueLeaf(ports, entries, { leaf, signer });
    entries = reissued.entries;
    successors.push({ former: leaf, entry: reissued.entry });
  }
  return store.update(authority.id, (current) => ({ ...addSuccessorRecords(current, successors), entries }));
}

function addSuccessorRecords(
  authority: Authority,
  successors: readonly { former: AuthorityEntry; entry: AuthorityEntry }[],
): Authority {
  const { cloudAgent } = authority;
  if (cloudAgent === undefined) return authority;
  const identities = cloudAgent.state.identities.map((identity) => ({
    ...identity,
    certificates: [
      ...identity.certificates,
      ...successors.flatMap(({ former, entry }) => {
        const record = identity.certificates.find(({ serialHex }) => serialHex === former.facts.serialHex);
        const { serialHex, notBefore, notAfter } = entry.facts;
        return record === undefined ? [] : [{ ...record, serialHex, notBefore, notAfter }];
      }),
    ],
  }));
  return replaceAgentState(authority, { ...cloudAgent.state, identities });
}
