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
import { CLIENT_TYPES } from '../pki/model/identity.ts';
import { PROFILE_IDS, type ProfileId } from '../pki/model/profile.ts';
import type { PathVerdict } from '../pki/model/verdict.ts';
import type { Finding } from '../shared/finding.ts';
import type { CredentialId } from '../shared/ids.ts';
import { KEY_ALGORITHMS } from '../shared/certificates/key-algorithm.ts';
import type { SavedFile } from '../shared/saved-file.ts';
import {
  CERTIFICATE_EXPORT_FORMATS,
  PFX_ENCRYPTIONS,
  type AuthorityEntryDetails,
  type AuthoritySummary,
  type AuthorityTree,
} from './model/view.ts';

/** A hundred years. */
const LONGEST_VALIDITY_MS = 100 * 366 * 86_400_000;

const authorityId = textLike<AuthorityId>(/^[a-z0-9-]{1,80}$/u);
const profile = z.enum(PROFILE_IDS);
const keyAlgorithm = z.enum(KEY_ALGORITHMS);
const entry = { authorityId, entryId: credentialId };
const identity = { authorityId, identity: name };

const newAuthorityRequest = z.strictObject({
  name,
  kind: z.enum(AUTHORITY_KINDS),
  /** The new passphrase, at least as long as `passphrase.too-short` requires. */
  passphrase,
  /** Default: the profile's first algorithm. */
  keyAlgorithm: keyAlgorithm.optional(),
  /** Only for the kind `moc`, which requires it. */
  cloudAgentFqdn: name.optional(),
});
export type NewAuthorityRequest = z.infer<typeof newAuthorityRequest>;

/** The operation refuses values that the profile does not use. */
const issueRequest = z.strictObject({
  authorityId,
  profile,
  /** Values by placeholder name, without brackets. */
  values: z.record(z.string().regex(/^[a-z-]{1,40}$/), names),
  /** Replaces the profile's validity; whole seconds, at most until the CA expires. */
  validityMs: z.int().min(1).max(LONGEST_VALIDITY_MS).optional(),
  keyAlgorithm: keyAlgorithm.optional(),
  /** DNS names to add to the profile's SANs. */
  dns: names,
  ip: names,
});
export type IssueRequest = z.infer<typeof issueRequest>;

const exportRequest = {
  ...entry,
  format: z.enum(CERTIFICATE_EXPORT_FORMATS),
  /** Only `pem` uses it: `pfx` and `kubeconfig` always include the private key, `der` and `p7b` never. */
  withKey: z.boolean(),
  /** Only for `pfx`; default `aes-256`. */
  encryption: z.enum(PFX_ENCRYPTIONS).optional(),
  /** Only for `pfx`, which requires it. */
  passphrase: passphrase.optional(),
  /** Only for `kubeconfig`, which requires it: `https://address:port`. */
  server: name.optional(),
};
export type ExportRequest = z.infer<z.ZodObject<typeof exportRequest>>;

const requestFacts = (given: {
  authorityId: AuthorityId;
  profile?: ProfileId;
  entryId?: CredentialId;
  identity?: string;
}): AuditFacts => {
  const { authorityId: subject, profile: as, entryId, identity: holder } = given;
  return { subject, profile: as, entry: entryId, identity: holder };
};
const entryFacts = ({ tree, entryId: made }: AuthorityChange): AuditFacts => ({ name: tree.name, entry: made });

/**
 * Passphrases are accepted but never returned; keys and tokens are written only to the file behind a ticket. Calls that
 * need a key of a locked authority fail with `keyring.locked`.
 */
export const AUTHORITY_METHODS = {
  list: method().reads().answers<AuthorityListing>(),
  tree: method({ authorityId }).reads().answers<AuthorityTree>(),
  entry: method(entry).reads().answers<AuthorityEntryDetails>(),
  /**
   * Creates an authority with its roots: cluster, etcd and front-proxy CA, or the cloud agent's CA with the agent's
   * server certificate and the key for tokens.
   */
  create: method(newAuthorityRequest)
    .changes('authority.created', ({ name: subject, kind }) => ({ subject, kind }))
    .answers<AuthorityTree>(),
  /** Permanently removes an authority and its private keys. */
  remove: method({ authorityId }).changes('authority.removed', requestFacts).answers<AuthoritySummary>(),
  /** With `remember`, the system stores the unlock key if it provides real encryption. */
  unlock: method({ authorityId, passphrase, remember: z.boolean() })
    .changes('authority.unlocked', (given) => ({ ...requestFacts(given), remember: given.remember }))
    .answers<AuthorityTree>(),
  /** Drops the keys from memory; `forget` also removes the unlock key that the system stores. */
  lock: method({ authorityId, forget: z.boolean() })
    .changes('authority.locked', (given) => ({ ...requestFacts(given), forget: given.forget }))
    .answers<AuthorityTree>(),
  changePassphrase: method({ authorityId, current: passphrase, next: passphrase })
    .changes('authority.passphrase-changed', requestFacts)
    .answers<AuthorityTree>(),
  issue: method(issueRequest).changes('authority.issued', requestFacts).answers<AuthorityChange>(entryFacts),
  /** Signs the PKCS #10 request or the first CSR object in a file. A kubelet's object must already be approved. */
  signRequest: method({ authorityId, profile, source: fileTicket })
    .changes('authority.signed', requestFacts)
    .answers<AuthorityChange>(entryFacts),
  /** Issues the holder's next certificate: new key and serial number, same names and validity period. */
  renew: method(entry).changes('authority.renewed', requestFacts).answers<AuthorityChange>(entryFacts),
  revoke: method({ ...entry, reason: z.enum(REVOCATION_REASONS), invalidityDate: instantField.optional() })
    .changes('authority.revoked', (given) => ({ ...requestFacts(given), reason: given.reason }))
    .answers<AuthorityChange>(entryFacts),
  /** Runs the next stage of a rotation of the cloud agent's CA. */
  rotateCa: method({ authorityId }).changes('authority.rotated', requestFacts).answers<AuthorityTree>(),
  /**
   * Judges a certificate by its chain, the revocation list that its CA would issue now, and RenewRevocation objects.
   */
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
  /** Issues the next revocation list of a CA and writes it. */
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
  /** Makes the cloud agent refuse earlier tokens from now on. */
  rotateIdentity: method({ ...identity, target: fileTicket })
    .changes('identity.rotated', requestFacts)
    .answers<AuthorityTree>(),
  revokeIdentity: method(identity).changes('identity.revoked', requestFacts).answers<AuthorityTree>(),
  reinstateIdentity: method({ ...identity, target: fileTicket })
    .changes('identity.reinstated', requestFacts)
    .answers<AuthorityTree>(),
};

export type AuthorityApi = Calls<typeof AUTHORITY_METHODS>;

export interface AuthorityEvents {
  changed: AuthorityTree;
  removed: { authorityId: AuthorityId };
}

export interface AuthorityListing {
  /** Authorities, the oldest first. */
  authorities: AuthoritySummary[];
  /** Problems found while loading. */
  findings: Finding[];
}

/** `entryId` is the certificate affected by the change. */
export interface AuthorityChange {
  tree: AuthorityTree;
  entryId: CredentialId;
}
