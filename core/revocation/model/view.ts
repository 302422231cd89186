import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { Citation, Statement } from '../../shared/citation.ts';
import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import type { Plan } from '../../plan/model/plan.ts';
import type { Place } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';
import type { ConsequenceId, DraftEntry, RevocationDraft } from '../../shared/renew-revocation/draft.ts';
import type { ExemptReason } from '../../inventory/model/exempt-reason.ts';
import type { DraftFix, LintFinding } from './rule.ts';
import type { RevocationEntry } from '../../shared/renew-revocation/entry.ts';
import type { SerialForm } from './serial.ts';

/*
 * Views of revocations for screens. A document is one text with one or more objects; the text is authoritative, and
 * every view (the form, the editor) is derived from it and changes it.
 */

export type RevocationDocumentId = string & { readonly brand: 'RevocationDocumentId' };

/** The goals that an admin may have. */
export const REVOCATION_GOALS = ['lost-kubeconfig', 'node', 'group', 'serial'] as const;
export type RevocationGoal = (typeof REVOCATION_GOALS)[number];

/** Steps of the wizard, in order. */
export const REVOCATION_STEPS = ['goal', 'choose', 'entries', 'impact', 'recovery', 'save'] as const;
export type RevocationStep = (typeof REVOCATION_STEPS)[number];

/** Identifies an object that an import read; `clusterId` is absent if the cluster is unknown. */
export interface ReadRevocationName {
  clusterId?: ClusterId;
  name: string;
  namespace: string;
}

/** An object that an import read from a file; no file can tell whether it is in the cluster. */
export interface ReadRevocation extends ReadRevocationName {
  cluster?: string;
  /** Belongs to a sample fleet. */
  sample?: true;
  entries: number;
  /** Number of errors, or of consequences to confirm before it is applied. */
  errors: number;
  path: string;
  readAt: Instant;
  /** The admin stated that it is no longer in force. */
  lifted?: true;
}

/** A change to the text, made by a fix or by the form. */
export type DraftChange =
  | DraftFix
  /** At the end of the object. */
  | { kind: 'append'; entries: readonly DraftEntry[] }
  /** Adds an object: as the whole text if that is empty, otherwise as another document. */
  | { kind: 'begin'; draft: RevocationDraft };

/** A finding at its place in a text. Text: `finding.<rule>` and `finding.<rule>.remedy` with `params`. */
export interface JudgedFinding extends LintFinding {
  place: Place;
  /** Absent if the finding is about the whole text. */
  objectIndex?: number;
}

/** Numbers of certificates of one kind of holder. */
export interface Share {
  matched: number;
  /** All known certificates that can be revoked. */
  known: number;
}

/** Holders: control planes, workers, people. */
export const IMPACT_GROUPS = ['controlPlane', 'workers', 'admins', 'others'] as const;
export type ImpactGroup = (typeof IMPACT_GROUPS)[number];

/** Effects of one or more objects on the certificates of one cluster. */
export interface ClusterImpact {
  clusterId: ClusterId;
  cluster: string;
  /** `total` covers everything; each certificate is in at most one group, and `inUse` is counted in addition. */
  shares: Record<'total' | ImpactGroup | 'inUse', Share>;
  byRole: readonly (Share & { role: RoleId })[];
}

/** Something that an admin has to confirm before an object is written. Text: `revocation.consequence.<id>`. */
export interface Consequence {
  id: ConsequenceId;
  /** The phrase to type for it, as a part of `Guard.phrase`. */
  phrase: string;
  /**
   * Names of the clusters where the consequence was found, or where convention implies it because no API server is
   * known; the management cluster first. Empty if no cluster is known, or if no known certificate is matched.
   */
  clusters: readonly string[];
  /** Whether the first of them is the management cluster. */
  isManagement?: true;
  citations: readonly [Citation, ...Citation[]];
}

export interface Guard {
  /** In a fixed order; empty when nothing has to be confirmed. */
  consequences: readonly Consequence[];
  /** The phrase to type, the same in every language; absent when nothing has to be confirmed. */
  phrase?: string;
}

/** The worst losses first. Without its control plane, a cluster has no API servers either. */
const WORST = ['all-api-servers', 'etcd', 'all-kubelets', 'last-admin', 'system-masters'] as const;

