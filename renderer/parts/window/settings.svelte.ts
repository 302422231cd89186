import { ROW_SPELLING } from '../../../core/knowledge/model/sources/sources-revocation.ts';
import { OVERVIEW_REVOCATION } from '../../../core/knowledge/model/sources/sources.ts';
import type { Citation } from '../../../core/shared/citation.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import type { Result } from '../../../core/shared/problem.ts';
import type { Settings } from '../../../core/shared/settings.ts';
import { lifetimeClasses } from '../../../core/expiry/model/thresholds.ts';
import { resolveLanguage } from '../../../core/shared/text/language.ts';
import type { Api } from './api.ts';
import type { NoticesState } from './notices.svelte.ts';

const SAVE_AFTER_MS = 300;

export interface SystemPreferences {
  language: string;
  dark: boolean;
}

/** Changes are shown immediately and saved after a short pause. */
export class SettingsState {
  #api: Api;
  #notices: NoticesState;
  #pending: Partial<Settings> = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving = Promise.resolve();
  #systemLanguage: string;
  #systemDark = $state(false);
  values: Settings = $state.raw(DEFAULT_SETTINGS);

  readonly language = $derived.by(() => resolveLanguage(this.values.language, this.#systemLanguage));
  readonly theme = $derived.by(() => {
    if (this.values.theme !== 'system') return this.values.theme;
    return this.#systemDark ? 'dark' : 'light';
  });
  /** Sources for the spelling of the entry kind for serial numbers. */
  readonly spellingSources: readonly Citation[] = [OVERVIEW_REVOCATION, ROW_SPELLING];

  readonly #thresholds = $derived(this.values.thresholds);
  readonly classes = $derived(lifetimeClasses(this.#thresholds));

  constructor(api: Api, notices: NoticesState, system: SystemPreferences) {
    this.#api = api;
    this.#notices = notices;
    this.#systemLanguage = system.language;
    this.#systemDark = system.dark;
    api.on.settings.changed((settings) => this.#take(settings));
  }

  async load(): Promise<void> {
    const settings = this.#notices.take(await this.#api.settings.read());
    if (settings !== undefined) this.#take(settings);
  }

  /** Keeps values that have not changed, because a new object would judge, sort and filter all rows again. */
  #take(settings: Settings): void {
    const known: Readonly<Record<string, unknown>> = { ...this.values };
    const changed = Object.entries({ ...settings, ...this.#pending }).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(known[name]),
    );
    this.values = { ...this.values, ...Object.fromEntries(changed) };
  }

  change(change: Partial<Settings>): void {
    this.values = { ...this.values, ...change };
    this.#pending = { ...this.#pending, ...change };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), SAVE_AFTER_MS);
  }

  /** Saves now; resolves when all pending saves have been answered. */
  save(): Promise<void> {
    clearTimeout(this.#timer);
    const change = this.#pending;
    if (Object.keys(change).length > 0) {
      this.#pending = {};
      this.#saving = Promise.all([this.#saving, this.#send(change)]).then(() => undefined);
    }
    return this.#saving;
  }

  /** Saves a change at once, and shows it only after that. The caller reports a problem. */
  async saveNow(change: (values: Settings) => Partial<Settings>): Promise<Result<Settings>> {
    await this.save();
    return this.#api.settings.change(change(this.values));
  }

  async #send(change: Partial<Settings>): Promise<void> {
    this.#notices.take(await this.#api.settings.change(change));
  }

  systemThemeChanged(dark: boolean): void {
    this.#systemDark = dark;
  }

  switchLanguage(): void {
    this.change({ language: this.language === 'en' ? 'ja' : 'en' });
  }

  switchTheme(): void {
    this.change({ theme: this.theme === 'light' ? 'dark' : 'light' });
  }
}
