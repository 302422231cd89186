/** The command line: RenewRevocation objects. */
export default {
  'cli.revocation.linted':
    '{objects, plural, one {# object} other {# objects}}: {errors, plural, one {# error} other {# errors}}, {warnings, plural, one {# warning} other {# warnings}}, {notices, plural, one {# notice} other {# notices}}.',
  'cli.revocation.counts':
    '{count, plural, one {# match} other {# matches}}, {possible} possible, {exempt} out of reach, {future} yet to be issued',
  'cli.revocation.match': '{title} {name} of {cluster} ({why})',
  'cli.revocation.guarded': 'To be confirmed before a manifest is written:',
  'cli.problem.revocation.not-understood.remedy':
    'If that is what you want, give the phrase as it is: --i-understand "{phrase}".',
  'cli.revocation.phrase': 'Confirm with: --i-understand "{phrase}"',
  'cli.revocation.plan': 'What to do, in this order:',
  'cli.revocation.written': 'Wrote “{path}”, and “{undo}” to undo it.',
  'cli.revocation.reading':
    '{form}:{value} is {serial} in hex and names {count, plural, =0 {no known certificate} one {{name}} other {# certificates}}.',
  'cli.revocation.dry-run': 'On a copy of {cluster}, from {from} to {until}:',
  'cli.revocation.step.apply': '{at}  applied',
  'cli.revocation.step.repair': '{at}  repaired',
  'cli.revocation.step.hour': 'until {at}',
  'cli.revocation.step.hours': 'until {at}, {count} times in an hour each:',
  'cli.revocation.renewed': '{count} renewed: {names}',
  'cli.revocation.refused': '{count, plural, one {# refusal} other {# refusals}}: {names}',
  'cli.revocation.expired': '{count} expired: {names}',
  'cli.revocation.end-up': 'At the end the API server answers.',
  'cli.revocation.end-down': 'At the end no API server answers.',
  'cli.revocation.assumed': 'Taken for granted:',
  'cli.revocation.usage.hours': 'whole hours from 1 to {most, number}',
  'cli.revocation.none': 'No revocation is worked on, and no import has read one.',
  'cli.revocation.column.where': 'Document or cluster',
  'cli.revocation.column.entries': 'Entries',
  'cli.revocation.worked-on':
    'worked on, {at}{file, select, none {, not saved} same {, saved in {path}} changed {, {path} was changed by somebody else} gone {, {path} is gone} other {, {path} cannot be read}}',
  'cli.revocation.was-read': 'imported, {force, select, yes {in force} other {marked as no longer in force}}',
  'cli.revocation.discarded': 'Discarded {name}. Its file, if it has one, stays.',
  'cli.revocation.marked':
    '{name} of {cluster} {force, select, yes {counts as in force again} other {counts as no longer in force}}.',
  'cli.usage.several-revocations': 'Several revocations are called “{name}”: {choices}. Say which one is meant.',
  'cli.usage.discard-not-confirmed': 'Discarding takes the text away for good. Add --yes to do it.',
  'cli.help.revocation-list':
    'arcwarden revocation list\n    The revocations that are worked on in the console, and the RenewRevocation objects that imports read.',
  'cli.help.revocation-show':
    'arcwarden revocation show NAME [--cluster NAME]\n    Prints the manifest of a revocation that is worked on, by its id or the name of an object in it, or of an object that an\n    import read, by NAME or NAMESPACE/NAME.\n    --cluster NAME           an object that was read of this cluster, by name or id',
  'cli.help.revocation-discard':
    'arcwarden revocation discard DOCUMENT --yes\n    Takes a revocation that is worked on away, by its id or the name of an object in it. Its file stays.',
  'cli.help.revocation-mark-inactive':
    'arcwarden revocation mark-inactive NAME [--cluster NAME]\n    Notes of an object that an import read that it is no longer in force, so that forecasts leave it out.\n    --cluster NAME           the object of this cluster, by name or id',
  'cli.help.revocation-mark-active':
    'arcwarden revocation mark-active NAME [--cluster NAME]\n    Notes of an object that an import read that it is in force again.\n    --cluster NAME           the object of this cluster, by name or id',
  'cli.usage.stray-word': '“{word}” has no use without {option}.',
  'cli.usage.no-entries': 'Give a file, or at least one of {options}.',
  'cli.usage.one-object': '“{path}” has to hold one RenewRevocation object; it holds {count}.',
  'cli.usage.one-cluster': 'Name one cluster with --cluster. Known are: {clusters}.',
  'cli.usage.serial-ambiguous':
    'The serial number “{value}” can be read in several ways. {readings} Say which one is meant.',
  'cli.usage.certificate-unknown':
    '“{id}” is not the id of one certificate of the inventory, or shorter than {shortest} digits.',
  'cli.help.revocation-lint':
    'arcwarden revocation lint FILE [--inventory PATH...]\n    What is wrong with a RenewRevocation manifest, line by line, with the source of each rule. Exit 1 with an error.\n    --inventory PATH...      judge by the certificates in these files; default: those of the data folder\n    --i-understand PHRASE    take errors upon yourself that can be confirmed\n    --json prints a list: rule, severity, line, column, message, citation of each finding.',
  'cli.help.revocation-preview':
    'arcwarden revocation preview FILE [--inventory PATH...]\n    Which certificates each entry matches, which to come, what it would bring down, and what to do.\n    --inventory PATH...      the certificates in these files; default: those of the data folder\n    --cluster NAME           only this cluster, by name or id (may be given more than once)\n    --kubeconfig FILE        the kubeconfig in use; commands are printed with it\n    --i-understand PHRASE    what is asked for under “to be confirmed”; without it exit 1',
  'cli.help.revocation-build':
    'arcwarden revocation build [FILE] [OPTION...]\n    A manifest, of options or of the one object in a file: published spelling and order, serials quoted, moments in UTC.\n    --out FILE               write it there, FILE.undo beside it, and a line into the audit trail\n    --name NAME, --description TEXT\n    --serial NUMBER          as any tool prints it; hex:, decimal: or reversed: in front says how it is meant\n    --credential ID          a certificate of the inventory, by its id or the first digits of it\n    --group, --dns, --ip     each may be given more than once\n    --not-before INSTANT     of all these entries; or “now”. A serial number it can only narrow\n    --serial-spelling WORD   serialnumber (as published) or SerialNumber; default: the setting of the data folder\n    --inventory PATH..., --cluster NAME, --kubeconfig FILE, --i-understand PHRASE   as for preview',
  'cli.help.revocation-dry-run':
    'arcwarden revocation dry-run FILE [--cluster NAME] [--inventory PATH...]\n    Applies the object to a copy of its cluster: hour by hour what is renewed and refused, and whether the repair holds.\n    Exit 1 when it does not, or when no API server answers at the end.\n    --cluster NAME           which cluster, when several are known\n    --hours N                how long to look (default 120)\n    --without-repair         nobody repairs anything\n    --inventory PATH...      as for preview',
} as const;
