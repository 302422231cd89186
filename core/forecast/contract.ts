import { z } from 'zod';
import { method, type Calls } from '../shared/contract/method.ts';
import { clusterId, type SchemaFields } from '../shared/contract/schemas.ts';
import { LONGEST_HORIZON_DAYS, type ForecastScenario } from './model/forecast.ts';
import type { ForecastPart } from './model/forecast-part.ts';

/** Milliseconds since 1970, up to the last instant that can be formatted. */
const moment = z.int().min(0).max(253_402_300_799_000);
const span = { fromMs: moment, toMs: moment };
const isInOrder = ({ fromMs, toMs }: { fromMs: number; toMs: number }): boolean => fromMs < toMs;

const scenario: z.ZodType<ForecastScenario> = z.strictObject({
  updateOnMs: moment.optional(),
  off: z
    .strictObject({ ...span, clusterId: clusterId.optional() })
    .refine(isInOrder)
    .optional(),
  absent: z.strictObject(span).refine(isInOrder).optional(),
  missesUpdate: z.literal(true).optional(),
} satisfies SchemaFields<ForecastScenario>);

const forecastQuestion = z.strictObject({ horizonDays: z.int().min(1).max(LONGEST_HORIZON_DAYS), scenario });
export type ForecastQuestion = z.infer<typeof forecastQuestion>;

export const FORECAST_METHODS = {
  /** Starts a forecast and ends any earlier one. `part` then returns a few clusters at a time. */
  begin: method(forecastQuestion).computes().answers<ForecastBegun>(),
  /**
   * Returns the next clusters of the latest forecast, the most urgent first; computes each part on request. Throws
   * `argument.invalid` if another forecast has started since, or if no cluster is left.
   */
  part: method({ number: z.int().min(1) })
    .computes()
    .answers<ForecastPart>(),
};

interface ForecastBegun {
  number: number;
  nowMs: number;
  untilMs: number;
  clusters: number;
}

export type ForecastApi = Calls<typeof FORECAST_METHODS>;
