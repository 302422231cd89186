import type { WindowServices } from '../parts/window/services.ts';
import type { SharedStoreState } from '../parts/window/shared-store.svelte.ts';
import { SETTINGS_FIELDS, SETTINGS_SECTIONS, type SettingsFieldId, type SettingsSection } from './sections.ts';

type Surroundings = Pick<WindowServices, 'text'> & { sharedStore: SharedStoreState };

/** The search and the chosen section of the settings. */
export class SettingsPageState {
  readonly #surroundings: Surroundings;
  query = $state('');
  current: SettingsSection = $state('appearance');
  /** The section to scroll to as soon as the page shows it. */
  wished: SettingsSection | undefined = $state();

  readonly words = $derived(splitWords(this.query));
  readonly #found = $derived.by(() => {
    const { text, sharedStore } = this.#surroundings;
    const known = SETTINGS_FIELDS.filter(({ section }) => section !== 'store' || sharedStore.copy !== undefined);
    return known.filter(({ title, section }) => {
      const searched = `${text.t(SETTINGS_SECTIONS[section])} ${text.t(title)}`.toLowerCase();
      return this.words.every((word) => searched.includes(word));
    });
  });
  /** The sections that the search has found, in the order of the page. */
  readonly sections = $derived([...new Set(this.#found.map(({ section }) => section))]);

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  shows(field: SettingsFieldId): boolean {
    return this.#found.some(({ id }) => id === field);
  }

  open(section: SettingsSection): void {
    if (!this.sections.includes(section)) this.query = '';
    this.current = this.wished = section;
  }
}

function splitWords(query: string): string[] {
  return query
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
}
