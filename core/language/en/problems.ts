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
  'problem.print.not-available': 'There is no print dialog here.',
  'problem.print.not-available.remedy':
    'Save the report as a file and print that on another computer.',
  'problem.print.failed': 'The report could not be printed: {reason}.',
  'problem.print.failed.remedy':
    'Look at the printer, or save the report as a file and print it from a browser.',
  'problem.export.nothing-to-write':
    'The filter lets no row through, so there is nothing to export.',
  'problem.export.nothing-to-write.remedy':
    'Clear the search and the state filters, then export again.',
  'problem.plan.rules-invalid':
    'The rules for maintenance windows cannot be used: {field, select, timeZone {time zone} weekdays {weekdays} from {begin of the hours} to {end of the hours} blackouts {blackout dates} leadDays {lead} horizonDays {horizon} other {most windows}} “{value}”.',
  'problem.plan.rules-invalid.remedy':
    '{field, select, timeZone {Use a name such as Europe/Berlin or Asia/Tokyo.} weekdays {Allow one weekday at least.} from {Use a time from 00:00 to 23:59.} to {Use a time from 00:00 to 24:00.} blackouts {Use dates such as 2026-12-24, the first not after the last.} leadDays {Use whole days from 0 to 90.} horizonDays {Use whole days from 1 to 1100.} other {Use a whole number from 1 to 2000.}}',
  'problem.plan.nothing-planned': 'The plan has no window, so there is nothing to write.',
  'problem.plan.nothing-planned.remedy':
    'Import the credentials of your clusters, look further ahead, or allow more windows.',
  'problem.plan.deployment-needed':
    'The plan is for several deployments, each with its own hosts: {names}.',
  'problem.plan.deployment-needed.remedy': 'Choose the one whose host the task is for.',
  'problem.plan.account-needs-password':
    'A clustered task cannot be given the password of {account}.',
  'problem.plan.account-needs-password.remedy':
    'Use SYSTEM, or a group managed service account, whose name ends in $.',
  'problem.revocation.not-understood':
    'What this revocation would do has to be confirmed before its manifest is written.',
  'problem.revocation.not-understood.remedy':
    'If that is what you want, give the phrase as it is: --i-understand "{phrase}".',
  'problem.internal': 'Something went wrong inside Arcwarden (log entry {id}).',
  'problem.internal.remedy':
    'Your data is unchanged. The log in the data folder holds the details under this id; add it when you report the fault.',
} as const;
