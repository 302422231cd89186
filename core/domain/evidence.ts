import type { BoardRow } from './board.ts';
import type { RoleId } from './catalogue/credentials.ts';
import type { TriageId } from './catalogue/triage.ts';
import type { ClusterPlace, Deployment } from './deployment.ts';
import { SECOND_MS } from './instant.ts';
import { NameFinder } from './name-finder.ts';

/*
 * What a diagnosis is made from: texts that somebody pasted, what the inventory says of a cluster, answers of the interview.
 */

/** Answers of the interview; whatever was not asked or not known is absent. */
export interface Answers {
  /** Hours for which the cluster was switched off. */
  offHours?: number;
  /** Since the last `Update-AksHci`. */
  daysSinceUpdate?: number;
  /** As `Get-AksHciVersion` prints it. */
  build?: string;
  /** Whether the Windows user is the one who installed it. */
  sameUser?: boolean;
  /** What the check of each layer showed. */
  found?: Partial<Record<TriageId, 'works' | 'fails'>>;
}

/** What the inventory says of a cluster and of the hosts that it runs on. */
export interface InventoryEvidence {
  /** Of these at least one credential has expired. */
  expired: ReadonlySet<RoleId>;
  /** Of these there are credentials, and all of them are valid. */
  valid: ReadonlySet<RoleId>;
}

export interface Evidence {
  /** As they were pasted or read; where they come from does not matter. */
  texts: readonly string[];
  inventory?: InventoryEvidence;
  answers?: Answers;
}

/** What credentials say at one moment; those without a known end say nothing. */
export function inventoryEvidence(rows: readonly BoardRow[], nowMs: number): InventoryEvidence {
  const [expired, seen] = [new Set<RoleId>(), new Set<RoleId>()];
  for (const { role, notAfterMs } of rows) {
    if (notAfterMs === undefined) continue;
    seen.add(role);
    if (notAfterMs + SECOND_MS <= nowMs) expired.add(role);
  }
  return { expired, valid: new Set([...seen].filter((role) => !expired.has(role))) };
}

/** The rows of a cluster, and of the cloud agent deployment that it runs on as far as no other cluster is named in them. */
export function rowsAbout(
  cluster: Pick<ClusterPlace, 'id'>,
  rows: readonly BoardRow[],
  deployments: readonly Deployment[],
): BoardRow[] {
  const deployment = deployments.find(
    ({ cloudAgent, clusters }) =>
      cloudAgent?.id === cluster.id || clusters.some(({ id }) => id === cluster.id),
  );
  const owners = new NameFinder(deployment?.clusters ?? []);
  return rows.filter(
    ({ clusterId, name }) =>
      clusterId === cluster.id ||
      (clusterId === deployment?.cloudAgent?.id &&
        (owners.find(name) ?? cluster.id) === cluster.id),
  );
}
