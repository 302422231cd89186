import type { AuthorityTree } from '../../core/authorities/model/view.ts';
import type { AuthorityId } from '../../core/pki/model/authority.ts';
import type { CredentialId } from '../../core/shared/ids.ts';
import type { TextState } from '../i18n/text.svelte.ts';
import type { Api } from '../parts/window/api.ts';
import type { AuthorityWork } from './work.svelte.ts';
import type { NoticesState, NoticeText } from '../parts/window/notices.svelte.ts';
import type { NowState } from '../parts/window/now.svelte.ts';
import type { SettingsState } from '../parts/window/settings.svelte.ts';

export interface AuthorityServices {
  api: Api;
  notices: NoticesState;
  now: NowState;
  settings: SettingsState;
  text: TextState;
}

/** What the parts of the feature need from each other. */
export interface AuthorityContext extends AuthorityServices {
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
