import { cutName } from '../../formats/yaml/fields.ts';
import { cite } from '../../knowledge/model/sources/sources.ts';
import type { RequestFacts } from '../../shared/certificates/certificate-request.ts';
import { checkRequest, KUBELETS, NODE_PREFIX, NODES_GROUP, shortenList, SIGNERS, type RuleDefinition } from './rule.ts';

/** Faults that allow two parsers to interpret a request differently. */
const AMBIGUOUS: ReadonlySet<string> = new Set([
  'der.bit-string',
  'der.trailing-bytes',
  'der.trailing-data',
  'der.string-invalid',
  'der.embedded-nul',
  'request.version',
  'der.public-key',
  'der.explicit-curve',
  'der.extension-list',
  'der.malformed-extension',
  'der.duplicate-extension',
  'request.attribute-list',
  'request.malformed-attribute',
  'request.duplicate-attribute',
  'der.ip-length',
  'der.more-findings',
]);

/** Matches a DNS subdomain name. Source: Kubernetes documentation, "Nodes". */
const NODE_NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/u;

export function nodeNameIn({ subject }: RequestFacts): string | undefined {
  const [commonName, another] = subject.attributes.filter(({ name }) => name === 'CN');
  if (commonName === undefined || another !== undefined) return undefined;
  if (!commonName.value.startsWith(NODE_PREFIX)) return undefined;
  const name = commonName.value.slice(NODE_PREFIX.length);
  return NODE_NAME.test(name) ? name : undefined;
}

/** An RSA key of this length has 112 bits of security. */
const SHORTEST_RSA_BITS = 2048;
const CURVES: ReadonlySet<string> = new Set(['P-256', 'P-384', 'P-521']);

export function isStrongKey({ algorithm, bits = 0, curve = '' }: RequestFacts['key']): boolean {
  if (algorithm === 'RSA') return bits >= SHORTEST_RSA_BITS;
  return algorithm === 'EC' ? CURVES.has(curve) : algorithm === 'Ed25519';
}

export function keyText({ algorithm, bits, curve }: RequestFacts['key']): string {
  return [algorithm, curve ?? bits].filter((part) => part !== undefined).join(' ');
}

export const CSR_REQUEST_RULES: readonly RuleDefinition[] = [
  {
    rule: 'request-readable',
    citation: SIGNERS,
    check: ({ request, kind, unreadable }) => {
      if (kind === 'other') return undefined;
      const reason = unreadable ?? request?.findings.find(({ rule }) => AMBIGUOUS.has(rule))?.rule;
      return { passed: reason === undefined, params: { reason: reason ?? '' } };
    },
  },
  /** Without this rule, anybody could obtain a certificate for somebody else's key. */
  {
    rule: 'signature',
    citation: cite('documented', 'RFC 2986', 'Section 3'),
    check: checkRequest(KUBELETS, (request, { isSigned }) => ({
      passed: isSigned,
      params: { algorithm: request.signatureAlgorithm.name },
    })),
  },
  {
    rule: 'common-name',
    citation: SIGNERS,
    check: checkRequest(KUBELETS, (request) => ({
      passed: nodeNameIn(request) !== undefined,
      params: { commonName: cutName(request.subject.cn ?? '') },
    })),
  },
  {
    rule: 'organization',
    citation: SIGNERS,
    check: checkRequest(KUBELETS, ({ subject: { o } }) => ({
      passed: o.length === 1 && o[0] === NODES_GROUP,
      params: { organizations: shortenList(o) },
    })),
  },
  {
    rule: 'no-authority',
    citation: SIGNERS,
    check: checkRequest(KUBELETS, ({ isCa, keyUsage }) => ({ passed: !isCa && !keyUsage.includes('keyCertSign') })),
  },
  {
    rule: 'key-strength',
    citation: cite('inferred', 'NIST SP 800-57 Part 1', 'Table 2'),
    check: checkRequest(KUBELETS, ({ key }) => ({ passed: isStrongKey(key), params: { key: keyText(key) } })),
  },
];
