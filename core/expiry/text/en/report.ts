/** The HTML report. */
export default {
  'report.title': 'Certificates and tokens',
  'report.lang': 'en',
  'report.headline.fine':
    '{total, plural, one {The one credential} other {All # credentials}} in this report {total, plural, one {needs} other {need}} nothing now.',
  'report.headline.attention':
    '{attention, plural, one {# credential needs} other {# credentials need}} attention: {expired} expired, {urgent} urgent, {overdue} overdue for renewal. {rest, plural, =0 {There are no others.} one {The other one needs nothing now.} other {The other # need nothing now.}}',
  'report.taken': 'Taken {moment}. Times are {zone}.',
  'report.zone.utc': 'UTC',
  'report.filtered': 'Filtered: {filter}. Credentials outside the filter are not in this report.',
  'report.filter.query': 'search “{query}”',
  'report.filter.list': '{names}',
  'report.summary': 'By state',
  'report.table': 'Credentials by urgency',
  'report.column.count': 'Number',
  'report.column.notAfter': 'Expires (UTC)',
  'report.assumed': 'assumed',
  'report.assumed.note':
    'Assumed: the token does not state when it ends; the date is the file’s date and 90 days more. Source: Microsoft Learn, Overview of certificate management in AKS enabled by Azure Arc (tokens are valid for 90 days by default); that the file was written when the token was issued is inferred.',
  'report.thresholds.note':
    'States follow the share of each credential’s own lifetime and the time left, by class of credential. The thresholds and their sources stand in docs/expiry.md of Arcwarden and, for each credential, in its details in the console.',
} as const;
