import { DurableJsonFile, type FileContext } from '../../store/durable-json-file.ts';
import type { StoredSettings } from './settings-format.ts';

/** The file with the settings of a data folder. The schemas are loaded where there is one. */
export function settingsFile(context: FileContext, path: string): DurableJsonFile<StoredSettings> {
  return new DurableJsonFile(context, path, async () => (await import('./settings-format.ts')).SETTINGS_FORMAT);
}
