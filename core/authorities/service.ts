import type { AuthorityApi, AuthorityEvents } from './contract.ts';
import type { Authority, AuthorityId } from '../pki/model/authority.ts';
import type { ApprovalContext } from '../pki/model/approval.ts';
import type { AuthorityTree } from './model/view.ts';
import { csrStateOf } from '../shared/csr-object.ts';
import { ConsoleError, type Result } from '../shared/problem.ts';
import type { ProfileId } from '../pki/model/profile.ts';
import type { Ports } from '../shared/ports.ts';
import { renewOperation, revokeOperation, rotateCaOperation } from './operations/change.ts';
import { crlOperation, verifyOperation } from './operations/check.ts';
import { createAuthority } from './operations/create.ts';
import { crlFile } from './operations/crl-file.ts';
import { exportOperation, write } from './operations/export.ts';
import {
  createIdentityOperation,
  reinstateIdentityOperation,
  revokeIdentityOperation,
  rotateIdentityOperation,
} from './operations/identities.ts';
import { signObjectsOperation } from './operations/csr-objects.ts';
import { issueOperation, signRequestOperation, type Issued } from './operations/issue.ts';
import type { Keeping } from './operations/kept.ts';
import { readRequestFile } from './operations/request-files.ts';
import { detailsOf, summaryOf, treeOf } from './operations/view.ts';

export interface AuthorityApiContext extends Keeping {
  ports: Pick<Ports, 'clock' | 'crypto' | 'files' | 'keys' | 'tickets'>;
  announce: <E extends keyof AuthorityEvents>(event: E, payload: AuthorityEvents[E]) => void;
  /** Turns what is thrown into problems. */
  answer: <T>(work: () => T | Promise<T>) => Promise<Result<T>>;
}

/** The methods of the feature, each of which announces that the authority changed. */
export function authorityApi(context: AuthorityApiContext): Omit<AuthorityApi, 'openSample' | 'removeSample'> {
  const { ports, store, announce, answer } = context;
  const asked = new Set<AuthorityId>();

  /** What the system keeps opens a keyring once; one that was locked by hand stays locked. */
  const openRemembered = async (id: AuthorityId): Promise<void> => {
    if (asked.has(id)) return;
    asked.add(id);
    const keyring = store.keyring(id);
    if (keyring.state() === 'locked') await keyring.unlockRemembered().catch(() => false);
  };
  const changed = async (authority: Authority): Promise<AuthorityTree> => {
    const tree = await treeOf(context, authority);
    announce('changed', tree);
    return tree;
  };
  const changedBy = async ({ authority, entry }: Issued) => ({ tree: await changed(authority), entryId: entry.id });
  const unlockedChange = async (id: AuthorityId, work: () => void | Promise<void>): Promise<AuthorityTree> => {
    await work();
    asked.add(id);
    return changed(store.get(id));
  };

  return {
    list: () =>
      answer(async () => {
        const authorities = [];
        for (const authority of store.list()) {
          await openRemembered(authority.id);
          authorities.push(await summaryOf(context, authority));
        }
        return { authorities, findings: store.findings() };
      }),
    tree: ({ authorityId }) =>
      answer(async () => {
        await openRemembered(authorityId);
        return treeOf(context, store.get(authorityId));
      }),
    entry: (request) => answer(() => detailsOf(context, request)),
    create: (request) =>
      answer(async () => {
        const authority = await createAuthority(context, request);
        asked.add(authority.id);
        return changed(authority);
      }),
    remove: ({ authorityId }) =>
      answer(async () => {
        const summary = await summaryOf(context, store.get(authorityId));
        await store.remove(authorityId);
        announce('removed', { authorityId });
        return summary;
      }),
    unlock: ({ authorityId, passphrase, remember }) =>
      answer(() => unlockedChange(authorityId, () => store.keyring(authorityId).unlock(passphrase, { remember }))),
    lock: ({ authorityId, forget }) =>
      answer(() =>
        unlockedChange(authorityId, async () => {
          const keyring = store.keyring(authorityId);
          keyring.lock();
          if (forget) await keyring.forget();
        }),
      ),
    changePassphrase: ({ authorityId, current, next }) =>
      answer(() => unlockedChange(authorityId, () => store.keyring(authorityId).changePassphrase({ current, next }))),
    issue: (request) => answer(async () => changedBy(await issueOperation(context, request))),
    signRequest: ({ source, ...request }) =>
      answer(async () => changedBy(await signFile(context, request, ports.tickets.take(source)))),
    renew: (request) => answer(async () => changedBy(await renewOperation(context, request))),
    revoke: (request) => answer(async () => changedBy(await revokeOperation(context, request))),
    rotateCa: ({ authorityId }) => answer(async () => changed(await rotateCaOperation(context, authorityId))),
    verify: (request) => answer(() => verifyOperation(context, request)),
    export: ({ target, ...request }) => answer(() => exportOperation(context, request, ports.tickets.take(target))),
    exportCrl: ({ authorityId, caId, format, target }) =>
      answer(async () => {
        const { der } = await crlOperation(context, { authorityId, caId });
        const content = crlFile(der, format);
        return write(context, ports.tickets.take(target), { content, isPublic: true });
      }),
    createIdentity: ({ authorityId, name, clientType, target }) =>
      answer(async () => {
        const path = ports.tickets.take(target);
        const request = { authorityId, identity: name, clientType, path };
        return changed(await createIdentityOperation(context, request));
      }),
    rotateIdentity: ({ authorityId, identity, target }) =>
      answer(async () => {
        const path = ports.tickets.take(target);
        return changed(await rotateIdentityOperation(context, { authorityId, identity, path }));
      }),
    revokeIdentity: (request) => answer(async () => changed(await revokeIdentityOperation(context, request))),
    reinstateIdentity: ({ authorityId, identity, target }) =>
      answer(async () => {
        const path = ports.tickets.take(target);
        return changed(await reinstateIdentityOperation(context, { authorityId, identity, path }));
      }),
  };
}

/** No node is known here: a kubelet's object must have been approved before. The command line can judge it. */
const NO_NODES: ApprovalContext = { nodes: [], longestSeconds: 0 };

async function signFile(
  context: AuthorityApiContext,
  request: { authorityId: AuthorityId; profile: ProfileId },
  path: string,
): Promise<Issued> {
  const file = await readRequestFile(context.ports, path);
  if (file.kind === 'request') return signRequestOperation(context, { ...request, der: file.der });
  const { length: count } = file.objects;
  if (count > 1) throw new ConsoleError('csr.several', { path, count });
  const [first] = await signObjectsOperation(context, { ...request, objects: file.objects, context: NO_NODES });
  if (first === undefined) throw new ConsoleError('csr.unreadable', { reason: 'yaml.invalid' });
  if (first.refusal !== undefined) throw first.refusal;
  if (first.entry === undefined)
    throw new ConsoleError('csr.not-approved', { name: first.object.name, state: csrStateOf(first.object) });
  return { authority: context.store.get(request.authorityId), entry: first.entry };
}
