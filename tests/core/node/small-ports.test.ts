import { describe, expect, test } from 'vitest';
import { instant, epochMs, SECOND_MS } from '../../../core/shared/instant.ts';
import type { FileTicket, FileUse } from '../../../core/shared/ticket.ts';
import { createFixedClock, nodeClock } from '../../../core/node/clock.ts';
import { defaultDataFolder } from '../../../core/node/data-folder.ts';
import { nodeIds } from '../../../core/node/ids.ts';
import { memoryTickets } from '../../../core/node/tickets.ts';

describe('clocks', () => {
  test('the system clock has a resolution of one second', () => {
    const beforeMs = Math.floor(Date.now() / SECOND_MS) * SECOND_MS;
    const now = nodeClock().now();
    const afterMs = Date.now();
    expect(now).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);
    expect(epochMs(now)).toBeGreaterThanOrEqual(beforeMs);
    expect(epochMs(now)).toBeLessThanOrEqual(afterMs);
  });

  test('a fixed clock always returns the same time', () => {
    const clock = createFixedClock(instant('2026-01-01T00:00:00Z'));
    expect([clock.now(), clock.now()]).toEqual(['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z']);
  });
});

test('ids have 16 hex digits and differ', () => {
  const ids = nodeIds();
  const some = Array.from({ length: 100 }, () => ids.next());
  expect(new Set(some).size).toBe(100);
  for (const id of some) expect(id).toMatch(/^[0-9a-f]{16}$/u);
});

describe('tickets', () => {
  test('a ticket is valid for one call', () => {
    const tickets = memoryTickets();
    const ticket = tickets.issue('/a', 'read:import');
    expect(ticket).toMatch(/^[0-9a-f]{32}$/u);
    expect(tickets.take(ticket, 'read:import')).toBe('/a');
    expect(() => tickets.take(ticket, 'read:import')).toThrow('ticket.unknown');
  });

  test('two tickets for one path differ', () => {
    const tickets = memoryTickets();
    const [first, second] = [tickets.issue('/a', 'read:import'), tickets.issue('/a', 'read:import')];
    expect(first).not.toBe(second);
    expect([tickets.take(second, 'read:import'), tickets.take(first, 'read:import')]).toEqual(['/a', '/a']);
  });

  test('a ticket that was never issued is rejected', () => {
    expect(() => memoryTickets().take('0'.repeat(32) as FileTicket, 'read:import')).toThrow('ticket.unknown');
  });

  test.each<[FileUse, FileUse]>([
    ['read:import', 'write:csv'],
    ['write:csv', 'read:import'],
    ['read:import', 'read:revocation'],
    ['write:csv', 'write:pfx'],
  ])('a ticket for %s is rejected for %s, and the attempt makes it invalid', (given, tried) => {
    const tickets = memoryTickets();
    const ticket = tickets.issue('/a', given);
    expect(() => tickets.take(ticket, tried)).toThrow('ticket.unknown');
    expect(() => tickets.take(ticket, given)).toThrow('ticket.unknown');
  });

  test('a ticket for several uses is valid for one call with any of them', () => {
    const tickets = memoryTickets();
    const issueTicket = (): FileTicket => tickets.issue('/a', 'read:import', 'read:evidence');
    expect(tickets.take(issueTicket(), 'read:evidence')).toBe('/a');
    expect(tickets.take(issueTicket(), 'read:import')).toBe('/a');
  });

  test('beyond the limit, the oldest ticket becomes invalid', () => {
    const tickets = memoryTickets(2);
    const [first, second, third] = ['/1', '/2', '/3'].map((path) => tickets.issue(path, 'read:import'));
    expect(() => tickets.take(first as FileTicket, 'read:import')).toThrow('ticket.unknown');
    expect(tickets.take(second as FileTicket, 'read:import')).toBe('/2');
    expect(tickets.take(third as FileTicket, 'read:import')).toBe('/3');
  });
});

describe('the default data folder', () => {
  const roaming = 'C:\\Users\\kim\\AppData\\Roaming';
  test.each([
    ['win32', { APPDATA: 'D:\\Roam' }, 'C:\\Users\\kim', 'D:\\Roam\\Arcwarden'],
    ['win32', {}, 'C:\\Users\\kim', `${roaming}\\Arcwarden`],
    ['win32', { APPDATA: '' }, 'C:\\Users\\kim', `${roaming}\\Arcwarden`],
    ['darwin', {}, '/Users/kim', '/Users/kim/Library/Application Support/Arcwarden'],
    ['linux', {}, '/home/kim', '/home/kim/.config/Arcwarden'],
    ['linux', { XDG_CONFIG_HOME: '/conf' }, '/home/kim', '/conf/Arcwarden'],
    ['linux', { XDG_CONFIG_HOME: 'conf' }, '/home/kim', '/home/kim/.config/Arcwarden'],
    ['freebsd', { XDG_CONFIG_HOME: '' }, '/home/kim', '/home/kim/.config/Arcwarden'],
  ])('on %s with %j and home folder %s is %s', (platform, env, home, expected) => {
    expect(defaultDataFolder(env, platform, home)).toBe(expected);
  });
});
