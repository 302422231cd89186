import { authorityApi } from './authority/api.ts';
import { sampleApi } from './authority/sample/api.ts';
import { openAuthorities } from './authority/store.ts';
import type { AuthorityStore } from './authority/store.ts';
import type { ConsoleApi, ConsoleEvents, About, ClusterRows, ImportReport } from './contract.ts';
import type { Cluster } from './domain/credential.ts';
import type { Problem, Result } from './domain/problem.ts';
import { ConsoleError } from './domain/problem.ts';
import { lifetimeClasses } from './domain/thresholds.ts';
import type { FileTicket } from './domain/ticket.ts';
import { exportBoard } from './export/board-export.ts';
import { sampleReadme } from './export/sample-readme.ts';
import { detailsOf } from './inventory/details.ts';
import { importPaths } from './inventory/import.ts';
import { rowsOf } from './inventory/rows.ts';
import type { Translate } from './language/text.ts';
import { languageOf, translator } from './language/text.ts';
import type { Ports } from './ports.ts';
import { openStore } from './store/store.ts';
import type { Store } from './store/store.ts';

/** Below the data folder. */
const SAMPLE_FOLDER = 'sample-fleet';

/** Tells everyone who listens: windows, tests. Payloads are plain data. */
export type Announce = <F extends keyof ConsoleEvents, E extends keyof ConsoleEvents[F]>(
  feature: F,
  event: E,
  payload: ConsoleEvents[F][E],
) => void;

/** Everything that a data folder holds, open for writing. */
export interface ConsoleData {
  store: Store;
  authorities: AuthorityStore;
}

/** Opens the data folder, whose lock the caller holds. `store.newer`, `store.not-writable`, `file.not-readable`. */
export async function openConsoleData(ports: Ports, dataFolder: string): Promise<ConsoleData> {
  const store = await openStore(ports, dataFolder);
  return { store, authorities: await openAuthorities(ports, dataFolder) };
}

/** Waits for every write under way. */
export async function closeConsoleData({ store, authorities }: ConsoleData): Promise<void> {
  await authorities.close();
  await store.close();
}

export interface ConsoleOptions extends ConsoleData {
  ports: Ports;
  announce: Announce;
  /** Where a sample fleet is written; otherwise for display only. */
  dataFolder: string;
  /** BCP 47 tag of the system's language. */
  systemLanguage: string;
}

export interface Console {
  api: ConsoleApi;
  /** As `inventory.importFiles`, for paths that did not pass through a ticket (command line of the window). */
  importPaths(paths: string[]): Promise<Result<ImportReport>>;
}

