import type { Finding } from '../../shared/finding.ts';
import { DiskStore, type LoadedInventory } from '../../inventory/store/disk-store.ts';
import type { Store } from '../../inventory/store/data-store.ts';
import { openInventory, storeContext, type StoreOptions, type StorePorts } from '../../inventory/store/store.ts';
import type { Settings } from '../../shared/settings.ts';
import { SettingsStore } from './settings-store.ts';

class DataStore extends DiskStore implements Store {
  readonly #settings: SettingsStore;

  constructor(loaded: LoadedInventory, settings: SettingsStore) {
    super(loaded);
    this.#settings = settings;
  }

  settings(): Settings {
    return this.#settings.read();
  }

  changeSettings(change: Partial<Settings>): Promise<Settings> {
    return this.#settings.change(change);
  }

  override findings(): Finding[] {
    return [...this.#settings.findings(), ...super.findings()];
  }

  override async close(): Promise<void> {
    await this.#settings.close();
    await super.close();
  }
}

/**
 * Opens the store, and creates a missing folder. Sets damaged files aside and reports them in `findings()`; everything
 * else loads. The caller holds the folder's lock. Throws `store.newer` if a newer program wrote the index or the
 * settings, `store.not-writable` or `file.not-readable`.
 */
export async function openStore(ports: StorePorts, folder: string, options: StoreOptions = {}): Promise<Store> {
  const settings = new SettingsStore(storeContext(ports, folder, options));
  await settings.load();
  return openInventory(ports, folder, options, (loaded) => new DataStore(loaded, settings));
}
