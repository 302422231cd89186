import { PROFILES } from '../model/profiles.ts';
import type { ApprovalCheck, ApprovalContext, ApprovalRule, Judgement, ApprovalVerdict } from '../model/approval.ts';
import { findSignerProfile, type CsrCondition, type CsrObject } from '../../shared/certificates/csr-object.ts';
import type { Citation } from '../../shared/citation.ts';
import { SECOND_MS, type Instant } from '../../shared/instant.ts';
import { findRequest } from '../../formats/kubernetes/csr-object.ts';
import { isRequestSigned } from '../../formats/x509/csr.ts';
import type { Ports } from '../../shared/ports.ts';
import { CSR_OBJECT_RULES } from './object-rules.ts';
import { CSR_REQUEST_RULES } from './request-rules.ts';
import { SIGNERS, type AskedFor, type RuleDefinition } from './rule.ts';
import { CSR_SAN_RULES } from './san-rules.ts';

const RULES: readonly RuleDefinition[] = [...CSR_OBJECT_RULES, ...CSR_REQUEST_RULES, ...CSR_SAN_RULES];
/** The signer enforces these rules for every approved request. */
const SIGNER_RULES = RULES.filter(({ isApproversOnly }) => isApproversOnly !== true);

/** Source: the article. */
export const USUAL_LONGEST_SECONDS = PROFILES['kubelet-client'].validityMs.value / SECOND_MS;

/** Says how an admin answers with kubectl. */
export const APPROVAL_ANSWER: Citation = { ...SIGNERS, place: 'Approval or rejection using kubectl' };

export const RULE_CITATIONS: ReadonlyMap<ApprovalRule, Citation> = new Map(
  RULES.map(({ rule, citation }) => [rule, citation]),
);

/** A request that fails one of these rules is ignored rather than denied. */
const LEAVES_ALONE: ReadonlySet<string> = new Set(['undecided', 'signer', 'node-known']);

/**
 * Returns `ignore` for requests that are already answered, belong to other signers or come from unknown nodes;
 * otherwise `deny` if any rule fails. Sources: Kubernetes documentation, "Kubernetes signers" and "TLS bootstrapping";
 * postfinance/kubelet-csr-approver.
 */
export function judgeRequest(
  ports: Pick<Ports, 'keys'>,
  { object, context }: { object: CsrObject; context: ApprovalContext },
): Judgement {
  const checks = listChecks(RULES, readCsrObject(ports, object), context);
  return { verdict: getVerdict(checks), checks };
}

function getVerdict(checks: readonly ApprovalCheck[]): ApprovalVerdict {
  const failed = listFailedRules(checks);
  if (failed.includes('undecided') || failed.includes('signer')) return 'ignore';
  if (failed.some((rule) => !LEAVES_ALONE.has(rule))) return 'deny';
  return failed.length > 0 ? 'ignore' : 'approve';
}

function listFailedRules(checks: readonly ApprovalCheck[]): ApprovalRule[] {
  return checks.filter(({ outcome }) => outcome === 'failed').map(({ rule }) => rule);
}

export function signerObjections(ports: Pick<Ports, 'keys'>, object: CsrObject): ApprovalRule[] {
  const context: ApprovalContext = { nodes: [], longestSeconds: Infinity };
  return listFailedRules(listChecks(SIGNER_RULES, readCsrObject(ports, object), context));
}

function listChecks(rules: readonly RuleDefinition[], asked: AskedFor, context: ApprovalContext): ApprovalCheck[] {
  return rules.map(({ rule, citation, check }) => {
    const answer = check(asked, context);
    if (answer === undefined) return { rule, outcome: 'not-applicable', params: {}, citation };
    const outcome = answer.passed ? 'passed' : 'failed';
    return { rule, outcome, params: answer.params ?? {}, citation };
  });
}

function readCsrObject({ keys }: Pick<Ports, 'keys'>, object: CsrObject): AskedFor {
  const profile = findSignerProfile(object);
  const kind = profile === undefined ? 'other' : profile === 'kubelet-server' ? 'serving' : 'client';
  const enclosed = findRequest(object);
  if (enclosed === undefined) return { object, kind, unreadable: 'csr-object.not-pem', isSigned: false };
  const { der, decoded } = enclosed;
  if (!decoded.ok) return { object, kind, unreadable: decoded.finding.rule, isSigned: false };
  const { request } = decoded;
  return { object, kind, request, isSigned: isRequestSigned(keys, der, request) };
}

/**
 * Adds the answer to the conditions, except for `ignore`. Source: Kubernetes documentation, "Approval or rejection
 * using the Kubernetes API".
 */
export function addVerdict(object: CsrObject, judgement: Judgement, now: Instant): CsrObject {
  const { verdict, checks } = judgement;
  if (verdict === 'ignore') return object;
  return verdict === 'approve'
    ? addCondition(object, 'Approved', { reason: 'ArcwardenApproved', message: 'Every rule is met.', now })
    : addCondition(object, 'Denied', {
        reason: 'ArcwardenDenied',
        message: `Not met: ${listFailedRules(checks).join(', ')}.`,
        now,
      });
}

export function addCondition(
  object: CsrObject,
  type: 'Approved' | 'Denied',
  { reason, message, now }: { reason: string; message: string; now: Instant },
): CsrObject {
  const moments = { lastUpdateTime: now, lastTransitionTime: now };
  const condition: CsrCondition = { type, status: 'True', reason, message, ...moments };
  return { ...object, conditions: [...object.conditions, condition] };
}
