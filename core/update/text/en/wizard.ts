/** The update wizard: what is chosen, checks before, the plan, its files. */
export default {
  'navigation.update': 'Update',
  'menu.update': '&Update hosts and clusters',
  'command.update.open': 'Plan an update of hosts and clusters',
  'poweroff.plan-update': 'Plan the update',

  'update.wizard.title': 'Update',
  'update.wizard.lead':
    'Hosts first, then each cluster, one minor version of Kubernetes at a time. Nothing is run before you begin it.',
  'update.wizard.steps': 'Steps of the update',
  'update.wizard.step.choose': 'Choose',
  'update.wizard.step.preflight': 'Check before',
  'update.wizard.step.plan': 'Plan',
  'update.wizard.step.export': 'Schedule or take along',
  'update.wizard.step.run': 'Run and verify',
  'update.wizard.state.problems': '{count, plural, one {# problem} other {# problems}}',
  'update.wizard.next.choose': 'Check before the update',
  'update.wizard.next.preflight': 'Show the plan',
  'update.wizard.next.plan': 'Schedule or take along',
  'update.wizard.next.export': 'Run the plan from here',
  'update.wizard.again': 'Plan another update',
  'update.wizard.again.hint': 'The run goes on, and stays in the list of runs.',
  'update.blocked.nothing': 'Choose the hosts or a cluster first.',
  'update.blocked.version': 'One of the versions is not written as a version.',
  'update.blocked.too-long':
    'What was pasted is longer than {count, number} characters. Leave out what is not from these commands.',

  'update.choose.answer.age':
    '{name} was last updated {days, plural, =0 {today} one {# day ago} other {# days ago}}. {advice}',
  'update.choose.answer.unknown': 'Nobody has said yet when the last update was.',
  'update.choose.what': 'What to update',
  'update.choose.deployment': 'Deployment',
  'update.choose.deployment.unplaced': 'Clusters of which it is not known what they run on',
  'update.choose.column.what': 'Update',
  'update.choose.column.now': 'Runs now',
  'update.choose.column.to': 'Update to',
  'update.choose.column.age': 'Days since the last update',
  'update.choose.hosts': 'Hosts and management cluster',
  'update.choose.hosts.of': 'Hosts and management cluster of {name}',
  'update.choose.now.label': '{name}: version that runs now',
  'update.choose.to.label': '{name}: version to update to',
  'update.choose.now.unknown': 'not known',
  'update.choose.to.newest': 'newest on offer',
  'update.choose.to.newest-is': 'newest on offer, {version}',
  'update.choose.to.none': 'nothing newer on offer',
  'update.choose.fault.build': 'A build looks like 1.0.2.10723.',
  'update.choose.fault.version': 'A version looks like v1.21.9.',
  'update.choose.no-clusters':
    'No cluster is known yet. Import files of a cluster, or paste what Get-AksHciCluster prints.',
  'update.choose.name': 'Another cluster, by name',
  'update.choose.name.add': 'Add',
  'update.choose.name.remove': 'Remove {name}',
  'update.choose.name.known': 'This cluster is in the list.',
  'update.choose.name.hosts': 'The management cluster is updated with the hosts.',
  'update.choose.only-system': 'Of clusters only the operating system of the nodes, Kubernetes stays',
  'update.age.days': '{days, plural, one {# day} other {# days}}',
  'update.age.unknown': 'not known',
  'update.age.stated': 'as you said',
  'update.age.inferred': 'by its oldest token',
  'update.age.scale': 'Days since the last update: {days}, on a scale with marks at {marks} days',

  'update.paste.head': 'What the hosts say',
  'update.paste.lead':
    'Run this in PowerShell on a host and paste the whole session, with the commands in it. Everything only reads. What is pasted is not stored.',
  'update.paste.commands': 'commands',
  'update.paste.label': 'Output of the commands',
  'update.paste.placeholder': 'PS C:\\> Get-AksHciVersion',
  'update.paste.read':
    '{hosts, select, none {} other {Hosts run {hosts}. }}{clusters, plural, =0 {No cluster in it.} one {# cluster in it.} other {# clusters in it.}}',
  'update.paste.findings': 'About what was pasted',

  'update.windows.head': 'How often to update, and why',
  'update.windows.lead': 'Sources disagree. Arcwarden marks each of their numbers, and the 90 days are the end.',
  'update.windows.30': '30 days: the page on host updates recommends to update this often.',
  'update.windows.60': '60 days: the Overview recommends to update within 60 days of a release.',
  'update.windows.63': '63 days: 30 % of the 90 days are left. Whatever renews by itself does so now.',
  'update.windows.83': '83 days: one week is left. A mark of Arcwarden, no source has it.',
  'update.windows.90': '90 days: what cannot rotate by itself has expired. A restart after that may not come back.',
  'update.windows.not-impacted':
    'Another page says that clusters are not impacted when they are not updated within 90 days: since about early 2023 tokens rotate by themselves. Older builds are at risk.',

  'update.preflight.answer':
    '{open, plural, =0 {All {total} checks have been answered, and none stands in the way.} one {# of {total} checks is open; } other {# of {total} checks are open; }}{open, plural, =0 {} other {{problems, plural, =0 {none of them stands in the way so far.} one {one stands in the way of the update.} other {# stand in the way of the update.}}}}',
  'update.preflight.open': 'Open',
  'update.preflight.questions': 'Not known yet',
  'update.preflight.questions.lead':
    'Everything is planned without them as well; with them the plan needs less to be filled in. All at once can be pasted in the first step.',
  'update.preflight.fine': '{count, plural, one {# check is fine} other {# checks are fine}}',
  'update.preflight.expected.label': 'Expected:',
  'update.preflight.state.ok': 'fine',
  'update.preflight.state.problem': 'stands in the way',
  'update.preflight.state.unknown': 'not known',
  'update.preflight.paste': 'Output of {command}',
  'update.preflight.read': 'Read it',
  'update.preflight.looked': 'I have looked, and it is so',
  'update.preflight.looked.state': 'looked at by you',
  'update.preflight.looked.again': 'Look again',
  'update.preflight.looked.hint':
    'Nothing that Arcwarden reads can tell. The plan has this check again, right before the update.',
  'update.preflight.mended':
    'The plan repairs first what has expired. Import the files again after a repair: this check follows them.',
  'update.preflight.updated': 'Last updated on',
  'update.preflight.windows': 'The hosts run',
  'update.preflight.windows.unknown': 'not known',
  'update.preflight.no-place': 'Import files of the hosts first: there is nothing to note this for.',

  'update.plan.answer':
    '{updates, plural, =0 {Nothing to update} one {# update} other {# updates}}, {steps, plural, =0 {no step} one {# step} other {# steps}}. Begin at the top, one step after the other.',
  'update.plan.whole': 'the whole plan',
  'update.plan.problems':
    '{count, plural, one {One of them stands in the way of the update.} other {# of them stand in the way of the update.}}',
  'update.plan.open-checks': '{count, plural, one {# check is still open.} other {# checks are still open.}}',
  'update.plan.to-checks': 'Go to the checks',

  'update.export.answer': 'Run the plan from here, or take it to where it is run.',
  'update.schedule.head': 'Next maintenance window',
  'update.schedule.window': '{from} to {until}',
  'update.schedule.estimate': 'By estimate it is done at {done}.',
  'update.schedule.too-short':
    'No window of your rules is long enough: the longest is {longest}. Update fewer clusters at once, or allow longer windows.',
  'update.schedule.none': 'Your rules allow no window in the days that are planned ahead.',
  'update.schedule.save': 'Save for a calendar…',
  'update.schedule.rules': 'Rules for windows',
  'update.export.files': 'Files',
  'update.export.lead':
    'Three forms of the same plan. Choose by who reads it: a host, a team, or a person in front of a rack.',
  'update.export.ps1': 'PowerShell script',
  'update.export.ps1.explain':
    'For Windows PowerShell 5.1 on a host. Try it with -WhatIf; it stops at the first failure, and goes on where it stopped.',
  'update.export.md': 'Markdown',
  'update.export.md.explain': 'For a change request, a ticket or a repository.',
  'update.export.html': 'HTML page',
  'update.export.html.explain':
    'One page without scripts, with boxes to tick off, to print or to carry to a host without a network.',
  'update.export.save': 'Save…',
  'update.export.save.label': 'Save as {format}…',
  'update.export.language': 'In the language of this window; moments in UTC.',
} as const;
