import { z } from 'zod';
import { method, type Calls } from '../contract/method.ts';
import type { Settings } from './model/settings.ts';
import { SETTING_SCHEMAS } from './schemas.ts';

export const SETTINGS_METHODS = {
  read: method().answers<Settings>(),
  /** Changes the given fields and returns all settings. */
  change: method(z.strictObject(SETTING_SCHEMAS).partial()).answers<Settings>(),
};

export type SettingsApi = Calls<typeof SETTINGS_METHODS>;

export interface SettingsEvents {
  changed: Settings;
}
