/** Creating keys and certificates from a specification: problems in a specification, and the contents of a plan. */
export default {
  'problem.spec.invalid': 'The specification “{path}” has {count, plural, one {# error} other {# errors}}.',
  'problem.spec.invalid.remedy':
    'Nothing was written. Correct what is listed; docs/authority-create.md describes every field.',
  'problem.creation.outdated': '“{path}” has changed since the plan was made.',
  'problem.creation.outdated.remedy': 'Nothing was written after that. Look at a new plan, then run it again.',

  'finding.spec.not-a-mapping': 'The file holds no specification.',
  'finding.spec.not-a-mapping.remedy':
    'Begin with apiVersion: arcwarden/v1 and kind: CertificateSpec. Examples are in docs/examples.',
  'finding.spec.unknown-field':
    'There is no field {field} here.{nearest, select, none {} other { Did you mean {nearest}?}}',
  'finding.spec.unknown-field.remedy': 'Correct its name or take it out.',
  'finding.spec.missing-field': '{field} is missing or has no value.',
  'finding.spec.missing-field.remedy': 'Give it a value, or take it out if it is not needed.',
  'finding.spec.wrong-type':
    '{field} must be {expected, select, array {a list} object {a mapping} boolean {true or false} other {a text}}.',
  'finding.spec.wrong-type.remedy':
    '{expected, select, array {Write each entry on a line of its own, after a hyphen.} object {Write its fields below it, two blanks deeper.} boolean {Write true or false without quotes.} other {Write one value behind the colon.}}',
  'finding.spec.not-text': '{field} must be text, but YAML reads this as something else.',
  'finding.spec.not-text.remedy': 'Put the value in quotation marks.',
  'finding.spec.unknown-value':
    '{field} has a value that is not known.{nearest, select, none {} other { Did you mean {nearest}?}}',
  'finding.spec.unknown-value.remedy': 'Choose one of: {allowed}.',
  'finding.spec.invalid-value':
    '{field} is not {expected, select, commonName {a name of 1 to 64 characters} dnsName {a DNS name} endpoint {a host name or an IP address} fileName {a file name that can be used} hostName {a host name} ipAddress {an IP address} kubeconfigName {a file name that ends in .conf} nodeName {a name that Kubernetes allows} organization {a group of 1 to 64 characters} relativePath {a path from the folder of this file} serverUrl {the URL of an API server} validity {a validity} other {valid}}.',
  'finding.spec.invalid-value.remedy':
    '{expected, select, commonName {Leave out control characters and shorten it.} dnsName {Write it as app.example.com or *.example.com. Addresses belong under ipAddresses.} endpoint {Write it without scheme and port.} fileName {Use letters, digits, dots, hyphens and underscores, with / between folders, and no name that Windows keeps for devices.} hostName {Use letters, digits and hyphens, with dots between the parts.} ipAddress {Write one IPv4 or IPv6 address, without a prefix length and without leading zeros.} kubeconfigName {Use letters, digits, dots, hyphens and underscores, as in alice.conf.} nodeName {Use lower-case letters, digits and hyphens, with dots between the parts.} organization {Leave out control characters and shorten it.} relativePath {Write it without a drive and without a slash in front.} serverUrl {Write it as https://address:6443, without a path.} validity {Write hours, days or years, as 36h, 4d or 10y; at most 30y.} other {Correct the value.}}',
  'finding.spec.too-few': '{field} needs at least {limit, plural, one {# entry} other {# entries}}.',
  'finding.spec.too-few.remedy': 'Add what is missing.',
  'finding.spec.too-many': '{field} has more than {limit, plural, one {# entry} other {# entries}}.',
  'finding.spec.too-many.remedy': 'Divide it among several specifications.',
  'finding.spec.wrong-list': '{profile} does not belong in this list.',
  'finding.spec.wrong-list.remedy': 'Move it to {list}.',
  'finding.spec.kubelet': '{profile} is not made from a specification.',
  'finding.spec.kubelet.remedy':
    'A kubelet gets its certificates by TLS bootstrapping: use bootstrapKubeconfig, and approve its requests.',
  'finding.spec.nothing-to-make': 'The specification asks for nothing.',
  'finding.spec.nothing-to-make.remedy':
    'List certificates, kubeconfigs or authorities, or ask for serviceAccountKey or bootstrapKubeconfig.',
  'finding.spec.needs': '{asker} needs {field}, which is missing.',
  'finding.spec.needs.remedy':
    '{hint, select, endpoints {Give cluster.server or cluster.endpoints.} name {Give this entry a name: it becomes the common name.} other {Add {field}.}}',
  'finding.spec.key-algorithm': '{profile} does not have a key of this kind.',
  'finding.spec.key-algorithm.remedy': 'Choose one of: {allowed}.',
  'finding.spec.name-too-long':
    'The common name of {profile} would have more than {limit} characters, which X.509 does not allow.',
  'finding.spec.name-too-long.remedy': 'Use a shorter name for the cluster, node or host.',
  'finding.spec.same-file': '{file} would be written twice, also for line {line}.',
  'finding.spec.same-file.remedy': 'Take one of the entries out, or give one of them a file of its own.',
  'finding.spec.server-not-covered':
    'The certificate of the API server will not cover {host}, so that clients with this kubeconfig refuse it.',
  'finding.spec.server-not-covered.remedy': 'Add {host} to cluster.endpoints, or correct the server.',
  'finding.spec.more-findings': '{count, plural, one {# more finding is} other {# more findings are}} not shown.',
  'finding.spec.more-findings.remedy': 'Correct those shown and run the command again.',

  'finding.create.authority-missing': 'The CA is not there and must not be made.',
  'finding.create.authority-missing.remedy':
    'Copy its certificate here, and its key if it has to sign. To have a new CA made, set use: make.',
  'finding.create.authority-without-key':
    'The key of this CA is not here, so {count, plural, one {# certificate} other {# certificates}} cannot be signed.',
  'finding.create.authority-without-key.remedy':
    'Copy the key here for this run, or have the certificates made where the key is. What is still valid was kept.',
  'finding.create.authority-key-unusable':
    '{reason, select, foreign {This key does not belong to the certificate of the CA beside it.} other {The key of the CA cannot be read, or it is encrypted.}}',
  'finding.create.authority-key-unusable.remedy':
    'Nothing was changed: this may be the only copy. Put the right key here, unencrypted; or move key and certificate away to have a new CA made.',
  'finding.create.authority-unusable':
    '{reason, select, expired {The CA has expired.} notYetValid {The CA is not yet valid.} notAnAuthority {This certificate is not that of a CA.} other {The certificate of the CA cannot be read.}}',
  'finding.create.authority-unusable.remedy':
    '{reason, select, expired {Put the new CA here. One that has its key here and use: make is replaced by itself.} notYetValid {Check the clock of this computer.} other {Restore the file from a backup, or move certificate and key away to have a new CA made.}}',
  'finding.create.authority-differs':
    'The {fields, select, subject {subject} key {key} other {subject and key}} of the CA {fields, select, both {are} other {is}} not what the specification says, and it must not be replaced.',
  'finding.create.authority-differs.remedy': 'Correct the entry under authorities, or put the right CA here.',
  'finding.create.authority-remade':
    'A NEW CA takes the place of this one, because it {reason, select, expired {has expired} other {is not what the specification says}}. {count, plural, =0 {Nothing here was signed by it.} one {# certificate or kubeconfig that depends on it is made anew.} other {# certificates and kubeconfigs that depend on it are made anew.}} Whatever trusts the old CA elsewhere will refuse the new certificates.',
  'finding.create.authority-remade.remedy':
    'Be sure that this is wanted: every node and client needs the new CA certificate first. Key and certificate of the old CA stay beside it as .previous.',
  'finding.create.authority-ends-first':
    'The CA ends at {notAfter}; {count, plural, one {# certificate} other {# certificates}} would outlive it and will end with it.',
  'finding.create.authority-ends-first.remedy':
    'Rotate the CA before then. Certificates with their full validity can be made after that.',
  'finding.create.authority-key-not-needed':
    'The private key of the CA is here although nothing is signed with it. Whoever has it can make certificates for the whole cluster.',
  'finding.create.authority-key-not-needed.remedy':
    'Remove the key from this folder; the certificate alone is enough for a node that joins.',
  'finding.create.interrupted':
    'An earlier run was interrupted after it had written a new key. The key that belongs to the certificate is put back; the other one is set aside as .unmatched.',
  'finding.create.interrupted.remedy':
    'Nothing needs to be done. The file .unmatched can be removed: no certificate was made for it.',
  'finding.create.token-file-missing': 'The file with the bootstrap token is not there.',
  'finding.create.token-file-missing.remedy': 'Write the token into it, or correct bootstrapKubeconfig.tokenFile.',
  'finding.create.token-file-malformed': 'The file holds no bootstrap token.',
  'finding.create.token-file-malformed.remedy':
    'It must hold one token and nothing else: six lower-case letters or digits, a dot, sixteen more.',
  'finding.create.service-account-key-unreadable':
    'The key of the service accounts cannot be read, or it is encrypted.',
  'finding.create.service-account-key-unreadable.remedy':
    'Nothing was changed: every token of a service account depends on it. Restore it, or move it away to have a new one made.',
  'finding.create.service-account-key-replaced':
    'There is a public key of the service accounts but no private one. A NEW pair is made, and tokens of the old one will be refused.',
  'finding.create.service-account-key-replaced.remedy':
    'If the cluster is in use, copy its sa.key here and run again. The old public key stays as .previous.',

  'create.action.keep': 'keep',
  'create.action.create': 'create',
  'create.action.remake': 'remake',
  'create.action.restore': 'restore',
  'create.action.blocked': 'BLOCKED',
  'create.reason.matches': 'valid and as specified',
  'create.reason.certificate-only': 'certificate without its key',
  'create.reason.missing': 'missing',
  'create.reason.certificate-missing': 'its certificate is missing',
  'create.reason.key-missing': 'its key is missing',
  'create.reason.public-key-missing': 'its public key is missing',
  'create.reason.unreadable': 'cannot be read',
  'create.reason.key-unreadable': 'its key cannot be read',
  'create.reason.key-does-not-belong': 'its key does not belong to it',
  'create.reason.interrupted': 'an earlier run was interrupted',
  'create.reason.not-an-authority': 'not the certificate of a CA',
  'create.reason.issuer-changed': 'signed by another CA',
  'create.reason.not-yet-valid': 'not yet valid',
  'create.reason.expired': 'expired',
  'create.reason.expiring': 'renewal is due',
  'create.reason.does-not-match': 'differs from the specification',
  'create.field.subject': 'subject',
  'create.field.sans': 'names and addresses',
  'create.field.usages': 'usages',
  'create.field.key-algorithm': 'kind of key',
  'create.field.identity': 'identity',
  'create.field.validity': 'validity',
  'create.field.server': 'server',
  'create.field.cluster': 'cluster',
  'create.field.certificate-authority': 'trusted CA',
} as const;
