export default {
  'certainty.documented': 'Documented',
  'certainty.from-code': 'From code',
  'certainty.reported': 'Reported',
  'certainty.inferred': 'Inferred',
  'list.and': ', ',
} as const;
