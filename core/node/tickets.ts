import { randomBytes } from 'node:crypto';
import { ConsoleError } from '../shared/problem.ts';
import type { FileTicket, FileUse } from '../shared/ticket.ts';
import type { Tickets } from '../shared/ports.ts';

const TICKET_BYTES = 16;
const DEFAULT_LIMIT = 10_000;

/**
 * Keeps tickets until the process ends. At most `limit` (default 10,000) are outstanding: dropping more files
 * invalidates the oldest tickets instead of filling memory.
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
      // A ticket tried for the wrong use cannot be used again.
      issued.delete(ticket);
      if (found?.uses.includes(use) !== true) throw new ConsoleError('ticket.unknown', {});
      return found.path;
    },
    peek: (ticket) => issued.get(ticket as FileTicket)?.path,
  };
}
