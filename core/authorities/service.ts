import type { Authority, AuthorityId } from '../pki/model/authority.ts';
import type { AuthoritySummary } from './model/view.ts';
import { renewOperation, revokeOperation, rotateCaOperation } from './operations/change.ts';
import { verifyOperation } from './operations/check.ts';
import { createAuthority } from './operations/create.ts';
import { signFileOperation, signObjectsOperation } from './operations/csr-objects.ts';
import { exportCrlOperation, exportOperation } from './operations/export.ts';
import { authorityNamed, entriesMeant } from './operations/find.ts';
import {
  createIdentityOperation,
  loginOperation,
  reinstateIdentityOperation,
  revokeIdentityOperation,
  rotateIdentityOperation,
} from './operations/identities.ts';
import { issueOperation, signRequestOperation } from './operations/issue.ts';
import type { Keeping } from './operations/kept.ts';
import { getDetails, readTree, summariseAuthority } from './operations/view.ts';

export type AuthorityService = ReturnType<typeof authorityService>;

/**
 * The certificate engine for the authorities of a data folder, used by the window and the command line alike. Problems
 * are those of the operations; anything that needs a key of a locked authority fails with `keyring.locked`.
 */
export function authorityService(keeping: Keeping) {
  const { store } = keeping;
  const bind =
    <Rest extends unknown[], Answer>(operation: (keeping: Keeping, ...rest: Rest) => Answer) =>
    (...rest: Rest): Answer =>
      operation(keeping, ...rest);
  const summary = (id: AuthorityId): Promise<AuthoritySummary> => summariseAuthority(keeping, store.get(id));

  return {
    /** Oldest first. */
    list: () => store.list(),
    /** Problems found when the authorities were loaded. */
    findings: () => store.findings(),
    get: (id: AuthorityId): Authority => store.get(id),
    /** The authority with a given name, ignoring case, or a given id. `authority.unknown`. */
    find: (sought: string) => authorityNamed(store, sought),
    findEntries: entriesMeant,
    summary,
    tree: (id: AuthorityId) => readTree(keeping, store.get(id)),
    entry: bind(getDetails),

    create: bind(createAuthority),
    /** Permanently removes it, including its private keys. */
    remove: async (id: AuthorityId): Promise<AuthoritySummary> => {
      const removed = await summary(id);
      await store.remove(id);
      return removed;
    },
    unlock: (id: AuthorityId, passphrase: string, options?: { remember?: boolean }) =>
      store.keyring(id).unlock(passphrase, options),
    /** Unlocks the keys with the unlock key that the system keeps, if any. */
    unlockRemembered: async (id: AuthorityId): Promise<void> => {
      const keyring = store.keyring(id);
      if (keyring.state() === 'locked') await keyring.unlockRemembered().catch(() => false);
    },
    /** Drops the keys from memory; with `forget` also the unlock key that the system keeps. */
    lock: async (id: AuthorityId, { forget }: { forget: boolean }): Promise<void> => {
      const keyring = store.keyring(id);
      keyring.lock();
      if (forget) await keyring.forget();
    },
    changePassphrase: (id: AuthorityId, change: { current: string; next: string }) =>
      store.keyring(id).changePassphrase(change),
    rotateCa: bind(rotateCaOperation),

    issue: bind(issueOperation),
    signRequest: bind(signRequestOperation),
    signObjects: bind(signObjectsOperation),
    signFile: bind(signFileOperation),
    renew: bind(renewOperation),
    revoke: bind(revokeOperation),
    verify: bind(verifyOperation),
    export: bind(exportOperation),
    exportCrl: bind(exportCrlOperation),

    createIdentity: bind(createIdentityOperation),
    rotateIdentity: bind(rotateIdentityOperation),
    revokeIdentity: bind(revokeIdentityOperation),
    reinstateIdentity: bind(reinstateIdentityOperation),
    /** Logs in with the token of a login file, as `mocctl` does. */
    login: bind(loginOperation),
  };
}
