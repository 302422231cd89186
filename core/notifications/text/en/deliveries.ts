/** Programs that are started, and other computers to which something is delivered. */
export default {
  'problem.program.not-found': 'The program {program} is not on this computer.',
  'problem.program.not-found.remedy': 'Install it, or use another way.',
  'problem.program.not-started': 'The program {program} could not be started ({reason}).',
  'problem.program.not-started.remedy': 'Check that this user may run it.',
  'problem.program.timed-out': 'The program {program} did not end within {seconds} s and was ended.',
  'problem.program.timed-out.remedy':
    'Try again. When it happens every time, start it by hand and see what it waits for.',
  'problem.program.too-talkative': 'The program {program} wrote more than {limit} bytes and was ended.',
  'problem.program.too-talkative.remedy': 'Start it by hand and see what it says.',
  'problem.program.failed': 'The program {program} failed with exit code {exitCode}.',
  'problem.program.failed.remedy':
    'Writing to the Windows event log needs its source “Arcwarden”, which an administrator registers once: start Arcwarden as an administrator and send a test, or run New-EventLog -LogName Application -Source Arcwarden.',
  'problem.delivery.failed':
    '{reason, select, certificate {The certificate of {target} is not accepted ({detail}).} unreachable {{target} cannot be reached ({detail}).} late {{target} did not answer in time ({detail}).} unencrypted {{target} offers no encryption that can be used ({detail}).} login {{target} refused user name or password ({detail}).} refused {{target} refused the message ({detail}).} other {Nothing could be handed to {target} ({detail}).}}',
  'problem.delivery.failed.remedy':
    '{reason, select, certificate {Name the file of the CA that issued it in the channel’s settings, or have the server’s certificate replaced. Check the clock of this computer, too.} unreachable {Check name and port, and that no firewall is between this computer and the server.} late {Check name and port, and that no firewall is between this computer and the server.} unencrypted {Switch on STARTTLS at the server, or choose the port that is encrypted from the start (usually 465).} login {Enter user name and password again.} refused {Look into the log of the server: it says why. For a webhook the number is the HTTP status, for mail the SMTP reply code.} other {Look into the log of the server.}}',
  'problem.mark.over': 'The end {until} lies in the past.',
  'problem.mark.over.remedy': 'Choose a later moment.',
  'problem.channel.unknown': 'This channel is not there any more.',
  'problem.channel.unknown.remedy': 'Open the settings again to see the channels as they are now.',
  'problem.channel.not-confirmed': 'Nobody agreed in the dialog of the system that messages are sent to {server}.',
  'problem.channel.not-confirmed.remedy': 'The channel was not saved. Save it again, and answer the dialog yourself.',
  'channel.consent': 'Send messages to {server}?',
  'channel.consent.detail':
    'No channel has sent anything to this server before. It will be told which certificates and tokens of which clusters expire and when. Agree only if you have entered it yourself.',
  'channel.consent.plain': 'The connection is not encrypted: everybody on the way can read and change the messages.',
  'channel.consent.yes': 'Save the channel',
  'channel.consent.no': 'Cancel',
  'problem.channel.not-available':
    '{channel, select, eventlog {The event log is a part of Windows; this computer runs another system.} toast {Nobody sees messages of the operating system here: the command line has no window.} other {This channel does not work on this computer.}}',
  'problem.channel.not-available.remedy': 'Use another channel here.',
  'problem.channel.secret-missing':
    '{place, select, environment {The environment variable {name} is not set, or it is empty.} file {The file {name} with the secret cannot be read, or it is empty.} other {The secret of this channel cannot be opened here: the operating system keeps it for the user who entered it.}}',
  'problem.channel.secret-missing.remedy':
    '{place, select, environment {Set it for the account that runs Arcwarden, and start Arcwarden again.} file {Write the secret to the first line of this file, readable for the account that runs Arcwarden alone.} other {Enter it again in the settings of the channel. For scheduled tasks name an environment variable or a file instead.}}',
  'problem.channel.invalid':
    '{field, select, url {“{reason}” is not an address that begins with https://.} host {“{reason}” is not the name of a server.} address {“{reason}” is not an e-mail address.} recipients {No recipient is named.} name {The channel has no name.} environment {“{reason}” is not the name of a variable that Arcwarden reads for a channel.} security {User name and password would go through the network in plain text.} secret {A secret is needed: without it the receiver cannot tell who is talking.} file {No file was chosen.} ca {“{reason}” has no CA certificate.} other {“{reason}” does not fit.}}',
  'problem.channel.invalid.remedy':
    '{field, select, url {Write it as https://monitor.example/arcwarden.} host {Write the name alone, as mail.example.} address {Write it as ops@contoso.example; several are separated by commas.} recipients {Name at least one address.} name {Give it a name by which you will know it.} environment {Its name has to begin with ARCWARDEN_CHANNEL_, followed by letters, digits and underscores: set it under such a name, then name that in the channel.} security {Choose STARTTLS or TLS, or leave out the user name.} secret {Enter one, or name an environment variable or a file. One that was entered for another server, or for a connection that is encrypted, is not kept.} file {Choose the file.} ca {Choose the certificate of the CA that issued the server’s certificate, not the server’s own.} other {Correct this field.}}',
} as const;
