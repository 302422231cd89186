import type { Result } from '../shared/problem.ts';
import type { Settings } from './model/settings.ts';

export interface SettingsApi {
  read(): Promise<Result<Settings>>;
  /** Changes the given fields and returns the whole. */
  change(change: Partial<Settings>): Promise<Result<Settings>>;
}

export interface SettingsEvents {
  changed: Settings;
}
