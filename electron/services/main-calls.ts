import type { ConsoleEvents } from '../../core/contract.ts';
import type { TargetFormat } from '../../core/shared/files/file-format.ts';
import type { Host, Vault } from '../../core/shared/ports.ts';
import type { SourceKind } from '../../core/shared/ticket.ts';

export interface ServicesStart {
  dataFolder: string;
  systemLanguage: string;
  about: ReturnType<Host['about']>;
  offers: { toast: boolean };
  /** Environment variables that hold the channels' secrets. */
  variables: Readonly<Record<string, string>>;
}

export interface LiveRuns {
  count: number;
  working: number;
}

type Dialogs = Required<Pick<Host, 'copy' | 'toast' | 'print' | 'confirm'>>;

export interface MainCalls extends Dialogs, Vault {
  announce(feature: keyof ConsoleEvents, event: string, payload: unknown): void;
  countRuns(runs: LiveRuns): void;
  lockLost(): void;
  /** Starts the command line in a process that ends with the window; returns its number. */
  launchCommandLine(words: string[], logPath: string): Promise<number>;
  showFolder(path: string): Promise<void>;
  chooseSources(kind: SourceKind): Promise<string[]>;
  chooseTarget(suggestedName: string, format: TargetFormat): Promise<string | null>;
}
