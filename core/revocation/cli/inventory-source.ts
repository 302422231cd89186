import { LIFETIME_CLASSES, type LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import type { FactsByCluster } from '../../plan/model/cluster-facts.ts';
import type { Cluster } from '../../inventory/model/credential.ts';
import type { Finding } from '../../shared/finding.ts';
import type { PlanningRules } from '../../maintenance/model/rules.ts';
import type { SerialSpelling } from '../../shared/renew-revocation/draft.ts';
import { DEFAULT_SETTINGS } from '../../settings/model/settings.ts';
import type { UnplacedRevocation } from '../../store/inventory-store.ts';
import { lifetimeClasses } from '../../expiry/model/thresholds.ts';
import { inspectPaths } from '../../inventory/read/inspect.ts';
import type { Invocation } from '../../cli/invocation.ts';

/** What a command judges, and against what. */
export interface JudgedSource {
  clusters: readonly Cluster[];
  /** RenewRevocation objects whose cluster is unknown. */
  unplaced: readonly UnplacedRevocation[];
  findings: readonly Finding[];
  classes: LifetimeClasses;
  facts: FactsByCluster;
  planning: PlanningRules;
  serialSpelling: SerialSpelling;
}

/**
 * The named files on their own, with default thresholds; otherwise the data folder, with the thresholds and facts that
 * the admin set in it.
 */
export async function readSource({
  paths,
  ports,
  world,
  dataFolder,
}: Pick<Invocation, 'paths' | 'ports' | 'world' | 'dataFolder'>): Promise<JudgedSource> {
  if (paths.length > 0) {
    const { clusters, unplaced, findings } = await inspectPaths(ports, paths);
    const { planning, serialSpelling } = DEFAULT_SETTINGS;
    const classes = LIFETIME_CLASSES;
    return { clusters, unplaced, findings, classes, facts: {}, planning, serialSpelling };
  }
  const store = await world.openReadOnly(ports, dataFolder);
  const { thresholds, clusterFacts, planning, serialSpelling } = store.settings();
  return {
    clusters: store.clusters(),
    unplaced: store.unplacedRevocations(),
    findings: store.findings(),
    classes: lifetimeClasses(thresholds),
    facts: clusterFacts,
    planning,
    serialSpelling,
  };
}
