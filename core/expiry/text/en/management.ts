/** The report for management. */
export default {
  'management.title': 'Certificates and tokens: report for management',
  'management.headline.repair': '{count, plural, one {{cluster} needs} other {# of {total} clusters need}} repair now.',
  'management.headline.late':
    '{count, plural, one {On {cluster}} other {On # clusters}} credentials are overdue for renewal and still valid.',
  'management.headline.fine': '{total, plural, one {The one cluster needs} other {All # clusters need}} nothing now.',
  'management.headline.next': 'Next deadline: {date}, {task}, {cluster}.',
  'management.clusters': 'Clusters',
  'management.answer': 'How it is',
  'management.answer.stalled':
    '{count, plural, one {The renewal of # credential fails} other {The renewal of # credentials fails}}; the first that is overdue ends on {date}.',
  'management.answer.overdue':
    '{count, plural, one {# credential is} other {# credentials are}} overdue for renewal; the first ends on {date}.',
  'management.answer.next': 'Needs nothing now. Next: {task}, by {date}.',
  'management.answer.missed': 'Late: {task}, was due by {date}.',
  'management.answer.fine': 'Needs nothing now or in the next year.',
  'management.answer.unknown': 'Cannot be told: no end is known of what was read.',
  'management.off': 'May stay off until',
  'management.off.repair-first': 'Repair first',
  'management.deadline': 'Next deadline',
  'management.deadline.none': 'None known',
  'management.todo': 'What to do, and by when',
  'management.todo.by': 'By',
  'management.todo.what': 'What',
  'management.todo.more': '{count, plural, one {# more stands} other {# more stand}} on the pages of their clusters.',
  'management.more-steps': 'then {count, plural, one {# more step} other {# more steps}}, on the page of this cluster',
  'management.now': 'Now',
  'management.by': 'By {date}:',
  'management.first': 'What breaks first',
  'management.read': 'Last read {date}.',
  'management.lives': 'Lifetimes',
  'management.lives.what': 'Credential',
  'management.lives.drawn': 'Lifetime, from its beginning to its end',
  'management.lives.now': 'now',
  'management.lives.end': 'Ends',
  'management.lives.over': 'over',
  'management.lives.count': '× {count}',
  'management.lives.from': 'Valid from {date}.',
  'management.lives.due': 'Renewal due from {date}.',
  'management.lives.key':
    'Thin and light: has passed; thick and dark: is ahead; a line across: renewal is due; black at the right: the end. Of several of a kind the first to end is drawn. Distances grow from days to years. ≈: the date is assumed.',
  'management.lives.more':
    'Not drawn: {count, plural, one {# more credential} other {# more credentials}}, with ends from {date} on.',
  'management.steps': 'Run in this order',
  'management.steps.more':
    '{count, plural, one {# more step} other {# more steps}} in the power-off view and in arcwarden expiry poweroff.',
  'management.sources': 'Sources',
  'management.not-counted':
    'Not counted: the emergency kubeconfig super-admin.conf and bootstrap tokens, which expire in every healthy cluster and break nothing.',
  'management.written': 'Wrote the report to “{path}”.',
  'cli.help.expiry-report':
    'arcwarden expiry report [PATH...] --out FILE\n    The report for management: the fleet, then one printed page a cluster; one HTML file.\n    --cluster NAME         only this cluster, by name or id (may be given more than once)\n    --out FILE             where to write it; needed',
} as const;
