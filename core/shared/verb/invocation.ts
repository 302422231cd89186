import type { Language, Translate } from '../text/text.ts';
import type { Note } from '../problem.ts';
import type { Settings } from '../settings.ts';
import type { Ports } from '../ports.ts';
import type { ProgramArguments } from './options.ts';
import type { CliWorld } from './world.ts';

/** One call of one verb, with everything resolved. */
export interface Invocation {
  line: ProgramArguments;
  /** Words after the verb, as typed. */
  words: string[];
  /** Same, as absolute paths. */
  paths: string[];
  ports: Ports;
  /** Adds facts to the line in the audit trail that says how this call ended. */
  note: Note;
  /** For what is printed: no name in a sentence can begin a line, or do anything to a terminal. */
  translate: Translate;
  /** For what is written into files, where names stand as they are: each format has its own way to keep them in place. */
  translateFile: Translate;
  language: Language;
  world: CliWorld;
  dataFolder: string;
  /** For what is judged without a data folder. */
  standardSettings: Settings;
  /** The verb makes the data folder where there is none. */
  startsData: boolean;
}
