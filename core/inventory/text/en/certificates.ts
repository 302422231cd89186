/** Findings about certificates among all that are known; the rules are in `core/inventory/findings`, a file each. */
export default {
  'finding.certificate.issuer-expired':
    '{name} is still valid, but the certificate of {issuer} above it expired at {issuerNotAfter}: whoever checks the chain refuses it.',
  'finding.certificate.issuer-expired.remedy':
    'Renewing {name} does not help while its CA is expired. If the CA has been renewed, import its new certificate. If not, the details of {issuer} say what can be done.',
  'finding.kubeconfig.other-ca':
    'This kubeconfig of {cluster} trusts a CA that did not sign the certificate of its API server, in “{path}”. kubectl will answer “x509: certificate signed by unknown authority”.',
  'finding.kubeconfig.other-ca.remedy':
    'It is of another cluster, or from before this one was rebuilt. Fetch it again with Get-AksHciCredential; for the management cluster, copy it from a control plane VM.',
  'finding.certificate.cluster-rebuilt':
    'There is a newer CA of a cluster called {cluster}, valid from {notBefore}, in “{path}”: the cluster was rebuilt, or there are two of that name.',
  'finding.certificate.cluster-rebuilt.remedy':
    'If it was rebuilt, nothing signed by this CA is accepted any more. Fetch kubeconfigs again with Get-AksHciCredential, and forget the old cluster here.',
  'finding.certificate.outlives-issuer':
    '{name} says that it is valid until {notAfter}, but the certificate of {issuer} above it ends before, at {issuerNotAfter}.',
  'finding.certificate.outlives-issuer.remedy':
    'Count on the earlier moment. Nothing needs to be done if the CA is renewed by then; {name} then needs the new certificate of the CA above it.',
  'finding.certificate.weak-key':
    'The key of {name} is too short: {algorithm} with {bits} bits, at least {minimum} are needed.',
  'finding.certificate.weak-key.remedy':
    'Have the certificate issued again with a new key. OpenSSL refuses it at security level 2.',
  'finding.certificate.weak-signature': 'The certificate of {name} is signed with {algorithm}, which can be forged.',
  'finding.certificate.weak-signature.remedy':
    'Have the certificate issued again with SHA-256 or better. Go, and so Kubernetes and MOC, refuses signatures over SHA-1.',
  'finding.certificate.names-missing':
    'The certificate of {name} lacks names by which its server is called: {missing}.',
  'finding.certificate.names-missing.remedy':
    'Clients that connect by one of these names refuse it: “x509: certificate is valid for …, not …”. Have it issued again with all of its names.',
  'finding.certificate.serial-repeated':
    'The CA has given the serial number {serial} of {name} to another certificate as well: {other}, in “{path}”.',
  'finding.certificate.serial-repeated.remedy':
    'A revocation by serial number would hit both. Have one of them issued again, and check how the CA chooses its numbers.',
  'finding.certificate.expired-ca-trusted':
    'The CA {name} expired at {notAfter}, and is still in a file that lists CAs to trust.',
  'finding.certificate.expired-ca-trusted.remedy':
    'Nothing breaks by it. Take it out when the list is next written, since some programs do not check the dates of a CA that they trust.',
  'finding.key.readable':
    'The mode of this file, {mode}, lets {readers, select, group {its group} other {every user of the computer}} read the private key in it.',
  'finding.key.readable.remedy':
    'Let only its owner read it: chmod 600. If others may have read it, have the certificate issued again with a new key.',
} as const;
