import { randomBytes } from 'node:crypto';
import { ConsoleError } from '../shared/problem.ts';
import type { FileTicket } from '../shared/ticket.ts';
import type { Tickets } from '../shared/ports.ts';

const TICKET_BYTES = 16;
const DEFAULT_LIMIT = 10_000;

/**
 * Tickets that live as long as the process. At most `limit` (default 10,000) are outstanding: dropping more files than
 * that invalidates the oldest ones instead of filling the memory.
 */
export function memoryTickets(limit = DEFAULT_LIMIT): Tickets {
  const paths = new Map<FileTicket, string>();
  return {
    issue(path) {
      const ticket = randomBytes(TICKET_BYTES).toString('hex') as FileTicket;
      paths.set(ticket, path);
      const oldest = paths.keys().next().value;
      if (paths.size > limit && oldest !== undefined) paths.delete(oldest);
      return ticket;
    },
    take(ticket) {
      const path = paths.get(ticket);
      if (path === undefined) throw new ConsoleError('ticket.unknown', {});
      paths.delete(ticket);
      return path;
    },
  };
}
