/** What speaks for and against a cause, as the window and the command line say it. */
export const diagnosis = {
  'diagnosis.text': 'line {line}: “{phrases}”',
  'diagnosis.inventory.expired': 'expired in the inventory: {roles}',
  'diagnosis.inventory.valid': 'valid in the inventory: {roles}',
  'diagnosis.inventory.stalled': 'renewal stalled in the inventory: {roles}',
  'diagnosis.inventory.refused': 'also matched by a known revocation when renewed: {roles}',
  'diagnosis.inventory.not-yet-valid': 'not valid yet in the inventory: {roles}',
  'diagnosis.answer.offHours':
    'switched off for {count, plural, one {# hour} other {# hours}} or longer',
  'diagnosis.answer.daysSinceUpdate':
    'not updated for {count, plural, one {# day} other {# days}} or longer',
  'diagnosis.answer.otherUser': 'another Windows user than the installing one',
  'diagnosis.answer.installingUser': 'the Windows user who installed it',
  'diagnosis.answer.works': 'works: {question}',
  'diagnosis.answer.fails': 'fails: {question}',
  'diagnosis.from.stated': '{answer} (as was stated for this cluster)',
  'diagnosis.from.inventory': '{answer} (from the inventory)',
  'diagnosis.part-of': 'the words belong to what {failure} prints',
  'diagnosis.build': 'build {build} is none of those that have it',
  'diagnosis.kind.not-a-certificate': 'This is not a certificate problem.',
  'diagnosis.kind.either': 'A certificate is only one of several possible causes.',
} as const;
