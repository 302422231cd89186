import type { ClusterId, CredentialId } from './ids.ts';
import type { SharedStores } from './shared-store.ts';
import type { Instant } from './instant.ts';
import type { HashName, KeyAlgorithm } from './certificates/key-algorithm.ts';
import type { TargetFormat } from './files/file-format.ts';
import type { FileTicket, FileUse, SourceKind } from './ticket.ts';

/** Implemented in `core/node` and `electron`. */
export interface Ports {
  clock: Clock;
  scheduler: Scheduler;
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
  tls: Tls;
  /** Absent in programs that only read. */
  sharedStores?: SharedStores;
}

export interface Clock {
  now(): Instant;
}

/** Waits, and lets other work run during a long task, as `scheduler.yield()` does in a browser. */
export interface Scheduler {
  monotonicMs(): number;
  yield(): Promise<void>;
  /** Resolves after `ms` milliseconds, or as soon as the signal fires. */
  wait(ms: number, signal?: CancelSignal): Promise<void>;
}

export interface FileFacts {
  path: string;
  kind: 'file' | 'folder' | 'other';
  /** In bytes; 0 for folders. */
  size: number;
  modified: Instant;
  /** The POSIX permission bits, as in `0o644`; absent if the file system has none. */
  mode?: number;
}

export interface FolderEntry {
  name: string;
  /** Absent for a link, or if unknown. */
  kind?: 'file' | 'folder';
  /** The result of `facts`, if already known. */
  facts?: FileFacts;
  entries?: FolderEntry[];
}

/**
 * Reads many files and folders in parallel. The caller must read the rest individually: unreadable files, slow files,
 * and all files while the reader starts.
 */
export interface BulkReading {
  /**
   * Lists entries like `Files.entries`, with the facts and entries found on the way. `many` is the known number of
   * entries: a large folder waits for the reader to start.
   */
  entries(folder: string, many?: number): Promise<FolderEntry[] | undefined>;
  read(files: readonly Pick<FileFacts, 'path' | 'size'>[]): Promise<readonly (Uint8Array | undefined)[]>;
  end(): void;
}

export interface ReadAhead {
  bytes: Uint8Array;
  /** The digest of the requested part. */
  sha256Hex: string;
}

/** Reads files of the data folder and computes their digests while the caller works on earlier ones. */
export interface StoredReading {
  /**
   * Reads whole files. The digest covers all but the last `endBytes`, then `closing`. Omits files as `BulkReading`
   * does.
   */
  read(
    paths: readonly string[],
    options: { limitBytes: number; endBytes: number; closing: string },
  ): Promise<readonly (ReadAhead | undefined)[]>;
  end(): void;
}

export type FileContent = Uint8Array | string | AsyncIterable<string>;

/**
 * Paths are absolute and in the operating system's form. Failures are `ConsoleError`s with codes `file.*`. Changes are
 * retried for up to a minute while another program has the file open.
 */
