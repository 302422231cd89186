import type { ConsoleEvents } from '../../core/contract.ts';
import type { TargetFormat } from '../../core/shared/file-format.ts';
import type { Host, Vault } from '../../core/shared/ports.ts';
import type { SourceKind } from '../../core/shared/ticket.ts';

export interface ServicesStart {
  dataFolder: string;
  /** BCP 47 tag. */
  systemLanguage: string;
  about: ReturnType<Host['about']>;
  /** Abilities that not every system has. */
  offers: { toast: boolean };
  /** Environment variables that hold the channels' secrets. */
  variables: Readonly<Record<string, string>>;
}

/** `working`: runs that are executing a command. */
export interface LiveRuns {
  count: number;
  working: number;
}

type Dialogs = Required<Pick<Host, 'copy' | 'toast' | 'print' | 'confirm'>>;

/** Main has the windows, the dialogs and the keys of the system. */
export interface MainCalls extends Dialogs, Vault {
  announce(feature: keyof ConsoleEvents, event: string, payload: unknown): void;
  countRuns(runs: LiveRuns): void;
  lockLost(): void;
  /** Returns an empty list if the admin cancels. */
  chooseSources(kind: SourceKind): Promise<string[]>;
  chooseTarget(suggestedName: string, format: TargetFormat): Promise<string | null>;
}
