/** What the store finds when it opens the data folder; rule ids in `core/store/store-findings.ts`. */
export default {
  'finding.store.checksum-differs':
    '{file} is not what Arcwarden wrote: something has changed in it, such as the end of a token or a name. It was read all the same, since there is no whole earlier copy.',
  'finding.store.checksum-differs.remedy':
    'If you have changed it yourself, remove the field sha256 at its end. Otherwise restore the file from a backup, or forget the cluster and import its files again; settings are to be looked through.',
  'finding.store.damaged-restored':
    '{setAside, select, none {The file {file} was gone.} other {The file {file} was damaged and was set aside as {setAside}.}} Its previous copy is used; the last change may be missing.',
  'finding.store.damaged-restored.remedy': 'Import the files of the last change again.',
  'finding.store.damaged-lost':
    '{setAside, select, none {The file {file} of cluster {cluster} is gone.} other {The file {file} of cluster {cluster} is damaged and was set aside as {setAside}.}} There is no usable copy.',
  'finding.store.damaged-lost.remedy':
    'Import the files of this cluster again, or restore the file from a backup while Arcwarden is closed.',
  'finding.store.newer-file':
    'The file {file} of cluster {cluster} was written by a newer version (format {schema}). It was left as it is.',
  'finding.store.newer-file.remedy': 'Update Arcwarden. Until then this cluster is neither shown nor changed.',
  'finding.store.unreadable-file': 'The file {file} of cluster {cluster} cannot be read. It was left as it is.',
  'finding.store.unreadable-file.remedy':
    'Check the permissions of the file and that no other program holds it, then start Arcwarden again.',
  'finding.store.entry-unreadable':
    'An entry of cluster {cluster} cannot be read ({entry}: {reason}). It is kept as it is; all others were loaded.',
  'finding.store.entry-unreadable.remedy':
    'Import the file that the entry came from again; the new entry takes its place.',
  'finding.store.index-rebuilt':
    '{setAside, select, none {The index of the inventory was gone} other {The index of the inventory was damaged, was set aside as {setAside}}} and was rebuilt from the clusters.',
  'finding.store.index-rebuilt.remedy':
    'Nothing needs to be done. The order of the clusters and the time of the last import start anew.',
  'finding.store.revocation-restored':
    '{setAside, select, none {The file {file} of a revocation was gone.} other {The file {file} of a revocation was damaged and was set aside as {setAside}.}} Its previous copy is used; the last change may be missing.',
  'finding.store.revocation-restored.remedy': 'Look through the revocation, or read its file again if it has one.',
  'finding.store.revocation-lost':
    'The file {file} of a revocation is damaged and was set aside as {setAside}. There is no usable copy.',
  'finding.store.revocation-lost.remedy':
    'Open the manifest from where it was saved, or restore the file from a backup while Arcwarden is closed.',
  'finding.store.revocation-newer':
    'The file {file} of a revocation was written by a newer version (format {schema}). It was left as it is.',
  'finding.store.revocation-newer.remedy': 'Update Arcwarden. Until then this revocation is neither shown nor changed.',
  'finding.store.revocation-unreadable': 'The file {file} of a revocation cannot be read. It was left as it is.',
  'finding.store.revocation-unreadable.remedy':
    'Check the permissions of the file and that no other program holds it, then start Arcwarden again.',
  'finding.store.run-restored':
    'The file {file} of a run is damaged or gone. What you see is its former copy, {file}.previous; how the step whose turn it was has ended is not known.',
  'finding.store.run-restored.remedy':
    'Nothing was replaced. To go on from the former copy, resume the run and agree to it: what is not known is checked before anything is done again.',
  'finding.store.run-lost': 'The file {file} of a run is damaged, and there is no usable copy. It was left as it is.',
  'finding.store.run-lost.remedy': 'Make the plan anew: its checks tell what has been done already.',
  'finding.store.run-newer':
    'The file {file} of a run was written by a newer version (format {schema}). It was left as it is.',
  'finding.store.run-newer.remedy': 'Update Arcwarden. Until then this run cannot go on.',
  'finding.store.run-unreadable': 'The file {file} of a run cannot be read. It was left as it is.',
  'finding.store.run-unreadable.remedy':
    'Check the permissions of the file and that no other program holds it, then try again.',
  'finding.store.settings-reset':
    '{settings, select, all {The settings could not be read; all of them have their defaults.} other {Settings that could not be used have their defaults: {settings}.}}',
  'finding.store.settings-reset.remedy': 'Choose them again in the settings.',
} as const;
