/** Choosing what is to be revoked, for each of the goals. */
export default {
  'choice.goal.lead': 'It decides what is offered in the next step; entries that are there stay.',
  'choice.title.lost-kubeconfig': 'Whose certificate was in the kubeconfig?',
  'choice.title.node': 'Which machines were compromised?',
  'choice.title.group': 'Which groups are to be replaced?',
  'choice.title.serial': 'Which serial numbers?',

  'choice.search': 'Search',
  'choice.search.certificates': 'Cluster, name, role or serial number',
  'choice.search.nodes': 'Cluster, machine, name or address',
  'choice.search.groups': 'Group or cluster',
  'choice.found': '{total, plural, =0 {None found} other {{total, number} found}}',
  'choice.all': 'Choose all found',
  'choice.no-match': 'Nothing found. Search for less.',
  'choice.keys': 'Arrow keys move · Space chooses · Shift extends · Ctrl+A chooses all found · letters search',
  'choice.chosen': '{count, plural, =0 {Nothing is chosen yet.} other {{count, number} chosen:}}',
  'choice.remove': 'Do not choose {name}',
  'choice.clear': 'Choose none',
  'choice.limit': 'No more than {limit, number} can be chosen at a time.',
  'choice.named': '{name} in {cluster}',
  'choice.list.lost-kubeconfig': 'Certificates of people',
  'choice.list.serial': 'Certificates',
  'choice.list.node': 'Machines',
  'choice.list.group': 'Groups',

  'choice.column.serial': 'Serial number',
  'choice.column.marks': 'Notes',
  'choice.column.node': 'Machine',
  'choice.column.place': 'Part',
  'choice.column.certificates': 'Certificates',
  'choice.column.names': 'Names and addresses of its own',
  'choice.column.group': 'Group',
  'choice.column.clusters': 'Clusters',
  'choice.column.effect': 'What it brings down',
  'choice.in-use': 'you work with it',
  'choice.replaced': 'replaced',
  'choice.ended': 'ended',
  'choice.place.control-plane': 'Control plane',
  'choice.place.worker': 'Worker',
  'choice.critical': 'Critical.',

  'choice.by-serial.lead': 'Is it not in the list?',
  'choice.by-serial': 'Type its serial number',
  'choice.node.names': 'Also by the names and addresses of the machines',
  'choice.node.names.explain':
    'Entries by name and address, up to now, also reach certificates that are not in the inventory. Names and addresses that several machines share are left out.',
  'choice.by-hand.lead': 'Is the machine not in the list? Add an entry by hand:',
  'choice.by-hand.dns': 'For a DNS name…',
  'choice.by-hand.ip': 'For an IP address…',
  'choice.group.wide':
    'An entry by group revokes every certificate whose subject has the group as an organization. Groups marked as critical are in a whole class of certificates; they have to be confirmed when the manifest is saved.',
  'choice.group.other': 'Another group',
  'choice.group.other.hint': 'Exactly as the certificates have it.',
  'choice.group.add': 'Add',
  'choice.serial.one':
    'An entry by serial number reaches that one certificate, and the cluster can be repaired afterwards.',

  'choice.serials.label': 'Paste serial numbers, one a line',
  'choice.serials.hint':
    'As openssl, kubectl, PowerShell or a log prints them: hexadecimal or decimal, with colons, blanks or labels.',
  'choice.serials.read':
    '{count, plural, =0 {No serial number} one {# serial number} other {# serial numbers}}{open, plural, =0 {} one {, # line to be answered} other {, # lines to be answered}}',
  'choice.serials.inventory': 'Or choose from the inventory',
  'choice.serials.ask': 'How is it meant?',
  'choice.serials.form.hex': 'Hexadecimal: {serial}',
  'choice.serials.form.decimal': 'Decimal, in hexadecimal: {serial}',
  'choice.serials.form.reversed': 'Bytes in reverse order, as .NET keeps them: {serial}',
  'choice.serials.names': '{name}, {role}, in {cluster}, until {end}',
  'choice.serials.names-none': 'names no known certificate',
  'choice.serials.state.known': 'Found',
  'choice.serials.state.unknown': 'Not known',
  'choice.serials.state.open': 'To be answered',
  'choice.serials.state.exempt': 'Out of reach',
  'choice.serials.state.no-serial': 'No serial number',
  'choice.serials.no-serial':
    'This is no serial number. One has up to 40 hexadecimal digits, or up to 49 decimal ones.',
  'choice.serials.unknown':
    'No certificate of the inventory has this number. The entry is made all the same: compare the number once more.',

  'choice.nothing.lost-kubeconfig': 'No certificate of a person is known here.',
  'choice.nothing.lost-kubeconfig.remedy':
    'Import a copy of the kubeconfig, or type the serial number of its certificate.',
  'choice.nothing.node': 'No machine is known here.',
  'choice.nothing.node.remedy':
    'Import the certificates of the cluster, such as the folder /etc/kubernetes/pki of its machines, or add an entry by hand.',
  'choice.nothing.group': 'No group is known here.',
  'choice.nothing.group.remedy': 'Groups are read from certificates: import those of the cluster, or type the group.',
  'choice.nothing.serial': 'No certificate is known here.',
  'choice.nothing.serial.remedy':
    'Import the certificates to see what a number names, or paste the numbers as they are.',

  'choice.make': 'Make entries ({count, number})',
  'choice.blocked.open': 'Say first how the marked serial numbers are meant.',
  'choice.blocked.reading': 'The serial numbers are being read…',
  'choice.fruitless': 'No entry can be made of this choice: no valid certificate is in reach.',
  'choice.added-to':
    '{count, plural, one {The manifest has # entry. What you choose is added to it.} other {The manifest has # entries. What you choose is added to them.}}',
  'choice.notes': 'To be known of these entries',
  'choice.notes.dismiss': 'Hide these notes',
} as const;
