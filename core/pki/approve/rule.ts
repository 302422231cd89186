import type { ApprovalContext, ApprovalRule } from '../model/approval.ts';
import type { RequestFacts } from '../../shared/certificates/certificate-request.ts';
import { cite } from '../../knowledge/model/sources/sources.ts';
import type { Citation } from '../../shared/citation.ts';
import { cutName } from '../../formats/yaml/fields.ts';
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

export const SIGNERS = cite(
  'documented',
  'Kubernetes, Certificates and Certificate Signing Requests',
  'Kubernetes signers',
);
export const CLIENT_APPROVAL = cite('documented', 'Kubernetes, TLS bootstrapping', 'Approval');
export const SERVING_APPROVAL: Citation = { ...CLIENT_APPROVAL, place: 'Certificate rotation' };

const MAX_SHOWN = 5;

/** Limits the number and length of untrusted texts. */
export function shortenList(texts: readonly string[]): string {
  const few = texts.slice(0, MAX_SHOWN).map(cutName);
  return few.join(', ') + (texts.length > MAX_SHOWN ? ', …' : '');
}
