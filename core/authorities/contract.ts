import type { AuthorityId, AuthorityKind, RevocationReason } from '../pki/model/authority.ts';
import type {
  AuthoritySummary,
  AuthorityTree,
  CertificateExportFormat,
  IssueValues,
  PfxEncryption,
  AuthorityEntryDetails,
} from './model/view.ts';
import type { CredentialId } from '../shared/ids.ts';
import type { Finding } from '../shared/finding.ts';
import type { KeyAlgorithm } from '../shared/key-algorithm.ts';
import type { ProfileId } from '../pki/model/profile.ts';
import type { FileTicket } from '../shared/ticket.ts';
import type { ImportReport } from '../inventory/contract.ts';
import type { SavedFile } from '../shared/saved-file.ts';
import type { ClientType } from '../pki/model/identity.ts';
import type { Instant } from '../shared/instant.ts';
import type { Result } from '../shared/problem.ts';
import type { Verdict } from '../pki/model/verdict.ts';

/**
 * The certificate engine: authorities that the console owns. Passphrases come in and never go out; keys and tokens go
 * to the file behind a ticket and nowhere else. What needs a key of a locked authority fails with `keyring.locked`.
 */
export interface AuthorityApi {
  list(): Promise<Result<AuthorityListing>>;
  tree(request: { authorityId: AuthorityId }): Promise<Result<AuthorityTree>>;
  entry(request: AuthorityEntryRequest): Promise<Result<AuthorityEntryDetails>>;
  /**
   * A new authority with its roots: cluster, etcd and front-proxy CA, or the cloud agent's CA with the server certificate
   * of the cloud agent and the key that signs tokens.
   */
  create(request: NewAuthorityRequest): Promise<Result<AuthorityTree>>;
  /** For good, with its private keys. */
  remove(request: { authorityId: AuthorityId }): Promise<Result<AuthoritySummary>>;
  /** With `remember` the system keeps the unlock key, where it really encrypts. */
  unlock(request: { authorityId: AuthorityId; passphrase: string; remember: boolean }): Promise<Result<AuthorityTree>>;
  /** Drops the keys from memory; with `forget` also what the system keeps. */
  lock(request: { authorityId: AuthorityId; forget: boolean }): Promise<Result<AuthorityTree>>;
  changePassphrase(request: {
    authorityId: AuthorityId;
    current: string;
    next: string;
  }): Promise<Result<AuthorityTree>>;
  /** Makes a key and a certificate for it, under the CA that the profile names. */
  issue(request: IssueRequest): Promise<Result<AuthorityChange>>;
  /**
   * Signs the PKCS #10 request, or the first CSR object, in a file. A kubelet's object must have been approved before. The
   * certificate stays with the authority.
   */
  signRequest(request: {
    authorityId: AuthorityId;
    profile: ProfileId;
    source: FileTicket;
  }): Promise<Result<AuthorityChange>>;
  /** The next certificate of the same holder: new key and serial number, same names, same length of validity. */
  renew(request: AuthorityEntryRequest): Promise<Result<AuthorityChange>>;
  /** Puts the certificate on its CA's revocation list. */
  revoke(
    request: AuthorityEntryRequest & { reason: RevocationReason; invalidityDate?: Instant },
  ): Promise<Result<AuthorityChange>>;
  /** The next stage of a rotation of the cloud agent's CA. */
  rotateCa(request: { authorityId: AuthorityId }): Promise<Result<AuthorityTree>>;
  /** Judges a certificate with its chain, the revocation list as it would be issued now, and RenewRevocation objects. */
  verify(
    request: AuthorityEntryRequest & { at: Instant; purpose: 'server' | 'client' | 'any'; name?: string },
  ): Promise<Result<Verdict>>;
  export(request: CertificateExportRequest): Promise<Result<SavedFile>>;
  /** Issues the next revocation list of a CA and writes it. */
  exportCrl(request: {
    authorityId: AuthorityId;
    caId: CredentialId;
    format: 'pem' | 'der';
    target: FileTicket;
  }): Promise<Result<SavedFile>>;
  /** Writes the login file, with the token in it, to `target`. */
  createIdentity(request: {
    authorityId: AuthorityId;
    name: string;
    clientType: ClientType;
    target: FileTicket;
  }): Promise<Result<AuthorityTree>>;
  /** A new token in a new login file; the one before is refused from now on. */
  rotateIdentity(request: IdentityRequest & { target: FileTicket }): Promise<Result<AuthorityTree>>;
  revokeIdentity(request: IdentityRequest): Promise<Result<AuthorityTree>>;
  reinstateIdentity(request: IdentityRequest & { target: FileTicket }): Promise<Result<AuthorityTree>>;
  /** Makes a sample fleet in the data folder, in place of one that is there, and imports it as any other files. */
  openSample(): Promise<Result<ImportReport>>;
  /** Takes every sample cluster out of the inventory, and the files in the data folder away, for good. */
  removeSample(): Promise<Result<{ clusters: number }>>;
}

export interface AuthorityEvents {
  changed: AuthorityTree;
  removed: { authorityId: AuthorityId };
}

export interface AuthorityListing {
  /** Oldest first. */
  authorities: AuthoritySummary[];
  /** What was found wrong when they were loaded. */
  findings: Finding[];
}

export interface AuthorityEntryRequest {
  authorityId: AuthorityId;
  entryId: CredentialId;
}

export interface IdentityRequest {
  authorityId: AuthorityId;
  identity: string;
}

export interface NewAuthorityRequest {
  name: string;
  kind: AuthorityKind;
  /** At least as long as `passphrase.too-short` says. */
  passphrase: string;
  /** Absent: what the profiles name first. */
  keyAlgorithm?: KeyAlgorithm;
  /** Of the kind `moc`; needed there. */
  cloudAgentFqdn?: string;
}

export type IssueRequest = IssueValues & { authorityId: AuthorityId; profile: ProfileId };

/** The authority after a change, and the certificate that it was about. */
export interface AuthorityChange {
  tree: AuthorityTree;
  entryId: CredentialId;
}

export interface CertificateExportRequest extends AuthorityEntryRequest {
  format: CertificateExportFormat;
  /** Whether the private key goes along; `pfx` and `kubeconfig` always have it, `der` and `p7b` never. */
  withKey: boolean;
  /** Only for `pfx`. */
  encryption?: PfxEncryption;
  /** Only for `pfx`, and needed there. */
  passphrase?: string;
  /** Only for `kubeconfig`, and needed there: address of the API server. */
  server?: string;
  target: FileTicket;
}
