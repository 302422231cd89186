import type { Finding } from '../shared/finding.ts';
import type { Instant } from '../shared/instant.ts';
import type { Origin } from '../shared/origin.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';

/**
 * Contents of one file whose owner is not yet known. They exist only during an import: keys and tokens never reach the
 * store, a finding or the log.
 */
export interface Found {
  format: FoundFormat;
  certificates: FoundCertificate[];
  tokens: FoundToken[];
  keys: FoundKey[];
  references: FoundReference[];
  /** The caller opens or reports these, since it has the ports. */
  containers: FoundContainer[];
  revocations: FoundRevocation[];
  moduleFacts?: ModuleFact[];
  /** Without a path, which the reader does not know. */
  findings: Finding[];
}

/**
 * `nothing`: not a format that can contain a credential. `refused`: recognised, but yields only findings. `kubernetes`:
 * Secrets, issued certificate requests and RenewRevocation objects. `request`: PKCS #10, which contains no credential.
 * `module-config`: settings of the modules AksHci, Kva and Moc, with the login of the management cluster.
 */
type FoundFormat =
  | 'pem'
  | 'der'
  | 'pkcs7'
  | 'pkcs12'
  | 'kubeconfig'
  | 'access-file'
  | 'login-file'
  | 'module-config'
  | 'kubernetes'
  | 'request'
  | 'refused'
  | 'nothing';

interface FoundEntry {
  entry: string;
  origin: Origin;
  /** Line of the entry in its file, 1-based. */
  line?: number;
}

export interface FoundCertificate extends FoundEntry {
  /** Not yet decoded, so it may turn out not to be a certificate. */
  der: Uint8Array;
  /** Replaces the file's own modification time if the certificate comes from a referenced file. */
  modified?: Instant;
  /** Equals the `pair` of the private key that, according to the file, belongs to the certificate. */
  pair?: string;
}

/** Kept as text only until it has been compared with its certificate. */
export interface FoundKey {
  entry: string;
  keyPem: string;
  line?: number;
  pair?: string;
  /** Whether a passphrase protected the key in its file. */
  isSealed?: true;
}

export interface FoundToken extends FoundEntry {
  modified?: Instant;
  token: TokenContent;
}

/**
 * `identity`: the bytes whose SHA-256 identifies the token, which are the claims of a JWT, or the opaque text with a
 * salt.
 */
export interface TokenContent {
  form: 'jwt' | 'opaque';
  identity: Uint8Array;
  notBefore?: Instant;
  notAfter?: Instant;
  issuer?: string;
  subject?: string;
}

/** A PFX, which needs a passphrase. Its contents inherit the entry, origin and pair. */
export type FoundContainer = Omit<FoundCertificate, 'modified'>;

/** Not a credential, but affects credentials. At least one of its entries is readable. */
interface FoundRevocation {
  entry: string;
  object: RenewRevocation;
  /** Whether the file contains no other object. */
  isAlone: boolean;
}

/** A file that another file names instead of embedding its content. */
export interface FoundReference extends FoundEntry {
  use: 'certificate' | 'key' | 'token';
  /** Absolute, or relative to the folder of the referring file. */
  file: string;
  pair?: string;
}

/** A setting of the modules that is not secret, as written in the configuration. */
export interface ModuleFact {
  fact:
    | 'version'
    | 'module'
    | 'state'
    | 'cloud-agent'
    | 'cluster-role'
    | 'access-files'
    | 'moc-login'
    | 'ssh-key'
    | 'management'
    | 'kubeconfig';
  /** Section and name, such as `Moc.cloudFqdn`. */
  entry: string;
  value: string;
}

export function createFound(format: FoundFormat): Found {
  return {
    format,
    certificates: [],
    tokens: [],
    keys: [],
    references: [],
    containers: [],
    revocations: [],
    findings: [],
  };
}
