import type { Service } from '../shared/problem.ts';
import type { ForecastApi, ForecastQuestion } from './contract.ts';
import type { BoardRow } from '../inventory/model/board-row.ts';
import type { JudgedFleet } from '../expiry/model/judged-fleet.ts';
import type { Cluster } from '../inventory/model/credential.ts';
import { answerForecast, type Forecast, type ForecastEvent } from './model/forecast.ts';
import { DAY_MS, toMilliseconds, SECOND_MS } from '../shared/instant.ts';
import { computeForecast } from './forecast.ts';

export interface ForecastContext {
  fleet: () => JudgedFleet;
  /** Ends in a later turn of the event loop, so that other work is not kept waiting: core has no timers. */
  pause: () => Promise<unknown>;
  /** Moments are rounded down to a multiple of this, so that a question is worked out once for each; one second by default. */
  stepMs?: number;
}

/** Answers that are kept: switching between scenarios and back costs nothing. */
const KEPT = 4;

interface Kept {
  question: string;
  fleet: JudgedFleet;
  forecast: Promise<Forecast>;
}

/** The forecast of an inventory. The same question of the same inventory at the same moment is worked out once. */
export function forecastService({
  fleet,
  pause,
  stepMs = SECOND_MS,
}: ForecastContext): Pick<Service<ForecastApi>, 'compute'> {
  const kept: Kept[] = [];
  return {
    compute: (question: ForecastQuestion): Promise<Forecast> => {
      const judged = fleet();
      const { clusters, facts, classes, now } = judged;
      const nowMs = Math.floor(toMilliseconds(now) / stepMs) * stepMs;
      const key = JSON.stringify([question, nowMs, facts]);
      const at = kept.findIndex((each) => each.question === key && isSame(each.fleet, judged));
      const [known] = at < 0 ? [] : kept.splice(at, 1);
      const forecast =
        known?.forecast ??
        computeForecast({
          clusters,
          rowsOf: rowsByCluster(judged),
          facts,
          classes,
          nowMs,
          horizonMs: question.horizonDays * DAY_MS,
          scenario: question.scenario,
          pause: async () => void (await pause()),
        });
      kept.unshift({ question: key, fleet: judged, forecast });
      kept.splice(KEPT);
      return forecast;
    },
  };
}

/** The same forecast of fewer clusters; a cluster depends on the others, so they are foretold together. */
export function narrowForecast(forecast: Forecast, isWanted: (cluster: { id: string }) => boolean): Forecast {
  const clusters = forecast.clusters.filter(({ clusterId }) => isWanted({ id: clusterId }));
  const inTime = (lists: readonly ForecastEvent[][]): ForecastEvent[] =>
    lists.flat().sort((one, other) => one.atMs - other.atMs);
  const answer = answerForecast(
    inTime(clusters.map(({ already }) => already)),
    inTime(clusters.map(({ events }) => events)),
    forecast.scenario,
  );
  return { ...forecast, clusters, answer };
}

function rowsByCluster({ rows }: JudgedFleet): (cluster: Pick<Cluster, 'id'>) => readonly BoardRow[] {
  const byCluster = new Map<string, BoardRow[]>();
  for (const row of rows) {
    const own = byCluster.get(row.clusterId);
    if (own === undefined) byCluster.set(row.clusterId, [row]);
    else own.push(row);
  }
  return ({ id }) => byCluster.get(id) ?? [];
}

/** A changed cluster is another object, and so are the classes by other thresholds. */
function isSame(one: JudgedFleet, other: JudgedFleet): boolean {
  return (
    one.classes === other.classes &&
    one.clusters.length === other.clusters.length &&
    one.clusters.every((cluster, at) => cluster === other.clusters[at])
  );
}
