export const board = {
  'state.expired': 'Expired',
  'state.urgent': 'Urgent',
  'state.stalled': 'Renewal stalled',
  'state.renewal-overdue': 'Renewal overdue',
  'state.not-yet-valid': 'Not yet valid',
  'state.renewal-due': 'Renewal due',
  'state.unknown': 'Unknown',
  'state.fine': 'Fine',

  'layer.moc': 'MOC',
  'layer.kubernetes': 'Kubernetes',
  'layer.workstation': 'Workstation',

  'certainty.documented': 'Documented',
  'certainty.from-code': 'From code',
  'certainty.reported': 'Reported',
  'certainty.inferred': 'Inferred',

  'column.state': 'State',
  'column.cluster': 'Cluster',
  'column.layer': 'Layer',
  'column.role': 'Role',
  'column.name': 'Name',
  'column.issuer': 'Issuer',
  'column.expires': 'Expires',
  'column.left': 'Time left',
  'column.life': 'Lifetime',

  'board.headline.attention':
    '{count, plural, one {# credential} other {# credentials}} {clusters, plural, one {in {cluster}} other {in # clusters}} {count, plural, one {needs} other {need}} you today.',
  'board.headline.overdue':
    '{count, plural, one {# credential is overdue} other {# credentials are overdue}} for renewal.',
  'board.headline.overdue-too':
    '{count, plural, one {# more is overdue} other {# more are overdue}} for renewal.',
  'board.headline.rest-until': 'The rest is fine until {date}.',
  'board.headline.rest': 'The rest is fine.',
  'board.headline.all-until':
    '{count, plural, one {The one credential is} other {All # credentials are}} fine until {date}.',
  'board.headline.all':
    '{count, plural, one {The one credential is} other {All # credentials are}} fine.',
  'board.headline.unknown':
    'When {count, plural, one {the one credential ends} other {these # credentials end}} is not known.',
  'board.primary': 'Show what to do',
  'board.loading': 'Reading the inventory: {loaded} of {total}',
  'board.shown': '{shown} of {total} shown',
  'board.shown-all': '{total, plural, one {# credential} other {# credentials}}',

  'board.filter.search': 'Filter',
  'board.filter.placeholder': 'Name, cluster, serial, fingerprint',
  'board.filter.states': 'Show only these states',
  'board.filter.layers': 'Show only these layers',
  'board.filter.clear': 'Clear filter',
  'board.filter.clear-search': 'Clear the search text',
  'board.filter.chip': '{state}: {count}',

  'board.table': 'Certificates and tokens by expiry',
  'board.columns': 'Columns',
  'board.columns.reset': 'Show all columns',
  'board.sort.hint': 'Sort by {column}',
  'board.no-end': 'Not known',
  'board.assumed': 'Assumed: date of the file and 90 days. The token does not state its end.',
  'board.assumed.short': 'assumed',
  'board.none.title': 'Nothing matches this filter.',
  'board.none.body':
    '{total, plural, one {# credential is} other {# credentials are}} hidden by it.',
  'board.copied-row': 'Copied the row of {name}.',
  'board.life':
    '{share, number, percent} of the lifetime has passed; renewal is due at {due, number, percent}.',
} as const;
