import { answering, Recorder, type Services } from '../audit/recorder.ts';
import { auditService } from '../audit/service.ts';
import { AuditTrail } from '../audit/store/audit.ts';
import { exportService } from '../fleet/service.ts';
import type { JudgedFleet } from '../expiry/model/judged-fleet.ts';
import { computingServices } from './computing.ts';
import { fleetSource, readKnownFiles } from '../inventory/fleet.ts';
import { clusterFleet, judgeFleet } from '../expiry/fleet.ts';
import { type Wording, loadLanguages, translator, type Language, type Translate } from '../shared/text/text.ts';
import type { ChannelId } from '../notifications/model/channel.ts';
import { createNotifier, notificationsService, watchView } from '../notifications/service.ts';
import { planRepair } from '../repair/service.ts';
import { runsService } from '../runs/service.ts';
import { sampleService } from '../sample/service.ts';
import { settingsService } from '../settings/service.ts';
import { planAnswered } from '../update/service.ts';
import { METHODS, type ConsoleApi, type ConsoleEvents } from '../contract.ts';
import { authorityApi } from '../authorities/api.ts';
import { authorityService } from '../authorities/service.ts';
import { keepSimulated } from '../runs/simulated-changes.ts';
import { openAuthorities, type AuthorityStore } from '../authorities/store/store.ts';
import type { ImportReport } from '../inventory/contract.ts';
import { toProblem, toResult, type Answer, type Result } from '../shared/problem.ts';
import { isOfCatalogue } from '../runs/model/catalogue-steps.ts';
import { runOutcome } from '../runs/model/outcome.ts';
import type { ClaimFolder, HeldFolder, Ports } from '../shared/ports.ts';
import { Runs } from '../runs/runs.ts';
import { EngineFleet } from '../runs/targets/engine-fleet.ts';
import { exportRunEvidence } from '../runs/export/evidence.ts';
import { prometheusText } from '../expiry/export/prometheus-text.ts';
import { inventoryApi, withTickets } from '../inventory/api.ts';
import { columnSource } from '../inventory/store/rows.ts';
import { InventoryService } from '../inventory/service.ts';
import { revocationApi } from '../revocation/api.ts';
import { serverQuestion } from '../notifications/text/consent.ts';
import { consentQuestion } from '../runs/text/consent.ts';
import type { PlanWording } from '../plan/text/plan-text.ts';
import { RevocationService } from '../revocation/service.ts';
import { chosenLanguage } from '../shared/text/language.ts';
import { openStore } from '../settings/store/store.ts';
import type { Store } from '../inventory/store/data-store.ts';
import { openRevocationStore, type RevocationStore } from '../revocation/store/store.ts';
import { runStore } from '../runs/store/store.ts';
import { openNotificationStore, type NotificationStore } from '../notifications/store/store.ts';

/** Notifies all listeners: windows, tests. Payloads are plain data. */
export type Announce = <F extends keyof ConsoleEvents, E extends keyof ConsoleEvents[F]>(
  feature: F,
  event: E,
  payload: ConsoleEvents[F][E],
) => void;

/** Everything in a data folder, open for writing. */
export interface ConsoleData {
  store: Store;
  authorities: AuthorityStore;
  notifications: NotificationStore;
  revocations: RevocationStore;
  audit: AuditTrail;
}

/** Opens the data folder; the caller holds its lock. `store.newer`, `store.not-writable`, `file.not-readable`. */
export async function openConsoleData(ports: Ports, dataFolder: string, claim: ClaimFolder): Promise<ConsoleData> {
  const store = await openStore(ports, dataFolder, { columns: columnSource(ports) });
  const authorities = await openAuthorities(ports, dataFolder);
  const notifications = await openNotificationStore(ports, dataFolder, { toldLater: true });
  const revocations = await openRevocationStore(ports, dataFolder);
  return { store, authorities, notifications, revocations, audit: await AuditTrail.open(ports, dataFolder, { claim }) };
}

/** Waits for every write under way. */
export async function closeConsoleData(data: ConsoleData): Promise<void> {
  const { store, authorities, notifications, revocations, audit } = data;
  await audit.close();
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
  isHeld?: HeldFolder;
}

export interface Console {
  api: ConsoleApi;
  /** As `inventory.importFiles`, for paths that did not pass through a ticket (the window's command line). */
  importPaths(paths: string[]): Promise<Result<ImportReport>>;
  watch: {
    /** In a new data folder, system messages are a channel from the start. Adds what the audit trail has not of runs. */
    prepare(): Promise<Result<null>>;
    /** Judges and notifies; with `read`, all known files are read again first. */
    check(options: { read: boolean }): Promise<Result<null>>;
    /** What can wait until nobody waits for anything: see `InventoryStore.settle`. */
    settle(): Promise<Result<null>>;
  };
  runs: {
    /** Runs under way in this process, and how many of them are running a command right now. */
    live(): { count: number; working: number };
    /**
     * Ends running commands and waits until everything is written down: their outcome is checked when a run is resumed.
     */
    close(): Promise<void>;
  };
}

/**
 * Every feature wired to one store; the language that its settings choose must be loaded. Methods never reject: expected
 * failures and bugs alike are returned as `Problem`s.
 */
