import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { importPaths } from '../../../../core/inventory/import.ts';
import { nodeScheduler } from '../../../../core/node/clock.ts';
import { nodeCrypto } from '../../../../core/node/crypto.ts';
import { nodeKeys } from '../../../../core/node/keys.ts';
import type { InventoryStore } from '../../../../core/inventory/store/inventory-store.ts';
import { openStore } from '../../../../core/settings/store/store.ts';
import type { Store } from '../../../../core/inventory/store/data-store.ts';
import { COLUMNS, storePorts } from './ports.ts';

/** Imports a folder, prints the ID of each cluster once it is saved, and writes columns throughout. */
async function importUntilKilled(folder: string, fleet: string): Promise<void> {
  const outside = { ...storePorts(), crypto: nodeCrypto(), scheduler: nodeScheduler(), keys: nodeKeys() };
  const store = await openStore(outside, folder, { columns: COLUMNS });
  writeSync(1, 'open\n');
  let isOver = false;
  const settleAlways = async (): Promise<void> => {
    while (!isOver) {
      await store.settle();
      await setImmediate();
    }
  };
  const settling = settleAlways();
  await importPaths(outside, reportSaves(store), [fleet]);
  isOver = true;
  await settling;
  await store.close();
  writeSync(1, 'done\n');
}

function reportSaves(store: Store): InventoryStore {
  const updateAll: InventoryStore['updateAll'] = (clusters, stored) =>
    store.updateAll(clusters, (id) => {
      writeSync(1, `${id}\n`);
      stored?.(id);
    });
  return new Proxy<InventoryStore>(store, {
    get: (of, name: keyof InventoryStore) => {
      const value = of[name];
      if (name === 'updateAll') return updateAll;
      return typeof value === 'function' ? value.bind(store) : value;
    },
  });
}

void importUntilKilled(process.argv[2] ?? '', process.argv[3] ?? '');
