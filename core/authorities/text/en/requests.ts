/**
 * Certificate requests, Secrets and bootstrap tokens: findings made while reading them, and what could not be done with
 * them.
 */
export default {
  'finding.request.version': 'The request says version {version}; only version 1 exists.',
  'finding.request.version.remedy': 'Have the request made again by another program.',
  'finding.request.attribute-list': 'The list of attributes is broken; attributes from this place on were not read.',
  'finding.request.attribute-list.remedy': 'Names and usages may be missing here. Have the request made again.',
  'finding.request.malformed-attribute': 'The attribute {attribute} could not be read; the next finding says why.',
  'finding.request.malformed-attribute.remedy': 'Other parts are shown; have the request made again.',
  'finding.request.duplicate-attribute': 'The attribute {attribute} occurs more than once; only the first was read.',
  'finding.request.duplicate-attribute.remedy': 'Other programs may read another one; have the request made again.',

  'finding.request.unreadable': 'This certificate request (PKCS #10) cannot be read; the next finding says why.',
  'finding.request.unreadable.remedy': 'Copy the request again in full, or have it made again.',
  'finding.request.holds-no-credential': 'This is a certificate request for {subject}.',
  'finding.request.holds-no-credential.remedy':
    'Nothing in it expires, so it is not kept. It can be signed with arcwarden authority sign-csr.',

  'finding.kubernetes.malformed': '{field} has another form than Kubernetes gives it.',
  'finding.kubernetes.malformed.remedy':
    'Correct the field, or get the object again with kubectl. The field was left out.',
  'finding.kubernetes.bad-time': '{field} is not a moment.',
  'finding.kubernetes.bad-time.remedy': 'Write it as in 2026-11-24T12:00:00Z. The field was left out.',
  'finding.kubernetes.bad-number': '{field} is not a whole number.',
  'finding.kubernetes.bad-number.remedy': 'Write it in digits and without quotes. The field was left out.',

  'finding.csr-object.incomplete': 'The certificate request object lacks {field}.',
  'finding.csr-object.incomplete.remedy':
    'Get it again, for instance with kubectl get csr NAME -o yaml. It was left out.',
  'finding.csr-object.expiration-too-short':
    'A lifetime of {seconds} seconds is asked for; Kubernetes takes {shortest} at least.',
  'finding.csr-object.expiration-too-short.remedy': 'Correct spec.expirationSeconds, or leave it out.',
  'finding.csr-object.not-pem': 'spec.request holds no certificate request in PEM.',
  'finding.csr-object.not-pem.remedy': 'Check that the value is the Base64 of a PEM file, and only once.',
  'finding.csr-object.pem-label': 'The request is labelled {found}; Kubernetes takes {expected} only.',
  'finding.csr-object.pem-label.remedy': 'Change the BEGIN and END lines before the request is put into the object.',
  'finding.csr-object.several-requests': 'spec.request holds several requests.',
  'finding.csr-object.several-requests.remedy': 'Only the first counts. Make an object for each of the others.',
  'finding.csr-object.pending': 'The request {name} to {signer} waits for an answer.',
  'finding.csr-object.pending.remedy':
    'A kubelet whose request is not answered loses its certificate. Check the request, then approve or deny it; Kubernetes removes it after a while.',
  'finding.csr-object.denied': 'The request {name} to {signer} was denied.',
  'finding.csr-object.denied.remedy':
    'Its conditions say by whom and why. A denied request stays denied: a new one has to be made.',
  'finding.csr-object.failed': 'The request {name} was approved, but {signer} could not sign it.',
  'finding.csr-object.failed.remedy': 'Its conditions say why. Correct the cause, then have a new request made.',
  'finding.csr-object.not-issued': 'The request {name} is approved; {signer} has not issued a certificate yet.',
  'finding.csr-object.not-issued.remedy': 'If it stays so, check whether the signer runs and has the key of its CA.',

  'finding.bootstrap-token.malformed': 'This Secret holds no bootstrap token of the right form.',
  'finding.bootstrap-token.malformed.remedy':
    'token-id needs 6 and token-secret 16 characters of a to z and 0 to 9. The cluster does not accept it as it is.',
  'finding.bootstrap-token.bad-expiration': 'The expiration of the bootstrap token {id} is not a moment.',
  'finding.bootstrap-token.bad-expiration.remedy':
    'Kubernetes takes such a token as invalid. Write the time as in 2026-11-24T12:00:00Z.',
  'finding.bootstrap-token.bad-group': 'The bootstrap token {id} names a group that it cannot have.',
  'finding.bootstrap-token.bad-group.remedy':
    'Kubernetes refuses such a token. Each of auth-extra-groups must begin with system:bootstrappers:, followed by lower-case letters, digits, colons and hyphens.',
  'finding.bootstrap-token.misplaced':
    'The bootstrap token {id} lies in a Secret of another name or namespace than {namespace}/{name}.',
  'finding.bootstrap-token.misplaced.remedy': 'Kubernetes looks for it nowhere else. Rename the Secret or move it.',

  'bootstrap-token.refused.malformed': 'The bootstrap token does not have the right form.',
  'bootstrap-token.refused.unknown': 'The cluster does not know this bootstrap token.',
  'bootstrap-token.refused.expired': 'The bootstrap token has expired.',
  'bootstrap-token.refused.not-for-authentication': 'The bootstrap token may not be used to sign in.',

  'problem.bootstrap-token.bad-group': '“{group}” is not a group that a bootstrap token can have.',
  'problem.bootstrap-token.bad-group.remedy':
    'Begin it with system:bootstrappers:, followed by lower-case letters, digits, colons and hyphens.',
  'problem.csr.unreadable': 'The certificate request cannot be read ({reason}).',
  'problem.csr.unreadable.remedy': 'Give a request (PKCS #10) in PEM or DER. If it is one, have it made again.',
  'problem.csr.bad-signature':
    'The certificate request is not signed by its own key, or with {algorithm}, which cannot be checked here.',
  'problem.csr.bad-signature.remedy':
    'Have it made again with RSA, ECDSA or Ed25519 by whoever holds the key. Do not sign it as it is.',
  'problem.csr.weak-key': 'The key in the certificate request is too weak or unusual ({key}).',
  'problem.csr.weak-key.remedy':
    'Have the request made with RSA of 2048 bits or more, or with EC P-256, P-384 or P-521.',
  'problem.csr.no-name': 'The certificate request has no subject, and neither a DNS name nor an address.',
  'problem.csr.no-name.remedy':
    'A certificate without a name says nothing about who holds it. Have the request made again with one.',
  'problem.csr.several': '“{path}” holds {count} certificate requests.',
  'problem.csr.several.remedy': 'Save each in a file of its own, so that none is signed unseen.',
  'problem.csr.foreign-names':
    'The request asks for what a certificate of the profile {profile} does not have: {names}.',
  'problem.csr.foreign-names.remedy':
    'A group such as system:masters gives its rights to whoever holds the certificate. Find out who asks. Where they may have it, sign with “arcwarden authority sign-csr” and --allow NAME for each.',
  'problem.csr.profile-is-root': 'The profile {profile} is that of a root, which signs itself.',
  'problem.csr.profile-is-root.remedy':
    'Choose the profile of a client or a server. A root is created and not requested.',
  'problem.csr.not-approved':
    '{state, select, denied {“{name}” was denied.} failed {“{name}” was given up by its signer.} other {“{name}” is not approved.}}',
  'problem.csr.not-approved.remedy':
    'A request that waits has to be judged and approved first. One that was denied or given up stays so: have a new one made.',
  'problem.csr.already-issued': 'The request {name} already has its certificate.',
  'problem.csr.already-issued.remedy': 'To get another one, make a new request.',
  'problem.csr.refused': 'The request {name} is approved, but its signer must not sign it (rule {rule}).',
  'problem.csr.refused.remedy': 'Judge the request to see what is wrong; have a new one made.',
  'problem.csr.authority-expired': 'The certificate authority {authority} ended at {notAfter}.',
  'problem.csr.authority-expired.remedy': 'Create a new one. Nothing was signed.',
} as const;
