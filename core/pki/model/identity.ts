import type { Role, RoleAssignment } from './access.ts';
import { roleByClientType, roleInName } from '../../knowledge/model/credentials/roles-names.ts';
import type { Instant } from '../../shared/instant.ts';
import { IDENTITY_PROFILE_IDS, type IdentityProfileId, type ProfileId } from './profile.ts';

/* Identities as stored, without secrets: a token by its ID and dates, a certificate by its serial number. */

/** Spelled as in login files. Source: microsoft/moc, pkg/auth, `ClientType`. */
export const CLIENT_TYPES = ['Admin', 'BareMetal', 'ControlPlane', 'ExternalClient', 'LoadBalancer', 'Node'] as const;
export type ClientType = (typeof CLIENT_TYPES)[number];

/** Times follow the clock of the cloud agent. */
export interface TokenValidity {
  issuedAt: Instant;
  /** The cloud agent refuses the token from this second on. */
  expiresAt: Instant;
}

/** The record of the latest token; the cloud agent refuses all earlier ones. */
export interface TokenRecord extends TokenValidity {
  /** The claim `jti`. */
  id: string;
}

export interface CertificateRecord {
  serialHex: string;
  notBefore: Instant;
  /** The last second of validity. */
  notAfter: Instant;
  /** Renewals since the last login. */
  renewCount: number;
}

export interface ClientCertificateRecord extends CertificateRecord {
  revokedAt?: Instant;
}

export interface IdentityFacts {
  /** Unique regardless of case. */
  name: string;
  profile: ProfileId;
  clientType: ClientType;
  /** Whether the identity renews itself, without an update of host or cluster, while its certificate is valid. */
  autoRotate: boolean;
}

export interface Identity extends IdentityFacts {
  profile: IdentityProfileId;
  createdAt: Instant;
  tokenValidityMs: number;
  generation: number;
  token: TokenRecord;
  /** Unexpired certificates, the oldest first. */
  certificates: readonly ClientCertificateRecord[];
  revokedAt?: Instant;
}

export interface CloudAgentState {
  fqdn: string;
  location: string;
  /** For connections with client certificates. */
  port: number;
  /** For logging in with tokens. */
  authPort: number;
  identities: readonly Identity[];
  /** Only those that an admin made. */
  roles: readonly Role[];
  assignments: readonly RoleAssignment[];
}

/**
 * Guesses the profile as the inventory does for login files: by the ending of the name, the client type, or a word in
 * the name; otherwise `extra-admin`, an ordinary client.
 */
export function findIdentityProfile({ name, clientType }: Pick<Identity, 'name' | 'clientType'>): IdentityProfileId {
  const role = roleInName(name, 'ending') ?? roleByClientType(clientType) ?? roleInName(name, 'word');
  return IDENTITY_PROFILE_IDS.find((id) => id === role) ?? 'extra-admin';
}

/** Longer names are truncated on screen. A name that includes a cluster name of 63 characters fits. */
export const MAX_IDENTITY_NAME_LENGTH = 253;

export const IDENTITY_NAME_FAULTS = ['empty', 'tooLong', 'blankAtEnd', 'unprintable'] as const;
export type IdentityNameFault = (typeof IDENTITY_NAME_FAULTS)[number];

/**
 * Returns the fault of a name, if any. The limits are our own, because of certificates and files; Microsoft's
 * documentation on multiple administrators allows any text.
 */
export function identityNameFault(name: string): IdentityNameFault | undefined {
  if (name.trim() === '') return 'empty';
  if (name.length > MAX_IDENTITY_NAME_LENGTH) return 'tooLong';
  if (name.trim() !== name) return 'blankAtEnd';
  return /[\p{Cc}\p{Surrogate}]/u.test(name) ? 'unprintable' : undefined;
}

/** Compares names of identities regardless of case, since file names on a Windows host cannot differ in case alone. */
export function isSameIdentityName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
