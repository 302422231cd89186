import type { Authority, AuthorityEntry, AuthorityId, KeyFileId } from '../../pki/model/authority.ts';
import type { CloudAgentState } from '../../pki/model/identity.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { listSigners, type Profile, type ProfileId } from '../../pki/model/profile.ts';
import type { Ports, PrivateKey } from '../../shared/ports.ts';
import { currentSigner, trustAnchors } from '../../pki/model/rotation.ts';
import type { CloudAgent } from '../../pki/identities/cloud-agent.ts';
import { findRotation } from '../../pki/issue/ca-rotation.ts';
import type { SigningAuthority } from '../../pki/issue/issue.ts';
import type { AuthorityStore } from '../store/store.ts';

export interface Keeping {
  ports: Pick<Ports, 'clock' | 'crypto' | 'files' | 'keys'>;
  store: AuthorityStore;
}

export interface EntryRequest {
  authorityId: AuthorityId;
  entryId: CredentialId;
}

/** Returns the entry with this id. Throws `authority.entry-unknown`. */
export function entryIn(authority: Authority, entryId: CredentialId): AuthorityEntry {
  const entry = authority.entries.find(({ id }) => id === entryId);
  if (entry === undefined) throw new ConsoleError('authority.entry-unknown', { authority: authority.name });
  return entry;
}

export function addEntry({ store }: Keeping, authorityId: AuthorityId, entry: AuthorityEntry): Promise<Authority> {
  return store.update(authorityId, (authority) => ({ ...authority, entries: [...authority.entries, entry] }));
}

/** Returns the private key of an entry. Throws `authority.key-elsewhere`, and the problems of `Keyring.key`. */
export async function openKey(
  { store }: Keeping,
  authority: Authority,
  { keyFile, facts }: AuthorityEntry,
): Promise<PrivateKey> {
  if (keyFile === null) throw new ConsoleError('authority.key-elsewhere', { name: facts.subject.text });
  return store.getKeyring(authority.id).key(keyFile);
}

/** Returns a CA with its private key. Throws the same problems as `openKey`. */
export async function openSigner(
  keeping: Keeping,
  authority: Authority,
  entry: AuthorityEntry,
): Promise<SigningAuthority> {
  const { der, facts } = entry;
  return { der, facts, key: await openKey(keeping, authority, entry) };
}

/** Returns the newest CA that is neither withdrawn nor expired. Throws `authority.no-signer`. */
export function signerEntry({ ports }: Keeping, authority: Authority, issuer: ProfileId): AuthorityEntry {
  const now = ports.clock.now();
  const rotation = issuer === 'cloud-agent-ca' ? findRotation(authority.entries, now) : undefined;
  const entry =
    rotation === undefined
      ? authority.entries.findLast(
          ({ profile, revoked, facts: { notBefore, notAfter } }) =>
            profile === issuer && revoked === undefined && notBefore <= now && now <= notAfter,
        )
      : currentSigner(rotation);
  if (entry === undefined) throw new ConsoleError('authority.no-signer', { authority: authority.name, issuer });
  return entry;
}

/** `preferred` is the profile of the CA that signed the predecessor. */
export async function openProfileSigner(
  keeping: Keeping,
  authority: Authority,
  profile: Profile,
  preferred?: ProfileId | null,
): Promise<{ ca: AuthorityEntry; signer: SigningAuthority }> {
  const ca = profileSignerEntry(keeping, authority, profile, preferred);
  return { ca, signer: await openSigner(keeping, authority, ca) };
}

export function profileSignerEntry(
  keeping: Keeping,
  authority: Authority,
  profile: Profile,
  preferred?: ProfileId | null,
): AuthorityEntry {
  const allowed = listSigners(profile);
  const issuer = allowed.find((each) => each === preferred) ?? allowed[0];
  if (issuer === undefined) throw new ConsoleError('csr.profile-is-root', { profile: profile.id });
  return signerEntry(keeping, authority, issuer);
}

/** Runs `work`, which stores the key's record. Removes the key again if `work` fails. */
export async function addNewKey<T>(
  { store }: Keeping,
  { authorityId, key }: { authorityId: AuthorityId; key: PrivateKey },
  work: (keyFile: KeyFileId) => Promise<T>,
): Promise<T> {
  const keyring = store.getKeyring(authorityId);
  const keyFile = await keyring.addKey(key);
  try {
    return await work(keyFile);
  } catch (error) {
    // A leftover key is sealed and unused; the caller needs the original problem.
    await keyring.removeKey(keyFile).catch(() => undefined);
    throw error;
  }
}

export function listIssuers(authority: Authority, entry: AuthorityEntry): AuthorityEntry[] {
  const chain = [entry];
  for (let last = entry; last.issuer !== 'self';) {
    const above = authority.entries.find(({ id }) => id === last.issuer);
    if (above === undefined || chain.includes(above)) break;
    chain.push(above);
    last = above;
  }
  return chain;
}

/** Returns the cloud agent with the current signing CA. The caller stores the agent's new state. */
export async function readAgent(
  keeping: Keeping,
  authority: Authority,
): Promise<{ agent: CloudAgent; ca: AuthorityEntry }> {
  const { ports, store } = keeping;
  const { cloudAgent, id, name } = authority;
  if (cloudAgent === undefined) throw new ConsoleError('authority.not-cloud-agent', { authority: name });
  const { state, tokenKeyFile } = cloudAgent;
  if (tokenKeyFile === null) throw new ConsoleError('authority.key-elsewhere', { name: state.fqdn });
  const ca = signerEntry(keeping, authority, 'cloud-agent-ca');
  const signer = await openSigner(keeping, authority, ca);
  const tokenKey = await store.getKeyring(id).key(tokenKeyFile);
  const rotation = findRotation(authority.entries, ports.clock.now());
  const trusted = rotation === undefined ? [signer] : trustAnchors(rotation);
  return { agent: { state, signer, trusted, tokenKey }, ca };
}

/** Returns the authority with a new state of its cloud agent; an authority without a cloud agent is unchanged. */
export function replaceAgentState(authority: Authority, state: CloudAgentState): Authority {
  const { cloudAgent } = authority;
  return cloudAgent === undefined ? authority : { ...authority, cloudAgent: { ...cloudAgent, state } };
}
