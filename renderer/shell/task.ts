import type { ExpiryState } from '../../core/knowledge/model/credentials/expiry-state.ts';
import type { RunLine } from '../runs/runs.svelte.ts';

/** Work under way, as the status bar and its list show it. */
export interface RunningTask {
  id: string;
  title: string;
  words: string;
  /** From 0 to 1, if known. */
  share?: number | undefined;
  /** In place of a progress bar. */
  mark?: ExpiryState;
  button?: { label: string; run: () => void };
  dismiss?: () => void;
}

export const RUN_MARKS = {
  confirm: 'renewal-due',
  running: 'renewal-due',
  failed: 'expired',
  interrupted: 'unknown',
} as const satisfies Record<RunLine['phase'], ExpiryState>;
