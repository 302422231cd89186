import type { ApprovalContext } from '../pki/model/approval.ts';
import type { Authority, AuthorityEntry, AuthorityId } from '../pki/model/authority.ts';
import type { IssuedCrl } from '../pki/issue/crl.ts';
import type { PathVerdict } from '../pki/model/verdict.ts';
import { readCsrState } from '../shared/certificates/csr-object.ts';
import type { Finding } from '../shared/finding.ts';
import type { CredentialId } from '../shared/ids.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { ProfileId } from '../pki/model/profile.ts';
import type { AuthorityEntryDetails, AuthoritySummary, AuthorityTree } from './model/view.ts';
import { renewOperation, revokeOperation, rotateCaOperation } from './operations/change.ts';
import { crlOperation, verifyOperation } from './operations/check.ts';
import { createAuthority, type NewAuthorityWithRoots } from './operations/create.ts';
import { crlFile } from './operations/crl-file.ts';
import { signObjectsOperation, type SignedObject, type SignObjects } from './operations/csr-objects.ts';
import { exportOperation, write, type ExportOperation, type WrittenFile } from './operations/export.ts';
import { authorityNamed, entriesMeant } from './operations/find.ts';
import {
  createIdentityOperation,
  loginOperation,
  reinstateIdentityOperation,
  revokeIdentityOperation,
  rotateIdentityOperation,
  type IdentityOperation,
  type LoginOperation,
} from './operations/identities.ts';
import {
  issueOperation,
  signRequestOperation,
  type IssueOperation,
  type Issued,
  type SignedRequest,
} from './operations/issue.ts';
import type { EntryRequest, Keeping } from './operations/kept.ts';
import { readRequestFile } from './operations/request-files.ts';
import { getDetails, summariseAuthority, readTree } from './operations/view.ts';

/** A revoked certificate, and what else the same holder has. */
export interface Revoked extends Issued {
  /**
   * Certificates with the same name from the same CA that are still valid: whoever lost one may have lost the others
   * with it.
   */
  stillValid: AuthorityEntry[];
}

/** No node is known here: a kubelet's object must already be approved. */
const NO_NODES: ApprovalContext = { nodes: [], longestSeconds: 0 };

/**
 * The certificate engine for the authorities of a data folder, used by the window and the command line alike. Problems
 * are those of the operations; anything that needs a key of a locked authority fails with `keyring.locked`.
 */
export class AuthorityService {
  readonly #keeping: Keeping;

  constructor(keeping: Keeping) {
    this.#keeping = keeping;
  }

  // ---- Looking ------------------------------------------------------------------------------------------------------

  /** Oldest first. */
  list(): readonly Authority[] {
    return this.#keeping.store.list();
  }

  /** Problems found when the authorities were loaded. */
  findings(): Finding[] {
    return this.#keeping.store.findings();
  }

  get(id: AuthorityId): Authority {
    return this.#keeping.store.get(id);
  }

