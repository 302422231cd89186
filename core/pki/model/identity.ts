import type { Role, RoleAssignment } from './access.ts';
import {
  ROLE_OF_CLIENT_TYPE as TYPED_CLIENTS,
  NAME_ENDINGS,
  NAME_WORDS,
  type IdentityName,
} from '../../knowledge/model/credentials/roles-names.ts';
import type { Instant } from '../../shared/instant.ts';
import { IDENTITY_PROFILE_IDS, type IdentityProfileId, type ProfileId } from './profile.ts';

/*
 * Identities of the cloud agent as stored: plain data without any secret. Tokens and keys are known only to their
 * holders; for a token, its id and its dates are kept, for a certificate its serial number.
 */

/** The type of a client, as spelled in login files. Source: microsoft/moc, pkg/auth, `ClientType`. */
export const CLIENT_TYPES = ['Admin', 'BareMetal', 'ControlPlane', 'ExternalClient', 'LoadBalancer', 'Node'] as const;
export type ClientType = (typeof CLIENT_TYPES)[number];

/** From when to when a token counts, by the clock of the cloud agent. */
export interface TokenValidity {
  issuedAt: Instant;
  /** From this second on it is refused. Source: RFC 7519 section 4.1.4. */
  expiresAt: Instant;
}

/** The current token. Every earlier one of the identity is refused. */
export interface TokenRecord extends TokenValidity {
  /** The claim `jti`. */
  id: string;
}

/** What is known of a certificate without its bytes. */
export interface CertificateRecord {
  serialHex: string;
  notBefore: Instant;
  /** Last second of validity. */
  notAfter: Instant;
  /** Renewals since its holder last proved who they are in another way, for instance by a token; 0 right after that. */
  renewCount: number;
}

/** A certificate of a client, on record with the cloud agent. */
export interface ClientCertificateRecord extends CertificateRecord {
  revokedAt?: Instant;
}

/** Who an identity is, whether it is kept or simulated. */
export interface IdentityFacts {
  /** Unique, ignoring case. */
  name: string;
  profile: ProfileId;
  clientType: ClientType;
  /** Whether its token is rotated without an update of host or cluster, while its certificate is valid. */
  autoRotate: boolean;
}

export interface Identity extends IdentityFacts {
  profile: IdentityProfileId;
  createdAt: Instant;
  /** Milliseconds from a token's issuance to its expiry. */
  tokenValidityMs: number;
  /** Where a rotated token is written; an absolute path in the form of its own system. */
  loginFilePath?: string;
  /** Number of tokens it has had; the newest is `token`. */
  generation: number;
  token: TokenRecord;
  /** Those that have not expired, oldest first. */
  certificates: readonly ClientCertificateRecord[];
  /** When it was revoked; absent while it is not. */
  revokedAt?: Instant;
}

/** Everything that a cloud agent has to remember in addition to its certificates and keys. */
export interface CloudAgentState {
  fqdn: string;
  location: string;
  /** Port of the service, with client certificates. */
  port: number;
  /** Port for logging in, with tokens. */
  authPort: number;
  identities: readonly Identity[];
  /** Made by an admin, in addition to the built-in ones. */
  roles: readonly Role[];
  assignments: readonly RoleAssignment[];
}

/**
 * The profile that fits an identity when none is named, determined in the same way as the inventory determines whose a
 * login file is: by an ending of the name, by the client type, by a word in the name; `extra-admin`, a client without
 * anything special, for the rest.
 */
export function findIdentityProfile({ name, clientType }: Pick<Identity, 'name' | 'clientType'>): IdentityProfileId {
  const lower = name.toLowerCase();
  const roleIn = (names: readonly IdentityName[]): string | undefined =>
    names.find(({ pattern }) => pattern.test(lower))?.certificate;
  const byType = TYPED_CLIENTS.get(clientType.toLowerCase())?.replace(/-token$/u, '');
  const role = roleIn(NAME_ENDINGS) ?? byType ?? roleIn(NAME_WORDS);
  return IDENTITY_PROFILE_IDS.find((id) => id === role) ?? 'extra-admin';
}

/** Longer names are cut off where they are shown. A name that contains a cluster name of 63 characters still fits. */
export const MAX_IDENTITY_NAME_LENGTH = 253;

export const IDENTITY_NAME_FAULTS = ['empty', 'tooLong', 'blankAtEnd', 'unprintable'] as const;
export type IdentityNameFault = (typeof IDENTITY_NAME_FAULTS)[number];

/**
 * Why a text cannot be the name of an identity; `undefined` when it can. Source: Microsoft documentation on multiple
 * administrators, according to which any text can; these limits are our own, based on what a certificate and a file can
 * hold.
 */
export function identityNameFault(name: string): IdentityNameFault | undefined {
  if (name.trim() === '') return 'empty';
  if (name.length > MAX_IDENTITY_NAME_LENGTH) return 'tooLong';
  if (name.trim() !== name) return 'blankAtEnd';
  return /[\p{Cc}\p{Surrogate}]/u.test(name) ? 'unprintable' : undefined;
}

/** Whether one name conflicts with another: two files on a Windows host cannot differ in case alone. */
export function isSameIdentityName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
