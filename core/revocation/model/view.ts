import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { Citation, Statement } from '../../shared/citation.ts';
import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import type { Plan } from '../../plan/model/plan.ts';
import type { Severity } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';
import type {
  ConsequenceId,
  DraftEntry,
  EntryField,
  ObjectField,
  RevocationDraft,
} from '../../shared/renew-revocation/draft.ts';
import type { ExemptReason } from './inventory-index.ts';
import type { DraftFix } from './rule.ts';
import type { RevocationEntry } from '../../shared/renew-revocation/entry.ts';
import type { SerialForm } from './serial.ts';

/*
 * What screens are shown of revocations. A document is one text, with one or more objects in it; the text is what counts, and
 * every view of it (the form, the editor) is read from it and changes it.
 */

export type RevocationDocumentId = string & { readonly brand: 'RevocationDocumentId' };

/** What somebody came for. */
export const REVOCATION_GOALS = ['lost-kubeconfig', 'node', 'group', 'serial'] as const;
export type RevocationGoal = (typeof REVOCATION_GOALS)[number];

/** Steps of the wizard, in their order. */
export const REVOCATION_STEPS = ['goal', 'choose', 'entries', 'impact', 'recovery', 'save'] as const;
export type RevocationStep = (typeof REVOCATION_STEPS)[number];

/** What is kept of a document on disk, so that nothing is lost when the console ends in any way. */
export interface RevocationDocument {
  id: RevocationDocumentId;
  text: string;
  /** Which of the objects in the text the form shows; from 0. */
  objectIndex: number;
  step: RevocationStep;
  /** Absent in a document that began as a file or a pasted text. */
  goal?: RevocationGoal;
  /** Path of the kubeconfig that the commands name; absent: whatever kubectl takes by itself. */
  kubeconfig?: string;
  createdAt: Instant;
  changedAt: Instant;
  /** Absent until it is opened from a file or saved to one. */
  file?: RevocationFileFacts;
}

export interface RevocationFileFacts {
  /** Without its folder. */
  name: string;
  /** For display, and for the commands. */
  path: string;
  /** When it was last read or written. */
  at: Instant;
  /** Of what was read or written then, in lower-case hex. */
  sha256: string;
  /** Whether the text of the document differs from that. */
  edited: boolean;
  /** The file as it is now, compared with that. */
  onDisk: 'same' | 'changed' | 'gone' | 'unreadable';
  /** Of the file as it is now, where it is `changed` and small enough to be read. */
  diskSha256?: string;
}

/** Which object an import read, in which cluster; without one where that is not known. */
export interface ReadRevocationName {
  clusterId?: ClusterId;
  name: string;
  namespace: string;
}

/** An object that an import read from a file; whether it is in the cluster no file can tell. */
export interface ReadRevocation extends ReadRevocationName {
  cluster?: string;
  /** Of a sample fleet. */
  sample?: true;
  entries: number;
  /** What is wrong with it, or has to be confirmed before somebody applies it. */
  errors: number;
  path: string;
  readAt: Instant;
  /** The admin has said that it is in force no longer. */
  lifted?: true;
}

/** A document in a list. */
export interface RevocationSummary {
  id: RevocationDocumentId;
  /** Names of the objects in it. */
  names: string[];
  /** Entries of all objects. */
  entries: number;
  step: RevocationStep;
  goal?: RevocationGoal;
  changedAt: Instant;
  file?: RevocationFileFacts;
}

/** A change of a text: what a fix does, and what the form does beyond. */
export type DraftChange =
  | DraftFix
  /** At the end of the object. */
  | { kind: 'append'; entries: readonly DraftEntry[] }
  /** A new object: the whole of an empty text, else one document more. */
  | { kind: 'begin'; draft: RevocationDraft };

/** A finding in a text, with what mends it. Text: `finding.<rule>` and `finding.<rule>.remedy` with `params`. */
export interface JudgedFinding {
  rule: string;
  severity: Severity;
  /** 1-based; absent for what is about no place. */
  line?: number;
  column?: number;
  params?: Record<string, string | number>;
  citations: readonly [Citation, ...Citation[]];
  /** What has to be named before it is written. */
  consequence?: ConsequenceId;
  /** Which object and which entry of it; absent for what is about the text. */
  objectIndex?: number;
  entryIndex?: number;
  field?: EntryField | ObjectField;
  /** Each is one click. */
  fixes: readonly DraftFix[];
}

/** Certificates of one kind of holder, in numbers. */
export interface Share {
  matched: number;
  /** All that are known and can be revoked. */
  known: number;
}

/** Whose certificates: those of control planes, of workers, of people. */
export const IMPACT_GROUPS = ['controlPlane', 'workers', 'admins', 'others'] as const;
export type ImpactGroup = (typeof IMPACT_GROUPS)[number];