export function createConsole({
  ports,
  store,
  authorities,
  notifications,
  revocations,
  audit,
  announce,
  dataFolder,
  systemLanguage,
  claim,
  isHeld,
}: ConsoleOptions): Console {
  const answer: Answer = (work) => toResult(ports, work);
  const recorder = new Recorder(ports, audit);
  const language = (): Language => chosenLanguage(store.settings().language, systemLanguage);
  const translate = (): Translate => translator(language());
  const wording = (): Wording => ({ language: language(), translate: translate() });
  const fleet = (): JudgedFleet => judgeFleet(fleetSource(store), store.settings(), ports.clock.now());
  const inventory = new InventoryService({
    ports,
    store,
    announce: (event, payload) => {
      announce('inventory', event, payload);
    },
  });
  const byCluster = () => clusterFleet(fleetSource(store), store.settings(), ports.clock.now());
  const watcher = createNotifier({
    ports,
    store: notifications,
    fleet,
    clusterFleet: byCluster,
    settings: () => store.settings(),
    language,
    auditHead: () => audit.head,
    metrics: (facts) => prometheusText({ ...facts, version: ports.host.about().version }),
  });
  const check = async ({ read }: { read: boolean }): Promise<void> => {
    const sources = read ? await inventory.change(() => readKnownFiles(ports, store)) : undefined;
    const { summary } = await watcher.check(sources);
    announce('notifications', 'watchChanged', await watchView(ports, notifications, summary));
  };

  audit.listen(({ line: lines }) => {
    announce('audit', 'appended', { lines });
  });

  const plannedFleet = () => ({ ...byCluster(), planning: store.settings().planning });
  const runFiles = runStore(ports, dataFolder);
  const runs = new Runs({
    ports,
    dataFolder,
    claim,
    store: runFiles,
    planOf: async ({ kind, answers }) => {
      if (kind === 'repair') {
        const { plan, request } = planRepair(plannedFleet(), answers);
        return { plan, request: { kind, request } };
      }
      const { planning, request } = planAnswered(plannedFleet(), answers);
      return { plan: planning.plan, request: { kind, request } };
    },
    isOfCatalogue,
    fleet: byCluster,
    consent: async (asked) => {
      const { confirm } = ports.host;
      const words: PlanWording = { ...wording(), zone: store.settings().timeZone };
      return confirm !== undefined && (await confirm(consentQuestion(asked, words)));
    },
    outcome: async (before, target) => {
      await inventory.change(async () => {
        if (target instanceof EngineFleet) await keepSimulated(ports, store, { simulated: target, of: before });
        else await readKnownFiles(ports, store);
      });
      return runOutcome(before, byCluster());
    },
    withTrail: (work) => work(audit),
    changed: (view) => {
      announce('runs', 'changed', view);
    },
    printed: (printed) => {
      announce('runs', 'printed', printed);
    },
    broken: (error) => void toProblem(ports, error),
  });

  const services: Services<ConsoleApi> = {
    ...computingServices({ ports, store: () => store, wording }),
    inventory: inventoryApi({ service: inventory, tickets: ports.tickets }),
    notifications: notificationsService({
      ports,
      store: notifications,
      watcher,
      fleet,
      check: () => check({ read: true }),
      announce: (view) => {
        announce('notifications', 'watchChanged', view);
      },
      consent: async (server) => {
        const { confirm } = ports.host;
        return confirm !== undefined && (await confirm(serverQuestion(server, translate())));
      },
    }),
    export: exportService({ ports, fleet, translate }),
    authority: authorityApi({
      service: authorityService({ ports, store: authorities }),
      tickets: ports.tickets,
      announce: (event, payload) => {
        announce('authority', event, payload);
      },
    }),
    sample: sampleService({
      ports,
      dataFolder,
      importFolder: (folder) => inventory.importFiles([folder]),
      removeClusters: () => inventory.change(() => store.removeSamples()),
      announceMaking: (making) => {
        announce('inventory', 'importProgress', { filesRead: 0, credentialsFound: 0, making });
      },
    }),
    revocation: revocationApi({
      ports,
      store: revocations,
      service: new RevocationService({
        ports,
        inventory: () => {
          const { clusterFacts: facts, serialSpelling } = store.settings();
          const [clusters, unplaced] = [store.clusters(), store.unplacedRevocations()];
          return { clusters, unplaced, facts, serialSpelling, findings: [] };
        },
        roleName: (role) => translate()(`role.${role}`),
        pause: () => ports.scheduler.yield(),
      }),
    }),
    runs: runsService({
      ports,
      runs,
      dataFolder,
      isHeld,
      store: runFiles,
      writeEvidence: (run, path) => exportRunEvidence(ports, run, path),
    }),
    audit: auditService({ ports, trail: audit, translate }),
    settings: settingsService({
      store,
      prepare: ({ language: setting }) =>
        loadLanguages(setting === undefined ? [] : [chosenLanguage(setting, systemLanguage)]),
      announce: (settings) => {
        announce('settings', 'changed', settings);
      },
    }),
    application: {
      about: () => ({ ...ports.host.about(), dataFolder }),
      chooseSources: ({ kind }) => ports.host.chooseSources(kind),
      chooseTarget: ({ suggestedName, format }) => ports.host.chooseTarget(suggestedName, format),
      copy: async ({ text }) => {
        await ports.host.copy(text);
        return null;
      },
    },
  };
  const api = answering(METHODS, services, { answer, recorder, tickets: ports.tickets });
  return {
    api,
    importPaths: (paths) =>
      answer(() =>
        recorder.record({ action: 'inventory.imported', facts: { path: paths.join(', ') } }, async () =>
          withTickets(await inventory.importFiles(paths), ports.tickets),
        ),
      ),
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
          await runs.appendMissing();
          return null;
        }),
      check: (options) =>
        answer(async () => {
          await check(options);
          return null;
        }),
      settle: () =>
        answer(async () => {
          await inventory.settle();
          return null;
        }),
    },
  };
}
