import { parentPort, workerData } from 'node:worker_threads';
import { computingServices } from '../../core/console/computing.ts';
import { nodeClock, nodeScheduler } from '../../core/node/clock.ts';
import { nodeCrypto } from '../../core/node/crypto.ts';
import { createFiles } from '../../core/node/files.ts';
import { nodeIds } from '../../core/node/ids.ts';
import { nodeLog } from '../../core/node/log.ts';
import { memoryTickets } from '../../core/node/tickets.ts';
import { ThreadCalls } from '../../core/node/threads/thread-calls.ts';
import { toResult, type Result } from '../../core/shared/problem.ts';
import { openStore } from '../../core/settings/store/store.ts';
import type { Store } from '../../core/inventory/store/data-store.ts';
import { translator } from '../../core/shared/text/text.ts';
import { answerPage } from './page-calls.ts';

/*
 * The program of the computing thread: it reads the data folder, as the command line does beside an open window, and
 * computes plans and forecasts. It changes nothing.
 */

/** Everything that the computing thread is given when it starts. */
export interface ComputingStart {
  dataFolder: string;
}

/** The functions that main calls. */
export interface ComputingCalls {
  /** Answers a call of the page to a method that computes. */
  call(method: unknown, argument: unknown): Promise<unknown>;
  /** The inventory or the settings have changed: they are read again before the next answer. */
  change(): void;
}

const { dataFolder } = workerData as ComputingStart;
if (parentPort === null) throw new Error('this program runs in a thread');
const ports = {
  clock: nodeClock(),
  scheduler: nodeScheduler(),
  files: createFiles(),
  crypto: nodeCrypto(),
  ids: nodeIds(),
  log: nodeLog(dataFolder),
  tickets: memoryTickets(),
};
/** Absent until it is asked for, and after each change. */
let reading: Promise<Store> | undefined;

const functions: { [Name in keyof ComputingCalls]: ComputingCalls[Name] } = {
  call: async (method, argument) => {
    const now = (reading ??= openStore(ports, dataFolder, { readOnly: true }));
    try {
      store = await now;
    } catch (error) {
      // A folder that could not be read may be readable the next time.
      if (reading === now) reading = undefined;
      throw error;
    }
    return answerPage(api, method, argument);
  },
  change: () => {
    reading = undefined;
  },
};
new ThreadCalls<Record<string, never>>(parentPort, functions, ports);

let store: Store | undefined;
const services = computingServices({
  ports,
  store: () => {
    if (store === undefined) throw new Error('asked before the inventory was read');
    return store;
  },
  // Only files that are written for people need words, and another thread writes those.
  wording: () => ({ language: 'en', translate: translator('en') }),
});

type Compute = (argument: unknown) => unknown;

/** The computing methods of the contract. */
const api = Object.fromEntries(
  Object.entries<Record<string, Compute>>(services as never).map(([feature, methods]) => [
    feature,
    Object.fromEntries(Object.entries(methods).map(([name, compute]) => [name, toCall(compute)])),
  ]),
);

function toCall(compute: Compute): (argument: unknown) => Promise<Result<unknown>> {
  return (argument) => toResult(ports, () => compute(argument));
}
