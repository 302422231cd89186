import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuditTrail } from '../../../core/audit/store/audit.ts';
import { openAuthorities } from '../../../core/authorities/store/store.ts';
import { createConsole, type Console } from '../../../core/console/console.ts';
import type { ImportReport } from '../../../core/inventory/contract.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import { unpackRows } from '../../../core/inventory/model/row-columns.ts';
import { EMPTY_FILTER } from '../../../core/expiry/model/board.ts';
import { DEFAULT_SORT } from '../../../core/expiry/model/board-order.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import type { Settings } from '../../../core/shared/settings.ts';
import { ConsoleError, type Problem } from '../../../core/shared/problem.ts';
import type { FileTicket, FileUse } from '../../../core/shared/ticket.ts';
import { memoryTickets } from '../../../core/node/tickets.ts';
import type { Host } from '../../../core/shared/ports.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { openRevocationStore } from '../../../core/revocation/store/store.ts';
import { openNotificationStore } from '../../../core/notifications/store/store.ts';
import type { Store } from '../../../core/inventory/store/data-store.ts';
import { memoryClaims } from '../../support/claims.ts';
import { MemoryFiles, testPorts } from '../../support/ports.ts';
import { cloudconfig, kubeconfig, Pki } from '../inventory/pki.ts';

const pki = new Pki();
let files: Record<string, string>;

beforeAll(() => {
  const ca = pki.ca('/CN=kubernetes');
  const cloudCa = pki.ca('/CN=cloud');
  const client = pki.issue({ subject: '/CN=kvactl', issuer: cloudCa, days: [-10, 80] });
  files = {
    '/k/config': kubeconfig({ cluster: 'east', ca: ca.crt }),
    '/c/cloudconfig': cloudconfig({ ca: cloudCa.crt, client }),
  };
});
afterAll(() => pki.remove());

interface Started extends Console {
  told: string[];
  ticket: (path: string, use?: FileUse) => FileTicket;
  files: MemoryFiles;
  logged: ReturnType<typeof testPorts>['log']['entries'];
}

async function startConsole(change: Partial<Store> = {}, hosted: Pick<Host, 'print'> = {}): Promise<Started> {
  const memory = new MemoryFiles();
  for (const [path, content] of Object.entries(files)) memory.put(path, content);
  const tickets = memoryTickets();
  let settings: Settings = DEFAULT_SETTINGS;
  const store: Store = {
    ...memoryStore(),
    settings: () => settings,
    changeSettings: (changed) => Promise.resolve((settings = { ...settings, ...changed })),
    close: () => Promise.resolve(),
    ...change,
  };
  const told: string[] = [];
  const ports = testPorts(memory);
  const host = {
    about: () => ({ version: '1', node: '20', system: 'test' }),
    chooseSources: () => Promise.resolve([]),
    chooseTarget: () => Promise.resolve(null),
    copy: () => Promise.resolve(),
    user: () => 'admin',
    ...hosted,
  };
  const console = createConsole({
    ports: { ...ports, tickets, host },
    store,
    authorities: await openAuthorities(ports, '/data'),
    notifications: await openNotificationStore(ports, '/data'),
    revocations: await openRevocationStore(ports, '/data'),
    audit: await AuditTrail.open(ports, '/data'),
    dataFolder: '/data',
    systemLanguage: 'en',
    claim: memoryClaims(),
    announce: (feature, event, payload) => {
      const { name, clusterId } = payload as { name?: string; clusterId?: string };
      told.push(`${feature}.${String(event)} ${name ?? clusterId ?? ''}`.trim());
    },
  });
  const ticket = (path: string, use: FileUse = 'read:import'): FileTicket => tickets.issue(path, use);
  return { ...console, told, ticket, files: memory, logged: ports.log.entries };
}

