import type { AuthorityId, AuthorityKind, RevocationReason } from './pki/model/authority.ts';
import type {
  AuthorityEntryDetails,
  AuthoritySummary,
  AuthorityTree,
  CertificateExportFormat,
  IssueValues,
  PfxEncryption,
} from './authorities/model/view.ts';
import type { BoardRow } from './expiry/model/board-row.ts';
import type { BoardFilter, BoardSort } from './expiry/model/board.ts';
import type { RoleFacts, RenewerId } from './knowledge/model/credentials/credentials.ts';
import type { CertificateFacts } from './shared/certificate.ts';
import type { ChannelId } from './notifications/model/channel.ts';
import type { ClusterId, CredentialId } from './shared/ids.ts';
import type { Source } from './shared/source.ts';
import type { KeyMatch, Credential } from './inventory/model/credential.ts';
import type { Finding } from './shared/finding.ts';
import type { Forecast, ForecastScenario } from './forecast/model/forecast.ts';
import type { ClientType } from './pki/model/identity.ts';
import type { Instant } from './shared/instant.ts';
import type { KeyAlgorithm } from './shared/key-algorithm.ts';
import type { LookedPlace } from './inventory/model/known-place.ts';
import type { MaintenancePlan, PlanFormat } from './maintenance/model/maintenance.ts';
import type { MarkKind } from './notifications/model/silence.ts';
import type { PlanFileFormat } from './plan/model/file-format.ts';
import type { Problem, Result } from './shared/problem.ts';
import type { RevocationName } from './revocation/model/renewal-refusal.ts';
import type { RunId } from './runs/model/run.ts';
import type { RunAnswer, RunListing, RunRequest, RunView } from './runs/model/view.ts';
import type {
  EvidenceText,
  RepairAnswers,
  RepairDiagnosis,
  RepairPlanning,
} from './repair/model/planning.ts';
import type { ProfileId } from './pki/model/profile.ts';
import type {
  DraftChange,
  MatchList,
  MatchPage,
  ProposedRevocation,
  ReadRevocation,
  ReadRevocationName,
  DryRun,
  RevocationCandidates,
  RevocationChoice,
  RevocationDocument,
  RevocationDocumentId,
  RevocationFuture,
  RevocationGoal,
  RevocationJudgement,
  RevocationStep,
  RevocationSummary,
  SerialLine,
} from './revocation/model/view.ts';
import type { Settings } from './settings/model/settings.ts';
import type { TargetFormat } from './shared/file-format.ts';
import type { FileTicket } from './shared/ticket.ts';
import type { Verdict } from './pki/model/verdict.ts';
import type { UpdateAnswers, UpdatePlanning } from './update/model/planning.ts';
import type { VersionsRead } from './update/model/versions.ts';
import type { ChannelDraft, WatchView } from './notifications/model/notification-view.ts';