  /** The authority with a given name, ignoring case, or a given id. `authority.unknown`. */
  find(sought: string): Authority {
    return authorityNamed(this.#keeping.store, sought);
  }

  /** Certificates that a text may refer to; more than one when it is ambiguous. */
  findEntries(authority: Authority, sought: string): AuthorityEntry[] {
    return entriesMeant(authority, sought);
  }

  summary(id: AuthorityId): Promise<AuthoritySummary> {
    return summariseAuthority(this.#keeping, this.get(id));
  }

  tree(id: AuthorityId): Promise<AuthorityTree> {
    return readTree(this.#keeping, this.get(id));
  }

  entry(request: EntryRequest): AuthorityEntryDetails {
    return getDetails(this.#keeping, request);
  }

  // ---- Authorities and their keys -----------------------------------------------------------------------------------

  create(request: NewAuthorityWithRoots): Promise<Authority> {
    return createAuthority(this.#keeping, request);
  }

  /** Permanently removes it, including its private keys. */
  async remove(id: AuthorityId): Promise<AuthoritySummary> {
    const summary = await this.summary(id);
    await this.#keeping.store.remove(id);
    return summary;
  }

  async unlock(id: AuthorityId, passphrase: string, options: { remember?: boolean } = {}): Promise<void> {
    await this.#keeping.store.keyring(id).unlock(passphrase, { remember: options.remember === true });
  }

  /** Unlocks the keys with the unlock key that the system keeps, if any. */
  async unlockRemembered(id: AuthorityId): Promise<void> {
    const keyring = this.#keeping.store.keyring(id);
    if (keyring.state() === 'locked') await keyring.unlockRemembered().catch(() => false);
  }

  /** Drops the keys from memory; with `forget` also the unlock key that the system keeps. */
  async lock(id: AuthorityId, { forget }: { forget: boolean }): Promise<void> {
    const keyring = this.#keeping.store.keyring(id);
    keyring.lock();
    if (forget) await keyring.forget();
  }

  changePassphrase(id: AuthorityId, change: { current: string; next: string }): Promise<void> {
    return this.#keeping.store.keyring(id).changePassphrase(change);
  }

  rotateCa(id: AuthorityId): Promise<Authority> {
    return rotateCaOperation(this.#keeping, id);
  }

  // ---- Certificates -------------------------------------------------------------------------------------------------

  issue(request: IssueOperation): Promise<Issued> {
    return issueOperation(this.#keeping, request);
  }

  signRequest(request: Parameters<typeof signRequestOperation>[1]): Promise<SignedRequest> {
    return signRequestOperation(this.#keeping, request);
  }

  signObjects(request: SignObjects): Promise<SignedObject[]> {
    return signObjectsOperation(this.#keeping, request);
  }

  /** Signs the only request in a file; a kubelet's object must already be approved. */
  async signFile(request: { authorityId: AuthorityId; profile: ProfileId }, path: string): Promise<Issued> {
    const file = await readRequestFile(this.#keeping.ports, path);
    if (file.kind === 'request') return this.signRequest({ ...request, der: file.der });
    const { length: count } = file.objects;
    if (count > 1) throw new ConsoleError('csr.several', { path, count });
    const [first] = await this.signObjects({ ...request, objects: file.objects, context: NO_NODES });
    if (first === undefined) throw new ConsoleError('csr.unreadable', { reason: 'yaml.invalid' });
    if (first.refusal !== undefined) throw first.refusal;
    if (first.entry === undefined)
      throw new ConsoleError('csr.not-approved', { name: first.object.name, state: readCsrState(first.object) });
    return { authority: this.get(request.authorityId), entry: first.entry };
  }

  renew(request: EntryRequest): Promise<Issued> {
    return renewOperation(this.#keeping, request);
  }

  async revoke(request: Parameters<typeof revokeOperation>[1]): Promise<Revoked> {
    const { authority, entry } = await revokeOperation(this.#keeping, request);
    const now = this.#keeping.ports.clock.now();
    const stillValid = authority.entries.filter(
      ({ id, issuer, facts, revoked }) =>
        id !== entry.id &&
        issuer === entry.issuer &&
        facts.subject.text === entry.facts.subject.text &&
        revoked === undefined &&
        now <= facts.notAfter,
    );
    return { authority, entry, stillValid };
  }

  verify(request: Parameters<typeof verifyOperation>[1]): Promise<PathVerdict> {
    return verifyOperation(this.#keeping, request);
  }

  export(request: ExportOperation, path: string): Promise<WrittenFile> {
    return exportOperation(this.#keeping, request, path);
  }

  /** Issues the next revocation list of a CA and writes it. */
  async exportCrl(
    request: { authorityId: AuthorityId; caId: CredentialId; format: 'pem' | 'der' },
    path: string,
  ): Promise<{ crl: IssuedCrl; file: WrittenFile }> {
    const crl = await crlOperation(this.#keeping, request);
    const content = crlFile(crl.der, request.format);
    return { crl, file: await write(this.#keeping, path, { content, isPublic: true }) };
  }

  // ---- Identities of the cloud agent --------------------------------------------------------------------------------

  createIdentity(request: Parameters<typeof createIdentityOperation>[1]): Promise<Authority> {
    return createIdentityOperation(this.#keeping, request);
  }

  rotateIdentity(request: IdentityOperation): Promise<Authority> {
    return rotateIdentityOperation(this.#keeping, request);
  }

  revokeIdentity(request: Parameters<typeof revokeIdentityOperation>[1]): Promise<Authority> {
    return revokeIdentityOperation(this.#keeping, request);
  }

  reinstateIdentity(request: IdentityOperation): Promise<Authority> {
    return reinstateIdentityOperation(this.#keeping, request);
  }

  /** Logs in with the token of a login file, as `mocctl` does. */
  login(request: LoginOperation): Promise<Issued> {
    return loginOperation(this.#keeping, request);
  }
}
