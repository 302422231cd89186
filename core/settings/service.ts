import type { Service } from '../shared/problem.ts';
import type { Store } from '../store/inventory-store.ts';
import type { SettingsApi } from './contract.ts';
import type { Settings } from './model/settings.ts';

export interface SettingsContext {
  store: Pick<Store, 'settings' | 'changeSettings'>;
  announce?: (settings: Settings) => void;
}

/** What the admin has set, as the data folder keeps it. `store.not-writable`. */
export function settingsService({ store, announce }: SettingsContext): Service<SettingsApi> {
  let announced: Settings | undefined;
  return {
    read: () => store.settings(),
    change: async (change) => {
      const settings = await store.changeSettings(change);
      // Changes that were written together are told once.
      if (settings !== announced) announce?.(settings);
      announced = settings;
      return settings;
    },
  };
}
