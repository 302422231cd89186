import type { Service } from '../shared/problem.ts';
import type { Store } from '../inventory/store/data-store.ts';
import type { SettingsApi } from './contract.ts';
import type { Settings } from '../shared/settings.ts';

export interface SettingsContext {
  store: Pick<Store, 'settings' | 'changeSettings'>;
  /** Awaited before a change is saved. */
  prepare?: (change: Partial<Settings>) => Promise<void>;
  announce?: (settings: Settings) => void;
}

/** Returns the service for settings, whose `change` throws `store.not-writable`. */
export function settingsService({ store, prepare, announce }: SettingsContext): Service<SettingsApi> {
  let announced: Settings | undefined;
  return {
    read: () => store.settings(),
    change: async (change) => {
      await prepare?.(change);
      const settings = await store.changeSettings(change);
      // Changes that were written together are announced once.
      if (settings !== announced) announce?.(settings);
      announced = settings;
      return settings;
    },
  };
}