/** Every method that a screen, the command line or a test can call. At most one argument, plain cloneable data. */
export interface ConsoleApi {
  inventory: {
    /** What there is, without the rows: fetch those by cluster with `rows`. */
    overview(): Promise<Result<InventoryOverview>>;
    /** Board rows of the named clusters, in the order asked; a cluster that is gone is left out. */
    rows(request: { clusterIds: ClusterId[] }): Promise<Result<ClusterRows[]>>;
    details(request: CredentialRequest): Promise<Result<CredentialDetails>>;
    /**
     * Where the files of a fleet usually lie on this computer, and whether something is there. Nothing is read; a place that
     * cannot be looked at hides none of the others.
     */
    places(): Promise<Result<PlaceView[]>>;
    /** Reads files, and folders recursively. One unreadable entry never hides the others. */
    importFiles(request: { tickets: FileTicket[] }): Promise<Result<ImportReport>>;
    /** Removes one cluster with its history from the store; `restore` brings it back while the console runs. */
    forget(request: {
      clusterId: ClusterId;
    }): Promise<Result<{ clusterId: ClusterId; name: string }>>;
    restore(request: { clusterId: ClusterId }): Promise<Result<ClusterRows>>;
    /**
     * Says of a RenewRevocation object that was read that it is in force no longer, or that it is again. Counts as long as its
     * file says the same. `cluster.unknown`, `revocation.unknown`.
     */
    liftRevocation(request: LiftRequest): Promise<Result<ClusterRows>>;
  };
  /** Being told: channels, what was told, and of what nothing is told. Secrets come in and never go out. */
  expiry: {
    /** What becomes of the inventory under a scenario. Long work, in slices; kept for the minute. */
    forecast(question: ForecastQuestion): Promise<Result<Forecast>>;
    watch(): Promise<Result<WatchView>>;
    /** A secret that is entered needs a system that keeps it: `keepsSecrets`. */
    saveChannel(draft: ChannelDraft): Promise<Result<WatchView>>;
    /** With what waits for it. */
    removeChannel(request: { channelId: ChannelId }): Promise<Result<WatchView>>;
    /** Sends a test at once; its failure is the problem. */
    testChannel(request: { channelId: ChannelId }): Promise<Result<WatchView>>;
    /** Reads all known files again, judges and tells. */
    checkNow(): Promise<Result<WatchView>>;
    /** Snoozes or acknowledges a credential, in place of a mark that it has. */
    mark(
      request: CredentialRequest & { kind: MarkKind; reason: string; until: Instant },
    ): Promise<Result<WatchView>>;
    unmark(request: { credentialId: CredentialId }): Promise<Result<WatchView>>;
    /** Maintenance windows by the rules in the settings, computed now. `plan.rules-invalid`. */
    plan(): Promise<Result<MaintenancePlan>>;
    /** The same plan, written to the file behind `target`. */
    exportPlan(request: PlanExportRequest): Promise<Result<SavedFile>>;
  };
  export: {
    /** Writes the filtered board to the file behind `target`. */
    board(request: BoardExportRequest): Promise<Result<SavedExport>>;
    /** Writes the report for management: the whole fleet, then one printed page a cluster, as one HTML file. */
    report(request: { target: FileTicket }): Promise<Result<SavedFile>>;
    /** The same through the system's print dialog; `printed` is false when the admin cancelled. */
    print(): Promise<Result<{ printed: boolean }>>;
  };
  /**
   * The certificate engine: authorities that the console owns. Passphrases come in and never go out; keys and tokens go
   * to the file behind a ticket and nowhere else. What needs a key of a locked authority fails with `keyring.locked`.
   */
  authority: {
    list(): Promise<Result<AuthorityListing>>;
    tree(request: { authorityId: AuthorityId }): Promise<Result<AuthorityTree>>;
    entry(request: AuthorityEntryRequest): Promise<Result<AuthorityEntryDetails>>;
    /**
     * A new authority with its roots: cluster, etcd and front-proxy CA, or the cloud agent's CA with the server certificate
     * of the cloud agent and the key that signs tokens.
     */
    create(request: NewAuthorityRequest): Promise<Result<AuthorityTree>>;
    /** For good, with its private keys. */
    remove(request: { authorityId: AuthorityId }): Promise<Result<AuthoritySummary>>;
    /** With `remember` the system keeps the unlock key, where it really encrypts. */
    unlock(request: {
      authorityId: AuthorityId;
      passphrase: string;
      remember: boolean;
    }): Promise<Result<AuthorityTree>>;
    /** Drops the keys from memory; with `forget` also what the system keeps. */
    lock(request: { authorityId: AuthorityId; forget: boolean }): Promise<Result<AuthorityTree>>;
    changePassphrase(request: {
      authorityId: AuthorityId;
      current: string;
      next: string;
    }): Promise<Result<AuthorityTree>>;
    /** Makes a key and a certificate for it, under the CA that the profile names. */
    issue(request: IssueRequest): Promise<Result<AuthorityChange>>;
    /**
     * Signs the PKCS #10 request, or the first CSR object, in a file. A kubelet's object must have been approved before. The
     * certificate stays with the authority.
     */
    signRequest(request: {
      authorityId: AuthorityId;
      profile: ProfileId;
      source: FileTicket;
    }): Promise<Result<AuthorityChange>>;
    /** The next certificate of the same holder: new key and serial number, same names, same length of validity. */
    renew(request: AuthorityEntryRequest): Promise<Result<AuthorityChange>>;
    /** Puts the certificate on its CA's revocation list. */
    revoke(
      request: AuthorityEntryRequest & { reason: RevocationReason; invalidityDate?: Instant },
    ): Promise<Result<AuthorityChange>>;
    /** The next stage of a rotation of the cloud agent's CA. */
    rotateCa(request: { authorityId: AuthorityId }): Promise<Result<AuthorityTree>>;
    /** Judges a certificate with its chain, the revocation list as it would be issued now, and RenewRevocation objects. */
    verify(
      request: AuthorityEntryRequest & {
        at: Instant;
        purpose: 'server' | 'client' | 'any';
        name?: string;
      },
    ): Promise<Result<Verdict>>;
    export(request: CertificateExportRequest): Promise<Result<SavedFile>>;
    /** Issues the next revocation list of a CA and writes it. */
    exportCrl(request: {
      authorityId: AuthorityId;
      caId: CredentialId;
      format: 'pem' | 'der';
      target: FileTicket;
    }): Promise<Result<SavedFile>>;
    /** Writes the login file, with the token in it, to `target`. */
    createIdentity(request: {
      authorityId: AuthorityId;
      name: string;
      clientType: ClientType;
      target: FileTicket;
    }): Promise<Result<AuthorityTree>>;
    /** A new token in a new login file; the one before is refused from now on. */
    rotateIdentity(
      request: IdentityRequest & { target: FileTicket },
    ): Promise<Result<AuthorityTree>>;
    revokeIdentity(request: IdentityRequest): Promise<Result<AuthorityTree>>;
    reinstateIdentity(
      request: IdentityRequest & { target: FileTicket },
    ): Promise<Result<AuthorityTree>>;
    /** Makes a sample fleet in the data folder, in place of one that is there, and imports it as any other files. */
    openSample(): Promise<Result<ImportReport>>;
    /** Takes every sample cluster out of the inventory, and the files in the data folder away, for good. */
    removeSample(): Promise<Result<{ clusters: number }>>;
  };
  /**
   * RenewRevocation objects. What is worked on is a document, which main keeps through every end of the console; its text is
   * sent along with each question, so that answers are about what the screen shows. Nothing here reaches a cluster.
   */
  revocation: {
    list(): Promise<Result<RevocationListing>>;
    /** A new document, empty unless a text was pasted. `revocation.secret-in-text`, `revocation.too-large`. */
    create(request: { goal?: RevocationGoal; text?: string }): Promise<Result<RevocationDocument>>;
    /** A new document with what an import read of an object. `revocation.unknown`. */
    copyRead(request: ReadRevocationName): Promise<Result<RevocationDocument>>;
    /** Of a file; one that is open already is opened again. `file.*`, `revocation.secret-in-text`. */
    openFile(request: { source: FileTicket }): Promise<Result<RevocationDocument>>;
    /** With its file as it is on disk now. `revocation.document-unknown`, as of every other method that names one. */
    open(request: RevocationDocumentRequest): Promise<Result<RevocationDocument>>;
    /** Puts it on disk; done when it is there. `revocation.secret-in-text`: then what was kept before stays. */
    keep(request: KeptRevocation): Promise<Result<RevocationSummary>>;
    /** The file as it is now, in place of the text. `file.*`. */
    reload(request: RevocationDocumentRequest): Promise<Result<RevocationDocument>>;
    /** The file as it is now, to be compared; the text stays. `file.*`. */
    readFile(request: RevocationDocumentRequest): Promise<Result<{ text: string }>>;
    /** Away, not its file; `restore` brings it back while the console runs. */
    discard(request: RevocationDocumentRequest): Promise<Result<RevocationSummary>>;
    restore(request: RevocationDocumentRequest): Promise<Result<RevocationSummary>>;
    /** Findings, impact, guard and plan, live. */
    judge(request: JudgeRequest): Promise<Result<RevocationJudgement>>;
    /** Every byte that the change is not about stays. `revocation.not-editable`: it is laid out so that this cannot be done. */
    edit(request: {
      text: string;
      objectIndex: number;
      change: DraftChange;
    }): Promise<Result<{ text: string }>>;
    matches(request: MatchesRequest): Promise<Result<MatchPage>>;
    /** By advancing the engine's copies of all clusters. Long work, in slices. */
    foresee(request: { text: string }): Promise<Result<RevocationFuture>>;
    /** All sound objects of the text on the engine's copy of a cluster. `revocation.not-sound`, `cluster.unknown`. */
    performDryRun(request: PerformDryRunRequest): Promise<Result<DryRun>>;
    candidates(request: CandidatesRequest): Promise<Result<RevocationCandidates>>;
    /** One line each, however it is printed. */
    readSerials(request: { text: string }): Promise<Result<SerialLine[]>>;
    /** Entries for what was chosen. `revocation.choice-gone` when the inventory has it no longer. */
    propose(request: {
      choice: RevocationChoice;
      kubeconfig?: string;
    }): Promise<Result<ProposedRevocation>>;
    /**
     * Writes the text to its file, or to `target`, with the undo manifest beside it, and into the audit trail.
     * `revocation.not-sound`, `revocation.not-understood`; `revocation.file-changed` when somebody else has changed the file
     * since, unless `overwrite`.
     */
    save(request: SaveRevocationRequest): Promise<Result<RevocationDocument>>;
    /** To the clipboard, with the same conditions, and into the audit trail. */
    copy(request: UnderstoodRevocation): Promise<Result<null>>;
    /** The offline bundle, with the same conditions, and into the audit trail. */
    exportBundle(
      request: UnderstoodRevocation & { target: FileTicket },
    ): Promise<Result<SavedFile>>;
    /** To a target, with the same conditions, and into the audit trail. The engine's copy of a cluster is the only one yet. */
    send(request: UnderstoodRevocation & { clusterId: ClusterId }): Promise<Result<DryRun>>;
  };
  /** Plans of updates. Pasted texts are read and dropped: versions and names come out of them, and nothing else. */
  update: {
    /** Of two outputs the later one counts; an empty text is none. */
    read(request: { texts: string[] }): Promise<Result<VersionsRead>>;
    /** Checks, steps and what is asked, worked out now. `cluster.unknown`, `plan.deployment-needed`. */
    plan(answers: UpdateAnswers): Promise<Result<UpdatePlanning>>;
    /** The plan of the same answers, written to the file behind `target` in the language of the window. */
    exportPlan(request: {
      answers: UpdateAnswers;
      format: PlanFileFormat;
      target: FileTicket;
    }): Promise<Result<SavedFile>>;
    /** The same plan as an event of the next maintenance window that holds it, in iCalendar. `plan.nothing-planned`. */
    exportWindow(request: {
      answers: UpdateAnswers;
      target: FileTicket;
    }): Promise<Result<SavedFile>>;
  };
  /** Causes and plans of repairs. Pasted texts are read and dropped: nothing of them comes out. */
  repair: {
    /** A log or an output of a file, without its secrets. `evidence.not-text`, `evidence.too-long`, `file.*`. */
    readEvidence(request: { source: FileTicket }): Promise<Result<EvidenceText>>;
    /** What fits the evidence, best first; what was chosen already is left out of account. `cluster.unknown`. */
    diagnose(answers: RepairAnswers): Promise<Result<RepairDiagnosis>>;
    /** Causes and steps, worked out now. `cluster.unknown`, `plan.deployment-needed`. */
    plan(answers: RepairAnswers): Promise<Result<RepairPlanning>>;
    /** The plan of the same answers, written to the file behind `target` in the language of the window. */
    exportPlan(request: {
      answers: RepairAnswers;
      format: PlanFileFormat;
      target: FileTicket;
    }): Promise<Result<SavedFile>>;
  };
  /**
   * Runs of plans. A run lives in main: it goes on with the window closed, and waits for its answers. After a crash it is
   * listed with a step whose end is not known. `run.cluster-busy` where another one works on a cluster of the plan.
   */
  runs: {
    list(): Promise<Result<RunListing>>;
    /** `run.unknown`. */
    read(request: { id: RunId }): Promise<Result<RunView>>;
    /**
     * Begins, and asks before the first step. `run.plan-changed`, `run.nothing-to-do`, `run.bad-host`; `run.sample-only` and
     * `run.not-sample` where target and clusters do not go together.
     */
    start(request: RunRequest): Promise<Result<RunView>>;
    /** Goes on where it was; first what is not known is looked at again. Of a live one just its view. */
    resume(request: { id: RunId }): Promise<Result<RunView>>;
    /** To the question of its view. `run.not-asked` where it does not wait for that. */
    answer(request: { id: RunId; stepId: string; answer: RunAnswer }): Promise<Result<RunView>>;
    /** Ends the running command with all that it started, and stops the run; it can go on later. */
    cancel(request: { id: RunId }): Promise<Result<RunView>>;
    /** Plan, record, transcript and their SHA-256 as one ZIP file; nothing secret is in it. */
    exportEvidence(request: { id: RunId; target: FileTicket }): Promise<Result<SavedFile>>;
  };
  /** Who did what when. */
  audit: {
    /** Newest first. */
    list(request: AuditListRequest): Promise<Result<AuditPage>>;
    /** Reads the whole trail and holds every line against the one before. */
    verify(): Promise<Result<AuditVerdict>>;
    /** Every line as it is, with what `verify` says of it. */
    export(request: { format: 'json' | 'csv'; target: FileTicket }): Promise<Result<SavedFile>>;
  };
  settings: {
    read(): Promise<Result<Settings>>;
    /** Changes the given fields and returns the whole. */
    change(change: Partial<Settings>): Promise<Result<Settings>>;
  };
  application: {
    about(): Promise<Result<About>>;
    /** Opens the system's dialog; empty when the admin cancelled. */
    chooseSources(request: { kind: SourceKind }): Promise<Result<FileTicket[]>>;
    /** Opens the system's save dialog; `null` when cancelled. */
    chooseTarget(request: {
      suggestedName: string;
      format: TargetFormat;
    }): Promise<Result<FileTicket | null>>;
    /** Copies text to the clipboard. */
    copy(request: { text: string }): Promise<Result<null>>;
  };
}

