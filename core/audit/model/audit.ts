/** Every action that the console records in its audit trail. Texts: `audit.action.<word>`. */
export const AUDIT_ACTIONS = [
  'credential.snoozed',
  'credential.acknowledged',
  'credential.unmarked',
  'channel.added',
  'channel.changed',
  'channel.removed',
  'revocation.written',
  'revocation.copied',
  'revocation.bundled',
  'revocation.sent',
  'revocation.lifted',
  'revocation.in-force',
  'run.started',
  'run.resumed',
  'run.step-done',
  'run.step-failed',
  'run.step-skipped',
  'run.step-unknown',
  'run.ended',
  'run.exported',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];
