import { greatest } from '../../shared/lists.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { FAILURES } from '../../knowledge/model/failures/failures.ts';
import type { TriageId } from '../../knowledge/model/triage.ts';
import type { Citation } from '../../shared/citation.ts';
import type { FactsByCluster } from '../../plan/model/cluster-facts.ts';
import type { ClusterId } from '../../shared/ids.ts';
import { DAY_MS, HOUR_MS, epochMs } from '../../shared/instant.ts';
import { renewsByItself } from '../../expiry/model/renewal-obstacle.ts';
import { TOLD_BY_TOKEN, updateAge } from '../../availability/model/update-age.ts';

/* Answers to the interview that come from the inventory or from earlier statements about a cluster. */

export type KnownSource = 'stated' | 'inventory';

export interface KnownAnswer {
  /** In hours of downtime, or days since the update. */
  amount: number;
  source: KnownSource;
  /** When the credential was read, in milliseconds since 1970. */
  readMs?: number;
  citations: readonly Citation[];
}

export interface KnownAnswers {
  offHours?: KnownAnswer;
  daysSinceUpdate?: KnownAnswer;
}

interface AboutCluster {
  /** The cluster, followed by its hosts; statements about the cluster take precedence. */
  ids: readonly (ClusterId | undefined)[];
  /** The rows that `groupRows` returns. */
  rows: readonly BoardRow[];
  facts: FactsByCluster;
  nowMs: number;
}

export function collectAnswers({ ids, rows, facts, nowMs }: AboutCluster): KnownAnswers {
  const stated = ids.flatMap((id) => (id === undefined ? [] : (facts[id] ?? [])));
  const offSince = stated.find((each) => each.offSince !== undefined)?.offSince;
  const updatedAt = stated.find((each) => each.lastUpdatedAt !== undefined)?.lastUpdatedAt;
  const statedMs = updatedAt === undefined ? undefined : epochMs(updatedAt);
  const age = updateAge(rows, { statedMs, nowMs });
  return {
    offHours: offSince && { amount: (nowMs - epochMs(offSince)) / HOUR_MS, source: 'stated', citations: [] },
    daysSinceUpdate: age && {
      amount: (nowMs - age.lastUpdatedMs) / DAY_MS,
      source: age.stated ? 'stated' : 'inventory',
      readMs: age.readMs,
      citations: age.stated ? [] : [TOLD_BY_TOKEN],
    },
  };
}

/** Returns the issue time of the cluster's newest self-renewing certificate; `undefined` if there is none. */
export function lastSeenRunningMs(rows: readonly BoardRow[], clusterId: ClusterId, nowMs: number): number | undefined {
  const issued = rows.flatMap(({ clusterId: id, kind, layer, role, notBeforeMs = Infinity }) =>
    id === clusterId && kind === 'certificate' && layer === 'kubernetes' && renewsByItself(role) && notBeforeMs <= nowMs
      ? [notBeforeMs]
      : [],
  );
  return issued.length === 0 ? undefined : greatest(issued);
}

/** Lists the credentials whose expiry causes a layer to fail. */
export function rolesBehind(layer: TriageId): RoleId[] {
  const failures = FAILURES.filter(({ supports }) =>
    supports.some(
      (sign) =>
        'answer' in sign &&
        sign.weight > 0 &&
        sign.answer.field === 'found' &&
        sign.answer.of === layer &&
        sign.answer.is === 'fails',
    ),
  );
  const roles = failures.flatMap(({ supports }) =>
    supports.flatMap((sign) => ('roles' in sign && sign.state === 'expired' && sign.weight > 0 ? sign.roles : [])),
  );
  return [...new Set(roles)];
}
