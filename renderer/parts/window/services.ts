import { TextState } from '../../i18n/text.svelte.ts';
import type { Api } from './api.ts';
import { NoticesState } from './notices.svelte.ts';
import { NowState } from './now.svelte.ts';
import { SettingsState, type SystemPreferences } from './settings.svelte.ts';

export interface Surroundings extends SystemPreferences {
  readClock: () => number;
}

export class WindowServices {
  readonly api: Api;
  readonly readClock: () => number;
  readonly notices: NoticesState;
  readonly now: NowState;
  readonly settings: SettingsState;
  readonly text: TextState;

  constructor(api: Api, surroundings: Surroundings) {
    this.api = api;
    this.readClock = surroundings.readClock;
    this.notices = new NoticesState(surroundings.readClock);
    this.now = new NowState(surroundings.readClock);
    const settings = new SettingsState(api, this.notices, surroundings);
    this.settings = settings;
    this.text = new TextState(
      () => settings.language,
      () => settings.values.timeZone,
    );
  }
}
