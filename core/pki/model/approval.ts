import type { Citation } from '../../shared/citation.ts';

/** What a kubelet's certificate request is judged by, in the order in which it is told. Texts: `approver.<rule>`. */
export const APPROVAL_RULES = [
  // The object
  'undecided', // state
  'signer', // signer
  'usages', // usages, expected
  'lifetime', // seconds, shortest, longest
  'requester-node', // username, commonName
  'requester-client', // username, commonName
  // The PKCS #10 request
  'request-readable', // reason
  'signature', // algorithm
  'common-name', // commonName
  'organization', // organizations
  'no-authority',
  'key-strength', // key
  // Its names
  'sans-absent', // names
  'sans-present',
  'sans-kinds', // names
  'node-known', // node
  'san-names', // node, names
  'san-addresses', // node, names
] as const;
export type ApprovalRule = (typeof APPROVAL_RULES)[number];

export type CheckOutcome = 'passed' | 'failed' | 'not-applicable';

/** What one rule says of one request. `params` are the values of its text; those of a rule not applicable are empty. */
export interface ApprovalCheck {
  rule: ApprovalRule;
  outcome: CheckOutcome;
  params: Record<string, string | number>;
  citation: Citation;
}

/** `ignore` leaves the request to others: a denial cannot be taken back. */
export type Verdict = 'approve' | 'deny' | 'ignore';

export interface Judgement {
  verdict: Verdict;
  /** One for each rule, in their order. */
  checks: ApprovalCheck[];
}

/** What is known of a node from elsewhere than its own requests. */
export interface KnownNode {
  name: string;
  /** Names beside its own that lead to it. */
  dnsNames: readonly string[];
  /** IPv4 or IPv6. */
  addresses: readonly string[];
}

/** What requests are judged against. */
export interface ApprovalContext {
  nodes: readonly KnownNode[];
  /** The longest life that may be asked for. */
  longestSeconds: number;
  /** Whoever is in one of them may ask for a node's first client certificate; `system:bootstrappers` by default. */
  bootstrapGroups?: readonly string[];
}
