import type { Store } from './inventory-store.ts';
import type { Ports } from '../shared/ports.ts';
import { dataLayout } from './data-layout.ts';
import { DiskStore } from './disk-store.ts';
import { loadStore, type StoreContext } from './load-store.ts';
import { MIGRATIONS, type Migration } from './migrations.ts';

/** With `crypto`, every certificate is checked against the SHA-256 in its id when read. */
export type StorePorts = Pick<Ports, 'files' | 'clock' | 'ids' | 'log'> & Partial<Pick<Ports, 'crypto'>>;

export interface StoreOptions {
  /** Reads as usual, even if the folder is missing, and changes nothing. Default false. */
  readOnly?: boolean;
  /** Default: every step known to this version. */
  migrations?: readonly Migration[];
}

/**
 * Opens the store of the data folder at the absolute path `folder`, which is created if absent. Damaged files are set
 * aside and reported by `findings()`; everything else loads. The caller holds the lock of the folder. `store.newer`
 * when a newer program wrote the index or the settings, `store.not-writable`, `file.not-readable`.
 */
export async function openStore(ports: StorePorts, folder: string, options: StoreOptions = {}): Promise<Store> {
  const { files, clock, crypto, log } = ports;
  const context: StoreContext = {
    ports: { files, clock },
    layout: dataLayout(files, folder),
    migrations: options.migrations ?? MIGRATIONS,
    readOnly: options.readOnly ?? false,
    ...(crypto === undefined ? {} : { sha256Hex: (bytes: Uint8Array) => crypto.sha256Hex(bytes) }),
  };
  const loaded = await loadStore(context);
  const store = new DiskStore(context, log, loaded);
  await store.mendIndex();
  // A read-only caller leaves no trace, not even in the log, which is in the same folder.
  for (const { rule, place } of context.readOnly ? [] : store.findings()) {
    log.write('warning', 'found when opening the store', { rule, path: place.path ?? '' });
  }
  return store;
}
