import { authorityApi } from './authorities/api.ts';
import { AuthorityService } from './authorities/service.ts';
import { sampleApi } from './sample/service.ts';
import { simulatedClusters } from './sample/simulated-changes.ts';
import { openAuthorities, type AuthorityStore } from './authorities/store/store.ts';
import type { SavedFile } from './shared/saved-file.ts';
import type { ImportReport } from './inventory/contract.ts';
import type { About, ConsoleApi, ConsoleEvents } from './contract.ts';
import { assess } from './expiry/model/assess.ts';
import type { BoardRow } from './expiry/model/board-row.ts';
import type { Channel, ChannelId } from './notifications/model/channel.ts';
import type { ClusterId, CredentialId } from './shared/ids.ts';
import type { Cluster } from './inventory/model/credential.ts';
import { HOUR_MS, msOf } from './shared/instant.ts';
import { fleetPlan, type MaintenancePlan } from './maintenance/model/maintenance.ts';
import { resolvedRules } from './maintenance/model/rules.ts';
import type { PlanFileFormat } from './plan/model/file-format.ts';
import type { Plan } from './plan/model/plan.ts';
import { ConsoleError, type Problem, type Result } from './shared/problem.ts';
import { runBaseline, runOutcome, type JudgedCluster } from './runs/model/outcome.ts';
import { knownRevocations } from './revocation/model/renewal-refusal.ts';
import { lifetimeClasses } from './expiry/model/thresholds.ts';
import { runsApi } from './runs/service.ts';
import type { ClaimFolder } from './runs/locks.ts';
import { Runs } from './runs/runs.ts';
import { EngineFleet } from './runs/targets/engine-fleet.ts';
import { forecastApi } from './forecast/service.ts';
import { notificationsApi, watchView } from './notifications/service.ts';
import { Watcher, type FleetLook, type SourcesRead, type WatcherPorts } from './notifications/notifier.ts';
import { exportAudit } from './audit/export/audit-export.ts';
import { auditPage, auditVerdict } from './audit/export/audit-view.ts';
import { exportBoard } from './expiry/export/board-export.ts';
import { exportManagementReport, reportToPrint, type ManagementReport } from './expiry/export/management-report.ts';
import { writePlanCalendar } from './plan/export/calendar.ts';
import { writePlanFile } from './plan/export/file.ts';
import { exportPlan } from './maintenance/export/export.ts';
import { exportRunEvidence } from './runs/export/evidence.ts';
import { noticeTexts } from './notifications/export/notice-text.ts';
import { prometheusText } from './expiry/export/prometheus-text.ts';
import { sampleReadme } from './sample/readme.ts';
import { inventoryApi } from './inventory/api.ts';
import { importPaths } from './inventory/import.ts';
import { rowsOf } from './inventory/rows.ts';
import { InventoryService } from './inventory/service.ts';
import { repairApi, repairPlanningOf } from './repair/service.ts';
import { revocationApi } from './revocation/api.ts';
import { RevocationService } from './revocation/service.ts';
import { updateApi, updatePlanningOf } from './update/service.ts';
import { languageOf, translator, type Language, type Translate } from './text/text.ts';
import { localTimeZone } from './text/zoned-time.ts';
import type { Ports } from './shared/ports.ts';
import type { InventoryStore, Store } from './store/inventory-store.ts';
import { openRevocationStore, type RevocationStore } from './revocation/store/store.ts';
import { runStore } from './runs/store/store.ts';
import { openStore } from './store/store.ts';
import { openNotificationStore, type NotificationStore } from './notifications/store/store.ts';

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
  notifications: NotificationStore;
  revocations: RevocationStore;
}

/** Opens the data folder, whose lock the caller holds. `store.newer`, `store.not-writable`, `file.not-readable`. */
export async function openConsoleData(ports: Ports, dataFolder: string): Promise<ConsoleData> {
  const store = await openStore(ports, dataFolder);
  const authorities = await openAuthorities(ports, dataFolder);
  const notifications = await openNotificationStore(ports, dataFolder);
  return { store, authorities, notifications, revocations: await openRevocationStore(ports, dataFolder) };
}

/** Waits for every write under way. */
export async function closeConsoleData({ store, authorities, notifications, revocations }: ConsoleData): Promise<void> {
  await revocations.close();
  await notifications.close();
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
  /** Makes this process the only one that runs something on a cluster. */
  claim: ClaimFolder;
}

