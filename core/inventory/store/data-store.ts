import type { Settings } from '../../shared/settings.ts';
import type { InventoryStore } from './inventory-store.ts';

/** The settings that all consoles of a shared store have in common, as JSON. */
export interface FleetSettings {
  /** Returns whether a change concerns such a setting. */
  concerns(change: Partial<Settings>): boolean;
  /** Returns them as they are, or as they will be after a change. */
  serialize(change?: Partial<Settings>): string;
  /** Returns whether nobody has changed one. */
  areUsual(): boolean;
  /** Replaces them; returns `false` for a text that this program cannot read. Throws `store.not-writable`. */
  take(text: string): Promise<boolean>;
}

export interface Store extends InventoryStore {
  /** Absent in stores that nobody shares. */
  readonly fleetSettings?: FleetSettings;
  settings(): Settings;
  /** Returns all settings after the change. Throws `store.not-writable`. */
  changeSettings(change: Partial<Settings>): Promise<Settings>;
}
