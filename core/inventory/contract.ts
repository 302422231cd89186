import type { ExaminedRequest } from '../pki/model/request-review.ts';
import type { AuditAction } from '../shared/contract/audit-action.ts';
import type { Citation, Statement } from '../shared/citation.ts';
import { z } from 'zod';
import { method, type Calls } from '../shared/contract/method.ts';
import {
  clusterId,
  credentialId,
  fileTicket,
  instantField,
  MOST_CLUSTERS,
  MOST_ITEMS,
  name,
  passphrase,
} from '../shared/contract/schemas.ts';
import type { BoardRow } from './model/board-row.ts';
import type { ChangeList } from './model/changes.ts';
import type { PackedCluster } from './model/row-columns.ts';
import type { RoleFacts } from '../knowledge/model/credentials/credentials.ts';
import type { CertificateFacts } from '../shared/certificates/certificate.ts';
import type { ClusterId, CredentialId } from '../shared/ids.ts';
import type { Source } from '../shared/source.ts';
import type { KeyMatch, Credential } from './model/credential.ts';
import type { ImportProgress } from './model/import-progress.ts';
import type { Finding } from '../shared/finding.ts';
import type { Instant } from '../shared/instant.ts';
import type { LookedPlace } from './model/known-place.ts';
import type { FileTicket } from '../shared/ticket.ts';
import type { AskedCluster, NameQuestion } from './model/name-question.ts';
import type { WaitingFile, WaitingRequest } from './schemas.ts';
import type { ApprovalCheck } from '../pki/model/approval.ts';
import type { ClusterPlace } from '../plan/model/deployment.ts';
import type { Result } from '../shared/problem.ts';

const credentialRequest = z.strictObject({ clusterId, credentialId });
export type CredentialRequest = z.infer<typeof credentialRequest>;

const liftRequest = z.strictObject({ clusterId, name, namespace: name, lifted: z.boolean() });
export type LiftRequest = z.infer<typeof liftRequest>;

const renameRequest = z.strictObject({ clusterId, name });
export type RenameRequest = z.infer<typeof renameRequest>;

/** `into` receives everything from the other cluster, which is removed. */
const mergeRequest = z.strictObject({ clusterId, into: clusterId });
export type MergeRequest = z.infer<typeof mergeRequest>;

const destination = z.union([
  z.strictObject({ cluster: clusterId }),
  z.strictObject({ newCluster: name }),
  z.strictObject({ foreign: z.literal(true) }),
]);
const moveRequest = z.strictObject({
  clusterId,
  credentialIds: z.array(credentialId).min(1).max(MOST_ITEMS),
  to: destination,
});
export type MoveRequest = z.infer<typeof moveRequest>;

const moveAction = ({ to }: MoveRequest): AuditAction =>
  'foreign' in to ? 'credential.set-apart' : 'newCluster' in to ? 'cluster.split' : 'credential.moved';

const changesRequest = z.strictObject({
  /** All clusters by default. */
  clusterIds: z.array(clusterId).max(MOST_CLUSTERS).optional(),
  /** Default: the first reading. */
  from: instantField.optional(),
  /** Default: now. */
  to: instantField.optional(),
});
export type ChangesRequest = z.infer<typeof changesRequest>;

