/** Which cluster something belongs to, and what that is called. */
export default {
  'inventory.evidence.admin': 'an admin said so',
  'inventory.evidence.moc-identity': 'an identity of the cloud agent holds it',
  'inventory.evidence.kubeconfig': 'a kubeconfig states it',
  'inventory.evidence.node-names': 'names of its nodes begin with it',
  'inventory.evidence.folder': 'only its folder is called that',
  'inventory.evidence.none': 'nothing tells it apart from other clusters',
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
  'cli.inventory.name': 'NAME',
  'cli.inventory.rename': '“{before}” is called “{command}” in commands now.',
  'cli.inventory.merge': '“{name}” has taken {count, plural, one {# credential} other {# credentials}} of “{before}”.',
  'cli.inventory.move': 'Moved {count, plural, one {# credential} other {# credentials}} from “{before}” to “{name}”.',
  'cli.inventory.unwatched':
    '{count, plural, one {# certificate is} other {# certificates are}} not part of the platform and not watched: arcwarden inventory list --foreign',
  'cli.help.inventory-rename':
    'arcwarden inventory rename CLUSTER NAME\n    Says what commands call a cluster, which is named by name or id.',
  'cli.help.inventory-merge':
    'arcwarden inventory merge CLUSTER INTO\n    Makes two clusters one: the second takes everything of the first.',
  'cli.help.inventory-move':
    'arcwarden inventory move CREDENTIAL... (--into CLUSTER | --new-cluster NAME | --foreign)\n    Puts credentials, named by the beginning of their fingerprints, where they belong. Later imports keep to it.\n    --into CLUSTER        to this cluster\n    --new-cluster NAME    to a new cluster of this name\n    --foreign             to none: not part of the platform',
} as const;
