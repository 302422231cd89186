import { nodeClock, nodeScheduler } from '../../core/node/clock.ts';
import { nodeCrypto } from '../../core/node/crypto.ts';
import { nodeIds } from '../../core/node/ids.ts';
import { nodeLog } from '../../core/node/log.ts';
import { memoryTickets } from '../../core/node/tickets.ts';

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