export const INVENTORY_METHODS = {
  overview: method().reads().answersText<InventoryOverview>(),
  /** Returns the rows of each cluster in the requested order, without removed clusters. */
  rows: method({ clusterIds: z.array(clusterId).max(MOST_CLUSTERS) })
    .reads()
    .answers<ClusterRows[]>(),
  details: method(credentialRequest).reads().answers<CredentialDetails>(),
  /** Checks signatures, which takes seconds for a large inventory. */
  issuers: method().reads().answersText<KnownIssuers>(),
  /** Opens the folder of the file that contains a credential. Fails with `file.not-readable` if there is none now. */
  showFolder: method(credentialRequest).reads().answers<null>(),
  /** Lists the latest changes and counts all. */
  changes: method(changesRequest).reads().answersText<ChangeList>(),
  /** Checks the usual places without reading a file. */
  places: method().reads().answers<PlaceView[]>(),
  /** Reads files, and folders recursively. One unreadable entry never hides the others. */
  importFiles: method({
    tickets: z.array(fileTicket).min(1).max(MOST_ITEMS),
    /** For locked parts of these files; used once and not kept. */
    passphrase: passphrase.optional(),
  })
    .changes('inventory.imported', ({ tickets }) => ({ files: tickets.length }))
    .answersText<ImportReport>(),
  /** Reads files as an import does, and stores nothing. */
  examineFiles: method({ tickets: z.array(fileTicket).min(1).max(MOST_ITEMS), passphrase: passphrase.optional() })
    .reads()
    .answersText<Examination>(),
  /** Ends running and waiting imports with `import.cancelled` and the number of clusters saved by then. */
  cancelImport: method().reads().answers<null>(),
  /** Removes a cluster and its history from the store; `restore` brings it back while the console runs. */
  forget: method({ clusterId })
    .changes('cluster.forgotten', ({ clusterId: subject }) => ({ subject }))
    .answers<{ clusterId: ClusterId; name: string }>(),
  restore: method({ clusterId })
    .changes('cluster.restored', ({ clusterId: subject }) => ({ subject }))
    .answers<ClusterRows>(),
  /**
   * Sets the name that commands use for a cluster. If two clusters share the name, only texts for people distinguish
   * the clusters. Fails with `cluster.unknown` or `cluster.name-invalid`.
   */
  rename: method(renameRequest)
    .changes('cluster.renamed', ({ clusterId: subject, name: to }) => ({ subject, to }))
    .answers<ClusterRows>(),
  /** Takes back the last `rename` of a cluster, as long as the console runs. */
  undoRename: method({ clusterId })
    .changes('cluster.renamed', ({ clusterId: subject }) => ({ subject }))
    .answers<ClusterRows>(),
  /** Merges two clusters of one kind. Fails with `cluster.unknown` or `cluster.not-alike`. */
  merge: method(mergeRequest)
    .changes('cluster.merged', ({ clusterId, into: subject }) => ({ subject, from: clusterId }))
    .answers<ClusterRows>(),
  /**
   * Moves credentials to the cluster that they belong to. Later imports keep them and their successors there. Removes a
   * cluster that becomes empty. Fails with `cluster.unknown`, `credential.unknown`, `cluster.not-alike`,
   * `cluster.name-invalid` or `cluster.name-taken`.
   */
  move: method(moveRequest)
    .changes(moveAction, ({ clusterId: subject, credentialIds }) => ({ subject, count: credentialIds.length }))
    .answers<ClusterRows>(),
  /**
   * Marks a revocation as inactive, or as active, until its file changes. Fails with `cluster.unknown` or
   * `revocation.unknown`.
   */
  liftRevocation: method(liftRequest)
    .changes(
      ({ lifted }) => (lifted ? 'revocation.lifted' : 'revocation.in-force'),
      ({ name: subject, namespace }) => ({ subject, namespace }),
    )
    .answers<ClusterRows>(),
  /** Lists what waits for the admin. */
  decisions: method().reads().answers<OpenDecision[]>(),
  /** Takes a question from the list until its file changes. Does nothing if it is no longer open. */
  decide: method({ id: name })
    .changes('decision.made', ({ id: subject }) => ({ subject }))
    .answers<null>(),
};

export type InventoryApi = Calls<typeof INVENTORY_METHODS>;

export interface InventoryEvents {
  clusterChanged: ClusterRows;
  clusterForgotten: { clusterId: ClusterId };
  /** All findings since the store was opened. */
  storeFindings: { findings: Finding[] };
  decisionsChanged: { decisions: OpenDecision[] };
  importProgress: ImportProgress;
  /** The result of an import that main began, for the command line or a file dropped on the icon. */
  importEnded: Result<ImportReport>;
}

export interface ClusterSummary extends ClusterPlace {
  count: number;
}

export interface InventoryOverview {
  clusters: ClusterSummary[];
  /** Problems during loading, such as a damaged file that was set aside or a previous copy that was used. */
  findings: Finding[];
  /** Credentials outside the platform, if there are any; the name is not displayed. */
  foreign?: ClusterSummary;
  /** When an import last found anything; absent for an empty store. */
  lastImportAt?: Instant;
}

export interface ClusterRows extends PackedCluster, Pick<ClusterPlace, 'addresses' | 'cloudAgents'> {
  foreign?: true;
}

export interface PlaceView extends LookedPlace {
  ticket?: FileTicket;
}