function unwrap<T>(result: { ok: true; value: T } | { ok: false; problem: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

const clusterEvents = (told: string[]): string[] =>
  told.filter((event) => event.startsWith('inventory.cluster')).sort();

describe('the console', () => {
  test('announces every cluster that an import changed, and no cluster if the import changed nothing', async () => {
    const { api, told, ticket } = await startConsole();
    await api.inventory.importFiles({ tickets: [ticket('/k'), ticket('/c')] });
    expect(clusterEvents(told)).toEqual([
      'inventory.clusterChanged east',
      expect.stringMatching(/^inventory\.clusterChanged moc-[0-9a-f]{8}$/u),
    ]);
    told.length = 0;
    const again = unwrap(await api.inventory.importFiles({ tickets: [ticket('/k'), ticket('/c')] }));
    expect((again satisfies ImportReport).unchanged).toHaveLength(3);
    expect(clusterEvents(told)).toEqual([]);
  });

  test('takes over the changes of others when it starts, and announces why it no longer can', async () => {
    let refreshes = 0;
    const outage: { problem?: Problem } = {};
    let notice = (): void => undefined;
    const { told, logged } = await startConsole({
      shared: {
        computer: 'HOST1',
        state: () => ({ address: 'postgresql://db/arcwarden', console: '', revision: 1, ...outage }),
        refresh: () => Promise.resolve(void (refreshes += 1)),
        listClaims: () => Promise.resolve([]),
        claim: () => Promise.reject(new ConsoleError('shared.away', { detail: '' })),
        release: () => Promise.resolve(),
        watch: (listener) => (notice = listener),
      },
    });
    await expect.poll(() => told).toEqual(['team.changed']);
    expect(refreshes).toBe(1);
    outage.problem = { code: 'shared.refused', params: { fault: 'rights' } };
    notice();
    await expect.poll(() => told).toEqual(['team.changed', 'team.changed']);
    expect(refreshes).toBe(2);
    expect(logged).toEqual([]);
  });

  test('offers a ticket for a known place only if the place contains files, and the ticket imports them', async () => {
    const { api, files: memory } = await startConsole();
    memory.put('/etc/kubernetes/admin.conf', 'apiVersion: v1\nkind: Config\n');
    const places = unwrap(await api.inventory.places());
    const there = places.filter(({ ticket }) => ticket !== undefined);
    expect(there.map(({ path, state }) => [path, state])).toEqual([['/etc/kubernetes/admin.conf', 'there']]);
    expect(places.length).toBeGreaterThan(1);
    const tickets = there.flatMap(({ ticket }) => ticket ?? []);
    expect(unwrap(await api.inventory.importFiles({ tickets }))).toMatchObject({ filesRead: 1 });
  });

  test('announces the id of a forgotten cluster and the rows of a restored one', async () => {
    const { api, told, ticket } = await startConsole();
    await api.inventory.importFiles({ tickets: [ticket('/k')] });
    const [east] = unwrap(await api.inventory.overview()).clusters;
    const clusterId = east?.id ?? ('' as ClusterId);
    told.length = 0;
    expect(unwrap(await api.inventory.forget({ clusterId }))).toEqual({ clusterId, name: 'east' });
    expect(told).toEqual(['audit.appended', `inventory.clusterForgotten ${clusterId}`, 'audit.appended']);
    expect(unwrap(await api.inventory.rows({ clusterIds: [clusterId] }))).toEqual([]);
    expect(unpackRows(unwrap(await api.inventory.restore({ clusterId })))).toHaveLength(1);
    expect(told.at(-2)).toBe('inventory.clusterChanged east');
  });

  test('does not restore a cluster that was forgotten while its files were being reread', async () => {
    const { api, ticket, watch } = await startConsole();
    await api.inventory.importFiles({ tickets: [ticket('/k')] });
    const [east] = unwrap(await api.inventory.overview()).clusters;
    const clusterId = east?.id ?? ('' as ClusterId);
    const reading = watch.check({ read: true });
    // By now, the console is reading the files.
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    expect(unwrap(await api.inventory.forget({ clusterId }))).toEqual({ clusterId, name: 'east' });
    await reading;
    expect(unwrap(await api.inventory.overview()).clusters).toEqual([]);
  });
});

describe('an error in the console', () => {
  test('a used ticket is reported as a problem with a code, not as an exception', async () => {
    const { api, ticket } = await startConsole();
    const once = ticket('/k');
    await api.inventory.importFiles({ tickets: [once] });
    expect(await api.inventory.importFiles({ tickets: [once] })).toEqual({
      ok: false,
      problem: { code: 'ticket.unknown', params: {} },
    });
  });

  test('a file chosen for reading is never written, whatever the page requests', async () => {
    const { api, ticket, files: memory } = await startConsole();
    const before = new TextDecoder().decode(await memory.read('/k/config', Infinity));
    const unknown = { ok: false, problem: { code: 'ticket.unknown', params: {} } };
    expect(await api.audit.export({ format: 'json', target: ticket('/k/config') })).toEqual(unknown);
    expect(await api.revocation.openFile({ source: ticket('/k/config') })).toEqual(unknown);
    expect(new TextDecoder().decode(await memory.read('/k/config', Infinity))).toBe(before);
  });

  test('a file chosen for writing is never read, and is written only in the format that the ticket names', async () => {
    const { api, ticket, files: memory } = await startConsole();
    const unknown = { ok: false, problem: { code: 'ticket.unknown', params: {} } };
    expect(await api.repair.readEvidence({ source: ticket('/k/config', 'write:json') })).toEqual(unknown);
    expect(await api.inventory.importFiles({ tickets: [ticket('/k/config', 'write:json')] })).toEqual(unknown);
    expect(await api.audit.export({ format: 'csv', target: ticket('/new', 'write:json') })).toEqual(unknown);
    expect(memory.paths()).not.toContain('/new');
    expect(await api.audit.export({ format: 'json', target: ticket('/new', 'write:json') })).toMatchObject({
      ok: true,
    });
  });

  test('a failing store reports its own problem, and changes written before the failure are announced', async () => {
    const base = memoryStore();
    const { api, told, ticket } = await startConsole({
      ...base,
      updateAll: async (clusters, stored) => {
        for (const cluster of clusters) {
          if (cluster.kind === 'moc') throw new ConsoleError('store.not-writable', { path: '/data' });
          await base.updateAll([cluster], stored);
        }
      },
    });
    const result = await api.inventory.importFiles({ tickets: [ticket('/k'), ticket('/c')] });
    const stored = unwrap(await api.inventory.overview()).clusters.length;
    expect(result).toMatchObject({ ok: false, problem: { code: 'import.partly-saved', params: { clusters: stored } } });
    expect(clusterEvents(told)).toHaveLength(stored);
  });

  test('a bug is reported as internal with the id of its log entry; neither the answer nor the log contains the error’s message', async () => {
    const { api, logged } = await startConsole({
      findings: () => {
        throw new Error('token eyJhbGciOi.secret.part');
      },
    });
    const result = await api.inventory.overview();
    expect(result).toMatchObject({ ok: false, problem: { code: 'internal' } });
    const logId = result.ok ? undefined : result.problem.logId;
    expect(result).toMatchObject({ problem: { params: { id: logId } } });
    expect(logged).toMatchObject([{ level: 'error', facts: { id: logId } }]);
    expect(JSON.stringify([result, logged])).not.toContain('eyJ');
  });

  test('an export writes no file if the filter leaves no rows', async () => {
    const { api, ticket, files: memory } = await startConsole();
    const before = memory.paths();
    const request = { format: 'csv' as const, filter: EMPTY_FILTER, sort: DEFAULT_SORT };
    expect(await api.export.board({ ...request, target: ticket('/out.csv', 'write:csv') })).toMatchObject({
      ok: false,
      problem: { code: 'export.nothing-to-write' },
    });
    expect(memory.paths().filter((path) => !path.startsWith('/data/audit'))).toEqual(before);
  });

  test('the report is written to the ticket’s file and covers every cluster', async () => {
    const { api, ticket, files: memory } = await startConsole();
    await api.inventory.importFiles({ tickets: [ticket('/k'), ticket('/c')] });
    const saved = unwrap(await api.export.report({ target: ticket('/report.html', 'write:html') }));
    const bytes = await memory.read('/report.html', Infinity);
    expect(saved).toMatchObject({ name: 'report.html', bytes: bytes.length });
    const html = new TextDecoder().decode(bytes);
    expect(html.match(/class="page cluster"/gu)).toHaveLength(2);
    expect(html).toContain('east');
  });

  test('an empty report is refused, and so is printing where it is not available', async () => {
    const { api, ticket } = await startConsole();
    expect(await api.export.report({ target: ticket('/report.html', 'write:html') })).toMatchObject({
      problem: { code: 'export.nothing-to-write' },
    });
    expect(await api.export.print()).toMatchObject({ problem: { code: 'print.not-available' } });
  });

  test('the report is printed, and a cancelled dialog is not a failure', async () => {
    const pages: string[] = [];
    const print = (html: string): Promise<boolean> => {
      pages.push(html);
      return Promise.resolve(pages.length > 1);
    };
    const { api, ticket } = await startConsole({}, { print });
    await api.inventory.importFiles({ tickets: [ticket('/k')] });
    expect(await api.export.print()).toEqual({ ok: true, value: { printed: false } });
    expect(await api.export.print()).toEqual({ ok: true, value: { printed: true } });
    expect(pages[0]).toMatch(/^<!doctype html>[^]*class="page cluster"/u);
  });

  test('a plan is printed with the evidence for its causes, which contains no pasted text', async () => {
    const pages: string[] = [];
    const print = (html: string): Promise<boolean> => Promise.resolve(pages.push(html) > 0);
    const { api, ticket } = await startConsole({}, { print });
    await api.inventory.importFiles({ tickets: [ticket('/k')] });
    const texts = ['secret-of-mine: x509: certificate has expired or is not yet valid: current time is after 2026'];
    const asked = { texts, answers: {}, clusters: [], failures: [] };
    expect(await api.repair.printPlan(asked)).toEqual({ ok: true, value: { printed: true } });
    expect(pages[0]).toMatch(/^<!doctype html>[^]*<h2>Made for<\/h2><ul><li>F\d\d [^]*certificate has expired/u);
    expect(pages[0]).not.toContain('secret-of-mine');
  });
});