/** `one-file` is for something that is read later: a CA, a secret. */
export const SOURCE_KINDS = ['files', 'folders', 'one-file'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** What main tells without being asked. A state event carries a whole unit. */
export interface ConsoleEvents {
  inventory: {
    clusterChanged: ClusterRows;
    clusterForgotten: { clusterId: ClusterId };
    importProgress: ImportProgress;
    /** An import that main started by itself (command line, drop on the icon) has ended. */
    importEnded: Result<ImportReport>;
  };
  authority: {
    changed: AuthorityTree;
    removed: { authorityId: AuthorityId };
  };
  expiry: {
    watchChanged: WatchView;
    /** Somebody clicked a message of the system or an item of the icon's menu. */
    opened: CredentialRequest;
  };
  runs: {
    /** The whole of it, whenever a step or what is waited for changes. */
    changed: RunView;
    /** What the running command has just printed, without what is secret; `live` of a view holds the same. */
    printed: { id: RunId; stepId: string; text: string };
  };
  /** A line more; how many there are now. */
  audit: { appended: { lines: number } };
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

export interface ClusterSummary {
  id: ClusterId;
  name: string;
  kind: 'kubernetes' | 'moc';
  /** Of a sample fleet. */
  sample?: true;
  /** Credentials. */
  count: number;
}

export interface InventoryOverview {
  clusters: ClusterSummary[];
  /** What the store found wrong when it loaded: a damaged file set aside, a previous copy used. */
  findings: Finding[];
  /** When a file was last imported; absent in an empty store. */
  lastImportAt?: Instant;
}

export interface ClusterRows {
  clusterId: ClusterId;
  name: string;
  /** Of a sample fleet. */
  sample?: true;
  rows: BoardRow[];
}

export interface ForecastQuestion {
  /** How far to look ahead. */
  horizonDays: number;
  scenario: ForecastScenario;
}

export interface CredentialRequest {
  clusterId: ClusterId;
  credentialId: CredentialId;
}

export interface PlaceView extends LookedPlace {
  /** For `importFiles`; only of a place where something is. */
  ticket?: FileTicket;
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
  /** Keys and certificates of a sample fleet that is being made; absent once its files are read. */
  making?: { made: number; total: number };
}

export interface ImportedEntry {
  clusterId: ClusterId;
  cluster: string;
  /** Of a sample fleet. */
  sample?: true;
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
  /** RenewRevocation objects, in the order of the files. They are kept for their clusters. */
  revocations: ImportedRevocation[];
  /** Files in which nothing was recognised; no finding each, since folders hold many of them. */
  filesWithoutCredentials: string[];
}

export interface LiftRequest extends RevocationName {
  clusterId: ClusterId;
  lifted: boolean;
}

/** A RenewRevocation object that an import found in a file. */
export interface ImportedRevocation {
  name: string;
  namespace: string;
  /** Entries that could be read. */
  entries: number;
  source: { path: string; entry: string };
  /** Absent when nothing tells which cluster it is of. */
  clusterId?: ClusterId;
  cluster?: string;
  sample?: true;
  /** The admin has said of it, as it is, that it is in force no longer. */
  lifted?: true;
}

export interface AuthorityListing {
  /** Oldest first. */
  authorities: AuthoritySummary[];
  /** What was found wrong when they were loaded. */
  findings: Finding[];
}

export interface AuthorityEntryRequest {
  authorityId: AuthorityId;
  entryId: CredentialId;
}

export interface IdentityRequest {
  authorityId: AuthorityId;
  identity: string;
}

export interface NewAuthorityRequest {
  name: string;
  kind: AuthorityKind;
  /** At least as long as `passphrase.too-short` says. */
  passphrase: string;
  /** Absent: what the profiles name first. */
  keyAlgorithm?: KeyAlgorithm;
  /** Of the kind `moc`; needed there. */
  cloudAgentFqdn?: string;
}

export type IssueRequest = IssueValues & { authorityId: AuthorityId; profile: ProfileId };

/** The authority after a change, and the certificate that it was about. */
export interface AuthorityChange {
  tree: AuthorityTree;
  entryId: CredentialId;
}

export interface CertificateExportRequest extends AuthorityEntryRequest {
  format: CertificateExportFormat;
  /** Whether the private key goes along; `pfx` and `kubeconfig` always have it, `der` and `p7b` never. */
  withKey: boolean;
  /** Only for `pfx`. */
  encryption?: PfxEncryption;
  /** Only for `pfx`, and needed there. */
  passphrase?: string;
  /** Only for `kubeconfig`, and needed there: address of the API server. */
  server?: string;
  target: FileTicket;
}

export interface RevocationListing {
  /** Latest change first. */
  documents: RevocationSummary[];
  /** Objects that imports read, by cluster, namespace and name; those of no known cluster last. */
  read: ReadRevocation[];
  /** What was found wrong when they were loaded. */
  findings: Finding[];
  /** Paths of kubeconfigs in the inventory, for the commands. */
  kubeconfigs: string[];
}

export interface RevocationDocumentRequest {
  documentId: RevocationDocumentId;
}

export interface KeptRevocation extends RevocationDocumentRequest {
  text: string;
  objectIndex: number;
  step: RevocationStep;
  goal?: RevocationGoal;
  kubeconfig?: string;
}

export interface JudgeRequest {
  text: string;
  /** Whose file the commands name; absent: one that is yet to be saved. */
  documentId?: RevocationDocumentId;
  kubeconfig?: string;
}

export interface MatchesRequest {
  text: string;
  /** Absent: of all objects. */
  objectIndex?: number;
  /** Absent: of all entries; a certificate is then listed for the first entry that names it. */
  entryIndex?: number;
  list: MatchList;
  clusterId?: ClusterId;
  /** Words that cluster, name or role hold. */
  query?: string;
  kubeconfig?: string;
  offset: number;
  limit: number;
}

export interface PerformDryRunRequest {
  text: string;
  clusterId: ClusterId;
  /** 1 to `DRY_RUN_HOURS.most`. */
  hours: number;
  withoutRepair: boolean;
}

export interface CandidatesRequest {
  goal: RevocationGoal;
  /** Words that cluster, name, role or serial number hold. */
  query: string;
  kubeconfig?: string;
  offset: number;
  limit: number;
}

export interface UnderstoodRevocation extends RevocationDocumentRequest {
  text: string;
  /** What was typed; needed where the judgement asks for it. */
  understood?: string;
}

export interface SaveRevocationRequest extends UnderstoodRevocation {
  /** Absent: the file that it has. */
  target?: FileTicket;
  /** The file was changed by somebody else, and that is known. */
  overwrite?: true;
}

export interface AuditListRequest {
  /** Only lines before the one with this number; absent: from the last. */
  before?: number;
  limit: number;
  /** Words that who, what, on what or the details hold, in the language of the window too. */
  query?: string;
  /** A word such as `revocation.written`. */
  action?: string;
}

/** One line of the audit trail; documented in `docs/data-formats.md`. */
export interface AuditLine {
  /** 1-based, as the file is now. */
  line: number;
  /** SHA-256. */
  hash: string;
  /** Absent when it is no line of a trail. */
  entry?: AuditedAction;
}

export interface AuditedAction {
  at: Instant;
  by: string;
  /** A word such as `revocation.written`; text: `audit.action.<word>`. */
  action: string;
  subject: string;
  params: Readonly<Record<string, string | number | boolean>>;
}

export interface AuditPage {
  /** Lines of the file, whatever was asked for. */
  total: number;
  /** When the first was written; absent when there is none that can be read. */
  since?: Instant;
  lines: AuditLine[];
  /**
   * What to ask for as `before` to go on; absent when the first line was looked at. A search comes back with what it has,
   * also with nothing, after many lines.
   */
  next?: number;
}

export interface AuditVerdict {
  lines: number;
  /** SHA-256 of the last line, to be kept elsewhere. */
  head: string;
  /** Texts: `finding.<rule>`; empty when nothing was changed. The first of them when there are very many. */
  faults: { rule: string; line: number }[];
  faultCount: number;
}

/** A file that was written. */
export interface SavedFile {
  /** Without its folder. */
  name: string;
  bytes: number;
  sha256: string;
}

export interface PlanExportRequest {
  format: PlanFormat;
  /** Whose hosts it is for; a task needs it where the plan has several. */
  deployment?: ClusterId;
  /** As whom a task runs; absent: SYSTEM. */
  account?: string;
  target: FileTicket;
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
  /** Of a sample fleet. */
  sample: boolean;
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
  runs: {
    list: true,
    read: true,
    start: true,
    resume: true,
    answer: true,
    cancel: true,
    exportEvidence: true,
  },
  audit: { list: true, verify: true, export: true },
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
  authority: { changed: true, removed: true },
  expiry: { watchChanged: true, opened: true },
  runs: { changed: true, printed: true },
  audit: { appended: true },
  settings: { changed: true },
  application: { command: true, dropped: true },
} as const satisfies EventList;

export type { Problem, Result };
