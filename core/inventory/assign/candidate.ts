import type { CertificateCredential, TokenCredential } from '../model/credential.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Origin } from '../../shared/origin.ts';

interface CandidatePlace {
  path: string;
  entry: string;
  line?: number;
  fileModified: Instant;
  origin: Origin;
  sample?: true;
}

type StoredFields = 'sources' | 'firstReadAt';
export interface CertificateCandidate extends CandidatePlace, Omit<CertificateCredential, StoredFields> {}
export interface TokenCandidate extends CandidatePlace, Omit<TokenCredential, StoredFields> {}

/** A credential in one entry of one file, not yet assigned to a cluster. */
export type CredentialCandidate = CertificateCandidate | TokenCandidate;

const NUMBERED = /^(.*)#(\d+)$/su;

/** Sorts by path, then entry, with final numbers in numeric order, so that the order of reading does not matter. */
export function compareByPlace(left: { path: string; entry: string }, right: { path: string; entry: string }): number {
  const byPath = compareText(left.path, right.path);
  if (byPath !== 0 || left.entry === right.entry) return byPath;
  const [, leftEntry = left.entry, leftNumber = 0] = NUMBERED.exec(left.entry) ?? [];
  const [, rightEntry = right.entry, rightNumber = 0] = NUMBERED.exec(right.entry) ?? [];
  return compareText(leftEntry, rightEntry) || Number(leftNumber) - Number(rightNumber);
}

export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
