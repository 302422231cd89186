/**
 * A point in time as ISO 8601 UTC text in whole seconds (`2026-11-24T23:00:00Z`); sorts as text within the years 0001
 * to 9999.
 */
export type Instant = string & { readonly brand: 'Instant' };

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Parses an ISO 8601 date and time with an offset; `undefined` when the text is not one or names an impossible date.
 */
export function parseInstant(text: string): Instant | undefined {
  if (!ISO.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : instantFromMs(ms);
}

/** Like `parseInstant`, for text written by this program. Throws a plain `Error` (a bug) on anything else. */
export function instant(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === undefined) throw new Error(`not an instant: ${text}`);
  return parsed;
}

/** Milliseconds since 1970-01-01T00:00:00Z, truncated to the second. */
export function instantFromMs(ms: number): Instant {
  const whole = Math.floor(ms / SECOND_MS) * SECOND_MS;
  return new Date(whole).toISOString().replace('.000Z', 'Z') as Instant;
}

/** The same for a JSON document, in which what is unknown is `null`. */
export function instantOrNull(ms: number | undefined): Instant | null {
  return ms === undefined ? null : instantFromMs(ms);
}

/** Milliseconds since 1970-01-01T00:00:00Z. */
export function toMilliseconds(moment: Instant): number {
  return Date.parse(moment);
}
