import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { Citation, Statement } from '../../shared/citation.ts';
import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import type { Plan } from '../../plan/model/plan.ts';
import type { Place } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';
import type { ConsequenceId, DraftEntry, RevocationDraft } from '../../shared/renew-revocation/draft.ts';
import type { ExemptReason } from '../../inventory/model/exempt-reason.ts';
import type { CertificateName } from './inventory-index.ts';
import type { DraftFix, LintFinding } from './rule.ts';
import type { RevocationEntry } from '../../shared/renew-revocation/entry.ts';
import type { SerialForm } from './serial.ts';

/*
 * Revocations as screens show them. A document is one text with one or more objects. The text is authoritative: form
 * and editor display the text and edit it.
 */

export type RevocationDocumentId = string & { readonly brand: 'RevocationDocumentId' };

export const REVOCATION_GOALS = ['lost-kubeconfig', 'node', 'group', 'serial'] as const;
export type RevocationGoal = (typeof REVOCATION_GOALS)[number];

export const REVOCATION_STEPS = ['goal', 'choose', 'entries', 'impact', 'save', 'recovery'] as const;
export type RevocationStep = (typeof REVOCATION_STEPS)[number];

/** `clusterId` is absent if the cluster is unknown. */
export interface ReadRevocationName {
  clusterId?: ClusterId;
  name: string;
  namespace: string;
}

/** An imported object. Whether it is in the cluster is unknown. */
export interface ReadRevocation extends ReadRevocationName {
  cluster?: string;
  sample?: true;
  entries: number;
  /** Number of errors, or of consequences to confirm before the object is applied. */
  errors: number;
  path: string;
  readAt: Instant;
  /** Marked as no longer in force. */
  lifted?: true;
}

export type DraftChange =
  | DraftFix
  | { kind: 'append'; entries: readonly DraftEntry[] }
  /** Adds an object: replaces an empty text, or appends a YAML document. */
  | { kind: 'begin'; draft: RevocationDraft };

/** A finding with its place in the text. Text: `finding.<rule>` and `finding.<rule>.remedy` with `params`. */
export interface JudgedFinding extends LintFinding {
  place: Place;
  /** Absent for a finding about the whole text. */
  objectIndex?: number;
}

export interface Share {
  matched: number;
  known: number;
}

export const IMPACT_GROUPS = ['controlPlane', 'workers', 'admins', 'others'] as const;
export type ImpactGroup = (typeof IMPACT_GROUPS)[number];

export interface ClusterImpact {
  clusterId: ClusterId;
  cluster: string;
  /** Each certificate is counted in `total`, in at most one group, and possibly in `inUse`. */
  shares: Record<'total' | ImpactGroup | 'inUse', Share>;
  byRole: readonly (Share & { role: RoleId })[];
}

/** Consequence to confirm before an object is written. Text: `revocation.consequence.<id>`. */
export interface Consequence {
  id: ConsequenceId;
  /** The part of `Guard.phrase` for this consequence. */
  phrase: string;
  /**
   * Names of the affected clusters, management cluster first; inferred from the conventions of kubeadm if no API server
   * is known. Empty if no cluster is known or no certificate is matched.
   */
  clusters: readonly string[];
  /** Whether the first cluster is the management cluster. */
  isManagement?: true;
  citations: readonly [Citation, ...Citation[]];
}

export interface Guard {
  /** In a fixed order; empty if nothing has to be confirmed. */
  consequences: readonly Consequence[];
  /** Phrase to type, equal in every language; absent if no confirmation is needed. */
  phrase?: string;
}

/** Worst first. `control-plane` is omitted, because it implies `all-api-servers`. */
const WORST = ['all-api-servers', 'etcd', 'all-kubelets', 'last-admin', 'system-masters'] as const;

/** Returns the worst consequence in a known cluster. The loss of the management cluster comes before all others. */
export function findWorst({ consequences }: Guard) {
  const found = WORST.flatMap((id) =>
    consequences.flatMap((one) => (one.id === id && hasKnownPlace(one) ? [{ ...one, id }] : [])),
  );
  const isWorse = ({ id, isManagement }: Consequence): boolean =>
    (id === 'all-api-servers' || id === 'etcd') && isManagement === true;
  return found.find(isWorse) ?? found[0];
}

/**
 * Returns whether the affected clusters are known. Losing all API servers needs no known cluster, because their names
 * are the same everywhere.
 */
function hasKnownPlace({ id, clusters }: Consequence): boolean {
  return clusters.length > 0 || id === 'all-api-servers';
}

/** Returns whether the typed text is the phrase; extra spaces are ignored. */
export function isUnderstood({ phrase }: Guard, typed: string | undefined): boolean {
  return phrase === undefined || typed?.trim().replaceAll(/\s+/gu, ' ') === phrase;
}

export interface ObjectView {
  draft: RevocationDraft;
  isSound: boolean;
  entries: readonly JudgedEntry[];
}

export interface JudgedEntry {
  /** 1-based line in the text. */
  line: number;
  /** Absent if the entry is malformed. */
  entry?: RevocationEntry;
  /** Number of matched certificates in the inventory; 0 without `entry`. */
  matched: number;
  possible: number;
  exempt: number;
}

export interface RevocationJudgement {
  objects: readonly ObjectView[];
  findings: readonly JudgedFinding[];
  impact: RevocationImpact;
  guard: Guard;
  /** Plan for the manifest's file, which may not exist yet. */
  plan: Plan;
  undo: string;
  /** Whether the text may be written after confirmation: it has objects, and all of them are valid. */
  isSound: boolean;
}

