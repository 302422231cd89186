import type { ClusterFleet } from '../expiry/model/judged-fleet.ts';
import { addTo } from '../shared/lists.ts';
import type { ClusterId } from '../shared/ids.ts';
import { DAY_MS, epochMs } from '../shared/instant.ts';
import { ConsoleError, type Service } from '../shared/problem.ts';
import type { ForecastApi, ForecastQuestion } from './contract.ts';
import type { Life } from './forecast-events.ts';
import { forecastInParts } from './forecast.ts';
import { AnswerSum } from './model/forecast.ts';
import { packForecast, type ForecastPart } from './model/forecast-part.ts';

interface ForecastContext {
  fleet: () => ClusterFleet;
  pause: () => Promise<void>;
  /** Instants are rounded down to a multiple of this value. */
  stepMs: number;
}

export function forecastService({
  fleet,
  pause,
  stepMs,
}: ForecastContext): Pick<Service<ForecastApi>, 'begin' | 'part'> {
  let begun = 0;
  let parts: AsyncGenerator<ForecastPart, void, undefined> | undefined;
  return {
    begin: (question) => {
      const judged = fleet();
      const nowMs = Math.floor(epochMs(judged.now) / stepMs) * stepMs;
      begun += 1;
      parts = packParts(judged, { ...question, nowMs, pause });
      const untilMs = nowMs + question.horizonDays * DAY_MS;
      return Promise.resolve({ number: begun, nowMs, untilMs, clusters: judged.clusters.length });
    },
    part: async ({ number }) => {
      const next = number === begun ? await parts?.next() : undefined;
      if (next === undefined || next.done) throw new ConsoleError('argument.invalid', { reason: 'number' });
      return next.value;
    },
  };
}

async function* packParts(
  { clusters, listRows, facts, classes }: ClusterFleet,
  { horizonDays, scenario, nowMs, pause }: ForecastQuestion & { nowMs: number; pause: () => Promise<void> },
): AsyncGenerator<ForecastPart, void, undefined> {
  const places = new Map(clusters.map(({ id }, place) => [id, place]));
  const sum = new AnswerSum(scenario);
  let done = 0;
  const horizonMs = horizonDays * DAY_MS;
  const request = { clusters, listRows, facts, classes, nowMs, horizonMs, scenario, pause };
  for await (const part of forecastInParts(request, { urgentFirst: true })) {
    const lives = new Map<ClusterId, Life[]>();
    for (const life of part.lives) addTo(lives, life.clusterId, life);
    const packed = [];
    for (const forecast of part.clusters) {
      const { clusterId } = forecast;
      const place = places.get(clusterId) ?? 0;
      const ids = clusters[place]?.credentials.map(({ id }) => id) ?? [];
      packed.push(packForecast(forecast, ids, lives.get(clusterId) ?? []));
      sum.add(forecast.answer, place);
      await pause();
    }
    done += packed.length;
    yield { done, answer: sum.answer, clusters: packed };
  }
}
