import type { TextState } from '../../i18n/text.svelte.ts';
import type { Api } from './api.ts';
import type { NoticesState } from './notices.svelte.ts';
import type { NowState } from './now.svelte.ts';
import type { SettingsState } from './settings.svelte.ts';

/** What the window gives the state of every feature. */
export interface WindowServices {
  api: Api;
  notices: NoticesState;
  now: NowState;
  settings: SettingsState;
  text: TextState;
  readClock: () => number;
}
