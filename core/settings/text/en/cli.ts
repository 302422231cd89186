/** Verbs of `arcwarden settings`. */
export default {
  'cli.settings.name': 'Setting',
  'cli.settings.value': 'Value',
  'cli.settings.none': 'Nothing is set below “{name}”.',
  'cli.usage.no-setting': 'There is no setting “{name}”. “arcwarden settings list” shows all of them.',
  'cli.usage.bad-setting': 'The setting “{name}” cannot be “{value}”. docs/cli.md lists what each one takes.',
  'cli.usage.no-reset': 'The setting “{name}” cannot be reset alone: it would not fit those beside it.',
  'cli.help.settings-list':
    'arcwarden settings list [NAME]\n    The settings of the data folder; with NAME those below it, for instance thresholds or watch.quiet.\n    --json prints them as one document.',
  'cli.help.settings-set':
    'arcwarden settings set NAME VALUE\n    Changes one setting, for instance: settings set language ja, settings set watch.heartbeatHours 24.\n    VALUE is a word, a number, words with commas for a list, or JSON.',
  'cli.help.settings-reset':
    'arcwarden settings reset NAME\n    Gives one setting its default, or removes it where it has none.',
} as const;
