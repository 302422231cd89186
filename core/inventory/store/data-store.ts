import type { Settings } from '../../shared/settings.ts';
import type { InventoryStore } from './inventory-store.ts';

/** The store on disk: inventory and settings of one data folder. */
export interface Store extends InventoryStore {
  settings(): Settings;
  /** Changes the given fields and returns all settings. `store.not-writable`. */
  changeSettings(change: Partial<Settings>): Promise<Settings>;
}
