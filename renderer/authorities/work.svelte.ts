import type { AuthorityTree, CertificateExportFormat } from '../../core/authorities/model/view.ts';
import type { RoleAssignment } from '../../core/pki/model/access.ts';
import type { AuthorityId } from '../../core/pki/model/authority.ts';
import type { CredentialId } from '../../core/shared/ids.ts';
import type { TargetFormat } from '../../core/shared/files/file-format.ts';
import type { Problem, Result } from '../../core/shared/problem.ts';
import type { FileTicket } from '../../core/shared/ticket.ts';
import { Waiting } from '../parts/waiting.svelte.ts';
import type { NoticeText } from '../parts/window/notices.svelte.ts';
import type { WindowServices } from '../parts/window/services.ts';

interface OfAuthority {
  authorityId: AuthorityId;
}
interface OfEntry extends OfAuthority {
  entryId: CredentialId;
}

export type AuthorityDialog =
  | { kind: 'create' }
  /** `purpose` is the operation that needs the keys. */
  | ({ kind: 'unlock'; purpose?: NoticeText; then?: () => void } & OfAuthority)
  | ({ kind: 'passphrase' | 'remove' | 'issue' | 'sign' | 'rotate' | 'identity' } & OfAuthority)
  | ({ kind: 'revoke-identity'; identity: string } & OfAuthority)
  | ({ kind: 'assign-role' | 'unassign-role'; assignment: RoleAssignment } & OfAuthority)
  | ({ kind: 'revoke' | 'verify' } & OfEntry)
  | ({ kind: 'export'; format: CertificateExportFormat } & OfEntry);

/** Runs one operation at a time; closing its dialog does not stop it. */
export class AuthorityWork {
  #services: Pick<WindowServices, 'api' | 'notices'>;
  dialog = $state.raw<AuthorityDialog>();
  problem = $state.raw<Problem>();
  doing = $state.raw<NoticeText>();
  readonly waiting = new Waiting();

  constructor(services: Pick<WindowServices, 'api' | 'notices'>) {
    this.#services = services;
  }

  get busy(): boolean {
    return this.doing !== undefined;
  }

  open(dialog: AuthorityDialog): void {
    this.problem = undefined;
    this.dialog = dialog;
  }

  close(): void {
    this.problem = undefined;
    this.dialog = undefined;
  }

  /**
   * Returns `undefined` if the operation failed or another one is in progress. A failure is shown by the dialog that
   * made the call; without a dialog, by a notice. On success, the dialog closes unless `staysOpen` is set.
   */
  async run<T>(doing: NoticeText, call: () => Promise<Result<T>>, { staysOpen = false } = {}): Promise<T | undefined> {
    if (this.busy) return undefined;
    const asking = this.dialog;
    this.problem = undefined;
    this.doing = doing;
    this.waiting.begin();
    const result = await call();
    this.waiting.end();
    this.doing = undefined;
    const isStillOpen = asking !== undefined && this.dialog === asking;
    if (result.ok) {
      if (isStillOpen && !staysOpen) this.close();
      return result.value;
    }
    if (isStillOpen) this.problem = result.problem;
    else this.#services.notices.problem(result.problem);
    return undefined;
  }

  /** Asks for a file first; returns `undefined` if the operation failed or no file was chosen. */
  async save<T>(
    doing: NoticeText,
    asked: { suggestedName: string; format: TargetFormat },
    write: (target: FileTicket) => Promise<Result<T>>,
  ): Promise<T | undefined> {
    const { api, notices } = this.#services;
    const chosen = await api.application.chooseTarget(asked);
    if (!chosen.ok) notices.problem(chosen.problem);
    const target = chosen.ok ? chosen.value : null;
    return target === null ? undefined : this.run(doing, () => write(target));
  }

  unlockThen(tree: AuthorityTree, purpose: NoticeText, then: () => void): void {
    if (tree.unlocked) then();
    else this.open({ kind: 'unlock', authorityId: tree.id, purpose, then });
  }

  openWithKeys(tree: AuthorityTree, purpose: NoticeText, dialog: AuthorityDialog): void {
    this.unlockThen(tree, purpose, () => this.open(dialog));
  }
}
