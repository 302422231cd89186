import { DEFAULT_SETTINGS } from '../settings/model/settings.ts';
import type { IndexFile } from './schemas.ts';
import type { StoredSettings } from './settings-format.ts';

/* What a data folder without these files has, apart from their formats: those are loaded where there are files. */

export const NO_INDEX: IndexFile = { clusters: [], forgotten: [] };

export const NO_SETTINGS: StoredSettings = { settings: DEFAULT_SETTINGS, reset: [] };
