import type { Instant } from '../instant.ts';
import { formatInstant } from '../text/time.ts';
import type { Invocation } from './invocation.ts';

/** Formats an instant, or milliseconds since 1970, in this computer's local time; empty if absent. */
export function localTime({ language }: Invocation, moment: Instant | number | null | undefined): string {
  return moment === null || moment === undefined ? '' : formatInstant(moment, language, 'local');
}
