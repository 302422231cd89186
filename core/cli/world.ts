import type { AuthorityStore } from '../authorities/store/store.ts';
import type { Instant } from '../shared/instant.ts';
import type { Language } from '../text/text.ts';
import type { ClaimFolder } from '../runs/locks.ts';
import type { CancelSignal, Ports } from '../shared/ports.ts';
import type { Store } from '../store/inventory-store.ts';
import type { RevocationStore } from '../revocation/store/store.ts';
import type { NotificationStore } from '../notifications/store/store.ts';

/** What the command line runs in: the process, or a test. */
export interface World {
  /** One document or table; written as it is. */
  out(text: string): void;
  /** Remarks and failures; a line each. */
  notice(line: string): void;
  /** Language of the system, unless `--lang` says otherwise. */
  language: Language;
  version: string;
  defaultDataFolder: string;
  /** Absolute form of a path given on the command line. */
  absolute(path: string): string;
  ports(now: Instant | undefined, dataFolder: string): Ports;
  /** Opens the store for reading; never creates or changes anything. */
  openReadOnly(ports: Ports, dataFolder: string): Promise<Store>;
  /** Opens the store alone, runs `work`, closes it. `store.locked` when another process has it. */
  withStore<T>(ports: Ports, dataFolder: string, work: (store: Store) => Promise<T>): Promise<T>;
  /** Opens what is told to whom for reading; never creates or changes anything. */
  readNotifications(ports: Ports, dataFolder: string): Promise<NotificationStore>;
  /** As `withStore`, with what is told to whom. */
  withNotifications<T>(
    ports: Ports,
    dataFolder: string,
    work: (opened: { store: Store; notifications: NotificationStore }) => Promise<T>,
  ): Promise<T>;
  /** Opens the authorities for reading; never creates or changes anything. */
  readAuthorities(ports: Ports, dataFolder: string): Promise<AuthorityStore>;
  /** As `withStore`, with the authorities. */
  withAuthorities<T>(ports: Ports, dataFolder: string, work: (store: AuthorityStore) => Promise<T>): Promise<T>;
  /** Opens the revocations that are worked on for reading; never creates or changes anything. */
  readRevocations(ports: Ports, dataFolder: string): Promise<RevocationStore>;
  /** As `withStore`, with the revocations that are worked on. */
  withRevocations<T>(ports: Ports, dataFolder: string, work: (store: RevocationStore) => Promise<T>): Promise<T>;
  /** An environment variable. */
  environment(name: string): string | undefined;
  /** Everything on standard input. */
  input(): Promise<Uint8Array>;
  /**
   * Asks on the terminal, one after the other, and does not show what is typed; `undefined` when that was cancelled.
   * Absent without a terminal.
   */
  ask?: (questions: readonly string[]) => Promise<string[] | undefined>;
  /** Asks on the terminal and shows what is typed; `undefined` when that was cancelled. Absent without a terminal. */
  choose?: (question: string) => Promise<string | undefined>;
  /** Tells when somebody interrupts the program (Ctrl+C), which goes on then; from this call on. */
  cancelling(): CancelSignal;
  /** Makes this process the only one that works in a folder of the data folder. `store.locked`. */
  claim: ClaimFolder;
  /** What other computers may call this one. */
  computer(): { name: string; ip: string };
}
