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

/** Source: RFC 5280 section 6.1.1 (c), (e) to (g). */
export interface PolicyRequest {
  /** Accepted policies by OID; default: any. */
  accepted?: readonly string[];
  requireExplicit?: boolean;
  inhibitMapping?: boolean;
  inhibitAny?: boolean;
}

/**
 * Valid policies at one depth, each with its parents one certificate above. A policy without parents descends from
 * anyPolicy. `hasAny`: anyPolicy itself is valid.
 */
interface Level {
  nodes: Map<string, Set<string>>;
  hasAny: boolean;
}

/** Number of certificates, not counting self-issued ones, that may follow before a rule takes effect. */
interface Counters {
  explicit: number;
  mapping: number;
  any: number;
}

/**
 * Applies RFC 5280 sections 6.1.2 to 6.1.5 to a path, leaf first, without the root. A policy tree can grow
 * exponentially, so a graph of its levels replaces it, with the same result (RFC 9618 section 3).
 */
export function policyReasons(below: readonly PathCandidate[], request: PolicyRequest = {}): Reason[] {
  const downwards = [...below].reverse();
  const malformed = downwards.filter(isMalformed);
  if (malformed.length > 0) return malformed.map(({ reference }) => makeReason('policies-malformed', reference, {}));
  const count = downwards.length + 1;
  const counters: Counters = {
    explicit: request.requireExplicit === true ? 0 : count,
    mapping: request.inhibitMapping === true ? 0 : count,
    any: request.inhibitAny === true ? 0 : count,
  };
  const levels: Level[] = [];
  let level: Level = { nodes: new Map(), hasAny: true };
  for (const [index, certificate] of downwards.entries()) {
    const isLeaf = index === downwards.length - 1;
    const isAnyAllowed = counters.any > 0 || (!isLeaf && isSelfIssued(certificate));
    level = restrictLevel(level, certificate, isAnyAllowed);
    levels.push(level);
    // RFC 5280 section 6.1.3 (f)
    if (counters.explicit === 0 && isEmpty(level)) return [makeReason('policy-missing', certificate.reference, {})];
    if (isLeaf) countLeaf(counters, certificate);
    else {
      level = applyMappings(level, listMappings(certificate), counters.mapping > 0);
      countIssuer(counters, certificate);
    }
  }
  const [leaf] = below;
  if (leaf === undefined || counters.explicit > 0 || isAcceptable(levels, request.accepted)) return [];
  return [makeReason('policy-missing', leaf.reference, {})];
}

/** Applies RFC 5280 section 6.1.3 (d) and (e). */
function restrictLevel({ nodes, hasAny }: Level, { facts }: PathCandidate, isAnyAllowed: boolean): Level {
  const stated = new Set(facts.policies);
  const keepsAll = stated.delete(ANY_POLICY) && isAnyAllowed;
  const kept = new Map([...nodes].filter(([policy]) => keepsAll || stated.has(policy)));
  if (hasAny) for (const policy of stated) if (!kept.has(policy)) kept.set(policy, new Set());
  return { nodes: kept, hasAny: hasAny && keepsAll };
}

/** Applies RFC 5280 section 6.1.4 (b) to `level`. */
function applyMappings(level: Level, mappings: readonly PolicyMapping[], isAllowed: boolean): Level {
  const { nodes, hasAny } = level;
  const next: Level = { nodes: new Map(), hasAny };
  const expect = (policy: string, from: string): void => {
    next.nodes.set(policy, (next.nodes.get(policy) ?? new Set()).add(from));
  };
  for (const { issuerDomain } of mappings) {
    if (!isAllowed) nodes.delete(issuerDomain);
    else if (hasAny && !nodes.has(issuerDomain)) nodes.set(issuerDomain, new Set());
  }
  for (const policy of nodes.keys()) {
    const targets = mappings.filter(({ issuerDomain }) => issuerDomain === policy);
    if (targets.length === 0) expect(policy, policy);
    for (const { subjectDomain } of targets) expect(subjectDomain, policy);
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

/** Applies RFC 5280 section 6.1.5 (g): a valid policy must descend from an accepted policy below the root. */
function isAcceptable(levels: readonly Level[], accepted: readonly string[] = []): boolean {
  const last = levels.at(-1);
  if (last === undefined || isEmpty(last)) return false;
  if (accepted.length === 0 || accepted.includes(ANY_POLICY) || last.hasAny) return true;
  let reached = new Set(last.nodes.keys());
  for (const { nodes } of [...levels].reverse()) {
    const above = new Set<string>();
    for (const policy of reached) {
      const parents = nodes.get(policy);
      // A policy whose parent is anyPolicy belongs to the root's own domain.
      if (parents?.size === 0 && accepted.includes(policy)) return true;
      for (const parent of parents ?? []) above.add(parent);
    }
    reached = above;
  }
  return false;
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