export interface Console {
  api: ConsoleApi;
  /** As `inventory.importFiles`, for paths that did not pass through a ticket (command line of the window). */
  importPaths(paths: string[]): Promise<Result<ImportReport>>;
  watch: {
    /** In a new data folder messages of the system are a channel from the start. */
    prepare(): Promise<Result<null>>;
    /** Judges and tells; with `read` all known files are read again first. */
    check(options: { read: boolean }): Promise<Result<null>>;
  };
  runs: {
    /** Under way in this process, and of them those whose command runs right now. */
    live(): { count: number; working: number };
    /** Ends commands that run and waits until all is written down: what became of them is looked at when a run goes on. */
    close(): Promise<void>;
  };
}

/** Rows of a cluster, made once for each of its states: a changed cluster is another object. */
const knownRows = new WeakMap<Cluster, BoardRow[]>();

function lookedAtRows(cluster: Cluster): BoardRow[] {
  let rows = knownRows.get(cluster);
  if (rows === undefined) knownRows.set(cluster, (rows = rowsOf(cluster)));
  return rows;
}

/** What a watcher has to judge, without sample fleets: they are nobody's, and nobody is told of them. */
function fleetLook(store: InventoryStore & Pick<Store, 'settings'>, nowMs: number): FleetLook {
  const clusters = store.clusters().filter(({ sample }) => sample !== true);
  const classes = lifetimeClasses(store.settings().thresholds);
  const rows = clusters.flatMap(lookedAtRows);
  const renewals = new Map<CredentialId, CredentialId>();
  for (const { history } of clusters)
    for (const { credential, replacedBy } of history) renewals.set(credential.id, replacedBy);
  const paths = new Set<string>();
  for (const { credentials } of clusters)
    for (const { sources } of credentials) for (const { path } of sources) paths.add(path);
  return { assessments: assess(rows, { nowMs, classes }), renewals, clusters: clusters.length, paths: [...paths] };
}

/** Reads all files again that the inventory came from. `store.not-writable`. */
export async function readKnownFiles(ports: Ports, store: Store): Promise<SourcesRead> {
  const { paths } = fleetLook(store, msOf(ports.clock.now()));
  if (paths.length === 0) return { down: [] };
  // A manifest that was mended tells that its object is; one that is gone is no source of credentials that is down.
  const manifests = knownRevocations(store.clusters()).map(({ revocation }) => revocation.source);
  const all = new Set([...paths, ...manifests.map(({ path }) => path)]);
  const { findings } = await importPaths(ports, store, [...all]);
  const unread = new Set(findings.flatMap(({ rule, place }) => (rule.startsWith('file.') ? (place.path ?? []) : [])));
  return { down: paths.filter((path) => unread.has(path)) };
}

/** The watcher of an inventory, in one language. */
export function watcherOf({
  ports,
  store,
  notifications,
  language,
  extraChannels,
}: {
  ports: WatcherPorts;
  store: Store;
  notifications: NotificationStore;
  language: () => Language;
  extraChannels?: readonly Channel[];
}): Watcher {
  return new Watcher({
    ports,
    store: notifications,
    look: (nowMs) => fleetLook(store, nowMs),
    preferences: () => {
      const { quiet, heartbeatHours } = store.settings().watch;
      return { quiet, ...(heartbeatHours !== undefined && { heartbeatMs: heartbeatHours * HOUR_MS }) };
    },
    texts: () => noticeTexts(translator(language()), language()),
    metrics: (facts) => prometheusText({ ...facts, version: ports.host.about().version }),
    extraChannels,
  });
}

