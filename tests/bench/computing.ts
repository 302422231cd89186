/**
 * Measures the real console while it computes plans for 1,000 clusters: the delay of another call from the page, the
 * longest time in which main is blocked, and the time of the plans. Exits with 1 if a limit is exceeded.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fillListedFolder } from '../support/large-inventory.ts';
import { runIn } from './support/measure.ts';
import { measureCall, watchMain, useConsole } from './support/meanwhile.ts';

const CLUSTERS = 1_000;
const PER_CLUSTER = 40;

/** The names of the clusters that `fillListedFolder` creates. */
const NAMES = Array.from({ length: CLUSTERS }, (_, number) => `cluster-${String(number).padStart(4, '0')}`);

const PLANS: Readonly<Record<string, unknown>> = {
  'repair.plan': { texts: [], answers: {}, clusters: NAMES, failures: [] },
  'update.plan': {
    parts: 'clusters',
    clusters: NAMES,
    texts: [],
    typed: { clusters: [] },
    versions: [],
    onlySystem: false,
  },
  'maintenance.plan': undefined,
};

async function main(work: string): Promise<void> {
  const folder = join(work, 'data');
  mkdirSync(folder);
  await fillListedFolder(folder, CLUSTERS, PER_CLUSTER, Date.now());
  await useConsole(folder, async (page, application) => {
    // The first plan starts the thread, which then reads the inventory.
    await measureCall(page, 'first plan, with the inventory read for it', 'maintenance.plan', undefined);
    const tellLongestBlock = await watchMain(application);
    for (const [method, argument] of Object.entries(PLANS))
      await measureCall(page, `${method} of ${CLUSTERS} clusters`, method, argument);
    await tellLongestBlock('longest block of main meanwhile');
  });
}

void runIn('computing', main);
