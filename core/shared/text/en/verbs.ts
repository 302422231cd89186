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
} as const;
