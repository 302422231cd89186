import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';
import { NEEDS_ATTENTION } from '../model/board-states.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import type { Finding } from '../../shared/finding.ts';

export function decideExitCode(records: readonly { state: ExpiryState }[], findings: readonly Finding[]): ExitCode {
  const needed =
    records.some(({ state }) => NEEDS_ATTENTION.includes(state)) ||
    findings.some(({ severity }) => severity === 'error');
  return needed ? EXIT.attention : EXIT.fine;
}
