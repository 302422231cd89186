/** What is to be known of entries that are proposed for a goal. */
export default {
  'revocation.note.kubeconfig-in-use':
    'One of them is the kubeconfig that you work with. Fetch a new one first with Get-AksHciCredential and see that it works; the entries name the old certificate alone.',
  'revocation.note.kubeconfig-unmanaged':
    'Nobody renews the certificate in a kubeconfig by itself. If the cluster looks at revocations only when it renews something, this one may be accepted until it ends.',
  'revocation.note.kubeconfig-sure':
    'Sure remedies are sign-in by Active Directory in place of kubeconfigs with certificates, and a new cluster with a new authority.',
  'revocation.note.kubelet-server':
    'The server certificate of a kubelet cannot be revoked. Take the machine off the network, too.',
  'revocation.note.control-plane-keys':
    'A machine of a control plane commonly holds the keys of the cluster’s authorities. Who had it may have issued certificates that nobody knows of; only a new cluster with new authorities is sure to shut them out.',
  'revocation.note.nameless':
    '{count, plural, one {# certificate of the control plane names} other {# certificates of the control plane name}} no machine, and nothing tells on which one each of them lies. {count, plural, one {It was} other {They were}} not taken: add what you know of by its serial number.',
  'revocation.note.names-shared':
    'Names and addresses that several machines share, and those of the cluster itself, were left out: an entry for them would reach every API server.',
  'revocation.note.names-none':
    'No certificate that an entry reaches has a name or an address of this machine alone, so there is no entry by name.',
  'revocation.note.group-cutoff':
    'The entries reach what was issued before this moment. What is renewed afterwards stays valid, so a repair brings the group back.',
  'revocation.note.wait':
    'Wait five minutes before the repair: certificates are commonly backdated by as much, and one that is made sooner would count as older than the cutoff.',
} as const;
