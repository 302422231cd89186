import type { Finding } from '../shared/finding.ts';
import type { Instant } from '../shared/instant.ts';
import type { Origin } from '../shared/origin.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';

/**
 * What one file holds, before anything decided whose it is. Lives only while a file is imported: keys and tokens in it
 * are secrets that never reach the store, a finding or the log.
 */
export interface Found {
  format: FoundFormat;
  certificates: FoundCertificate[];
  tokens: FoundToken[];
  keys: FoundKey[];
  references: FoundReference[];
  /** Opened, or told why not, by whoever has the ports for it. */
  containers: FoundContainer[];
  revocations: FoundRevocation[];
  /** Their places have no path: the reader does not know it. */
  findings: Finding[];
}

/**
 * `nothing`: no format that can hold a credential. `refused`: recognised, but only findings came of it. `kubernetes`:
 * Secrets, certificate requests with what was issued, and RenewRevocation objects. `request`: PKCS #10, which holds no credential.
 */
export type FoundFormat =
  | 'pem'
  | 'der'
  | 'pkcs7'
  | 'pkcs12'
  | 'kubeconfig'
  | 'access-file'
  | 'login-file'
  | 'kubernetes'
  | 'request'
  | 'refused'
  | 'nothing';

export interface FoundCertificate {
  entry: string;
  /** Not yet decoded, so possibly not a certificate at all. */
  der: Uint8Array;
  origin: Origin;
  /** 1-based line of the entry in its file. */
  line?: number;
  /** When its content was last changed, where that is another file's date than that of the place. */
  modified?: Instant;
  /** Same word as on the private key that the file says belongs to it. */
  pair?: string;
}

/** A private key, kept as text only until it has been compared with its certificate. */
export interface FoundKey {
  entry: string;
  keyPem: string;
  line?: number;
  pair?: string;
}

export interface FoundToken {
  entry: string;
  origin: Origin;
  line?: number;
  modified?: Instant;
  token: TokenContent;
}

/** `identity` are the bytes whose SHA-256 names the token: the claims of a JWT, or the salted opaque text. */
export interface TokenContent {
  form: 'jwt' | 'opaque';
  identity: Uint8Array;
  notBefore?: Instant;
  notAfter?: Instant;
  issuer?: string;
  subject?: string;
}

/** A PFX, whose content can be read only by trying a passphrase. Everything in it gets its entry, origin and pair. */
export interface FoundContainer {
  entry: string;
  der: Uint8Array;
  origin: Origin;
  line?: number;
  pair?: string;
}

/** A RenewRevocation object with at least one entry that can be read. No credential, but it decides over some. */
export interface FoundRevocation {
  entry: string;
  object: RenewRevocation;
  /** The file holds no other object. */
  isAlone: boolean;
}

/** A file that this one names instead of holding its content. */
export interface FoundReference {
  entry: string;
  use: 'certificate' | 'key' | 'token';
  /** As written: relative to the folder of the naming file, or absolute. */
  file: string;
  origin: Origin;
  line?: number;
  pair?: string;
}

/** A result that holds nothing, to add to. */
export function foundIn(format: FoundFormat): Found {
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
