import { z } from 'zod';
import { AUTHORITY_KINDS, type AuthorityId, type KeyFileId } from '../../pki/model/authority.ts';
import { ANY_PROVIDERS, GRANT_OPERATIONS, type Role, type RoleAssignment } from '../../pki/model/access.ts';
import { CRL_REASONS } from '../../shared/certificates/crl.ts';
import { CLIENT_TYPES, type Identity } from '../../pki/model/identity.ts';
import { IDENTITY_PROFILE_IDS, PROFILE_IDS } from '../../pki/model/profile.ts';
import { credentialId, instantField } from '../../shared/contract/schemas.ts';
import { isClusterId } from '../../shared/ids.ts';

const SHA256_HEX = /^[0-9a-f]{64}$/u;
const KEYRING_ID = /^[0-9a-f]{32}$/u;

const authorityId = z.custom<AuthorityId>((value) => typeof value === 'string' && isClusterId(value));
const keyFileId = z.custom<KeyFileId>((value) => typeof value === 'string' && SHA256_HEX.test(value));
const port = z.int().min(1).max(65_535);

export const authorityFile = z.object({
  authority: z.object({
    id: authorityId,
    name: z.string().min(1),
    kind: z.enum(AUTHORITY_KINDS),
    createdAt: instantField,
    sample: z.boolean(),
    entries: z.array(z.unknown()),
    crlNumbers: z.record(z.string().regex(SHA256_HEX), z.int().min(0)),
    cloudAgent: z
      .object({
        tokenKeyFile: keyFileId.nullable(),
        fqdn: z.string(),
        location: z.string(),
        port,
        authPort: port,
        identities: z.array(z.unknown()),
        // Absent in files of earlier releases.
        roles: z.array(z.unknown()).default([]),
        assignments: z.array(z.unknown()).default([]),
      })
      .optional(),
  }),
});
export type AuthorityFile = z.infer<typeof authorityFile>;

/*
 * Entries are checked one by one, so that a bad one does not hide the others. The same schemas apply on writing, so
 * that no other property of an object, such as a key, reaches the disk.
 */

export const authorityEntry = z.object({
  id: credentialId,
  der: z.string(),
  profile: z.enum(PROFILE_IDS).nullable(),
  issuer: z.union([z.literal('self'), credentialId]),
  keyFile: keyFileId.nullable(),
  issuedAt: instantField,
  supersededBy: credentialId.optional(),
  revoked: z
    .object({
      at: instantField,
      reason: z.enum(CRL_REASONS.filter((reason) => reason !== undefined)).exclude(['removeFromCRL']),
      invalidityDate: instantField.optional(),
    })
    .optional(),
});

export const cloudAgentIdentity: z.ZodType<Identity> = z.object({
  name: z.string().min(1),
  profile: z.enum(IDENTITY_PROFILE_IDS),
  clientType: z.enum(CLIENT_TYPES),
  createdAt: instantField,
  tokenValidityMs: z.number().positive(),
  autoRotate: z.boolean(),
  generation: z.int().min(1),
  token: z.object({ id: z.string(), issuedAt: instantField, expiresAt: instantField }),
  certificates: z.array(
    z.object({
      serialHex: z.string(),
      notBefore: instantField,
      notAfter: instantField,
      renewCount: z.int().min(0),
      revokedAt: instantField.optional(),
    }),
  ),
  revokedAt: instantField.optional(),
});

const anyProvider = z.enum(ANY_PROVIDERS);
const grants = z.array(z.object({ operation: z.enum(GRANT_OPERATIONS), provider: anyProvider }));

export const cloudAgentRole: z.ZodType<Role> = z.object({
  name: z.string().min(1),
  permissions: z.array(z.object({ actions: grants, notActions: grants })),
});

const scopeName = z.string().min(1).optional();

export const cloudAgentAssignment: z.ZodType<RoleAssignment> = z.object({
  identity: z.string().min(1),
  role: z.string().min(1),
  // Strict: without a field that it does not know, this program would grant more than was meant.
  scope: z.strictObject({
    location: scopeName,
    group: scopeName,
    provider: anyProvider.optional(),
    resource: scopeName,
  }),
});

/** Strict: this program must understand every field of a sealed header. */
export const keyringHeader = z.strictObject({
  format: z.literal('arcwarden-keyring'),
  version: z.literal(1),
  keyring: z.string().regex(KEYRING_ID),
  createdAt: instantField,
  kdf: z.literal('scrypt'),
  N: z.int(),
  r: z.int(),
  p: z.int(),
  salt: z.string(),
  cipher: z.literal('aes-256-gcm'),
  nonce: z.string(),
});
export type KeyringHeader = z.infer<typeof keyringHeader>;

export const keyFileHeader = z.strictObject({
  format: z.literal('arcwarden-key'),
  version: z.literal(1),
  keyring: z.string().regex(KEYRING_ID),
  publicKeySha256: keyFileId,
  algorithm: z.string(),
  createdAt: instantField,
  kdf: z.literal('hkdf-sha256'),
  salt: z.string(),
  cipher: z.literal('aes-256-gcm'),
  nonce: z.string(),
});
export type KeyFileHeader = z.infer<typeof keyFileHeader>;

export const rememberedFile = z.object({ schema: z.literal(1), guarded: z.string() });
export type RememberedFile = z.infer<typeof rememberedFile>;