/** Every feature wired to one store. Methods never reject: expected failures and bugs alike come back as `Problem`s. */
export function createConsole({
  ports,
  store,
  authorities,
  notifications,
  revocations,
  announce,
  dataFolder,
  systemLanguage,
  claim,
}: ConsoleOptions): Console {
  const answer = <T>(work: () => T | Promise<T>): Promise<Result<T>> => resultOf(ports, work);
  const language = (): Language => {
    const chosen = store.settings().language;
    return chosen === 'system' ? languageOf(systemLanguage) : chosen;
  };
  const translate = (): Translate => translator(language());
  const writePlan = (plan: Plan, file: { path: string; format: PlanFileFormat }): Promise<SavedFile> =>
    writePlanFile(ports, plan, { ...file, wording: { language: language(), translate: translate() } });
  /** What the report for management is made of. */
  const reported = (): Omit<ManagementReport, 'nowMs'> => {
    const { thresholds, clusterFacts } = store.settings();
    return {
      clusters: store.clusters(),
      rows: store.clusters().flatMap((cluster) => rowsOf(cluster)),
      classes: lifetimeClasses(thresholds),
      facts: clusterFacts,
      translate: translate(),
    };
  };
  const inventory = new InventoryService({
    ports,
    store,
    announce: (event, payload) => {
      announce('inventory', event, payload);
    },
  });
  const watcher = watcherOf({ ports, store, notifications, language });
  const check = async ({ read }: { read: boolean }): Promise<void> => {
    const sources = read ? await inventory.change(() => readKnownFiles(ports, store)) : undefined;
    await watcher.check(sources);
    announce('notifications', 'watchChanged', await watchView(ports, notifications, watcher));
  };

  notifications.audit.listen(({ line: lines }) => {
    announce('audit', 'appended', { lines });
  });

  /** A look at the disk ends in a later turn of the event loop, whatever it finds: core has no timers. */
  const pause = (): Promise<void> =>
    ports.files.facts(dataFolder).then(
      () => undefined,
      () => undefined,
    );

  const planNow = (): MaintenancePlan => {
    const { planning, thresholds, clusterFacts } = store.settings();
    const clusters = store.clusters();
    return fleetPlan(
      {
        clusters,
        rows: clusters.flatMap((cluster) => rowsOf(cluster)),
        facts: clusterFacts,
        classes: lifetimeClasses(thresholds),
        nowMs: msOf(ports.clock.now()),
      },
      planning,
      localTimeZone(),
    );
  };

  /** What plans are made of. */
  const planned = { ports, rowsOf, clusters: () => store.clusters(), settings: () => store.settings() };
  const judged = (): JudgedCluster[] => {
    const nowMs = msOf(ports.clock.now());
    const classes = lifetimeClasses(store.settings().thresholds);
    return store.clusters().map((cluster) => ({ cluster, assessments: assess(rowsOf(cluster), { nowMs, classes }) }));
  };
  /** What was run on the sample fleet, as if its files had been read again. */
  const keepSimulated = async ({ state, read }: EngineFleet, of: readonly { id: ClusterId }[]): Promise<void> => {
    const clusters = of.flatMap(({ id }) => store.cluster(id) ?? []);
    const known = { clusters, now: ports.clock.now() };
    for (const cluster of await simulatedClusters(ports, { state, ...read }, known)) await store.update(cluster);
  };
  const runs = new Runs({
    ports,
    dataFolder,
    claim,
    store: runStore(ports, dataFolder),
    planOf: (source) =>
      source.kind === 'repair'
        ? repairPlanningOf(planned, source.answers).plan
        : updatePlanningOf(planned, source.answers).plan,
    fleet: () => ({ clusters: store.clusters(), facts: store.settings().clusterFacts }),
    baseline: (plan) => runBaseline(plan, judged()),
    outcome: async ({ before = [] }, target) => {
      await inventory.change(async () => {
        if (target instanceof EngineFleet) await keepSimulated(target, before);
        else await readKnownFiles(ports, store);
      });
      return runOutcome(before, judged(), ports.clock.now());
    },
    audit: (record) => notifications.audit.append(record),
    changed: (view) => {
      announce('runs', 'changed', view);
    },
    printed: (printed) => {
      announce('runs', 'printed', printed);
    },
    broken: (error) => void problemOf(ports, error),
  });

  const api: ConsoleApi = {
    inventory: inventoryApi({
      service: inventory,
      tickets: ports.tickets,
      audit: (record) => notifications.audit.append(record),
      answer,
    }),
    forecast: forecastApi({ ports, store, rowsOf, dataFolder, answer }),
    notifications: notificationsApi({
      ports,
      store: notifications,
      watcher,
      check: () => check({ read: true }),
      stateOf: (clusterId, credentialId) => {
        const cluster = store.cluster(clusterId);
        const nowMs = msOf(ports.clock.now());
        const classes = lifetimeClasses(store.settings().thresholds);
        const found = assess(cluster === undefined ? [] : rowsOf(cluster), { nowMs, classes }).find(
          ({ row }) => row.id === credentialId,
        );
        return found && { state: found.state, name: found.row.name, cluster: found.row.cluster };
      },
      announce: (view) => {
        announce('notifications', 'watchChanged', view);
      },
      answer,
    }),
    maintenance: {
      plan: () => answer(planNow),
      exportPlan: ({ target, ...options }) =>
        answer(() =>
          exportPlan(ports, planNow(), {
            ...options,
            path: ports.tickets.take(target),
            wording: { language: language(), translate: translate() },
          }),
        ),
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
      report: ({ target }) =>
        answer(() => exportManagementReport(ports, { ...reported(), path: ports.tickets.take(target) })),
      print: () =>
        answer(async () => {
          if (ports.host.print === undefined) throw new ConsoleError('print.not-available', {});
          return { printed: await ports.host.print(reportToPrint(ports, reported())) };
        }),
    },
    authority: {
      ...authorityApi({
        service: new AuthorityService({ ports, store: authorities }),
        tickets: ports.tickets,
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
        importFolder: (folder) => inventory.importFiles([folder]),
        removeClusters: () => inventory.change(() => store.removeSamples()),
        announceMaking: (making) => {
          announce('inventory', 'importProgress', { filesRead: 0, credentialsFound: 0, making });
        },
      }),
    },
    revocation: revocationApi({
      ports,
      answer,
      store: revocations,
      audit: notifications.audit,
      service: new RevocationService({
        ports,
        inventory: () => {
          const { clusterFacts: facts, serialSpelling } = store.settings();
          const [clusters, unplaced] = [store.clusters(), store.unplacedRevocations()];
          return { clusters, unplaced, facts, serialSpelling, findings: [] };
        },
        roleName: (role) => translate()(`role.${role}`),
        pause,
      }),
    }),
    update: updateApi({
      ports,
      answer,
      rowsOf,
      writePlan,
      writeWindow: (planning, path) =>
        writePlanCalendar(ports, planning, {
          path,
          nowMs: msOf(ports.clock.now()),
          rules: resolvedRules(store.settings().planning, localTimeZone()),
          wording: { language: language(), translate: translate() },
        }),
      clusters: () => store.clusters(),
      settings: () => store.settings(),
    }),
    repair: repairApi({
      ports,
      answer,
      rowsOf,
      writePlan,
      clusters: () => store.clusters(),
      settings: () => store.settings(),
    }),
    runs: runsApi({
      ports,
      runs,
      answer,
      audit: (record) => notifications.audit.append(record),
      writeEvidence: (run, path) => exportRunEvidence(ports, run, path),
    }),
    audit: {
      list: (request) => answer(() => auditPage(notifications.audit, request, translate())),
      verify: () => answer(() => auditVerdict(notifications.audit)),
      export: ({ format, target }) =>
        answer(() =>
          exportAudit(ports, { format, lines: notifications.audit.check(), path: ports.tickets.take(target) }),
        ),
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
      chooseTarget: ({ suggestedName, format }) => answer(() => ports.host.chooseTarget(suggestedName, format)),
      copy: ({ text }) =>
        answer(async () => {
          await ports.host.copy(text);
          return null;
        }),
    },
  };
  return {
    api,
    importPaths: (paths) => answer(() => inventory.importFiles(paths)),
    runs: { live: () => runs.live, close: () => runs.close() },
    watch: {
      prepare: () =>
        answer(async () => {
          if (notifications.isNew && ports.host.toast !== undefined) {
            const name = translate()('watch.kind.toast');
            const id = ports.ids.next() as ChannelId;
            const createdAt = ports.clock.now();
            await notifications.saveChannels([{ kind: 'toast', id, name, enabled: true, createdAt }]);
          }
          return null;
        }),
      check: (options) =>
        answer(async () => {
          await check(options);
          return null;
        }),
    },
  };
}

/** Runs `work`; a `ConsoleError` becomes its problem, anything else is logged under an id and becomes `internal`. */
export async function resultOf<T>(ports: Pick<Ports, 'ids' | 'log'>, work: () => T | Promise<T>): Promise<Result<T>> {
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
  const facts: Record<string, string> =
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