/** What an object does to the certificates of one cluster. */
export interface ClusterImpact {
  clusterId: ClusterId;
  cluster: string;
  /** `total` is everything; a certificate is in one of the others at most, but `inUse`, which is told beside them. */
  shares: Record<'total' | ImpactGroup | 'inUse', Share>;
  byRole: readonly (Share & { role: RoleId })[];
}

/** Something an admin has to name before an object is written. Text: `revocation.consequence.<id>`. */
export interface Consequence {
  id: ConsequenceId;
  /** What to type for it, as a part of `Guard.phrase`. */
  phrase: string;
  /** Names of the clusters in which it was seen; empty where what is known tells nothing and habit alone does. */
  clusters: readonly string[];
  citations: readonly [Citation, ...Citation[]];
}

export interface Guard {
  /** In one order; empty when nothing needs to be confirmed. */
  consequences: readonly Consequence[];
  /** What to type, in every language; absent when nothing needs to be confirmed. */
  phrase?: string;
}

/** Whether what was typed is the phrase; blanks at the ends and between words do not count. */
export function isUnderstood({ phrase }: Guard, typed: string | undefined): boolean {
  return phrase === undefined || typed?.trim().replaceAll(/\s+/gu, ' ') === phrase;
}

/** One object of a text, as the form shows it. */
export interface JudgedObject {
  draft: RevocationDraft;
  /** Whether it has no error that nobody can take upon himself, and something to revoke. */
  isSound: boolean;
  entries: readonly JudgedEntry[];
}

export interface JudgedEntry {
  /** Place of the entry in the text, 1-based. */
  line: number;
  /** What it says; absent where its form leaves nothing that could be told apart. */
  entry?: RevocationEntry;
  /** Certificates of the inventory, counted; all 0 without `entry`. */
  matched: number;
  possible: number;
  exempt: number;
}

/** All that is told of a text while it is being written. */
export interface RevocationJudgement {
  /** In the order of the text. */
  objects: readonly JudgedObject[];
  /** In the order of the text. */
  findings: readonly JudgedFinding[];
  impact: RevocationImpact;
  guard: Guard;
  /** What goes with the manifest, for the file that it has or would have. */
  plan: Plan;
  /** The undo manifest as a whole, which its way back names. */
  undo: string;
  /** Whether it may be written once its consequences are named: every object is sound, and there is one. */
  isSound: boolean;
}

/** What all objects of a text do together. */
export interface RevocationImpact {
  /** Certificates that are matched, each once. */
  matched: number;
  /** Of the matched, those that are still valid. */
  stillValid: number;
  /** Certificates that are known and can be revoked. */
  known: number;
  /** Clusters that anything is known of, in the order of the inventory. */
  clusters: readonly ClusterImpact[];
  /** Whether the credential that the admin works with is among the matched; absent when that credential is not known. */
  revokesOwn?: boolean;
  /** The latest moment at which a matched certificate may still be accepted; absent when none is valid. */
  exposureUntil?: Instant;
  /** What is known of the enforcement, and what helps until then. */
  exposure: readonly Statement[];
}

/** `matches` are revoked, `possible` perhaps, `exempt` are named and out of reach. */
export const MATCH_LISTS = ['matches', 'possible', 'exempt'] as const;
export type MatchList = (typeof MATCH_LISTS)[number];

/** A certificate in a list of matches. */
export interface MatchRow {
  clusterId: ClusterId;
  id: CredentialId;
  cluster: string;
  name: string;
  role: RoleId;
  group: ImpactGroup;
  /** What of the certificate an entry names: `group system:nodes`. Never translated. */
  why: string;
  /** Position of the object and of the entry that names it. */
  objectIndex: number;
  entryIndex: number;
  notBefore: Instant;
  notAfter: Instant;
  /** A newer one took its place. */
  replaced?: true;
  /** The admin works with it. */
  inUse?: true;
}

export interface MatchPage {
  /** All that there are, over all pages. */
  total: number;
  rows: readonly MatchRow[];
}

/** A certificate yet to be issued that would be refused. */
export interface FutureRow {
  clusterId: ClusterId;
  /** The certificate of the inventory that it would replace. */
  id: CredentialId;
  cluster: string;
  name: string;
  role: RoleId;
  /** When it would be issued. */
  at: Instant;
  /** Positions of the entries that match it. */
  entries: readonly { objectIndex: number; entryIndex: number }[];
}

/** What renewals of the next four days would run into. */
export interface RevocationFuture {
  /** By `at`; at most `MOST_FUTURE_ROWS`. */
  rows: readonly FutureRow[];
  total: number;
  /** How many of all each entry matches; entries that match none are left out. */
  byEntry: readonly { objectIndex: number; entryIndex: number; count: number }[];
}
export const MOST_FUTURE_ROWS = 1_000;

