import type { Instant } from './domain/instant.ts';
import type { FileTicket } from './domain/ticket.ts';

/** The world outside `core`, as interfaces. `core/node` and `electron` implement them; tests have small real ones. */
export interface Ports {
  clock: Clock;
  files: Files;
  crypto: Crypto;
  ids: Ids;
  log: Log;
  tickets: Tickets;
  host: Host;
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

/** Paths are absolute and in the form of the operating system. Failures are `ConsoleError`s with codes `file.*`. */
export interface Files {
  facts(path: string): Promise<FileFacts>;
  /** Whole content. `file.too-large` above `limitBytes`. */
  read(path: string, limitBytes: number): Promise<Uint8Array>;
  /** Names in a folder, sorted by code point. */
  list(folder: string): Promise<string[]>;
  /**
   * Replaces a file so that a reader sees the old or the new content and never a torn one: temporary file of mode 0600,
   * write, flush, rename, flush of the folder where the system has it. With `keepPrevious` the former content stays as
   * `<path>.previous`.
   */
  replace(
    path: string,
    content: Uint8Array | string,
    options?: { keepPrevious?: boolean },
  ): Promise<void>;
  move(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Creates the folder and its parents, mode 0700. */
  createFolder(path: string): Promise<void>;
  join(...parts: string[]): string;
  /** Last part of a path, whatever system wrote it. */
  nameOf(path: string): string;
  folderOf(path: string): string;
  absolute(path: string): string;
}

export type KeyReading =
  { outcome: 'read'; spki: Uint8Array } | { outcome: 'encrypted' } | { outcome: 'unreadable' };

export interface Crypto {
  sha256(bytes: Uint8Array): Uint8Array;
  sha1(bytes: Uint8Array): Uint8Array;
  /** The SubjectPublicKeyInfo of an unencrypted private key in PEM. The key lives only inside this call. */
  publicKeyOf(privateKeyPem: string): KeyReading;
  /** Whether `issuer`'s key made the signature of `certificate` (both DER). False for unknown algorithms. */
  isSignedBy(certificate: Uint8Array, issuer: Uint8Array): boolean;
}

export interface Ids {
  /** A random id for log entries and temporary names: 16 lower-case hex digits. */
  next(): string;
}

/** Log entries never hold file content, keys or tokens. */
export interface Log {
  write(
    level: 'info' | 'warning' | 'error',
    message: string,
    facts?: Record<string, string | number>,
  ): void;
}

/** Paths chosen outside `core` (dialog, drop, command line), kept where the renderer cannot reach them. */
export interface Tickets {
  /** `ticket.unknown` when the ticket was never handed out or was used already. */
  take(ticket: FileTicket): string;
}

/** The program around `core`: a window or a terminal. */
export interface Host {
  about(): { version: string; electron?: string; chromium?: string; node: string; system: string };
  /** Empty when cancelled, and always on the command line. */
  chooseSources(kind: 'files' | 'folders'): Promise<FileTicket[]>;
  chooseTarget(suggestedName: string, format: 'csv' | 'json' | 'html'): Promise<FileTicket | null>;
  copy(text: string): Promise<void>;
}
