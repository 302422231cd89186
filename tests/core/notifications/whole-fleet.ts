import type { Assessment } from '../../../core/expiry/model/assess.ts';
import { EXPIRY_STATES, type ExpiryState } from '../../../core/knowledge/model/credentials/expiry-state.ts';
import { describeCredential, type Differences, type ReportedAlarms } from '../../../core/notifications/changes.ts';
import type { FleetSnapshot } from '../../../core/notifications/fleet-snapshot.ts';
import type { LaneCounts } from '../../../core/repair/model/needs.ts';
import type { CredentialId } from '../../../core/shared/ids.ts';
import { instantFromMs, SECOND_MS } from '../../../core/shared/instant.ts';

export interface WholeFleet {
  assessments: readonly Assessment[];
  needs: LaneCounts;
  renewals: ReadonlyMap<CredentialId, CredentialId>;
  clusters: number;
  sources: number;
  nowMs: number;
}

/** Takes a snapshot of all credentials together, instead of cluster by cluster. */
export function makeSnapshot({ assessments, needs, renewals, clusters, sources, nowMs }: WholeFleet): FleetSnapshot {
  const counts = Object.fromEntries(EXPIRY_STATES.map((state) => [state, 0])) as Record<ExpiryState, number>;
  let next: Assessment['row'] | undefined;
  for (const { row, state } of assessments) {
    counts[state] += 1;
    const { notAfterMs } = row;
    if (notAfterMs === undefined || notAfterMs + SECOND_MS <= nowMs) continue;
    if (notAfterMs < (next?.notAfterMs ?? Infinity)) next = row;
  }
  return {
    summary: {
      clusters,
      credentials: assessments.length,
      counts,
      needs,
      ...(next?.notAfterMs !== undefined && {
        nextExpiry: {
          cluster: next.cluster,
          name: next.name,
          role: next.role,
          notAfter: instantFromMs(next.notAfterMs),
        },
      }),
    },
    sources,
    compare: (reported) => Promise.resolve(allDifferences(reported, { assessments, renewals })),
  };
}

/** Lists every credential of a fleet, whether or not its state differs from its last report. */
export function allDifferences(
  reported: ReportedAlarms,
  { assessments, renewals }: Pick<WholeFleet, 'assessments' | 'renewals'>,
): Differences {
  const ids = new Set<string>(assessments.map(({ row }) => row.id));
  const gone = Object.keys(reported).filter((id) => !ids.has(id));
  return { credentials: assessments.map(describeCredential), gone, renewals };
}
