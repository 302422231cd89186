import type { Finding } from '../shared/finding.ts';
import type { Instant } from '../shared/instant.ts';
import type { Origin } from '../shared/origin.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';

/**
 * Contents of one file before its owner is known. Exists only during an import: its keys and tokens never reach the
 * store, a finding or the log.
 */
export interface Found {
  format: FoundFormat;
  certificates: FoundCertificate[];
  tokens: FoundToken[];
  keys: FoundKey[];
  references: FoundReference[];
  /** The caller opens or reports them, because it has the ports for that. */
  containers: FoundContainer[];
  revocations: FoundRevocation[];
  /** Absent unless the file is a configuration of the modules. */
  moduleFacts?: ModuleFact[];
  /** Their places have no path, which the reader does not know. */
  findings: Finding[];
}

/**
 * `nothing`: not a format that can hold a credential. `refused`: recognised, but yields findings only. `kubernetes`:
 * Secrets, issued certificate requests and RenewRevocation objects. `request`: PKCS #10, which holds no credential.
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
  /** 1-based line of the entry in its file. */
  line?: number;
}

export interface FoundCertificate extends FoundEntry {
  /** Not yet decoded, so it may turn out not to be a certificate. */
  der: Uint8Array;
  /** When its content last changed, if another file than the one in its place records that. */
  modified?: Instant;
  /** Equals the `pair` of the private key that the file says belongs to it. */
  pair?: string;
}

/** A private key, kept as text only until it is compared with its certificate. */
export interface FoundKey {
  entry: string;
  keyPem: string;
  line?: number;
  pair?: string;
  /** Whether a passphrase protected it in its file. */
  isSealed?: true;
}

export interface FoundToken extends FoundEntry {
  modified?: Instant;
  token: TokenContent;
}

/** `identity` contains the bytes whose SHA-256 identifies the token: the claims of a JWT, or the salted opaque text. */
export interface TokenContent {
  form: 'jwt' | 'opaque';
  identity: Uint8Array;
  notBefore?: Instant;
  notAfter?: Instant;
  issuer?: string;
  subject?: string;
}

/** A PFX, whose contents need a passphrase. Everything in it inherits its entry, origin and pair. */
export type FoundContainer = Omit<FoundCertificate, 'modified'>;

/** A RenewRevocation object with at least one readable entry. Not a credential, but it affects credentials. */
interface FoundRevocation {
  entry: string;
  object: RenewRevocation;
  /** Whether the file contains no other object. */
  isAlone: boolean;
}

/** A file that this one refers to instead of embedding its content. */
export interface FoundReference extends FoundEntry {
  use: 'certificate' | 'key' | 'token';
  /** Relative to the folder of the referring file, or absolute. */
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

/** Returns an empty result to fill. */
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
