import type { BoardRow } from '../../inventory/model/board-row.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import { HABIT } from '../../knowledge/model/credentials/lifetimes.ts';
import {
  infer,
  ISSUE_292,
  MOC_SDK_RENEWAL,
  OVERVIEW_MOC_VALIDITY,
  UPDATE_DEADLINE,
  UPDATE_RECOMMENDED,
} from '../../knowledge/model/sources/sources.ts';
import type { Citation } from '../../shared/citation.ts';
import { DATED_RELEASES, type DatedRelease } from '../../knowledge/model/aks-hci-version.ts';
import { HOST_VERSION } from '../../knowledge/model/sources/sources-update.ts';
import { DAY_MS } from '../../shared/instant.ts';

/** From worst to best. */
export type UpdateAgeState = 'expired' | 'critical' | 'renewal-due' | 'warning' | 'note' | 'current';

/** The state begins `days` days after the update. */
interface UpdateThreshold {
  state: UpdateAgeState;
  days: number;
  citations: readonly Citation[];
}

export const TOLD_BY_TOKEN = infer(ISSUE_292);

const DEADLINE_CITATIONS: readonly Citation[] = [OVERVIEW_MOC_VALIDITY, UPDATE_DEADLINE];

/**
 * Updates renew certificates and tokens for 90 days. Sources differ on the time between updates (within 60 days of a
 * release; within 30 days, at most 90 after the last update), so each number is a threshold.
 */
export const UPDATE_THRESHOLDS: readonly UpdateThreshold[] = [
  { state: 'expired', days: 90, citations: DEADLINE_CITATIONS },
  { state: 'critical', days: 83, citations: [HABIT] },
  // With 30 % of 90 days left, automatic renewal is due.
  { state: 'renewal-due', days: 63, citations: [infer(MOC_SDK_RENEWAL)] },
  // Counts from the release if its date is known; see `newRelease`.
  { state: 'warning', days: 60, citations: [UPDATE_RECOMMENDED] },
  { state: 'note', days: 30, citations: [UPDATE_DEADLINE] },
];

/** The article counts this period from a release. */
const WITHIN_MS = 60 * DAY_MS;

export interface NewRelease extends DatedRelease {
  untilMs: number;
  citations: readonly Citation[];
}

export function newRelease(release: DatedRelease): NewRelease {
  // The build number contains the date of the release.
  return { ...release, untilMs: release.atMs + WITHIN_MS, citations: [UPDATE_RECOMMENDED, infer(HOST_VERSION)] };
}

export interface UpdateAge {
  lastUpdatedMs: number;
  /** Whether the admin stated the date; if not, the date is that of the oldest token that every update reissues. */
  stated: boolean;
  readMs?: number;
  state: UpdateAgeState;
  citations: readonly Citation[];
  deadlineMs: number;
  /** The first release after the update whose date is known. */
  release?: NewRelease;
}

/**
 * Returns `undefined` if no date is stated and there is no token. Rotated tokens are younger than the update
 * (Azure/aksArc issue 292), so the oldest token counts, and the true age may be higher.
 */
export function updateAge(
  rows: readonly BoardRow[],
  { statedMs, nowMs }: { statedMs: number | undefined; nowMs: number },
): UpdateAge | undefined {
  const oldest = statedMs === undefined ? oldestToken(rows) : undefined;
  const lastUpdatedMs = statedMs ?? oldest?.notBeforeMs;
  if (lastUpdatedMs === undefined) return undefined;
  const found = DATED_RELEASES.find(({ atMs }) => atMs > lastUpdatedMs && atMs <= nowMs);
  const release = found && newRelease(found);
  const beginMs = ({ state, days }: UpdateThreshold): number =>
    (state === 'warning' ? release?.untilMs : undefined) ?? lastUpdatedMs + days * DAY_MS;
  const reached = UPDATE_THRESHOLDS.find((threshold) => nowMs >= beginMs(threshold));
  return {
    lastUpdatedMs,
    stated: statedMs !== undefined,
    readMs: oldest?.confirmedMs,
    state: reached?.state ?? 'current',
    citations: [...(reached?.citations ?? DEADLINE_CITATIONS), ...(statedMs === undefined ? [TOLD_BY_TOKEN] : [])],
    deadlineMs: lastUpdatedMs + 90 * DAY_MS,
    release,
  };
}

function oldestToken(rows: readonly BoardRow[]): BoardRow | undefined {
  let oldest: BoardRow | undefined;
  for (const row of rows) {
    const { kind, role, assumed, notBeforeMs } = row;
    const { renewedBy } = ROLES[role];
    const isReset = renewedBy === 'host-update' || renewedBy === 'cluster-update';
    if (kind !== 'token' || !isReset || assumed || notBeforeMs === undefined) continue;
    if (notBeforeMs < (oldest?.notBeforeMs ?? Infinity)) oldest = row;
  }
  return oldest;
}
