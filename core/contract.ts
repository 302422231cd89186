import type { BoardFilter, BoardRow, BoardSort } from './domain/board.ts';
import type { RoleFacts, RenewerId } from './domain/catalogue/credentials.ts';
import type { CertificateFacts } from './domain/certificate.ts';
import type { ClusterId, CredentialId, KeyMatch, Source, Credential } from './domain/credential.ts';
import type { Finding } from './domain/finding.ts';
import type { Instant } from './domain/instant.ts';
import type { Problem, Result } from './domain/problem.ts';
import type { Settings } from './domain/settings.ts';
import type { FileTicket } from './domain/ticket.ts';

/** Every method that a screen, the command line or a test can call. At most one argument, plain cloneable data. */
export interface ConsoleApi {
  inventory: {
    /** What there is, without the rows: fetch those by cluster with `rows`. */
    overview(): Promise<Result<InventoryOverview>>;
    /** Board rows of the named clusters, in the order asked; a cluster that is gone is left out. */
    rows(request: { clusterIds: ClusterId[] }): Promise<Result<ClusterRows[]>>;
    details(request: CredentialRequest): Promise<Result<CredentialDetails>>;
    /** Reads files, and folders recursively. One unreadable entry never hides the others. */
    importFiles(request: { tickets: FileTicket[] }): Promise<Result<ImportReport>>;
    /** Removes one cluster with its history from the store; `restore` brings it back while the console runs. */
    forget(request: {
      clusterId: ClusterId;
    }): Promise<Result<{ clusterId: ClusterId; name: string }>>;
    restore(request: { clusterId: ClusterId }): Promise<Result<ClusterRows>>;
  };
  export: {
    /** Writes the filtered board to the file behind `target`. */
    board(request: BoardExportRequest): Promise<Result<SavedExport>>;
  };
  settings: {
    read(): Promise<Result<Settings>>;
    /** Changes the given fields and returns the whole. */
    change(change: Partial<Settings>): Promise<Result<Settings>>;
  };
  application: {
    about(): Promise<Result<About>>;
    /** Opens the system's dialog; empty when the admin cancelled. */
    chooseSources(request: { kind: 'files' | 'folders' }): Promise<Result<FileTicket[]>>;
    /** Opens the system's save dialog; `null` when cancelled. */
    chooseTarget(request: {
      suggestedName: string;
      format: ExportFormat;
    }): Promise<Result<FileTicket | null>>;
    /** Copies text to the clipboard. */
    copy(request: { text: string }): Promise<Result<null>>;
  };
}

/** What main tells without being asked. A state event carries a whole unit. */
export interface ConsoleEvents {
  inventory: {
    clusterChanged: ClusterRows;
    clusterForgotten: { clusterId: ClusterId };
    importProgress: ImportProgress;
    /** An import that main started by itself (command line, drop on the icon) has ended. */
    importEnded: Result<ImportReport>;
  };
  settings: { changed: Settings };
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
  'search.focus',
  'palette.open',
  'settings.open',
  'about.open',
  'shortcuts.open',
  'report.open',
  'language.switch',
  'theme.switch',
] as const;
export type CommandId = (typeof COMMAND_IDS)[number];

export interface InventoryOverview {
  clusters: { id: ClusterId; name: string; kind: 'kubernetes' | 'moc'; count: number }[];
  /** What the store found wrong when it loaded: a damaged file set aside, a previous copy used. */
  findings: Finding[];
  /** When a file was last imported; absent in an empty store. */
  lastImportAt?: Instant;
}

export interface ClusterRows {
  clusterId: ClusterId;
  name: string;
  rows: BoardRow[];
}

export interface CredentialRequest {
  clusterId: ClusterId;
  credentialId: CredentialId;
}

/** One link upwards. `signature` says whether the key of the link really signed the one below. */
export interface ChainLink {
  name: string;
  /** Absent when the issuer is not in the inventory. */
  credentialId?: CredentialId;
  clusterId?: ClusterId;
  notAfter?: Instant;
  signature: 'verified' | 'failed' | 'issuer-not-known' | 'self-signed';
}

