import { z } from 'zod';
import type { AuditFacts } from '../shared/problem.ts';
import { method, type Calls } from '../shared/contract/method.ts';
import {
  credentialId,
  fileTicket,
  instantField,
  name,
  names,
  passphrase,
  textLike,
} from '../shared/contract/schemas.ts';
import { AUTHORITY_KINDS, REVOCATION_REASONS, type AuthorityId } from '../pki/model/authority.ts';
import { ACCESS_ACTIONS, ANY_PROVIDERS, PROVIDER_TYPES, type RoleAssignment } from '../pki/model/access.ts';
import { CLIENT_TYPES } from '../pki/model/identity.ts';
import { PROFILE_IDS, type ProfileId } from '../pki/model/profile.ts';
import type { RequestReview } from '../pki/model/request-review.ts';
import type { PathVerdict } from '../pki/model/verdict.ts';
import type { Finding } from '../shared/finding.ts';
import type { CredentialId } from '../shared/ids.ts';
import { KEY_ALGORITHMS } from '../shared/certificates/key-algorithm.ts';
import type { SavedFile } from '../shared/files/saved-file.ts';
import {
  CERTIFICATE_EXPORT_FORMATS,
  PFX_ENCRYPTIONS,
  answerFacts,
  assignmentFacts,
  type AccessAnswer,
  type AuthorityEntryDetails,
  type AuthoritySummary,
  type AuthorityTree,
} from './model/view.ts';

const LONGEST_VALIDITY_MS = 100 * 366 * 86_400_000;

const authorityId = textLike<AuthorityId>(/^[a-z0-9-]{1,80}$/u);
const profile = z.enum(PROFILE_IDS);
const keyAlgorithm = z.enum(KEY_ALGORITHMS);
const entry = { authorityId, entryId: credentialId };
const identity = { authorityId, identity: name };

const place = { location: name.optional(), group: name.optional(), resource: name.optional() };
const scope = z.strictObject({ ...place, provider: z.enum(ANY_PROVIDERS).optional() });
const assignment = { authorityId, assignment: z.strictObject({ identity: name, role: name, scope }) };

const newAuthorityRequest = z.strictObject({
  name,
  kind: z.enum(AUTHORITY_KINDS),
  passphrase,
  /** Default: the profile's first algorithm. */
  keyAlgorithm: keyAlgorithm.optional(),
  /** Required for `moc`; otherwise not allowed. */
  cloudAgentFqdn: name.optional(),
});
export type NewAuthorityRequest = z.infer<typeof newAuthorityRequest>;

/** The operation refuses values that the profile does not use. */
const issueRequest = z.strictObject({
  authorityId,
  profile,
  /** By placeholder name without angle brackets. */
  values: z.record(z.string().regex(/^[a-z-]{1,40}$/), names),
  /** Replaces the profile's validity; whole seconds, at most until the CA expires. */
  validityMs: z.int().min(1).max(LONGEST_VALIDITY_MS).optional(),
  keyAlgorithm: keyAlgorithm.optional(),
  /** Default: the profile's issuer. */
  issuer: profile.optional(),
  /** In addition to the names of the profile. */
  dns: names,
  ip: names,
});
export type IssueRequest = z.infer<typeof issueRequest>;

const exportRequest = {
  ...entry,
  format: z.enum(CERTIFICATE_EXPORT_FORMATS),
  /** For `pem` only. `pfx` and `kubeconfig` always include the private key; `der` and `p7b` never do. */
  withKey: z.boolean(),
  /** For `pfx` only; default `aes-256`. */
  encryption: z.enum(PFX_ENCRYPTIONS).optional(),
  /** For `pfx` only, which requires it. */
  passphrase: passphrase.optional(),
  /** For `kubeconfig` only, which requires it: `https://address:port`. */
  server: name.optional(),
};
export type ExportRequest = z.infer<z.ZodObject<typeof exportRequest>>;

const requestFacts = (given: {
  authorityId: AuthorityId;
  profile?: ProfileId;
  entryId?: CredentialId;
  identity?: string;
}): AuditFacts => ({
  subject: given.authorityId,
  profile: given.profile,
  entry: given.entryId,
  identity: given.identity,
});
const roleFacts = (given: { authorityId: AuthorityId; assignment: RoleAssignment }): AuditFacts => ({
  subject: given.authorityId,
  ...assignmentFacts(given.assignment),
});
const entryFacts = ({ tree, entryId: made }: AuthorityChange): AuditFacts => ({ name: tree.name, entry: made });

/**
 * Passphrases are accepted but never returned; keys and tokens are written only to the file behind a ticket. Calls that
 * need a key of a locked authority fail with `keyring.locked`.
 */
