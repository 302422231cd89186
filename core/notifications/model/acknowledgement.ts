import { findLane, listDeciding, type ClusterNeed } from '../../repair/model/needs.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { Instant } from '../../shared/instant.ts';

/** Says who works on a cluster that needs something. Unlike a silence, it holds back no notification. */
export interface Acknowledgement {
  clusterId: ClusterId;
  by: string;
  note: string;
  at: Instant;
  causes: string[];
}

/**
 * Lists what puts a cluster into its lane; empty if nothing known today does. A renewed credential is a different one,
 * so no cause returns in a later outage.
 */
export function listCauses({ impacts }: ClusterNeed): string[] {
  const lane = findLane({ impacts });
  if (lane === undefined || lane === 'stale') return [];
  return listDeciding(impacts, lane).flatMap(({ id, atMs = 0, credentials }): readonly string[] =>
    credentials.length > 0 ? credentials : [`${id} ${atMs}`],
  );
}

/** Ignores an acknowledgement of an earlier or a lesser outage, since nobody has taken on the present one. */
export function findAcknowledgement(all: readonly Acknowledgement[], need: ClusterNeed): Acknowledgement | undefined {
  const found = all.find(({ clusterId }) => clusterId === need.clusterId);
  const causes = new Set(found && listCauses(need));
  return found?.causes.some((cause) => causes.has(cause)) === true ? found : undefined;
}
