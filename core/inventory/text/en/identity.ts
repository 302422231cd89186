/** Which cluster something belongs to, and what that is called. */
export default {
  'inventory.evidence.admin': 'an admin said so',
  'inventory.evidence.moc-identity': 'an identity of the cloud agent holds it',
  'inventory.evidence.kubeconfig': 'a kubeconfig states it',
  'inventory.evidence.node-names': 'names of its nodes begin with it',
  'inventory.evidence.folder': 'only its folder is called that',
  'inventory.evidence.none': 'nothing tells it apart from other clusters',
  'inventory.belongs': 'Belongs to',
  'inventory.belongs.name': 'Name: {evidence}',
  'inventory.belongs.not': 'Not part of this cluster',
  'inventory.belongs.move': 'Move…',
  'inventory.rename': 'Rename…',
  'inventory.rename-named': 'Rename {name}…',
  'inventory.merge': 'Merge…',
  'inventory.merge-named': 'Merge {name} with another cluster…',
  'inventory.renamed': 'Commands call it “{name}” now.',
  'inventory.merged': '“{from}” is part of “{name}” now.',
  'inventory.moved': '“{credential}” belongs to “{name}” now.',
  'inventory.set-apart': '“{credential}” is not part of the platform any more.',
  'inventory.dialog.rename': 'What is “{name}” called?',
  'inventory.dialog.rename.explain':
    'The name goes into commands, so it has to be the one that Get-AksHciCluster prints. It stays whatever is imported later.',
  'inventory.dialog.rename.submit': 'Rename',
  'inventory.dialog.merge': 'Merge “{name}” with another cluster',
  'inventory.dialog.merge.explain':
    'The other cluster takes all credentials and their history, and keeps its name. What is imported later goes there as well.',
  'inventory.dialog.merge.submit': 'Merge',
  'inventory.dialog.merge.none': 'There is no other cluster of this kind.',
  'inventory.dialog.move': 'Where does “{name}” belong?',
  'inventory.dialog.move.explain':
    'It goes there with its history. Later imports keep to it, and what replaces it in the same file follows.',
  'inventory.dialog.move.submit': 'Move',
  'inventory.dialog.into': 'Cluster',
  'inventory.dialog.new': 'A new cluster',
  'inventory.dialog.name': 'Name in commands',
  'inventory.dialog.name.hint': 'Letters, digits, hyphens and dots, as Get-AksHciCluster prints it.',
  'inventory.questions':
    '{count, plural, one {The name of one cluster is} other {The names of # clusters are}} not certain',
  'inventory.questions.explain':
    'A guessed name never stands in a command: until somebody says what these clusters are called, commands leave the name open. Get-AksHciCluster prints it.',
  'inventory.questions.name': 'What is “{name}” called in commands?',
  'inventory.questions.answer': 'That is its name',
  'inventory.question':
    'What is “{cluster}” called in commands? The name is not certain: {evidence}. Until somebody says, commands leave it open.',
  'inventory.foreign.title': 'Not part of the platform',
  'inventory.foreign.admin': 'An admin said that it is not part of the platform. Nobody is warned of its end.',
  'inventory.foreign.copy':
    'Left over from a copy for another program, such as a monitoring system: a newer one of the same holder lies on a node. Nobody is warned of its end; whoever made the copy has to renew it.',
  'inventory.foreign.trust-bundle':
    'An authority among others in one file, as in a trust bundle. Nobody is warned of its end.',
  'inventory.foreign.service-mesh':
    'Identity of a workload in a service mesh, by its SPIFFE name: the mesh renews it, not the platform.',
  'inventory.foreign.unrelated':
    'Nothing ties it to a cluster or to the cloud agent: it has no role there, and no authority of theirs has signed it. Whoever issued it has to renew it.',
  'cli.column.name-evidence': 'The name rests on',
  'cli.inventory.rename': '“{before}” is called “{command}” in commands now.',
  'cli.inventory.merge': '“{name}” has taken {count, plural, one {# credential} other {# credentials}} of “{before}”.',
  'cli.inventory.move': 'Moved {count, plural, one {# credential} other {# credentials}} from “{before}” to “{name}”.',
  'cli.inventory.rename.before': 'A cluster is called “{command}” already, and none is called “{before}”.',
  'cli.inventory.merge.before': '“{before}” was merged into “{name}” before: all its credentials are there.',
  'cli.inventory.move.before':
    '{count, plural, one {The credential belongs} other {The # credentials belong}} to “{name}” already.',
  'cli.inventory.restored':
    '“{name}” is in the inventory again with {count, plural, one {# credential} other {# credentials}}.',
  'cli.inventory.restored.before': '“{name}” is in the inventory already.',
  'cli.inventory.forgotten': 'Forgotten, and can be brought back: {clusters}',
  'cli.usage.several-clusters':
    'These credentials belong to different clusters: {clusters}. Move those of each cluster with a command of their own.',
  'cli.usage.short-fingerprint': '“{text}” is too short: give at least {least} digits of the SHA-256.',
  'cli.inventory.unwatched':
    '{count, plural, one {# certificate is} other {# certificates are}} not part of the platform and not watched: {command}',
  'cli.help.inventory-rename':
    'arcwarden inventory rename CLUSTER NAME\n    Says what commands call a cluster, which is named by name or id.',
  'cli.help.inventory-merge':
    'arcwarden inventory merge CLUSTER INTO\n    Makes two clusters one: the second takes everything of the first.',
  'cli.help.inventory-move':
    'arcwarden inventory move CREDENTIAL... (--into CLUSTER | --new-cluster NAME | --foreign) [--from CLUSTER]\n    Puts credentials, named by the beginning of their fingerprints, where they belong. Later imports keep to it.\n    --into CLUSTER        to this cluster\n    --new-cluster NAME    to a new cluster of this name\n    --foreign             to none: not part of the platform\n    --from CLUSTER        those of this cluster, when several have the same one',
  'cli.help.inventory-restore':
    'arcwarden inventory restore CLUSTER\n    Brings back a cluster that was forgotten, by name or id. The 20 forgotten last are kept.',
} as const;
