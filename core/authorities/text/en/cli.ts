/** `arcwarden authority`: help, questions, and the output of its commands. */
export default {
  'cli.usage.words': 'Usage: {usage}',
  'cli.usage.not-a-pair': 'The option {option} takes NAME=VALUE, which “{value}” is not.',
  'cli.usage.bad-duration':
    'The option {option} cannot be “{value}”. It takes hours, days or years, as 36h, 4d or 10y, and at most 30y.',
  'cli.usage.option-not-for': 'The option {option} has no use with {use}.',
  'cli.usage.no-passphrase':
    'A passphrase is needed. Give --passphrase-file, set ARCWARDEN_PASSPHRASE, or run the command on a terminal.',
  'cli.usage.passphrase-differs': 'The two passphrases are not the same. Nothing was done.',
  'cli.usage.cancelled': 'Cancelled. Nothing was done.',
  'cli.usage.one-input': 'Only one passphrase can come from standard input.',
  'cli.usage.not-confirmed': 'Removing an authority destroys its private keys for good. Add --yes to do it.',
  'cli.usage.ambiguous-entry': '“{word}” means more than one certificate. Name one by the digits in front: {choices}.',
  'cli.usage.profile-of-signer': 'The request “{name}” asks {signer}, whose certificates have the profile {profile}.',
  'cli.usage.no-csr-object':
    'The file holds a bare certificate request. Only CSR objects of Kubernetes say who asks for what, and can be judged.',
  'cli.usage.no-login-file': '“{path}” is not a login file with a name and a token.',
  'cli.usage.other-identity': 'The login file “{path}” is that of the identity “{name}”.',
  'cli.usage.token-goes-nowhere':
    'Say where the token goes: --secret FILE, --kubeconfig FILE, or --show-token to print it.',
  'cli.usage.no-certificate-authority': '“{authority}” has no cluster CA that a kubeconfig could trust.',

  'cli.secret-file.readable':
    'Warning: the mode of “{path}”, {mode}, lets {readers, select, group {its group} other {every user of the computer}} read the secret in it. Let only its owner read it: chmod 600.',
  'cli.ask.passphrase': 'Passphrase of “{authority}”:',
  'cli.ask.new-passphrase': 'New passphrase for “{authority}”:',
  'cli.ask.file-passphrase': 'Passphrase of “{path}”, or Enter to leave it closed:',
  'cli.ask.export-passphrase': 'Passphrase for the file:',
  'cli.ask.again': 'The same again:',

  'cli.column.kind': 'Kind',
  'cli.column.created': 'Created',
  'cli.column.cas': 'CAs',
  'cli.column.certificates': 'Certificates',
  'cli.column.profile': 'Profile',
  'cli.column.serial': 'Serial number',
  'cli.column.key': 'Key',
  'cli.column.identity': 'Identity',
  'cli.column.client-type': 'Client type',
  'cli.column.token': 'Token',
  'cli.column.token-ends': 'Token expires',
  'cli.column.action': 'Action',
  'cli.column.file': 'File',
  'cli.column.why': 'Why',
  'cli.fact.subject': 'Subject',
  'cli.fact.names': 'Names',
  'cli.fact.validity': 'Valid',
  'cli.fact.from-to': '{from} to {to}',
  'cli.key-elsewhere': '{key}, elsewhere',
  'cli.sample': 'demo',
  'cli.state.valid': 'valid',
  'cli.state.not-yet-valid': 'not yet valid',
  'cli.state.expired': 'expired',
  'cli.state.superseded': 'replaced',
  'cli.state.revoked': 'revoked',
  'cli.check.passed': '[ok]',
  'cli.check.failed': '[NO]',
  'cli.check.not-applicable': '[--]',

  'cli.authority.none': 'No authorities. Make one with: {command}',
  'cli.authority.created': 'Made “{name}”.',
  'cli.authority.removed': 'Removed “{name}” and its private keys.',
  'cli.authority.issued': 'Issued “{name}”.',
  'cli.authority.renewed': 'Renewed “{name}”. The new certificate:',
  'cli.authority.revoked': 'Revoked “{name}”. Hand out the revocation list of its CA now.',
  'cli.authority.still-valid':
    '{count, plural, one {Another certificate with this name is} other {# other certificates with this name are}} valid and not revoked: {serials}. If the key was lost, revoke them too.',
  'cli.authority.rotated': 'The rotation of the CA of “{name}” has gone on by one stage.',
  'cli.authority.withdrawn':
    'The old CA of “{name}” is withdrawn: what it issued is refused from now on. Take it out of the trust of every client.',
  'cli.rotation.both-trusted':
    'Two CAs are trusted, the old one still signs. Next: rotate-ca reissues {left, plural, one {# certificate} other {# certificates}} under the new one.',
  'cli.rotation.reissuing':
    'The new CA signs, both are trusted. {left, plural, =0 {Hand out what was reissued; next, rotate-ca withdraws the old CA.} one {Next: rotate-ca reissues # certificate.} other {Next: rotate-ca reissues # certificates.}}',
  'cli.sign.names-left-out': 'Left out, since they are neither DNS names nor addresses: {names}',
  'cli.sign.extensions-left-out': 'Left out, since the profile decides: {extensions}',
  'cli.csr.head': 'Request “{name}” to {signer}',
  'cli.csr.signed': 'Signed “{name}”.',
  'cli.csr.not-written':
    'Nothing was signed, so “{path}” was not written. The answers alone are written by judge-csr with --out.',
  'cli.csr.not-signed': '“{name}” was not signed.',
  'cli.crl.written':
    'Wrote revocation list {number} of {issuer} with {count, plural, one {# certificate} other {# certificates}} to “{path}”. Replace it by {until}.',
  'cli.verify.accepted': 'Accepted, judged at {at}:',
  'cli.verify.refused': 'REFUSED, judged at {at}:',
  'cli.file.written': 'Wrote “{path}”.',
  'cli.key-file.rights':
    'On Windows the rights of “{path}” are those of its folder; nothing was restricted. To leave it to your account, the system and administrators: icacls "{path}" /inheritance:r /grant:r "{user}:F" "*S-1-5-18:F" "*S-1-5-32-544:F" /T. Source: Microsoft Learn, icacls; Security identifiers (documented; not tried on Windows).',
  'cli.export.with-key': 'Wrote “{path}”. It holds a private key: protect it.',
  'cli.identity.none': 'No identities.',
  'cli.identity.created': 'Made the identity “{name}”. Its login file is “{path}”; it holds a token: protect it.',
  'cli.identity.rotated':
    'The identity “{name}” has a new token, and earlier ones are refused. Its login file is “{path}”; protect it.',
  'cli.identity.reinstated': 'The identity “{name}” may log in again. Its login file is “{path}”; protect it.',
  'cli.identity.revoked': 'Revoked the identity “{name}”: its token and its certificates are refused from now on.',
  'cli.identity.logged-in': 'Logged in as “{name}”. The access file is “{path}”; it holds a private key: protect it.',
  'cli.token.created':
    'Made the bootstrap token {id}. {ends, select, never {It never expires: remove its Secret when it is not needed any more.} other {It expires {until}.}}',
  'cli.token.accepted': 'Accepted as {username}, in the groups {groups}.',
  'cli.create.plan': 'Plan for “{folder}”',
  'cli.create.dry-run': 'Nothing was written. Run it again without --dry-run to do it.',
  'cli.create.done':
    '{count, plural, =0 {{blocked, plural, =0 {Nothing had to be made.} other {Nothing was made.}}} one {# thing was made in “{folder}”.} other {# things were made in “{folder}”.}}{blocked, plural, =0 {} one { # thing could not be made.} other { # things could not be made.}}',

  'cli.help.more': 'arcwarden COMMAND --help tells every option of a command.',
  'cli.help.authority-list': 'arcwarden authority list\n    Lists the authorities of the data folder.',
  'cli.help.authority-new':
    'arcwarden authority new NAME --kind kubernetes|moc [OPTION...]\n    Makes an authority: the three CAs of a cluster, or the CA of a cloud agent with its server certificate.\n    --key-algorithm ALGORITHM  keys of the CAs: p-384 (default) or rsa-4096; moc has rsa-2048 alone\n    --cloud-agent-fqdn NAME    name of the cloud agent; needed for moc\n    --passphrase-file FILE     protects the private keys; at least 12 characters',
  'cli.help.authority-remove':
    'arcwarden authority remove NAME --yes\n    Removes an authority with its private keys, for good.',
  'cli.help.authority-tree':
    'arcwarden authority tree NAME\n    Shows the CAs of an authority, what they issued, and its identities.',
  'cli.help.authority-show':
    'arcwarden authority show NAME ENTRY\n    Shows one certificate of an authority in full, with the certificate in PEM.',
  'cli.help.authority-change-passphrase':
    'arcwarden authority change-passphrase NAME [OPTION...]\n    Gives an authority another passphrase. Its keys stay as they are.\n    --passphrase-file FILE      the passphrase that it has\n    --new-passphrase-file FILE  the new one; without it, it is asked for twice on the terminal',
  'cli.authority.passphrase-changed': '“{name}” opens with the new passphrase from now on.',
  'cli.help.authority-issue':
    'arcwarden authority issue NAME PROFILE [OPTION...]\n    Makes a key and a certificate for it; both stay with the authority. docs/profiles.md lists the profiles.\n    --value NAME=TEXT          a value that the profile asks for, as node=worker-1 (repeatable)\n    --dns NAME                 a further DNS name (repeatable)\n    --ip ADDRESS               a further IP address (repeatable)\n    --validity DURATION        as 36h, 4d or 10y; default: as the profile says\n    --key-algorithm ALGORITHM  one that the profile allows\n    --passphrase-file FILE     the passphrase of the authority',
  'cli.help.authority-sign-csr':
    'arcwarden authority sign-csr NAME PROFILE FILE [OPTION...]\n    Signs a certificate request: PKCS #10 in PEM or DER, or CSR objects of Kubernetes. Those of kubelets are judged first, and signed only when approved.\n    --allow NAME               a group, user, DNS name or address that the profile does not have (repeatable)\n    --out FILE                 write to a file instead of standard output\n    --node NAME=ADDRESS,...    a node and what belongs to it, for judging serving certificates (repeatable)\n    --longest DURATION         the longest life that a kubelet may ask for; default 4d\n    --passphrase-file FILE     the passphrase of the authority',
  'cli.help.authority-judge-csr':
    'arcwarden authority judge-csr FILE [OPTION...]\n    Says rule by rule whether CSR objects of kubelets should be approved. Signs nothing.\n    --node NAME=ADDRESS,...    a node and what belongs to it, for serving certificates (repeatable)\n    --longest DURATION         the longest life that may be asked for; default 4d\n    --out FILE                 write the objects with the answer in their conditions',
  'cli.help.authority-renew':
    'arcwarden authority renew NAME ENTRY [OPTION...]\n    Issues the next certificate of the same holder, with a new key. ENTRY is a serial number, the start of a SHA-256, a common name or a profile.\n    --passphrase-file FILE     the passphrase of the authority',
  'cli.help.authority-rotate-ca':
    'arcwarden authority rotate-ca NAME [OPTION...]\n    Takes the rotation of a cloud agent’s CA one stage further: new CA, reissue, withdraw the old one.\n    --passphrase-file FILE     the passphrase of the authority',
  'cli.help.authority-revoke':
    'arcwarden authority revoke NAME ENTRY [OPTION...]\n    Puts a certificate on the revocation list of its CA.\n    --reason REASON            unspecified (default), keyCompromise, cACompromise, affiliationChanged, superseded,\n                               cessationOfOperation, certificateHold, privilegeWithdrawn or aACompromise\n    --invalidity-date INSTANT  since when it must not be believed any more',
  'cli.help.authority-crl':
    'arcwarden authority crl NAME CA --out FILE [OPTION...]\n    Issues the next revocation list of a CA. CA is an ENTRY, such as cluster-ca.\n    --der                      DER instead of PEM\n    --passphrase-file FILE     the passphrase of the authority',
  'cli.help.authority-verify':
    'arcwarden authority verify NAME ENTRY | --chain FILE --roots FILE [OPTION...]\n    Judges a certificate, of an authority or in files, and tells every reason. Exit code 1 when it is refused.\n    --at INSTANT               judge as of this moment\n    --purpose PURPOSE          server, client or any (default)\n    --name NAME                a DNS name or address that it must cover\n    --chain FILE               the certificate, then those that lead to a root\n    --roots FILE               what is trusted\n    --crl FILE                 a revocation list (repeatable)\n    --revocations FILE         RenewRevocation objects (repeatable)\n    --passphrase-file FILE     the passphrase, needed where the authority has revoked something',
  'cli.help.authority-export':
    'arcwarden authority export NAME ENTRY --format FORMAT --out FILE [OPTION...]\n    Writes a certificate as pem, der, p7b, pfx or kubeconfig. pfx and kubeconfig hold its private key.\n    --with-key                 the private key too; only for pem\n    --encryption ENCRYPTION    aes-256 (default), or 3des for Windows Server 2016 and older; only for pfx\n    --export-passphrase-file FILE  the passphrase of the pfx\n    --server URL               the API server, as https://172.16.255.14:6443; needed for kubeconfig\n    --passphrase-file FILE     the passphrase of the authority, where a key goes along',
  'cli.help.authority-identity-list':
    'arcwarden authority identity list NAME\n    Lists the identities of a cloud agent.',
  'cli.help.authority-identity-new':
    'arcwarden authority identity new NAME IDENTITY --out FILE [OPTION...]\n    Makes an identity of a cloud agent and writes its login file, which holds its token.\n    --client-type TYPE         Admin, BareMetal, ControlPlane, ExternalClient (default), LoadBalancer or Node\n    --token-days DAYS          how long its tokens are valid; default 90\n    --passphrase-file FILE     the passphrase of the authority',
  'cli.help.authority-identity-login':
    'arcwarden authority identity login NAME IDENTITY --login-file FILE --out FILE [OPTION...]\n    Logs in with the token of a login file and writes the access file (cloudconfig), which holds a private key.\n    --host-name NAME           name of the client’s computer; default: this one\n    --host-ip ADDRESS          its address; default: that of this one\n    --passphrase-file FILE     the passphrase of the authority',
  'cli.help.authority-identity-rotate':
    'arcwarden authority identity rotate NAME IDENTITY --out FILE [OPTION...]\n    Gives an identity a new token in a new login file; earlier tokens are refused.\n    --passphrase-file FILE     the passphrase of the authority',
  'cli.help.authority-identity-revoke':
    'arcwarden authority identity revoke NAME IDENTITY [OPTION...]\n    Refuses the token and the certificates of an identity from now on.\n    --passphrase-file FILE     the passphrase of the authority',
  'cli.help.authority-identity-reinstate':
    'arcwarden authority identity reinstate NAME IDENTITY --out FILE [OPTION...]\n    Lets a revoked identity log in again, with the token in a new login file.\n    --passphrase-file FILE     the passphrase of the authority',
  'cli.help.authority-token-create':
    'arcwarden authority token create [NAME] [OPTION...]\n    Makes a bootstrap token for joining nodes and writes it to files.\n    --secret FILE              the Secret that makes it known to the cluster\n    --kubeconfig FILE          a bootstrap kubeconfig, for the cluster of the authority NAME\n    --server URL               its API server; needed with --kubeconfig\n    --ca FILE                  the CA to trust, instead of NAME\n    --cluster-name NAME        name of the cluster; default: that of the authority\n    --lifetime DURATION        as 36h or 4d, or never; default 24h\n    --description TEXT         what it is for\n    --group GROUP              a further group, system:bootstrappers:... (repeatable)\n    --show-token               print the token',
  'cli.help.authority-token-check':
    'arcwarden authority token check FILE --token-file FILE\n    Says whether the API server would accept a bootstrap token, given the Secrets in FILE. Exit code 1 when not.\n    --token-file FILE          the token in its first line; - for standard input',
  'cli.help.authority-create':
    'arcwarden authority create -f SPEC --out DIR [OPTION...]\n    Makes the keys and certificates that a specification names, as in /etc/kubernetes; what is still valid is kept. docs/authority-create.md describes it.\n    --dry-run                  print the plan and write nothing',
} as const;
