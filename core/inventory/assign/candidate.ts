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
  /** Comes from a file of a sample fleet. */
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

/** One entry of one file: a credential found but not yet assigned to a cluster. */
export type CredentialCandidate = CertificateCandidate | TokenCandidate;

const NUMBERED = /^(.*)#(\d+)$/su;

/** Sorts by path, then entry, with numeric endings as numbers: an order independent of the order of reading. */
export function compareByPlace(left: { path: string; entry: string }, right: { path: string; entry: string }): number {
  return (
    compareText(left.path, right.path) ||
    compareText(stripEntryNumber(left.entry), stripEntryNumber(right.entry)) ||
    toNumber(left.entry) - toNumber(right.entry)
  );
}

/** The entry without its number in a file that holds several. */
function stripEntryNumber(entry: string): string {
  return NUMBERED.exec(entry)?.[1] ?? entry;
}

function toNumber(entry: string): number {
  return Number(NUMBERED.exec(entry)?.[2] ?? 0);
}

export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
