import type { AuditTrail } from '../audit/store/audit.ts';
import type { AuthorityStore } from '../authorities/store/store.ts';
import type { Instant } from '../shared/instant.ts';
import type { Language, Translate } from '../shared/text/text.ts';
import type { ClaimFolder, HeldFolder, CancelSignal, Ports } from '../shared/ports.ts';
import type { RunStore } from '../runs/store/store.ts';
import type { Store } from '../inventory/store/data-store.ts';
import type { RevocationStore } from '../revocation/store/store.ts';
import type { NotificationStore } from '../notifications/store/store.ts';

/** The environment of the command line: the process, or a test. */
export interface CliEnvironment {
  /** Writes to standard output exactly what it is given. */
  write: (text: string | Uint8Array) => void;
  /** The same to standard error. */
  writeError: (text: string) => void;
  /** Shows a line in place of the one before, and none for an empty text. Absent where standard error is no terminal. */
  progress?: (line: string) => void;
  /** Whether standard output is read by somebody at a terminal, not by a file or a program. */
  isTerminal: boolean;
  /** Language of the system, unless overridden by `--lang`. */
  language: Language;
  version: string;
  defaultDataFolder: string;
  /** Absolute form of a path given on the command line. */
  absolute(path: string): string;
  /** `notice` is for what the ports themselves have to say; what is written to the path `standardOutput` is printed. */
  ports(given: {
    now: Instant | undefined;
    dataFolder: string;
    translate: Translate;
    notice: (line: string) => void;
    standardOutput?: { path: string; write: (content: string | Uint8Array) => void };
  }): Ports;
  /** `store.absent` where the data folder holds nothing. */
  checkData(ports: Ports, dataFolder: string): Promise<void>;
  /** Opens the store for reading; never creates or changes anything. `store.absent`, as for each method that reads. */
  openReadOnly(ports: Ports, dataFolder: string): Promise<Store>;
  /** Opens the store exclusively, runs `work`, closes it. `store.locked` when another process has it. */
  withStore<T>(ports: Ports, dataFolder: string, work: (store: Store) => Promise<T>): Promise<T>;
  /** Opens the notification store for reading; never creates or changes anything. */
  readNotifications(ports: Ports, dataFolder: string): Promise<NotificationStore>;
  /** Does the same as `withStore`, with the notification store and the audit trail. */
  withNotifications<T>(
    ports: Ports,
    dataFolder: string,
    work: (opened: { store: Store; notifications: NotificationStore; audit: AuditTrail }) => Promise<T>,
  ): Promise<T>;
  /** Opens the authorities for reading; never creates or changes anything. */
  readAuthorities(ports: Ports, dataFolder: string): Promise<AuthorityStore>;
  /** As `withStore`, with the authorities. */
  withAuthorities<T>(ports: Ports, dataFolder: string, work: (store: AuthorityStore) => Promise<T>): Promise<T>;
  /** Opens the revocations being worked on for reading; never creates or changes anything. */
  readRevocations(ports: Ports, dataFolder: string): Promise<RevocationStore>;
  /** As `withStore`, with the revocations being worked on. */
  withRevocations<T>(ports: Ports, dataFolder: string, work: (store: RevocationStore) => Promise<T>): Promise<T>;
  /** Opens the audit trail for reading. */
  readAudit(ports: Ports, dataFolder: string): Promise<AuditTrail>;
  /** Opens the records of runs for reading. */
  readRuns(ports: Ports, dataFolder: string): Promise<RunStore>;
  /** An environment variable. */
  environment(name: string): string | undefined;
  /** Everything on standard input. */
  input(): Promise<Uint8Array>;
  /**
   * Asks questions on the terminal, one after the other, without showing what is typed; `undefined` when cancelled.
   * Absent without a terminal.
   */
  ask?: (questions: readonly string[]) => Promise<string[] | undefined>;
  /** Asks on the terminal and shows what is typed; `undefined` when cancelled. Absent without a terminal. */
  choose?: (question: string) => Promise<string | undefined>;
  /** From this call on, signals when somebody interrupts the program (Ctrl+C), which then continues to run. */
  cancelling(): CancelSignal;
  /** Makes this process the only one working in a folder of the data folder. `store.locked`. */
  claim: ClaimFolder;
  isHeld?: HeldFolder;
  /** How other computers can address this one. */
  computer(): { name: string; ip: string };
}

/** What verbs have of it: nothing that they print reaches a terminal as it is. */
export interface CliWorld extends Omit<CliEnvironment, 'write' | 'writeError' | 'isTerminal'> {
  /** Prints text for people: tables, sentences, output of programs. */
  out(text: string): void;
  /** Prints remarks and failures, one per line. */
  notice: (line: string) => void;
  /** Prints one JSON document. */
  json(value: unknown): void;
  /** Prints the text of a file exactly as it is, but at a terminal as text for people. */
  document: (text: string | Uint8Array) => void;
}
