import type { AuthorityApi, AuthorityChange, AuthorityEvents } from './contract.ts';
import type { AuthorityId } from '../pki/model/authority.ts';
import type { AuthorityTree } from './model/view.ts';
import type { Service } from '../shared/problem.ts';
import type { Ports } from '../shared/ports.ts';
import { renewOperation, revokeOperation, rotateCaOperation } from './operations/change.ts';
import { verifyOperation } from './operations/check.ts';
import { createAuthority } from './operations/create.ts';
import { signFileOperation } from './operations/csr-objects.ts';
import { exportCrlOperation, exportOperation } from './operations/export.ts';
import {
  createIdentityOperation,
  reinstateIdentityOperation,
  revokeIdentityOperation,
  rotateIdentityOperation,
} from './operations/identities.ts';
import { issueOperation, type Issued } from './operations/issue.ts';
import type { Keeping } from './operations/kept.ts';
import { getDetails, readTree, summariseAuthority } from './operations/view.ts';

interface AuthorityApiContext extends Keeping {
  tickets: Ports['tickets'];
  announce: <E extends keyof AuthorityEvents>(event: E, payload: AuthorityEvents[E]) => void;
}

/** Implements the window's methods and announces changes to the page. */
export function authorityApi(context: AuthorityApiContext): Service<AuthorityApi> {
  const { store, tickets, announce } = context;
  const asked = new Set<AuthorityId>();

  /** Opens a keyring at most once with its remembered unlock key, so that a keyring locked by hand stays locked. */
  const openRemembered = async (id: AuthorityId): Promise<void> => {
    if (asked.has(id)) return;
    asked.add(id);
    const keyring = store.keyring(id);
    if (keyring.state() === 'locked') await keyring.unlockRemembered().catch(() => false);
  };
  const changed = async (id: AuthorityId): Promise<AuthorityTree> => {
    const tree = await readTree(context, store.get(id));
    announce('changed', tree);
    return tree;
  };
  const changedBy = async ({ authority, entry }: Issued): Promise<AuthorityChange> => ({
    tree: await changed(authority.id),
    entryId: entry.id,
  });
  const unlockedChange = async (id: AuthorityId, work: Promise<void>): Promise<AuthorityTree> => {
    await work;
    asked.add(id);
    return changed(id);
  };

  return {
    list: async () => {
      const authorities = [];
      for (const authority of store.list()) {
        await openRemembered(authority.id);
        authorities.push(await summariseAuthority(context, authority));
      }
      return { authorities, findings: store.findings() };
    },
    tree: async ({ authorityId }) => {
      await openRemembered(authorityId);
      return readTree(context, store.get(authorityId));
    },
    entry: (request) => getDetails(context, request),
    create: async (request) => {
      const { id } = await createAuthority(context, request);
      asked.add(id);
      return changed(id);
    },
    remove: async ({ authorityId }) => {
      const summary = await summariseAuthority(context, store.get(authorityId));
      await store.remove(authorityId);
      announce('removed', { authorityId });
      return summary;
    },
    unlock: ({ authorityId, passphrase, remember }) =>
      unlockedChange(authorityId, store.keyring(authorityId).unlock(passphrase, { remember })),
    lock: async ({ authorityId, forget }) => {
      const keyring = store.keyring(authorityId);
      keyring.lock();
      return unlockedChange(authorityId, forget ? keyring.forget() : Promise.resolve());
    },
    changePassphrase: ({ authorityId, ...change }) =>
      unlockedChange(authorityId, store.keyring(authorityId).changePassphrase(change)),
    issue: async (request) => changedBy(await issueOperation(context, request)),
    signRequest: async ({ source, ...request }) =>
      changedBy(await signFileOperation(context, request, tickets.take(source, 'read:requests'))),
    renew: async (request) => changedBy(await renewOperation(context, request)),
    revoke: async (request) => changedBy(await revokeOperation(context, request)),
    rotateCa: async ({ authorityId }) => changed((await rotateCaOperation(context, authorityId)).id),
    verify: (request) => verifyOperation(context, request),
    export: ({ target, ...request }) =>
      exportOperation(context, request, tickets.take(target, `write:${request.format}`)),
    exportCrl: async ({ target, ...request }) =>
      (await exportCrlOperation(context, request, tickets.take(target, 'write:crl'))).file,
    createIdentity: async ({ name: identity, target, ...request }) => {
      const path = tickets.take(target, 'write:yaml');
      return changed((await createIdentityOperation(context, { ...request, identity, path })).id);
    },
    rotateIdentity: async ({ target, ...request }) => {
      const path = tickets.take(target, 'write:yaml');
      return changed((await rotateIdentityOperation(context, { ...request, path })).id);
    },
    revokeIdentity: async (request) => changed((await revokeIdentityOperation(context, request)).id),
    reinstateIdentity: async ({ target, ...request }) => {
      const path = tickets.take(target, 'write:yaml');
      return changed((await reinstateIdentityOperation(context, { ...request, path })).id);
    },
  };
}
