/** How the console judges expiry: why a renewal is seen failing, power-off, thresholds. */
export const expiry = {
  'obstacle.issuer-expired': 'Its CA has expired: nothing it signs is valid.',
  'obstacle.api-server-expired':
    'No API server certificate of this cluster is valid any more, and the renewal goes through the API server.',
  'obstacle.approver-token-expired':
    'The token of the certificate manager, which approves the kubelet’s requests, has expired.',
  'obstacle.unchanged':
    'Read again after the renewal should have been tried several times, and still the same certificate.',

  'poweroff.usage.past': 'a moment that is over',
  'poweroff.usage.future': 'a moment that is still to come',
  'poweroff.break': '{role}, {name}: valid until {date} ({span})',
  'poweroff.off-since': 'Off since {date}, for {span}.',
  'poweroff.expired':
    'Needs repair now: {count, plural, one {# credential has expired} other {# credentials have expired}}.',
  'poweroff.safe-until': 'May stay off until {date}, for another {span}.',
  'poweroff.next': 'The next one ends on {date}, in {span}.',
  'poweroff.nothing-left': 'Nothing with a known end is still valid.',
  'poweroff.first': 'Breaks first: {credential}',
  'poweroff.until.safe': 'Off until {date}: safe, nothing more expires.',
  'poweroff.until.breaks': 'Off until {date}: not safe, breaks {credential}',
  'poweroff.layer':
    '{layer}: {expired, plural, =0 {} one {# expired; } other {# expired; }}next {credential}',
  'poweroff.layer.all-expired': '{layer}: {expired} expired, nothing left',
  'poweroff.overdue':
    'Overdue for renewal: {count, plural, one {# credential} other {# credentials}}. Without renewal:',
  'poweroff.repair': 'Run in this order:',

  'cli.help.expiry-check':
    'arcwarden expiry check [PATH...]\n    One line a credential, most urgent first; of the inventory, or of the named files alone.\n    Exit 0: none is as bad as --fail-on says; 1: one is.\n    --cluster NAME         only this cluster, by name or id (may be given more than once)\n    --fail-on STATE        overdue (the default), urgent or expired',
  'cli.help.expiry-poweroff':
    'arcwarden expiry poweroff [PATH...]\n    How long each cluster may stay off, what breaks first, and what to run once it has.\n    Exit 0: nothing has expired; 1: something has, or would by --off-until.\n    --cluster NAME         only this cluster, by name or id (may be given more than once)\n    --off-since INSTANT    it has been off since then\n    --off-until INSTANT    it is to be off from now until then',
} as const;
