import { addTo } from '../../shared/lists.ts';
import type { SignState } from '../../knowledge/model/failure.ts';
import { assess } from '../../expiry/model/assess.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { LIFETIME_CLASSES, type LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import type { TriageId } from '../../knowledge/model/triage.ts';
import { listMembers, type Deployment } from '../../plan/model/deployment.ts';
import type { KnownAnswers } from './known-answers.ts';
import type { PastedTexts } from './pasted-texts.ts';
import type { ClusterId } from '../../shared/ids.ts';
import { nameFinder, type FindByName } from '../../plan/model/name-index.ts';
import type { Finding } from '../../shared/finding.ts';
import { refusalsAt } from '../../inventory/model/renewal-refusal.ts';

/**
 * A question that was not asked has no answer. `null` means that the user does not know; it overrides a known value.
 */
export interface Answers {
  offHours?: number | null;
  /** Days since the last `Update-AksHci`. */
  daysSinceUpdate?: number | null;
  /** The build that `Get-AksHciVersion` prints. */
  build?: string;
  /** Whether the admin is signed in as the Windows user who installed the product. */
  sameUser?: boolean;
  found?: Partial<Record<TriageId, 'works' | 'fails'>>;
}

type InventoryEvidence = Readonly<Partial<Record<SignState, ReadonlySet<RoleId>>>>;

export interface SymptomEvidence {
  /** Pasted texts or the contents of files. */
  texts: readonly string[];
  /** The same texts, already read, with the facts that concern the judged cluster. */
  pasted?: PastedTexts;
  inventory?: InventoryEvidence;
  /** When credentials of a role were last read, in milliseconds since 1970. */
  readMs?: ReadonlyMap<RoleId, number>;
  /** Required to interpret dates and times in the texts. */
  nowMs?: number;
  /** Whether an admin said that the texts are about this product, by choosing a cluster. */
  isOurs?: boolean;
  answers?: Answers;
  /** Known answers, used where `answers` has none. */
  known?: KnownAnswers;
}

const STALE_KUBECONFIG: readonly string[] = ['kubeconfig.other-ca', 'certificate.cluster-rebuilt'];

/**
 * Returns evidence from credentials at an instant. Credentials without a known end of validity give no evidence about
 * time. `findings`: the findings about the cluster.
 */
export function inventoryEvidence(
  rows: readonly BoardRow[],
  nowMs: number,
  { classes = LIFETIME_CLASSES, findings = [] }: { classes?: LifetimeClasses; findings?: readonly Finding[] } = {},
): InventoryEvidence {
  const roles: Record<SignState, Set<RoleId>> = {
    expired: new Set(),
    'not-yet-valid': new Set(),
    valid: new Set(),
    stalled: new Set(),
    refused: new Set(),
    'other-ca': new Set(findings.some(({ rule }) => STALE_KUBECONFIG.includes(rule)) ? ['admin-kubeconfig'] : []),
  };
  for (const { row, state } of assess(rows, { nowMs, classes })) {
    const { role, notAfterMs, refusals } = row;
    if (state === 'expired' || state === 'not-yet-valid' || state === 'stalled') roles[state].add(role);
    if (notAfterMs !== undefined) roles.valid.add(role);
    if (refusalsAt(refusals, nowMs).length > 0) roles.refused.add(role);
  }
  for (const role of [...roles.expired, ...roles['not-yet-valid']]) roles.valid.delete(role);
  return roles;
}

/** Returns when the credentials of each role were last read. */
export function findReadingTimes(rows: readonly BoardRow[]): ReadonlyMap<RoleId, number> {
  const times = new Map<RoleId, number>();
  for (const { role, confirmedMs = -Infinity } of rows)
    times.set(role, Math.max(times.get(role) ?? -Infinity, confirmedMs));
  return times;
}

const members = new WeakMap<Deployment, { findByName: FindByName; ids: ReadonlySet<ClusterId> }>();

function getMembers(deployment: Deployment) {
  let known = members.get(deployment);
  if (known === undefined) {
    const ids = new Set(listMembers(deployment).map(({ id }) => id));
    known = { findByName: nameFinder(deployment.clusters), ids };
    members.set(deployment, known);
  }
  return known;
}

/** Indexes of a cloud agent's rows by the cluster that they name; `forAll` has those that name none. */
interface HostRows {
  named: ReadonlyMap<ClusterId, readonly number[]>;
  forAll: readonly number[];
}

/** Returns a function that lists the rows of a cluster and its cloud agent, except rows that name another cluster. */
export function groupRows(
  rows: readonly BoardRow[],
  deployments: readonly Deployment[],
): (cluster: ClusterId) => BoardRow[] {
  const own = new Map<ClusterId, number[]>();
  for (const [at, { clusterId }] of rows.entries()) addTo(own, clusterId, at);
  const ofHosts = new Map<Deployment, HostRows>();
  return (cluster) => {
    const deployment = deployments.find((each) => getMembers(each).ids.has(cluster));
    const agent = deployment?.cloudAgent?.id;
    const places = own.get(cluster) ?? [];
    if (deployment === undefined || agent === undefined || agent === cluster) return places.map((at) => rows[at]!);
    const hosts =
      ofHosts.get(deployment) ?? splitHostRows(rows, own.get(agent) ?? [], getMembers(deployment).findByName);
    ofHosts.set(deployment, hosts);
    return [...places, ...hosts.forAll, ...(hosts.named.get(cluster) ?? [])]
      .sort((one, other) => one - other)
      .map((at) => rows[at]!);
  };
}

function splitHostRows(rows: readonly BoardRow[], places: readonly number[], findByName: FindByName): HostRows {
  const named = new Map<ClusterId, number[]>();
  const forAll: number[] = [];
  for (const at of places) {
    const cluster = findByName(rows[at]!.name);
    if (cluster === undefined) forAll.push(at);
    else addTo(named, cluster, at);
  }
  return { named, forAll };
}
