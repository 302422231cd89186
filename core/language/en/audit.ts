/** The audit trail. */
export const audit = {
  'navigation.audit': 'Audit trail',
  'audit.title': 'Audit trail',
  'audit.action.credential.snoozed': 'Snoozed a credential',
  'audit.action.credential.acknowledged': 'Acknowledged a credential',
  'audit.action.credential.unmarked': 'Ended a snooze or acknowledgement',
  'audit.action.channel.added': 'Added a channel',
  'audit.action.channel.changed': 'Changed a channel',
  'audit.action.channel.removed': 'Removed a channel',
  'audit.action.revocation.written': 'Wrote a revocation to a file',
  'audit.action.revocation.copied': 'Copied a revocation',
  'audit.action.revocation.bundled': 'Wrote an offline bundle of a revocation',
  'audit.action.revocation.sent': 'Sent a revocation to a cluster',
} as const;
