/** How the console judges expiry: why a renewal is seen failing, power-off, thresholds. */
export const expiry = {
  'obstacle.issuer-expired': 'Its CA has expired: nothing it signs is valid.',
  'obstacle.api-server-expired':
    'No API server certificate of this cluster is valid any more, and the renewal goes through the API server.',
  'obstacle.approver-token-expired':
    'The token of the certificate manager, which approves the kubelet’s requests, has expired.',
  'obstacle.unchanged':
    'Read again after the renewal should have been tried several times, and still the same certificate.',

  'poweroff.usage.past': 'a moment that is over',
  'poweroff.usage.future': 'a moment that is still to come',
  'poweroff.break': '{role}, {name}: valid until {date} ({span})',
  'poweroff.off-since': 'Off since {date}, for {span}.',
  'poweroff.expired':
    'Needs repair now: {count, plural, one {# credential has expired} other {# credentials have expired}}.',
  'poweroff.safe-until': 'May stay off until {date}, for another {span}.',
  'poweroff.next': 'The next one ends on {date}, in {span}.',
  'poweroff.nothing-left': 'Nothing with a known end is still valid.',
  'poweroff.first': 'Breaks first: {credential}',
  'poweroff.until.safe': 'Off until {date}: safe, nothing more expires.',
  'poweroff.until.breaks': 'Off until {date}: not safe, breaks {credential}',
  'poweroff.layer':
    '{layer}: {expired, plural, =0 {} one {# expired; } other {# expired; }}next {credential}',
  'poweroff.layer.all-expired': '{layer}: {expired} expired, nothing left',
  'poweroff.overdue':
    'Overdue for renewal: {count, plural, one {# credential} other {# credentials}}. Without renewal:',
  'poweroff.repair': 'Run in this order:',

  'view.label': 'Views of expiry',
  'view.credentials': 'Credentials',
  'view.power-off': 'Power-off',
  'poweroff.headline.repair':
    '{count, plural, one {{cluster} needs} other {# clusters need}} repair now.',
  'poweroff.headline.shortest': '{cluster} may stay off until {date}; that is the shortest.',
  'poweroff.headline.shortest-rest': 'Of the others {cluster} may stay off shortest: until {date}.',
  'poweroff.headline.none':
    'No credential with a known end: how long a cluster may stay off cannot be told.',
  'poweroff.note':
    'Switched off, nothing renews itself. The documented limits are four days for the Kubernetes layer and 30 days for MOC; these clocks count the certificates and tokens that were read.',
  'poweroff.card.left': 'may stay off',
  'poweroff.card.until': 'until {date}',
  'poweroff.card.repair': 'needs repair now',
  'poweroff.card.expired':
    '{count, plural, one {# credential has} other {# credentials have}} expired; nothing more before {date}',
  'poweroff.card.all-expired':
    '{count, plural, one {# credential has} other {# credentials have}} expired',
  'poweroff.card.unknown': 'cannot be told',
  'poweroff.card.first': 'Breaks first',
  'poweroff.card.host': 'Hosts and cloud agent',
  'poweroff.card.management': 'Management cluster',
  'poweroff.card.workload': 'Workload cluster',
  'poweroff.card.read-now': 'just read',
  'poweroff.card.read': 'As read {span} ago',
  'poweroff.scale': 'From now on, when each layer needs repair: {layers}',
  'poweroff.scale.layer': '{layer} from {date}',
  'poweroff.scale.expired': '{layer} now',
  'poweroff.scale.now': 'now',
  'poweroff.layers': 'Layers',
  'poweroff.layer.from': 'needs repair from {date}',
  'poweroff.layer.now': 'needs repair now: {count} expired',
  'poweroff.shutdowns': 'Planned shutdowns',
  'poweroff.tonight': 'Tonight',
  'poweroff.weekend': 'Weekend',
  'poweroff.until': 'Until',
  'poweroff.until.label': 'Off from now until',
  'poweroff.span': '{from} – {until}',
  'poweroff.verdict.safe': 'Safe',
  'poweroff.verdict.safe-if-renewed': 'Safe if renewals go on until then',
  'poweroff.verdict.breaks': 'Not safe: {role} ends {date}',
  'poweroff.off.label': 'Switched off since',
  'poweroff.off.clear': 'It runs again',
  'poweroff.off.is': 'Switched off since {date} ({span})',
  'poweroff.steps': 'Repair in this order',
  'poweroff.steps.later': 'Once the Kubernetes or MOC layer is past that',
  'poweroff.steps.copy': 'Command {number} of {cluster}',
  'poweroff.overdue.card':
    '{count, plural, one {# credential is} other {# credentials are}} overdue for renewal',
  'poweroff.show-credentials': 'Show its credentials',

  'thresholds.title': 'Thresholds',
  'thresholds.lead':
    'When a credential changes its state: at so much of its own lifetime left, and, where days are given, at no more than that. A change takes effect at once, everywhere; an empty field for days sets no limit.',
  'thresholds.class': 'Credentials',
  'thresholds.usual': 'usually {span}',
  'thresholds.percent': '{class}, {state}: percent of the lifetime left',
  'thresholds.days': '{class}, {state}: at most so many days left',
  'thresholds.days.unit': 'd',
  'thresholds.reset': 'Back to the default: {class}',
  'thresholds.class.kubernetes-leaf': 'Kubernetes certificates',
  'thresholds.class.kubernetes-root': 'Kubernetes CAs',
  'thresholds.class.moc-identity': 'MOC certificates and tokens',
  'thresholds.class.moc-root': 'Cloud agent CA',
  'thresholds.class.kubeconfig-client': 'kubeconfig certificates',
  'thresholds.class.webhook': 'AD authentication webhook',
  'thresholds.class.other': 'Everything else',
  'threshold.no-number': 'Not a number. For instance 12.5.',
  'threshold.out-of-range': 'Must be more than a minute and at most the whole lifetime.',
  'threshold.out-of-order': 'Would be reached before the state to its left. Choose less.',

  'poweroff.facts': 'What only you know',
  'poweroff.updated.label': 'Last updated',
  'poweroff.updated': 'Last updated {span} ago.',
  'poweroff.updated.inferred': 'Last updated {span} ago, by its tokens.',
  'poweroff.update.current': 'Update by {date} at the latest.',
  'poweroff.update.note': 'The next update is due; {date} at the latest.',
  'poweroff.update.warning':
    'Later than the 60 days that Microsoft recommends; {date} at the latest.',
  'poweroff.update.renewal-due':
    'Its tokens and certificates are due for renewal; they end on {date}.',
  'poweroff.update.critical': 'Update now: tokens and certificates end on {date}.',
  'poweroff.update.expired':
    'Past the 90 days, since {date}: after a restart it may not work. Repair before anything else, and do not restart.',
  'poweroff.windows': 'Hosts run',
  'poweroff.windows.unknown': 'Not stated',
  'windows.windows-server-2019': 'Windows Server 2019',
  'windows.windows-server-2022': 'Windows Server 2022',
  'windows.azure-stack-hci-22h2': 'Azure Stack HCI 22H2',
  'poweroff.agent': 'Runs on',
  'poweroff.agent.unknown': 'Not stated',

  'poweroff.next-step': 'Begin with {cluster}:',
  'poweroff.next-step.all': 'All steps',

  'cli.help.expiry-check':
    'arcwarden expiry check [PATH...]\n    One line a credential, most urgent first; of the inventory, or of the named files alone.\n    Exit 0: none is as bad as --fail-on says; 1: one is.\n    --cluster NAME         only this cluster, by name or id (may be given more than once)\n    --fail-on STATE        overdue (the default), urgent or expired; what is snoozed or acknowledged does not count\n    --prometheus FILE      write metrics for the textfile collector of the node exporter, in one step\n    --notify               read the known files again and tell the channels what has changed; not with PATH\n    --event-log            as --notify, and write it to the Windows event log, too',
  'cli.help.expiry-channels':
    'arcwarden expiry channels\n    How each channel fares: what waits for it, its failures, its last success. Exit 1: one is failing.',
  'cli.help.expiry-test':
    'arcwarden expiry test CHANNEL\n    Sends a test to a channel, by name or id. Exit 0: it arrived; 1: it did not.',
  'cli.help.audit-list': 'arcwarden audit list\n    Who did what when, oldest first.',
  'cli.help.audit-verify':
    'arcwarden audit verify\n    Whether every line of the audit trail is what was written. Exit 0: it is; 1: a line was changed, removed, added or moved.\n    --head SHA256          a line with this hash has to be in it: one that was noted elsewhere',
  'cli.usage.notify-paths':
    '--notify and --event-log tell what has changed in the data folder: leave out the paths.',
  'cli.usage.no-channel': 'There is no channel “{channel}”. There are: {known}',
  'cli.notify.console-open':
    'The console is open and tells what changes by itself; this command only looks.',
  'cli.notify.told':
    '{count, plural, =0 {Nothing has changed that somebody has to be told.} one {# change was told.} other {# changes were told.}}',
  'cli.channels.name': 'Name',
  'cli.channels.kind': 'Kind',
  'cli.channels.waiting': 'Waiting',
  'cli.channels.failures': 'Failures',
  'cli.channels.last-success': 'Last success (UTC)',
  'cli.audit.line': 'Line',
  'cli.audit.at': 'When',
  'cli.audit.by': 'Who',
  'cli.audit.action': 'What',
  'cli.audit.subject': 'On',
  'cli.audit.params': 'Details',
  'cli.audit.verified':
    '{faults, plural, =0 {{lines, plural, =0 {The trail is empty.} other {# lines, all as they were written.}}} other {{lines} lines, {faults} of them not as they were written.}}\nSHA-256 of the last line: {head}',
  'cli.help.expiry-poweroff':
    'arcwarden expiry poweroff [PATH...]\n    How long each cluster may stay off, what breaks first, and what to run once it has.\n    Exit 0: nothing has expired; 1: something has, or would by --off-until.\n    --cluster NAME         only this cluster, by name or id (may be given more than once)\n    --off-since INSTANT    it has been off since then\n    --off-until INSTANT    it is to be off from now until then',
} as const;
