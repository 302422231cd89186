import { append, least } from '../../shared/lists.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import { IMPACT_IDS, type ImpactId } from '../../knowledge/model/credentials/role-row.ts';
import { lifeMoments } from '../../knowledge/model/credentials/expiry-state.ts';
import type { LifetimeClass, LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { Assessment } from '../../expiry/model/assess.ts';
import { renewsByItself } from '../../expiry/model/renewal-obstacle.ts';
import { refusalsAt } from '../../inventory/model/renewal-refusal.ts';
import type { PowerOffClock } from '../../availability/model/power-off.ts';
import type { CredentialId } from '../../shared/ids.ts';

/* Several files may cause the same impact, and some files cause none. */

/**
 * `stopped`: does not work. `stopping`: will stop, and no automatic renewal is expected in time. `late`: a renewal is
 * overdue but not known to have failed. `outdated`: was one of these at the last reading, but since then, all the
 * credentials should have renewed themselves.
 */
export const IMPACT_STATES = ['stopped', 'stopping', 'late', 'outdated'] as const;
export type ImpactState = (typeof IMPACT_STATES)[number];

export interface NeedImpact {
  id: ImpactId;
  state: ImpactState;
  /** Start of the state, in milliseconds since 1970; absent for `clock`. */
  atMs?: number;
  /** Credentials that cause the impact; empty if the downtime alone causes it. */
  credentials: readonly CredentialId[];
  /** The only evidence is the documented limit on downtime. */
  isAssumed?: true;
}

type AssessedState = Pick<Assessment, 'state' | 'obstacle'>;

/**
 * Lists the impacts on a cluster, worst first, then earliest. `assessRow` needs to cover at least the rows of the
 * cluster.
 */
export function listImpacts(
  {
    alreadyExpired,
    valid,
    identities,
    offSinceMs,
    layers,
  }: Pick<PowerOffClock, 'alreadyExpired' | 'valid' | 'identities' | 'offSinceMs' | 'layers'>,
  {
    assessRow,
    nowMs,
    classes,
  }: { assessRow: (row: BoardRow) => AssessedState | undefined; nowMs: number; classes: LifetimeClasses },
): NeedImpact[] {
  const found = new Map<ImpactId, OpenImpact>();
  // A client works with its certificate until its next login. After a downtime, it must log in again.
  const untilLogin = new Map(
    identities.flatMap(({ state, tokens, certificates }) =>
      state === 'until-login' && offSinceMs === undefined
        ? tokens.map(({ id }) => [id, least(certificates.flatMap(({ notAfterMs }) => notAfterMs ?? []))] as const)
        : [],
    ),
  );
  const outdated = new Set<CredentialId>();
  for (const breaks of [alreadyExpired, valid]) {
    for (const { row, atMs } of breaks) {
      const later = untilLogin.size === 0 ? undefined : untilLogin.get(row.id);
      const { state, obstacle } = assessRow(row) ?? {};
      const current = later === undefined ? currentImpact(row, atMs, state) : currentImpact(row, later, 'urgent');
      if (current === undefined) continue;
      // The obstacle may be over as well.
      const mayBeRenewed = obstacle === undefined || (obstacle.by !== undefined && outdated.has(obstacle.by));
      const isOutdated =
        offSinceMs === undefined &&
        current.id !== 'clock' &&
        mayBeRenewed &&
        isReadBeforeRenewal(row, classes[row.lifetimeClass], nowMs);
      if (isOutdated) outdated.add(row.id);
      const impact = isOutdated ? { ...current, state: 'outdated' as const } : current;
      found.set(impact.id, join(found.get(impact.id), impact));
    }
  }
  for (const [id, limit] of [
    ['platform-services', layers.moc.limit],
    ['api-server', layers.kubernetes.limit],
  ] as const)
    if (offSinceMs !== undefined && limit !== undefined && limit.atMs <= nowMs)
      found.set(id, { id, state: 'stopped', atMs: limit.atMs, credentials: [], isAssumed: true });
  return [...found.values()].sort(compareUrgency);
}

type OpenImpact = NeedImpact & { credentials: CredentialId[] };

function currentImpact(row: BoardRow, atMs: number, state: Assessment['state'] | undefined): OpenImpact | undefined {
  switch (state) {
    case 'not-yet-valid':
      return { id: 'clock', state: 'stopped', credentials: [row.id] };
    case 'expired':
    case 'urgent':
    case 'stalled':
    case 'renewal-overdue':
      return { id: ROLES[row.role].impact, state: FOLLOWS[state], atMs, credentials: [row.id] };
    case 'renewal-due':
    case 'fine':
    case 'unknown':
    case undefined:
      return undefined;
  }
}

/** Returns whether the credential was last read before it should have renewed itself, and nothing forbids the renewal. */
function isReadBeforeRenewal(
  { role, sample, notBeforeMs, notAfterMs, confirmedMs, refusals }: BoardRow,
  lifetime: LifetimeClass,
  nowMs: number,
): boolean {
  if (sample || confirmedMs === undefined || notAfterMs === undefined || !renewsByItself(role)) return false;
  if (refusalsAt(refusals, nowMs).length > 0) return false;
  return confirmedMs < lifeMoments({ notBeforeMs, notAfterMs }, lifetime).renewalOverdueMs;
}

const FOLLOWS = {
  expired: 'stopped',
  urgent: 'stopping',
  stalled: 'stopping',
  'renewal-overdue': 'late',
} as const satisfies Partial<Record<Assessment['state'], ImpactState>>;

function join(before: OpenImpact | undefined, impact: OpenImpact): OpenImpact {
  if (before === undefined) return impact;
  const worst = compareUrgency(impact, before) < 0 ? impact : before;
  if ((impact.state === 'outdated') !== (before.state === 'outdated')) return worst;
  const { credentials } = before;
  append(credentials, impact.credentials);
  return { ...worst, credentials };
}

export function compareUrgency(a: NeedImpact, b: NeedImpact): number {
  return (
    IMPACT_STATES.indexOf(a.state) - IMPACT_STATES.indexOf(b.state) ||
    (a.atMs ?? 0) - (b.atMs ?? 0) ||
    IMPACT_IDS.indexOf(a.id) - IMPACT_IDS.indexOf(b.id)
  );
}