export const AUTHORITY_METHODS = {
  list: method().reads().answers<{ authorities: AuthoritySummary[]; findings: Finding[] }>(),
  tree: method({ authorityId }).reads().answers<AuthorityTree>(),
  entry: method(entry).reads().answers<AuthorityEntryDetails>(),
  /**
   * Also creates the roots: the CAs for cluster, etcd and front proxy, or the cloud agent's CA together with the
   * agent's server certificate and the key for tokens.
   */
  create: method(newAuthorityRequest)
    .changes('authority.created', ({ name: subject, kind }) => ({ subject, kind }))
    .answers<AuthorityTree>(),
  remove: method({ authorityId }).changes('authority.removed', requestFacts).answers<AuthoritySummary>(),
  /** With `remember`, the system stores the unlock key if it can encrypt keys. */
  unlock: method({ authorityId, passphrase, remember: z.boolean() })
    .changes('authority.unlocked', (given) => ({ ...requestFacts(given), remember: given.remember }))
    .answers<AuthorityTree>(),
  /** With `forget`, the system also deletes its copy of the unlock key. */
  lock: method({ authorityId, forget: z.boolean() })
    .changes('authority.locked', (given) => ({ ...requestFacts(given), forget: given.forget }))
    .answers<AuthorityTree>(),
  changePassphrase: method({ authorityId, current: passphrase, next: passphrase })
    .changes('authority.passphrase-changed', requestFacts)
    .answers<AuthorityTree>(),
  issue: method(issueRequest).changes('authority.issued', requestFacts).answers<AuthorityChange>(entryFacts),
  /** Tells what `signRequest` would do. The ticket stays valid for signing exactly what was read. */
  reviewRequest: method({ authorityId, profile, source: fileTicket }).reads().answers<RequestReview>(),
  /** Signs a PKCS #10 request or a CSR object. A kubelet's object must already be approved. */
  signRequest: method({ authorityId, profile, source: fileTicket })
    .changes('authority.signed', requestFacts)
    .answers<AuthorityChange>(entryFacts),
  /** Issues a certificate with a new key and serial number but the same names and validity period. */
  renew: method(entry).changes('authority.renewed', requestFacts).answers<AuthorityChange>(entryFacts),
  revoke: method({ ...entry, reason: z.enum(REVOCATION_REASONS), invalidityDate: instantField.optional() })
    .changes('authority.revoked', (given) => ({ ...requestFacts(given), reason: given.reason }))
    .answers<AuthorityChange>(entryFacts),
  rotateCa: method({ authorityId }).changes('authority.rotated', requestFacts).answers<AuthorityTree>(),
  /** Checks the chain, the revocation list that the CA would issue now, and RenewRevocation objects. */
  verify: method({ ...entry, at: instantField, purpose: z.enum(['server', 'client', 'any']), name: name.optional() })
    .reads()
    .answers<PathVerdict>(),
  export: method({ ...exportRequest, target: fileTicket })
    .exports('authority.exported', (given) => ({
      ...requestFacts(given),
      format: given.format,
      withKey: given.withKey,
    }))
    .answers<SavedFile>(),
  exportCrl: method({ authorityId, caId: credentialId, format: z.enum(['pem', 'der']), target: fileTicket })
    .exports('authority.crl-exported', ({ authorityId: subject, caId: entry, format }) => ({ subject, entry, format }))
    .answers<SavedFile>(),
  createIdentity: method({ authorityId, name, clientType: z.enum(CLIENT_TYPES), target: fileTicket })
    .changes('identity.created', ({ authorityId: subject, name: identity, clientType }) => ({
      subject,
      identity,
      clientType,
    }))
    .answers<AuthorityTree>(),
  /** Issues a new token; the cloud agent then refuses earlier ones. */
  rotateIdentity: method({ ...identity, target: fileTicket })
    .changes('identity.rotated', requestFacts)
    .answers<AuthorityTree>(),
  revokeIdentity: method(identity).changes('identity.revoked', requestFacts).answers<AuthorityTree>(),
  reinstateIdentity: method({ ...identity, target: fileTicket })
    .changes('identity.reinstated', requestFacts)
    .answers<AuthorityTree>(),
  assignRole: method(assignment).changes('role.assigned', roleFacts).answers<AuthorityTree>(),
  unassignRole: method(assignment).changes('role.unassigned', roleFacts).answers<AuthorityTree>(),
  /** Decides whether an identity may do something. */
  decideAccess: method({
    ...identity,
    action: z.enum(ACCESS_ACTIONS),
    target: z.strictObject({ ...place, provider: z.enum(PROVIDER_TYPES) }),
  })
    .changes('access.decided', ({ action, target, ...given }) => ({
      ...requestFacts(given),
      operation: action,
      ...target,
    }))
    .answers<AccessAnswer>(answerFacts),
};

export type AuthorityApi = Calls<typeof AUTHORITY_METHODS>;

export interface AuthorityEvents {
  changed: AuthorityTree;
  removed: { authorityId: AuthorityId };
}

export interface AuthorityChange {
  tree: AuthorityTree;
  entryId: CredentialId;
}
