import { wrapServices, Recorder, type Services } from '../audit/recorder.ts';
import { auditService } from '../audit/service.ts';
import { exportService } from '../fleet/service.ts';
import type { JudgedFleet } from '../expiry/model/judged-fleet.ts';
import { announceFor, type Announce } from './announce.ts';
import { createComputingServices } from './computing.ts';
import type { ConsoleData } from './data.ts';
import { createRuns } from './runs.ts';
import { fleetSource, readKnownFiles } from '../inventory/fleet.ts';
import { clusterFleet, judgeFleet } from '../expiry/fleet.ts';
import { loadLanguages, translator, type Language, type Translate, type Wording } from '../shared/text/text.ts';
import type { SharedCopy } from '../inventory/store/inventory-store.ts';
import { foreignRows } from '../inventory/store/rows.ts';
import type { BoardRow } from '../inventory/model/board-row.ts';
import { SentChanges } from '../notifications/sent-changes.ts';
import { createNotifier, notificationsService, watchView, addSystemChannel } from '../notifications/service.ts';
import { runsService } from '../runs/service.ts';
import { consentQuestion } from '../runs/text/consent.ts';
import { labApi } from '../lab/api.ts';
import { KnownLabs } from '../lab/store/known-labs.ts';
import { sampleService } from '../sample/service.ts';
import { settingsService } from '../settings/service.ts';
import { METHODS, type ConsoleApi } from '../contract.ts';
import { authorityApi } from '../authorities/api.ts';
import type { ImportReport } from '../inventory/contract.ts';
import { ConsoleError, runForResult, type Answer, type Result } from '../shared/problem.ts';
import type { ClaimFolder, Confirmation, HeldFolder, Ports } from '../shared/ports.ts';
import { exportRunEvidence } from '../runs/export/evidence.ts';
import { prometheusText } from '../expiry/export/prometheus-text.ts';
import { inventoryApi, addTickets } from '../inventory/api.ts';
import { InventoryService } from '../inventory/service.ts';
import { revocationApi } from '../revocation/api.ts';
import { serverQuestion } from '../notifications/text/consent.ts';
import { RevocationService } from '../revocation/service.ts';
import { resolveLanguage } from '../shared/text/language.ts';
import { listWorking, readCopyState } from '../team/service.ts';
import type { WorkingConsole } from '../team/contract.ts';
import { runStore } from '../runs/store/store.ts';

export interface ConsoleOptions extends ConsoleData {
  ports: Ports;
  announce: Announce;
  dataFolder: string;
  /** A BCP 47 tag. */
  systemLanguage: string;
  /** Prevents other processes from running steps on the same cluster. */
  claim: ClaimFolder;
  isHeld?: HeldFolder;
}

export interface Console {
  api: ConsoleApi;
  /** Imports paths from the window's command line, which have no tickets. */
  importPaths(paths: string[]): Promise<Result<ImportReport>>;
  watch: {
    /** Adds the channel for system messages to a new data folder, and unrecorded runs to the audit trail. */
    prepare(): Promise<Result<null>>;
    /** Judges the fleet and sends notifications; with `read`, rereads all known files first. */
    check(options: { read: boolean }): Promise<Result<null>>;
    /** Does deferred work; see `InventoryStore.settle`. */
    settle(): Promise<Result<null>>;
  };
  runs: {
    /** `working`: the number of runs that are executing a command. */
    live(): { count: number; working: number };
    /** Ends running commands, whose outcome a resumed run checks, and finishes all writes. */
    close(): Promise<void>;
  };
}

