import type { Instant } from '../../shared/instant.ts';
import { contradicts, isSelfIssued, type PathCandidate, type Candidates } from './candidate.ts';
import type { Signatures } from './signature.ts';

/** Longer than any real chain. */
export const MAX_PATH_LENGTH = 32;
/** The limit stops hostile chains: many certificates of the same name form a vast number of paths. */
const MAX_STEPS = 128;

/** Each certificate, starting at the leaf, is followed by a possible issuer. */
export interface Path {
  certificates: readonly PathCandidate[];
  end: 'anchor' | 'no-issuer' | 'self-signed' | 'too-long';
}

export interface PathSearch {
  candidates: Candidates;
  signatures: Signatures;
  at: Instant;
}

/**
 * Yields at least one path from a leaf towards a root, the most promising first. Callers stop at the first good path.
 */
export function* pathsFrom(leaf: PathCandidate, search: PathSearch): Generator<Path> {
  const steps = { left: MAX_STEPS };
  yield* extendPath([leaf], search, steps);
}

function* extendPath(
  certificates: readonly PathCandidate[],
  search: PathSearch,
  steps: { left: number },
): Generator<Path> {
  const last = certificates.at(-1);
  if (last === undefined) return;
  if (last.isAnchor) {
    yield { certificates, end: 'anchor' };
    return;
  }
  const issuers = listIssuers(last, search).filter((each) => !certificates.includes(each));
  if (issuers.length === 0) {
    const isSelfSigned = isSelfIssued(last) && search.signatures.verify(last, last) === 'right';
    yield { certificates, end: isSelfSigned ? 'self-signed' : 'no-issuer' };
    return;
  }
  if (certificates.length >= MAX_PATH_LENGTH) {
    yield { certificates, end: 'too-long' };
    return;
  }
  for (const issuer of issuers) {
    if (steps.left <= 0) return;
    steps.left -= 1;
    yield* extendPath([...certificates, issuer], search, steps);
  }
}

/**
 * Lists certificates with the issuer's name: roots first, then those valid at the instant, then the newest. If the keys
 * of some verify the signature, lists only those. Key identifiers affect only the order. Source: RFC 5280 section
 * 4.2.1.1, RFC 4158 section 3.5.
 */
function listIssuers(certificate: PathCandidate, search: PathSearch): PathCandidate[] {
  const { candidates, signatures, at } = search;
  const named = [...candidates.anchors, ...candidates.others].filter(
    (each) => each !== certificate && each.subjectKey === certificate.issuerKey,
  );
  const likely = named.filter((each) => !contradicts(certificate.facts, each));
  const isSigner = (each: PathCandidate): boolean => signatures.verify(certificate, each) === 'right';
  const signers = likely.filter(isSigner);
  if (signers.length === 0) signers.push(...named.filter((each) => !likely.includes(each) && isSigner(each)));
  const rank = (each: PathCandidate): number =>
    (each.isAnchor ? 2 : 0) + (each.facts.notBefore <= at && at <= each.facts.notAfter ? 1 : 0);
  return (signers.length > 0 ? signers : likely).sort(
    (one, other) => rank(other) - rank(one) || (one.facts.notBefore < other.facts.notBefore ? 1 : -1),
  );
}
