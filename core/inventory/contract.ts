import type { AuditAction } from '../shared/contract/audit-action.ts';
import type { Statement } from '../shared/citation.ts';
import { z } from 'zod';
import { method, type Calls } from '../shared/contract/method.ts';
import {
  clusterId,
  credentialId,
  fileTicket,
  MOST_CLUSTERS,
  MOST_ITEMS,
  name,
  passphrase,
} from '../shared/contract/schemas.ts';
import type { BoardRow } from './model/board-row.ts';
import type { PackedCluster } from './model/row-columns.ts';
import type { RoleFacts } from '../knowledge/model/credentials/credentials.ts';
import type { RenewerId } from '../knowledge/model/credentials/role-row.ts';
import type { CertificateFacts } from '../shared/certificates/certificate.ts';
import type { ClusterId, CredentialId } from '../shared/ids.ts';
import type { Source } from '../shared/source.ts';
import type { KeyMatch, Credential, ForeignReason } from './model/credential.ts';
import type { ImportProgress } from './model/import-progress.ts';
import type { Finding } from '../shared/finding.ts';
import type { Instant } from '../shared/instant.ts';
import type { LookedPlace } from './model/known-place.ts';
import type { FileTicket } from '../shared/ticket.ts';
import type { NameEvidence } from '../plan/model/cluster-name.ts';
import type { ClusterPlace } from '../plan/model/deployment.ts';
import type { Result } from '../shared/problem.ts';

const credentialRequest = z.strictObject({ clusterId, credentialId });
export type CredentialRequest = z.infer<typeof credentialRequest>;

/** Names a RenewRevocation object of a cluster. */
const liftRequest = z.strictObject({ clusterId, name, namespace: name, lifted: z.boolean() });
export type LiftRequest = z.infer<typeof liftRequest>;

/** Sets the name that commands use for a cluster. */
const renameRequest = z.strictObject({ clusterId, name });
export type RenameRequest = z.infer<typeof renameRequest>;

/** `into` takes everything from the other cluster, which is removed. */
const mergeRequest = z.strictObject({ clusterId, into: clusterId });
export type MergeRequest = z.infer<typeof mergeRequest>;

/** The new place of credentials: a cluster, a new cluster with this name, or no cluster. */
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

export const INVENTORY_METHODS = {
  /** Returns the inventory without its rows; `rows` fetches those by cluster. */
  overview: method().reads().answersText<InventoryOverview>(),
  /** Returns board rows of the named clusters in the requested order; omits removed clusters. */
  rows: method({ clusterIds: z.array(clusterId).max(MOST_CLUSTERS) })
    .reads()
    .answers<ClusterRows[]>(),
  details: method(credentialRequest).reads().answers<CredentialDetails>(),
  /**
   * Lists the usual places of a fleet's files on this computer, and whether something is there. Reads no file; a place
   * that cannot be checked does not hide the others.
   */
  places: method().reads().answers<PlaceView[]>(),
  /** Reads files, and folders recursively. One unreadable entry never hides the others. */
  importFiles: method({
    tickets: z.array(fileTicket).min(1).max(MOST_ITEMS),
    /** Opens locked parts of these files and is used once. */
    passphrase: passphrase.optional(),
  })
    .changes('inventory.imported', ({ tickets }) => ({ files: tickets.length }))
    .answersText<ImportReport>(),
  /** Ends running and waiting imports with `import.cancelled` and the number of clusters saved by then. */
  cancelImport: method().reads().answers<null>(),
  /** Removes one cluster with its history from the store; `restore` brings it back while the console runs. */
  forget: method({ clusterId })
    .changes('cluster.forgotten', ({ clusterId: subject }) => ({ subject }))
    .answers<{ clusterId: ClusterId; name: string }>(),
  restore: method({ clusterId })
    .changes('cluster.restored', ({ clusterId: subject }) => ({ subject }))
    .answers<ClusterRows>(),
  /**
   * Sets the name that commands use for a cluster. If two clusters share a name, only texts for people distinguish
   * them. `cluster.unknown`, `cluster.name-invalid`.
   */
  rename: method(renameRequest)
    .changes('cluster.renamed', ({ clusterId: subject, name: to }) => ({ subject, to }))
    .answers<ClusterRows>(),
  /** Merges two clusters of the same kind. `cluster.unknown`, `cluster.not-alike`. */
  merge: method(mergeRequest)
    .changes('cluster.merged', ({ clusterId, into: subject }) => ({ subject, from: clusterId }))
    .answers<ClusterRows>(),
  /**
   * Moves credentials to the cluster that they belong to. Later imports keep them and their successors there. Removes a
   * cluster that becomes empty. `cluster.unknown`, `credential.unknown`, `cluster.not-alike`, `cluster.name-invalid`,
   * `cluster.name-taken`.
   */
  move: method(moveRequest)
    .changes(moveAction, ({ clusterId: subject, credentialIds }) => ({ subject, count: credentialIds.length }))
    .answers<ClusterRows>(),
  /**
   * Marks a RenewRevocation object as no longer in force, or as in force again, until its file changes.
   * `cluster.unknown`, `revocation.unknown`.
   */
  liftRevocation: method(liftRequest)
    .changes(
      ({ lifted }) => (lifted ? 'revocation.lifted' : 'revocation.in-force'),
      ({ name: subject, namespace }) => ({ subject, namespace }),
    )
    .answers<ClusterRows>(),
};

