import { statementRecord } from '../../plan/export/plan-records.ts';
import { commandText } from '../../plan/model/plan.ts';
import type { NeedImpact } from '../../repair/model/impact.ts';
import { countLanes, findLane, FLEET_LANES, type ClusterNeed } from '../../repair/model/needs.ts';
import { instantOrNull } from '../../shared/instant.ts';

/** Returns the record for `--json`; see `docs/expiry.md`. */
export function needsRecord(needs: readonly ClusterNeed[]): object {
  const counts = countLanes(needs);
  return {
    ...Object.fromEntries(
      FLEET_LANES.map((lane) => {
        const { clusters = 0, first = null } = counts[lane] ?? {};
        return [lane, { clusters, first }];
      }),
    ),
    clusters: needs.map(needRecord),
  };
}

function needRecord(need: ClusterNeed): object {
  const { clusterId, cluster, impacts, steps } = need;
  const [first] = steps;
  const command = first?.command === undefined ? null : commandText(first.command);
  const firstStep =
    first === undefined ? null : { id: first.id, command, only: (first.only ?? []).map(statementRecord) };
  return { cluster, clusterId, lane: findLane(need) ?? null, impacts: impacts.map(impactRecord), firstStep };
}

export function impactRecord({ id, state, atMs, credentials }: NeedImpact): object {
  return { id, state, at: instantOrNull(atMs), credentials };
}
