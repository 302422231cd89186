/** Planning of maintenance windows: tasks, rules, what cannot be met, and the resulting files. */
export default {
  'maintenance.kind.rotate-ca': 'Rotate the cloud agent CA',
  'maintenance.kind.host-update': 'Update the hosts',
  'maintenance.kind.cluster-update': 'Update the cluster',
  'maintenance.kind.rotate-certificates': 'Rotate certificates and tokens',
  'maintenance.kind.reinstall-ad-auth': 'Reinstall AD authentication',
  'maintenance.kind.fetch-credential': 'Fetch a new kubeconfig',
  'maintenance.kind.by-hand': 'Renew by hand',

  'maintenance.step.cloud-agent-ca': 'Rotate the cloud agent CA',
  'maintenance.step.host-update': 'Update the hosts',
  'maintenance.step.cluster-update': 'Update the cluster',
  'maintenance.step.moc-login': 'Log mocctl in again',
  'maintenance.step.node-agent': 'Repair the node agents',
  'maintenance.step.host': 'Rotate the credentials of the hosts',
  'maintenance.step.kubelet': 'Reprovision the Kubernetes certificates',
  'maintenance.step.cloud': 'Rotate the cloud agent credentials',
  'maintenance.step.load-balancer': 'Rotate the load balancer credentials',
  'maintenance.step.ad-auth-uninstall': 'Uninstall AD authentication',
  'maintenance.step.ad-auth-install': 'Reinstall AD authentication',
  'maintenance.step.credential': 'Fetch a new kubeconfig',
  'maintenance.step.management-kubeconfig': 'Renew the management kubeconfig',
  'maintenance.step.by-hand': 'Renew by hand',

  'maintenance.why.rotate-ca':
    'The CA of the cloud agent lives 365 days. When it ends, every client of the cloud agent is refused.',
  'maintenance.why.rotate-host':
    '{count, plural, one {# credential} other {# credentials}} of the hosts and the management cluster last until the next rotation or update only.',
  'maintenance.why.rotate-cloud':
    '{count, plural, one {# credential} other {# credentials}} with which the cluster reaches the cloud agent last until the next rotation or update only.',
  'maintenance.why.rotate-load-balancer':
    '{count, plural, one {# credential} other {# credentials}} of the load balancer last until the next rotation or update only.',
  'maintenance.why.kubelet':
    'Kubernetes certificates renew themselves, but {count, plural, one {# is} other {# are}} overdue.',
  'maintenance.why.expired':
    '{count, plural, one {# credential has} other {# credentials have}} expired or cannot be renewed any more.',
  'maintenance.why.ad-auth': 'The certificates of the AD authentication webhook live 500 days and nobody renews them.',
  'maintenance.why.credential': 'The client certificate in the kubeconfig is not renewed automatically.',
  'maintenance.why.management-kubeconfig':
    'The client certificate in the kubeconfig of the management cluster is not renewed automatically; without it no cmdlet can update anything.',
  'maintenance.why.by-hand': 'Nobody renews it but an admin.',
  'maintenance.why.host-update':
    'Clusters are to be updated within 60 days of a release. The update also rotates the tokens that cannot rotate by themselves{count, plural, =0 {} other {, # of them known}}.',
  'maintenance.why.cluster-update':
    'Clusters are to be updated within 60 days of a release, after their hosts. The update also rotates the tokens that cannot rotate by themselves{count, plural, =0 {} other {, # of them known}}.',
  'maintenance.how.host-update': 'Updates the hosts to the latest version; before any cluster.',
  'maintenance.how.cluster-update': 'Updates Kubernetes and the operating system of the nodes.',
  'maintenance.again.reset': 'Rotation resets the validity to 90 days.',
  'maintenance.again.rotate-ca': 'A new CA lives 365 days.',
  'maintenance.again.ad-auth': 'New certificates live 500 days.',
  'maintenance.again.credential': 'A new client certificate lives about a year.',
  'maintenance.again.update': 'The next release is expected within 60 days.',
  'maintenance.ask-name':
    'A window runs no command with a name that is not known. What do the cmdlets call {cluster}? Get-AksHciCluster on a host lists the names. Then state the name (arcwarden inventory rename {id} NAME) and export the plan again.',
  'maintenance.note.update-unknown':
    'No update is planned, since it is not known when the last one was. State it in the power-off view.',
  'maintenance.note.support-ended':
    'No update is planned: support for what the hosts run has ended, and with it the updates. Certificates and tokens are rotated instead.',

  'maintenance.note.estimated': 'How long each task takes is an estimate; put your own in its place.',
  'maintenance.note.account':
    'The cmdlets find their access to MOC in the profile of the Windows user who installed AKS. SYSTEM has none: register the task for that account, unless you know better.',
  'maintenance.note.scheduled': 'The XML follows the published schema of the Task Scheduler, version 1.2.',
  'maintenance.note.clustered': 'A clustered task runs on any one node of the failover cluster.',

  'plan.reason.no-window': 'no window at the right time',
  'plan.reason.no-room': 'the windows are too full',
  'plan.reason.too-long': 'longer than any window',
  'plan.relax.lead': 'a lead of {days, plural, =0 {no days} one {# day} other {# days}}',
  'plan.relax.blackout': 'a window in the blackout {dates}',
  'plan.relax.hours': 'hours from {from} to {to}',
  'plan.relax.weekday': 'windows on {weekday} too',
  'plan.relax.passed': 'The deadline has passed: run it now, before any window.',
  'plan.relax.none': 'No single change of the rules makes it possible: run it by hand before the first window.',
  'plan.gives': 'What gives: {changes}.',
  'plan.missed.late': '{task}: due by {due}, done {done}, {late} late ({reason}).',
  'plan.missed.never': '{task}: due by {due}, no window for it ({reason}).',
  'plan.missed.times': 'This happens {times, plural, one {once} other {# times}} until the plan ends.',

  'plan.weekday.mon': 'Monday',
  'plan.weekday.tue': 'Tuesday',
  'plan.weekday.wed': 'Wednesday',
  'plan.weekday.thu': 'Thursday',
  'plan.weekday.fri': 'Friday',
  'plan.weekday.sat': 'Saturday',
  'plan.weekday.sun': 'Sunday',
  'plan.weekday.mon.short': 'Mon',
  'plan.weekday.tue.short': 'Tue',
  'plan.weekday.wed.short': 'Wed',
  'plan.weekday.thu.short': 'Thu',
  'plan.weekday.fri.short': 'Fri',
  'plan.weekday.sat.short': 'Sat',
  'plan.weekday.sun.short': 'Sun',

  'plan.answer.good':
    '{count, plural, one {One window} =2 {Two windows} other {# windows}} until {until} {count, plural, one {keeps} other {keep}} {now, plural, =0 {everything} other {the rest}} alive; the next is {next}.',
  'plan.answer.missed':
    '{missed, plural, one {# deadline} other {# deadlines}} cannot be met by these rules; {count, plural, one {one window} other {# windows}} until {until}, the next {next}.',
  'plan.answer.no-window':
    'These rules allow no window until {until}; {missed, plural, one {# deadline} other {# deadlines}} cannot be met.',
  'plan.answer.now':
    '{now, plural, one {One task} other {# tasks}} cannot wait for a window: run {now, plural, one {it} other {them}} now.',
  'plan.answer.nothing': '{now, plural, =0 {Nothing} other {Nothing else}} needs a window until {until}.',
  'plan.missed.passed': '{task}: ended {deadline}, {late} ago.',
  'plan.task': '{step}, {target}',

  'plan.gives.or': ', or ',
  'maintenance.script.title': 'Maintenance of AKS enabled by Azure Arc, made by Arcwarden',
  'maintenance.script.made':
    'Planned on {date}, until {until}; {count, plural, one {# window} other {# windows}}, times of {zone}',
  'maintenance.script.usage':
    'Run by the scheduled task in each window. -WhatIf shows what it would do; -Check tells whether the windows before have run.',
  'maintenance.script.begins': 'Maintenance window {window} begins; steps: {steps}',
  'maintenance.script.step-done': 'Done: {task} ({command})',
  'maintenance.script.done': 'Maintenance window {window} is done.',
  'maintenance.script.done-person':
    'Maintenance window {window} is at its end, but not everything is done: {count} of {steps} steps need a person.',
  'maintenance.script.person': 'Needs a person: {task} ({command}) {question}',
  'maintenance.script.failed': 'Failed, and nothing after it was run: {task} ({command}): {error}',
  'maintenance.script.step-done-before': 'Done before: {task}',
  'maintenance.script.done-before': 'Maintenance window {window} has run to its end before. Nothing was run.',
  'maintenance.script.errors':
    'Ended with errors to look at, and nothing after it was run: {task} ({command}): {errors}',
  'maintenance.script.unknown':
    'How it ended is not known, and nothing after it was run; look on the host: {task} ({command})',
  'maintenance.script.busy': 'Another script is at work on {name}. Nothing was run.',
  'maintenance.script.changed':
    '{file} is missing, or is not the script that was registered (its SHA-256 differs). Nothing was run. Find out who changed it, and register the task again.',
  'maintenance.script.state-refused': 'The state of the windows was refused, and nothing was run. {reason}',
  'maintenance.script.no-kubeconfig': 'One kubeconfig was expected; files written: {count}',
  'maintenance.script.outside': 'Now is not within a planned window. Nothing was run.',
  'maintenance.script.missing': 'Maintenance windows that did not run to their end: {windows}',
  'maintenance.script.check-fine': 'Every maintenance window until now has run.',
  'maintenance.script.deployment': 'The plan is for several deployments. Name one with -Deployment: {names}',
  'maintenance.script.no-folder': 'no folder for kubeconfigs; give -CredentialFolder',
  'maintenance.register.title': 'Registers the scheduled task of a plan made by Arcwarden',
  'maintenance.register.usage':
    'Run once, elevated, in the folder with {script} and {xml}. With -Account the password is asked for and goes to the Task Scheduler alone.',
  'maintenance.register.clustered':
    'On a failover cluster: -Clustered -SharedFolder FOLDER, a folder that every node sees, such as one on a cluster shared volume.',
  'maintenance.register.removal':
    '-Remove takes both tasks away, with script, state and transcripts; on a failover cluster with -Clustered -SharedFolder FOLDER.',
  'maintenance.register.no-account':
    'A clustered task cannot be given a password: its account is SYSTEM or a group managed service account.',
  'maintenance.register.unknown-account':
    'Windows knows no account {account}. Give DOMAIN\\name, name@domain, .\\name for an account of this computer, or a SID.',
  'maintenance.register.no-folder': 'Give -SharedFolder, a folder that every node of the cluster sees.',
  'maintenance.register.no-credential-folder':
    'The plan fetches kubeconfigs. Give -CredentialFolder, an existing folder that only admins can read.',
  'maintenance.register.bad-path':
    'A path may not hold a quotation mark, a percent sign or $(, nor end with a backslash: {path}',
  'maintenance.register.policy-blocks':
    'The execution policy ({policy}) would keep the task from loading the module AksHci. Set-ExecutionPolicy RemoteSigned -Scope LocalMachine allows it, unless group policy sets one. Source: about_Execution_Policies.',
  'maintenance.register.link':
    '{path} leads somewhere else (a junction or a link), so that others could change what the task uses. Delete it, or name a real folder.',
  'maintenance.register.owner':
    '{path} belongs to {account}, who is no administrator and could change what the task uses. Look at what is there; then delete it, or take it over: takeown /F "{path}" /A. Source: Microsoft Learn, takeown.',
  'maintenance.register.writable':
    '{account} may write to {path}, and so change what the task uses. Leave that to administrators, SYSTEM and, on a share, the account of the task and the computer accounts of the nodes: icacls "{path}" /inheritance:d, then icacls "{path}" /remove:g with that account. Before, look at what is there. Source: Microsoft Learn, icacls.',
  'maintenance.register.left-there':
    '{path} was left as it is; nothing in it was taken over. Look at what is there, and delete it. {reason}',
  'maintenance.register.not-registered': 'Not registered: {task}. {error}',
  'maintenance.register.registered': 'Registered: {task}',
  'maintenance.register.removed': 'Removed: {task}',
  'maintenance.task.description':
    'Runs the maintenance windows planned by Arcwarden: {count, plural, one {# window} other {# windows}} until {until}.',
  'maintenance.calendar.name': 'Maintenance, AKS enabled by Azure Arc',
  'maintenance.calendar.summary': 'Maintenance: {count, plural, one {# task} other {# tasks}}, {targets}',
  'maintenance.calendar.more': '{name} and {count, plural, one {# other} other {# others}}',
  'maintenance.calendar.due': 'due by {due}',
  'maintenance.calendar.person': 'needs a person',
  'maintenance.ticket.title': 'Maintenance windows for AKS enabled by Azure Arc',
  'maintenance.ticket.rules': 'Rules',
  'maintenance.ticket.when': '{weekdays}, {from} to {to}, {zone}',
  'maintenance.ticket.lead':
    '{days, plural, =0 {No lead} one {# day of lead} other {# days of lead}}; planned until {until}',
  'maintenance.ticket.blackouts': 'Not on: {dates}',
  'maintenance.ticket.windows': 'Windows',
  'maintenance.ticket.window': '{start} to {end}',
  'maintenance.ticket.utc': 'UTC: {start} to {end}; done by about {done}',
  'maintenance.ticket.time': 'Start',
  'maintenance.ticket.task': 'Task',
  'maintenance.ticket.command': 'Command',
  'maintenance.ticket.due': 'Due by',
  'maintenance.ticket.why': 'Why',
  'maintenance.ticket.missed': 'What cannot be met',
  'maintenance.ticket.notes': 'Remarks',
  'maintenance.ticket.none': 'by hand',
  'maintenance.ticket.assumed': 'end assumed',

  'cli.help.expiry-plan':
    'arcwarden expiry plan [PATH...]\n    Maintenance windows that meet every deadline, with what to run in each.\n    Exit 0: every deadline can be met; 1: one cannot.\n    --cluster NAME         only this cluster, by name or id (may be given more than once)\n    --zone NAME            time zone of the rules, as Europe/Berlin\n    --weekdays LIST        on which a window may begin: mon,tue,wed,thu,fri,sat,sun\n    --hours FROM-TO        22:00-04:00\n    --blackout DATE        no maintenance then; DATE..DATE for a range (may be given more than once)\n    --lead DAYS            so long before each deadline\n    --horizon DAYS         plan so far ahead\n    --no-updates           rotate only, plan no updates\n    --minutes KIND=N       how long a kind of task takes\n    --ics FILE             write a calendar\n    --task-xml FILE        write a task for the Windows Task Scheduler\n    --script FILE          write the PowerShell script that the task runs\n    --register FILE        write the PowerShell script that registers the task\n    --markdown FILE        write a change ticket\n    --deployment NAME      whose hosts the task is for, where there are several\n    --account NAME         as whom the task runs, instead of SYSTEM\n    --clustered            a task for a failover cluster',

  'view.plan': 'Plan',
  'plan.working': 'Planning …',
  'plan.rules.head': 'Rules',
  'plan.rules.weekdays': 'May begin on',
  'plan.rules.from': 'From',
  'plan.rules.to': 'To',
  'plan.rules.zone': 'Time zone',
  'plan.rules.zone.local': 'This computer’s ({zone})',
  'plan.rules.leadDays': 'Days of lead',
  'plan.rules.horizonDays': 'Days ahead',
  'plan.rules.count-fault': 'Whole days from {least} to {most}',
  'plan.rules.blackouts': 'Blackout dates',
  'plan.rules.blackout.from': 'First',
  'plan.rules.blackout.to': 'Last',
  'plan.rules.blackout.add': 'Add blackout',
  'plan.rules.blackout.remove': 'Remove blackout {dates}',
  'plan.rules.updates': 'Plan updates too',
  'plan.export.head': 'Take the plan along',
  'plan.export.ics': 'Calendar (.ics)',
  'plan.export.markdown': 'Change ticket (.md)',
  'plan.export.task.head': 'Windows Task Scheduler',
  'plan.export.deployment': 'For the hosts of',
  'plan.export.deployment.choose': 'Choose a deployment',
  'plan.export.account': 'Account',
  'plan.export.clustered': 'On a failover cluster',
  'plan.export.task-xml': 'Scheduled task (.xml)',
  'plan.export.script': 'Script that it runs (.ps1)',
  'plan.export.register': 'Script that registers it (.ps1)',
  'plan.saved': 'Wrote {name}.',
  'plan.calendar.label': 'Windows and deadlines by month',
  'plan.calendar.window': 'window with {count, plural, one {# task} other {# tasks}}',
  'plan.calendar.deadlines': '{count, plural, one {# deadline} other {# deadlines}}',
  'plan.calendar.blackout': 'blackout',
  'plan.calendar.legend.window': 'window',
  'plan.calendar.legend.deadline': 'deadline',
  'plan.calendar.legend.missed': 'deadline missed',
  'plan.calendar.legend.blackout': 'blackout',
  'plan.window.until': 'until {until}',
  'plan.window.tasks': '{count, plural, one {# task} other {# tasks}}',
  'plan.window.done': 'done by about {done}',
  'plan.missed.more': 'Show {count, plural, one {# more} other {# more}}',
  'plan.missed.fewer': 'Show fewer',
  'plan.weekday.mon.letter': 'M',
  'plan.weekday.tue.letter': 'T',
  'plan.weekday.wed.letter': 'W',
  'plan.weekday.thu.letter': 'T',
  'plan.weekday.fri.letter': 'F',
  'plan.weekday.sat.letter': 'S',
  'plan.weekday.sun.letter': 'S',
} as const;
