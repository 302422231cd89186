/** The command line: help, notices, summaries. */
export default {
  'cli.board.empty': 'No credentials. Import files with: {command}',
  'cli.import.summary':
    '{files, plural, one {# file} other {# files}} read: {added, number} added, {renewed, number} renewed, {unchanged, number} unchanged, {superseded, number} older than known, {findings, plural, one {# finding} other {# findings}}.',
  'cli.import.more-questions':
    'The names of {count, plural, one {# more cluster} other {# more clusters}} are not certain either. What the name of each rests on, and its id:',
  'cli.forget.done': 'Forgot “{name}” with {count, plural, one {# credential} other {# credentials}}.',
  'cli.cluster-unchecked': 'There is no inventory: the name “{cluster}” was not checked.',
  'cli.placeholder.kind': '<KIND>',
  'cli.placeholder.name': '<NAME>',
  'cli.written': 'Wrote {rows, plural, one {# row} other {# rows}} to “{path}”.',
  'cli.usage.unknown-verb': '“{verb}” is not a command of arcwarden.',
  'cli.usage.renamed-verb': '“arcwarden {verb}” is now “arcwarden {present}”.',
  'cli.parts-missing':
    'Arcwarden cannot start: the folder “arcwarden”, which belongs beside arcwarden.cjs, is not there. Copy both.',
  'cli.usage.unknown-option': 'The option {option} is not known here.',
  'cli.usage.missing-value': 'The option {option} needs a value, or takes none where one was given.',
  'cli.usage.open-quote':
    'A backslash before a closing quotation mark made one argument of “{text}”. Write the path without the last backslash: "{path}".',
  'cli.standard-output': 'standard output',
  'cli.output-failed': 'Standard output could not be written ({reason}): what was printed is not complete.',
  'cli.usage.no-standard-output':
    '“arcwarden {verb}” does not write to standard output: {option} needs the name of a file.',
  'cli.usage.one-output': '{option} - and {other} cannot be given together: both write to standard output.',
  'cli.usage.missing-paths': '“arcwarden {verb}” needs at least one file or folder.',
  'cli.forget.before': '“{name}” was forgotten before.',
  'cli.usage.missing-cluster': '“arcwarden inventory forget” needs the name or id of one cluster.',
  'cli.usage.one-format': 'Only one of --json, --csv and --html can be given.',
  'cli.usage.see-help': 'Run “arcwarden --help” to see every command and option.',
  'cli.help.head':
    'arcwarden COMMAND [OPTION...]\n\nCertificates and tokens of AKS enabled by Azure Arc, on the command line.\nExit codes: 0 fine, 1 something needs attention, 2 usage or input error, 3 internal error.',
  'cli.help.inspect':
    'arcwarden inspect PATH...\n    Says what the files hold, without a store. Folders are read recursively.\n    --json prints records and findings as one document.\n    --passphrase-file FILE  the passphrase of PFX files; without it, a terminal asks for each',
  'cli.help.inventory-import':
    'arcwarden inventory import PATH...\n    Reads files, and folders recursively, into the inventory.\n    --json prints the import report.\n    --passphrase-file FILE  the passphrase of PFX files; without it, a terminal asks for each',
  'cli.places.next': 'Import what is there with: {command}',
  'cli.places.none': 'None of the known places exists on this computer. Import files from elsewhere with: {command}',
  'cli.places.column.file': 'File',
  'cli.places.column.path': 'Path',
  'cli.places.column.source': 'Source',
  'cli.help.inventory-places':
    'arcwarden inventory places\n    Lists where the files of a fleet usually lie on this computer, and which are there. Nothing is read.',
  'cli.help.inventory-list':
    'arcwarden inventory list [PATH...]\n    Prints the expiry board of the inventory, or of the named files alone.\n    --json | --csv | --html   print that form instead of a table\n    --out FILE                write to a file instead of standard output\n    --state STATE             only these states (may be given more than once)\n    --layer LAYER             only moc, kubernetes or workstation\n    --search TEXT             only rows in which every word occurs\n    --sort COLUMN             state, cluster, layer, role, name, issuer, expires or left\n    --descending              the other way round',
  'cli.column.credentials': 'Credentials',
  'cli.column.id': 'Id',
  'cli.inventory.last-import': '{imported, select, never {Nothing was imported yet.} other {Last import: {at}.}}',
  'cli.help.inventory-clusters':
    'arcwarden inventory clusters\n    Lists the clusters of the inventory, how many credentials each has, and when a file was last imported.',
  'cli.help.inventory-forget':
    'arcwarden inventory forget CLUSTER\n    Takes one cluster, by name or id, out of the inventory.',
  'cli.help.global':
    'Options of every command:\n    --data DIR       the data folder (default: the folder for application data)\n    --now INSTANT    judge as of this moment, for instance 2026-11-24T09:00:00Z\n    --json           one JSON document on standard output; notices go to standard error\n    --lang en|ja     language of the output\n    --help           this text, or the text of one command\n    --version        the version',
} as const;
