import type { ClusterId } from '../shared/ids.ts';
import type { Finding } from '../shared/finding.ts';
import type {
  MatchList,
  ReadRevocation,
  RevocationDocumentId,
  RevocationGoal,
  RevocationStep,
  RevocationSummary,
  DraftChange,
  MatchPage,
  ProposedRevocation,
  ReadRevocationName,
  DryRun,
  RevocationCandidates,
  RevocationChoice,
  RevocationDocument,
  RevocationFuture,
  RevocationJudgement,
  SerialLine,
} from './model/view.ts';
import type { FileTicket } from '../shared/ticket.ts';
import type { SavedFile } from '../shared/saved-file.ts';
import type { Result } from '../shared/problem.ts';

/**
 * RenewRevocation objects. What is worked on is a document, which main keeps through every end of the console; its text is
 * sent along with each question, so that answers are about what the screen shows. Nothing here reaches a cluster.
 */
export interface RevocationApi {
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
  edit(request: { text: string; objectIndex: number; change: DraftChange }): Promise<Result<{ text: string }>>;
  matches(request: MatchesRequest): Promise<Result<MatchPage>>;
  /** By advancing the engine's copies of all clusters. Long work, in slices. */
  foresee(request: { text: string }): Promise<Result<RevocationFuture>>;
  /** All sound objects of the text on the engine's copy of a cluster. `revocation.not-sound`, `cluster.unknown`. */
  performDryRun(request: PerformDryRunRequest): Promise<Result<DryRun>>;
  candidates(request: CandidatesRequest): Promise<Result<RevocationCandidates>>;
  /** One line each, however it is printed. */
  readSerials(request: { text: string }): Promise<Result<SerialLine[]>>;
  /** Entries for what was chosen. `revocation.choice-gone` when the inventory has it no longer. */
  propose(request: { choice: RevocationChoice; kubeconfig?: string }): Promise<Result<ProposedRevocation>>;
  /**
   * Writes the text to its file, or to `target`, with the undo manifest beside it, and into the audit trail.
   * `revocation.not-sound`, `revocation.not-understood`; `revocation.file-changed` when somebody else has changed the file
   * since, unless `overwrite`.
   */
  save(request: SaveRevocationRequest): Promise<Result<RevocationDocument>>;
  /** To the clipboard, with the same conditions, and into the audit trail. */
  copy(request: UnderstoodRevocation): Promise<Result<null>>;
  /** The offline bundle, with the same conditions, and into the audit trail. */
  exportBundle(request: UnderstoodRevocation & { target: FileTicket }): Promise<Result<SavedFile>>;
  /** To a target, with the same conditions, and into the audit trail. The engine's copy of a cluster is the only one yet. */
  send(request: UnderstoodRevocation & { clusterId: ClusterId }): Promise<Result<DryRun>>;
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
