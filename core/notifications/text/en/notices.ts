/** Reports of changes in mails, system messages and event logs. */
export default {
  'notice.subject.changes': '{counts}',
  'notice.subject.heartbeat': 'Arcwarden is running',
  'notice.subject.test': 'A test from Arcwarden',
  'notice.lead.heartbeat': 'The checks go on. Nothing has to be done about this message.',
  'notice.lead.test': 'This is a test. What is told of real changes comes the same way.',
  'notice.count.expired': '{count} expired',
  'notice.count.urgent': '{count} urgent',
  'notice.count.stalled': '{count} with a stalled renewal',
  'notice.count.renewal-overdue': '{count} overdue for renewal',
  'notice.count.not-yet-valid': '{count} not yet valid',
  'notice.count.channel-failing': '{count, plural, one {# channel failing} other {# channels failing}}',
  'notice.count.clock-back': 'the clock went back',
  'notice.count.renewed': '{count} renewed',
  'notice.count.recovered': '{count} in order again',
  'notice.count.withdrawn': '{count} removed',
  'notice.count.channel-working': '{count, plural, one {# channel working again} other {# channels working again}}',
  'notice.count.joint': ', ',
  'notice.entered.expired': 'Expired: {name} in {cluster} ({role})',
  'notice.entered.urgent': 'Urgent: {name} in {cluster} ({role})',
  'notice.entered.stalled': 'Renewal stalled: {name} in {cluster} ({role})',
  'notice.entered.renewal-overdue': 'Renewal overdue: {name} in {cluster} ({role})',
  'notice.entered.not-yet-valid': 'Not yet valid: {name} in {cluster} ({role})',
  'notice.renewed': 'Renewed: {name} in {cluster} ({role})',
  'notice.recovered': 'In order again: {name} in {cluster} ({role})',
  'notice.withdrawn': 'No longer in the inventory: {name} in {cluster} ({role})',
  'notice.channel-failing': 'The channel {channel} fails',
  'notice.channel-failing.do': 'Its messages wait and are tried again. Open Settings, Notifications: it says why.',
  'notice.channel-working': 'The channel {channel} works again',
  'notice.clock-back': 'The clock of this computer went back from {from} to {to}',
  'notice.clock-back.do': 'Nothing is judged by it for an hour. Check the time, and that it is synchronised.',
  'notice.ends': '{assumed, select, yes {Assumed to end} other {Ends}} {date}, in {span}.',
  'notice.ended': '{assumed, select, yes {Assumed to have ended} other {Ended}} {date}, {span} ago.',
  'notice.valid-from': 'Valid from {date} on.',
  'notice.no-end': 'It states no end.',
  'notice.now-until': 'The new one is valid until {date}.',
  'notice.fact.obstacle': 'Why it stalls: {text}',
  'notice.fact.layer': 'Layer: {layer}',
  'notice.fact.id': 'SHA-256: {id}',
  'notice.fact.breaks': 'What breaks: {text}',
  'notice.do': 'What to do: {text}',
  'notice.do.clock': 'What to do: compare the clocks of this computer, the hosts and the nodes.',
  'notice.do.console': 'What to do: no source names a command; open the credential in Arcwarden.',
  'notice.sources': 'Source: {sources}',
  'notice.more': '{count, plural, one {and # more change} other {and # more changes}}',
  'notice.fleet':
    '{credentials, plural, one {# credential} other {# credentials}} in {clusters, plural, one {# cluster} other {# clusters}}: {states}',
  'notice.next': 'Ends next: {name} in {cluster}, {date}',
  'notice.files': '{sources, plural, one {# file} other {# files}} looked for, {down} could not be read',
  'notice.audit': 'Audit trail: {lines, plural, one {one line} other {# lines}}, SHA-256 of the last one {hash}',
  'notice.foot': 'Arcwarden, {at}, message {id}',

  'finding.watch.channel-failing':
    'The channel “{channel}” failed {failures, plural, one {once} other {# times}}{waiting, plural, =0 {} one {; # message waits} other {; # messages wait}}.',
  'finding.watch.channel-failing.remedy':
    'Open Settings, Notifications: it says why, and sends a test once that is mended. What waits is sent then.',
  'finding.watch.source-down':
    '{count, plural, one {A file that credentials were read from cannot be read any more: {path}} other {# files that credentials were read from cannot be read any more, {path} among them}}. What was read last is judged.',
  'finding.watch.source-down.remedy': 'Make them readable again, or import the credentials from where they are now.',
  'finding.watch.clock-back':
    'The clock of this computer showed a later time before. Nothing is told of changes until it has gone on for an hour.',
  'finding.watch.clock-back.remedy': 'Check the time of this computer and its synchronisation.',
  'finding.watch.file-doubted':
    '{file} is not what Arcwarden wrote: something has changed in it. It was read all the same, since there is no whole earlier copy.',
  'finding.watch.file-doubted.remedy':
    'If you have changed it yourself, remove the field sha256 at its end. Otherwise look through the channels and what is snoozed, and save them again.',
  'finding.watch.file-restored':
    'The file {file} was damaged or gone. Its previous copy is used; the last change may be missing.',
  'finding.watch.file-restored.remedy': 'Look through channels and snoozed credentials in the settings.',
  'finding.watch.file-lost':
    '{setAside, select, none {The file {file} is gone or damaged} other {The file {file} is damaged and was set aside as {setAside}}}; there is no usable copy.',
  'finding.watch.file-lost.remedy':
    'Set up channels and snoozed credentials again, or restore the file from a backup while Arcwarden is closed. What was told before may be told once more.',
  'finding.watch.entry-unreadable': 'Entry {entry} of the file {file} cannot be read. It is kept as it is.',
  'finding.watch.entry-unreadable.remedy': 'Set it up again in the settings.',

  'finding.audit.line-unreadable': 'Line {line} of the audit trail is no line of one.',
  'finding.audit.line-unreadable.remedy': 'It was changed, or the disk failed. Compare it with a backup.',
  'finding.audit.chain-broken': 'Line {line} of the audit trail does not follow the line before it.',
  'finding.audit.chain-broken.remedy':
    'A line at this place was changed, removed, added or moved. Compare it with a backup.',
  'finding.audit.line-missing': 'The audit trail ends before line {line}, which it once had.',
  'finding.audit.line-missing.remedy': 'Lines at its end were removed. Compare it with a backup.',
  'finding.audit.end-changed':
    'Line {line} of the audit trail, the last that is known of, is not the one that was written.',
  'finding.audit.end-changed.remedy': 'It was changed. Compare it with a backup.',
  'finding.audit.head-behind': 'The audit trail has lines from {line} on that Arcwarden does not know of.',
  'finding.audit.head-unknown': 'No line of the audit trail has the SHA-256 {head}.',
  'finding.audit.head-unknown.remedy':
    'If it was noted from this trail, lines were changed since. Compare it with a backup.',
  'finding.audit.head-behind.remedy':
    'They were added by hand, or audit-head.json is an older copy. Compare both with a backup.',
} as const;
