import type { Citation } from '../../shared/citation.ts';

/** In the order of the report. Texts: `approver.<rule>`; the comments list their values. */
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
  // Names
  'sans-absent', // names
  'sans-present',
  'sans-kinds', // names
  'node-known', // node
  'san-names', // node, names
  'san-addresses', // node, names
] as const;
export type ApprovalRule = (typeof APPROVAL_RULES)[number];

/** `params` are values of the message, empty if the rule does not apply. */
export interface ApprovalCheck {
  rule: ApprovalRule;
  outcome: 'passed' | 'failed' | 'not-applicable';
  params: Record<string, string | number>;
  citation: Citation;
}

/** `ignore` leaves the request to others, since a denial is final. */
export type ApprovalVerdict = 'approve' | 'deny' | 'ignore';

export interface Judgement {
  verdict: ApprovalVerdict;
  checks: ApprovalCheck[];
}

/** A node known from sources other than its own requests. */
export interface KnownNode {
  name: string;
  /** Names besides the node's own. */
  dnsNames: readonly string[];
  addresses: readonly string[];
}

export interface ApprovalContext {
  nodes: readonly KnownNode[];
  longestSeconds: number;
}
