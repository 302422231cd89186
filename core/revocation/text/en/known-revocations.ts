/** RenewRevocation objects that were read from files, and what they do to renewals and repairs. */
export default {
  'obstacle.revoked':
    'A RenewRevocation object that was read matches its next certificate as well: as long as that is in force, the renewal is refused.',
  'repair.revocation':
    'First mend or delete the RenewRevocation object {name}: its entry “{entry}” matches what the repair makes as well, so that it would be revoked again.{others, plural, =0 {} one { # more object does the same.} other { # more objects do the same.}} To mend it, give the entry a notBefore in the past and apply the file again; the command deletes the object. It was read from {path}; whether it is in the cluster, a file cannot tell.',

  'finding.renewal.refused':
    'Its renewal would be refused by the entry “{entry}” of the RenewRevocation object {name}, which matches the next certificate as well.',
  'finding.renewal.refused.remedy':
    'Give the entry a notBefore in the past and apply the file again, or delete the object; then repair. If it is not in the cluster any more, say so in the view Power off.',
  'finding.renewal.refused-until':
    'Its renewal would be refused until {until} by the entry “{entry}” of the RenewRevocation object {name}, whose notBefore is in the future.',
  'finding.renewal.refused-until.remedy':
    'Repair after that, or give the entry an earlier notBefore and apply the file again.',
  'finding.renewal.named': 'The entry “{entry}” of the RenewRevocation object {name} revokes this certificate.',
  'finding.renewal.named.remedy':
    'It is replaced at its next renewal or by a repair. Until its end it may still be accepted somewhere.',

  'problem.revocation.unknown': 'No RenewRevocation object {name} was read for this cluster.',
  'problem.revocation.unknown.remedy': 'Its file may have been read again meanwhile. Look again.',

  'report.revocations': 'RenewRevocation objects',
  'report.revocations.explain':
    'They are no credentials. They are kept, since they decide which renewals and repairs go through; whether they are in the cluster, a file cannot tell.',
  'report.revocation.entries': '{count, plural, one {# entry} other {# entries}}, {namespace}',
  'report.revocation.no-cluster': 'cluster not known',
  'report.revocation.no-cluster.remedy':
    'Put the file beside other files of its cluster, or the name of the cluster into its name, and import it again.',
  'report.revocation.lifted': 'no longer in force, as you said',

  'poweroff.refused':
    '{count, plural, one {One credential} other {# credentials}} cannot be renewed while {name} is in force{others, plural, =0 {} one { (and # more object)} other { (and # more objects)}}: it revokes the next certificate as well. From their end on they are down.',
  'poweroff.refused.fix': 'Mend it, or delete it:',
  'poweroff.refused.command': 'command that deletes it',
  'poweroff.lift': '{name} is not in force any more',
  'poweroff.lifted': '{name} counts as no longer in force.',
  'poweroff.lifted.undone': '{name} counts as in force again.',
  'cli.import.revocation': 'RenewRevocation {name} ({path}): {cluster}',
} as const;
