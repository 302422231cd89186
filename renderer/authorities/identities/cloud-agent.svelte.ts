import type { AuthorityTree, IdentityRow } from '../../../core/authorities/model/view.ts';
import {
  DOC_ROTATE_CA,
  MOC_CREDENTIAL_MONITOR,
  MOC_IDENTITY,
  OVERVIEW_MOC_VALIDITY,
} from '../../../core/knowledge/model/sources/sources.ts';
import type { Citation, Statement } from '../../../core/shared/citation.ts';
import { CLIENT_TYPES, type ClientType } from '../../../core/pki/model/identity.ts';
import { epochMs } from '../../../core/shared/instant.ts';
import type { Result } from '../../../core/shared/problem.ts';
import type { FileTicket } from '../../../core/shared/ticket.ts';
import type { MessageKey } from '../../../core/shared/text/text.ts';
import type { NoticeText } from '../../parts/window/notices.svelte.ts';
import type { AuthorityContext } from '../context.ts';
import { fileName } from '../certificates/exports.svelte.ts';

type WriteLogin = (target: FileTicket) => Promise<Result<AuthorityTree>>;

export type RotationStep = 'start' | 'reissue' | 'withdraw';
export const ROTATION_STEPS: readonly RotationStep[] = ['start', 'reissue', 'withdraw'];

/** Tokens are written only to files. */
export class AuthorityAgent {
  #context: AuthorityContext;
  /**
   * Microsoft documents the rotation itself; the steps are derived from the fact that two CAs may be trusted at the
   * same time.
   */
  readonly rotationCitations: readonly Citation[] = [
    { ...MOC_CREDENTIAL_MONITOR, certainty: 'inferred' },
    DOC_ROTATE_CA,
  ];

  readonly tokenCitations: readonly Citation[] = [OVERVIEW_MOC_VALIDITY, MOC_IDENTITY];
  readonly clientTypes = CLIENT_TYPES;
  readonly revocationEffects: readonly Statement[] = [
    { text: 'authorities.identity.revoke.effect', citations: [MOC_IDENTITY] },
    { text: 'authorities.identity.revoke.undo', citations: [MOC_IDENTITY] },
  ];

  constructor(context: AuthorityContext) {
    this.#context = context;
  }

  nextStep({ rotation }: AuthorityTree): RotationStep {
    if (rotation === undefined) return 'start';
    return rotation.stage === 'reissuing' && rotation.left === 0 ? 'withdraw' : 'reissue';
  }

  reissueCount({ rotation }: AuthorityTree): number {
    return rotation?.left ?? 0;
  }

  openRotation(tree: AuthorityTree): void {
    const purpose = { key: 'authorities.purpose.rotate' } as const;
    this.#context.work.openWithKeys(tree, purpose, { kind: 'rotate', authorityId: tree.id });
  }

  async rotate(tree: AuthorityTree): Promise<void> {
    const { api, work, tell } = this.#context;
    const step = this.nextStep(tree);
    const rotated = await work.run({ key: `authorities.rotate.doing.${step}` }, () =>
      api.authority.rotateCa({ authorityId: tree.id }),
    );
    tell(rotated, { key: `authorities.rotate.done.${step}` });
  }

  tokenLeftMs({ tokenExpiresAt }: IdentityRow): number {
    return epochMs(tokenExpiresAt) - this.#context.now.current;
  }

  openIdentity(tree: AuthorityTree): void {
    const purpose = { key: 'authorities.purpose.identity' } as const;
    this.#context.work.openWithKeys(tree, purpose, { kind: 'identity', authorityId: tree.id });
  }

  create(tree: AuthorityTree, name: string, clientType: ClientType): Promise<void> {
    return this.#saveLoginFile(tree, { name, done: 'authorities.identity.created' }, (target) =>
      this.#context.api.authority.createIdentity({ authorityId: tree.id, name, clientType, target }),
    );
  }

  rotateToken(tree: AuthorityTree, { name: identity }: IdentityRow): void {
    this.#writeNewToken(tree, { name: identity, done: 'authorities.identity.rotated' }, (target) =>
      this.#context.api.authority.rotateIdentity({ authorityId: tree.id, identity, target }),
    );
  }

  reinstate(tree: AuthorityTree, { name: identity }: IdentityRow): void {
    this.#writeNewToken(tree, { name: identity, done: 'authorities.identity.reinstated' }, (target) =>
      this.#context.api.authority.reinstateIdentity({ authorityId: tree.id, identity, target }),
    );
  }

  openRevoke(tree: AuthorityTree, { name }: IdentityRow): void {
    const purpose = { key: 'authorities.purpose.revoke-identity', values: { name } } as const;
    this.#context.work.openWithKeys(tree, purpose, { kind: 'revoke-identity', authorityId: tree.id, identity: name });
  }

  async revoke(tree: AuthorityTree, name: string): Promise<void> {
    const { api, work, tell } = this.#context;
    const values = { name };
    const revoked = await work.run({ key: 'authorities.revoke.doing', values }, () =>
      api.authority.revokeIdentity({ authorityId: tree.id, identity: name }),
    );
    tell(revoked, { key: 'authorities.identity.revoked', values });
  }

  #writeNewToken(tree: AuthorityTree, said: { name: string; done: MessageKey }, write: WriteLogin): void {
    const purpose: NoticeText = { key: 'authorities.purpose.token', values: { name: said.name } };
    this.#context.work.unlockThen(tree, purpose, () => void this.#saveLoginFile(tree, said, write));
  }

  async #saveLoginFile(
    tree: AuthorityTree,
    { name, done }: { name: string; done: MessageKey },
    write: WriteLogin,
  ): Promise<void> {
    const { work, tell, showIdentity } = this.#context;
    const asked = { suggestedName: `login-${fileName(name)}.yaml`, format: 'yaml' } as const;
    const values = { name };
    const changed = await work.save({ key: 'authorities.identity.doing', values }, asked, write);
    tell(changed, { key: done, values });
    if (changed !== undefined) showIdentity(tree.id, name);
  }
}