export type InventoryApi = Calls<typeof INVENTORY_METHODS>;

export interface InventoryEvents {
  clusterChanged: ClusterRows;
  clusterForgotten: { clusterId: ClusterId };
  /** All findings of the store since it was opened. */
  storeFindings: { findings: Finding[] };
  importProgress: ImportProgress;
  /** The end of an import that the main process began (command line, drop on the icon). */
  importEnded: Result<ImportReport>;
}

export interface ClusterSummary extends ClusterPlace {
  /** Number of credentials. */
  count: number;
}

export interface InventoryOverview {
  clusters: ClusterSummary[];
  /** Findings from loading the store, such as a damaged file set aside or a previous copy used. */
  findings: Finding[];
  /** The foreign credentials; their name is not for display. Absent when there are none. */
  foreign?: ClusterSummary;
  /** When a file was last imported; absent in an empty store. */
  lastImportAt?: Instant;
}

/** For `unpackRows`. */
export interface ClusterRows extends PackedCluster, Pick<ClusterPlace, 'addresses' | 'cloudAgents'> {
  /** Not a cluster: credentials that are not part of the platform. */
  foreign?: true;
}

export interface PlaceView extends LookedPlace {
  /** For `importFiles`; absent if the place is empty. */
  ticket?: FileTicket;
}

/** An issuer in a chain. `signature` says whether its key signed the certificate below. */
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
  role: Pick<RoleFacts, 'id' | 'renewedBy' | 'renewal' | 'revocable' | 'revocation' | 'breaks' | 'remedies'>;
  /** The consequence for the whole MOC identity; absent if neither half has ended, or only one half is known. */
  identity?: Statement;
  /** Earlier credentials of the same holder, newest first. */
  history: { id: CredentialId; serialHex?: string; notBefore?: Instant; notAfter?: Instant; replacedAt: Instant }[];
  findings: Finding[];
}

export interface ImportedEntry {
  clusterId: ClusterId;
  cluster: string;
  /** Whether the entry belongs to a sample fleet. */
  sample?: true;
  credentialId: CredentialId;
  kind: Credential['kind'];
  role: RoleFacts['id'];
  name: string;
  source: { path: string; entry: string };
  notAfter?: Instant;
}

/** The result of an import. Every credential found is in exactly one of the lists, with the first place that has it. */
export interface ImportReport {
  startedAt: Instant;
  filesRead: number;
  added: ImportedEntry[];
  /** `replaced` is the credential that moved to the history. */
  renewed: (ImportedEntry & { replaced: CredentialId })[];
  unchanged: ImportedEntry[];
  /** Entries older than the inventory's credential, kept only as history. */
  superseded: ImportedEntry[];
  /** Unreadable entries with place and reason, and remarks about readable entries. */
  findings: Finding[];
  /** RenewRevocation objects, in file order, which are kept for their clusters. */
  revocations: ImportedRevocation[];
  /** Clusters with new entries and an uncertain name for commands, which an admin should confirm once. */
  questions: ClusterQuestion[];
  /** Files in which nothing was recognised. They have no findings, since folders contain many such files. */
  filesWithoutCredentials: string[];
  /** Files with locked parts that need a passphrase. Only the window gets a ticket, for `importFiles`. */
  locked: { path: string; ticket?: FileTicket }[];
}

/** A cluster whose name for commands an admin should confirm. */
export interface ClusterQuestion {
  clusterId: ClusterId;
  cluster: string;
  /** The evidence for the current name. */
  evidence: NameEvidence;
  /** The likeliest name; absent without evidence. */
  suggestion?: string;
}

/** A RenewRevocation object that an import found in a file. */
export interface ImportedRevocation {
  name: string;
  namespace: string;
  /** Number of readable entries. */
  entries: number;
  source: { path: string; entry: string };
  /** Absent when its cluster is unknown. */
  clusterId?: ClusterId;
  cluster?: string;
  sample?: true;
  /** Whether the admin has marked this version of the object as no longer in force. */
  lifted?: true;
}

/** One record of `arcwarden inspect --json`; the shape is documented in `docs/cli.md`. */
export interface InspectRecord {
  id: CredentialId;
  kind: Credential['kind'];
  layer: Credential['layer'];
  role: Credential['role'];
  cluster: string;
  /** Whether it belongs to a sample fleet. */
  sample: boolean;
  /** The reason why it is outside the platform; `null` if it is not. */
  foreign: ForeignReason | null;
  name: string;
  source: { path: string; entry: string };
  notBefore: Instant | null;
  notAfter: Instant | null;
  assumed: boolean;
  endsWithIssuer: boolean;
  state: string;
  renewedBy: RenewerId;
  revocable: boolean | null;
  [more: string]: unknown;
}
