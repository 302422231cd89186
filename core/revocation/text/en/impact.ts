/** What revocations would do, the way back, and dry runs on the engine’s copy of a cluster. */
export default {
  'impact.subject.apiServers':
    '{share, select, only {The only known API server certificate} all {All {known, number} known API server certificates} other {{matched, number} of {known, number} API server certificates}}',
  'impact.subject.kubelets':
    '{share, select, only {The only known kubelet certificate} all {All {known, number} known kubelet certificates} other {{matched, number} of {known, number} kubelet certificates}}',
  'impact.subject.controlPlane':
    '{share, select, only {The only known control plane certificate} all {All {known, number} known control plane certificates} other {{matched, number} of {known, number} control plane certificates}}',
  'impact.subject.admins':
    '{share, select, only {The only known admin certificate} all {All {known, number} known admin certificates} other {{matched, number} of {known, number} admin certificates}}',
  'impact.subject.others':
    '{share, select, only {The only other certificate} all {All {known, number} other certificates} other {{matched, number} of {known, number} other certificates}}',
  'impact.worst.all-api-servers':
    '{kind, select, management {The management cluster “{cluster}”} other {{cluster}}} would lose all its API servers{others, plural, =0 {} one {, and so would # other cluster} other {, and so would # other clusters}}.',
  'impact.worst.etcd':
    '{kind, select, management {The management cluster “{cluster}”} other {{cluster}}} would lose the majority of its etcd, and with it every API server{others, plural, =0 {} one {, and so would # other cluster} other {, and so would # other clusters}}.',
  'impact.worst.all-kubelets':
    '{kind, select, management {The management cluster “{cluster}”} other {{cluster}}} would lose all its kubelets, and with them every node{others, plural, =0 {} one {, and so would # other cluster} other {, and so would # other clusters}}.',
  'impact.worst.last-admin':
    'No known credential of an administrator would be left for {cluster}{others, plural, =0 {} one { and # other cluster} other { and # other clusters}}.',
  'impact.worst.system-masters':
    'Every known certificate of system:masters would be revoked in {cluster}{others, plural, =0 {} one { and # other cluster} other { and # other clusters}}.',
  'impact.worst.unknown':
    'A cluster would lose all its API servers: the entries name what kubeadm gives every one of them.',
  'impact.answer.renewed':
    '{subject} would be refused at {matched, plural, one {its} other {their}} next renewal{own, select, yes {; your own kubeconfig is revoked with {matched, plural, one {it} other {them}}} other {}}.',
  'impact.answer.admins':
    '{subject} would be revoked{own, select, yes {{matched, plural, one {: your own kubeconfig} other {, your own kubeconfig among them}}} other {}}. What nothing renews is perhaps never checked.',
  'impact.answer.none': 'None of the {known, number} known certificates would be revoked.',
  'impact.answer.nothing-known':
    'No certificate is known that could be revoked. Import the files of your clusters, then this says whom the entries hit.',
  'impact.answer.no-entry': 'Nothing would be revoked: there is no entry that can be read.',
  'impact.answer.unreadable': 'The text cannot be read at the moment, so nobody can say what it would do.',
  'impact.answer.waiting': 'The entries are held against the inventory.',
  'impact.more.older':
    'What stands below is what the text did when it could last be read. Nothing can be saved or sent until it can be read again.',
  'impact.more.all':
    '{matched, number} of {known, number} known certificates are hit in all, in {touched, number} of {clusters, plural, one {# cluster} other {# clusters}}.',
  'impact.more.ended': '{count, plural, one {# of them has} other {# of them have}} ended already.',
  'impact.more.future': 'What a repair makes is revoked, too, so no repair holds.',
  'impact.more.own-unknown': 'Whether your own kubeconfig is among them is not known: none in use was read.',
  'impact.old': 'Of an older text',
  'impact.old.explain': 'The text has changed since; this is what was found before.',
  'impact.judging': 'The text is being judged.',

  'revocation.share.total': 'Matched',
  'revocation.share.controlPlane': 'Control plane',
  'revocation.share.workers': 'Workers',
  'revocation.share.admins': 'Admins',
  'revocation.share.others': 'Others',
  'revocation.share.inUse': 'In use',

  'impact.picture.title': 'Who is hit',
  'impact.picture.caption': 'Certificates that are revoked, of those that are known, by cluster and holder',
  'impact.picture.all': 'All {count, plural, one {# cluster} other {# clusters}}',
  'impact.picture.share': '{matched, number} of {known, number}',
  'impact.picture.list': '{matched, number} of {known, number}: list the revoked certificates of {cluster}',
  'impact.picture.list-all': '{matched, number} of {known, number}: list all revoked certificates',
  'impact.picture.roles': 'Certificates of {cluster} by role',
  'impact.picture.role': '{role}: {matched, number} of {known, number}',
  'impact.picture.you.matched': 'you, revoked',
  'impact.picture.you.kept': 'you, not touched',
  'impact.picture.untouched': '{count, plural, one {# cluster is} other {# clusters are}} not touched.',
  'impact.picture.show-untouched': 'Show {count, plural, one {it} other {them}}',
  'impact.picture.hide-untouched': 'Hide {count, plural, one {it} other {them}}',
  'impact.picture.more': 'Show {count, number} more',
  'impact.legend.matched': 'revoked',
  'impact.legend.kept': 'not touched',
  'impact.legend.danger': 'has to be confirmed',
  'impact.legend.you': 'the credential in use',
  'impact.danger.all-api-servers': 'all API servers',
  'impact.danger.etcd': 'the majority of etcd',
  'impact.danger.control-plane': 'all of it',
  'impact.danger.all-kubelets': 'all kubelets',
  'impact.danger.system-masters': 'system:masters',
  'impact.danger.last-admin': 'no other admin',

  'impact.entries.title': 'By entry',
  'impact.entries.object': 'Object {name}',
  'revocation.nameless': '(without a name)',
  'revocation.entry':
    '{number}. {kind} {value}, {cutoff, select, none {without notBefore} other {issued before {notBefore}}}',
  'revocation.more': 'and {rest, number} more',
  'impact.entries.unread': '{number}. cannot be read',
  'impact.entries.entry': 'Entry',
  'impact.count.matches': 'Revoked',
  'impact.count.possible': 'Perhaps',
  'impact.count.exempt': 'Out of reach',
  'impact.count.future': 'To come',
  'impact.count.matches.explain': 'Certificates of the inventory that the entry names.',
  'impact.count.possible.explain':
    'Named by the common name alone, or issued in the very second of notBefore: what a cluster makes of them is not documented.',
  'impact.count.exempt.explain':
    'Named, but no RenewRevocation reaches them: kubelet server certificates, authorities, certificates of MOC.',
  'impact.count.future.explain': 'Renewals of the next four days that would be refused; simulated.',
  'impact.count.list': '{count, number}, {list}: list them for entry {number}',
  'impact.count.explain': 'What “{list}” means',
  'impact.count.unknown': 'not simulated yet',

  'matches.title.matches': 'Revoked',
  'matches.title.possible': 'Perhaps revoked',
  'matches.title.exempt': 'Named, but out of reach',
  'matches.of-all': 'All entries',
  'matches.filter': 'Filter',
  'matches.filter.placeholder': 'Cluster, name or role',
  'matches.cluster.all': 'All clusters',
  'matches.count': '{total, plural, =0 {No certificate} one {# certificate} other {# certificates}}',
  'matches.none': 'No certificate fits.',
  'matches.column.why': 'Why',
  'matches.column.not-before': 'Issued',
  'matches.column.notes': 'Notes',
  'matches.replaced': 'replaced',
  'matches.ended': 'ended',
  'matches.in-use': 'in use',
  'matches.loading': 'is being read',
  'matches.close': 'Close the list',
  'matches.keys': 'Enter opens a certificate on the expiry board, Escape closes the list.',

  'future.title': 'What renewals of the next four days would run into',
  'future.working': 'The renewals of the next four days are simulated.',
  'future.ask': 'Simulate them',
  'future.again': 'Simulate them again',
  'future.waiting': 'Not simulated yet.',
  'future.none': 'No renewal of the next four days would be refused.',
  'future.answer':
    '{count, plural, one {# renewal would be refused, at} other {# renewals would be refused, the first at}} {at}.',
  'future.simulated':
    'Simulated: the engine advances its copies of the clusters by four days without the object, and holds what they would issue against the entries.',
  'future.until': 'From {at} on, within the hour',
  'future.capped': 'The first {shown, number} of {total, number} are listed.',
  'future.more': 'Show {count, plural, one {# more hour} other {# more hours}}',

  'exposure.title': 'How long a revoked certificate may still be accepted',
  'exposure.zones': '{utc}; above is the time of this computer, {zone}.',

  'recovery.answer':
    'Apply, check, repair, check again: {count, plural, one {# step} other {# steps}}, and one that undoes it.',
  'recovery.answer.mend': 'Mend the manifest first: as it is, no repair holds.',
  'recovery.answer.none': 'There is no plan yet: no entry can be read.',
  'recovery.unsound': 'Errors are left in the text; the plan counts on what can be read.',
  'recovery.mend.title': 'Why no repair holds',
  'recovery.mend.go': 'Go to the entries',
  'recovery.kubeconfig': 'The commands name this kubeconfig: {path}',
  'recovery.kubeconfig.default':
    'The commands name no kubeconfig: kubectl takes that of KUBECONFIG, else .kube\\config of your profile.',
  'recovery.steps': 'Steps, in this order',
  'recovery.copy-all': 'all commands',
  'recovery.undo.title': 'Undo manifest',
  'recovery.undo.lead': 'Names the object and revokes nothing; it is saved beside the manifest, for kubectl delete -f.',
  'recovery.undo.copy': 'the undo manifest',
  'recovery.export': 'The offline bundle holds this plan as PowerShell and Markdown, in both languages.',
  'recovery.export.go': 'Save or export',

  'dry-run.title': 'DryRun',
  'dry-run.lead':
    'The object is applied to the engine’s copy of a cluster, the documented repair follows, and the hours after it are simulated. Nothing reaches the cluster.',
  'dry-run.cluster': 'Cluster',
  'dry-run.cluster.touched': 'With revoked certificates',
  'dry-run.cluster.others': 'Others',
  'dry-run.hours': 'Hours to follow',
  'dry-run.hours.fault': 'Whole hours from 1 to {most, number}.',
  'dry-run.repair': 'Repair',
  'dry-run.repair.with': 'As documented',
  'dry-run.repair.without': 'Nobody repairs',
  'dry-run.run': 'Dry run on the engine’s copy',
  'dry-run.running': 'Dry run on the copy of {cluster}.',
  'dry-run.unsound': 'Mend the errors in the entries first: a dry run needs what can be applied.',
  'dry-run.no-cluster': 'No cluster is known for a dry run. Import its files first.',
  'dry-run.on': 'On a copy of {cluster}, from {from} to {until}.',
  'dry-run.revoked':
    '{count, plural, =0 {No known certificate is revoked.} one {# known certificate is revoked.} other {# known certificates are revoked.}}',
  'dry-run.verdict.not-applied': 'The object cannot be applied: {reason}.',
  'dry-run.verdict.holds':
    'The repair holds: {command} brings the cluster back, and no renewal is refused as revoked until {until}.',
  'dry-run.verdict.made-revoked':
    'The repair does not hold: {count, plural, one {# certificate that {command} makes is} other {# certificates that {command} makes are}} revoked from the first second. Set notBefore, or delete the entry.',
  'dry-run.verdict.refused-again':
    'The repair does not hold: {count, plural, one {# certificate is} other {# certificates are}} refused again, the first by {at}. Set notBefore, or delete the entry.',
  'dry-run.verdict.repaired-down': 'The repair does not hold: no API server answers at the end.',
  'dry-run.verdict.repair-failed': 'The repair does not work: {command} does nothing ({reason}).',
  'dry-run.verdict.unrepaired-up':
    'Nobody repairs, and the API server answers to the end; {count, plural, =0 {no renewal is refused as revoked} one {the renewal of # certificate is refused} other {the renewals of # certificates are refused}}.',
  'dry-run.verdict.unrepaired-down': 'Nobody repairs, and from {at} on no API server answers any more.',
  'dry-run.printed': 'What it is known to print: {text}',
  'dry-run.lane.renewed': 'Renewed',
  'dry-run.lane.refused': 'Refused',
  'dry-run.lane.expired': 'Expired',
  'dry-run.lane.server': 'API server',
  'dry-run.mark.apply': 'applied',
  'dry-run.mark.repair': 'repaired',
  'dry-run.down': 'No API server answers.',
  'dry-run.server.up': 'answers',
  'dry-run.server.down': 'does not answer',
  'dry-run.picture':
    'Hour by hour: {renewed, plural, one {# renewal} other {# renewals}}, {refused, plural, one {# refusal} other {# refusals}}, {expired, number} expired; the API server does not answer in {down, plural, one {# hour} other {# hours}}. The table below says the same.',
  'dry-run.table': 'What happens when',
  'dry-run.column.when': 'Until',
  'dry-run.column.what': 'What',
  'dry-run.step.apply': 'Applied',
  'dry-run.step.repair': 'Repaired',
  'dry-run.step.hour': '{count, plural, one {An hour} other {# hours alike}}',
  'dry-run.times': 'tried {times, number} times',
  'dry-run.by-entry': 'by entry {entry} of {object}',
  'dry-run.more': 'Show {count, plural, one {# more line} other {# more lines}}',
  'dry-run.still': 'Made by the repair, and revoked from the first second',
  'dry-run.assumed': 'Taken for granted',
  'dry-run.simulated':
    'A simulation, not the cluster: a revocation is taken to be looked at when a certificate is renewed, and a revoked certificate to be refused by the API server at once. Neither is documented.',
} as const;
