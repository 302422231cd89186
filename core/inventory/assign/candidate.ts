import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import type { CredentialId, Layer } from '../../shared/ids.ts';
import type { KeyMatch } from '../model/credential.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Origin } from '../../shared/origin.ts';

interface CandidateBase {
  id: CredentialId;
  path: string;
  entry: string;
  line?: number;
  fileModified: Instant;
  origin: Origin;
  role: RoleId;
  layer: Layer;
  name: string;
  sample?: true;
}

export interface CertificateCandidate extends CandidateBase {
  kind: 'certificate';
  der: Uint8Array;
  facts: CertificateFacts;
  keyMatch: KeyMatch;
}

export interface TokenCandidate extends CandidateBase {
  kind: 'token';
  notBefore?: Instant;
  notAfter?: Instant;
  assumed: boolean;
  issuer?: string;
  subject?: string;
}

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
