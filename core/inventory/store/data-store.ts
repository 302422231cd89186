import type { Settings } from '../../shared/settings.ts';
import type { InventoryStore } from './inventory-store.ts';

export interface Store extends InventoryStore {
  settings(): Settings;
  /** Returns all settings after the change. Throws `store.not-writable`. */
  changeSettings(change: Partial<Settings>): Promise<Settings>;
}
