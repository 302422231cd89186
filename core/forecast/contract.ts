import { z } from 'zod';
import { method, type Calls } from '../shared/contract/method.ts';
import { clusterId, type SchemaFields } from '../shared/contract/schemas.ts';
import { LONGEST_HORIZON_DAYS, type ForecastScenario } from './model/forecast.ts';
import type { ForecastPart } from './model/forecast-part.ts';

/** Milliseconds since 1970, up to where a moment can still be written. */
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

const forecastQuestion = z.strictObject({
  /** How far to look ahead. */
  horizonDays: z.int().min(1).max(LONGEST_HORIZON_DAYS),
  scenario,
});
export type ForecastQuestion = z.infer<typeof forecastQuestion>;

export const FORECAST_METHODS = {
  /** Begins to foretell the inventory under a scenario, and ends an earlier one: `part` answers with some clusters after the other. */
  begin: method(forecastQuestion).computes().answers<ForecastBegun>(),
  /**
   * The next clusters of what was begun last, those first that are likely to need somebody first. Nothing is worked out unless it
   * is asked for. `argument.invalid` when something else was begun since, or none is left.
   */
  part: method({ number: z.int().min(1) })
    .computes()
    .answers<ForecastPart>(),
};

export interface ForecastBegun {
  /** For `part`. */
  number: number;
  nowMs: number;
  untilMs: number;
  /** How many will be foretold. */
  clusters: number;
}

export type ForecastApi = Calls<typeof FORECAST_METHODS>;
