import {
  readInhibitAnyPolicy,
  readPolicyConstraints,
  readPolicyMappings,
  type PolicyConstraints,
  type PolicyMapping,
} from '../../formats/x509/path-extensions.ts';
import { makeReason, type Reason } from '../model/verdict.ts';
import { isSelfIssued, type PathCandidate } from './candidate.ts';

const ANY_POLICY = '2.5.29.32.0';

/** Valid policies at one depth. `hasAny`: anyPolicy itself is valid. */
interface Level {
  nodes: Set<string>;
  hasAny: boolean;
}

/** Number of certificates, not counting self-issued ones, that may follow before a rule takes effect. */
interface Counters {
  explicit: number;
  mapping: number;
  any: number;
}

/**
 * Applies RFC 5280 sections 6.1.2 to 6.1.5 to a path, leaf first, without the root. Nobody asks for particular policies,
 * so the set of policies at each depth suffices: a tree of them can grow exponentially (RFC 9618 section 3).
 */
export function policyReasons(below: readonly PathCandidate[]): Reason[] {
  const downwards = [...below].reverse();
  const malformed = downwards.filter(isMalformed);
  if (malformed.length > 0) return malformed.map(({ reference }) => makeReason('policies-malformed', reference, {}));
  const count = downwards.length + 1;
  const counters: Counters = { explicit: count, mapping: count, any: count };
  let level: Level = { nodes: new Set(), hasAny: true };
  for (const [index, certificate] of downwards.entries()) {
    const isLeaf = index === downwards.length - 1;
    const isAnyAllowed = counters.any > 0 || (!isLeaf && isSelfIssued(certificate));
    level = restrictLevel(level, certificate, isAnyAllowed);
    // RFC 5280 section 6.1.3 (f)
    if (counters.explicit === 0 && isEmpty(level)) return [makeReason('policy-missing', certificate.reference, {})];
    if (isLeaf) countLeaf(counters, certificate);
    else {
      level = applyMappings(level, listMappings(certificate), counters.mapping > 0);
      countIssuer(counters, certificate);
    }
  }
  const [leaf] = below;
  if (leaf === undefined || counters.explicit > 0 || !isEmpty(level)) return [];
  return [makeReason('policy-missing', leaf.reference, {})];
}

/** Applies RFC 5280 section 6.1.3 (d) and (e). */
function restrictLevel({ nodes, hasAny }: Level, { facts }: PathCandidate, isAnyAllowed: boolean): Level {
  const stated = new Set(facts.policies);
  const keepsAll = stated.delete(ANY_POLICY) && isAnyAllowed;
  const kept = new Set([...nodes].filter((policy) => keepsAll || stated.has(policy)));
  if (hasAny) for (const policy of stated) kept.add(policy);
  return { nodes: kept, hasAny: hasAny && keepsAll };
}

/** Applies RFC 5280 section 6.1.4 (b) to `level`. */
function applyMappings(level: Level, mappings: readonly PolicyMapping[], isAllowed: boolean): Level {
  const { nodes, hasAny } = level;
  const next: Level = { nodes: new Set(), hasAny };
  for (const { issuerDomain } of mappings) {
    if (!isAllowed) nodes.delete(issuerDomain);
    else if (hasAny) nodes.add(issuerDomain);
  }
  for (const policy of nodes) {
    const targets = mappings.filter(({ issuerDomain }) => issuerDomain === policy);
    if (targets.length === 0) next.nodes.add(policy);
    for (const { subjectDomain } of targets) next.nodes.add(subjectDomain);
  }
  return next;
}

/** Applies RFC 5280 section 6.1.4 (h) to (j). */
function countIssuer(counters: Counters, certificate: PathCandidate): void {
  if (!isSelfIssued(certificate))
    for (const name of ['explicit', 'mapping', 'any'] as const) counters[name] = Math.max(counters[name] - 1, 0);
  const { requireExplicitPolicy = Infinity, inhibitPolicyMapping = Infinity } = policyConstraints(certificate);
  const inhibitAny = readInhibitAnyPolicy(certificate);
  counters.explicit = Math.min(counters.explicit, requireExplicitPolicy);
  counters.mapping = Math.min(counters.mapping, inhibitPolicyMapping);
  if (typeof inhibitAny === 'number') counters.any = Math.min(counters.any, inhibitAny);
}

/** Applies RFC 5280 section 6.1.5 (a) and (b). */
function countLeaf(counters: Counters, leaf: PathCandidate): void {
  counters.explicit = Math.max(counters.explicit - 1, 0);
  if (policyConstraints(leaf).requireExplicitPolicy === 0) counters.explicit = 0;
}

function isEmpty({ nodes, hasAny }: Level): boolean {
  return nodes.size === 0 && !hasAny;
}

function policyConstraints(certificate: PathCandidate): PolicyConstraints {
  const constraints = readPolicyConstraints(certificate);
  return constraints === undefined || constraints === 'malformed' ? {} : constraints;
}

function listMappings(certificate: PathCandidate): readonly PolicyMapping[] {
  const mappings = readPolicyMappings(certificate);
  return mappings === undefined || mappings === 'malformed' ? [] : mappings;
}

/**
 * Returns whether an extension is malformed or breaks a rule on which the evaluation depends. Source: RFC 5280 sections
 * 4.2.1.4, 4.2.1.5.
 */
function isMalformed(certificate: PathCandidate): boolean {
  const { policies, findings } = certificate.facts;
  const isBroken = findings.some(
    ({ rule, params }) =>
      params?.['extension'] === 'certificatePolicies' &&
      (rule === 'der.malformed-extension' || rule === 'der.duplicate-extension'),
  );
  const mapsAny = listMappings(certificate).some(({ issuerDomain, subjectDomain }) =>
    [issuerDomain, subjectDomain].includes(ANY_POLICY),
  );
  return (
    isBroken ||
    mapsAny ||
    new Set(policies).size < policies.length ||
    readPolicyMappings(certificate) === 'malformed' ||
    readPolicyConstraints(certificate) === 'malformed' ||
    readInhibitAnyPolicy(certificate) === 'malformed'
  );
}
