/** Operations on authorities kept by the console: `core/authorities/operations`. */
export default {
  'problem.authority.entry-unknown': '“{authority}” has no such certificate.',
  'problem.authority.entry-unknown.remedy':
    'Look at the list again; name it by serial number or by the start of its SHA-256.',
  'problem.authority.key-elsewhere': 'The private key of “{name}” is not kept with the authority.',
  'problem.authority.key-elsewhere.remedy':
    'It was made elsewhere, and only there can it sign. Have a new request signed instead.',
  'problem.authority.no-signer': '“{authority}” has no valid CA “{issuer}” that could sign this.',
  'problem.authority.no-signer.remedy':
    'Choose an authority of the right kind. If its CA has expired or was withdrawn, make a new authority or rotate the CA. If it is not valid yet, check the clock.',
  'problem.authority.not-cloud-agent': '“{authority}” is not the authority of a cloud agent.',
  'problem.authority.not-cloud-agent.remedy':
    'Identities, tokens and the rotation of a CA exist in authorities of the kind moc only.',
  'problem.issue.profile-is-root': 'The profile “{profile}” is a root, which no CA issues.',
  'problem.issue.profile-is-root.remedy': 'Roots are made together with their authority.',
  'problem.issue.key-not-allowed': 'The profile “{profile}” has no key “{algorithm}”.',
  'problem.issue.key-not-allowed.remedy': 'Choose one of: {allowed}.',
  'problem.issue.value-missing': 'The profile “{profile}” needs exactly one value “{value}”.',
  'problem.issue.value-missing.remedy': 'Give it; it becomes part of the subject.',
  'problem.issue.value-unknown': 'The profile “{profile}” has no use for a value “{value}”.',
  'problem.issue.value-unknown.remedy':
    '{known, select, none {It takes none.} other {It takes: {known}.}} A further name or address can be added as a subject alternative name.',
  'problem.issue.value-invalid': '“{text}” cannot be the value of “{value}”.',
  'problem.issue.value-invalid.remedy':
    'Names are host names, of nodes and clusters in lower case; addresses are single IPv4 or IPv6 addresses without a range; no blanks at the ends.',
  'problem.issue.too-many-values': 'There are more than {most} values for “{value}”.',
  'problem.issue.too-many-values.remedy': 'Divide them among several certificates.',
  'problem.issue.name-too-long': 'The common name would be “{text}”, which has more than {longest} characters.',
  'problem.issue.name-too-long.remedy':
    'X.509 does not allow that, and some programs refuse such a certificate. Use a shorter name.',
  'problem.issue.validity-invalid':
    '{reason, select, notWhole {A validity is a number of whole seconds, more than none.} other {The certificate would end after its CA “{authority}”, which ends {notAfter}.}}',
  'problem.issue.validity-invalid.remedy':
    '{reason, select, notWhole {Give it as days or hours.} other {Ask for a shorter validity, or leave it out: then the certificate ends with its CA at the latest.}}',
  'problem.renew.not-possible':
    '“{name}” cannot be renewed.{reason, select, isCa { It is a CA.} revoked { It is revoked.} superseded { Another certificate has taken its place.} other { No profile says how.}}',
  'problem.renew.not-possible.remedy':
    '{reason, select, isCa {Rotate the CA instead, or make a new authority.} superseded {Renew the newer one.} other {Issue a new certificate instead.}}',
  'problem.revoke.is-root': '“{name}” is a root: it stands on no revocation list.',
  'problem.revoke.is-root.remedy':
    'A root is withdrawn where it is trusted: rotate the CA, then remove the old one from the trust stores.',
  'problem.revoke.already': '“{name}” was revoked on {at}.',
  'problem.revoke.already.remedy': 'Nothing is left to do but to hand out the revocation list.',
  'problem.revoke.date-in-future': 'The key cannot have been lost on {date}, which is still to come.',
  'problem.revoke.date-in-future.remedy':
    'Give the moment since when the certificate must not be believed any more, or leave it out.',
  'problem.export.option-missing': 'An export as {format} needs “{option}”.',
  'problem.export.option-missing.remedy':
    '{option, select, server {Give the address of the API server, as in https://172.16.255.14:6443.} other {Give a passphrase: a PFX holds the private key.}}',
  'problem.export.server-invalid': '“{server}” is not the address of an API server.',
  'problem.export.server-invalid.remedy': 'Write it as in https://172.16.255.14:6443, without a path.',
  'problem.export.not-for-kubeconfig': 'Nobody can log in to a cluster with “{name}”.',
  'problem.export.not-for-kubeconfig.remedy':
    'A kubeconfig needs a client certificate (clientAuth) that the cluster CA issued.',
} as const;
