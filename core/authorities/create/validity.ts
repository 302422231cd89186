import { DAY_MS, HOUR_MS } from '../../shared/instant.ts';

/** Hours, days or years: `36h`, `4d`, `10y`. */
export const VALIDITY = /^[1-9]\d{0,5}[hdy]$/u;

/** A year has 365 days, as in kubeadm. */
const UNITS: Readonly<Record<string, number>> = { h: HOUR_MS, d: DAY_MS, y: 365 * DAY_MS };
const LONGEST_MS = 30 * 365 * DAY_MS;

export function parseValidity(text: string): number {
  const unit = UNITS[text.slice(-1)];
  if (unit === undefined || !VALIDITY.test(text)) throw new Error('no validity');
  return Number(text.slice(0, -1)) * unit;
}

export function isValidityInRange(text: string): boolean {
  return VALIDITY.test(text) && parseValidity(text) <= LONGEST_MS;
}
