import type { ClusterId, CredentialId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { HashName, KeyAlgorithm } from './key-algorithm.ts';
import type { TargetFormat } from './file-format.ts';
import type { FileTicket } from './ticket.ts';

/** The world outside `core`, as interfaces. `core/node` and `electron` implement them; tests have small real ones. */
export interface Ports {
  clock: Clock;
  files: Files;
  crypto: Crypto;
  keys: Keys;
  vault: Vault;
  ids: Ids;
  log: Log;
  tickets: Tickets;
  host: Host;
  processes: Processes;
  mail: Mail;
  web: Web;
}

export interface Clock {
  now(): Instant;
}

export interface FileFacts {
  path: string;
  kind: 'file' | 'folder' | 'other';
  /** Bytes; 0 for folders. */
  size: number;
  modified: Instant;
}

export type FileContent = Uint8Array | string | AsyncIterable<string>;

/** Paths are absolute and in the form of the operating system. Failures are `ConsoleError`s with codes `file.*`. */
export interface Files {
  /** With `withinMs` it gives up on a drive that does not answer: `file.not-readable`, reason `ETIMEDOUT`. */
  facts(path: string, options?: { withinMs?: number }): Promise<FileFacts>;
  /** Whole content. `file.too-large` above `limitBytes`. */
  read(path: string, limitBytes: number): Promise<Uint8Array>;
  /** The bytes of a file from `from` up to before `to`, fewer when it ends before. */
  readPart(path: string, part: { from: number; to: number }): Promise<Uint8Array>;
  /** Names in a folder, sorted by code point. */
  list(folder: string): Promise<string[]>;
  /**
   * Replaces a file so that a reader sees the old or the new content and never a torn one: temporary file of mode 0600,
   * write, flush, rename, flush of the folder where the system has it. With `keepPrevious` the former content stays as
   * `<path>.previous`. `mode` (default 0600) is for what everybody may read, such as a certificate. Content that is too
   * large for memory comes in pieces.
   */
  replace(path: string, content: FileContent, options?: { keepPrevious?: boolean; mode?: number }): Promise<void>;
  /**
   * Adds to the end of a file, which is made with mode 0600 when it is not there, and flushes it. A process that is killed
   * meanwhile may leave a part of `text`.
   */
  append(path: string, text: string): Promise<void>;
  /** Cuts a file off after so many bytes, and flushes it. */
  shorten(path: string, bytes: number): Promise<void>;
  move(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** A folder, or a file, with everything in it; of a link only the link. Nothing happens when there is none. */
  removeFolder(path: string): Promise<void>;
  /** Creates the folder and its parents, mode 0700. */
  createFolder(path: string): Promise<void>;
  join(...parts: string[]): string;
  /** Last part of a path, whatever system wrote it. */
  nameOf(path: string): string;
  folderOf(path: string): string;
  absolute(path: string): string;
}

export type KeyReading = { outcome: 'read'; spki: Uint8Array } | { outcome: 'encrypted' } | { outcome: 'unreadable' };

export interface Crypto {
  sha256(bytes: Uint8Array): Uint8Array;
  /** SHA-256 of the UTF-8 of texts, taken one after the other. */
  sha256OfPieces(): { add(piece: string): void; digest(): Uint8Array };
  sha1(bytes: Uint8Array): Uint8Array;
  /** The SubjectPublicKeyInfo of an unencrypted private key in PEM. The key lives only inside this call. */
  publicKeyOf(privateKeyPem: string): KeyReading;
  /** Whether `issuer`'s key made the signature of `certificate` (both DER). False for unknown algorithms. */
  isSignedBy(certificate: Uint8Array, issuer: Uint8Array): boolean;
}

/**
 * A private key inside the crypto library: it can sign, and its bytes leave by `exportPrivateKey` alone. Not cloneable, so
 * it cannot be stored or sent by accident.
 */
export interface PrivateKey {
  /** `undefined` for a key that the engine would not make itself, for instance RSA 3072. */
  readonly algorithm: KeyAlgorithm | undefined;
  readonly type: 'rsa' | 'ec';
  /** DER of its SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
}

/** Costs of scrypt. `N` is a power of two. Source: RFC 7914 section 2. */
export interface ScryptCost {
  N: number;
  r: number;
  p: number;
}

/**
 * Private keys and what is made with secrets. Texts of errors never quote what was given. Byte arrays handed out are the
 * caller's to overwrite with `wipe`.
 */
export interface Keys {
  /** In the background: RSA 4096 takes from half a second to several. */
  generate(algorithm: KeyAlgorithm): Promise<PrivateKey>;
  /** PKCS#8 DER, or PEM of PKCS#8, PKCS#1 or SEC 1. `undefined` when it is no unencrypted RSA or EC key. */
  read(key: Uint8Array | string): PrivateKey | undefined;
  /** DER: PKCS#8 (RFC 5958), or `traditional`, which is PKCS#1 for RSA and SEC 1 for EC. */
  exportPrivateKey(key: PrivateKey, form: 'pkcs8' | 'traditional'): Uint8Array;
  /** RSASSA-PKCS1-v1_5, or ECDSA as a DER Ecdsa-Sig-Value. */
  sign(key: PrivateKey, data: Uint8Array, hash: HashName): Uint8Array;
  /**
   * Whether the key in `spki` made `signature` over `data`. `signatureOid` is the dotted OID of RSASSA-PKCS1-v1_5, ECDSA
   * or Ed25519 with its hash; false for every other, and for a key that does not fit.
   */
  verify(signed: { spki: Uint8Array; signatureOid: string; data: Uint8Array; signature: Uint8Array }): boolean;
  randomBytes(length: number): Uint8Array;
  scrypt(passphrase: Uint8Array, salt: Uint8Array, options: ScryptCost & { length: number }): Promise<Uint8Array>;
  pbkdf2(
    password: Uint8Array,
    salt: Uint8Array,
    options: { iterations: number; length: number; hash: HashName },
  ): Promise<Uint8Array>;
  hmac(hash: HashName, key: Uint8Array, data: Uint8Array): Uint8Array;
  /** AES-256-GCM; the 16-byte tag follows the ciphertext. `key` 32 bytes, `nonce` 12 bytes. */
  seal(sealing: { key: Uint8Array; nonce: Uint8Array; aad: Uint8Array; data: Uint8Array }): Uint8Array;
  /** The inverse; `undefined` when key, nonce, header or content is not what was sealed. */
  unseal(sealing: { key: Uint8Array; nonce: Uint8Array; aad: Uint8Array; data: Uint8Array }): Uint8Array | undefined;
  /** CBC with PKCS#7 padding. `undefined` when decryption fails. */
  cbc(
    direction: 'encrypt' | 'decrypt',
    cipher: CbcCipher,
    sealing: { key: Uint8Array; iv: Uint8Array; data: Uint8Array },
  ): Uint8Array | undefined;
  /** Overwrites the bytes with zeros. */
  wipe(...secrets: (Uint8Array | undefined)[]): void;
}

export type CbcCipher = 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc' | 'des-ede3-cbc';

/**
 * What the operating system encrypts for the user who is logged in, with a key that it keeps itself. What was protected
 * here can be read on this computer by this user alone, and only as long as the system keeps its key.
 */
export interface Vault {
  /** Whether there is such a key. The first question may make the system ask the user to open its own store. */
  isAvailable(): Promise<boolean>;
  /** `vault.not-available`. */
  protect(secret: Uint8Array): Promise<Uint8Array>;
  /** `undefined` when the system cannot give it back: another user, another computer, a store that stays closed. */
  unprotect(guarded: Uint8Array): Promise<Uint8Array | undefined>;
}

export interface Ids {
  /** A random id for log entries and temporary names: 16 lower-case hex digits. */
  next(): string;
}

/** Log entries never hold file content, keys or tokens. */
export interface Log {
  write(level: 'info' | 'warning' | 'error', message: string, facts?: Record<string, string | number>): void;
}

/** Paths that the page may name and never sees as such: chosen in a dialog, dropped, found in a known place. */
export interface Tickets {
  /** A new ticket for `path`, good for one `take`. */
  issue(path: string): FileTicket;
  /** `ticket.unknown` when the ticket was never handed out or was used already. */
  take(ticket: FileTicket): string;
}

/** The program around `core`: a window or a terminal. */
export interface Host {
  about(): { version: string; electron?: string; chromium?: string; node: string; system: string };
  /** Empty when cancelled, and always on the command line. */
  chooseSources(kind: 'files' | 'folders' | 'one-file'): Promise<FileTicket[]>;
  chooseTarget(suggestedName: string, format: TargetFormat): Promise<FileTicket | null>;
  copy(text: string): Promise<void>;
  /** Who is logged in, as the system calls them: `CORP\\admin`, `admin`. */
  user(): string;
  /** Shows a message of the operating system for a moment. Absent where there is nobody to see it. */
  toast?: (toast: Toast) => Promise<void>;
  /**
   * Prints a page of HTML through the system's dialog; false when the admin cancelled. `print.failed`. Absent where nobody
   * can answer a dialog.
   */
  print?: (html: string) => Promise<boolean>;
}

export interface Toast {
  title: string;
  body: string;
  /** What a click opens, beside the window itself. */
  opens?: { clusterId: ClusterId; credentialId: CredentialId };
}

/** One run of a program. Arguments are handed over one by one and never pass through a shell. */
export interface ProgramRun {
  /** A name to look for on the path, or an absolute path. */
  program: string;
  args: readonly string[];
  /** For its standard input, which is closed afterwards; nothing by default. */
  input?: string;
  timeoutMs: number;
  /** Of each of its two outputs; default 1 MiB. */
  limitBytes?: number;
}

export interface ProgramResult {
  /** `null` when a signal ended it. */
  exitCode: number | null;
  out: string;
  error: string;
}

/** Tells when something is not wanted any more; an `AbortSignal` is one. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** One run of a program that may take hours and print without end: nothing of what it prints is kept here. */
export interface ProgramStream {
  program: string;
  args: readonly string[];
  input?: string;
  timeoutMs: number;
  signal?: CancelSignal;
  /** What it prints, as it comes. */
  onOutput: (chunk: Uint8Array, from: 'out' | 'error') => void;
}

export interface ProgramEnd {
  /** `null` when a signal ended it. */
  exitCode: number | null;
  ended: 'itself' | 'timed-out' | 'cancelled';
  /** By a clock that nobody sets. */
  tookMs: number;
}

/** Other programs of this computer. */
export interface Processes {
  /** As Node names it: `win32`, `darwin`, `linux`. */
  readonly platform: string;
  /** An environment variable; `undefined` when it is not set or empty. */
  environment(name: string): string | undefined;
  /**
   * Runs to the end, whatever the exit code. `program.not-found`, `program.not-started`, `program.timed-out`,
   * `program.too-talkative`; in the last two cases it was ended.
   */
  run(run: ProgramRun): Promise<ProgramResult>;
  /**
   * Runs to the end, or ends it with all that it started when its time is over or somebody wants that.
   * `program.not-found`, `program.not-started`.
   */
  stream(run: ProgramStream): Promise<ProgramEnd>;
}

/** Certificate authorities to trust beside those of the runtime, as PEM; for servers of an organisation's own CA. */
export interface Trust {
  extraCaPem?: string;
}

export interface MailServer extends Trust {
  host: string;
  port: number;
  /**
   * `starttls` begins in clear and gives up when the server does not offer TLS, `tls` is encrypted from the first byte
   * (RFC 8314), `none` sends everything in clear. With TLS the certificate and its name are checked.
   */
  security: 'starttls' | 'tls' | 'none';
  login?: { user: string; password: string };
  timeoutMs: number;
}

export interface MailMessage {
  from: string;
  to: readonly string[];
  subject: string;
  text: string;
  /** The part before the `@` of its Message-ID (RFC 5322): the same for every try, so that doubles can be told. */
  id: string;
  at: Instant;
}

export interface Mail {
  /** Done when the server has taken the message for every recipient. `delivery.failed`. */
  send(server: MailServer, message: MailMessage): Promise<void>;
}

export interface WebPost extends Trust {
  /** `https:` only. */
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  timeoutMs: number;
}

export interface Web {
  /** The status of the answer, whatever it is. Redirections are not followed. `delivery.failed` without an answer. */
  post(post: WebPost): Promise<{ status: number }>;
}