export interface CredentialDetails {
  clusterId: ClusterId;
  cluster: string;
  id: CredentialId;
  row: BoardRow;
  /** Absent for tokens. */
  certificate?: {
    facts: CertificateFacts;
    serial: { hex: string; decimal: string; colon: string };
    fingerprintSha256: string;
    fingerprintSha1: string;
    keyMatch: KeyMatch;
    pem: string;
    chain: ChainLink[];
  };
  /** Absent for certificates. */
  token?: { issuer?: string; subject?: string; issuedAt?: Instant; assumed: boolean };
  sources: Source[];
  firstReadAt: Instant;
  role: RoleFacts;
  /** Earlier credentials of the same holder, newest first. */
  history: {
    id: CredentialId;
    serialHex?: string;
    notBefore?: Instant;
    notAfter?: Instant;
    replacedAt: Instant;
  }[];
  findings: Finding[];
}

export interface ImportProgress {
  filesRead: number;
  credentialsFound: number;
  /** Absent while folders are still being listed. */
  filesTotal?: number;
}

export interface ImportedEntry {
  clusterId: ClusterId;
  cluster: string;
  credentialId: CredentialId;
  kind: Credential['kind'];
  role: RoleFacts['id'];
  name: string;
  source: { path: string; entry: string };
  notAfter?: Instant;
}

/** What an import did. Every entry of every file is in exactly one of the lists. */
export interface ImportReport {
  startedAt: Instant;
  filesRead: number;
  added: ImportedEntry[];
  /** `replaced` is the credential that went to the history. */
  renewed: (ImportedEntry & { replaced: CredentialId })[];
  unchanged: ImportedEntry[];
  /** Older than what the inventory has: kept as history, never in place of the newer. */
  superseded: ImportedEntry[];
  /** Entries that could not be read, with place and reason, and remarks about readable ones. */
  findings: Finding[];
  /** Files in which nothing was recognised; no finding each, since folders hold many of them. */
  filesWithoutCredentials: string[];
}

export type ExportFormat = 'csv' | 'json' | 'html';
export const EXPORT_FORMATS = ['csv', 'json', 'html'] as const satisfies readonly ExportFormat[];

export interface BoardExportRequest {
  format: ExportFormat;
  filter: BoardFilter;
  sort: BoardSort;
  target: FileTicket;
}

export interface SavedExport {
  /** Name of the file without its folder. */
  name: string;
  rows: number;
  bytes: number;
  sha256: string;
}

export interface About {
  version: string;
  electron?: string;
  chromium?: string;
  node: string;
  system: string;
  /** For display only. */
  dataFolder: string;
}

/** One record of `arcwarden inspect --json`; the shape is documented in `docs/cli.md`. */
export interface InspectRecord {
  id: CredentialId;
  kind: Credential['kind'];
  layer: Credential['layer'];
  role: Credential['role'];
  cluster: string;
  name: string;
  source: { path: string; entry: string };
  notBefore: Instant | null;
  notAfter: Instant | null;
  assumed: boolean;
  state: string;
  renewedBy: RenewerId;
  revocable: boolean | null;
  [more: string]: unknown;
}

type MethodList = { [F in keyof ConsoleApi]: Record<keyof ConsoleApi[F], true> };
type EventList = { [F in keyof ConsoleEvents]: Record<keyof ConsoleEvents[F], true> };

/** The contract at run time. The compiler refuses a missing or an unknown name. */
export const METHODS = {
  inventory: {
    overview: true,
    rows: true,
    details: true,
    importFiles: true,
    forget: true,
    restore: true,
  },
  export: { board: true },
  settings: { read: true, change: true },
  application: { about: true, chooseSources: true, chooseTarget: true, copy: true },
} as const satisfies MethodList;

export const EVENTS = {
  inventory: {
    clusterChanged: true,
    clusterForgotten: true,
    importProgress: true,
    importEnded: true,
  },
  settings: { changed: true },
  application: { command: true, dropped: true },
} as const satisfies EventList;

export type { Problem, Result };
