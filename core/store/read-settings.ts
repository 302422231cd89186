import { ConsoleError } from '../shared/problem.ts';
import type { Settings } from '../settings/model/settings.ts';
import type { Ports } from '../shared/ports.ts';
import { dataLayout } from './data-layout.ts';
import { DurableJsonFile } from './durable-json-file.ts';
import { MIGRATIONS } from './migrations.ts';
import { settingsFormat } from './formats.ts';
import { NO_SETTINGS } from './no-files.ts';

/**
 * Reads only the settings, without the inventory and without changing anything: for what must be known before a large
 * store has been read. Returns defaults when they are unreadable; `openStore` says why.
 */
export async function readSettings(ports: Pick<Ports, 'files' | 'clock'>, folder: string): Promise<Settings> {
  const { files, clock } = ports;
  const context = { ports: { files, clock }, migrations: MIGRATIONS, readOnly: true };
  const file = new DurableJsonFile(context, dataLayout(files, folder).settings, settingsFormat);
  try {
    return ((await file.read()) ?? NO_SETTINGS).settings;
  } catch (error) {
    if (error instanceof ConsoleError) return NO_SETTINGS.settings;
    throw error;
  }
}
