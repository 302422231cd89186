import { z } from 'zod';
import { method, type Calls } from '../shared/contract/method.ts';
import type { Settings } from '../shared/settings.ts';
import { SETTING_SCHEMAS } from './schemas.ts';

/** Settings of the window's appearance, whose changes are not in the audit trail. */
const WINDOW_SETTINGS = [
  ...(['theme', 'density', 'recent', 'expiryView', 'columns', 'columnWidths'] as const),
  ...([
    'detailsShare',
    'authorityShare',
    'timelineDays',
    'sort',
    'grouping',
    'filter',
    'savedViews',
    'window',
  ] as const),
] satisfies readonly (keyof Settings)[];
export type RecordedSetting = Exclude<keyof Settings, (typeof WINDOW_SETTINGS)[number]>;

const settingsChange = z.strictObject(SETTING_SCHEMAS).partial();

function listRecordedSettings(change: z.infer<typeof settingsChange>): string[] {
  return Object.keys(change).filter((name) => !WINDOW_SETTINGS.some((each) => each === name));
}

export const SETTINGS_METHODS = {
  read: method().reads().answers<Settings>(),
  change: method(settingsChange)
    .changes(
      (change) => (listRecordedSettings(change).length === 0 ? undefined : 'settings.changed'),
      (change) => ({ subject: listRecordedSettings(change).join(', ') }),
    )
    .answers<Settings>(),
};

export type SettingsApi = Calls<typeof SETTINGS_METHODS>;

export interface SettingsEvents {
  changed: Settings;
}
