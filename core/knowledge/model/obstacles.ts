import type { Statement } from '../../shared/citation.ts';
import { ROW_AUTHORITY } from './sources/sources-revocation.ts';
import {
  cited,
  inferred,
  ISSUE_237,
  KNOWN_EXPIRED_CONTROL_PLANE,
  MOC_SDK_RENEWAL,
  OVERVIEW_REVOCATION,
  RENEWAL_PODS,
  UPDATE_COMMANDS,
} from './sources/sources.ts';

/**
 * How long a cluster may be off according to the documentation: four days (known issues), 30 days (the repair table).
 */
export const POWER_OFF_LIMITS: Statement = cited('poweroff.note', KNOWN_EXPIRED_CONTROL_PLANE, UPDATE_COMMANDS);

/**
 * How many days off leave the MOC layer alone, where no end of its credentials is known. The page tells of less than 30
 * days; that it also holds for a cluster of which nothing was read is what the statement is marked with.
 */
export const MOC_OFF_LIMIT = { days: 30, statement: cited('poweroff.moc-limit', UPDATE_COMMANDS) } as const;

/** Why the renewal of an overdue credential is believed to fail. */
export const OBSTACLES = {
  'issuer-expired': cited('obstacle.issuer-expired', inferred('source.inferred.issuer-expired')),
  'api-server-expired': cited('obstacle.api-server-expired', inferred('source.inferred.api-server')),
  'approver-token-expired': cited('obstacle.approver-token-expired', ISSUE_237),
  /** The details name the entry. */
  revoked: cited('obstacle.revoked', OVERVIEW_REVOCATION, ROW_AUTHORITY),
  /** Late by several tries when it was read, whatever has happened since. */
  'late-moc': cited('obstacle.late', { ...MOC_SDK_RENEWAL, certainty: 'inferred' }),
  'late-kubernetes': cited('obstacle.late', { ...RENEWAL_PODS, certainty: 'inferred' }),
  /** The interval of the retries was read in the code of the MOC layer. */
  'unchanged-moc': cited('obstacle.unchanged', { ...MOC_SDK_RENEWAL, certainty: 'inferred' }),
  'unchanged-kubernetes': cited('obstacle.unchanged', { ...RENEWAL_PODS, certainty: 'inferred' }),
} as const satisfies Record<string, Statement>;
