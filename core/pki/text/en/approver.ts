/**
 * Results of the rules for kubelet requests; rule ids in `core/pki/model/approval.ts`. `outcome` is the result of the
 * rule: `passed`, `failed` or `not-applicable`.
 */
export default {
  'approver.verdict.approve': 'Approve: every rule is met.',
  'approver.verdict.deny': 'Deny: a rule is not met.',
  'approver.verdict.ignore': 'Leave alone: this is not for this approver to decide.',

  'approver.undecided':
    '{outcome, select, passed {Nobody has answered the request yet.} other {The request was {state, select, approved {approved} denied {denied} failed {given up by its signer} other {answered with a certificate}} already, which cannot be taken back.}}',
  'approver.signer':
    '{outcome, select, passed {It asks a signer of kubelet certificates ({signer}).} other {It asks {signer}, which is no signer of kubelet certificates.}}',
  'approver.usages':
    '{outcome, select, passed {The usages are as the signer demands ({usages}).} failed {The usages ({usages}) must be {expected}, with key encipherment at most beside them.} other {Which usages are right is not known of this signer.}}',
  'approver.lifetime':
    '{outcome, select, passed {{seconds, plural, =0 {The lifetime is left to the signer.} other {A lifetime of # seconds is asked for, which is allowed.}}} failed {A lifetime of {seconds} seconds is asked for; allowed are {shortest} to {longest}.} other {Which lifetime is right is not known of this signer.}}',
  'approver.requester-node':
    '{outcome, select, passed {The node asks for itself ({username}).} failed {“{username}” asks for “{commonName}”. A serving certificate may only be asked for by the node itself, in the group system:nodes.} other {Only who asks for a serving certificate must be the node itself.}}',
  'approver.requester-client':
    '{outcome, select, passed {“{username}” may ask for this client certificate.} failed {“{username}” asks for “{commonName}”. That may only the node itself, in the group system:nodes, or whoever signs in with a bootstrap token.} other {This counts for client certificates only.}}',
  'approver.request-readable':
    '{outcome, select, passed {The request can be read, and in one way only.} failed {The request cannot be read, or programs may read it in different ways ({reason}).} other {The request was not looked at.}}',
  'approver.signature':
    '{outcome, select, passed {Whoever asks holds the private key: the signature is right ({algorithm}).} failed {The signature is not by the key in the request ({algorithm}). Somebody may ask for a key that is not theirs.} other {The signature was not looked at.}}',
  'approver.common-name':
    '{outcome, select, passed {The common name is that of a node ({commonName}).} failed {The common name “{commonName}” must be system:node: and the name of a node, and there must be one only.} other {The common name was not looked at.}}',
  'approver.organization':
    '{outcome, select, passed {The group is system:nodes and no other.} failed {The groups “{organizations}” are asked for; it must be system:nodes alone. Any other group gives its rights to whoever asks.} other {The group was not looked at.}}',
  'approver.no-authority':
    '{outcome, select, passed {It does not ask to become a CA.} failed {It asks to become a CA, which no signer of kubelet certificates may grant.} other {Whether it asks to become a CA was not looked at.}}',
  'approver.key-strength':
    '{outcome, select, passed {The key is strong enough ({key}).} failed {The key is too weak or unusual ({key}): RSA needs 2048 bits, EC one of P-256, P-384 and P-521.} other {The key was not looked at.}}',
  'approver.sans-absent':
    '{outcome, select, passed {It names no host and no address, as is right for a client.} failed {It asks for subject alternative names ({names}), which a client certificate must not have.} other {This counts for client certificates only.}}',
  'approver.sans-present':
    '{outcome, select, passed {It names at least one host or address.} failed {It names neither a host nor an address, so no client could verify the server.} other {This counts for serving certificates only.}}',
  'approver.sans-kinds':
    '{outcome, select, passed {It names hosts and addresses only.} failed {It names something else than hosts and addresses ({names}).} other {This counts for serving certificates only.}}',
  'approver.node-known':
    '{outcome, select, passed {The node {node} is known.} failed {The node {node} is not known here, so nothing can be said of its names. Somebody who knows it should decide.} other {This counts for serving certificates of a node only.}}',
  'approver.san-names':
    '{outcome, select, passed {Every name belongs to the node {node}.} failed {Names that do not belong to the node {node}: {names}. With them it could pose as another server.} other {Whose the names are was not looked at.}}',
  'approver.san-addresses':
    '{outcome, select, passed {Every address belongs to the node {node}.} failed {Addresses that do not belong to the node {node}: {names}. With them it could pose as another server.} other {Whose the addresses are was not looked at.}}',
} as const;
