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
import type { RoleFacts, RenewerId } from '../knowledge/model/credentials/credentials.ts';
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
import type { NamedCluster } from '../plan/model/command-name.ts';
import type { Result } from '../shared/problem.ts';

const credentialRequest = z.strictObject({ clusterId, credentialId });
export type CredentialRequest = z.infer<typeof credentialRequest>;

/** Which RenewRevocation object of which cluster. */
const liftRequest = z.strictObject({ clusterId, name, namespace: name, lifted: z.boolean() });
export type LiftRequest = z.infer<typeof liftRequest>;

/** How a cluster is called in commands. */
const renameRequest = z.strictObject({ clusterId, name });
export type RenameRequest = z.infer<typeof renameRequest>;

/** `into` takes everything of the other, which is gone afterwards. */
const mergeRequest = z.strictObject({ clusterId, into: clusterId });
export type MergeRequest = z.infer<typeof mergeRequest>;

/** Where credentials belong: to a cluster, to a new one of this name, or to none. */
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
  /** What there is, without the rows: fetch those by cluster with `rows`. */
  overview: method().reads().answersText<InventoryOverview>(),
  /** Board rows of the named clusters, in the order asked; a cluster that is gone is left out. */
  rows: method({ clusterIds: z.array(clusterId).max(MOST_CLUSTERS) })
    .reads()
    .answers<ClusterRows[]>(),
  details: method(credentialRequest).reads().answers<CredentialDetails>(),
  /**
   * Where the files of a fleet usually lie on this computer, and whether something is there. Nothing is read; a place that
   * cannot be looked at hides none of the others.
   */
  places: method().reads().answers<PlaceView[]>(),
  /** Reads files, and folders recursively. One unreadable entry never hides the others. */
  importFiles: method({
    tickets: z.array(fileTicket).min(1).max(MOST_ITEMS),
    /** Of what is closed in these files; used once. */
    passphrase: passphrase.optional(),
  })
    .changes('inventory.imported', ({ tickets }) => ({ files: tickets.length }))
    .answers<ImportReport>(),
  /** Ends imports that are under way or wait for their turn: `import.cancelled`, with what had been saved by then. */
  cancelImport: method().reads().answers<null>(),
  /** Removes one cluster with its history from the store; `restore` brings it back while the console runs. */
  forget: method({ clusterId })
    .changes('cluster.forgotten', ({ clusterId: subject }) => ({ subject }))
    .answers<{ clusterId: ClusterId; name: string }>(),
  restore: method({ clusterId })
    .changes('cluster.restored', ({ clusterId: subject }) => ({ subject }))
    .answers<ClusterRows>(),
  /**
   * Says what commands call a cluster: a name that another one has as well is told apart from it for people only.
   * `cluster.unknown`, `cluster.name-invalid`.
   */
  rename: method(renameRequest)
    .changes('cluster.renamed', ({ clusterId: subject, name: to }) => ({ subject, to }))
    .answers<ClusterRows>(),
  /** Makes two clusters of one kind one. `cluster.unknown`, `cluster.not-alike`. */
  merge: method(mergeRequest)
    .changes('cluster.merged', ({ clusterId, into: subject }) => ({ subject, from: clusterId }))
    .answers<ClusterRows>(),
  /**
   * Puts credentials where they belong; later imports keep to it, of what replaces them as well. A cluster that has nothing left
   * is gone. `cluster.unknown`, `credential.unknown`, `cluster.not-alike`, `cluster.name-invalid`, `cluster.name-taken`.
   */
  move: method(moveRequest)
    .changes(moveAction, ({ clusterId: subject, credentialIds }) => ({ subject, count: credentialIds.length }))
    .answers<ClusterRows>(),
  /**
   * Says of a RenewRevocation object that was read that it is in force no longer, or that it is again. Counts as long as its
   * file says the same. `cluster.unknown`, `revocation.unknown`.
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
  /** What the store has found wrong since it was opened, all of it. */
  storeFindings: { findings: Finding[] };
  importProgress: ImportProgress;
  /** An import that main started by itself (command line, drop on the icon) has ended. */
  importEnded: Result<ImportReport>;
}

export interface ClusterSummary extends NamedCluster {
  id: ClusterId;
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
  /** What is not part of the platform; its name is not for people. Absent when there is nothing of that kind. */
  foreign?: ClusterSummary;
  /** When a file was last imported; absent in an empty store. */
  lastImportAt?: Instant;
}

/** For `unpackRows`. */
export interface ClusterRows extends PackedCluster {
  /** No cluster: what is not part of the platform. */
  foreign?: true;
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
  /** What follows for the MOC identity as a whole; absent where nothing of it has ended, or only one half is known. */
  identity?: Statement;
  /** Earlier credentials of the same holder, newest first. */
  history: { id: CredentialId; serialHex?: string; notBefore?: Instant; notAfter?: Instant; replacedAt: Instant }[];
  findings: Finding[];
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
  /** Clusters that it added to, of which the name for commands is not certain: to be settled once. */
  questions: ClusterQuestion[];
  /** Files in which nothing was recognised; no finding each, since folders hold many of them. */
  filesWithoutCredentials: string[];
  /** Files of which something is closed for want of its passphrase. With a ticket, for `importFiles`, in the window only. */
  locked: { path: string; ticket?: FileTicket }[];
}

/** A cluster whose name for commands an admin should say. */
export interface ClusterQuestion {
  clusterId: ClusterId;
  cluster: string;
  /** What the name rests on now. */
  evidence: NameEvidence;
  /** The likeliest name; absent where nothing suggests one. */
  suggestion?: string;
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

/** One record of `arcwarden inspect --json`; the shape is documented in `docs/cli.md`. */
export interface InspectRecord {
  id: CredentialId;
  kind: Credential['kind'];
  layer: Credential['layer'];
  role: Credential['role'];
  cluster: string;
  /** Of a sample fleet. */
  sample: boolean;
  /** Why it is not part of the platform; `null` for what is. */
  foreign: ForeignReason | null;
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
