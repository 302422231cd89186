import { nodeClock, nodeScheduler } from './clock.ts';
import { nodeCrypto } from './crypto.ts';
import { nodeIds } from './ids.ts';
import { nodeLog } from './log.ts';
import { memoryTickets } from './tickets.ts';

/** Returns the ports that do not depend on the kind of program. */
export function commonPorts(dataFolder: string) {
  return {
    clock: nodeClock(),
    scheduler: nodeScheduler(),
    crypto: nodeCrypto(),
    ids: nodeIds(),
    log: nodeLog(dataFolder),
    tickets: memoryTickets(),
  };
}
