/** What could not be done, and what to do about it. */
export default {
  waiting: 'Waiting for “{path}”: another program holds it open. It is given up after a minute.',
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
  'problem.audit.not-writable': 'Nothing was done: the audit trail “{path}” could not be written.',
  'problem.audit.not-writable.remedy':
    'Everything that changes or exports something is recorded first. Check free space and permissions of the data folder, then try again.',
  'problem.audit.end-missing': 'This was done, but the audit trail “{path}” holds only its beginning.',
  'problem.audit.end-missing.remedy':
    'Do not repeat it. Check free space and permissions of the data folder: until then, nothing else can be changed or exported.',
  'problem.file.not-writable': '“{path}” could not be written.',
  'problem.file.not-writable.remedy': 'Choose a folder that your account may write to and that has free space.',
  'problem.file.not-flushed': '“{path}” was written, but the disk did not confirm it.',
  'problem.file.not-flushed.remedy': 'The file may be lost when the power fails. Check the disk, then write it again.',
  'problem.file.stream-name':
    '“{path}” was not written: Windows takes a colon in a name for a hidden stream of another file.',
  'problem.file.stream-name.remedy': 'Choose a name without a colon.',
  'problem.file.not-regular':
    '“{path}” was not replaced: it is a device, a pipe, or a link to something other than a file.',
  'problem.file.not-regular.remedy': 'Choose a new name, or the name of an ordinary file.',
  'cli.problem.file.not-regular.remedy': 'Name a new file or an ordinary one. For standard output, use --out -.',
  'problem.file.device-name': '“{path}” was not written: Windows takes this name for a device.',
  'problem.file.device-name.remedy':
    'Choose another name than CON, PRN, AUX, NUL, COM1, LPT1 and the like, with or without an extension. Files that are written here are often copied to Windows, which could neither open nor delete this one.',
  'problem.store.absent':
    'No data of Arcwarden is in “{path}”: the folder does not exist, is a file, or belongs to another program.',
  'problem.store.absent.remedy': 'Choose the data folder, or import files first.',
  'cli.problem.store.absent.remedy':
    'Check --data and whether the drive is mounted. If nothing was imported so far, begin with: {command}',
  'problem.store.locked': 'Another Arcwarden is using the data folder “{path}”.',
  'problem.store.locked.remedy':
    'Close the other console, wait for the other command to end, or choose another folder with --data.',
  'problem.store.lock-lost':
    'Another Arcwarden has taken over “{path}”, because this one stood still for more than five seconds: sleep, a paused computer, Ctrl+Z.',
  'problem.store.lock-lost.remedy':
    'This one has written nothing since then, so that no change of the other is undone. Look at the present state, then do it again; restart a window.',
  'problem.store.newer': '“{path}” was written by a newer Arcwarden (schema {schema}, this one reads up to {known}).',
  'problem.store.newer.remedy': 'Start the newer version, or choose another folder with --data. Nothing was changed.',
  'problem.store.not-writable': 'The change could not be saved to “{path}”.',
  'problem.store.not-writable.remedy':
    'Check free space and permissions of the data folder, and that no other program holds the file open, then try again.',
  'problem.store.not-flushed': 'The change was written to “{path}”, but the disk did not confirm it.',
  'problem.store.not-flushed.remedy':
    'The change may have been saved. Check the disk, look at the present state, then run the command again if the change is missing.',
  'problem.store.too-large':
    'The change was not saved: “{path}” would become larger than {limitMiB, number} MiB and could not be read again.',
  'problem.store.too-large.remedy':
    'This file is as it was before. In watch.json, messages wait for channels that fail: repair those channels or switch them off. In a file of clusters/, one cluster has too many credentials and files, or, in foreign.json, too much is part of no cluster: import fewer folders, or keep them in data folders of their own (--data).',
  'problem.cluster.unknown': 'No cluster “{cluster}” was found in the inventory.',
  'problem.cluster.unknown.remedy':
    'Look at the list of clusters: it may be there under a name that only a folder suggests, and can be renamed. If it was forgotten, bring it back or import its files again. On the command line: arcwarden inventory clusters, rename, restore, import.',
  'problem.cluster.name-invalid': '“{name}” can be no cluster’s name.',
  'problem.cluster.name-invalid.remedy':
    'Kubernetes allows letters, digits, hyphens and dots, with a letter or digit at both ends. Get-AksHciCluster prints the name.',
  'problem.cluster.name-taken': 'Another cluster is called “{name}” already.',
  'problem.cluster.name-taken.remedy': 'Move the credentials to that cluster, or choose another name.',
  'problem.cluster.not-alike': '“{cluster}” and “{other}” cannot be one.',
  'problem.cluster.not-alike.remedy':
    'Choose another cluster: the deployment of a cloud agent is no part of a Kubernetes cluster, and a sample no part of a real one.',
  'problem.cluster.not-forgotten': 'No cluster “{cluster}” is kept among the forgotten ones.',
  'problem.cluster.not-forgotten.remedy':
    'Only the 20 clusters forgotten last are kept: “arcwarden inventory clusters” lists them. Otherwise import the files of the cluster again.',
  'problem.cluster.merged': 'Credentials of “{cluster}” belong to “{other}” now.',
  'problem.cluster.merged.remedy':
    'Nothing was changed, since they would be counted twice. Move them to a cluster of their own instead: arcwarden inventory move.',
  'problem.credential.ambiguous': 'More than one credential begins with “{word}”.',
  'problem.credential.ambiguous.remedy':
    'Give more digits of the SHA-256. If several clusters have the credential, name the one to take it from with --from.',
  'problem.credential.unknown': 'No such credential was found in this place of the inventory.',
  'problem.credential.unknown.remedy':
    'A newer one may have replaced it: look at the history of the newer one. It may also belong to another cluster now.',
  'problem.import.nothing-found': 'No certificate and no token was found in “{path}”.',
  'problem.import.nothing-found.remedy':
    'Choose a kubeconfig, a folder such as /etc/kubernetes/pki, a cloudconfig or login file, or certificates in PEM or DER form.',
  'problem.import.partly-saved':
    '{clusters, plural, one {One cluster was} other {# clusters were}} saved; then “{path}” could not be written.',
  'problem.import.partly-saved.remedy':
    'Check free space and permissions of the data folder, and that no other program holds the file open; then import the same files again. What was saved is not added twice.',
  'problem.import.partly-saved-lock-lost':
    '{clusters, plural, one {One cluster was} other {# clusters were}} saved; then another Arcwarden had taken over “{path}”, because this one stood still for more than five seconds: sleep, a paused computer, Ctrl+Z.',
  'problem.import.partly-saved-lock-lost.remedy':
    'This one has written nothing since then, so that no change of the other is undone. Look at the present state, then import the same files again; restart a window. What was saved is not added twice.',
  'problem.import.partly-saved-newer':
    '{clusters, plural, one {One cluster was} other {# clusters were}} saved; then “{path}” could not be changed: a newer Arcwarden wrote it (schema {schema}, this one reads up to {known}).',
  'problem.import.partly-saved-newer.remedy':
    'Start the newer version and import the same files again, or choose another folder with --data. What was saved is not added twice.',
  'problem.import.partly-saved-not-readable':
    '{clusters, plural, one {One cluster was} other {# clusters were}} saved; then “{path}” could not be read.',
  'problem.import.partly-saved-not-readable.remedy':
    'Check that your account may read it and that no other program holds it open, then import the same files again. What was saved is not added twice.',
  'problem.import.partly-saved-too-large':
    '{clusters, plural, one {One cluster was} other {# clusters were}} saved; then “{path}” would have become larger than {limitMiB, number} MiB, so that it could not be read again.',
  'problem.import.partly-saved-too-large.remedy':
    'In a file of clusters/, one cluster has too many credentials and files, or, in foreign.json, too much is part of no cluster: import fewer folders, or keep them in data folders of their own (--data). What was saved is not added twice.',
  'problem.import.cancelled':
    'The import was cancelled; {clusters, plural, =0 {nothing was} one {one cluster had been} other {# clusters had been}} saved.',
  'problem.import.cancelled.remedy':
    'To have all of it, import the same files again.{clusters, plural, =0 {} other { What was saved is not added twice.}}',
  'problem.print.not-available': 'There is no print dialog here.',
  'problem.print.not-available.remedy': 'Save the report as a file and print that on another computer.',
  'problem.print.failed': 'The report could not be printed: {reason}.',
  'problem.print.failed.remedy': 'Look at the printer, or save the report as a file and print it from a browser.',
  'problem.export.nothing-to-write': 'The filter lets no row through, so there is nothing to export.',
  'problem.export.nothing-to-write.remedy': 'Clear the search and the state filters, then export again.',
  'problem.plan.rules-invalid':
    'The rules for maintenance windows cannot be used: {field, select, timeZone {time zone} weekdays {weekdays} from {begin of the hours} to {end of the hours} blackouts {blackout dates} leadDays {lead} horizonDays {horizon} other {most windows}} “{value}”.',
  'problem.plan.rules-invalid.remedy':
    '{field, select, timeZone {Use a name such as Europe/Berlin or Asia/Tokyo.} weekdays {Allow one weekday at least.} from {Use a time from 00:00 to 23:59.} to {Use a time from 00:00 to 24:00.} blackouts {Use dates such as 2026-12-24, the first not after the last.} leadDays {Use whole days from 0 to 90.} horizonDays {Use whole days from 1 to 1100.} other {Use a whole number from 1 to 2000.}}',
  'problem.plan.nothing-planned': 'The plan has no window, so there is nothing to write.',
  'problem.plan.nothing-planned.remedy':
    'Import the credentials of your clusters, look further ahead, or allow more windows.',
  'problem.plan.deployment-needed': 'The plan is for several deployments, each with its own hosts: {names}.',
  'problem.plan.deployment-needed.remedy': 'Choose the one whose host the task is for.',
  'problem.plan.account-invalid': '{account} is not the name of an account.',
  'problem.plan.account-invalid.remedy': 'Use DOMAIN\\name, name@domain, .\\name for an account of the host, or a SID.',
  'problem.plan.account-needs-password': 'A clustered task cannot be given the password of {account}.',
  'problem.plan.account-needs-password.remedy': 'Use SYSTEM, or a group managed service account, whose name ends in $.',
  'problem.revocation.not-understood':
    'What this revocation would do has to be confirmed before its manifest is written.',
  'problem.revocation.not-understood.remedy':
    'If that is what you want, go to the step “Save or apply” and type this phrase: {phrase}.',
  'problem.revocation.document-unknown': 'This revocation is not kept here any more.',
  'problem.revocation.document-unknown.remedy': 'It was discarded. Open it again from its file, or begin a new one.',
  'problem.revocation.secret-in-text': 'Line {line} holds a private key or a token, so the text was not kept.',
  'problem.revocation.secret-in-text.remedy':
    'Take it out: a revocation names certificates and needs no secret. Until then the last text without it stays on disk.',
  'problem.revocation.too-large': 'The text is longer than {limit, number} characters.',
  'problem.revocation.too-large.remedy':
    'kubectl apply takes about 256 KiB for one object. Divide it into several files.',
  'problem.revocation.too-many': 'There are {most, number} revocations here already.',
  'problem.revocation.too-many.remedy': 'Discard those that are done with; their files stay where they are.',
  'problem.revocation.not-sound':
    'The text has errors that cannot be confirmed, or revokes nothing, so it was not written.',
  'problem.revocation.not-sound.remedy': 'Mend the errors that are shown with the entries, then try again.',
  'problem.revocation.not-editable': 'The text is laid out so that this cannot be changed in it.',
  'problem.revocation.not-editable.remedy':
    'Change it in the text itself. Aliases, text blocks and lines shared by several entries stand in the way.',
  'problem.revocation.choice-gone': 'What was chosen is not in the inventory any more.',
  'problem.revocation.choice-gone.remedy': 'Choose again from what there is now.',
  'problem.revocation.no-file': 'This revocation has no file yet.',
  'problem.revocation.no-file.remedy': 'Choose where to save it.',
  'problem.revocation.file-changed': '“{path}” was changed by another program since it was last read.',
  'problem.revocation.file-changed.remedy':
    'Nothing was written. Read the file again, save under another name, or overwrite it knowingly.',
  'problem.revocation.undo-left': '“{path}” was not written, and its undo manifest “{undo}” could not be removed.',
  'problem.revocation.undo-left.remedy':
    'Delete “{undo}” before you try again: it undoes a manifest that does not exist.',
  'problem.revocation.undo-taken': 'The undo manifest would replace “{path}”, which holds something else.',
  'problem.revocation.undo-taken.remedy': 'Nothing was written. Save under another name, or move that file away.',
  'problem.revocation.not-text': '“{path}” is not a text file.',
  'problem.revocation.not-text.remedy':
    'Choose a manifest in YAML or JSON, as an editor or kubectl get -o yaml saves it.',
  'problem.evidence.not-text': '“{path}” is not a text.',
  'problem.evidence.not-text.remedy':
    'Open a log, or an output that was saved as a text. Certificates and kubeconfigs are imported on the expiry board.',
  'problem.evidence.too-long': '“{path}” is longer than {longest, number} characters.',
  'problem.evidence.too-long.remedy':
    'Save the hour in question as a file of its own, from a minute before the first error on, and open that.',
  'problem.run.unknown': 'There is no run “{run}”.',
  'problem.run.unknown.remedy':
    'Each run is a file in the folder runs of the data folder; its name without .json is its id.',
  'problem.run.cluster-busy': 'Another run is working on {cluster}.',
  'problem.run.cluster-busy.remedy':
    'Wait until it has ended. If its program was killed, the next one may begin a few seconds later.',
  'problem.run.command-runs': 'A command of an earlier run still runs here: process {pid}.',
  'problem.run.command-runs.remedy':
    'The run that began it was killed. Wait for the end of the command, or end it (Stop-Process -Id {pid}); then go on with that run, which looks at what was done.',
  'problem.run.not-recorded': 'What run {run} did last could not be recorded in “{path}”, so it has stopped.',
  'problem.run.not-recorded.remedy':
    'What was recorded before stays. Check free space and permissions of the data folder, and that no other program holds the file open; then go on with --resume {run}, which looks at how the last step has ended.',
  'problem.run.hosts-busy': 'Another run is working on the hosts.',
  'problem.run.hosts-busy.remedy':
    'Wait until it has ended. If its program was killed, the next one may begin a few seconds later.',
  'problem.run.not-in-inventory': 'None of the clusters of this plan are in the inventory.',
  'problem.run.not-in-inventory.remedy':
    'The engine practises on a copy of what is known. Import files of these clusters, or run the plan on a host.',
  'problem.run.plan-changed': 'The plan is no longer the one that you looked at.',
  'problem.run.plan-changed.remedy':
    'Time has passed, or files were read again. Look at the plan as it is now, then begin. Nothing was run.',
  'problem.run.nothing-to-do': 'This plan has no steps.',
  'problem.run.nothing-to-do.remedy': 'There is nothing to run.',
  'problem.run.sample-only': '{cluster} belongs to the demo fleet: there is no host on which it could be repaired.',
  'problem.run.sample-only.remedy': 'Run the plan on the demo fleet. Nothing was run.',
  'problem.run.not-sample': '{cluster} is a real cluster: the demo fleet cannot stand in for it.',
  'problem.run.not-sample.remedy':
    'Run the plan on this computer or on a host. To practise, choose clusters of the demo fleet. Nothing was run.',
  'problem.run.bad-host': '“{name}” is not a name of a computer.',
  'problem.run.bad-host.remedy':
    'Give the name of one of the hosts, such as host01 or host01.contoso.example. Nothing was run.',
  'problem.run.command-changed':
    'The record {file} does not hold the plan that Arcwarden makes; it differs at the step {step}. Somebody has changed the record.',
  'problem.run.command-changed.remedy':
    'No further step was run. Find out who changed it, and start a new run of a new plan.',
  'problem.run.of-another-release':
    'The record {file} was written by {madeBy, select, other {Arcwarden {madeBy}} unknown {an older release}}, and this one ({release}) makes the step {step} in another way, or somebody has changed it.',
  'problem.run.of-another-release.remedy':
    'No further step was run. Look what was done with “arcwarden runs show”, and start a new run of a new plan.',
  'problem.run.not-confirmed': 'Nobody agreed to it in the dialog of the system.',
  'problem.run.not-confirmed.remedy': 'Nothing was begun. Try again, and answer the dialog yourself.',
  'problem.run.request-missing':
    'The file {file} is missing or damaged, so nothing tells whether the plan in the record is the one that was made. Runs of earlier releases have no such file.',
  'problem.run.request-missing.remedy':
    'Nothing was run. Resume the run in the window or at a terminal without --yes, where you see each step before it is run; or start a new run of a new plan.',
  'problem.run.other-target': 'The record of run {run} names {target} as its target, not {given}.',
  'problem.run.other-target.remedy':
    'Nothing was run. Where you began the run on {given}, somebody has changed the record: start a new run of a new plan.',
  'problem.run.damaged': 'The record {file} of this run is damaged or gone. Its former copy is {copy}.',
  'problem.run.damaged.remedy':
    'Nothing was run, and no file was changed. In the former copy the last steps may be missing. To go on with it all the same, resume the run in the window or at a terminal without --yes, and agree there.',
  'problem.run.program-missing': '{program} is not on this computer, or not on its path. These steps need it: {steps}.',
  'problem.run.program-missing.remedy':
    'No step was run. Install it; or leave the steps out with --skip, and do them elsewhere.',
  'problem.run.not-asked': 'The run does not wait for this answer.',
  'problem.run.not-asked.remedy': 'Look at what it waits for now: it may have gone on, or it may be over.',
  'problem.internal': 'Something went wrong inside Arcwarden (log entry {id}).',
  'problem.internal.remedy':
    'It is not known whether anything was changed: look at the present state before you try again. The log in the data folder holds the details under this id; add it when you report the fault.',
} as const;
