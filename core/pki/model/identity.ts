import type { Role, RoleAssignment } from './access.ts';
import { roleByClientType, roleInName } from '../../knowledge/model/credentials/roles-names.ts';
import type { Instant } from '../../shared/instant.ts';
import { IDENTITY_PROFILE_IDS, type IdentityProfileId, type ProfileId } from './profile.ts';

/*
 * Identities as stored, without secrets: of a token its id and dates, of a certificate its serial number.
 */

/** Spelled as in login files. Source: microsoft/moc, pkg/auth, `ClientType`. */
export const CLIENT_TYPES = ['Admin', 'BareMetal', 'ControlPlane', 'ExternalClient', 'LoadBalancer', 'Node'] as const;
export type ClientType = (typeof CLIENT_TYPES)[number];

/** By the clock of the cloud agent. */
export interface TokenValidity {
  issuedAt: Instant;
  /** From this second on it is refused. Source: RFC 7519 section 4.1.4. */
  expiresAt: Instant;
}

/** Every earlier one of the identity is refused. */
export interface TokenRecord extends TokenValidity {
  /** The claim `jti`. */
  id: string;
}

/** Without its bytes. */
export interface CertificateRecord {
  serialHex: string;
  notBefore: Instant;
  /** Last second of validity. */
  notAfter: Instant;
  /** Since the last login. */
  renewCount: number;
}

export interface ClientCertificateRecord extends CertificateRecord {
  revokedAt?: Instant;
}

/** Kept or simulated. */
export interface IdentityFacts {
  /** Unique, ignoring case. */
  name: string;
  profile: ProfileId;
  clientType: ClientType;
  /** Without an update of host or cluster, while its certificate is valid. */
  autoRotate: boolean;
}

export interface Identity extends IdentityFacts {
  profile: IdentityProfileId;
  createdAt: Instant;
  /** From issuance to expiry. */
  tokenValidityMs: number;
  /** Gets rotated tokens; an absolute path in the form of its own system. */
  loginFilePath?: string;
  /** Tokens so far. */
  generation: number;
  token: TokenRecord;
  /** Unexpired, oldest first. */
  certificates: readonly ClientCertificateRecord[];
  revokedAt?: Instant;
}

/** Beside certificates and keys. */
export interface CloudAgentState {
  fqdn: string;
  location: string;
  /** With client certificates. */
  port: number;
  /** For logging in with tokens. */
  authPort: number;
  identities: readonly Identity[];
  /** Beside the built-in ones. */
  roles: readonly Role[];
  assignments: readonly RoleAssignment[];
}

/**
 * Guesses as the inventory does for login files: by an ending of the name, the client type, or a word in the name; else
 * `extra-admin`, a client without anything special.
 */
export function findIdentityProfile({ name, clientType }: Pick<Identity, 'name' | 'clientType'>): IdentityProfileId {
  const role = roleInName(name, 'ending') ?? roleByClientType(clientType) ?? roleInName(name, 'word');
  return IDENTITY_PROFILE_IDS.find((id) => id === role) ?? 'extra-admin';
}

/** Longer names are cut off where they are shown; one with a cluster name of 63 characters fits. */
export const MAX_IDENTITY_NAME_LENGTH = 253;

export const IDENTITY_NAME_FAULTS = ['empty', 'tooLong', 'blankAtEnd', 'unprintable'] as const;
export type IdentityNameFault = (typeof IDENTITY_NAME_FAULTS)[number];

/**
 * The limits are our own, by what a certificate and a file can hold: Microsoft's documentation on multiple
 * administrators allows any text.
 */
export function identityNameFault(name: string): IdentityNameFault | undefined {
  if (name.trim() === '') return 'empty';
  if (name.length > MAX_IDENTITY_NAME_LENGTH) return 'tooLong';
  if (name.trim() !== name) return 'blankAtEnd';
  return /[\p{Cc}\p{Surrogate}]/u.test(name) ? 'unprintable' : undefined;
}

/** Files on a Windows host cannot differ in case alone. */
export function isSameIdentityName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
