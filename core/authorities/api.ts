import type { AuthorityApi, AuthorityChange, AuthorityEvents } from './contract.ts';
import type { Authority, AuthorityId } from '../pki/model/authority.ts';
import type { AuthorityTree } from './model/view.ts';
import { ConsoleError, type Service } from '../shared/problem.ts';
import type { Ports } from '../shared/ports.ts';
import type { FileTicket } from '../shared/ticket.ts';
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
import { agentState, answerAccess, changeRoles } from './operations/roles.ts';
import { assignRole, unassignRole } from '../pki/identities/roles.ts';
import { reviewOperation } from './operations/review.ts';
import { readSingleRequest, type SingleRequest } from './operations/request-files.ts';
import { getDetails, readTree, summariseAuthority } from './operations/view.ts';

/** Older reviews are forgotten, because nothing tells that an admin gave them up. */
const MOST_REVIEWED = 1_000;

export function authorityApi(
  context: Keeping & {
    tickets: Ports['tickets'];
    announce: <E extends keyof AuthorityEvents>(event: E, payload: AuthorityEvents[E]) => void;
  },
): Service<AuthorityApi> {
  const { store, tickets, announce } = context;
  const asked = new Set<AuthorityId>();
  const reviewed = new Map<FileTicket, Promise<SingleRequest>>();

  /** Uses a remembered unlock key at most once, so that a keyring locked by hand stays locked. */
  const openRemembered = async (id: AuthorityId): Promise<void> => {
    if (asked.has(id)) return;
    asked.add(id);
    const keyring = store.getKeyring(id);
    if (keyring.state() === 'locked') await keyring.unlockRemembered().catch(() => false);
  };
  /** Keeps what a review has shown, also a fault, so that exactly this is signed even if the file changes. */
  const readOnce = async (source: FileTicket): Promise<SingleRequest> => {
    const known = reviewed.get(source);
    if (known !== undefined) return known;
    const file = readSingleRequest(context.ports, tickets.take(source, 'read:requests'));
    reviewed.set(source, file);
    const oldest = reviewed.keys().next().value;
    if (reviewed.size > MOST_REVIEWED && oldest !== undefined) reviewed.delete(oldest);
    return file;
  };
  const announceTree = async (id: AuthorityId): Promise<AuthorityTree> => {
    const tree = await readTree(context, store.get(id));
    announce('changed', tree);
    return tree;
  };
  const announceResult = async (work: Promise<Authority>): Promise<AuthorityTree> => announceTree((await work).id);
  const takeYaml = (target: FileTicket): string => tickets.take(target, 'write:yaml');
  const announceEntry = async ({ authority, entry }: Issued): Promise<AuthorityChange> => ({
    tree: await announceTree(authority.id),
    entryId: entry.id,
  });
  const announceUnlocked = async (id: AuthorityId, work: Promise<void>): Promise<AuthorityTree> => {
    await work;
    asked.add(id);
    return announceTree(id);
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
      return announceTree(id);
    },
    remove: async ({ authorityId }) => {
      const summary = await summariseAuthority(context, store.get(authorityId));
      await store.remove(authorityId);
      announce('removed', { authorityId });
      return summary;
    },
    unlock: ({ authorityId, passphrase, remember }) =>
      announceUnlocked(authorityId, store.getKeyring(authorityId).unlock(passphrase, { remember })),
    lock: async ({ authorityId, forget }) => {
      const keyring = store.getKeyring(authorityId);
      keyring.lock();
      return announceUnlocked(authorityId, forget ? keyring.forget() : Promise.resolve());
    },
    changePassphrase: ({ authorityId, ...change }) =>
      announceUnlocked(authorityId, store.getKeyring(authorityId).changePassphrase(change)),
    issue: async (request) => announceEntry(await issueOperation(context, request)),
    reviewRequest: async ({ source, ...request }) => reviewOperation(context, request, await readOnce(source)),
    signRequest: async ({ source, ...request }) => {
      const file = await readOnce(source);
      // Removed before signing, so that a second call with this ticket fails.
      if (!reviewed.delete(source)) throw new ConsoleError('ticket.unknown', {});
      const signed = await signFileOperation(context, request, file).catch((error: unknown) => {
        reviewed.set(source, Promise.resolve(file));
        throw error;
      });
      return announceEntry(signed);
    },
    renew: async (request) => announceEntry(await renewOperation(context, request)),
    revoke: async (request) => announceEntry(await revokeOperation(context, request)),
    rotateCa: ({ authorityId }) => announceResult(rotateCaOperation(context, authorityId)),
    verify: (request) => verifyOperation(context, request),
    export: ({ target, ...request }) =>
      exportOperation(context, request, tickets.take(target, `write:${request.format}`)),
    exportCrl: async ({ target, ...request }) =>
      (await exportCrlOperation(context, request, tickets.take(target, 'write:crl'))).file,
    createIdentity: async ({ name: identity, target, ...request }) =>
      announceResult(createIdentityOperation(context, { ...request, identity, path: takeYaml(target) })),
    rotateIdentity: async ({ target, ...request }) =>
      announceResult(rotateIdentityOperation(context, { ...request, path: takeYaml(target) })),
    revokeIdentity: (request) => announceResult(revokeIdentityOperation(context, request)),
    reinstateIdentity: async ({ target, ...request }) =>
      announceResult(reinstateIdentityOperation(context, { ...request, path: takeYaml(target) })),
    assignRole: ({ authorityId, assignment }) =>
      announceResult(changeRoles(context, authorityId, (state) => assignRole(state, assignment))),
    unassignRole: ({ authorityId, assignment }) =>
      announceResult(changeRoles(context, authorityId, (state) => unassignRole(state, assignment))),
    decideAccess: ({ authorityId, ...question }) => answerAccess(agentState(store.get(authorityId)), question),
  };
}
