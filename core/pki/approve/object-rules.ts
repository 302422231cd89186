import { cutName } from '../../formats/yaml/fields.ts';
import { cite } from '../../knowledge/model/sources/sources.ts';
import type { RequestFacts } from '../../shared/certificates/certificate-request.ts';
import { BOOTSTRAP_GROUP } from '../../shared/secrets/bootstrap-token.ts';
import { readCsrState, SHORTEST_EXPIRATION_SECONDS, type CsrObject } from '../../shared/certificates/csr-object.ts';
import {
  checkRequest,
  CLIENT_APPROVAL,
  NODES_GROUP,
  SERVING_APPROVAL,
  shortenList,
  SIGNERS,
  type RuleDefinition,
} from './rule.ts';

/** A request may also contain `key encipherment`, which applies only to RSA keys. */
const EXPECTED_USAGES = {
  client: ['digital signature', 'client auth'],
  serving: ['digital signature', 'server auth'],
} as const;
const OPTIONAL_USAGE = 'key encipherment';

function isNodeItself({ subject }: RequestFacts, { username, groups }: CsrObject): boolean {
  return username !== undefined && username === subject.cn && groups.includes(NODES_GROUP);
}

function requesterParams({ subject }: RequestFacts, { username = '' }: CsrObject): Record<string, string> {
  return { username: cutName(username), commonName: cutName(subject.cn ?? '') };
}

export const CSR_OBJECT_RULES: readonly RuleDefinition[] = [
  /** The answer to a request is final. */
  {
    rule: 'undecided',
    isApproversOnly: true,
    citation: cite('from-code', 'kubernetes/kubernetes', 'pkg/controller/certificates/approver/sarapprove.go'),
    check: ({ object }) => ({ passed: readCsrState(object) === 'pending', params: { state: readCsrState(object) } }),
  },
  {
    rule: 'signer',
    citation: SIGNERS,
    check: ({ object, kind }) => ({ passed: kind !== 'other', params: { signer: cutName(object.signerName) } }),
  },
  {
    rule: 'usages',
    citation: SIGNERS,
    check: ({ object, kind }) => {
      if (kind === 'other') return undefined;
      const expected: readonly string[] = EXPECTED_USAGES[kind];
      const asked = new Set(object.usages);
      asked.delete(OPTIONAL_USAGE);
      return {
        passed: asked.size === expected.length && expected.every((usage) => asked.has(usage)),
        params: { usages: shortenList(object.usages), expected: expected.join(', ') },
      };
    },
  },
  /** A request may omit the lifetime; the signer then chooses it. */
  {
    rule: 'lifetime',
    isApproversOnly: true,
    citation: cite('from-code', 'postfinance/kubelet-csr-approver', 'README'),
    check: ({ object, kind }, { longestSeconds }) => {
      if (kind === 'other') return undefined;
      const seconds = object.expirationSeconds;
      const shortest = SHORTEST_EXPIRATION_SECONDS;
      return {
        passed: seconds === undefined || (seconds >= shortest && seconds <= longestSeconds),
        params: { seconds: seconds ?? 0, shortest, longest: longestSeconds },
      };
    },
  },
  /** Only the node itself may request a serving certificate. */
  {
    rule: 'requester-node',
    isApproversOnly: true,
    citation: SERVING_APPROVAL,
    check: checkRequest(['serving'], (request, { object }) => ({
      passed: isNodeItself(request, object),
      params: requesterParams(request, object),
    })),
  },
  {
    rule: 'requester-client',
    isApproversOnly: true,
    citation: CLIENT_APPROVAL,
    check: checkRequest(['client'], (request, { object }) => ({
      passed: object.groups.includes(BOOTSTRAP_GROUP) || isNodeItself(request, object),
      params: requesterParams(request, object),
    })),
  },
];
