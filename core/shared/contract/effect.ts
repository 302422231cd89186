import type { AuditFacts } from '../problem.ts';
import type { AuditAction } from './audit-action.ts';

export interface Recorded<Given> {
  kind: 'changes' | 'exports';
  /** Returns `undefined` if this call neither changes nor exports anything. */
  action(given: Given): AuditAction | undefined;
  facts(given: Given): AuditFacts;
  /** Creates the data folder if it is missing. Default false. */
  startsData?: boolean;
}

/** Autosave, window state and rereading known files count as reading. */
export type Effect<Given = unknown> = { kind: 'reads' } | Recorded<Given>;

export const READS = { kind: 'reads' } as const;

export type ActionFor<Given> = AuditAction | ((given: Given) => AuditAction | undefined);

export function declareAct<Given>(
  kind: Recorded<Given>['kind'],
  action: ActionFor<Given>,
  facts: (given: Given) => AuditFacts = () => ({}),
): Recorded<Given> {
  return { kind, action: typeof action === 'string' ? () => action : action, facts };
}
