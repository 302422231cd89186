import type { AuthorityApi, AuthorityChange, AuthorityEvents } from './contract.ts';
import type { AuthorityId } from '../pki/model/authority.ts';
import type { AuthorityTree } from './model/view.ts';
import type { Service } from '../shared/problem.ts';
import type { Ports } from '../shared/ports.ts';
import type { Issued } from './operations/issue.ts';
import type { AuthorityService } from './service.ts';

export interface AuthorityApiContext {
  service: AuthorityService;
  tickets: Ports['tickets'];
  announce: <E extends keyof AuthorityEvents>(event: E, payload: AuthorityEvents[E]) => void;
}

/** The window's methods; a change is announced to the page. */
export function authorityApi({ service, tickets, announce }: AuthorityApiContext): Service<AuthorityApi> {
  const asked = new Set<AuthorityId>();

  /** A remembered unlock key opens a keyring once, so that one locked by hand stays locked. */
  const openRemembered = async (id: AuthorityId): Promise<void> => {
    if (asked.has(id)) return;
    asked.add(id);
    await service.unlockRemembered(id);
  };
  const changed = async ({ id }: { id: AuthorityId }): Promise<AuthorityTree> => {
    const tree = await service.tree(id);
    announce('changed', tree);
    return tree;
  };
  const changedBy = async ({ authority, entry }: Issued): Promise<AuthorityChange> => ({
    tree: await changed(authority),
    entryId: entry.id,
  });
  const unlockedChange = async (id: AuthorityId, work: () => Promise<void>): Promise<AuthorityTree> => {
    await work();
    asked.add(id);
    return changed({ id });
  };

  return {
    list: async () => {
      const authorities = [];
      for (const { id } of service.list()) {
        await openRemembered(id);
        authorities.push(await service.summary(id));
      }
      return { authorities, findings: service.findings() };
    },
    tree: async ({ authorityId }) => {
      await openRemembered(authorityId);
      return service.tree(authorityId);
    },
    entry: (request) => service.entry(request),
    create: async (request) => {
      const authority = await service.create(request);
      asked.add(authority.id);
      return changed(authority);
    },
    remove: async ({ authorityId }) => {
      const summary = await service.remove(authorityId);
      announce('removed', { authorityId });
      return summary;
    },
    unlock: ({ authorityId, passphrase, remember }) =>
      unlockedChange(authorityId, () => service.unlock(authorityId, passphrase, { remember })),
    lock: ({ authorityId, forget }) => unlockedChange(authorityId, () => service.lock(authorityId, { forget })),
    changePassphrase: ({ authorityId, ...change }) =>
      unlockedChange(authorityId, () => service.changePassphrase(authorityId, change)),
    issue: async (request) => changedBy(await service.issue(request)),
    signRequest: async ({ source, ...request }) =>
      changedBy(await service.signFile(request, tickets.take(source, 'read:requests'))),
    renew: async (request) => changedBy(await service.renew(request)),
    revoke: async (request) => changedBy(await service.revoke(request)),
    rotateCa: async ({ authorityId }) => changed(await service.rotateCa(authorityId)),
    verify: (request) => service.verify(request),
    export: ({ target, ...request }) => service.export(request, tickets.take(target, `write:${request.format}`)),
    exportCrl: async ({ target, ...request }) =>
      (await service.exportCrl(request, tickets.take(target, 'write:crl'))).file,
    createIdentity: async ({ authorityId, name, clientType, target }) => {
      const path = tickets.take(target, 'write:yaml');
      return changed(await service.createIdentity({ authorityId, identity: name, clientType, path }));
    },
    rotateIdentity: async ({ target, ...request }) =>
      changed(await service.rotateIdentity({ ...request, path: tickets.take(target, 'write:yaml') })),
    revokeIdentity: async (request) => changed(await service.revokeIdentity(request)),
    reinstateIdentity: async ({ target, ...request }) =>
      changed(await service.reinstateIdentity({ ...request, path: tickets.take(target, 'write:yaml') })),
  };
}