export interface Files {
  /** Gives up after `withinMs` on a drive that does not answer: throws `file.not-readable`, reason `ETIMEDOUT`. */
  facts(path: string, options?: { withinMs?: number }): Promise<FileFacts>;
  /**
   * Reads a whole file. Throws `file.too-large` above `limitBytes`. With `waits`, for files of the data folder, waits
   * while another program has the file open. `expectedBytes`, a size just returned by `facts`, saves another check.
   */
  read(path: string, limitBytes: number, options?: { waits?: boolean; expectedBytes?: number }): Promise<Uint8Array>;
  readSync(path: string, limitBytes: number): Uint8Array;
  /**
   * Returns strings that differ once a file has been changed or replaced; `undefined` for a file that cannot be
   * checked.
   */
  versions(paths: readonly string[]): Promise<(string | undefined)[]>;
  /**
   * Reads from `from` to just before `to`, or fewer bytes at the end of the file. Waits as `read` does with `waits`.
   */
  readPart(path: string, part: { from: number; to: number }): Promise<Uint8Array>;
  readPartSync(path: string, part: { from: number; to: number }): Uint8Array;
  /** Sorts the names by code point. */
  list(folder: string): Promise<string[]>;
  entries(folder: string): Promise<FolderEntry[]>;
  /** Absent if bulk reading has no advantage. */
  inBulk?(): BulkReading;
  storedReading?(): StoredReading;
  /**
   * Replaces a file so that a reader sees either the old or the new content: temporary file of mode 0600, write, flush,
   * rename, and a flush of the folder if possible. With `keepPrevious`, the old content stays as `<path>.previous`.
   * `mode` (default 0600) is for files that everyone may read, such as a certificate. Content too large for memory
   * comes in chunks.
   */
  replace(path: string, content: FileContent, options?: { keepPrevious?: boolean; mode?: number }): Promise<void>;
  /**
   * Appends to a file, which it creates with mode 0600 if necessary, and flushes it. A process killed meanwhile may
   * leave part of `text`.
   */
  append(path: string, text: string): Promise<void>;
  /** Truncates and flushes a file. */
  shorten(path: string, bytes: number): Promise<void>;
  move(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Removes a folder or file with its contents, or a link without its target. A missing path is no error. */
  removeFolder(path: string): Promise<void>;
  /** Creates the folder and its parents, mode 0700. */
  createFolder(path: string): Promise<void>;
  /** Returns files that call `fence` immediately before each change; `fence` throws if the change is forbidden. */
  createFenced(fence: () => void): Files;
  join(...parts: string[]): string;
  /** Accepts a path from any system. */
  fileName(path: string): string;
  parentFolder(path: string): string;
  absolute(path: string): string;
}

export type KeyReading = { outcome: 'read'; spki: Uint8Array } | { outcome: 'encrypted' } | { outcome: 'unreadable' };

export interface Crypto {
  sha256(bytes: Uint8Array): Uint8Array;
  sha256Hex(bytes: Uint8Array): string;
  /** Encodes texts as UTF-8. */
  sha256OfPieces(): { add(piece: string | Uint8Array): void; digest(): Uint8Array };
  sha1(bytes: Uint8Array): Uint8Array;
  /** Returns the SubjectPublicKeyInfo of an unencrypted private key in PEM. The key is kept only during this call. */
  derivePublicKey(privateKeyPem: string): KeyReading;
  /** Returns whether the key of `issuer` signed `certificate` (both DER). False for unknown algorithms. */
  isSignedBy(certificate: Uint8Array, issuer: Uint8Array): boolean;
}

/**
 * A private key inside the crypto library, whose bytes leave only through `exportPrivateKey`. Not cloneable, so that
 * nobody can store or send it by accident.
 */
export interface PrivateKey {
  /** `undefined` for a key that the engine would not generate itself, such as RSA 3072. */
  readonly algorithm: KeyAlgorithm | undefined;
  readonly type: 'rsa' | 'ec';
  /** DER. */
  readonly spki: Uint8Array;
}

/** At most one of the keys made the signature (`Keys.verify`). Keys that checks share in one array are read once. */
export interface SignatureCheck {
  spkis: readonly Uint8Array[];
  signatureOid: string;
  data: Uint8Array;
  signature: Uint8Array;
}

export interface CheckingOptions {
  /**
   * Called repeatedly with the number of checks since the last call; if it throws, the remaining checks are skipped.
   */
  checked?: (count: number) => void;
  /** Until this resolves, one core is left for other work. */
  beside?: Promise<unknown>;
}

/** `N` is a power of two. Source: RFC 7914 section 2. */
export interface ScryptCost {
  N: number;
  r: number;
  p: number;
}

/**
 * Private keys and operations with secrets. Error texts never quote the input. The caller overwrites returned bytes
 * with `wipe`.
 */
export interface Keys {
  /** Runs in the background: RSA 4096 takes from half a second to several seconds. */
  generate(algorithm: KeyAlgorithm): Promise<PrivateKey>;
  /** Reads PKCS#8 DER, or PEM of PKCS#8, PKCS#1 or SEC 1. `undefined` for anything but an unencrypted RSA or EC key. */
  read(key: Uint8Array | string): PrivateKey | undefined;
  /** Returns DER: PKCS#8 (RFC 5958), or `traditional`, which is PKCS#1 for RSA and SEC 1 for EC. */
  exportPrivateKey(key: PrivateKey, form: 'pkcs8' | 'traditional'): Uint8Array;
  /** Signs with RSASSA-PKCS1-v1_5, or with ECDSA as a DER Ecdsa-Sig-Value. */
  sign(key: PrivateKey, data: Uint8Array, hash: HashName): Uint8Array;
  /**
   * Returns whether the key in `spki` made `signature` over `data`. `signatureOid` is the dotted OID of
   * RSASSA-PKCS1-v1_5, ECDSA or Ed25519 with its hash; false for any other OID, and for a key that does not fit.
   */
  verify(signed: Omit<SignatureCheck, 'spkis'> & { spki: Uint8Array }): boolean;
  /**
   * Returns, for each signature, the index among `spkis` of the key that made it; -1 if none did. Threads on every core
   * check many signatures, and receive only the signed data and public keys.
   */
  findSigners(checks: readonly SignatureCheck[], options?: CheckingOptions): Promise<Int32Array>;
  randomBytes(length: number): Uint8Array;
  scrypt(passphrase: Uint8Array, salt: Uint8Array, options: ScryptCost & { length: number }): Promise<Uint8Array>;
  pbkdf2(
    password: Uint8Array,
    salt: Uint8Array,
    options: { iterations: number; length: number; hash: HashName },
  ): Promise<Uint8Array>;
  hmac(hash: HashName, key: Uint8Array, data: Uint8Array): Uint8Array;
  /** Encrypts with AES-256-GCM; the 16-byte tag follows the ciphertext. `key` 32 bytes, `nonce` 12 bytes. */
  seal(sealing: Sealing): Uint8Array;
  /** Decrypts; `undefined` if key, nonce, header or content differ from the sealed ones. */
  unseal(sealing: Sealing): Uint8Array | undefined;
  /** Encrypts or decrypts in CBC mode with PKCS#7 padding. `undefined` if decryption fails. */
  cbc(direction: 'encrypt' | 'decrypt', cipher: CbcCipher, sealing: CbcSealing): Uint8Array | undefined;
  wipe(...secrets: (Uint8Array | undefined)[]): void;
}

export type Sealing = Record<'key' | 'nonce' | 'aad' | 'data', Uint8Array>;

export type CbcSealing = Record<'key' | 'iv' | 'data', Uint8Array>;

export type CbcCipher = 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc' | 'des-ede3-cbc';

/**
 * Encryption by the operating system for the logged-in user: only this user on this computer can decrypt, as long as
 * the system keeps the key.
 */
export interface Vault {
  /** Returns whether the system has a key. The first call may ask the user to unlock the key store. */
  isAvailable(): Promise<boolean>;
  /** Encrypts a secret. Throws `vault.not-available`. */
  protect(secret: Uint8Array): Promise<Uint8Array>;
  /** Returns `undefined` if the system cannot decrypt: another user, another computer, a store that stays locked. */
  unprotect(guarded: Uint8Array): Promise<Uint8Array | undefined>;
}

export interface Ids {
  /** Returns 16 lower-case hex digits, for log entries and temporary names. */
  next(): string;
}

/** Entries never contain file content, keys or tokens. */
export interface Log {
  write(level: 'info' | 'warning' | 'error', message: string, facts?: Record<string, string | number>): void;
}

/** Paths that the page may refer to but never sees: chosen in a dialog, dropped, or found in a known place. */
export interface Tickets {
  /** The ticket is valid for one `take` for one of these uses. */
  issue(path: string, ...uses: [FileUse, ...FileUse[]]): FileTicket;
  /** Throws `ticket.unknown` if the ticket was never issued, has been used, or is for another use. */
  take(ticket: FileTicket, use: FileUse): string;
  /** Returns the path of a ticket that is valid for `use`, or for any use, and stays valid. */
  peek(ticket: unknown, use?: FileUse): string | undefined;
}

export interface Versions {
  version: string;
  electron?: string;
  chromium?: string;
  node: string;
  system: string;
}

export interface Printed {
  /** False if the admin cancels the dialog. */
  printed: boolean;
}

export interface Host {
  about(): Versions;
  /** Returns an empty list if the admin cancels, and always on the command line. */
  chooseSources(kind: SourceKind): Promise<FileTicket[]>;
  chooseTarget(suggestedName: string, format: TargetFormat): Promise<FileTicket | null>;
  copy(text: string): Promise<void>;
  /** Opens a folder in the file manager of the system. Absent on the command line. */
  showFolder?: (path: string) => Promise<void>;
  /** Returns the user in the system's form: `CORP\\admin`, `admin`. */
  user(): string;
  /** Absent if nobody would see it. */
  toast?: (toast: Toast) => Promise<void>;
  /**
   * Shows the system's dialog; false if the admin cancels. Throws `print.failed`. Absent if nobody can answer a dialog.
   */
  print?: (html: string) => Promise<boolean>;
  /**
   * Shows a dialog of the system, which no page can answer; true only after clear consent. Absent if nobody can answer
   * a dialog.
   */
  confirm?: (question: Confirmation) => Promise<boolean>;
}

export interface Confirmation {
  message: string;
  detail: string;
  yes: string;
  no: string;
}

export interface Toast {
  title: string;
  body: string;
  /** Opened by a click, in addition to the window itself. */
  opens?: { clusterId: ClusterId; credentialId: CredentialId };
}

interface ProgramCall {
  /** A name for `Processes.locate`, or an absolute path. */
  program: string;
  /** Passed individually and never through a shell. */
  args: readonly string[];
  /** Standard input, which is then closed; nothing by default. */
  input?: string;
  timeoutMs: number;
}

export interface ProgramRun extends ProgramCall {
  /** Limit on each of the two output streams; default 1 MiB. */
  limitBytes?: number;
}

export interface ProgramResult {
  exitCode: ProgramEnd['exitCode'];
  out: string;
  error: string;
}

/** `AbortSignal` implements this interface. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** A program that may run for hours and print endlessly: none of its output is kept. */
export interface ProgramStream extends ProgramCall {
  /** Default: a system folder. */
  folder?: string;
  signal?: CancelSignal;
  onStart?: (process: StartedProcess) => void;
  onOutput: (chunk: Uint8Array, from: 'out' | 'error') => void;
}

/** Identifies a process: the number alone may later belong to another one. */
export interface StartedProcess {
  pid: number;
  /** The start time in a form specific to this computer. */
  started: string;
}

export interface ProgramEnd {
  /** `null` if a signal ended the program. */
  exitCode: number | null;
  ended: 'itself' | 'timed-out' | 'cancelled';
  /** Measured by a monotonic clock. */
  tookMs: number;
}

/** Other programs on this computer never receive our variables, which may contain a secret. */
export interface Processes {
  /** Node's name: `win32`, `darwin`, `linux`. */
  readonly platform: string;
  /** Returns `undefined` if the variable is unset or empty. */
  environment(name: string): string | undefined;
  /** Returns an absolute path, never in the current folder; `undefined` if there is no such program. */
  locate(program: string): string | undefined;
  /**
   * Runs to the end, whatever the exit code. Throws `program.not-found`, `program.not-started`, `program.timed-out` or
   * `program.too-talkative`; the last two mean that the program was ended.
   */
  run(run: ProgramRun): Promise<ProgramResult>;
  /**
   * Runs to the end or, on a timeout or a cancellation, ends the program with everything it started. Throws
   * `program.not-found` or `program.not-started`.
   */
  stream(run: ProgramStream): Promise<ProgramEnd>;
  isAlive(process: StartedProcess): boolean;
  /**
   * Starts the command line of this program with these words, as a process of its own, and appends everything that it
   * prints to a file. A process started by the command line goes on when that ends; one started by the window ends with
   * it. Throws `program.not-started`.
   */
  launchSelf(words: readonly string[], logPath: string): Promise<StartedProcess>;
  /** Asks a process to end, and ends it after `withinMs`. Resolves when it has ended; does nothing for another one. */
  end(process: StartedProcess, withinMs: number): Promise<void>;
}

/** PEM; the key is secret. */
export interface TlsIdentity {
  certificatePem: string;
  keyPem: string;
}

export interface TlsRequest {
  method: string;
  /** Begins with `/`, without the query. Still encoded, so that an encoded slash is no separator. */
  path: string;
  query: Readonly<Record<string, string>>;
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  /** The client's certificate in DER, unverified; the same object for every request of a connection. */
  peer?: Uint8Array;
}

export interface TlsResponse {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body: string;
}

export interface TlsServer {
  address: string;
  port: number;
  identity: TlsIdentity;
  /** Whether to ask clients for a certificate. `answer` decides what a client without a valid one may do. */
  asksForCertificate: boolean;
  /** Must not throw. */
  answer: (request: TlsRequest) => Promise<TlsResponse>;
}

export interface TlsListener {
  /** Later connections see the new certificate. */
  replaceIdentity(identity: TlsIdentity): void;
  close(): Promise<void>;
}

export interface TlsCall {
  address: string;
  port: number;
  /** The name that the server's certificate must have. */
  serverName: string;
  /** PEM of the CAs that are trusted, and no others. */
  caPem: string;
  identity?: TlsIdentity;
  method: string;
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  timeoutMs: number;
}

/** HTTP over TLS 1.2 and newer, on addresses of this computer. */
export interface Tls {
  /** Listens; limits connections, sizes and times. Throws `tls.port-taken`, or `tls.identity-invalid`. */
  listen(server: TlsServer): Promise<TlsListener>;
  /** Resolves with any status. Each call is a connection of its own. Throws `tls.failed`. */
  call(call: TlsCall): Promise<TlsResponse>;
  /** Returns ports that no program uses at the moment. */
  findPorts(address: string, count: number): Promise<number[]>;
}

/** PEM, for servers with an organisation's own CA. */
export interface Trust {
  extraCaPem?: string;
}

export interface MailServer extends Trust {
  host: string;
  port: number;
  /**
   * `starttls` begins in clear text and gives up if the server does not offer TLS; `tls` is encrypted from the first
   * byte (RFC 8314); `none` sends everything in clear text. With TLS, the certificate and its name are verified.
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
  /**
   * The part before the `@` in the Message-ID (RFC 5322): the same for every attempt, so that duplicates can be
   * recognised.
   */
  id: string;
  at: Instant;
}

export interface RefusedRecipient {
  address: string;
  /** Such as `550`. */
  status: string;
}

export interface Mail {
  /**
   * Resolves with the recipients that the server refused, possibly all; the server accepted the message for the others.
   * Rejects with `delivery.failed`.
   */
  send(server: MailServer, message: MailMessage): Promise<readonly RefusedRecipient[]>;
}

export interface WebPost extends Trust {
  /** `https:` only. */
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  timeoutMs: number;
}

export interface Web {
  /** Returns any status. Does not follow redirects. Throws `delivery.failed` without a response. */
  post(post: WebPost): Promise<{ status: number }>;
}

export interface FolderClaim {
  /** Renews the claim; throws `store.lock-lost` if another process has taken over the folder. */
  check: () => void;
  release(): Promise<void>;
}

/**
 * Creates a folder if necessary and locks it for this process. Throws `store.locked` if another process has locked it.
 */
export type ClaimFolder = (folder: string) => Promise<FolderClaim>;

/** Returns whether any process works in a folder. Does not take the lock. */
export type HeldFolder = (folder: string) => Promise<boolean>;
