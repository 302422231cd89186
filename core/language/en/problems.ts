/** What could not be done, and what to do about it. */
export const problems = {
  'problem.argument.invalid': 'The request was not understood: {reason}.',
  'problem.argument.invalid.remedy':
    'Nothing was changed. Restart Arcwarden; if it happens again, report the steps that led here.',
  'problem.ticket.unknown': 'The chosen file is no longer known.',
  'problem.ticket.unknown.remedy': 'Choose or drop the file again.',
  'problem.file.not-found': '“{path}” does not exist.',
  'problem.file.not-found.remedy': 'Check the path, or choose the file again.',
  'problem.file.not-readable': '“{path}” could not be read.',
  'problem.file.not-readable.remedy':
    'Check that your account may read it and that no other program holds it open, then try again.',
  'problem.file.too-large': '“{path}” is too large to read here.',
  'problem.file.too-large.remedy':
    'Certificates, kubeconfigs and login files are small. Choose the file itself instead of an archive or a log.',
  'problem.file.not-writable': '“{path}” could not be written.',
  'problem.file.not-writable.remedy':
    'Choose a folder that your account may write to and that has free space.',
  'problem.store.locked': 'Another Arcwarden is using the data folder “{path}”.',
  'problem.store.locked.remedy':
    'Close the other console, wait for the other command to end, or choose another folder with --data.',
  'problem.store.newer':
    '“{path}” was written by a newer Arcwarden (schema {schema}, this one reads up to {known}).',
  'problem.store.newer.remedy':
    'Start the newer version, or choose another folder with --data. Nothing was changed.',
  'problem.store.not-writable': 'The change could not be saved to “{path}”.',
  'problem.store.not-writable.remedy':
    'Nothing was changed. Check free space and permissions of the data folder, then try again.',
  'problem.cluster.unknown': 'The cluster “{cluster}” is not in the inventory.',
  'problem.cluster.unknown.remedy': 'It may have been forgotten meanwhile. Import its files again.',
  'problem.credential.unknown': 'This credential is not in the inventory any more.',
  'problem.credential.unknown.remedy':
    'A newer one may have replaced it: look at the history of the newer one.',
  'problem.import.nothing-found': 'No certificate and no token was found in “{path}”.',
  'problem.import.nothing-found.remedy':
    'Choose a kubeconfig, a folder such as /etc/kubernetes/pki, a cloudconfig or login file, or certificates in PEM or DER form.',
  'problem.export.nothing-to-write':
    'The filter lets no row through, so there is nothing to export.',
  'problem.export.nothing-to-write.remedy':
    'Clear the search and the state filters, then export again.',
  'problem.internal': 'Something went wrong inside Arcwarden (log entry {id}).',
  'problem.internal.remedy':
    'Your data is unchanged. The log in the data folder holds the details under this id; add it when you report the fault.',
} as const;
