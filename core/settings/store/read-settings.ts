import type { Ports } from '../../shared/ports.ts';
import { unlessProblem } from '../../shared/problem.ts';
import { dataLayout } from '../../store/data-layout.ts';
import { MIGRATIONS } from '../../store/migrations.ts';
import { DEFAULT_SETTINGS } from '../model/settings.ts';
import type { Settings } from '../../shared/settings.ts';
import { settingsFile } from './settings-file.ts';

/**
 * Reads the settings before a large store is loaded. Changes nothing. Returns defaults if the file is unreadable;
 * `openStore` reports the reason.
 */
export async function readSettings(ports: Pick<Ports, 'files' | 'clock'>, folder: string): Promise<Settings> {
  const { files, clock } = ports;
  const context = { ports: { files, clock }, migrations: MIGRATIONS, readOnly: true };
  const stored = await unlessProblem(settingsFile(context, dataLayout(files, folder).settings).read());
  return stored?.settings ?? DEFAULT_SETTINGS;
}
