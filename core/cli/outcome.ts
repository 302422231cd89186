import type { Finding } from '../shared/finding.ts';
import type { ExpiryState } from '../knowledge/model/credentials/expiry-state.ts';
import { EXIT, type ExitCode } from './usage.ts';

const NEEDS_ATTENTION: ReadonlySet<ExpiryState> = new Set([
  'expired',
  'urgent',
  'stalled',
  'renewal-overdue',
  'not-yet-valid',
]);

/** A path named on the command line that does not exist is a mistake in the call; one met in a folder is a warning. */
export function inputFault(findings: readonly Finding[]): boolean {
  return findings.some(({ rule, severity }) => rule === 'file.not-found' && severity === 'error');
}

/** 1 when a credential or an error finding needs attention, otherwise 0. */
export function decideExitCode(records: readonly { state: ExpiryState }[], findings: readonly Finding[]): ExitCode {
  const needed =
    records.some(({ state }) => NEEDS_ATTENTION.has(state)) || findings.some(({ severity }) => severity === 'error');
  return needed ? EXIT.attention : EXIT.fine;
}
