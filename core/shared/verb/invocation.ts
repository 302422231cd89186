import type { Language, Translate } from '../text/text.ts';
import type { Note } from '../problem.ts';
import type { Settings } from '../settings.ts';
import type { Ports } from '../ports.ts';
import type { ProgramArguments } from './options.ts';
import type { CliWorld } from './world.ts';

export interface Invocation {
  line: ProgramArguments;
  words: string[];
  /** The words as absolute paths. */
  paths: string[];
  ports: Ports;
  note: Note;
  /** For the terminal: no name in a sentence can start a line or control the terminal. */
  translate: Translate;
  /** For files, in which names stay unchanged: each format has its own escapes. */
  translateFile: Translate;
  language: Language;
  world: CliWorld;
  dataFolder: string;
  /** For assessments without a data folder. */
  standardSettings: Settings;
  startsData: boolean;
}
