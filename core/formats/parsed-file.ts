import type { Finding } from '../shared/finding.ts';
import type { CsrObject } from '../shared/certificates/csr-object.ts';
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
  containers: FoundContainer[];
  revocations: FoundRevocation[];
  /** Certificate requests that nobody has answered. */
  requests: CsrObject[];
  moduleFacts?: ModuleFact[];
  /** Without a path, which the caller adds. */
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
  /** Not yet decoded; may not be a valid certificate. */
  der: Uint8Array;
  /** Modification time of the referenced file that contains the certificate; absent if no file is referenced. */
  modified?: Instant;
  /** Equals the `pair` of the private key that, according to the file, belongs to the certificate. */
  pair?: string;
}

/** The text is kept only until the key has been compared with its certificate. */
export interface FoundKey {
  entry: string;
  keyPem: string;
  line?: number;
  pair?: string;
  /** Whether the file protects the key with a passphrase. */
  isSealed?: true;
}

export interface FoundToken extends FoundEntry {
  modified?: Instant;
  token: TokenContent;
}

/** `identity`: the bytes whose SHA-256 identifies the token: the claims of a JWT, or a salted opaque text. */
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

/** A RenewRevocation object, which affects credentials. At least one of its entries is readable. */
interface FoundRevocation {
  entry: string;
  object: RenewRevocation;
  /** Whether the file contains no other object. */
  isAlone: boolean;
}

export interface FoundReference extends FoundEntry {
  use: 'certificate' | 'key' | 'token';
  /** Absolute, or relative to the folder of the referring file. */
  file: string;
  pair?: string;
}

/** A non-secret setting of the modules, as written in the configuration. */
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
    requests: [],
    findings: [],
  };
}
