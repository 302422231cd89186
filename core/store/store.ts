import type { Store } from './inventory-store.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { Settings } from '../settings/model/settings.ts';
import type { Ports } from '../shared/ports.ts';
import { dataLayout } from './data-layout.ts';
import { DiskStore } from './disk-store.ts';
import { fileOf, loadStore, type StoreContext } from './load-store.ts';
import { MIGRATIONS, type Migration } from './migrations.ts';
import { NO_SETTINGS, SETTINGS_FORMAT } from './settings-format.ts';

/** With `crypto`, every certificate read is held against the SHA-256 that is its id. */
export type StorePorts = Pick<Ports, 'files' | 'clock' | 'ids' | 'log'> & Partial<Pick<Ports, 'crypto'>>;

export interface StoreOptions {
  /** Reads as usual, also a folder that is not there, and leaves everything as it is. Default false. */
  readOnly?: boolean;
  /** Default: every step that this version knows. */
  migrations?: readonly Migration[];
}

/**
 * The settings alone, without reading the inventory and without changing anything: for what must be known before a large
 * store has been read. The defaults when they cannot be read; `openStore` tells why.
 */
export async function readSettings(ports: Pick<Ports, 'files' | 'clock'>, folder: string): Promise<Settings> {
  const { files, clock } = ports;
  const layout = dataLayout(files, folder);
  const context = { ports: { files, clock }, layout, migrations: MIGRATIONS, readOnly: true };
  const file = fileOf(context, layout.settings, SETTINGS_FORMAT);
  try {
    return ((await file.read()) ?? NO_SETTINGS).settings;
  } catch (error) {
    if (error instanceof ConsoleError) return NO_SETTINGS.settings;
    throw error;
  }
}

/**
 * The store of the data folder at the absolute path `folder`, which is created when it is not there. Damaged files are set
 * aside and told by `findings()`; everything else loads. The caller holds the lock of the folder. `store.newer` when a
 * newer program wrote the index or the settings, `store.not-writable`, `file.not-readable`.
 */
export async function openStore(ports: StorePorts, folder: string, options: StoreOptions = {}): Promise<Store> {
  const { files, clock, crypto, log } = ports;
  const context: StoreContext = {
    ports: { files, clock },
    layout: dataLayout(files, folder),
    migrations: options.migrations ?? MIGRATIONS,
    readOnly: options.readOnly ?? false,
    ...(crypto === undefined ? {} : { sha256: (bytes: Uint8Array) => crypto.sha256(bytes) }),
  };
  const loaded = await loadStore(context);
  const store = new DiskStore(context, log, loaded);
  await store.mendIndex();
  // Who only looks leaves no trace, not even in the log, which lies in the same folder.
  for (const { rule, place } of context.readOnly ? [] : store.findings()) {
    log.write('warning', 'found when opening the store', { rule, path: place.path ?? '' });
  }
  return store;
}
