import { findRequest } from '../../formats/kubernetes/csr-object.ts';
import { findObjection, kubeletCertificate } from '../../pki/approve/csr-signer.ts';
import { findSignerProfile } from '../../shared/certificates/csr-object.ts';
import { reviewRequest } from '../../pki/issue/sign-request.ts';
import type { AuthorityId } from '../../pki/model/authority.ts';
import type { ProfileId } from '../../pki/model/profile.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import type { RequestReview } from '../../pki/model/request-review.ts';
import type { Problem } from '../../shared/problem.ts';
import { findStateFault, readEnclosed } from './csr-objects.ts';
import { profileSignerEntry, type Keeping } from './kept.ts';
import type { SingleRequest } from './request-files.ts';

/** Shows what signing would do, without the key of the CA. */
export function reviewOperation(
  keeping: Keeping,
  request: { authorityId: AuthorityId; profile: ProfileId; allowed?: readonly string[] | undefined },
  file: SingleRequest,
): RequestReview {
  const { ports, store } = keeping;
  const kubelet = file.kind === 'object' ? findSignerProfile(file.object) : undefined;
  const profile = PROFILES[kubelet ?? request.profile];
  const authority = profileSignerEntry(keeping, store.get(request.authorityId), profile);
  const der = file.kind === 'request' ? file.der : readEnclosed(file.object);
  const asked = { der, profile, authority, allowed: request.allowed };
  const review = reviewRequest(ports, asked);
  if (file.kind === 'request') return addProblem(review, review.refusal);
  const { object } = file;
  if (kubelet === undefined) return addProblem(review, findStateFault(object) ?? review.refusal);
  const decoded = findRequest(object)?.decoded;
  if (decoded?.ok !== true) throw new Error('a reviewed request can be read');
  const certificate = kubeletCertificate(ports, { object, request: decoded.request, authority });
  // Kubernetes goes by the usages in the object, not by those in the request.
  const given: readonly string[] = [...certificate.keyUsage, ...certificate.extendedKeyUsage];
  const leftOut = { ...review.leftOut, usages: review.usages.filter((usage) => !given.includes(usage)) };
  return addProblem({ ...review, usages: object.usages, certificate, leftOut }, findObjection(ports, object));
}

/** Replaces the error, which cannot leave this process, by its problem. */
function addProblem(review: RequestReview, refusal: Problem | undefined): RequestReview {
  return { ...review, refusal: refusal && { code: refusal.code, params: refusal.params } };
}