/** Requires that the texts of the language are loaded. No method rejects: failures and bugs become `Problem`s. */
export function createConsole(options: ConsoleOptions): Console {
  const { ports, store, authorities, notifications, revocations, audit } = options;
  const { announce, dataFolder, systemLanguage, isHeld } = options;
  const { host, tickets } = ports;
  const answer: Answer = (work) => runForResult(ports, work);
  const acknowledge = (work: () => Promise<unknown>): Promise<Result<null>> =>
    answer(async () => {
      await work();
      return null;
    });
  /** Asks in a system dialog, which pages cannot answer; `false` if there is no dialog. */
  const ask = async (question: Confirmation): Promise<boolean> => (await host.confirm?.(question)) ?? false;
  const recorder = new Recorder(ports, audit);
  const language = (): Language => resolveLanguage(store.settings().language, systemLanguage);
  const translate = (): Translate => translator(language());
  const wording = (): Wording => {
    const chosen = language();
    return { language: chosen, translate: translator(chosen) };
  };
  const listForeign = (): readonly BoardRow[] => foreignRows(store.foreign(), store.placements());
  const fleet = (): JudgedFleet => judgeFleet(fleetSource(store), store.settings(), ports.clock.now());
  const inventory = new InventoryService({ ports, store, trail: audit, announce: announceFor(announce, 'inventory') });
  const fleetByCluster = () => clusterFleet(fleetSource(store), store.settings(), ports.clock.now());
  const watcher = createNotifier({
    ports,
    store: notifications,
    fleet,
    clusterFleet: fleetByCluster,
    settings: () => store.settings(),
    language,
    auditHead: () => audit.head,
    metrics: (facts) => prometheusText({ ...facts, version: host.about().version }),
    sentChanges: store.shared && new SentChanges(store.shared, ports),
  });
  const check = async ({ read }: { read: boolean }): Promise<void> => {
    const sources = read ? await inventory.change(() => readKnownFiles(ports, store)) : undefined;
    const { summary } = await watcher.check(sources);
    announce('notifications', 'watchChanged', await watchView(ports, notifications, summary));
  };

  audit.listen(({ line: lines }) => announce('audit', 'appended', { lines }));

  const runFiles = runStore(ports, dataFolder);
  const labs = new KnownLabs(ports, dataFolder);
  const runs = createRuns(options, {
    inventory,
    store: runFiles,
    fleet: fleetByCluster,
    consent: (asked) => ask(consentQuestion(asked, { ...wording(), zone: store.settings().timeZone })),
  });

  let working: WorkingConsole[] = [];
  let announcedCopy = '';

  function announceCopy(shared: SharedCopy): void {
    const state = readCopyState(shared, working);
    const text = JSON.stringify(state);
    if (text !== announcedCopy) announce('team', 'changed', state);
    announcedCopy = text;
  }

  /** Takes over what others have changed, and announces it and the state of the copy. */
  async function refreshCopy(): Promise<void> {
    const { shared } = store;
    if (shared === undefined) return;
    const settings = store.settings();
    // A change that waits for its outcome delays the refresh; people see at once what it waits for.
    announceCopy(shared);
    try {
      await inventory.refresh();
      working = await listWorking(shared);
    } finally {
      announceCopy(shared);
      if (store.settings() !== settings) announce('settings', 'changed', store.settings());
    }
  }

  if (store.shared !== undefined) {
    void answer(refreshCopy);
    // Also after a failed attempt to connect: the refresh finds out why.
    store.shared.watch(() => void answer(refreshCopy));
  }

  const services: Services<ConsoleApi> = {
    ...createComputingServices({ ports, store: () => store, wording }),
    inventory: inventoryApi({ service: inventory, tickets, host }),
    notifications: notificationsService({
      ports,
      store: notifications,
      watcher,
      fleet,
      check: () => check({ read: true }),
      announce: (view) => announce('notifications', 'watchChanged', view),
      consent: (server) => ask(serverQuestion(server, translate())),
    }),
    export: exportService({ ports, fleet, translate, listForeign }),
    authority: authorityApi({ ports, store: authorities, tickets, announce: announceFor(announce, 'authority') }),
    sample: sampleService({
      ports,
      dataFolder,
      importFolder: (folder) => inventory.importFiles([folder]),
      removeClusters: () => inventory.change(() => store.removeSamples()),
      announceMaking: (making) =>
        announce('inventory', 'importProgress', { filesRead: 0, credentialsFound: 0, making }),
    }),
    lab: labApi({
      ports,
      known: labs,
      claim: options.claim,
      importFolder: async (folder) => addTickets(await inventory.importFiles([folder]), tickets),
      announceMaking: (making) => announce('lab', 'making', making),
    }),
    revocation: revocationApi({
      ports,
      store: revocations,
      service: new RevocationService({
        ports,
        inventory: () => {
          const { clusterFacts: facts, serialSpelling } = store.settings();
          const [clusters, unplaced] = [store.clusters(), store.listUnplacedRevocations()];
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
      writeEvidence: exportRunEvidence.bind(undefined, ports),
    }),
    audit: auditService({ ports, trail: audit, translate }),
    settings: settingsService({
      store,
      prepare: ({ language: setting }) =>
        loadLanguages(setting === undefined ? [] : [resolveLanguage(setting, systemLanguage)]),
      announce: (settings) => announce('settings', 'changed', settings),
    }),
    team: { read: () => (store.shared === undefined ? null : readCopyState(store.shared, working)) },
    application: {
      about: () => ({ ...host.about(), dataFolder }),
      chooseSources: ({ kind }) => host.chooseSources(kind),
      chooseTarget: ({ suggestedName, format }) => host.chooseTarget(suggestedName, format),
      nameFile: ({ file }) => {
        const path = tickets.peek(file);
        if (path === undefined) throw new ConsoleError('ticket.unknown', {});
        return ports.files.fileName(path);
      },
      copy: async ({ text }) => {
        await host.copy(text);
        return null;
      },
    },
  };
  const api = wrapServices(METHODS, services, { answer, recorder, tickets });
  return {
    api,
    importPaths: (paths) =>
      answer(() =>
        recorder.record({ action: 'inventory.imported', facts: { path: paths.join(', ') } }, async () =>
          addTickets(await inventory.importFiles(paths), tickets),
        ),
      ),
    runs: { live: () => runs.live, close: () => runs.close() },
    watch: {
      prepare: () =>
        acknowledge(async () => {
          await addSystemChannel(ports, notifications, translate());
          await runs.appendMissing();
        }),
      check: (request) => acknowledge(() => check(request)),
      settle: () => acknowledge(() => inventory.settle()),
    },
  };
}
