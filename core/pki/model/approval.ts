import type { Citation } from '../../shared/citation.ts';

/**
 * The rules by which a kubelet's certificate request is judged, in the order in which they are reported. Texts:
 * `approver.<rule>`.
 */
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

/**
 * The result of one rule for one request. `params` are the values of its text; they are empty when the rule is not
 * applicable.
 */
export interface ApprovalCheck {
  rule: ApprovalRule;
  outcome: CheckOutcome;
  params: Record<string, string | number>;
  citation: Citation;
}

/** `ignore` leaves the request to others: a denial cannot be revoked. */
export type ApprovalVerdict = 'approve' | 'deny' | 'ignore';

export interface Judgement {
  verdict: ApprovalVerdict;
  /** One for each rule, in order. */
  checks: ApprovalCheck[];
}

/** What is known about a node from sources other than its own requests. */
export interface KnownNode {
  name: string;
  /** Names in addition to its own that lead to it. */
  dnsNames: readonly string[];
  /** IPv4 or IPv6. */
  addresses: readonly string[];
}

/** The information against which requests are judged. */
export interface ApprovalContext {
  nodes: readonly KnownNode[];
  /** The longest lifetime that may be requested. */
  longestSeconds: number;
}
