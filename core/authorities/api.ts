import type { AuthorityApi, AuthorityChange, AuthorityEvents } from './contract.ts';
import type { AuthorityId } from '../pki/model/authority.ts';
import type { AuthorityTree } from './model/view.ts';
import type { Result } from '../shared/problem.ts';
import type { Ports } from '../shared/ports.ts';
import type { Issued } from './operations/issue.ts';
import type { AuthorityService } from './service.ts';

export interface AuthorityApiContext {
  service: AuthorityService;
  tickets: Ports['tickets'];
  announce: <E extends keyof AuthorityEvents>(event: E, payload: AuthorityEvents[E]) => void;
  /** Turns anything thrown into a problem. */
  answer: <T>(work: () => T | Promise<T>) => Promise<Result<T>>;
}

/** The window's methods; each announces that the authority changed. */
export function authorityApi({
  service,
  tickets,
  announce,
  answer,
}: AuthorityApiContext): Omit<AuthorityApi, 'openSample' | 'removeSample'> {
  const asked = new Set<AuthorityId>();

  /** The remembered unlock key opens a keyring once; one that was locked by hand stays locked. */
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
    list: () =>
      answer(async () => {
        const authorities = [];
        for (const { id } of service.list()) {
          await openRemembered(id);
          authorities.push(await service.summary(id));
        }
        return { authorities, findings: service.findings() };
      }),
    tree: ({ authorityId }) =>
      answer(async () => {
        await openRemembered(authorityId);
        return service.tree(authorityId);
      }),
    entry: (request) => answer(() => service.entry(request)),
    create: (request) =>
      answer(async () => {
        const authority = await service.create(request);
        asked.add(authority.id);
        return changed(authority);
      }),
    remove: ({ authorityId }) =>
      answer(async () => {
        const summary = await service.remove(authorityId);
        announce('removed', { authorityId });
        return summary;
      }),
    unlock: ({ authorityId, passphrase, remember }) =>
      answer(() => unlockedChange(authorityId, () => service.unlock(authorityId, passphrase, { remember }))),
    lock: ({ authorityId, forget }) =>
      answer(() => unlockedChange(authorityId, () => service.lock(authorityId, { forget }))),
    changePassphrase: ({ authorityId, ...change }) =>
      answer(() => unlockedChange(authorityId, () => service.changePassphrase(authorityId, change))),
    issue: (request) => answer(async () => changedBy(await service.issue(request))),
    signRequest: ({ source, ...request }) =>
      answer(async () => changedBy(await service.signFile(request, tickets.take(source)))),
    renew: (request) => answer(async () => changedBy(await service.renew(request))),
    revoke: (request) => answer(async () => changedBy(await service.revoke(request))),
    rotateCa: ({ authorityId }) => answer(async () => changed(await service.rotateCa(authorityId))),
    verify: (request) => answer(() => service.verify(request)),
    export: ({ target, ...request }) => answer(() => service.export(request, tickets.take(target))),
    exportCrl: ({ target, ...request }) =>
      answer(async () => (await service.exportCrl(request, tickets.take(target))).file),
    createIdentity: ({ authorityId, name, clientType, target }) =>
      answer(async () => {
        const path = tickets.take(target);
        return changed(await service.createIdentity({ authorityId, identity: name, clientType, path }));
      }),
    rotateIdentity: ({ target, ...request }) =>
      answer(async () => changed(await service.rotateIdentity({ ...request, path: tickets.take(target) }))),
    revokeIdentity: (request) => answer(async () => changed(await service.revokeIdentity(request))),
    reinstateIdentity: ({ target, ...request }) =>
      answer(async () => changed(await service.reinstateIdentity({ ...request, path: tickets.take(target) }))),
  };
}
