import { DurableJsonFile, type FileContext } from '../../store/durable-json-file.ts';
import type { StoredSettings } from './settings-format.ts';

/** Loads the schemas only if the file exists. */
export function settingsFile(context: FileContext, path: string): DurableJsonFile<StoredSettings> {
  return new DurableJsonFile(context, path, async () => (await import('./settings-format.ts')).SETTINGS_FORMAT);
}
