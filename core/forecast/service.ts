import type { ForecastApi, ForecastQuestion } from './contract.ts';
import type { BoardRow } from '../expiry/model/board-row.ts';
import type { Cluster } from '../inventory/model/credential.ts';
import type { Forecast } from './model/forecast.ts';
import { DAY_MS, MINUTE_MS, msOf } from '../shared/instant.ts';
import type { Result } from '../shared/problem.ts';
import { lifetimeClasses } from '../expiry/model/thresholds.ts';
import type { Ports } from '../shared/ports.ts';
import type { Store } from '../store/inventory-store.ts';
import { forecastOf } from './forecast.ts';

export interface ForecastApiContext {
  ports: Pick<Ports, 'clock' | 'files'>;
  store: Pick<Store, 'clusters' | 'settings'>;
  rowsOf: (cluster: Cluster) => readonly BoardRow[];
  dataFolder: string;
  /** Turns what is thrown into problems. */
  answer: <T>(work: () => T | Promise<T>) => Promise<Result<T>>;
}

/** Answers that are kept: switching between scenarios and back costs nothing. */
const KEPT = 4;

interface Kept {
  question: string;
  clusters: readonly Cluster[];
  forecast: Promise<Forecast>;
}

/** The forecast of the console's inventory, by the minute. The same question of the same inventory is worked out once. */
export function forecastApi({ ports, store, rowsOf, dataFolder, answer }: ForecastApiContext): ForecastApi {
  const kept: Kept[] = [];
  const asked = (question: ForecastQuestion): Promise<Forecast> => {
    const { thresholds, clusterFacts } = store.settings();
    const nowMs = Math.floor(msOf(ports.clock.now()) / MINUTE_MS) * MINUTE_MS;
    const clusters = store.clusters();
    const key = JSON.stringify([question, nowMs, thresholds, clusterFacts]);
    const at = kept.findIndex((each) => each.question === key && isSame(each.clusters, clusters));
    const [known] = at < 0 ? [] : kept.splice(at, 1);
    const forecast =
      known?.forecast ??
      forecastOf({
        clusters,
        rowsOf,
        facts: clusterFacts,
        classes: lifetimeClasses(thresholds),
        nowMs,
        horizonMs: question.horizonDays * DAY_MS,
        scenario: question.scenario,
        // A look at the disk ends in a later turn of the event loop: core has no timers.
        pause: async () => void (await ports.files.facts(dataFolder)),
      });
    kept.unshift({ question: key, clusters, forecast });
    kept.splice(KEPT);
    return forecast;
  };
  return { compute: (question) => answer(() => asked(question)) };
}

/** A changed cluster is another object. */
function isSame(one: readonly Cluster[], other: readonly Cluster[]): boolean {
  return one.length === other.length && one.every((cluster, at) => cluster === other[at]);
}
