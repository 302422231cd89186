import { DAY_MS, HOUR_MS } from '../../shared/instant.ts';

/** Hours, days or years: `36h`, `4d`, `10y`. */
export const VALIDITY = /^[1-9]\d{0,5}[hdy]$/u;

/** Years have 365 days, as kubeadm counts the ten of its CAs. */
const UNITS: Readonly<Record<string, number>> = { h: HOUR_MS, d: DAY_MS, y: 365 * DAY_MS };
const LONGEST_MS = 30 * 365 * DAY_MS;

/** Milliseconds of a validity in the form of `VALIDITY`. */
export function parseValidity(text: string): number {
  const unit = UNITS[text.slice(-1)];
  if (unit === undefined || !VALIDITY.test(text)) throw new Error('no validity');
  return Number(text.slice(0, -1)) * unit;
}

/** Whether it is at most 30 years; the shortest that can be written is one hour. */
export function isValidityInRange(text: string): boolean {
  return VALIDITY.test(text) && parseValidity(text) <= LONGEST_MS;
}