export interface RevocationImpact {
  /** Number of certificates, without duplicates. */
  matched: number;
  stillValid: number;
  known: number;
  /** Clusters with known certificates, in inventory order. */
  clusters: readonly ClusterImpact[];
  /** Whether the admin's own credential is matched; absent if it is unknown. */
  revokesOwn?: boolean;
  /** The latest expiry of a matched certificate; absent if all have expired. */
  exposureUntil?: Instant;
  exposure: readonly Statement[];
}

/** `matches` are revoked, `possible` may be revoked, and `exempt` cannot be revoked although an entry names them. */
export const MATCH_LISTS = ['matches', 'possible', 'exempt'] as const;
export type MatchList = (typeof MATCH_LISTS)[number];

export interface EntryPlace {
  objectIndex: number;
  entryIndex: number;
}

export interface CertificateRow extends CertificateName {
  notBefore: Instant;
  notAfter: Instant;
  replaced?: true;
  inUse?: true;
}

export interface MatchRow extends CertificateRow, EntryPlace {
  group: ImpactGroup;
  /** The matched part of the certificate: `group system:nodes`. Never translated. */
  why: string;
}

export interface MatchPage {
  total: number;
  rows: readonly MatchRow[];
}

export interface FutureRow extends CertificateName {
  /** Time at which the successor would be issued. */
  at: Instant;
  entries: readonly EntryPlace[];
}

/** Refused renewals of the next four days. */
export interface RevocationFuture {
  /** Sorted by `at`; at most `MOST_FUTURE_ROWS`. */
  rows: readonly FutureRow[];
  total: number;
  /** Number of refused renewals per entry, without entries that have none. */
  byEntry: readonly (EntryPlace & { count: number })[];
}
export const MOST_FUTURE_ROWS = 1_000;

export interface CandidateRow extends CertificateRow {
  serialHex: string;
  /** The first file that contains the certificate. */
  path?: string;
  /** The machine of the certificate or, in a shared store, the computer that read it; absent if neither is known. */
  machine?: string;
  exempt?: ExemptReason;
  sample?: true;
}

export interface CandidateNode {
  clusterId: ClusterId;
  cluster: string;
  /** From `system:node:<name>`. */
  name: string;
  controlPlane: boolean;
  /** Number of valid certificates that an entry can affect. */
  certificates: number;
  /** Number of expired certificates that nothing has replaced. */
  expired: number;
  /** Names and addresses that only this machine's certificates contain. */
  dns: readonly string[];
  ip: readonly string[];
  sample?: true;
}

export interface CandidateGroup {
  group: string;
  certificates: number;
  clusters: readonly string[];
}

export interface RevocationCandidates {
  total: number;
  /** Number of expired certificates of people that `lost-kubeconfig` leaves out; otherwise 0. */
  leftOut: number;
  /** People's certificates for `lost-kubeconfig`, all revocable certificates for `serial`, otherwise empty. */
  certificates: readonly CandidateRow[];
  nodes: readonly CandidateNode[];
  groups: readonly CandidateGroup[];
}

/** A certificate that an authority has revoked; `cluster` is the name of the authority. */
export type RevokedSerial = Pick<CandidateRow, 'serialHex' | 'name' | 'cluster' | 'exempt'>;

export interface SerialLine {
  text: string;
  /** Every possible reading; empty if the text is not a serial number. */
  readings: readonly { form: SerialForm; serialHex: string; certificates: readonly CandidateRow[] }[];
  /** Index of the reading to use; absent if there is none or the admin has to decide. */
  resolved?: number;
}

export interface ProposedRevocation {
  draft: RevocationDraft;
  notes: readonly Statement[];
}

/** Text: `revocation.assumption.<id>`. */
export const COPY_ASSUMPTIONS = [
  'cloud-agent',
  'management-cluster',
  'control-plane',
  'kubeconfig',
  'always-on',
] as const;
export type CopyAssumption = (typeof COPY_ASSUMPTIONS)[number];

/** Assumed and intermediate certificates have no id. */
export interface DryRunEvent {
  id: CredentialId | null;
  profile: string;
  name: string;
  /** Reason from the simulation. */
  reason?: string;
  /** Object that refused the certificate; `entry` is the index of the responsible entry. */
  object?: string;
  entry?: number;
}

export interface DryRunHour {
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
  revoked: CredentialId[];
  /** Reason from the simulation. */
  applyFailure?: string;
  /** Absent if no repair was requested or no object was applied. */
  repair?: DryRunRepair;
  /** The hours in which the object is applied, the repair runs, events occur or `apiServer` changes. */
  hours: DryRunHour[];
  apiServer: boolean;
  assumed: readonly CopyAssumption[];
}

export interface DryRunRepair {
  at: Instant;
  command: 'Update-AksHciCertificates' | 'Update-AksHciClusterCertificates';
  /** Reason from the simulation if the repair did nothing. */
  failure?: string;
  /** Known output of the failed cmdlet. */
  text?: string;
  issued: number;
  stillRevoked: DryRunEvent[];
  /** Whether the repair succeeded, none of its certificates is revoked, and no later renewal is refused. */
  holds: boolean;
}

export const DRY_RUN_HOURS = { usual: 120, most: 2_400 };