/** An issuer in a chain. `signature` belongs to the certificate below it. */
export interface ChainLink {
  name: string;
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
  certificate?: {
    facts: CertificateFacts;
    serial: { hex: string; decimal: string; colon: string };
    fingerprintSha256: string;
    fingerprintSha1: string;
    keyMatch: KeyMatch;
    pem: string;
    chain: ChainLink[];
  };
  token?: { issuer?: string; subject?: string; issuedAt?: Instant; assumed: boolean };
  sources: Source[];
  firstReadAt: Instant;
  role: Pick<RoleFacts, 'id' | 'renewedBy' | 'renewal' | 'revocable' | 'revocation' | 'breaks' | 'remedies'>;
  /** The consequence for the MOC identity; absent if neither half has expired or only one half is known. */
  identity?: Statement;
  /** Earlier credentials of the holder, newest first. */
  history: { id: CredentialId; serialHex?: string; notBefore?: Instant; notAfter?: Instant; replacedAt: Instant }[];
  findings: Finding[];
}

export interface KnownIssuers {
  /** Each certificate and the one that signed it: itself for a root. Absent if no authority in the inventory did. */
  issuers: [certificate: CredentialId, issuer: CredentialId][];
}

export interface ImportedEntry {
  clusterId: ClusterId;
  cluster: string;
  sample?: true;
  credentialId: CredentialId;
  kind: Credential['kind'];
  role: RoleFacts['id'];
  name: string;
  source: { path: string; entry: string };
  notAfter?: Instant;
}

/** Every credential found is in exactly one of the lists, with the first place in which it was found. */
export interface ImportReport {
  startedAt: Instant;
  filesRead: number;
  added: ImportedEntry[];
  renewed: (ImportedEntry & { replaced: CredentialId })[];
  unchanged: ImportedEntry[];
  /** Entries older than the stored credential, kept only as history. */
  superseded: ImportedEntry[];
  findings: Finding[];
  /** RenewRevocation objects kept for clusters, in file order. */
  revocations: ImportedRevocation[];
  questions: ClusterQuestion[];
  /** Files in which nothing was recognised. They cause no findings, since folders contain many of them. */
  filesWithoutCredentials: string[];
  /** Files with locked parts. Only the window gets tickets, for another call of `importFiles`. */
  locked: { path: string; ticket?: FileTicket }[];
}

/** The contents of files that are not stored. */
export interface Examination extends Pick<ImportReport, 'findings' | 'locked' | 'filesWithoutCredentials'> {
  /** The first ones, by file. */
  credentials: CredentialDetails[];
  /** All credentials in the files. */
  count: number;
  /** Requests of kubelets, with their verdict. */
  decisions: OpenDecision[];
  /** Other certificate requests, by file. */
  requests: (ExaminedRequest & { path: string })[];
}

export type ClusterQuestion = NameQuestion | AgentQuestion | RebuiltQuestion;

/**
 * `deployment`: which of several cloud agents a cluster runs on. `same-agent`: whether two cloud agents with the same
 * name are one cloud agent whose CA was rotated.
 */
export interface AgentQuestion extends AskedCluster {
  asks: 'deployment' | 'same-agent';
  /** The possible cloud agents for `deployment`, or the other cloud agent for `same-agent`. */
  agents: { id: ClusterId; name: string }[];
}

/** Asks whether the cluster was rebuilt, or a kubeconfig with its name and address belongs to another cluster. */
interface RebuiltQuestion extends AskedCluster {
  asks: 'rebuilt';
  /** The credentials in that kubeconfig, which were set apart. */
  credentialIds: readonly CredentialId[];
}

export interface OpenRequest extends Omit<WaitingRequest, 'checks'> {
  checks: (Omit<ApprovalCheck, 'citation'> & { citation?: Citation })[];
  /** In this order: a command that shows facts for the answer, if they are missing, and those that give it. */
  commands: string[];
  /** Source of the commands. */
  citation: Citation;
}

/** The cluster is absent if the place of the file does not show it. */
export type OpenDecision = (WaitingFile | OpenRequest) & { clusterId?: ClusterId; cluster?: string };

export interface ImportedRevocation {
  name: string;
  namespace: string;
  entries: number;
  source: { path: string; entry: string };
  clusterId?: ClusterId;
  cluster?: string;
  sample?: true;
  lifted?: true;
}
