import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { openStore } from '../../../../core/settings/store/store.ts';
import { CLUSTERS, killCluster, killId } from './kill-clusters.ts';
import { COLUMNS, storePorts } from './ports.ts';

/**
 * Writes until the process is killed: numbered updates that go through the clusters one by one, each reported once the
 * store has confirmed it. Every eleventh update also forgets and restores a cluster. Writes columns throughout.
 */
async function writeForever(folder: string, first: number): Promise<void> {
  const store = await openStore(storePorts(), folder, { columns: COLUMNS });
  writeSync(1, 'open\n');
  const settleForever = async (): Promise<void> => {
    for (;;) {
      await store.settle();
      await setImmediate();
    }
  };
  void settleForever();
  for (let number = first; ; number += 1) {
    await store.update(killCluster(number));
    writeSync(1, `${number}\n`);
    if (number % 11 === 0 && number >= CLUSTERS) {
      await store.forget(killId(number + 1));
      await store.restore(killId(number + 1));
    }
  }
}

void writeForever(process.argv[2] ?? '', Number(process.argv[3]));
