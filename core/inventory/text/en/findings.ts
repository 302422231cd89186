/** Findings about files; rule ids in `core/formats/format-rules.ts` and `core/inventory/finding-rules.ts`. */
export default {
  'finding.format.not-supported-yet': '{format} was recognised but cannot be read yet.',
  'finding.format.not-supported-yet.remedy':
    'Convert the certificates in it to PEM with the program that made it, and import that file.',
  'finding.text.damaged': 'Parts of this file are not valid text.',
  'finding.text.damaged.remedy':
    'Save the file as UTF-8. What could be read was imported; compare names with the original.',
  'finding.base64.damaged': 'The Base64 in {name} is damaged.',
  'finding.base64.damaged.remedy':
    'Copy the value again from its source: all of it, on one line and without added characters.',
  'finding.field.not-pem': '{name} does not hold a certificate in PEM.',
  'finding.field.not-pem.remedy': 'Check that the value is the Base64 of a PEM file, and only once.',
  'finding.pem.damaged': 'The Base64 of the block “{label}” is damaged.',
  'finding.pem.damaged.remedy': 'Export the block again from its source. The other blocks of this file were read.',
  'finding.pem.trust-settings':
    'Settings for openssl stand behind this certificate: {trusted, select, none {trusted for nothing by name} other {trusted for {trusted}}}, {rejected, select, none {refused for nothing} other {refused for {rejected}}}{named, select, yes {, called “{alias}”} other {}}.',
  'finding.pem.trust-settings.remedy':
    'Only openssl looks at them. Go, and so Kubernetes and MOC, does not read a block called TRUSTED CERTIFICATE at all: openssl x509 -in FILE writes the certificate without them.',
  'finding.pem.trust-settings-damaged':
    'What stands behind this certificate should be settings for openssl, and is not.',
  'finding.pem.trust-settings-damaged.remedy':
    'The certificate itself was read. Copy the file again from its source if openssl refuses it.',
  'finding.pem.not-closed': 'The block “{label}” has no matching END line.',
  'finding.pem.not-closed.remedy':
    'The file was probably cut off or pasted incompletely. Copy it again from its source.',
  'finding.yaml.too-large': 'The file is too large: YAML and JSON are read up to {limitKiB} KiB.',
  'finding.yaml.too-large.remedy':
    'Split it into files with fewer clusters, for instance with kubectl config view --minify --flatten.',
  'finding.yaml.too-complex': 'The file has too many parts: more than {limit}.',
  'finding.yaml.too-complex.remedy': 'No kubeconfig or login file is like this. Check where the file comes from.',
  'finding.yaml.too-deep': 'The file is nested too deeply: more than {limit} levels.',
  'finding.yaml.too-deep.remedy': 'No kubeconfig or login file is like this. Check where the file comes from.',
  'finding.yaml.alias-bomb': 'The YAML aliases in this file expand without end or beyond {limit} parts.',
  'finding.yaml.alias-bomb.remedy':
    'Such files are made to exhaust the memory of whoever reads them. Check where it comes from.',
  'finding.yaml.duplicate-key': 'A key occurs twice in one mapping.',
  'finding.yaml.duplicate-key.remedy': 'Remove one of the two: programs disagree on which of them counts.',
  'finding.yaml.invalid': 'This is not valid YAML or JSON ({code}).',
  'finding.yaml.invalid.remedy':
    'Correct the file at this place; indentation with tabs and missing quotes are common causes.',
  'finding.yaml.several-documents': 'The file holds several YAML documents.',
  'finding.yaml.several-documents.remedy': 'Save each document as a file of its own.',
  'finding.yaml.not-text': '{field} must be text, but is a list or a mapping.',
  'finding.yaml.not-text.remedy': 'Correct the field; it was left out.',
  'finding.yaml.number-as-text': '{field} is written without quotes and reads as a number or a switch.',
  'finding.yaml.number-as-text.remedy':
    'It was taken exactly as written. Put it in quotes, since other programs change or refuse it.',
  'finding.kubeconfig.malformed': 'This entry of the kubeconfig has no name or no content.',
  'finding.kubeconfig.malformed.remedy': 'Correct or remove the entry; the others were read.',
  'finding.kubeconfig.duplicate-name': 'The name {name} occurs twice under {list}.',
  'finding.kubeconfig.duplicate-name.remedy': 'Rename one of the two: kubectl refuses such a file.',
  'finding.kubeconfig.broken-context':
    'The context {context} names {what, select, cluster {the cluster} other {the user}} {missing}, which this file does not have.',
  'finding.kubeconfig.broken-context.remedy':
    'Remove the context, or fetch the kubeconfig again with Get-AksHciCredential.',
  'finding.kubeconfig.insecure': 'The certificate of the API server of {cluster} is not checked.',
  'finding.kubeconfig.insecure.remedy':
    'Remove insecure-skip-tls-verify and give the cluster’s CA instead: anyone on the way can pose as the API server.',
  'finding.kubeconfig.login-in-address': 'The address in {field} of {cluster} has a user name or a password in it.',
  'finding.kubeconfig.login-in-address.remedy':
    'It was not read beyond that and stands nowhere else. Remove it from the file, and change the password: everybody who can read the file knows it.',
  'finding.kubeconfig.both-forms': 'Both {used} and {ignored} are given; {used} was read.',
  'finding.kubeconfig.both-forms.remedy': 'Remove the one that is not meant. kubectl takes {used}, too.',
  'finding.kubeconfig.password': 'The user {user} signs in with a password.',
  'finding.kubeconfig.password.remedy':
    'The password was not read. Kubernetes no longer accepts passwords; remove it from the file.',
  'finding.kubeconfig.nothing-to-expire': 'The user {user} signs in with {method}: nothing in this file expires.',
  'finding.kubeconfig.nothing-to-expire.remedy':
    'Nothing needs to be done. The program behind it fetches a credential at every sign-in.',
  'finding.kubeconfig.empty-user': 'The user {user} has no credential in this file.',
  'finding.kubeconfig.empty-user.remedy': 'Nothing needs to be done, unless this user should be able to sign in.',
  'finding.kubeconfig.reference-refused': '“{file}” is on another computer and was not opened.',
  'finding.kubeconfig.reference-refused.remedy':
    'Opening it would send your sign-in to that computer. If you trust it, import the file from there directly.',
  'finding.kubeconfig.reference-not-readable': 'The file “{file}” that this entry names could not be read.',
  'finding.kubeconfig.reference-not-readable.remedy':
    'Copy the file beside the kubeconfig, or import it on the computer where it is.',
  'finding.kubeconfig.reference-empty': 'The file “{file}” that this entry names holds nothing of use.',
  'finding.kubeconfig.reference-empty.remedy':
    'Check that the entry names the right file. Certificates and keys are expected as PEM or DER.',
  'finding.access-file.no-client-certificate': 'The access file has no client certificate.',
  'finding.access-file.no-client-certificate.remedy':
    'The client has not logged in yet, or its login failed. Run its command again, or Repair-MocLogin for mocctl.',
  'finding.login-file.key-case': 'The key {field} is not in lower case.',
  'finding.login-file.key-case.remedy':
    'It was read here, but MOC looks for lower-case keys only. Correct the file before using it.',
  'finding.login-file.no-name': 'The login file has no identity name.',
  'finding.login-file.no-name.remedy': 'Create the login file again for the identity that it is meant for.',
  'finding.login-file.no-token': 'The login file has no token.',
  'finding.login-file.no-token.remedy': 'Rotate the identity’s token and save the new login file.',
  'finding.module-config.cut': 'The configuration of the modules is cut off: each section has only its beginning.',
  'finding.module-config.cut.remedy':
    'Save it with (Get-AksHciConfig | ConvertTo-Json -Depth 4) in a file that only you can read, and delete it afterwards: it has a token in clear.',
  'finding.module-config.secrets': 'This configuration has a token or passwords in clear.',
  'finding.module-config.secrets.remedy':
    'They were not kept. Do not attach or send this text: with the token anybody can log in to the cloud agent until it ends.',
  'finding.module-config.identity-cut': 'The token in Kva.identity is cut off, so its end cannot be read.',
  'finding.module-config.identity-cut.remedy':
    'Save it with (Get-AksHciConfig | ConvertTo-Json -Depth 4) in a file that only you can read, and delete it afterwards.',
  'finding.module-config.identity-unreadable': 'Kva.identity is not the Base64 of a login file.',
  'finding.module-config.identity-unreadable.remedy':
    'It may be damaged by copying. Import psconfig.json of the working folder instead.',
  'finding.module-config.version': 'Build of the deployment: {value}.',
  'finding.module-config.version.remedy': 'Get-AksHciVersion tells the same.',
  'finding.module-config.module': 'Version of the AksHci module that made this configuration: {value}.',
  'finding.module-config.module.remedy': 'Module and build belong together: another version may not know the settings.',
  'finding.module-config.state': 'State of the deployment: {value}.',
  'finding.module-config.state.remedy':
    'Installed is the normal state. In Updating every update says that one is already in progress. A number stands for a name, which (Get-AksHciConfig).AksHci.installState prints on the host.',
  'finding.module-config.cloud-agent': 'The cloud agent is reached at {value}.',
  'finding.module-config.cloud-agent.remedy': 'Its server certificate has to name this address.',
  'finding.module-config.cluster-role': 'The cluster role of the cloud agent is {value}.',
  'finding.module-config.cluster-role.remedy':
    'Ask for this role with Get-ClusterGroup. On nodes that do not own it, a stopped wssdcloudagent is normal.',
  'finding.module-config.access-files': 'Access files of mocctl and kvactl are below {value}.',
  'finding.module-config.access-files.remedy':
    'Older builds have them in .wssd of the user’s profile. Import those that are there.',
  'finding.module-config.moc-login': 'The login file of mocctl is {value}.',
  'finding.module-config.moc-login.remedy': 'It has a token in clear.',
  'finding.module-config.ssh-key': 'The SSH key for the virtual machines is {value}.',
  'finding.module-config.ssh-key.remedy': 'ssh refuses it until only its user can read it.',
  'finding.module-config.management': 'The management cluster is {value}.',
  'finding.module-config.management.remedy': 'Get-AksHciCredential is for the other clusters only.',
  'finding.module-config.kubeconfig': 'The kubeconfig of the management cluster is {value}.',
  'finding.module-config.kubeconfig.remedy': 'Import it to see when its certificate ends.',
  'finding.token.bad-time': 'The claim {claim} of the token is not a moment.',
  'finding.token.bad-time.remedy': 'It was left out. Have the token issued again.',
  'finding.token.expired': 'The token of {name} expired at {notAfter}.',
  'finding.token.expired.remedy':
    'Its details say who renews it and what to run. A certificate that is still valid works on until the next login.',
  'finding.token.not-yet-valid': 'The token of {name} is valid only from {notBefore}.',
  'finding.token.not-yet-valid.remedy': 'Compare the clocks of this computer and of the issuer.',
  'finding.token.assumed': 'The token of {name} does not say when it ends; {notAfter} is assumed.',
  'finding.token.assumed.remedy':
    'Taken are the date of the file and 90 days, the usual lifetime. Copying a file may change its date.',
  'finding.token.no-end': 'The token of {name} states no end.',
  'finding.token.no-end.remedy':
    'Watch it by other means. A token that never expires should be replaced by one that does.',
  'finding.certificate.expired': 'The certificate of {name} expired at {notAfter}.',
  'finding.certificate.expired.remedy': 'Its details say who renews it and what to run.',
  'finding.certificate.not-yet-valid': 'The certificate of {name} is valid only from {notBefore}.',
  'finding.certificate.not-yet-valid.remedy':
    'Compare the clocks of this computer and of the issuer: MOC certificates begin at the moment of issue.',
  'finding.key.differs': 'The private key beside the certificate of {name} does not belong to it.',
  'finding.key.differs.remedy':
    'Put the right key there, or issue the certificate again: with this pair no connection can be made.',
  'finding.key.encrypted': 'The private key of {name} is encrypted and was not compared with its certificate.',
  'finding.key.encrypted.remedy': 'Nothing needs to be done, unless the program that uses it cannot decrypt it.',
  'finding.key.not-readable': 'The private key of {name} could not be read.',
  'finding.key.not-readable.remedy':
    'It may be damaged or of an unknown kind. Check that the program that uses it still works.',
  'finding.key.shared':
    'The private key of {name} lies in {count, plural, one {# access file} other {# access files}}, also in “{other}”.',
  'finding.key.shared.remedy':
    'A .wssd folder was probably copied between profiles. Let each profile log in by itself, so that one can be revoked without the other.',
  'finding.file.not-found': 'This file or folder does not exist.',
  'finding.file.not-found.remedy': 'Check the path; a link may point to something that is gone.',
  'finding.file.name-not-utf8': 'The name is not in UTF-8, so that nothing can be read by it.',
  'finding.file.name-not-utf8.remedy': 'Rename it, or name a copy with another name.',
  'finding.file.not-readable': 'This file or folder could not be read.',
  'finding.file.not-readable.remedy': 'Check that your account may read it and that no other program holds it open.',
  'finding.file.not-a-file': 'This is neither a file nor a folder.',
  'finding.file.not-a-file.remedy': 'Choose a file or a folder.',
  'finding.file.too-large': 'The file is larger than {limitMiB} MiB and was not read.',
  'finding.file.too-large.remedy':
    'Certificates, kubeconfigs and login files are small. Unpack an archive before importing it.',
  'finding.file.more-findings':
    '{count, plural, one {# more finding} other {# more findings}} in this file are not shown.',
  'finding.file.more-findings.remedy': 'Correct those shown and import the file again.',
  'finding.folder.too-deep': 'The folders are nested more than {limit} levels deep and were not read further.',
  'finding.folder.too-deep.remedy': 'Import the folder that holds the files directly.',
  'finding.folder.too-many-files': 'Reading stopped after {limit} files.',
  'finding.folder.too-many-files.remedy': 'Choose the folders that hold certificates instead of a whole disk.',
  'finding.folder.loop': 'This folder is a link back to one around it and was read once.',
  'finding.folder.loop.remedy': 'Nothing needs to be done.',
} as const;
