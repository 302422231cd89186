import type { AuthorityTree } from '../../core/authorities/model/view.ts';
import type { AuthorityId } from '../../core/pki/model/authority.ts';
import type { CredentialId } from '../../core/shared/ids.ts';
import type { WindowServices } from '../parts/window/services.ts';
import type { AuthorityWork } from './work.svelte.ts';
import type { NoticeText } from '../parts/window/notices.svelte.ts';

export interface AuthorityContext extends WindowServices {
  work: AuthorityWork;
  findTree: (id: AuthorityId) => AuthorityTree | undefined;
  /** Without `entryId`, shows the authority itself. */
  show: (authorityId: AuthorityId, entryId?: CredentialId) => void;
  showIdentity: (authorityId: AuthorityId, name: string) => void;
  /** Applies an answer, even before the event for the same change arrives. */
  take: (tree: AuthorityTree) => void;
  /** Applies a change and confirms it with a notice; does nothing if `tree` is absent because the change failed. */
  tell: (tree: AuthorityTree | undefined, done: NoticeText) => void;
  drop: (id: AuthorityId) => void;
}
