/** The offline bundle of a revocation: its files, its scripts, and what is found when it is verified. */
export default {
  'bundle.sample': 'Practice data: nothing in it is of a real cluster.',
  'bundle.made': 'Made {date} by Arcwarden',
  'bundle.object': '{name} in the namespace {namespace}, {count, plural, one {# entry} other {# entries}}',
  'bundle.matched': '{matched, number} of {known, number} known certificates are matched by this manifest',
  'bundle.more': 'and {rest, number} more',
  'bundle.line': 'line {line, number}',
  'bundle.confirmed': 'What was confirmed',
  'bundle.confirmed.phrase': 'Typed before it was made:',
  'bundle.confirmed.none': 'Nothing had to be confirmed.',
  'bundle.exposure': 'A matched certificate may be accepted until {until}, {span} after this was made.',
  'bundle.how': 'How to go through the steps',
  'bundle.steps.lead':
    'Commands are for PowerShell, in the folder with the files of the bundle. {script} goes through them step by step. Run {verifier} first. Words in angle brackets are to be filled in.',

  'bundle.plan.title': 'Recovery plan for a RenewRevocation manifest',

  'bundle.impact.title': 'What a RenewRevocation manifest would do',
  'bundle.impact.object': 'Object',
  'bundle.impact.in': 'Clusters:',
  'bundle.impact.clusters': 'By cluster: revoked of known certificates',
  'bundle.impact.certificates': 'Certificates',
  'bundle.impact.issued': 'Issued (UTC)',
  'bundle.impact.at': 'Would be issued (UTC)',
  'bundle.impact.replaced': 'In place of the certificate',
  'bundle.impact.findings': 'What was found in the manifest',
  'bundle.impact.all': 'Numbers count everything; lists stop where they get too long. {file} lists more, for programs.',

  'bundle.verify.title':
    'Compares every file of this folder with SHA256SUMS. It finds damage and careless changes; who changes files and sums together is found only by the SHA-256 of the whole bundle.',
  'bundle.verify.codes':
    'Exit code 0: as it was written; 1: something is changed, missing or added; 2: the list of sums cannot be read. Option: -Language en|ja.',
  'bundle.verify.same': 'as written  {file}',
  'bundle.verify.changed': 'CHANGED  {file}',
  'bundle.verify.missing': 'MISSING  {file}',
  'bundle.verify.unlisted': 'NOT IN THE LIST  {file}',
  'bundle.verify.fine': 'All {count} files are as they were written.',
  'bundle.verify.not-fine': 'The bundle is not as it was written: {count} faults. Do not use it; fetch it again.',
  'bundle.verify.no-sums': '{file} is not there. Unpack the whole bundle.',
  'bundle.verify.bad-sums': 'Line {line} of {file} cannot be read. Fetch the bundle again.',

  'bundle.readme.title': 'Offline bundle of a RenewRevocation manifest, made {date} by Arcwarden',
  'bundle.readme.manifest': '{manifest}: the manifest. {undo}: what undoes it.',
  'bundle.readme.recovery': '{script}: the plan as a guided script. {text}: the same to read.',
  'bundle.readme.impact': '{page}: what the manifest would do. {json}: the same for programs.',
  'bundle.readme.sums': '{sums}, {script}: whether every file is as it was written.',
  'bundle.readme.compare':
    'Compare the SHA-256 of the archive with the one that you were told by another way than the archive came: {command}',
  'bundle.readme.unpack':
    'Only if both values are equal, remove the mark of a downloaded file and unpack the archive into an empty folder: {command}',
  'bundle.readme.verify': 'Verify the files: {command}',
  'bundle.readme.run': 'Go through the plan; first without running anything, then without -WhatIf: {command}',
  'bundle.readme.limits':
    'The scripts are for Windows PowerShell 5.1 and are not signed. The sums find damage and careless changes, not somebody who changes files and sums together; against that only the SHA-256 of the archive helps.',

  'finding.zip.not-a-zip': 'This is not a ZIP archive.',
  'finding.zip.not-a-zip.remedy': 'Give the file as it was exported, not unpacked.',
  'finding.zip.too-large': 'The archive is larger than {limitMiB, number} MiB.',
  'finding.zip.too-large.remedy': 'No bundle is so large. See whether it is the right file.',
  'finding.zip.too-many-entries': 'The archive holds more than {limit, number} files.',
  'finding.zip.too-many-entries.remedy': 'No bundle does. See whether it is the right file.',
  'finding.zip.content-too-large': 'Unpacked, the archive would be larger than {limitMiB, number} MiB.',
  'finding.zip.content-too-large.remedy': 'It was not unpacked. Fetch it again, and find out who made it.',
  'finding.zip.not-supported':
    '{feature, select, encryption {The archive is encrypted.} split {The archive is a part of several.} other {The archive uses {feature}, which is not read here.}}',
  'finding.zip.not-supported.remedy':
    'Bundles are plain archives: fetch it as it was exported, or unpack it and run verify.ps1.',
  'finding.zip.unsafe-name':
    'The archive holds the name “{name}”, which could be written outside of the folder it is unpacked to.',
  'finding.zip.unsafe-name.remedy': 'Do not unpack it. Fetch it again, and find out who made it.',
  'finding.zip.duplicate-name': 'The archive holds the name “{name}” twice.',
  'finding.zip.duplicate-name.remedy':
    'Do not unpack it: which of them one gets depends on the program. Fetch it again.',
  'finding.zip.damaged':
    'The archive is damaged: {part, select, end {its end is missing, or something stands behind it} directory {its list of files does not hold together} header {what is said of a file in two places differs} overlap {files share their bytes} checksum {a file is not what its checksum says} other {a file cannot be unpacked}}.',
  'finding.zip.damaged.remedy': 'Fetch it again.',

  'finding.bundle.changed': 'The file is not the one that SHA256SUMS lists.',
  'finding.bundle.changed.remedy': 'Do not use the bundle; fetch it again.',
  'finding.bundle.missing': 'The file is part of every bundle, or listed, and not there.',
  'finding.bundle.missing.remedy': 'Do not use the bundle; fetch it again.',
  'finding.bundle.unlisted': 'The file is not listed in SHA256SUMS.',
  'finding.bundle.unlisted.remedy':
    'Somebody has added it, or taken it off the list. Do not use the bundle; fetch it again.',
  'finding.bundle.sums-unreadable': 'SHA256SUMS cannot be read.',
  'finding.bundle.sums-unreadable.remedy': 'Do not use the bundle; fetch it again.',
  'finding.bundle.repacked':
    'The archive is not byte for byte the one that was written: from byte {offset, number} on it differs from what Arcwarden makes of these files.',
  'finding.bundle.repacked.remedy':
    'Another program has packed the files again, or something was changed beside them. Have the archive sent as it was exported.',
  'finding.bundle.impact-unreadable': 'impact.json is not the report of a bundle.',
  'finding.bundle.impact-unreadable.remedy':
    'Fetch the bundle again. One of a later version of Arcwarden has to be verified with that version.',
  'finding.bundle.other-manifest': 'manifest.yaml is not the manifest that impact.json tells about.',
  'finding.bundle.other-manifest.remedy':
    'Files and sums were changed together: what was confirmed is not what would be applied. Do not use the bundle, and find out who made it.',
  'finding.bundle.not-confirmed':
    'manifest.yaml would have to be confirmed with “{phrase}”, which is not what impact.json says was typed.',
  'finding.bundle.not-confirmed.remedy': 'Open the manifest in Arcwarden, look at it, and export it anew.',
  'finding.bundle.not-sound':
    'By the rules of this version of Arcwarden manifest.yaml has an error that nobody can take upon himself.',
  'finding.bundle.not-sound.remedy': 'Open the manifest in Arcwarden, mend it, and export it anew.',

  'cli.bundle.saved': 'Wrote “{path}”, {bytes, number} bytes.',
  'cli.bundle.sha256':
    'SHA-256 {sha256}\nPass it on by another way than the archive, so that it can be compared there.',
  'cli.bundle.ok': 'The bundle is byte for byte as it was written.',
  'cli.bundle.not-ok': 'The bundle is not as it was written. Do not use it.',
  'cli.bundle.compare':
    'Compare this SHA-256 with the one that came by another way; sums inside of the archive are no help against somebody who changes them, too.',
  'cli.bundle.made':
    'Made {date}: {objects}. It matched {matched, plural, one {# known certificate} other {# known certificates}}.',
  'cli.bundle.confirmed': 'Confirmed with “{phrase}”.',
  'cli.bundle.state.same': 'as written',
  'cli.bundle.state.changed': 'changed',
  'cli.bundle.state.missing': 'missing',
  'cli.bundle.state.unlisted': 'not listed',
  'cli.help.revocation-bundle':
    'arcwarden revocation bundle FILE --out ZIP [--inventory PATH...]\n    An archive for a host without a network: the manifest as it is, its undo manifest, the recovery plan as script and text,\n    a report on its impact, checksums and a script that verifies them. The same input gives the same bytes.\n    --out ZIP                where to write it; a line goes into the audit trail\n    --inventory PATH...      judge by the certificates in these files; default: those of the data folder\n    --cluster NAME           only this cluster, by name or id (may be given more than once)\n    --kubeconfig FILE        the kubeconfig that the commands name\n    --i-understand PHRASE    confirm what it brings down; preview prints the phrase',
  'cli.help.revocation-verify-bundle':
    'arcwarden revocation verify-bundle ZIP\n    Whether an offline bundle is byte for byte as it was written, and its manifest the one its report is about.\n    Exit 1 when it is not. Prints the SHA-256 of the archive, to be compared with what came by another way.',
} as const;
