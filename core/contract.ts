import type { SettingsEvents, SettingsApi } from './settings/contract.ts';
import type { AuditEvents, AuditApi } from './audit/contract.ts';
import type { RunsEvents, RunsApi } from './runs/contract.ts';
import type { ExpiryEvents, ExpiryApi, ExportApi } from './expiry/contract.ts';
import type { AuthorityEvents, AuthorityApi } from './authorities/contract.ts';
import type { InventoryEvents, InventoryApi } from './inventory/contract.ts';
import type { RepairApi } from './repair/contract.ts';
import type { UpdateApi } from './update/contract.ts';
import type { RevocationApi } from './revocation/contract.ts';
import type { Problem, Result } from './shared/problem.ts';
import type { TargetFormat } from './shared/file-format.ts';
import type { FileTicket } from './shared/ticket.ts';

/** Every method that a screen, the command line or a test can call. At most one argument, plain cloneable data. */
export interface ConsoleApi {
  inventory: InventoryApi;
  expiry: ExpiryApi;
  export: ExportApi;
  authority: AuthorityApi;
  revocation: RevocationApi;
  update: UpdateApi;
  repair: RepairApi;
  runs: RunsApi;
  audit: AuditApi;
  settings: SettingsApi;
  application: {
    about(): Promise<Result<About>>;
    /** Opens the system's dialog; empty when the admin cancelled. */
    chooseSources(request: { kind: SourceKind }): Promise<Result<FileTicket[]>>;
    /** Opens the system's save dialog; `null` when cancelled. */
    chooseTarget(request: { suggestedName: string; format: TargetFormat }): Promise<Result<FileTicket | null>>;
    /** Copies text to the clipboard. */
    copy(request: { text: string }): Promise<Result<null>>;
  };
}

/** `one-file` is for something that is read later: a CA, a secret. */
export const SOURCE_KINDS = ['files', 'folders', 'one-file'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** What main tells without being asked. A state event carries a whole unit. */
export interface ConsoleEvents {
  inventory: InventoryEvents;
  authority: AuthorityEvents;
  expiry: ExpiryEvents;
  runs: RunsEvents;
  audit: AuditEvents;
  settings: SettingsEvents;
  application: {
    /** A menu item or shortcut that the renderer carries out. */
    command: { command: CommandId };
    /** Files dropped on the window. */
    dropped: { tickets: FileTicket[] };
  };
}

export const COMMAND_IDS = [
  'import.files',
  'import.folders',
  'export.csv',
  'export.json',
  'export.html',
  'export.report',
  'export.print',
  'search.focus',
  'view.credentials',
  'view.timeline',
  'view.power-off',
  'view.plan',
  'palette.open',
  'settings.open',
  'about.open',
  'shortcuts.open',
  'report.open',
  'update.open',
  'repair.open',
  'runs.open',
  'revocation.open',
  'revocation.create',
  'revocation.open-file',
  'audit.open',
  'knowledge.open',
  'knowledge.check',
  'authority.open',
  'authority.create',
  'language.switch',
  'theme.switch',
] as const;
export type CommandId = (typeof COMMAND_IDS)[number];

export interface About {
  version: string;
  electron?: string;
  chromium?: string;
  node: string;
  system: string;
  /** For display only. */
  dataFolder: string;
}

type MethodList = { [F in keyof ConsoleApi]: Record<keyof ConsoleApi[F], true> };
type EventList = { [F in keyof ConsoleEvents]: Record<keyof ConsoleEvents[F], true> };

/** The contract at run time. The compiler refuses a missing or an unknown name. */
export const METHODS = {
  inventory: {
    overview: true,
    rows: true,
    details: true,
    places: true,
    importFiles: true,
    forget: true,
    restore: true,
    liftRevocation: true,
  },
  expiry: {
    forecast: true,
    watch: true,
    saveChannel: true,
    removeChannel: true,
    testChannel: true,
    checkNow: true,
    mark: true,
    unmark: true,
    plan: true,
    exportPlan: true,
  },
  export: { board: true, report: true, print: true },
  authority: {
    list: true,
    tree: true,
    entry: true,
    create: true,
    remove: true,
    unlock: true,
    lock: true,
    changePassphrase: true,
    issue: true,
    signRequest: true,
    renew: true,
    revoke: true,
    rotateCa: true,
    verify: true,
    export: true,
    exportCrl: true,
    createIdentity: true,
    rotateIdentity: true,
    revokeIdentity: true,
    reinstateIdentity: true,
    openSample: true,
    removeSample: true,
  },
  revocation: {
    list: true,
    create: true,
    copyRead: true,
    openFile: true,
    open: true,
    keep: true,
    reload: true,
    readFile: true,
    discard: true,
    restore: true,
    judge: true,
    edit: true,
    matches: true,
    foresee: true,
    performDryRun: true,
    candidates: true,
    readSerials: true,
    propose: true,
    save: true,
    copy: true,
    exportBundle: true,
    send: true,
  },
  update: { read: true, plan: true, exportPlan: true, exportWindow: true },
  repair: { readEvidence: true, diagnose: true, plan: true, exportPlan: true },
  runs: { list: true, read: true, start: true, resume: true, answer: true, cancel: true, exportEvidence: true },
  audit: { list: true, verify: true, export: true },
  settings: { read: true, change: true },
  application: { about: true, chooseSources: true, chooseTarget: true, copy: true },
} as const satisfies MethodList;

export const EVENTS = {
  inventory: { clusterChanged: true, clusterForgotten: true, importProgress: true, importEnded: true },
  authority: { changed: true, removed: true },
  expiry: { watchChanged: true, opened: true },
  runs: { changed: true, printed: true },
  audit: { appended: true },
  settings: { changed: true },
  application: { command: true, dropped: true },
} as const satisfies EventList;

export type { Problem, Result };
