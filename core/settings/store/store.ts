import { ConsoleError } from '../../shared/problem.ts';
import { JOINED_FILE, type StoreContext } from '../../store/data-layout.ts';
import { unlessAbsent } from '../../store/durable-json-file.ts';
import type { Finding } from '../../shared/finding.ts';
import { DiskStore, type LoadedInventory } from '../../inventory/store/disk-store.ts';
import type { Store } from '../../inventory/store/data-store.ts';
import { openInventory, storeContext, type StoreOptions, type StorePorts } from '../../inventory/store/store.ts';
import type { Settings } from '../../shared/settings.ts';
import { describeFleetSettings } from './fleet-settings.ts';
import { SettingsStore } from './settings-store.ts';

class DataStore extends DiskStore implements Store {
  readonly fleetSettings = describeFleetSettings(this);
  readonly #settings: SettingsStore;

  constructor(loaded: LoadedInventory, settings: SettingsStore) {
    super(loaded);
    this.#settings = settings;
  }

  settings(): Settings {
    return this.#settings.read();
  }

  changeSettings(change: Partial<Settings>): Promise<Settings> {
    return this.#settings.change(change);
  }

  override findings(): Finding[] {
    return [...this.#settings.findings(), ...super.findings()];
  }

  override async close(): Promise<void> {
    await this.#settings.close();
    await super.close();
  }
}

/**
 * Opens the store, and creates a missing folder. Sets damaged files aside and reports them in `findings()`; everything
 * else loads. The caller holds the folder's lock. Throws `store.newer` if a newer program wrote the index or the
 * settings, `store.not-writable` or `file.not-readable`.
 */
export async function openStore(ports: StorePorts, folder: string, options: StoreOptions = {}): Promise<Store> {
  const context = storeContext(ports, folder, options);
  const settings = new SettingsStore(context);
  await settings.load();
  const copy = await openInventory(ports, folder, options, (loaded) => new DataStore(loaded, settings));
  if (context.readOnly || ports.sharedStores === undefined) return copy;
  const joined = await joinSharedStore(ports, context, copy);
  if (options.staysAsItIs !== true) await refreshIfPossible(joined, ports.log);
  return joined;
}

/** Returns the shared inventory whose copy the folder is, or else the folder. */
async function joinSharedStore(ports: StorePorts, context: StoreContext, copy: Store): Promise<Store> {
  const { sharedStores, clock, ids, log, host } = ports;
  const path = ports.files.join(context.layout.folder, JOINED_FILE);
  // Most folders are stores of their own, and need none of this code.
  if ((await unlessAbsent(ports.files.facts(path))) === undefined) return copy;
  const { nameClaimOwner, openJoinedStore } = await import('../../inventory/store/joined-store.ts');
  const joined = await openJoinedStore(context, path);
  if (joined.value === null || sharedStores === undefined) return copy;
  if (host === undefined) throw new Error('a shared store needs a user');
  const { SharedInventory } = await import('../../inventory/store/shared-inventory.ts');
  const store = new SharedInventory({
    computer: sharedStores.computer,
    owner: nameClaimOwner({ host, sharedStores }, joined.value),
    copy,
    shared: sharedStores.open(joined.value.address),
    joined,
    ports: { clock, ids, log, user: () => host.user() },
    sha256Hex: context.sha256Hex,
  });
  return store;
}

/** The copy can be read and planned from without the shared store; every change asks it again. */
async function refreshIfPossible({ shared }: Store, log: StorePorts['log']): Promise<void> {
  try {
    await shared?.refresh();
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
    log.write('warning', 'the shared store cannot be used now', error.params);
  }
}
