import type { ForecastScenario } from './model/forecast.ts';

export interface ForecastQuestion {
  /** How far to look ahead. */
  horizonDays: number;
  scenario: ForecastScenario;
}
