/** The screen “Certificate authorities”: CAs that the console owns, what they issued, and everything that can be done with it. */
export const authorities = {
  'navigation.authority': 'Certificate authorities',
  'command.authority.open': 'Open the authorities',
  'command.authority.create': 'New authority…',
  'menu.authorities': 'Certificate a&uthorities',
  'menu.new-authority': 'New &authority…',
  'palette.authorities': 'Certificate authorities',
  'shortcuts.tree': 'Tree of authorities',
  'shortcuts.branches': 'Open or close; one level down or up',
  'shortcuts.to-details': 'Go to the details',
  'shortcuts.type-ahead': 'Go to the next name with these letters',

  'authorities.headline.fine-until':
    '{count, plural, one {# authority} other {# authorities}}; everything {count, plural, one {it} other {they}} issued is fine until {date}.',
  'authorities.headline.fine':
    '{count, plural, one {# authority} other {# authorities}}; nothing is in use.',
  'authorities.headline.attention':
    '{count, plural, one {# certificate} other {# certificates}} of {authorities, plural, one {{authority}} other {# authorities}} {count, plural, one {needs} other {need}} a look.',
  'authorities.headline.overdue':
    '{count, plural, one {# certificate is overdue} other {# certificates are overdue}} for renewal.',
  'authorities.headline.overdue-too':
    '{count, plural, one {# more is overdue} other {# more are overdue}} for renewal.',
  'authorities.headline.rest-until': 'The rest is fine until {date}.',

  'authorities.empty.title': 'There is no authority yet.',
  'authorities.empty.lead':
    'Make certificates of your own here: to practise renewal and revocation before you need them, and to prepare files as kubeadm makes them, offline. They are real certificates, which openssl, kubectl and Windows read. They are not connected to your clusters: the keys of a real cluster’s CA are kept by Microsoft’s product, so nothing you do here changes what a cluster trusts.',
  'authorities.empty.kinds': 'Two kinds of authority',
  'authorities.kind.kubernetes': 'Kubernetes cluster',
  'authorities.kind.kubernetes.explain':
    'What a cluster has in /etc/kubernetes/pki, and its kubeconfigs.',
  'authorities.kind.kubernetes.more':
    'Issues the certificates of API server, etcd, kubelets and kubeconfigs.',
  'authorities.kind.kubernetes.makes':
    'Three CAs: Cluster CA, etcd CA and front proxy CA. For API server, etcd, kubelets and kubeconfigs.',
  'authorities.kind.moc': 'Cloud agent',
  'authorities.kind.moc.explain': 'What the cloud agent has: its CA, and identities with tokens.',
  'authorities.kind.moc.more':
    'Issues the certificates of the cloud agent’s clients, and tokens in login files.',
  'authorities.kind.moc.makes':
    'One CA, the server certificate of the cloud agent, and a key for tokens. For node agents, mocctl, kvactl and other clients.',
  'authorities.root': '{name}, valid for {span}',

  'authorities.tree': 'Authorities and what they issued',
  'authorities.locked': 'Locked',
  'authorities.unlocked': 'Unlocked',
  'authorities.revoked': 'Revoked',
  'authorities.replaced': 'Replaced',
  'authorities.replacing': 'Being replaced',
  'authorities.cross': 'Cross-certificate',
  'authorities.node.past': '{count, number} no longer in use',
  'authorities.node.identities': '{count, plural, =0 {Identities} other {Identities ({count})}}',
  'authorities.cancel': 'Cancel',
  'authorities.field.see-below': 'See the message below.',
  'authorities.moment': '2026-12-03 17:00',
  'authorities.moment-fault': 'Write it as in 2026-12-03 17:00.',
  'authorities.caps-lock': 'Caps Lock is on.',

  'authorities.about': 'About',
  'authorities.about.text':
    'For practice and offline use. Nothing here changes what a real cluster trusts: the keys of its CA are kept by Microsoft’s product.',
  'authorities.next': 'What ends first',
  'authorities.fact.kind': 'Kind',
  'authorities.fact.created': 'Created',
  'authorities.fact.content': 'In use',
  'authorities.fact.keys': 'Private keys',
  'authorities.content':
    '{cas, plural, one {# CA} other {# CAs}}, {certificates, plural, =0 {no certificate yet} one {# certificate} other {# certificates}}',
  'authorities.keys': 'Keys',
  'authorities.keys.locked': 'Locked: encrypted on disk, not in memory',
  'authorities.keys.unlocked': 'Unlocked until you lock them or Arcwarden ends',
  'authorities.keys.remembered':
    'The passphrase is remembered on this computer: after a start they are unlocked at once',
  'authorities.keys.not-remembered': 'The passphrase is not remembered',
  'authorities.locked.can':
    'Locked: you can look at everything, revoke certificates, verify what has nothing revoked beside it, and export without private keys.',
  'authorities.locked.cannot-kubernetes':
    'Issuing, signing, renewing, revocation lists and exports with private keys ask for the passphrase.',
  'authorities.locked.cannot-moc':
    'Issuing, signing, renewing, identities and tokens, the rotation of the CA, revocation lists and exports with private keys ask for the passphrase.',

  'authorities.create.open': 'New authority…',
  'authorities.create.title': 'New authority',
  'authorities.create.submit': 'Create the authority',
  'authorities.create.name': 'Name',
  'authorities.create.name-hint': 'As you call it, for instance “practice”.',
  'authorities.create.name-missing': 'Give it a name.',
  'authorities.create.kind': 'What it is for',
  'authorities.create.fqdn': 'FQDN of the cloud agent',
  'authorities.create.fqdn-hint':
    'Becomes the name in its server certificate. A made-up one will do for practice.',
  'authorities.create.fqdn-missing': 'Give the name by which clients connect.',
  'authorities.create.key-hint': 'P-384 is made at once; RSA 4096 takes some seconds for each CA.',
  'authorities.create.doing': 'Making the keys and CAs of {name}.',
  'authorities.create.done':
    'Created {name} with {cas, plural, one {# CA} other {# CAs}}. It is unlocked.',

  'authorities.key': 'Key',
  'authorities.key.rsa-4096': 'RSA 4096',
  'authorities.key.rsa-2048': 'RSA 2048',
  'authorities.key.p-384': 'EC P-384',
  'authorities.key.p-256': 'EC P-256',

  'authorities.passphrase': 'Passphrase',
  'authorities.passphrase.again': 'Repeat it',
  'authorities.passphrase.hint':
    'At least {minimum} characters; several words are easy to remember. It encrypts the private keys on disk, and nobody can reset it.',
  'authorities.passphrase.too-short':
    '{minimum, plural, =1 {Give a passphrase.} other {Too short: at least # characters.}}',
  'authorities.passphrase.differs': 'The two are not the same.',
  'authorities.passphrase.missing': 'Give the passphrase.',
  'authorities.passphrase.open': 'Change the passphrase…',
  'authorities.passphrase.title': 'Change the passphrase of {name}',
  'authorities.passphrase.submit': 'Change the passphrase',
  'authorities.passphrase.text':
    'The keys stay the same; only what opens them changes. Backups made before still open with the old passphrase.',
  'authorities.passphrase.text-remembered':
    'The keys stay the same; only what opens them changes. Backups made before still open with the old passphrase. What this computer remembers is forgotten.',
  'authorities.passphrase.current': 'Present passphrase',
  'authorities.passphrase.next': 'New passphrase',
  'authorities.passphrase.doing': 'Changing the passphrase of {name}.',
  'authorities.passphrase.done': 'The passphrase of {name} is changed.',
  'authorities.passphrase.done-forgotten':
    'The passphrase of {name} is changed, and no longer remembered on this computer.',

  'authorities.unlock.open': 'Unlock…',
  'authorities.unlock.title': 'Unlock {name}',
  'authorities.unlock.submit': 'Unlock',
  'authorities.unlock.text': 'The passphrase opens the private keys until you lock them again.',
  'authorities.unlock.text-for':
    '{purpose} The passphrase opens the private keys until you lock them again.',
  'authorities.unlock.remember': 'Remember on this computer',
  'authorities.unlock.remember-hint':
    'Windows keeps what opens the keys, encrypted for your account (DPAPI; elsewhere the key store of the system). Whoever is signed in as you can then use them.',
  'authorities.unlock.no-vault':
    'This system offers no protected store, so the passphrase cannot be remembered.',
  'authorities.unlock.not-remembered':
    'The keys are unlocked, but this system offers no protected store: the passphrase was not remembered.',
  'authorities.unlock.doing': 'Opening the keys of {name}.',
  'authorities.purpose.issue': 'To issue a certificate, the key of the CA is needed.',
  'authorities.purpose.sign': 'To sign a request, the key of the CA is needed.',
  'authorities.purpose.renew': 'To renew {name}, the key of the CA is needed.',
  'authorities.purpose.rotate': 'To rotate the CA, its key is needed.',
  'authorities.purpose.export': 'To export {name} with its private key, that key is needed.',
  'authorities.purpose.crl':
    'A revocation list is signed: the key of {name} is needed to make one.',
  'authorities.purpose.verify':
    'Something is revoked here: to check the revocation list, the key of the CA is needed to make it.',
  'authorities.purpose.identity': 'To make a token, the key that signs tokens is needed.',
  'authorities.purpose.token': 'To make a token for {name}, the key that signs tokens is needed.',
  'authorities.purpose.revoke-identity':
    'To revoke {name}, the keys of the cloud agent are needed.',

  'authorities.lock': 'Lock',
  'authorities.lock.until-restart': 'Lock until the next start',
  'authorities.lock.forget': 'Lock and forget the passphrase',
  'authorities.lock.forget-only': 'Forget the passphrase',
  'authorities.lock.doing': 'Locking {name}.',
  'authorities.lock.done': '{name} is locked.',

  'authorities.remove.open': 'Remove…',
  'authorities.remove.title': 'Remove {name}',
  'authorities.remove.text':
    'Deletes {cas, plural, one {# CA} other {# CAs}} and {certificates, plural, =0 {no certificate} one {# certificate} other {# certificates}} with their private keys, for good. Files that you exported stay, and what trusts these CAs goes on trusting them.',
  'authorities.remove.confirm': 'To confirm, type the name: {name}',
  'authorities.remove.submit': 'Remove {name} for good',
  'authorities.remove.doing': 'Removing {name}.',
  'authorities.remove.done': '{name} is removed.',

  'authorities.issue.open': 'Issue a certificate…',
  'authorities.issue.title': 'Issue a certificate from {name}',
  'authorities.issue.submit': 'Issue {name} certificate',
  'authorities.issue.profile': 'What it is for',
  'authorities.issue.optional': '{name} (optional)',
  'authorities.issue.missing': 'Give it; it becomes part of the subject.',
  'authorities.issue.more': 'More names, validity and key',
  'authorities.issue.dns': 'More DNS names',
  'authorities.issue.ip': 'More IP addresses',
  'authorities.issue.several': 'Several, apart by commas or spaces.',
  'authorities.issue.validity': 'Validity',
  'authorities.issue.validity-hint': 'Empty: {span}, as the profile says.',
  'authorities.issue.validity-fault': 'Give a number greater than 0.',
  'authorities.issue.unit': 'Unit of the validity',
  'authorities.issue.unit.days': 'Days',
  'authorities.issue.unit.hours': 'Hours',
  'authorities.issue.doing':
    'Making a key and the certificate ({name}). RSA 4096 takes some seconds.',
  'authorities.issue.done': 'Issued {name}, valid until {date}.',
  'authorities.value.node': 'Node name',
  'authorities.value.node.hint': 'Lower case, as kubectl get nodes shows it.',
  'authorities.value.node.example': 'moc-l1a2b3c4d5e',
  'authorities.value.cluster': 'Cluster name',
  'authorities.value.cluster.hint': 'Lower case.',
  'authorities.value.cluster.example': 'practice',
  'authorities.value.host': 'Host name',
  'authorities.value.host.example': 'node01.corp.example',
  'authorities.value.identity': 'Identity',
  'authorities.value.identity.hint': 'The name that the client logs in with.',
  'authorities.value.identity.example': 'admin2',
  'authorities.value.cloud-agent-fqdn': 'FQDN of the cloud agent',
  'authorities.value.cloud-agent-fqdn.example': 'ca-1f0c2b7e.corp.example',
  'authorities.value.node-ip': 'IP address of the node',
  'authorities.value.node-ip.example': '172.16.255.20',
  'authorities.value.host-ip': 'IP address of the host',
  'authorities.value.host-ip.example': '10.0.0.11',
  'authorities.value.service-ip': 'First IP address for services',
  'authorities.value.service-ip.hint': 'Address of the service “kubernetes”, often 10.96.0.1.',
  'authorities.value.service-ip.example': '10.96.0.1',
  'authorities.value.endpoint': 'Addresses of the API server',
  'authorities.value.endpoint.hint': 'Names or IP addresses, apart by commas or spaces.',
  'authorities.value.endpoint.example': '172.16.255.14',
  'authorities.value.service-domain': 'DNS domain of services',
  'authorities.value.service-domain.example': 'cluster.local',
  'authorities.preview': 'What the certificate will say',
  'authorities.preview.sans': 'Names and addresses',
  'authorities.preview.no-sans': 'None',
  'authorities.preview.left-out':
    '{count, plural, one {# name is} other {# names are}} left out: a value is not given.',
  'authorities.preview.usage': 'Usage',
  'authorities.preview.by-ca': 'Ends with its CA.',
  'authorities.preview.signed-by': 'Signed by',

  'authorities.sign.open': 'Sign a request…',
  'authorities.sign.title': 'Sign a request with {name}',
  'authorities.sign.text':
    'For a key that was made elsewhere and stays there. Subject and names are signed as the request has them, so look at it first; usages, validity and CA come from what you choose here.',
  'authorities.sign.profile-hint': 'Decides about CA, usages and validity.',
  'authorities.sign.files':
    'PKCS #10 in PEM or DER (.csr, .req), or a CertificateSigningRequest of Kubernetes as YAML. Several files are signed one after the other.',
  'authorities.sign.submit': 'Choose the request and sign it…',
  'authorities.sign.doing': 'Checking and signing the request.',
  'authorities.sign.done':
    '{count, plural, one {Signed # request. The certificate is selected; export it for its owner.} other {Signed # requests. The last certificate is selected; export them for their owners.}}',

  'authorities.renew.open': 'Renew {name}',
  'authorities.renew.doing': 'Making a new key and certificate for {name}.',
  'authorities.renew.done':
    'Renewed {name}, valid until {date}. The one before is kept as replaced.',

  'authorities.revoke.open': 'Revoke…',
  'authorities.revoke.title': 'Revoke {name}',
  'authorities.revoke.submit': 'Revoke {name}',
  'authorities.revoke.effect.crl':
    'Puts the certificate on its CA’s revocation list for good. Whoever checks the list refuses it, once the next list was exported to them.',
  'authorities.revoke.effect.no-crl-read':
    'A Kubernetes API server reads no revocation list: it accepts the certificate until it expires. Only a short validity or a new CA helps there.',
  'authorities.revoke.effect.other-thing':
    'RenewRevocation objects of a real cluster are another thing: they count when certificates are renewed. No such object is made here.',
  'authorities.revoke.effect.agent':
    'The cloud agent refuses the certificate, too. The identity may log in again with its token; to refuse that as well, revoke the identity.',
  'authorities.revoke.effect.not-moc':
    'RenewRevocation objects are for Kubernetes certificates and do not reach these.',
  'authorities.revoke.reason': 'Reason',
  'authorities.revoke.reason-hint': 'Stands on the list, in the words of RFC 5280.',
  'authorities.revoke.since': 'Not to be believed since (optional)',
  'authorities.revoke.since-hint':
    'Local time. When the key was lost, if that was before now; stands on the list as the invalidity date.',
  'authorities.revoke.doing': 'Revoking {name}.',
  'authorities.revoke.done':
    '{name} is revoked. Export the revocation list of its CA for those who check it.',
  'authorities.reason.unspecified': 'No reason given',
  'authorities.reason.keyCompromise': 'The private key may be known to others',
  'authorities.reason.cACompromise': 'The key of the CA may be known to others',
  'authorities.reason.affiliationChanged': 'Name or owner has changed',
  'authorities.reason.superseded': 'Another certificate has taken its place',
  'authorities.reason.cessationOfOperation': 'No longer needed',
  'authorities.reason.certificateHold': 'On hold',
  'authorities.reason.privilegeWithdrawn': 'A right of the holder was withdrawn',
  'authorities.reason.aACompromise': 'An attribute authority may be compromised',
  'authorities.revoked.line': 'On {date}. {reason}.',
  'authorities.replaced.line': 'A newer certificate has taken its place.',
  'authorities.replaced.ca-line':
    'A newer CA is taking its place. It is still trusted until it is withdrawn.',

  'authorities.verify.open': 'Verify…',
  'authorities.verify.title': 'Verify {name}',
  'authorities.verify.text':
    'Judges the certificate with its chain, the revocation list as it would be issued now, and RenewRevocation objects applied to this authority.',
  'authorities.verify.purpose': 'Used as',
  'authorities.verify.purpose.any': 'Anything',
  'authorities.verify.purpose.server': 'Server',
  'authorities.verify.purpose.client': 'Client',
  'authorities.verify.name': 'Name to be covered (optional)',
  'authorities.verify.name-hint': 'DNS name or IP address that clients connect to.',
  'authorities.verify.at': 'At (optional)',
  'authorities.verify.at-hint': 'Local time; empty: now.',
  'authorities.verify.submit': 'Verify',
  'authorities.verify.doing': 'Verifying.',
  'authorities.verdict': 'Verdict',
  'authorities.verdict.accepted': 'Would be accepted',
  'authorities.verdict.refused': 'Would be refused',
  'authorities.verdict.path': 'Chain: {path}',

  'authorities.export.button': 'Export',
  'authorities.export.menu': 'Write a file',
  'authorities.export.pem': 'Certificate and chain (PEM)…',
  'authorities.export.der': 'Certificate alone (DER)…',
  'authorities.export.p7b': 'Certificate and chain (P7B)…',
  'authorities.export.pfx': 'With private key (PFX)…',
  'authorities.export.pem-key': 'With private key (PEM)…',
  'authorities.export.kubeconfig': 'kubeconfig…',
  'authorities.export.crl-pem': 'Revocation list (PEM)…',
  'authorities.export.crl-der': 'Revocation list (DER)…',
  'authorities.export.title.pfx': 'Export {name} as PFX',
  'authorities.export.title.pem-key': 'Export {name} with its private key',
  'authorities.export.title.kubeconfig': 'Export {name} as kubeconfig',
  'authorities.export.text.pfx':
    'One file with certificate, chain and private key, protected by a passphrase of its own.',
  'authorities.export.text.pem-key':
    'The file will hold the private key unencrypted, readable by your account alone. Keep it no longer than needed.',
  'authorities.export.text.kubeconfig':
    'The file will hold the private key unencrypted. Whoever has it is this user in a cluster that trusts the CA.',
  'authorities.export.encryption': 'Encryption',
  'authorities.export.encryption.aes-256': 'AES-256 with SHA-256',
  'authorities.export.encryption.aes-256.explain':
    'For Windows Server 2019 and newer, and for openssl.',
  'authorities.export.encryption.3des': '3DES with SHA-1',
  'authorities.export.encryption.3des.explain':
    'Only for Windows Server 2016 and older, which read nothing else. It protects the key less well: delete the file after the import.',
  'authorities.export.passphrase': 'Passphrase of the file',
  'authorities.export.passphrase-hint': 'Whoever imports the file is asked for it.',
  'authorities.export.server': 'Address of the API server',
  'authorities.export.server-hint': 'Without a path.',
  'authorities.export.submit': 'Save as…',
  'authorities.export.doing': 'Writing the file.',
  'authorities.export.done': 'Saved {name}.',

  'authorities.standing': 'Issuer and key',
  'authorities.standing.issuer-gone': 'Not in this authority',
  'authorities.standing.key': 'Private key',
  'authorities.standing.key-here': 'Kept here, encrypted with the passphrase',
  'authorities.standing.key-elsewhere': 'Not here: made elsewhere, for a request',
  'authorities.standing.next': 'Replaced by',
  'authorities.standing.previous': 'Replaces',
  'authorities.profile': 'In a real deployment',
  'authorities.profile.file': 'File',
  'authorities.profile.revoked-by.RenewRevocation': 'By a RenewRevocation object',
  'authorities.profile.revoked-by.identity': 'By revoking its identity in MOC',
  'authorities.profile.revoked-by.nothing': 'No',
  'authorities.past.text':
    'Revoked, or replaced by a newer certificate. They are kept: a revoked one stays on the revocation list until it expires, and a replaced one is still valid until then unless it is revoked.',
  'authorities.past.show': 'Show them in the tree',
  'authorities.past.hide': 'Hide them in the tree',

  'authorities.rotate.title': 'Rotation of the CA',
  'authorities.rotate.none':
    'A new CA can take the place of this one in three steps. Clients can connect at every step.',
  'authorities.rotate.under-way': 'A rotation is under way.',
  'authorities.rotate.open.start': 'Rotate the CA…',
  'authorities.rotate.open.reissue': 'Go on with the rotation…',
  'authorities.rotate.open.withdraw': 'Finish the rotation…',
  'authorities.rotate.dialog': 'Rotate the CA of {name}',
  'authorities.rotate.text':
    'In a real deployment Invoke-AksHciRotateCACertificate does this, and some services are down meanwhile. That it goes in these three steps is our conclusion.',
  'authorities.rotate.step.start': 'Make a new CA',
  'authorities.rotate.step.start.effect': 'Both CAs are trusted; the old one still signs.',
  'authorities.rotate.step.reissue':
    '{count, plural, =0 {Reissue the certificates under the new CA} one {Reissue # certificate under the new CA} other {Reissue # certificates under the new CA}}',
  'authorities.rotate.step.reissue.effect':
    'Same keys and names, new serial numbers and dates. From then on the new CA signs.',
  'authorities.rotate.step.withdraw': 'Withdraw the old CA',
  'authorities.rotate.step.withdraw.effect':
    'What the old CA signed is refused from then on; everything in use was reissued before.',
  'authorities.rotate.submit.start': 'Make a new CA',
  'authorities.rotate.submit.reissue':
    '{count, plural, =0 {Reissue the certificates} one {Reissue # certificate} other {Reissue # certificates}}',
  'authorities.rotate.submit.withdraw': 'Withdraw the old CA',
  'authorities.rotate.doing.start': 'Making the new CA.',
  'authorities.rotate.doing.reissue': 'Reissuing certificates under the new CA.',
  'authorities.rotate.doing.withdraw': 'Withdrawing the old CA.',
  'authorities.rotate.done.start': 'A new CA is trusted beside the old one.',
  'authorities.rotate.done.reissue': 'The certificates are reissued; the new CA signs from now on.',
  'authorities.rotate.done.withdraw': 'The old CA is withdrawn. The rotation is complete.',

  'authorities.identities': 'Identities',
  'authorities.identities.text':
    'Clients of the cloud agent. Each has a token for its login, which gives it a certificate. A token is written to a login file and is kept nowhere else.',
  'authorities.identity': 'Identity',
  'authorities.identity.open': 'New identity…',
  'authorities.identity.title': 'New identity of {name}',
  'authorities.identity.text':
    'Makes a token and writes it to a login file of your choice. The token is valid for 90 days and counts like a password.',
  'authorities.identity.name': 'Name',
  'authorities.identity.name-hint': 'Upper and lower case do not tell two names apart.',
  'authorities.identity.name-missing': 'Give it a name.',
  'authorities.identity.type': 'Client type',
  'authorities.identity.type-hint':
    'As login files spell it. ExternalClient is what the public code takes when none is given.',
  'authorities.identity.submit': 'Create it and save the login file…',
  'authorities.identity.token': 'Token',
  'authorities.identity.token-until': 'Number {number}, until {date}',
  'authorities.identity.rotation': 'Rotation',
  'authorities.identity.rotates': 'By itself',
  'authorities.identity.by-hand': 'By an update or by hand',
  'authorities.identity.line.left': 'Its token is valid for another {span}.',
  'authorities.identity.line.expired':
    'Its token expired {span} ago: it cannot log in until the token is rotated.',
  'authorities.identity.line.revoked': 'Revoked: token and certificates are refused.',
  'authorities.identity.rotate': 'Rotate the token…',
  'authorities.identity.rotate.text':
    'Rotating writes a new login file; every earlier token of this identity is refused from then on. Certificates stay valid.',
  'authorities.identity.revoke': 'Revoke…',
  'authorities.identity.revoke.effect':
    'Token and certificates of this identity are refused from now on, and the certificates stand on the revocation list.',
  'authorities.identity.revoke.undo':
    'It can be reinstated with a new token. What it had before stays refused.',
  'authorities.identity.reinstate': 'Reinstate with a new token…',
  'authorities.identity.reinstate.text':
    'Reinstating writes a new login file. Tokens and certificates from before stay refused: whoever held them may hold them still.',
  'authorities.identity.certificate': 'Show its certificate',
  'authorities.identity.no-certificate':
    'It has no certificate yet: none was asked for with its token.',
  'authorities.identity.doing': 'Making a token for {name}.',
  'authorities.identity.created': 'Created {name} and saved its login file.',
  'authorities.identity.rotated': 'Rotated the token of {name} and saved the new login file.',
  'authorities.identity.reinstated': 'Reinstated {name} and saved its new login file.',
  'authorities.identity.revoked': '{name} is revoked.',
} as const;
