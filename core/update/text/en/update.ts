/** Updates of hosts and clusters: what is read, checks before, the plan and its files. */
export default {
  'finding.cmdlet-output.bad-json': 'A JSON document begins here that cannot be read.',
  'finding.cmdlet-output.bad-json.remedy': 'Paste it as a whole, from its first bracket to its last.',
  'finding.cmdlet-output.no-header': 'A table without its line of names: its columns cannot be told.',
  'finding.cmdlet-output.no-header.remedy': 'Paste the table with the line above the hyphens.',
  'finding.cmdlet-output.broken-table': 'A table that a narrow window broke in a way that cannot be put together.',
  'finding.cmdlet-output.broken-table.remedy':
    'Run the command again with “| Format-List” or “| ConvertTo-Json” behind it.',
  'finding.cmdlet-output.columns-overlap': 'Columns of this table run into each other; values may be in the wrong one.',
  'finding.cmdlet-output.columns-overlap.remedy':
    'Run the command again with “| Format-List” or “| ConvertTo-Json” behind it.',
  'finding.cmdlet-output.too-many-columns': 'A table with more columns than any cmdlet prints.',
  'finding.cmdlet-output.too-many-columns.remedy': 'Paste only the output of the cmdlets.',
  'finding.update.nothing-read': 'Nothing in it is an output that tells versions or updates.',
  'finding.update.nothing-read.remedy':
    'Paste the output of Get-AksHciVersion, Get-AksHciUpdates, Get-AksHciCluster, Get-AksHciClusterUpdates or Test-UpdateAksHci, with the command in front of it.',
  'finding.update.command-failed': '{command} has failed.',
  'finding.update.command-failed.remedy': 'Find the cause of the error first: an update needs what this command uses.',
  'finding.update.value-cut': 'The value of {field} was cut off for want of room.',
  'finding.update.value-cut.remedy': 'Run the command again with “| Format-List” or “| ConvertTo-Json” behind it.',
  'finding.update.value-unknown': 'The value of {field} is none that is known.',
  'finding.update.value-unknown.remedy': 'Paste the output as it was printed.',
  'finding.update.cluster-not-named': 'It is not told which cluster this is about.',
  'finding.update.cluster-not-named.remedy': 'Paste the command with the output: Get-AksHciClusterUpdates -name NAME.',
  'finding.update.build-without-command':
    'No command stands in front of build {build}. It was taken for {use, select, host {the one that the hosts run} other {an update}}.',
  'finding.update.build-without-command.remedy': 'Paste the command with the output, if that is not so.',
  'finding.update.install-state':
    'The configuration says {state}: the last installation or update of the host has not ended well.',
  'finding.update.install-state.remedy':
    'In Updating every new update says that one is already in progress. See whether one is still running; if none is, repair before you update.',
  'finding.update.install-state-number':
    'The state of the host is a number, {state}, as in JSON or from another computer.',
  'finding.update.install-state-number.remedy':
    'On the host (Get-AksHciConfig).AksHci.installState prints its name; Installed is the one to update from.',
  'finding.update.two-versions': 'The hosts have build {before} in one output and {after} in a later one.',
  'finding.update.two-versions.remedy': 'The later one counts. Leave the older output out.',

  'preflight.moc-login': 'mocctl can log in',
  'preflight.moc-login.answered': 'Get-MocNode has answered.',
  'preflight.moc-login.failed': 'Get-MocNode has failed.',
  'preflight.moc-login.expired': 'The certificate of mocctl has expired: {at}.',
  'preflight.moc-login.ends': 'The certificate of mocctl ends within the {takes} of the update: {at}.',
  'preflight.moc-login.valid': 'The certificate of mocctl is valid until {at}.',
  'preflight.moc-login.unknown': 'Neither an answer of Get-MocNode nor a certificate of mocctl was read.',
  'preflight.moc-login.expected': 'The nodes, and no error.',
  'preflight.kvactl-login': 'kvactl can log in',
  'preflight.kvactl-login.answered': 'Get-AksHciCluster has answered.',
  'preflight.kvactl-login.failed': 'Get-AksHciCluster has failed.',
  'preflight.kvactl-login.expired': '{name} of kvactl has expired: {at}.',
  'preflight.kvactl-login.ends': '{name} of kvactl ends within the {takes} of the update: {at}.',
  'preflight.kvactl-login.valid': '{name} of kvactl is valid until {at}.',
  'preflight.kvactl-login.unknown': 'Neither an answer of Get-AksHciCluster nor a credential of kvactl was read.',
  'preflight.kvactl-login.expected': 'The clusters, and no error.',
  'preflight.management-kubeconfig': 'The management kubeconfig is valid',
  'preflight.management-kubeconfig.expired':
    'Its client certificate has expired: {at}. Every update answers “You must be logged in to the server”.',
  'preflight.management-kubeconfig.ends': 'Its client certificate ends within the {takes} of the update: {at}.',
  'preflight.management-kubeconfig.valid': 'Its client certificate is valid until {at}.',
  'preflight.management-kubeconfig.unknown':
    'It was not read. Its client certificate lives about a year, and nobody renews it.',
  'preflight.management-kubeconfig.expected': 'The nodes of the management cluster, and not “Unauthorized”.',
  'preflight.host-credentials': 'Tokens and certificates of hosts and management cluster last long enough',
  'preflight.host-credentials.expired':
    '{count, plural, one {{name} has expired: {at}.} other {# credentials have expired, {name} first: {at}.}}',
  'preflight.host-credentials.ends':
    '{count, plural, one {{name} ends} other {# credentials end, {name} first,}} within the {takes} of the update: {at}.',
  'preflight.host-credentials.valid':
    'All that were read outlast the {takes} of the update; the first, {name}, ends {at}.',
  'preflight.host-credentials.unknown': 'None was read, and no cmdlet tells when they end.',
  'preflight.host-credentials.expected': 'Files of the hosts in the inventory of Arcwarden, none of them expired.',
  'preflight.cluster-credentials': 'Tokens and certificates of the cluster last long enough',
  'preflight.cluster-credentials.expired':
    '{count, plural, one {{name} has expired: {at}.} other {# credentials have expired, {name} first: {at}.}}',
  'preflight.cluster-credentials.ends':
    '{count, plural, one {{name} ends} other {# credentials end, {name} first,}} within the {takes} of the update: {at}.',
  'preflight.cluster-credentials.valid':
    'All that were read outlast the {takes} of the update; the first, {name}, ends {at}.',
  'preflight.cluster-credentials.unknown': 'None was read, and no cmdlet tells when they end.',
  'preflight.cluster-credentials.expected': 'Files of the cluster in the inventory of Arcwarden, none of them expired.',
  'preflight.kms': 'The KMS plugin can log in',
  'preflight.kms.expired': '{name} has expired: {at}. At its next restart the API server does not come back.',
  'preflight.kms.ends': '{name} ends within the {takes} of the update, which restarts it: {at}.',
  'preflight.kms.valid': '{name} is valid until {at}.',
  'preflight.kms.unknown': 'Nothing of the KMS plugin was read.',
  'preflight.kms.expected': 'The names of the secrets, and no internal error.',
  'preflight.moc-version': 'Hosts and MOC have the same build',
  'preflight.moc-version.same': 'Both have {host}.',
  'preflight.moc-version.differs':
    'Get-AksHciVersion tells {host}, Get-MocVersion {moc}: an update was left half done.',
  'preflight.moc-version.unknown': 'The builds of both were not read.',
  'preflight.moc-version.expected': 'The build that Get-AksHciVersion tells.',
  'preflight.module': 'One version of the module AksHci',
  'preflight.module.one': 'Version {version} alone was found.',
  'preflight.module.several':
    'Several versions are installed: {versions}. One that does not fit kvactl makes commands fail with “unknown flag: --tags”.',
  'preflight.module.unknown': 'Which versions are installed was not read.',
  'preflight.module.expected': 'One version, the same on every host.',
  'preflight.update-test': 'Test-UpdateAksHci passes',
  'preflight.update-test.passed': 'It has passed.',
  'preflight.update-test.failed': 'It has failed: {tests}.',
  'preflight.update-test.deprecated':
    'Clusters whose minor version the new build no longer supports: {clusters}. They have to be updated first, or the update of the hosts fails.',
  'preflight.update-test.unknown': 'It was not run.',
  'preflight.update-test.expected': 'No test with the result “Failed”.',
  'preflight.room': 'Room for the machines that come first and go last',
  'preflight.room.unknown':
    'Every node is replaced by a new one before the old one goes. That takes {memory} GB of memory and {hostAddresses} addresses for the management cluster, {clusterAddresses} addresses for a cluster, and disk for images, of which no source tells how much.',
  'preflight.room.expected': 'Enough free space on the volume of the images.',
  'preflight.support-end': 'What the hosts run is supported',
  'preflight.support-end.unknown':
    'What the hosts run is not known. Say it in the power-off view; after the end of support there are no updates.',
  'preflight.support-end.over': '{system} has been without support since {at}: there are no more updates for it.',
  'preflight.support-end.supported': '{system} is supported until {at}.',
  'preflight.support-end.but': 'Of the earlier pages, the last named {at} and the first ones {before}.',
  'preflight.support-end.excluded': 'Earlier pages said that {system} is not supported.',
  'preflight.support-end.expected': 'Windows Server 2019, 2022 or 2025, or Azure Stack HCI 22H2.',
  'preflight.update-age': 'Days since the last update',
  'preflight.update-age.current': '{days, plural, one {# day} other {# days}}, since {at}. The 90 days end {deadline}.',
  'preflight.update-age.late':
    '{days} days, since {at}: later than recommended. The 90 days end {deadline}. Do not restart hosts or clusters before the update.',
  'preflight.update-age.expired':
    '{days} days, since {at}: the 90 days ended {deadline}. It may work until the next restart and not come back from it; the page on host updates says to call Microsoft Support.',
  'preflight.update-age.release':
    'Build {build} is of {released}. The article counts its 60 days from a release, not from the last update: {over, select, yes {they ended} other {they end}} {until}.',
  'preflight.update-age.unknown': 'When the last update was is not known. Say it in the power-off view.',
  'preflight.update-age.expected': 'A build whose date tells about how long ago that was.',

  'update.module.title': 'Update the PowerShell module on every host',
  'update.module.why':
    'The update needs the newest module, the same on every host. Close all PowerShell windows first, and go on in a new one. Not before a repair: a module that is newer than kvactl makes it fail.',
  'update.module.expected': 'The new version on every host. Older ones are not removed by themselves.',
  'update.version.title': 'Note the build of the hosts',
  'update.version.why': 'To tell afterwards that the update has arrived.',
  'update.version.expected': 'One build, such as 1.0.2.10723.',
  'update.version.expected-build': '{build}',
  'update.host.title': 'Update the hosts and the management cluster',
  'update.host.why':
    'Hosts come before clusters. It always goes to the newest build, machine by machine, and rotates the tokens that cannot rotate by themselves.',
  'update.host.expected': 'It ends without an error. Certificates and tokens are valid for 90 days from then on.',
  'update.host.check': 'A newer build than before.',
  'update.host.check-from': 'A newer build than {from}.',
  'update.host.check-build': '{build}',
  'update.host.undo': 'There is no way back to an older build.',
  'update.reread.title': 'See which versions are on offer now',
  'update.reread.why': 'The new build of the hosts brings its own versions of Kubernetes.',
  'update.reread.expected': 'The version of the next step is in the list.',
  'update.cluster.title': 'Update Kubernetes to {version}',
  'update.cluster.title-open': 'Update Kubernetes to the newest patch of {minor}',
  'update.cluster.title-unknown': 'Update Kubernetes to the version that is on offer',
  'update.cluster.why':
    'It brings the newest operating system of the nodes along, and replaces the nodes one after the other.',
  'update.cluster.why-minor': 'From {from} to {to}: one minor version at a time, none can be left out.',
  'update.cluster.why-open':
    'No patch of {minor} was read, but none can be left out. Get-AksHciClusterUpdates tells which there is.',
  'update.cluster.why-before-host':
    'The new build of the hosts no longer supports the version of this cluster, and their update would fail.',
  'update.cluster.host-first': 'Two pages say without exception that the hosts come before every cluster.',
  'update.cluster.expected': 'It ends without an error.',
  'update.cluster.check': 'ProvisioningState : provisioned, KubernetesVersion : {version}',
  'update.cluster.check-open': 'ProvisioningState : provisioned, and the new version.',
  'update.cluster.undo': 'There is no way back to an older version. Back up what runs in the cluster before.',
  'update.system.title': 'Update the operating system of the nodes',
  'update.system.why':
    'Kubernetes stays as it is. It only works when the new operating system does not need another version of Kubernetes.',
  'update.system.expected': 'It ends without an error.',
  'update.pools.title': 'Look at the node pools',
  'update.pools.why': 'An update can stop with single nodes left at the old version.',
  'update.pools.expected': 'Phase : Deployed for every node pool.',
  'update.pools.expected-version': 'Phase : Deployed and Version : {version} for every node pool.',
  'update.nodes.why-own': 'With the new kubeconfig, from its folder.',
  'update.credential.title': 'Fetch a new kubeconfig',
  'update.credential.why':
    'Its client certificate is renewed by nobody; after an update it is a good time for a new one.',
  'update.credential.expected': 'A new file, by default %USERPROFILE%\\.kube\\config.',
  'update.credential.undo': 'It replaces kubectl’s own file: keep a copy of it before.',
  'update.nodes.title': 'Look at the nodes',
  'update.nodes.why': 'With the new kubeconfig, as kubectl has it now.',
  'update.nodes.expected': 'Every node is Ready, none with SchedulingDisabled.',
  'update.nodes.expected-version': 'Every node is Ready with {version}, none with SchedulingDisabled.',

  'update.warning.command-failed':
    'The update needs commands that have failed: {commands}. Find the cause of their errors first (arcwarden repair diagnose).',
  'update.warning.repair-first':
    '{count, plural, one {A repair comes} other {# repairs come}} first: an update goes through credentials that have expired.',
  'update.warning.do-not-reboot':
    'Do not restart hosts or clusters first: what has expired is needed at the next start.',
  'update.warning.call-support':
    'More than 90 days have passed since the last update. The page on host updates says to call Microsoft Support for it.',
  'update.warning.hosts-left':
    'The hosts are left as they are here. They come before any cluster: look whether an update is on offer for them.',
  'update.warning.deprecated-first':
    '{clusters} before the hosts: the new build no longer supports what they run. Sources disagree; the plan has both ways.',
  'update.warning.deprecated-stuck':
    'Clusters at a version that the new build no longer supports make the update of the hosts fail, and this plan does not move these: {clusters}. Choose a version for them; where none is on offer, Microsoft Support has to help.',
  'update.warning.taints': 'Taints, roles and labels that were set on worker nodes by hand are lost. Note them before.',
  'update.warning.issue-371':
    'From 1.0.21 to 1.0.22 an update was reported to fail with “no matches for kind "AksHciCluster"”. That is no matter of certificates; ask Microsoft Support before you begin.',
  'update.warning.unreachable-target': '{cluster} cannot get from {from} to {version}: it lies behind.',
  'update.warning.nothing': 'Nothing newer was read, neither for the hosts nor for a cluster.',

  'update.after.reset':
    'Certificates and tokens are valid for 90 days from the update: until {at}, if it is done today.',
  'update.after.window-60': 'Update again within 60 days of a new release: counted from today, by {at}.',
  'update.after.window-30': 'The page on host updates recommends 30 days: by {at}.',
  'update.after.window-90':
    'After 90 days what cannot rotate by itself has expired: {at}. A restart after that may not come back.',
  'update.after.not-impacted':
    'Another page says that clusters are not impacted when they are not updated within 90 days. Since about early 2023 tokens rotate by themselves; older builds are at risk.',
  'update.after.kubernetes':
    'The certificates inside a cluster live four days and renew themselves, with or without an update.',
  'update.after.kubeconfig':
    'No update renews a kubeconfig. Everybody with a copy has to fetch his own again before it ends.',
  'update.after.next-end': 'Next to end, and not renewed by an update: {name} of {cluster}, {at}.',

  'update.ask.host-version': 'Which build the hosts run is not known.',
  'update.ask.host-updates': 'Which builds are on offer for the hosts is not known.',
  'update.ask.clusters': 'Which clusters there are is not known.',
  'update.ask.cluster-version': 'Which version of Kubernetes {cluster} has is not known.',
  'update.ask.cluster-updates': 'Which versions are on offer for {cluster} is not known.',
  'update.run-length': 'About {takes}, an estimate of Arcwarden: no source tells how long updates take.',

  'update.answer':
    '{updates, plural, =0 {Nothing to update.} one {# update} other {# updates}}{updates, plural, =0 {} other { in {steps} steps.}} {problems, plural, =0 {No check has found a problem} one {# check has found a problem} other {# checks have found problems}}, {unknown, plural, =0 {and all are answered.} one {# is not answered yet.} other {# are not answered yet.}}',
  'update.checks': 'Before it begins',
  'update.state.ok': 'fine',
  'update.state.problem': 'problem',
  'update.state.unknown': 'not known',
  'update.questions': 'Not known yet. Run these and give their output:',
  'update.usage.to': 'vMAJOR.MINOR.PATCH, or NAME=vMAJOR.MINOR.PATCH',
  'update.usage.out': 'a file that ends in {ends}',

  'steps.title.update': 'Update of AKS enabled by Azure Arc',
  'steps.title.repair': 'Repair of AKS enabled by Azure Arc',
  'steps.title.revocation': 'Recovery after a revocation in AKS enabled by Azure Arc',
  'steps.title.maintenance': 'Maintenance of AKS enabled by Azure Arc',
  'steps.made': 'Made by Arcwarden on {date}',
  'steps.facts': '{clusters}. {known}',
  'steps.known': 'It rests on what was read on {date}.',
  'steps.clusters': 'Clusters',
  'steps.clusters.more': '{names} and {count, number} more',
  'steps.hosts': '{name} (hosts)',
  'steps.warnings': 'Before you begin',
  'steps.saved': 'Saved {name}.',
  'steps.steps': 'Steps',
  'steps.none': 'There is nothing to do.',
  'steps.after': 'When all is done',
  'steps.head': '{at}. {title}',
  'steps.only': '{only}: {title}',
  'steps.of-cluster': '{title} ({cluster})',
  'steps.column.why': 'Why',
  'steps.column.where': 'Where',
  'steps.column.command': 'Command',
  'steps.column.expected': 'Expected',
  'steps.column.check': 'Check',
  'steps.column.undo': 'Way back',
  'steps.column.risk': 'Risk',
  'steps.column.needs': 'Needs',
  'steps.column.takes': 'Takes',
  'steps.column.instead': 'Instead',
  'steps.column.sources': 'Sources',
  'steps.by-hand': 'by hand',
  'steps.api-server': 'an API server that answers',
  'steps.takes': 'usually {usual}, at most {longest}',
  'steps.target.host': 'on one host, as the user who installed AKS',
  'steps.target.every-host': 'on every host',
  'steps.target.vm': 'on the machine {address} of {cluster}',
  'steps.target.control-plane': 'on a control-plane VM{has, select, yes { of {cluster}} other {}}',
  'steps.target.every-control-plane':
    'on every control-plane VM{has, select, yes { of {cluster}} other {}}, one after the other',
  'steps.target.every-worker': 'on every worker VM{has, select, yes { of {cluster}} other {}}, one after the other',
  'steps.target.workstation': 'on a workstation',
  'steps.risk.none': 'only reads',
  'steps.risk.low': 'low: can be done again',
  'steps.risk.disruptive': 'disruptive: something is away for a while',
  'steps.risk.dangerous': 'dangerous: may lose a cluster',
  'steps.open': 'To fill in: {names}',

  'cli.help.update-plan':
    'arcwarden update plan [FILE...|-]\n    What updates hosts and clusters, in order: checks before, repairs that come first, each command with its check after.\n    FILE is pasted output of Get-AksHciVersion, Get-AksHciUpdates, Get-AksHciCluster, Get-AksHciClusterUpdates and\n    Test-UpdateAksHci, as table, list or JSON; - is standard input. Exit 1 when a check has found a problem.\n    --inventory PATH...      credentials in these files; default: those of the data folder\n    --cluster NAME           only this cluster, by name or id (may be given more than once)\n    --deployment NAME        which deployment, where there are several\n    --to VERSION             how far, as v1.22.11; NAME=VERSION for one cluster (may be given more than once)\n    --operating-system       only the operating system of the nodes\n    --minutes KIND=N         how long host-update or cluster-update takes\n    --out FILE               write the plan: .ps1 for Windows PowerShell, .md or .html\n    --ics FILE               write it as an event of the next maintenance window that holds it',
} as const;
