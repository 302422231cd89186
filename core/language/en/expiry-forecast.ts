/** The forecast: what happens when, under which supposition, and what that rests on. */
export const expiryForecast = {
  // The answer: a condition, then what follows
  'forecast.answer': '{condition} {consequence}',
  'forecast.if.nothing': 'If nothing is done,',
  'forecast.if.updated': 'If everything is updated on {on},',
  'forecast.if.off': 'If {cluster} is switched off from {from} to {to},',
  'forecast.if.off-hosts': 'If the hosts with all clusters are switched off from {from} to {to},',
  'forecast.if.absent': 'If nobody acts from {from} to {to},',
  'forecast.if.missed': 'If the next monthly update is missed,',
  'forecast.if.several': 'If all of this comes true,',
  'forecast.then.first': 'the first to break is {about} of {cluster}, on {date} ({span} from now).',
  'forecast.then.nothing': 'nothing more breaks until {date}.',
  'forecast.then.because': 'Because of it, the first is {about} of {cluster}, on {date}.',
  'forecast.then': '{before} {sentence}',
  'forecast.then.rest': '{count, plural, one {# more breaks} other {# more break}} until {date}.',
  'forecast.then.broken':
    '{count, plural, one {# credential has expired already and needs somebody} other {# credentials have expired already and need somebody}}.',
  'forecast.cluster.first': 'Breaks first: {about}, on {date} ({span} from now).',
  'forecast.cluster.nothing': 'Nothing more breaks until {date}.',
  'forecast.empty': 'There is nothing to forecast yet: import certificates first.',
  'forecast.about': '{role} {name}',

  // Kinds of events
  'forecast.kind.renewal': 'Renewal',
  'forecast.kind.expiry': 'Expiry',
  'forecast.kind.not-started': 'Does not start',
  'forecast.kind.node-lost': 'Node lost',
  'forecast.kind.node-replaced': 'Node replaced',
  'forecast.kind.update': 'Update',
  'forecast.kind.update-failed': 'Update fails',
  'forecast.kind.update-due': '60 days without update',
  'forecast.kind.update-overdue': '90 days without update',
  'forecast.kind.ca-horizon': 'CA horizon',
  'forecast.kind.power-off': 'Off',
  'forecast.kind.power-on': 'On again',
  'forecast.kind.support-end': 'Support ends',

  // One event
  'forecast.event.renewal':
    '{about} is renewed by itself{count, plural, one {} other {, # times up to the end of the forecast}}.',
  'forecast.event.expiry': '{about} expires.',
  'forecast.event.expired': '{about} has expired.',
  'forecast.event.not-started': '{about}: the program that logs in with it cannot start.',
  'forecast.event.node-lost':
    'Node {about} can no longer be reached: the certificate of its kubelet has expired.',
  'forecast.event.node-replaced': 'Worker node {about} is removed and replaced.',
  'forecast.event.update': 'Updated: certificates and tokens start anew.',
  'forecast.event.update-failed': 'The update does not get through.',
  'forecast.event.update-due': 'The last update is 60 days old: Microsoft recommends one by now.',
  'forecast.event.update-overdue':
    'The last update is 90 days old: what only an update rotates has expired.',
  'forecast.event.ca-horizon':
    'A client certificate of 90 days that is issued from here on outlives its CA, {about}: rotate the CA before it expires.',
  'forecast.event.power-off': 'Switched off.',
  'forecast.event.power-on': 'Switched on again.',
  'forecast.event.support-end':
    'Microsoft ends the support of AKS on {system}: no updates any more, which used to rotate the tokens.',
  'forecast.event.support-end.month':
    'Microsoft ends the support of AKS on {system} in this month; the page names no day. No updates any more, which used to rotate the tokens.',
  'forecast.event.support-end.superseded':
    'The date that Microsoft named first for the end of support of AKS on {system}; a newer page moved it forward.',
  'forecast.event.possible': 'If the hosts run it: what they run has not been stated.',
  'forecast.event.needs': 'Needs somebody.',
  'forecast.event.recovers': 'Over on {date}.',
  'forecast.cause.nobody-renews': 'Nobody renews it by itself.',
  'forecast.cause.only-by-update': 'Only an update rotates it.',
  'forecast.cause.off': 'What renews it is switched off.',
  'forecast.cause.stalled': 'Its renewal has been seen failing.',
  'forecast.cause.not-used': 'It is renewed only while the tool is used.',
  'forecast.cause.refused': 'Its renewal is tried and refused: {reason}.',
  'forecast.cause.not-known': 'Why it was not renewed is not known.',

  // Why something is refused or fails
  'forecast.reason.revoked': 'it is revoked',
  'forecast.reason.api-server-down': 'no API server answers',
  'forecast.reason.request-not-approved': 'nobody approves the request',
  'forecast.reason.issuer-not-valid': 'its CA is not valid',
  'forecast.reason.unknown-authority': 'the CA is not trusted',
  'forecast.reason.server-not-valid': 'the cloud agent’s own certificate is not valid',
  'forecast.reason.certificate-expired': 'the certificate has expired',
  'forecast.reason.certificate-not-yet-valid': 'the certificate is not valid yet',
  'forecast.reason.token-expired': 'the token has expired',
  'forecast.reason.not-found': 'there is no such cluster or identity',
  'forecast.reason.host-off': 'the hosts are off',
  'forecast.reason.cluster-off': 'the cluster is off',
  'forecast.reason.already-so': 'it is so already',
  'forecast.reason.client-stopped': 'the client does not run',
  'forecast.reason.unauthorized': 'the kubeconfig is not accepted any more',
  'forecast.reason.machines-still-upgrading': 'no machine can be made',
  'forecast.reason.repair-failed': 'the repair fails',
  'forecast.reason.stage-out-of-order': 'the stage is out of order',

  // What it takes for granted
  'forecast.assumptions': 'Taken for granted',
  'forecast.assumption.cloud-agent': 'Nothing of the cloud agent was read: it is assumed to work.',
  'forecast.assumption.management-cluster':
    'Nothing of the management cluster was read: it is assumed to work.',
  'forecast.assumption.control-plane':
    'No certificate of the control plane was read: it is assumed to work.',
  'forecast.assumption.tokens-need-update':
    'Tokens do not rotate by themselves; newer builds rotate some of them, and no file tells which build it is.',
  'forecast.assumption.tools-in-use':
    'Somebody uses mocctl and kvactl once a week, which renews their certificates.',
  'forecast.assumption.last-update':
    'The last update is not stated: it is taken from the oldest token that an update rotates, so it was then at the latest.',
  'forecast.assumption.deployment':
    'That it runs on this cloud agent is not stated: there is only one.',
  'forecast.renewals':
    '{lifetimeClass}: {credentials, plural, one {# credential} other {# credentials}}, renewed {renewals, plural, one {once} other {# times}}; next on {date}',
  'forecast.class.kubernetes-leaf': 'Four-day certificates',
  'forecast.class.kubernetes-root': 'Cluster CAs',
  'forecast.class.moc-identity': 'Clients of the cloud agent',
  'forecast.class.moc-root': 'Cloud agent CA',
  'forecast.class.kubeconfig-client': 'Kubeconfigs',
  'forecast.class.webhook': 'AD authentication webhook',
  'forecast.class.other': 'Others',

  // The timeline
  'view.timeline': 'Timeline',
  'timeline.working': 'Working out the forecast…',
  'timeline.now': 'now',
  'timeline.picture': 'Timeline, {count, plural, one {# cluster} other {# clusters}}',
  'timeline.keys':
    'Up and down: lanes. Enter: open or close a cluster. Ctrl with left and right: events of the lane. Left and right: move through time. Plus and minus: zoom. 0: all. Home: now. The button “As a table” shows the same as text.',
  'timeline.scenario': 'What is supposed to happen',
  'timeline.scenario.nothing': 'Nothing is done',
  'timeline.scenario.updated': 'Updated on …',
  'timeline.scenario.off': 'Switched off',
  'timeline.scenario.absent': 'Nobody there',
  'timeline.scenario.missed': 'Next update missed',
  'timeline.update-on': 'Updated on',
  'timeline.from': 'From',
  'timeline.to': 'To',
  'timeline.off.what': 'What is off',
  'timeline.off.hosts': 'The hosts with all clusters',
  'timeline.fault.order': 'The end has to be after the beginning.',
  'timeline.fault.past': 'The moment has to be still to come.',
  'timeline.zoom.in': 'Zoom in',
  'timeline.zoom.out': 'Zoom out',
  'timeline.zoom.all': 'All',
  'timeline.to-now': 'Now',
  'timeline.as-table': 'As a table',
  'timeline.as-picture': 'As a picture',
  'timeline.lane.broken': '{count, plural, one {# expired} other {# expired}}, needs somebody',
  'timeline.lane.first': 'breaks in {span}',
  'timeline.lane.fine': 'nothing breaks',
  'timeline.line.valid': 'Valid until {date}.',
  'timeline.line.unknown': 'Its end is not known.',
  'timeline.line.renewed': 'Renewed by itself on {date}.',
  'timeline.line.ends': 'Expires in this forecast on {date}.',
  'timeline.legend': 'Legend',
  'timeline.legend.expires': 'expires, needs somebody',
  'timeline.legend.fails': 'fails',
  'timeline.legend.deadline': 'deadline',
  'timeline.legend.done': 'passes, or is planned',
  'timeline.legend.renewed': 'renews itself',
  'timeline.legend.strip': 'Strip: the worst state of the cluster; the higher, the worse',
  'timeline.strip.part': '{state} from {date}',
  'timeline.strip.gap': ', ',
  'timeline.table': 'The timeline as tables',
  'timeline.table.clusters': 'Clusters',
  'timeline.table.events': '{count, plural, one {# event} other {# events}}',
  'timeline.table.more': 'Show more events',
  'timeline.column.answer': 'What breaks first',
  'timeline.column.strip': 'By day, from now on',
  'timeline.column.when': 'When',
  'timeline.column.what': 'What',
  'timeline.column.text': 'In words',

  // Sources
  'source.overview.update-60':
    'Certificate types: update within 60 days of a new release; counted here from the last update',
  'source.documentation.host-upgrade':
    'host upgrade: within 30 days, at most 90 days after the last update',
  'source.support-end.moved':
    'page of 19 November 2025: Windows Server 2019 in March 2026, Windows Server 2022 in March 2027',
  'source.support-end.first': 'pages of March and July 2025: 27 March 2028',
  'source.support-end.azure-local': 'Azure Local 22H2: end of service on 31 May 2025',
  'source.inferred.first-of-month':
    'the page names no day; the first of the month is the careful reading',

  // Command line
  'cli.forecast.usage.span':
    'FROM..TO, two moments such as 2026-12-01T00:00:00Z, the later one last and to come',
  'cli.forecast.usage.days': 'whole days from 1 to {most}',
  'cli.forecast.usage.future': 'a moment that is still to come',
  'cli.help.expiry-forecast':
    'arcwarden expiry forecast [PATH...]\n    What happens to the credentials from now on: expiries, renewals, deadlines; of the inventory, or of the named files\n    alone. Exit 0: nothing breaks and nothing is broken; 1: something does or is.\n    --cluster NAME         only this cluster, by name or id (may be given more than once)\n    --horizon DAYS         how far to look ahead (default 365)\n    --update-on INSTANT    hosts and clusters are updated then\n    --off FROM..TO         the named cluster, or without --cluster the hosts, are switched off in between\n    --absent FROM..TO      nobody acts in between; before and after it there is an update every 30 days',
} as const;