/** Returns the worst consequence in a known cluster; the loss of the management cluster comes before any other. */
export function findWorst({ consequences }: Guard) {
  const found = WORST.flatMap((id) =>
    consequences.flatMap((one) => (one.id === id && hasKnownPlace(one) ? [{ ...one, id }] : [])),
  );
  const isWorse = ({ id, isManagement }: Consequence): boolean =>
    (id === 'all-api-servers' || id === 'etcd') && isManagement === true;
  return found.find(isWorse) ?? found[0];
}

/**
 * Whether the affected clusters are known; API servers have the same names everywhere, so losing all of them needs no
 * known cluster.
 */
function hasKnownPlace({ id, clusters }: Consequence): boolean {
  return clusters.length > 0 || id === 'all-api-servers';
}

/** Whether the typed text is the phrase, ignoring surrounding and repeated spaces. */
export function isUnderstood({ phrase }: Guard, typed: string | undefined): boolean {
  return phrase === undefined || typed?.trim().replaceAll(/\s+/gu, ' ') === phrase;
}

/** One object of a text, as the form shows it. */
export interface ObjectView {
  draft: RevocationDraft;
  /** Whether it revokes something and has no error that nobody can accept. */
  isSound: boolean;
  entries: readonly JudgedEntry[];
}

export interface JudgedEntry {
  /** Line of the entry in the text, 1-based. */
  line: number;
  /** The parsed entry; absent if it is malformed. */
  entry?: RevocationEntry;
  /** Number of matched certificates in the inventory; 0 without `entry`. */
  matched: number;
  possible: number;
  exempt: number;
}

/** Everything shown about a text while it is being written. */
export interface RevocationJudgement {
  /** In text order. */
  objects: readonly ObjectView[];
  /** In text order. */
  findings: readonly JudgedFinding[];
  impact: RevocationImpact;
  guard: Guard;
  /** The recovery plan of the manifest, for its present or future file. */
  plan: Plan;
  /** The whole undo manifest, which the plan names. */
  undo: string;
  /** Whether it may be written once its consequences are confirmed: there is an object, and all are valid. */
  isSound: boolean;
}

/** Combined effects of all objects of a text. */
export interface RevocationImpact {
  /** Matched certificates, each once. */
  matched: number;
  /** Matched certificates that are still valid. */
  stillValid: number;
  /** Known certificates that can be revoked. */
  known: number;
  /** Clusters with known certificates, in inventory order. */
  clusters: readonly ClusterImpact[];
  /** Whether the admin's own credential is matched; absent if that credential is unknown. */
  revokesOwn?: boolean;
  /** The latest instant at which a matched certificate may still be accepted; absent when none is valid. */
  exposureUntil?: Instant;
  /** The known facts about enforcement, and an interim remedy. */
  exposure: readonly Statement[];
}

/** `matches` are revoked, `possible` may be revoked, and `exempt` cannot be revoked although an entry names them. */
export const MATCH_LISTS = ['matches', 'possible', 'exempt'] as const;
export type MatchList = (typeof MATCH_LISTS)[number];

/** Positions of an object in a text and of an entry in the object. */
export interface EntryPlace {
  objectIndex: number;
  entryIndex: number;
}

interface CertificateName {
  clusterId: ClusterId;
  id: CredentialId;
  cluster: string;
  name: string;
  role: RoleId;
}

export interface CertificateRow extends CertificateName {
  notBefore: Instant;
  notAfter: Instant;
  /** A newer certificate replaced it. */
  replaced?: true;
  /** The admin uses it. */
  inUse?: true;
}

/** A match, under the entry that names it. */
export interface MatchRow extends CertificateRow, EntryPlace {
  group: ImpactGroup;
  /** The matched part of the certificate: `group system:nodes`. Never translated. */
  why: string;
}

export interface MatchPage {
  /** Total over all pages. */
  total: number;
  rows: readonly MatchRow[];
}

/** A certificate in the inventory whose renewal would be refused. */
export interface FutureRow extends CertificateName {
  /** When its successor would be issued. */
  at: Instant;
  /** The entries that match the successor. */
  entries: readonly EntryPlace[];
}

