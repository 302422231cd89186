import type { Invocation } from '../../shared/verb/invocation.ts';
import { splitList } from '../../shared/verb/values.ts';
import { ownCommand, shellWord } from '../../shared/verb/own-command.ts';
import { readClusters, matchClusters, type ReadOptions } from '../../inventory/cli/read-clusters.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import { isWatched } from '../../inventory/model/foreign.ts';
import { foreignRows } from '../../inventory/store/rows.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Settings } from '../../shared/settings.ts';
import { judgeFleet } from '../fleet.ts';
import type { JudgedFleet } from '../model/judged-fleet.ts';

export interface ReadFleet {
  fleet: JudgedFleet;
  settings: Settings;
  /** Rows of credentials outside the platform, watched or not. */
  foreign: readonly BoardRow[];
  findings: readonly Finding[];
}

/** For more paths, a printed command has a placeholder. */
const PATHS_PRINTED = 5;

export async function readFleet(
  invocation: Invocation,
  paths?: readonly string[],
  reading?: ReadOptions,
): Promise<ReadFleet> {
  const { settings, findings, ...source } = await readClusters(invocation, paths, reading);
  return {
    fleet: judgeFleet(source, settings, invocation.ports.clock.now()),
    settings,
    foreign: foreignRows(source.foreign, source.placements),
    findings,
  };
}

/** Keeps only the clusters named by `--cluster`, or all without it. Throws `cluster.unknown`. */
export function selectFleet(invocation: Invocation, fleet: JudgedFleet): JudgedFleet {
  if (splitList(invocation.line.values.cluster).length === 0) return fleet;
  const isWanted = matchClusters(invocation, fleet);
  const clusters = fleet.clusters.filter(isWanted);
  const ids = new Set<string>(clusters.map(({ id }) => id));
  return { ...fleet, clusters, rows: fleet.rows.filter(({ clusterId }) => ids.has(clusterId)) };
}

export function tellUnwatched(invocation: Invocation, foreign: readonly BoardRow[]): void {
  const { world, translate, paths } = invocation;
  const count = foreign.filter((row) => row.foreign !== undefined && !isWatched(row.foreign)).length;
  if (count === 0) return;
  const open = translate('cli.placeholder.path');
  const files = paths.length > PATHS_PRINTED ? [`${open}...`] : paths.map((path) => shellWord(path, open));
  const command = ownCommand(invocation, ['inventory', 'list', ...files, '--foreign']);
  world.notice(translate('cli.inventory.unwatched', { count, command }));
}
