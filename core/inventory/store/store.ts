import type { Ports } from '../../shared/ports.ts';
import type { ColumnSource } from './columns/column-index.ts';
import { dataLayout, type StoreContext } from '../../store/data-layout.ts';
import { logFinding, type DiskStore, type LoadedInventory } from './disk-store.ts';
import { KeptContents } from './listed-cluster.ts';
import { loadStore, type Listed } from './load-store.ts';
import { MIGRATIONS, type Migration } from '../../store/migrations.ts';

/** With `crypto`, every certificate is checked against the SHA-256 in its id when it is read. */
export type StorePorts = Pick<Ports, 'files' | 'clock' | 'ids' | 'log'> &
  Partial<Pick<Ports, 'crypto' | 'sharedStores'>> & { host?: Pick<Ports['host'], 'user'> };

export interface StoreOptions {
  /** Reads as usual, even if the folder is missing, and changes nothing. Default false. */
  readOnly?: boolean;
  /** Lists a large fleet before the cluster files are read. Needs `crypto`; not for read-only stores. */
  columns?: ColumnSource;
  /** Reads and verifies all cluster files in any case, and keeps the columns up to date. Default false. */
  readsAll?: boolean;
  /** Opens the copy of a shared store as it is; the caller refreshes it later. Default false. */
  staysAsItIs?: boolean;
  /** Default: all migrations of this version. */
  migrations?: readonly Migration[];
}

/** `folder` is an absolute path. */
export function storeContext(ports: StorePorts, folder: string, options: StoreOptions): StoreContext {
  const { files, clock, crypto } = ports;
  return {
    ports: { files, clock },
    layout: dataLayout(files, folder),
    migrations: options.migrations ?? MIGRATIONS,
    readOnly: options.readOnly ?? false,
    sha256Hex: crypto && ((bytes) => crypto.sha256Hex(bytes)),
  };
}

/**
 * Creates a missing folder. Damaged files are set aside and reported by `findings()`; everything else is loaded. The
 * caller holds the folder's lock. Throws `store.newer` if a newer program wrote the index, `store.not-writable` or
 * `file.not-readable`.
 */
export async function openInventory<S extends DiskStore>(
  ports: StorePorts,
  folder: string,
  options: StoreOptions,
  create: (loaded: LoadedInventory) => S,
): Promise<S> {
  const { crypto, log } = ports;
  const context = storeContext(ports, folder, options);
  const { columns } = options;
  let listed: Listed | undefined;
  if (columns !== undefined && crypto !== undefined && !context.readOnly) {
    // Other commands skip the schemas of the index.
    const { ColumnIndex } = await import('./columns/column-index.ts');
    listed = {
      index: new ColumnIndex(context, columns),
      kept: new KeptContents(),
      readsAll: options.readsAll ?? false,
    };
  }
  const store = create({ context, log, loaded: await loadStore(context, listed), listed });
  await store.finishCorrection();
  await store.mendIndex();
  // A read-only store writes nothing, not even to the log, which is in the same folder.
  for (const finding of context.readOnly ? [] : store.findings()) logFinding(log, finding);
  return store;
}
