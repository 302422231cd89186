/** Verbs of `arcwarden channel` and `arcwarden silence`. */
export default {
  'cli.channel.added': 'Added the channel “{name}” ({id}). Try it with: arcwarden channel test {id}',
  'cli.channel.server': 'It sends to {server}.',
  'cli.channel.changed': 'Changed the channel “{name}” ({id}).',
  'cli.channel.removed': 'Removed the channel “{name}”, with what waited for it.',
  'cli.silence.credential': 'Credential',
  'cli.silence.cluster': 'Cluster',
  'cli.silence.kind': 'Kind',
  'cli.silence.kind.snoozed': 'Snoozed',
  'cli.silence.kind.acknowledged': 'Acknowledged',
  'cli.silence.until': 'Until',
  'cli.silence.by': 'By',
  'cli.silence.reason': 'Reason',
  'cli.silence.added': 'Nothing is told of “{name}” until {until}.',
  'cli.silence.removed': '“{name}” is told of again.',
  'cli.usage.no-credential':
    '“{credential}” names no single credential: give its id, at least 8 digits of it, or a name that only one has. It fits: {known}',
  'cli.help.channel-list':
    'arcwarden channel list\n    How each channel fares: what waits for it, its failures, its last success. Exit 1: one is failing.',
  'cli.help.channel-add':
    'arcwarden channel add NAME --kind KIND [OPTION...]\n    Adds a channel of notifications. Secrets are never arguments: name a variable or a file that holds it.\n    --kind KIND            toast, webhook, mail, event-log or prometheus\n    --url URL              of a webhook, https only\n    --mail-server NAME     with --port, --security starttls|tls|none, --user, --from ADDRESS and --to ADDRESS (may be repeated)\n    --file FILE            the metrics file of prometheus\n    --secret-env VARIABLE  holds the password or key; its name begins with ARCWARDEN_CHANNEL_\n    --secret-file FILE     holds it in its first line\n    --ca-file FILE         a CA to trust beside those that are known\n    --disable              do not use it yet',
  'cli.help.channel-change':
    'arcwarden channel change CHANNEL [OPTION...]\n    Changes a channel, by name or id; what is not named stays. Options as of “channel add”, and:\n    --name NAME            call it so\n    --enable, --disable    use it, or do not\n    --no-secret, --no-ca-file  without it',
  'cli.help.channel-test':
    'arcwarden channel test CHANNEL\n    Sends a test to a channel, by name or id. Exit 0: it arrived; 1: it did not.',
  'cli.help.channel-remove':
    'arcwarden channel remove CHANNEL\n    Removes a channel, by name or id, with what waits for it.',
  'cli.help.silence-list':
    'arcwarden silence list\n    The credentials of which nothing is told: why, by whom and until when.',
  'cli.help.silence-snooze':
    'arcwarden silence snooze CREDENTIAL --until INSTANT --reason TEXT\n    Nothing is told of a credential until then. It is named by its id, the first 8 or more digits of it, or its name.',
  'cli.help.silence-acknowledge':
    'arcwarden silence acknowledge CREDENTIAL --until INSTANT --reason TEXT\n    As “silence snooze”, but a state that is worse than now is told all the same.',
  'cli.help.silence-remove': 'arcwarden silence remove CREDENTIAL\n    A credential is told of again.',
} as const;
