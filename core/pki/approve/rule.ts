import type { ApprovalContext, ApprovalRule } from '../model/approval.ts';
import type { RequestFacts } from '../../shared/certificates/certificate-request.ts';
import type { Citation } from '../../shared/citation.ts';
import type { CsrObject } from '../../shared/certificates/csr-object.ts';

/** A request as the rules see it. */
export interface AskedFor {
  object: CsrObject;
  /** By its signer; `other` does not concern us. */
  kind: 'client' | 'serving' | 'other';
  /** Absent when it cannot be read. */
  request?: RequestFacts;
  /** Why it cannot be read. */
  unreadable?: string;
  /** Whether the request was signed by the key to be certified. */
  isSigned: boolean;
}

/** Whether it passed, with the values of the text; `undefined` when the rule does not apply to such a request. */
type RuleAnswer = { passed: boolean; params?: Record<string, string | number> } | undefined;

export interface RuleDefinition {
  rule: ApprovalRule;
  /** Whoever signs does without it, regardless of who approved. */
  isApproversOnly?: true;
  citation: Citation;
  check: (asked: AskedFor, context: ApprovalContext) => RuleAnswer;
}

/** Kinds of requests that are of kubelets. */
export const KUBELETS = ['client', 'serving'] as const;

/** A check of the request inside, for objects of some kinds; it does not apply where the request cannot be read. */
export function checkRequest(
  kinds: readonly AskedFor['kind'][],
  check: (request: RequestFacts, asked: AskedFor) => RuleAnswer,
): RuleDefinition['check'] {
  return (asked) =>
    asked.request !== undefined && kinds.includes(asked.kind) ? check(asked.request, asked) : undefined;
}

/** User, group and names of nodes. Source: Kubernetes documentation, "Using Node Authorization". */
export const NODE_PREFIX = 'system:node:';
export const NODES_GROUP = 'system:nodes';

export const SIGNERS: Citation = {
  certainty: 'documented',
  work: 'Kubernetes, Certificates and Certificate Signing Requests',
  place: 'Kubernetes signers',
};
const TLS_BOOTSTRAPPING: Citation = { certainty: 'documented', work: 'Kubernetes, TLS bootstrapping' };
export const CLIENT_APPROVAL: Citation = { ...TLS_BOOTSTRAPPING, place: 'Approval' };
export const SERVING_APPROVAL: Citation = { ...TLS_BOOTSTRAPPING, place: 'Certificate rotation' };

const MAX_SHOWN = 5;
const MAX_LENGTH = 253;

/** Texts written by somebody else, limited in number and length so that they can be shown. */
export function shown(texts: readonly string[]): string {
  const few = texts.slice(0, MAX_SHOWN).map(shortened);
  return few.join(', ') + (texts.length > MAX_SHOWN ? ', …' : '');
}

export function shortened(text: string): string {
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…`;
}