/** Every feature wired to one store. Methods never reject: expected failures and bugs alike come back as `Problem`s. */
export function createConsole({
  ports,
  store,
  authorities,
  announce,
  dataFolder,
  systemLanguage,
}: ConsoleOptions): Console {
  const answer = <T>(work: () => T | Promise<T>): Promise<Result<T>> => resultOf(ports, work);
  const translate = (): Translate => {
    const { language } = store.settings();
    return translator(language === 'system' ? languageOf(systemLanguage) : language);
  };
  const announceCluster = (cluster: Cluster): void => {
    announce('inventory', 'clusterChanged', clusterRows(cluster));
  };
  /** Runs what may change many clusters, then tells of those that did: a changed cluster is another object. */
  const announcingChanges = async <T>(work: () => Promise<T>): Promise<T> => {
    const before = new Map(store.clusters().map((cluster) => [cluster.id, cluster]));
    try {
      return await work();
    } finally {
      for (const cluster of store.clusters()) {
        if (before.get(cluster.id) !== cluster) announceCluster(cluster);
        before.delete(cluster.id);
      }
      for (const clusterId of before.keys())
        announce('inventory', 'clusterForgotten', { clusterId });
    }
  };
  const runImport = (paths: string[]): Promise<ImportReport> =>
    announcingChanges(() =>
      importPaths(ports, store, paths, (progress) => {
        announce('inventory', 'importProgress', progress);
      }),
    );

  const api: ConsoleApi = {
    inventory: {
      overview: () =>
        answer(() => {
          const lastImportAt = store.lastImportAt();
          return {
            clusters: store.clusters().map((cluster) => ({
              id: cluster.id,
              name: cluster.name,
              kind: cluster.kind,
              ...(cluster.sample && { sample: true }),
              count: cluster.credentials.length,
            })),
            findings: store.findings(),
            ...(lastImportAt === undefined ? {} : { lastImportAt }),
          };
        }),
      rows: ({ clusterIds }) =>
        answer(() =>
          clusterIds.flatMap((id) => {
            const cluster = store.cluster(id);
            return cluster === undefined ? [] : [clusterRows(cluster)];
          }),
        ),
      details: (request) => answer(() => detailsOf(ports, store, request)),
      importFiles: ({ tickets }) =>
        answer(() => runImport(tickets.map((ticket: FileTicket) => ports.tickets.take(ticket)))),
      forget: ({ clusterId }) =>
        answer(async () => {
          const cluster = store.cluster(clusterId);
          if (cluster === undefined)
            throw new ConsoleError('cluster.unknown', { cluster: clusterId });
          await announcingChanges(() => store.forget(clusterId));
          return { clusterId, name: cluster.name };
        }),
      restore: ({ clusterId }) =>
        answer(async () => {
          const cluster = await announcingChanges(() => store.restore(clusterId));
          return clusterRows(cluster);
        }),
    },
    export: {
      board: ({ target, ...request }) =>
        answer(() =>
          exportBoard(ports, {
            ...request,
            rows: store.clusters().flatMap((cluster) => rowsOf(cluster)),
            path: ports.tickets.take(target),
            classes: lifetimeClasses(store.settings().thresholds),
            translate: translate(),
          }),
        ),
    },
    authority: {
      ...authorityApi({
        ports,
        store: authorities,
        answer,
        announce: (event, payload) => {
          announce('authority', event, payload);
        },
      }),
      ...sampleApi({
        ports,
        folder: ports.files.join(dataFolder, SAMPLE_FOLDER),
        answer,
        readme: sampleReadme,
        importFolder: (folder) => runImport([folder]),
        removeClusters: () => announcingChanges(() => store.removeSamples()),
        announceMaking: (making) => {
          announce('inventory', 'importProgress', { filesRead: 0, credentialsFound: 0, making });
        },
      }),
    },
    settings: {
      read: () => answer(() => store.settings()),
      change: (change) =>
        answer(async () => {
          const settings = await store.changeSettings(change);
          announce('settings', 'changed', settings);
          return settings;
        }),
    },
    application: {
      about: () => answer((): About => ({ ...ports.host.about(), dataFolder })),
      chooseSources: ({ kind }) => answer(() => ports.host.chooseSources(kind)),
      chooseTarget: ({ suggestedName, format }) =>
        answer(() => ports.host.chooseTarget(suggestedName, format)),
      copy: ({ text }) =>
        answer(async () => {
          await ports.host.copy(text);
          return null;
        }),
    },
  };
  return { api, importPaths: (paths) => answer(() => runImport(paths)) };
}

/** A cluster as the window gets it. */
function clusterRows(cluster: Cluster): ClusterRows {
  const { id: clusterId, name, sample } = cluster;
  return { clusterId, name, ...(sample && { sample }), rows: rowsOf(cluster) };
}

/** Runs `work`; a `ConsoleError` becomes its problem, anything else is logged under an id and becomes `internal`. */
export async function resultOf<T>(
  ports: Pick<Ports, 'ids' | 'log'>,
  work: () => T | Promise<T>,
): Promise<Result<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, problem: problemOf(ports, error) };
  }
}

/** The problem to show for something thrown. Only the type and the stack of a bug go to the log, never its message. */
export function problemOf(ports: Pick<Ports, 'ids' | 'log'>, error: unknown): Problem {
  if (error instanceof ConsoleError) return { code: error.code, params: error.params };
  const logId = ports.ids.next();
  const facts =
    error instanceof Error ? { type: error.name, stack: framesOf(error) } : { type: typeof error };
  ports.log.write('error', 'unexpected error', { id: logId, ...facts });
  return { code: 'internal', params: { id: logId }, logId };
}

/** Stack frames without the message, which may quote what was being read. */
function framesOf(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .join('\n');
}
