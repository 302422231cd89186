import type { ApprovalContext, ApprovalRule } from '../model/approval.ts';
import type { RequestFacts } from '../../shared/certificates/certificate-request.ts';
import type { Citation } from '../../shared/citation.ts';
import type { CsrObject } from '../../shared/certificates/csr-object.ts';

export interface AskedFor {
  object: CsrObject;
  /** No rule applies to `other`. */
  kind: 'client' | 'serving' | 'other';
  request?: RequestFacts;
  unreadable?: string;
  isSigned: boolean;
}

/** `undefined` if the rule does not apply. `params` are values of the message. */
type RuleAnswer = { passed: boolean; params?: Record<string, string | number> } | undefined;

export interface RuleDefinition {
  rule: ApprovalRule;
  /** Set if the signer does not enforce the rule. */
  isApproversOnly?: true;
  citation: Citation;
  check: (asked: AskedFor, context: ApprovalContext) => RuleAnswer;
}

export const KUBELETS = ['client', 'serving'] as const;

/** Applies `check` only to readable requests of these kinds. */
export function checkRequest(
  kinds: readonly AskedFor['kind'][],
  check: (request: RequestFacts, asked: AskedFor) => RuleAnswer,
): RuleDefinition['check'] {
  return (asked) =>
    asked.request !== undefined && kinds.includes(asked.kind) ? check(asked.request, asked) : undefined;
}

/** Source: Kubernetes documentation, "Using Node Authorization". */
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

/** Limits the number and length of untrusted texts. */
export function shortenList(texts: readonly string[]): string {
  const few = texts.slice(0, MAX_SHOWN).map(shortenText);
  return few.join(', ') + (texts.length > MAX_SHOWN ? ', …' : '');
}

export function shortenText(text: string): string {
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…`;
}
