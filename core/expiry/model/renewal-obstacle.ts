import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { RenewerId } from '../../knowledge/model/credentials/role-row.ts';
import type { LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import { OBSTACLES } from '../../knowledge/model/obstacles.ts';
import { APPROVERS, ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { Statement } from '../../shared/citation.ts';
import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import { addTo } from '../../shared/lists.ts';
import { SECOND_MS } from '../../shared/instant.ts';
import { thresholdAtMs } from '../../knowledge/model/credentials/expiry-state.ts';
import { nameFinder } from '../../plan/model/name-index.ts';
import { refusalsAt } from '../../inventory/model/renewal-refusal.ts';

export interface RenewalObstacle {
  rule: keyof typeof OBSTACLES;
  statement: Statement;
  by?: CredentialId;
}

/** Renewers that act on their own. Failures of other renewers cannot be detected. */
const TRIES_BY_ITSELF: readonly RenewerId[] = [
  ...(['renewal-controller', 'kubelet', 'client-itself', 'cloud-agent', 'node-agent'] as const),
];

/** Returns whether a credential of this role is renewed in time without help while its holder runs. */
export function renewsByItself(role: RoleId): boolean {
  const { renewedBy, renewsInUse } = ROLES[role];
  return TRIES_BY_ITSELF.includes(renewedBy) && !renewsInUse;
}

/**
 * This many failed attempts count as evidence. There is one attempt per 2 % of the lifetime: the rate of MOC is from
 * its code; the same rate is inferred for the Kubernetes layer.
 */
const FAILED_TRIES = 3;
const TRY_SHARE = 0.02;

interface Pillar {
  endMs: number;
  id: CredentialId;
}

/** Credentials on which a cluster's other renewals depend: the longest-lived of each role. */
type Pillars = Map<RoleId, Pillar>;

const PILLAR_ROLES: ReadonlySet<RoleId> = new Set<RoleId>([
  'apiserver',
  ...APPROVERS,
  ...Object.values(ROLES).flatMap(({ issuer }) => issuer ?? []),
]);

/** The token of a certificate manager that is stored outside its own cluster, `owner`. */
export interface Approval {
  owner: ClusterId;
  row: BoardRow;
}

/** Returns whether this is the token of a certificate manager, without which no kubelet gets a certificate. */
export function isApprover({ role, notAfterMs }: BoardRow): boolean {
  return APPROVERS.has(role) && notAfterMs !== undefined;
}

/**
 * Assigns tokens to clusters. The cloud agent often stores a cluster's token under a name that contains the cluster's
 * name. `names` are those of the clusters with a Kubernetes layer.
 */
function listApprovals(approvers: readonly BoardRow[], names: ReadonlyMap<ClusterId, string>): Approval[] {
  if (approvers.length === 0) return [];
  const findByName = nameFinder([...names].map(([id, name]) => ({ id, name })));
  return approvers.flatMap((row): Approval[] => {
    const owner = names.has(row.clusterId) ? undefined : findByName(row.name);
    return owner === undefined ? [] : [{ owner, row }];
  });
}

export function approvalsByOwner(
  approvers: readonly BoardRow[],
  names: ReadonlyMap<ClusterId, string>,
): Map<ClusterId, Approval[]> {
  const approvals = new Map<ClusterId, Approval[]>();
  for (const approval of listApprovals(approvers, names)) addTo(approvals, approval.owner, approval);
  return approvals;
}

/** The constructor makes one pass over the rows; each search is then cheap. */
export class RenewalObstacles {
  readonly #pillars: Map<ClusterId, Pillars>;
  readonly #classes: LifetimeClasses;
  readonly #nowMs: number;

  /** If `rows` are part of a fleet, `approvals` must be those of the whole fleet. */
  constructor(
    rows: readonly BoardRow[],
    classes: LifetimeClasses,
    nowMs: number,
    {
      approvals,
      pillars = findPillars(rows, approvals),
    }: { approvals?: readonly Approval[]; pillars?: Map<ClusterId, Pillars> } = {},
  ) {
    this.#classes = classes;
    this.#nowMs = nowMs;
    this.#pillars = pillars;
  }

  obstaclesAt(nowMs: number): RenewalObstacles {
    return new RenewalObstacles([], this.#classes, nowMs, { pillars: this.#pillars });
  }

  /** Returns when the cluster's pillars expire, in milliseconds since 1970. */
  pillarEnds(clusterId: ClusterId): number[] {
    return Array.from(this.#pillars.get(clusterId)?.values() ?? [], ({ endMs }) => endMs);
  }

  /** Returns why an overdue credential is not renewed; `undefined` without evidence of a failing renewal. */
  find(row: BoardRow): RenewalObstacle | undefined {
    const { renewedBy, approver } = ROLES[row.role];
    const isTried = TRIES_BY_ITSELF.includes(renewedBy);
    // Failures are undetectable without an automatic renewer or an approver.
    if (!isTried && approver === undefined) return undefined;
    const fallen = this.#fallenPillar(row);
    if (fallen !== undefined || !isTried) return fallen;
    return refusalsAt(row.refusals, this.#nowMs).length > 0 ? obstacle('revoked') : this.#checkRenewal(row);
  }

  #fallenPillar(row: BoardRow): RenewalObstacle | undefined {
    const { issuer, approver } = ROLES[row.role];
    const authority = this.#fallen(row, issuer);
    if (authority !== undefined) return obstacle('issuer-expired', authority);
    if (row.layer !== 'kubernetes') return undefined;
    const apiServer = row.role === 'apiserver' ? undefined : this.#fallen(row, 'apiserver');
    if (apiServer !== undefined) return obstacle('api-server-expired', apiServer);
    const token = this.#fallen(row, approver);
    return token === undefined ? undefined : obstacle('approver-token-expired', token);
  }

  #fallen({ clusterId }: BoardRow, role: RoleId | undefined): CredentialId | undefined {
    if (role === undefined) return undefined;
    const pillar = this.#pillars.get(clusterId)?.get(role);
    return pillar !== undefined && pillar.endMs <= this.#nowMs ? pillar.id : undefined;
  }

  /** Returns whether the renewer must have failed several times before the last reading. */
  #wasLate(row: BoardRow): boolean {
    const { confirmedMs, notBeforeMs, notAfterMs, role, lifetimeClass } = row;
    if (confirmedMs === undefined || notAfterMs === undefined || ROLES[role].renewsInUse) return false;
    const { renewalDue, renewalOverdue, usualMs } = this.#classes[lifetimeClass];
    const ends = { notBeforeMs, notAfterMs };
    return (
      confirmedMs >= thresholdAtMs(renewalOverdue, ends, usualMs) &&
      confirmedMs >= thresholdAtMs(renewalDue, ends, usualMs) + FAILED_TRIES * this.#tryMs(row)
    );
  }

  #checkRenewal(row: BoardRow): RenewalObstacle | undefined {
    if (!this.#wasLate(row)) return undefined;
    const { firstReadMs = Infinity, confirmedMs = -Infinity, layer } = row;
    const isReadAgain = confirmedMs - firstReadMs >= this.#tryMs(row);
    return obstacle(`${isReadAgain ? 'unchanged' : 'late'}-${layer === 'moc' ? 'moc' : 'kubernetes'}`);
  }

  #tryMs({ notBeforeMs, notAfterMs = 0, lifetimeClass }: BoardRow): number {
    const { usualMs } = this.#classes[lifetimeClass];
    return TRY_SHARE * (notBeforeMs === undefined ? usualMs : notAfterMs + SECOND_MS - notBeforeMs);
  }
}

function findPillars(rows: readonly BoardRow[], approvals?: readonly Approval[]): Map<ClusterId, Pillars> {
  const all = new Map<ClusterId, Pillars>();
  const raise = (owner: ClusterId, { role, notAfterMs, id }: BoardRow) => {
    if (notAfterMs === undefined) return;
    const endMs = notAfterMs + SECOND_MS;
    const pillars = all.get(owner);
    if (pillars === undefined) all.set(owner, new Map([[role, { endMs, id }]]));
    else if (endMs > (pillars.get(role)?.endMs ?? -Infinity)) pillars.set(role, { endMs, id });
  };
  const approvers: BoardRow[] = [];
  const names = new Map<ClusterId, string>();
  for (const row of rows) {
    if (PILLAR_ROLES.has(row.role)) raise(row.clusterId, row);
    if (isApprover(row)) approvers.push(row);
    if (row.layer === 'kubernetes') names.set(row.clusterId, row.cluster);
  }
  for (const { owner, row } of approvals ?? listApprovals(approvers, names)) raise(owner, row);
  return all;
}

function obstacle(rule: RenewalObstacle['rule'], by?: CredentialId): RenewalObstacle {
  return { rule, statement: OBSTACLES[rule], by };
}
