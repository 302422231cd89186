/** What is judged about a revocation before it is written; rules in `core/revocation/model/lint*.ts`. */
export default {
  'finding.revocation.no-not-before':
    'Without notBefore this entry revokes every matching certificate that exists and every one that will ever be issued: a repair does not hold.',
  'finding.revocation.no-not-before.remedy':
    'Set notBefore to the moment of the incident, or to now. The article asks for it with everything but serial numbers.',
  'finding.revocation.not-before-future':
    'notBefore lies in the future: until then certificates yet to be issued are revoked, too.',
  'finding.revocation.not-before-future.remedy': 'Set it to now or to a moment in the past.',
  'finding.revocation.repair-too-early':
    'Certificates are commonly backdated by five minutes: what is issued before {readyAt} may still count as older than notBefore.',
  'finding.revocation.repair-too-early.remedy':
    'Repair from {readyAt} on, or set notBefore more than five minutes back.',
  'finding.revocation.wide-group':
    'The group {group} is in a whole class of certificates: all of them will be revoked together.',
  'finding.revocation.wide-group.remedy':
    'Revoke single certificates by serial number where that is enough. Else confirm it, and have the repair ready.',
  'finding.revocation.group-spelling':
    'No known certificate is in this group; “{group}” is meant, perhaps. Groups are compared exactly.',
  'finding.revocation.group-spelling.remedy': 'Write it as the certificates do.',
  'finding.revocation.dns-trailing-dot':
    'The name ends in a dot, as in the published sample, but certificates hold it without: compared literally, this entry matches nothing.',
  'finding.revocation.dns-trailing-dot.remedy': 'Write {dns}, or add it as an entry of its own beside this one.',
  'finding.revocation.dns-suffix-wide': 'The suffix {suffix} is a single label and takes in every name below it.',
  'finding.revocation.dns-suffix-wide.remedy': 'Use a longer suffix, or whole names.',
  'finding.revocation.dns-wildcard': 'Wildcards are not documented.',
  'finding.revocation.dns-wildcard.remedy': 'Use a suffix with a dot in front, such as .example.com, or whole names.',
  'finding.revocation.long-description': 'The description is longer than {longest, number} characters.',
  'finding.revocation.long-description.remedy': 'Keep it short: a ticket number and a word why.',
  'finding.revocation.long-object-description':
    'The description of the object is longer than {longest, number} characters.',
  'finding.revocation.long-object-description.remedy': 'Keep it short: a ticket number and a word why.',
  'finding.revocation.kubelet-server':
    'This is the server certificate of the kubelet {name} in {cluster}, which cannot be revoked.',
  'finding.revocation.kubelet-server.remedy':
    'Remove the entry. Renew that certificate by Update-AksHciClusterCertificates -fixCloudCredentials instead.',
  'finding.revocation.moc-certificate':
    'This is a certificate of the cloud agent’s client {name}, not of Kubernetes: RenewRevocation does not reach it.',
  'finding.revocation.moc-certificate.remedy':
    'Revoke the identity instead, and rotate its token: mocctl.exe security identity rotate.',
  'finding.revocation.authority':
    'This is the certificate of an authority ({name} in {cluster}); RenewRevocation is about certificates that are renewed.',
  'finding.revocation.authority.remedy': 'Replace the authority instead; this entry is without effect.',
  'finding.revocation.moc-serial':
    'The number is so short that it may be of a certificate of the cloud agent, which RenewRevocation does not reach.',
  'finding.revocation.moc-serial.remedy':
    'Import the certificate to be sure. If it is one of MOC, revoke the identity and rotate its token.',
  'finding.revocation.serial-decimal':
    'Digits alone can be hex or decimal. Read as hex they name {asHex, plural, one {# known certificate} other {# known certificates}}, read as decimal ({decimal} in hex) {asDecimal, plural, one {#} other {#}}.',
  'finding.revocation.serial-decimal.remedy': 'Manifests hold hex. If your tool printed decimal, use {decimal}.',
  'finding.revocation.serial-reversed':
    'No known certificate has this number, but with its bytes turned round it is {name} in {cluster}: GetSerialNumber() of .NET gives them in that order.',
  'finding.revocation.serial-reversed.remedy': 'Use {serial}.',
  'finding.revocation.serial-several':
    '{count, number} known certificates have this number. An entry names no issuer, so it is meant for all of them.',
  'finding.revocation.serial-several.remedy': 'Look at each of them in the preview before you go on.',
  'finding.revocation.serial-unknown': 'No certificate of the inventory has this number.',
  'finding.revocation.serial-unknown.remedy': 'Compare it with the certificate, or import the certificate first.',
  'finding.revocation.inert': 'The entry is without effect: {name} in {cluster} began at notBefore or later.',
  'finding.revocation.inert.remedy': 'Remove notBefore: a serial number names one certificate anyway.',
  'finding.revocation.serial-narrowed': 'With a serial number notBefore can only make the entry ineffective.',
  'finding.revocation.serial-narrowed.remedy': 'Remove it, unless you know when the certificate began.',
  'finding.revocation.same-second':
    '{count, plural, one {# matching certificate begins} other {# matching certificates begin}} in the very second of notBefore. Whether these are revoked is not documented.',
  'finding.revocation.same-second.remedy': 'Move notBefore by a second.',
  'finding.revocation.backdated':
    '{count, plural, one {# matching certificate begins} other {# matching certificates begin}} within five minutes before notBefore and may have been issued after it.',
  'finding.revocation.backdated.remedy': 'If these are new ones that shall stay, set notBefore five minutes earlier.',
  'finding.revocation.unmanaged-kubeconfig':
    '{count, plural, one {A kubeconfig is} other {# kubeconfigs are}} matched ({name} in {cluster}). Nobody renews it by itself, so a check at renewal may never see it: it may be accepted until it expires.',
  'finding.revocation.unmanaged-kubeconfig.remedy':
    'Sure remedies are sign-in by Active Directory (Get-AksHciCredential -adAuth) in place of kubeconfigs with certificates, and a new cluster with a new authority.',
  'finding.revocation.only-exempt':
    'The entry matches {count, plural, one {# certificate that cannot} other {# certificates that cannot}} be revoked this way, and no other.',
  'finding.revocation.only-exempt.remedy':
    'Remove it. Certificates that kubelets serve with, authorities and clients of the cloud agent are out of reach.',
  'finding.revocation.bad-name': 'Kubernetes does not take this name.',
  'finding.revocation.bad-name.remedy':
    'Use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part; at most {longest, number} characters.',
  'finding.revocation.namespace': 'The object is not in the namespace {published}, where the article has it.',
  'finding.revocation.namespace.remedy':
    'Set metadata.namespace to {published}. Whether others are looked at is not documented.',
  'finding.revocation.too-large': 'The object has {bytes, number} bytes; kubectl apply can keep {most, number}.',
  'finding.revocation.too-large.remedy': 'Split it into several objects: all of them count together.',
  'finding.revocation.duplicate': 'The entry says the same as entry {entry, number}.',
  'finding.revocation.duplicate.remedy': 'Remove one of them.',
  'finding.revocation.shadowed': 'Entry {entry, number} takes in all that this entry names.',
  'finding.revocation.shadowed.remedy': 'Remove this one, or narrow the other.',
} as const;
