/** Words of all verbs of the command line. */
export default {
  'cli.severity.error': 'error',
  'cli.severity.warning': 'warning',
  'cli.severity.notice': 'notice',
  'cli.place.line': 'line {line}',
  'cli.place.offset': 'byte {offset}',
  'cli.place.column': 'line {line}, column {column}',
  'cli.placeholder.folder': '<DIR>',
  'cli.placeholder.path': '<PATH>',
  'cli.usage.bad-value': 'The option {option} cannot be “{value}”. It takes: {allowed}.',
  'cli.usage.option-needed': 'The option {option} is needed here.',
  'cli.usage.bad-number': 'The option {option} cannot be “{value}”. It takes a whole number above 0.',
  'cli.usage.bad-file': 'The option {option} needs the name of a file or folder.',
} as const;