// ---- Choosing ----------------------------------------------------------------------------------------------------------

/** A certificate that can be chosen for a goal. */
export interface CandidateRow {
  clusterId: ClusterId;
  id: CredentialId;
  cluster: string;
  name: string;
  role: RoleId;
  serialHex: string;
  notBefore: Instant;
  notAfter: Instant;
  replaced?: true;
  inUse?: true;
  /** Why no entry reaches it. */
  exempt?: ExemptReason;
  sample?: true;
}

/** A machine of a cluster with its certificates. */
export interface CandidateNode {
  clusterId: ClusterId;
  cluster: string;
  /** As in `system:node:<name>`. */
  name: string;
  controlPlane: boolean;
  /** Certificates that an entry reaches, valid now. */
  certificates: number;
  /** Names and addresses of it in certificates of the cluster. */
  dns: readonly string[];
  ip: readonly string[];
  sample?: true;
}

/** A group that known certificates are in. */
export interface CandidateGroup {
  group: string;
  certificates: number;
  clusters: readonly string[];
}

export interface RevocationCandidates {
  /** Those that fit, over all pages. */
  total: number;
  /** Certificates of people for `lost-kubeconfig`, every revocable one for `serial`; else empty. */
  certificates: readonly CandidateRow[];
  /** Of `node`. */
  nodes: readonly CandidateNode[];
  /** Of `group`. */
  groups: readonly CandidateGroup[];
}

/** One line of pasted serial numbers. */
export interface SerialLine {
  /** As pasted. */
  text: string;
  /** Every reading that it allows; empty for what is no serial number. */
  readings: readonly { form: SerialForm; serialHex: string; certificates: readonly CandidateRow[] }[];
  /** Position of the reading to take; absent when somebody has to say, or there is none. */
  resolved?: number;
}

/** What was chosen for a goal. */
export type RevocationChoice =
  | { goal: 'lost-kubeconfig'; certificates: readonly CredentialId[] }
  | {
      goal: 'node';
      nodes: readonly { clusterId: ClusterId; name: string }[];
      /** Also entries for the names and addresses of the machines, up to now: they reach what is not in the inventory. */
      withNames: boolean;
    }
  | { goal: 'group'; groups: readonly string[] }
  | { goal: 'serial'; serials: readonly string[]; certificates: readonly CredentialId[] };

/** Entries that serve a goal, and what is to be known of them. */
export interface ProposedRevocation {
  draft: RevocationDraft;
  notes: readonly Statement[];
}

// ---- DryRun ---------------------------------------------------------------------------------------------------------

/** What nobody read and the copy needs; text: `revocation.assumption.<id>`. */
export const COPY_ASSUMPTIONS = [
  'cloud-agent',
  'management-cluster',
  'control-plane',
  'kubeconfig',
  'always-on',
] as const;
export type CopyAssumption = (typeof COPY_ASSUMPTIONS)[number];

/** A certificate that something happened to. Of what was assumed or made on the way there is no id. */
export interface DryRunEvent {
  id: CredentialId | null;
  profile: string;
  name: string;
  /** Why it was refused: a word of the simulation. */
  reason?: string;
  /** The object that refused it, and the position of the entry in it. */
  object?: string;
  entry?: number;
}

/** What happened in one hour, or at the moment of applying and of repairing. */
export interface DryRunHour {
  /** Its end. */
  at: Instant;
  step: 'apply' | 'repair' | 'hour';
  renewed: DryRunEvent[];
  refused: DryRunEvent[];
  expired: DryRunEvent[];
  /** Whether some API server answers at its end. */
  apiServer: boolean;
}

export interface DryRun {
  clusterId: ClusterId;
  from: Instant;
  until: Instant;
  /** Certificates of the inventory that are revoked as soon as the object is there. */
  revoked: CredentialId[];
  /** Why it could not be applied: a word of the simulation. */
  applyFailure?: string;
  /** Absent when nobody was to repair, or nothing was applied. */
  repair?: DryRunRepair;
  /** The first, the repair, and every hour in which something happened or changed. */
  hours: DryRunHour[];
  /** At the end. */
  apiServer: boolean;
  assumed: readonly CopyAssumption[];
}

export interface DryRunRepair {
  at: Instant;
  command: 'Update-AksHciCertificates' | 'Update-AksHciClusterCertificates';
  /** Why it did nothing: a word of the simulation. */
  failure?: string;
  /** What the cmdlet is known to print then. */
  text?: string;
  issued: number;
  /** New certificates that are revoked from their first second. */
  stillRevoked: DryRunEvent[];
  /** It went through, what it made is not revoked, and up to the end no renewal is refused. */
  holds: boolean;
}

/** Longest dry run, and how long it is followed unless somebody says otherwise. */
export const DRY_RUN_HOURS = { usual: 120, most: 2_400 };
