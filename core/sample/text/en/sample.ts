/** The demo fleet: its states, its README, the command and the window's offer. */
export default {
  'sample.mark': 'Demo',
  'sample.name': '{name} (demo)',

  'sample.empty.title': 'A demo fleet',
  'sample.empty.body':
    'Invented clusters with real certificates in states worth seeing, made here in a few seconds. Everything is marked as demo and can be removed in one step.',
  'sample.banner': 'The board shows a demo fleet: invented clusters, not yours.',
  'sample.banner.mixed': 'Some of the clusters belong to the demo fleet. They are marked “Demo”.',
  'sample.removed': 'The demo fleet was removed.',
  'sample.progress.title': 'Making the demo fleet',
  'sample.progress.begins': 'Living through a year of renewals',
  'sample.progress.of': '{made} of {total} keys and certificates',
  'command.sample.open': 'Open a demo fleet',
  'command.sample.remove': 'Remove the demo fleet',
  'settings.forgotten.sample': '{name} (demo) was forgotten.',
  'settings.restored.sample': '{name} (demo) is back.',

  'sample.state.healthy': 'Healthy',
  'sample.state.healthy.why':
    'Its certificates were updated or renewed within their four days. Only what is read again stays fresh: four days from now these files show expired certificates.',
  'sample.state.renewal-due': 'Renewal due',
  'sample.state.renewal-due.why':
    'Updated three days ago. The control plane has renewed itself; the kubelets will do so within hours.',
  'sample.state.renewal-stalled': 'Renewal stalled',
  'sample.state.renewal-stalled.why':
    'The renewal pods and the approver stopped. Certificates of the control plane are overdue with the serial numbers that they had before, and requests of the kubelets wait.',
  'sample.state.off-6-days': 'Switched off for 6 days',
  'sample.state.off-6-days.why':
    'Every four-day certificate has expired. Tokens and certificates of the MOC layer, which live 90 days, have not.',
  'sample.state.off-35-days': 'Switched off for 35 days',
  'sample.state.off-35-days.why':
    'Both layers are out: the four-day certificates, and the tokens that were 58 days old when it was switched off.',
  'sample.state.revoked': 'Revoked without notBefore',
  'sample.state.revoked.why':
    'A RenewRevocation object names the group system:nodes without notBefore. The repair gave the control plane a new kubelet certificate, which the object revokes as well; the workers are lost.',
  'sample.state.kubeconfig-expired': 'kubeconfig expired',
  'sample.state.kubeconfig-expired.why':
    'The cluster is well, but the kubeconfig on the workstation is older than a year and nobody renews it.',
  'sample.state.ca-horizon': 'CA horizon reached',
  'sample.state.ca-horizon.why':
    'The CA of the cloud agent has 65 of its 365 days left: a client certificate of 90 days that it signs now outlives it.',
  'sample.state.clock-skew': 'Clock skew',
  'sample.state.clock-skew.why':
    'The clock of the hosts is nine hours ahead. The MOC layer does not backdate, so the token and the certificate that the second administrator just got are not valid yet.',

  'sample.kind.cloud-agent': 'Hosts and cloud agent',
  'sample.kind.management': 'Management cluster',
  'sample.kind.workload': 'Workload cluster',

  'sample.readme.title': 'Arcwarden demo fleet',
  'sample.readme.lead':
    'Everything here is invented: names, addresses and people. Keys and tokens are real but open nothing anywhere. The demo fleet shows {moment}: certificates have the dates that a simulation of the article’s rules led to at that moment.',
  'sample.readme.use':
    'Import this folder into Arcwarden, or run: arcwarden inspect <FOLDER>. The folder may be deleted at any time. The file {marker} tells Arcwarden that these files are a demo fleet; do not put files of your own beside them.',
  'sample.readme.parts': 'What it shows',
  'sample.readme.part': '{name} ({kind}): {states}.',
  'sample.readme.folders': 'Where things are',
  'sample.readme.folder.host': 'host01, host02: drive C of the hosts (working folder, agents, user profiles)',
  'sample.readme.folder.workstation':
    'workstation: kubeconfigs of an operator and the RenewRevocation objects that were applied',
  'sample.readme.folder.cluster':
    'one folder for each cluster: machines copied as they are, and Secrets and requests saved with kubectl',
  'sample.readme.chosen':
    'File names in the agents’ own folders, and most names of Secrets, are not public and chosen here. cert-tattoo files are left out, because their form is not public.',

  'cli.sample.summary':
    'Wrote {files} files to “{path}”: {clusters, plural, one {# workload cluster} other {# workload clusters}}, {certificates} certificates, {keys} private keys, {tokens} tokens.',
  'cli.sample.next': 'Look at it with: {command}',
  'cli.help.sample':
    'arcwarden sample --out DIR [--clusters N]\n    Writes an invented fleet with real certificates in states worth seeing: kubeconfigs, access and login files,\n    PKI folders, Secrets, requests. The folder must be new, empty or an earlier demo fleet, which is replaced.\n    --out DIR       the folder to write to\n    --clusters N    workload clusters, 1 to 40 (default: 6)\n    --now INSTANT   the moment that the sample shows (default: now)',

  'problem.sample.folder-in-use':
    'The folder holds a file that does not belong to a demo fleet: “{path}”. Nothing was written or removed.',
  'problem.sample.folder-in-use.remedy': 'Choose a new or empty folder, or move the file elsewhere and try again.',
  'cli.sample.opened':
    'The demo fleet is in the inventory: {files} files read, {added} credentials. Remove it with: arcwarden sample remove',
  'cli.sample.removed':
    'Removed {clusters, plural, =0 {no cluster: there was no demo fleet} one {# cluster of the demo fleet} other {# clusters of the demo fleet}}.',
  'cli.help.sample-open':
    'arcwarden sample open\n    Makes a demo fleet in the data folder and imports it, in place of one that is there. Nothing else is touched.',
  'cli.help.sample-remove':
    'arcwarden sample remove\n    Takes the demo fleet out of the inventory, with its files in the data folder.',
} as const;
