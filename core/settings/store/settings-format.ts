import * as z from 'zod/mini';
import { DEFAULT_SETTINGS } from '../model/settings.ts';
import type { Settings } from '../../shared/settings.ts';
import { SETTING_SCHEMAS } from '../schemas.ts';
import type { FileFormat } from '../../store/durable-json-file.ts';
import { SCHEMA_VERSION } from '../../store/migrations.ts';

/** `reset` names unusable settings in the file, which were reset to their defaults. */
export interface StoredSettings {
  settings: Settings;
  reset: string[];
}

/** Separate from the schemas of other files, which would delay the window. */
const settingsFile = z.object({ settings: z.record(z.string(), z.unknown()) });

export const SETTINGS_FORMAT: FileFormat<StoredSettings> = {
  kind: 'settings',
  decode(content) {
    const parsed = settingsFile.safeParse(content);
    if (!parsed.success) return undefined;
    const good: Record<string, unknown> = {};
    const reset: string[] = [];
    for (const [name, schema] of Object.entries(SETTING_SCHEMAS)) {
      const value = parsed.data.settings[name];
      if (value === undefined) continue;
      const setting = schema.safeParse(value);
      if (setting.success) good[name] = setting.data;
      else reset.push(name);
    }
    return { settings: { ...DEFAULT_SETTINGS, ...(good as Partial<Settings>) }, reset };
  },
  encode: ({ settings }) => ({ schema: SCHEMA_VERSION, settings }),
};
