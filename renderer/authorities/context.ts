import type { AuthorityTree } from '../../core/authorities/model/view.ts';
import type { AuthorityId } from '../../core/pki/model/authority.ts';
import type { CredentialId } from '../../core/shared/ids.ts';
import type { WindowServices } from '../parts/window/services.ts';
import type { AuthorityWork } from './work.svelte.ts';
import type { NoticeText } from '../parts/window/notices.svelte.ts';

/** What the parts of the feature need from each other. */
export interface AuthorityContext extends WindowServices {
  work: AuthorityWork;
  treeOf: (id: AuthorityId) => AuthorityTree | undefined;
  /** Selects a certificate, or the authority itself. */
  show: (authorityId: AuthorityId, entryId?: CredentialId) => void;
  /** Selects an identity. */
  showIdentity: (authorityId: AuthorityId, name: string) => void;
  /** Applies what a call returned, in case its event has not arrived yet. */
  take: (tree: AuthorityTree) => void;
  /** Applies what a change returned and says so; does nothing where it failed. */
  tell: (tree: AuthorityTree | undefined, done: NoticeText) => void;
  drop: (id: AuthorityId) => void;
}
