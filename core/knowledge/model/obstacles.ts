import type { Statement } from '../../shared/citation.ts';
import { ROW_AUTHORITY } from './sources/sources-revocation.ts';
import {
  citeText,
  infer,
  inference,
  ISSUE_237,
  KNOWN_EXPIRED_CONTROL_PLANE,
  MOC_SDK_RENEWAL,
  OVERVIEW_REVOCATION,
  RENEWAL_PODS,
  UPDATE_COMMANDS,
} from './sources/sources.ts';

/** The documented limits: 4 days (known issues) and 30 days (repair table). */
export const POWER_OFF_LIMITS: Statement = citeText('poweroff.note', KNOWN_EXPIRED_CONTROL_PLANE, UPDATE_COMMANDS);

/** Days off after which a layer needs repair if no end in it is known. For MOC, the page says less than 30 days. */
export const OFF_LIMITS = {
  kubernetes: { days: 4, statement: citeText('poweroff.kubernetes-limit', KNOWN_EXPIRED_CONTROL_PLANE) },
  moc: { days: 30, statement: citeText('poweroff.moc-limit', UPDATE_COMMANDS) },
} as const;

export const OBSTACLES = {
  'issuer-expired': citeText('obstacle.issuer-expired', inference('issuer-expired')),
  'api-server-expired': citeText('obstacle.api-server-expired', inference('api-server')),
  'approver-token-expired': citeText('obstacle.approver-token-expired', ISSUE_237),
  /** The details name the revocation entry. */
  revoked: citeText('obstacle.revoked', OVERVIEW_REVOCATION, ROW_AUTHORITY),
  /** Overdue by several attempts at the last reading, and assumed to be still overdue. */
  'late-moc': citeText('obstacle.late', infer(MOC_SDK_RENEWAL)),
  'late-kubernetes': citeText('obstacle.late', infer(RENEWAL_PODS)),
  /** The retry interval comes from the code of the MOC layer. */
  'unchanged-moc': citeText('obstacle.unchanged', infer(MOC_SDK_RENEWAL)),
  'unchanged-kubernetes': citeText('obstacle.unchanged', infer(RENEWAL_PODS)),
} as const satisfies Record<string, Statement>;
