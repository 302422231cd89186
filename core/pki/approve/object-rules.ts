import { BOOTSTRAP_GROUP } from '../../shared/secrets/bootstrap-token.ts';
import { readCsrState, SHORTEST_EXPIRATION_SECONDS, type CsrObject } from '../../shared/certificates/csr-object.ts';
import {
  CLIENT_APPROVAL,
  NODES_GROUP,
  SERVING_APPROVAL,
  shortened,
  shown,
  SIGNERS,
  type AskedFor,
  type RuleDefinition,
} from './rule.ts';

/** A request that was answered stays as it is: the answer cannot be revoked. */
export const UNDECIDED: RuleDefinition = {
  rule: 'undecided',
  citation: {
    certainty: 'from-code',
    work: 'kubernetes/kubernetes',
    place: 'pkg/controller/certificates/approver/sarapprove.go',
  },
  check: ({ object }) => ({ passed: readCsrState(object) === 'pending', params: { state: readCsrState(object) } }),
};

export const SIGNER: RuleDefinition = {
  rule: 'signer',
  citation: SIGNERS,
  check: ({ object, kind }) => ({ passed: kind !== 'other', params: { signer: shortened(object.signerName) } }),
};

/** Exactly these, with or without `key encipherment`, which only applies to an RSA key. */
const EXPECTED_USAGES = {
  client: ['digital signature', 'client auth'],
  serving: ['digital signature', 'server auth'],
} as const;
const OPTIONAL_USAGE = 'key encipherment';

export const USAGES: RuleDefinition = {
  rule: 'usages',
  citation: SIGNERS,
  check: ({ object, kind }) => {
    if (kind === 'other') return undefined;
    const expected: readonly string[] = EXPECTED_USAGES[kind];
    const asked = new Set(object.usages);
    asked.delete(OPTIONAL_USAGE);
    return {
      passed: asked.size === expected.length && expected.every((usage) => asked.has(usage)),
      params: { usages: shown(object.usages), expected: expected.join(', ') },
    };
  },
};

/** A request may also leave the lifetime to the signer. */
export const LIFETIME: RuleDefinition = {
  rule: 'lifetime',
  citation: { certainty: 'from-code', work: 'postfinance/kubelet-csr-approver', place: 'README' },
  check: ({ object, kind }, { longestSeconds }) => {
    if (kind === 'other') return undefined;
    const seconds = object.expirationSeconds;
    const shortest = SHORTEST_EXPIRATION_SECONDS;
    return {
      passed: seconds === undefined || (seconds >= shortest && seconds <= longestSeconds),
      params: { seconds: seconds ?? 0, shortest, longest: longestSeconds },
    };
  },
};

/** Only a node itself may request its serving certificate. */
export const REQUESTER_NODE: RuleDefinition = {
  rule: 'requester-node',
  citation: SERVING_APPROVAL,
  check: (asked) => {
    if (asked.kind !== 'serving' || asked.request === undefined) return undefined;
    return { passed: isNodeItself(asked), params: requesterParams(asked) };
  },
};

/**
 * A client certificate may be requested by the node itself, or by one that is joining and has only a bootstrap token.
 */
export const REQUESTER_CLIENT: RuleDefinition = {
  rule: 'requester-client',
  citation: CLIENT_APPROVAL,
  check: (asked, { bootstrapGroups = [BOOTSTRAP_GROUP] }) => {
    if (asked.kind !== 'client' || asked.request === undefined) return undefined;
    const mayBootstrap = bootstrapGroups.some((group) => asked.object.groups.includes(group));
    return { passed: mayBootstrap || isNodeItself(asked), params: requesterParams(asked) };
  },
};

function isNodeItself({ object, request }: AskedFor): boolean {
  const { username, groups } = object;
  return username !== undefined && username === request?.subject.cn && groups.includes(NODES_GROUP);
}

function requesterParams({ object, request }: AskedFor): Record<string, string> {
  return { username: getUsername(object), commonName: shortened(request?.subject.cn ?? '') };
}

function getUsername({ username = '' }: CsrObject): string {
  return shortened(username);
}
