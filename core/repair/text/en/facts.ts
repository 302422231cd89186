/** Facts of repair plans, wherever they are shown. Sources: `core/knowledge/model/repair-facts.ts`. */
export default {
  'repair.fact.done': 'It ends without an error.',
  'repair.fact.revocation.title': 'Take away the RenewRevocation object that would undo the repair',
  'repair.fact.revocation.undo': 'Apply the file again, once its entries have a notBefore in the past.',
  'repair.fact.clock.look': 'Compare the clocks of all hosts',
  'repair.fact.clock.source': 'See from where this computer takes its time, and when it last did',
  'repair.fact.clock.correct': 'Correct the clock that is wrong, then read the files again',
  'repair.fact.clock.why':
    'Something is not valid yet, which a renewal does not cause: a clock is slow here, or was fast where the certificate was issued. Until it is right, no date says anything.',
  'repair.fact.clock.expected': 'The same time everywhere, within seconds.',
  'repair.fact.find.machines': 'Find the addresses of the virtual machines',
  'repair.fact.find.pods': 'Find the names of the pods',
  'repair.fact.find.revocations': 'Find the name of the RenewRevocation object',
  'repair.fact.find.kms-container': 'Find the container of the KMS plugin',
  'repair.fact.find.kube-vip': 'Find the container of kube-vip',
  'repair.fact.find.tattoo-files': 'List the cert-tattoo files',
  'repair.fact.find.why': 'A step after this one asks for what it shows.',
  'repair.fact.find.expected': 'Write down what the next steps ask for.',
  'repair.fact.rebuild':
    'No cmdlet that replaces this root of the cluster is documented, and neither a repair nor a new kubeconfig helps: the cluster has to be rebuilt. First save what can be saved. As long as the API server answers this command, it shows many of the objects that users have made.',
  'repair.fact.rebuild.save': 'List what the API server still shows, and save it',
  'repair.fact.rebuild.save.expected':
    'Workloads, services, ConfigMaps, Ingresses and volume claims of all namespaces as YAML; keep that text in a file. Secrets, roles and custom resources are NOT in it: save them yourself, where only you can read them. Where it fails, go by the files that the workloads were deployed from.',
  'repair.fact.rebuild.data':
    'Save the data of persistent volumes, and the files that the workloads were deployed from',
  'repair.fact.rebuild.title': 'Make the cluster anew, with new roots, and deploy the workloads again',
  'repair.fact.rebuild.expected': 'The workloads run in the new cluster. Only then remove the old one.',
  'repair.fact.identity.until-login':
    'The token has expired, the certificate has not: the client works until its next login, which fails with “Valid Token Required”. Do not restart it or reboot before the token is rotated.',
  'repair.fact.identity.log-in-again':
    'The certificate has expired, the token has not: a new login with the token gives a new certificate, and most clients log in again by themselves. Nothing has to be rotated.',
  'repair.fact.identity.locked-out':
    'Certificate and token have expired: the client neither works nor can it log in. Somebody who still has access to the cloud agent has to rotate its token.',
  'repair.fact.identity.look': 'See whether mocctl still has access to the cloud agent',
  'repair.fact.identity.look.why':
    'Certificate and token of a client have both expired: its token can only be rotated by somebody who has access.',
  'repair.fact.own-folder.title': 'Make an empty folder for the kubeconfig of this cluster.',
  'repair.fact.own-folder.why':
    'The new file replaces neither that of kubectl nor that of another cluster. Everything that uses kubectl with this cluster takes it from there.',
  'repair.fact.own-folder.expected':
    'The folder is there and empty. If it was there before, choose another name: in it the cmdlet could leave one file beside another.',
  'repair.fact.own-folder.fetched': 'One file in the folder, or a file in its place.',
  'repair.fact.after.read-again': 'Read the files again (arcwarden inventory import): no cmdlet tells the new ends.',
} as const;
