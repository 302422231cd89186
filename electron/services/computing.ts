import { parentPort, workerData } from 'node:worker_threads';
import { createComputingServices } from '../../core/console/computing.ts';
import { createFiles } from '../../core/node/files.ts';
import { ThreadCalls } from '../../core/node/threads/thread-calls.ts';
import { runForResult } from '../../core/shared/problem.ts';
import { openStore } from '../../core/settings/store/store.ts';
import type { Store } from '../../core/inventory/store/data-store.ts';
import { translator } from '../../core/shared/text/text.ts';
import type { ServicesStart } from './main-calls.ts';
import { commonPorts } from './common-ports.ts';
import { answerPage } from './page-calls.ts';

/* The computing thread computes plans and forecasts from the data folder; it changes nothing. */

export type ComputingCalls = typeof functions;

const { dataFolder } = workerData as Pick<ServicesStart, 'dataFolder'>;
if (parentPort === null) throw new Error('this program runs in a thread');
const ports = { ...commonPorts(dataFolder), files: createFiles() };
/** Absent until the first answer and after changes. */
let reading: Promise<Store> | undefined;

const functions = {
  call: async (method: unknown, argument: unknown) => {
    const now = (reading ??= openStore(ports, dataFolder, { readOnly: true }));
    try {
      store = await now;
    } catch (error) {
      // The folder may be readable next time.
      if (reading === now) reading = undefined;
      throw error;
    }
    return answerPage(api, method, argument);
  },
  /** The inventory or settings have changed, so the next answer rereads them. */
  change: () => (reading = undefined),
};
new ThreadCalls<Record<string, never>>(parentPort, functions, ports);

let store: Store | undefined;
const services = createComputingServices({
  ports: { ...ports, host: {} },
  store: () => {
    if (store === undefined) throw new Error('asked before the inventory was read');
    return store;
  },
  // Texts are needed only in files for people, which another thread writes.
  wording: () => ({ language: 'en', translate: translator('en') }),
});

const api = Object.fromEntries(
  Object.entries<Record<string, (argument: unknown) => unknown>>(services as never).map(([feature, methods]) => [
    feature,
    Object.fromEntries(
      Object.entries(methods).map(([name, compute]) => [
        name,
        (argument: unknown) => runForResult(ports, () => compute(argument)),
      ]),
    ),
  ]),
);