/** Renewals of the next four days that would be refused. */
export interface RevocationFuture {
  /** Sorted by `at`; at most `MOST_FUTURE_ROWS`. */
  rows: readonly FutureRow[];
  total: number;
  /** Number of these renewals that each entry matches; entries without matches are omitted. */
  byEntry: readonly (EntryPlace & { count: number })[];
}
export const MOST_FUTURE_ROWS = 1_000;

// ---- Choosing ----

/** A certificate that can be chosen for a goal. */
export interface CandidateRow extends CertificateRow {
  serialHex: string;
  /** Why no entry can affect it. */
  exempt?: ExemptReason;
  sample?: true;
}

/** A machine of a cluster with its certificates. */
export interface CandidateNode {
  clusterId: ClusterId;
  cluster: string;
  /** From `system:node:<name>`. */
  name: string;
  controlPlane: boolean;
  /** Number of valid certificates that an entry can affect. */
  certificates: number;
  /** Its names and addresses in certificates of the cluster. */
  dns: readonly string[];
  ip: readonly string[];
  sample?: true;
}

/** A group of known certificates. */
export interface CandidateGroup {
  group: string;
  certificates: number;
  clusters: readonly string[];
}

export interface RevocationCandidates {
  /** Number of matching rows over all pages. */
  total: number;
  /** Certificates of people for `lost-kubeconfig`, all revocable certificates for `serial`; otherwise empty. */
  certificates: readonly CandidateRow[];
  /** For `node`. */
  nodes: readonly CandidateNode[];
  /** For `group`. */
  groups: readonly CandidateGroup[];
}

/** One line of pasted serial numbers. */
export interface SerialLine {
  /** The pasted line. */
  text: string;
  /** Every possible reading; empty for text that is not a serial number. */
  readings: readonly { form: SerialForm; serialHex: string; certificates: readonly CandidateRow[] }[];
  /** Index of the reading to use; absent when somebody has to decide, or there is none. */
  resolved?: number;
}

/** Suggested entries for a goal, with remarks about them. */
export interface ProposedRevocation {
  draft: RevocationDraft;
  notes: readonly Statement[];
}

// ---- Dry run ----

/** Assumptions that the copy makes about unread facts; text: `revocation.assumption.<id>`. */
export const COPY_ASSUMPTIONS = [
  'cloud-agent',
  'management-cluster',
  'control-plane',
  'kubeconfig',
  'always-on',
] as const;
export type CopyAssumption = (typeof COPY_ASSUMPTIONS)[number];

/** A certificate and its event. Assumed and intermediate certificates have no id. */
export interface DryRunEvent {
  id: CredentialId | null;
  profile: string;
  name: string;
  /** Why it was refused: a reason given by the simulation. */
  reason?: string;
  /** The object that refused it, and the position of the responsible entry. */
  object?: string;
  entry?: number;
}

/** Events in one hour, or at the instant of applying or repairing. */
export interface DryRunHour {
  /** End of the hour. */
  at: Instant;
  step: 'apply' | 'repair' | 'hour';
  renewed: DryRunEvent[];
  refused: DryRunEvent[];
  expired: DryRunEvent[];
  /** Whether any API server answers at the end of the hour. */
  apiServer: boolean;
}

export interface DryRun {
  clusterId: ClusterId;
  from: Instant;
  until: Instant;
  /** Certificates in the inventory that are revoked as soon as the object exists. */
  revoked: CredentialId[];
  /** Why it could not be applied: a reason given by the simulation. */
  applyFailure?: string;
  /** Absent if no repair was requested, or nothing was applied. */
  repair?: DryRunRepair;
  /** The first hour, the repair, and every hour with events or changes. */
  hours: DryRunHour[];
  /** Whether any API server answers at the end. */
  apiServer: boolean;
  assumed: readonly CopyAssumption[];
}

export interface DryRunRepair {
  at: Instant;
  command: 'Update-AksHciCertificates' | 'Update-AksHciClusterCertificates';
  /** Why the repair did nothing: a reason given by the simulation. */
  failure?: string;
  /** The known output of the cmdlet in that case. */
  text?: string;
  issued: number;
  /** New certificates that are revoked from their first second. */
  stillRevoked: DryRunEvent[];
  /** Whether the repair succeeded, none of its certificates is revoked, and no renewal is refused until the end. */
  holds: boolean;
}

/** Default and longest duration of a dry run, in hours. */
export const DRY_RUN_HOURS = { usual: 120, most: 2_400 };
