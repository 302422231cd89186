import type { NewAuthorityRequest } from '../../../core/authorities/contract.ts';
import type { AuthorityTree } from '../../../core/authorities/model/view.ts';
import { AUTHORITY_ROOTS, type AuthorityKind } from '../../../core/pki/model/authority.ts';
import { SHORTEST_PASSPHRASE } from '../../../core/shared/secrets/passphrase.ts';
import { PROFILES } from '../../../core/pki/model/profiles.ts';
import type { KeyAlgorithm } from '../../../core/shared/certificates/key-algorithm.ts';
import type { AuthorityContext } from '../context.ts';

export function formatKey(algorithm: KeyAlgorithm): string {
  return algorithm.startsWith('rsa-') ? `RSA ${algorithm.slice(4)}` : `EC ${algorithm.toUpperCase()}`;
}

/** Forwards passphrases without storing them. */
export class AuthorityKeys {
  #context: AuthorityContext;
  readonly shortest = SHORTEST_PASSPHRASE;
  /** Set after the first attempt has shown that the system has no protected store. */
  vaultMissing = $state(false);

  constructor(context: AuthorityContext) {
    this.#context = context;
  }

  rootProfiles(kind: AuthorityKind) {
    return AUTHORITY_ROOTS[kind].map((profile) => PROFILES[profile]);
  }

  /** Lists the default algorithm first. */
  rootKeyAlgorithms(kind: AuthorityKind) {
    const [first = 'cluster-ca'] = AUTHORITY_ROOTS[kind];
    return PROFILES[first].keyAlgorithms;
  }

  passphraseFault(passphrase: string, repeated: string, least: number): 'too-short' | 'differs' | undefined {
    if ([...passphrase].length < least) return 'too-short';
    return passphrase === repeated ? undefined : 'differs';
  }

  async create(request: NewAuthorityRequest): Promise<void> {
    const { api, work, tell, show } = this.#context;
    const { name } = request;
    const tree = await work.run({ key: 'authorities.create.doing', values: { name } }, () =>
      api.authority.create(request),
    );
    if (tree === undefined) return;
    tell(tree, { key: 'authorities.create.done', values: { name, cas: tree.cas } });
    show(tree.id);
  }

  /** Unlocks the keys even if the system cannot store the unlock key; in that case, a notice explains this. */
  async unlock(tree: AuthorityTree, passphrase: string, remember: boolean): Promise<void> {
    const { api, work, notices, take } = this.#context;
    const { id: authorityId, name } = tree;
    const { dialog } = work;
    let isKept = remember;
    const unlocked = await work.run({ key: 'authorities.unlock.doing', values: { name } }, async () => {
      const result = await api.authority.unlock({ authorityId, passphrase, remember });
      if (result.ok || result.problem.code !== 'vault.not-available') return result;
      this.vaultMissing = true;
      isKept = false;
      return api.authority.unlock({ authorityId, passphrase, remember: false });
    });
    if (unlocked === undefined) return;
    take(unlocked);
    if (remember && !isKept) notices.remark([{ key: 'authorities.unlock.not-remembered' }]);
    if (dialog?.kind === 'unlock') dialog.then?.();
  }

  /** Locks the authority; with `forget`, also removes the unlock key that the system stores. */
  async lock({ id: authorityId, name }: AuthorityTree, forget: boolean): Promise<void> {
    const { api, work, tell } = this.#context;
    const tree = await work.run({ key: 'authorities.lock.doing', values: { name } }, () =>
      api.authority.lock({ authorityId, forget }),
    );
    tell(tree, { key: 'authorities.lock.done', values: { name } });
  }

  async changePassphrase(
    { id: authorityId, name, remembered }: AuthorityTree,
    passphrases: { current: string; next: string },
  ): Promise<void> {
    const { api, work, tell } = this.#context;
    const tree = await work.run({ key: 'authorities.passphrase.doing', values: { name } }, () =>
      api.authority.changePassphrase({ authorityId, ...passphrases }),
    );
    const key = remembered ? 'authorities.passphrase.done-forgotten' : 'authorities.passphrase.done';
    tell(tree, { key, values: { name } });
  }

  async remove({ id: authorityId, name }: AuthorityTree): Promise<void> {
    const { api, work, notices, drop } = this.#context;
    const removed = await work.run({ key: 'authorities.remove.doing', values: { name } }, () =>
      api.authority.remove({ authorityId }),
    );
    if (removed === undefined) return;
    drop(authorityId);
    notices.success([{ key: 'authorities.remove.done', values: { name } }]);
  }
}
