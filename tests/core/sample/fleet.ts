import type { InventoryEvents } from '../../../core/inventory/contract.ts';
import type { ImportProgress } from '../../../core/inventory/model/import-progress.ts';
import { createConsole, type Console } from '../../../core/console/console.ts';
import { AuditTrail } from '../../../core/audit/store/audit.ts';
import { openAuthorities } from '../../../core/authorities/store/store.ts';
import { instant } from '../../../core/shared/instant.ts';
import type { FileTicket } from '../../../core/shared/ticket.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import type { FileFacts, Ports } from '../../../core/shared/ports.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import type { Store } from '../../../core/inventory/store/data-store.ts';
import { openRevocationStore } from '../../../core/revocation/store/store.ts';
import { openNotificationStore } from '../../../core/notifications/store/store.ts';
import { memoryClaims } from '../../support/claims.ts';
import { MemoryFiles, testPorts } from '../../support/ports.ts';
import { quickKeys } from './quick-keys.ts';

export const NOW = instant('2026-11-24T12:00:00Z');
export const FOLDER = '/data/sample-fleet';

/** Files in memory with their modes, including empty folders. */
export class FolderFiles extends MemoryFiles {
  readonly modes = new Map<string, number>();
  readonly #made = new Set<string>();

  override async facts(path: string): Promise<FileFacts> {
    if (!this.#made.has(path) || this.paths().includes(path)) {
      return { ...(await super.facts(path)), mode: this.modes.get(path) };
    }
    return { path, kind: 'folder', size: 0, modified: NOW };
  }

  override async replace(path: string, content: Uint8Array | string, options: { mode?: number } = {}): Promise<void> {
    this.modes.set(path, options.mode ?? 0o600);
    return super.replace(path, content);
  }

  override async createFolder(path?: string): Promise<void> {
    if (path !== undefined) this.#made.add(path);
  }
}

export interface Started extends Console {
  files: FolderFiles;
  ports: Ports;
  store: Store;
  progress: ImportProgress[];
  /** The last event sent to the window about each cluster ID: `+` for changed, `-` for forgotten. */
  told: Map<string, '+' | '-'>;
}

/** Starts a console that keeps everything in memory and generates short keys. */
export async function startFleet(): Promise<Started> {
  const files = new FolderFiles();
  const progress: ImportProgress[] = [];
  const told: Started['told'] = new Map();
  const store: Store = {
    ...memoryStore(),
    settings: () => DEFAULT_SETTINGS,
    changeSettings: () => Promise.resolve(DEFAULT_SETTINGS),
    close: () => Promise.resolve(),
  };
  const ports: Ports = {
    ...testPorts(files),
    files,
    keys: quickKeys(),
    clock: { now: () => NOW },
    tickets: {
      issue: (path: string) => path as FileTicket,
      take: (ticket: FileTicket) => ticket,
      peek: (ticket: unknown) => ticket as string | undefined,
    },
    host: {
      about: () => ({ version: '1', node: '20', system: 'test' }),
      chooseSources: () => Promise.resolve([]),
      chooseTarget: () => Promise.resolve(null),
      copy: () => Promise.resolve(),
      user: () => 'admin',
    },
  };
  const console = createConsole({
    ports,
    store,
    authorities: await openAuthorities(ports, '/data'),
    notifications: await openNotificationStore(ports, '/data'),
    revocations: await openRevocationStore(ports, '/data'),
    audit: await AuditTrail.open(ports, '/data'),
    dataFolder: '/data',
    systemLanguage: 'en',
    claim: memoryClaims(),
    announce: (feature, event, payload) => {
      if (event === 'importProgress') progress.push(payload as ImportProgress);
      if (event === 'clusterChanged') told.set((payload as InventoryEvents['clusterChanged']).clusterId, '+');
      if (event === 'clusterForgotten') told.set((payload as InventoryEvents['clusterForgotten']).clusterId, '-');
      void feature;
    },
  });
  return { ...console, files, ports, store, progress, told };
}

interface Sample {
  files: [path: string, content: Uint8Array][];
  store: Pick<Store, 'clusters' | 'listUnplacedRevocations' | 'lastImportAt'>;
}

let sample: Promise<Sample> | undefined;

/**
 * Starts a console with the demo fleet open. The fleet is made and imported only once, since that takes most of a
 * second.
 */
export async function startSampleFleet(): Promise<Started> {
  sample ??= openSample();
  const made = await sample;
  const fleet = await startFleet();
  for (const [path, content] of made.files) fleet.files.put(path, content);
  for (const cluster of made.store.clusters()) await fleet.store.update(cluster);
  await fleet.store.keepUnplacedRevocations(made.store.listUnplacedRevocations());
  const at = made.store.lastImportAt();
  if (at !== undefined) await fleet.store.recordImport(at);
  return fleet;
}

async function openSample(): Promise<Sample> {
  const { api, files, store } = await startFleet();
  const result = await api.sample.open();
  if (!result.ok) throw new Error(result.problem.code);
  const paths = files.paths().filter((path) => path.startsWith(`${FOLDER}/`));
  const read = async (path: string): Promise<[string, Uint8Array]> => [
    path,
    await files.read(path, Number.MAX_SAFE_INTEGER),
  ];
  return { files: await Promise.all(paths.map(read)), store };
}
