import type { Instant } from '../instant.ts';
import type { Language, Translate } from '../text/text.ts';
import type { ClaimFolder, HeldFolder, CancelSignal, Ports } from '../ports.ts';

export type OpenPart<P> = (ports: Ports, dataFolder: string, options?: { readOnly: boolean }) => P | Promise<P>;

interface DataPlace {
  ports: Ports;
  dataFolder: string;
}

/** Functions that open stores. The feature that declares a store adds its function here. */
export interface DataStores {}

export interface CliEnvironment extends DataStores {
  /** Writes unchanged to standard output. */
  write: (text: string | Uint8Array) => void;
  writeError: (text: string) => void;
  /** Replaces the last line; an empty text removes it. Absent if standard error is not a terminal. */
  progress?: (line: string) => void;
  /** Whether standard output is a terminal. */
  isTerminal: boolean;
  /** The system's language, unless `--lang` overrides it. */
  language: Language;
  version: string;
  defaultDataFolder: string;
  absolute(path: string): string;
  /** `notice` receives remarks from the ports; content written to the path `standardOutput` is printed. */
  ports(given: {
    now: Instant | undefined;
    dataFolder: string;
    translate: Translate;
    notice: (line: string) => void;
    standardOutput?: { path: string; write: (content: string | Uint8Array) => void };
  }): Ports;
  /** Checks that the data folder exists and contains data. Throws `store.absent`. */
  checkData(ports: Ports, dataFolder: string): Promise<void>;
  /** Opens a part for reading; never creates or changes anything. Throws `store.absent`. */
  openToRead<P>(at: DataPlace, open: OpenPart<P>): Promise<P>;
  /**
   * Opens a part, works with it as the only user of the data folder, and closes it. Throws `store.locked` if another
   * process has the folder, or `store.lock-lost` if another has taken it over meanwhile.
   */
  workAlone<P extends { close(): Promise<void> }, T>(
    at: DataPlace,
    open: OpenPart<P>,
    work: (part: P) => Promise<T>,
  ): Promise<T>;
  environment(name: string): string | undefined;
  input(): Promise<Uint8Array>;
  /** Asks questions one at a time and hides the input; `undefined` if the user cancels. Absent without a terminal. */
  ask?: (questions: readonly string[]) => Promise<string[] | undefined>;
  /** Works like `ask`, with visible input. */
  choose?: (question: string) => Promise<string | undefined>;
  /** Returns a signal that fires on an interruption (Ctrl+C); the program then continues to run. */
  cancelling(): CancelSignal;
  claim: ClaimFolder;
  isHeld?: HeldFolder;
  /** Returns this computer's name and address on the network. */
  computer(): { name: string; ip: string };
}

/** The environment with all output made safe for a terminal. */
export interface CliWorld extends Omit<CliEnvironment, 'write' | 'writeError' | 'isTerminal'> {
  /** Prints text for people: tables, sentences, output of programs. */
  out(text: string): void;
  /** Prints remarks and failures, one per line. */
  notice: (line: string) => void;
  json(value: unknown): void;
  /** Prints the exact text of a file, made safe if it goes to a terminal. */
  document: (text: string | Uint8Array) => void;
}
