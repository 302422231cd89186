/** Where authorities and their private keys are kept; rule ids in `core/authorities/store/findings.ts`. */
export default {
  'problem.passphrase.too-short': 'The passphrase is too short.',
  'problem.passphrase.too-short.remedy':
    'Use at least {minimum} characters; several words are easy to remember. Nothing else is required of it.',
  'problem.passphrase.wrong': 'This passphrase does not open the keys of “{authority}”.',
  'problem.passphrase.wrong.remedy':
    'Type it again; upper and lower case count. If it is certainly right, keyring.json was replaced on purpose: restore it from a backup. Nobody can reset a forgotten passphrase.',
  'problem.keyring.absent': '“{authority}” has no passphrase yet, so it keeps no keys.',
  'problem.keyring.absent.remedy': 'Set a passphrase for this authority first.',
  'problem.keyring.exists': '“{authority}” has a passphrase already.',
  'problem.keyring.exists.remedy': 'Change it with the passphrase that it has now.',
  'problem.keyring.locked': 'The keys of “{authority}” are locked.',
  'problem.keyring.locked.remedy': 'Unlock the authority with its passphrase, then try again.',
  'problem.keyring.cost':
    '“{path}” asks for more memory or time than Arcwarden ever uses (scrypt N={n}, r={r}, p={p}).',
  'problem.keyring.cost.remedy':
    'The passphrase was not tried. The file does not come from Arcwarden or was changed: restore it from a backup.',
  'problem.key-file.missing': 'The key file “{path}” is not there.',
  'problem.key-file.missing.remedy':
    'Restore the folder of the authority from a backup. Without this file the private key is lost.',
  'problem.key-file.damaged':
    '{damage, select, torn {“{path}” is not a whole key file.} changed {“{path}” is damaged: the checksum of this key file does not fit.} other {“{path}” was altered: the checksum of this key file fits, but not what is sealed in it, so it was no accident.}}',
  'problem.key-file.damaged.remedy': 'Restore the file from a backup. It was left as it is.',
  'problem.key-file.foreign':
    'The key file “{path}” belongs to another keyring, or holds another key than its name says.',
  'problem.key-file.foreign.remedy':
    'Key files cannot be moved from one authority to another or renamed. Put back the file that was here.',
  'problem.key-file.newer':
    '“{path}” was written by a newer Arcwarden (version {version}, this one reads up to {known}).',
  'problem.key-file.newer.remedy': 'Start the newer version. Nothing was changed.',
  'problem.authority.unknown': 'There is no authority “{authority}”.',
  'problem.authority.unknown.remedy': 'It may have been removed meanwhile. Look at the list again.',
  'problem.authority.damaged': 'The record of the authority “{authority}” is damaged or gone (“{path}”).',
  'problem.authority.damaged.remedy':
    'Restore its folder from a backup while Arcwarden is closed. Its key files were left as they are.',
  'problem.authority.name-taken': 'Another authority is called “{name}”.',
  'problem.authority.name-taken.remedy': 'Choose another name; upper and lower case do not count.',
  'problem.authority.name-invalid': 'This cannot be the name of an authority.',
  'problem.authority.name-invalid.remedy':
    'Use 1 to {longest} characters, without line breaks or other control characters.',
  'problem.vault.not-available':
    'The operating system offers no protected store here, so the passphrase cannot be remembered.',
  'problem.vault.not-available.remedy':
    'Type the passphrase each time. On Linux a key store such as GNOME Keyring or KWallet must run; the command line never remembers.',

  'finding.authority-file.restored':
    '{setAside, select, none {The file {file} of authority {authority} is gone or damaged.} other {The file {file} of authority {authority} was damaged and was set aside as {setAside}.}} Its copy is used.',
  'finding.authority-file.restored.remedy':
    'If it is authority.json, check whether the certificates issued last are listed, and raise the number of the next CRL when one may have been made since.',
  'finding.authority-file.lost':
    '{setAside, select, none {The file {file} of authority {authority} is gone or damaged.} other {The file {file} of authority {authority} is damaged and was set aside as {setAside}.}} There is no usable copy.',
  'finding.authority-file.lost.remedy':
    'Restore the folder of the authority from a backup while Arcwarden is closed. Its key files were left as they are.',
  'finding.authority-file.newer':
    'The file {file} of authority {authority} was written by a newer version (format {schema}). It was left as it is.',
  'finding.authority-file.newer.remedy': 'Update Arcwarden. Until then this authority, or its keys, cannot be used.',
  'finding.authority-file.unreadable': 'The file {file} of authority {authority} cannot be read. It was left as it is.',
  'finding.authority-file.unreadable.remedy':
    'Check the permissions of the file and that no other program holds it, then start Arcwarden again.',
  'finding.authority-file.entry-unreadable':
    'An entry of authority {authority} cannot be read ({entry}: {reason}). It is kept as it is; all others were loaded.',
  'finding.authority-file.entry-unreadable.remedy':
    'Restore authority.json from a backup. Until then the entry is missing everywhere: a revoked certificate also from the CRLs made now.',
  'finding.authority-file.keyring-lost':
    '{setAside, select, none {The keyring of authority {authority} is gone or damaged.} other {The keyring of authority {authority} is damaged and was set aside as {setAside}.}} Without it no private key of this authority can be read.',
  'finding.authority-file.keyring-lost.remedy':
    'Restore {file} from a backup while Arcwarden is closed. Any copy made since the authority exists will do, with the passphrase of its time.',
  'finding.authority-file.key-missing':
    '{count, plural, one {One private key of authority {authority} has no file.} other {# private keys of authority {authority} have no file.}} What these keys should sign cannot be signed.',
  'finding.authority-file.key-missing.remedy':
    'Restore the missing key files from a backup, or issue the certificates anew.',
} as const;
