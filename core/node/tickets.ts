import { randomBytes } from 'node:crypto';
import { ConsoleError } from '../shared/problem.ts';
import type { FileTicket, FileUse } from '../shared/ticket.ts';
import type { Tickets } from '../shared/ports.ts';

const TICKET_BYTES = 16;
const DEFAULT_LIMIT = 10_000;

/**
 * Keeps tickets in memory. The oldest beyond `limit` become invalid, so that repeated drops of files cannot fill it.
 */
export function memoryTickets(limit = DEFAULT_LIMIT): Tickets {
  const issued = new Map<FileTicket, { path: string; uses: readonly FileUse[] }>();
  return {
    issue(path, ...uses) {
      const ticket = randomBytes(TICKET_BYTES).toString('hex') as FileTicket;
      issued.set(ticket, { path, uses });
      const oldest = issued.keys().next().value;
      if (issued.size > limit && oldest !== undefined) issued.delete(oldest);
      return ticket;
    },
    take(ticket, use) {
      const found = issued.get(ticket);
      // A ticket is spent even if it is presented for the wrong use.
      issued.delete(ticket);
      if (found?.uses.includes(use) !== true) throw new ConsoleError('ticket.unknown', {});
      return found.path;
    },
    peek(ticket, use) {
      const found = issued.get(ticket as FileTicket);
      return use === undefined || found?.uses.includes(use) === true ? found?.path : undefined;
    },
  };
}
