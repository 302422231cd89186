import type { Finding } from '../../shared/finding.ts';
import type { StoreContext } from '../../store/data-layout.ts';
import { Queue, StoredDocument } from '../../store/document.ts';
import { describeDamage, storeFinding } from '../../store/store-findings.ts';
import { DEFAULT_SETTINGS } from '../model/settings.ts';
import type { Settings } from '../../shared/settings.ts';
import { settingsFile } from './settings-file.ts';
import type { StoredSettings } from './settings-format.ts';

const NO_SETTINGS: StoredSettings = { settings: DEFAULT_SETTINGS, reset: [] };

export class SettingsStore {
  readonly #context: StoreContext;
  readonly #document: StoredDocument<StoredSettings>;
  readonly #queue = new Queue();
  /** Changes made during the current write, to be written together. */
  #waiting: { change: Partial<Settings>; written: Promise<Settings> } | undefined;
  #isClosed = false;

  constructor(context: StoreContext) {
    this.#context = context;
    this.#document = new StoredDocument(settingsFile(context, context.layout.settings), NO_SETTINGS);
  }

  /** Loads the settings. Throws `store.newer` if a newer program wrote the file, or `file.not-readable`. */
  load(): Promise<void> {
    return this.#document.load();
  }

  read(): Settings {
    return this.#document.value.settings;
  }

  /** Returns all settings after the change. Throws `store.not-writable`. */
  async change(change: Partial<Settings>): Promise<Settings> {
    if (this.#isClosed) throw new Error('the store is closed');
    const given = Object.fromEntries(
      Object.entries(change).filter(([, value]) => value !== undefined),
    ) as Partial<Settings>;
    if (this.#waiting !== undefined) {
      Object.assign(this.#waiting.change, given);
      return this.#waiting.written;
    }
    const written = this.#queue.run(async () => {
      this.#waiting = undefined;
      const settings = { ...this.read(), ...given };
      await this.#document.replace({ settings, reset: [] });
      return settings;
    });
    this.#waiting = { change: given, written };
    return written;
  }

  findings(): Finding[] {
    const { file, value } = this.#document;
    const place = { path: file.path };
    const params = describeDamage(this.#context.ports.files, file);
    const found: Finding[] = [];
    if (file.outcome === 'restored') found.push(storeFinding('store.damaged-restored', place, params));
    if (file.outcome === 'doubted') found.push(storeFinding('store.checksum-differs', place, params));
    const reset = file.outcome === 'lost' ? ['all'] : value.reset;
    if (reset.length > 0)
      found.push(storeFinding('store.settings-reset', place, { ...params, settings: reset.join(', ') }));
    return found;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#queue.idle();
  }
}
