import type { Instant } from '../../shared/instant.ts';
import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';
import { makeReason, type Reason, type PathVerdict } from '../model/verdict.ts';
import type { IssuePorts } from '../issue/issue.ts';
import { getCandidates, type PathCandidate } from './candidate.ts';
import { certificateReasons } from './certificate-rules.ts';
import { issuanceReasons, issuerReasons } from './issuer-rules.ts';
import { coversName } from './name.ts';
import { nameReasons } from './name-constraints.ts';
import { MAX_PATH_LENGTH, pathsFrom, type Path } from './path.ts';
import { policyReasons } from './policies.ts';
import { purposeReasons, type KeyPurpose } from './purpose.ts';
import { Signatures } from './signature.ts';
import { crlReasons, decodeCrls, objectReasons, type GivenCrl } from './status.ts';

export interface VerifyRequest {
  /** DER: the certificate to verify, then possible issuers in any order. */
  chain: readonly Uint8Array[];
  /** DER. Roots are usually self-signed, but need not be. */
  roots: readonly Uint8Array[];
  /** DER; used with `revocationCheck`. */
  crls: readonly Uint8Array[];
  /** Always checked; none by default. Kubelet server certificates are exempt. */
  revocations?: readonly RenewRevocation[];
  at: Instant;
  purpose: KeyPurpose;
  name?: string;
  revocationCheck: boolean;
}

/**
 * Validates a path by RFC 5280 section 6 at openssl's security level 2, and lists every reason. The first path without
 * an error counts, or else the path with the fewest errors. docs/verification.md lists all rules.
 */
export function verifyChain(ports: IssuePorts, request: VerifyRequest): PathVerdict {
  const candidates = getCandidates(request.chain, request.roots);
  const { leaf } = candidates;
  if (leaf === undefined) return { accepted: false, reasons: candidates.reasons, path: [] };
  const { crls, reasons: unreadable } = request.revocationCheck
    ? decodeCrls(request.crls, leaf)
    : { crls: [], reasons: [] };
  const signatures = new Signatures(ports);
  const judge = (path: Path): Reason[] => pathReasons(ports, path, { request, signatures, crls });
  const search = { candidates, signatures, at: request.at };
  const { path, reasons } = chooseBest(pathsFrom(leaf, search), judge);
  const all = [...reasons, ...unreadable, ...candidates.reasons];
  return { accepted: errorsIn(all) === 0, reasons: all, path: path.certificates.map(({ reference }) => reference) };
}

interface JudgedPath {
  path: Path;
  reasons: Reason[];
}

function chooseBest(paths: Iterable<Path>, judge: (path: Path) => Reason[]): JudgedPath {
  let best: (JudgedPath & { cost: number }) | undefined;
  for (const path of paths) {
    const reasons = judge(path);
    const cost = errorsIn(reasons);
    if (cost === 0) return { path, reasons };
    // A path to a root is preferred whatever its errors, because it is more informative.
    const isCloser =
      best === undefined ||
      (path.end === 'anchor' && best.path.end !== 'anchor') ||
      ((path.end === 'anchor') === (best.path.end === 'anchor') && cost < best.cost);
    if (isCloser) best = { path, reasons, cost };
  }
  if (best === undefined) throw new Error('a search for paths yields at least one');
  return best;
}

function errorsIn(reasons: readonly Reason[]): number {
  return reasons.filter(({ severity }) => severity === 'error').length;
}

function pathReasons(
  ports: IssuePorts,
  path: Path,
  { request, signatures, crls }: { request: VerifyRequest; signatures: Signatures; crls: readonly GivenCrl[] },
): Reason[] {
  const { certificates } = path;
  const { at, purpose, name, revocations = [] } = request;
  const [leaf] = certificates;
  // Policies do not apply to the root, which is trusted because it was given. Source: RFC 5280 section 6.1.
  const belowRoot = path.end === 'anchor' ? certificates.slice(0, -1) : certificates;
  const ofPath = [...purposeReasons(certificates, purpose), ...policyReasons(belowRoot)];
  return certificates.flatMap((certificate, index) => {
    const { reference, facts } = certificate;
    const issuer = certificates[index + 1];
    return [
      ...certificateReasons(certificate, at),
      ...(index === 0 ? [] : issuerReasons(certificate, certificates.slice(0, index))),
      ...(issuer === undefined ? [] : issuanceReasons(certificate, issuer, signatures)),
      ...(certificate.isAnchor ? [] : objectReasons(certificate, revocations)),
      ...(issuer === undefined || !request.revocationCheck ? [] : crlReasons(ports, { certificate, issuer, crls, at })),
      ...nameReasons(certificate, certificates.slice(index + 1), certificate === leaf),
      ...ofPath.filter((reason) => reason.certificate === reference),
      ...(certificate === leaf && name !== undefined && !coversName(facts.sans, name)
        ? [makeReason('name-not-covered', reference, { name })]
        : []),
      ...(issuer === undefined ? endReasons(certificate, path.end) : []),
    ];
  });
}

function endReasons({ reference, facts }: PathCandidate, end: Path['end']): Reason[] {
  switch (end) {
    case 'anchor':
      return [];
    case 'self-signed':
      return [makeReason('untrusted-root', reference, {})];
    case 'no-issuer':
      return [makeReason('unknown-issuer', reference, { issuer: facts.issuer.text })];
    case 'too-long':
      return [makeReason('chain-too-long', reference, { limit: MAX_PATH_LENGTH })];
  }
}
